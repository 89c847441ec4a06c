"""The height of the sun against an independent formula, and days without an evening."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.geo.sun import AlwaysLight, LightWindow, NeverLight, light_window, sun_elevation_deg

UTC = dt.UTC


def almanac_elevation_deg(lon: float, lat: float, time: dt.datetime) -> float:
    """Compute by the low-precision formula of the Astronomical Almanac, good to about 0.02 degree from 1950 to 2050."""
    days = (time - dt.datetime(2000, 1, 1, 12, tzinfo=UTC)).total_seconds() / 86400.0
    anomaly = math.radians((357.528 + 0.9856003 * days) % 360.0)
    longitude = math.radians(
        (280.460 + 0.9856474 * days + 1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly)) % 360.0
    )
    obliquity = math.radians(23.439 - 0.0000004 * days)
    ascension = math.atan2(math.cos(obliquity) * math.sin(longitude), math.cos(longitude))
    declination = math.asin(math.sin(obliquity) * math.sin(longitude))
    hour_angle = math.radians((280.46062 + 360.98564737 * days + lon) % 360.0) - ascension
    phi = math.radians(lat)
    sine = math.sin(phi) * math.sin(declination) + math.cos(phi) * math.cos(declination) * math.cos(hour_angle)
    return math.degrees(math.asin(max(-1.0, min(1.0, sine))))


@settings(deadline=None)
@given(
    st.floats(-180.0, 180.0),
    st.floats(-89.0, 89.0),
    st.floats(0.0, 15_000.0).map(lambda days: dt.datetime(1992, 3, 24, tzinfo=UTC) + dt.timedelta(days=days)),
)
def test_elevation_is_that_of_the_almanac(lon: float, lat: float, time: dt.datetime) -> None:
    """Anywhere and at any time the elevation is within 0.05 degree of the almanac's formula, without refraction."""
    assert sun_elevation_deg(lon, lat, time) == pytest.approx(almanac_elevation_deg(lon, lat, time), abs=0.05)


def test_time_zones_do_not_matter_but_must_be_there() -> None:
    """The same moment in another zone gives the same elevation; a time without a zone is refused with the repair."""
    moscow = dt.timezone(dt.timedelta(hours=3))
    noon = dt.datetime(2020, 6, 21, 9, 30, tzinfo=UTC)
    assert sun_elevation_deg(36.65, 55.6, noon.astimezone(moscow)) == sun_elevation_deg(36.65, 55.6, noon)
    with pytest.raises(InputError, match="time zone"):
        sun_elevation_deg(36.65, 55.6, dt.datetime(2020, 6, 21, 9, 30))  # noqa: DTZ001


@settings(deadline=None, max_examples=60)
@given(
    st.floats(-180.0, 180.0),
    st.floats(-89.5, 89.5),
    st.dates(dt.date(1993, 1, 1), dt.date(2034, 12, 31)),
    st.floats(-18.0, 60.0),
)
def test_windows_hold_what_they_say(lon: float, lat: float, date: dt.date, least: float) -> None:
    """Inside a window the sun is high enough, just outside it is not; and the named results hold all day."""
    found = light_window(lon, lat, date, least)
    noon = dt.datetime.combine(date, dt.time(12), UTC) - dt.timedelta(hours=lon / 15.0)
    day = [sun_elevation_deg(lon, lat, noon + dt.timedelta(minutes=30 * n)) for n in range(-24, 25)]
    if isinstance(found, NeverLight):
        assert max(day) <= found.highest_deg + 1e-6
        assert found.highest_deg < least
    elif isinstance(found, AlwaysLight):
        assert min(day) >= found.lowest_deg - 1e-6
        assert found.lowest_deg >= least
    else:
        assert found.start_utc <= found.end_utc
        for share in (0.0, 0.3, 0.7, 1.0):
            inside = found.start_utc + share * (found.end_utc - found.start_utc)
            assert sun_elevation_deg(lon, lat, inside) >= least - 1e-4
        twelve = dt.timedelta(hours=12)
        for edge, step in ((found.start_utc, -3), (found.end_utc, 3)):
            if abs(edge - noon) < twelve - dt.timedelta(minutes=1):
                assert sun_elevation_deg(lon, lat, edge + dt.timedelta(seconds=step)) < least + 1e-3


def test_polar_day_and_night_have_names() -> None:
    """On Svalbard the sun does not set in June nor rise in December; at Kubinka there is a day."""
    june, december = dt.date(2020, 6, 21), dt.date(2020, 12, 21)
    assert isinstance(light_window(15.5, 78.2, june, 5.0), AlwaysLight)
    assert isinstance(light_window(15.5, 78.2, december, 0.0), NeverLight)
    day = light_window(36.65, 55.6, june, 20.0)
    assert isinstance(day, LightWindow)
    assert dt.timedelta(hours=11) < day.end_utc - day.start_utc < dt.timedelta(hours=13)


def test_the_day_is_that_of_the_place() -> None:
    """In Kamchatka and Alaska the window lies about the local noon of the date asked for, whatever the date in UTC."""
    for lon in (158.6, -160.0):
        window = light_window(lon, 53.0, dt.date(2020, 3, 20), 10.0)
        assert isinstance(window, LightWindow)
        middle = window.start_utc + (window.end_utc - window.start_utc) / 2
        local = middle + dt.timedelta(hours=lon / 15.0)
        assert local.date() == dt.date(2020, 3, 20)
        assert abs(local.hour + local.minute / 60.0 - 12.0) < 0.5


def test_an_elevation_that_is_none_is_refused() -> None:
    """An elevation beyond 90 degrees, or that is no number, is refused."""
    for angle in (91.0, -91.0, math.nan):
        with pytest.raises(InputError, match="elevation"):
            light_window(0.0, 0.0, dt.date(2020, 1, 1), angle)

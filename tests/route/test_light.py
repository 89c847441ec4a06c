"""Departures in usable light, and stages for fuel, crew and light."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.route.light import STEP, Sample, best_departure, lowest_sun
from skywitness.route.model import StopKind
from skywitness.route.stages import stages

NOON = dt.datetime(2019, 9, 12, 12, tzinfo=dt.UTC)


def _tent(lon: float, lat: float, time_utc: dt.datetime) -> float:
    """A sun that climbs 5 degrees an hour until noon UTC and falls again."""
    return 40.0 - 5.0 * abs((time_utc - NOON).total_seconds()) / 3600.0


def test_departure_centres_the_flight_on_noon() -> None:
    """With a sun symmetric about noon an eight-hour flight leaves four hours before it."""
    samples = [Sample(0, 0, dt.timedelta(hours=hour)) for hour in range(9)]
    midnight = NOON - dt.timedelta(hours=12)
    best = best_departure(samples, midnight, midnight + dt.timedelta(hours=23, minutes=45), _tent)
    assert best.time_utc == NOON - dt.timedelta(hours=4)
    assert best.lowest_sun_deg == pytest.approx(20.0)


@given(st.integers(0, 1439), st.integers(0, 1439))
def test_departure_keeps_its_window_and_the_quarter_hour(first: int, length: int) -> None:
    """The departure is a quarter of an hour not before the earliest, and within the window when one lies in it."""
    earliest = NOON - dt.timedelta(hours=12) + dt.timedelta(minutes=first)
    latest = earliest + dt.timedelta(minutes=length)
    best = best_departure([Sample(0, 0, dt.timedelta(0))], earliest, latest, _tent)
    assert best.time_utc >= earliest
    assert best.time_utc.minute % 15 == 0
    assert best.time_utc <= max(latest, earliest + STEP)


def test_the_lowest_sun_is_the_worst_place() -> None:
    """One dark place decides, however bright the others are."""
    samples = [Sample(0, 0, dt.timedelta(0)), Sample(0, 0, dt.timedelta(hours=9))]
    assert lowest_sun(samples, NOON, _tent) == pytest.approx(-5.0)


@pytest.mark.parametrize(
    ("limit_km", "range_km", "speed_km_h", "light_h", "stops", "kind"),
    [
        (5500, 7000, 830, 13, 0, StopKind.REFUELLING),  # an airliner in September
        (5500, 2600, 430, 13, 2, StopKind.REST),  # a twin turboprop: fuel for 2,210 km, 12.8 h aloft
        (4000, 2600, 430, 13, 1, StopKind.REFUELLING),  # fuel alone
        (2100, 2600, 430, 3, 1, StopKind.REST),  # winter: three hours of light carry 1,290 km
        (2100, 2600, 430, 0, 0, StopKind.REFUELLING),  # no light at all asks for nothing
        (750, 2600, 430, 24, 0, StopKind.REFUELLING),
    ],
)
def test_stages_follow_fuel_crew_and_light(
    limit_km: float, range_km: float, speed_km_h: float, light_h: float, stops: int, kind: StopKind
) -> None:
    """Landings are as many as the tightest of fuel, duty and light asks for."""
    found = stages(limit_km, range_km, speed_km_h, light_h)
    assert (found.stops, found.kind) == (stops, kind)
    assert (found.stops + 1) * found.stage_limit_km >= limit_km


@pytest.mark.parametrize(
    ("range_km", "light_h"),
    [(0, 13), (1, 13), (130, 13), (7000, 0.06)],  # 0.06: Iqaluit on 6 November 2016
)
def test_stages_that_landings_alone_would_fill_are_refused(range_km: float, light_h: float) -> None:
    """No range, hardly any, or minutes of light: refused at once, without a search for hundreds of landings."""
    with pytest.raises(InputError) as caught:
        stages(5500, range_km, 700, light_h)
    assert caught.value.kind == "short_stages"
    assert "more than 48 landings" in str(caught.value)

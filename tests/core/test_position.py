"""Positions as pilots write them, and as this program writes them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.core.position import Axis, format_dms, format_icao, parse_angle, parse_position

LONS = st.floats(-180.0, 180.0)
LATS = st.floats(-90.0, 90.0)

WRITTEN = [
    ("5536N03639E", 36.65, 55.6),
    ("N5536 E03639", 36.65, 55.6),
    ("553630N0363900E", 36.65, 55 + 36.5 / 60),
    ("553630.5N 0363900.5E", 36 + 39 / 60 + 0.5 / 3600, 55 + 36 / 60 + 30.5 / 3600),
    ("5536.5N03639.25E", 36 + 39.25 / 60, 55 + 36.5 / 60),
    ("55N036E", 36.0, 55.0),
    ("48°04'52.9\"N 11°34'30\"E", 11.575, 48 + 4 / 60 + 52.9 / 3600),
    ("48º04’52.9”N, 011º34’30”E", 11.575, 48 + 4 / 60 + 52.9 / 3600),
    ("48°04′52″S 170°30′W", -170.5, -(48 + 4 / 60 + 52 / 3600)),
    ("48°04'52''N 11°34'W", -(11 + 34 / 60), 48 + 4 / 60 + 52 / 3600),
    ("N 55-36-30 E 036-39-00", 36.65, 55 + 36.5 / 60),
    ("n 55-36-30 e 036-39-00", 36.65, 55 + 36.5 / 60),
    ("48 04 52.9 N, 011 34 30 E", 11.575, 48 + 4 / 60 + 52.9 / 3600),
    ("48:04:52.9N 11:34:30E", 11.575, 48 + 4 / 60 + 52.9 / 3600),
    ("N48 04.88 E011 34.5", 11.575, 48 + 4.88 / 60),
    ("E 011.5 N 48.25", 11.5, 48.25),
    ("N48.25° E11.5°", 11.5, 48.25),
    ("48.25, 11.5", 11.5, 48.25),
    ("48.25,11.5", 11.5, 48.25),
    ("48,25 11,5", 11.5, 48.25),
    ("48,25; 11,5", 11.5, 48.25),
    ("48,25 N 11,5 E", 11.5, 48.25),
    ("-48.25 \u2212170.5", -170.5, -48.25),
    ("90N 180W", -180.0, 90.0),
    ("S00°00'01\" W000°00'01\"", -1 / 3600, -1 / 3600),
]

REFUSED = [
    ("5560N03639E", "60 minutes are not below 60"),
    ("553660N0363900E", "60 seconds are not below 60"),
    ("48°04'60\"N 11°E", "60 seconds"),
    ("91N 10E", "beyond 90"),
    ("90 00 01N 0E", "beyond 90"),
    ("10N 180.0001E", "beyond 180"),
    ("48,11", "comma"),
    ("48", "cannot be told apart"),
    ("48 04 52.9 11 34 30", "cannot be told apart"),
    ("10E 20E", "one latitude with N or S"),
    ("48N 11", "one latitude with N or S"),
    ("536N03639E", "3 digits together"),
    ("5536N3639E", "4 digits together"),
    ("-48N 11E", "both a sign and a letter"),
    ("48.5°04'N 11E", "may have decimals"),
    ("48.5 4 N 11E", "may have decimals"),
    ("nan nan", "has no meaning"),
    ("inf 0", "has no meaning"),
    ("1e5 3", "one latitude"),
    ("", "empty"),
    ("   ", "empty"),
    ("Kubinka", "has no meaning"),
    ("٤٨N ١١E", "has no meaning"),
    ("9" * 200, "not that long"),
]


@pytest.mark.parametrize(("text", "lon", "lat"), WRITTEN)
def test_what_pilots_write_is_read(text: str, lon: float, lat: float) -> None:
    """Each usual way of writing a position gives its longitude and latitude, in this order."""
    assert parse_position(text) == pytest.approx((lon, lat), abs=1e-12)


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_position_is_refused_with_the_reason(text: str, reason: str) -> None:
    """What is out of range, ambiguous or something else raises one InputError that says why."""
    with pytest.raises(InputError, match=reason) as refusal:
        parse_position(text)
    assert refusal.value.kind == "bad_position"


@pytest.mark.parametrize(
    ("text", "axis", "angle"),
    [("48,0813", "lat", 48.0813), ("-0 30 00", "lat", -0.5), ("03639E", "lon", 36.65), ("170.5w", "lon", -170.5)],
)
def test_a_single_angle_is_read(text: str, axis: Axis, angle: float) -> None:
    """A single angle may have a decimal comma, and a minus holds for minutes and seconds too."""
    assert parse_angle(text, axis) == pytest.approx(angle, abs=1e-12)


@pytest.mark.parametrize(("text", "axis"), [("48N", "lon"), ("48E", "lat"), ("4N8", "lat"), ("48,5,1", "lat")])
def test_a_wrong_angle_is_refused(text: str, axis: Axis) -> None:
    """A letter of the other axis or in the middle, and two commas, are refused."""
    with pytest.raises(InputError):
        parse_angle(text, axis)


@given(st.text(max_size=90))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text whatever brings anything but a position in range or an InputError."""
    try:
        lon, lat = parse_position(text)
    except InputError:
        return
    assert abs(lon) <= 180.0
    assert abs(lat) <= 90.0


@given(LONS, LATS)
def test_degrees_minutes_seconds_come_back(lon: float, lat: float) -> None:
    """A position written with three decimals of a second is read back to half of the last decimal."""
    back_lon, back_lat = parse_position(format_dms(lon, lat, seconds_decimals=3))
    half_deg = 0.0005 / 3600 + 1e-12
    assert abs(back_lon - lon) <= half_deg
    assert abs(back_lat - lat) <= half_deg


@given(LONS, LATS)
def test_flight_plan_form_comes_back(lon: float, lat: float) -> None:
    """A position in flight plan form has eleven signs and is read back to half a minute."""
    written = format_icao(lon, lat)
    assert len(written) == 11
    back_lon, back_lat = parse_position(written)
    assert abs(back_lon - lon) <= 0.5 / 60 + 1e-12
    assert abs(back_lat - lat) <= 0.5 / 60 + 1e-12
    assert format_icao(back_lon, back_lat) == written


@pytest.mark.parametrize(
    ("lon", "lat", "written"),
    [
        (36.65, 55.6, "5536N03639E"),
        (179.9999, 89.9999, "9000N18000E"),
        (-0.5 / 60, 0.5 / 60, "0001N00001W"),
        (-0.001, -59.9999, "6000S00000E"),
        (11.9917, 47.9916, "4759N01200E"),
    ],
)
def test_sixty_minutes_carry(lon: float, lat: float, written: str) -> None:
    """Minutes that round to 60 become a degree, and half a minute rounds away from zero."""
    assert format_icao(lon, lat) == written


def test_sixty_seconds_carry() -> None:
    """Seconds that round to 60 become a minute, and 60 minutes a degree."""
    assert format_dms(-179.99999999, 47.99999) == "48°00'00.0\"N 180°00'00.0\"W"
    assert format_dms(0.0, 47.9999, seconds_decimals=0) == "48°00'00\"N 000°00'00\"E"
    assert format_dms(np.float64(-0.5), np.float64(47.5), 0) == "47°30'00\"N 000°30'00\"W"


@pytest.mark.parametrize(("lon", "lat"), [(math.nan, 0.0), (0.0, math.inf), (181.0, 0.0), (0.0, -90.1)])
def test_no_position_is_not_written(lon: float, lat: float) -> None:
    """Numbers that are no position are not written but refused."""
    with pytest.raises(InputError):
        format_icao(lon, lat)
    with pytest.raises(InputError):
        format_dms(lon, lat)

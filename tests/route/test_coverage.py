"""Which sites a path observes, turns included; legs with times."""

from __future__ import annotations

import datetime as dt
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from skywitness.route.coverage import abeam, cover, observed
from skywitness.route.legs import Pause, make_legs
from skywitness.route.model import LegKind, Site, StopKind, TurnType, Waypoint
from skywitness.route.turns import course_change_deg, overflight_lead_in_km, turn_short_cut_km

GEOD = Geod(ellps="WGS84")
START = dt.datetime(2019, 9, 12, 8, tzinfo=dt.UTC)


def _site(lon: float, lat: float, value: float = 1.0) -> Site:
    return Site(f"{lon} {lat}", lon, lat, value)


def _point(lon: float, lat: float, *, airfield: bool = False) -> Waypoint:
    return Waypoint(f"{lon:g}/{lat:g}", lon, lat, airfield)


def test_a_leg_sees_its_swath_and_no_end_caps() -> None:
    """A site is abeam when its foot lies on the leg and its distance is within the half swath; not beyond the ends."""
    sites = [
        _site(1, 0.0899),  # 9.94 km north
        _site(1, 0.0906),  # 10.02 km: just inside the slack of 20 m
        _site(1, 0.0920),  # 10.17 km: outside
        _site(-0.05, 0),  # 5.6 km before the start
        _site(2.01, 0),  # 1.1 km past the end
        _site(0, 0),  # below the start
    ]
    assert abeam(_point(0, 0), _point(2, 0), sites, 10.0).index.tolist() == [0, 1, 5]


@settings(max_examples=60, deadline=None)
@given(st.floats(-179, 179), st.floats(-75, 75), st.floats(0, 360), st.floats(30, 1500), st.floats(-15, 15))
def test_abeam_agrees_with_a_search_along_the_geodesic(
    lon: float, lat: float, azimuth: float, length_km: float, aside_km: float
) -> None:
    """The sieve loses nothing: a dense search along the geodesic gives the same answer, away from the edge."""
    end_lon, end_lat, _ = GEOD.fwd(lon, lat, azimuth, length_km * 1000)
    middle_lon, middle_lat, back = GEOD.fwd(lon, lat, azimuth, length_km * 400)
    site_lon, site_lat, _ = GEOD.fwd(middle_lon, middle_lat, back + 180 + 90, aside_km * 1000)
    steps = np.linspace(0.35, 0.45, 400) * length_km * 1000
    ones = np.ones_like(steps)
    on_lon, on_lat, _ = GEOD.fwd(lon * ones, lat * ones, azimuth * ones, steps)
    least_km = GEOD.inv(on_lon, on_lat, site_lon * ones, site_lat * ones)[2].min() / 1000
    if abs(least_km - 10) < 0.2:
        return
    found = abeam(_point(lon, lat), _point(end_lon, end_lat), [_site(site_lon, site_lat)], 10.0)
    assert bool(found.index.size) == (least_km < 10)


def test_turn_type_keeps_the_value() -> None:
    """A site below the turn point needs an overflight turn; without one the corner is cut."""
    path = [_point(0, 0, airfield=True), _point(2, 0), _point(2, 2), _point(4, 2, airfield=True)]
    with_site = cover(path, [False] * 3, [_site(2, 0)], 10.0, 700)
    assert with_site.turns == (None, TurnType.OVERFLIGHT, TurnType.TURN_SHORT, None)
    assert with_site.seen == (0,)
    assert cover(path, [False] * 3, [_site(1, 0)], 10.0, 700).turns[1] is TurnType.TURN_SHORT


def test_what_a_turn_hides_is_not_counted() -> None:
    """After an overflight turn the start of the next leg is lost: a site there and one at the point collide."""
    path = [_point(0, 0, airfield=True), _point(2, 0), _point(2, 2, airfield=True)]
    both = [_site(2, 0, 2.0), _site(2.0, 0.15, 1.0)]  # the second 16.6 km along the next leg
    found = cover(path, [False, False], both, 10.0, 700)
    assert found.seen == (0,)
    assert found.periods[1].start_km > 20


def test_a_turn_is_flown_out_before_anything_is_seen_again() -> None:
    """What of a turn does not fit on a short leg is taken from the next: no leg makes a turn cheaper by being short."""
    site = _site(2.09, 0.2)  # 22 km along the leg northward, beside which nothing else is worth a look
    corner, beyond, north = _point(2, 0), _point(2.09, 0), _point(2.09, 2)  # ten kilometres between the two turns
    wanted = [_site(2, 0, 5.0), _site(2.09, 0, 3.0), site]
    bent = cover([_point(1, 1, airfield=True), corner, beyond, north], [False] * 3, wanted, 10.0, 700)
    assert bent.turns[1] is TurnType.OVERFLIGHT
    lead_in_km = overflight_lead_in_km(700, 45)
    length_km = GEOD.inv(2, 0, 2.09, 0)[2] / 1000
    assert lead_in_km > length_km
    assert bent.periods[2].start_km == pytest.approx(lead_in_km - length_km + overflight_lead_in_km(700, 90), abs=0.5)
    assert 2 not in bent.seen


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.floats(250, 850), st.integers(3, 12))
def test_periods_are_what_the_turns_leave(seed: int, speed_km_h: float, number: int) -> None:
    """Each period follows from the turns chosen, worked out afresh from the first leg on; a landing ends a turn."""
    rng = np.random.default_rng(seed)
    places = np.cumsum(rng.uniform(-0.4, 0.4, (number, 2)), axis=0) + np.array([25.0, 60.0])
    path = [_point(*place, airfield=at in (0, number - 1, number // 2)) for at, place in enumerate(places.tolist())]
    sites = [
        _site(*place) for place in (places[rng.integers(0, number, 40)] + rng.uniform(-0.1, 0.1, (40, 2))).tolist()
    ]
    found = cover(path, [False] * (number - 1), sites, 10.0, speed_km_h)
    legs = [GEOD.inv(a.lon, a.lat, b.lon, b.lat) for a, b in itertools.pairwise(path)]
    late_km, seen = 0.0, set[int]()
    for at, (_, _, length_m) in enumerate(legs):
        after = lost_km(found.turns[at], legs[at - 1], legs[at], speed_km_h)[1] if at else 0.0
        before = lost_km(found.turns[at + 1], legs[at], legs[at + 1], speed_km_h)[0] if at + 1 < len(legs) else 0.0
        begin, end = late_km + after, length_m / 1000 - before
        assert (found.periods[at].start_km, found.periods[at].end_km) == pytest.approx((begin, end), abs=1e-3)
        late_km = 0.0 if path[at + 1].airfield else max(begin - end, 0.0)
        if end > begin:
            abeam_of = abeam(path[at], path[at + 1], sites, 10.0)
            on = (abeam_of.along_km >= begin - 0.02) & (abeam_of.along_km <= end + 0.02)
            seen |= set(abeam_of.index[on].tolist())
    assert set(found.seen) == seen


def lost_km(
    kind: TurnType | None, into: tuple[float, ...], out: tuple[float, ...], speed_km_h: float
) -> tuple[float, float]:
    """What a turn takes from the legs (azimuths, length) before and after it, km."""
    change = course_change_deg(into[1] + 180.0, out[0])
    if kind is TurnType.TURN_SHORT:
        return (turn_short_cut_km(speed_km_h, change),) * 2
    return (0.0, overflight_lead_in_km(speed_km_h, change)) if kind is TurnType.OVERFLIGHT else (0.0, 0.0)


def test_a_transit_leg_sees_nothing() -> None:
    """Sensors are off in transit: what only a transit leg passes is not observed."""
    path = [_point(0, 0, airfield=True), _point(2, 0), _point(4, 0, airfield=True)]
    sites = [_site(1, 0), _site(3, 0)]
    found = cover(path, [True, False], sites, 10.0, 700)
    assert found.seen == (1,)
    assert observed(path, [None, found.periods[1]], sites, 10.0) == (1,)


def test_legs_have_geodesic_lengths_courses_and_times() -> None:
    """Lengths and courses are pyproj's; times follow from one speed; a pause moves what comes after it."""
    path = [_point(36.65, 55.61, airfield=True), _point(60, 60), _point(64, 67.5, airfield=True), _point(60, 65)]
    pauses = {2: Pause(StopKind.REFUELLING, dt.timedelta(hours=2))}
    legs, stops = make_legs(path, START, 800, height_m_agl=3000, sensors=("cam",), pauses=pauses)
    azimuth, _, metres = GEOD.inv(36.65, 55.61, 60, 60)
    assert legs[0].distance_km == pytest.approx(metres / 1000, abs=1e-6)
    assert legs[0].course_start_deg == pytest.approx(azimuth % 360, abs=1e-6)
    assert (legs[0].end_utc - START).total_seconds() == pytest.approx(metres / 800 * 3.6, abs=0.51)
    assert stops[0].waypoint == 3
    assert legs[2].start_utc - legs[1].end_utc == dt.timedelta(hours=2)


def test_transit_legs_carry_no_sensor() -> None:
    """A leg marked transit is of that kind and operates nothing (Decision 22/02)."""
    legs, _ = make_legs([_point(0, 0), _point(1, 0)], START, 800, sensors=("cam",), transit=[True])
    assert (legs[0].kind, legs[0].sensors) == (LegKind.TRANSIT, ())

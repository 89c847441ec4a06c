"""The path itself: direct, in order, not crossing itself, not circling."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.route.rules.plans import (
    DAY,
    GEOD,
    LANDSBERG,
    WUNSTORF,
    agreement,
    check_whole,
    full_facts,
    make,
    make_plan,
    only,
    verdicts,
)

from skywitness.core.errors import InputError
from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.route.facts import Facts
from skywitness.route.rules.circling import CIRCLE_KM, no_circling
from skywitness.route.rules.crossing import MOST_MEETINGS, same_point_once
from skywitness.route.rules.measured import measure_legs
from skywitness.route.rules.meetings import meetings
from skywitness.route.rules.path import direct_in_declared_order
from skywitness.route.rules.safety import turns_declared

Point = tuple[float, float]
SECOND_PASS = Reading(at=DAY, interpretations={"VI.II.4(G)": "second_pass"})


def offset(point: Point, azimuth_deg: float, km: float) -> Point:
    """The point so far from another."""
    lon, lat, _ = GEOD.fwd(*point, azimuth_deg, km * 1000.0)
    return lon, lat


def crossings(points: list[Point], reading: Reading | None = None, facts: Facts | None = None) -> list[Finding]:
    """Judge a path through points between Wunstorf and Landsberg."""
    plan = make_plan((WUNSTORF, *points, LANDSBERG))
    return [check_whole(finding) for finding in same_point_once(make(plan, facts, reading))]


MIDDLE = (11.0, 50.5)


def cross_at(middle: Point, arm_km: float = 60.0) -> list[Point]:
    """A path that crosses itself at ``middle`` between its points."""
    return [offset(middle, azimuth, arm_km) for azimuth in (0.0, 180.0, 90.0, 270.0)]


CROSSED = cross_at(MIDDLE)


# ---- VI.II.4(F) ----


def test_a_lawful_path_is_direct() -> None:
    """VI.II.4(F): what pyproj measured is what the rule measures."""
    finding = only(direct_in_declared_order(make()))
    assert finding.verdict is Verdict.OK
    assert finding.measured == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"distance_km": 200.0}, "direct way"),
        ({"distance_km": math.nan}, "direct way"),
        ({"course_start_deg": 123.4}, "courses"),
        ({"course_end_deg": math.nan}, "courses"),
        ({"number": 7}, "numbered 7"),
    ],
)
def test_what_is_not_direct(change: dict[str, float], says: str) -> None:
    """VI.II.4(F): a leg whose length, course or number is not that of the direct way breaks the rule."""
    plan = make_plan()
    legs = tuple(replace(leg, **change) if leg.number == 3 else leg for leg in plan.legs)  # type: ignore[arg-type]
    finding = only(direct_in_declared_order(make(replace(plan, legs=legs))))
    assert finding.verdict is Verdict.BREACH
    assert finding.where is not None
    assert finding.where.leg == 3
    assert says in str(finding.why)


def test_rounding_is_not_a_fault() -> None:
    """VI.II.4(F): lengths in whole kilometres and courses in whole degrees are what pilots write."""
    plan = make_plan()
    legs = tuple(
        replace(
            leg,
            distance_km=float(round(leg.distance_km)),
            course_start_deg=float(round(leg.course_start_deg)),
            course_end_deg=float(round(leg.course_end_deg)),
        )
        for leg in plan.legs
    )
    assert only(direct_in_declared_order(make(replace(plan, legs=legs)))).verdict is Verdict.OK


def test_a_rhumb_line_is_not_direct() -> None:
    """VI.II.4(F): over a long leg the course of a rhumb line differs from that of the direct way."""
    plan = make_plan((WUNSTORF, (60.0, 60.0)), end="ETSA")
    legs = (replace(plan.legs[0], course_start_deg=74.0, course_end_deg=74.0),)
    assert only(direct_in_declared_order(make(replace(plan, legs=legs)))).verdict is Verdict.BREACH


def test_legs_follow_one_another_in_time() -> None:
    """VI.II.4(F): a leg cannot begin before the one before it has ended."""
    plan = make_plan()
    early = replace(plan.legs[2], start_utc=plan.legs[2].start_utc - dt.timedelta(minutes=5))
    legs = (*plan.legs[:2], early, *plan.legs[3:])
    finding = only(direct_in_declared_order(make(replace(plan, legs=legs))))
    assert finding.verdict is Verdict.BREACH
    assert "cannot begin before" in str(finding.why)


@pytest.mark.parametrize(
    ("leg", "minutes", "airfield", "verdict"),
    [
        (1, 30, False, "ok"),  # taxiing
        (1, 31, False, "breach"),
        (3, 5, False, "ok"),  # a turn
        (3, 6, False, "breach"),
        (3, 600, True, "ok"),  # on the ground; whether that stop is declared VI.II.3 asks
    ],
)
def test_nothing_is_flown_between_the_legs(leg: int, minutes: int, airfield: bool, verdict: str) -> None:
    """VI.II.4(F): a pause in the air between two legs would be a way that the plan does not declare."""
    plan = make_plan(airfields={3: "EDDC"} if airfield else {})
    later = dt.timedelta(minutes=minutes)
    legs = tuple(
        replace(one, start_utc=one.start_utc + later, end_utc=one.end_utc + later) if one.number >= leg else one
        for one in plan.legs
    )
    finding = only(direct_in_declared_order(make(replace(plan, legs=legs))))
    assert finding.verdict == verdict
    if verdict == "breach":
        assert (finding.measured, finding.unit) == (minutes, "min")


# ---- VI.II.4(G): crossing ----


@pytest.mark.parametrize(
    ("points", "any_crossing", "second_pass"),
    [
        ([(10.5, 51.5), (11.5, 50.5), (10.8, 49.5)], "ok", "ok"),
        (CROSSED, "breach", "ok"),
        ([(10.5, 51.5), (12.0, 50.5), (10.0, 50.0), (10.5, 51.5), (12.5, 51.2)], "breach", "breach"),
        ([(11.0, 51.0), (12.0, 50.0), (11.0, 51.0)], "breach", "breach"),
    ],
    ids=["zigzag", "crossing between points", "same point twice", "out and back"],
)
def test_the_two_readings_of_crossing(points: list[Point], any_crossing: str, second_pass: str) -> None:
    """VI.II.4(G): two legs may meet nowhere, or, read mildly, no declared point may be passed twice."""
    strict, mild = crossings(points), crossings(points, SECOND_PASS)
    assert any_crossing in verdicts(strict)
    assert second_pass in verdicts(mild)
    assert ("breach" in verdicts(mild)) is (second_pass == "breach")


def test_where_it_crosses() -> None:
    """VI.II.4(G): the place of a crossing is the place where the geodesics meet, to the metre."""
    finding = crossings(CROSSED)[0]
    assert finding.where is not None
    assert finding.where.lon is not None
    assert finding.where.lat is not None
    _, _, apart_m = GEOD.inv(*MIDDLE, finding.where.lon, finding.where.lat)
    assert apart_m < 1.0


@pytest.mark.parametrize(
    ("gap_m", "verdict"), [(0.0, "breach"), (10.0, "cannot_tell"), (30.0, "cannot_tell"), (40.0, "ok"), (5000.0, "ok")]
)
def test_a_near_miss(gap_m: float, verdict: str) -> None:
    """VI.II.4(G): a point within a second of arc of another leg can be told neither from a touch nor from a miss."""
    north, south = offset(MIDDLE, 0.0, 80.0), offset(MIDDLE, 180.0, 80.0)
    near = offset(MIDDLE, 90.0, gap_m / 1000.0)
    plan = make_plan((WUNSTORF, north, south, (12.5, 49.9), near, (12.9, 50.9)))
    assert verdicts(same_point_once(make(plan))) == [verdict]


@settings(max_examples=60, deadline=None)
@given(st.floats(0.0, 100.0), st.floats(0.0, 359.0))
def test_a_band_astride_is_never_ok(gap_m: float, azimuth_deg: float) -> None:
    """VI.II.4(G): a leg end within 30 m of another leg never gives ok."""
    one, two = offset(MIDDLE, azimuth_deg, 60.0), offset(MIDDLE, azimuth_deg + 180.0, 60.0)
    near = offset(MIDDLE, azimuth_deg + 90.0, gap_m / 1000.0)
    far = offset(near, azimuth_deg + 90.0, 40.0)
    beside = offset(two, azimuth_deg + 90.0, 45.0)
    plan = make_plan((one, two, beside, near, far))
    found = verdicts(same_point_once(make(plan)))
    assert ("ok" in found) is (gap_m >= 31.0) or 30.9 < gap_m < 31.1


def test_take_off_and_landing_are_exempt() -> None:
    """VI.II.4(G): a flight may end where it began, and cross its way close to that airfield."""
    round_trip = make_plan((WUNSTORF, (11.0, 51.5), (9.9, 50.8), WUNSTORF), end="ETNW")
    assert verdicts(same_point_once(make(round_trip))) == ["ok"]
    before, beyond = offset(WUNSTORF, 90.0, 5.0), offset(WUNSTORF, 180.0, 5.0)
    loop = make_plan((WUNSTORF, beyond, (11.0, 51.2), before, offset(beyond, 200.0, 60.0), LANDSBERG))
    assert "breach" in verdicts(same_point_once(make(loop)))


@pytest.mark.parametrize(
    ("far_km", "verdict"), [(8.0, "ok"), (9.0, "ok"), (12.0, "cannot_tell"), (45.0, "cannot_tell"), (60.0, "breach")]
)
def test_how_far_take_off_reaches(far_km: float, verdict: str) -> None:
    """VI.II.4(G): the take-off leg crossed far from the airfield is no longer take-off; in between nobody can tell."""
    away = offset(WUNSTORF, 135.0, 120.0)
    middle = offset(WUNSTORF, 135.0, far_km)
    left, right = offset(middle, 45.0, 50.0), offset(middle, 225.0, 50.0)
    plan = make_plan((WUNSTORF, away, left, right, LANDSBERG))
    assert verdicts(same_point_once(make(plan))) == [verdict]


def test_an_agreement_covers_its_legs_only() -> None:
    """VI.II.4(G): an agreement on legs 2 and 4 covers their crossing; one on legs 1 and 2 does not."""
    covered = full_facts(agreements=(agreement("OS:VI.II.4(G)", legs=(2, 4)),))
    other = full_facts(agreements=(agreement("OS:VI.II.4(G)", legs=(1, 2)),))
    wrong_parties = full_facts(agreements=(agreement("OS:VI.II.4(G)", "SWE", "FRA"),))
    wrong_provision = full_facts(agreements=(agreement("OS:VI.II.4(A)"),))
    settled = only(crossings(CROSSED, facts=covered))
    assert (settled.verdict, settled.by_agreement) == (Verdict.OK, "exchange of notes")
    assert "agreed otherwise" in str(settled.why)
    for facts in (other, wrong_parties, wrong_provision):
        assert only(crossings(CROSSED, facts=facts)).verdict is Verdict.BREACH


def test_a_scribble_is_cut_short_and_says_so() -> None:
    """VI.II.4(G): a path that meets itself beyond count is judged in part, and the rest is never silently ok."""
    fan = [offset(MIDDLE, 170.0 * (number % 2) + 7.0 * number, 60.0) for number in range(40)]
    found = crossings(fan)
    assert len(found) <= MOST_MEETINGS + 1
    assert "ok" not in verdicts(found)
    assert "the rest was not judged" in str(found[-1].why)


def brute(points: tuple[Point, ...]) -> set[tuple[int, int]]:
    """Find crossing pairs of legs by great circles in space, all pairs, no sifting: another way than the rule's."""

    def unit(point: Point) -> NDArray[np.float64]:
        lon, lat = math.radians(point[0]), math.radians(point[1])
        return np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])

    ends = [(unit(a), unit(b)) for a, b in itertools.pairwise(points)]
    found = set()
    for (i, (a, b)), (j, (c, d)) in itertools.combinations(enumerate(ends, 1), 2):
        n, m = np.cross(a, b), np.cross(c, d)
        apart = (n @ c) * (n @ d) < 0 and (m @ a) * (m @ b) < 0
        if j > i + 1 and apart:
            found.add((i, j))
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(8.0, 13.0), st.floats(48.5, 53.0)), min_size=3, max_size=9, unique=True))
def test_meetings_against_all_pairs(points: list[Point]) -> None:
    """The sifted, exact search finds what a search over all pairs of great circles finds, near misses apart."""
    plan = make_plan((WUNSTORF, *points, LANDSBERG))
    exact = {(one.first, one.second): one.gap_km for one in meetings(measure_legs(plan))}
    rough = brute(tuple((point.lon, point.lat) for point in plan.waypoints))
    for pair in rough ^ set(exact):
        legs = [measure_legs(plan)[number - 1] for number in pair]
        ends = [(leg.start_at, leg.end_at) for leg in legs]
        nearest = min(GEOD.inv(*p, *q)[2] for p in ends[0] for q in ends[1])
        short = min(leg.distance_km for leg in legs)
        assert exact.get(pair, 1.0) < 0.031 or nearest < 500.0 or short < 1.0 or _grazes(ends[0], ends[1])


def _grazes(one: tuple[Point, Point], two: tuple[Point, Point]) -> bool:
    """Tell whether an end of a leg is so near the other leg that a sphere and an ellipsoid may differ."""
    from skywitness.core.geodesy import cross_track

    for leg, other in ((one, two), (two, one)):
        off, _ = cross_track(*leg[0], *leg[1], [other[0][0], other[1][0]], [other[0][1], other[1][1]])
        if min(abs(off)) < 0.5:
            return True
    return False


# ---- VI.II.4(G): circling ----


def ring(radius_km: float, count: int, turns: float = 1.0, middle: Point = MIDDLE) -> list[Point]:
    """Points round a centre, slightly spiralling so that the path does not cross itself."""
    total = round(count * turns) + 1
    return [offset(middle, 360.0 * i / count, radius_km * (1.0 + 0.3 * i / total)) for i in range(total)]


@pytest.mark.parametrize(
    ("radius_km", "turns", "verdict"),
    [(5.0, 1.3, "breach"), (5.0, 0.6, "ok"), (25.0, 1.3, "cannot_tell"), (90.0, 1.3, "ok")],
)
def test_circling_a_point(radius_km: float, turns: float, verdict: str) -> None:
    """VI.II.4(G): a full circle within 20 km is circling, within 100 km a question, beyond it a tour."""
    plan = make_plan((WUNSTORF, *ring(radius_km, 12, turns), LANDSBERG))
    finding = only(no_circling(make(plan)))
    assert finding.verdict == verdict
    if verdict == "breach":
        assert isinstance(finding.measured, float)
        assert finding.measured >= 359.5
        agreed = full_facts(agreements=(agreement("OS:VI.II.4(G)"),))
        assert only(no_circling(make(plan, agreed))).verdict is Verdict.OK


@pytest.mark.parametrize(("points", "verdict"), [(14, "breach"), (13, "ok")])
def test_just_a_full_circle(points: int, verdict: str) -> None:
    """VI.II.4(G): twelve turns of 30 degrees are a full circle, eleven are not."""
    corners = [offset(MIDDLE, 30.0 * i, 5.0 * (1.0 + 0.001 * i)) for i in range(points)]
    finding = only(no_circling(make(make_plan(corners))))
    assert finding.verdict == verdict
    if verdict == "breach":
        assert finding.measured == pytest.approx(360.0, abs=0.5)


def test_a_zigzag_does_not_circle() -> None:
    """VI.II.4(G): turns to the left undo turns to the right."""
    points = [offset(MIDDLE, 90.0, 1.0 * i) if i % 2 else offset(offset(MIDDLE, 0.0, 8.0), 90.0, i) for i in range(14)]
    assert only(no_circling(make(make_plan((WUNSTORF, *points, LANDSBERG))))).verdict is Verdict.OK
    assert CIRCLE_KM == 20.0


# ---- Decision 16/02 ----


def test_turn_types() -> None:
    """Decision 16/02: a plan says how it turns at each turn point; before July 2002 there was no such decision."""
    plan = make_plan()
    silent = replace(plan, waypoints=tuple(replace(point, turn=None) for point in plan.waypoints))
    assert only(turns_declared(make(plan))).verdict is Verdict.OK
    finding = only(turns_declared(make(silent)))
    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.effect is not None
    early = make(silent, reading=Reading(at=dt.date(2002, 3, 1)))
    assert only(turns_declared(early)).verdict is Verdict.NOT_APPLICABLE
    straight = make_plan((WUNSTORF, LANDSBERG))
    assert only(turns_declared(make(straight))).verdict is Verdict.NOT_APPLICABLE


# ---- what is no path ----


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"legs": ()}, "legs join"),
        ({"waypoints": make_plan().waypoints[:-1]}, "legs join"),
        ({"commencement_utc": dt.datetime(2015, 6, 10, 8, 0)}, "no zone"),  # noqa: DTZ001
        ({"waypoints": (replace(make_plan().waypoints[0], lat=math.nan), *make_plan().waypoints[1:])}, "latitude"),
        ({"waypoints": (replace(make_plan().waypoints[0], lat=95.0), *make_plan().waypoints[1:])}, "latitude"),
    ],
)
def test_what_is_no_path_is_refused(change: dict[str, object], says: str) -> None:
    """A plan that is no path through time and space is refused with the place of the fault."""
    with pytest.raises(InputError, match=says):
        make(replace(make_plan(), **change))  # type: ignore[arg-type]

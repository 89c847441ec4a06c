"""Sites and their hours: the fast sun, windows, what a plan sees in light, and the search by the clock."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.geo.sun import LightWindow, light_window, sun_elevation_deg
from skywitness.geo.sun_path import SunPath
from skywitness.route.facts import AircraftFacts, Facts, SensorFacts
from skywitness.route.files.plan_file import plan_from_json
from skywitness.route.files.plan_write import plan_to_json
from skywitness.route.files.sites_file import sites_from_text, write_sites
from skywitness.route.model import SensorUse, Site
from skywitness.route.passes import daylight
from skywitness.route.planner.planner import plan
from skywitness.route.request import Planned, PlanRequest
from skywitness.route.search.search import Problem
from skywitness.route.search.timed_search import Clock, Timed, TimedSearch, reversed_route
from skywitness.route.site_windows import Windows, in_own_window, need_light

DAY = dt.date(2019, 12, 10)
MIDNIGHT = dt.datetime(2019, 12, 10, tzinfo=dt.UTC)


# ---- the sun ----


@given(st.floats(-180, 180), st.floats(-85, 85), st.integers(0, 48 * 60))
def test_the_fast_sun_is_the_ephemeris(lon: float, lat: float, minute: int) -> None:
    """Elevations between the hours are those of the ephemeris to 0.01 degree, at any place."""
    path = SunPath.of(MIDNIGHT, 48)
    fast = path.elevations_deg(np.array([lon]), np.array([lat]), np.array([minute / 60.0]))[0]
    assert fast == pytest.approx(sun_elevation_deg(lon, lat, MIDNIGHT + dt.timedelta(minutes=minute)), abs=0.01)


@pytest.mark.parametrize(("lon", "lat"), [(36.65, 55.6), (107.4, 51.8), (-150.0, 40.0), (179.5, -30.0)])
def test_windows_of_light_are_those_of_the_ephemeris(lon: float, lat: float) -> None:
    """Where the window of ``geo.sun`` begins and ends, the window of a site does, to three minutes."""
    found = light_window(lon, lat, DAY, 10.0)
    assert isinstance(found, LightWindow)
    windows = Windows.of([Site("S", lon, lat)], DAY, light=True)
    begin_h = (found.start_utc - MIDNIGHT) / dt.timedelta(hours=1)
    assert abs((windows.sun_from_h[0] - begin_h + 12.0) % 24.0 - 12.0) < 0.05
    assert windows.sun_for_h[0] == pytest.approx((found.end_utc - found.start_utc) / dt.timedelta(hours=1), abs=0.05)


def test_the_polar_night_has_no_hours_and_the_polar_day_all() -> None:
    """A site in the polar night is never worth a look, in the polar day always; radar does not care."""
    north = [Site("Murmansk", 33.0, 68.97, min_sun_deg=0.0)]
    assert not Windows.of(north, DAY, light=True).ever_open()[0]
    assert Windows.of(north, dt.date(2019, 6, 21), light=True).all_open(0.0, 24.0)
    assert Windows.of(north, DAY, light=False).all_open(0.0, 24.0)


def test_only_cameras_need_light() -> None:
    """Cameras and television need light; one radar or infrared device among the sensors and a flight does not."""
    camera, radar, warm = (SensorUse(kind, kind, 10.0, 5000.0) for kind in ("optical_panoramic", "sar", "infrared"))
    assert need_light([camera, SensorUse("tv", "video", 5.0, 5000.0)])
    assert not need_light([camera, radar])
    assert not need_light([warm])


# ---- hours of sites in files ----

TABLE = "name,lon,lat,value,from_utc,to_utc,min_sun_deg\nA,36.0,55.0,1,08:30,15:00,\nB,37.0,55.0,1,22:00,4:00Z,25\n"


def test_hours_of_sites_are_read_and_written_without_loss() -> None:
    """Hours come back from CSV and GeoJSON as they were; an empty cell is nobody's word."""
    sites = sites_from_text(TABLE).sites
    assert (sites[0].from_utc, sites[0].to_utc, sites[0].min_sun_deg) == (dt.time(8, 30), dt.time(15), None)
    assert sites[1].min_sun_deg == 25.0
    for fmt in ("csv", "geojson"):
        assert sites_from_text(write_sites(sites, fmt)).sites == sites


@pytest.mark.parametrize(
    ("row", "word"),
    [("A,36,55,1,8.30,,", "time of the day"), ("A,36,55,1,25:00,,", "25:00"), ("A,36,55,1,08:00,08:00,", "same time"),
     ("A,36,55,1,,,91", "from -90 to 90")],
)  # fmt: skip
def test_hours_that_are_none_are_refused(row: str, word: str) -> None:
    """A time that is none, a window without any time and a sun above the zenith are faults with their line."""
    with pytest.raises(InputError) as refusal:
        sites_from_text("name,lon,lat,value,from_utc,to_utc,min_sun_deg\n" + row + "\n")
    assert any("line 2" in fault.where and word in str(fault.message) for fault in refusal.value.faults)


@pytest.mark.parametrize(
    ("begin", "end", "hour", "inside"),
    [((8, 0), (15, 0), 8, True), ((8, 0), (15, 0), 15, True), ((8, 0), (15, 0), 16, False),
     ((22, 0), (4, 0), 23, True), ((22, 0), (4, 0), 3, True), ((22, 0), (4, 0), 12, False),
     ((20, 0), None, 23, True), ((20, 0), None, 1, False), (None, (6, 0), 5, True), (None, (6, 0), 7, False)],
)  # fmt: skip
def test_hours_may_pass_midnight(
    begin: tuple[int, int] | None, end: tuple[int, int] | None, hour: int, inside: bool
) -> None:
    """Both ends belong to the hours; an end before the begin is that of the next day; a missing one is midnight."""
    site = Site("S", 0.0, 0.0, from_utc=begin and dt.time(*begin), to_utc=end and dt.time(*end))
    assert in_own_window(site, MIDNIGHT + dt.timedelta(hours=hour)) is inside
    assert bool(Windows.of([site], DAY, light=False).open_at(np.array([float(hour)]))[0, 0]) is inside


# ---- the search by the clock, against brute force ----


def _line_of_sites(count: int, seed: int) -> tuple[Problem, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    """Sites strewn about an airfield; each has two hours of its own."""
    rng = np.random.default_rng(seed)
    lons = np.concatenate([[30.0], 30.0 + rng.uniform(-3, 3, count)])
    lats = np.concatenate([[50.0], 50.0 + rng.uniform(-2, 2, count)])
    x_m, y_m = (lons - 30.0) * 71_000.0, (lats - 50.0) * 111_000.0
    problem = Problem(
        lons, lats, x_m, y_m, 0, np.array([0]), np.zeros(0, np.int64), np.array([np.inf]), 900_000.0,
        lons[1:], lats[1:], x_m[1:], y_m[1:], rng.integers(1, 9, count).astype(float), 0.0, np.zeros((0, 4)),
    )  # fmt: skip
    windows = np.stack([np.zeros(count), np.full(count, 24.0), rng.uniform(6, 12, count), np.full(count, 1.5)])
    return problem, windows


def _brute_force(problem: Problem, windows: np.ndarray[tuple[int, ...], np.dtype[np.float64]], km_h: float) -> float:
    """The best value over all orders of all choices of sites, and all quarters of an hour."""
    n = problem.node_lon_deg.size
    km = np.array([
        [geodesy.distance_km(a, b, c, d) if (a, b) != (c, d) else 0.0
         for c, d in zip(problem.node_lon_deg, problem.node_lat_deg, strict=True)]
        for a, b in zip(problem.node_lon_deg, problem.node_lat_deg, strict=True)
    ])  # fmt: skip
    best = 0.0
    for size in range(1, n):
        for order in itertools.permutations(range(1, n), size):
            reached = np.cumsum([km[a, b] for a, b in itertools.pairwise((0, *order))])
            if reached[-1] + km[order[-1], 0] > problem.limit_m / 1000.0 * 0.9999:
                continue
            at = np.arange(96)[:, None] / 4.0 + reached[None, :] / km_h
            sites = np.array(order) - 1
            inside = np.mod(at - windows[2, sites], 24.0) <= windows[3, sites]
            best = max(best, float((inside * problem.site_value[sites]).sum(axis=1).max()))
    return best


@pytest.mark.parametrize("seed", range(4))
def test_the_search_by_the_clock_is_as_good_as_brute_force(seed: int) -> None:
    """Of six sites with hours the search finds what the best order at the best departure sees."""
    problem, windows = _line_of_sites(6, seed)
    best = _brute_force(problem, windows, 300.0)
    hunt = TimedSearch(problem, windows, Clock(300.0, 0.0, rests=False, departure_fixed=False), 1)
    found = hunt.run([Timed((0, 1, 0), (360,), 0.0), Timed((0, 2, 0), (540,), 0.0)], 0.0, 400, 1)
    assert found is not None
    assert found.value >= best - 0.02 * problem.site_value.sum()
    assert int(found.value + 1e-6) <= round(best)


def test_turning_round_keeps_the_landings() -> None:
    """Each stage is flown the other way round; the landings stay where they are."""
    assert reversed_route(Timed((0, 5, 6, 1, 7, 8, 0), (0, 30), 0.0), [3]).nodes == (0, 6, 5, 1, 8, 7, 0)


# ---- plans ----


def _kubinka(at: dt.date | dt.datetime, sites: list[Site], sensor: SensorFacts | None = None) -> Planned:
    facts = Facts(aircraft=AircraftFacts(ident=None), sensors=() if sensor is None else (sensor,))
    day = at.date() if isinstance(at, dt.datetime) else at
    return plan(PlanRequest("DEU", "RUS", "UUMB", at, sites, Reading(day), rounds=40, facts=facts))


def _strewn(count: int) -> list[Site]:
    chance = random.Random(3)
    return [Site(f"S{k}", chance.uniform(37.5, 62), chance.uniform(52.5, 57.5), 1.0 + k % 5) for k in range(count)]


def test_a_winter_flight_is_not_cut_short_by_dusk_at_home() -> None:
    """In December the plan sees more in light than can be seen in the hour and a half of light at Kubinka.

    It breaks no rule, its file gives the same measure again, and its value in light is that of an independent count.
    """
    planned = _kubinka(DAY, _strewn(70))
    made = planned.plan
    seen = daylight(made)
    assert made.distance_km > 2000.0
    assert 0.0 < seen.score <= made.score
    assert not [finding for finding in planned.findings if finding.verdict is Verdict.BREACH]
    again = plan_from_json(plan_to_json(made))
    assert daylight(again) == seen
    for one in seen.dark:
        site = made.sites[one.site]
        assert one.sun_deg == pytest.approx(sun_elevation_deg(site.lon, site.lat, one.time_utc))
        assert one.sun_deg < 10.0


def test_hours_given_for_sites_choose_the_departure() -> None:
    """Sites that are worth a look in one hour of the night only are passed then by infrared; by day nothing is lost."""
    warm = SensorFacts(ident="line-scanner", category="infrared", half_swath_km=8.0, h_min_m_agl=3000.0)
    sites = [Site("near", 38.5, 55.2, from_utc=dt.time(21), to_utc=dt.time(22)), Site("any", 39.5, 54.6)]
    made = _kubinka(dt.date(2019, 6, 3), sites, warm).plan
    seen = daylight(made)
    assert not seen.dark
    assert seen.score == made.score == 2.0


def test_what_is_seen_in_the_dark_is_told() -> None:
    """A flight that must begin at night observes, and says that all of it is in the dark."""
    made = _kubinka(dt.datetime(2019, 12, 10, 18, tzinfo=dt.UTC), _strewn(12)).plan
    seen = daylight(made)
    assert seen.score == 0.0
    assert {one.site for one in seen.dark} == set(made.observed_sites)

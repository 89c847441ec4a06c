"""Views by strips: what they are, what a path sees by them, which ways and heights they offer."""

from __future__ import annotations

import datetime as dt
import itertools
import math

import numpy as np
import pytest
from pyproj import Geod

from skywitness.core.errors import InputError
from skywitness.core.text import Text
from skywitness.route.coverage import cover, looks, observed
from skywitness.route.facts import SensorFacts
from skywitness.route.files.view_json import view_from_json, view_to_json
from skywitness.route.model import SensorUse, Site, Waypoint
from skywitness.route.outlook import Looking, as_used, levels, outlook, refuse_too_wide
from skywitness.route.strips import Mode, Strip, View, below, ground_km, joined, table
from skywitness.route.ways.points_beside import points_beside

GEOD = Geod(ellps="WGS84")
RIGHT = View((Mode(5000.0, (Strip(8.0, 30.0, "radar", "sar"),)),))
EITHER = View((RIGHT.modes[0], RIGHT.modes[0].mirrored()))
DAY = dt.date(2019, 9, 12)


def _site(number: int, lon: float, lat: float, **asked: object) -> Site:
    return Site(f"S{number}", lon, lat, 1.0, None, **asked)  # type: ignore[arg-type]


def _beside(start: tuple[float, float], end: tuple[float, float], along: float, aside_km: float) -> tuple[float, float]:
    """Go a share along a leg, then aside; to the right positive."""
    azimuth, _, length_m = GEOD.inv(*start, *end)
    lon, lat, back = GEOD.fwd(*start, azimuth, along * length_m)
    return GEOD.fwd(lon, lat, back + 180.0 + math.copysign(90.0, aside_km), abs(aside_km) * 1000.0)[:2]


@pytest.mark.parametrize(("start", "end"), [((30.0, 55.0), (33.0, 57.0)), ((-60.0, -40.0), (-64.0, -41.0))])
def test_the_exact_measure_knows_left_from_right(start: tuple[float, float], end: tuple[float, float]) -> None:
    """A site counts when it lies in the strip: not below, not on the other hand, not beyond; flown back, mirrored."""
    places = [2.0, 7.9, 8.1, 29.9, 30.1, -15.0]
    sites = [_site(n, *_beside(start, end, 0.5, aside)) for n, aside in enumerate(places)]
    out, home = Waypoint("A", *start), Waypoint("B", *end)
    assert looks(out, home, sites, RIGHT)[0].index.tolist() == [2, 3]
    assert looks(home, out, sites, RIGHT)[0].index.tolist() == [5]
    assert [one.index.tolist() for one in looks(out, home, sites, EITHER)] == [[2, 3], [5]]
    assert looks(out, home, sites, below(8.0))[0].index.tolist() == [0, 1]
    assert looks(out, home, sites, 8.0)[0].index.tolist() == [0, 1]


def test_several_sensors_see_what_any_of_them_sees() -> None:
    """With a camera below and a radar aside a path observes the union of what it observes with each alone."""
    rng = np.random.default_rng(3)
    path = [
        Waypoint(str(n), *place) for n, place in enumerate([(30.0, 55.0), (33.0, 56.0), (34.0, 53.5), (31.0, 53.0)])
    ]
    sites = [_site(n, *place) for n, place in enumerate(rng.uniform((29.5, 52.5), (34.5, 56.5), (300, 2)).tolist())]
    camera = Strip(-6.0, 6.0, "camera")
    both = View((Mode(5000.0, (camera, *RIGHT.modes[0].strips)),))
    seen = {
        name: set(observed(path, cover(path, [False] * 3, [], 1.0, 100.0).periods, sites, view))
        for name, view in (("camera", View((Mode(5000.0, (camera,)),))), ("radar", RIGHT), ("both", both))
    }
    assert seen["both"] == seen["camera"] | seen["radar"]
    assert seen["camera"] - seen["radar"]
    assert seen["radar"] - seen["camera"]


def test_the_side_of_a_radar_is_chosen_leg_by_leg_and_shared_sites_count_once() -> None:
    """By the exact measure no other choice of sides of the legs of a path observes more than the one chosen."""
    for seed in range(6):
        rng = np.random.default_rng(seed)
        path = [Waypoint(str(n), *place) for n, place in enumerate(rng.uniform((30, 53), (34, 56), (5, 2)).tolist())]
        sites = [_site(n, *place) for n, place in enumerate(rng.uniform((29.5, 52.5), (34.5, 56.5), (80, 2)).tolist())]
        found = cover(path, [False] * 4, sites, EITHER, 0.0)
        assert found.seen == observed(path, found.periods, sites, EITHER, found.modes)
        counts = [
            len(observed(path, found.periods, sites, EITHER, modes)) for modes in itertools.product((0, 1), repeat=4)
        ]
        assert len(found.seen) >= max(counts) - 1, "one leg after another is nearly the best of all"
        single = max(len(cover(path, [False] * 4, sites, View((mode,)), 0.0).seen) for mode in EITHER.modes)
        assert len(found.seen) >= single


def test_a_leg_goes_down_below_the_clouds_where_that_shows_more() -> None:
    """Over clouded sites the leg is flown low, over clear ones high, where the strip is broad; radar stays high."""
    high, low = Mode(6000.0, (Strip(-12.0, 12.0, "cam"),)), Mode(2000.0, (Strip(-4.0, 4.0, "cam"),))
    view = View((high, low))
    path = [Waypoint(str(n), 30.0 + 2.0 * n, 55.0) for n in range(3)]
    clouded = [_site(n, 30.5 + 0.2 * n, 55.01, cloud_base_m_agl=2500.0) for n in range(4)]
    clear = [_site(9 + n, 32.6 + 0.2 * n, 55.09) for n in range(4)]
    found = cover(path, [False, False], [*clouded, *clear], view, 0.0)
    assert found.modes == (1, 0)
    assert len(found.seen) == 8
    assert cover(path, [False, False], clear, view, 0.0).modes == (0, 0)
    radar = View((Mode(6000.0, (Strip(-12.0, 12.0, "radar", "sar"),)), low))
    assert cover(path, [False, False], clouded, radar, 0.0).modes[0] == 0


def test_what_a_site_asks_for() -> None:
    """Kinds of sensors, the base of the clouds and the ground resolution decide on which strips a site counts."""
    mode = Mode(3000.0, (Strip(-5.0, 5.0, "cam", "optical_panoramic", 0.5), Strip(8.0, 30.0, "radar", "sar", 3.0)))
    for asked, strips in (
        ({}, ((-5.0, 5.0), (8.0, 30.0))),
        ({"sensors": ("sar",)}, ((8.0, 30.0),)),
        ({"sensors": ("optical", "sar")}, ((-5.0, 5.0), (8.0, 30.0))),
        ({"sensors": ("infrared",)}, ()),
        ({"cloud_base_m_agl": 3000.0}, ((-5.0, 5.0), (8.0, 30.0))),
        ({"cloud_base_m_agl": 2999.0}, ((8.0, 30.0),)),
        ({"ground_resolution_m": 0.5}, ((-5.0, 5.0),)),
        ({"ground_resolution_m": 0.4}, ()),
        ({"ground_resolution_m": 3.0, "sensors": ("sar",)}, ((8.0, 30.0),)),
    ):
        site = _site(1, 0.0, 0.0, **asked)
        assert mode.serving(site) == strips
        assert View((mode,)).serves(site) == bool(strips)
    unknown = Mode(3000.0, (Strip(-5.0, 5.0, "cam"),))
    assert unknown.serving(_site(1, 0.0, 0.0, ground_resolution_m=10.0)) == ()


def test_what_a_view_is() -> None:
    """Reach, breadth, asides and symmetry of views; a mirrored pair of modes sees the same both ways."""
    assert RIGHT.reach_km == 30.0
    assert RIGHT.breadth_km == 22.0
    assert RIGHT.asides_km() == (19.0,)
    assert not RIGHT.both_ways
    assert EITHER.both_ways
    assert not EITHER.plain
    assert below(10.0).plain
    assert not View((*below(10.0).modes, *below(5.0).modes)).plain
    assert not View((Mode(1.0, (Strip(-10.0, 8.0),)),)).both_ways
    assert View((Mode(1.0, (Strip(-10.0, 8.0),)),)).below_km == 8.0
    assert joined([(3.0, 5.0), (-1.0, 1.0), (1.0, 2.0)]) == ((-1.0, 2.0), (3.0, 5.0))
    assert view_from_json(view_to_json(EITHER), "") == EITHER


def test_all_faults_of_a_kept_view_are_told() -> None:
    """A view in a plan that somebody broke is refused with every fault."""
    broken = [{"height_m_agl": -5.0, "strips": [{"sensor": "a", "category": "eye", "from_km": 5.0, "to_km": 2.0}]}, {}]
    with pytest.raises(InputError) as refused:
        view_from_json(broken, "plan.json")
    assert len(refused.value.faults) == 5
    with pytest.raises(InputError):
        view_from_json([], "plan.json")
    assert view_from_json(None, "") is None


@pytest.mark.parametrize("angle", [20.0, 45.0, 70.0, 78.0])
def test_lines_of_sight_meet_a_round_earth(angle: float) -> None:
    """The place where a line of sight meets the sphere lies farther than on flat ground, by the drop of the ground."""
    flat_km = 10.0 * math.tan(math.radians(angle))
    found = ground_km(10_000.0, angle)
    assert found is not None
    drop_km = flat_km**2 / (2.0 * 6371.0)
    assert found - flat_km == pytest.approx(drop_km * math.tan(math.radians(angle)), rel=0.2, abs=0.003)
    assert ground_km(10_000.0, 88.0) is None


def _looking(look: str = "down", **said: float) -> Looking:
    use = SensorUse("one", "optical_framing_vertical", 10.0, 5000.0, said.get("h_min_m_agl"))
    return Looking(use, look, SensorFacts("one", use.category, look=look, **said), 0.3)  # type: ignore[arg-type]


def test_the_strips_of_a_sensor_follow_its_look_and_its_height() -> None:
    """Km stay as they are given, angles and half swaths grow with the height; both sides are mirror images."""
    aside = _looking("right", near_km=5.0, far_km=20.0)
    assert [(s.from_km, s.to_km) for s in aside.strips(1000.0, "")] == [(5.0, 20.0)]
    assert [(s.from_km, s.to_km) for s in _looking("both", near_km=5.0, far_km=20.0).strips(9.0, "")] == [
        (-20.0, -5.0),
        (5.0, 20.0),
    ]
    assert [(s.from_km, s.to_km) for s in _looking("either", near_km=5.0, far_km=20.0).strips(9.0, "left")] == [
        (-20.0, -5.0)
    ]
    (plain,) = _looking().strips(2500.0, "")
    assert (plain.from_km, plain.to_km) == (-5.0, 5.0)
    (low,), (high,) = (_looking("left", from_deg=30.0, to_deg=60.0).strips(h, "") for h in (2000.0, 4000.0))
    assert high.from_km == pytest.approx(2.0 * low.from_km, rel=1e-3)
    assert high.to_km == pytest.approx(-4.0 * math.tan(math.radians(30.0)), rel=1e-3)
    with pytest.raises(InputError):
        _looking("left", from_deg=30.0, to_deg=88.9).strips(5000.0, "")


def test_heights_follow_what_sites_ask_for() -> None:
    """Low clouds and fine resolutions ask for lower legs, never below the minimum height; few of many are kept."""
    told: list[Text] = []
    camera = _looking(h_min_m_agl=1000.0)
    assert levels([camera], [_site(1, 0.0, 0.0)], (), told) == (5000.0,)
    assert levels([camera], [_site(1, 0.0, 0.0, cloud_base_m_agl=1800.0)], (), told) == (5000.0, 1800.0)
    assert levels([camera], [_site(1, 0.0, 0.0, cloud_base_m_agl=900.0)], (), told) == (5000.0,)
    assert levels([camera], [_site(1, 0.0, 0.0, ground_resolution_m=0.6)], (), told)[1] == pytest.approx(2000.0)
    many = [_site(n, 0.0, 0.0, cloud_base_m_agl=1000.0 + 100.0 * n) for n in range(30)]
    few = levels([camera], many, (), told)
    assert few[0] == 5000.0
    assert len(few) == 5
    assert few[-1] == 1000.0
    assert levels([camera], many, (3000.0, 2000.0), told) == (3000.0, 2000.0)
    assert told == []
    assert levels([_looking()], [_site(1, 0.0, 0.0, cloud_base_m_agl=1800.0)], (), told) == (5000.0,)
    assert len(told) == 1


def test_below_its_minimum_height_a_camera_stays_off() -> None:
    """At a height below the camera's minimum only the radar operates; where nothing may, the height is refused."""
    camera = _looking(h_min_m_agl=1500.0)
    radar = Looking(SensorUse("radar", "sar", 30.0, 5000.0), "either", SensorFacts("r", near_km=8.0, far_km=30.0))
    view = outlook([camera, radar], (3000.0, 1200.0))
    assert [(mode.height_m_agl, mode.sensors) for mode in view.modes] == [
        (3000.0, ("one", "radar")),
        (3000.0, ("one", "radar")),
        (1200.0, ("radar",)),
        (1200.0, ("radar",)),
    ]
    assert view.both_ways
    assert as_used(camera.use, view).half_swath_km == pytest.approx(6.0)
    with pytest.raises(InputError, match="1500"):
        outlook([camera], (1200.0,))
    with pytest.raises(InputError, match="24"):
        outlook([radar], [1000.0 + n for n in range(13)])


def test_the_law_bounds_coverage_and_swath() -> None:
    """Cameras beyond 50 km to a side and radar swaths of more than 25 km are refused; just at the limit they pass."""
    for category, low, high, good in (
        ("optical_framing_oblique", 20.0, 50.0, True),
        ("optical_framing_oblique", 20.0, 50.5, False),
        ("sar", 40.0, 65.0, True),
        ("sar", 10.0, 36.0, False),
    ):
        view = View((Mode(5000.0, (Strip(low, high, "x", category),)),))
        if good:
            refuse_too_wide(view, DAY)
        else:
            with pytest.raises(InputError, match="allowed"):
                refuse_too_wide(view, DAY)


def test_candidates_lie_beside_the_sites() -> None:
    """For a view aside there is a candidate at the distance of the strip on either hand of a row of sites."""
    x_m, y_m = np.linspace(0.0, 75_000.0, 6), np.zeros(6)
    x, y = points_beside(x_m, y_m, np.ones(6), RIGHT, 400)
    for hand in (-1.0, 1.0):
        off = np.hypot(x[:, None] - x_m[None, :], y[:, None] - hand * 19_000.0)
        assert (off.min(axis=0) < 6_000.0).all()
    few_x, few_y = points_beside(x_m, y_m, np.ones(6), RIGHT, 20)
    assert few_x.size == few_y.size == 20
    plain_x, _ = points_beside(x_m, y_m, np.ones(6), below(10.0), 100)
    assert plain_x.size >= 6
    both = View((Mode(5000.0, (Strip(-6.0, 6.0, "camera"), *RIGHT.modes[0].strips)),))
    assert points_beside(x_m, y_m, np.ones(6), both, 100)[0].size <= 100


def test_sites_of_one_kind_share_their_strips() -> None:
    """Sites that count on the same strips are of one kind, however they ask for it; the table holds the strips once."""
    view = View((Mode(3000.0, (Strip(-5.0, 5.0, "cam"), Strip(8.0, 30.0, "radar", "sar"))),))
    sites = [_site(1, 0, 0), _site(2, 0, 0, cloud_base_m_agl=4000.0), _site(3, 0, 0, cloud_base_m_agl=2000.0)]
    made = table(view, sites, 0.99)
    assert made.site_kind.tolist() == [0, 0, 1]
    strips = [[0, 0, -4700.0, 4700.0], [0, 0, 8300.0, 29700.0], [0, 1, 8300.0, 29700.0]]
    assert np.allclose(made.row, strips)

"""``skywitness plan`` with several sensors, side strips and heights: from the facts to the plan, and judged again."""

from __future__ import annotations

import itertools
import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from skywitness.route.coverage import Period as Stretch
from skywitness.route.coverage import observed
from skywitness.route.files.plan_file import read_plan
from skywitness.route.strips import Mode, Strip, View

if TYPE_CHECKING:
    from tests.conftest import Skywitness

pytestmark = pytest.mark.usefixtures("kernel")

SITES = """name,lon,lat,value,sensors,cloud_base_m,ground_resolution_m
Tver,35.9,56.86,2,sar,,
Kaluga,36.26,54.51,2,optical/sar,,
Yaroslavl,39.85,57.62,2,optical,2500,
Ryazan,39.74,54.63,3,,,0.4
Vladimir,40.41,56.13,1,infrared,,
"""
CAMERA = """[[sensor]]
ident = "camera"
category = "optical_framing_vertical"
h_min_m_agl = 1400
half_swath_km = 9
look = "down"
"""
RADAR = """[[sensor]]
ident = "radar"
category = "sar"
look = "either"
near_km = 8
far_km = 32
"""


@pytest.fixture
def plan(skywitness: Skywitness, tmp_path: Path) -> Any:
    """Give a way to plan over some sites with some facts."""

    def call(facts: str, *more: str, sites: str = SITES, code: int | None = 0) -> Any:
        (tmp_path / "sites.csv").write_text(sites, encoding="utf-8")
        (tmp_path / "facts.toml").write_text(facts, encoding="utf-8")
        words = "plan --over BLR-RUS --by DEU --from UUMB --at 2019-09-12T07:00Z --rounds 30"
        files = f"--sites {tmp_path / 'sites.csv'} --facts {tmp_path / 'facts.toml'} --out {tmp_path / 'out'}"
        run = skywitness(*shlex.split(f"{words} {files}"), *more, "--json")
        assert code is None or run.code == code, run.out + run.err
        return run

    return call


def recounted(path: Path) -> tuple[int, ...]:
    """Count anew what a plan observes, from nothing but its file: strips, observation periods, heights, sites."""
    found = read_plan(path).plan
    categories = {sensor.ident: sensor.category for sensor in found.sensors}
    seen: set[int] = set()
    for leg, ends in zip(found.legs, itertools.pairwise(found.waypoints), strict=True):
        if leg.sensors and leg.observe_from_km is not None and leg.observe_to_km is not None:
            strips = (Strip(s.from_km, s.to_km, s.sensor, categories[s.sensor], 0.3) for s in leg.strips)
            view = View((Mode(leg.height_m_agl or 0.0, tuple(strips)),))
            seen |= set(observed(ends, [Stretch(leg.observe_from_km, leg.observe_to_km)], found.sites, view))
    return tuple(sorted(seen))


def test_camera_and_radar_together(plan: Any, skywitness: Skywitness, tmp_path: Path) -> None:
    """Both fly; the side of the radar is written on each leg; the file shows the same sites; ``check`` reads it."""
    told = json.loads(plan(CAMERA + RADAR, code=None).out)
    made = told["plan"]
    assert [sensor["ident"] for sensor in made["sensors"]] == ["camera", "radar"]
    for leg in made["legs"]:
        (low, high), (begin, end) = ([strip["from_km"], strip["to_km"]] for strip in leg["strips"])
        assert (low, high) == (-9.0, 9.0) or leg["height_m_agl"] < 1400.0
        assert (begin, end) in ((8.0, 32.0), (-32.0, -8.0))
    assert [aside["site"]["name"] for aside in made["set_aside"]] == ["Vladimir"]
    assert made["observed_sites"]
    assert recounted(tmp_path / "out" / "plan.json") == tuple(made["observed_sites"])
    drawn = json.loads((tmp_path / "out" / "plan.geojson").read_text(encoding="utf-8"))["features"]
    swaths = [one["properties"]["strips_km"] for one in drawn if one["properties"]["kind"] == "swath"]
    assert swaths
    assert all(len(strips) in (1, 2) for strips in swaths)
    judged = json.loads(skywitness("check", str(tmp_path / "out" / "plan.json"), "--json").out)
    radar = [one for one in judged["findings"] if one["provision"] == "OS:IV.2(D)" and one.get("unit") == "km"]
    assert [(one["verdict"], one["measured"]) for one in radar] == [("ok", 24.0)]


def test_legs_go_down_where_clouds_ask_for_it(plan: Any, tmp_path: Path) -> None:
    """With H_min 1,400 m and clouds at 2,500 m the clouded site is observed from below, the others from higher up."""
    rows = ("Tver,35.9,56.86,1,", "Low,39.88,59.22,2,2500", "Nizhny,44.0,56.32,3,", "Tambov,41.45,52.72,2,")
    sites = "\n".join(("name,lon,lat,value,cloud_base_m", *rows))
    made = json.loads(plan(CAMERA, "--heights", "4000,1500", sites=sites, code=None).out)["plan"]
    assert [made["sites"][index]["name"] for index in made["observed_sites"]] == ["Tver", "Low", "Nizhny", "Tambov"]
    assert {leg["height_m_agl"] for leg in made["legs"]} == {4000.0, 1500.0}
    assert recounted(tmp_path / "out" / "plan.json") == tuple(made["observed_sites"])
    high = json.loads(plan(CAMERA, "--heights", "4000", sites=sites, code=None).out)["plan"]
    assert [aside["site"]["name"] for aside in high["set_aside"]] == ["Low"]
    assert {leg["height_m_agl"] for leg in high["legs"]} == {4000.0}


def test_all_faults_of_a_look_are_told(plan: Any) -> None:
    """Contradictions of a view are told together, with where they stand."""
    broken = """[[sensor]]
ident = "a"
category = "sar"
look = "both"
near_km = 30
far_km = 20
from_deg = 10

[[sensor]]
ident = "b"
category = "optical"
to_deg = 40

[[sensor]]
ident = "c"
category = "optical"
look = "left"

[[sensor]]
ident = "d"
category = "optical"
look = "down"
near_km = 2
far_km = 20
"""
    run = plan(broken, code=2)
    where = [fault["where"] for fault in json.loads(run.out)["error"]["faults"]]
    assert where == [
        "sensor[0].from_deg",
        "sensor[0].near_km",
        "sensor[0].from_deg",
        "sensor[0].look",
        "sensor[1].to_deg",
        "sensor[2].look",
        "sensor[3].near_km",
    ]


@pytest.mark.parametrize(
    ("sites", "told"),
    [
        ("name,lon,lat,value,sensors\nA,36,55,1,optical+sar\n", "several sensors at once"),
        ("name,lon,lat,value,sensors\nA,36,55,1,eye\n", "is none of optical, video, infrared, sar"),
        ("name,lon,lat,value,cloud_base_m\nA,36,55,1,-3\n", "cloud_base_m"),
        ("name,lon,lat,value,ground_resolution_m\nA,36,55,1,0\n", "ground_resolution_m"),
    ],
)
def test_what_sites_cannot_ask(plan: Any, sites: str, told: str) -> None:
    """Columns that say what cannot be are refused with the line."""
    assert told in plan(CAMERA, sites=sites, code=2).out


@pytest.mark.parametrize(
    ("facts", "more", "told"),
    [
        (CAMERA, ["--heights", "1200"], "no sensor may operate"),
        (CAMERA, ["--heights", "1500,1500"], "is no height for a leg"),
        (RADAR.replace("32", "40"), [], "25 km are allowed"),
        (CAMERA.replace("half_swath_km = 9", "to_deg = 88.9"), [], "does not meet the ground"),
    ],
)
def test_views_that_cannot_be(plan: Any, facts: str, more: list[str], told: str) -> None:
    """Heights below every minimum, swaths beyond the law and lines of sight into the sky are refused."""
    assert told in plan(facts, *more, code=2).out

"""``skywitness plan`` and ``skywitness demo``, from the command line to the papers."""

from __future__ import annotations

import csv
import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Skywitness

pytestmark = pytest.mark.usefixtures("kernel")

SITES = """name,lon,lat,value
Tver,35.9,56.86,1
Vologda,39.88,59.22,2
Nizhny Novgorod,44.0,56.32,3
Tambov,41.45,52.72,2
Paris,2.35,48.85,9
"""
PAPERS = {"plan.json", "plan.geojson", "plan.kml", "plan.gpx", "plan.fpl.txt", "plan.pdf", "plan.png"}
FIELDS = {
    "plan",
    "score",
    "score_total",
    "bound",
    "bound_percent",
    "bound_reason",
    "sites_observed",
    "sites_set_aside",
    "distance_km",
    "limit_km",
    "legs",
    "verdict",
    "findings",
    "seconds",
    "interrupted",
    "warnings",
    "files",
}


@pytest.fixture
def call(tmp_path: Path) -> list[str]:
    """Give a small, quick call of ``plan``."""
    sites = tmp_path / "sites.csv"
    sites.write_text(SITES, encoding="utf-8")
    words = (
        f"plan --over BLR-RUS --by DEU --from UUMB --at 2019-09-12T07:00Z --rounds 2 --sites {shlex.quote(str(sites))}"
    )
    return shlex.split(words)


def test_a_plan_as_json(skywitness: Skywitness, call: list[str], tmp_path: Path) -> None:
    """The document has the fields scripts rely on; the score is that of the sites observed; Paris is aside."""
    out = tmp_path / "flight"
    ran = skywitness(*call, "--out", out, "--json")
    document = ran.json
    assert ran.code == 0
    assert set(document) >= FIELDS
    worth = {row["name"]: float(row["value"]) for row in csv.DictReader(SITES.splitlines())}
    assert [aside["name"] for aside in document["sites_set_aside"]] == ["Paris"]
    assert 0 < len(document["sites_observed"]) <= 4
    assert document["score"] == sum(worth[name] for name in document["sites_observed"])
    assert document["score_total"] == 8
    assert document["score"] <= document["bound"] <= 8
    assert document["bound_percent"] >= 0
    assert document["bound_reason"]
    assert 0 < document["distance_km"] <= document["limit_km"] == 5500
    assert document["plan"]["commencement_utc"] == "2019-09-12T07:00:00Z"
    assert document["verdict"] in ("ok", "cannot_tell")
    assert {path.name for path in out.iterdir()} == PAPERS
    assert {Path(file["path"]).name for file in document["files"]} == PAPERS


def test_what_plan_writes_check_judges_alike(skywitness: Skywitness, call: list[str], tmp_path: Path) -> None:
    """The plan file and the printed document are both read by ``check``, with the same verdicts."""
    planned = skywitness(*call, "--out", tmp_path / "flight", "--json")
    (tmp_path / "printed.json").write_text(planned.out, encoding="utf-8")
    for path in (tmp_path / "flight" / "plan.json", tmp_path / "printed.json"):
        checked = skywitness("check", path, "--json")
        assert checked.json["verdict"] == planned.json["verdict"]
        assert [(one["provision"], one["verdict"]) for one in checked.json["findings"]] == [
            (one["provision"], one["verdict"]) for one in planned.json["findings"]
        ]


def test_equal_rounds_and_seed_give_the_equal_plan(skywitness: Skywitness, call: list[str]) -> None:
    """A plan can be made again from what its call says."""
    first, second = (skywitness(*call, "--seed", "7", "--json").json for _ in range(2))
    assert first["plan"]["waypoints"] == second["plan"]["waypoints"]


def test_a_plan_for_people(skywitness: Skywitness, call: list[str], tmp_path: Path) -> None:
    """The page starts with the result, shows legs, findings, files with what they lose, and what to do next."""
    ran = skywitness(*call, "--out", tmp_path / "flight", columns=100)
    assert ran.code == 0
    assert re.match(
        r"DEU over BLR-RUS: \d sites observed, \d\.0 of 8\.0 in value, on \d+ of at most\s+5500 km", ran.out
    )
    for part in (
        "Legs",
        "Findings:",
        "KEPT",
        "Set aside before planning",
        "Paris",
        "Files written",
        "plan.pdf",
        "What next",
    ):
        assert part in ran.out
    paths = [line for line in ran.out.splitlines() if str(tmp_path) not in line]
    assert max(map(len, paths)) <= 100


def test_a_plan_in_vietnamese(skywitness: Skywitness, call: list[str]) -> None:
    """The same page in Vietnamese has decimal commas and no English headings."""
    ran = skywitness(*call, lang="vi")
    assert ran.out.startswith("DEU bay trên BLR-RUS")
    assert "8,0" in ran.out
    for heading in ("Legs", "Findings", "What next", "KEPT"):
        assert heading not in ran.out


def test_the_demo_and_what_it_says_to_try(
    skywitness: Skywitness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demo writes papers, sites and facts; each of the three commands it shows works as it stands."""
    monkeypatch.chdir(tmp_path)
    ran = skywitness("demo", "--seconds", "1")
    assert ran.code == 0
    folder = tmp_path / "skywitness-demo"
    assert {path.name for path in folder.iterdir()} == PAPERS | {"sites.csv", "facts.toml"}
    shown = re.findall(r"^    .*?skywitness ((?:check|plan) .*)$", ran.out, re.MULTILINE)
    assert len(shown) == 3
    codes = [skywitness(*shlex.split(line.replace("--seconds 10", "--seconds 1"))).code for line in shown]
    assert set(codes) <= {0, 3}
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    assert plan["observing"] == "DEU"
    assert len(plan["observed_sites"]) > 50

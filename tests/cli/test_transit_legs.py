"""Portions reached in transit: Kaliningrad through Lithuania, by Decision 22/02 and Article VII."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from skywitness.core import geodesy
from skywitness.geo.borders import load_view
from skywitness.geo.territory import locate_many

if TYPE_CHECKING:
    from tests.conftest import Skywitness

pytestmark = pytest.mark.usefixtures("kernel")

SITES = """name,lon,lat,value
Baltiysk,19.91,54.65,5
Chernyakhovsk,21.79,54.60,4
Grodno,23.85,53.7,2
Luga,29.9,58.8,1
"""
CALL = ("--by", "DEU", "--over", "BLR-RUS", "--from", "UUMB", "--at", "2019-09-12", "--rounds", "60", "--json")
AGREED = """[[agreement]]
parties = ["DEU", "LTU"]
provision = "DEC:22/02"
scope = "transit to Kaliningrad"
source = "note of Lithuania"
"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sites of Kaliningrad, one of Belarus, one of Russia."""
    path = tmp_path_factory.mktemp("transit") / "sites.csv"
    path.write_text(SITES, encoding="utf-8")
    return path


def verdicts(found: Any, provision: str) -> set[str]:
    """The verdicts of a provision."""
    return {one["verdict"] for one in found["findings"] if one["provision"] == provision}


def over(leg: Any, plan: Any) -> set[str | None]:
    """Whose land a leg leads over, each kilometre of it, without the program's own parting of legs."""
    a, b = plan["waypoints"][leg["number"] - 1], plan["waypoints"][leg["number"]]
    azimuth, _, km = geodesy.inverse(a["lon"], a["lat"], b["lon"], b["lat"])
    places = [geodesy.destination(a["lon"], a["lat"], azimuth, step)[:2] for step in range(int(km))]
    return set(locate_many(load_view("un"), *zip(*places, strict=True)))


def test_kaliningrad_is_observed_and_lithuania_is_not(skywitness: Skywitness, sites: Path, tmp_path: Path) -> None:
    """All four sites are observed; every leg over Lithuania is a transit leg without sensors, and no other leads over
    land of third States; without a fact that Lithuania was asked that is a breach, with it it is kept."""
    ran = skywitness("plan", *CALL, "--sites", sites, "--through", "LTU", "--out", tmp_path / "flight")
    assert set(ran.json["sites_observed"]) == {"Baltiysk", "Chernyakhovsk", "Grodno", "Luga"}
    plan = ran.json["plan"]
    transit = [leg for leg in plan["legs"] if leg["kind"] == "transit"]
    assert transit
    assert all(not leg.get("sensors") for leg in transit)
    for leg in plan["legs"]:
        land = over(leg, plan) - {None}
        assert land <= ({"RUS", "BLR", "LTU"} if leg["kind"] == "transit" else {"RUS", "BLR"})
    assert (verdicts(ran.json, "DEC:22/02"), verdicts(ran.json, "OS:VII.3")) == ({"breach"}, {"ok"})
    assert verdicts(ran.json, "OS:II.5") == {"ok"}
    assert plan["planner"]["through"] == ["LTU"]
    facts = tmp_path / "facts.toml"
    facts.write_text(AGREED, encoding="utf-8")
    judged = skywitness("check", tmp_path / "flight" / "plan.json", "--facts", facts, "--json")
    assert "breach" not in verdicts(judged.json, "DEC:22/02")
    page = skywitness("plan", *CALL[:-1], "--sites", sites, "--through", "LTU")
    assert "flown in transit, all sensors off" in " ".join(page.out.split())
    again = skywitness("replan", tmp_path / "flight" / "plan.json", "--rounds", "30", "--json")
    assert {"Baltiysk", "Chernyakhovsk"} <= set(again.json["sites_observed"])


def test_without_it_no_leg_is_in_transit(skywitness: Skywitness, sites: Path) -> None:
    """Nobody is flown through who was not named: Kaliningrad is set aside."""
    ran = skywitness("plan", *CALL, "--sites", sites)
    assert {leg["kind"] for leg in ran.json["plan"]["legs"]} == {"observation"}
    assert "Baltiysk" not in ran.json["sites_observed"]
    assert "through" not in ran.json["plan"]["planner"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("RUS", "is observed itself"),
        ("SRB", "is no State Party"),
        ("Atlantis", "Atlantis"),
        ("BLR-RUS", "observed itself"),
    ],
)
def test_states_that_cannot_be_passed_are_refused(skywitness: Skywitness, sites: Path, state: str, words: str) -> None:
    """The observed Party, a State that is no Party and no State at all are refused in one sentence."""
    ran = skywitness("plan", *CALL, "--sites", sites, "--through", state)
    assert ran.code == 2
    told = json.loads(ran.out or ran.err) if (ran.out or ran.err).lstrip().startswith("{") else {"m": ran.err}
    assert words in json.dumps(told, ensure_ascii=False)
    assert "--through" in json.dumps(told) or "through" in json.dumps(told)

"""A portion that is reached only through waters that others are known not to claim: Kaliningrad from Kubinka."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skywitness.core.reading import Reading
from skywitness.route.files.plan_file import plan_from_json
from skywitness.route.planner.revise import request_of

if TYPE_CHECKING:
    from tests.conftest import Skywitness

pytestmark = pytest.mark.usefixtures("kernel")

SITES = """name,lon,lat,value
Baltiysk,20.6,54.7,5
Luga,29.9,58.8,1
Vyborg,28.8,60.6,1
"""
CALL = ("--by", "DEU", "--over", "BLR-RUS", "--from", "UUMB", "--at", "2019-09-12", "--rounds", "30", "--json")


def test_kaliningrad_is_reached_through_the_gulf_of_finland(skywitness: Skywitness, tmp_path: Path) -> None:
    """With twelve miles of waters everywhere the site is walled in, and that is told; with the claims that are known
    the flight goes there and home, breaks nothing, and is asked for in the same way when it is planned again."""
    sites = tmp_path / "sites.csv"
    sites.write_text(SITES, encoding="utf-8")
    wide = skywitness("plan", *CALL, "--sites", sites)
    assert wide.code == 0
    assert "Baltiysk" not in wide.json["sites_observed"]
    assert "Baltiysk" in {one["name"] for one in wide.json["sites_set_aside"]}
    assert "--narrow-waters" in str(wide.json["plan"]["notes"])
    narrow = skywitness("plan", *CALL, "--sites", sites, "--narrow-waters")
    assert narrow.code == 0
    assert "Baltiysk" in narrow.json["sites_observed"]
    assert "breach" not in {one["verdict"] for one in narrow.json["findings"]}
    assert "known to claim" in str(narrow.json["plan"]["notes"])
    plan = plan_from_json(narrow.json["plan"])
    assert request_of(plan, Reading(plan.commencement_utc.date())).narrow_waters

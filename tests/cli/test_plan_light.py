"""``plan`` and ``check`` with sites that have hours, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Skywitness

pytestmark = pytest.mark.usefixtures("kernel")

CALL = ("plan", "--over", "DEU", "--by", "RUS", "--from", "ETNW", "--rounds", "40")
ROWS = """name,lon,lat,value,from_utc,to_utc
early,7.2,51.2,3,05:00,06:30
late,11.3,52.1,2,06:40,10:00
night,9.9,50.9,1,22:00,02:00
"""


def test_departure_and_direction_follow_the_hours_of_sites(skywitness: Skywitness, tmp_path: Path) -> None:
    """The site of the morning is passed before that of the forenoon; the one of the night is told, and check agrees."""
    path = tmp_path / "sites.csv"
    path.write_text(ROWS, encoding="utf-8")
    ran = skywitness(*CALL, "--at", "2019-06-03", "--sites", path, "--out", tmp_path / "flight", "--json").json
    assert ran["score_in_light"] == 5.0
    dark = {one["name"]: one for one in ran["sites_in_dark"]}
    assert set(dark) <= {"night"}
    assert ran["score"] == ran["score_in_light"] + (1.0 if dark else 0.0)
    assert all(not one["in_its_hours"] for one in dark.values())
    checked = skywitness("check", tmp_path / "flight" / "plan.json", "--json").json
    assert checked["score_in_light"] == ran["score_in_light"]
    assert checked["sites_in_dark"] == ran["sites_in_dark"]


def test_a_flight_at_night_says_what_it_does_not_see(skywitness: Skywitness, tmp_path: Path) -> None:
    """A given time is kept: all is passed in the dark, which JSON and page say."""
    path = tmp_path / "sites.csv"
    path.write_text("name,lon,lat,value\nA,7.2,51.2,3\nB,7.5,50.9,1\n", encoding="utf-8")
    call = (*CALL, "--at", "2019-06-03T21:30Z", "--sites", path)
    ran = skywitness(*call, "--json").json
    assert ran["score"] == 4.0
    assert ran["score_in_light"] == 0.0
    assert {one["name"] for one in ran["sites_in_dark"]} == {"A", "B"}
    assert all(one["sun_deg"] < one["least_sun_deg"] == 10.0 and one["leg"] >= 1 for one in ran["sites_in_dark"])
    assert "0 of the 4 in value" in " ".join(skywitness(*call).out.split())

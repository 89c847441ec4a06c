"""Small flights end to end: what can be observed is, a pin at the end of the reach too, and ``ask more`` agrees."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.route.rules.plans import make_plan

from skywitness.route.planner.more import _points, length_km

if TYPE_CHECKING:
    from tests.conftest import Skywitness

pytestmark = pytest.mark.usefixtures("kernel")

FINLAND = """name,lon,lat,value
Rovaniemi,25.83,66.56,5
Upinniemi,24.35,60.03,6
Santahamina,25.05,60.15,4
Hanko,22.97,59.82,3
Turku,22.18,60.44,4
Niinisalo,22.47,61.84,3
Kuopio,27.80,63.01,5
Kajaani,27.69,64.28,3
Mariehamn,19.9,60.12,3
Lappeenranta,28.14,61.04,4
Tikkakoski,25.68,62.40,5
Oulu,25.35,64.93,3
Parola,24.37,61.05,4
"""
GEORGIA = """name,lon,lat,value
Vaziani,45.05,41.64,5
Senaki,42.06,42.24,5
Gori,44.11,41.98,4
Batumi,41.6,41.61,3
Poti,41.66,42.15,4
Kutaisi,42.48,42.18,3
Akhalkalaki,43.48,41.41,4
Telavi,45.4,41.92,2
"""
AIRFIELD = """[[airfield]]
ident = "UGTB"
party = "GEO"
roles = ["open_skies_airfield"]
maximum_flight_distance_km = 1000
source = "our assumption"
lon = 44.95
lat = 41.67
"""


def written(folder: Path, name: str, text: str) -> Path:
    """Write a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_eight_sites_within_the_limit_are_all_observed(skywitness: Skywitness, tmp_path: Path, seed: int) -> None:
    """Eight sites of Georgia that a flight of 700 of 1,000 km passes are all observed, whatever the seed."""
    sites, facts = written(tmp_path, "sites.csv", GEORGIA), written(tmp_path, "facts.toml", AIRFIELD)
    call = ("--over", "GEO", "--by", "TUR", "--from", "UGTB", "--at", "2019-07-10", "--view", "rus")
    ran = skywitness("plan", *call, "--sites", sites, "--facts", facts, "--seconds", "6", "--seed", str(seed), "--json")
    assert ran.code == 0
    assert len(ran.json["sites_observed"]) == 8


def test_a_pin_at_the_end_of_the_reach_is_flown_to(skywitness: Skywitness, tmp_path: Path) -> None:
    """Rovaniemi is 1,394 km out and home in a straight line, and the limit is 1,400: pinned, it is observed."""
    sites = written(tmp_path, "sites.csv", FINLAND)
    call = ("--over", "FIN", "--by", "SWE", "--from", "EFHK", "--at", "2019-06-20", "--rounds", "200", "--json")
    ran = skywitness("plan", *call, "--sites", sites, "--pin", "Rovaniemi")
    assert ran.code == 0
    assert "Rovaniemi" in ran.json["sites_observed"]
    assert sum(leg["distance_km"] for leg in ran.json["plan"]["legs"]) <= 1400.0


def test_a_refusal_names_what_would_open_a_way(skywitness: Skywitness, tmp_path: Path) -> None:
    """Where every site is walled in by waters taken as twelve miles wide the refusal says what takes them narrower."""
    sites = written(tmp_path, "sites.csv", "name,lon,lat\nBaltiysk,20.6,54.7\n")
    call = ("--by", "DEU", "--over", "BLR-RUS", "--from", "UUMB", "--at", "2019-09-12", "--rounds", "5")
    ran = skywitness("plan", *call, "--sites", sites)
    assert ran.code == 2
    assert "--narrow-waters" in " ".join(ran.err.split())


def test_a_route_counts_for_every_limit_it_keeps() -> None:
    """The best route found for 1,800 km is 1,000 km long: at 1,200 km it can be flown as well, at 800 it cannot."""
    long, short = make_plan(), make_plan(points=((9.0, 50.0), (10.0, 50.0)))
    km = length_km(long.waypoints)
    assert length_km(short.waypoints) < km
    limits = [km - 1.0, km + 1.0, km + 500.0]
    found = {limits[0]: (3.0, short), limits[1]: (2.0, short), limits[2]: (7.0, long)}
    points = _points(limits, found, km + 100.0)
    assert [point.value for point in points] == [3.0, 7.0, 7.0]
    assert [point.by_law for point in points] == [True, True, False]

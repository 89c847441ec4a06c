"""``check`` lists which verdicts change under which claim."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.conftest import Skywitness

KUBINKA = {"ident": "UUMB", "lon": 36.6527778, "lat": 55.6083333, "airfield": True}
STRIP = [
    {"ident": f"K{number}", "lon": (20.6, 22.3)[number % 2], "lat": 54.5 + 0.04 * number, "turn": "turn_short"}
    for number in range(8)
]


def write_plan(folder: Path, **changes: Any) -> Path:
    """Write a plan of Germany that goes to and fro over Kaliningrad."""
    plan = {
        "format": "skywitness-plan/1",
        "observing": "DEU",
        "observed": "BLR-RUS",
        "overflown": ["RUS"],
        "commencement_utc": "2019-09-12T06:00:00Z",
        "waypoints": [KUBINKA, *STRIP, KUBINKA],
        "height_m_agl": 3000,
        **changes,
    }
    path = folder / "kaliningrad.plan.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    return path


def reading(folder: Path, *claims: str) -> Path:
    """Write a reading that accepts some claims."""
    path = folder / "reading.toml"
    path.write_text(f"accepted_claims = {json.dumps(list(claims))}\n", encoding="utf-8")
    return path


def claim(document: Any, name: str) -> Any:
    """Pick one claim of the document."""
    return next(one for one in document["claims"] if one["id"] == name)


def test_the_table_of_claims_is_in_the_json(skywitness: Skywitness, tmp_path: Path) -> None:
    """Each claim about the flight comes with both sides, and with the verdict without and with it."""
    plan = write_plan(tmp_path)
    without = skywitness("check", plan, "--json").json
    within = skywitness("check", plan, "--reading", reading(tmp_path, "kaliningrad-500km"), "--json").json
    for document, accepted in ((without, False), (within, True)):
        found = claim(document, "rus-kaliningrad-500km")
        assert (found["accepted"], found["held"], found["holders"]) == (accepted, True, ["RUS"])
        assert found["spans"] == [{"from": "2014-01-01", "to": "2021-12-18"}]
        assert all(found[key] for key in ("title", "basis", "answer", "source", "status"))
        change = found["changes"][0]
        assert (change["provision"], change["without"], change["with"]) == ("OS:VI.II.4(A)", "ok", "breach")
    clean = [one["verdict"] for one in without["findings"] if one["provision"] == "OS:VI.II.4(A)"]
    assert clean == ["ok"]
    broken = [one for one in within["findings"] if one["provision"] == "OS:VI.II.4(A)" and one["verdict"] == "breach"]
    assert [one["values"][0]["status"] for one in broken] == ["claim"]
    assert claim(without, "rus-crimea-airfield")["changes"] == []


def test_the_table_of_claims_is_on_the_page(skywitness: Skywitness, tmp_path: Path) -> None:
    """The page tells whose claim it is, what it changes, what changes nothing, and what is not held on that day."""
    plan = write_plan(tmp_path)
    page = skywitness("check", plan, columns=400).out
    assert "Claims of single Parties" in page
    assert "OS:VI.II.4(A): kept by this reading; breach by one that accepts it." in page
    assert "Held by RUS, 2014-01-01 – 2021-12-18 (practice S128, S129, S8)." in page
    assert "Nothing changes under rus-abkhazia-south-ossetia-states" in page
    accepting = reading(tmp_path, "rus-kaliningrad-500km", "geo-towards-rus-2012")
    page = skywitness("check", plan, "--reading", accepting, columns=400).out
    assert "OS:VI.II.4(A): breach by this reading, which accepts it; kept without it." in page
    assert "not about this flight: geo-towards-rus-2012." in page


def test_claims_are_told_in_the_language_of_the_reader(skywitness: Skywitness, tmp_path: Path) -> None:
    """Titles, grounds and answers stand in the data in both languages; identifiers never change."""
    plan = write_plan(tmp_path)
    english, vietnamese = (skywitness("check", plan, "--json", lang=code).json for code in ("en", "vi"))
    one, other = (claim(document, "rus-kaliningrad-500km") for document in (english, vietnamese))
    assert one["id"] == other["id"]
    for key in ("title", "basis", "answer"):
        assert one[key] != other[key]


def test_a_flight_that_no_claim_is_about(skywitness: Skywitness, tmp_path: Path) -> None:
    """Where no claim is about the flight the page has no such heading, and the JSON an empty list."""
    germany = [
        {"ident": "ETNW", "lon": 9.42833, "lat": 52.458, "airfield": True},
        {"ident": "ETSA", "lon": 10.9061, "lat": 48.0706, "airfield": True},
    ]
    plan = write_plan(tmp_path, observing="SWE", observed="DEU", overflown=["DEU"], waypoints=germany)
    assert skywitness("check", plan, "--json").json["claims"] == []
    assert "Claims of single Parties" not in skywitness("check", plan).out

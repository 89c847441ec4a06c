"""What ``law values``, ``decisions``, ``slips``, ``sites`` and ``aircraft`` answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Skywitness


def test_every_kind_of_value_is_listed(skywitness: Skywitness) -> None:
    """Scripts get each key with what they need to ask for it; people find it under its article."""
    told = skywitness("law", "values", "open-skies", "--json").json
    rows = {row["key"]: row for row in told["keys"]}
    assert told["total"] == len(rows) >= 220
    notice = rows["notification_before_arrival"]
    assert (notice["unit"], notice["bearer"], notice["bound"]) == ("h", "observing", "at_least")
    assert (notice["counted"], notice["anchor"], notice["provisions"]) == ("before", "estimated_arrival", ["OS:VI.I.5"])
    assert "UUMB" in rows["maximum_flight_distance"]["subjects"]
    assert any("OS:E.APP1.II" in one["provisions"] and one["command"] == "law sites" for one in told["elsewhere"])
    page = skywitness("law", "values", "open-skies").out
    assert page.index("Article VI") < page.index("notification_before_arrival") < page.index("Annex D")
    assert "Belonging to no provision" in page


def test_values_of_a_day_are_listed(skywitness: Skywitness) -> None:
    """With a day the list shows the values: bounds in words, sightings marked, open questions with candidates."""
    call = ("law", "values", "open-skies", "--provision", "A.III", "--at", "2005-06-01")
    page = skywitness(*call, columns=120).out
    assert "KIAD: 4900 km" in page
    assert "UUMB: cannot tell: 5000, 5500 km" in page
    rows = skywitness(*call, "--json").json["keys"][0]["values"]
    kubinka = next(row for row in rows if row["subject"] == "UUMB")
    assert (kubinka["value"], kubinka["status"], len(kubinka["candidates"])) == (None, "unsettled", 2)
    one = skywitness("law", "values", "open-skies", "--provision", "VI.I.5", "--at", "2019-09-12").out
    assert "at least 72 h" in one


def test_values_not_yet_known_are_left_out(skywitness: Skywitness) -> None:
    """Asked as of 2010, nobody had seen 5,500 km from Kubinka."""
    call = ("law", "values", "open-skies", "--provision", "A.III", "--at", "2010-01-01", "--known", "2010-01-01")
    rows = {
        row["subject"]: row for row in skywitness(*call, "--json").json["keys"][0]["values"] if not row["qualifier"]
    }
    assert (rows["UUMB"]["value"], rows["UUMB"]["status"]) == (5000, "text")


def test_known_alone_is_refused(skywitness: Skywitness) -> None:
    """What was known of no day is no question."""
    ran = skywitness("law", "values", "open-skies", "--known", "2010-01-01", "--json")
    assert ran.code == 2
    assert "--at" in ran.json["error"]["message"]


def test_a_value_says_whom_it_bounds_and_from_when(skywitness: Skywitness) -> None:
    """People read whose act it is, how it is counted and where it stands."""
    page = skywitness("law", "value", "open-skies", "certification_notice", "--at", "2019-09-12", columns=120).out
    for words in (
        "60 days",
        "Concerns: State Party.",
        "Counted: at least, before: first day of the certification.",
        "OS:D.I.3",
    ):
        assert words in page


def test_decisions_are_listed_with_what_they_say(skywitness: Skywitness) -> None:
    """Turn types of 16/02, the format of 12/05, and how well each is founded."""
    rows: dict[str, Any] = {
        row["number"]: row for row in skywitness("law", "decisions", "open-skies", "--json").json["decisions"]
    }
    assert "overflight turn" in rows["16/02"]["says"]
    assert "ISO 12087-5" in rows["12/05"]["says"]
    assert (rows["16/02"]["adopted"], rows["3"]["status"]) == ("2002-07-22", "recollection")
    assert all(row["says"] for row in rows.values())
    page = skywitness("law", "decisions", "open-skies", "--at", "2006-01-01", columns=120).out
    assert "Existed by 1994-10-12; its own day is not known." in page
    assert "\n4/07: " not in page
    known = skywitness("law", "decisions", "open-skies", "--known", "2002-12-31", "--json").json["decisions"]
    assert {"22/02", "1"} <= {row["number"] for row in known}
    assert "12/05" not in {row["number"] for row in known}


@pytest.mark.parametrize(
    ("words", "lang"),
    [("Poland", "en"), ("Ba Lan", "vi"), ("United Kingdom", "en"), ("Vương quốc Anh", "vi"), ("Thổ Nhĩ Kỳ", "vi")],
)
def test_slips_name_states_in_words(skywitness: Skywitness, words: str, lang: str) -> None:
    """A reader meets the names of States, in the language spoken, and no codes of them."""
    page = skywitness("law", "slips", "open-skies", lang=lang, columns=160).out
    assert words in page
    assert "POL" not in page


def test_slips_can_be_asked_for_by_source(skywitness: Skywitness) -> None:
    """Those of the copy are told apart, and where it is not known who errs that is said."""
    rows = skywitness("law", "slips", "open-skies", "--of", "copy", "--json").json["slips"]
    assert {row["of"] for row in rows} == {"copy"}
    uncertain = {row["id"] for row in rows if row["uncertain"]}
    assert "optimal-framing-camera" in uncertain
    assert "montreux-broken" not in uncertain
    refused = skywitness("law", "slips", "open-skies", "--of", "txet", "--json")
    assert (refused.code, refused.json["error"]["kind"]) == (2, "unknown_source")
    assert "text" in refused.json["error"]["message"]


def test_sites_are_listed_with_their_roles(skywitness: Skywitness) -> None:
    """Each role with its days, source and printed figures; later airfields only once they were seen."""
    call = ("law", "sites", "open-skies", "--in", "BLR-RUS", "--at")
    early = {site["id"]: site for site in skywitness(*call, "2010-01-01", "--json").json["sites"]}
    late = {site["id"] for site in skywitness(*call, "2019-09-12", "--json").json["sites"]}
    assert "UUMB" in early
    assert {"UHHH"} <= late - set(early)
    kubinka = early["UUMB"]["roles"][0]
    assert {"point_of_entry", "open_skies_airfield"} <= set(kubinka["roles"])
    assert (kubinka["text_position"], kubinka["status"]) == ("N 55-36-30 E 036-39-10", "text")
    page = skywitness(*call, "2019-09-12", columns=120).out
    assert "UUMB Kubinka" in page
    assert "point of entry, point of exit, Open Skies airfield" in page


@pytest.mark.parametrize(
    ("state", "at", "told"),
    [
        ("AUT", "2019-09-12", True),
        ("SWE", "2002-02-01", True),
        ("SWE", "2019-09-12", False),
        ("RUS", "2022-01-01", False),
    ],
)
def test_sites_of_a_state_that_is_no_party(skywitness: Skywitness, state: str, at: str, told: bool) -> None:
    """A list of no sites says that the State is no Party; of one that left it says so instead."""
    call = ("law", "sites", "open-skies", "--in", state, "--at", at)
    answer = skywitness(*call, "--json").json
    page = " ".join(skywitness(*call).out.split())
    assert (f"is no Party on {at}; only Parties have sites." in page) is told
    assert answer["is_party"] is (state == "SWE" and not told)
    assert ("left the Treaty" in page) is (state == "RUS")


def test_aircraft_are_named_in_the_language(skywitness: Skywitness) -> None:
    """What is English in a name, a pod or a State, is told in Vietnamese; JSON keeps the name for scripts."""
    call = ("law", "aircraft", "open-skies", "--at", "2016-01-01")
    page = skywitness(*call, lang="vi", columns=160).out
    assert "Lockheed C-130H mang thùng SAMSON" in page
    assert "with SAMSON pod" not in page
    names = {row["name"] for row in skywitness(*call, "--json", lang="vi").json["aircraft"]}
    assert "Lockheed C-130H with SAMSON pod" in names


def test_aircraft_are_listed_with_certifications(skywitness: Skywitness) -> None:
    """An aircraft of a State that left is none of the regime; where sources differ all figures are told."""
    told = skywitness("law", "aircraft", "open-skies", "--at", "2023-01-01", "--json").json
    craft = {row["id"]: row for row in told["aircraft"]}
    assert craft["a319oh"]["use"] == "in_use"
    assert craft["tu-214on"]["designated_by_a_party"] is False
    assert "nominal" not in craft
    last = told["certifications"][-1]
    assert (last["states"], last["inspectors"]) == ([21, 32], [52, 55])
    page = skywitness("law", "aircraft", "open-skies", "--at", "2023-01-01", columns=140).out
    assert "52, 55 (sources differ)" in page
    assert "its State is no Party" in page
    before = skywitness("law", "aircraft", "open-skies", "--at", "2023-01-01", "--known", "2019-01-01", "--json").json
    assert "a319oh" not in {row["id"] for row in before["aircraft"]}
    assert {"2018-09-02", "2014"} <= {row["on"] for row in before["certifications"]}


def test_who_reports_a_day_is_told_by_number(skywitness: Skywitness) -> None:
    """``law show`` and ``law history`` name the numbered sources of what is reported, as other commands do."""
    page = skywitness("law", "show", "open-skies", "--at", "2022-01-01", columns=120).out
    (russia,) = [line for line in page.splitlines() if line.split()[:1] == ["RUS"]]
    told = {
        row["code"]: row
        for row in skywitness("law", "show", "open-skies", "--at", "2022-01-01", "--json").json["parties"]
    }
    numbers = re.findall(r"S\d+", told["RUS"]["source"])
    assert numbers
    assert russia.endswith("reported, " + ", ".join(numbers))
    events = skywitness("law", "history", "open-skies", "--from", "2020-01-01", "--to", "2022-12-31", columns=120).out
    assert re.search(r"2020-11-22 USA left \(reported, S\d+", events)

"""The file of quotas, plans and designations, and the judgement as a whole."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.judge.benches import D, bench, whole

from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict, overall
from skywitness.core.reading import Reading
from skywitness.law.instrument import load
from skywitness.law.judge.docket import Docket
from skywitness.law.judge.docket_file import read_docket
from skywitness.law.judge.judgement import JUDGES, judge, make_bench
from skywitness.law.provisions import implemented

DOCS = Path(__file__).resolve().parents[3] / "docs" / "judgements.md"

FULL = """
said_by = "delegation of Germany"
complete = [2007]

[[year_quota]]
party = "DEU"
year = 2007
over = { "BLR-RUS" = 4, UKR = 1 }
shared = { UKR = ["FRA"] }
active_total = 5
passive_total = 12
decided = "decision of 2006"
source = "distribution for 2007"

[[agreement]]
parties = ["DEU", "BLR-RUS"]
provision = "OS:A.II.4(A)"
scope = "fewer flights"
source = "exchange of notes"

[[planned]]
observing = "DEU"
observed = "UKR"
year = 2007
quarter = 1
flights = 1
flown = 1
fitted = true
source = "notification"

[[sequence]]
observed = "UKR"
year = 2007
quarter = 1
notified = 2006-11-15
source = "notification"

[[sequence.flight]]
observing = "DEU"
from = 2007-02-05
to = 2007-02-09
provides = true
told = 2006-11-20

[[designation]]
type = "An-30B"
party = "ROU"
source = "note verbale"
from = 2007-03-01
notified = 2007-01-15
informed = true
to = 2030-01-01
to_notified = 2029-09-01
seats = 20
crew = 7
stations = 1
max_takeoff_mass_kg = 23000
lent = false

[[designation.sensor]]
ident = "cam"
kind = "framing_camera"
available = true
ground_resolution_m = 0.3
real_time_display = false
decision = "none"

[[designation.exemplar]]
registration = "1104"
sensors = ["cam"]
offered = true
"""


def read(text: str) -> Docket:
    """Read a docket from TOML."""
    return read_docket(tomllib.loads(text), "year.toml")


def test_every_field_is_read() -> None:
    """What stands in the file is in the docket, field by field."""
    docket = read(FULL)
    row = docket.held[0]
    assert (row.party, row.year, dict(row.over), dict(row.shared)) == (
        "DEU",
        2007,
        {"BLR-RUS": 4, "UKR": 1},
        {"UKR": ("FRA",)},
    )
    assert (row.active_total, row.passive_total, row.decided) == (5, 12, "decision of 2006")
    assert docket.complete_years == {2007}
    there = bench(D(2007, 6, 1), docket)
    assert there.agreement("OS:A.II.4(A)", ("BLR-RUS",)) == docket.agreements[0]
    assert there.agreement("OS:A.II.4(A)", ("RUS", "DEU")) == docket.agreements[0]
    assert there.agreement("OS:A.II.4(A)", ("FRA",)) is None
    assert (docket.planned[0].flown, docket.planned[0].fitted) == (1, True)
    turn = docket.sequences[0].turns[0]
    assert (turn.start, turn.end, turn.provides, turn.told) == (D(2007, 2, 5), D(2007, 2, 9), True, D(2006, 11, 20))
    aircraft = docket.designations[0]
    assert (aircraft.start, aircraft.end_notified, aircraft.seats) == (D(2007, 3, 1), D(2029, 9, 1), 20)
    assert aircraft.sensors[0].ground_resolution_m == 0.3
    assert aircraft.exemplars[0].offered is True
    assert docket.said_by == "delegation of Germany"


@pytest.mark.parametrize(("known", "there"), [(None, True), (D(2007, 1, 1), True), (D(2006, 12, 31), False)])
def test_what_was_not_known_is_not_judged(known: dt.date | None, there: bool) -> None:
    """A distribution counts from the day it became known, the first of its year unless the row says so."""
    at = make_bench(Reading(at=D(2007, 6, 1), known=known), read(FULL))
    assert bool(at.held_rows()) is there


def test_an_empty_file_tells_nothing() -> None:
    """A file without tables is a docket without facts."""
    assert read("") == Docket()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('party = "DEU"', 'party = "GER"', "'GER'"),
        ('party = "DEU"', "party = 3", "not a text"),
        ("UKR = 1 }", "UKR = 1.5 }", "whole number"),
        ("UKR = 1 }", "UKR = true }", "whole number"),
        ("UKR = 1 }", "UKR = -1 }", "whole number"),
        ("UKR = 1 }", "DEU = 1 }", "over itself"),
        ('over = { "BLR-RUS" = 4, UKR = 1 }', 'over = { "BLR-RUS" = 4 }', "none can be shared"),
        ('shared = { UKR = ["FRA"] }', 'shared = "FRA"', "lists by Party"),
        ('shared = { UKR = ["FRA"] }', 'shared = { UKR = ["ZZZ"] }', "'ZZZ'"),
        ("year = 2007", "year = 1", "whole number"),
        ("quarter = 1", "quarter = 5", "whole number from 1 to 4"),
        ("flights = 1", "flight = 1", "missing"),
        ("complete = [2007]", "complete = ['2007']", "no year"),
        ("complete = [2007]", "completes = [2007]", "unknown table"),
        ('provision = "OS:A.II.4(A)"', 'provision = "OS:H.22"', "no provision"),
        ("notified = 2006-11-15", 'notified = "2006-11"', "a day of the calendar such as"),
        ("to = 2007-02-09", "to = 2007-02-04", "comes before"),
        ("to = 2007-02-09\n", "", "stand together"),
        ("provides = true", "provides = false", "provides = true"),
        ("to = 2030-01-01\n", "", "needs the day"),
        ('kind = "framing_camera"', 'kind = "telescope"', "none of"),
        ('sensors = ["cam"]', 'sensors = ["radar"]', "no sensor of this type"),
        ('ident = "cam"', 'ident = "c\\u0007am"', "control characters"),
        ('source = "note verbale"', 'source = " "', "is empty"),
        ("ground_resolution_m = 0.3", "ground_resolution_m = 0", "not from"),
        (
            '[[designation.exemplar]]\nregistration = "1104"',
            '[[designation.exemplar]]\nregistration = "cam"',
            "more than once",
        ),
        ("[[planned]]", "[planned]", "list of tables"),
    ],
)
def test_a_wrong_file_is_refused(old: str, new: str, words: str) -> None:
    """A wrong file is refused with the place and the reason; nothing wrong passes as unknown."""
    assert old in FULL
    with pytest.raises(InputError) as caught:
        read(FULL.replace(old, new, 1))
    assert caught.value.kind == "bad_facts"
    assert words in str(caught.value)


def test_all_faults_are_told_at_once() -> None:
    """Three wrong fields are three faults."""
    wrong = (
        FULL.replace('"DEU"', '"GER"', 1)
        .replace("quarter = 1", "quarter = 9", 1)
        .replace("seats = 20", "seats = true", 1)
    )
    with pytest.raises(InputError) as caught:
        read(wrong)
    assert len(caught.value.faults) == 3


@pytest.mark.parametrize("table", ["year_quota", "planned", "sequence", "designation"])
def test_two_rows_about_the_same_are_refused(table: str) -> None:
    """Of two quotas of one Party and year, plans for one quarter, sequences or types only one can be true."""
    start = FULL.index(f"[[{table}]]")
    end = FULL.find("\n[[", FULL.find("\n\n", start))
    again = FULL + "\n" + FULL[start : end if table != "designation" else len(FULL)]
    with pytest.raises(InputError, match="about the same"):
        read(again)


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "year_quota",
                "quota",
                "agreement",
                "planned",
                "sequence",
                "designation",
                "aircraft",
                "complete",
                "said_by",
                "x",
            ]
        ),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["party", "year", "over", "flight", "from", "sensor"]), inner, max_size=4
                )
            ),
            max_leaves=12,
        ),
        max_size=4,
    )
)
def test_anything_is_read_or_refused(data: dict[str, Any]) -> None:
    """Whatever a TOML file may hold, it is a docket or one refusal, never an accident."""
    try:
        docket = read_docket(data)
    except InputError as error:
        refused = error
    else:
        assert isinstance(docket, Docket)
        return
    assert refused.faults


# ---- the judgement as a whole ----


DAYS = (D(2002, 1, 1), D(2003, 8, 1), D(2004, 2, 29), D(2007, 6, 1), D(2021, 12, 18), D(2026, 11, 22))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("docket", [None, read(FULL)], ids=["nothing told", "told"])
def test_every_day_can_be_judged(day: dt.date, docket: Docket | None) -> None:
    """On any day every judgement gives at least one whole finding, under the provision it is tied to."""
    found = [whole(one) for one in judge(Reading(at=day), docket)]
    tied = {name: code for code, names in implemented().items() for name in names}
    codes = [tied[f"{rule.__module__}.{rule.__name__}"] for rule in JUDGES]
    assert list(dict.fromkeys(one.provision for one in found)) == codes
    assert len(codes) == len(set(codes))


def test_judgements_come_in_the_order_of_the_treaty() -> None:
    """Articles before annexes, and the same every time."""
    first = judge(Reading(at=D(2002, 6, 1)))
    assert first == judge(Reading(at=D(2002, 6, 1)))
    assert first[0].provision == "OS:III.I.3"
    assert first[-1].provision == "OS:L.IV.2"
    assert overall(first) is Verdict.BREACH


def test_before_the_treaty_there_is_nothing_to_judge() -> None:
    """On the day before signature, or before the entry into force was known, there is one finding."""
    for reading in (Reading(at=D(1992, 3, 23)), Reading(at=D(2002, 6, 1), known=D(2001, 6, 1))):
        found = judge(reading)
        assert [(one.provision, one.verdict) for one in found] == [("OS:XVII.2", "not_applicable")]


def test_another_instrument_is_refused() -> None:
    """What is judged here are the data of the Treaty on Open Skies."""
    law = load()
    other = replace(law, heading=replace(law.heading, name="inf"))
    with pytest.raises(InputError, match="open-skies"):
        judge(Reading(at=D(2002, 6, 1)), instrument=other)


def test_findings_show_the_reading_they_rest_on() -> None:
    """The interpretation of III.I.3 stands in every finding, taken by default or not."""
    taken = judge(Reading(at=D(2002, 6, 1)))[0].reading.interpretations
    assert taken["III.I.3"] == "right_to_as_many"
    strict = Reading(at=D(2002, 6, 1), interpretations=MappingProxyType({"III.I.3": "equal_numbers"}))
    assert judge(strict)[0].reading.interpretations["III.I.3"] == "equal_numbers"


def test_the_page_has_one_row_for_each_judgement() -> None:
    """docs/judgements.md names every judgement with its provision, and every table and field of the file."""
    text = DOCS.read_text(encoding="utf-8")
    tied = {name: code for code, names in implemented().items() for name in names}
    for rule in JUDGES:
        name = f"{rule.__module__}.{rule.__name__}"
        row = f"| {tied[name].removeprefix('OS:')} | `{name.removeprefix('skywitness.law.judge.')}` |"
        assert row in text, row
    for line in FULL.splitlines():
        if " = " in line:
            assert f"`{line.split(' = ')[0]}`" in text, line


def test_the_example_of_the_page_is_read() -> None:
    """The file that docs/judgements.md shows is one that is read."""
    example = DOCS.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    docket = read(example)
    assert docket.held
    assert docket.planned
    assert docket.designations

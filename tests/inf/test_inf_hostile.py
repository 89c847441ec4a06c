"""Files on the INF Treaty that cannot be used: every fault at once, with its place and near words."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.inf.inf_files import WEAPON, case, flight, judged

from skywitness.core.errors import InputError, NotInForceError
from skywitness.inf.check.read import read_ledger
from skywitness.inf.classify.accepted import contradict, disputes
from skywitness.inf.classify.answer import answer
from skywitness.inf.classify.model import Record
from skywitness.inf.classify.read import read_case
from skywitness.inf.classify.span import Span


def faults_of(data: dict[str, Any]) -> dict[str, str]:
    """Read a file that is wrong and return its faults by place."""
    with pytest.raises(InputError) as caught:
        read_case(data)
    assert caught.value.kind == "bad_inf"
    return {fault.where: str(fault.message) for fault in caught.value.faults}


def test_all_faults_at_once() -> None:
    """Unknown kinds and aliases, negative ranges, ids twice, no speaker, days after the end: one refusal names all."""
    rows = [
        {**flight("a", range_km=-5), "by": "USA"},
        {**WEAPON, "id": "a"},
        {"id": "b", "of": "T", "what": "statement", "on": "weapon", "value": True},
        {**flight("c", range_km=700), "of": "SSC-9"},
        {**flight("d", range_km=700), "what": "tests"},
        {**flight("e", range_km=700, day=dt.date(2019, 8, 2))},
        {**WEAPON, "id": "f", "on": "weapons"},
        {**WEAPON, "id": "g", "by": "USSR"},
    ]
    found = faults_of({**case(*rows), "type": [{"id": "T", "holder": "USA", "kind": "cruise", "names": ["SSC-8x"]}]})
    assert "from 0" in found["record[a].range_km"]
    assert "record[a]" in found
    assert "missing" in found["record[b].by"]
    assert "ssc-8x" in found["record[c].of"]
    assert "Did you mean test" in found["record[d].what"]
    assert "2019-08-02" in found["record[e].day"]
    assert "Did you mean weapon" in found["record[f].on"]
    assert "record[g].by" in found


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"range_km": True}, "range_km"),
        ({"range_km": math.nan}, "range_km"),
        ({"range_km": math.inf}, "range_km"),
        ({"range_km": "700"}, "range_km"),
        ({"range_km": 41_000}, "range_km"),
        ({}, "range_km"),
        ({"uncertainty_km": 5}, "uncertainty_km"),
        ({"range_km": 700, "at_least_km": 5}, "range_km"),
        ({"more_than_km": 500, "less_than_km": 500}, "at_least_km"),
        ({"at_least_km": 600, "at_most_km": 500}, "at_least_km"),
        ({"range_km": 700, "launched_from": "moblie"}, "launched_from"),
        ({"range_km": 700, "purpose": 3}, "purpose"),
        ({"range_km": 700, "said": dt.date(1989, 1, 1), "day": dt.date(1990, 1, 1)}, "said"),
        ({"range_km": 700, "day": dt.date(1800, 1, 1)}, "day"),
        ({"range_km": 700, "day": "1990"}, "day"),
        ({"range_km": 700, "rang_km": 800}, "rang_km"),
        ({"range_km": 700, "value": True}, "value"),
        ({"range_km": 700, "denies": ["nobody"]}, "denies"),
        ({"range_km": 700, "denies": ["weapon"]}, "denies"),
        ({"range_km": 700, "source": "a\u202eb"}, "source"),
        ({"range_km": 700, "by": "SUN", "said": dt.date(2000, 1, 1)}, "said"),
        ({"range_km": 700, "by": "SUN", "day": dt.date(2000, 1, 1)}, "day"),
    ],
)
def test_a_record_that_cannot_be_used(change: dict[str, Any], place: str) -> None:
    """What is missing, impossible or misspelt in a record is told at its field."""
    assert f"record[t].{place}" in faults_of(case(WEAPON, {**flight("t"), **change}))


@pytest.mark.parametrize(
    ("type_", "place"),
    [
        ({"id": "Zircon", "holder": "RUS"}, "kind"),
        ({"id": "T", "holder": "FRA", "kind": "cruise"}, "holder"),
        ({"id": "Oka", "kind": "cruise"}, "kind"),
        ({"id": "Mk-41"}, "id"),
        ({"id": "", "holder": "USA", "kind": "cruise"}, "id"),
        ({"id": "T", "holder": "USA", "kind": "cruise", "booster_launchers": 1.5}, "booster_launchers"),
    ],
)
def test_a_type_that_cannot_be_used(type_: dict[str, Any], place: str) -> None:
    """A type needs a holder that is a State of the Treaty and a kind, which must not go against what is known."""
    found = faults_of({"at": dt.date(1990, 1, 1), "type": [type_]})
    assert any(where.endswith(f".{place}") for where in found)


def test_a_name_of_two_types_in_one_file() -> None:
    """One name for two types would leave open which a record is about."""
    types = [{"id": "SSC-8"}, {"id": "T", "holder": "RUS", "kind": "cruise", "names": ["9M729"]}]
    assert "type[T].names" in faults_of({"at": dt.date(2018, 1, 1), "type": types})


@pytest.mark.parametrize(
    "data", [{}, {"at": dt.date(1990, 1, 1)}, {"type": 3}, {"record": [3]}, {"at": "x", "tpye": []}]
)
def test_files_of_another_form(data: dict[str, Any]) -> None:
    """A file that holds no types, or something else, is refused with what was expected."""
    assert faults_of(data)


def test_an_unknown_reading() -> None:
    """A reading that nobody's word gives is refused with those there are."""
    with pytest.raises(InputError, match="own, USA, uncontested"):
        answer(read_case(case(WEAPON)), only="RUS")


def test_what_was_not_yet_said_is_left_out() -> None:
    """With a day of knowledge only what had been said by then is accepted, and a denial of what is gone goes too."""
    early = {**flight("early", range_km=700, launched_from="mobile"), "said": dt.date(1990, 1, 1)}
    late = {**flight("late", range_km=6000), "said": dt.date(1994, 1, 1), "by": "RUS", "denies": ["early"]}
    data = read_case(case(WEAPON, early, late))
    assert [one.acceptance.name for one in answer(data).by_reading][:2] == ["own", "RUS"]
    before = answer(data, dt.date(1992, 1, 1))
    assert {record.id for one in before.by_reading for record in one.acceptance.records} == {"weapon", "early"}
    assert not before.disputes


# ---- ledgers ----

STORED = {"id": "s", "party": "SUN", "type": "SS-20", "by": "SUN", "day": dt.date(1990, 1, 1), "counted": 1}
GOOD = {"id": "h", "party": "SUN", "type": "SS-20", "by": "SUN", "as_of": dt.date(1990, 1, 1)}


@pytest.mark.parametrize(
    ("tables", "place"),
    [
        ({"holding": [{**GOOD, "deployed": -1}]}, "holding[h].deployed"),
        ({"holding": [{**GOOD, "deployed": 1.5}]}, "holding[h].deployed"),
        ({"holding": [{**GOOD, "type": "SS-25"}]}, "holding[h].type"),
        ({"holding": [{**GOOD, "type": "9M729"}]}, "holding[h].type"),
        ({"holding": [{**GOOD, "as_of": dt.date(2020, 1, 1)}]}, "holding[h].as_of"),
        ({"holding": [{**GOOD, "said": dt.date(1989, 1, 1)}]}, "holding[h].said"),
        ({"holding": [GOOD, GOOD]}, "holding[h]"),
        ({"holding": [{key: value for key, value in GOOD.items() if key != "by"}]}, "holding[h].by"),
        (
            {"elimination": [{"id": "e", "party": "SUN", "type": "SS-20", "day": dt.date(1990, 1, 1)}]},
            "elimination[e].number",
        ),
        ({"event": [{"kind": "result_tld", "at_utc": dt.datetime(1990, 1, 1, tzinfo=dt.UTC)}]}, "event[1].kind"),
        ({"event": [{"kind": "result_told", "at_utc": dt.datetime(1990, 1, 1)}]}, "event[1].at_utc"),  # noqa: DTZ001
        ({"event": [{"kind": "result_told"}]}, "event[1].at_utc"),
        ({"event": [{"kind": "result_told", "at_utc": dt.datetime(2019, 9, 1, tzinfo=dt.UTC)}]}, "event[1].at_utc"),
        (
            {"inspection": [{"id": "i", "kind": "baseline", "by": "USA", "of": "USA", "day": dt.date(1988, 7, 1)}]},
            "inspection[i].of",
        ),
        (
            {"inspection": [{"id": "i", "kind": "baseline", "by": "USA", "of": "SUN", "day": dt.date(1988, 5, 1)}]},
            "inspection[i].day",
        ),
        ({"stored": [{**STORED, "canisters": 1, "shown_empty": 2}]}, "stored[s].shown_empty"),
        ({"stored": [{**STORED, "counted": -1}]}, "stored[s].counted"),
        ({}, "file"),
    ],
)
def test_ledgers_that_cannot_be_used(tables: dict[str, Any], place: str) -> None:
    """Negative or fractional counts, types outside the lists, days outside the Treaty: each at its field."""
    with pytest.raises(InputError) as caught:
        read_ledger({"at": dt.date(1990, 11, 30), **tables})
    assert place in {fault.where for fault in caught.value.faults}


SPOTTED = {"id": "s", "party": "SUN", "type": "SS-20", "by": "USA", "day": dt.date(1990, 1, 1), "place": "transit"}
SEEN_BY = {"id": "i", "kind": "baseline", "by": "USA", "of": "SUN", "day": dt.date(1988, 7, 2)}


@pytest.mark.parametrize(
    ("tables", "place", "words"),
    [
        ({"holding": [{**GOOD, "party": "USA"}]}, "holding[h].party", "not on the side"),
        ({"holding": [{**GOOD, "party": "RUS"}]}, "holding[h].party", "there was no Russia"),
        ({"holding": [{**GOOD, "as_of": dt.date(1992, 1, 1)}]}, "holding[h].party", "followed it"),
        ({"holding": [{**GOOD, "type": "Pershing IB", "party": "USA"}]}, "holding[h].type", "class of Pershing IB"),
        ({"sighting": [{**SPOTTED, "named": True}]}, "sighting[s].named", "unknown"),
        ({"sighting": [{**SPOTTED, "moved_to": "home"}]}, "sighting[s].moved_to", "home"),
        ({"sighting": [{**SPOTTED, "shown_empty": True}]}, "sighting[s].shown_empty", "canister"),
        ({"inspection": [{**SEEN_BY, "of": "RUS"}]}, "inspection[i].of", "there was no Russia"),
        ({"inspection": [{**SEEN_BY, "country": "Germany"}]}, "inspection[i].country", "DEU"),
        (
            {"inspection": [{**SEEN_BY, "by": "UKR", "of": "RUS", "day": dt.date(1995, 1, 1)}]},
            "inspection[i].of",
            "inspects the other",
        ),
        (
            {"event": [{"kind": "result_told", "by": "SUN", "at_utc": dt.datetime(1995, 1, 1, tzinfo=dt.UTC)}]},
            "event[1].by",
            "followed it",
        ),
    ],
)
def test_who_can_have_what_and_when(tables: dict[str, Any], place: str, words: str) -> None:
    """States that there were not, types of the other side, places told as another kind: each at its field."""
    with pytest.raises(InputError) as caught:
        read_ledger({"at": dt.date(1996, 11, 30), **tables})
    assert words in {fault.where: str(fault.message) for fault in caught.value.faults}[place]


@pytest.mark.parametrize(
    ("ident", "holder", "at", "words"),
    [
        ("SS-20", "USA", dt.date(1989, 1, 1), "not on the side"),
        ("Pershing II", "SUN", dt.date(1989, 1, 1), "not on the side"),
        ("9M729", "USA", dt.date(2018, 1, 1), "not on the side"),
        ("SS-20", None, dt.date(1992, 1, 1), "followed it"),
        ("SS-20", "UKR", dt.date(1990, 1, 1), "there was no Ukraine"),
        ("9M729", None, dt.date(1990, 1, 1), "there was no Russia"),
    ],
)
def test_a_holder_that_cannot_hold(ident: str, holder: str | None, at: dt.date, words: str) -> None:
    """A type is held on its side, by a State that there was on the day of the file."""
    told = {"id": ident} if holder is None else {"id": ident, "holder": holder}
    assert words in faults_of({"at": at, "type": [told]})[f"type[{ident}].holder"]


def test_what_the_predecessor_said_is_the_holder_s_own() -> None:
    """What the Soviet Union said of a type counts as the own word of the State that followed it."""
    said = {"id": "r", "by": "SUN", "of": "SS-20", "what": "possession", "day": dt.date(1990, 1, 1)}
    data = {"at": dt.date(1995, 1, 1), "type": [{"id": "SS-20", "holder": "UKR"}], "record": [said]}
    own = answer(read_case(data), only="own").by_reading[0]
    assert [one.id for one in own.acceptance.records] == ["r"]


def test_a_ledger_after_the_end() -> None:
    """A ledger of a day on which the Treaty is not in force is refused."""
    with pytest.raises(NotInForceError):
        judged(dt.date(2020, 1, 1), holding=[GOOD])


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)
FIELDS = ["id", "by", "of", "what", "range_km", "at_most_km", "day", "said", "denies", "on", "value", "basis", "source"]


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8), max_size=3), VALUES)
def test_whatever_a_file_holds_is_answered_or_refused(records: list[dict[str, Any]], at: Any) -> None:
    """No content of the tables leads to anything but an answer or a refusal."""
    data = {"at": at, "type": [{"id": "T", "holder": "USA", "kind": "cruise"}], "record": records}
    with contextlib.suppress(InputError):
        assert answer(read_case(data)).to_json()


SPEAKERS, WORDS = ["USA", "RUS", "PRESS"], ["weapon", "reusable"]


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Draw a record that may contradict another."""
    what = draw(st.sampled_from(["test", "capability", "statement", "same_launcher", "possession"]))
    low = draw(st.integers(0, 4)) * 100.0
    return Record(
        id=draw(st.sampled_from("abcdefgh")),
        by=draw(st.sampled_from(SPEAKERS)),
        of="" if what == "same_launcher" else draw(st.sampled_from("TU")),
        what=what,
        basis="claimed",
        denies=tuple(draw(st.lists(st.sampled_from("abcdefgh"), max_size=1))),
        span=Span(low, low + 100.0) if what in ("test", "capability") else None,
        launcher_type=draw(st.sampled_from("LM")),
        same_as=draw(st.sampled_from("LM")),
        on=draw(st.sampled_from(WORDS)),
        value=draw(st.booleans()),
    )


@given(st.lists(records(), max_size=8, unique_by=lambda record: record.id))
def test_disputes_are_all_pairs_that_contradict(told: list[Record]) -> None:
    """The quick search finds exactly the pairs that comparing each with each finds."""
    ordered = sorted(told, key=lambda record: record.id)
    wanted = [(one.id, other.id) for one, other in combinations(ordered, 2) if contradict(one, other)]
    assert [(one.id, other.id) for one, other in disputes(told)] == wanted

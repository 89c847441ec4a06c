"""Replay: order does not matter, a claim changes nothing in force, and nobody looks ahead."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.consult.consult_files import D, case, event, notice, plain

from skywitness.consult.as_json import case_json
from skywitness.consult.catalogue import load_case
from skywitness.consult.model import Case
from skywitness.consult.performing import ANNOUNCED, NO_PAUSE_TOLD, NOT_OWED, PAUSED, in_force, performing
from skywitness.consult.replay import replay
from skywitness.consult.states import own_pauses, states
from skywitness.core.text import ENGLISH
from skywitness.law.parties import is_party, parties_on

STATES = ["DEU", "POL", "FRA", "RUS", "USA", "GEO", "TUR", "BLR"]
DAYS = st.dates(dt.date(2003, 1, 1), dt.date(2024, 12, 31))


@st.composite
def occurrences(draw: st.DrawFn) -> Any:
    """Draw a day, a month, a year or an interval."""
    day = draw(DAYS)
    return draw(st.sampled_from([day, f"{day:%Y-%m}", f"{day:%Y}", {"from": day, "to": day + dt.timedelta(days=40)}]))


@st.composite
def events(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw events that do not refer to one another: claims, answers of others, suspensions, notices, findings."""
    found = []
    for number in range(draw(st.integers(1, 7))):
        who, towards = draw(st.lists(st.sampled_from(STATES), min_size=2, max_size=2, unique=True))
        common: dict[str, Any] = {"actors": [who], "addressees": [towards], "on": draw(occurrences())}
        step = draw(st.sampled_from(["claim", "consultation", "suspension", "notice", "finding", "statement"]))
        every: dict[str, dict[str, Any]] = {
            "claim": {"asserts": draw(st.sampled_from([["p"], ["q"], ["p", "q"]]))},
            "suspension": {"legal_basis": "political", "asserts": []},
            "finding": {"assessor": who, "asserts": ["p"]},
            "statement": {"asserts": [], "denies": ["p"], "signers": [who, towards]},
        }
        found.append(event(f"e{number}", step=step, **common, **every.get(step, {"asserts": []})))
    return found


def told(found: Case, at: dt.date, known: dt.date | None = None) -> dict[str, Any]:
    """Write everything that follows on a day, without the questions."""
    seen = replay(found, at, known)
    return case_json(seen, states(seen), (), ENGLISH)


@settings(max_examples=40)
@given(st.data())
def test_the_order_of_independent_events_changes_nothing(data: st.DataObject) -> None:
    """A file whose events stand in another order gives the same document, on any day, by any knowledge."""
    rows = data.draw(events())
    other = data.draw(st.permutations(rows))
    at, known = data.draw(DAYS), data.draw(st.none() | DAYS)
    assert told(case(*rows), at, known) == told(case(*other), at, known)


@settings(max_examples=40)
@given(events(), DAYS)
def test_a_claim_never_changes_what_is_in_force(rows: list[dict[str, Any]], at: dt.date) -> None:
    """With its claims and without them a case has the same Parties; they are those of the law data."""
    without = [row for row in rows if row["step"] != "claim"] or [plain("none", D(2003, 1, 1))]
    with_claims, without_claims = told(case(*rows), at)["states"], told(case(*without), at)["states"]
    for one, other in zip(with_claims["treaties"], without_claims["treaties"], strict=True):
        assert (one["in_force"], one["parties"]) == (other["in_force"], other["parties"])
    assert with_claims["treaties"][0]["parties"] == len(parties_on(at))
    assert with_claims["performing"] == without_claims["performing"]
    assert all(in_force("open-skies", state, at) == is_party(state, at) for state in STATES)


@settings(max_examples=40)
@given(events(), DAYS)
def test_a_suspension_never_changes_who_is_a_party(rows: list[dict[str, Any]], at: dt.date) -> None:
    """Every State is to the treaty what the law data say, whatever suspensions a case tells."""
    suspended = [*rows, plain("more", D(2004, 1, 1), "suspension", addressees=["ALL"], legal_basis="political")]
    standings = told(case(*suspended), at)["states"]["treaties"][0]["standings"]
    assert {one["state"] for one in standings if one["status"] == "party"} <= parties_on(at)
    plain_standings = {one["state"]: one for one in told(case(*rows), at)["states"]["treaties"][0]["standings"]}
    assert all(plain_standings.get(one["state"], one) == one for one in standings)


@settings(max_examples=40)
@given(events(), DAYS, DAYS)
def test_what_was_known_never_looks_ahead(rows: list[dict[str, Any]], at: dt.date, known: dt.date) -> None:
    """A file without its later events, asked as of a day, answers as the whole file does: nothing of them shows."""
    found = case(*rows)
    there = tuple(one for one in found.events if one.known <= known)
    whole, pruned = told(found, at, known), told(replace(found, events=there), at, known)
    assert whole["events"] == pruned["events"]
    assert whole["states"] == pruned["states"]


@pytest.mark.parametrize("key", ["open-skies/us-withdrawal-2020", "inf/9m729"])
def test_shipped_cases_never_look_ahead(key: str) -> None:
    """Replayed to each of its days as known then, a case tells of no act of a later day, and of no later effect."""
    found = load_case(key)
    for day in sorted({one.when.last for one in found.events}):
        seen = replay(found, day, day)
        assert all(one.when.last <= day for one in seen.events)
        idents = {one.id for one in seen.events}
        assert all(set(ids) <= idents for one in seen.events for ids in one.links.all().values())
        for treaty in states(seen).treaties:
            late = [one for one in treaty.standings if one.notice and one.notice > day]
            assert not late


def test_an_event_whose_day_may_not_have_come_is_not_sure() -> None:
    """In the middle of the month of a claim it may stand open; once the month is over it surely does."""
    found = case(event(on="2010-03"))
    assert not replay(found, D(2010, 2, 28)).events
    half, whole = (states(replay(found, D(2010, 3, day))).claims[0] for day in (15, 31))
    assert (half.sure, whole.sure) == (False, True)


def test_a_counter_claim_leaves_the_claim_open_and_a_closure_does_not() -> None:
    """A claim stays open through answers and counter-claims, until its author closes it."""
    rows = [
        event("claim"),
        event("counter", on=D(2010, 2, 1), step="counter_claim", actors=["POL"], opposes=["claim"], asserts=["q"]),
        plain("answer", D(2010, 3, 1), "response", actors=["POL"], responds_to=["claim"], denies=["p"]),
        plain("end", D(2011, 1, 1), "closure", closes=["claim"], outcome="withdrawn"),
    ]
    found = case(*rows)
    before, after = (states(replay(found, day)) for day in (D(2010, 12, 31), D(2011, 1, 1)))
    assert [one.event.id for one in before.open_claims] == ["claim", "counter"]
    assert before.claims[0].answered_by == ("answer",)
    assert before.claims[0].opposed_by == ("counter",)
    assert [one.event.id for one in after.open_claims] == ["counter"]
    assert told(found, D(2011, 1, 1))["states"]["claims"][0]["outcome"] == "withdrawn"


def test_the_latest_finding_is_each_assessors_own() -> None:
    """Two assessors keep a finding each; one that supersedes another takes its place."""
    rows = [
        event("first", step="finding", assessor="DEU"),
        event("other", on=D(2010, 2, 1), step="finding", actors=["POL"], assessor="POL", asserts=[], denies=["p"]),
        event("second", on=D(2010, 3, 1), step="finding", assessor="DEU", supersedes=["first"]),
    ]
    found = case(*rows)
    assert [one.id for one in states(replay(found, D(2010, 2, 15))).findings] == ["first", "other"]
    assert [one.id for one in states(replay(found, D(2010, 3, 1))).findings] == ["other", "second"]


def test_positions_are_the_last_word_of_each_actor() -> None:
    """Who asserted and then denies, denies; where the order of two words is not known both stand."""
    rows = [
        event("first", on=D(2010, 1, 1)),
        plain("second", D(2010, 6, 1), "statement", denies=["p"]),
        plain("third", "2010", "statement", actors=["POL"], denies=["p"]),
        event("fourth", on="2010-06", actors=["POL"]),
    ]
    found = states(replay(case(*rows), D(2011, 1, 1))).positions
    assert {(one.by, one.polarity) for one in found} == {("DEU", "denies"), ("POL", "denies"), ("POL", "asserts")}


def test_a_correction_counts_once_it_was_known() -> None:
    """As of a day before a correction was published the first revision still stands."""
    first = event(published=D(2010, 1, 1), recorded=D(2010, 1, 2))
    second = event(published=D(2012, 1, 1), recorded=D(2012, 1, 2), revision=2, on=D(2009, 12, 1))
    found = case(first, second)
    assert replay(found, D(2013, 1, 1), D(2011, 1, 1)).events[0].revision == 1
    assert replay(found, D(2013, 1, 1)).events[0].revision == 2


@pytest.mark.parametrize(
    ("treaty", "by", "towards", "at", "known", "answer"),
    [
        ("cfe", "RUS", "DEU", D(2007, 12, 11), None, NO_PAUSE_TOLD),
        ("cfe", "RUS", "DEU", D(2007, 12, 12), None, PAUSED),
        ("cfe", "DEU", "RUS", D(2007, 12, 12), None, NO_PAUSE_TOLD),
        ("cfe", "RUS", "DEU", D(2023, 11, 7), None, NOT_OWED),
        ("cfe", "POL", "BLR", D(2023, 5, 1), None, PAUSED),
        ("cfe", "BLR", "POL", D(2023, 5, 1), None, NO_PAUSE_TOLD),
        ("cfe", "DEU", "BLR", D(2023, 11, 8), None, ANNOUNCED),
        ("cfe", "USA", "DEU", D(2023, 12, 7), None, PAUSED),
        ("cfe", "RUS", "DEU", D(2008, 1, 1), D(2007, 7, 13), NO_PAUSE_TOLD),
        ("inf", "USA", "RUS", D(2019, 2, 2), None, PAUSED),
        ("inf", "USA", "RUS", D(2019, 8, 2), None, NOT_OWED),
        ("open-skies", "GEO", "RUS", D(2015, 1, 1), None, PAUSED),
        ("open-skies", "RUS", "GEO", D(2015, 1, 1), None, NO_PAUSE_TOLD),
        ("open-skies", "GEO", "RUS", D(2021, 12, 18), None, NOT_OWED),
    ],
)
def test_who_performs_towards_whom_is_an_ordered_pair(
    treaty: str, by: str, towards: str, at: dt.date, known: dt.date | None, answer: str
) -> None:
    """What one State suspends towards another says nothing of the other way; nothing is owed to who is no Party."""
    assert performing(treaty, by, towards, "ALL", at, known)[0] == answer


def test_acts_that_the_law_data_have_otherwise_are_shown() -> None:
    """A notice of another day, one that the law does not know, a suspension of another day: both are shown."""
    rows = [
        notice(on=D(2020, 5, 1), effective_from=D(2020, 12, 1)),
        notice("turkey", on=D(2021, 1, 1), who="TUR"),
        plain("s", D(2012, 5, 1), "suspension", actors=["GEO"], addressees=["RUS"], legal_basis="none_given"),
        plain("k", D(2005, 1, 1), "consultation", actors=["KGZ"]),
    ]
    found = states(replay(case(*rows), D(2022, 1, 1))).differences
    rows_by = {(one.event, one.field): (one.case, one.other) for one in found}
    assert rows_by == {
        ("k", "capacity"): ("party", None),
        ("s", "effective_from"): ("2012-05-01", "2012-04-06"),
        ("notice", "on"): ("2020-05-01", "2020-05-22"),
        ("notice", "effective_from"): ("2020-12-01", "2020-11-22"),
        ("turkey", "on"): ("2021-01-01", None),
    }
    assert in_force("open-skies", "TUR", D(2022, 1, 1))


def test_a_case_tells_of_duties_between_its_own_states_alone() -> None:
    """What Georgia does not perform towards Russia is told where both are in the case, and not where neither is."""
    day = D(2019, 6, 1)
    others = case(event("one", on=day, addressees=["POL"]))
    both = case(event("one", on=day, actors=["GEO"], addressees=["RUS"]))
    found = {name: replay(told, day) for name, told in (("others", others), ("both", both))}
    assert own_pauses(found["others"], states(found["others"])) == ()
    assert [(one.by, one.towards) for one in own_pauses(found["both"], states(found["both"]))] == [(("GEO",), ("RUS",))]

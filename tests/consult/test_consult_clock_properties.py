"""Clocks by property: no order of the file matters, nobody looks ahead, no act of a case changes who is a Party."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.consult.consult_files import D, case, event, plain

from skywitness.consult.clocks import DONE, OVER, RUNNING, WAITING, clocks
from skywitness.consult.consensus import consensus
from skywitness.consult.model import Case
from skywitness.consult.replay import replay
from skywitness.consult.states import states
from skywitness.core.text import ENGLISH
from skywitness.law.parties import parties_on

ACTORS = ["DEU", "POL", "USA", "KGZ", "CYP", "BENELUX", "BLR-RUS"]
DAYS = st.dates(dt.date(2002, 1, 1), dt.date(2022, 12, 31))
HEADS = ["amendment", "session_request", "quota_review", "proposal", "application", "deposit", "conference_request"]
TAILS = ["conference_request", "approval", "deposit", "conference", "session", "decision", "objection"]
_ORDER = [WAITING, RUNNING, OVER, DONE]


@st.composite
def chains(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw acts that start clocks, and later ones that follow them."""
    found: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 2))):
        head, start = draw(st.sampled_from(HEADS)), draw(DAYS)
        found.append(_act(draw, f"h{number}", start, head))
        if head == "proposal":
            found[-1]["silence_until"] = start + dt.timedelta(days=30)
        for place in range(draw(st.integers(0, 4))):
            step = "objection" if head == "proposal" and place % 2 else draw(st.sampled_from(TAILS))
            if step == "objection" and head != "proposal":
                continue
            later = start + dt.timedelta(days=draw(st.integers(0, 120)))
            link = "responds_to" if step == "objection" else "follows"
            found.append({**_act(draw, f"t{number}{place}", later, step), link: [f"h{number}"]})
    return found


def _act(draw: st.DrawFn, ident: str, on: dt.date, step: str) -> dict[str, Any]:
    published = on + dt.timedelta(days=draw(st.sampled_from([0, 0, 200])))
    return plain(ident, on, step, actors=[draw(st.sampled_from(ACTORS))], published=published)


def shown(found: Case, at: dt.date, known: dt.date | None = None) -> list[dict[str, Any]]:
    """Write the clocks and what became of the proposals."""
    seen = replay(found, at, known)
    return [one.to_json(ENGLISH) for one in clocks(seen)] + [one.to_json(ENGLISH) for one in consensus(seen)]


@settings(max_examples=25)
@given(st.data())
def test_the_order_of_the_file_changes_no_clock(data: st.DataObject) -> None:
    """Clocks and consensus come from days and links, never from where a table stands."""
    rows = data.draw(chains())
    other, at, known = data.draw(st.permutations(rows)), data.draw(DAYS), data.draw(st.none() | DAYS)
    assert shown(case(*rows), at, known) == shown(case(*other), at, known)


@settings(max_examples=25)
@given(chains(), DAYS, DAYS)
def test_clocks_never_look_ahead(rows: list[dict[str, Any]], at: dt.date, known: dt.date) -> None:
    """A file without what became known later shows the same clocks; none is settled by an act that was not known."""
    found = case(*rows)
    there = tuple(one for one in found.events if one.known <= known)
    pruned = shown(replace(found, events=there), at, known)
    assert shown(found, at, known) == pruned
    named = {ident for one in pruned for ident in one.get("done_by", [])}
    assert named <= {one.id for one in there}


@settings(max_examples=25)
@given(chains(), DAYS)
def test_no_act_of_a_case_changes_who_is_a_party_and_no_claim_a_clock(rows: list[dict[str, Any]], at: dt.date) -> None:
    """Deposits, amendments and decisions of a file leave the law data alone; claims and suspensions leave clocks."""
    more = [
        event("claim", on=D(2002, 1, 1)),
        plain("stop", D(2002, 1, 1), "suspension", addressees=["BLR-RUS"], legal_basis="political"),
    ]
    treaty = states(replay(case(*rows, *more), at)).treaties[0]
    assert treaty.parties == len(parties_on(at))
    assert {one.code for one in treaty.standings if one.status == "party"} <= parties_on(at)
    assert shown(case(*rows, *more), at) == shown(case(*rows), at)


@settings(max_examples=25)
@given(chains(), DAYS, st.integers(1, 90))
def test_a_clock_of_an_act_only_goes_on(rows: list[dict[str, Any]], at: dt.date, days: int) -> None:
    """A day later nothing that was over or done runs again, and the day it is over stays where it was."""
    found, later = case(*rows), at + dt.timedelta(days=days)
    before = {(one.id, one.event): one for one in clocks(replay(found, at)) if one.event}
    after = {(one.id, one.event): one for one in clocks(replay(found, later)) if one.event}
    assert before.keys() <= after.keys()
    for key, one in before.items():
        assert _ORDER.index(after[key].state) >= _ORDER.index(one.state)
        assert one.due in (None, after[key].due)
        assert one.due is None or one.begins is None or one.due > one.begins

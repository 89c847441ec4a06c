"""Statements, bodies and consensus: who signed, what two share, what became of a proposal."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.consult.consult_files import D, case, plain

from skywitness.consult.bodies import members_on
from skywitness.consult.catalogue import load_case
from skywitness.consult.consensus import ADOPTED, NOT_ADOPTED, OPEN, Outcome, consensus
from skywitness.consult.replay import replay
from skywitness.consult.statements import compare, signed

ELEVEN = {"BEL", "CZE", "DEU", "ESP", "FIN", "FRA", "ITA", "LUX", "NLD", "PRT", "SWE"}


def test_the_eleven_of_may_2020() -> None:
    """All eleven are Parties; nine are of NATO, all of the EU; 23 of the 34 Parties did not sign."""
    found = signed(load_case("open-skies/us-withdrawal-2020").event("eleven-2020"))
    assert set(found.signers) == ELEVEN
    assert set(found.parties) == ELEVEN
    assert len(found.not_signed) == 23
    groups = {code: set(those) for code, those, _ in found.of_groups}
    assert groups == {"NATO": ELEVEN - {"FIN", "SWE"}, "EU": ELEVEN}
    assert {"GBR", "USA", "POL"} <= set(found.not_signed)


def test_signers_are_told_from_signatories_and_others() -> None:
    """Kyrgyzstan signed the Treaty and is no Party; Albania has nothing to do with it."""
    row = plain("s", D(2010, 1, 1), "statement", actors=["DEU"], signers=["DEU", "KGZ", "ALB"])
    found = signed(case(row).event("s"))
    assert (found.parties, found.signatories, found.others) == (("DEU",), ("KGZ",), ("ALB",))


def test_two_statements_are_compared_by_what_they_say() -> None:
    """What both assert is shared, what one denies differs, the rest is of one alone; the sides swap with the order."""
    one = plain("one", D(2010, 1, 1), "statement", asserts=["p"], denies=["q"])
    other = plain("two", D(2010, 1, 2), "statement", actors=["POL"], asserts=["p", "q"])
    found = case(one, other)
    pair = compare(found.event("one"), found.event("two"))
    assert pair.shared == (("p", "asserts"),)
    assert pair.differing == (("q", "denies", "asserts"),)
    swapped = compare(found.event("two"), found.event("one"))
    assert (swapped.shared, swapped.differing) == (pair.shared, (("q", "asserts", "denies"),))
    alone = compare(found.event("one"), case(one, plain("two", D(2010, 1, 2), "statement")).event("two"))
    assert alone.only_one == (("p", "asserts"), ("q", "denies"))
    assert not alone.shared


@pytest.mark.parametrize(
    ("code", "at", "count", "inside", "outside"),
    [
        ("NATO", D(2018, 10, 25), 29, "MNE", "MKD"),
        ("NAC", D(2020, 5, 22), 30, "MKD", "FIN"),
        ("NATO", D(2024, 3, 7), 32, "SWE", "IRL"),
        ("EU", D(2020, 5, 22), 27, "HRV", "GBR"),
        ("EU", D(2020, 1, 31), 28, "GBR", "NOR"),
        ("OSCC", D(2020, 5, 22), 34, "USA", "KGZ"),
        ("OSCC", D(2022, 1, 1), 32, "BLR", "RUS"),
        ("SVC", D(2016, 11, 1), 13, "KAZ", "DEU"),
    ],
)
def test_bodies_have_the_members_of_the_day(code: str, at: dt.date, count: int, inside: str, outside: str) -> None:
    """Alliances grow, the Commission has the Parties of the day."""
    found = members_on(code, at)
    assert found is not None
    assert len(found) == count
    assert inside in found
    assert outside not in found


def test_members_that_nobody_told_are_not_none() -> None:
    """Of the press, and of what there is not, the members are unknown."""
    assert members_on("PRESS", D(2020, 1, 1)) is None
    assert members_on("NOBODY", D(2020, 1, 1)) is None


PROPOSAL = plain(
    "p1",
    D(2010, 1, 1),
    "proposal",
    actors=["OSCC"],
    capacity="organ",
    provisions=["OS:X.2"],
    silence_until=D(2010, 1, 31),
)


def objection(who: str, on: dt.date, ident: str = "o1") -> dict[str, Any]:
    """Make an objection to the proposal."""
    return plain(ident, on, "objection", actors=[who], provisions=["OS:X.2"], responds_to=["p1"])


def lifted(who: str, on: dt.date) -> dict[str, Any]:
    """Make the lifting of that objection."""
    return plain("l1", on, "objection_lifted", actors=[who], provisions=["OS:X.2"], follows=["o1"])


def became(at: dt.date, *events: dict[str, Any]) -> Outcome:
    """Say what became of the proposal by a day."""
    (found,) = consensus(replay(case(PROPOSAL, *events), at))
    return found


@pytest.mark.parametrize(
    ("events", "at", "result"),
    [
        ([], D(2010, 1, 31), OPEN),
        ([], D(2010, 2, 1), ADOPTED),
        ([objection("RUS", D(2010, 1, 20))], D(2010, 1, 31), OPEN),
        ([objection("RUS", D(2010, 1, 20))], D(2010, 2, 1), NOT_ADOPTED),
        ([objection("RUS", D(2010, 1, 20)), lifted("RUS", D(2010, 1, 25))], D(2010, 2, 1), ADOPTED),
        ([objection("RUS", D(2010, 2, 3))], D(2010, 2, 4), ADOPTED),
        ([objection("KGZ", D(2010, 1, 20))], D(2010, 2, 1), ADOPTED),
    ],
)
def test_silence_adopts_where_no_party_objects(events: list[dict[str, Any]], at: dt.date, result: str) -> None:
    """An objection of a Party in time bars consensus until it is lifted; a late one, or one of no Party, does not."""
    found = became(at, *events)
    assert found.result == result
    assert found.provision == "OS:X.2"


def test_a_decision_told_against_an_objection_is_shown_with_it() -> None:
    """The objection bars it; that a decision was told all the same is not hidden."""
    decision = plain("d", D(2010, 2, 5), "decision", actors=["OSCC"], capacity="organ", follows=["p1"])
    found = became(D(2010, 3, 1), objection("RUS", D(2010, 1, 20)), decision)
    assert (found.result, found.told_otherwise, found.objecting) == (NOT_ADOPTED, True, ("RUS",))


def test_a_proposal_without_silence_needs_a_decision() -> None:
    """Where no time for silence is told, nothing is adopted by waiting."""
    row = {key: value for key, value in PROPOSAL.items() if key != "silence_until"}
    (found,) = consensus(replay(case(row), D(2012, 1, 1)))
    assert found.result == OPEN
    decision = plain("d", D(2010, 2, 5), "decision", actors=["OSCC"], capacity="organ", follows=["p1"])
    (found,) = consensus(replay(case(row, decision), D(2012, 1, 1)))
    assert (found.result, found.decision) == (ADOPTED, "d")

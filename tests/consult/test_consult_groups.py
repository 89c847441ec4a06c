"""Groups of States as actors, addressees and signers: whom BLR-RUS and BENELUX mean on which day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.consult.consult_files import D, case, document, faults, plain

from skywitness.consult.consensus import NOT_ADOPTED, consensus
from skywitness.consult.groups import group_codes, states_meant
from skywitness.consult.performing import NO_PAUSE_TOLD, NOT_OWED, PAUSED, performing
from skywitness.consult.replay import replay
from skywitness.consult.statements import compare, signed
from skywitness.consult.states import states


@pytest.mark.parametrize(
    ("code", "at", "known", "meant"),
    [
        ("BLR-RUS", D(2021, 12, 17), None, ("BLR", "RUS")),
        ("BLR-RUS", D(2021, 12, 18), None, ("BLR-RUS",)),
        ("BLR-RUS", D(2021, 12, 18), D(2021, 6, 1), ("BLR", "RUS")),
        ("BLR-RUS", D(2001, 12, 31), None, ("BLR-RUS",)),
        ("BENELUX", D(2020, 5, 22), None, ("BEL", "LUX", "NLD")),
        ("DEU", D(1990, 1, 1), None, ("DEU",)),
    ],
)
def test_a_group_is_its_members_of_the_day(
    code: str, at: dt.date, known: dt.date | None, meant: tuple[str, ...]
) -> None:
    """A group that has ended, or of whose end nobody knew, is what it was then; it never acts for who is no member."""
    assert states_meant((code,), "open-skies", at, known) == meant


def test_groups_of_the_treaties_of_a_case_alone_are_known() -> None:
    """A case of the INF Treaty knows no Benelux; one of Open Skies does."""
    assert {"BLR-RUS", "BENELUX"} <= group_codes(["open-skies"])
    row = plain("s", D(2018, 1, 1), "statement", actors=["BENELUX"])
    assert not faults(document(row))
    assert "BENELUX" in faults(document(row, treaties=("inf",)))["events[0].actors"]


def test_a_statement_of_a_group_is_one_of_each_member() -> None:
    """Belarus and Russia as a group, and Benelux beside a member of its own, are counted once each."""
    joint = plain("joint", D(2020, 7, 6), "statement", actors=["BLR-RUS"], signers=["BLR-RUS"], asserts=["p"])
    more = plain("more", D(2020, 7, 7), "statement", actors=["NLD"], signers=["BENELUX", "NLD", "RUS"], denies=["p"])
    found = case(joint, more)
    assert signed(found.event("joint")).parties == ("BLR", "RUS")
    assert signed(found.event("more")).signers == ("BEL", "LUX", "NLD", "RUS")
    assert compare(found.event("joint"), found.event("more")).both_signed == ("RUS",)
    said = {(one.by, one.polarity) for one in states(replay(found, D(2020, 8, 1))).positions}
    assert {("BLR", "asserts"), ("RUS", "denies"), ("BEL", "denies"), ("NLD", "denies")} <= said
    assert not {by for by, _ in said} & {"BENELUX", "BLR-RUS"}


def test_a_group_that_does_not_stand_is_shown_and_speaks_for_nobody() -> None:
    """In 2022 there is no BLR-RUS: the row stays as told, and neither State is taken to have signed."""
    found = case(plain("s", D(2022, 3, 1), "statement", actors=["BLR"], signers=["BLR-RUS"]))
    assert signed(found.event("s")).signers == ()
    shown = [(one.field, one.case) for one in states(replay(found, D(2022, 4, 1))).differences]
    assert ("signers", "BLR-RUS") in shown


@pytest.mark.parametrize(
    ("by", "towards", "at", "answer"),
    [
        ("GEO", "BLR-RUS", D(2015, 1, 1), PAUSED),
        ("BLR-RUS", "GEO", D(2015, 1, 1), NO_PAUSE_TOLD),
        ("GEO", "BLR", D(2015, 1, 1), NO_PAUSE_TOLD),
        ("GEO", "BLR-RUS", D(2022, 1, 1), NOT_OWED),
        ("BENELUX", "DEU", D(2015, 1, 1), NO_PAUSE_TOLD),
    ],
)
def test_who_performs_towards_a_group_is_asked_of_its_members(by: str, towards: str, at: dt.date, answer: str) -> None:
    """What Georgia stopped towards Russia it does not perform towards the group; towards Belarus alone it does."""
    assert performing("open-skies", by, towards, "ALL", at)[0] == answer


def test_a_suspension_towards_a_group_is_held_against_the_law_of_its_members() -> None:
    """Georgia towards Russia stands in the law data; told as towards the group it is the same act."""
    fields: dict[str, Any] = {"actors": ["GEO"], "addressees": ["BLR-RUS"], "legal_basis": "none_given"}
    found = case(plain("s", D(2012, 4, 6), "suspension", **fields))
    assert not states(replay(found, D(2013, 1, 1))).differences
    own = faults(document(plain("s", D(2012, 4, 6), "suspension", **{**fields, "actors": ["RUS"]})))
    assert "is an actor as well" in own["events[0].addressees"]


def test_an_objection_of_benelux_is_one_of_three_parties() -> None:
    """For Article X they are three (Article XIV): one of them lifts it for itself alone."""
    rows = [
        plain("p1", D(2010, 1, 1), "proposal", actors=["OSCC"], capacity="organ", silence_until=D(2010, 1, 31)),
        plain("o1", D(2010, 1, 5), "objection", actors=["BENELUX"], responds_to=["p1"]),
        plain("l1", D(2010, 1, 9), "objection_lifted", actors=["NLD"], follows=["o1"]),
    ]
    assert not faults(document(*rows))
    (found,) = consensus(replay(case(*rows), D(2010, 2, 1)))
    assert (found.result, found.objecting, found.lifted) == (NOT_ADOPTED, ("BEL", "LUX"), ("NLD",))

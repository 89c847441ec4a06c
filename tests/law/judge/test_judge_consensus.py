"""Consensus (X.2) as one rule: who bars a decision, on which day it is looked at, what a lifted objection is worth."""

from __future__ import annotations

import datetime as dt

import pytest

from skywitness.law.judge.commission.consensus import ADOPTED, NOT_ADOPTED, OPEN, Objection, barring, weigh
from skywitness.law.legal_day import LegalDay

D = dt.date
UNTIL = D(2020, 10, 31)


@pytest.mark.parametrize(
    ("at", "codes", "bars"),
    [
        (D(2020, 6, 1), ("USA", "KGZ"), ("USA",)),
        (D(2020, 12, 1), ("USA", "KGZ"), ()),
        (D(1995, 1, 1), ("USA", "KGZ"), ("USA", "KGZ")),
        (D(1992, 3, 23), ("USA",), ()),
        (D(2020, 6, 1), ("BLR-RUS",), ("BLR-RUS",)),
    ],
)
def test_parties_bar_and_before_the_entry_into_force_signatories(
    at: dt.date, codes: tuple[str, ...], bars: tuple[str, ...]
) -> None:
    """Article X.2 was applied provisionally by who had signed; later a signatory that is no Party bars nothing."""
    objecting, strangers = barring(codes, LegalDay(at))
    assert objecting == bars
    assert {*objecting, *strangers} == {*codes}


@pytest.mark.parametrize(
    ("raised", "lifted", "decided", "at", "result"),
    [
        (None, None, None, D(2020, 10, 31), OPEN),
        (None, None, None, D(2020, 11, 1), ADOPTED),
        (D(2020, 10, 31), None, None, D(2020, 11, 1), NOT_ADOPTED),
        (D(2020, 11, 1), None, None, D(2020, 11, 2), ADOPTED),
        (D(2020, 10, 1), D(2020, 10, 31), None, D(2020, 11, 1), ADOPTED),
        (D(2020, 10, 1), D(2020, 11, 1), None, D(2020, 11, 2), NOT_ADOPTED),
        (D(2020, 10, 1), D(2020, 11, 1), D(2020, 11, 2), D(2020, 11, 2), ADOPTED),
        (D(2020, 10, 1), D(2020, 11, 3), D(2020, 11, 2), D(2020, 11, 3), NOT_ADOPTED),
    ],
)
def test_what_counts_is_who_objects_when_it_is_taken(
    raised: dt.date | None, lifted: dt.date | None, decided: dt.date | None, at: dt.date, result: str
) -> None:
    """A lift after the time was over, or after the decision, comes too late; a later decision is another taking."""
    told = [Objection(("POL",), raised, {"POL": lifted} if lifted else {})] if raised else []
    assert weigh(LegalDay(at), told, silence_until=UNTIL, decided=decided).result == result


def test_a_state_that_has_left_bars_nothing_that_is_taken_later() -> None:
    """The United States objects in June 2020: it bars a decision of October, and none of December."""
    told = [Objection(("USA",), D(2020, 6, 1))]
    before, after = (
        weigh(LegalDay(D(2021, 1, 1)), told, silence_until=None, decided=day)
        for day in (D(2020, 10, 1), D(2020, 12, 1))
    )
    assert (before.result, before.objecting) == (NOT_ADOPTED, ("USA",))
    assert (after.result, after.without_effect) == (ADOPTED, ("USA",))


def test_an_objection_after_a_decision_is_none_to_its_taking() -> None:
    """It stands among those without effect."""
    found = weigh(
        LegalDay(D(2021, 1, 1)), [Objection(("POL",), D(2020, 12, 2))], silence_until=None, decided=D(2020, 12, 1)
    )
    assert (found.result, found.without_effect) == (ADOPTED, ("POL",))

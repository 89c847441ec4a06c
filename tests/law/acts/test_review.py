"""The annual review: what holds when it agrees, and the two readings when it does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from skywitness.law.acts import practice
from skywitness.law.interpretations import INTERPRETATIONS
from skywitness.law.legal_day import LegalDay
from skywitness.law.review import review_consequences

FAILED = next(one for one in practice().reviews if one.told.id == "review-2018")
AGREED = next(one for one in practice().reviews if one.told.id == "review-2021")


def on(text: str) -> LegalDay:
    """Read a day."""
    return LegalDay(dt.date.fromisoformat(text))


def test_2018_has_two_readings() -> None:
    """No distribution was adopted: last year's stand for Georgia and Russia, or nobody holds any."""
    frozen, nothing = review_consequences(FAILED, on("2018-06-01"))
    readings = [one.finding.reading.interpretations["III.I.7"] for one in (frozen, nothing)]
    assert readings == list(INTERPRETATIONS["III.I.7"]) == ["frozen_for_state", "nothing_adopted"]
    assert frozen.finding.effect is not None
    assert nothing.finding.effect is not None
    assert (frozen.finding.effect.who, frozen.finding.effect.modality) == ("GEO, RUS", "must")
    assert (nothing.finding.effect.who, nothing.finding.effect.modality) == ("observed", "may")
    assert "2017" in str(frozen.finding.why)
    assert "nobody holds an active quota" in str(nothing.finding.why)


@pytest.mark.parametrize(
    ("at", "answers"), [("2017-12-31", 1), ("2018-01-01", 2), ("2018-12-31", 2), ("2019-01-01", 1)]
)
def test_it_is_about_its_calendar_year(at: str, answers: int) -> None:
    """The review was for 2018 and says nothing of other years."""
    found = review_consequences(FAILED, on(at))
    assert len(found) == answers
    assert (found[0].verdict.value == "not_applicable") is (answers == 1)


def test_three_weeks_are_counted_from_its_beginning() -> None:
    """Where the first day of the review is known, the answer says when the three weeks ended."""
    began = replace(FAILED, began=dt.date(2017, 10, 2))
    assert "by 2017-10-23" in str(review_consequences(began, on("2018-06-01"))[0].finding.why)


def test_an_agreed_distribution_holds() -> None:
    """That of 2021 was agreed in October 2020."""
    (answer,) = review_consequences(AGREED, on("2021-06-01"))
    assert answer.verdict.value == "ok"


def test_what_nobody_says_cannot_be_told() -> None:
    """Neither agreed nor failed: the facts are missing, and the answer names which."""
    (answer,) = review_consequences(replace(AGREED, adopted=None), on("2021-06-01"))
    assert answer.verdict.value == "cannot_tell"
    assert answer.finding.needs

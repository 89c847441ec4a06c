"""A Party that does not perform towards another: for whom, of which duty, on which days, by whose claim."""

from __future__ import annotations

import datetime as dt

import pytest

from skywitness.core.finding import Verdict
from skywitness.law.acts import practice
from skywitness.law.legal_day import LegalDay
from skywitness.law.nonperformance import NonPerformance, nonperformance_consequences, performed
from skywitness.law.provisions import provisions

GEORGIA = next(one for one in practice().nonperformance if one.told.id == "geo-towards-rus-2012")
PAUSE = next(one for one in practice().nonperformance if one.told.id == "pause-2020")
DUTY = "OS:III.I.2"


def day(text: str, known: str | None = None) -> LegalDay:
    """Read a day, and what was known."""
    return LegalDay(dt.date.fromisoformat(text), dt.date.fromisoformat(known) if known else None)


@pytest.mark.parametrize(
    ("by", "towards", "at", "expected"),
    [
        ("GEO", "RUS", "2012-04-05", True),
        ("GEO", "RUS", "2012-04-06", False),
        ("GEO", "RUS", "2019-09-12", False),
        # the pair is ordered, and nobody else is meant
        ("RUS", "GEO", "2019-09-12", True),
        ("GEO", "BLR", "2019-09-12", True),
        ("GEO", "DEU", "2019-09-12", True),
        # a group stands for its members
        ("GEO", "BLR-RUS", "2019-09-12", True),
    ],
)
def test_georgia_towards_russia(by: str, towards: str, at: str, expected: bool) -> None:
    """From April 2012 Georgia says that it accepts no flight of Russia: one direction of one pair."""
    assert performed(GEORGIA, by, towards, DUTY, day(at)) is expected


def test_only_the_duty_named_is_suspended() -> None:
    """Sharing data goes on: nobody says otherwise."""
    assert not performed(GEORGIA, "GEO", "RUS", DUTY, day("2015-01-01"))
    assert performed(GEORGIA, "GEO", "RUS", "OS:IX.IV.1", day("2015-01-01"))


def test_what_was_not_known_yet_is_left_out() -> None:
    """Asked with the knowledge of 2011 Georgia performs in 2013."""
    assert performed(GEORGIA, "GEO", "RUS", DUTY, day("2013-01-01", known="2011-01-01"))


def test_both_readings_answer_and_the_text_is_silent() -> None:
    """Accepted, the claim suspends the duty; not accepted, it is a breach; the Treaty has no rule for suspension."""
    answers = nonperformance_consequences(GEORGIA, day("2015-01-01"))
    told = [(one.finding.provision, one.finding.reading.accepted_claims, one.verdict.value) for one in answers]
    assert told == [
        ("OS:III.I.2", ("geo-towards-rus-2012",), "ok"),
        ("OS:III.I.2", (), "breach"),
        ("OS:III.I.1", (), "ok"),  # not to use a right is no breach under any reading
        ("OS:XV.2", (), "cannot_tell"),
    ]
    assert answers[3].silent
    assert all(one.told.claim_of == "GEO" for one in answers)


def test_the_other_side_may_raise_it() -> None:
    """Under the reading that sees a breach, Russia may bring it before the Commission; both sides are heard."""
    answers = nonperformance_consequences(GEORGIA, day("2015-01-01"))
    breach = next(one.finding for one in answers if one.verdict is Verdict.BREACH)
    assert breach.effect is not None
    assert (breach.effect.who, breach.effect.modality) == ("RUS", "may")
    assert "obliged to accept" in str(breach.why)
    assert "Abkhazia" in str(answers[0].finding.why)


@pytest.mark.parametrize("at", ["2021-12-18", "2024-01-01"])
def test_nothing_is_owed_to_a_state_that_left(at: str) -> None:
    """From the day Russia is no Party the question is gone."""
    answers = nonperformance_consequences(GEORGIA, day(at))
    assert {one.verdict for one in answers} == {Verdict.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("at", "verdict"), [("2020-05-31", "not_applicable"), ("2020-06-01", "ok"), ("2020-08-01", "not_applicable")]
)
def test_an_agreed_pause_is_no_breach(at: str, verdict: str) -> None:
    """In the summer of 2020 all agreed not to fly; only the days of which the source is sure are stored."""
    (answer,) = nonperformance_consequences(PAUSE, day(at))
    assert (answer.verdict.value, answer.silent) == (verdict, False)


@pytest.mark.parametrize("kind", ["duty", "right", "prohibition", "power", "none"])
def test_only_duties_and_prohibitions_can_be_broken(kind: str) -> None:
    """A right that is not used, or a definition, breaks nothing."""
    row = next(one for one in provisions() if one.modality == kind)
    fact = NonPerformance(GEORGIA.told, ("GEO",), ("RUS",), (row.id,), dt.date(2012, 4, 6))
    found = {
        one.verdict for one in nonperformance_consequences(fact, day("2015-01-01")) if one.finding.provision == row.id
    }
    assert (Verdict.BREACH in found) is (kind in ("duty", "prohibition"))

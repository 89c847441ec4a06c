"""False alarms, what a result means, unknown numbers: against brute force over everything that can happen."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.sampling.caveats import caveats
from skywitness.sampling.meaning import after_clean, alarms, case_chances, meaning, smallest_noticed
from skywitness.sampling.model import Defects, Question, Weighted

TWO = Defects((Weighted(1, Fraction(1, 4)), Weighted(3, Fraction(3, 4))))


def outcomes(question: Question, sample: int, defects: int) -> tuple[Fraction, Fraction, Fraction]:
    """Walk every sample of one round: chance of no alarm at all, expected true alarms, expected false ones."""
    drawn = list(itertools.combinations(range(question.items), sample))
    quiet = true = false = Fraction(0)
    for one in drawn:
        bad = sum(item < defects for item in one)
        clean = sample - bad
        quiet += (1 - question.recognition) ** bad * (1 - question.false_alarm) ** clean
        true += bad * question.recognition
        false += clean * question.false_alarm
    return quiet / len(drawn), true / len(drawn), false / len(drawn)


@st.composite
def questions(pick: Any) -> tuple[Question, int]:
    """Make a small question with alarms and a prior chance, and a sample."""
    items = pick(st.integers(3, 7))
    question = Question(
        items,
        TWO,
        recognition=pick(st.sampled_from([Fraction(1), Fraction(4, 5), Fraction(1, 10)])),
        false_alarm=pick(st.sampled_from([Fraction(0), Fraction(1, 20), Fraction(1, 2)])),
        rounds=pick(st.integers(1, 3)),
        prior=pick(st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(1, 2), Fraction(1)])),
    )
    return question, pick(st.integers(0, items))


@given(questions())
def test_meaning_is_bayes_over_everything_that_can_happen(given_: tuple[Question, int]) -> None:
    """What alarms and their absence say equals the rule applied to a full walk."""
    question, sample = given_
    prior, rounds = question.prior or Fraction(0), question.rounds
    quiet = true = Fraction(0)
    false = (1 - prior) * rounds * outcomes(question, sample, 0)[2]
    for case in TWO.cases:
        silent, good, bad = outcomes(question, sample, case.defects)
        quiet += case.share * silent**rounds
        true += prior * case.share * rounds * good
        false += prior * case.share * rounds * bad
    clean = outcomes(question, sample, 0)[0] ** rounds
    told = meaning(question, sample)
    assert told is not None
    for met, there, none in (
        (told.after_alarm, prior * (1 - quiet), (1 - prior) * (1 - clean)),
        (told.after_none, prior * quiet, (1 - prior) * clean),
        (told.true_share, true, false),
    ):
        if there + none == 0:
            assert met is None
        else:
            assert met == pytest.approx(float(there / (there + none)), abs=1e-9)
    counted = alarms(question, sample)
    assert counted.any_when_clean == pytest.approx(float(1 - clean), abs=1e-12)
    assert counted.expected_when_clean == pytest.approx(float(rounds * outcomes(question, sample, 0)[2]), abs=1e-12)


def test_rare_false_alarms_keep_their_digits() -> None:
    """A chance of one in a billion per item is not lost in rounding."""
    question = Question(100, TWO, false_alarm=Fraction(1, 10**9), prior=Fraction(1, 2))
    assert alarms(question, 10).any_when_clean == pytest.approx(1e-8, rel=1e-6)


def test_without_a_prior_chance_nothing_is_said_of_what_results_mean() -> None:
    """The chance before is never made up."""
    assert meaning(Question(100, TWO, false_alarm=Fraction(1, 10)), 10) is None


def test_shares_after_nothing_was_noticed() -> None:
    """Small numbers of false items grow likelier, shares sum to one, as Bayes' rule has it."""
    question = Question(10, TWO)
    left = after_clean(question, 5)
    missed = [1 - found.found for _, found in case_chances(question, 5)]
    assert missed == [pytest.approx(1 / 2), pytest.approx(1 / 12)]
    weights = [0.25 * missed[0], 0.75 * missed[1]]
    assert [float(one.share) for one in left] == [pytest.approx(weight / sum(weights)) for weight in weights]


def test_shares_of_chances_too_small_for_a_number() -> None:
    """A thousand rounds leave chances below 10**-308; the fewest is a quarter of a million times likelier all the same.

    With one item in a hundred drawn of a hundred, k false ones are missed with 1 - k/100 a round.
    """
    cases = Defects((Weighted(60, Fraction(1, 2)), Weighted(61, Fraction(1, 2))))
    few, more = after_clean(Question(100, cases, rounds=1000), 1)
    assert float(more.share / few.share) == pytest.approx(float(Fraction(39, 40) ** 1000), rel=1e-9)
    certain = after_clean(Question(100, cases), 100)
    assert [one.share for one in certain] == [Fraction(1, 2)] * 2


def test_hours_of_notice_are_those_of_the_law() -> None:
    """The sentence shows what the stored law has, and how sure it is of it."""
    (moved,) = [one for one in caveats(Question(10, TWO)) if one.id == "moved_after_notice"]
    assert [(one.key, one.value, one.unit, one.status) for one in moved.values] == [
        ("notice_of_inspection", 36, "h", "text"),
        ("inspection_notice", 16, "h", "reported"),
        ("delivery", 9, "h", "reported"),
    ]
    assert all(f"{one.value} " in str(moved.text) for one in moved.values)


@pytest.mark.parametrize(
    ("sample", "told"), [(12, [1, 4, 10, 12]), (60, [1, 1, 1, 1]), (0, [None] * 4), (30, [1, 1, 4, 5])]
)
def test_smallest_number_that_is_noticed(sample: int, told: list[int | None]) -> None:
    """The smallest number is enough and one less is not; a draw of nothing notices nothing."""
    question = Question(60, TWO)
    found = smallest_noticed(question, sample)
    assert [one.defects for one in found] == told
    for one in (one for one in found if one.defects and one.defects > 1):
        assert one.defects is not None
        less = replace(question, defects=Defects((Weighted(one.defects - 1, Fraction(1)),)))
        assert case_chances(less, sample)[0][1].found < one.wanted


def test_caveats_are_never_left_out() -> None:
    """The four of every figure, and those of recognition and rounds where they matter."""
    always = ["not_random", "moved_after_notice", "false_alarms", "defects_assumed"]
    assert [one.id for one in caveats(Question(10, TWO))] == always
    more = Question(10, TWO, recognition=Fraction(1, 2), false_alarm=Fraction(1, 10), rounds=2)
    assert [one.id for one in caveats(more)] == [*always, "recognition_independent", "rounds"]
    assert "0.1" in str(caveats(more)[2].text)

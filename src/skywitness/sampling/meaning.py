"""What a result means: how often a clean site raises an alarm, and what an alarm, or none, says of the prior chance."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from skywitness.sampling.chance import Chance, chance, missed_at_most
from skywitness.sampling.hypergeometric import miss_log
from skywitness.sampling.model import Question, Weighted
from skywitness.sampling.sizes import parts_of

LEVELS: Final = (Fraction("0.2"), Fraction("0.5"), Fraction("0.9"), Fraction("0.95"))
"""Chances for which ``smallest_noticed`` is told: the levels of accountancy planning, and two beside them."""


@dataclass(frozen=True, slots=True)
class Alarms:
    """What alarms of clean items do to a sample, over all rounds.

    ``expected_when_clean``, ``expected``: false alarms to be expected when no item is false, and when as many are as
    asked about (weighed by their shares).  ``any_when_clean``: chance of at least one false alarm when none is false.
    """

    expected_when_clean: float
    expected: float
    any_when_clean: float


@dataclass(frozen=True, slots=True)
class Meaning:
    """What results say of the stated prior chance that there are false items.

    ``after_alarm``: that chance after at least one alarm; ``None`` where no alarm is possible.  ``after_none``: after a
    result without any alarm; ``None`` where that result is impossible.  ``true_share``: share of single alarms that
    come from false items; ``None`` where no alarm is possible.
    """

    prior: float
    after_alarm: float | None
    after_none: float | None
    true_share: float | None


@dataclass(frozen=True, slots=True)
class Smallest:
    """The smallest number of false items that a sample notices with a chance; ``None``: not even all of them."""

    wanted: Fraction
    defects: int | None


def alarms(question: Question, sample: int) -> Alarms:
    """Count the alarms of clean items."""
    drawn = question.drawn_in_all(sample)
    rate = float(question.false_alarm)
    clean_share = float(1 - _false_share(question))
    return Alarms(drawn * rate, drawn * clean_share * rate, -math.expm1(drawn * math.log1p(-rate)))


def meaning(question: Question, sample: int) -> Meaning | None:
    """Weigh an alarm, and a result without any, by Bayes' rule; ``None`` where no prior chance is given."""
    if question.prior is None:
        return None
    prior, drawn = float(question.prior), question.drawn_in_all(sample)
    logs = [(float(one.share), _quiet_log(question, sample, one)) for one in question.defects.cases]
    quiet, loud = math.fsum(w * math.exp(log) for w, log in logs), math.fsum(-w * math.expm1(log) for w, log in logs)
    clean_log = drawn * math.log1p(-float(question.false_alarm))
    true = prior * drawn * float(_false_share(question) * question.recognition)
    untrue = float(question.false_alarm) * drawn * (1.0 - prior * float(_false_share(question)))
    return Meaning(
        prior,
        _ratio(prior * loud, (1.0 - prior) * -math.expm1(clean_log)),
        _ratio(prior * quiet, (1.0 - prior) * math.exp(clean_log)),
        _ratio(true, untrue),
    )


def _quiet_log(question: Question, sample: int, case: Weighted) -> float:
    """Return the logarithm of the chance of no alarm at all, true or false, when so many items are false.

    A draw of n items with x false ones stays quiet with (1-q)**n ((1-s)/(1-q))**x.
    """
    (part,) = parts_of(question, sample, (case,))
    quiet = 1 - question.false_alarm
    draw = replace(part.draw, factor=part.draw.factor / quiet)
    return part.rounds * (miss_log(draw)[0] + draw.drawn * math.log(quiet))


def smallest_noticed(question: Question, sample: int) -> tuple[Smallest, ...]:
    """Find for each level the smallest number of false items that the sample notices with that chance."""
    return tuple(Smallest(level, _smallest(question, sample, level)) for level in LEVELS)


def after_clean(question: Question, sample: int) -> tuple[Weighted, ...]:
    """Return how the shares of an unknown number stand after a result in which nothing was noticed."""
    parts = [part for one in question.defects.cases for part in parts_of(question, sample, (one,))]
    logs = [part.rounds * miss_log(part.draw)[0] for part in parts]  # chances themselves may be too small for 53 bits
    most = max(logs)
    if most == -math.inf:
        return question.defects.cases
    missed = [part.weight * Fraction(math.exp(log - most)) for part, log in zip(parts, logs, strict=True)]
    whole = sum(missed, Fraction(0))
    pairs = zip(question.defects.cases, missed, strict=True)
    return tuple(Weighted(one.defects, part / whole) for one, part in pairs)


def case_chances(question: Question, sample: int) -> tuple[tuple[Weighted, Chance], ...]:
    """Return the chance of noticing something for each number of false items asked about."""
    alone = [(one, Weighted(one.defects, Fraction(1))) for one in question.defects.cases]
    return tuple((one, chance(parts_of(question, sample, (case,)))) for one, case in alone)


def _smallest(question: Question, sample: int, wanted: Fraction) -> int | None:
    """Halve the range: the more items are false, the likelier one is noticed."""
    low, high = 1, question.items
    if not _reaches(question, sample, high, wanted):
        return None
    while low < high:
        middle = (low + high) // 2
        if _reaches(question, sample, middle, wanted):
            high = middle
        else:
            low = middle + 1
    return high


def _reaches(question: Question, sample: int, defects: int, wanted: Fraction) -> bool:
    return missed_at_most(parts_of(question, sample, (Weighted(defects, Fraction(1)),)), 1 - wanted)


def _false_share(question: Question) -> Fraction:
    """Return the expected share of false items where there are any."""
    return sum((one.share * one.defects for one in question.defects.cases), Fraction(0)) / question.items


def _ratio(wanted: float, other: float) -> float | None:
    return wanted / (wanted + other) if wanted + other > 0.0 else None

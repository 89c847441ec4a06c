"""How many items have to be drawn: exactly, by the planning formula of the IAEA, and by a closer approximation."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from skywitness.core.text import say
from skywitness.sampling.chance import Part, chance, missed_at_most, power_at_most
from skywitness.sampling.hypergeometric import Draw
from skywitness.sampling.model import Enough, Infeasible, Question, Size, Sizes, Weighted


def parts_of(question: Question, sample: int, cases: tuple[Weighted, ...]) -> tuple[Part, ...]:
    """Set up what is drawn in each case when ``sample`` items are drawn per round."""
    drawn = sample if question.fresh else question.drawn_in_all(sample)
    rounds = question.rounds if question.fresh else 1
    factor = 1 - question.recognition
    return tuple(Part(one.share, Draw(question.items, one.defects, drawn, factor), rounds) for one in cases)


def worst(question: Question) -> tuple[Weighted, ...]:
    """Return the case that is hardest to notice, alone: the fewest false items."""
    return (Weighted(question.defects.fewest, Fraction(1)),)


def sizes(question: Question, wanted: Fraction) -> Sizes:
    """Find the sizes that notice something with the chance ``wanted``, in the worst case and on average.

    The exact size is the smallest: the chance grows with the sample, so halving finds it, and each comparison is exact.
    """
    cases = question.defects.cases
    return Sizes(
        exact=exact_size(question, wanted, worst(question)),
        planning=planning_size(question, wanted),
        closer=closer_size(question, wanted) if question.recognition == 1 else None,
        average=None if question.defects.known else exact_size(question, wanted, cases),
    )


def exact_size(question: Question, wanted: Fraction, cases: tuple[Weighted, ...]) -> Size:
    """Find the smallest sample that reaches ``wanted`` (digest of methods: exact hypergeometric detection)."""

    def reaches(sample: int) -> bool:
        return missed_at_most(parts_of(question, sample, cases), 1 - wanted)

    most = question.most_per_round
    if not reaches(most):
        return _infeasible(question, cases)
    return _enough(question, _smallest(reaches, most), cases)


def planning_size(question: Question, wanted: Fraction) -> Size:
    """Find the planning size of the IAEA, n = N/s (1 - b**(1/D)) rounded up, with b = 1 - ``wanted``.

    Compared without roots: n suffices where (1 - n s / N)**D <= b.  In k fresh rounds the power is k D.
    """
    recognition = question.recognition
    return _by_power(question, wanted, Fraction(question.items), recognition)


def closer_size(question: Question, wanted: Fraction) -> Size:
    """Find the closer approximation (Cannon and Roe), n = (N - (D-1)/2) (1 - b**(1/D)) rounded up.

    It is made for perfect recognition only.
    """
    base = question.items - Fraction(question.defects.fewest - 1, 2)
    return _by_power(question, wanted, base, Fraction(1))


def _by_power(question: Question, wanted: Fraction, base: Fraction, recognition: Fraction) -> Size:
    exponent = question.defects.fewest * (question.rounds if question.fresh else 1)

    def reaches(sample: int) -> bool:
        drawn = sample if question.fresh else question.drawn_in_all(sample)
        return power_at_most(1 - drawn * recognition / base, exponent, 1 - wanted)

    most = question.most_per_round
    cases = worst(question)
    if not reaches(most):
        return _infeasible(question, cases)
    return _enough(question, _smallest(reaches, most), cases)


def _smallest(reaches: Callable[[int], bool], most: int) -> int:
    """Halve the range: ``reaches`` holds for ``most`` and for all above the first it holds for."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        if reaches(middle):
            high = middle
        else:
            low = middle + 1
    return high


def _enough(question: Question, sample: int, cases: tuple[Weighted, ...]) -> Enough:
    return Enough(sample, chance(parts_of(question, sample, cases)))


def _infeasible(question: Question, cases: tuple[Weighted, ...]) -> Infeasible:
    best = chance(parts_of(question, question.most_per_round, cases))
    why = say(
        "Even when all {items:,} items are drawn in every round, a false one is overlooked too often; look better, or "
        "draw in more rounds.",
        items=question.items,
    )
    if not question.fresh:
        why = say(
            "Even when each of the {items:,} items is drawn once, a false one is overlooked too often; look better, or "
            "let rounds draw items again.",
            items=question.items,
        )
    return Infeasible(question.most_per_round, best, why)

"""Sizes of samples against published tables, brute force and the laws that they have to keep."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.sampling.chance import chance
from skywitness.sampling.curves import curves, samples
from skywitness.sampling.model import Defects, Enough, Infeasible, Question, Size, Weighted
from skywitness.sampling.sizes import parts_of, sizes, worst


def asked(items: int, defects: int, recognition: str = "1", rounds: int = 1, fresh: bool = True) -> Question:
    """Ask about one number of false items."""
    return Question(items, known(defects), Fraction(recognition), rounds=rounds, fresh=fresh)


def known(defects: int) -> Defects:
    """Make a known number of false items."""
    return Defects((Weighted(defects, Fraction(1)),))


def n(size: Size | None) -> int | None:
    """Give the size, or ``None`` where there is none."""
    return size.sample if isinstance(size, Enough) else None


def found(question: Question, sample: int) -> float:
    """Give the chance in the worst case."""
    return chance(parts_of(question, sample, worst(question))).found


PUBLISHED = [
    *(
        ("0.95", items, items // 100, "1", n_)
        for items, n_ in ((100, 95), (200, 156), (500, 226), (1000, 259), (10000, 296))
    ),
    *((p, 100, 5, "1", n_) for p, n_ in (("0.5", 13), ("0.8", 28), ("0.9", 37), ("0.95", 46))),
    *(("0.95", 80, d, "1", n_) for d, n_ in ((1, 76), (2, 63), (5, 37), (10, 21))),
    *(("0.95", 80, d, "0.8", n_) for d, n_ in ((1, None), (2, 78), (5, 46), (10, 26))),
    ("0.95", 100, 1, "0.95", 100),
]
"""Output printed in the documentation of the R package RSurveillance 0.2.1, function n.hypergeo."""


@pytest.mark.parametrize(("wanted", "items", "defects", "recognition", "published"), PUBLISHED)
def test_planning_size_as_published(
    wanted: str, items: int, defects: int, recognition: str, published: int | None
) -> None:
    """The planning formula gives what another program printed, and what it has as not possible is not possible."""
    told = sizes(asked(items, defects, recognition), Fraction(wanted))
    assert n(told.planning) == published
    assert isinstance(told.planning, Infeasible) == (published is None)


EXACT = [
    *(
        ("0.95", items, items // 100, n_)
        for items, n_ in ((100, 95), (200, 155), (500, 225), (1000, 258), (10000, 294))
    ),
    *((p, 100, 5, n_) for p, n_ in (("0.5", 13), ("0.8", 27), ("0.9", 37), ("0.95", 45))),
    *(("0.95", 80, d, n_) for d, n_ in ((1, 76), (2, 62), (5, 36), (10, 20))),
    ("0.9", 10, 1, 9),
]
TABLE = {
    (60, 1): (12, 30, 54, 57),
    (60, 2): (7, 18, 41, 47),
    (60, 5): (3, 8, 22, 27),
    (100, 1): (20, 50, 90, 95),
    (100, 2): (11, 30, 69, 78),
    (100, 5): (5, 13, 37, 45),
    (100, 10): (3, 7, 20, 25),
    (300, 5): (14, 39, 110, 135),
}
EXACT += [
    (p, items, defects, n_)
    for (items, defects), row in TABLE.items()
    for p, n_ in zip(("0.2", "0.5", "0.9", "0.95"), row, strict=True)
]


@pytest.mark.parametrize(("wanted", "items", "defects", "smallest"), EXACT)
def test_exact_sizes_as_tabled(wanted: str, items: int, defects: int, smallest: int) -> None:
    """Exact smallest sizes computed by others for this project, each with the one below that is not enough."""
    question = asked(items, defects)
    assert n(sizes(question, Fraction(wanted)).exact) == smallest
    assert found(question, smallest - 1) < float(wanted) <= found(question, smallest)


DETECTION = {
    (60, 12): (0.200, 0.363, 0.686, 0.913),
    (60, 6): (0.100, 0.192, 0.421, 0.683),
    (60, 9): (0.150, 0.280, 0.570, 0.831),
    (100, 20): (0.200, 0.362, 0.681, 0.905),
    (100, 10): (0.100, 0.191, 0.416, 0.670),
    (100, 15): (0.150, 0.279, 0.564, 0.819),
    (400, 60): (0.150, 0.278, 0.558, 0.807),
}


@pytest.mark.parametrize(("items", "sample"), DETECTION)
def test_detection_with_quotas_as_tabled(items: int, sample: int) -> None:
    """One round with quotas of 10, 15 and 20 per cent."""
    for defects, told in zip((1, 2, 5, 10), DETECTION[items, sample], strict=True):
        assert found(asked(items, defects), sample) == pytest.approx(told, abs=5.01e-4)


@pytest.mark.parametrize(
    ("defects", "years"),
    [
        (1, {1: 0.150, 2: 0.278, 3: 0.386, 5: 0.556}),
        (2, {1: 0.279, 2: 0.480, 3: 0.625, 5: 0.805}),
        (5, {1: 0.564, 2: 0.810, 3: 0.917, 5: 0.984}),
    ],
)
def test_residual_years_as_tabled(defects: int, years: dict[int, float]) -> None:
    """Fresh choices year after year, 15 of 100."""
    for rounds, told in years.items():
        assert found(asked(100, defects, rounds=rounds), 15) == pytest.approx(told, abs=5.01e-4)


@st.composite
def questions(pick: Any, most: int = 300) -> Question:
    """Make a question."""
    items = pick(st.integers(1, most))
    recognition = pick(st.sampled_from(["1", "0.9", "0.5", "0.05"]))
    rounds, fresh = pick(st.integers(1, 4)), pick(st.booleans())
    return asked(items, pick(st.integers(1, items)), recognition, rounds, fresh)


WANTED = st.sampled_from([Fraction(p) for p in ("0.01", "0.2", "0.5", "0.9", "0.95", "0.999")])


@given(questions(), WANTED)
def test_the_exact_size_is_the_smallest(question: Question, wanted: Fraction) -> None:
    """It is enough and one less is not; the formulas are never smaller, and agree on what is possible."""
    told = sizes(question, wanted)
    exact = n(told.exact)
    assert (exact is None) == isinstance(told.planning, Infeasible)
    if exact is None:
        most = question.items if question.fresh else -(-question.items // question.rounds)
        assert found(question, most) < wanted
        return
    planning = n(told.planning)
    assert planning is not None
    assert exact <= planning
    assert found(question, exact) >= wanted - Fraction(1, 10**12)
    assert exact == 0 or found(question, exact - 1) < wanted


@given(questions(), st.data())
def test_the_chance_grows(question: Question, data: st.DataObject) -> None:
    """More drawn, more false, better recognised, more rounds: never a smaller chance."""
    items, defects = question.items, question.defects.fewest
    sample = data.draw(st.integers(0, items))
    here = found(question, sample)
    if sample < items:
        assert found(question, sample + 1) >= here - 1e-12
    if defects < items:
        more = asked(items, defects + 1, str(question.recognition), question.rounds, question.fresh)
        assert found(more, sample) >= here - 1e-12
    assert found(asked(items, defects, "1", question.rounds, question.fresh), sample) >= here - 1e-12
    assert (
        found(asked(items, defects, str(question.recognition), question.rounds + 1, question.fresh), sample)
        >= here - 1e-12
    )


@given(questions(), st.data())
def test_never_twice_is_no_worse_than_afresh(question: Question, data: st.DataObject) -> None:
    """With perfect recognition, visiting no item twice notices at least as often as drawing anew."""
    sample = data.draw(st.integers(0, question.items))
    one = asked(question.items, question.defects.fewest, "1", question.rounds, fresh=False)
    other = asked(question.items, question.defects.fewest, "1", question.rounds, fresh=True)
    assert found(one, sample) >= found(other, sample) - 1e-12


@pytest.mark.parametrize(("items", "defects", "sample", "rounds"), [(6, 2, 2, 2), (5, 1, 3, 2), (4, 2, 1, 3)])
def test_fresh_rounds_by_brute_force(items: int, defects: int, sample: int, rounds: int) -> None:
    """Every sequence of samples is walked."""
    drawn = list(itertools.combinations(range(items), sample))
    missed = sum(all(min(one) >= defects for one in way) for way in itertools.product(drawn, repeat=rounds))
    assert found(asked(items, defects, rounds=rounds), sample) == pytest.approx(1 - missed / len(drawn) ** rounds)


@pytest.mark.parametrize(
    ("wanted", "off", "closer_off"), [("0.2", 1, 1), ("0.5", 1, 1), ("0.9", 2, 1), ("0.95", 3, 1), ("0.99", 4, 2)]
)
def test_how_far_the_formulas_are_off(wanted: str, off: int, closer_off: int) -> None:
    """Both formulas are never below the exact size and above it by no more than the docs say (docs/sampling.md)."""
    for items in range(1, 46):
        for defects in range(1, items + 1):
            told = sizes(asked(items, defects), Fraction(wanted))
            exact, planning, closer = n(told.exact), n(told.planning), n(told.closer)
            assert exact is not None
            assert planning is not None
            assert closer is not None
            assert 0 <= planning - exact <= off
            assert 0 <= closer - exact <= closer_off


def test_a_million_items() -> None:
    """Large numbers are exact too: the one below is not enough, by whole numbers."""
    for defects, smallest in ((1, 950_000), (10, 258_865), (1_000, 2_990), (500_000, 5)):
        question = asked(1_000_000, defects)
        assert n(sizes(question, Fraction("0.95")).exact) == smallest
        assert found(question, smallest - 1) < 0.95 <= found(question, smallest)


def test_closer_approximation_only_for_perfect_recognition() -> None:
    """Where recognition is imperfect it is not made up."""
    assert sizes(asked(100, 5, "0.8"), Fraction("0.9")).closer is None


def test_unknown_number_average_is_no_more_than_the_worst_case() -> None:
    """The size for the fewest false items is enough for all; on average fewer are."""
    question = Question(100, Defects(tuple(Weighted(one, Fraction(1, 10)) for one in range(1, 11))))
    told = sizes(question, Fraction("0.9"))
    exact, average = n(told.exact), n(told.average)
    assert exact == 90
    assert average is not None
    cases = question.defects.cases
    assert average < exact
    assert (
        chance(parts_of(question, average, cases)).found >= 0.9 > chance(parts_of(question, average - 1, cases)).found
    )


def test_curves_have_both_ends_and_grow() -> None:
    """A curve begins at nothing, ends at all items, and never falls; large ones are thinned."""
    question = Question(100_000, Defects((Weighted(3, Fraction(1, 2)), Weighted(50, Fraction(1, 2)))))
    drawn = samples(question)
    assert (drawn[:4], drawn[-1]) == ((0, 1, 2, 3), 100_000)
    assert 300 < len(drawn) <= 402
    assert samples(asked(50, 1)) == tuple(range(51))
    for one in curves(question, [Fraction("0.9")]):
        told = [point.chance.found for point in one.points]
        assert told == sorted(told)
        assert (told[0], told[-1]) == (0.0, 1.0)
        (mark,) = one.marks
        assert n(mark.size) == n(sizes(asked(100_000, one.defects), Fraction("0.9")).exact)

"""Joint planning at its edges: sites that run out, shares that are rounded, chances that are equal by a hair."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.sampling.mix.chances import Chances, Compared
from skywitness.sampling.mix.model import EVERYWHERE, Kind, Pool, Problem, Region, Sight, Target
from skywitness.sampling.mix.search import solve

ONE = Fraction(1)
UNEXPECTED = Target("build-up", Fraction(30), None, Fraction(300))


def kind(name: str, sees: dict[str, int], clear: Fraction = ONE, **more: object) -> Kind:
    """Make a kind of observation that visits no site twice unless told."""
    plain: dict[str, object] = {
        "most": 12,
        "cost": ONE,
        "recognition": ONE,
        "moved": Fraction(0),
        "notice_days": Fraction(0),
        "report_days": Fraction(0),
        "gap_days": Fraction(0),
        "fresh": False,
    }
    sights = tuple(Sight(region, sites, clear) for region, sites in sees.items())
    return Kind(id=name, title=name, sees=sights, **{**plain, **more})  # type: ignore[arg-type]


def problem(*kinds: Kind, **more: object) -> Problem:
    """Make a problem of six sites in two regions, two of them affected."""
    plain: dict[str, object] = {
        "title": "",
        "regions": (Region("a", 4), Region("b", 2)),
        "affected": 2,
        "placement": "random",
        "wanted": Fraction("0.99"),
        "within_days": Fraction(30),
        "target": Target("holding"),
    }
    return Problem(kinds=kinds, **{**plain, **more})  # type: ignore[arg-type]


def test_sites_under_clouds_are_not_planned_again() -> None:
    """Each of two sites is visited once under half the skies: no number of observations makes that more than half."""
    asked = problem(kind("x", {EVERYWHERE: 1}, Fraction(1, 2)), regions=(Region("s", 2),), affected=1)
    found = solve(asked)
    assert found.cheapest is None
    assert (found.best.found, found.best.counts) == (0.5, (2,))
    assert [(one.most, one.by) for one in found.limits] == [(2, "sites")]
    assert found.needs[0].count is None


def test_a_yearly_programme_does_not_see_its_sites_twice() -> None:
    """One visit sees all six sites; more would add nothing, and a build-up of a tenth of the year meets it so often."""
    found = solve(problem(kind("x", {EVERYWHERE: 6}), target=UNEXPECTED))
    assert (found.best.found, found.best.counts) == (0.1, (1,))
    both = solve(problem(kind("x", {"a": 1, "b": 1}), target=UNEXPECTED))
    assert [(one.most, one.by) for one in both.limits] == [(2, "sites")]  # b has two sites


@pytest.mark.parametrize(("up", "left"), [(False, 2), (True, 3)])
def test_half_of_an_odd_quota(up: bool, left: int) -> None:
    """Half of five a year is two, or three where a part counts as one; what was flown before is taken off."""
    assert Pool("q", 5, 5, Fraction(1, 2), rounded_up=up).left_for("P") == left
    assert Pool("q", 4, 5, Fraction(1, 2), (("P", 1),), rounded_up=up).left_for("P") == left - 1
    assert Pool("q", 6, 6, Fraction(1, 2), rounded_up=up).left_for("P") == 3


def test_kinds_that_add_nothing_are_set_aside() -> None:
    """Where a host always empties the site, no more of a kind is compared; a chance missed by a hair is not reached."""
    useful = kind("f", {EVERYWHERE: 6}, Fraction(1, 2), fresh=True, most=2)
    useless = [kind(f"u{cost}", {"a": 1}, fresh=True, most=300, moved=ONE, cost=Fraction(cost)) for cost in (1, 3, 7)]
    asked = problem(useful, *useless, wanted=Fraction(3, 4) + Fraction(1, 10**13))
    found = solve(asked)
    assert found.cheapest is None
    assert found.looked_at == 3
    reached = solve(problem(useful, *useless, wanted=Fraction(3, 4))).cheapest
    assert reached is not None
    assert reached.counts == (2, 0, 0, 0)


KINDS = st.builds(
    lambda sees, clear, fresh, recognition: kind("k", sees, clear, fresh=fresh, recognition=recognition),
    st.sampled_from([{"a": 1}, {"b": 2}, {"a": 2, "b": 1}, {EVERYWHERE: 1}, {EVERYWHERE: 4}]),
    st.sampled_from([Fraction(1, 3), Fraction(1, 2), ONE]),
    st.booleans(),
    st.sampled_from([Fraction(1, 7), ONE]),
)


@given(
    st.lists(st.tuples(KINDS, st.integers(0, 5)), min_size=1, max_size=3),
    st.sampled_from(["random", "worst"]),
    st.sampled_from([Target("holding"), UNEXPECTED]),
)
@settings(max_examples=60)
def test_sixty_digits_and_fractions_agree(chosen: list[tuple[Kind, int]], placement: str, target: Target) -> None:
    """A limit that is met exactly is kept, one lower by any hair is not; decimals are the fractions to 48 digits."""
    asked = problem(*(one for one, _ in chosen), placement=placement, target=target)
    counts = tuple(count if one.fresh else min(count, 1) for one, count in chosen)
    exact, compared = Chances(asked, Fraction).missed(counts), Compared(asked)
    assert compared.at_most(counts, exact)
    assert not compared.at_most(counts, exact - Fraction(1, 10**90))
    near = Fraction(compared.near.missed(counts))
    assert math.isclose(near, exact, rel_tol=1e-15)
    assert abs(near - exact) <= exact / 10**48

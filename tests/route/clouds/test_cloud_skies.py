"""Skies drawn from chances: their chances hold, they hang together as said, and their figures are right."""

from __future__ import annotations

import itertools
import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core import geodesy
from skywitness.route.clouds import field
from skywitness.route.clouds.asked import Clouds
from skywitness.route.clouds.field import EARTH_KM, Places, draw_skies
from skywitness.route.clouds.figures import figures, worst_weights
from skywitness.route.clouds.skies import JUDGED_BY, PLANNED_FOR, to_judge_by, to_plan_for
from skywitness.route.model import Site

COUNT = 20_000
FOUR_SIGMA = 4.0 * math.sqrt(0.25 / COUNT)


def places(chances: list[float], gap_deg: float = 2.0) -> Places:
    """Put sites in a row along the parallel of 55 degrees."""
    lons = 30.0 + gap_deg * np.arange(len(chances), dtype=np.float64)
    return Places(lons, np.full(len(chances), 55.0), np.array(chances))


def both_clear(one: float, other: float, correlation: float, steps: int = 4000) -> float:
    """The chance that two correlated normal numbers both lie below their quantiles, by Plackett's identity.

    The derivative by the correlation is the density of the two at the quantiles; independent numbers are where it
    begins (R. L. Plackett, Biometrika 41, 1954).
    """
    h, k = NormalDist().inv_cdf(one), NormalDist().inv_cdf(other)
    at = (np.arange(steps) + 0.5) * correlation / steps
    density = np.exp(-(h * h - 2.0 * at * h * k + k * k) / (2.0 * (1.0 - at**2))) / (2.0 * np.pi * np.sqrt(1.0 - at**2))
    return one * other + float(density.sum()) * correlation / steps


def test_plackett_agrees_with_sheppard() -> None:
    """The outside truth itself: for even chances it is a quarter and the arcsine of the correlation."""
    for correlation in (0.1, 0.5, 0.9):
        sheppard = 0.25 + math.asin(correlation) / (2.0 * math.pi)
        assert both_clear(0.5, 0.5, correlation) == pytest.approx(sheppard, abs=1e-6)


@pytest.mark.parametrize("length_km", [0.0, 50.0, 400.0, 5000.0, math.inf])
def test_chances_hold_whatever_the_length(length_km: float) -> None:
    """Each site is clear as often as it should be; a chance of 0 never, of 1 always."""
    wanted = [0.0, 0.03, 0.3, 0.5, 0.9, 1.0]
    clear = draw_skies(places(wanted), length_km, COUNT, 5)
    assert np.abs(clear.mean(axis=0) - wanted).max() < FOUR_SIGMA
    assert not clear[:, 0].any()
    assert clear[:, -1].all()


@pytest.mark.parametrize(("length_km", "chances"), [(100.0, (0.5, 0.5)), (400.0, (0.3, 0.8)), (2000.0, (0.7, 0.6))])
def test_two_sites_are_clear_together_as_often_as_the_normal_law_says(
    length_km: float, chances: tuple[float, float]
) -> None:
    """The share of skies clear over both is that of two normal numbers correlated as exp(-distance / length)."""
    row = places(list(chances))
    vectors = geodesy.unit_vectors(row.lons_deg, row.lats_deg)
    away_km = EARTH_KM * math.acos(float(vectors[0] @ vectors[1]))
    clear = draw_skies(row, length_km, COUNT, 11)
    wanted = both_clear(*chances, math.exp(-away_km / length_km))
    assert abs(float(clear.all(axis=1).mean()) - wanted) < FOUR_SIGMA


def test_many_sites_through_some(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where some sites stand for the others, chances still hold, and neighbours still share their weather."""
    rng = np.random.default_rng(3)
    many = Places(rng.uniform(30, 34, 150), rng.uniform(54, 56, 150), rng.choice([0.2, 0.5, 0.9], 150))
    whole = draw_skies(many, 400.0, 4000, 1)
    monkeypatch.setattr(field, "MOST_WHOLE", 100)
    monkeypatch.setattr(field, "SOME", 60)
    clear = draw_skies(many, 400.0, 4000, 1)
    assert np.abs(clear.mean(axis=0) - many.p_clear).max() < 5.0 * math.sqrt(0.25 / 4000)
    spread, of_whole = float(clear.mean(axis=1).std()), float(whole.mean(axis=1).std())
    assert spread == pytest.approx(of_whole, rel=0.05)
    assert spread > 5.0 * float(draw_skies(many, 0.0, 4000, 1).mean(axis=1).std())


def test_order_of_sites_and_seed() -> None:
    """The same seed draws the same skies, in whatever order the sites come; another seed draws others."""
    row = places([0.2, 0.5, 0.9, 0.4])
    clear = draw_skies(row, 300.0, 200, 1)
    order = np.array([2, 0, 3, 1])
    turned = Places(row.lons_deg[order], row.lats_deg[order], row.p_clear[order])
    assert (draw_skies(turned, 300.0, 200, 1) == clear[:, order]).all()
    assert (draw_skies(row, 300.0, 200, 2) != clear).any()


def test_sites_at_one_place_have_one_sky() -> None:
    """Two sites at one place are clear together, but for the millionth of the variance that is each one's own."""
    row = Places(np.array([30.0, 30.0]), np.array([55.0, 55.0]), np.array([0.5, 0.5]))
    clear = draw_skies(row, 100.0, 4000, 1)
    assert (clear[:, 0] == clear[:, 1]).mean() > 0.995


SITES = [Site(f"S{k}", 30.0 + 1.5 * k, 55.0, float(1 + k % 3), (0.3, 0.6, 0.8)[k % 3]) for k in range(8)]
VALUES = np.array([site.value for site in SITES])


def test_independent_skies_have_the_closed_form() -> None:
    """Without correlation mean and deviation are those of a sum of independent sites."""
    of = to_judge_by(SITES, Clouds(correlation_km=0.0), 1).figures(VALUES, 0.1)
    deviation = math.sqrt(sum(site.expected_value * (site.value - site.expected_value) for site in SITES))
    error = 4.0 * deviation / math.sqrt(JUDGED_BY)
    assert of.mean == pytest.approx(sum(site.expected_value for site in SITES), abs=error)
    assert of.standard_deviation == pytest.approx(deviation, rel=0.05)


@pytest.mark.parametrize("share", [0.05, 0.35, 0.65])
def test_one_sky_for_all_has_the_closed_form(share: float) -> None:
    """Where all share one sky, sites clear up in the order of their chances: the quantile can be written down."""
    skies = to_judge_by(SITES, Clouds(correlation_km=math.inf), 1)
    # A latent number at quantile u is clear over the sites with p >= u; little is seen where u is large.
    wanted = sum(site.value for site in SITES if site.p_clear is not None and site.p_clear >= 1.0 - share)
    assert skies.figures(VALUES, share).quantile == pytest.approx(wanted)


def test_all_skies_counted_one_by_one() -> None:
    """For a few independent sites the quantile and the mean of the worst are those of all possible skies."""
    few = SITES[:5]
    values, weights = [], []
    for clear in itertools.product((0, 1), repeat=len(few)):
        chance = 1.0
        for site, one in zip(few, clear, strict=True):
            p = site.expected_value / site.value
            chance *= p if one else 1.0 - p
        weights.append(chance)
        values.append(sum(site.value * one for site, one in zip(few, clear, strict=True)))
    truth = figures(np.array(values, float), np.array(weights) / sum(weights), 0.2)
    drawn = to_judge_by(few, Clouds(correlation_km=0.0), 4).figures(VALUES[:5], 0.2)
    assert drawn.mean == pytest.approx(truth.mean, rel=0.02)
    assert drawn.worst_mean == pytest.approx(truth.worst_mean, rel=0.05)
    assert abs(drawn.quantile - truth.quantile) <= 1.0
    by_hand = sorted(zip(values, weights, strict=True))
    below = 0.0
    for value, weight in by_hand:
        below += weight
        if below >= 0.2:
            assert truth.quantile == value
            break


def test_a_plan_is_judged_by_other_skies_than_it_was_planned_for() -> None:
    """The two samples are drawn from streams of their own."""
    planned, judged = (draw(SITES, Clouds(), 1) for draw in (to_plan_for, to_judge_by))
    assert planned.clear.shape == (PLANNED_FOR, len(SITES))
    assert (planned.clear != judged.clear[:PLANNED_FOR]).any()
    assert planned.weight.sum() == pytest.approx(1.0)


numbers = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)), min_size=1, max_size=30)


@given(numbers, st.floats(0.01, 1.0), st.floats(0.01, 1.0))
@settings(max_examples=150)
def test_what_holds_of_all_figures(pairs: list[tuple[int, int]], one: float, other: float) -> None:
    """Quantile and mean of the worst grow with the share; the latter is at most the former and the mean."""
    value = np.array([pair[0] for pair in pairs], float)
    weight = np.array([pair[1] for pair in pairs], float)
    weight /= weight.sum()
    low, high = (figures(value, weight, share) for share in sorted((one, other)))
    assert low.quantile <= high.quantile
    assert low.worst_mean <= high.worst_mean + 1e-9
    for of, share in ((low, min(one, other)), (high, max(one, other))):
        assert of.worst_mean <= min(of.quantile, of.mean) + 1e-9
        assert weight[value <= of.quantile].sum() >= share - 1e-6
        assert weight[value < of.quantile].sum() <= share + 1e-6
    worst = worst_weights(value, weight, one)
    assert worst.sum() == pytest.approx(1.0)
    assert (worst <= weight / one + 1e-9).all()
    order = np.argsort(-value, kind="stable")
    assert figures(value[order], weight[order], one).to_json() == pytest.approx(figures(value, weight, one).to_json())


chances = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6)


@given(chances, st.floats(0.0, 3000.0), st.integers(0, 99))
@settings(max_examples=25)
def test_the_mean_is_the_expected_value(some: list[float], length_km: float, seed: int) -> None:
    """Whatever the correlation is, the mean over skies is the sum of value times chance, within the sampling error."""
    sites = [Site(f"S{k}", 30.0 + k, 55.0, float(k + 1), p) for k, p in enumerate(some)]
    of = to_judge_by(sites, Clouds(correlation_km=length_km), seed).figures(np.array([s.value for s in sites]), 0.1)
    expected = sum(site.expected_value for site in sites)
    largest = sum(site.value for site in sites) / 2.0
    assert abs(of.mean - expected) <= 6.0 * largest / math.sqrt(JUDGED_BY)

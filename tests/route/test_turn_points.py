"""Candidate waypoints between sites."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.route.ways.turn_points import turn_points


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**31), st.integers(0, 80), st.floats(1.0, 60_000.0), st.integers(1, 100))
def test_sites_come_first_and_points_see_two(seed: int, count: int, half_swath_m: float, most: int) -> None:
    """When there is room every site is a candidate, and every further point sees at least two sites; never too many."""
    rng = np.random.default_rng(seed)
    x_m, y_m = rng.uniform(-2e5, 2e5, count), rng.uniform(-2e5, 2e5, count)
    found_x, found_y = turn_points(x_m, y_m, rng.uniform(1, 5, count), half_swath_m, most)
    assert found_x.size == found_y.size <= most
    if found_x.size < most:
        assert np.array_equal(found_x[:count], x_m)
        for x, y in zip(found_x[count:], found_y[count:], strict=True):
            assert np.count_nonzero(np.hypot(x_m - x, y_m - y) <= half_swath_m * (1 + 1e-9)) >= 2


def test_two_sites_one_pass_sees_get_a_point_between() -> None:
    """Two sites 15 km apart and a half swath of 10 km: the point between them sees both; at 25 km there is none."""
    near_x, near_y = turn_points(np.array([0.0, 15_000.0]), np.zeros(2), np.ones(2), 10_000.0, 10)
    assert near_x.tolist() == [0.0, 15_000.0, 7_500.0]
    assert near_y.tolist() == [0.0, 0.0, 0.0]
    far_x, _ = turn_points(np.array([0.0, 25_000.0]), np.zeros(2), np.ones(2), 10_000.0, 10)
    assert far_x.size == 2


def test_those_that_see_most_are_kept() -> None:
    """With room for one, the candidate is the one that sees the most value."""
    x_m = np.array([0.0, 100_000.0, 104_000.0, 108_000.0])
    found_x, _ = turn_points(x_m, np.zeros(4), np.array([3.0, 2.0, 2.0, 2.0]), 5_000.0, 1)
    assert found_x.tolist() == pytest.approx([104_000.0])

"""When a path meets itself, in the plane."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from skywitness.route.search.simple_path import APART_M, meets_itself

HOME = (0.0, 0.0)
KM = 1000.0


@pytest.mark.parametrize(
    ("path_km", "meets"),
    [
        (((0, 0), (50, 0), (50, 50), (0, 0)), False),  # a triangle from and to one airfield
        (((0, 0), (50, 0), (50, 50), (20, -20), (0, 0)), True),  # crosses its first leg
        (((0, 0), (50, 0), (20, 0), (0, 30)), True),  # folds back
        (((0, 0), (50, 0), (20, 0.01), (0, 30)), True),  # folds back, a rounding aside
        (((0, 0), (50, 0), (20, 5), (0, 30)), False),  # turns back sharply, which is a turn
        (((0, 0), (50, 0), (0, 0)), True),  # out and back on one line
        (((0, 0), (50, 0), (50, 50), (25, 0.03), (0, 40)), True),  # comes within 60 m of its first leg
        (((0, 0), (50, 0), (50, 50), (25, 0.10), (0, 40)), False),
        (((0, 0), (50, 0), (50, 50), (50, 0), (80, 80)), True),  # turns twice over one point
        (((0, 0), (50, 0), (50, 0), (0, 40)), True),  # a leg without length
    ],
)
def test_a_path_meets_itself(path_km: tuple[tuple[float, float], ...], meets: bool) -> None:
    """Legs may share their turn point and the airfields at both ends, and nothing else."""
    places = np.array(path_km) * KM
    ends = [place in (0, len(path_km) - 1) for place in range(len(path_km))]
    assert meets_itself(places, ends) is meets
    assert meets_itself(places[::-1], ends) is meets


@given(st.lists(st.tuples(st.integers(-40, 40), st.integers(-40, 40)), min_size=3, max_size=9, unique=True))
def test_no_path_that_meets_itself_passes(path: list[tuple[int, int]]) -> None:
    """What passes is simple for GEOS too, with all legs that share no point well apart."""
    places = np.array([HOME, *path], dtype=np.float64) * KM
    assume(path[0] != HOME)
    if meets_itself(places, [True, *[False] * len(path)]):
        return
    line = shapely.LineString(places)
    assert line.is_simple
    legs = [shapely.LineString(places[k : k + 2]) for k in range(len(path))]
    for first in range(len(legs)):
        assert all(legs[first].distance(legs[second]) >= APART_M for second in range(first + 2, len(legs)))

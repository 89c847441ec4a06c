"""Bounds against flights that the search really finds: strips to the side, turn points slid off, several modes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.route.reference import Case
from tests.route.test_kernel_strips import VIEWS, drawn
from tests.route.test_search_strips import problem_of

from skywitness.geo.plane import GnomonicPlane
from skywitness.route.bound.prove import in_values, prove
from skywitness.route.bound.swath import Scene, relaxation
from skywitness.route.search import search

LIMIT_M = 1_150_000.0


def scene_of(case: Case, limit_m: float) -> Scene:
    """Pose a case to the bound: all it knows of the view is how far the widest strip reaches."""
    fields = [0, *(end for end in case.ends if end != 0)]
    return Scene(
        case.node[fields, 0],
        case.node[fields, 1],
        0 in case.ends,
        case.site[:, 0],
        case.site[:, 1],
        case.value,
        case.half_swath_m / 1000.0,
        limit_m / 1000.0,
    )


@pytest.mark.parametrize("slides", [False, True])
@pytest.mark.parametrize("name", VIEWS)
def test_no_flight_found_exceeds_its_bound(name: str, slides: bool) -> None:
    """Whatever strips the legs see, and wherever the turn points slid to, the search finds nothing above the bound.

    A limit of all that the search found, no metre more, must not change that; one of a quarter of it, for who sees only
    what is flown over, would.
    """
    below = 0
    for seed in range(2):
        case = drawn(seed, VIEWS[name], nodes=8 + seed % 2, sites=24, airfields=1 + seed % 2)
        lon, lat = case.node.mean(axis=0)
        slide = search.Slide(GnomonicPlane(lon, lat)) if slides else None
        found = search.search(problem_of(case), seed=seed, seconds=None, rounds=150, starts=3, slide=slide)
        for limit_m in (LIMIT_M, found.distance_m + 1.0):
            scene = scene_of(case, limit_m)
            problem = relaxation(scene)
            bound = in_values(problem, prove(problem, 0.2).worth, whole=False)
            assert bound >= found.value - 1e-6
        narrow = relaxation(replace(scene, half_swath_km=0.0, limit_km=0.25 * limit_m / 1000.0))
        below += in_values(narrow, prove(narrow, 0.2).worth, whole=False) < found.value
    assert below  # the check can fail
    assert float(np.sum(case.value)) >= bound - 1e-6

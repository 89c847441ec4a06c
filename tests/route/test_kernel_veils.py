"""Legs in transit: what touches a veil may be flown and sees nothing; what touches a zone may not be flown at all."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
import shapely
from tests.route.kernel_cases import FREE_DM, draw

from skywitness.route.kernel import build as kernel_build
from skywitness.route.kernel.build import Points, Rules
from skywitness.route.kernel.corners import open_legs
from skywitness.route.kernel.ruin import settle


@pytest.mark.parametrize("seed", range(10))
def test_a_leg_that_touches_a_veil_sees_nothing(seed: int) -> None:
    """Each leg counts what the plain reference sees of it, and nothing where shapely has it touch the veil; zones bar
    legs as before, and veils none."""
    case = draw(seed, nodes=9, sites=40, edges=14)
    zone, veil = case.edges[:5], case.edges[5:]
    nodes, sites = (Points(*at.T, *case.plane(at).T) for at in (case.node, case.site))
    w = kernel_build.world(nodes, sites, case.value, case.edges, Rules(case.half_swath_m, 10, veils=len(veil)))
    shapes = [shapely.multilinestrings(list(shapely.linestrings(one.reshape(-1, 2, 2)))) for one in (zone, veil)]
    at = case.plane(case.node)
    legs = np.array(list(itertools.combinations(range(9), 2)))
    open_ = np.zeros(len(legs), np.bool_)
    bare = kernel_build.zones_world(nodes, zone)
    open_legs(bare, legs[:, 0].copy(), legs[:, 1].copy(), open_)
    for (a, b), is_open in zip(legs.tolist(), open_.tolist(), strict=True):
        leg = shapely.LineString(at[[a, b]])
        apart = [float(shapely.distance(shape, leg)) for shape in shapes]
        if min(abs(one - 0.01) for one in apart) < 0.01:  # on the very edge
            continue
        assert is_open == (apart[0] > 0.0)
        if not is_open or case.fixed & {a, b} != {0}:
            continue
        path = kernel_build.path(w, (0, b, 0), (0, 2), (0,), (FREE_DM, (FREE_DM,)), 1)
        settle(w, path)
        seen = replace(case, edges=zone).seen(0, b) if apart[1] > 0.0 else set()
        assert set(np.flatnonzero(path.count).tolist()) == set(seen)

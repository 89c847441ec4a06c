"""Territorial waters as they are drawn on a map: in its plane, as finely as ink shows.

For figures the waters are measured (``geo.waters``); a drawing only needs their shape.  The median line to another
State's coast is the border between Voronoi cells of points laid on the two coasts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from skywitness.geo.waters import BREADTH_KM

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

STEPS = 700
"""Points on a coast are laid so finely that this many fill the width of the map."""

LEAST_STEP_KM = 0.5


def drawn_waters(own: Sequence[BaseGeometry], others: Sequence[BaseGeometry], width_km: float) -> BaseGeometry:
    """Draw the waters round some land, in km on the map: empty where there is none."""
    import shapely

    land, foreign = shapely.union_all(list(own)), shapely.union_all(list(others))
    if land.is_empty:
        return shapely.MultiPolygon()
    belt = shapely.difference(shapely.buffer(land, BREADTH_KM, quad_segs=12), shapely.union_all([land, foreign]))
    rivals = shapely.intersection(foreign, shapely.buffer(land, 2.0 * BREADTH_KM, quad_segs=4))
    if rivals.is_empty:
        return belt
    facing = shapely.intersection(land, shapely.buffer(rivals, 2.0 * BREADTH_KM, quad_segs=4))
    return shapely.difference(belt, _nearer(rivals, facing, max(width_km / STEPS, LEAST_STEP_KM)))


def _nearer(rivals: BaseGeometry, land: BaseGeometry, step_km: float) -> BaseGeometry:
    """Give the part of the plane that is nearer to rivals than to land."""
    import numpy as np
    import shapely

    coasts = [shapely.get_coordinates(shapely.segmentize(shapely.boundary(one), step_km)) for one in (land, rivals)]
    whose = np.repeat((False, True), [len(coast) for coast in coasts])
    points, first = np.unique(np.round(np.vstack(coasts), 3), axis=0, return_index=True)
    of_rivals = whose[first]  # where two States share a border, the point counts as one's own
    if of_rivals.all() or not of_rivals.any():
        return rivals
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), ordered=True))
    return shapely.union_all(cells[of_rivals])

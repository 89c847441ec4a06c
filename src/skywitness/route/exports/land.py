"""States on a map: the territories of a border view, projected, cut to the frame and thinned to what ink can show."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from skywitness.core.geodesy import MEAN_RADIUS_M, Floats, Position, unit_vectors
from skywitness.route.exports.chart import Box, Chart

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

SLACK_KM = 600.0
"""Parts of States whose nearest vertex is this far outside the frame are still looked at: long edges may cross it."""

_EDGE_DEG = 179.9995
"""Beyond it a vertex lies on the cut at 180 degrees, which is no border and is not drawn."""

_LONGEST_EDGE_DEG = 0.25
"""Edges along the cut are divided so finely that both sides meet without a gap when projected."""

INK_DOTS = 1800
"""Details smaller than the width of the map divided by this are not drawn."""


@dataclass(frozen=True, slots=True)
class Territory:
    """One State as it is seen in the frame: its area and the lines that bound it, in km on the map."""

    code: str
    area: BaseGeometry
    outline: BaseGeometry


def territories(chart: Chart, box: Box, states: Mapping[str, BaseGeometry]) -> list[Territory]:
    """Project the States that show in the frame."""
    import shapely

    codes = list(states)
    parts, owner = shapely.get_parts(np.array([states[code] for code in codes], dtype=object), return_index=True)
    near = _near(chart, box, parts)
    detail_km = box.width / INK_DOTS
    by_code: dict[str, list[Any]] = {}
    for part, index in zip(parts[near], owner[near], strict=True):
        by_code.setdefault(codes[index], []).append(part)
    found = []
    for code, pieces in by_code.items():
        area = shapely.union_all([_area(chart, box, piece) for piece in pieces]).simplify(detail_km)
        if area.is_empty or area.area <= 0.0:
            continue
        outline = shapely.union_all([_outline(chart, box, piece) for piece in pieces]).simplify(detail_km)
        found.append(Territory(code, area, outline))
    return found


def _near(chart: Chart, box: Box, parts: Any) -> Any:
    """Tell which parts may show in the frame: a vertex near it, or the centre inside."""
    import shapely

    coords, index = shapely.get_coordinates(parts, return_index=True)
    closeness = unit_vectors(*coords.T) @ unit_vectors(*chart.centre)
    starts = np.searchsorted(index, np.arange(len(parts)))
    closest = np.maximum.reduceat(closeness, starts)
    reach_km = math.hypot(max(-box.west, box.east), max(-box.south, box.north)) + SLACK_KM
    by_vertex = closest >= math.cos(min(reach_km * 1000.0 / MEAN_RADIUS_M, math.pi))
    return by_vertex | shapely.contains_xy(parts, *chart.centre)


def _area(chart: Chart, box: Box, part: Any) -> Any:
    import shapely

    west, _, east, _ = part.bounds
    if west <= -_EDGE_DEG or east >= _EDGE_DEG:
        part = shapely.segmentize(part, _LONGEST_EDGE_DEG)
    flat = shapely.transform(part, chart.project)
    if not flat.is_valid:
        flat = shapely.make_valid(flat)
    return shapely.clip_by_rect(flat, box.west, box.south, box.east, box.north)


def _outline(chart: Chart, box: Box, part: Any) -> Any:
    import shapely

    runs = [run for ring in (part.exterior, *part.interiors) for run in _runs(shapely.get_coordinates(ring))]
    flat = shapely.multilinestrings([shapely.linestrings(chart.project(run)) for run in runs])
    return shapely.clip_by_rect(flat, box.west, box.south, box.east, box.north)


def _runs(ring: Floats) -> Iterator[Floats]:
    """Cut a ring where it runs along 180 degrees; what is left are real borders and coasts."""
    on_edge = np.abs(ring[:, 0]) >= _EDGE_DEG
    breaks = np.flatnonzero(on_edge[:-1] & on_edge[1:])
    for run in np.split(ring, breaks + 1):
        if len(run) > 1:
            yield run


def inside_point(area: BaseGeometry) -> tuple[Position, float]:
    """Find where a name stands best in an area: the middle of the largest circle inside, and its radius, in km."""
    import shapely

    largest = max(shapely.get_parts(area), key=lambda part: part.area)
    line = shapely.maximum_inscribed_circle(largest, tolerance=max(math.sqrt(largest.area) / 50.0, 1e-6))
    (x, y), _ = line.coords
    return (x, y), line.length

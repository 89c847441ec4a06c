"""The layers of a map, from the land up, drawn on the axes of a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from skywitness.core.geodesy import Floats
from skywitness.route.exports import paper
from skywitness.route.exports.glyphs import font
from skywitness.route.exports.map_names import Written
from skywitness.route.exports.scene import Scene

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

SHORTEST_WITH_ARROW_PT = 26.0
FARTHEST_BETWEEN_ARROWS_PT = 60.0
"""A leg shorter on paper has no room for an arrow beside its number; of short legs in a row some have one."""


def land(axes: Axes, scene: Scene) -> None:
    """Draw the States, the territory observed, the strip along borders, and the borders and coasts."""
    from matplotlib.collections import LineCollection, PathCollection

    for one in scene.territories:
        colour = paper.OBSERVED_LAND if one.code in scene.observed_areas else paper.LAND
        # The edge in the colour of the area closes the hairline between parts that meet at 180 degrees.
        area = PathCollection([_path(one.area)], facecolors=colour, edgecolors=colour, linewidths=0.3, zorder=1)
        axes.add_collection(area)
    if scene.strip is not None:
        style: dict[str, Any] = {"facecolors": "none", "edgecolors": paper.VERMILION, "hatch": "//////"}
        axes.add_collection(PathCollection([_path(scene.strip.area)], linewidths=0.3, zorder=1.5, **style))
    borders = [coords for one in scene.territories for coords in _line_coords(one.outline)]
    axes.add_collection(LineCollection(borders, colors=paper.BORDER, linewidths=0.5, zorder=2))


def route(axes: Axes, scene: Scene, scale: float) -> None:
    """Draw swaths and legs; ``scale`` is points of paper per km."""
    from matplotlib.collections import PolyCollection

    swaths = PolyCollection(scene.swaths, facecolors=paper.SKY, edgecolors="none", alpha=0.4, zorder=3)
    axes.add_collection(swaths)
    since_arrow_pt = 0.0
    for leg in scene.legs:
        colour, width = (paper.GREY, 0.9) if leg.transit else (paper.BLUE, 1.3)
        style: dict[str, Any] = {"linestyle": paper.DASHES if leg.transit else "-", "scalex": False, "scaley": False}
        axes.plot(*leg.points.T, color=colour, linewidth=width, zorder=4, **style)
        since_arrow_pt += _length(leg.points) * scale
        if _length(leg.points) * scale >= SHORTEST_WITH_ARROW_PT or since_arrow_pt >= FARTHEST_BETWEEN_ARROWS_PT:
            axes.fill(*arrow(leg.points, scale).T, color=colour, linewidth=0.0, zorder=4.1)
            since_arrow_pt = 0.0


def sites(axes: Axes, scene: Scene) -> None:
    """Mark the sites: a square for observed, a cross for not; the more there are, the smaller."""
    seen = np.zeros(len(scene.sites), bool)
    seen[list(scene.plan.observed_sites)] = True
    size = 14.0 if len(seen) <= 150 else 8.0 if len(seen) <= 600 else 4.0
    _scatter(axes, scene.set_aside, "+", size, paper.PALE_GREY, linewidths=0.6, zorder=5)
    _scatter(axes, scene.sites[~seen], "x", size, paper.VERMILION, linewidths=0.7, zorder=5)
    _scatter(axes, scene.sites[seen], "s", size, paper.GREEN, edgecolors="white", linewidths=0.3, zorder=5)


def waypoints(axes: Axes, scene: Scene) -> None:
    """Mark the waypoints: a triangle for an airfield, a ring for a turn point."""
    fields = np.array([waypoint.airfield for waypoint in scene.plan.waypoints])
    size = 9.0 if len(fields) <= 60 else 4.0
    turns = scene.waypoints[~fields]
    _scatter(axes, turns, "o", size, "white", edgecolors=paper.BLUE, linewidths=0.7, zorder=6)
    _scatter(axes, scene.waypoints[fields], "^", 46.0, paper.INK, edgecolors="white", linewidths=0.8, zorder=7)


def name(axes: Axes, scene: Scene, scale: float, written: Written) -> None:
    """Write one name where room was found for it."""
    from matplotlib.patheffects import withStroke

    label = written.label
    frame = {"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": written.colour, "linewidth": 0.4}
    text = axes.text(
        scene.box.west + label.x_pt / scale,
        scene.box.south + label.y_pt / scale,
        label.words,
        ha="center",
        va="center_baseline",
        color=written.colour,
        fontproperties=font(label.size, written.bold, written.italic),
        zorder=8,
        bbox=frame if written.box else None,
        clip_on=True,
    )
    if not written.box:
        text.set_path_effects([withStroke(linewidth=1.6, foreground="white", alpha=0.85)])


def _scatter(axes: Axes, points: Floats, marker: str, size: float, colour: str, **style: Any) -> None:
    if len(points):
        axes.scatter(points[:, 0], points[:, 1], s=size, marker=marker, c=colour, **style)


def _path(area: Any) -> Path:
    """Turn polygons with holes into one path."""
    import shapely
    from matplotlib.path import Path

    parts = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    return Path.make_compound_path(*(Path(shapely.get_coordinates(ring), closed=True) for ring in rings))


def _line_coords(outline: Any) -> list[Floats]:
    import shapely

    return [shapely.get_coordinates(part) for part in shapely.get_parts(outline) if part.geom_type == "LineString"]


def _length(points: Floats) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def arrow(points: Floats, scale: float) -> Floats:
    """Shape a small arrow head near the end of a leg."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate(([0.0], np.cumsum(steps)))
    tip_at = 0.8 * along[-1]
    ends = (tip_at, max(tip_at - 5.5 / scale, 0.0))
    tip, tail = (np.array([np.interp(at, along, points[:, axis]) for axis in (0, 1)]) for at in ends)
    ahead = (tip - tail) / max(float(np.hypot(*(tip - tail))), 1e-9)
    aside = np.array([-ahead[1], ahead[0]]) * 2.2 / scale
    return np.array([tip, tail + aside, tail - aside])

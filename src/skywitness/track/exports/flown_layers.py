"""The layers of a flown track on a map, over those of its plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from skywitness.core.geodesy import Floats
from skywitness.route.exports import paper
from skywitness.route.exports.map_layers import arrow
from skywitness.track.exports.flown_scene import FlownScene

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ORANGE: Final = "#E69F00"
PURPLE: Final = "#CC79A7"
"""Two more of the Okabe-Ito colours."""

PALE_ORANGE: Final = "#F0C566"
"""What the orange of a deviation looks like where land shows through."""

PLANNED_DASHES: Final = (0, (2.6, 1.0))
TRANSIT_DASHES: Final = (0, (3.2, 0.9, 0.7, 0.9))
GAP_DOTS: Final = (0, (0.9, 1.3))
CORRIDOR_DASHES: Final = (0, (1.5, 2.5))

PLANNED_PT: Final = 2.8
FLOWN_PT: Final = 0.8
SENSORS_PT: Final = 1.9
DEVIATION_PT: Final = 7.0
BEYOND_PT: Final = 4.5
"""Widths of lines in points of paper: what differs in meaning differs in width or dash too, not in colour alone."""

BETWEEN_ARROWS_PT: Final = 80.0


def corridor(axes: Axes, scene: FlownScene) -> None:
    """Draw the belt of VIII.II.3 as two thin edges."""
    from matplotlib.collections import LineCollection

    if scene.corridor is None:
        return
    import shapely

    edges = [shapely.get_coordinates(part) for part in shapely.get_parts(shapely.boundary(scene.corridor))]
    style: dict[str, Any] = {"colors": paper.BLUE, "linewidths": 0.6, "linestyles": [CORRIDOR_DASHES]}
    axes.add_collection(LineCollection(edges, zorder=2.6, **style), autolim=False)


def planned(axes: Axes, scene: FlownScene) -> None:
    """Draw the planned legs, dashed and wide: they show on both sides of a track that keeps to them."""
    for leg in scene.base.legs:
        colour, dashes = (paper.PALE_GREY, TRANSIT_DASHES) if leg.transit else (paper.SKY, PLANNED_DASHES)
        _line(axes, leg.points, colour, PLANNED_PT, linestyle=dashes, zorder=3.5)


def flown(axes: Axes, scene: FlownScene, scale: float) -> None:
    """Draw the track, what is to be seen of it at once, and what was left out; ``scale`` is points of paper per km."""
    round_ends: dict[str, Any] = {"solid_capstyle": "round", "solid_joinstyle": "round"}
    for deviation in scene.deviations:
        for points in deviation.parts:
            _line(axes, points, ORANGE, DEVIATION_PT, alpha=0.6, zorder=3.2, gid=f"deviation-{deviation.number}",
                  **round_ends)  # fmt: skip
        for points in deviation.beyond:
            _line(axes, points, paper.VERMILION, BEYOND_PT, zorder=3.3, gid=f"beyond-{deviation.number}", **round_ends)
    for gap in scene.gaps:
        _line(axes, gap.points, paper.INK, FLOWN_PT, linestyle=GAP_DOTS, zorder=4.0, gid=f"gap-{gap.number}")
    for points in scene.sensors_on:
        _line(axes, points, paper.INK, SENSORS_PT, zorder=4.1, gid="sensors-on", **round_ends)
    for points in scene.runs:
        _line(axes, points, paper.INK, FLOWN_PT, zorder=4.2, gid="flown", **round_ends)
        for head in _arrows(points, scale):
            axes.fill(*head.T, color=paper.INK, linewidth=0.0, zorder=4.3)
    if len(scene.left_out):
        style: dict[str, Any] = {"linewidths": 0.5, "zorder": 4.4}
        axes.scatter(scene.left_out[:, 0], scene.left_out[:, 1], s=7.0, marker="x", c=PURPLE, **style)
    _ends(axes, scene)


def _ends(axes: Axes, scene: FlownScene) -> None:
    """Ring where the track begins, frame where it ends; an airfield's mark stays visible inside."""
    for marker, at in (("o", scene.runs[0][0]), ("s", scene.runs[-1][-1])):
        style: dict[str, Any] = {"marker": marker, "facecolors": "none", "edgecolors": paper.GREEN}
        axes.scatter(at[0], at[1], s=95.0, linewidths=1.5, zorder=7.5, **style)


def _line(axes: Axes, points: Floats, colour: str, width: float, **style: Any) -> None:
    axes.plot(*points.T, color=colour, linewidth=width, scalex=False, scaley=False, **style)


def _arrows(points: Floats, scale: float) -> Iterator[Floats]:
    """Shape small arrow heads along a line, so that its direction shows."""
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T)))) * scale
    for end in np.arange(BETWEEN_ARROWS_PT, along[-1], BETWEEN_ARROWS_PT):
        wanted = np.array([end - 6.0, end])
        piece = np.column_stack([np.interp(wanted, along, points[:, axis]) for axis in (0, 1)])
        if np.hypot(*(piece[1] - piece[0])) * scale > 4.0:  # not where the line turns round
            yield arrow(piece, scale)

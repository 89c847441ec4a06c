"""A sheet drawn: every word, line, bar and sign where the sheet has it.  The same sheet gives the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from skywitness.consult.drawing.sheet import INK, Bar, Line, Sheet, Sign
from skywitness.consult.drawing.signs import MARKERS
from skywitness.route.exports import paper
from skywitness.route.exports.glyphs import font

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["png", "svg"]

_PT_PER_IN: Final = 72.0
_POINT_PT: Final = 4.0
"""How far the point of a bar that goes on reaches."""


def png(sheet: Sheet) -> bytes:
    """Draw a sheet as PNG."""
    with paper.plain_style():
        return paper.png_bytes(_figure(sheet, halo=True))


def svg(sheet: Sheet) -> bytes:
    """Draw a sheet as SVG; letters stay letters, so that they can be found on paper that has the same font."""
    import matplotlib as mpl

    with paper.plain_style():
        mpl.rcParams["svg.fonttype"] = "none"
        return paper.svg_bytes(_figure(sheet, halo=False))


def _figure(sheet: Sheet, *, halo: bool) -> Figure:
    """Draw everything; a white edge round letters (``halo``) would turn them into outlines."""
    from matplotlib.patheffects import withStroke

    figure = paper.new_figure(sheet.width / _PT_PER_IN, sheet.height / _PT_PER_IN)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0.0, sheet.width)
    axes.set_ylim(sheet.height, 0.0)
    axes.axis("off")
    for bar in sheet.bars:
        _bar(axes, bar)
    for line in sheet.lines:
        _line(axes, line)
    for sign in sheet.signs:
        _sign(axes, sign)
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.2}
    edge = [withStroke(linewidth=1.6, foreground="white")] if halo else None
    for one in sheet.words:
        axes.text(
            one.x,
            one.y,
            one.words,
            fontproperties=font(one.size, one.bold),
            color=one.colour,
            va="center_baseline",
            bbox=ground if one.boxed else None,
            path_effects=edge,
            zorder=6,
        )
    return figure


def _bar(axes: Axes, bar: Bar) -> None:
    from matplotlib.patches import Polygon

    right, low = bar.x + bar.width, bar.y + bar.height
    corners = [(bar.x, bar.y), (right, bar.y), (right, low), (bar.x, low)]
    if bar.arrow:
        corners[2:2] = [(right + _POINT_PT, (bar.y + low) / 2.0)]
    axes.add_patch(
        Polygon(
            corners,
            facecolor=bar.fill,
            hatch=bar.hatch or None,
            edgecolor=bar.edge,
            linewidth=0.0 if bar.edge == "none" else 0.6,
            linestyle=(0, (3, 2)) if bar.dashed else "-",
            zorder=1 if bar.edge == "none" else 3,
        )
    )


def _line(axes: Axes, line: Line) -> None:
    axes.plot(
        [line.x0, line.x1],
        [line.y0, line.y1],
        color=line.colour,
        linewidth=line.width,
        linestyle=(0, line.dash) if line.dash else "-",
        solid_capstyle="butt",
        scalex=False,
        scaley=False,
        zorder=2 if line.width <= 0.5 else 4,
    )


def _sign(axes: Axes, sign: Sign) -> None:
    axes.plot(
        [sign.x],
        [sign.y],
        marker=MARKERS[sign.shape],
        markersize=sign.size,
        markerfacecolor=INK if sign.filled else "white",
        markeredgecolor=INK,
        markeredgewidth=0.7,
        linestyle="none",
        scalex=False,
        scaley=False,
        zorder=5,
    )

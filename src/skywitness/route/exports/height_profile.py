"""The height profile of a plan: planned heights over the distance flown, and the ground where it is known.

A plan knows the highest ground under each leg, not the ground itself: height above mean sea level less height above
ground.  Where that is not known nothing is drawn below the aircraft.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from skywitness.core.geodesy import Floats
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.route.exports import lines, paper
from skywitness.route.exports.glyphs import drawable, font, legend_columns, size_pt
from skywitness.route.model import Leg, Plan

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

WIDTH_IN = 7.48
PLOT_IN = 1.3
TOP_IN = 0.22
AXIS_IN = 0.36
LEGEND_ROW_IN = 0.14
LEFT_IN = 0.56
RIGHT_IN = 0.08
"""Parts of the figure in inches: height of the plot, of the numbers above it, of the axis and legend below, margins."""

_SIZE = 6.5


def has_heights(plan: Plan) -> bool:
    """Tell whether there is any height to draw."""
    return any(leg.height_m_agl is not None or leg.height_m_amsl is not None for leg in plan.legs)


def to_svg(plan: Plan, *, catalogue: Catalogue = ENGLISH) -> bytes:
    """Draw the height profile as SVG.

    Heights are above mean sea level when they are known on any leg; legs on which they are not are marked so.  When
    they are known on none, heights above ground are drawn instead, and the axis says so.
    """
    with paper.plain_style():
        return paper.svg_bytes(_Profile(plan, catalogue).draw())


class _Profile:
    """One profile on one pair of axes.  The legend decides in the end how high the figure is."""

    def __init__(self, plan: Plan, catalogue: Catalogue) -> None:
        self._plan = plan
        self._figure = paper.new_figure(WIDTH_IN, PLOT_IN)
        self._axes = self._figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._catalogue = catalogue
        self._ends = [0.0, *accumulate(leg.distance_km for leg in plan.legs)]
        self._above_sea = any(leg.height_m_amsl is not None for leg in plan.legs)
        self._signs: list[tuple[Artist, Text]] = []

    def _words(self, text: Text) -> str:
        return drawable(text.render(self._catalogue))

    def draw(self) -> Figure:
        """Draw everything, from the ground up."""
        heights = [self._height(leg) for leg in self._plan.legs]
        top = max((height for height in heights if height is not None), default=1000.0)
        bottom = min((ground for leg in self._plan.legs if (ground := _ground(leg)) is not None), default=0.0)
        low = min(bottom, 0.0)
        self._axes.set_xlim(0.0, max(self._ends[-1], 1.0))
        self._axes.set_ylim(low - 0.02 * (top - low), top + 0.22 * (top - low))
        self._draw_ground()
        self._draw_lowest()
        self._draw_heights(heights)
        self._draw_observation()
        self._draw_stops()
        self._draw_leg_numbers()
        self._name_axes()
        self._draw_legend()
        return self._figure

    def _height(self, leg: Leg) -> float | None:
        return leg.height_m_amsl if self._above_sea else leg.height_m_agl

    def _spans(self, legs: Sequence[Leg]) -> Iterator[tuple[Leg, float, float]]:
        for leg in legs:
            yield leg, self._ends[leg.number - 1], self._ends[leg.number]

    def _steps(self, heights: Sequence[float | None]) -> tuple[Floats, Floats]:
        """Make one step line of a height for each leg, broken where there is none."""
        x = np.repeat(self._ends, 2)[1:-1]
        return x, np.repeat([np.nan if height is None else height for height in heights], 2)

    def _draw_ground(self) -> None:
        if not self._above_sea:
            return
        floor, ceiling = self._axes.get_ylim()
        grounds = [_ground(leg) for leg in self._plan.legs]
        known: dict[str, Any] = {"facecolor": "#d9cfba", "linewidth": 0.0}
        unknown: dict[str, Any] = {
            "facecolor": "none",
            "edgecolor": paper.PALE_GREY,
            "hatch": "....",
            "linewidth": 0.0,
        }
        self._fill(grounds, floor, known, say("highest ground under the leg"))
        self._fill([ceiling if ground is None else None for ground in grounds], floor, unknown, say("ground not known"))

    def _fill(self, heights: Sequence[float | None], floor: float, style: dict[str, Any], words: Text) -> None:
        from matplotlib.patches import Patch

        if any(height is not None for height in heights):
            x, y = self._steps(heights)
            self._axes.fill_between(x, floor, y, **style)
            self._signs.append((Patch(**style), words))

    def _draw_lowest(self) -> None:
        """Draw the lowest height that the sensors in use allow, above the highest ground."""
        lowest = [self._lowest(leg) for leg in self._plan.legs]
        if any(height is not None for height in lowest):
            (sign,) = self._axes.plot(*self._steps(lowest), color=paper.VERMILION, linewidth=0.9, linestyle=":")
            self._signs.append((sign, say("lowest height the sensors allow (H_min)")))

    def _lowest(self, leg: Leg) -> float | None:
        used = lines.sensors_on(self._plan, leg)
        least = [sensor.h_min_m_agl for sensor in used if sensor.h_min_m_agl is not None]
        ground = _ground(leg) if self._above_sea else 0.0
        return ground + max(least) if least and ground is not None else None

    def _draw_heights(self, heights: Sequence[float | None]) -> None:
        (sign,) = self._axes.plot(*self._steps(heights), color=paper.BLUE, linewidth=1.3)
        self._signs.insert(0, (sign, say("planned height")))

    def _draw_observation(self) -> None:
        from matplotlib.lines import Line2D

        top = self._axes.get_ylim()[1]
        bars = []
        for leg, start, _ in self._spans(self._plan.legs):
            if lines.sensors_on(self._plan, leg):
                from_km, to_km = lines.observation_km(leg)
                bars.append((start + from_km, start + to_km))
        if bars:
            starts, ends = zip(*bars, strict=True)
            self._axes.hlines([top] * len(bars), starts, ends, colors=paper.SKY, linewidth=6.0, zorder=1.5)
            self._signs.append((Line2D([], [], color=paper.SKY, linewidth=4.0), say("sensors operate")))

    def _draw_stops(self) -> None:
        for stop in self._plan.stops:
            at = self._ends[stop.waypoint - 1]
            self._axes.axvline(at, color=paper.INK, linewidth=0.7, linestyle=(0, (2, 2)))
            name = drawable(self._plan.waypoints[stop.waypoint - 1].ident)
            style: dict[str, Any] = {"fontproperties": font(_SIZE, bold=True), "rotation": 90, "color": paper.INK}
            low, high = self._axes.get_ylim()
            self._axes.text(at, low + 0.04 * (high - low), f" {name}", ha="right", va="bottom", clip_on=True, **style)

    def _draw_leg_numbers(self) -> None:
        """Number the legs above the plot, as many as there is room for."""
        scale = (WIDTH_IN - LEFT_IN - RIGHT_IN) * 72.0 / max(self._ends[-1], 1.0)
        taken = -1e9
        for leg, start, end in self._spans(self._plan.legs):
            middle, width = (start + end) / 2.0 * scale, size_pt(str(leg.number), 5.8)[0]
            if middle - width / 2.0 < taken + 4.0:
                continue
            taken = middle + width / 2.0
            style: dict[str, Any] = {
                "xycoords": ("data", "axes fraction"),
                "textcoords": "offset points",
                "annotation_clip": False,
            }
            self._axes.annotate(
                str(leg.number),
                ((start + end) / 2.0, 1.0),
                xytext=(0.0, 4.0),
                ha="center",
                va="bottom",
                fontproperties=font(5.8),
                color=paper.GREY,
                **style,
            )

    def _name_axes(self) -> None:
        axis = say("height above sea level, m") if self._above_sea else say("height above ground, m")
        self._axes.set_ylabel(self._words(axis), fontproperties=font(_SIZE))
        self._axes.set_xlabel(self._words(say("distance flown, km; leg numbers above")), fontproperties=font(_SIZE))
        for label in (*self._axes.get_xticklabels(), *self._axes.get_yticklabels()):
            label.set_fontproperties(font(_SIZE))
        self._axes.tick_params(width=0.5, length=2.5)
        self._axes.locator_params(axis="y", nbins=5)
        for side in ("top", "right"):
            self._axes.spines[side].set_visible(False)
        self._axes.grid(axis="y", linewidth=0.3, color=paper.PALE_GREY, alpha=0.6)
        self._axes.set_axisbelow(True)

    def _draw_legend(self) -> None:
        words = [self._words(text) for _, text in self._signs]
        columns = legend_columns(words, _SIZE, (WIDTH_IN - 0.2) * 72.0)
        below_in = AXIS_IN + math.ceil(len(words) / columns) * LEGEND_ROW_IN
        height_in = TOP_IN + PLOT_IN + below_in
        self._figure.set_size_inches(WIDTH_IN, height_in)
        width = (WIDTH_IN - LEFT_IN - RIGHT_IN) / WIDTH_IN
        self._axes.set_position((LEFT_IN / WIDTH_IN, below_in / height_in, width, PLOT_IN / height_in))
        self._figure.legend(
            [sign for sign, _ in self._signs],
            words,
            loc="lower center",
            ncols=columns,
            prop=font(_SIZE),
            frameon=False,
            borderpad=0.0,
            borderaxespad=0.1,
            columnspacing=1.4,
            handlelength=2.0,
        )


def _ground(leg: Leg) -> float | None:
    """Give the highest ground under a leg, in m above mean sea level; ``None`` when it is not known."""
    if leg.height_m_amsl is None or leg.height_m_agl is None:
        return None
    return leg.height_m_amsl - leg.height_m_agl

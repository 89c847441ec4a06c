"""The height profile of a flown track beside that of its plan, as a picture and as a drawing for the page."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from skywitness.core.finding import Finding
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.route.exports import paper
from skywitness.route.exports.account import plan_title
from skywitness.route.exports.glyphs import drawable, font, legend_columns, shrunk, size_pt, wrapped
from skywitness.track.exports.flown_layers import ORANGE
from skywitness.track.exports.profile_data import FlownProfile, Level, Span, flown_profile
from skywitness.track.model import HeightKind
from skywitness.track.rules.flight import Flight

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

WIDTH_IN: Final = 7.48
PLOT_IN: Final = 1.75
TITLE_IN: Final = 0.3
TOP_IN: Final = 0.24
AXIS_IN: Final = 0.36
LEGEND_ROW_IN: Final = 0.145
FOOT_LINE_IN: Final = 0.12
LEFT_IN: Final = 0.56
RIGHT_IN: Final = 0.1
"""Parts of the figure in inches."""

_SIZE: Final = 6.5
_FOOT_SIZE: Final = 5.8
_BAND_ADDS: Final = 0.3

KIND_WORDS: Final = {
    HeightKind.PRESSURE: say("pressure altitude"),
    HeightKind.ELLIPSOIDAL: say("height above the ellipsoid"),
    HeightKind.AMSL: say("height above mean sea level"),
    HeightKind.UNKNOWN: say("heights of a kind that the file does not name"),
    HeightKind.NONE: say("no heights"),
}
"""What the heights of a track are counted from."""


def to_png(
    flight: Flight, findings: Sequence[Finding] = (), *, catalogue: Catalogue = ENGLISH, language: str = "en"
) -> bytes:
    """Draw the profile as a PNG of A4 width; the same flight gives the same bytes."""
    with paper.plain_style():
        title = plan_title(flight.context.plan, language)
        return paper.png_bytes(_Drawing(flight, findings, catalogue, title).draw())


def to_svg(flight: Flight, findings: Sequence[Finding] = (), *, catalogue: Catalogue = ENGLISH) -> bytes:
    """Draw the profile without title for a page that has one of its own."""
    with paper.plain_style():
        return paper.svg_bytes(_Drawing(flight, findings, catalogue, None).draw())


def notes(flight: Flight, profile: FlownProfile) -> list[Text]:
    """Say what the heights are, and what of them is missing."""
    kind = KIND_WORDS[flight.seen.track.height_kind]
    if not profile.has_heights:
        told = [say("The track gives no heights: nothing can be said of the profile flown.")]
    else:
        told = [
            say(
                "Heights in the track: {kind}; drawn above mean sea level, with the band they may lie in ({why}).",
                kind=kind,
                why=flight.altitudes.why,
            )
        ]
    if not profile.planned:
        heights = sorted({leg.height_m_agl for leg, _ in profile.legs if leg.height_m_agl is not None})
        if heights:
            many = say("{low:,.0f} to {high:,.0f} m", low=heights[0], high=heights[-1])
            one = say("{height:,.0f} m", height=heights[0])
            about = many if len(heights) > 1 else one
            told.append(say("The plan asks for {heights} above ground that is not known: not drawn.", heights=about))
        else:
            told.append(say("The plan gives no heights."))
    for sensor, least in profile.h_min_agl:
        told.append(
            say("H_min of {sensor} is {least:,.0f} m above ground; the ground is not known, so no line is drawn.",
                sensor=sensor, least=least)
        )  # fmt: skip
    flown = {leg.number for leg, _ in profile.legs}
    left = [str(leg.number) for leg in flight.context.plan.legs if leg.number not in flown]
    if left:
        told.append(say("No part of the track belongs to legs {legs}.", legs=", ".join(left)))
    return told


class _Drawing:
    """One profile on one pair of axes.  Legend and notes decide in the end how high the figure is."""

    def __init__(self, flight: Flight, findings: Sequence[Finding], catalogue: Catalogue, title: Text | None) -> None:
        self._flight = flight
        self._profile = flown_profile(flight, findings)
        self._catalogue = catalogue
        self._title = title
        self._figure = paper.new_figure(WIDTH_IN, PLOT_IN)
        self._axes = self._figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._signs: list[tuple[Artist, Text]] = []
        self._low, self._high = self._range()

    def _words(self, text: Text) -> str:
        return drawable(text.render(self._catalogue))

    def _range(self) -> Span:
        """Find the heights to show; a wide band may widen it by ``_BAND_ADDS`` of its size."""
        profile = self._profile
        known = [
            np.zeros(1),
            np.array([level.height_m for level in (*profile.planned, *profile.ground, *profile.h_min)]),
        ]
        known += [curve.height_m[np.isfinite(curve.height_m)] for curve in profile.curves]
        heights = np.concatenate(known)
        low, high = float(heights.min()), max(float(heights.max()), float(heights.min()) + 300.0)
        tops = [(curve.height_m + curve.band_m)[np.isfinite(curve.height_m)] for curve in profile.curves]
        top = max((float(one.max()) for one in tops if len(one)), default=high)
        top = max(high, min(top, high + _BAND_ADDS * (high - low)))
        return low - 0.02 * (top - low), top + 0.12 * (top - low)

    def draw(self) -> Figure:
        """Draw everything, from the ground up."""
        self._axes.set_xlim(0.0, max(self._profile.length_km, 1.0))
        self._axes.set_ylim(self._low, self._high)
        self._ground()
        self._gaps()
        self._levels(self._profile.planned, paper.BLUE, {"linewidth": 1.2, "linestyle": (0, (5, 2.2))},
                     say("planned height"))  # fmt: skip
        self._levels(self._profile.h_min, paper.VERMILION, {"linewidth": 1.1, "linestyle": ":"},
                     say("lowest height the sensors allow (H_min)"))  # fmt: skip
        self._heights()
        self._found()
        self._bars()
        self._numbers()
        self._name_axes()
        if not self._profile.has_heights:
            self._say_nothing()
        self._finish()
        return self._figure

    def _ground(self) -> None:
        from matplotlib.patches import Patch

        style: dict[str, Any] = {"facecolor": "#d9cfba", "linewidth": 0.0}
        for level in self._profile.ground:
            self._axes.fill_between(level.span_km, self._low, level.height_m, **style)
        if self._profile.ground:
            terrain = self._flight.context.terrain is not None
            words = say("highest ground below") if terrain else say("highest ground under the leg, as planned")
            self._signs.append((Patch(**style), words))

    def _gaps(self) -> None:
        from matplotlib.patches import Patch

        for spans, hatch, words in (
            (self._profile.gaps, "////", say("gap in the track")),
            (self._profile.without_height if self._profile.has_heights else (), "....", say("no height in the track")),
        ):
            style: dict[str, Any] = {
                "facecolor": "none",
                "edgecolor": paper.PALE_GREY,
                "hatch": hatch,
                "linewidth": 0.0,
            }
            for start, end in spans:
                self._axes.axvspan(start, max(end, start + 1e-3), **style)
            if spans:
                self._signs.append((Patch(**style), words))

    def _levels(self, levels: Sequence[Level], colour: str, style: dict[str, Any], words: Text) -> None:
        from matplotlib.lines import Line2D

        for level in levels:
            self._axes.plot(level.span_km, (level.height_m, level.height_m), color=colour, zorder=3.0, **style)
        if levels:
            self._signs.append((Line2D([], [], color=colour, **style), words))

    def _heights(self) -> None:
        from matplotlib.lines import Line2D
        from matplotlib.patches import Patch

        if not self._profile.has_heights:
            return
        for curve in self._profile.curves:
            low, high = curve.height_m - curve.band_m, curve.height_m + curve.band_m
            self._axes.fill_between(curve.km, low, high, color=paper.SKY, alpha=0.3, linewidth=0.0, zorder=2.5)
            self._axes.plot(curve.km, curve.height_m, color=paper.INK, linewidth=1.0, zorder=3.5)
        self._signs.insert(0, (Line2D([], [], color=paper.INK, linewidth=1.0), say("height flown")))
        self._signs.insert(1, (Patch(color=paper.SKY, alpha=0.3, linewidth=0.0), say("band in which it may lie")))

    def _found(self) -> None:
        """Mark where the height was certainly, or perhaps, too low."""
        from matplotlib.lines import Line2D

        for spans, colour, sign, words in (
            (self._profile.breaches, paper.VERMILION, "✗", say("too low")),
            (self._profile.unclear, paper.BLUE, "?", say("whether too low cannot be told")),
        ):
            for start, end in spans:
                least = 0.004 * self._profile.length_km
                self._axes.axvspan(start, max(end, start + least), color=colour, alpha=0.25, linewidth=0.0, zorder=2.8)
                self._axes.text((start + end) / 2.0, 0.9 * self._high + 0.1 * self._low, sign, ha="center", va="top",
                                color=colour, fontproperties=font(9.0, bold=True), clip_on=True, zorder=5)  # fmt: skip
            if spans:
                self._signs.append((Line2D([], [], color=colour, alpha=0.25, linewidth=5.0), words))

    def _bars(self) -> None:
        """Draw when sensors ran at the top, and when the aircraft was off its path at the bottom."""
        from matplotlib.lines import Line2D

        for spans, level, colour, width, words in (
            (self._profile.sensors_on, self._high, paper.INK, 5.0, say("a sensor on")),
            (self._profile.deviations, self._low, ORANGE, 6.0, say("off the planned path")),
        ):
            if spans:
                starts, ends = zip(*spans, strict=True)
                self._axes.hlines([level] * len(spans), starts, ends, colors=colour, linewidth=width, zorder=4.0)
                self._signs.append((Line2D([], [], color=colour, linewidth=width - 1.5), words))

    def _numbers(self) -> None:
        """Number the legs above the plot, as many as there is room for."""
        scale = (WIDTH_IN - LEFT_IN - RIGHT_IN) * 72.0 / max(self._profile.length_km, 1.0)
        taken = -1e9
        style: dict[str, Any] = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points"}
        style["annotation_clip"] = False
        for leg, (start, end) in self._profile.legs:
            middle, width = (start + end) / 2.0 * scale, size_pt(str(leg.number), _FOOT_SIZE)[0]
            if middle - width / 2.0 < taken + 4.0:
                continue
            taken = middle + width / 2.0
            at = (start + end) / 2.0, 1.0
            self._axes.annotate(str(leg.number), at, xytext=(0.0, 4.0), ha="center", va="bottom",
                                fontproperties=font(_FOOT_SIZE), color=paper.GREY, **style)  # fmt: skip

    def _name_axes(self) -> None:
        self._axes.set_ylabel(self._words(say("height above sea level, m")), fontproperties=font(_SIZE))
        self._axes.set_xlabel(self._words(say("distance flown, km; leg numbers above")), fontproperties=font(_SIZE))
        for label in (*self._axes.get_xticklabels(), *self._axes.get_yticklabels()):
            label.set_fontproperties(font(_SIZE))
        self._axes.tick_params(width=0.5, length=2.5)
        self._axes.locator_params(axis="y", nbins=6)
        for side in ("top", "right"):
            self._axes.spines[side].set_visible(False)
        self._axes.grid(axis="y", linewidth=0.3, color=paper.PALE_GREY, alpha=0.6)
        self._axes.set_axisbelow(True)

    def _say_nothing(self) -> None:
        words, size = shrunk(self._words(say("The track gives no heights.")), 9.0, 6.0, 400.0)
        self._axes.text(0.5, 0.5, words, transform=self._axes.transAxes, ha="center", va="center",
                        fontproperties=font(size), color=paper.GREY)  # fmt: skip

    def _foot(self) -> Iterable[str]:
        if self._title is None:
            return
        for text in notes(self._flight, self._profile):
            yield from wrapped(self._words(text), _FOOT_SIZE, (WIDTH_IN - LEFT_IN - RIGHT_IN) * 72.0)

    def _finish(self) -> None:
        """Lay out title, plot, legend and notes."""
        words, foot = [self._words(text) for _, text in self._signs], list(self._foot())
        columns = legend_columns(words, _SIZE, (WIDTH_IN - 0.2) * 72.0) if words else 1
        foot_in = 0.08 + len(foot) * FOOT_LINE_IN if foot else 0.0
        below_in = AXIS_IN + math.ceil(len(words) / columns) * LEGEND_ROW_IN + foot_in
        top_in = TOP_IN + (TITLE_IN if self._title else 0.0)
        height_in = top_in + PLOT_IN + below_in
        self._figure.set_size_inches(WIDTH_IN, height_in)
        width = (WIDTH_IN - LEFT_IN - RIGHT_IN) / WIDTH_IN
        self._axes.set_position((LEFT_IN / WIDTH_IN, below_in / height_in, width, PLOT_IN / height_in))
        if self._title is not None:
            title, size = shrunk(self._words(self._title), 11.0, 8.0, (WIDTH_IN - LEFT_IN - RIGHT_IN) * 72.0, bold=True)
            self._figure.text(LEFT_IN / WIDTH_IN, 1.0 - 0.22 / height_in, title, fontproperties=font(size, bold=True))
        for number, line in enumerate(reversed(foot)):
            y = (0.05 + number * FOOT_LINE_IN) / height_in
            self._figure.text(LEFT_IN / WIDTH_IN, y, line, fontproperties=font(_FOOT_SIZE), color=paper.GREY)
        if not words:
            return
        style: dict[str, Any] = {"frameon": False, "borderpad": 0.0, "borderaxespad": 0.1}
        signs = [sign for sign, _ in self._signs]
        self._figure.legend(signs, words, loc="lower center", bbox_to_anchor=(0.5, foot_in / height_in), ncols=columns,
                            prop=font(_SIZE), columnspacing=1.4, handlelength=2.0, **style)  # fmt: skip

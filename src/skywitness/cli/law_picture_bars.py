"""The lower panel of the diagram of ``law history``: one row for each airfield whose distance practice speaks of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from skywitness.core.text import Text, of_data, say
from skywitness.law.history import Bar, History
from skywitness.law.side import Held, Side
from skywitness.route.exports import paper
from skywitness.route.exports.glyphs import fitting, size_pt

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE: Final = 6.0
_NUMBER: Final = re.compile(r"S\d+")
_HIGH: Final = 0.74  # of a row
_TEXT_FILL, _SEEN_FILL, _DOUBT_FILL = "#c9dceb", "#9fd8c4", "#f0d9b5"
_LEFT_PT: Final = 132.0
_RIGHT_PT: Final = 92.0
Words = Callable[[Text | str], str]


def year_of(day: dt.date) -> float:
    """Give a day as a number of years, for the axis.

    >>> year_of(dt.date(2002, 1, 1)), round(year_of(dt.date(2002, 7, 2)), 1)
    (2002.0, 2002.5)
    """
    start, end = dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    return day.year + (day - start).days / ((end - start).days + 1)


def row_count(found: History) -> int:
    """Count the rows, with one for the legend."""
    return len(_shown(found)) + 2


def _shown(found: History) -> list[Bar]:
    return [bar for bar in found.bars if bar.told_anew]


def draw_bars(axes: Axes, found: History, words: Words, inches_per_year: float) -> None:
    """Draw the rows, from the top down, Party by Party."""
    bars = _shown(found)
    axes.set_ylim(len(bars) + 1.5, -0.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_title(
        words(say("Maximum flight distances (km) from airfields of which practice tells more than the text")),
        size=8.5,
        weight="bold",
        loc="left",
        pad=8,
    )
    party = ""
    for number, bar in enumerate(bars):
        _label(axes, bar, number, bar.party if bar.party != party else "", words)
        party = bar.party
        ends = [side.on for side in bar.sides[1:]] + [found.last]
        runs = [run for run in zip(bar.sides, ends, strict=True) if run[0].held is not Held.NOTHING]
        for side, end in runs:
            _segment(axes, side, end, number, words, inches_per_year, alone_at_left=side is _longest_start(runs))
    _legend(axes, bars, words)


def _label(axes: Axes, bar: Bar, row: int, party: str, words: Words) -> None:
    """Write Party, airfield and name to the left of a row, and its sources to the right."""
    name = f"{bar.airfield} {bar.name}" + (f", {words(of_data(bar.qualifier))}" if bar.qualifier else "")
    _beside(axes, fitting(words(name), _SIZE, _LEFT_PT - 34.0), (0, row), -4.0, ha="right", color=paper.INK)
    if party:
        _beside(axes, party, (0, row), -_LEFT_PT, ha="left", color=paper.INK, weight="bold")
        axes.axhline(row - 0.5, color="#dddddd", linewidth=0.4, zorder=0)
    _beside(axes, fitting(words(_sources(bar)), _SIZE, _RIGHT_PT), (1, row), 5.0, ha="left", color=paper.GREY)


def _beside(axes: Axes, words: str, at: tuple[int, int], right_pt: float, **look: Any) -> None:
    """Write beside the panel: ``at`` is its left (0) or right (1) edge and a row."""
    axes.annotate(
        words,
        at,
        (right_pt, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        size=_SIZE,
        va="center",
        annotation_clip=False,
        **look,
    )


def _sources(bar: Bar) -> str:
    """Name the text and the numbered sources that a row rests on."""
    named = [side.source for side in bar.sides if side.source]
    numbers = dict.fromkeys(number for source in named for number in _NUMBER.findall(source))
    text = ["A.III"] if any(side.source.startswith("OS Annex A") for side in bar.sides) else []
    return ", ".join([*text, *sorted(numbers, key=lambda number: int(number[1:]))])


def _longest_start(runs: Sequence[tuple[Side, dt.date]]) -> Side | None:
    """Return the first run longer than a day: left of it there is room for words."""
    return next((side for side, end in runs if (end - side.on).days > 1), None)


def _segment(
    axes: Axes, side: Side, end: dt.date, row: int, words: Words, inches_per_year: float, *, alone_at_left: bool
) -> None:
    """Draw one run of days, with its value in it, or left of the first one where it is too short."""
    start, stop = year_of(side.on), year_of(end)
    fill, hatch, edge = _look(side)
    shortest = 2.0 / 72.0 / inches_per_year  # a value that was settled on one day alone would not be seen
    stop = max(stop, start + shortest)
    axes.barh(
        row, stop - start, left=start, height=_HIGH, facecolor=fill, hatch=hatch or None, edgecolor=edge, linewidth=0.4
    )
    text = words(_value(side))
    room_pt = (stop - start) * inches_per_year * 72.0
    if size_pt(text, _SIZE)[0] + 3.0 <= room_pt:
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6} if hatch else None
        axes.text((start + stop) / 2, row, text, size=_SIZE, ha="center", va="center", color=paper.INK, bbox=box)
    elif alone_at_left:
        gap = 3.0 / 72.0 / inches_per_year
        axes.text(start - gap, row, text, size=_SIZE, ha="right", va="center", color=paper.INK)


def _lasting(bar: Bar) -> list[Side]:
    """Return the runs that are long enough to be seen."""
    following = [side.on for side in bar.sides[1:]] + [dt.date.max]
    return [
        side
        for side, end in zip(bar.sides, following, strict=True)
        if side.held is not Held.NOTHING and (end - side.on).days > 1
    ]


def _look(side: Side) -> tuple[str, str, str]:
    if side.held is Held.OPEN:
        return "white", "\\\\\\\\", "#9a9a9a"
    if side.status == "recollection":
        return _DOUBT_FILL, "////", "#8a6d3b"
    return (_TEXT_FILL, "", "#7fa3bf") if side.status == "text" else (_SEEN_FILL, "", "#4f9e85")


def _value(side: Side) -> Text:
    """Write the value of a run, or what may have held."""
    if isinstance(side.value, int | float):
        return say("{km:,.0f}", km=side.value)
    numbers = [say("{km:,.0f}", km=value) for value in side.candidates if isinstance(value, int | float)]
    if not numbers:
        return say("not known")
    joined = numbers[0]
    for number in numbers[1:]:
        joined = say("{one} or {other}", one=joined, other=number)
    return joined


def _legend(axes: Axes, bars: Sequence[Bar], words: Words) -> None:
    """Explain the looks that occur."""
    from matplotlib.patches import Patch

    met = {_look(side) for bar in bars for side in _lasting(bar)}

    entries: Sequence[tuple[str, str, str, Text]] = (
        (_TEXT_FILL, "", "#7fa3bf", say("treaty text")),
        (_SEEN_FILL, "", "#4f9e85", say("seen in use")),
        (_DOUBT_FILL, "////", "#8a6d3b", say("recollection, unchecked")),
        ("white", "\\\\\\\\", "#9a9a9a", say("cannot be told")),
    )
    patches = [
        Patch(facecolor=fill, hatch=hatch, edgecolor=edge, label=words(text), linewidth=0.4)
        for fill, hatch, edge, text in entries
        if (fill, hatch, edge) in met
    ]
    axes.legend(handles=patches, loc="lower left", fontsize=_SIZE, frameon=False, ncols=4, handlelength=1.6)

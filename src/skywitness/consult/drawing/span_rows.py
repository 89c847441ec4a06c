"""The rows of bars below the lanes: each group with its name, each bar with its words in it or beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from skywitness.consult.drawing.axis import TimeAxis
from skywitness.consult.drawing.measure import fitting, width_pt, wrapped
from skywitness.consult.drawing.pack import Wanted, packed
from skywitness.consult.drawing.sheet import INK, SOFT, Bar, Line, Sheet, Sign
from skywitness.consult.drawing.spans import GROUPS, Span
from skywitness.core.text import Text, say_n

__all__ = ["LOOKS", "SpanRows"]

LOOKS: Final = {
    "force": ("#d4d4d4", "", False),
    "party": ("#efefef", "", False),
    "claimed": ("white", "", False),
    "disputed": ("white", "/////", False),
    "paused": ("white", "xxxxx", False),
    "meant": ("white", "", True),
    "ahead": ("white", "", True),
    "running": ("white", ".....", False),
}
"""Of each kind of bar: what fills it, its hatch, and whether its edge is dashed."""

_MOST: Final = 20
"""So many bars of a group have room."""

_LEAST_PT: Final = 2.0


class SpanRows:
    """Places bars on a sheet, from where it ends downward."""

    def __init__(
        self, sheet: Sheet, axis: TimeAxis, at: dt.date, margin: float, size: float, words: Callable[[Text], str]
    ) -> None:
        self._sheet, self._axis, self._at = sheet, axis, at
        self._margin, self._size, self._words = margin, size, words
        self._names = axis.left - margin - 6.0
        self._row = size * 1.95

    def place(self, spans: Sequence[Span]) -> None:
        """Place every group that has a bar on the axis."""
        shown = [one for one in spans if self._is_on(one)]
        for name, kinds in GROUPS:
            those = [one for one in shown if one.kind in kinds]
            if those:
                self._group(name, those)

    def _is_on(self, one: Span) -> bool:
        return one.end is None or one.end > self._axis.first or one.start >= self._axis.first

    def _group(self, name: Text, those: Sequence[Span]) -> None:
        sheet, size = self._sheet, self._size
        sheet.height += 3.0
        top = sheet.height
        sheet.lines.append(Line(self._margin, top, sheet.width - self._margin, top, 0.5, SOFT))
        kept = those[:_MOST]
        texts = [self._told(one) for one in kept]
        wanted = [self._wanted(one, text) for one, text in zip(kept, texts, strict=True)]
        placed = packed(wanted, self._axis.left, self._axis.right + 6.0, gap=2.5, line=self._axis.place(self._at))
        lines = wrapped(self._words(name), size, self._names)[:4]
        for at, line in enumerate(lines):
            sheet.write(self._margin + 2.0, top + 2.0 + self._row / 2.0 + at * size * 1.2, line, size, colour=SOFT)
        for one, text, want, place in zip(kept, texts, wanted, placed, strict=True):
            y = top + 2.0 + (place.row + 0.5) * self._row
            self._bar(one, want, y)
            sheet.write(place.words_x, y, text, size, boxed=place.words_x > want.left and _is_hatched(one))
        rows = max(one.row for one in placed) + 1
        sheet.height = top + max(rows * self._row, len(lines) * size * 1.2) + 3.0
        if len(those) > len(kept):
            more = say_n("{count} more has no room here", "{count} more have no room here", len(those) - len(kept))
            sheet.write(self._axis.left, sheet.height + size * 0.5, self._words(more), size, colour=SOFT)
            sheet.height += size * 1.4

    def _told(self, one: Span) -> str:
        return fitting(self._words(one.words), self._size, 0.55 * (self._axis.right - self._axis.left))

    def _wanted(self, one: Span, text: str) -> Wanted:
        left, right = self._ends(one)
        return Wanted(left, right, width_pt(text, self._size), left)

    def _ends(self, one: Span) -> tuple[float, float]:
        left = self._axis.place(one.start)
        right = self._axis.place(one.end if one.end is not None else self._at)
        if right - left < _LEAST_PT:
            return (left, left + _LEAST_PT) if left + _LEAST_PT <= self._axis.right else (right - _LEAST_PT, right)
        return left, right

    def _bar(self, one: Span, want: Wanted, y: float) -> None:
        """Draw a bar in its parts; what goes on beyond the sheet ends in a point, and a clock in a stroke."""
        high = self._size * 1.5
        goes_on = one.end is None or one.end > self._axis.last
        parts = list(self._parts(one, want))
        for number, (left, right, kind) in enumerate(parts):
            fill, hatch, dashed = LOOKS[kind]
            arrow = goes_on and number == len(parts) - 1
            self._sheet.bars.append(Bar(left, y - high / 2, right - left, high, fill, hatch, SOFT, dashed, arrow))
        if one.kind in ("ahead", "running") and not goes_on:
            self._sheet.lines.append(Line(want.right, y - high * 0.65, want.right, y + high * 0.65, 1.6, INK))
        if one.done is not None:
            self._sheet.signs.append(Sign(self._axis.place(one.done), y, "round", True, self._size * 0.6))

    def _parts(self, one: Span, want: Wanted) -> Iterator[tuple[float, float, str]]:
        left, kind = want.left, one.kind
        for day, other in one.parts:
            at = min(max(self._place(day), left), want.right)
            if at - left > 0.5:
                yield left, at, kind
            left, kind = at, other
        if want.right - left > 0.2:
            yield left, want.right, kind

    def _place(self, day: dt.date) -> float:
        return self._axis.place(day)


def _is_hatched(one: Span) -> bool:
    """Tell whether a bar has a hatch, or a part with one, that words in it would be lost on."""
    return any(LOOKS[kind][1] for kind in (one.kind, *(other for _, other in one.parts)))

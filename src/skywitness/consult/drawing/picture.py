"""The time line of a case on one sheet: lanes of who acts, bars of what follows, clocks, the days asked about, a key.

Everything is placed in points before anything is drawn; no colour stands for anybody.  What was not known on the day of
``known`` is not on it, for it is made of a replay alone.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Final

from skywitness.consult.drawing.axis import TimeAxis, axis_of, ticks
from skywitness.consult.drawing.foot import Foot
from skywitness.consult.drawing.lanes import Lane, Mark, lanes, marks
from skywitness.consult.drawing.measure import fitting, width_pt, wrapped
from skywitness.consult.drawing.pack import Placed, Wanted, packed
from skywitness.consult.drawing.sheet import INK, SOFT, Line, Sheet, Sign
from skywitness.consult.drawing.span_rows import SpanRows
from skywitness.consult.drawing.spans import spans
from skywitness.consult.replay import Replay
from skywitness.consult.states import States
from skywitness.core.text import Catalogue, Text, say
from skywitness.route.exports.glyphs import drawable

__all__ = ["PAGE_WIDTH_PT", "WIDTH_PT", "day_words", "laid_out", "sheet_of"]

WIDTH_PT: Final = 800.0
PAGE_WIDTH_PT: Final = 527.0
"""Width of the picture that stands by itself, and of the one within a page of paper."""

_BAND: Final = "#f2f2f2"
_FAINT: Final = "#c8c8c8"
_SIGN_PT: Final = 6.0
_CROWDED: Final = 0.3
"""From this share of neighbours that meet on an even axis it is stretched."""

_FAR, _FAR_DAYS = 3.0, 400.0
"""A clock that ends so many times the whole time, and so many days, after the day does not stretch the axis."""


def sheet_of(
    found: Replay, derived: States, catalogue: Catalogue, language: str, *, width: float = WIDTH_PT, whole: bool = True
) -> Sheet:
    """Lay the picture out; ``whole``: with title, legend, key and foot, else the lanes, bars and legend alone."""
    return laid_out(found, derived, catalogue, language, width=width, whole=whole)[0]


def laid_out(
    found: Replay, derived: States, catalogue: Catalogue, language: str, *, width: float, whole: bool
) -> tuple[Sheet, bool]:
    """Lay the picture out, and tell whether its axis is even."""
    picture = _Picture(found, derived, catalogue, language, width, whole)
    return picture.sheet(), picture.even


class _Picture:
    """One picture while it grows from the top down."""

    def __init__(
        self, found: Replay, derived: States, catalogue: Catalogue, language: str, width: float, whole: bool
    ) -> None:
        self._found, self._catalogue, self._whole = found, catalogue, whole
        self._size = 7.0 if whole else 5.6
        self._row = self._size * 1.62
        self._sheet = Sheet(width)
        self._margin = 14.0 if whole else 1.0
        self._names = 104.0 if whole else 74.0
        self._marks = marks(found)
        self._lanes = lanes(found, self._marks, language)
        self._spans = spans(found, derived, self._marks)
        self._axis = self._axis_of()

    @property
    def even(self) -> bool:
        """Tell whether a day is as wide as any other."""
        return self._axis.even

    def sheet(self) -> Sheet:
        """Place everything."""
        if self._whole:
            self._title()
        self._days_row()
        top = self._sheet.height
        for number, lane in enumerate(self._lanes):
            self._lane(lane, number)
        if not self._marks:
            self._nothing()
        rows = SpanRows(self._sheet, self._axis, self._found.at, self._margin, self._size, self._words)
        rows.place(self._spans)
        self._verticals(top)
        Foot(self._sheet, self._margin, self._size, self._words).place(
            self._found, self._marks, self._spans, even=self._axis.even, whole=self._whole
        )
        self._sheet.height += self._margin
        return self._sheet

    def _words(self, text: Text) -> str:
        return drawable(text.render(self._catalogue))

    # ---- the axis ----

    def _axis_of(self) -> TimeAxis:
        """Choose an even axis unless signs would crowd on it, or a stretched one saves rows."""
        days = [day for mark in self._marks for day in (mark.event.when.first, min(mark.event.when.last, self._end()))]
        days += [self._found.at] if self._found.known is None else [self._found.at, self._found.known]
        span_days = (max(days) - min(days)).days
        latest = self._found.at + dt.timedelta(days=max(_FAR * span_days, _FAR_DAYS))
        days += [one.end for one in self._spans if one.end is not None and one.calls and min(days) <= one.end <= latest]
        left = self._margin + self._names + _SIGN_PT
        right = self._sheet.width - self._margin - _SIGN_PT
        even, stretched = (axis_of(days, left, right, even=way) for way in (True, False))
        return (
            stretched if self._crowded(even) > _CROWDED or self._rows_on(even) > 2 + self._rows_on(stretched) else even
        )

    def _crowded(self, axis: TimeAxis) -> float:
        """Return the share of neighbouring days of events whose signs would stand on one another."""
        places = sorted({axis.place(mark.event.when.first) for mark in self._marks})
        gaps = [after - before for before, after in itertools.pairwise(places)]
        return sum(gap < _SIGN_PT for gap in gaps) / max(len(gaps), 1)

    def _end(self) -> dt.date:
        """Return the day after which nothing is placed: a month that is half gone is drawn up to the day."""
        return max(self._found.at, *(mark.event.when.first for mark in self._marks), self._found.at)

    def _rows_on(self, axis: TimeAxis) -> int:
        return sum(max((one.row for one in self._packed(lane, axis)), default=0) + 1 for lane in self._lanes)

    # ---- parts from the top down ----

    def _title(self) -> None:
        sheet, width = self._sheet, self._sheet.width - 2 * self._margin
        sheet.height = self._margin
        for line in wrapped(self._words(self._found.case.title.text), 13.0, width, bold=True)[:2]:
            sheet.write(self._margin, sheet.height + 8.0, line, 13.0, bold=True)
            sheet.height += 17.0
        sheet.write(self._margin, sheet.height + 5.0, self._words(day_words(self._found)), 8.5, colour=SOFT)
        sheet.height += 15.0

    def _days_row(self) -> None:
        """Write the days asked about on top of the axis, then the names of its days."""
        sheet, axis, size = self._sheet, self._axis, self._size
        found = self._found
        flags = [(found.at, say("day shown {day}", day=found.at))]
        if found.known is not None and found.known == found.at:
            flags = [(found.at, say("day shown, known by {day}", day=found.at))]
        elif found.known is not None:
            flags.append((found.known, say("known by {day}", day=found.known)))
        for day, text in flags:
            words = self._words(text)
            wide = width_pt(words, size, True)
            x = min(max(axis.place(day) - wide / 2.0, self._margin + self._names), axis.right + _SIGN_PT - wide)
            sheet.write(x, sheet.height + size * 0.7, words, size, bold=True)
            sheet.height += size * 1.3
        for x, words in ticks(axis, size * 0.66):
            sheet.write(x + 2.0, sheet.height + size * 0.7, words, size, colour=SOFT)
            sheet.lines.append(Line(x, sheet.height, x, sheet.height + size * 1.35, 0.5, SOFT))
        sheet.height += size * 1.35
        sheet.lines.append(Line(axis.left, sheet.height, axis.right, sheet.height, 0.8))

    def _lane(self, lane: Lane, number: int) -> None:
        """Place one lane: its name to the left, its events in as many rows as their words need."""
        from skywitness.consult.drawing.sheet import Bar

        sheet, size, row_pt = self._sheet, self._size, self._row
        placed = self._packed(lane, self._axis)
        name = wrapped(self._words(lane.name), size, self._names - 6.0, bold=True)[:3]
        rows = max(max((one.row for one in placed), default=0) + 1, len(name) * size * 1.2 / row_pt)
        top, height = sheet.height, rows * row_pt + 3.0
        if number % 2 == 0:
            wide = sheet.width - 2 * self._margin
            sheet.bars.append(Bar(self._margin, top, wide, height, fill=_BAND, edge="none"))
        for at, line in enumerate(name):
            sheet.write(self._margin + 2.0, top + 1.5 + row_pt / 2.0 + at * size * 1.2, line, size, bold=True)
        for mark, one in zip(lane.marks, placed, strict=True):
            self._mark(mark, one, top + 1.5 + (one.row + 0.5) * row_pt, lane.several)
        sheet.height = top + height

    def _mark(self, mark: Mark, placed: Placed, y: float, several: bool) -> None:
        from skywitness.consult.drawing.signs import shape_of

        left, right = self._reach(mark, self._axis)
        if right - left > 0.5:
            self._sheet.lines.append(Line(left, y, right, y, 0.9, SOFT))
            for x in (left, right):
                self._sheet.lines.append(Line(x, y - 1.8, x, y + 1.8, 0.9, SOFT))
        shape, filled = shape_of(mark.event.step)
        self._sheet.signs.append(Sign((left + right) / 2.0, y, shape, filled, _SIGN_PT * self._size / 7.0))
        boxed = left < placed.words_x < right - 1.0
        self._sheet.write(placed.words_x, y, self._short(mark, several), self._size, boxed=boxed)

    def _nothing(self) -> None:
        self._sheet.write(self._axis.left, self._sheet.height + 9.0, self._words(say("nothing yet")), 8.0)
        self._sheet.height += 18.0

    def _verticals(self, top: float) -> None:
        """Draw the days asked about and the named days through lanes and bars, behind the words."""
        sheet, axis = self._sheet, self._axis
        for x, _ in ticks(axis, self._size * 0.66):
            sheet.lines.append(Line(x, top, x, sheet.height, 0.3, _FAINT, (1.0, 2.0)))
        x = axis.place(self._found.at)
        sheet.lines.append(Line(x, top, x, sheet.height, 1.0, INK))
        if self._found.known is not None and self._found.known != self._found.at:
            x = axis.place(self._found.known)
            sheet.lines.append(Line(x, top, x, sheet.height, 1.0, INK, (4.0, 2.0)))

    # ---- places of events ----

    def _reach(self, mark: Mark, axis: TimeAxis) -> tuple[float, float]:
        when = mark.event.when
        return axis.place(when.first), axis.place(min(when.last, max(self._end(), when.first)))

    def _short(self, mark: Mark, several: bool) -> str:
        words = self._words(mark.words(who=several))
        return fitting(words, self._size, 0.45 * (self._sheet.width - self._names))

    def _packed(self, lane: Lane, axis: TimeAxis) -> list[Placed]:
        half = _SIGN_PT * self._size / 14.0 + 0.5
        wanted = []
        for mark in lane.marks:
            left, right = self._reach(mark, axis)
            middle = (left + right) / 2.0
            wide = width_pt(self._short(mark, lane.several), self._size)
            wanted.append(Wanted(min(left, middle - half), max(right, middle + half), wide, middle + half))
        return packed(
            wanted, self._margin + self._names, axis.right + _SIGN_PT, gap=2.0, line=axis.place(self._found.at)
        )


def day_words(found: Replay) -> Text:
    """Say which day is shown, and what was known."""
    if found.known is None:
        return say("On {day}, by all that is known today.", day=found.at)
    return say("On {day}, by what was known on {known}.", day=found.at, known=found.known)

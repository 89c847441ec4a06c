"""What stands below lanes and bars: the legend, the key with its sources, and under which reading all of it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from skywitness.consult.drawing.key import key_texts
from skywitness.consult.drawing.lanes import Mark
from skywitness.consult.drawing.measure import width_pt, wrapped
from skywitness.consult.drawing.sheet import SOFT, Bar, Line, Sheet, Sign
from skywitness.consult.drawing.signs import legend_words, shape_of
from skywitness.consult.drawing.span_rows import LOOKS
from skywitness.consult.drawing.spans import Span
from skywitness.consult.replay import Replay
from skywitness.core.text import Text, say

__all__ = ["Foot", "reading_words"]

_BARS: Final = {
    "force": say("treaty in force"),
    "party": say("Party"),
    "claimed": say("claim, not answered yet"),
    "disputed": say("disputed claim: answered or opposed"),
    "paused": say("duties not performed, as told"),
    "meant": say("only announced"),
    "ahead": say("clock not open yet"),
    "running": say("clock; it ends at the stroke"),
}
_SIGN_PT: Final = 11.0
_BAR_PT: Final = 20.0


def reading_words(found: Replay, *, even: bool) -> Text:
    """Say by what the picture is true, and how its axis runs."""
    axis = (
        say("A day is as wide as any other.") if even else say("The axis is not even: where more happened it is wider.")
    )
    law = (
        say("the law data as known today")
        if found.known is None
        else say("the law data as known on {day}", day=found.known)
    )
    return say(
        "Reading: events as their sources tell them, none chosen over another; who is a Party and what is in force by "
        "{law}; claims, bars and clocks follow from these. No verdict is this program's own. {axis}",
        law=law,
        axis=axis,
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sign or a bar and its meaning."""

    words: str
    shape: tuple[str, bool] | None = None
    bar: str = ""
    line: str = ""


class Foot:
    """Places legend, key and reading on a sheet, from where it ends downward."""

    def __init__(self, sheet: Sheet, margin: float, size: float, words: Callable[[Text], str]) -> None:
        self._sheet, self._margin, self._size, self._words = sheet, margin, size, words
        self._width = sheet.width - 2 * margin

    def place(self, found: Replay, told: Sequence[Mark], spans: Sequence[Span], *, even: bool, whole: bool) -> None:
        """Place everything; ``whole``: with key and reading, which a page of paper has elsewhere."""
        self._sheet.height += 5.0
        self._legend(list(self._entries(told, spans)))
        if not whole:
            return
        for heading, texts in key_texts(found, told):
            self._heading(heading)
            self._columns([self._words(text) for text in texts])
        self._sheet.height += 6.0
        for line in wrapped(self._words(reading_words(found, even=even)), self._size, self._width):
            self._sheet.write(self._margin, self._sheet.height + self._size * 0.6, line, self._size, colour=SOFT)
            self._sheet.height += self._size * 1.3

    def _entries(self, told: Sequence[Mark], spans: Sequence[Span]) -> Iterator[_Entry]:
        seen: set[tuple[str, bool]] = set()
        for mark in sorted(told, key=lambda one: one.number):
            shape = shape_of(mark.event.step)
            if shape not in seen:
                seen.add(shape)
                yield _Entry(self._words(legend_words(mark.event.step)), shape=shape)
        if any(mark.event.when.first < mark.event.when.last for mark in told):
            yield _Entry(self._words(say("some day within")), line="within")
        if any(not mark.sure for mark in told):
            yield _Entry(self._words(say("?: by this day it may not have happened yet")))
        kinds = {kind for one in spans for kind in (one.kind, *(other for _, other in one.parts))}
        for kind, words in _BARS.items():
            if kind in kinds:
                yield _Entry(self._words(words), bar=kind)
        if any(one.done is not None for one in spans):
            yield _Entry(self._words(say("on a clock: what it waits for was told")), shape=("round", True))

    def _legend(self, entries: Sequence[_Entry]) -> None:
        """Place signs with their meanings in lines, as many in each as fit."""
        size, x = self._size, self._margin
        line_pt = size * 1.7
        for entry in entries:
            sign_pt = _BAR_PT if entry.bar or entry.line else _SIGN_PT if entry.shape else 0.0
            wide = sign_pt + width_pt(entry.words, size)
            if x > self._margin and x + wide > self._margin + self._width:
                x, self._sheet.height = self._margin, self._sheet.height + line_pt
            y = self._sheet.height + line_pt / 2.0
            self._sign(entry, x, y)
            self._sheet.write(x + sign_pt, y, entry.words, size, most=self._width - sign_pt)
            x += wide + 12.0
        self._sheet.height += line_pt

    def _sign(self, entry: _Entry, x: float, y: float) -> None:
        if entry.shape is not None:
            self._sheet.signs.append(Sign(x + 4.0, y, *entry.shape, size=self._size * 0.86))
        elif entry.line:
            self._sheet.lines.append(Line(x, y, x + 16.0, y, 0.9, SOFT))
            for end in (x, x + 16.0):
                self._sheet.lines.append(Line(end, y - 1.8, end, y + 1.8, 0.9, SOFT))
        elif entry.bar:
            fill, hatch, dashed = LOOKS[entry.bar]
            self._sheet.bars.append(Bar(x, y - self._size * 0.5, 16.0, self._size, fill, hatch, SOFT, dashed))

    def _heading(self, text: Text) -> None:
        self._sheet.height += 8.0
        self._sheet.write(self._margin, self._sheet.height + 4.0, self._words(text), 8.5, bold=True)
        self._sheet.height += 13.0

    def _columns(self, texts: Sequence[str]) -> None:
        """Write texts in two columns of about the same height, a text never parted between them."""
        size, gap = self._size, 16.0
        wide = (self._width - gap) / 2.0
        broken = [_hung(text, size, wide) for text in texts]
        half, total, count = sum(map(len, broken)) / 2.0, 0, 0
        while count < len(broken) and total < half:
            total += len(broken[count])
            count += 1
        top, ends = self._sheet.height, []
        for x, those in ((self._margin, broken[:count]), (self._margin + wide + gap, broken[count:])):
            y = top
            for lines in those:
                for number, line in enumerate(lines):
                    self._sheet.write(x + (10.0 if number else 0.0), y + size * 0.6, line, size)
                    y += size * 1.28
                y += size * 0.25
            ends.append(y)
        self._sheet.height = max(ends)


def _hung(text: str, size: float, wide: float) -> list[str]:
    """Break a text into lines of which all can be set in by ten points."""
    return wrapped(text, size, wide - 10.0)

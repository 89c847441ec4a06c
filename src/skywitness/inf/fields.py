"""Reading the tables of a file on the INF Treaty, field by field, with every fault collected."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.inf.classify.span import Span
from skywitness.inf.law import instrument
from skywitness.law.file_fields import FileFields, rows_of
from skywitness.law.names import did_you_mean

__all__ = ["MOST_ROWS", "OTHERS", "Fields", "tables"]

MOST_ROWS: Final = 20_000
OTHERS: Final = ("NATO", "UN", "PRESS", "EXPERT")
"""Who may say something without being a State of the Treaty."""

_FARTHEST_KM: Final = 40_100.0
"""Around the Earth."""

_SPANS: Final = ("range_km", "uncertainty_km", "more_than_km", "at_least_km", "less_than_km", "at_most_km")


class Fields(FileFields):
    """One table of such a file."""

    first_year = 1945
    a_time = "1988-07-01T09:00:00Z"

    def day_in_force(self, key: str) -> dt.date | None:
        """Read the day of an act; one after the end of the Treaty is a fault: nothing can be judged of it."""
        day, ended = self.day(key), instrument().heading.ended
        if day is not None and ended is not None and day >= ended.on:
            self.fault(key, say("{day} is not before {end}, when the Treaty had ended", day=day, end=ended.on))
        return day

    def figure(self, key: str, most: float) -> float | None:
        """Read a number from 0 on; ``None`` where it is left out or cannot be read."""
        value = self.anything(key)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and 0.0 <= value <= most:
            return float(value)
        self.fault(key, say("{value} is not from 0 to {most:,g}", value=quoted(value), most=most))
        return None

    def state(self, key: str) -> str:
        """Read the code of a State of the Treaty."""
        return self._code(key, tuple(instrument().parties))

    def speaker(self, key: str) -> str:
        """Read who says something: a State of the Treaty, or one of ``OTHERS``."""
        return self._code(key, (*instrument().parties, *OTHERS))

    def _code(self, key: str, known: Collection[str]) -> str:
        code = self.text(key)
        if isinstance(self.anything(key), str) and code not in known:
            near = did_you_mean(code, known) if code else say("")
            known_words = ", ".join(known)
            self.fault(key, say("{code} is none of {known}.{near}", code=quoted(code), known=known_words, near=near))
        return code

    def word(self, key: str, among: Collection[str]) -> str | None:
        """Read one of some words; ``None`` where it is left out or is none of them."""
        if key not in self:
            return None
        word = self.text(key, among=among)
        return word if word in among else None

    def span(self, *, needed: bool) -> Span | None:
        """Read a range: exact, with its uncertainty (half the width), or between open or closed ends."""
        given = {key: self.figure(key, _FARTHEST_KM) for key in _SPANS}
        if all(key not in self for key in _SPANS):
            if needed:
                self.fault(
                    "range_km", say("missing: give range_km, or at_least_km, more_than_km, at_most_km, less_than_km")
                )
            return None
        exact = given["range_km"]
        if exact is not None:
            if any(key in self for key in _SPANS[2:]):
                self.fault("range_km", say("stands for itself: leave out at_least_km, more_than_km and their like"))
            half = given["uncertainty_km"] or 0.0
            return Span(max(exact - half, 0.0), exact + half)
        if "uncertainty_km" in self:
            self.fault("uncertainty_km", say("belongs to range_km, which is missing"))
        return self._bounded(given)

    def _bounded(self, given: Mapping[str, float | None]) -> Span | None:
        more, least, less, most = (given[key] for key in _SPANS[2:])
        low_km, low_open = max((more or 0.0, more is not None), (least or 0.0, False))
        highs = [(high, opened) for high, opened in ((less, True), (most, False)) if high is not None]
        high_km, closed = min(((high, not opened) for high, opened in highs), default=(math.inf, False))
        if low_km > high_km or (low_km == high_km and (low_open or not closed)):
            self.fault("at_least_km", say("no range lies between these ends"))
            return None
        return Span(low_km, high_km, low_open, not closed)


def tables(data: Mapping[str, Any], table: str, faults: Faults) -> list[Fields]:
    """Make rows of a list of tables; each is named by its ``id``, or by its number from 1."""
    return rows_of(Fields, data, table, faults, most=MOST_ROWS)

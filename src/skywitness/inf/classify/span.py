"""Ranges known within bounds: a span of kilometres whose ends may be open, and the classes it touches."""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from skywitness.core.text import Text, say

__all__ = ["ANYTHING", "Span", "Standing", "longest"]


class Standing(enum.StrEnum):
    """What a span says of a class."""

    PROVED = "proved"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Span:
    """All ranges from ``low_km`` to ``high_km``; an end marked open does not belong to it.  No end: infinity, open.

    :raises ValueError: when it would hold no range.
    """

    low_km: float = 0.0
    high_km: float = math.inf
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if math.isinf(self.high_km):
            object.__setattr__(self, "high_open", True)
        if self.is_empty:
            raise ValueError(f"no range is from {self.low_km} to {self.high_km} km")

    @property
    def is_empty(self) -> bool:
        """Whether no range lies within."""
        return self.low_km > self.high_km or (self.low_km == self.high_km and (self.low_open or self.high_open))

    def __contains__(self, range_km: float) -> bool:
        above = range_km > self.low_km or (range_km == self.low_km and not self.low_open)
        below = range_km < self.high_km or (range_km == self.high_km and not self.high_open)
        return above and below

    def meets(self, other: Span) -> bool:
        """Tell whether some range lies in both."""
        return self.common(other) is not None

    def common(self, other: Span) -> Span | None:
        """Return what lies in both; ``None`` when nothing does.

        >>> Span(480).common(Span(0, 490, high_open=True))
        Span(low_km=480, high_km=490, low_open=False, high_open=True)
        """
        low_km, low_open = max((self.low_km, self.low_open), (other.low_km, other.low_open))
        high_km, closed = min((self.high_km, not self.high_open), (other.high_km, not other.high_open))
        if low_km > high_km or (low_km == high_km and (low_open or not closed)):
            return None
        return Span(low_km, high_km, low_open, not closed)

    def within(self, other: Span) -> bool:
        """Tell whether every range of this span lies in the other."""
        return self.common(other) == self

    def standing(self, of: Span) -> Standing:
        """Say what this span says of a class: proved, possible or excluded."""
        if self.within(of):
            return Standing.PROVED
        return Standing.POSSIBLE if self.meets(of) else Standing.EXCLUDED

    def and_more(self) -> Span:
        """Return this span without its upper end: what a test shows of a type that may reach farther."""
        return Span(self.low_km, low_open=self.low_open)

    def words(self) -> Text:
        """Write the span.

        >>> str(Span(500, 1000).words()), str(Span(480).words()), str(Span(1000, 5500, low_open=True).words())
        ('500 to 1,000 km', '480 km or more', 'more than 1,000 to 5,500 km')
        """
        if math.isinf(self.high_km):
            return say("more than {low:,g} km", low=self.low_km) if self.low_open else self._or_more()
        if self.low_km == self.high_km:
            return say("{range:,g} km", range=self.low_km)
        low = say("more than {low:,g}", low=self.low_km) if self.low_open else say("{low:,g}", low=self.low_km)
        if self.high_open:
            return say("{low} to less than {high:,g} km", low=low, high=self.high_km)
        return say("{low} to {high:,g} km", low=low, high=self.high_km)

    def _or_more(self) -> Text:
        return say("{low:,g} km or more", low=self.low_km) if self.low_km else say("any range")

    def to_json(self) -> Mapping[str, float | bool | None]:
        """Write both ends; an upper end that nobody knows is null."""
        return {
            "from_km": self.low_km,
            "to_km": None if math.isinf(self.high_km) else self.high_km,
            "from_open": self.low_open,
            "to_open": self.high_open,
        }


ANYTHING: Final = Span()
"""Nothing is known of the range."""


def longest(spans: Iterable[Span]) -> Span | None:
    """Return the span of the longest of several ranges, each known within a span; ``None`` of none.

    >>> longest([Span(5800, 5800), Span(1980, 2020)])
    Span(low_km=5800, high_km=5800, low_open=False, high_open=False)
    """
    found = tuple(spans)
    if not found:
        return None
    low_km, low_open = max((one.low_km, one.low_open) for one in found)
    high_km, closed = max((one.high_km, not one.high_open) for one in found)
    return Span(low_km, high_km, low_open, not closed)

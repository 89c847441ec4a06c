"""A number of items that is known to lie between two whole numbers, or only to be at least one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skywitness.core.finding import Verdict

__all__ = ["NONE", "Span"]


@dataclass(frozen=True, slots=True)
class Span:
    """From ``low`` to ``high``, both included; ``high`` is ``None`` where nothing bounds it.

    >>> Span(3, 5) + Span(1, None)
    Span(low=4, high=None)
    """

    low: int
    high: int | None

    def __add__(self, other: Span) -> Span:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(self.low + other.low, high)

    def __sub__(self, other: Span) -> Span:
        """Take a part away that was added before: the difference of the ends, not the set of all differences."""
        high = None if self.high is None or other.high is None else self.high - other.high
        return Span(self.low - other.low, high)

    @property
    def width(self) -> int | None:
        """How far the ends are apart; ``None`` without an upper end."""
        return None if self.high is None else self.high - self.low

    @property
    def exact(self) -> bool:
        """Tell whether it is one number."""
        return self.low == self.high

    def against(self, limit: int) -> Verdict:
        """Hold it against a number that must not be exceeded.

        >>> [Span(3, high).against(4).value for high in (4, 5, None)], Span(5, None).against(4).value
        (['ok', 'cannot_tell', 'cannot_tell'], 'breach')
        """
        if self.low > limit:
            return Verdict.BREACH
        return Verdict.OK if self.high is not None and self.high <= limit else Verdict.CANNOT_TELL

    def meets(self, other: Span) -> bool:
        """Tell whether a number can lie in both."""
        return (self.high is None or other.low <= self.high) and (other.high is None or self.low <= other.high)

    def common(self, other: Span) -> Span:
        """Return what lies in both; only where they meet."""
        highs = [high for high in (self.high, other.high) if high is not None]
        return Span(max(self.low, other.low), min(highs) if highs else None)

    def hull(self, other: Span) -> Span:
        """Return the span from the lower to the higher of the ends."""
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Span(min(self.low, other.low), high)

    def to_json(self) -> dict[str, Any]:
        """Write both ends."""
        return {"low": self.low, "high": self.high}


NONE = Span(0, 0)
"""No item, for sure."""

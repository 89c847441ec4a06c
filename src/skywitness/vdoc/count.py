"""Numbers that are known exactly, between two ends, or not at all, and what they say of a threshold."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from skywitness.core.finding import Verdict
from skywitness.core.text import Text, say
from skywitness.vdoc.law import Limit

__all__ = ["UNKNOWN", "Answer", "Count", "Reached", "both", "either", "merged", "reached", "total"]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of at least ``low`` and at most ``high``; ``high`` is ``None`` where nobody has told an end."""

    low: int = 0
    high: int | None = None

    @property
    def known(self) -> bool:
        """Whether anything at all is told."""
        return self.low > 0 or self.high is not None

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def words(self) -> Text:
        """Write the number for people."""
        if self.exact:
            return say("{count:,}", count=self.low)
        if self.high is None:
            return say("at least {count:,}", count=self.low) if self.low else say("not told")
        return say("{low:,} to {high:,}", low=self.low, high=self.high)

    def to_json(self) -> dict[str, int | None]:
        """Write both ends."""
        return {"low": self.low, "high": self.high}


UNKNOWN: Final = Count()


class Answer(enum.StrEnum):
    """Whether something must be done."""

    MUST = "must"
    NEED_NOT = "need_not"
    CANNOT_TELL = "cannot_tell"


def either(answers: Iterable[Answer]) -> Answer:
    """Join by *or*: one duty is enough, and none needs all to be excluded."""
    found = set(answers)
    if Answer.MUST in found:
        return Answer.MUST
    return Answer.CANNOT_TELL if Answer.CANNOT_TELL in found else Answer.NEED_NOT


def both(one: Answer, other: Answer) -> Answer:
    """Join by *and*: a duty only where both conditions are met."""
    if Answer.NEED_NOT in (one, other):
        return Answer.NEED_NOT
    return one if one is other else Answer.CANNOT_TELL


def merged(counts: Iterable[Count]) -> Count:
    """Put accounts of one number together: what fits all of them, or, where they exclude one another, all they span.

    >>> merged([Count(8, 20), Count(10, 10)]), merged([Count(12, 12), Count(60, 100)]), merged([])
    (Count(low=10, high=10), Count(low=12, high=100), Count(low=0, high=None))
    """
    told = [count for count in counts if count.known]
    highs = [count.high for count in told if count.high is not None]
    low, high = max((count.low for count in told), default=0), min(highs, default=None)
    if high is None or low <= high:
        return Count(low, high)
    open_end = any(count.high is None for count in told)
    return Count(min(count.low for count in told), None if open_end else max(highs))


def total(counts: Iterable[Count]) -> Count:
    """Add numbers; what is not told of one is not told of the sum.

    >>> total([Count(5, 6), Count(1, 1)]), total([Count(5, 6), Count(2, None)])
    (Count(low=6, high=7), Count(low=7, high=None))
    """
    low, high = 0, 0
    unbounded = False
    for count in counts:
        low, high = low + count.low, high + (count.high or 0)
        unbounded = unbounded or count.high is None
    return Count(low, None if unbounded else high)


@dataclass(frozen=True, slots=True)
class Reached:
    """What several thresholds, one of which is enough, say of numbers.

    ``by`` are those that are surely reached, ``open_`` those that may be.
    """

    answer: Answer
    by: tuple[str, ...] = ()
    open_: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The verdict on the question whether the size is settled."""
        return Verdict.CANNOT_TELL if self.answer is Answer.CANNOT_TELL else Verdict.OK


def reached(counts: Mapping[str, Count], limits: Mapping[str, Limit], *, above: bool = False) -> Reached:
    """Hold numbers against thresholds that are joined by *or*.  ``above``: they have to be exceeded, not met."""
    by, open_ = [], []
    for what, limit in limits.items():
        count = counts.get(what, UNKNOWN)
        if count.low > limit.number or (count.low == limit.number and not above):
            by.append(what)
        elif count.high is None or count.high > limit.number or (count.high == limit.number and not above):
            open_.append(what)
    answer = Answer.MUST if by else Answer.CANNOT_TELL if open_ else Answer.NEED_NOT
    return Reached(answer, tuple(by), tuple(open_))

"""Arithmetic that does not work out in the sources themselves: shown, never put right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from skywitness.cfe.groups import GROUPS, members_on
from skywitness.cfe.kinds import CATEGORIES
from skywitness.cfe.law import Law
from skywitness.cfe.limits import subject_words
from skywitness.cfe.span import NONE, Span
from skywitness.core.text import ENGLISH, Catalogue, Text, say

__all__ = ["Doubt", "doubts", "sum_of_levels"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two numbers of which the first should not exceed the second."""

    what: Text
    one: int
    other: int

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write both numbers."""
        return {"what": self.what.render(catalogue), "one": self.one, "other": self.other}


def doubts(law: Law) -> tuple[Doubt, ...]:
    """Hold the maximum levels of each group, as stored for the day, against its limits for the whole area."""
    return tuple(_levels(law))


def sum_of_levels(law: Law, group: str, category: str) -> Span:
    """Add up the maximum levels of a group for a category; one that is not settled makes the sum a span."""
    levels = (law.level(state, category) for state in members_on(group, law.reading.at))
    return sum((Span(level.low, level.high) for level in levels if level is not None), NONE)


def _levels(law: Law) -> Iterator[Doubt]:
    for group in GROUPS:
        for category in CATEGORIES:
            added, (allowed, _) = sum_of_levels(law, group, category), law.most("area_total", category)
            high = added.high or 0
            if high <= allowed:
                continue
            told = {"group": group, "what": subject_words(category), "low": added.low, "one": high, "other": allowed}
            if added.exact:
                words = say(
                    "{group}, {what}: the maximum levels stored add up to {one:,}, above the limit of {other:,}", **told
                )
            else:
                words = say(
                    "{group}, {what}: the maximum levels stored add up to {low:,} or up to {one:,}, and the limit is "
                    "{other:,}",
                    **told,
                )
            yield Doubt(words, high, allowed)

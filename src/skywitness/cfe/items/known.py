"""What is known of one item when all words are put together, and conditions that are met, not met, or open.

Words are put together without an order: flags and words must agree, numbers keep what fits all of them, or everything
between the lowest and the highest where nothing does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from types import MappingProxyType
from typing import Any

from skywitness.cfe.items.model import BOUNDS, Item, Record, fact_words
from skywitness.core.text import Text, say

__all__ = ["Known", "Tri", "all_of", "any_of", "no", "yes"]

Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tri:
    """A condition: met, not met, or open (``None``), and which facts leave it open or decide against it."""

    value: bool | None
    facts: tuple[str, ...] = ()

    def __invert__(self) -> Tri:
        return Tri(None if self.value is None else not self.value, self.facts)


def yes() -> Tri:
    """Return a condition that is met."""
    return Tri(True)


def no(*facts: str) -> Tri:
    """Return a condition that is not met, because of some facts."""
    return Tri(False, facts)


def all_of(*conditions: Tri) -> Tri:
    """Join conditions that must all be met; one that is not decides.

    >>> all_of(Tri(True), Tri(None, ("a",)), Tri(False, ("b",)))
    Tri(value=False, facts=('b',))
    """
    for value in (False, None):
        facts = _facts(one for one in conditions if one.value is value)
        if any(one.value is value for one in conditions):
            return Tri(value, facts)
    return Tri(True, _facts(conditions))


def any_of(*conditions: Tri) -> Tri:
    """Join conditions of which one is enough."""
    return ~all_of(*(~one for one in conditions))


def _facts(conditions: Iterable[Tri]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in conditions for name in one.facts))


@dataclass(frozen=True, slots=True)
class Known:
    """An item and the records on it.  ``assumed``: what is taken for given, to see what follows from it."""

    item: Item
    records: tuple[Record, ...]
    assumed: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def told(self, name: str) -> list[tuple[str, Any]]:
        """Return who says what of a fact, in an order that does not depend on the file."""
        if name in self.assumed:
            return [("", self.assumed[name])]
        found = {(one.by, one.values[name]) for one in self.records if name in one.values}
        return sorted(found, key=lambda pair: (pair[0], str(pair[1])))

    def words(self, name: str) -> frozenset[Any]:
        """Return everything that is said of a fact."""
        return frozenset(value for _, value in self.told(name))

    def flag(self, name: str) -> Tri:
        """Tell whether something is so; open where nobody says or words differ."""
        said = self.words(name)
        return Tri(said == {True} if len(said) == 1 else None, (name,))

    def among(self, name: str, *wanted: str) -> Tri:
        """Tell whether a fact is one of some words."""
        said = self.words(name)
        if not said:
            return Tri(None, (name,))
        inside = said <= set(wanted)
        return Tri(inside if inside or said.isdisjoint(wanted) else None, (name,))

    def bounds(self, name: str) -> Bounds:
        """Return between which ends a number lies, by all words."""
        said = [value for _, value in self.told(name)]
        if not said:
            return 0.0, math.inf
        low, high = max(one[0] for one in said), min(one[1] for one in said)
        return (low, high) if low <= high else reduce(_hull, said)

    def reaches(self, name: str, limit: float, bounds: Bounds | None = None) -> Tri:
        """Tell whether a number is at least a limit; open where the limit lies between its ends."""
        low, high = bounds or self.bounds(name)
        return Tri(True if low >= limit else False if high < limit else None, (name,))

    def above(self, name: str, limit: float) -> Tri:
        """Tell whether a number is more than a limit."""
        low, high = self.bounds(name)
        return Tri(True if low > limit else False if high <= limit else None, (name,))

    def needs(self, facts: Iterable[str]) -> tuple[Text, ...]:
        """Say what would settle open facts: what nobody tells, what words differ on, what is not told exactly."""
        return tuple(self._need(name) for name in facts)

    def _need(self, name: str) -> Text:
        words, said = fact_words(name), self.told(name)
        speakers = ", ".join(dict.fromkeys(by for by, _ in said))
        if not said:
            return say("{item}: {fact} (nobody tells it)", item=self.item.id, fact=words)
        if name in BOUNDS and not self._apart(name):
            return say("{item}: {fact}, more exactly", item=self.item.id, fact=words)
        return say("{item}: {fact} ({speakers} do not agree)", item=self.item.id, fact=words, speakers=speakers)

    def _apart(self, name: str) -> bool:
        said: list[Bounds] = [value for _, value in self.told(name)]
        return max(one[0] for one in said) > min(one[1] for one in said)


def _hull(one: Bounds, other: Bounds) -> Bounds:
    return min(one[0], other[0]), max(one[1], other[1])

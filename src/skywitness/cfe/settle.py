"""Which place an exact count would help most: how many open limits it would decide, and how much doubt it would end.

For a limit whose sum lies between two numbers, an exact count at one place leaves the doubt of the other places.  If
none is left the count decides the limit whatever it is; else it decides it for some of the numbers it can give, and
those are counted one by one, in closed form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from skywitness.cfe.limits import Limit, Measured
from skywitness.cfe.places import NOT_TOLD, places
from skywitness.core.text import ENGLISH, Catalogue, Text, say

__all__ = ["Visit", "decided", "rank"]


@dataclass(frozen=True, slots=True)
class Visit:
    """What an exact count at a place would do.

    ``surely`` are limits that it decides whatever the count is, ``perhaps`` those that it decides for a part of the
    possible counts, with that part; ``width`` is the doubt that it ends, added over the open limits, in items.
    """

    place: str
    surely: tuple[str, ...]
    perhaps: tuple[tuple[str, Fraction], ...]
    width: int

    @property
    def words(self) -> Text:
        """Say it in one sentence."""
        return say(
            "{place}: decides {surely} open limits for sure, {perhaps} for some counts; ends a doubt of {width:,}",
            place=places()[self.place].words,
            surely=len(self.surely),
            perhaps=len(self.perhaps),
            width=self.width,
        )

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write what it decides; parts as numbers from 0 to 1."""
        return {
            "place": self.place,
            "decides": list(self.surely),
            "may_decide": [{"limit": name, "for_part_of_counts": float(part)} for name, part in self.perhaps],
            "ends_doubt_of": self.width,
            "words": self.words.render(catalogue),
        }


def rank(undecided: Mapping[Limit, Measured]) -> tuple[Visit, ...]:
    """Rank places: most limits decided for sure, then most chance of more, then most doubt ended, then by name."""
    found: dict[str, list[tuple[str, Fraction, int]]] = {}
    for limit, measured in undecided.items():
        for place, own in measured.of_places.items():
            if own.width and place != NOT_TOLD:
                part = decided(measured, place, limit.allowed)
                found.setdefault(place, []).append((limit.name, part, own.width))
    visits = [
        Visit(
            place,
            tuple(name for name, part, _ in rows if part == 1),
            tuple((name, part) for name, part, _ in rows if 0 < part < 1),
            sum(width for _, _, width in rows),
        )
        for place, rows in found.items()
    ]
    return tuple(sorted(visits, key=_order))


def decided(measured: Measured, place: str, allowed: int) -> Fraction:
    """Return for which part of the counts that a place can give a limit is decided."""
    own, total = measured.of_places[place], measured.told
    if own.high is None or total.high is None:
        return Fraction(0)
    low, high = total.low - own.low, total.high - own.high  # what the other places hold
    first, last = max(own.low, allowed - high + 1), min(own.high, allowed - low)  # counts that leave it open
    still_open = max(0, last - first + 1)
    return 1 - Fraction(still_open, own.high - own.low + 1)


def _order(visit: Visit) -> tuple[int, Fraction, int, str]:
    chance = sum((part for _, part in visit.perhaps), Fraction(0))
    return -len(visit.surely), -chance, -visit.width, visit.place

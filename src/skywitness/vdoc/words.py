"""Words for what is counted, and sentences that several rules share."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.text import Text, say
from skywitness.vdoc.count import UNKNOWN, Answer, Count, Reached
from skywitness.vdoc.law import Limit

__all__ = ["WHAT", "joined", "numbers", "size_needs", "size_words"]

WHAT: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "troops": say("troops"),
        "tanks": say("battle tanks"),
        "acvs": say("armoured combat vehicles"),
        "artillery": say("pieces of artillery"),
        "landing_troops": say("troops landed"),
        "sorties": say("sorties"),
    }
)


def joined(texts: list[Text]) -> Text:
    """Put texts beside one another."""
    first, *others = texts
    for other in others:
        first = say("{one}; {other}", one=first, other=other)
    return first


def size_words(name: str, counts: Mapping[str, Count], limits: Mapping[str, Limit], found: Reached) -> Text:
    """Say which thresholds are reached, which may be, or that none is."""
    told = found.by or found.open_ or tuple(limits)
    rows = [_one(what, counts.get(what, UNKNOWN), limits[what].number) for what in told]
    sizes = joined(rows)
    if found.answer is Answer.MUST:
        return say("{name} reaches it: {sizes}.", name=name, sizes=sizes)
    if found.answer is Answer.NEED_NOT:
        return say("{name} stays below it: {sizes}.", name=name, sizes=sizes)
    return say("{name} may reach it: {sizes}.", name=name, sizes=sizes)


def _one(what: str, count: Count, limit: float) -> Text:
    return say("{what} {count}, threshold {limit:,.0f}", what=WHAT[what], count=count.words(), limit=limit)


def size_needs(name: str, limits: Mapping[str, Limit], found: Reached) -> tuple[Text, ...]:
    """Name the counts that would settle it."""
    if found.answer is not Answer.CANNOT_TELL:
        return ()
    words = [(WHAT[what], limits[what].number) for what in found.open_]
    return tuple(
        say("{name}: how many {what}, more exactly; {limit:,.0f} decides", name=name, what=what, limit=limit)
        for what, limit in words
    )


def _share(counts: Mapping[str, Count], limits: Mapping[str, Limit], what: str) -> float:
    """Say how much of a threshold a number surely below it makes up at most."""
    return (counts.get(what, UNKNOWN).high or 0) / limits[what].number


def numbers(counts: Mapping[str, Count], limits: Mapping[str, Limit], found: Reached) -> dict[str, Any]:
    """Give the numbers of a finding: of the first threshold that is reached or open, else of the nearest one."""
    told = found.by or found.open_ or tuple(limits)
    values = tuple(limits[what].used for what in told)
    what = told[0] if found.by or found.open_ else max(told, key=lambda one: _share(counts, limits, one))
    count, limit = counts.get(what, UNKNOWN), limits[what].number
    fields: dict[str, Any] = {"values": values, "limit": limit}
    if count.high is not None:
        fields |= {"measured": (count.low + count.high) / 2.0, "uncertainty": (count.high - count.low) / 2.0}
    return fields

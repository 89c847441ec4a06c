"""The counting rules of Article III: which items of an account count, and which are left out and why.

Items of internal security beyond the number that is free count again (Article XII.1): how many of them stand in an area
follows only as a span, as the Treaty does not say which of them are the ones beyond.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from skywitness.cfe.groups import GROUPS, group_of_state
from skywitness.cfe.kinds import ACV, AIFV, APC, COUNTS, HACV, HELICOPTER, MULTI_PURPOSE
from skywitness.cfe.law import Law
from skywitness.cfe.model import ACTIVE, EXCEPTIONS, TEMPORARY
from skywitness.cfe.places import Place
from skywitness.cfe.scouts import with_scouts
from skywitness.cfe.span import NONE, Span
from skywitness.cfe.tally import Cell, Tally
from skywitness.law.provisions import provision

__all__ = ["Items", "counted", "items_of"]

_SECURITY: Final = (ACV, APC, AIFV, HACV, MULTI_PURPOSE)
"""What organisations of internal security may hold outside the limits (Article III.1(F))."""

Key = tuple[Place, str, str]


@dataclass(frozen=True, slots=True)
class Items:
    """The items of an account that count, added up by holder; holders are States and groups."""

    by_holder: Mapping[str, Mapping[Key, Span]]
    security: Mapping[str, Mapping[Place, Span]]
    free: int
    missing: frozenset[str]

    def of(self, holder: str) -> Mapping[Key, Span]:
        """Return what a State or group has, by place, kind and status."""
        return self.by_holder.get(holder, {})

    def unknown(self, holder: str) -> tuple[str, ...]:
        """Return the States of a holder of which nothing is told."""
        if holder in GROUPS:
            return tuple(sorted(code for code in self.missing if group_of_state(code) == holder))
        return (holder,) if holder in self.missing else ()

    @provision("CFE:XII.1")
    def security_above(self, holder: str, holds: Callable[[Place], bool | None], subject: str) -> Span:
        """Count infantry fighting vehicles of internal security beyond the free number, at some places."""
        if AIFV not in COUNTS[subject].sure:
            return NONE
        states = [state for state in self.security if holder in (state, group_of_state(state))]
        return sum((self._above(self.security[state], holds) for state in states), NONE)

    def _above(self, held: Mapping[Place, Span], holds: Callable[[Place], bool | None]) -> Span:
        inside, outside = NONE, NONE
        for place, span in held.items():
            there = holds(place)
            own = span if there is not None else Span(0, span.high)
            inside += own if there is not False else NONE
            outside += own if not there else NONE
        low = max(0, inside.low - self.free)
        if inside.high is None or outside.high is None:
            return Span(low, inside.high)
        return Span(low, min(inside.high, max(0, inside.high + outside.high - self.free)))


@provision("CFE:III.1")
@provision("CFE:III.1(A)")
@provision("CFE:III.1(B)")
@provision("CFE:III.1(C)")
@provision("CFE:III.1(D)")
@provision("CFE:III.1(E)")
def counted(cell: Cell, span: Span, transit_days: Mapping[Cell, int | None], longest: int) -> Span:
    """Return how many items of a cell count: all, none, or a span where that cannot be told."""
    if cell.status not in EXCEPTIONS:
        return span
    if cell.status == "internal_security":
        return _security(cell, span)
    if cell.status == "transit":
        return _transit(cell, span, transit_days, longest)
    return NONE


@provision("CFE:III.1(F)")
def _security(cell: Cell, span: Span) -> Span:
    """Leave out armoured vehicles and multi-purpose helicopters of internal security; everything else counts."""
    if cell.kind in _SECURITY:
        return NONE
    return Span(0, span.high) if cell.kind == HELICOPTER else span


@provision("CFE:III.1(G)")
def _transit(cell: Cell, span: Span, days: Mapping[Cell, int | None], longest: int) -> Span:
    """Leave out what passes through within its days; without the days it cannot be told."""
    told = days.get(cell)
    if told is None:
        return Span(0, span.high)
    return NONE if told <= longest else span


@provision("CFE:V.1(B)")
def _use(cell: Cell) -> str:
    """Return what an item that counts counts as: active where an exception does not cover it.

    Active, too, where it is deployed for a time to a State of the other group: Article V.1(B) opens the flanks for
    deployments within a group alone.
    """
    abroad = cell.status == TEMPORARY and cell.place.state
    if cell.status in EXCEPTIONS or (abroad and group_of_state(abroad) != group_of_state(cell.owner)):
        return ACTIVE
    return cell.status


def items_of(tally: Tally, law: Law, transit_days: Mapping[Cell, int | None]) -> Items:
    """Add an account up by State and group."""
    longest = law.most("transit_days")[0]
    by_holder: dict[str, dict[Key, Span]] = {}
    security: dict[str, dict[Place, Span]] = {}
    for cell, span in with_scouts(tally, law):
        if cell.status == "internal_security" and cell.kind in (AIFV, ACV):
            own = security.setdefault(cell.owner, {})
            sure = span if cell.kind == AIFV else Span(0, span.high)
            own[cell.place] = own.get(cell.place, NONE) + sure
        count = counted(cell, span, transit_days, longest)
        if count == NONE:
            continue
        key = (cell.place, cell.kind, _use(cell))
        for holder in (cell.owner, group_of_state(cell.owner)):
            held = by_holder.setdefault(holder, {})
            held[key] = held.get(key, NONE) + count
    return Items(by_holder, security, law.most("internal_security_uncounted")[0], tally.unknown)

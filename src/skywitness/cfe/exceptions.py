"""Exceptions from counting with their caps, where storage may be, and what is in storage only by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from skywitness.cfe.counting import counted
from skywitness.cfe.kinds import ACV, AIFV, BRIDGE, CATEGORIES, HELICOPTER, PLANE, category_of
from skywitness.cfe.law import Law
from skywitness.cfe.model import EXCEPTIONS, STORED_USES, Book
from skywitness.cfe.places import AREAS, within
from skywitness.cfe.span import NONE, Span
from skywitness.cfe.tally import Cell, Tally, current
from skywitness.cfe.ways import way
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision

__all__ = ["exceptions"]

_LETTERS: Final = dict(zip(EXCEPTIONS, "ABCDEFG", strict=True))
_IN_THE_AIR: Final = (PLANE, HELICOPTER)


def exceptions(tally: Tally, book: Book, law: Law) -> tuple[Finding, ...]:
    """Judge everything beside the limits that the rows tell of."""
    days = {
        Cell(row.owner, row.place, row.site, row.kind, row.status): row.days
        for row in current(book)
        if row.status == "transit"
    }
    by_owner: dict[str, dict[Cell, Span]] = {}
    for cell, span in tally.cells.items():
        by_owner.setdefault(cell.owner, {})[cell] = span
    found: list[Finding] = []
    for owner, cells in sorted(by_owner.items()):
        found += _left_out(owner, cells, days, law)
        found += _decommissioned(owner, cells, law)
        found += _export_sites(owner, cells, law)
        found += _internal_security(owner, cells, law)
        found += _storage(cells, law)
    return tuple(found)


def _left_out(owner: str, cells: Mapping[Cell, Span], days: Mapping[Cell, int | None], law: Law) -> Iterator[Finding]:
    """Say of each exception that a State uses whether its items are left out, count, or may count."""
    longest, value = law.most("transit_days")
    for status, letter in _LETTERS.items():
        own = {cell: span for cell, span in cells.items() if cell.status == status and span != NONE}
        if not own:
            continue
        told = sum(own.values(), NONE)
        counting = sum((counted(cell, span, days, longest) for cell, span in own.items()), NONE)
        numbers: dict[str, Any] = {"bearer": owner, "measured": told.low, "unit": "items"}
        if status == "transit":
            numbers |= {"limit": longest, "values": (value,), "unit": "d"}
            numbers["measured"] = max((days.get(cell) or 0 for cell in own), default=0)
        words = {"owner": owner, "told": told.low, "counting": counting.low, "status": status.replace("_", " ")}
        ident = f"III.1({letter})"
        if counting == NONE:
            yield law.finding(
                ident, Verdict.OK, say("{owner}: {told:,} items ({status}) are not counted.", **words), **numbers
            )
        elif counting.low:
            why = say(
                "{owner}: {counting:,} of {told:,} items ({status}) do not meet the exception and are counted.", **words
            )
            effect = Effect(owner, "must", say("count them against the limits"))
            yield law.finding(ident, Verdict.NOT_APPLICABLE, why, effect=effect, **numbers)
        else:
            why = say("{owner}: whether {told:,} items ({status}) meet the exception is not told.", **words)
            needs = (say("days in the area of what is in transit, and kinds of helicopters"),)
            yield law.finding(ident, Verdict.CANNOT_TELL, why, needs=needs, **numbers)


@provision("CFE:IX.1(A)")
@provision("CFE:IX.1(B)")
def _decommissioned(owner: str, cells: Mapping[Cell, Span], law: Law) -> Iterator[Finding]:
    """Hold decommissioned items against their caps, and their sites against the number of sites."""
    own = {
        cell: span
        for cell, span in cells.items()
        if cell.status == "decommissioned" and span != NONE and category_of(cell.kind) in CATEGORIES
    }
    if not own:
        return
    sites = {(cell.place.id, cell.site) for cell in own if cell.site}
    most, value = law.most("decommissioned_sites")
    numbers = {"bearer": owner, "measured": len(sites), "limit": most, "unit": "sites", "values": (value,)}
    told = {"owner": owner, "count": len(sites), "most": most}
    if len(sites) > most:
        why = say("{owner}: decommissioned items at {count} sites; {most} are allowed.", **told)
        yield law.finding("IX.1(A)", Verdict.BREACH, why, margin=float(most - len(sites)), **numbers)
    elif all(cell.site for cell in own):
        why = say("{owner}: decommissioned items at {count} sites; {most} are allowed.", **told)
        yield law.finding("IX.1(A)", Verdict.OK, why, margin=float(most - len(sites)), **numbers)
    else:
        needs = (say("the site of every decommissioned item"),)
        why = say("{owner}: at which sites decommissioned items are is not told for all.", owner=owner)
        yield law.finding("IX.1(A)", Verdict.CANNOT_TELL, why, needs=needs, **numbers)
    yield from _decommissioned_number(owner, own, cells, law)


def _decommissioned_number(
    owner: str, own: Mapping[Cell, Span], cells: Mapping[Cell, Span], law: Law
) -> Iterator[Finding]:
    holdings = sum((span for cell, span in cells.items() if _is_limited(cell)), NONE)
    share, of_share = law.number("decommissioned_share")
    number, of_number = law.most("decommissioned_number")
    by_share = (
        law.share(share, holdings.low),
        law.share(share, holdings.high if holdings.high is not None else holdings.low),
    )
    land = sum((span for cell, span in own.items() if category_of(cell.kind) not in _IN_THE_AIR), NONE)
    air = sum((span for cell, span in own.items() if category_of(cell.kind) in _IN_THE_AIR), NONE)
    for what, span, low, high, values in (
        (
            say("decommissioned items"),
            land + air,
            max(number, by_share[0]),
            max(number, by_share[1]),
            (of_share, of_number),
        ),
        (
            say("decommissioned items on land"),
            land,
            *2 * (law.most("decommissioned_on_land")[0],),
            (law.most("decommissioned_on_land")[1],),
        ),
        (
            say("decommissioned items of the air"),
            air,
            *2 * (law.most("decommissioned_in_the_air")[0],),
            (law.most("decommissioned_in_the_air")[1],),
        ),
    ):
        yield _cap("IX.1(B)", owner, what, span, low, high, law, values)


def _is_limited(cell: Cell) -> bool:
    return category_of(cell.kind) in CATEGORIES and cell.status not in EXCEPTIONS


def _cap(
    ident: str, owner: str, what: Text, span: Span, low: int, high: int, law: Law, values: tuple[Any, ...]
) -> Finding:
    """Hold a span against a cap that itself lies between two numbers."""
    verdict = span.against(low)
    if verdict is Verdict.BREACH and span.low <= high:
        verdict = Verdict.CANNOT_TELL
    told = {"owner": owner, "what": what, "low": span.low, "cap": low}
    numbers: dict[str, Any] = {"bearer": owner, "measured": span.low, "limit": low, "unit": "items", "values": values}
    if verdict is Verdict.CANNOT_TELL:
        why = say("{owner}, {what}: {low:,} at least; whether more than {cap:,} cannot be told.", **told)
        return law.finding(ident, verdict, why, needs=(say("exact numbers"),), **numbers)
    why = say("{owner}, {what}: {low:,}; {cap:,} are allowed.", **told)
    effect = (
        Effect(owner, "must", say("hold {more:,} fewer", more=span.low - low)) if verdict is Verdict.BREACH else None
    )
    return law.finding(ident, verdict, why, effect=effect, margin=float(low - span.low), **numbers)


@provision("CFE:III.1(E)")
def _export_sites(owner: str, cells: Mapping[Cell, Span], law: Law) -> Iterator[Finding]:
    """Hold the sites of items for export against the number of declared sites they may be at."""
    sites = {
        (cell.place.id, cell.site)
        for cell, span in cells.items()
        if cell.status == "export" and cell.site and span != NONE
    }
    most, value = law.most("export_sites")
    if len(sites) > most:
        told = {"owner": owner, "count": len(sites), "most": most}
        why = say("{owner}: items for export at {count} sites; {most} of them may be declared ones.", **told)
        needs = (say("which of these sites are declared"),)
        numbers = {"bearer": owner, "measured": len(sites), "limit": most, "unit": "sites", "values": (value,)}
        yield law.finding("III.1(E)", Verdict.CANNOT_TELL, why, needs=needs, **numbers)


@provision("CFE:XII.1")
def _internal_security(owner: str, cells: Mapping[Cell, Span], law: Law) -> Iterator[Finding]:
    """Count infantry fighting vehicles of internal security: those that are free, and those in the flanks."""
    own = {
        cell: span if cell.kind == AIFV else Span(0, span.high)
        for cell, span in cells.items()
        if cell.status == "internal_security" and cell.kind in (AIFV, ACV)
    }
    if not own:
        return
    held = sum(own.values(), NONE)
    free, value = law.most("internal_security_uncounted")
    numbers = {"bearer": owner, "measured": held.low, "limit": free, "unit": "items", "values": (value,)}
    told = {"owner": owner, "held": held.low, "free": free}
    if held.against(free) is Verdict.OK:
        why = say("{owner}: {held:,} infantry fighting vehicles of internal security, none of them counted.", **told)
        yield law.finding("XII.1", Verdict.OK, why, margin=float(free - held.low), **numbers)
    else:
        why = say(
            "{owner}: {held:,} infantry fighting vehicles of internal security; those above {free:,} are counted.",
            **told,
        )
        effect = Effect(owner, "must", say("count those above {free:,} against the limits", free=free))
        yield law.finding("XII.1", Verdict.NOT_APPLICABLE, why, effect=effect, **numbers)
    there = {cell: within(cell.place, AREAS["flank"]) for cell in own}
    flank = sum(
        (span if there[cell] else Span(0, span.high) for cell, span in own.items() if there[cell] is not False), NONE
    )
    most, of_flank = law.most("internal_security_in_flanks")
    what = say("infantry fighting vehicles of internal security in the flanks")
    yield _cap("XII.1", owner, what, flank, most, most, law, (of_flank,))


@provision("CFE:IV.1")
@provision("CFE:X.4")
@provision("CFE:XI.2")
def _storage(cells: Mapping[Cell, Span], law: Law) -> Iterator[Finding]:
    """Ask whether what is in storage is where storage may be, and say what is stored only by name."""
    kept: dict[Cell, Span] = {}
    for cell, span in cells.items():
        if cell.status in (*STORED_USES, "stored_elsewhere") and span != NONE:
            whole = cell._replace(site="")
            kept[whole] = kept.get(whole, NONE) + span
    for cell, span in kept.items():
        where = Where(name=cell.place.id)
        told = {"owner": cell.owner, "place": cell.place.words, "count": span.low, "kind": cell.kind.replace("_", " ")}
        limited = category_of(cell.kind) in CATEGORIES
        if not limited and cell.kind != BRIDGE:
            continue
        ident = "X.4" if limited else "XI.2"
        if cell.status == "stored_elsewhere":
            why = say("{owner}, {place}: {count:,} ({kind}) stored outside a designated site count as active.", **told)
            effect = Effect(cell.owner, "must", say("count them as active"))
            yield law.finding(ident, Verdict.NOT_APPLICABLE, why, where=where, bearer=cell.owner, effect=effect)
            continue
        why = say("{owner}, {place}: {count:,} ({kind}) count as not active.", **told)
        yield law.finding(ident, Verdict.OK, why, where=where, bearer=cell.owner)
        if limited:
            yield _storage_place(cell, told, where, law)


def _storage_place(cell: Cell, told: Mapping[str, Any], where: Where, law: Law) -> Finding:
    numbers: dict[str, Any] = {"where": where, "bearer": cell.owner}
    allowed = cell.place.storage
    if cell.place.id == "odessa" and category_of(cell.kind) == ACV and way(law.reading, "CFE:IV.1") == "none_allowed":
        allowed = "no"
    if allowed == "yes":
        return law.finding(
            "IV.1",
            Verdict.OK,
            say("{owner}, {place}: storage sites may be here ({count:,}, {kind}).", **told),
            **numbers,
        )
    if allowed == "unknown":
        why = say(
            "{owner}, {place}: whether a storage site may be there is not told by this place ({count:,}, {kind}).",
            **told,
        )
        needs = (say("where each storage site is"),)
        return law.finding("IV.1", Verdict.CANNOT_TELL, why, needs=needs, **numbers)
    why = say("{owner}, {place}: no storage site may be here ({count:,}, {kind}).", **told)
    effect = Effect(cell.owner, "must", say("store them elsewhere, or count them as active"))
    return law.finding("IV.1", Verdict.BREACH, why, effect=effect, **numbers)

"""Rows put together: what is declared, what was observed in its place, and what a claim would make of it.

A *word* is whose account is taken: ``declared`` (every State's own), ``combined`` (declarations, and observations where
there are any), or the name of somebody whose claims are laid over these.  A declaration is whole: the latest of a State
counts, and what is not in it is not held.  A State without any declaration is unknown, not zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from skywitness.cfe.groups import GROUPS, bound_on, in_area_on, members_on
from skywitness.cfe.kinds import BESIDE, LIMITED, category_of, covered
from skywitness.cfe.model import CLAIMED, DECLARED, OBSERVED, Book, Holding
from skywitness.cfe.places import Place
from skywitness.cfe.span import NONE, Span

__all__ = ["COMBINED", "Cell", "Conflict", "Tally", "accounts", "current", "latest", "out_of_force"]

COMBINED: Final = "combined"


class Cell(NamedTuple):
    """Items that are alike in everything a limit asks for: owner, place, site, kind, status."""

    owner: str
    place: Place
    site: str
    kind: str
    status: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two accounts of the same items that cannot both be right."""

    cell: Cell
    one: str
    first: Span
    other: str
    second: Span


@dataclass(frozen=True, slots=True)
class Tally:
    """The account of one word: spans by cell, States of which nothing is told, and what does not agree."""

    word: str
    cells: Mapping[Cell, Span]
    unknown: frozenset[str]
    observed: Mapping[Cell, Span] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


def current(book: Book) -> list[Holding]:
    """Return the rows up to the day of the book that concern limited kinds of States bound on that day."""
    return [
        row for row in book.rows if row.day <= book.at and row.kind in (*LIMITED, *BESIDE) and _in_force(row, book.at)
    ]


def out_of_force(book: Book) -> list[Holding]:
    """Return the rows that no longer count on the day: their State, or the State they stand in, has left or is gone.

    Nobody counts twice by succession: what Czechoslovakia declared ends with it, whoever declared since.
    """
    return [row for row in book.rows if row.day <= book.at and not _in_force(row, book.at)]


def _in_force(row: Holding, at: dt.date) -> bool:
    return bound_on(row.owner, at) and in_area_on(row.place.state, at)


def latest(rows: Iterable[Holding]) -> tuple[list[Holding], list[Holding]]:
    """Part rows into those that count and those that later ones replace.

    Of declarations the last of each State counts; of observations and claims the last of each speaker for a cell, and
    only when it is not older than the declaration it would correct.
    """
    told = list(rows)
    declared: dict[str, dt.date] = {}
    said: dict[tuple[str, str, Cell], dt.date] = {}
    for row in told:
        if row.basis == DECLARED:
            declared[row.owner] = max(declared.get(row.owner, row.day), row.day)
        else:
            key = row.basis, row.by, _cell(row)
            said[key] = max(said.get(key, row.day), row.day)
    counts: list[Holding] = []
    replaced: list[Holding] = []
    for row in told:
        since = declared.get(row.owner, dt.date.min)
        newest = since if row.basis == DECLARED else max(since, said[row.basis, row.by, _cell(row)])
        (counts if row.day >= newest else replaced).append(row)
    return counts, replaced


def accounts(book: Book) -> tuple[dict[str, Tally], list[Holding]]:
    """Return the account of every word, ``declared`` and ``combined`` first, and the rows that later ones replace."""
    counts, replaced = latest(current(book))
    declared = _summed(row for row in counts if row.basis == DECLARED)
    unknown = frozenset() if book.complete else _unknown(book, counts)
    observed, between = _merged(row for row in counts if row.basis == OBSERVED)
    combined, against = _laid_over(declared, observed, OBSERVED)
    found = {
        DECLARED: Tally(DECLARED, declared, unknown),
        COMBINED: Tally(COMBINED, combined, unknown, observed, (*between, *against)),
    }
    for speaker in sorted({row.by for row in counts if row.basis == CLAIMED}):
        claimed, own = _merged(row for row in counts if row.basis == CLAIMED and row.by == speaker)
        cells, other = _laid_over(combined, claimed, speaker)
        found[speaker] = Tally(speaker, cells, unknown, observed, (*own, *other))
    return found, replaced


def _cell(row: Holding) -> Cell:
    return Cell(row.owner, row.place, row.site, row.kind, row.status)


def _unknown(book: Book, counts: Iterable[Holding]) -> frozenset[str]:
    declared = {row.owner for row in counts if row.basis == DECLARED}
    return frozenset(code for group in GROUPS for code in members_on(group, book.at)) - declared


def _summed(rows: Iterable[Holding]) -> dict[Cell, Span]:
    """Add up rows of one cell: units of one place stand in rows of their own."""
    found: dict[Cell, Span] = {}
    for row in rows:
        cell = _cell(row)
        found[cell] = found.get(cell, NONE) + row.count
    return found


def _merged(rows: Iterable[Holding]) -> tuple[dict[Cell, Span], tuple[Conflict, ...]]:
    """Put counts of several speakers together: what fits them all, or everything between them where nothing does."""
    by_speaker: dict[str, dict[Cell, Span]] = {}
    for row in sorted(rows, key=lambda one: one.by):
        cells = by_speaker.setdefault(row.by, {})
        cells[_cell(row)] = cells.get(_cell(row), NONE) + row.count
    found: dict[Cell, Span] = {}
    who: dict[Cell, str] = {}
    conflicts: list[Conflict] = []
    for speaker, cells in by_speaker.items():
        for cell, span in cells.items():
            before = found.get(cell)
            if before is None:
                found[cell], who[cell] = span, speaker
            elif before.meets(span):
                found[cell] = before.common(span)
            else:
                conflicts.append(Conflict(cell, who[cell], before, speaker, span))
                found[cell] = before.hull(span)
    return found, tuple(conflicts)


def _laid_over(
    below: Mapping[Cell, Span], above: Mapping[Cell, Span], speaker: str
) -> tuple[dict[Cell, Span], tuple[Conflict, ...]]:
    """Put counts in the place of what they cover: a count of a place covers all its sites, one of a category its kinds.

    A count that is covered by another only raises the lower end of that one; so does a count of a part of what below
    is told as a whole: a base within a number for its whole place is not beside that number.
    """
    index = _by_site(below)
    found = dict(below)
    conflicts: list[Conflict] = []
    parts: dict[Cell, int] = {}
    for cell, span in above.items():
        wider = [wide for wide in _wider(cell) if wide in above]
        if wider:
            parts[wider[0]] = parts.get(wider[0], 0) + span.low
    inside: dict[Cell, Span] = {}
    for cell, span in above.items():
        if any(wide in above for wide in _wider(cell)) or _crossed(cell, above):
            continue
        span = _at_least(span, parts.get(cell, 0))
        replaced = list(_under(cell, index))
        wide = next((one for one in _wider(cell) if one in below), None)
        if not replaced and wide is not None:
            inside[wide] = inside.get(wide, NONE) + span
            continue
        if replaced:
            told = sum((below[one] for one in replaced), NONE)
            if not told.meets(span):
                conflicts.append(Conflict(cell, DECLARED, told, speaker, span))
        for one in replaced:
            found.pop(one, None)
        found[cell] = span
    for cell, span in inside.items():
        if cell in found:
            found[cell], more = _with_part(cell, below[cell], span, speaker)
            conflicts += more
    return found, tuple(conflicts)


def _with_part(cell: Cell, whole: Span, part: Span, speaker: str) -> tuple[Span, tuple[Conflict, ...]]:
    """Put counts of parts into a number told for the whole; parts that exceed it were not all in it."""
    if whole.high is None or part.low <= whole.high:
        return _at_least(whole, part.low), ()
    high = None if part.high is None else whole.high + part.high
    return Span(part.low, high), (Conflict(cell, DECLARED, whole, speaker, part),)


def _wider(cell: Cell) -> list[Cell]:
    """List the cells that would take this one in: its place without the site, its category without the kind."""
    category = category_of(cell.kind)
    found = [cell._replace(site="")] if cell.site else []
    if category != cell.kind:
        found.append(cell._replace(kind=category))
        if cell.site:
            found.append(cell._replace(kind=category, site=""))
    return found


def _crossed(cell: Cell, above: Mapping[Cell, Span]) -> bool:
    """Tell whether a count of all kinds at a site crosses a count of one kind at the whole place.

    Neither takes in the other, so only the count of the place is taken, lest items stand twice.
    """
    kinds = [kind for kind in covered(cell.kind) if kind != cell.kind]
    return bool(cell.site) and any(cell._replace(site="", kind=kind) in above for kind in kinds)


def _by_site(cells: Iterable[Cell]) -> dict[tuple[str, str, str, str, str], list[Cell]]:
    """Lead to cells by their site, and without one to all of a place: thousands of sites are not searched for each."""
    index: dict[tuple[str, str, str, str, str], list[Cell]] = {}
    for cell in cells:
        for site in {"", cell.site}:
            index.setdefault((cell.owner, cell.place.id, cell.kind, cell.status, site), []).append(cell)
    return index


def _under(cell: Cell, index: Mapping[tuple[str, str, str, str, str], list[Cell]]) -> Iterable[Cell]:
    for kind in covered(cell.kind):
        yield from index.get((cell.owner, cell.place.id, kind, cell.status, cell.site), ())


def _at_least(span: Span, low: int) -> Span:
    """Raise the lower end to what parts of it add up to, and the upper one where even that is less."""
    high = span.high if span.high is None else max(span.high, low)
    return Span(max(span.low, low), high)

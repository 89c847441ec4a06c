"""Judge a file of holdings: every limit by every word, the exceptions and their caps, what would settle most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skywitness.cfe.beside import beside
from skywitness.cfe.categories import categories
from skywitness.cfe.counting import Items, items_of
from skywitness.cfe.doubts import Doubt, doubts
from skywitness.cfe.duties import duties
from skywitness.cfe.exceptions import exceptions
from skywitness.cfe.law import Law, instrument
from skywitness.cfe.limits import Limit, every_limit, measure
from skywitness.cfe.line import Line
from skywitness.cfe.model import ACTIVE_USES, Book, Holding
from skywitness.cfe.notices import notices
from skywitness.cfe.settle import Visit, rank
from skywitness.cfe.span import Span
from skywitness.cfe.tally import COMBINED, Cell, Conflict, Tally, accounts, current, out_of_force
from skywitness.cfe.verdicts import findings
from skywitness.core.finding import Finding, Verdict, overall
from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.suspension import Suspension

__all__ = ["Answered", "Line", "conflict_words", "judge", "span_words"]


@dataclass(frozen=True, slots=True)
class Answered:
    """Everything that is said of a file of holdings."""

    book: Book
    law: Law
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    visits: tuple[Visit, ...]
    conflicts: tuple[Conflict, ...]
    replaced: tuple[Holding, ...]
    out_of_force: tuple[Holding, ...]
    consent_not_told: tuple[tuple[str, str], ...]
    alike: tuple[tuple[str, str], ...]
    doubts: tuple[Doubt, ...]
    suspended: tuple[Suspension, ...]
    unknown: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """A breach if any, else cannot tell if any."""
        return overall(self.findings)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write everything."""
        return {
            "title": self.book.title,
            "at": self.book.at.isoformat(),
            "binding": self.law.binding,
            "verdict": self.verdict.value,
            "limits": [line.to_json(catalogue) for line in self.lines],
            "findings": [one.to_json(catalogue) for one in self.findings],
            "would_settle": [one.to_json(catalogue) for one in self.visits],
            "conflicts": [_conflict(one, catalogue) for one in self.conflicts],
            "replaced": [row.where for row in self.replaced],
            "out_of_force": [row.where for row in self.out_of_force],
            "consent_not_told": [list(two) for two in self.consent_not_told],
            "alike": [list(two) for two in self.alike],
            "doubts": [one.to_json(catalogue) for one in self.doubts],
            "suspended": [one.to_json(catalogue) for one in self.suspended],
            "nothing_told_of": list(self.unknown),
            "reading": self.law.reading.to_json(),
        }


def judge(book: Book, reading: Reading, by: str = COMBINED) -> Answered:
    """Judge holdings by declarations with observations, or by the claims of somebody laid over them (``by``)."""
    law = Law(reading)
    tallies, replaced = accounts(book)
    days = {cell_of(row): row.days for row in current(book) if row.status == "transit"}
    items = {word: items_of(tally, law, days) for word, tally in tallies.items()}
    seen = items_of(Tally("observed", tallies[COMBINED].observed, frozenset()), law, days)
    states = frozenset(cell.owner for tally in tallies.values() for cell in tally.cells)
    lines = tuple(_line(limit, items, seen, law, by) for limit in every_limit(law, states, book.records.levels))
    tally = tallies[by]
    found = (
        *findings(lines, law),
        *categories(book, law),
        *exceptions(tally, book, law),
        *beside(tally, law),
        *duties(book.records, law, complete=book.complete),
        *notices(book.records, law),
    )
    undecided = [
        line
        for line in lines
        if line.verdict is Verdict.CANNOT_TELL
        and not line.measured.unknown
        and line.measured.span.low <= line.limit.allowed
    ]
    return Answered(
        book=book,
        law=law,
        lines=lines,
        findings=found,
        visits=rank({line.limit: line.measured for line in undecided}),
        conflicts=tally.conflicts,
        replaced=tuple(replaced),
        out_of_force=tuple(out_of_force(book)),
        consent_not_told=_consent_not_told(tally, book),
        alike=_alike(book),
        doubts=doubts(law),
        suspended=_suspended(states, reading),
        unknown=tuple(sorted(tally.unknown)),
    )


def cell_of(row: Holding) -> Cell:
    """Return the cell that a row belongs to."""
    return Cell(row.owner, row.place, row.site, row.kind, row.status)


def _line(limit: Limit, items: Mapping[str, Items], seen: Items, law: Law, by: str) -> Line:
    by_word = {word: measure(limit, one) for word, one in items.items()}
    observed = measure(limit, seen)
    return Line(limit, by_word, observed.told if observed.of_places else None, law.binding, by)


def _consent_not_told(tally: Tally, book: Book) -> tuple[tuple[str, str], ...]:
    """Pair States with those their forces stand in, where the file does not tell whether these agreed (IV.5)."""
    told = {(one.state, one.host) for one in book.records.stationed}
    pairs = {
        (cell.owner, cell.place.state)
        for cell, span in tally.cells.items()
        if cell.status in ACTIVE_USES and cell.place.state not in ("", cell.owner) and span.high != 0
    }
    return tuple(sorted(pairs - told))


def _alike(book: Book) -> tuple[tuple[str, str], ...]:
    """Pair rows that are alike in everything but their place in the file; both are counted."""
    seen: dict[tuple[Any, ...], str] = {}
    found: list[tuple[str, str]] = []
    for row in book.rows:
        key = (row.day, cell_of(row), row.count, row.basis, row.by, row.type, row.source)
        first = seen.setdefault(key, row.where)
        if first != row.where:
            found.append((first, row.where))
    return tuple(found)


def _suspended(states: frozenset[str], reading: Reading) -> tuple[Suspension, ...]:
    """Return the suspensions that run on the day and are by or towards a State of the file."""
    return tuple(
        row
        for row in instrument().suspensions
        if row.holds_on(reading.at, reading.known) and not states.isdisjoint((*row.by, *row.towards))
    )


def _conflict(one: Conflict, catalogue: Catalogue) -> dict[str, Any]:
    cell = one.cell
    return {
        "owner": cell.owner,
        "place": cell.place.id,
        "site": cell.site,
        "kind": cell.kind,
        "status": cell.status,
        "words": conflict_words(one).render(catalogue),
        "accounts": [{"by": one.one, **one.first.to_json()}, {"by": one.other, **one.second.to_json()}],
    }


def conflict_words(one: Conflict) -> Text:
    """Say which two accounts do not agree."""
    told = {"owner": one.cell.owner, "place": one.cell.place.id, "kind": one.cell.kind.replace("_", " ")}
    return say(
        "{owner}, {place}, {kind}: {first} ({one}) and {second} ({other}) cannot both be right",
        first=span_words(one.first),
        one=one.one,
        second=span_words(one.second),
        other=one.other,
        **told,
    )


def span_words(span: Span) -> Text:
    """Say how many."""
    if span.exact:
        return say("{low:,}", low=span.low)
    if span.high is None:
        return say("{low:,} or more", low=span.low)
    return say("{low:,} to {high:,}", low=span.low, high=span.high)

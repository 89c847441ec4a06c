"""Judge a file of holdings: every limit by every word, the exceptions and their caps, what would settle most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from skywitness.cfe.counting import Items, items_of
from skywitness.cfe.doubts import Doubt, doubts
from skywitness.cfe.duties import duties
from skywitness.cfe.exceptions import exceptions
from skywitness.cfe.groups import GROUPS
from skywitness.cfe.law import Law, instrument
from skywitness.cfe.limits import Limit, Measured, every_limit, measure, subject_words
from skywitness.cfe.model import DECLARED, Book, Holding
from skywitness.cfe.settle import Visit, rank
from skywitness.cfe.span import NONE, Span
from skywitness.cfe.tally import COMBINED, Cell, Conflict, Tally, accounts, current
from skywitness.core.finding import Effect, Finding, Verdict, overall
from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.provisions import provision
from skywitness.law.suspension import Suspension

__all__ = ["OVER", "Answered", "Line", "conflict_words", "judge", "span_words"]

OVER: Final = {Verdict.BREACH: "proved", Verdict.OK: "excluded", Verdict.CANNOT_TELL: "possible"}
"""Whether it is over the limit, as scripts read it."""

_LIMITED: Final = (
    *("IV.1", "IV.1(A)", "IV.1(B)", "IV.1(C)", "IV.1(D)", "IV.1(E)", "IV.2(A)", "IV.2(B)", "IV.2(C)"),
    *("IV.3(A)", "IV.3(B)", "IV.3(C)", "IV.3(D)", "IV.4(A)", "IV.4(B)", "IV.4(C)", "V.1(A)", "V.1(B)", "V.1(C)"),
    *("VI(A)", "VI(B)", "VI(C)", "VI(D)", "VI(E)", "VII.1", "X.9(A)", "X.9(B)", "X.9(C)", "XI.1", "XI.5"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One limit and what each word makes of it; ``observed`` counts only what somebody saw."""

    limit: Limit
    by_word: Mapping[str, Measured]
    observed: Span | None
    binding: bool
    word: str

    @property
    def measured(self) -> Measured:
        """What the word that judges makes of it."""
        return self.by_word[self.word]

    def verdict_by(self, word: str) -> Verdict:
        """Judge it by one word; before the limits bind they say nothing."""
        if not self.binding and not self.limit.always:
            return Verdict.NOT_APPLICABLE
        return self.limit.against(self.by_word[word].span)

    @property
    def verdict(self) -> Verdict:
        """Judge it by the word that judges."""
        return self.verdict_by(self.word)

    @property
    def idle(self) -> bool:
        """Tell whether nothing at all is told of it."""
        return all(one.told == NONE for one in self.by_word.values()) and self.verdict is not Verdict.BREACH

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write as the interface has it, and what each word makes of it."""
        verdict = self.verdict
        return {
            **self.limit.to_json(catalogue),
            "declared": self.by_word[DECLARED].told.low if not self.by_word[DECLARED].unknown else None,
            "declared_so_far": self.by_word[DECLARED].told.to_json(),
            "not_declared_by": list(self.by_word[DECLARED].unknown),
            "observed": self.observed.to_json() if self.observed else None,
            **self.measured.span.to_json(),
            "verdict": verdict.value,
            "over": OVER.get(verdict),
            "by_word": {
                word: {**one.span.to_json(), "over": OVER.get(self.verdict_by(word))}
                for word, one in self.by_word.items()
            },
        }


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
    lines = tuple(_line(limit, items, seen, law, by) for limit in every_limit(law, states))
    tally = tallies[by]
    findings = (*_findings(lines, law), *exceptions(tally, book, law), *duties(book.records, law))
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
        findings=findings,
        visits=rank({line.limit: line.measured for line in undecided}),
        conflicts=tally.conflicts,
        replaced=tuple(replaced),
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


def _limited(rule: Any) -> Any:
    """Tie the rule to the provision of every limit."""
    for ident in _LIMITED:
        rule = provision(f"CFE:{ident}")(rule)
    return rule


@_limited
def _findings(lines: tuple[Line, ...], law: Law) -> Iterator[Finding]:
    """Make a finding of each limit of which something is told."""
    for line in lines:
        if not line.idle:
            yield _finding(line, law)
    yield from _room_in_core(lines, law)


def _finding(line: Line, law: Law) -> Finding:
    limit, span, verdict = line.limit, line.measured.span, line.verdict
    values: tuple[Any, ...] = (limit.value,)
    told = {"what": limit.words(), "low": span.low, "allowed": limit.allowed}
    numbers: dict[str, Any] = {"limit": limit.allowed, "unit": "items", "bearer": limit.holder, "measured": span.low}
    if span.high is not None:
        numbers |= {"measured": (span.low + span.high) / 2, "margin": float(limit.allowed - span.high)}
        numbers |= {} if span.exact else {"uncertainty": (span.high - span.low) / 2}
    effect: Effect | None = None
    needs: tuple[Text, ...] = ()
    if verdict is Verdict.NOT_APPLICABLE:
        day, value = law.after("months_to_limits")
        why: Text = say("{what}: the limits bind from {day} on.", what=limit.words(), day=day)
        values = (limit.value, value)
    elif verdict is Verdict.BREACH:
        why = say("{what}: {low:,} at least; {allowed:,} are allowed.", **told)
        effect = Effect(limit.holder, "must", say("hold {more:,} fewer", more=span.low - limit.allowed))
    elif verdict is Verdict.OK:
        why = say("{what}: {high:,} at most; {allowed:,} are allowed.", high=span.high or 0, **told)
    elif line.measured.unknown:
        missing = ", ".join(line.measured.unknown)
        why = say(
            "{what}: {low:,} at least; {missing} declared nothing; {allowed:,} are allowed.", missing=missing, **told
        )
        needs = tuple(say("a declaration of {state}", state=state) for state in line.measured.unknown)
    elif span.low > limit.allowed:
        why = say(
            "{what}: {low:,} at least; {allowed:,} or {perhaps:,} are allowed, which is not settled.",
            perhaps=limit.perhaps,
            **told,
        )
        needs = (say("the maximum level that {holder} notified", holder=limit.holder),)
    else:
        high = say("any number") if span.high is None else say("{high:,}", high=span.high)
        why = say("{what}: between {low:,} and {high}; {allowed:,} are allowed.", high=high, **told)
        needs = tuple(
            say("an exact count in {place}", place=place)
            for place, own in line.measured.of_places.items()
            if not own.exact
        )
    return law.finding(limit.provision, verdict, why, effect=effect, needs=needs, values=values, **numbers)


@provision("CFE:IV.6")
def _room_in_core(lines: tuple[Line, ...], law: Law) -> Iterator[Finding]:
    """Say how much of the room in the core a group may use in the inner area (Article IV.6)."""
    lines_by = {(line.limit.key, line.limit.holder, line.limit.subject): line for line in lines}
    for group in GROUPS:
        for (key, holder, subject), core in lines_by.items():
            inner = lines_by.get(("inner_active", group, subject))
            if key != "core_active" or holder != group or inner is None or core.idle or not law.binding:
                continue
            high, inner_high = core.measured.span.high, inner.measured.span.high
            if high is None or inner_high is None:
                continue
            room = min(core.limit.allowed - high, inner.limit.allowed - inner_high)
            told = {"group": group, "what": subject_words(subject)}
            if room <= 0:
                why = say("{group}, {what}: the core or the inner area has no room left.", **told)
                yield law.finding("IV.6", Verdict.NOT_APPLICABLE, why, bearer=group)
                continue
            why = say("{group}, {what}: room left in the core may be used in the inner area, within its limit.", **told)
            effect = Effect(group, "may", say("place {room:,} more in the inner area", room=room))
            values = (core.limit.value, inner.limit.value)
            yield law.finding("IV.6", Verdict.OK, why, bearer=group, effect=effect, values=values)


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

"""A case: what was said and done in a dispute, by whom, with sources.  No field holds a verdict of this program.

``None`` and empty tuples are always what nobody has told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from skywitness.consult.prose import Prose
from skywitness.core.periods import shifted
from skywitness.core.reading import Reading

__all__ = [
    "ASSERTS",
    "DENIES",
    "POLARITIES",
    "WITHHOLDS",
    "Body",
    "Case",
    "Conflict",
    "Event",
    "Evidence",
    "Legal",
    "Links",
    "Proposition",
    "Question",
    "Running",
    "Source",
    "Vote",
    "Way",
    "When",
]

ASSERTS, DENIES, WITHHOLDS = "asserts", "denies", "withholds"
POLARITIES: Final = (ASSERTS, DENIES, WITHHOLDS)
"""What an actor does with a proposition.  ``withholds``: it was asked, and says neither."""


@dataclass(frozen=True, slots=True)
class When:
    """Some day from ``first`` to ``last``, both included, in a zone; ``precision`` says how exactly sources have it."""

    first: dt.date
    last: dt.date
    precision: str = "day"
    zone: str = "UTC"

    @property
    def unread(self) -> bool:
        """Tell whether this stands in for what could not be read: nothing is to be concluded from its days."""
        return not self.precision

    def __str__(self) -> str:
        if self.precision == "day":
            return self.first.isoformat()
        if self.precision == "month":
            return f"{self.first:%Y-%m}"
        return f"{self.first:%Y}" if self.precision == "year" else f"{self.first}/{self.last}"

    def to_json(self) -> dict[str, str]:
        """Write both ends, how exact they are, and the zone."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "precision": self.precision,
            "zone": self.zone,
        }


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read.  ``side``: whose publisher it is, and so who speaks; ``of`` names it.

    ``fingerprint``: hashes of its text (``press.fingerprint``), by which ``read`` knows the same report again.
    """

    id: str
    title: Prose
    publisher: str
    side: str
    kind: str
    of: str = ""
    date: dt.date | None = None
    language: str = ""
    address: str = ""
    fingerprint: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """Somebody who is no State of a treaty here: an organ, an alliance, the press."""

    code: str
    name: Prose
    kind: str


@dataclass(frozen=True, slots=True)
class Proposition:
    """Something that is said to be so, in neutral words; who asserts and who denies it stands in the events."""

    id: str
    words: Prose
    provisions: tuple[str, ...]
    dispute_kind: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """A time that an act sets running, and the day it is stated to lead to."""

    number: int
    unit: str
    stated: dt.date | None = None

    def ends(self, start: dt.date) -> dt.date:
        """Count from the day of the act; months are months of the calendar."""
        return shifted(dt.datetime.combine(start, dt.time(), dt.UTC), self.number, self.unit).date()


@dataclass(frozen=True, slots=True)
class Legal:
    """What makes an act one of law: from when to when it is stated to work, on what ground, how much of the treaty.

    ``duties`` of a suspension are those of ``law.suspension``; empty: the whole.
    """

    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    running: Running | None = None
    basis: str = ""
    basis_words: Prose | None = None
    scope: str = ""
    duties: tuple[str, ...] = ()
    reversible: bool | None = None
    condition: Prose | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """Identifiers of earlier events that an event refers to."""

    responds_to: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    opposes: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()

    def all(self) -> dict[str, tuple[str, ...]]:
        """Return every kind of link by the name of its field."""
        return {name: getattr(self, name) for name in LINKS}


LINKS: Final = ("responds_to", "supports", "opposes", "supersedes", "follows", "closes")


@dataclass(frozen=True, slots=True)
class Vote:
    """Votes counted; ``absent`` may be unknown."""

    yes: int
    no: int
    abstaining: int
    absent: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What somebody rests its word on: its kind, a source of the case, and who can see it."""

    kind: str
    source: str
    access: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another value of a field, by a source; none of the two is chosen."""

    field: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Event:
    """One act or word.  ``published``: the day others could know of it (``None``: the last day it can have happened).

    ``asserts``, ``denies``, ``withholds``: propositions of the case.  ``assessor``: whose finding it is.  ``signers``
    of a statement.  ``silence_until`` of a proposal: the last day to object.  ``revision`` counts corrections of one
    identifier; the earlier ones stay in ``Case.revised``.
    """

    id: str
    when: When
    step: str
    actors: tuple[str, ...]
    capacity: str
    what: Prose
    sources: tuple[str, ...]
    treaty: str = ""
    treaty_version: str = ""
    addressees: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    no_provision: Prose | None = None
    subjects: tuple[str, ...] = ()
    asserts: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()
    withholds: tuple[str, ...] = ()
    dispute_kind: str = ""
    stance: str = ""
    quote: str = ""
    published: dt.date | None = None
    legal: Legal = field(default_factory=Legal)
    links: Links = field(default_factory=Links)
    instrument: str = ""
    number: str = ""
    vote: Vote | None = None
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    assessor: str = ""
    signers: tuple[str, ...] = ()
    silence_until: dt.date | None = None
    outcome: str = ""
    status: str = "reported"
    recorded_by: str = ""
    recorded: dt.date | None = None
    revision: int = 1

    @property
    def known(self) -> dt.date:
        """The day from which others could know of it."""
        return self.published or self.when.last

    def known_by(self, day: dt.date | None) -> bool:
        """Tell whether it could be known on a day; ``None``: everything is."""
        return day is None or self.known <= day

    def said(self, proposition: str) -> str:
        """Return which polarity it gives a proposition; empty where it says nothing of it."""
        return next((one for one in POLARITIES if proposition in getattr(self, one)), "")

    @property
    def propositions(self) -> tuple[str, ...]:
        """Every proposition it speaks of."""
        return (*self.asserts, *self.denies, *self.withholds)


@dataclass(frozen=True, slots=True)
class Way:
    """One reading that a question is to be answered under, with its name."""

    name: Prose
    reading: Reading


@dataclass(frozen=True, slots=True)
class Question:
    """A neutral question and how it is asked: the name of an asker (``questions.ASKERS``) and what that one needs.

    ``raised_by``: events without which nobody has put it yet.  ``settles``: what would settle it beside what the
    findings name.
    """

    key: str
    words: Prose
    provisions: tuple[str, ...]
    how: str
    data: Mapping[str, Any]
    ways: tuple[Way, ...] = ()
    raised_by: tuple[str, ...] = ()
    settles: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a file tells, in the order of the file; ``treaties`` are names of instruments, the main one first."""

    key: str
    title: Prose
    about: Prose | None
    treaties: tuple[str, ...]
    sources: Mapping[str, Source]
    bodies: Mapping[str, Body]
    propositions: Mapping[str, Proposition]
    events: tuple[Event, ...]
    questions: tuple[Question, ...] = ()
    linked: tuple[str, ...] = ()
    revised: Mapping[str, tuple[Event, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def treaty(self) -> str:
        """The main instrument."""
        return self.treaties[0]

    @property
    def first(self) -> dt.date:
        """The first day of the first event."""
        return min(one.when.first for one in self.events)

    @property
    def last(self) -> dt.date:
        """The last day of the last event."""
        return max(one.when.last for one in self.events)

    def event(self, ident: str) -> Event:
        """Return an event by its identifier, in its last revision."""
        return next(one for one in self.events if one.id == ident)

    def versions(self, ident: str) -> tuple[Event, ...]:
        """Return every revision of an event, the first one first."""
        return (*self.revised.get(ident, ()), self.event(ident))

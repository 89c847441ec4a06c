"""Duties and rights with a time: the rows of a clock, and what each comes to in one case.

A ``Clock`` is a row of law: who has to do what, from when on, until when, counted from which event.  A ``Duty`` is
that row in one case: its two moments, its state as of a moment, and everything these rest on.  The engine that makes
duties of clocks is :mod:`skywitness.core.clock_engine`; it knows no treaty.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from skywitness.core.event import Event
from skywitness.core.finding import UsedValue
from skywitness.core.text import Text


class State(enum.StrEnum):
    """How a duty or right stands as of a moment, by the list of events."""

    WAITING = "waiting"  # what it is counted from has not happened, or its time has not come
    DUE = "due"  # it can be done, and is not
    DONE = "done"
    EARLY = "early"  # done before its time
    LATE = "late"  # a duty that was not done in time, or is not done yet
    LAPSED = "lapsed"  # a right or power that was not used in time
    DEEMED = "deemed"  # nobody acted, and the text says what counts instead
    WAIVED = "waived by agreement"  # the time was not kept, and those concerned had agreed otherwise
    CANNOT_TELL = "cannot_tell"
    NOT_APPLICABLE = "not_applicable"


FINAL = frozenset({State.DONE, State.EARLY, State.LATE, State.LAPSED, State.DEEMED, State.WAIVED})
"""States that no later moment changes."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A moment counted from the event ``anchor``: ``key`` names the period in the law; without it, the event itself."""

    anchor: str
    key: str = ""
    before: bool = False


@dataclass(frozen=True, slots=True)
class OnDay:
    """A day of the calendar that no event moves: ``key`` and ``subject`` name it in the law.

    ``years`` counts from the year of the case: -1 is the year before.  A day with a year of its own needs none.
    ``before``: the time ends when the day begins, not when it ends.
    """

    key: str
    subject: str = ""
    years: int = 0
    before: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """A clock that runs only where a fact of the case has one of some values."""

    fact: str
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """A period of the law that is added to the time where a fact has a value."""

    key: str
    fact: str
    value: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Events between which the time does not run, unless those concerned agreed on ``agreement`` otherwise."""

    begins: tuple[str, ...]
    ends: tuple[str, ...]
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One duty, right or power with a time, as the law has it.

    ``opens`` and ``due``: from when on and until when.  ``done_by``: kinds of event that settle it.  ``lapse``: its
    state when the time has passed.  ``consequence``: what the text says follows, ``None`` where it is silent.
    ``arises_from``: another clock that must have run out first.  ``suspended_by``: events after which the time no
    longer counts.  ``repeats``: it runs anew from each event of its anchor.  ``also``: other provisions that say it.
    """

    id: str
    provision: str
    bearer: str
    beneficiary: str
    modality: str
    what: Text
    opens: Bound | OnDay | None = None
    due: Bound | OnDay | None = None
    done_by: tuple[str, ...] = ()
    lapse: State = State.LATE
    consequence: Text | None = None
    note: Text | None = None
    also: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    extended: tuple[Extension, ...] = ()
    paused: Pause | None = None
    arises_from: str = ""
    suspended_by: tuple[str, ...] = ()
    repeats: bool = False
    at_once: bool = False

    @property
    def silent(self) -> bool:
        """Tell whether the text says nothing about what follows."""
        return self.consequence is None


@dataclass(frozen=True, slots=True)
class LawTime:
    """A period or a day of the law: a number with its unit, a date, or month and day of every year."""

    value: float | dt.date | tuple[int, int]
    unit: str
    used: tuple[UsedValue, ...] = ()


Law = Callable[[str, str], LawTime | None]
"""Asked with key and subject; ``None`` where the law has no settled value on the day."""


class Footing(enum.StrEnum):
    """How well the moment of an event is founded."""

    HAPPENED = "happened"
    FIXED = "fixed"  # an appointment: notified or planned, whether it has come or not
    LAW = "law"  # a day of the law itself
    CALENDAR = "calendar"
    EXPECTED = "expected"  # estimated; says so wherever it is shown


@dataclass(frozen=True, slots=True)
class Moment:
    """When an event is, and on what that rests.

    ``basis`` says how an expected one was estimated; ``not_earlier`` and ``not_later``: it cannot have been before, or
    after, the estimate.
    """

    kind: str
    at: dt.datetime
    footing: Footing
    basis: Text | None = None
    not_earlier: bool = False
    not_later: bool = False

    @property
    def firm(self) -> bool:
        """Tell a moment that is known from one that is estimated."""
        return self.footing is not Footing.EXPECTED


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of a duty's time.  Where ``at`` is ``None``, ``missing`` or ``unsettled`` say why it is not computed."""

    at: dt.datetime | None = None
    moment: Moment | None = None
    missing: str = ""
    unsettled: str = ""
    values: tuple[UsedValue, ...] = ()

    @property
    def firm(self) -> bool:
        """Tell whether the moment is known, not estimated."""
        return self.at is not None and (self.moment is None or self.moment.firm)


@dataclass(frozen=True, slots=True)
class Case:
    """What a clock is read against.

    ``appointments``: kinds whose events are fixed ahead.  ``by_law``: kinds whose moment the law gives; nobody keeps
    a list of what followed.  ``known``: facts by name; ``settles``: kinds of event whose author decides a fact, by
    ``sides``.  ``excluded``: for a kind, those after which it can no longer happen.  ``agreed``: provisions on whose
    time those concerned agreed otherwise, with the source.  ``complete_until``: nothing is missing in the list before.
    """

    events: tuple[Event, ...] = ()
    expected: Mapping[str, Moment] = field(default_factory=lambda: MappingProxyType({}))
    appointments: frozenset[str] = frozenset()
    by_law: frozenset[str] = frozenset()
    known: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    settles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sides: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    agreed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    year: int = 2002
    complete_until: dt.datetime | None = None


class Reason(enum.StrEnum):
    """Why a duty stands as it does, where its times alone do not say it."""

    NONE = ""
    CONDITION = "condition"  # a fact of the case rules it out
    UNKNOWN_FACT = "unknown_fact"  # a fact of the case is not known
    IN_TIME = "in_time"  # what would have to run out first was done in time
    NOT_YET_RUN_OUT = "not_yet_run_out"  # what has to run out first still runs
    EXCLUDED = "excluded"  # what it is counted from can no longer happen
    NOT_LISTED = "not_listed"  # its time is over, and nobody says that the list would hold it
    UNKNOWN_ANCHOR = "unknown_anchor"  # done, but what it is counted from is not known
    UNSETTLED = "unsettled"  # the law has no settled value on the day
    SUSPENDED = "suspended"  # an event ended the time: as soon as possible
    STOPPED = "stopped"  # the time stands still
    UNKNOWN_EXTENSION = "unknown_extension"  # beyond the time, unless it is extended


@dataclass(frozen=True, slots=True)
class Duty:
    """One clock in one case, as of a moment.

    ``number`` counts the duties of a clock that repeats, from 1.  ``missing``: kinds of event, and ``unknown``: facts,
    that would tell more.  ``extended`` names the periods added, ``stood_still`` how long the time did not run.
    """

    clock: Clock
    state: State
    number: int = 1
    opens: Edge | None = None
    due: Edge | None = None
    done: Event | None = None
    reason: Reason = Reason.NONE
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    extended: tuple[str, ...] = ()
    stood_still: dt.timedelta = dt.timedelta()
    by_agreement: str | None = None

    @property
    def id(self) -> str:
        """Name the duty: its clock, and its number where there are more."""
        return self.clock.id if self.number == 1 else f"{self.clock.id}-{self.number}"

    @property
    def anchor(self) -> Moment | None:
        """The moment it is counted from: that of its end, else that of its beginning."""
        return next((edge.moment for edge in (self.due, self.opens) if edge and edge.moment), None)

    @property
    def not_before_utc(self) -> dt.datetime | None:
        """From when on it can be done."""
        return self.opens.at if self.opens else None

    @property
    def due_utc(self) -> dt.datetime | None:
        """Until when it can be done."""
        return self.due.at if self.due else None

    @property
    def estimated(self) -> bool:
        """Tell whether one of its moments is estimated."""
        return any(edge.at is not None and not edge.firm for edge in (self.opens, self.due) if edge)

    @property
    def values(self) -> tuple[UsedValue, ...]:
        """The values of the law its moments rest on."""
        return tuple(dict.fromkeys(value for edge in (self.opens, self.due) if edge for value in edge.values))

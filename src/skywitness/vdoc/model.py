"""What a file tells: activities with the accounts of them, visits, questions, information.  ``None``: not told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from skywitness.vdoc.count import UNKNOWN, Count

COUNTED: Final = ("troops", "tanks", "acvs", "artillery", "sorties")
"""What accounts count; ``sorties`` are those of aircraft, helicopters left out."""

ON_LAND: Final = ("troops", "tanks", "acvs", "artillery")
LAND: Final = "land"
LANDINGS: Final = ("amphibious", "heliborne", "parachute")
KINDS: Final = (LAND, *LANDINGS)
BASES: Final = ("declared", "observed", "claimed")


@dataclass(frozen=True, slots=True)
class Span:
    """A moment that is known to lie between two, UTC: a day is the 24 hours of it."""

    first_utc: dt.datetime
    last_utc: dt.datetime

    @property
    def day(self) -> dt.date:
        """The day on which it lies."""
        return self.first_utc.date()


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done on a ``day``, never (``done`` false), or of which nobody has told (``done`` ``None``)."""

    done: bool | None = None
    day: dt.date | None = None


NOT_TOLD: Final = Act()


@dataclass(frozen=True, slots=True)
class Account:
    """What one speaker says of the numbers of an activity."""

    id: str
    by: str
    basis: str
    counts: Mapping[str, Count]
    said: dt.date | None = None
    source: str = ""

    def of(self, what: str) -> Count:
        """Return one number."""
        return self.counts.get(what, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Activity:
    """A military activity as announced or observed, of one State or several.

    ``alert``: it began without advance notice to the troops; ``air_told``: its notification tells of air forces.
    """

    id: str
    states: tuple[str, ...]
    kind: str
    start: Span
    end: Span | None = None
    name: str = ""
    alert: bool | None = None
    in_zone: bool = True
    notified: Act = NOT_TOLD
    invited: Act = NOT_TOLD
    calendar: Act = NOT_TOLD
    air_told: bool | None = None
    observers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """Somebody's word that several activities are one, with accounts of the whole if there are any."""

    id: str
    activities: tuple[str, ...]
    by: tuple[str, ...]
    said: dt.date | None = None
    accounts: tuple[Account, ...] = ()


INSPECTION: Final = "inspection"
EVALUATION: Final = "evaluation"


@dataclass(frozen=True, slots=True)
class Visit:
    """An inspection of an area or an evaluation visit.  ``answered_utc`` is ``False`` where no answer came.

    ``working_hours`` are those of an evaluation visit from its beginning to its end.
    """

    kind: str
    id: str
    by: str
    of: str
    requested_utc: dt.datetime
    entry_utc: dt.datetime | None = None
    answered_utc: dt.datetime | bool | None = None
    accepted: bool | None = None
    team: int | None = None
    began_utc: dt.datetime | None = None
    ended_utc: dt.datetime | None = None
    working_hours: float | None = None

    @property
    def day(self) -> dt.date:
        """The day to which it belongs: that of the entry, else of the request."""
        return (self.entry_utc or self.requested_utc).date()


@dataclass(frozen=True, slots=True)
class Question:
    """A question on unusual military activity, and a meeting on it.  ``False``: it never came."""

    id: str
    by: str
    to: str
    asked_utc: dt.datetime
    answered_utc: dt.datetime | bool | None = None
    meeting_asked_utc: dt.datetime | None = None
    meeting_held_utc: dt.datetime | bool | None = None


@dataclass(frozen=True, slots=True)
class Information:
    """The yearly information of a State for a year."""

    state: str
    year: int
    given: Act = NOT_TOLD


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything a file tells.  ``complete``: it tells of every activity and visit of its States in its years.

    ``units`` are the reported units and formations by State and year.
    """

    at: dt.date
    title: str = ""
    complete: bool = False
    activities: tuple[Activity, ...] = ()
    togethers: tuple[Together, ...] = ()
    visits: tuple[Visit, ...] = ()
    units: Mapping[tuple[str, int], int] = field(default_factory=lambda: MappingProxyType({}))
    questions: tuple[Question, ...] = ()
    information: tuple[Information, ...] = ()

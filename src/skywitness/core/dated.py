"""Values that hold on some days and became known on others.

Every legal value has two clocks: the days it is in force, and the day it became known.  Some values carry a dated
decision (``start``); others were only *seen in use* on some days (``attested``).  :func:`resolve` says what holds on a
day, as one of three named results, never ``None`` and never zero:

``Settled``
    one value holds.  A value with a start and an end holds on ``[start, end)``.  A value with a start alone holds from
    that day on, indefinitely, until another value is seen.  A value that was only seen holds between equal sightings
    and after the last one until another value is seen; its status is then ``attested``.
``Unsettled``
    between the last sighting of one value and the first of another nobody can say which held, so both are candidates.
    A new value with its own ``start`` leaves no such gap.  A value known to exist but not found also leaves the answer
    unsettled, and the candidates are then not ``exhaustive``.
``NotInForce``
    nothing holds: before the first day of the first value, or after the end of the last.

What was not yet known on a day can be left out by the second clock (``known``).
"""

from __future__ import annotations

import datetime as dt
import enum
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from skywitness.core.days import Days, DaySet

__all__ = [
    "ATTESTED",
    "NOT_FOUND",
    "RECOLLECTION",
    "STATUSES",
    "DatedValue",
    "Missing",
    "NotInForce",
    "Outcome",
    "Settled",
    "Timeline",
    "Unsettled",
    "as_json",
    "resolve",
]


class Missing(enum.Enum):
    """A value that exists in law but that no source at hand gives."""

    NOT_FOUND = "not found"


NOT_FOUND: Final = Missing.NOT_FOUND
Value = int | float | str | tuple[str, ...]

RECOLLECTION: Final = "recollection"
ATTESTED: Final = "attested"
STATUSES: Final = ("text", "decision", "reported", RECOLLECTION)
"""How well a stored value is founded: the treaty's text, a dated decision, a report, or unchecked recollection."""

# An answer takes the best-founded support it has.
_RANK: Final = {"text": 0, "decision": 1, "reported": 2, ATTESTED: 3, RECOLLECTION: 4}


def as_json(value: Value) -> int | float | str | list[str]:
    """Write a value as JSON has it: a list of words as a list."""
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value with its two clocks and its source.

    ``start`` and ``end`` bound the days in force, ``[start, end)``; ``attested`` are days on which it was seen in use.
    ``known`` is the day it became known (``None``: its first day), ``end_known`` the day its end became known
    (``None``: together with the value).  ``recorded`` is when it was typed in, which is provenance and not law.
    """

    value: Value | Missing
    unit: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    attested: tuple[dt.date, ...] = ()
    known: dt.date | None = None
    source: str = ""
    status: str = "reported"
    note: str = ""
    recorded: dt.date | None = None
    end_known: dt.date | None = None
    confidence: str = ""
    _days: DaySet | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.start is None and not self.attested:
            raise ValueError("a dated value needs a first day or at least one day on which it was seen")

    @property
    def claim(self) -> tuple[Value | Missing, str]:
        """What is claimed, apart from when: two entries agree when their claims are equal."""
        return self.value, self.unit

    @property
    def days(self) -> DaySet:
        """The days on which this entry by itself says that the value holds.

        A term with both ends says so of all its days; otherwise only the first day and the sightings are sure.
        """
        found = self._days
        if found is None:
            found = DaySet.single(*(day for day in self.attested if self.end is None or day < self.end))
            if self.start is not None:
                own = DaySet.of(Days(self.start, self.end)) if self.end else DaySet.single(self.start)
                found = found | own if found else own
            object.__setattr__(self, "_days", found)  # asked for again and again, and always the same
        return found

    @property
    def answer_status(self) -> str:
        """The status an answer gets from this entry: ``attested`` when it was only ever seen."""
        if self.start is not None or self.status == RECOLLECTION:
            return self.status
        return ATTESTED

    def ended_by(self, day: dt.date) -> bool:
        """Tell whether the stated end has come by ``day``."""
        return self.end is not None and self.end <= day

    def as_known(self, known: dt.date | None) -> DatedValue | None:
        """Return the entry as it stood on the day ``known``; ``None`` when nothing of it was known yet."""
        if known is None:
            return self
        first = self.known or self.start or min(self.attested)
        attested = tuple(day for day in self.attested if day <= known)
        if first > known or (self.start is None and not attested):
            return None
        end = self.end if (self.end_known or first) <= known else None
        if len(attested) == len(self.attested) and end == self.end:
            return self
        return replace(self, attested=attested, end=end)

    def to_json(self) -> dict[str, Any]:
        """Write what a candidate needs to be judged by: value, unit, days, source and status."""
        return {
            "value": None if isinstance(self.value, Missing) else as_json(self.value),
            "unit": self.unit,
            "from": self.start.isoformat() if self.start else None,
            "to": self.end.isoformat() if self.end else None,
            "attested": [day.isoformat() for day in self.attested],
            "source": self.source,
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class Settled:
    """One value holds.  ``support`` are the entries it rests on, the best founded first."""

    value: Value
    support: tuple[DatedValue, ...]

    @property
    def best(self) -> DatedValue:
        """The best founded entry."""
        return self.support[0]

    @property
    def number(self) -> float:
        """The value as a number.

        :raises TypeError: when the value is a word or a list of words.
        """
        if isinstance(self.value, str | tuple):
            raise TypeError(f"the value {self.value!r} is not a number")
        return float(self.value)

    @property
    def unit(self) -> str:
        """The unit of the value."""
        return self.best.unit

    @property
    def start(self) -> dt.date | None:
        """First day in force; ``None`` when the value was only seen."""
        return self.best.start

    @property
    def end(self) -> dt.date | None:
        """First day no longer in force, where one is stated."""
        return self.best.end

    @property
    def attested(self) -> tuple[dt.date, ...]:
        """All days on which the value was seen, in order."""
        return tuple(sorted({day for entry in self.support for day in entry.attested}))

    @property
    def source(self) -> str:
        """Where the best founded entry comes from."""
        return self.best.source

    @property
    def status(self) -> str:
        """``text``, ``decision``, ``reported``, ``attested`` or ``recollection``; the last means: unchecked."""
        return self.best.answer_status

    @property
    def note(self) -> str:
        """What a reader should know of the best founded entry."""
        return self.best.note


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Nobody can say which value holds.

    ``candidates`` differ from one another; ``exhaustive`` is false when the true value may be none of them because it
    was not found.  ``last_seen`` and ``next_seen`` are the days between which the answer is open.
    """

    candidates: tuple[DatedValue, ...]
    exhaustive: bool
    last_seen: dt.date | None = None
    next_seen: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NotInForce:
    """Nothing holds on the day.  ``begins``: the next day on which something does; ``ended``: when the last ended."""

    at: dt.date
    begins: dt.date | None = None
    ended: dt.date | None = None


Outcome = Settled | Unsettled | NotInForce


def resolve(values: Iterable[DatedValue], at: dt.date, known: dt.date | None = None) -> Outcome:
    """Say which of ``values`` holds on the day ``at``, as far as was known on the day ``known`` (``None``: today).

    >>> text = DatedValue(5000, "km", start=dt.date(2002, 1, 1), status="text")
    >>> seen = DatedValue(5500, "km", attested=(dt.date(2012, 8, 13), dt.date(2016, 8, 1)))
    >>> [type(resolve([text, seen], dt.date(year, 1, 1))).__name__ for year in (1999, 2002, 2005, 2019)]
    ['NotInForce', 'Settled', 'Unsettled', 'Settled']
    """
    return _resolve([entry for value in values if (entry := value.as_known(known)) is not None], at)


def _resolve(entries: Sequence[DatedValue], at: dt.date) -> Outcome:
    """Say which of some entries holds, all of them known."""
    if len(entries) == 1 and (only := _alone(entries[0], at)) is not None:
        return only
    here = [entry for entry in entries if at in entry.days]
    if here:
        return _judge(here, entries, at, at, at)
    last_seen = max((day for entry in entries if (day := entry.days.last_by(at))), default=None)
    next_seen = min((day for entry in entries if (day := entry.days.first_from(at))), default=None)
    # Entries whose stated end has come hold no longer, whatever was seen last.
    old = [entry for entry in entries if last_seen and last_seen in entry.days and not entry.ended_by(at)]
    if not old:
        ended = max((entry.end for entry in entries if entry.end and entry.end <= at), default=None)
        return NotInForce(at, next_seen, ended)
    # A value that begins by a dated decision was not in force before it, so it leaves no doubt about the days before.
    new = [entry for entry in entries if next_seen and next_seen in entry.days and entry.start != next_seen]
    return _judge(old + new, entries, at, last_seen, next_seen)


def _alone(entry: DatedValue, at: dt.date) -> Settled | None:
    """Settle what the only entry there is says of a day from its first one on, the same until its end."""
    if isinstance(entry.value, Missing) or entry.ended_by(at) or entry.days.last_by(at) is None:
        return None
    return Settled(entry.value, (entry,))


class Timeline:
    """Answers :func:`resolve` for one set of values on many days, working each stretch of days out once.

    What holds can change only where a run of days of one of the values begins or ends, or an end is stated.
    """

    __slots__ = ("_edges", "_entries", "_found")

    def __init__(self, values: Iterable[DatedValue], known: dt.date | None = None) -> None:
        self._entries = tuple(entry for value in values if (entry := value.as_known(known)) is not None)
        edges = {edge for entry in self._entries for span in entry.days.spans for edge in span}
        edges |= {entry.end.toordinal() for entry in self._entries if entry.end}
        self._edges = sorted(edges)
        self._found: list[Outcome | None] = [None] * (len(self._edges) + 1)

    def on(self, at: dt.date) -> Outcome:
        """Say which of the values holds on a day."""
        stretch = bisect_right(self._edges, at.toordinal())
        found = self._found[stretch]
        if found is None:
            found = self._found[stretch] = _resolve(self._entries, at)
        if isinstance(found, Settled):
            return found
        if isinstance(found, NotInForce):
            return found if found.at == at else replace(found, at=at)
        # Where the days of two claims overlap both are seen on the very day that is asked for.
        overlap = found.last_seen is not None and found.last_seen == found.next_seen
        return replace(found, last_seen=at, next_seen=at) if overlap else found


def _judge(
    claims: Sequence[DatedValue],
    entries: Sequence[DatedValue],
    at: dt.date,
    last_seen: dt.date | None,
    next_seen: dt.date | None,
) -> Settled | Unsettled:
    """Settle what all ``claims`` agree on; leave open what they do not."""
    value = claims[0].value
    if len({entry.claim for entry in claims}) == 1 and not isinstance(value, Missing):
        return Settled(value, _support(claims[0], entries, at))
    found: dict[tuple[Value | Missing, str], DatedValue] = {}
    for entry in sorted(claims, key=lambda entry: _RANK[entry.answer_status]):
        if not isinstance(entry.value, Missing):
            found.setdefault(entry.claim, entry)
    missing = [entry for entry in claims if isinstance(entry.value, Missing)]
    note = " ".join(dict.fromkeys(entry.note for entry in missing if entry.note))
    return Unsettled(tuple(found.values()), not missing, last_seen, next_seen, note)


def _support(claim: DatedValue, entries: Sequence[DatedValue], at: dt.date) -> tuple[DatedValue, ...]:
    """Collect the entries that carry ``claim`` on the day ``at``: equal ones seen since anything else was seen.

    One that says nothing of any day up to ``at`` carries nothing yet: what began later is no ground for an answer.
    """
    others = [entry.days.last_by(at) for entry in entries if entry.claim != claim.claim]
    since = max((day for day in others if day), default=dt.date.min)
    equal = [
        entry
        for entry in entries
        if entry.claim == claim.claim and not entry.ended_by(at) and (last := entry.days.last_by(at)) and last >= since
    ]
    return tuple(sorted(equal, key=lambda entry: (_RANK[entry.answer_status], entry.start or dt.date.max)))

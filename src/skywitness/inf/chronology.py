"""What was said and done on the 9M729, by day: each act with who did it and where it was read; conflicts are kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.dated import STATUSES
from skywitness.core.errors import Faults
from skywitness.core.periods import shifted
from skywitness.core.text import ENGLISH, Catalogue, Text, of_data, say
from skywitness.inf.fields import OTHERS
from skywitness.inf.law import instrument
from skywitness.law.rows import Row, folder_of, note_twice, read_tables, refuse_if_any
from skywitness.law.sighting import Sighting
from skywitness.law.source import source_numbers

__all__ = ["STEPS", "Conflict", "Event", "Period", "chronology", "load_chronology"]

STEPS: Final = MappingProxyType(
    {
        "baseline": say("baseline"),
        "claim": say("claim"),
        "evidence": say("evidence"),
        "consultation": say("consultation"),
        "response": say("response"),
        "finding": say("finding by a Party"),
        "counter_claim": say("counter-claim"),
        "ultimatum": say("ultimatum"),
        "suspension": say("suspension"),
        "intent": say("intent"),
        "notice": say("notice"),
        "legal_act": say("act of a legislature"),
        "effect": say("effect"),
        "third_party": say("word of others"),
        "forum": say("forum"),
        "aftermath": say("aftermath"),
    }
)
"""What an act is to a dispute, and the words for it."""

_MOST_VOTES: Final = 1_000
_MOST_DAYS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Period:
    """A time that an act sets running, and the day it is stated to lead to."""

    number: int
    unit: str
    leads_to: dt.date

    def computed(self, start: dt.date) -> dt.date:
        """Count from the day of the act; months are months of the calendar."""
        return shifted(dt.datetime.combine(start, dt.time(), dt.UTC), self.number, self.unit).date()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which sources differ, with every value; none is chosen."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One act: the day, month or year (``on``), by whom and to whom, and where it was read.

    ``vote``: yes, no and abstaining; ``vote_status`` how well that is founded.
    """

    id: str
    on: Sighting
    step: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    what: Text
    source: str
    status: str
    period: Period | None = None
    vote: tuple[int, int, int] | None = None
    vote_status: str = ""
    conflicts: tuple[Conflict, ...] = ()

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field."""
        return {
            "id": self.id,
            "on": str(self.on),
            "step": self.step,
            "by": list(self.by),
            "to": list(self.to),
            "what": self.what.render(catalogue),
            "source": self.source,
            "status": self.status,
            "leads_to": self.period.leads_to.isoformat() if self.period else None,
            "vote": list(self.vote) if self.vote else None,
            "vote_status": self.vote_status or None,
            "conflicts": [{"field": one.field, "values": list(one.values)} for one in self.conflicts],
        }


@cache
def chronology() -> tuple[Event, ...]:
    """Return every act in the order of days.

    :raises DataError: when the file of the program is wrong.
    """
    return load_chronology(folder_of("inf") / "chronology.toml")


def load_chronology(path: Path) -> tuple[Event, ...]:
    """Read a file of acts.

    :raises DataError: with all its faults: an act without a source among them, or one out of order.
    """
    faults = Faults()
    found = tuple(_event(row) for row in read_tables(path, ("event",), faults)["event"])
    note_twice("event", (one.id for one in found), faults)
    for before, after in pairwise(found):
        if after.on.last < before.on.first:
            faults.add(f"event[{after.id}].on", say("comes before the event above it"))
    refuse_if_any(faults, path)
    return found


def _event(row: Row) -> Event:
    speakers = (*instrument().parties, *OTHERS)
    on = row.sighting("on")
    if on is None:
        row.fault("on", say("missing: expected a day, month or year"))
    event = Event(
        id=row.text("id"),
        on=on or Sighting(dt.date.min, dt.date.min),
        step=row.text("step", among=tuple(STEPS)),
        by=row.texts("by", among=speakers),
        to=row.texts("to", [], among=speakers),
        what=of_data(row.text("what")),
        source=row.text("source"),
        status=row.text("status", among=STATUSES),
        period=_period(row),
        vote=_vote(row),
        vote_status=row.text("vote_status", "", (*STATUSES, "")),
        conflicts=tuple(_conflict(below) for below in row.rows("conflict")),
    )
    row.text("what_vi")
    row.close()
    for number in source_numbers(event.source):
        if number not in instrument().sources:
            row.fault("source", say("source {number} is not in sources.toml", number=number))
    return event


def _period(row: Row) -> Period | None:
    table = _table(row, "period")
    if table is None:
        return None
    period = Period(int(table.number("number", 1, _MOST_DAYS)), table.text("unit"), table.required_day("leads_to"))
    table.close()
    return period


def _vote(row: Row) -> tuple[int, int, int] | None:
    table = _table(row, "vote")
    if table is None:
        return None
    yes, no, abstaining = (int(table.number(name, 0, _MOST_VOTES)) for name in ("yes", "no", "abstaining"))
    table.close()
    return yes, no, abstaining


def _conflict(row: Row) -> Conflict:
    conflict = Conflict(row.text("field"), row.texts("values"))
    row.close()
    return conflict


def _table(row: Row, key: str) -> Row | None:
    value = row.anything(key)
    if value is None:
        return None
    if not isinstance(value, dict):
        row.fault(key, say("a table with named fields is expected"))
        value = {}
    return Row(value, f"{row.where}.{key}", row.faults)

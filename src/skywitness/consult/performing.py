"""Who performs a duty towards whom: by the law data, from suspensions and other non-performance that were told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import permutations, product
from typing import Any, Final

from skywitness.consult.groups import states_meant
from skywitness.core.text import ENGLISH, Catalogue, of_data
from skywitness.law.acts import practice
from skywitness.law.instrument import load
from skywitness.law.legal_day import LegalDay
from skywitness.law.parties import is_party
from skywitness.law.suspension import ALL

__all__ = [
    "ANNOUNCED",
    "NOT_OWED",
    "NO_PAUSE_TOLD",
    "PAUSED",
    "Between",
    "Pause",
    "between",
    "in_force",
    "pauses",
    "performing",
    "told_pauses",
]

NOT_OWED, PAUSED, ANNOUNCED, NO_PAUSE_TOLD = "not_owed", "paused", "announced", "no_pause_told"
"""One is no Party; it is told that the duty is not performed, or only that this is meant; nothing is told."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Duties that ``by`` does not perform towards ``towards`` on ``[start, end)``, as told.

    ``agreed``: both sides agreed; ``announced``: only said to be meant.  ``basis``: the ground its author gives.
    """

    id: str
    treaty: str
    by: tuple[str, ...]
    towards: tuple[str, ...]
    duties: tuple[str, ...]
    start: dt.date
    end: dt.date | None
    source: str
    status: str
    known: dt.date | None
    end_known: dt.date | None = None
    agreed: bool = False
    announced: bool = False
    basis: str = ""

    def holds_on(self, at: dt.date, known: dt.date | None = None) -> bool:
        """Tell whether it runs on a day, as far as was known on another."""
        if known is not None and self.known is not None and known < self.known:
            return False
        hidden = known is not None and self.end_known is not None and known < self.end_known
        return self.start <= at and (self.end is None or hidden or at < self.end)

    def concerns(self, by: str, towards: str, duty: str) -> bool:
        """Tell whether it is about a duty of one State towards another; the order of the two matters."""
        return (
            bool({by, ALL} & {*self.by})
            and bool({towards, ALL} & {*self.towards})
            and bool(duty == ALL or {duty, ALL} & {*self.duties})
        )

    def among_states(self, at: dt.date, known: dt.date | None = None) -> Pause:
        """Return it with the members of a day in place of every group that it names."""
        by, towards = (states_meant(codes, self.treaty, at, known) for codes in (self.by, self.towards))
        return replace(self, by=by, towards=towards)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field."""
        return {
            "id": self.id,
            "treaty": self.treaty,
            "by": list(self.by),
            "towards": list(self.towards),
            "duties": list(self.duties),
            "from": self.start.isoformat(),
            "to": self.end.isoformat() if self.end else None,
            "agreed": self.agreed,
            "announced": self.announced,
            "basis": of_data(self.basis).render(catalogue) if self.basis else None,
            "source": self.source,
            "status": self.status,
        }


def in_force(treaty: str, state: str, at: dt.date, known: dt.date | None = None) -> bool:
    """Tell whether a treaty is in force for a State on a day: by the law data, whatever a case says.

    >>> import datetime as dt
    >>> [in_force("open-skies", "USA", dt.date(2020, 11, day)) for day in (21, 22)]
    [True, False]
    """
    return is_party(state, at, known, instrument=load(treaty))


def performing(
    treaty: str, by: str, towards: str, duty: str, at: dt.date, known: dt.date | None = None
) -> tuple[str, tuple[Pause, ...]]:
    """Say whether a State performs a duty towards another on a day, and what was told to the contrary.

    Either can be a group: it stands for its members of the day, and owes and is owed what each of them is.
    ``duty``: one of ``law.suspension.DUTIES``, or a provision of the Treaty on Open Skies; ``ALL`` asks about any.
    """
    told = tuple(one.among_states(at, known) for one in pauses(treaty, at, known))
    ways = (states_meant((code,), treaty, at, known) for code in (by, towards))
    rows = [
        _status(told, one, other, duty)
        for one, other in product(*ways)
        if one != other and in_force(treaty, one, at, known) and in_force(treaty, other, at, known)
    ]
    if not rows:
        return NOT_OWED, ()
    status = min((status for status, _ in rows), key=_WORST.index)
    return status, tuple(dict.fromkeys(one for _, found in rows for one in found))


_WORST: Final = (PAUSED, ANNOUNCED, NO_PAUSE_TOLD)
"""What is not performed towards one member of a group is not performed towards the group."""


def _status(told: Iterable[Pause], by: str, towards: str, duty: str) -> tuple[str, tuple[Pause, ...]]:
    found = tuple(one for one in told if one.concerns(by, towards, duty))
    if not found:
        return NO_PAUSE_TOLD, ()
    return (ANNOUNCED if all(one.announced for one in found) else PAUSED), found


@dataclass(frozen=True, slots=True)
class Between:
    """An ordered pair of States, how the first performs towards the second, and by what that is told."""

    by: str
    towards: str
    status: str
    told_by: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Write every field."""
        return {"by": self.by, "towards": self.towards, "status": self.status, "told_by": list(self.told_by)}


def between(treaty: str, states: Iterable[str], at: dt.date, known: dt.date | None = None) -> tuple[Between, ...]:
    """Return every ordered pair of some States of which something is told that is not performed."""
    told = tuple(one.among_states(at, known) for one in pauses(treaty, at, known))
    codes = [code for code in states if told and in_force(treaty, code, at, known)]
    rows = []
    for by, towards in permutations(codes, 2):
        status, found = _status(told, by, towards, ALL)
        if found:
            rows.append(Between(by, towards, status, tuple(one.id for one in found)))
    return tuple(rows)


def pauses(treaty: str, at: dt.date, known: dt.date | None = None) -> tuple[Pause, ...]:
    """Return everything told of duties not performed on a day, of States that are Parties then."""
    day = LegalDay(at, known, load(treaty))
    parties = day.parties()
    return tuple(
        one
        for one in told_pauses(treaty)
        if one.holds_on(at, known) and day.states(one.by) & parties and day.states(one.towards) & parties
    )


def told_pauses(treaty: str) -> tuple[Pause, ...]:
    """Return all that the law data tell of suspensions of a treaty; of Open Skies, of non-performance in practice."""
    found = [
        Pause(
            id=one.id,
            treaty=treaty,
            by=one.by,
            towards=one.towards,
            duties=one.duties,
            start=one.start,
            end=one.end,
            source=one.source,
            status=one.status,
            known=one.known,
            end_known=one.end_known,
            announced=one.announced,
        )
        for one in load(treaty).suspensions
    ]
    if treaty == "open-skies":
        found += [
            Pause(
                id=one.told.id,
                treaty=treaty,
                by=one.by,
                towards=one.towards,
                duties=one.duties,
                start=one.start,
                end=one.end,
                source=one.told.source,
                status=one.told.status,
                known=one.told.known,
                agreed=one.agreed,
                basis=one.basis,
            )
            for one in practice().nonperformance
        ]
    return tuple(found)

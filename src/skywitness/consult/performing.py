"""Who performs a duty towards whom: by the law data, from suspensions and other non-performance that were told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from skywitness.core.text import ENGLISH, Catalogue, of_data
from skywitness.law.acts import practice
from skywitness.law.instrument import load
from skywitness.law.legal_day import LegalDay
from skywitness.law.parties import is_party
from skywitness.law.suspension import ALL

__all__ = ["NOT_OWED", "NO_PAUSE_TOLD", "PAUSED", "Pause", "pauses", "performing", "told_pauses"]

NOT_OWED, PAUSED, NO_PAUSE_TOLD = "not_owed", "paused", "no_pause_told"
"""One of the two is no Party; somebody told that the duty is not performed; nobody told anything of the kind."""


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


def performing(
    treaty: str, by: str, towards: str, duty: str, at: dt.date, known: dt.date | None = None
) -> tuple[str, tuple[Pause, ...]]:
    """Say whether a State performs a duty towards another on a day, and what was told to the contrary.

    ``duty``: one of ``law.suspension.DUTIES``, or a provision of the Treaty on Open Skies; ``ALL`` asks about any.
    """
    law = load(treaty)
    if not (is_party(by, at, known, instrument=law) and is_party(towards, at, known, instrument=law)):
        return NOT_OWED, ()
    found = tuple(one for one in pauses(treaty, at, known) if one.concerns(by, towards, duty))
    return (PAUSED, found) if found else (NO_PAUSE_TOLD, ())


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

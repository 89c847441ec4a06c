"""Who suspended an instrument, or part of it, towards whom: told, never judged.

A treaty may not provide for suspension at all; States then relied on general treaty law.  A suspension runs from some
States towards others and may concern some duties only, so it never changes who is a Party.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.dated import STATUSES
from skywitness.core.errors import Faults
from skywitness.core.text import ENGLISH, Catalogue, Text, of_data, say, verbatim
from skywitness.law.rows import Row, note_twice, refuse_strays, rows_of

__all__ = ["ALL", "DUTIES", "Suspension", "duty_words", "read_suspensions", "suspended"]

ALL: Final = "ALL"
"""Stands for every other Party, or for every duty."""

DUTIES: Final = (ALL, "data", "inspections", "limits")
"""What can be suspended: everything, the exchange of data, the acceptance of inspections, the limits."""


_WORDS: Final = {
    "data": say("exchange of data"),
    "inspections": say("inspections"),
    "limits": say("limits"),
}


@dataclass(frozen=True, slots=True)
class Suspension:
    """Duties not performed by some States towards others on ``[start, end)``.

    ``announced``: only said to be meant; from which day each State acted on it is not told by the source.
    """

    id: str
    by: tuple[str, ...]
    towards: tuple[str, ...]
    duties: tuple[str, ...]
    start: dt.date
    end: dt.date | None
    known: dt.date
    end_known: dt.date | None
    source: str
    status: str
    announced: bool = False
    note: str = ""

    def holds_on(self, at: dt.date, known: dt.date | None = None) -> bool:
        """Tell whether it runs on the day ``at``, as far as was known on the day ``known``."""
        if known is not None and known < self.known:
            return False
        end = self.end if known is None or (self.end_known or self.known) <= known else None
        return self.start <= at and (end is None or at < end)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field; the note in the language of ``catalogue``."""
        return {
            "id": self.id,
            "by": list(self.by),
            "towards": list(self.towards),
            "duties": list(self.duties),
            "from": self.start.isoformat(),
            "to": self.end.isoformat() if self.end else None,
            "announced": self.announced,
            "source": self.source,
            "status": self.status,
            "note": of_data(self.note).render(catalogue) if self.note else "",
        }


def duty_words(duty: str) -> Text:
    """Say what is suspended; the code of a State stays as it is.

    >>> str(duty_words("data")), str(duty_words("RUS"))
    ('exchange of data', 'RUS')
    """
    return _WORDS.get(duty) or verbatim(duty)


def suspended(
    rows: Iterable[Suspension], by: str, towards: str, duty: str, at: dt.date, known: dt.date | None = None
) -> tuple[Suspension, ...]:
    """Return what suspends a duty of one State towards another on a day; announcements are among it, marked so."""
    return tuple(
        row
        for row in rows
        if by in row.by
        and not {towards, ALL}.isdisjoint(row.towards)
        and not {duty, ALL}.isdisjoint(row.duties)
        and row.holds_on(at, known)
    )


def read_suspensions(content: Mapping[str, Any], faults: Faults) -> dict[str, Suspension]:
    """Read all rows of ``suspensions.toml``; note every fault."""
    refuse_strays(content, ("suspension",), faults)
    found = [_read(row) for row in rows_of(content.get("suspension", []), "suspension", faults)]
    note_twice("suspension", (one.id for one in found), faults)
    return {one.id: one for one in found}


def _read(row: Row) -> Suspension:
    start, end = row.required_day("from"), row.day("to")
    if end is not None and start >= end:
        row.fault("from", say("{start} is not before to {end}", start=start, end=end))
    found = Suspension(
        id=row.text("id"),
        by=row.texts("by"),
        towards=row.texts("towards"),
        duties=row.texts("duties", among=DUTIES),
        start=start,
        end=end,
        known=row.required_day("known"),
        end_known=row.day("to_known"),
        source=row.text("source"),
        status=row.text("status", among=STATUSES),
        announced=bool(row.flag("announced")),
        note=row.text("note", ""),
    )
    for translation in ("note_vi", "source_vi"):  # for the catalogue of the language
        row.text(translation, "")
    row.close()
    return found

"""Decisions of the Consultative Commission of which something is public, each with its day and source."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from skywitness.core.dated import STATUSES
from skywitness.core.errors import Faults
from skywitness.core.text import ENGLISH, Catalogue, Text, of_data, say
from skywitness.law.provisions import provisions
from skywitness.law.rows import FOLDER, Row, note_twice, read_tables, refuse_if_any

__all__ = ["Decision", "decisions"]

_FILE: Final = FOLDER / "commission_decisions.toml"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.  ``adopted`` is its day; where that is not known it existed ``by`` a day.

    ``says`` is what it decides, in our own words, as far as that is public.

    ``end``: the first day on which it is no longer in force; ``replaced_by`` the number of the one that revised it.
    """

    number: str
    title: Text
    says: Text
    adopted: dt.date | None
    by: dt.date | None
    end: dt.date | None
    replaced_by: str
    provisions: tuple[str, ...]
    source: str
    status: str
    note: str = ""

    @property
    def since(self) -> dt.date:
        """First day on which it is certain to have been in force."""
        return self.adopted or self.by or dt.date.max

    def holds_on(self, at: dt.date, known: dt.date | None = None) -> bool:
        """Tell whether it is certain to be in force on a day; its day is taken to be the day it became known."""
        return self.since <= at and (self.end is None or at < self.end) and (known is None or self.since <= known)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field."""
        return {
            "number": self.number,
            "title": self.title.render(catalogue),
            "says": self.says.render(catalogue),
            "adopted": self.adopted.isoformat() if self.adopted else None,
            "by": self.by.isoformat() if self.by else None,
            "to": self.end.isoformat() if self.end else None,
            "replaced_by": self.replaced_by or None,
            "provisions": list(self.provisions),
            "source": self.source,
            "status": self.status,
            "note": of_data(self.note).render(catalogue) if self.note else "",
        }


def decisions(at: dt.date | None = None, known: dt.date | None = None) -> tuple[Decision, ...]:
    """Return the decisions in the order of the data; with ``at`` those certain to be in force on that day."""
    return tuple(one for one in _load() if at is None or one.holds_on(at, known))


@cache
def _load() -> tuple[Decision, ...]:
    return load(_FILE)


def load(path: Path) -> tuple[Decision, ...]:
    """Read a file of decisions.

    :raises DataError: with all faults of the file.
    """
    faults = Faults()
    known = {row.id for row in provisions()}
    found = tuple(_decision(row, known) for row in read_tables(path, ("decision",), faults)["decision"])
    note_twice("decision", (one.number for one in found), faults)
    numbers = {one.number for one in found}
    for one in found:
        if one.replaced_by and one.replaced_by not in numbers:
            faults.add(f"decision[{one.number}]", say("no decision has the number {number}", number=one.replaced_by))
    refuse_if_any(faults, path)
    return found


def _decision(row: Row, known: set[str]) -> Decision:
    words = row.text("title")
    for translation in ("title_vi", "says_vi"):  # for the catalogue of the language
        row.text(translation)
    for translation in ("note_vi", "source_vi"):
        row.text(translation, "")
    one = Decision(
        number=row.text("number"),
        title=of_data(words),
        says=of_data(row.text("says")),
        adopted=row.day("adopted"),
        by=row.day("by"),
        end=row.day("to"),
        replaced_by=row.text("replaced_by", ""),
        provisions=row.texts("provisions"),
        source=row.text("source"),
        status=row.text("status", among=STATUSES),
        note=row.text("note", ""),
    )
    row.close()
    if (one.adopted is None) == (one.by is None):
        row.fault("adopted", say("a decision has either adopted or by"))
    if one.end is not None and one.end <= one.since:
        row.fault("to", say("the end is not after the start"))
    for ident in one.provisions:
        if ident not in known:
            row.fault("provisions", say("there is no provision {ident}", ident=repr(ident)))
    return one

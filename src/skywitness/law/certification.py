"""Certifications of observation aircraft (Annex D) of which something is public."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from skywitness.core.dated import STATUSES
from skywitness.core.errors import Faults
from skywitness.core.text import ENGLISH, Catalogue, Text, of_data, say
from skywitness.law.aircraft import all_aircraft
from skywitness.law.rows import FOLDER, Row, read_tables, refuse_if_any
from skywitness.law.sighting import Sighting

__all__ = ["KINDS", "Certification", "certifications", "load"]

KINDS: Final = ("certification", "pre_certification")

_FILE: Final = FOLDER / "certifications.toml"
_MOST: Final = 500  # nobody ever sent so many


@dataclass(frozen=True, slots=True)
class Certification:
    """One certification, or a trial of it.

    It began ``on`` a day, month or year and ended on the day ``end``; where only its result was seen it existed ``by``
    a day.  ``states`` and ``inspectors`` are how many took part; several figures where sources differ.  ``signed`` is
    the day of the last signature.
    """

    aircraft: tuple[str, ...]
    kind: str
    what: Text
    on: Sighting | None
    end: dt.date | None
    by: Sighting | None
    states: tuple[int, ...]
    inspectors: tuple[int, ...]
    signed: dt.date | None
    source: str
    status: str
    confidence: str

    @property
    def since(self) -> dt.date:
        """First day on which it is certain to be over."""
        if self.signed is not None or self.end is not None:
            return max(day for day in (self.signed, self.end) if day is not None)
        seen = self.on or self.by
        return seen.last if seen is not None else dt.date.max

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field; words in the language of ``catalogue``."""
        return {
            "aircraft": list(self.aircraft),
            "kind": self.kind,
            "what": self.what.render(catalogue),
            "on": str(self.on) if self.on else None,
            "to": self.end.isoformat() if self.end else None,
            "by": str(self.by) if self.by else None,
            "states": list(self.states),
            "inspectors": list(self.inspectors),
            "signed": self.signed.isoformat() if self.signed else None,
            "source": self.source,
            "status": self.status,
            "confidence": self.confidence,
        }


def certifications(at: dt.date | None = None, known: dt.date | None = None) -> tuple[Certification, ...]:
    """Return certifications in order; with ``at`` and ``known`` those over and known by these days."""
    last = min(day for day in (at, known, dt.date.max) if day is not None)
    return tuple(one for one in _load() if one.since <= last)


@cache
def _load() -> tuple[Certification, ...]:
    return load(_FILE)


def load(path: Path) -> tuple[Certification, ...]:
    """Read a file of certifications.

    :raises DataError: with all faults of the file.
    """
    faults = Faults()
    known = {craft.id for craft in all_aircraft()}
    found = tuple(_certification(row, known) for row in read_tables(path, ("certification",), faults)["certification"])
    refuse_if_any(faults, path)
    return found


def _certification(row: Row, known: set[str]) -> Certification:
    one = Certification(
        aircraft=row.texts("aircraft"),
        kind=row.text("kind", among=KINDS),
        what=of_data(row.text("what")),
        on=row.sighting("on"),
        end=row.day("to"),
        by=row.sighting("by"),
        states=_counts(row, "states"),
        inspectors=_counts(row, "inspectors"),
        signed=row.day("signed"),
        source=row.text("source"),
        status=row.text("status", among=STATUSES),
        confidence=row.text("confidence", ""),
    )
    row.text("what_vi")  # for the catalogue of the language
    row.close()
    for ident in one.aircraft:
        if ident not in known:
            row.fault("aircraft", say("there is no aircraft {ident}", ident=repr(ident)))
    if (one.on is None) == (one.by is None):
        row.fault("on", say("a certification has either on or by"))
    if one.on is not None and one.end is not None and one.end < one.on.first:
        row.fault("to", say("the end is not after the start"))
    return one


def _counts(row: Row, key: str) -> tuple[int, ...]:
    """Read how many took part, by each source."""
    counts = row.raw(key)
    if not all(isinstance(count, int) and not isinstance(count, bool) and 0 < count <= _MOST for count in counts):
        row.fault(key, say("numbers of those who took part are whole, from 1 to {most}", most=_MOST))
        return ()
    return tuple(counts)

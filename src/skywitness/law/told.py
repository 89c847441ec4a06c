"""Who says that something happened: the common part of every fact about what Parties did."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.dated import STATUSES
from skywitness.core.text import ENGLISH, Catalogue, of_data
from skywitness.law.rows import Row

__all__ = ["TOLD", "Told", "read_told"]

TOLD: Final = "claim of this facts file"
"""The status of a value that only a file of the user gives."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who says it: the fact's identifier, source and status, and the day it became known (``None``: always).

    ``claim_of``: the Party whose claim it is.  A claim is no law: a reading accepts it or does not.
    """

    id: str
    source: str
    status: str
    known: dt.date | None
    note: str = ""
    claim_of: str = ""

    def known_by(self, day: dt.date | None) -> bool:
        """Tell whether it had become known by a day; ``None``: everything known today."""
        return day is None or self.known is None or self.known <= day

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field; the note in the language of ``catalogue`` where the data have it."""
        return {
            "id": self.id,
            "source": self.source,
            "status": self.status,
            "known": self.known.isoformat() if self.known else None,
            "note": of_data(self.note).render(catalogue) if self.note else "",
            "claim_of": self.claim_of or None,
        }


def read_told(row: Row, happened: dt.date | None, named: str = "") -> Told:
    """Read the common part of a row; what happened on a day was known from that day on, unless the row says so.

    ``named`` stands in for an ``id`` that is left out, where it may be.  Who says it is a document (``source``) or
    somebody (``said_by``).
    """
    row.text("note_vi", "")  # for the catalogue of the language
    by = row.text("said_by", "")
    return Told(
        id=row.text("id", named) if named else row.text("id"),
        source=row.text("source", by) if by else row.text("source"),
        status=row.text("status", "reported", among=STATUSES),
        known=row.day("known") or happened,
        note=row.text("note", ""),
        claim_of=row.text("claim_of", ""),
    )

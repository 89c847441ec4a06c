"""Holdings as a file tells them, each with who says it, and what a file holds beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from skywitness.cfe.places import Place
from skywitness.cfe.records import NOTHING, Records
from skywitness.cfe.span import Span

__all__ = [
    "ACTIVE_USES",
    "BASES",
    "CLAIMED",
    "DECLARED",
    "EXCEPTIONS",
    "OBSERVED",
    "STATUSES",
    "STORED_USES",
    "Book",
    "Holding",
]

DECLARED, OBSERVED, CLAIMED = "declared", "observed", "claimed"
OTHERS: Final = ("NATO", "UN", "OSCE", "PRESS", "EXPERT")
"""Who may count or claim without being a State of the Treaty."""

BASES: Final = (DECLARED, OBSERVED, CLAIMED)
"""Told by its owner, counted by somebody who was there or flew over it, or only said by somebody."""

ACTIVE, STORED, REMOVED, ELSEWHERE, TEMPORARY = "active", "stored", "removed", "stored_elsewhere", "temporary"
ACTIVE_USES: Final = (ACTIVE, ELSEWHERE, TEMPORARY)
STORED_USES: Final = (STORED, REMOVED)
"""In a designated permanent storage site, or out of one for a time (Article X.4)."""

EXCEPTIONS: Final = (
    "manufacture",
    "research",
    "historic",
    "decommissioned",
    "export",
    "internal_security",
    "transit",
)
"""The exceptions (A) to (G) of Article III.1, in its order."""

STATUSES: Final = (*ACTIVE_USES, *STORED_USES, *EXCEPTIONS)


@dataclass(frozen=True, slots=True)
class Holding:
    """One row: so many items of a kind, whose they are, where, in which status, who says it and as of which day.

    ``days`` is how long items in transit are in the area; ``site`` names a unit or storage site within the place.
    """

    where: str
    day: dt.date
    owner: str
    place: Place
    kind: str
    count: Span
    status: str
    basis: str
    by: str
    site: str = ""
    type: str = ""
    days: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A file of holdings.

    ``complete``: what is not in it is not there.  ``at`` is the day it is judged on.
    """

    at: dt.date
    rows: tuple[Holding, ...]
    title: str = ""
    complete: bool = False
    records: Records = NOTHING

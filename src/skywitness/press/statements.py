"""Who made a joint statement on a treaty, as far as it is kept here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from skywitness.press.data_files import table

__all__ = ["Signers", "signers"]

_DAYS_AFTER: Final = 60
"""An article on a statement appears soon after it."""


@dataclass(frozen=True, slots=True)
class Signers:
    """The States that made a statement on a day, where it is told, and how well that is founded."""

    states: frozenset[str]
    day: dt.date
    source: str
    status: str


def signers(instrument: str, day: dt.date | None) -> Signers | None:
    """Return who made the last joint statement on an instrument before the day of an article; ``None``: not told."""
    if day is None:
        return None
    found = [
        Signers(frozenset(row["states"]), row["on"], row["source"], row["status"])
        for row in table("statements")["statement"]
        if row["instrument"] == instrument and 0 <= (day - row["on"]).days <= _DAYS_AFTER
    ]
    return max(found, key=lambda one: one.day, default=None)

"""Who signed a joint statement, as far as a case that is kept here tells it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

__all__ = ["Signers", "signers"]


@dataclass(frozen=True, slots=True)
class Signers:
    """The States that made a statement on a day, and where it is told."""

    states: frozenset[str]
    day: dt.date
    source: str


def signers(instrument: str, day: dt.date | None) -> Signers | None:
    """Return who made a joint statement on an instrument on or shortly before a day; ``None``: no case tells it."""
    return None

"""Something that happened, or is fixed to happen, at one moment, and who says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """One moment of a course of things: ``kind`` is a word of the room that reads it, ``at_utc`` an aware time.

    ``by`` names who acted (a code, or a word for a side), ``source`` who says it; both may be unknown.  ``details``:
    what else is told of it, in words of that room.  ``where``: the place that says so, as faults name it; empty
    where its number in a list does.

    :raises ValueError: for a time that does not say in which zone it is.
    """

    kind: str
    at_utc: dt.datetime
    by: str | None = None
    source: str = ""
    note: str = ""
    details: tuple[tuple[str, str | bool], ...] = ()
    where: str = ""

    def __post_init__(self) -> None:
        if self.at_utc.tzinfo is None:
            raise ValueError(f"{self.kind}: {self.at_utc} does not say in which time zone")
        object.__setattr__(self, "at_utc", self.at_utc.astimezone(dt.UTC))

    def detail(self, name: str) -> str | bool | None:
        """Return what is told of it under a name; ``None`` where nothing is."""
        return dict(self.details).get(name)

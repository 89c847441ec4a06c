"""What goes into a log, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from skywitness.record.entry.entry import Entry, Kind, ObjectReference, Reference


@dataclass(frozen=True, slots=True)
class Draft:
    """What a Party wants to say; author, place, time and salt are added when it is appended.

    ``parties`` is of an opening.  ``counts`` and ``heads`` are of a closing: those of the other Parties, as the
    author's own follow from its place.
    """

    stream: str
    type: str
    body: Mapping[str, Any]
    kind: Kind = "entry"
    to: tuple[str, ...] = ()
    objects: tuple[ObjectReference, ...] = ()
    refers_to: tuple[Reference, ...] = ()
    parties: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Appended:
    """An entry that is durably in the log, at ``index``."""

    index: int
    entry: Entry
    envelope: bytes

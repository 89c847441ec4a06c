"""Drafts that came too late for the log of their author, and those that nobody here can do anything with."""

from __future__ import annotations

from skywitness.core.text import Text, say
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.fields import write_time
from skywitness.record.entry.keyring import Keyring
from skywitness.record.log.marks import binding
from skywitness.record.log.tree import last_time_utc
from skywitness.record.store.model import Reader


def stale(reader: Reader, entry: Entry) -> Text | None:
    """Tell why a draft can no longer go into the log of its author, as far as that is held here; nothing while it may.

    Places and times of a log only grow: what was drafted for a place that is taken, or before its last entry, is late.
    """
    for log in reader.logs():
        if log.party != entry.author:
            continue
        last = reader.last_of(log.origin, entry.stream, entry.author)
        if last is not None and (last.sequence or 0) >= entry.sequence:
            return say("{author} has said something else in the stream since it was drafted.", author=entry.author)
        if last_time_utc(reader, log) > write_time(entry.time_utc):
            return say("The log of {author} went on since it was drafted.", author=entry.author)
    return None


def is_over(reader: Reader, entry: Entry, origin: str, own: Keyring) -> bool:
    """Tell whether nobody here can do anything with a draft any more; ``origin`` and ``own`` are of this Party's log.

    One of another Party that is stale is for its author to draft again.  An own one is over when the stream has its
    opening, or its closing, by another entry.
    """
    if entry.author != own.party:
        return stale(reader, entry) is not None
    begun = entry.kind == "opening" and reader.last_of(origin, entry.stream, own.party) is not None
    return begun or entry.kind in {row.kind for row in binding(reader, entry.stream, origin, own) if row.index >= 0}

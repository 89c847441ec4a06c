"""Days of a treaty and of its States as dated values, made of ``instrument.toml`` and ``parties.toml``.

The day a State deposited its instrument is typed in once, with its source and status; here it becomes a value like any
other, so that ``law value`` answers for it and says when it is recollection.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from skywitness.core.dated import DatedValue
from skywitness.law.entry import Entry, source_of
from skywitness.law.key import Key
from skywitness.law.party import Event, Party

__all__ = ["EVENT_KEYS", "treaty_dates"]

EVENT_KEYS: Final = MappingProxyType(
    {
        "signed": "signed",
        "applied": "applied",
        "deposited": "deposited",
        "notice_of_withdrawal": "notice",
        "withdrawn": "withdrawn",
    }
)
"""Kinds of values, and the event of a State that gives each."""

OF_THE_STATE: Final = "in_force_for"
OF_THE_TREATY: Final = ("signature", "entry_into_force", "full_implementation")


def treaty_dates(
    keys: Mapping[str, Key],
    parties: Mapping[str, Party],
    title: str,
    signed: dt.date,
    entry_into_force: Event,
    full_implementation: dt.date | None,
) -> Iterator[Entry]:
    """Make the rows of every kind of day that is declared as computed; the treaty itself says when it was signed."""
    begun = Event("signed", signed, title, "text", signed)
    days: dict[str, Event] = {"signature": begun, "entry_into_force": entry_into_force}
    if full_implementation is not None:
        known, source = entry_into_force.known, source_of(["OS:XVIII.II.1"])
        days["full_implementation"] = Event("full", full_implementation, source, "text", known)
    for name in OF_THE_TREATY:
        if name in keys and name in days:
            yield _entry(keys[name], "", days[name])
    for party in parties.values():
        for name, what in EVENT_KEYS.items():
            if name in keys and (event := party.event(what, None)):
                yield _entry(keys[name], party.code, event)
        if OF_THE_STATE in keys and (since := party.since(entry_into_force, None)):
            yield _entry(keys[OF_THE_STATE], party.code, since)


def _entry(key: Key, subject: str, event: Event) -> Entry:
    """Make one row; it stands from the day on which the event had become known, which may be before it."""
    return Entry(
        key=key.name,
        subject=subject,
        qualifier="",
        dated=DatedValue(
            value=event.on.isoformat(),
            start=event.known,
            known=event.known,
            source=event.source,
            status=event.status,
            note=event.note,
        ),
        provisions=key.provisions,
        where=f"{key.name} {subject}".strip(),
    )

"""Which entries name which file: listed as entries come in, and once over for a store that an older program made."""

from __future__ import annotations

from typing import Final

from skywitness.core.errors import InputError
from skywitness.record.entry import entry as entries
from skywitness.record.log.tree import row_of
from skywitness.record.store.model import EntryRow, Store

LISTED: Final = "named"
"""The fact of a store that says that all its entries are listed."""


def list_all(store: Store) -> None:
    """List the files that the entries of a store name, unless that was done before: all of them, or nothing."""
    with store.snapshot() as seen:
        if seen.meta(LISTED) is not None:
            return
    with store.transaction() as change:
        for log in change.logs():
            for row in change.entries(log.origin):
                made = _named(row)
                if made is not None:
                    change.add_named([made])
        change.set_meta(LISTED, "all")


def files_of(row: EntryRow) -> frozenset[str]:
    """Name the files, by SHA-256, under which an entry stands in the list; none where it is withheld."""
    made = _named(row)
    return frozenset() if made is None else frozenset(made.names)


def _named(row: EntryRow) -> EntryRow | None:
    """Give a row with the files it names; nothing for what is withheld, or no entry of the log's Party."""
    if row.envelope is None or row.address is None:
        return None
    try:
        return row_of(row.origin, row.index, entries.read(row.envelope)[1], row.envelope)
    except InputError:
        return None

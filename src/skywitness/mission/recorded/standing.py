"""Which entries still stand: those that their own author has not corrected."""

from __future__ import annotations

from collections.abc import Iterable

from skywitness.record.entry.entry import Entry


def standing(held: Iterable[Entry]) -> list[Entry]:
    """Leave out what its own author has corrected, and entries that come twice."""
    by_address = {one.address: one for one in held}
    gone = {
        reference.entry
        for one in by_address.values()
        for reference in one.refers_to
        if reference.relation == "corrects"
        and reference.entry in by_address
        and by_address[reference.entry].author == one.author
    }
    return [one for address, one in by_address.items() if address not in gone]

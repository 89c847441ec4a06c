"""Accounts that two Parties give of one matter, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from skywitness.core.text import say
from skywitness.record.discrepancy.model import Discrepancy, Kind, Matter, Pair, Rules
from skywitness.record.entry.entry import Entry

Account = tuple[Entry, Matter]


def compare(entries: Mapping[str, Entry], rules: Rules) -> Iterator[Discrepancy]:
    """Go through the matters of one stream that two Parties tell otherwise; a correction stands for what it corrects.

    Each pair of Parties is compared on its last accounts.  A field that only one of them tells is no difference: it
    said nothing about it.
    """
    by_matter: dict[str, dict[str, Account]] = {}
    for entry in sorted(_uncorrected(entries), key=lambda one: (one.author, one.sequence)):
        matter = rules.matter(entry)
        if matter is not None:
            by_matter.setdefault(matter.key, {})[entry.author] = (entry, matter)
    for key in sorted(by_matter):
        accounts = [by_matter[key][author] for author in sorted(by_matter[key])]
        for number, first in enumerate(accounts):
            for second in accounts[number + 1 :]:
                row = _compare(key, first, second)
                if row is not None:
                    yield row


def _uncorrected(entries: Mapping[str, Entry]) -> list[Entry]:
    """Leave out what its own author has corrected."""
    corrected = {
        reference.entry
        for entry in entries.values()
        for reference in entry.refers_to
        if reference.relation == "corrects"
        and reference.entry in entries
        and entries[reference.entry].author == entry.author
    }
    return [entry for address, entry in entries.items() if address not in corrected]


def _compare(key: str, first: Account, second: Account) -> Discrepancy | None:
    one, other = first[1].fields, second[1].fields
    differences = tuple(
        Pair(name, one[name], other[name]) for name in sorted(one.keys() & other.keys()) if one[name] != other[name]
    )
    if not differences:
        return None
    entry, against = first[0], second[0]
    return Discrepancy(
        Kind.ACCOUNT,
        say("{first} and {second} record {matter} differently.", first=entry.author, second=against.author, matter=key),
        entry.stream,
        entry.author,
        against.author,
        True,
        (entry.address, against.address),
        entry.type,
        entry.time_utc,
        against.time_utc,
        differences=differences,
    )

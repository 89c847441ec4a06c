"""Addresses as people type them: the first digits are enough where they name one entry only."""

from __future__ import annotations

import re

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.record.store.model import EntryRow, Reader

FEWEST_DIGITS = 8
_MOST = 100
"""Places looked at: where so many begin alike, one more digit is asked for anyway."""

_BEGINNING = re.compile(r"[0-9a-f]{8,64}", re.ASCII)


def find(reader: Reader, words: str, where: str = "") -> EntryRow:
    """Find the entry of an address, or of its first digits, in any log that is held.

    :raises InputError: ``bad_address``, ``no_entry``, ``several_entries``.
    """
    start = words.strip().lower()
    if not _BEGINNING.fullmatch(start):
        message = say(
            "{met} is no address of an entry: at least the first {fewest} of its 64 hexadecimal digits.",
            met=quoted(words, 80),
            fewest=FEWEST_DIGITS,
        )
        raise InputError("bad_address", message, where)
    rows = reader.by_address(start) if len(start) == 64 else reader.beginning(start, _MOST)
    found = {row.address: row for row in rows}
    if not found:
        raise InputError("no_entry", say("No log held here has an entry {address}.", address=start), where)
    if len(found) > 1:
        message = say("{count} entries begin with {address}; give more digits.", count=len(found), address=start)
        raise InputError("several_entries", message, where)
    return next(iter(found.values()))

"""Who gets what: every entry is asked about every Party, by the rules of its payload type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.payload_types import RULE, Decision, Grant, Refusal, Registry
from skywitness.record.log.replica import Leaf
from skywitness.record.store.model import EntryRow, Reader


def decide(registry: Registry, row: EntryRow, party: str) -> Decision:
    """Decide whether a Party may read an entry that is held here; what is no entry at all is given to nobody."""
    if row.envelope is None:
        provision, _, why = (row.withheld or "").partition(": ")
        return Refusal(provision, say("{why}", why=why))
    try:
        envelope, entry = entries.read(row.envelope, row.origin)
    except InputError:
        return Refusal(RULE, say("it cannot be read as an entry, so nobody can tell whom it is for"))
    return registry.may_read(entry, party, {signer.party for signer in envelope.signers()})


def leaf_for(registry: Registry, row: EntryRow, party: str) -> Leaf:
    """Give an entry as a Party gets it: with its envelope, or its leaf hash with provision and reason."""
    decided = decide(registry, row, party)
    if isinstance(decided, Grant):
        return Leaf(row.leaf_hash, row.envelope)
    return Leaf(row.leaf_hash, None, f"{decided.provision}: {decided.why}")


def entry_of(row: EntryRow) -> Entry | None:
    """Read the entry of a row; nothing where it is withheld or none."""
    if row.envelope is None or row.address is None:
        return None
    return entries.read(row.envelope, row.origin)[1]


def read_entry(data: bytes) -> Entry | None:
    """Read the entry in an envelope; nothing where there is none."""
    try:
        return entries.read(data)[1]
    except InputError:
        return None


MOST_NAMING: Final = 500
"""Entries of others asked whether a file may be given: beyond them who asks has to name one."""


def naming(reader: Reader, sha256: str, address: str | None, but: Sequence[str]) -> Iterator[EntryRow]:
    """Walk entries that name a file: the one of an ``address``, or those of all logs except ``but``."""
    found = reader.naming(sha256, but) if address is None else reader.by_address(address)
    for row in islice(found, MOST_NAMING):
        entry = entry_of(row)
        if entry is not None and any(one.sha256 == sha256 for one in entry.objects):
            yield row


def decide_object(
    reader: Reader, registry: Registry, sha256: str, party: str, address: str | None = None
) -> tuple[Decision, EntryRow] | None:
    """Decide whether a Party may have a file: when it may read one of the entries that name it; none names it: None.

    Who knows the hash of a file could name it in its own log: that counts only where nobody else names the file.
    """
    logs = reader.logs()
    own = [log.origin for log in logs if log.party == party]
    if address is not None:
        named = list(naming(reader, sha256, address, ()))
        found = _first(registry, (row for row in named if row.origin not in own), party)
        if found is not None or not named:
            return found
    others = [log.origin for log in logs if log.party != party]
    elsewhere = _first(registry, naming(reader, sha256, None, own), party)
    return elsewhere or _first(registry, islice(naming(reader, sha256, None, others), 1), party)


def _first(registry: Registry, rows: Iterable[EntryRow], party: str) -> tuple[Decision, EntryRow] | None:
    """Give the first grant, or else the first refusal."""
    refused: tuple[Decision, EntryRow] | None = None
    for row in rows:
        decided = decide(registry, row, party)
        if isinstance(decided, Grant):
            return decided, row
        refused = refused or (decided, row)
    return refused

"""The keys of a Party as a store holds its log: the one walk over key entries that all who judge signatures share."""

from __future__ import annotations

from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry.keyring import Keyring
from skywitness.record.entry.keys import PublicKey
from skywitness.record.store.model import Reader


def ring_of(reader: Reader, origin: str, party: str, root: PublicKey | None, before: int | None = None) -> Keyring:
    """Read the keys of a Party from its log, as far as it is held, or up to the entry ``before``.

    Without ``root`` the key entries count though nobody knows who made them (``Keyring``).
    """
    ring = Keyring(party, root)
    _learn(ring, reader, origin, before)
    return ring


def ring_of_party(reader: Reader, party: str, root: PublicKey | None) -> Keyring:
    """Read the keys of a Party from whatever log of it is held; none is, and nothing is known of them."""
    ring = Keyring(party, root)
    for log in reader.logs():
        if log.party == party:
            _learn(ring, reader, log.origin, None)
    return ring


def _learn(ring: Keyring, reader: Reader, origin: str, before: int | None) -> None:
    for row in reader.of_kind(origin, "key"):
        if row.envelope is not None and (before is None or row.index < before):
            envelope, entry = entries.read(row.envelope)
            ring.learn(row.index, entry, envelopes.verify(envelope, ring.known))

"""Openings and closings that bind a Party: those in its own log, and those of others that all their Parties signed."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry.keyring import Keyring, signed_by
from skywitness.record.log import drafts
from skywitness.record.store.model import EntryRow, Reader
from skywitness.record.trust.rings import ring_of
from skywitness.record.trust.trusted import Accepted


def binding(reader: Reader, stream: str, origin: str, own: Keyring) -> Iterator[EntryRow]:
    """Walk the openings and closings of a stream that bind the Party of the log ``origin``, whose keys are ``own``.

    All Parties sign them, so what another put into its log without this Party's signature, or without that of a third
    it names, is worth nothing: otherwise anybody could open and close the streams of all others.  A closing that waits
    with this Party's signature binds it too: its author may append it any day, and it counts the Party's entries.
    """
    for row in counting(reader, stream, own):
        if row.origin == origin or _is_signed(row.envelope or b"", own):
            yield row
    for draft in reader.drafts():
        if draft.stream == stream and draft.author != own.party and _is_signed(draft.envelope, own):
            _, entry = drafts.read(draft.envelope)
            if entry.kind == "closing":
                yield EntryRow(origin, -1, b"", draft.envelope, stream=stream, author=draft.author, kind=entry.kind)


def counting(reader: Reader, stream: str, own: Keyring | None = None) -> Iterator[EntryRow]:
    """Walk the openings and closings of a stream that all Parties they name signed, as far as their keys are known.

    A signature by a key that is not known here may be good.  ``own``: keys of a Party beside those of the logs held.
    """
    trusted, rings = Accepted(reader), {} if own is None else {own.party: own}
    for row in reader.marked(stream):
        if row.envelope is None:
            continue
        envelope, entry = entries.read(row.envelope)
        parties = frozenset(entry.parties or entry.counts)
        for log in reader.logs():
            if log.party in parties and log.party not in rings:
                rings[log.party] = ring_of(reader, log.origin, log.party, trusted.root(log.party))
        known = {signer: key for ring in rings.values() for signer, key in ring.known.items()}
        good, doubtful = signed_by(envelopes.verify(envelope, known), rings)
        if parties <= good | doubtful:
            yield row


def _is_signed(data: bytes, own: Keyring) -> bool:
    envelope, _ = drafts.read(data)
    return any(signer.party == own.party for signer in envelopes.verify(envelope, own.known).valid)

"""Openings and closings that bind a Party: those in its own log, and those of others that it has signed."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry.keyring import Keyring
from skywitness.record.store.model import EntryRow, Reader


def binding(reader: Reader, stream: str, origin: str, own: Keyring) -> Iterator[EntryRow]:
    """Walk the openings and closings of a stream that bind the Party of the log ``origin``, whose keys are ``own``.

    All Parties sign them, so what another put into its log without this Party's signature is worth nothing: otherwise
    anybody could close the streams of all others.
    """
    for row in reader.marked(stream):
        if row.envelope is None:
            continue
        if row.origin == origin:
            yield row
            continue
        envelope, _ = entries.read(row.envelope)
        if any(signer.party == own.party for signer in envelopes.verify(envelope, own.known).valid):
            yield row

"""Drafts: entries that several Parties sign, on their way to the log of their author.

The author signs last, when it appends.  Had it signed before, a draft that is made anew would leave two entries at one
place under its signature, which proves a fault (``evidence.model.Double``) though nothing dishonest was done.
"""

from __future__ import annotations

from skywitness.record.entry import canonical
from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry.entry import PAYLOAD_TYPE, Entry
from skywitness.record.entry.envelope import Envelope
from skywitness.record.entry.fields import write_time
from skywitness.record.entry.keys import from_base64
from skywitness.record.store.model import DraftRow


def read(data: bytes, where: str = "") -> tuple[Envelope, Entry]:
    """Read the envelope of a draft, which may bear no signature yet.

    :raises InputError: ``bad_envelope``, ``bad_entry`` or ``bad_json``.
    """
    if b'"signatures":[]' not in data:
        return entries.read(data, where)
    value = canonical.loads(data, where)
    payload = from_base64(value.get("payload")) if isinstance(value, dict) else None
    envelope = Envelope(PAYLOAD_TYPE, payload or b"", ())
    if payload is None or envelope.to_bytes() != data:
        return entries.read(data, where)  # says what is wrong with it
    return envelope, entries.parse(payload, where)


def without(envelope: Envelope, party: str) -> Envelope:
    """Take the signatures of a Party off."""
    kept = tuple(one for one in envelope.signatures if not one.keyid.startswith(f"{party}/"))
    return Envelope(envelope.payload_type, envelope.payload, kept)


def row_of(envelope: Envelope, entry: Entry) -> DraftRow:
    """Make the row of a draft."""
    return DraftRow(entry.address, entry.stream, entry.author, envelope.to_bytes(), write_time(entry.time_utc))


def needed(entry: Entry) -> frozenset[str]:
    """Name the Parties that must sign an entry."""
    return frozenset({entry.author, *entry.parties, *entry.counts})


def signed_by(row: DraftRow) -> frozenset[str]:
    """Name the Parties whose signatures a draft bears, as it says."""
    return frozenset(signer.party for signer in read(row.envelope)[0].signers())


def merge(first: Envelope, second: Envelope) -> Envelope:
    """Join the signatures of two copies of a draft.

    :raises InputError: ``bad_envelope`` when they are of two payloads, or a key signed them differently.
    """
    return envelopes.merge(first, second)

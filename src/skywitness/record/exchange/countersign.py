"""Openings and closings that several Parties sign: drafts that await a signature, and answers that bring one.

Nothing is signed because a packet came.  A person lists the drafts and signs one; a program that signs for people gives
a function that decides.  A draft travels without its author's signature: the author signs last, when it appends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.envelope import Envelope
from skywitness.record.entry.keyring import Keyring
from skywitness.record.entry.keys import PublicKey, Signer
from skywitness.record.entry.remark import Remark
from skywitness.record.log import drafts, log
from skywitness.record.log.model import Appended
from skywitness.record.store.model import EntryRow, Reader
from skywitness.record.trust.trusted import Accepted

if TYPE_CHECKING:
    from skywitness.record.node.node import Node

MOST_DRAFTS: Final = 200
"""Drafts of one author kept at once."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft: which Parties have signed it (its author signs last), and who has not."""

    entry: Entry
    signed: tuple[str, ...]
    lacking: tuple[str, ...]


def waiting(node: Node) -> tuple[Waiting, ...]:
    """List all drafts, the own ones and those of others."""
    with node.store.snapshot() as seen:
        rows = seen.drafts()
    return tuple(_waiting(*drafts.read(row.envelope)) for row in rows)


def sign(node: Node, address: str) -> Waiting:
    """Sign a draft of another Party; the next packet takes the signature to its author.

    :raises InputError: ``no_draft``, ``not_concerned`` when this Party is none of those that must sign it.
    """
    envelope, entry = _find(node, address)
    if entry.author == node.party or node.party not in drafts.needed(entry):
        message = say("{party} is no Party of this draft and need not sign it.", party=node.party)
        raise InputError("not_concerned", message, entry.place)
    if node.entry_key.signer not in envelope.signers():
        envelope = envelopes.add_signature(envelope, node.entry_key)
        with node.store.transaction() as change:
            known = change.draft(address)
            if known is not None:
                envelope = drafts.merge(drafts.read(known.envelope)[0], envelope)
            change.put_draft(drafts.row_of(envelope, entry))
    return _waiting(envelope, entry)


def sign_those(node: Node, decide: Callable[[Entry], bool]) -> tuple[Waiting, ...]:
    """Sign all drafts of others that ``decide`` agrees to and that wait for this Party."""
    asked = [one for one in waiting(node) if one.entry.author != node.party and node.party in one.lacking]
    return tuple(sign(node, one.entry.address) for one in asked if decide(one.entry))


def finish(node: Node, address: str) -> Appended:
    """Sign an own draft that all others have signed, last, and append it.

    :raises InputError: ``no_draft``, ``needs_others``, and what ``log.append_signed`` refuses.
    """
    envelope, entry = _find(node, address)
    lacking = _waiting(envelope, entry).lacking
    if lacking:
        raise InputError("needs_others", say("{parties} has not signed yet.", parties=", ".join(lacking)), entry.place)
    return log.append_signed(node, drafts.without(envelope, node.party))


def forget(node: Node, rows: Iterable[EntryRow]) -> None:
    """Drop drafts whose place in their author's sequence is taken now in its own log, by them or by another entry."""
    marked = [row for row in rows if row.kind in ("opening", "closing")]
    if not marked:
        return
    with node.store.transaction() as change:
        owners = {log.origin: log.party for log in change.logs()}
        marked = [row for row in marked if owners.get(row.origin) == row.author]
        waiting_now = [(row.address, drafts.read(row.envelope)[1]) for row in change.drafts()]
        for row in marked:
            for address, entry in waiting_now:
                if (entry.author, entry.stream) == (row.author, row.stream) and entry.sequence <= (row.sequence or 0):
                    change.drop_draft(address)


def take(node: Node, sender: str, packed: Sequence[Envelope], remarks: list[Remark]) -> int:
    """Take drafts of the sender, and signatures under drafts that are here; tells how many changed."""
    if not packed:
        return 0
    changed = 0
    with node.store.transaction() as change:
        many = sum(1 for row in change.drafts() if row.author == sender)
        for told in packed:
            entry = entries.parse(told.payload)
            brought = drafts.without(told, entry.author)
            known = change.draft(entry.address)
            offered = entry.author == sender and node.party in drafts.needed(entry)
            if known is None and (not offered or many >= MOST_DRAFTS or _is_past(change, entry)):
                continue
            before = drafts.read(known.envelope)[0] if known is not None else None
            after = before or Envelope(brought.payload_type, brought.payload, ())
            for signer in sorted(_valid(change, brought, remarks)):
                after = _with(after, brought, signer)
            if after != before:
                change.put_draft(drafts.row_of(after, entry))
                changed, many = changed + 1, many + (known is None)
    return changed


def _is_past(reader: Reader, entry: Entry) -> bool:
    """Tell whether the place of a draft is taken in its author's log."""
    own = [one.origin for one in reader.logs() if one.party == entry.author]
    found = [reader.last_of(origin, entry.stream, entry.author) for origin in own]
    return any(row is not None and (row.sequence or 0) >= entry.sequence for row in found)


def _with(envelope: Envelope, other: Envelope, signer: Signer) -> Envelope:
    """Add the two signatures of a signer, unless that key has signed."""
    if signer in envelope.signers():
        return envelope
    kept = [one for one in other.signatures if one.keyid.startswith(f"{signer}/")]
    joined = tuple(sorted([*envelope.signatures, *kept], key=lambda one: one.keyid))
    return Envelope(envelope.payload_type, envelope.payload, joined)


def _valid(reader: Reader, envelope: Envelope, remarks: list[Remark]) -> list[Signer]:
    """Name the signers whose keys are known and good and whose signatures hold; of others it is remarked."""
    found = []
    for signer in envelope.signers():
        ring = ring_of(reader, signer.party, Accepted(reader).root(signer.party))
        good = {key.id for key in ring.good_keys()}
        if signer.key_id in good and signer in envelopes.verify(envelope, ring.known).valid:
            found.append(signer)
        else:
            name = str(signer)
            text = say("The signature of {signer} under a draft does not hold by what is known here.", signer=name)
            remarks.append(Remark("signature_unknown", text, signer.party, certain=False))
    return found


def ring_of(reader: Reader, party: str, root: PublicKey | None) -> Keyring:
    """Read the keys of a Party from its log, as far as it is held."""
    ring = Keyring(party, root)
    for origin in [one.origin for one in reader.logs() if one.party == party]:
        for row in reader.of_kind(origin, "key"):
            if row.envelope is not None:
                envelope, entry = entries.read(row.envelope)
                ring.learn(row.index, entry, envelopes.verify(envelope, ring.known))
    return ring


def _find(node: Node, address: str) -> tuple[Envelope, Entry]:
    with node.store.snapshot() as seen:
        row = seen.draft(address)
    if row is None:
        raise InputError("no_draft", say("No draft with this address is here."), address)
    return drafts.read(row.envelope, address)


def _waiting(envelope: Envelope, entry: Entry) -> Waiting:
    signed = {signer.party for signer in envelope.signers()} - {entry.author}
    lacking = drafts.needed(entry) - signed - {entry.author}
    return Waiting(entry, tuple(sorted(signed)), tuple(sorted(lacking)))

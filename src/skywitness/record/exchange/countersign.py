"""Openings and closings that several Parties sign: drafts that await a signature, and answers that bring one.

Nothing is signed because a packet came.  A person lists the drafts and signs one.  A draft travels without its author's
signature: the author signs last, when it appends.  So nothing in it shows who drafted it, and it is taken from its
author only, over a connection or under a seal that is its author's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.envelope import Envelope
from skywitness.record.entry.fields import write_time
from skywitness.record.entry.keys import Signer
from skywitness.record.entry.remark import Remark
from skywitness.record.log import drafts, lateness, log
from skywitness.record.log.marks import counting
from skywitness.record.log.model import Appended
from skywitness.record.store.model import DraftRow, Reader
from skywitness.record.trust.rings import ring_of, ring_of_party
from skywitness.record.trust.trusted import Accepted

if TYPE_CHECKING:
    from skywitness.record.node.node import Node

MOST_DRAFTS: Final = 200
"""Drafts of one author kept at once."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft: which Parties have signed it (its author signs last), who has not, and why it is late if it is."""

    entry: Entry
    signed: tuple[str, ...]
    lacking: tuple[str, ...]
    stale: Text | None = None


def waiting(node: Node) -> tuple[Waiting, ...]:
    """List all drafts, the own ones and those of others."""
    with node.store.snapshot() as seen:
        return tuple(_waiting(seen, *drafts.read(row.envelope)) for row in seen.drafts())


def sign(node: Node, address: str) -> Waiting:
    """Sign a draft of another Party; the next packet takes the signature to its author.

    :raises InputError: ``no_draft``, ``not_concerned`` when this Party is none of those that must sign it,
        ``draft_stale`` when its author can no longer append it, ``opening_not_first`` and ``opening_twice`` for an
        opening that verification would hold against a signer.
    """
    envelope, entry = _find(node, address)
    if entry.author == node.party or node.party not in drafts.needed(entry):
        message = say("{party} is no Party of this draft and need not sign it.", party=node.party)
        raise InputError("not_concerned", message, entry.place)
    with node.store.transaction() as change:
        _require_only_opening(node, change, entry)
        _require_in_time(change, entry)
        if node.entry_key.signer not in envelope.signers():
            envelope = envelopes.add_signature(envelope, node.entry_key)
            known = change.draft(address)
            if known is not None:
                envelope = drafts.merge(drafts.read(known.envelope)[0], envelope)
            change.put_draft(drafts.row_of(envelope, entry))
        return _waiting(change, envelope, entry)


def finish(node: Node, address: str) -> Appended:
    """Sign an own draft that all others have signed, last, and append it.

    :raises InputError: ``no_draft``, ``draft_stale``, ``needs_others``, ``opening_twice``, and what
        ``log.append_signed`` refuses.
    """
    envelope, entry = _find(node, address)
    with node.store.snapshot() as seen:
        _require_only_opening(node, seen, entry)
        _require_in_time(seen, entry)
    lacking = _lacking(envelope, entry)
    if lacking:
        raise InputError("needs_others", say("{parties} has not signed yet.", parties=", ".join(lacking)), entry.place)
    return log.append_signed(node, drafts.without(envelope, node.party))


def _require_only_opening(node: Node, seen: Reader, entry: Entry) -> None:
    """Refuse an opening that cannot count, and one beside another that this Party has signed.

    Every reader of the record would name who signed the openings of two Parties for one stream.  A draft that its
    author made anew takes the place of its older one.
    """
    if entry.kind != "opening":
        return
    if entry.sequence != 0:
        message = say(
            "The opening is number {number} of {author} in the stream {stream}; one that counts is its first entry, 0.",
            number=entry.sequence,
            author=entry.author,
            stream=entry.stream,
        )
        raise InputError("opening_not_first", message, entry.place)
    other = next(_signed_openings(node, seen, entry), None)
    if other is not None:
        message = say(
            "{party} has signed another opening of {stream}, {place}: it can sign one only. If that one is a draft, "
            "drop it; if not, let the stream have another name.",
            party=node.party,
            stream=entry.stream,
            place=f"{other.place} ({other.address[:16]})",
        )
        raise InputError("opening_twice", message, entry.place)


def _signed_openings(node: Node, seen: Reader, entry: Entry) -> Iterator[Entry]:
    """Walk other openings of a stream with a signature of this Party: those that count, and drafts of other authors."""
    ring = ring_of_party(seen, node.party, node.root)
    found = [row.envelope for row in counting(seen, entry.stream, ring) if row.kind == "opening"]
    waiting_now = [row.envelope for row in seen.drafts() if row.stream == entry.stream and row.author != entry.author]
    for data in [*found, *waiting_now]:
        if data is None:
            continue
        envelope, one = drafts.read(data)
        signed = any(signer.party == node.party for signer in envelopes.verify(envelope, ring.known).valid)
        if one.kind == "opening" and one.address != entry.address and signed:
            yield one


def forget(node: Node) -> None:
    """Drop the drafts that nobody here can do anything with any more, after logs have grown (``lateness.is_over``)."""
    with node.store.snapshot() as seen:
        if not seen.drafts():
            return
    with node.store.transaction() as change:
        own = ring_of(change, node.origin, node.party, node.root)
        for row in change.drafts():
            if lateness.is_over(change, drafts.read(row.envelope)[1], node.origin, own):
                change.drop_draft(row.address)


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
            others = [row for row in change.drafts() if known is None and offered and _is_for_same(row, entry)]
            late = any(row.time_utc > write_time(entry.time_utc) for row in others) or lateness.stale(change, entry)
            if known is None and (not offered or many >= MOST_DRAFTS or late):
                continue
            for row in others:
                if row.time_utc < write_time(entry.time_utc):
                    change.drop_draft(row.address)
                    many -= 1
            before = drafts.read(known.envelope)[0] if known is not None else None
            after = before or Envelope(brought.payload_type, brought.payload, ())
            for signer in sorted(_valid(change, brought, remarks)):
                after = _with(after, brought, signer)
            if after != before:
                change.put_draft(drafts.row_of(after, entry))
                changed, many = changed + 1, many + (known is None)
    return changed


def _is_for_same(row: DraftRow, entry: Entry) -> bool:
    """Tell whether a draft is for the same opening or closing: its author drafts one again, the older one is void."""
    kind = drafts.read(row.envelope)[1].kind
    return (row.author, row.stream, kind) == (entry.author, entry.stream, entry.kind)


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
        ring = ring_of_party(reader, signer.party, Accepted(reader).root(signer.party))
        good = {key.id for key in ring.good_keys()}
        if signer.key_id in good and signer in envelopes.verify(envelope, ring.known).valid:
            found.append(signer)
        else:
            name = str(signer)
            text = say("The signature of {signer} under a draft does not hold by what is known here.", signer=name)
            remarks.append(Remark("signature_unknown", text, signer.party, certain=False))
    return found


def _require_in_time(reader: Reader, entry: Entry) -> None:
    why = lateness.stale(reader, entry)
    if why is not None:
        message = say("The draft is late, its author has to draft it again (drafts --renew): {why}", why=why)
        raise InputError("draft_stale", message, entry.place)


def _find(node: Node, address: str) -> tuple[Envelope, Entry]:
    with node.store.snapshot() as seen:
        row = seen.draft(address)
    if row is None:
        raise InputError("no_draft", say("No draft with this address is here."), address)
    return drafts.read(row.envelope, address)


def _waiting(reader: Reader, envelope: Envelope, entry: Entry) -> Waiting:
    signed = {signer.party for signer in envelope.signers()} - {entry.author}
    return Waiting(entry, tuple(sorted(signed)), _lacking(envelope, entry), lateness.stale(reader, entry))


def _lacking(envelope: Envelope, entry: Entry) -> tuple[str, ...]:
    """Name who has to sign before the author does."""
    signed = {signer.party for signer in envelope.signers()}
    return tuple(sorted(drafts.needed(entry) - signed - {entry.author}))

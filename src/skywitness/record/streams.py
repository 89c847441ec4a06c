"""Openings and closings, signed by several Parties: drafted by one, countersigned, appended by the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import say
from skywitness.record import log
from skywitness.record.entry import entry as entries
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.envelope import Envelope
from skywitness.record.entry.keyring import Keyring
from skywitness.record.entry.keys import PublicKey
from skywitness.record.log_model import Draft
from skywitness.record.node import Node
from skywitness.record.store.model import DraftRow, Reader
from skywitness.record.trusted import Accepted

OPENING, CLOSING = "record/opening", "record/closing"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft: who has signed it as its envelope says, who has not; ``index`` in the log once it is there."""

    entry: Entry
    signed: tuple[str, ...]
    lacking: tuple[str, ...]
    index: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Write for scripts."""
        return {
            "address": self.entry.address,
            "stream": self.entry.stream,
            "author": self.entry.author,
            "kind": self.entry.kind,
            "signed_by": list(self.signed),
            "waits_for": list(self.lacking),
            "index": self.index,
        }


def draft_opening(node: Node, stream: str, others: tuple[str, ...], body: Mapping[str, Any]) -> Waiting:
    """Draft the opening of a stream of this Party and ``others``.

    :raises InputError: ``unknown_party`` for one whose introduction was not accepted, and what drafting refuses.
    """
    with node.store.snapshot() as seen:
        trusted, faults = Accepted(seen), Faults()
        for party in others:
            if trusted.root(party) is None:
                faults.add(party, say("The introduction of {party} was not accepted.", party=party))
    faults.raise_if_any("unknown_party", say("A stream is opened with Parties that are known."), "with")
    wanted = Draft(stream, OPENING, body, "opening", parties=(node.party, *others))
    return _waiting(log.draft(node, wanted))


def draft_closing(node: Node, stream: str, body: Mapping[str, Any]) -> Waiting:
    """Draft the closing of a stream: it counts the entries of all its Parties as this node holds them.

    :raises InputError: ``not_open`` when no opening is held, and what drafting refuses.
    """
    with node.store.snapshot() as seen:
        opening = next((row for row in seen.marked(stream) if row.kind == "opening" and row.envelope), None)
        if opening is None:
            raise InputError("not_open", say("No opening of {stream} is held here.", stream=stream), "stream")
        parties = entries.read(opening.envelope or b"")[1].parties
        held = {party: _last(seen, stream, party) for party in parties if party != node.party}
    counts = {party: count for party, (count, _) in held.items()}
    heads = {party: head for party, (_, head) in held.items() if head is not None}
    return _waiting(log.draft(node, Draft(stream, CLOSING, body, "closing", counts=counts, heads=heads)))


def waiting(node: Node) -> tuple[Waiting, ...]:
    """List the drafts of a node."""
    with node.store.snapshot() as seen:
        rows = seen.drafts()
    return tuple(_waiting(envelopes.from_bytes(row.envelope)) for row in rows)


def countersign(node: Node, words: str) -> Waiting:
    """Sign a draft of another Party, or append one of this Party that all have signed; ``words`` begin its address.

    :raises InputError: ``no_draft``, ``not_concerned``, ``signature_wrong`` when its author has not signed it,
        ``closing_differs`` when it counts something else than is held, ``needs_others``, and what appending refuses.
    """
    row = _find(node, words)
    envelope, entry = entries.read(row.envelope)
    if entry.author == node.party:
        made = log.append_signed(node, envelope)
        return _waiting(envelope, made.index)
    if node.party not in _needed(entry):
        message = say("{party} is no Party of this draft and need not sign it.", party=node.party)
        raise InputError("not_concerned", message, entry.place)
    with node.store.snapshot() as seen:
        _require_author(seen, envelope, entry)
        if entry.kind == "closing":
            _require_counts(seen, node.party, entry)
    if node.entry_key.signer in envelope.signers():
        return _waiting(envelope)
    signed = envelopes.add_signature(envelope, node.entry_key)
    with node.store.transaction() as change:
        change.put_draft(DraftRow(row.address, row.stream, row.author, signed.to_bytes(), row.time_utc))
    return _waiting(signed)


def drop(node: Node, words: str) -> None:
    """Forget a draft; what was signed stays signed, and others may hold it.

    :raises InputError: ``no_draft``.
    """
    row = _find(node, words)
    with node.store.transaction() as change:
        change.drop_draft(row.address)


def require_no_opening_waits(node: Node, stream: str) -> None:
    """Refuse to go on in a stream whose opening waits: the opening must be the first entry, and would be worth nothing.

    :raises InputError: ``opening_waits``.
    """
    with node.store.snapshot() as seen:
        rows = [row for row in seen.drafts() if (row.author, row.stream) == (node.party, stream)]
        begun = seen.last_of(node.origin, stream, node.party) is not None
    kinds = {entries.read(row.envelope)[1].kind for row in rows}
    if "opening" in kinds and not begun:
        message = say(
            "The opening of {stream} waits for signatures and must come first: append it, or drop the draft.",
            stream=stream,
        )
        raise InputError("opening_waits", message, "stream")


def ring_of(reader: Reader, party: str, root: PublicKey | None) -> Keyring:
    """Read the keys of a Party from its log, as far as it is held."""
    ring = Keyring(party, root)
    for origin in [one.origin for one in reader.logs() if one.party == party]:
        for row in reader.of_kind(origin, "key"):
            if row.envelope is not None:
                envelope, entry = entries.read(row.envelope)
                ring.learn(row.index, entry, envelopes.verify(envelope, ring.known))
    return ring


def _find(node: Node, words: str) -> DraftRow:
    start = words.strip().lower()
    with node.store.snapshot() as seen:
        found = [row for row in seen.drafts() if row.address.startswith(start)]
    if len(found) != 1 or len(start) < 8:
        message = say("{count} drafts begin with {address}; drafts lists them.", count=len(found), address=words)
        raise InputError("no_draft", message, "ADDRESS")
    return found[0]


def _needed(entry: Entry) -> set[str]:
    return {entry.author, *entry.parties, *entry.counts}


def _waiting(envelope: Envelope, index: int | None = None) -> Waiting:
    entry = entries.read(envelope.to_bytes())[1]
    signed = {signer.party for signer in envelope.signers()}
    return Waiting(entry, tuple(sorted(signed)), tuple(sorted(_needed(entry) - signed)), index)


def _require_author(reader: Reader, envelope: Envelope, entry: Entry) -> None:
    """Refuse a draft that its author has not signed with a key known to be its own."""
    ring = ring_of(reader, entry.author, Accepted(reader).root(entry.author))
    good = {key.id for key in ring.good_keys()}
    valid = envelopes.verify(envelope, ring.known).valid
    if not any(signer.party == entry.author and signer.key_id in good for signer in valid):
        message = say(
            "The draft is not signed by {author} with a good key that is known here: exchange with it first.",
            author=entry.author,
        )
        raise InputError("signature_wrong", message, entry.place)


def _require_counts(reader: Reader, party: str, closing: Entry) -> None:
    """Refuse a closing that counts this Party's entries wrong, or fewer of another than are held."""
    faults = Faults()
    for who, counted in sorted(closing.counts.items()):
        count, head = _last(reader, closing.stream, who)
        if who == closing.author:
            count, head = count + 1, closing.heads.get(who)
        wrong = counted != count if who == party else counted < count
        if wrong or (counted == count and count and closing.heads.get(who) != head):
            text = say(
                "It counts {counted} entries of {party}; held are {held}.", counted=counted, party=who, held=count
            )
            faults.add(f"counts.{who}", text)
    message = say("The closing does not count what is held here: exchange, and let its author draft it again.")
    faults.raise_if_any("closing_differs", message, closing.place)


def _last(reader: Reader, stream: str, party: str) -> tuple[int, str | None]:
    """Count the entries of a Party in a stream, and give the address of its last one."""
    found = [reader.last_of(one.origin, stream, party) for one in reader.logs() if one.party == party]
    rows = [row for row in found if row is not None and row.sequence is not None]
    return (0, None) if not rows else max(((row.sequence or 0) + 1, row.address) for row in rows)

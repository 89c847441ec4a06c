"""Openings and closings, signed by several Parties: drafted by one, countersigned, appended by the first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry
from skywitness.record.exchange import countersign as signing
from skywitness.record.log import drafts, lateness, log
from skywitness.record.log.marks import binding
from skywitness.record.log.model import Draft
from skywitness.record.node.node import Node
from skywitness.record.store.model import DraftRow, Reader
from skywitness.record.trust.rings import ring_of
from skywitness.record.trust.trusted import Accepted

OPENING, CLOSING = "record/opening", "record/closing"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft: which Parties have signed it, who has not (its author signs last); ``index`` once it is in the log.

    ``stale`` tells why it can no longer be signed or appended; ``renew`` drafts it again.
    """

    entry: Entry
    signed: tuple[str, ...]
    lacking: tuple[str, ...]
    index: int | None = None
    stale: Text | None = None

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write for scripts."""
        return {
            "address": self.entry.address,
            "stream": self.entry.stream,
            "author": self.entry.author,
            "kind": self.entry.kind,
            "signed_by": list(self.signed),
            "waits_for": list(self.lacking),
            "index": self.index,
            "payload": json.loads(self.entry.payload),
            "stale": None if self.stale is None else self.stale.render(catalogue),
        }


def draft_opening(node: Node, stream: str, others: tuple[str, ...], body: Mapping[str, Any]) -> Waiting:
    """Draft the opening of a stream of this Party and ``others``.

    :raises InputError: ``unknown_party`` for one whose introduction was not accepted, ``usage`` for this Party itself,
        ``stream_opened`` when all Parties to another opening of it, this one among them, have signed that, and what
        drafting refuses.
    """
    if node.party in others:
        message = say("{party} is the Party whose node this is: name the others.", party=node.party)
        raise InputError("usage", message, "with")
    with node.store.snapshot() as seen:
        _require_not_opened(seen, node, stream)
        trusted, faults = Accepted(seen), Faults()
        for party in others:
            if trusted.root(party) is None:
                faults.add(party, say("The introduction of {party} was not accepted.", party=party))
    faults.raise_if_any("unknown_party", say("A stream is opened with Parties that are known."), "with")
    wanted = Draft(stream, OPENING, body, "opening", parties=(node.party, *others))
    return _drafted(node, wanted)


def _require_not_opened(reader: Reader, node: Node, stream: str) -> None:
    """Refuse a second opening of a stream that this Party has opened with others: whoever signs two is at fault."""
    own = ring_of(reader, node.origin, node.party, node.root)
    for row in binding(reader, stream, node.origin, own):
        if row.kind == "opening":
            message = say(
                "{stream} was opened by {author} with the signature of {party}, {address}: a stream is opened once.",
                stream=stream,
                author=row.author or "-",
                party=node.party,
                address=(row.address or "")[:16],
            )
            raise InputError("stream_opened", message, "stream")


def draft_closing(node: Node, stream: str, body: Mapping[str, Any]) -> Waiting:
    """Draft the closing of a stream: it counts the entries of all its Parties as this node holds them.

    :raises InputError: ``not_open`` when no opening is held, and what drafting refuses.
    """
    with node.store.snapshot() as seen:
        own = ring_of(seen, node.origin, node.party, node.root)
        opening = next((row for row in binding(seen, stream, node.origin, own) if row.kind == "opening"), None)
        if opening is None:
            raise InputError("not_open", say("No opening of {stream} is held here.", stream=stream), "stream")
        parties = entries.read(opening.envelope or b"")[1].parties
        held = {party: _last(seen, stream, party) for party in parties if party != node.party}
    counts = {party: count for party, (count, _) in held.items()}
    heads = {party: head for party, (_, head) in held.items() if head is not None}
    return _drafted(node, Draft(stream, CLOSING, body, "closing", counts=counts, heads=heads))


def waiting(node: Node) -> tuple[Waiting, ...]:
    """List the drafts of a node, and which of them are stale."""
    found = signing.waiting(node)
    with node.store.snapshot() as seen:
        return tuple(_of(one, one.stale or _miscounts(seen, one)) for one in found)


def renew(node: Node, words: str) -> Waiting:
    """Draft a stale opening or closing of this Party again, with the same body, for the place that is next now.

    :raises InputError: ``no_draft``, ``not_concerned`` for one of another Party, ``not_stale``, ``stream_opened`` or
        ``stream_closed`` when the stream has its opening or closing by another entry, and what drafting refuses.
    """
    address = _find(node, words).address
    found = next(one for one in waiting(node) if one.entry.address == address)
    entry = found.entry
    if entry.author != node.party:
        message = say("{author} drafted it, and has to draft it again.", author=entry.author)
        raise InputError("not_concerned", message, entry.place)
    if found.stale is None:
        raise InputError("not_stale", say("The draft can still be signed: there is nothing to renew."), entry.place)
    with node.store.snapshot() as seen:
        over = lateness.is_over(seen, entry, node.origin, ring_of(seen, node.origin, node.party, node.root))
    if over:
        kind = "stream_opened" if entry.kind == "opening" else "stream_closed"
        raise InputError(kind, say("The stream went on without this draft: drop it (drafts --drop)."), entry.place)
    if entry.kind == "opening":
        return draft_opening(
            node, entry.stream, tuple(code for code in entry.parties if code != node.party), entry.body
        )
    return draft_closing(node, entry.stream, entry.body)


def countersign(node: Node, words: str) -> Waiting:
    """Sign a draft of another Party, or append one of this Party that all have signed; ``words`` begin its address.

    :raises InputError: ``no_draft``, ``not_concerned``, ``closing_differs`` when it counts something else than is held,
        ``needs_others``, and what appending refuses.
    """
    row = _find(node, words)
    entry = drafts.read(row.envelope)[1]
    if entry.author == node.party:
        made = signing.finish(node, row.address)
        return Waiting(entry, tuple(sorted(drafts.needed(entry))), (), made.index)
    if entry.kind == "closing":
        with node.store.snapshot() as seen:
            _require_counts(seen, node.party, entry)
    return _of(signing.sign(node, row.address))


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
    kinds = {drafts.read(row.envelope)[1].kind for row in rows}
    if "opening" in kinds and not begun:
        message = say(
            "The opening of {stream} waits for signatures and must come first: append it, or drop the draft.",
            stream=stream,
        )
        raise InputError("opening_waits", message, "stream")


def _find(node: Node, words: str) -> DraftRow:
    start = words.strip().lower()
    with node.store.snapshot() as seen:
        found = [row for row in seen.drafts() if row.address.startswith(start)]
    if len(start) < 8:
        message = say(
            "'{address}' is too short: at least the first 8 of its 64 hexadecimal digits.", address=words[:60]
        )
        raise InputError("no_draft", message, "ADDRESS")
    if len(found) != 1:
        message = say("{count} drafts begin with {address}; drafts lists them.", count=len(found), address=words)
        raise InputError("no_draft", message, "ADDRESS")
    return found[0]


def _of(found: signing.Waiting, stale: Text | None = None) -> Waiting:
    return Waiting(found.entry, found.signed, found.lacking, None, stale)


def _drafted(node: Node, wanted: Draft) -> Waiting:
    """Keep a draft, in the place of the stale ones for the same opening, or of any for the same closing."""
    old = {
        one.entry.address: one
        for one in waiting(node)
        if (one.stale is not None or wanted.kind == "closing") and one.entry.author == node.party
    }
    made = drafts.read(log.draft(node, wanted).to_bytes())[1]
    with node.store.transaction() as change:
        for address, one in old.items():
            if (one.entry.stream, one.entry.kind) == (made.stream, made.kind) and address != made.address:
                change.drop_draft(address)
    return next(one for one in waiting(node) if one.entry.address == made.address)


def _miscounts(reader: Reader, found: signing.Waiting) -> Text | None:
    """Tell when entries came that a closing does not count; who signed before they came may have it appended."""
    if found.entry.kind != "closing" or not found.lacking:
        return None
    for who, counted in sorted(found.entry.counts.items()):
        held = _last(reader, found.entry.stream, who)[0]
        if who != found.entry.author and held > counted:
            return say(
                "It counts {counted} entries of {party}; held are {held}.", counted=counted, party=who, held=held
            )
    return None


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

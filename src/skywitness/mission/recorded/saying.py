"""From what a person wants to say to an entry: what is left out follows from what it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.mission.recorded import compose, flight_stream, names, slips
from skywitness.record import files
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry, ObjectReference, Reference, Relation
from skywitness.record.log import addresses
from skywitness.record.log.model import Draft
from skywitness.record.node.node import Node

ALL: Final = "ALL"
"""Said of addressees: all Parties, where an entry would go to some."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be said: one of ``body``, ``document`` and ``event``, or none for a receipt.

    ``refers``: pairs of a relation and an address, or its first digits.  ``to`` empty: as the document says, the
    author of what is received and all it was sent to, those whom what is corrected was sent to, for an event of a
    flight the Parties that opened it, else all; ``ALL`` says all.  ``alone``: a flight that nobody opened is begun.
    """

    stream: str | None = None
    type: str | None = None
    body: Path | None = None
    document: Path | None = None
    event: Mapping[str, Any] | None = None
    files: tuple[Path, ...] = ()
    to: tuple[str, ...] = ()
    refers: tuple[tuple[str, str], ...] = field(default=())
    alone: bool = False


def draft_of(node: Node, wish: Wish) -> Draft:
    """Make a draft of a wish; files are kept as objects before.

    :raises InputError: ``usage`` for what is missing and follows from nothing, what reading the files refuses, and
        slips (``corrects_other``, ``unknown_party``, ``no_stream``, ``author_not_named``,
        ``data_not_asked``).
    """
    referred = _referred(node, wish)
    corrected = [entry for relation, entry in referred if relation == "corrects"]
    for entry in corrected:
        slips.require_own(node.party, entry)
    named = () if ALL in wish.to else wish.to
    slips.require_known(node, named)
    kind, body, to = _content(node.party, wish, referred)
    stream = wish.stream or next((entry.stream for _, entry in referred), None)
    if stream is None:
        raise InputError("usage", say("Name the stream that this belongs to."), "stream")
    if not referred:
        slips.require_place(node, stream, alone=wish.alone)
    objects = tuple(files.keep(node.objects, path) for path in wish.files)
    receipt = next((entry for relation, entry in referred if relation == "receives"), None)
    if receipt is not None and not objects:
        objects = _held(node, receipt)
    draft = Draft(
        stream,
        kind,
        body,
        to=() if ALL in wish.to else named or to or _usual(node, kind, stream, corrected),
        objects=objects,
        refers_to=tuple(Reference(cast(Relation, relation), entry.address) for relation, entry in referred),
    )
    slips.require_data_right(node, draft, referred)
    return draft


def _usual(node: Node, kind: str, stream: str, corrected: list[Entry]) -> tuple[str, ...]:
    """Give whom an entry goes to that names nobody: as what it corrects; an event goes to the Parties of its flight."""
    if corrected:
        return corrected[0].to
    if kind != names.EVENT:
        return ()
    return tuple(code for code in flight_stream.parties_of(node.store, stream, node.party) if code != node.party)


def _referred(node: Node, wish: Wish) -> list[tuple[str, Entry]]:
    with node.store.snapshot() as seen:
        rows = [(relation, addresses.find(seen, words, relation)) for relation, words in wish.refers]
    return [(relation, entries.read(row.envelope or b"")[1]) for relation, row in rows]


def _content(
    party: str, wish: Wish, referred: list[tuple[str, Entry]]
) -> tuple[str, Mapping[str, Any], tuple[str, ...]]:
    """Give type, body and addressees."""
    if wish.document is not None:
        kind, body, to = compose.document_of_file(wish.document)
        return wish.type or kind, body, to
    if wish.event is not None:
        return wish.type or names.EVENT, wish.event, ()
    received = next((entry for relation, entry in referred if relation == "receives"), None)
    body = compose.body_of_file(wish.body) if wish.body is not None else {}
    if wish.type is not None:
        return names.whole(wish.type), body, ()
    if received is not None:
        return compose.RECEIPT, body, tuple(code for code in (received.author, *received.to) if code != party)
    if wish.body is not None and any(relation == "corrects" for relation, _ in referred):
        return compose.CORRECTION, body, ()
    raise InputError("usage", say("Say what it is: a document, an event, a receipt, or a body of some type."), "type")


def _held(node: Node, received: Entry) -> tuple[ObjectReference, ...]:
    """Name the files of an entry that came and are what they should be; a receipt is of these."""
    found = []
    for one in received.objects:
        if node.objects.has(one.sha256):
            node.objects.check(one.sha256)
            found.append(one)
    return tuple(found)

"""Introductions of other Parties: accepted only after people compared the fingerprint of the root key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.record.entry import introduction
from skywitness.record.entry.introduction import Introduction
from skywitness.record.node.node import Node
from skywitness.record.store.model import IntroductionRow, Reader, Store
from skywitness.record.store.objects import write_durably
from skywitness.record.trust import claims, roster


@dataclass(frozen=True, slots=True)
class Offer:
    """An introduction that is offered; ``must_compare`` unless its root key is the one people compared before."""

    envelope: bytes
    introduction: Introduction
    must_compare: bool

    @property
    def fingerprint(self) -> str:
        """Write the fingerprint of the root key for people."""
        return introduction.fingerprint(self.introduction.root)


def own(reader: Reader, party: str) -> bytes:
    """Give the newest introduction of a Party as it is handed to others.

    :raises InputError: ``no_introduction``.
    """
    rows = [row for row in reader.introductions(party) if row.accepted]
    if not rows:
        raise InputError("no_introduction", say("The store holds no introduction of {party}.", party=party))
    return max(rows, key=lambda row: row.issue).envelope


def read_offer(node: Node, data: bytes, where: str = "") -> Offer:
    """Read an introduction of another Party, and tell whether its fingerprint must be compared.

    :raises InputError: ``bad_introduction``, ``old_introduction``, ``contradicting_introduction``.
    """
    data = data.removesuffix(b"\n")
    _, told = introduction.read(data, where)
    with node.store.snapshot() as seen:
        known = roster.accepted(seen)
    before = known.get(told.party)
    if told.party == node.party:
        message = say("This is an introduction of {party} itself, whose node this is.", party=told.party)
        raise InputError("bad_introduction", message, where)
    introduction.replace(before, told, where)
    wrong = claims.wrong_in(told, known.values())
    if wrong is not None:
        raise InputError("bad_introduction", wrong, where)
    return Offer(data, told, before is None or not introduction.is_same_root(before, told))


def accept(store: Store, offer: Offer, compared: str | None) -> None:
    """Accept an offer; ``compared`` are the words of the fingerprint that another way than the file brought.

    :raises InputError: ``not_compared`` without a fingerprint where one is needed, ``other_fingerprint`` for another.
    """
    told = offer.introduction
    if offer.must_compare and compared is None:
        message = say(
            "The fingerprint of {party} was not compared: ask its people for it over a way that you trust.",
            party=told.party,
        )
        raise InputError("not_compared", message, "fingerprint")
    if compared is not None and introduction.read_fingerprint(compared) != told.root.id:
        # The one in the file is not told: who could copy it from here would compare it with itself.
        message = say(
            "{met} is not the fingerprint of the root key in this file: nothing was accepted. If the people of {party} "
            "say it again, the file is not theirs.",
            met=quoted(compared, 60),
            party=told.party,
        )
        raise InputError("other_fingerprint", message, "fingerprint")
    with store.transaction() as change:
        change.put_introduction(IntroductionRow(told.party, told.issue, offer.envelope, accepted=True))


def write_own(node: Node) -> Path:
    """Write the introduction of a node's own Party into its folder, to be handed to others; it holds no secret."""
    with node.store.snapshot() as seen:
        data = own(seen, node.party)
    path = file_of(node)
    write_durably(path, data + b"\n", 0o644)
    return path


def file_of(node: Node) -> Path:
    """Name the file of a node's introduction."""
    return node.folder / f"{node.party}.introduction.json"

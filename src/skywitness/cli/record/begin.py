"""``record init``, ``introduce``: a Party's node, and the other Parties that it knows."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.record import nodes
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.record.trust.introductions import Offer


def declare_all(words: Words) -> Sequence[click.Command]:
    """Declare the commands."""
    return [_declare_init(words), _declare_introduce(words)]


def _declare_init(words: Words) -> click.Command:
    return words.command(
        "init",
        init,
        say(
            "Make the node of a Party in a new folder: keys, store, the first entry of its log, and the introduction "
            "to hand to the others."
        ),
        [
            nodes.folder(words),
            words.option("--party", "CODE", say("The Party, such as DEU."), read=values.name, required=True),
            words.option("--store", "URL", say("A postgresql:// address, instead of a file in the folder.")),
            words.option(
                "--root-key",
                "FILE",
                say("Where the root key is written, or was before: a stick that is kept in a safe."),
            ),
            words.option("--address", "URL", say("Where other Parties reach the node: https://...")),
            words.flag("--passphrase", say("Encrypt the keys with a passphrase.")),
        ],
        examples=[
            "skywitness record init deu --party DEU",
            "skywitness record init deu --party DEU --root-key stick/deu-root.json --address https://node.example:8443",
        ],
    )


def init(face: Face, folder: str, party: str, **options: Any) -> Answer:
    """Make a node."""
    from skywitness.record.entry.introduction import fingerprint
    from skywitness.record.node.make import Wanted
    from skywitness.record.node.make import init as make
    from skywitness.record.node.node import open_node
    from skywitness.record.trust import introductions

    ask = nodes.passphrase(face, new=True) if options["passphrase"] else None
    kept = Path(options["root_key"]) if options["root_key"] else None
    place = Path(folder)
    wanted = Wanted(party, kept, options["store"] or "record.db", options["address"])
    make(place, wanted, nodes.now, ask)
    root_file = kept or place / "keys" / "root.json"
    node = open_node(place, nodes.now, ask or nodes.passphrase(face))
    try:
        file, root = introductions.file_of(node), fingerprint(node.root)
    finally:
        node.close()

    def document() -> dict[str, Any]:
        return {
            "party": party,
            "folder": folder,
            "origin": node.origin,
            "fingerprint": root,
            "root_key": str(root_file),
            "introduction": str(file),
        }

    def write(page: Page) -> None:
        page.paragraph(say("The node of {party} is made.", party=party))
        page.raw(f"  {folder}")
        page.paragraph(say("Fingerprint of its root key, to be compared in person or by telephone:"))
        page.raw(f"  {root}")
        page.paragraph(say("Hand this file to the other Parties; it holds no secret:"))
        page.raw(f"  {file}")
        page.paragraph(say("The root key signs nothing but keys. Keep it apart from this computer:"))
        page.raw(f"  {root_file}")

    return Answer(document, write)


def _declare_introduce(words: Words) -> click.Command:
    return words.command(
        "introduce",
        introduce,
        say(
            "Accept the introduction of another Party, after its people told you the fingerprint of its root key over "
            "a way that you trust."
        ),
        [
            nodes.folder(words),
            words.argument("FILE", "file", say("The introduction that the other Party handed over.")),
            words.option(
                "--fingerprint",
                "HEX",
                say("The fingerprint as the other Party told it; needed where nobody can type it."),
            ),
        ],
        examples=[
            "skywitness record introduce deu UKR.introduction.json",
            "skywitness record introduce deu UKR.introduction.json --fingerprint 0123456789abcdef0123456789abcdef",
        ],
    )


def introduce(face: Face, folder: str, file: str, fingerprint: str | None) -> Answer:
    """Accept an introduction."""
    from skywitness.record.trust import introductions

    data = nodes.read_bytes(file)
    with nodes.opened(face, folder) as node:
        offer = introductions.read_offer(node, data, file)
        introductions.accept(node.store, offer, fingerprint or _typed(face, offer))
    told = offer.introduction

    def document() -> dict[str, Any]:
        return {
            "party": told.party,
            "issue": told.issue,
            "fingerprint": offer.fingerprint,
            "compared": offer.must_compare,
            "origin": told.log.name,
            "address": told.address,
        }

    def write(page: Page) -> None:
        page.paragraph(say("{party} is accepted; its log is {origin}.", party=told.party, origin=told.log.name))
        if not offer.must_compare:
            page.paragraph(say("Its root key is the one that was compared before."))

    return Answer(document, write)


def _typed(face: Face, offer: Offer) -> str | None:
    """Ask a person for the fingerprint that the other Party told; nobody is asked where it is known already."""
    if not offer.must_compare or face.as_json or not sys.stdin.isatty():
        return None
    words = say(
        "Ask the people of {party} for the fingerprint of their root key, over another way than the file came, and "
        "type it",
        party=offer.introduction.party,
    )
    typed: str = click.prompt(face.words(words), err=True)
    return typed

"""``record keys``: new keys in the place of old ones, and keys that are good no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.record import nodes
from skywitness.core.errors import InputError
from skywitness.core.text import say

_CHANGES = ("rotate", "revoke", "lost", "log", "witness", "exchange")


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "keys",
        keys,
        say(
            "Change the keys of a Party, signed by its root key: rotate (a new entry key, the old ones revoked), "
            "revoke or lost (an entry key is good no more), log (a new key of the log, where the old one was lost or "
            "stolen), witness (a new witness key, where its state was lost), exchange (a new certificate, or with "
            "--address another address)."
        ),
        [
            nodes.folder(words),
            words.argument("CHANGE", "change", say("rotate, revoke, lost, log, witness or exchange.")),
            words.option("--root-key", "FILE", say("The root key, if it is kept elsewhere.")),
            words.option(
                "--key", "ID", say("Which key is revoked or lost; the entry key if not given."), read=values.name
            ),
            words.option("--reason", "WORDS", say("Why, for all to read.")),
            words.option("--address", "URL", say("Where other Parties reach the node from now on: https://...")),
        ],
        examples=[
            "skywitness record keys deu rotate --root-key stick/deu-root.json --reason 'yearly'",
            "skywitness record keys deu lost --reason 'the computer was stolen'",
        ],
    )


def keys(
    face: Face, folder: str, change: str, root_key: str | None, key: str | None, reason: str | None, address: str | None
) -> Answer:
    """Change keys."""
    if change not in _CHANGES:
        message = say(
            "'{words}' is no change of keys; choose one of {known}.", words=change[:60], known=", ".join(_CHANGES)
        )
        raise InputError("usage", message, "CHANGE")
    if address is not None and change != "exchange":
        raise InputError("usage", say("An address belongs to the change exchange."), "--address")
    if change in ("log", "witness", "exchange"):
        return _introduction(face, folder, root_key, change, address)
    from skywitness.record.node import key_changes

    with nodes.opened(face, folder) as node:
        root = nodes.root_key(face, node, root_key)
        if change == "rotate":
            ask = nodes.passphrase(face) if key_changes.is_encrypted(node) else None
            made = key_changes.renew_entry_key(node, root, reason or "rotated", ask)
            return _told(node.party, change, made.id)
        ended = key_changes.end(node, root, "lose" if change == "lost" else "revoke", key, reason or change)
        return _told(node.party, change, ended)


def _introduction(face: Face, folder: str, root_key: str | None, change: str, address: str | None) -> Answer:
    """Renew what only the introduction tells; the node itself need not open."""
    from skywitness.record.entry import key_file
    from skywitness.record.exchange.certificate import reintroduce
    from skywitness.record.node.keys import renew_log_key, renew_witness_key
    from skywitness.record.node.node import key_path, read_settings
    from skywitness.record.trust import introductions

    place = Path(folder)
    party, ask = read_settings(place).party, nodes.passphrase(face)
    root = key_file.load(nodes.root_path(place, root_key), party, "root", ask)
    if change in ("log", "witness"):
        words = ask if key_file.is_encrypted(key_path(place, "entry")) else None
        if change == "log":
            told = renew_log_key(place, root, nodes.now, words)
        else:
            told = renew_witness_key(place, root, words)
    else:
        with nodes.opened(face, folder) as node:
            kept = node.introduction().address
        told = reintroduce(place, root, nodes.now, address=address or kept, new_key=address is None, passphrase=ask)
    with nodes.opened(face, folder) as node:
        file = introductions.write_own(node)

    def document() -> dict[str, Any]:
        return {"party": party, "change": change, "issue": told.issue, "introduction": str(file)}

    def write(page: Page) -> None:
        page.paragraph(
            say("{party} has a new introduction, number {issue}; hand it to all:", party=party, issue=told.issue)
        )
        page.raw(f"  {file}")

    return Answer(document, write)


def _told(party: str, change: str, ident: str) -> Answer:
    def document() -> dict[str, Any]:
        return {"party": party, "change": change, "key": ident}

    def write(page: Page) -> None:
        words = say("Key {key} of {party} is no longer good.", key=ident, party=party)
        if change == "rotate":
            words = say("The new entry key of {party} is {key}; the old ones are revoked.", key=ident, party=party)
        page.paragraph(words)
        if change != "rotate":
            page.paragraph(
                say("Where no other is good nothing can be signed until `record keys` with rotate makes one.")
            )

    return Answer(document, write)

"""What the commands of a record share: the folder of a node opened, its passphrase, words from others made harmless."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skywitness.cli import values
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.refusal import harmless
from skywitness.core.errors import InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.record.entry.keys import PartyKey
    from skywitness.record.node.node import Node

PASSPHRASE = "SKYWITNESS_PASSPHRASE"
"""The variable of the environment that holds the passphrase where nobody is there to type it."""

MOST_BYTES = 1 << 24
"""Of an introduction, a policy, a note, a proof, a token: the largest honest one has a few megabytes."""

SHORT = 16
"""Digits of an address that are shown; commands take as few as eight."""


def folder(words: Words) -> click.Argument:
    """Declare the folder of a node."""
    return words.argument("DIR", "folder", say("The folder of the node, as init made it."))


def stream(words: Words, *, required: bool = False) -> click.Parameter:
    """Declare the name of a stream."""
    return words.option(
        "--stream", "NAME", say("The stream, such as flight/DEU-2019-031."), read=values.name, required=required
    )


def optional(argument: click.Argument) -> click.Argument:
    """Let an argument be left out."""
    argument.required = False
    return argument


def count(words: str, where: str) -> int:
    """Read a whole number from 0 on, of at most six digits."""
    if not (words.isascii() and words.isdecimal() and len(words) <= 6):
        raise InputError("usage", say("'{words}' is no whole number from 0 on.", words=words[:60]), where)
    return int(words)


def now() -> dt.datetime:
    """Read the clock of the computer."""
    return dt.datetime.now(dt.UTC)


@contextmanager
def opened(face: Face, place: str) -> Iterator[Node]:
    """Open the node in a folder for as long as a command needs it."""
    from skywitness.record.node.node import open_node

    node = open_node(Path(place), now, passphrase(face))
    try:
        yield node
    except (ValueError, LookupError, ArithmeticError):
        _tell_damage(node)
        raise
    finally:
        node.close()


def _tell_damage(node: Node) -> None:
    """Refuse if the store is damaged: what failed then is no mistake of the program.

    :raises InputError: ``damaged_store``.
    """
    from skywitness.record.audit import look_through

    try:
        is_damaged = bool(look_through(node).complaints)
    except (ValueError, LookupError, ArithmeticError):
        is_damaged = True  # what every row and note is read for failed as well
    if is_damaged:
        message = say("The store holds what this program never wrote: `record audit` tells what and where.")
        raise InputError("damaged_store", message, str(node.folder)) from None


def passphrase(face: Face, *, new: bool = False) -> Callable[[], str]:
    """Give what asks for the passphrase of keys, when one is needed: the environment, or a person at a terminal."""

    def ask() -> str:
        found = os.environ.get(PASSPHRASE)
        if found:
            return found
        if not sys.stdin.isatty():
            message = say(
                "The keys have a passphrase, and nobody is here to type it; put it into {name}.", name=PASSPHRASE
            )
            raise InputError("no_passphrase", message, PASSPHRASE)
        words = face.words(say("Passphrase of the keys"))
        typed: str = click.prompt(words, hide_input=True, confirmation_prompt=new, err=True)
        return typed

    return ask


def root_key(face: Face, node: Node, place: str | None) -> PartyKey:
    """Load the root key: from a file that is kept elsewhere, or from the folder of the node."""
    from skywitness.record.entry import key_file

    return key_file.load(root_path(node.folder, place), node.party, "root", passphrase(face))


def root_path(folder: Path, place: str | None) -> Path:
    """Name the file of the root key: the one given, or the one in the folder of the node if it still is there.

    :raises InputError: ``no_key_file``.
    """
    from skywitness.record.node.node import key_path

    kept = key_path(folder, "root")
    if place is None and not kept.exists():
        message = say("The root key is not in the folder of the node: name its file with --root-key.")
        raise InputError("no_key_file", message, "--root-key")
    return Path(place) if place else kept


def tell_lost_witness(face: Face, node: Node) -> None:
    """Say beforehand that the witness of a node will cosign nothing; the log goes on without it, unseen."""
    from skywitness.record.witness import witness

    try:
        witness.require_state(node)
    except InputError as lost:
        face.note(lost.message)


def safe(words: object) -> str:
    """Write words of other Parties so that they cannot steer a terminal, line by line."""
    return "\n".join(harmless(line) for line in str(words).split("\n"))


def read_bytes(path: str, where: str = "") -> bytes:
    """Read a file, or what comes in on a pipe (``-``), of at most ``MOST_BYTES``.

    :raises InputError: ``no_such_file``, ``unreadable_file``, ``file_too_big``.
    """
    from skywitness.route.files.text_file import read_bytes as read_file
    from skywitness.route.files.text_file import require_size

    if path == "-":
        return require_size(sys.stdin.buffer.read(MOST_BYTES + 1), where or path, MOST_BYTES)
    return read_file(Path(path), where or path, MOST_BYTES)


def write_file(path: str, content: bytes, option: str) -> None:
    """Write a file whole, or not at all."""
    from skywitness.cli.whole_files import places, write_whole

    require_outside(path, option)
    write_whole({option: (places({option: path})[option], content)})


def require_outside(path: str, option: str) -> None:
    """Refuse a place among what a node lives of: its keys and marks, its store, its files, its settings.

    :raises InputError: ``file``.
    """
    from skywitness.record.node.node import KEYS, OBJECTS, SETTINGS

    place = Path(path).resolve()
    for folder in place.parents:
        if (folder / SETTINGS).is_file():
            first = place.relative_to(folder).parts[0]
            if first in (KEYS, OBJECTS, SETTINGS) or first.startswith(_store_of(folder)):
                message = say("{place} belongs to a node and is not written over; name another place.", place=path)
                raise InputError("file", message, option)


def _store_of(folder: Path) -> tuple[str, ...]:
    """Name how the files of the store in a folder begin; of settings that cannot be read, as they begin mostly."""
    from skywitness.record.node.node import read_settings
    from skywitness.record.store.open import is_server

    try:
        store = read_settings(folder).store
    except InputError:
        return ("record.db",)
    return ("record.db",) if is_server(store) else ("record.db", Path(store).parts[0])

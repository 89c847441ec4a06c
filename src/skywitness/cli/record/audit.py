"""``record audit``: the keeper's look through all that a node has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from skywitness.cli.answer import Answer, Exit
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.record import nodes
from skywitness.core.text import say, say_n

if TYPE_CHECKING:
    from skywitness.record.audit import Looked


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "audit",
        audit,
        say(
            "Look through a node: rows are what their bytes say, trees what their leaves make, files unchanged, keys "
            "no further than the store. Exit code 0: all is well; 1: something is wrong."
        ),
        [nodes.folder(words)],
        examples=["skywitness record audit deu"],
    )


def audit(face: Face, folder: str) -> Answer:
    """Look through a node."""
    from skywitness.record.audit import look_through

    with nodes.opened(face, folder) as node:
        found = look_through(node)

    def document() -> dict[str, Any]:
        return {
            "sound": not found.complaints,
            "complaints": [
                {"code": one.code, "text": face.words(one.text), "where": one.where} for one in found.complaints
            ],
            "logs": [{"origin": origin, "entries": size} for origin, size in found.logs],
            "objects": found.objects,
            "objects_absent": found.absent,
        }

    return Answer(document, lambda page: _write(page, found), Exit.BREACH if found.complaints else Exit.DONE)


def _write(page: Page, found: Looked) -> None:
    for one in found.complaints:
        page.marked("✗", f"{nodes.safe(one.where)}: {nodes.safe(page.words(one.text))}", "bold red")
    for origin, size in found.logs:
        page.marked("·", say_n("{origin}: {count} entry", "{origin}: {count} entries", size, origin=origin), indent=2)
    page.marked("·", say_n("{count} file was read", "{count} files were read", found.objects), indent=2)
    if found.absent:
        words = say_n("{count} file of others has not come", "{count} files of others have not come", found.absent)
        page.marked("·", words, indent=2)
    if found.complaints:
        page.paragraph(
            say("Not all is well: keep this folder as it is, and put the store back from a copy."), style="bold"
        )
    else:
        page.paragraph(say("All is as it was written."), style="bold")

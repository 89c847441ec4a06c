"""``skywitness law pages``: the law as pages to read, print and search, without a network."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import skywitness
from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.inputs import writable_folder
from skywitness.cli.law_instrument import argument, listed
from skywitness.core.text import say, say_n

if TYPE_CHECKING:
    from skywitness.cli.page import Page

_TIED = re.compile(rb"^@provision\(", re.MULTILINE)


def declare_pages(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "pages",
        write_pages,
        say(
            "Write the law as pages to read, print and search without a network: an index and a page for each article "
            "and annex, in every language, with kinds, rules, tests, values, sources and slips."
        ),
        [
            argument(words),
            words.option("--out", "DIR", say("The folder to write the pages to."), required=True),
            words.option("--at", "DAY", say("Show only values that hold on this day."), read=values.day),
        ],
        examples=["skywitness law pages open-skies --out law-pages --at 2019-09-12"],
    )


def write_pages(face: Face, instrument: str, out: str, at: dt.date | None) -> Answer:
    """Write the pages."""
    source = listed(instrument)
    folder = writable_folder(out, "--out")

    from skywitness.cli.lawbook import book
    from skywitness.cli.lawbook.speech import Speech
    from skywitness.law.dossier import dossiers

    rows = dossiers(source, judges(), at)
    written = book.write(book.pages(source, rows, at), folder)
    start = folder / Speech(face.language).page("")
    document: dict[str, Any] = {
        "instrument": source.name,
        "at": at.isoformat() if at else None,
        "out": str(folder),
        "start": str(start),
        "provisions": len(rows),
        "pages": [path.name for path in written],
    }
    return Answer(lambda: document, lambda page: _told(page, start, len(written)))


def judges() -> Mapping[str, tuple[str, ...]]:
    """Import every module that ties something to a provision, and say what judges which."""
    from skywitness.law.provisions import implemented

    package = Path(skywitness.__file__).parent
    for path in sorted(package.rglob("*.py")):
        if _TIED.search(path.read_bytes()):
            import_module(".".join((package.name, *path.relative_to(package).with_suffix("").parts)))
    return implemented()


def _told(page: Page, start: Path, count: int) -> None:
    page.paragraph(say_n("{count} page written.", "{count} pages written.", count))
    page.paragraph(say("Open this one in a browser:"))
    page.raw(f"  {start}")

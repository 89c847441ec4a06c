"""``skywitness law history``: how Parties, quotas and distances changed over the years, in a table or a picture."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.law_instrument import argument, of_open_skies
from skywitness.cli.page import Page
from skywitness.cli.whole_files import write_whole
from skywitness.core.errors import InputError
from skywitness.core.text import of_data, say
from skywitness.law.words import basis_with_numbers

if TYPE_CHECKING:
    from skywitness.law.history import History

SUFFIXES = (".png", ".svg")


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "history",
        show,
        say(
            "Follow Parties, passive quotas and maximum flight distances over the years, as far as the data go. With "
            "--picture a diagram is drawn, with what nobody can tell hatched in it."
        ),
        [
            argument(words),
            words.option("--from", "DAY", say("The first day; by default the year of signature."), read=values.day),
            words.option("--to", "DAY", say("The last day; by default that of the newest data."), read=values.day),
            words.option("--known", "DAY", say("Leave out what became known after this day."), read=values.day),
            words.option("--picture", "FILE", say("Write a diagram: .png or .svg."), read=_picture),
        ],
        examples=["skywitness law history open-skies --picture history.png"],
    )


def _picture(words: str, where: str) -> Path:
    """Read the name of a picture; its ending says what is written."""
    path = Path(values.given(words, where))
    if path.suffix.lower() not in SUFFIXES:
        message = say("{path} does not end in .png or .svg; the ending says what is written.", path=words)
        raise InputError("usage", message, where)
    if not path.parent.is_dir():
        raise InputError("file", say("There is no folder {place}; name another place.", place=str(path.parent)), where)
    return path


def show(face: Face, instrument: str, known: dt.date | None, picture: Path | None, **days: dt.date | None) -> Answer:
    """Follow the law over the years."""
    from skywitness.law.history import history

    if picture is not None:
        of_open_skies(instrument, say("flights and distances to draw"))
    found = history(instrument, days["from"], days["to"], known)
    if picture is not None:
        _draw(face, found, picture)
    written = str(picture) if picture else None
    return Answer(lambda: {**found.to_json(), "picture": written}, lambda page: _write(page, found, written))


def _draw(face: Face, found: History, path: Path) -> None:
    from skywitness.cli.law_picture import draw

    data = draw(found, path.suffix.lower().removeprefix("."), face.language)
    write_whole({"--picture": (path, data)})


def _write(page: Page, found: History, picture: str | None) -> None:
    page.paragraph(
        say("{title} from {first} to {last}.", title=of_data(found.title), first=found.first, last=found.last),
        style="bold",
    )
    if found.known is not None:
        page.paragraph(say("As far as was known on {day}.", day=found.known), indent=2)
    what = (
        say(
            "Each 1 January: Parties; flights a year that they must accept together, and how many of these rest on "
            "unchecked recollection; whose quota is not known; maximum flight distances that are known, and that are "
            "open."
        )
        if found.has_flights
        else say("Each 1 January: Parties.")
    )
    page.paragraph(what, indent=2)
    _write_years(page, found)
    page.heading(say("Who joined and left"))
    for event in found.events:
        words = say("joined") if event.joined else say("left")
        page.paragraph(
            say(
                "{day} {code} {what} ({status})",
                day=event.on,
                code=event.code,
                what=words,
                status=basis_with_numbers(event.status, event.source),
            ),
            indent=2,
        )
    if picture:
        page.paragraph(say("Written: {path}", path=picture))


def _write_years(page: Page, found: History) -> None:
    """Write one row for each 1 January."""
    headings = [
        say("Year"),
        say("Parties"),
        say("Flights"),
        say("unchecked"),
        say("Distances"),
        say("open"),
        say("Not known"),
    ]
    rows = [
        [
            str(year.at.year),
            str(year.parties),
            str(year.passive_total),
            str(year.passive["recollection"]),
            str(year.distances),
            str(year.distances_open),
            ", ".join(year.open),
        ]
        for year in found.years
    ]
    if found.has_flights:
        page.table(headings, rows, right=(1, 2, 3, 4, 5))
    else:
        page.table(headings[:2], [row[:2] for row in rows], right=(1,))

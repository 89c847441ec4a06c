"""``skywitness case map``: the flight or the reach that a question of a case is about, on a map."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values, whole_files
from skywitness.cli.answer import Answer
from skywitness.cli.case.drawn import file_places, write_files
from skywitness.cli.case.opening import argument, day_options, replayed
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.consult.drawing.case_map import Drawn


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "map",
        draw,
        say(
            "Draw the map of a question of a case: its mission plan, or how far the airfields of a Party reach. What "
            "follows by each reading stands below it; the map shows no verdict."
        ),
        [
            argument(words),
            *day_options(words),
            words.option("--question", "KEY", say("The question; the first that has a map when left out.")),
            words.option("--out", "FILE", say("Write the map to this file: .png."), read=_png, required=True),
        ],
        examples=[
            "skywitness case map kaliningrad-500 --question reach --out reach.png",
            "skywitness case map abkhazia-south-ossetia --out abkhazia.png",
        ],
    )


def draw(face: Face, case: str, at: dt.date | None, known: dt.date | None, question: str | None, out: str) -> Answer:
    """Replay, ask the question, draw."""
    places = file_places({"--out": out}, case)
    found = replayed(case, at, known)

    from skywitness.consult.drawing import case_map

    drawn = case_map.drawn(found, question, catalogue=face.language, language=face.language.code)
    place, written = places["--out"]
    whole_files.write_whole({"--out": (place, drawn.png)})

    def document() -> dict[str, Any]:
        return {
            "case": found.case.key,
            "at": found.at.isoformat(),
            "known": found.known.isoformat() if found.known else None,
            "question": drawn.answered.question.key,
            "other_questions": list(drawn.others),
            "by_reading": [row.to_json(face.language) for row in drawn.answered.by_reading],
            "files": [str(written)],
        }

    return Answer(document, lambda page: _write(page, drawn, written))


def _write(page: Page, drawn: Drawn, written: Path) -> None:
    """Say which question was drawn, what follows by each reading, and which other questions have a map."""
    from skywitness.consult.drawing.case_map import row_words

    question = drawn.answered.question
    page.paragraph(say("Question {key}", key=question.key), style="bold")
    page.paragraph(question.words.render(page.language), indent=2)
    for row in drawn.answered.by_reading:
        page.marked("·", row_words(row), indent=2)
    if drawn.others:
        page.paragraph(say("These have a map too: {keys}.", keys=", ".join(drawn.others)), indent=2)
    write_files(page, (written,))


def _png(words: str, where: str) -> str:
    """Read the name of a file to draw to, and refuse one of another form before anything is computed."""
    name: str = values.given(words, where)
    if Path(name).suffix.lower() != ".png":
        message = say("{file} is no map that can be written; end it in .png.", file=name)
        raise InputError("usage", message, where)
    return name

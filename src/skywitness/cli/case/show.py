"""``skywitness case show``: a case as it stood on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from skywitness.cli.answer import Answer
from skywitness.cli.case.drawn import file_places, write_drawn, write_files
from skywitness.cli.case.opening import argument, day_options, replayed
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.consult.replay import Replay


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "show",
        show,
        say(
            "Show a case as it stood on a day: what was in force, who says what, what stands open, which clocks run, "
            "and what follows by each reading. No verdict is this program's own."
        ),
        [
            argument(words),
            *day_options(words),
            words.option(
                "--question", "KEY", say("Answer only this question of the case; may be given again."), many=True
            ),
            words.flag("--findings", say("Show every finding of every reading with its provision.")),
            words.option("--png", "FILE", say("Draw the time line of the case as a picture.")),
            words.option("--pdf", "FILE", say("Write the case on two pages, a small one on one.")),
        ],
        examples=[
            "skywitness case show us-withdrawal-2020 --at 2020-07-10",
            "skywitness case show inf/9m729 --at 2018-10-25 --known 2018-10-25",
            "skywitness case show 9m729 --question class-of-9m729 --findings",
            "skywitness case show us-withdrawal-2020 --png withdrawal.png --pdf withdrawal.pdf",
        ],
    )


def show(
    face: Face,
    case: str,
    at: dt.date | None,
    known: dt.date | None,
    question: tuple[str, ...],
    findings: bool,
    png: str | None,
    pdf: str | None,
) -> Answer:
    """Replay, derive, ask, draw."""
    from skywitness.cli.case.page import write_case
    from skywitness.consult.as_json import case_json
    from skywitness.consult.questions import answers
    from skywitness.consult.states import states

    places = file_places({"--png": png, "--pdf": pdf}, case)
    found = _only(replayed(case, at, known), question)
    derived, answered = states(found), answers(found)
    written = write_drawn(face, places, found, derived, answered)

    def write(page: Page) -> None:
        write_case(page, found, derived, answered, findings=findings)
        write_files(page, written)

    return Answer(
        lambda: {**case_json(found, derived, answered, face.language), "files": [str(path) for path in written]}, write
    )


def _only(found: Replay, keys: tuple[str, ...]) -> Replay:
    """Keep the questions that were asked for.

    :raises InputError: for one that the case has not.
    """
    there = [one.key for one in found.case.questions]
    for key in keys:
        if key not in there:
            known = ", ".join(there) or "-"
            message = say("There is no question {key} in this case; there are {known}.", key=repr(key), known=known)
            raise InputError("unknown_question", message, "--question")
    if not keys:
        return found
    kept = tuple(one for one in found.case.questions if one.key in keys)
    return replace(found, case=replace(found.case, questions=kept))

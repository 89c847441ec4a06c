"""``skywitness case list``, ``check`` and ``example``: the cases there are, a file looked through, a first one."""

from __future__ import annotations

import click

from skywitness.cli.answer import Answer
from skywitness.cli.case.opening import read_file
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.text import say, say_n


def declare_all(words: Words) -> list[click.Command]:
    """Declare the commands."""
    return [
        words.command(
            "list",
            every,
            say("List the cases that come with the program."),
            examples=["skywitness case list", "skywitness case list --json"],
        ),
        words.command(
            "check",
            check,
            say(
                "Look a case file through: every fault at once, each with its place. That a file can be used says "
                "nothing on who is right."
            ),
            [words.argument("FILE", "file", say("A case as TOML (docs/cases.md)."))],
            examples=["skywitness case check my-case.toml"],
        ),
        words.command(
            "example",
            example,
            say("Print a case to begin with, to be changed into your own."),
            examples=["skywitness case example > my-case.toml"],
        ),
    ]


def every(face: Face) -> Answer:
    """List the cases."""
    from skywitness.consult.as_json import listed
    from skywitness.consult.catalogue import shipped

    cases = shipped()

    def write(page: Page) -> None:
        for one in cases:
            count = say_n("{count} event", "{count} events", len(one.events))
            page.marked("·", say("{key}: {title}", key=one.key, title=one.title.render(page.language)))
            page.paragraph(say("{count}, {first} to {last}", count=count, first=one.first, last=one.last), indent=4)

    return Answer(lambda: {"cases": [listed(one, face.language) for one in cases]}, write)


def check(face: Face, file: str) -> Answer:
    """Look a file through."""
    from skywitness.consult.as_json import listed

    case = read_file(file)

    def write(page: Page) -> None:
        count = say_n("{count} event", "{count} events", len(case.events))
        page.paragraph(say("{case} can be used: {count}.", case=case.key, count=count))

    return Answer(lambda: {"faults": [], **listed(case, face.language)}, write)


def example(_face: Face) -> Answer:
    """Print the example."""
    from importlib.resources import files

    text = files("skywitness.consult").joinpath("example.toml").read_text(encoding="utf-8")
    return Answer(lambda: {"toml": text}, lambda page: page.raw(text.rstrip("\n")))

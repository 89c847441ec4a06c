"""``skywitness sampling example``: a plan of observations to begin with."""

from __future__ import annotations

import click

from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.core.text import say


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "example",
        example,
        say("Print a plan of observations over an invented territory for mix, to be changed into your own."),
        examples=["skywitness sampling example > plan.toml"],
    )


def example(_face: Face) -> Answer:
    """Print the example."""
    from importlib.resources import files

    text = files("skywitness.sampling.mix").joinpath("example.toml").read_text(encoding="utf-8")
    return Answer(lambda: {"toml": text}, lambda page: page.raw(text.rstrip("\n")))

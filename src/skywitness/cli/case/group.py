"""The commands of ``skywitness case``."""

from __future__ import annotations

import click

from skywitness.cli.case import lists, mapped, show, statements
from skywitness.cli.command import Words
from skywitness.core.text import say


def declare(words: Words) -> click.Group:
    """Declare the group and its commands."""
    return words.group(
        "case",
        say("Who claims what against whom: cases replayed to any day, with what follows by each reading."),
        [*lists.declare_all(words), show.declare(words), mapped.declare(words), *statements.declare_all(words)],
    )

"""The commands of ``skywitness inf``."""

from __future__ import annotations

import click

from skywitness.cli.command import Words
from skywitness.cli.inf import check, classify, tables
from skywitness.core.text import say


def declare(words: Words) -> click.Group:
    """Declare the group and its commands."""
    return words.group(
        "inf",
        say("The INF Treaty: the class of a missile type by each reading, ledgers, notices, inspections."),
        [classify.declare(words), check.declare(words), *tables.declare_all(words)],
    )

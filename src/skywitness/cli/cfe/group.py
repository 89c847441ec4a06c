"""The commands of ``skywitness cfe``."""

from __future__ import annotations

import click

from skywitness.cli.cfe import check, tables
from skywitness.cli.command import Words
from skywitness.core.text import say


def declare(words: Words) -> click.Group:
    """Declare the group and its commands."""
    return words.group(
        "cfe",
        say("The CFE Treaty: holdings against the limits of groups, areas and States."),
        [check.declare(words), *tables.declare_all(words)],
    )

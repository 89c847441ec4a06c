"""The commands of ``skywitness cfe``."""

from __future__ import annotations

import click

from skywitness.cli.cfe import (
    calendar,
    check,
    classify,
    exchange,
    inspections,
    meetings,
    protocols,
    quotas,
    reduction,
    tables,
)
from skywitness.cli.command import Words
from skywitness.core.text import say


def declare(words: Words) -> click.Group:
    """Declare the group and its commands."""
    return words.group(
        "cfe",
        say("The CFE Treaty: holdings against limits, reduction, inspections and quotas, exchanges of information."),
        [
            check.declare(words),
            classify.declare(words),
            *tables.declare_all(words),
            inspections.declare(words),
            quotas.declare(words),
            exchange.declare(words),
            protocols.declare(words),
            meetings.declare(words),
            reduction.declare(words),
            calendar.declare_calendar(words),
            calendar.declare_timeline(words),
        ],
    )

"""The commands of ``skywitness record``, in the order people meet them."""

from __future__ import annotations

import click

from skywitness.cli.command import Words
from skywitness.cli.record import audit, begin, bundles, entries, exchange, keys, notes, policy, repair, report, streams
from skywitness.core.text import say


def declare(words: Words) -> click.Group:
    """Declare the group and its commands."""
    return words.group(
        "record",
        say(
            "A record that Parties share: what one of them said cannot be altered, hidden or shown differently to "
            "another, and anyone can verify it offline."
        ),
        [
            *begin.declare_all(words),
            *streams.declare_all(words),
            *entries.declare_all(words),
            *exchange.declare_all(words),
            *notes.declare_all(words),
            policy.declare(words),
            *bundles.declare_all(words),
            *report.declare_all(words),
            keys.declare(words),
            *repair.declare_all(words),
            audit.declare(words),
        ],
    )

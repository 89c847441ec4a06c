"""``skywitness cfe exchange``: told exchanges of information, changes, conferences and withdrawals judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.cfe import asking
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.core.text import say


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "exchange",
        exchange,
        say(
            "Judge what is told of data exchanges, changes, movements, conferences and withdrawals. Exit code 0: kept; "
            "1: a breach; 3: no breach, but something cannot be told; 2: the file cannot be read."
        ),
        [
            words.argument("FILE", "file", say("Told exchanges: TOML, as examples/cfe/exchange.toml.")),
            asking.way_option(words),
            words.option("--known", "DAY", say("Leave out law that became known after this day."), read=values.day),
            words.option("--provision", "ID", say("Only findings of this provision; may be given again."), many=True),
        ],
        examples=["skywitness cfe exchange examples/cfe/exchange.toml"],
    )


def exchange(face: Face, file: str, way: Sequence[str], known: dt.date | None, provision: Sequence[str]) -> Answer:
    """Judge a file of told exchanges."""
    from skywitness.cfe.information.check import judge
    from skywitness.cfe.information.read import read_exchange

    data, where = asking.parsed(file)
    told = read_exchange(data, where)
    reading = asking.reading(max(table.day for table in told.tables), way, (), known)
    found = judge(told, reading, asking.only(provision))
    return asking.answer(face, found)

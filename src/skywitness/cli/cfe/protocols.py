"""``skywitness cfe protocols``: told types, trainers, helicopters and declarations judged."""

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
        "protocols",
        protocols,
        say(
            "Judge what is told of types and their data, of trainers made unarmed, of helicopters that change their "
            "kind, and of naval aircraft and strength. Exit code 0: kept; 1: a breach; 3: no breach, but something "
            "cannot be told; 2: the file cannot be read."
        ),
        [
            words.argument("FILE", "file", say("Told facts: TOML, as examples/cfe/protocols.toml.")),
            asking.way_option(words),
            words.option("--known", "DAY", say("Leave out law that became known after this day."), read=values.day),
            words.option("--provision", "ID", say("Only findings of this provision; may be given again."), many=True),
        ],
        examples=["skywitness cfe protocols examples/cfe/protocols.toml"],
    )


def protocols(face: Face, file: str, way: Sequence[str], known: dt.date | None, provision: Sequence[str]) -> Answer:
    """Judge a file of told types, trainers, helicopters and declarations."""
    from skywitness.cfe.protocols.check import judge
    from skywitness.cfe.protocols.read import read_told_file

    data, where = asking.parsed(file)
    tables = read_told_file(data, where)
    reading = asking.reading(max(table.day for table in tables), way, (), known)
    found = judge(tables, reading, asking.only(provision))
    return asking.answer(face, found)

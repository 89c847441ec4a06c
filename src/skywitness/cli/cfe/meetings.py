"""``skywitness cfe meetings``: the Joint Consultative Group, review conferences and provisional application judged."""

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
        "meetings",
        meetings,
        say(
            "Judge sessions and decisions of the Joint Consultative Group, review conferences and provisional "
            "application. Exit code 0: kept; 1: a breach; 3: no breach, but something cannot be told; 2: the file "
            "cannot be read."
        ),
        [
            words.argument("FILE", "file", say("Told meetings: TOML, as examples/cfe/meetings.toml.")),
            asking.way_option(words),
            words.option("--known", "DAY", say("Leave out law that became known after this day."), read=values.day),
            words.option("--provision", "ID", say("Only findings of this provision; may be given again."), many=True),
        ],
        examples=["skywitness cfe meetings examples/cfe/meetings.toml"],
    )


def meetings(face: Face, file: str, way: Sequence[str], known: dt.date | None, provision: Sequence[str]) -> Answer:
    """Judge a file of told meetings."""
    from skywitness.cfe.bodies.check import judge
    from skywitness.cfe.bodies.read import read_meetings
    from skywitness.cfe.told.table import Judged

    data, where = asking.parsed(file)
    tables = read_meetings(data, where)
    reading = asking.reading(max(table.day for table in tables), way, (), known)
    findings = judge(tables, reading, asking.only(provision))
    return asking.answer(face, Judged(findings, {}))

"""``skywitness cfe inspections``: told inspections judged by the Protocol on Inspection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.cfe import asking
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.core.finding import Verdict

Differing = Mapping[tuple[str, str], "Mapping[str, Verdict | None]"]


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "inspections",
        inspections,
        say(
            "Judge told inspections: notices, times, places, conduct, quotas. Exit code 0: kept; 1: a breach; 3: no "
            "breach, but something cannot be told; 2: the file cannot be read."
        ),
        [
            words.argument("FILE", "file", say("Told inspections: TOML, as examples/cfe/inspections.toml.")),
            asking.way_option(words),
            words.option("--accept", "SUSPENSION", say("Take this suspension as good; may be given again."), many=True),
            words.option("--known", "DAY", say("Leave out law that became known after this day."), read=values.day),
            words.option("--provision", "ID", say("Only findings of this provision; may be given again."), many=True),
        ],
        examples=[
            "skywitness cfe inspections examples/cfe/inspections.toml",
            "skywitness cfe inspections examples/cfe/inspections.toml --way CFE:IX.1(B)=round_up",
        ],
    )


def inspections(
    face: Face, file: str, way: Sequence[str], accept: Sequence[str], known: dt.date | None, provision: Sequence[str]
) -> Answer:
    """Judge a file of told inspections."""
    from skywitness.cfe.inspections.check import by_reading, judge
    from skywitness.cfe.inspections.read import read_record
    from skywitness.cli.findings_page import exit_code, write_findings, write_needs

    data, where = asking.parsed(file)
    record = read_record(data, where)
    reading = asking.reading(record.day or dt.date(1996, 3, 13), way, accept, known)
    found = judge(record, reading, asking.only(provision))
    differing = by_reading(record, reading)

    def document() -> dict[str, Any]:
        told = asking.document(face, found.findings, found.untold)
        rows = [
            {"where": place, "provision": ident, "verdicts": {name: one.value for name, one in verdicts.items()}}
            for (place, ident), verdicts in differing.items()
        ]
        return {**told, "by_reading": rows}

    def write(page: Page) -> None:
        write_findings(page, found.findings)
        write_needs(page, found.findings)
        write_differing(page, differing)
        asking.write_untold(page, found.untold)

    return Answer(document, write, exit_code(found.findings))


def write_differing(page: Page, differing: Differing) -> None:
    """Write what depends on the reading."""
    if not differing:
        return
    page.heading(say("What depends on the reading"))
    for (place, ident), verdicts in differing.items():
        page.paragraph(say("{ident} ({place})", ident=ident, place=place), indent=2, style="bold")
        for verdict in dict.fromkeys(verdicts.values()):
            names = "; ".join(name for name, one in verdicts.items() if one is verdict)
            word = say("not judged") if verdict is None else verdict.value
            page.marked("·", say("{verdict}: {readings}", verdict=word, readings=names), indent=4)

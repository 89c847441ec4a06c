"""``skywitness cfe reduction``: a reduction ledger judged by Article VIII and the Protocol on Reduction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.cfe import asking
from skywitness.cli.cfe.inspections import write_differing
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.cfe.reduction.check import Account


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "reduction",
        reduction,
        say(
            "Judge a reduction ledger: liabilities, phases, ways and how many go each, sites, notices, what inspectors "
            "saw. Exit code 0: kept; 1: a breach; 3: no breach, but something cannot be told; 2: the file cannot be "
            "read."
        ),
        [
            words.argument("FILE", "file", say("A reduction ledger: TOML, as examples/cfe/reduction.toml.")),
            words.option("--at", "DAY", say("The day judged; without it that of the file."), read=values.day),
            asking.way_option(words),
            words.option("--known", "DAY", say("Leave out law that became known after this day."), read=values.day),
            words.option("--provision", "ID", say("Only findings of this provision; may be given again."), many=True),
        ],
        examples=[
            "skywitness cfe reduction examples/cfe/reduction.toml",
            "skywitness cfe reduction examples/cfe/reduction.toml --way CFE:VIII.4=from_entry_into_force",
        ],
    )


def reduction(
    face: Face, file: str, at: dt.date | None, way: Sequence[str], known: dt.date | None, provision: Sequence[str]
) -> Answer:
    """Judge a reduction ledger."""
    from skywitness.cfe.reduction.check import accounts, by_reading, judge
    from skywitness.cfe.reduction.read import read_ledger
    from skywitness.cli.findings_page import exit_code, write_findings, write_needs

    data, where = asking.parsed(file)
    ledger = read_ledger(data if at is None else {**data, "at": at}, where)
    reading = asking.reading(ledger.at, way, (), known)
    findings = judge(ledger, reading, asking.only(provision))
    rows, differing = accounts(ledger, reading), by_reading(ledger, reading)

    def document() -> dict[str, Any]:
        told = asking.document(face, findings, {})
        depends = [
            {
                "where": place,
                "provision": ident,
                "verdicts": {name: one and one.value for name, one in verdicts.items()},
            }
            for (place, ident), verdicts in differing.items()
        ]
        return {
            "title": ledger.title,
            "at": ledger.at.isoformat(),
            "verdict": told["verdict"],
            "accounts": [one.to_json() for one in rows],
            "findings": told["findings"],
            "by_reading": depends,
        }

    def write(page: Page) -> None:
        _write_accounts(page, rows, ledger.at)
        write_findings(page, findings)
        write_needs(page, findings)
        write_differing(page, differing)

    return Answer(document, write, exit_code(findings))


def _write_accounts(page: Page, rows: Sequence[Account], at: dt.date) -> None:
    """Write how far each State is with each category."""
    from skywitness.cfe.check import span_words
    from skywitness.cfe.limits import subject_words

    if not rows:
        return
    page.heading(say("How far the reduction is on {day}", day=at))
    for one in rows:
        words = {
            "state": one.state,
            "what": subject_words(one.category),
            "reduced": span_words(one.reduced),
            "liability": one.liability,
            "left": span_words(one.left),
        }
        page.marked("·", say("{state}, {what}: {reduced} of {liability:,} reduced, {left} left", **words), indent=2)

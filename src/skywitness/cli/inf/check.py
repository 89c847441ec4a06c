"""``skywitness inf check``: holdings, eliminations, places, inspections and times of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.core.finding import Finding


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "check",
        check,
        say(
            "Judge a ledger: declared holdings with their versions, eliminations, places, inspections, notices and "
            "their times. Exit code 0: kept; 1: a breach; 3: no breach, but something cannot be told; 2: the file "
            "cannot be read."
        ),
        [
            words.argument("FILE", "file", say("The ledger: TOML, as in examples/inf.")),
            words.option("--known", "DAY", say("Leave out law that became known after this day."), read=values.day),
        ],
        examples=["skywitness inf check examples/inf/ledger.toml"],
    )


def check(face: Face, file: str, known: dt.date | None) -> Answer:
    """Judge a ledger."""
    from skywitness.cli.findings_page import exit_code, write_findings, write_needs
    from skywitness.core.finding import overall
    from skywitness.core.reading import Reading
    from skywitness.inf.check.check import judge
    from skywitness.inf.check.read import read_ledger
    from skywitness.route.files.document import parse_toml
    from skywitness.route.files.text_file import path_words, read_text

    where = path_words(file)
    ledger = read_ledger(parse_toml(read_text(file), where), where)
    findings = judge(ledger, Reading(at=ledger.at, known=known))

    memory = _from_memory(findings)

    def document() -> dict[str, Any]:
        return {
            "title": ledger.title,
            "at": ledger.at.isoformat(),
            "verdict": overall(findings).value,
            "recollection": memory,
            "findings": [finding.to_json(face.language) for finding in findings],
        }

    def write(page: Page) -> None:
        page.paragraph(ledger.title or say("A ledger under the INF Treaty"), style="bold")
        page.paragraph(say("By the law of {day}.", day=ledger.at))
        write_findings(page, findings)
        write_needs(page, findings)
        if memory:
            page.raw()
            page.paragraph(say("From memory, not held against the text: {provisions}.", provisions=", ".join(memory)))

    return Answer(document, write, exit_code(findings))


def _from_memory(findings: Sequence[Finding]) -> list[str]:
    """Name the provisions judged whose wording, or a value of which, is recollection."""
    from skywitness.core.dated import RECOLLECTION
    from skywitness.law.provisions import provision

    def unchecked(one: Finding) -> bool:
        return RECOLLECTION in (provision(one.provision).status, *(value.status for value in one.values))

    return list(dict.fromkeys(one.provision for one in findings if unchecked(one)))

"""``skywitness law judge``: quotas, groups, distances, designations and plans of a year, judged by the law of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import inputs, values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.law_instrument import argument_open_skies, of_open_skies
from skywitness.cli.page import Page
from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from skywitness.law.judge.docket import Docket


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "judge",
        judge,
        say(
            "Judge what no single flight decides: how quotas are allocated and shared out, groups, distances, and with "
            "--facts a distribution, plans and designations of your own. Exit code 0: kept; 1: a breach; 3: no breach, "
            "but something cannot be told."
        ),
        [
            argument_open_skies(words),
            words.option("--at", "DAY", say("The day whose law is asked for."), read=values.day, required=True),
            words.option("--known", "DAY", say("Leave out what became known after this day."), read=values.day),
            words.option(
                "--facts", "FILE", say("Quotas, plans and designations that are not public (docs/judgements.md).")
            ),
            words.option("--reading", "FILE", say("How ambiguous provisions are understood (reading.toml).")),
            words.option("--provision", "ID", say("Only findings of this provision; may be given again."), many=True),
        ],
        examples=[
            "skywitness law judge open-skies --at 2003-06-01 --provision A.II.1",
            "skywitness law judge open-skies --at 2027-03-01 --facts year.toml",
        ],
    )


def judge(
    face: Face,
    instrument: str,
    at: dt.date,
    known: dt.date | None,
    facts: str | None,
    reading: str | None,
    provision: tuple[str, ...],
) -> Answer:
    """Judge the law data of a day, and what the facts tell beside them."""
    from skywitness.cli.findings_page import exit_code, write_findings, write_needs
    from skywitness.core.finding import overall
    from skywitness.law.judge.judgement import judge as judge_law
    from skywitness.law.provisions import find_provision

    law = of_open_skies(instrument, say("quotas and distances to judge"))
    wanted = {find_provision(ident).id for ident in provision}
    docket = _docket(facts) if facts else None
    found = judge_law(_reading(at, known, reading), docket, instrument=law)
    findings = tuple(finding for finding in found if not wanted or finding.provision in wanted)

    def document() -> dict[str, Any]:
        return {
            "instrument": law.name,
            "at": at.isoformat(),
            "known": known.isoformat() if known else None,
            "verdict": overall(findings).value,
            "reading": found[0].reading.to_json(),
            "findings": [finding.to_json(face.language) for finding in findings],
        }

    def write(page: Page) -> None:
        page.paragraph(say("The law of {day}, judged by itself and by what is told.", day=at.isoformat()), style="bold")
        if docket is not None and docket.said_by:
            page.paragraph(say("The facts are told by: {who}", who=docket.said_by), indent=2)
        if not findings[1:] and findings[:1] == found:
            page.paragraph(found[0].why, indent=2)
        if not findings:
            page.paragraph(
                say(
                    "Nothing was judged: on this day there is no finding on {provisions} here. What single flights are "
                    "judged by is for check.",
                    provisions=", ".join(sorted(wanted)),
                ),
                indent=2,
            )
            return
        write_findings(page, findings)
        _write_rights(page, findings)
        write_needs(page, findings)

    return Answer(document, write, exit_code(findings))


def _write_rights(page: Page, findings: Sequence[Finding]) -> None:
    """Write who may or must do what where nothing is broken: a right is no breach, but what somebody can use."""
    rights = [finding for finding in findings if finding.verdict is Verdict.OK and finding.effect is not None]
    if not rights:
        return
    page.heading(say("Rights and duties that follow"))
    for finding in rights:
        if (effect := finding.effect) is not None:
            page.marked("→", _right(finding.provision, effect), indent=2)


def _right(provision: str, effect: Effect) -> Text:
    if effect.modality == "may":
        return say("{provision}: {who} may {what}", provision=provision, who=effect.who, what=effect.what)
    return say("{provision}: {who} must {what}", provision=provision, who=effect.who, what=effect.what)


def _docket(path: str) -> Docket:
    """Read the file of what is told."""
    from skywitness.law.judge.docket_file import read_docket
    from skywitness.route.files.document import parse_toml
    from skywitness.route.files.text_file import path_words, read_text

    where = path_words(path)
    return read_docket(parse_toml(read_text(path), where), where)


def _reading(at: dt.date, known: dt.date | None, path: str | None) -> Reading:
    """Put the reading together: interpretations of the file, the days of the call."""
    if path is None:
        return Reading(at=at, known=known)
    read = inputs.reading({"reading": path, "view": None}, at)
    return replace(read, at=at, known=known or read.known)

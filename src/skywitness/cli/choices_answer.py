"""The answer of ``plan --choices``: papers of each route, the comparison, one JSON document, one page."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skywitness.cli.answer import Answer, Exit
from skywitness.cli.changes_page import write_wishes
from skywitness.cli.face import Face
from skywitness.cli.findings_page import summary
from skywitness.cli.invocation import program
from skywitness.cli.page import Page
from skywitness.cli.plan_answer import Outcome, file_json, to_json, write_files, write_papers
from skywitness.cli.plan_page import headline, write_list
from skywitness.core.finding import Verdict, overall
from skywitness.core.text import Text, say, say_n
from skywitness.route.exports import choices_files
from skywitness.route.exports.bundle import Written
from skywitness.route.request import PlanRequest

if TYPE_CHECKING:
    from skywitness.route.planner.choices import Choices

WHERE, ONLY = 5, 6
"""Columns of the table that are sentences: on a terminal they stand below it."""


def answer_choices(
    face: Face, found: Choices, told: tuple[Text, ...], folder: Path | None, request: PlanRequest
) -> Answer:
    """Write all papers, and make the answer."""
    outcomes = []
    for number, planned in enumerate(found.planned, 1):
        place = None if folder is None else folder / choices_files.folder_of(number)
        outcomes.append(write_papers(face, planned, told, place, request.view, request))
    written = _comparison(face, found, folder, request)
    if face.as_json:
        face.notes((*told, *found.warnings))
    breached = any(overall(planned.findings) is Verdict.BREACH for planned in found.planned)
    return Answer(
        lambda: _document(face, found, outcomes, written),
        lambda page: _write(page, found, outcomes, written, folder),
        Exit.BREACH if breached else Exit.DONE,
    )


def _comparison(face: Face, found: Choices, folder: Path | None, request: PlanRequest) -> tuple[Written, ...]:
    if folder is None:
        return ()
    return choices_files.write_comparison(
        [planned.plan for planned in found.planned],
        found.shared,
        found.warnings,
        folder,
        catalogue=face.language,
        language=face.language.code,
        view=request.view,
    )


def _document(face: Face, found: Choices, outcomes: list[Outcome], written: tuple[Written, ...]) -> dict[str, Any]:
    """Write the best one as ``plan`` does, and all of them under ``choices``."""
    plans = [planned.plan for planned in found.planned]
    told = choices_files.to_json(plans, found.shared, face.language)["choices"]
    choices = [{**about, **to_json(face, outcome)} for about, outcome in zip(told, outcomes, strict=True)]
    best = to_json(face, outcomes[0])
    return {
        **best,
        "choices": choices,
        "shared": [list(row) for row in found.shared],
        "warnings": [*best["warnings"], *(face.words(warning) for warning in found.warnings)],
        "files": [*best["files"], *(file_json(face, file) for file in written)],
    }


def _write(
    page: Page, found: Choices, outcomes: list[Outcome], written: tuple[Written, ...], folder: Path | None
) -> None:
    """Write the comparison for people; each flight at length is in its files."""
    plans = [planned.plan for planned in found.planned]
    page.paragraph(say_n("{count} choice", "{count} choices", len(plans)), style="bold")
    rows = [[page.words(cell) for cell in row] for row in choices_files.rows(plans, found.shared)]
    narrow = [place for place in range(len(rows[0])) if place not in (WHERE, ONLY)]
    names = choices_files.headings(len(plans))
    page.table(
        [names[place] for place in narrow], [[row[place] for place in narrow] for row in rows], right=(0, 1, 2, 3)
    )
    page.paragraph(choices_files.SHARED_MEANS, indent=2)
    warnings = [*outcomes[0].told, *found.warnings, *found.planned[0].warnings]
    if warnings:
        page.heading(say("Assumed and noted"))
        write_list(page, list(dict.fromkeys(page.words(text) for text in warnings)))
    for number, planned in enumerate(found.planned, 1):
        page.heading(say("Choice {number}", number=number))
        page.paragraph(headline(planned), indent=2)
        row = rows[number - 1]
        page.paragraph(say("Where: {where}. Only here: {sites}.", where=row[WHERE], sites=row[ONLY]), indent=2)
        page.paragraph(summary(planned.findings), indent=2)
        write_wishes(page, outcomes[number - 1].wishes)
    if written:
        write_files(page, (*(file for outcome in outcomes for file in outcome.written), *written))
    page.heading(say("What next"))
    if folder is None:
        page.marked("·", say("Keep the plans: the same command with --out DIR."), indent=2)
        return
    page.marked("·", say("Judge one of them with what you know of the flight:"), indent=2)
    page.raw(f"    {program()} check {shlex.quote(str(folder))}/choice-1/plan.json --facts facts.toml")

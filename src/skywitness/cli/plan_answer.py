"""The answer of ``plan`` and ``demo``: papers written, one JSON document, one page."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skywitness.cli.answer import Answer, Exit
from skywitness.cli.changes_page import comparison_json, wish_json, write_comparison, write_wishes
from skywitness.cli.face import Face
from skywitness.cli.findings_page import summary, write_findings, write_needs
from skywitness.cli.invocation import program
from skywitness.cli.light_page import light_json
from skywitness.cli.page import Page
from skywitness.cli.plan_page import headline, write_list, write_plan
from skywitness.core.finding import Verdict, overall
from skywitness.core.text import Text, say
from skywitness.geo.view import BorderView
from skywitness.route.bound.share import percent_above
from skywitness.route.clouds.worth import expects, reached
from skywitness.route.compare import Comparison, compare
from skywitness.route.exports.bundle import Written, write_all
from skywitness.route.files.plan_file import plan_to_json
from skywitness.route.planner.outcome import clouds_json
from skywitness.route.planner.wishes import Wish, judge_wishes
from skywitness.route.request import Planned, PlanRequest


@dataclass(frozen=True, slots=True)
class Outcome:
    """A plan with what its readers told and the papers written of it; ``folder`` is where, if anywhere.

    ``wishes`` are those of the request, measured; ``comparison`` is with the plan at hand, where there is one.
    """

    planned: Planned
    told: tuple[Text, ...]
    written: tuple[Written, ...] = ()
    folder: Path | None = None
    wishes: tuple[Wish, ...] = ()
    comparison: Comparison | None = None


def write_papers(
    face: Face,
    planned: Planned,
    told: tuple[Text, ...],
    folder: Path | None,
    view: BorderView | None,
    request: PlanRequest | None = None,
) -> Outcome:
    """Write all papers of a plan into ``folder``; none when there is no folder."""
    written: tuple[Written, ...] = ()
    if folder is not None:
        written = write_all(
            planned.plan, planned.findings, folder, catalogue=face.language, language=face.language.code, view=view
        )
    if request is None:
        return Outcome(planned, told, written, folder)
    wishes = judge_wishes(planned.plan, request.pins, request.forbidden)
    comparison = None if request.again is None else compare(request.again, planned.plan)
    return Outcome(planned, told, written, folder, wishes, comparison)


def answer(face: Face, outcome: Outcome, write_next: Callable[[Page], None] | None = None) -> Answer:
    """Make the answer; ``write_next`` writes what to try next in its own way."""
    if face.as_json:
        face.notes((*outcome.told, *outcome.planned.warnings))

    def write(page: Page) -> None:
        _write(page, outcome)
        if write_next is None:
            _write_next(page, outcome)
        else:
            write_next(page)

    breached = overall(outcome.planned.findings) is Verdict.BREACH
    return Answer(lambda: to_json(face, outcome), write, Exit.BREACH if breached else Exit.DONE)


def to_json(face: Face, outcome: Outcome) -> dict[str, Any]:
    """Write the result as the interface has it."""
    planned, made = outcome.planned, outcome.planned.plan
    document = plan_to_json(made)
    return {
        "plan": document,
        "score": made.score,
        "score_total": made.score_total,
        **light_json(made),
        "expected_score": made.expected_score,
        "bound": made.bound,
        "bound_percent": None if made.bound is None else percent_above(made.bound, reached(made)),
        "bound_of": "expected_score" if expects(made) else "score",
        "bound_reason": face.words(made.bound_reason) if made.bound_reason else None,
        "clouds": clouds_json(made),
        "sites_observed": [made.sites[index].name for index in made.observed_sites],
        "sites_set_aside": [
            {"name": aside.site.name, "lon": aside.site.lon, "lat": aside.site.lat, "reason": face.words(aside.reason)}
            for aside in made.set_aside
        ],
        "distance_km": made.distance_km,
        "limit_km": planned.limit_km,
        "legs": document["legs"],
        "verdict": overall(planned.findings).value,
        "findings": [finding.to_json(face.language) for finding in planned.findings],
        "seconds": planned.seconds,
        "interrupted": planned.interrupted,
        "warnings": [face.words(warning) for warning in (*outcome.told, *planned.warnings)],
        "files": [file_json(face, file) for file in outcome.written],
        "wishes": [wish_json(wish) for wish in outcome.wishes],
        "comparison": None if outcome.comparison is None else comparison_json(outcome.comparison),
    }


def file_json(face: Face, file: Written) -> dict[str, Any]:
    """Write a file that was written, and what it cannot carry."""
    lost = [face.words(text) for text in file.cannot_carry]
    return {"path": str(file.path), "kind": file.kind, "cannot_carry": lost}


def _write(page: Page, outcome: Outcome) -> None:
    """Write the result for people."""
    planned = outcome.planned
    write_plan(page, planned)
    write_wishes(page, outcome.wishes)
    if outcome.comparison is not None:
        write_comparison(page, outcome.comparison)
    if outcome.told:
        page.heading(say("About the sites file"))
        write_list(page, outcome.told)
    write_findings(page, planned.findings)
    write_needs(page, planned.findings)
    if outcome.written:
        write_files(page, outcome.written)
    page.heading(say("In short"))
    page.paragraph(headline(planned), indent=2)
    page.paragraph(summary(planned.findings), indent=2)


def write_files(page: Page, written: tuple[Written, ...]) -> None:
    """List the files written, each with what it cannot carry."""
    page.heading(say("Files written"))
    for file in written:
        page.raw(f"  {file.path}")
        if file.cannot_carry:
            lost = " ".join(page.words(text) for text in file.cannot_carry)
            page.paragraph(say("Cannot carry: {lost}", lost=lost), indent=4, style="dim")


def _write_next(page: Page, outcome: Outcome) -> None:
    """Say what to try next."""
    page.heading(say("What next"))
    if outcome.planned.interrupted:
        page.marked("·", say("The search was interrupted; --seconds gives it more time."), indent=2)
    if outcome.folder is None:
        page.marked("·", say("Keep the plan: the same command with --out DIR."), indent=2)
        return
    page.marked("·", say("Judge it again with what you know of the flight, in a facts file (docs/files.md):"), indent=2)
    page.raw(f"    {program()} check {shlex.quote(str(outcome.folder))}/plan.json --facts facts.toml")

"""``skywitness check``: does a plan keep the rules?"""

from __future__ import annotations

from typing import Any

import click

from skywitness.cli import inputs
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.text import say


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "check",
        check,
        say(
            "Judge a mission plan, whoever made it: one finding for every provision, with numbers and the reason. Exit "
            "code 0: kept; 1: a breach; 3: no breach, but something cannot be told; 2: the plan cannot be read."
        ),
        [
            words.argument("PLAN", "plan", say("The plan: plan.json, as plan writes it.")),
            *inputs.reading_options(words),
        ],
        examples=[
            "skywitness check out/plan.json",
            "skywitness check out/plan.json --facts facts.toml --view natural_earth",
        ],
    )


def check(face: Face, **options: Any) -> Answer:
    """Judge the plan in a file."""
    from skywitness.cli.findings_page import exit_code, write_findings, write_needs
    from skywitness.core.finding import overall
    from skywitness.route.check import findings_in, make_context
    from skywitness.route.claims.effects import claim_effects
    from skywitness.route.files.plan_file import read_plan

    read = read_plan(options["plan"])
    plan = read.plan
    facts = inputs.facts(options)
    reading = inputs.reading(options, plan.commencement_utc.date(), plan.reading, facts)
    context = make_context(
        plan,
        facts,
        reading,
        view=inputs.view(options, reading.view, reading.at),
        hazards=inputs.hazards(options),
        terrain=inputs.terrain(options),
    )
    findings, effects = findings_in(context), claim_effects(context)
    if face.as_json:
        face.notes(read.warnings)

    def document() -> dict[str, Any]:
        from skywitness.cli.light_page import light_json

        return {
            "title": plan.title,
            "verdict": overall(findings).value,
            "reading": reading.to_json(),
            "findings": [finding.to_json(face.language) for finding in findings],
            "claims": [effect.to_json(face.language) for effect in effects],
            **light_json(plan),
            "warnings": [face.words(warning) for warning in read.warnings],
        }

    def write(page: Page) -> None:
        from skywitness.cli.claims_page import write_claims
        from skywitness.cli.plan_page import write_list
        from skywitness.route.exports.account import plan_title

        page.paragraph(
            say(
                "{title}: judged by the law of {day}, with the borders of view {view}.",
                title=plan_title(plan, face.language.code),
                day=reading.at.isoformat(),
                view=reading.view,
            ),
            style="bold",
        )
        if read.warnings:
            page.heading(say("About the file"))
            write_list(page, read.warnings)
        write_findings(page, findings)
        write_needs(page, findings)
        write_claims(page, effects)

    return Answer(document, write, exit_code(findings))

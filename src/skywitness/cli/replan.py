"""``skywitness replan``: the flight of a plan at hand again, after a change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import inputs, values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.plan import wanted_folder, wish_options
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.core.text import Text
    from skywitness.route.model import Plan
    from skywitness.route.planner.revise import Changes
    from skywitness.route.request import PlanRequest


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "replan",
        replan,
        say(
            "Plan the flight of a plan at hand again after a change: a refused leg, a closed airfield, a site added, "
            "dropped or of another value, a shorter limit. It begins with the route at hand, takes seconds, and shows "
            "both versions with what is lost. Exit code 1 when the flight found breaks a rule."
        ),
        [
            words.argument("PLAN", "plan", say("The plan at hand: plan.json, as plan writes it.")),
            *_change_options(words),
            *inputs.reading_options(words),
            *search_options(words),
            words.option("--out", "DIR", say("Write the plan here: JSON, GeoJSON, KML, GPX, flight plan, PDF, PNG.")),
        ],
        examples=[
            "skywitness replan flight/plan.json --forbid WP03-WP04 --out second",
            "skywitness replan flight/plan.json --pin Tver --limit-km 5000",
        ],
    )


def _change_options(words: Words) -> list[click.Parameter]:
    return [
        *wish_options(words),
        words.option(
            "--drop", "SITE", say("Leave a site out of the plan; may be given again."), read=values.name, many=True
        ),
        words.option(
            "--value",
            "SITE=VALUE",
            say("Give a site another value; may be given again."),
            read=values.site_value,
            many=True,
        ),
        words.option("--sites", "FILE", say("Take the sites of this file instead of those of the plan.")),
        words.option("--from", "AIRFIELD", say("Begin at another airfield."), read=values.name),
        words.option(
            "--to", "AIRFIELD", say("End at another airfield; may be given several times."), read=values.name, many=True
        ),
        words.flag("--drop-wishes", say("Forget what the plan was made to observe, to keep away from, and its limit.")),
    ]


def search_options(words: Words) -> list[click.Parameter]:
    """Declare how long a search from a route at hand may take."""
    return [
        words.option(
            "--seconds", "S", say("How long to search; most changes need no more."), read=values.seconds, default="3"
        ),
        words.option("--seed", "N", say("Seed of the search."), read=values.seed, default="1"),
        words.option("--rounds", "N", say("Search for so many rounds, whatever time they take."), read=values.rounds),
    ]


def replan(face: Face, **options: Any) -> Answer:
    """Plan again, write the new plan, and show it beside the one at hand."""
    out = wanted_folder(options)
    request, told = request_at_hand(options)
    request, more = _with_changes(request, options)

    from skywitness.cli.plan_answer import answer, write_papers
    from skywitness.cli.progress import Progress
    from skywitness.route.kernel import warm as kernel_warm
    from skywitness.route.planner import planner

    with Progress(face) as progress:
        planned = planner.plan(request, progress, lambda: kernel_warm.warm(progress.say))
    return answer(face, write_papers(face, planned, (*told, *more), out, request.view, request))


def request_at_hand(options: dict[str, Any]) -> tuple[PlanRequest, tuple[Text, ...]]:
    """Read the plan and put the request together that asks for its flight again; also what its reader has to tell."""
    from skywitness.route.files.plan_file import read_plan
    from skywitness.route.planner.revise import request_of

    read = read_plan(options["plan"])
    plan = read.plan
    facts = inputs.facts(options)
    reading = inputs.reading(options, plan.commencement_utc.date(), plan.reading, facts)
    request = replace(
        request_of(plan, reading, str(options["plan"])),
        facts=facts,
        view=inputs.view(options, reading.view, reading.at),
        hazards=inputs.hazards(options),
        terrain=inputs.terrain(options),
        seconds=options["seconds"],
        seed=options["seed"],
        rounds=options["rounds"],
    )
    return request, read.warnings


def _with_changes(request: PlanRequest, options: dict[str, Any]) -> tuple[PlanRequest, tuple[Text, ...]]:
    from skywitness.route.files.sites_file import read_sites
    from skywitness.route.planner.revise import changed, differences
    from skywitness.route.planner.wishes import read_forbidden

    read = read_sites(options["sites"]) if options["sites"] else None
    sites = request.sites if read is None else read.sites
    forbidden = read_forbidden(options["forbid"], sites, request.again)
    new = changed(request, _changes(options, None if read is None else read.sites), forbidden)
    before: Plan | None = request.again
    told = () if before is None else differences(before, new)
    return new, (*(() if read is None else read.warnings), *told)


def _changes(options: dict[str, Any], sites: Any) -> Changes:
    from skywitness.route.planner.revise import Changes

    return Changes(
        pins=tuple(options["pin"]),
        forbid=tuple(options["forbid"]),
        drop=tuple(options["drop"]),
        values=tuple(options["value"]),
        sites=sites,
        start=options["from"],
        ends=tuple(options["to"]),
        limit_km=options["limit_km"],
        keep_wishes=not options["drop_wishes"],
    )

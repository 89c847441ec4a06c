"""``skywitness ask``: questions about a plan at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import inputs, values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.replan import request_at_hand, search_options
from skywitness.core.errors import InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.route.model import Plan
    from skywitness.route.request import PlanRequest


def declare(words: Words) -> click.Group:
    """Declare the group."""
    return words.group(
        "ask",
        say("Ask about a plan at hand: why a site is out, what more kilometres would buy, what a leg is worth."),
        [_why(words), _more(words), _without(words)],
    )


def _plan(words: Words) -> click.Argument:
    return words.argument("PLAN", "plan", say("The plan at hand: plan.json, as plan writes it."))


def _why(words: Words) -> click.Command:
    return words.command(
        "why",
        why,
        say(
            "Why a site is observed or not: what hides it, the cheapest detour, and what a route that observes it is "
            "worth."
        ),
        [
            _plan(words),
            words.argument("SITE", "site", say("The site, by its name.")),
            *inputs.reading_options(words),
            *search_options(words),
        ],
        examples=["skywitness ask why flight/plan.json Tver"],
    )


def _more(words: Words) -> click.Command:
    return words.command(
        "more",
        more,
        say("What one more step of kilometres would buy, and one less would cost: a small curve about the limit."),
        [
            _plan(words),
            words.option("--km", "KM", say("The step."), read=values.length_km, default="100"),
            *inputs.reading_options(words),
            *search_options(words),
        ],
        examples=["skywitness ask more flight/plan.json --km 100"],
    )


def _without(words: Words) -> click.Command:
    return words.command(
        "without",
        without,
        say(
            "What is lost if a leg is refused: the flight is planned again without it. The observed Party accepts a "
            "mission plan or proposes changes within four hours of its submission."
        ),
        [
            _plan(words),
            words.option("--leg", "I", say("The number of the leg, from 1."), read=values.leg_number, required=True),
            *inputs.reading_options(words),
            *search_options(words),
        ],
        examples=["skywitness ask without flight/plan.json --leg 7"],
    )


def _at_hand(request: PlanRequest) -> Plan:
    assert request.again is not None  # request_at_hand puts it there
    return request.again


def why(face: Face, site: str, **options: Any) -> Answer:
    """Answer why a site is observed or not."""
    from skywitness.cli import ask_page
    from skywitness.cli.progress import Progress
    from skywitness.route.kernel import warm as kernel_warm
    from skywitness.route.planner import planner
    from skywitness.route.planner import why as planner_why

    request, told = request_at_hand(options)
    with Progress(face) as progress:
        found = planner_why.why(
            request, site, planner.effort_of(request), progress, lambda: kernel_warm.warm(progress.say)
        )
    if face.as_json:
        face.notes(told)
    return Answer(lambda: ask_page.why_json(face, found, told), lambda page: ask_page.write_why(page, found, told))


def more(face: Face, km: float, **options: Any) -> Answer:
    """Answer what more kilometres would buy."""
    from skywitness.cli import ask_page
    from skywitness.cli.progress import Progress
    from skywitness.route.kernel import warm as kernel_warm
    from skywitness.route.planner import more as planner_more
    from skywitness.route.planner import planner

    request, told = request_at_hand(options)
    with Progress(face) as progress:
        found = planner_more.curve(
            request, km, planner.effort_of(request), progress, lambda: kernel_warm.warm(progress.say)
        )
    if face.as_json:
        face.notes(told)
    return Answer(
        lambda: ask_page.curve_json(face, found, _at_hand(request), km, told),
        lambda page: ask_page.write_curve(page, found, _at_hand(request), km, told),
    )


def without(face: Face, leg: int, **options: Any) -> Answer:
    """Answer what is lost if a leg is refused."""
    from dataclasses import replace

    from skywitness.cli import ask_page
    from skywitness.cli.progress import Progress
    from skywitness.route.kernel import warm as kernel_warm
    from skywitness.route.planner import planner
    from skywitness.route.planner.wishes import leg_of

    request, told = request_at_hand(options)
    plan = _at_hand(request)
    if leg > len(plan.legs):
        message = say("the plan has {count} legs; there is no leg {leg}", count=len(plan.legs), leg=leg)
        raise InputError("unknown_leg", message, "--leg")
    refused = leg_of(plan, leg)
    request = replace(request, forbidden=(*request.forbidden, refused))
    with Progress(face) as progress:
        planned = planner.plan(request, progress, lambda: kernel_warm.warm(progress.say))
    if face.as_json:
        face.notes(told)
    return Answer(
        lambda: ask_page.without_json(face, plan, planned, refused, leg, told),
        lambda page: ask_page.write_without(page, plan, planned, refused, leg, told),
    )

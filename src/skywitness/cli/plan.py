"""``skywitness plan``: which flight to fly."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import inputs, values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.plan_clouds import asked, cloud_options
from skywitness.core.errors import InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from pathlib import Path

    from skywitness.core.text import Text
    from skywitness.route.request import PlanRequest
    from skywitness.route.setting import Setting

_EXAMPLE = (
    "skywitness plan --over BLR-RUS --by DEU --from UUMB --at 2019-09-12 --sites group.csv --seconds 30 --out flight"
)


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "plan",
        plan,
        say(
            "Find the flight that observes the most under the law of a day, check it by the rules, and write it in "
            "every form it is needed in. Ctrl-C ends the search and keeps the best flight found. Exit code 1 when the "
            "flight found breaks a rule."
        ),
        [
            *_flight_options(words),
            *inputs.reading_options(words),
            *_search_options(words),
            *cloud_options(words),
            *_wish_options(words),
        ],
        examples=["skywitness sites airfields --in BLR-RUS --out group.csv", _EXAMPLE],
    )


def _flight_options(words: Words) -> list[click.Parameter]:
    return [
        words.option(
            "--over",
            "PARTY",
            say("Who is observed: a State's alpha-3 code, or a group."),
            read=values.name,
            required=True,
        ),
        words.option("--by", "PARTY", say("Who observes."), read=values.name, required=True),
        words.option(
            "--from",
            "AIRFIELD",
            say("The Open Skies airfield where the flight begins (ICAO)."),
            read=values.name,
            required=True,
        ),
        words.option(
            "--to",
            "AIRFIELD",
            say("Where it may end; may be given several times. Default: --from."),
            read=values.name,
            many=True,
        ),
        words.option(
            "--at",
            "UTC",
            say("When it begins: a time with Z, or a day, on which the planner chooses a time with light."),
            read=values.start,
            required=True,
        ),
        words.option(
            "--sites", "FILE", say("What to observe: CSV with name,lon,lat,value, or GeoJSON."), required=True
        ),
        words.option(
            "--aircraft",
            "NAME",
            say("The observation aircraft. Default: the one of the facts, else assumed."),
            read=values.name,
        ),
        words.option("--out", "DIR", say("Write the plan here: JSON, GeoJSON, KML, GPX, flight plan, PDF, PNG.")),
    ]


def _search_options(words: Words) -> list[click.Parameter]:
    return [
        words.option(
            "--seconds",
            "S",
            say("How long planning may take, about; most of it is search."),
            read=values.seconds,
            default="30",
        ),
        words.option(
            "--seed", "N", say("Seed of the search; another one finds another flight."), read=values.seed, default="1"
        ),
        words.option("--rounds", "N", say("Search for so many rounds, whatever time they take."), read=values.rounds),
        words.flag("--avoid-hazards", say("Keep out of the airspace of --hazards; the law does not ask it.")),
        words.option(
            "--heights",
            "M,M",
            say("Heights above ground at which legs may be flown, metres; the first is preferred."),
            read=values.heights_m_agl,
        ),
        words.flag(
            "--narrow-waters",
            say("Keep from waters of other States only as far as these are known to claim, where that is under 12 nm."),
        ),
        words.option(
            "--through",
            "STATE",
            say("Legs may lead through its airspace in transit, sensors off, as co-ordinated; may be given again."),
            read=values.name,
            many=True,
        ),
        words.flag("--snap-minutes", say("Put turn points on whole minutes, as a flight plan writes them.")),
    ]


def _wish_options(words: Words) -> list[click.Parameter]:
    return [
        words.option(
            "--choices",
            "N",
            say("Find so many routes that really differ, and compare them; 4 are a good number."),
            read=values.choices,
            default="1",
        ),
        *wish_options(words),
        words.option(
            "--again", "PLAN", say("Begin with the route of this plan, and show what changes; --seconds 3 is enough.")
        ),
    ]


def wish_options(words: Words) -> list[click.Parameter]:
    """Declare what somebody may want of a flight beside its value."""
    return [
        words.option(
            "--pin", "SITE", say("A site that must be observed; may be given again."), read=values.name, many=True
        ),
        words.option(
            "--forbid",
            "WHAT",
            say(
                "Keep away from it: a site by its name, a leg of the plan at hand as WP03-WP04, or areas in a GeoJSON "
                "file; may be given again."
            ),
            many=True,
        ),
        words.option(
            "--limit-km", "KM", say("Fly no farther than this, if the law allows more."), read=values.length_km
        ),
    ]


def plan(face: Face, **options: Any) -> Answer:
    """Plan one flight, write it, and show it."""
    from skywitness.route.planner.revise import differences, refuse_other_flight
    from skywitness.route.setting import settle

    out = wanted_folder(options)
    request, told = make_request(options)
    setting = settle(request)  # what the law refuses is refused before anything is compiled or searched
    if request.again is not None:
        refuse_other_flight(request.again, setting.observed, "--again")
        told = (*told, *differences(request.again, request))

    from skywitness.cli.choices_answer import answer_choices
    from skywitness.cli.plan_answer import answer, write_papers
    from skywitness.cli.progress import Progress
    from skywitness.route.kernel import warm as kernel_warm
    from skywitness.route.planner import choices as planner_choices
    from skywitness.route.planner import planner

    try:
        with Progress(face) as progress:
            if options["choices"] > 1:
                found = planner_choices.plan_choices(
                    request, options["choices"], progress, lambda: kernel_warm.warm(progress.say)
                )
                return answer_choices(face, found, told, out, request)
            planned = planner.plan(request, progress, lambda: kernel_warm.warm(progress.say))
    except InputError as error:
        raise _explained(_at_option(error, options), setting) from error
    return answer(face, write_papers(face, planned, told, out, request.view, request))


def _at_option(error: InputError, options: dict[str, Any]) -> InputError:
    """Name the option that a refusal of a service is about."""
    if error.kind == "unknown_aircraft" and options["aircraft"]:
        return InputError(error.kind, error.message, "--aircraft", error.faults)
    return error


def _explained(error: InputError, setting: Setting) -> InputError:
    """Add to a refusal what a reader of the law knows: that the airfield lies outside the territory observed."""
    from skywitness.law.groups import members
    from skywitness.law.sites import site

    if error.kind != "no_route" or set(setting.overflown) == set(members(setting.observed, setting.day)):
        return error
    party = site(setting.start.ident).party
    if party in setting.overflown:
        return error
    message = say(
        "{problem}; {airfield} lies in {party}, which a flight over {over} alone does not observe: --over {group} does",
        problem=error.message,
        airfield=setting.start.ident,
        party=party,
        over=", ".join(setting.overflown),
        group=setting.observed,
    )
    return InputError(error.kind, message, error.where, error.faults)


def wanted_folder(options: dict[str, Any]) -> Path | None:
    """Read the folder of ``--out``, refusing at once one that cannot be written."""
    return inputs.writable_folder(options["out"], "--out") if options["out"] else None


def make_request(options: dict[str, Any]) -> tuple[PlanRequest, tuple[Text, ...]]:
    """Read the files that the options name and put the request together; also what their readers have to tell."""
    from skywitness.route.files.plan_file import read_plan
    from skywitness.route.files.sites_file import read_sites
    from skywitness.route.planner.wishes import read_forbidden
    from skywitness.route.request import PlanRequest

    at = options["at"]
    day = at.date() if isinstance(at, dt.datetime) else at
    read = read_sites(options["sites"])
    clouds = asked(options, read.sites)
    again = read_plan(options["again"]) if options["again"] else None
    before = None if again is None else again.plan
    facts = inputs.facts(options)
    reading = inputs.reading(options, day, told=facts)
    request = PlanRequest(
        by=options["by"],
        over=options["over"],
        start=options["from"],
        ends=tuple(options["to"]),
        at=at,
        sites=clouds.sites,
        reading=reading,
        facts=facts,
        aircraft=options["aircraft"],
        seconds=options["seconds"],
        seed=options["seed"],
        rounds=options["rounds"],
        view=inputs.view(options, reading.view, reading.at),
        hazards=inputs.hazards(options),
        avoid_hazards=options["avoid_hazards"],
        terrain=inputs.terrain(options),
        snap_minutes=options["snap_minutes"],
        narrow_waters=options["narrow_waters"],
        through=tuple(options["through"]),
        pins=tuple(options["pin"]),
        forbidden=read_forbidden(options["forbid"], read.sites, before),
        again=before,
        limit_km=options["limit_km"],
        clouds=clouds.clouds,
        heights_m_agl=options["heights"] or (),
    )
    return request, (*read.warnings, *clouds.told, *(() if again is None else again.warnings))

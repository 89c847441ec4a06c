"""``skywitness timeline``: who owes what by when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import inputs, values, whole_files
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from skywitness.mission.timeline import Timeline
    from skywitness.route.facts import Facts
    from skywitness.route.model import Plan


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "timeline",
        timeline,
        say(
            "List every duty and right of a mission that has a time: who owes what to whom, from when and until when, "
            "how it stands by the events listed, and what the text has follow. It lists and does not judge: the exit "
            "code is 0, or 2 when a file is wrong."
        ),
        [
            words.argument("PLAN", "plan", say("The plan: plan.json, as plan writes it.")),
            words.option(
                "--facts",
                "FILE",
                say("What is known beside the plan (facts.toml): times, [[event]], inspection, agreements."),
            ),
            words.option("--record", "DIR", say("A node of a shared record: its events join those of the facts.")),
            words.option("--stream", "NAME", say("Which flight of the record, if it holds several."), read=values.name),
            words.option(
                "--reading", "FILE", say("Whose law on which day (reading.toml): interpretations, claims, view.")
            ),
            words.option(
                "--now",
                "UTC",
                say("As of when: a time with Z, or a day as it begins. Default: the last event listed."),
                read=values.day_or_time,
            ),
            words.flag("--all", say("Also list what waits for events that are no part of a mission.")),
            words.option("--ics", "FILE", say("Write the times as a calendar (iCalendar).")),
            words.option("--pdf", "FILE", say("Write the clock of the mission on one page.")),
        ],
        examples=[
            "skywitness timeline out/plan.json --facts facts.toml",
            "skywitness timeline out/plan.json --record deu --stream flight/DEU-2019-031",
            "skywitness timeline out/plan.json --facts facts.toml --now 2019-09-11T12:00Z --ics mission.ics",
        ],
    )


def timeline(face: Face, **options: Any) -> Answer:
    """Derive the clock of the plan in a file."""
    from skywitness.mission.conduct.facts import read_conduct
    from skywitness.mission.conduct.model import NOTHING_TOLD
    from skywitness.mission.membership import notes
    from skywitness.mission.timeline import timeline as derive
    from skywitness.route.check import make_context
    from skywitness.route.files.plan_file import read_plan

    places = _places(options)
    read = read_plan(options["plan"])
    plan = read.plan
    options["view"] = None
    reading = inputs.reading(options, plan.commencement_utc.date(), plan.reading)
    facts, conduct = inputs.facts_with(options, read_conduct) or (None, NOTHING_TOLD)
    facts, remarks = _with_record(options, plan, facts)
    found = derive(make_context(plan, facts, reading), _moment(options["now"]), options["facts"] or "", conduct)
    written = _written(face, found, places, options)
    warnings = (*read.warnings, *remarks, *notes(found))
    if face.as_json:
        face.notes(warnings)

    def document() -> dict[str, Any]:
        return {
            **found.to_json(face.language),
            "files": [str(path) for path in written],
            "warnings": [face.words(warning) for warning in warnings],
        }

    def write(page: Any) -> None:
        from skywitness.cli.timeline_page import write_timeline

        write_timeline(page, found, warnings, written, options["all"])

    return Answer(document, write)


def _with_record(options: dict[str, Any], plan: Plan, facts: Facts | None) -> tuple[Facts | None, tuple[Text, ...]]:
    """Let the events of the record join those of the facts; each tells where it stands."""
    if options["record"] is None:
        if options["stream"] is not None:
            raise InputError("usage", say("A stream is one of a record; name its node with --record."), "--stream")
        return facts, ()
    from dataclasses import replace

    from skywitness.mission.recorded import flight_stream
    from skywitness.route.facts import Facts

    told = facts or Facts()
    place = Path(options["record"])
    found = flight_stream.course(place, options["stream"], plan.observing, plan.observed)
    return replace(told, events=(*told.events, *found.events)), found.remarks


def _moment(now: dt.date | dt.datetime | None) -> dt.datetime | None:
    """Read a day as the moment it begins, UTC."""
    if now is None or isinstance(now, dt.datetime):
        return now
    return dt.datetime.combine(now, dt.time(), dt.UTC)


def _places(options: dict[str, Any]) -> dict[str, Path]:
    """Read where files go, before anything is derived."""
    read = (options["plan"], options["facts"], options["reading"])
    return whole_files.places({"--ics": options["ics"], "--pdf": options["pdf"]}, read)


def _written(face: Face, found: Timeline, places: dict[str, Path], options: dict[str, Any]) -> tuple[Path, ...]:
    """Write the files that are asked for, all or none, and name them as they were asked for."""
    made: dict[str, tuple[Path, bytes]] = {}
    if "--ics" in places:
        from skywitness.mission.ics import to_ics

        made["--ics"] = places["--ics"], to_ics(found, catalogue=face.language)
    if "--pdf" in places:
        from skywitness.mission.paper import to_pdf

        made["--pdf"] = places["--pdf"], to_pdf(found, catalogue=face.language, language=face.language.code)
    whole_files.write_whole(made)
    return tuple(Path(options[option.removeprefix("--")]) for option in made)

"""``skywitness timeline``: who owes what by when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import inputs, values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.core.errors import InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.mission.timeline import Timeline


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
                "--facts", "FILE", say("What is known beside the plan (facts.toml): times, [[event]], agreements.")
            ),
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
            "skywitness timeline out/plan.json --facts facts.toml --now 2019-09-11T12:00Z --ics mission.ics",
        ],
    )


def timeline(face: Face, **options: Any) -> Answer:
    """Derive the clock of the plan in a file."""
    from skywitness.mission.timeline import timeline as derive
    from skywitness.route.check import make_context
    from skywitness.route.plan_file import read_plan

    read = read_plan(options["plan"])
    plan = read.plan
    options["view"] = None
    reading = inputs.reading(options, plan.commencement_utc.date(), plan.reading)
    context = make_context(plan, inputs.facts(options), reading)
    found = derive(context, _moment(options["now"]), options["facts"] or "")
    written = _written(face, found, options)
    if face.as_json:
        face.notes(read.warnings)

    def document() -> dict[str, Any]:
        return {
            **found.to_json(face.language),
            "files": [str(path) for path in written],
            "warnings": [face.words(warning) for warning in read.warnings],
        }

    def write(page: Any) -> None:
        from skywitness.cli.timeline_page import write_timeline

        write_timeline(page, found, read.warnings, written, options["all"])

    return Answer(document, write)


def _moment(now: dt.date | dt.datetime | None) -> dt.datetime | None:
    """Read a day as the moment it begins, UTC."""
    if now is None or isinstance(now, dt.datetime):
        return now
    return dt.datetime.combine(now, dt.time(), dt.UTC)


def _written(face: Face, found: Timeline, options: dict[str, Any]) -> tuple[Path, ...]:
    """Write the files that are asked for, and name them."""
    written: list[Path] = []
    if options["ics"]:
        from skywitness.mission.ics import to_ics

        written.append(_write(options["ics"], "--ics", to_ics(found, catalogue=face.language)))
    if options["pdf"]:
        from skywitness.mission.paper import to_pdf

        content = to_pdf(found, catalogue=face.language, language=face.language.code)
        written.append(_write(options["pdf"], "--pdf", content))
    return tuple(written)


def _write(name: str, option: str, content: bytes) -> Path:
    """Write a file whose folder is there.

    :raises InputError: of kind ``file`` when it cannot be written.
    """
    path = Path(name)
    if path.is_dir() or not path.parent.is_dir():
        message = say("{place} is no file that can be written; name one in a folder that is there.", place=name)
        raise InputError("file", message, option)
    path.write_bytes(content)
    return path

"""``skywitness cfe calendar`` and ``cfe timeline``: duties of information with their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.cfe import asking
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.core.clock import Duty


def declare_calendar(words: Words) -> click.Command:
    """Declare the calendar."""
    return words.command(
        "calendar",
        calendar,
        say("List what a State has to tell and by when, with the days of the year of a day."),
        [
            words.option("--at", "DAY", say("The day whose year is listed."), read=values.day, required=True),
            asking.way_option(words),
        ],
        examples=["skywitness cfe calendar --at 1995-06-01"],
    )


def declare_timeline(words: Words) -> click.Command:
    """Declare the timeline."""
    return words.command(
        "timeline",
        timeline,
        say(
            "Judge a list of what a State did of its duties of information. Exit code 0: kept; 1: a breach; 3: no "
            "breach, but something cannot be told; 2: the file cannot be read."
        ),
        [
            words.argument("FILE", "file", say("What a State did: TOML, as examples/cfe/timeline.toml.")),
            words.option("--now", "DAY", say("As of the end of this day; else of the year."), read=values.day),
            asking.way_option(words),
        ],
        examples=["skywitness cfe timeline examples/cfe/timeline.toml"],
    )


def calendar(_face: Face, at: dt.date, way: Sequence[str]) -> Answer:
    """List duties with their days."""
    from skywitness.cfe.information.calendar import calendar as days
    from skywitness.cfe.information.calendar import due_days

    reading = asking.reading(at, way)
    found = days(reading, at.year)
    known = {duty.due_utc.date() for duty in found if duty.clock.bearer == "depositary" and duty.due_utc}
    conferences = [day for _, day in due_days(reading) if day.year == at.year]

    def document() -> dict[str, Any]:
        return {
            "year": at.year,
            "duties": [_json(duty) for duty in found],
            "review_conferences": [day.isoformat() for day in conferences],
        }

    def write(page: Page) -> None:
        page.heading(say("Duties of information, {year}", year=str(at.year)))
        now = [duty for duty in found if _day(duty).year == at.year]
        for duty in sorted(now, key=_day):
            page.marked("·", _line(duty), indent=2)
        for day in conferences:
            if day not in known:
                page.marked("·", say("{day}: review conference (CFE:XXI.1)", day=day), indent=2)
        once = [duty for duty in found if _day(duty).year != at.year]
        if once:
            page.heading(say("Owed once, in other years"))
        for duty in sorted(once, key=_day):
            page.marked("·", _line(duty), indent=2)

    return Answer(document, write)


def _day(duty: Duty) -> dt.date:
    """Return the day a duty is for."""
    moment = duty.due_utc or duty.not_before_utc
    return moment.date() if moment else dt.date.max


def _line(duty: Duty) -> Any:
    words = {"provision": duty.clock.provision, "what": duty.clock.what}
    if duty.due_utc is not None:
        return say("by {day}: {what} ({provision})", day=duty.due_utc.date(), **words)
    if duty.not_before_utc is not None:
        return say("after {day}: {what} ({provision})", day=duty.not_before_utc.date(), **words)
    return say("{what} ({provision})", **words)


def _json(duty: Duty) -> dict[str, Any]:
    return {
        "id": duty.id,
        "provision": duty.clock.provision,
        "what": str(duty.clock.what),
        "not_before": duty.not_before_utc.date().isoformat() if duty.not_before_utc else None,
        "due": duty.due_utc.date().isoformat() if duty.due_utc else None,
        "state": duty.state.value,
        "values": [value.to_json() for value in duty.values],
    }


def timeline(face: Face, file: str, now: dt.date | None, way: Sequence[str]) -> Answer:
    """Judge a list of events."""
    from skywitness.cfe.information.calendar import judge_duties, read_timeline
    from skywitness.cfe.information.calendar import timeline as run
    from skywitness.cli.findings_page import exit_code, write_findings, write_needs
    from skywitness.core.finding import overall
    from skywitness.core.periods import end_of_day

    data, where = asking.parsed(file)
    told = read_timeline(data, where)
    moment = end_of_day(now or dt.date(told.year, 12, 31))
    reading = asking.reading(moment.date(), way)
    duties = run(told, reading, moment)
    findings = tuple(judge_duties(duties, told, reading))

    def document() -> dict[str, Any]:
        return {
            "state": told.state,
            "now_utc": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "verdict": overall(findings).value,
            "duties": [_json(duty) for duty in duties],
            "findings": [finding.to_json(face.language) for finding in findings],
        }

    def write(page: Page) -> None:
        write_findings(page, findings)
        write_needs(page, findings)
        if told.elsewhen:
            page.heading(say("Listed, and of another year"))
        for event in told.elsewhen:
            page.marked("·", say("{kind}, {day}", kind=event.kind, day=event.at_utc.date()), indent=2)

    return Answer(document, write, exit_code(findings))

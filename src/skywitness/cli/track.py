"""``skywitness track``: was the flight flown as planned, and as the Treaty asks?"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import inputs, track_out
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from skywitness.route.model import Plan
    from skywitness.track.model import HeightKind
    from skywitness.track.read import ReadRows
    from skywitness.track.rules.flight import Flight

BEFORE, AFTER = dt.timedelta(hours=12), dt.timedelta(hours=36)
"""A flight may begin so long before its planned commencement and end so long after its planned end."""


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "track",
        track,
        say(
            "Judge a flown track against its plan: what was left out of the track and why, fixes, deviations, "
            "distance, heights, borders, sensors. Exit code 0: kept; 1: a breach; 3: no breach, but something cannot "
            "be told; 2: the track cannot be read."
        ),
        [
            words.argument(
                "FILE", "file", say("The track: GPX, CSV, GeoJSON, KML, JSON of traffic or readsb, Parquet; also gzip.")
            ),
            words.option("--plan", "PLAN", say("The plan that was to be flown: plan.json."), required=True),
            words.option("--aircraft-id", "ID", say("Which of several aircraft in the file: its address or name.")),
            words.option(
                "--log",
                "FILE",
                say("What was noted on board, when sensors ran and why the flight deviated (TOML, CSV)."),
            ),
            words.option(
                "--heights",
                "KIND",
                say("What the heights are counted from, if you know better: pressure, ellipsoidal or amsl."),
                read=_kind,
            ),
            *(one for one in inputs.reading_options(words) if "--hazards" not in one.opts),
            track_out.option(words),
        ],
        examples=[
            "skywitness track flight.gpx --plan out/plan.json",
            "skywitness track day.json.gz --plan out/plan.json --aircraft-id 39016d --log flown.toml",
        ],
    )


def _kind(words: str, where: str) -> HeightKind:
    """Read what heights are counted from."""
    from skywitness.track.model import HeightKind

    known = (HeightKind.PRESSURE, HeightKind.ELLIPSOIDAL, HeightKind.AMSL)
    if words not in tuple(known):
        message = say("Heights are counted from pressure, ellipsoidal or amsl, not from {met}.", met=repr(words[:40]))
        raise InputError("usage", message, where)
    return HeightKind(words)


def track(face: Face, **options: Any) -> Answer:
    """Judge the track in a file."""
    from skywitness.cli.findings_page import exit_code
    from skywitness.cli.track_page import write_flight
    from skywitness.core.finding import overall
    from skywitness.route.files.plan_file import read_plan
    from skywitness.track.check import judge

    out = track_out.folder(options)
    read = read_plan(options["plan"])
    flight = _flight(options, read.plan)
    findings = judge(flight)
    written = track_out.write(face, flight, findings, out)
    warnings = (*read.warnings, *flight.seen.cleaned.notes)
    if face.as_json:
        face.notes(warnings)

    def document() -> dict[str, Any]:
        seen = flight.seen
        return {
            "title": read.plan.title,
            "verdict": overall(findings).value,
            "aircraft_id": seen.track.ident,
            "source": seen.track.source,
            "points_read": seen.cleaned.read,
            "points_kept": len(seen.track),
            "height_kind": seen.track.height_kind.value,
            "distance_km": round(seen.distance_km, 3),
            "most_km": round(seen.most_km, 3),
            "planned_km": round(seen.planned_km, 3),
            "flown_share": round(seen.flown_share, 4),
            "dropped": [one.to_json(face.language) for one in seen.cleaned.dropped],
            "gaps": [gap.to_json() for gap in seen.gaps],
            "fixes": [fix.to_json() for fix in seen.fixes],
            "deviations": [seen.deviation_json(one) for one in seen.deviations],
            "territories": None if flight.ground is None else flight.ground.to_json(),
            "reading": flight.context.reading.to_json(),
            "findings": [finding.to_json(face.language) for finding in findings],
            "warnings": [face.words(warning) for warning in warnings],
            "files": track_out.files(face, written),
        }

    def write(page: Page) -> None:
        write_flight(page, flight, findings, warnings)
        track_out.write_files(page, written)

    return Answer(document, write, exit_code(findings))


def _flight(options: dict[str, Any], plan: Plan) -> Flight:
    """Read the track and lay it beside the plan."""
    from skywitness.mission.flown_events import hand_over
    from skywitness.route.files.text_file import path_words
    from skywitness.route.rules.measured import measure_legs
    from skywitness.track.check import make_flight
    from skywitness.track.clean import clean
    from skywitness.track.flight_log import log_of, read_flight_log, refuse_strange_sensors

    measure_legs(plan)  # a plan that is no path is refused before its times are looked at
    facts = inputs.facts(options)
    log = read_flight_log(options["log"]) if options["log"] else None
    _refuse_two_logs(facts is not None and "flown" in facts.extra, log is not None)
    noted, where = log or log_of(facts), str(options["log"] or options["facts"] or "")
    refuse_strange_sensors(noted, [one.ident for one in plan.sensors], where and path_words(where))
    facts, told = hand_over(plan, facts, where=str(options["facts"] or ""))
    reading = inputs.reading(options, plan.commencement_utc.date(), plan.reading)
    window = plan.commencement_utc - BEFORE, plan.completion_utc + AFTER
    cleaned = clean(
        _read(options["file"], options["aircraft_id"]),
        window,
        options["heights"],
        (plan.commencement_utc, plan.completion_utc),
    )
    view = inputs.view(options, reading.view, reading.at)
    terrain = inputs.terrain(options)
    return make_flight(plan, cleaned, facts, reading, log=log, view=view, terrain=terrain, told=told)


def _read(file: str, aircraft_id: str | None) -> ReadRows:
    """Read the points of one aircraft; where the file holds several, say which option names one."""
    from skywitness.track.read import read_track

    try:
        return read_track(file, aircraft_id)
    except InputError as error:
        if error.kind != "several_aircraft":
            raise
        message = say("{problem} ({option} names it.)", problem=error.message, option="--aircraft-id")
        raise InputError(error.kind, message, error.where, error.faults) from None


def _refuse_two_logs(in_facts: bool, in_file: bool) -> None:
    if in_facts and in_file:
        message: Text = say("The facts hold a flight log too ([extra.flown]); give one of the two.")
        raise InputError("usage", message, "--log")

"""``skywitness demo``: a real case, from a list of airfields to the papers of a flight."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from skywitness.cli import inputs, values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.invocation import program
from skywitness.core.errors import InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.cli.page import Page
    from skywitness.route.model import Plan, Site
    from skywitness.route.request import PlanRequest

FOLDER = "skywitness-demo"
DAY = dt.date(2019, 9, 12)
OBSERVING, OBSERVED, AIRFIELD = "DEU", "BLR-RUS", "UUMB"

SEARCH_S = 20.0
"""With 20 seconds of compiling before it and the papers after it, the demo ends within a minute."""

_MOST_DEMOS = 1000

FACTS = """\
# Facts of a flight that never took place, invented for the demo: put what you know in their place.
# Every field may be left out; a finding that needs it is then "cannot tell".

said_by = "invented for the demo"
demonstration_requested_by = "none"
no_other_flights = true
hazards_considered = true
point_of_entry = "{entry}"

[quota]
active_individual = 3
active_total = 12
flown_over_observed = 0
flown_total = 4
passive_total = 42
accepted = 20
source = "invented for the demo"

[times]
notification_utc = {notification}
estimated_arrival_utc = {arrival}
arrival_utc = {arrival}
plan_submitted_utc = {submission}
plan_answered_utc = {answer}
plan_agreed_utc = {answer}
inspection_end_utc = {inspection}

[aircraft]
provided_by = "observing"
designated = true
certified = true
max_takeoff_mass_kg = 80000
notified_distance_km = 5500
sensor_control_stations = 1
flight_monitors = 3
interpreters = 1
from = 2019-03-01
notified = 2019-01-15
informed = true
seats = 40
crew = 8

[[sensor]]
ident = "{sensor}"
certified = true
available = true
h_min_m_agl = {h_min}
method = "an agreed method (invented)"
source = "invented for the demo"
"""
"""A whole facts file, so that the difference facts make can be seen."""

_HOURS_BEFORE = {"notification": 130, "arrival": 52, "submission": 27, "answer": 24, "inspection": 10}


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "demo",
        demo,
        say(
            "Plan a real case within a minute: Germany over the group of Belarus and Russia from Kubinka on "
            "12 September 2019, with every airfield of both countries to observe. Writes all papers to a new folder. "
            "With the word mission: a mission recorded by five nodes, and a Party that lies and is caught."
        ),
        [
            _case(words),
            words.option(
                "--out",
                "DIR",
                say(
                    "The folder; if it is there already, one with a number. Without it skywitness-demo, and for a "
                    "mission a temporary one."
                ),
            ),
            words.option(
                "--seconds",
                "S",
                say("How long planning may take, about; most of it is search."),
                read=values.seconds,
                default=f"{SEARCH_S:g}",
            ),
        ],
        examples=["skywitness demo", "skywitness demo --lang vi --out thu", "skywitness demo mission"],
    )


def _case(words: Words) -> click.Parameter:
    case = words.argument("CASE", "case", say("mission, or nothing."))
    case.required = False
    return case


def demo(face: Face, case: str | None, out: str | None, seconds: float) -> Answer:
    """Plan the case, write everything, show it."""
    if case is not None:
        return _mission(face, case, out)
    from skywitness.cli.plan_answer import answer, write_papers
    from skywitness.cli.progress import Progress
    from skywitness.route.kernel import warm as kernel_warm
    from skywitness.route.planner import planner

    folder = free_folder(inputs.writable_folder(out or FOLDER, "--out"))
    request = make_request(seconds)
    face.note(
        say(
            "{by} over {over} from {airfield} on {day}, {count} airfields to observe.",
            by=OBSERVING,
            over=OBSERVED,
            airfield=AIRFIELD,
            day=DAY,
            count=len(request.sites),
        )
    )
    with Progress(face) as progress:
        planned = planner.plan(request, progress, lambda: kernel_warm.warm(progress.say))
    outcome = write_papers(face, planned, (), folder, request.view)
    write_inputs(folder, request.sites, planned.plan)
    return answer(face, outcome, lambda page: write_next(page, folder))


def _mission(face: Face, case: str, out: str | None) -> Answer:
    """Show the mission, the one other case."""
    if case != "mission":
        message = say("There is no demo of {case}; there is mission, or the demo without a word.", case=repr(case[:40]))
        raise InputError("usage", message, "CASE")
    from skywitness.cli.demo_mission import demo_mission

    return demo_mission(face, None if out is None else free_folder(inputs.writable_folder(out, "--out")))


def free_folder(wanted: Path) -> Path:
    """Give the folder, or the first with a number after it, that is not there yet: nothing is overwritten."""
    for number in range(2, _MOST_DEMOS):
        if not wanted.exists():
            return wanted
        stem = wanted.name if number == 2 else wanted.name.rsplit("-", 1)[0]
        wanted = wanted.with_name(f"{stem}-{number}")
    return wanted


def make_request(seconds: float) -> PlanRequest:
    """Put together the case."""
    from skywitness.core.reading import Reading
    from skywitness.law.airfields import airfields_in
    from skywitness.route.model import Site
    from skywitness.route.request import PlanRequest

    return PlanRequest(
        by=OBSERVING,
        over=OBSERVED,
        start=AIRFIELD,
        at=DAY,
        sites=tuple(Site(f"{one.icao} {one.name}", one.lon, one.lat) for one in airfields_in(OBSERVED)),
        reading=Reading(at=DAY),
        seconds=seconds,
    )


def write_inputs(folder: Path, sites: Sequence[Site], plan: Plan) -> None:
    """Write beside the papers what the next commands need: the sites, and facts to go with the plan."""
    from skywitness.route.files.sites_file import write_sites

    (folder / "sites.csv").write_text(write_sites(sites), encoding="utf-8")
    (folder / "facts.toml").write_text(facts_text(plan), encoding="utf-8")


def facts_text(plan: Plan) -> str:
    """Write the invented facts for a plan: times that fit its commencement, a certificate that its height keeps."""
    times = {
        name: f"{plan.commencement_utc - dt.timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"
        for name, hours in _HOURS_BEFORE.items()
    }
    sensor = plan.sensors[0]
    return FACTS.format(entry=AIRFIELD, sensor=sensor.ident, h_min=f"{0.9 * sensor.height_m_agl:.0f}", **times)


def write_next(page: Page, folder: Path) -> None:
    """Show three commands that work when they are pasted."""
    where = shlex.quote(str(folder))
    page.heading(say("What next"))
    for words, call in (
        (
            say("What do facts change? The same plan, with the (invented) facts of its mission:"),
            f"check {where}/plan.json --facts {where}/facts.toml",
        ),
        (
            say("Do borders matter here? The same plan under another view:"),
            f"check {where}/plan.json --facts {where}/facts.toml --view natural_earth",
        ),
        (
            say("A flight from Ulan-Ude instead, over the same sites:"),
            f"plan --by {OBSERVING} --over {OBSERVED} --from UIUU --at {DAY} --sites {where}/sites.csv "
            f"--seconds 10 --out {where}/ulan-ude",
        ),
    ):
        page.marked("·", words, indent=2)
        page.raw(f"    {program()} {call}")

"""Who bears a duty: the same clock is another Party's when another brings the aircraft."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from skywitness.core.clock import State
from skywitness.core.event import Event
from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH
from skywitness.mission.membership import notes
from skywitness.mission.roles import ROLES, code_of, role_words
from skywitness.mission.tables import clocks
from skywitness.mission.timeline import Timeline, timeline
from skywitness.route.check import make_context
from skywitness.route.facts import AircraftFacts, Facts, Times
from skywitness.route.files.plan_file import read_plan
from skywitness.route.model import Plan

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
T0 = dt.datetime(2019, 9, 11, 6, tzinfo=dt.UTC)


@cache
def plan() -> Plan:
    """Sweden over Finland."""
    return read_plan(EXAMPLES / "plan.json").plan


def run(provided_by: str | None, *events: Event) -> Timeline:
    """The timeline as of noon when this Party brings the aircraft."""
    times = Times(estimated_arrival_utc=T0, arrival_utc=T0, plan_submitted_utc=T0 + dt.timedelta(hours=1))
    facts = Facts(aircraft=AircraftFacts(provided_by=provided_by), times=times, events=events)
    return timeline(make_context(plan(), facts, plan().reading), T0 + dt.timedelta(hours=6))


@pytest.mark.parametrize(
    ("provided_by", "inspector", "other", "provider", "run_here", "ruled_out"),
    [
        ("observing", "FIN", "SWE", "SWE", "inspection_own", "inspection_provided"),
        ("observed", "SWE", "FIN", "FIN", "inspection_provided", "inspection_own"),
        ("ROU", "FIN", "SWE", "SWE", "inspection_own", "inspection_provided"),
    ],
)
def test_who_brings_the_aircraft(
    provided_by: str, inspector: str, other: str, provider: str, run_here: str, ruled_out: str
) -> None:
    """The Party that does not bring the aircraft inspects it; of two clocks for that only one runs (Annex F)."""
    line = run(provided_by, Event("inspection_begun", T0 + dt.timedelta(hours=2)))
    assert [line.code(role) for role in ("inspector", "other_side", "provider")] == [inspector, other, provider]
    states = {duty.id: duty.state for duty in line.duties}
    assert states[run_here] is State.DUE
    assert states[ruled_out] is State.NOT_APPLICABLE


@pytest.mark.parametrize("provided_by", ["observing", "observed", "ROU"])
@pytest.mark.parametrize("film", ["SWE", "FIN"])
def test_nobody_owes_himself(provided_by: str, film: str) -> None:
    """Whoever brings the aircraft or develops the film: a duty of one Party is owed to another, never to itself."""
    line = run(provided_by, Event("film_facility_arranged", T0 + dt.timedelta(hours=1), film))
    for duty in line.duties:
        clock = duty.clock
        if duty.state is not State.NOT_APPLICABLE and clock.bearer != clock.beneficiary and clock.modality == "duty":
            bearer, beneficiary = line.code(clock.bearer), line.code(clock.beneficiary)
            developer = clock.id in ("duplicate_made", "duplicate_handed_over") and film == "FIN"
            assert bearer is None or bearer != beneficiary or developer, clock.id


def test_an_aircraft_nobody_brings() -> None:
    """Where nobody has said who brings the aircraft, both clocks are open and the page names the role."""
    line = run(None, Event("inspection_begun", T0 + dt.timedelta(hours=2)))
    states = {duty.id: (duty.state, duty.unknown) for duty in line.duties}
    assert states["inspection_own"] == states["inspection_provided"] == (State.CANNOT_TELL, ("provider",))
    assert line.code("inspector") is None
    assert role_words("inspector", None).render(ENGLISH) == "inspecting Party"


def test_who_develops_the_film() -> None:
    """The developer is who arranges the facility; until then both clocks of the film are open."""
    arranged = run("observing", Event("film_facility_arranged", T0 + dt.timedelta(hours=1), "FIN"))
    assert arranged.code("film_developer") == "FIN"
    states = {duty.id: duty.state for duty in arranged.duties}
    assert (states["film_by_observed"], states["film_by_observing"]) == (State.WAITING, State.NOT_APPLICABLE)
    assert run("observing").code("film_developer") is None
    ahead = run("observing", Event("film_facility_arranged", T0 + dt.timedelta(hours=7), "FIN"))
    assert ahead.code("film_developer") is None


def test_every_role_has_words() -> None:
    """Each bearer and beneficiary of the tables has a word, and a code only where it is one Party or the two."""
    for clock in clocks():
        assert {clock.bearer, clock.beneficiary} <= ROLES.keys()
    assert code_of("planners", "SWE", "FIN", {}) is None
    assert code_of("parties", "SWE", "FIN", {}) == "SWE, FIN"


@pytest.mark.parametrize("used", ["EFHK", "EFTU", None])
def test_entry_elsewhere(used: str | None) -> None:
    """The covers are inspected before leaving the point of entry only where the flight begins elsewhere (E.6)."""
    facts = Facts(aircraft=AircraftFacts(provided_by="observing"), point_of_entry=used, times=Times(arrival_utc=T0))
    line = timeline(make_context(plan(), facts, plan().reading), T0)
    found = {duty.id: duty.state for duty in line.duties}
    expected = {"EFHK": State.NOT_APPLICABLE, "EFTU": State.DUE, None: State.CANNOT_TELL}
    assert found["covers_leaving_entry"] is expected[used]
    assert (found["plan_after_arrival"] is State.DUE) == (used == "EFHK")


def test_a_long_list_of_events_is_read() -> None:
    """Two thousand events are put in order without comparing each with each."""
    many = tuple(Event("samples_requested", T0 - dt.timedelta(minutes=number)) for number in range(2_000))
    line = timeline(make_context(plan(), Facts(events=many), plan().reading), T0)
    assert sum(duty.clock.id == "film_samples" for duty in line.duties) == 2_000


@pytest.mark.parametrize(
    ("observing", "commences", "words"),
    [
        ("RUS", "2021-12-17", "RUS is a Party no more on 2021-12-18"),
        ("RUS", "2021-12-20", "RUS is not a Party on 2021-12-20"),
        ("USA", "2021-06-17", "USA is not a Party on 2021-06-17"),
        ("SWE", "2019-09-12", ""),
    ],
)
def test_a_party_that_withdraws(observing: str, commences: str, words: str) -> None:
    """The clock says when one of the two is no Party, from the beginning or while times of the mission still run."""
    begins = dt.datetime.fromisoformat(f"{commences}T08:00:00+00:00")
    shift = begins - plan().commencement_utc
    legs = tuple(replace(leg, start_utc=leg.start_utc + shift, end_utc=leg.end_utc + shift) for leg in plan().legs)
    flown = replace(plan(), observing=observing, commencement_utc=begins, legs=legs, reading=Reading(at=begins.date()))
    facts = Facts(events=(Event("departure_from_exit", begins + dt.timedelta(hours=3)),))
    told = [str(note) for note in notes(timeline(make_context(flown, facts, flown.reading)))]
    assert [words in note for note in told] == [True] * bool(words)

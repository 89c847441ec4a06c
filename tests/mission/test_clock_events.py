"""Events that cannot be true are refused, all of them at once; what is true comes out in order."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.mission.kinds import kinds
from skywitness.mission.timeline import Timeline, timeline
from skywitness.route.check import make_context
from skywitness.route.facts import Facts
from skywitness.route.files.document import parse_toml
from skywitness.route.files.facts_file import facts_from_toml
from skywitness.route.files.plan_file import read_plan
from skywitness.route.model import Plan

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@cache
def plan() -> Plan:
    """Sweden over Finland on 12 September 2019."""
    return read_plan(EXAMPLES / "plan.json").plan


def facts(words: str) -> Facts:
    """Facts as somebody wrote them."""
    return facts_from_toml(parse_toml(words, "facts.toml"), "facts.toml")


def event(kind: str, at: str, more: str = "") -> str:
    """One ``[[event]]``."""
    return f'[[event]]\nkind = "{kind}"\nat_utc = {at}\n{more}\n'


def run(words: str) -> Timeline:
    """The timeline with these facts."""
    return timeline(make_context(plan(), facts(words), plan().reading), where="facts.toml")


def refused(words: str) -> str:
    """Everything that is told when these facts are refused."""
    with pytest.raises(InputError) as caught:
        run(words)
    assert caught.value.kind in ("bad_events", "bad_facts")
    return str(caught.value)


NOON = "2019-09-11T12:00:00Z"
LATER = "2019-09-11T13:00:00Z"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (event("plan_submited", NOON), "Did you mean plan_submitted"),
        (event("entry_into_force", NOON), "the law itself gives"),
        (event("arrival", "1991-06-01T00:00:00Z"), "signature of the Treaty on 1992-03-24"),
        (event("arrival", NOON) + event("arrival", LATER), "happens once"),
        (event("arrival", NOON) + event("arrival", NOON), "leave one out"),
        (event("arrival", NOON) + f"[times]\narrival_utc = {LATER}\n", "happens once"),
        (event("completion", NOON) + event("commencement", LATER), "cannot be before commencement"),
        (event("plan_answered", NOON) + f"[times]\nplan_submitted_utc = {LATER}\n", "cannot be before plan_submitted"),
        (event("acknowledgement", NOON, 'by = "SWE"'), "only the observed Party, FIN, can do this, not SWE"),
        (event("notification", NOON, 'by = "observed"'), "only the observing Party, SWE, can do this"),
        (event("film_facility_arranged", NOON), "who did it decides"),
        (event("film_facility_arranged", NOON, 'by = "NOR"'), "neither of the two Parties"),
        (event("scheduled_commencement", NOON), "is not the commencement in the plan"),
        (
            'demonstration_requested_by = "none"\n' + event("demonstration_requested", NOON),
            "demonstration_requested_by",
        ),
        (
            'demonstration_requested_by = "observing"\n' + event("demonstration_requested", NOON, 'by = "FIN"'),
            "demonstration_requested_by",
        ),
        ("no_inspection = true\n" + event("inspection_begun", NOON), "nobody inspects"),
        (event("commencement", NOON) + event("inspection_begun", LATER), "cannot be after commencement"),
        (event("completion", NOON) + event("prohibition", LATER), "cannot be after completion"),
        (event("departure_from_exit", NOON) + event("completion", LATER), "cannot be before completion"),
        (event("commencement", NOON) + event("arrival", LATER), "cannot be"),
        (
            '[aircraft]\nprovided_by = "observed"\n' + event("flight_plan_filed", NOON, 'by = "SWE"'),
            "only the Party that provides the aircraft, observed, can do this, not SWE",
        ),
        (event("arrival", "2019-09-11T12:00:00"), "does not say in which time zone"),
        (event("arrival", '"yesterday"'), "expected a time such as"),
        (event("Arrival!", NOON), "the word for a kind of event"),
        (event("arrival", NOON, 'by = "Sweden"'), "the code of a Party such as SWE"),
        (event("arrival", NOON, "at = 4"), "at"),
        ('[[event]]\nkind = "arrival"\n', "is missing"),
        ('event = "arrival"\n', "expected a list"),
    ],
)
def test_what_cannot_be_true(words: str, expected: str) -> None:
    """One row for each way in which a list of events contradicts itself, the plan, the facts or the calendar."""
    assert expected in refused(words)


def test_all_faults_are_told_at_once() -> None:
    """Three mistakes in one file make three faults, each with its place."""
    told = refused(
        event("arrivall", NOON)
        + event("completion", NOON)
        + event("commencement", LATER)
        + event("arrival", "1990-01-01T00:00:00Z")
    )
    assert [place in told for place in ("event[0].kind", "event[1].at_utc", "event[3].at_utc")] == [True] * 3


def test_what_repeats_may_repeat() -> None:
    """Deviations, lists and requests may happen more than once, each with its own time."""
    line = run(event("samples_requested", NOON) + event("samples_requested", LATER))
    ids = [duty.id for duty in line.duties if duty.clock.id == "film_samples"]
    assert ids == ["film_samples", "film_samples-2"]


def test_times_of_the_facts_are_events() -> None:
    """What [times] say is in the list of events, once, and an event that says the same and more takes its place."""
    times = f"[times]\nplan_submitted_utc = {NOON}\n"
    listed = [
        one
        for one in run('said_by = "Sweden"\n' + event("plan_submitted", NOON, 'by = "SWE"') + times).mission.case.events
        if one.kind == "plan_submitted"
    ]
    assert [(one.by, one.source) for one in listed] == [("SWE", "")]
    only = run('said_by = "Sweden"\n' + times).mission.case.events
    assert [one.source for one in only if one.kind == "plan_submitted"] == ["Sweden"]


def test_sides_become_codes() -> None:
    """A side that is named only as such is shown by its code, and a member of a group acts for it."""
    line = run(event("plan_submitted", NOON, 'by = "observing"'))
    assert [one.by for one in line.mission.case.events if one.kind == "plan_submitted"] == ["SWE"]
    assert run(event("acknowledgement", NOON, 'by = "FIN"')).duties


WORDS = st.text(st.characters(codec="utf-8"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from([*kinds(), "nothing"]) | WORDS,
                "at_utc": st.datetimes(timezones=st.none()) | WORDS,
            },
            optional={"by": st.sampled_from(["SWE", "FIN", "observing", "XYZ"]) | WORDS, "source": WORDS},
        ),
        max_size=5,
    )
)
def test_hostile_events_are_refused_or_told(listed: list[dict[str, object]]) -> None:
    """Whatever stands in a list of events ends in a timeline or in one refusal, never in an accident."""
    told: Timeline | InputError
    try:
        given_facts = facts_from_toml({"event": listed}, "facts.toml")
        told = timeline(make_context(plan(), given_facts, plan().reading))
    except InputError as error:
        told = error
    assert told.faults if isinstance(told, InputError) else told.duties

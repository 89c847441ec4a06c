"""What the events let us judge: each clock kept, broken, and due, with the finding it gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from skywitness.core.clock import Bound, Case, Clock, Duty, OnDay, State
from skywitness.core.clock_engine import duties
from skywitness.core.event import Event
from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.law.instrument import load as load_instrument
from skywitness.law.provisions import implemented
from skywitness.mission.kinds import kinds
from skywitness.mission.law_times import law_times
from skywitness.mission.rules import BY_PLAN, JUDGED, judge_duty
from skywitness.mission.tables import clocks
from skywitness.mission.timeline import timeline
from skywitness.route.check import make_context
from skywitness.route.files.facts_file import read_facts
from skywitness.route.files.plan_file import read_plan

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
READING = Reading(at=dt.date(2019, 9, 12))
T0 = dt.datetime(2019, 9, 11, 6, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
FAR = T0 + dt.timedelta(days=3650)
ROWS = [clock for clock in clocks() if clock.id not in BY_PLAN]
ACTED = [clock for clock in ROWS if clock.done_by and not clock.arises_from]


@dataclass(frozen=True)
class Course:
    """A clock with what it is counted from, and the moments its time begins and ends."""

    clock: Clock
    events: tuple[Event, ...]
    opens: dt.datetime | None
    due: dt.datetime | None

    def judged(
        self, act: dt.datetime | None = None, now: dt.datetime = FAR, whole: bool = False
    ) -> tuple[Duty, Finding]:
        """The duty and its finding when it is done at ``act``, or not at all, as of ``now``."""
        acts = () if act is None else (Event(self.clock.done_by[0], act),)
        case = self.case((*self.events, *acts))
        (duty,) = duties([self.clock], case, law_times(load_instrument(), READING), now)
        return duty, judge_duty(duty, READING, {}, FAR if whole else None)

    def case(self, events: tuple[Event, ...]) -> Case:
        """The case in which the clock runs."""
        known = {"demonstration": "none"} | {condition.fact: condition.allowed[0] for condition in self.clock.when}
        fixed = frozenset(kind.name for kind in kinds().values() if kind.fixed)
        return Case(events, known=known, appointments=fixed, year=2019)


@cache
def course(ident: str) -> Course:
    """Lay the anchors of a clock so that its time lies in one piece, long enough to act within it."""
    (clock,) = [one for one in clocks() if one.id == ident]
    anchors = {bound.anchor: bound for bound in (clock.due, clock.opens) if isinstance(bound, Bound)}
    listed = tuple(Event(kind, _place(kind, clock)) for kind in anchors)
    bare = Course(clock, listed, None, None)
    (duty,) = duties([clock], bare.case(listed), law_times(load_instrument(), READING), T0 - 9000 * HOUR)
    if duty.due_utc is None and duty.not_before_utc is None:
        (duty,) = duties([clock], bare.case(listed), law_times(load_instrument(), READING), FAR)
    return Course(clock, listed, duty.not_before_utc, duty.due_utc)


def _place(kind: str, clock: Clock) -> dt.datetime:
    """What ends a time lies ten hours after what begins it."""
    due = clock.due
    if isinstance(due, OnDay):
        return dt.datetime(2018, 11, 1, tzinfo=dt.UTC)
    ends = isinstance(due, Bound) and due.anchor == kind and not due.key and clock.opens is not None
    return T0 + 10 * HOUR if ends else T0


def moment(clock: Course) -> dt.datetime:
    """A moment in time: the end of it, else its beginning."""
    return (clock.opens if clock.clock.at_once else clock.due) or clock.opens or T0


@pytest.mark.parametrize("ident", [clock.id for clock in ACTED])
def test_kept(ident: str) -> None:
    """Done at the last moment of its time, or at once, each duty is kept and each right used."""
    duty, finding = course(ident).judged(moment(course(ident)))
    assert duty.state is State.DONE
    assert finding.verdict is Verdict.OK


LATE = [clock for clock in ACTED if clock.due is not None and clock.lapse is State.LATE]


@pytest.mark.parametrize("ident", [clock.id for clock in LATE])
def test_broken_by_being_late(ident: str) -> None:
    """Done an hour after its time a duty is broken, with a negative margin where the law counts in hours or days."""
    made = course(ident)
    assert made.due is not None
    duty, finding = made.judged(made.due + HOUR)
    assert (duty.state, finding.verdict) == (State.LATE, Verdict.BREACH)
    assert finding.margin is None or finding.margin < 0.0
    assert finding.needs == ()


EARLY = [clock for clock in ACTED if isinstance(clock.opens, Bound)]


@pytest.mark.parametrize("ident", [clock.id for clock in EARLY])
def test_broken_by_being_early(ident: str) -> None:
    """Done an hour before what it has to follow, it is broken as well."""
    made = course(ident)
    assert made.opens is not None
    duty, finding = made.judged(made.opens - HOUR)
    assert (duty.state, finding.verdict) == (State.EARLY, Verdict.BREACH)


RUNNING = [
    clock for clock in ACTED if clock.opens is not None or not isinstance(clock.due, Bound) or bool(clock.due.key)
]
"""Not those that run only up to an event: before it comes nobody knows that they run."""


@pytest.mark.parametrize("ident", [clock.id for clock in RUNNING])
def test_what_is_due_is_an_effect(ident: str) -> None:
    """While its time runs a finding says who must or may do what."""
    made = course(ident)
    begun = made.opens or T0 - 9000 * HOUR
    if isinstance(made.clock.due, OnDay):
        begun = made.opens or dt.datetime(1992, 4, 1, tzinfo=dt.UTC)
    elif made.clock.opens is None and not getattr(made.clock.due, "before", False) and made.due:
        begun = made.due
    duty, finding = made.judged(now=begun)
    assert duty.state is State.DUE
    assert finding.effect is not None
    assert finding.effect.what == made.clock.what
    assert finding.effect.modality == ("must" if made.clock.modality == "duty" else "may")


@pytest.mark.parametrize("ident", [clock.id for clock in LATE])
def test_silence_is_no_breach(ident: str) -> None:
    """Not listed at all it cannot be told; only a list that says it is whole makes a breach of silence."""
    made = course(ident)
    open_list, whole = made.judged()[1], made.judged(whole=True)[1]
    assert open_list.verdict is Verdict.CANNOT_TELL
    assert open_list.needs
    duty = made.judged(whole=True)[0]
    assert whole.verdict is (Verdict.BREACH if duty.state is State.LATE else Verdict.CANNOT_TELL)


RIGHTS = [clock for clock in ACTED if clock.lapse is State.LAPSED and clock.due is not None]


@pytest.mark.parametrize("ident", [clock.id for clock in RIGHTS])
def test_rights_that_lapse(ident: str) -> None:
    """A right that is not used is no breach; one used after its time is nothing that this provision gives."""
    made = course(ident)
    assert made.due is not None
    duty, finding = made.judged(whole=True)
    if duty.state is State.LAPSED:
        assert finding.verdict is Verdict.OK
    late = made.judged(made.due + HOUR)
    assert (late[0].state, late[1].verdict) == (State.LAPSED, Verdict.CANNOT_TELL)


def test_nobody_objects_and_somebody_does() -> None:
    """Thirty days without an objection everybody counts as accepted; with one, the person is taken off (XIII.I.2)."""
    made = course("personnel_objection")
    assert made.due is not None
    accepted, finding = made.judged()
    assert (accepted.state, finding.verdict, finding.effect) == (State.DEEMED, Verdict.OK, None)
    for act in (made.due, made.due + HOUR):
        objected = made.judged(act)[1]
        assert objected.verdict is Verdict.OK
        assert objected.effect is not None
        assert "off the list" in str(objected.effect.what)


def test_how_soon_is_at_once() -> None:
    """The text gives no number: an hour after is neither kept nor broken, and the hour is told."""
    made = course("flight_information")
    assert made.opens is not None
    finding = made.judged(made.opens + HOUR)[1]
    assert finding.verdict is Verdict.CANNOT_TELL
    assert "1.00 h" in str(finding.why)


@pytest.mark.parametrize(
    ("ident", "hours", "measured", "limit", "unit"),
    [
        ("acknowledgement", 5.0, 5.0, 24.0, "h"),
        ("mission_report", 36.0, 1.5, 7.0, "d"),
        ("film_by_observing", 24.0, 1.0, 10.0, "d"),
        ("certification_notice", -24.0 * 61, 61.0, 60.0, "d"),
    ],
)
def test_what_is_measured(ident: str, hours: float, measured: float, limit: float, unit: str) -> None:
    """From the anchor to the act, in the unit of the law, with limit and margin."""
    finding = course(ident).judged(T0 + hours * HOUR)[1]
    assert (finding.measured, finding.limit, finding.unit) == (measured, limit, unit)
    assert finding.margin == abs(limit - measured)
    assert {value.key for value in finding.values}


def test_every_judged_provision_is_tied() -> None:
    """Each provision of a clock that is judged here is tied to the judge, and none that a rule for plans judges."""
    name = "skywitness.mission.rules.judge_duty"
    assert set(JUDGED) == {ident for ident, names in implemented().items() if name in names}
    assert {clock.id for clock in clocks()} >= BY_PLAN


def test_findings_of_the_whole_mission() -> None:
    """The example mission: one breach, the report a day late, with its numbers, sources and what follows."""
    plan = read_plan(EXAMPLES / "plan.json").plan
    line = timeline(make_context(plan, read_facts(EXAMPLES / "mission-facts.toml"), plan.reading))
    (breach,) = [finding for finding in line.findings if finding.verdict is Verdict.BREACH]
    assert (breach.provision, breach.bearer, breach.limit, breach.unit) == ("OS:VI.I.21", "SWE", 7.0, "d")
    assert "the text is silent" in str(breach.why)
    assert [value.source for value in breach.values]
    assert {finding.provision for finding in line.findings} >= {
        "OS:VI.I.5",
        "OS:VI.I.9",
        "OS:F.III.3(B)",
        "OS:IX.II.3(B)",
    }


@pytest.mark.parametrize(
    ("listed", "verdict", "effect"),
    [
        ({"plan_submitted": 0.0}, Verdict.NOT_APPLICABLE, True),
        ({"plan_submitted": 0.0, "declined": 9.0}, Verdict.OK, False),
        ({"plan_submitted": 0.0, "plan_agreed": 7.0}, Verdict.NOT_APPLICABLE, False),
        ({"plan_submitted": 0.0, "commencement": 9.0}, Verdict.OK, False),
    ],
)
def test_declining_without_agreement(listed: dict[str, float], verdict: Verdict, effect: bool) -> None:
    """After eight hours without agreement the observing Party may decline; used in time the right is well used."""
    rows = [clock for clock in clocks() if clock.id in ("plan_agreement", "declining_for_disagreement")]
    happened = tuple(Event(kind, T0 + hours * HOUR) for kind, hours in listed.items())
    law = law_times(load_instrument(), READING)
    found = {duty.id: duty for duty in duties(rows, Case(happened, year=2019), law, T0 + 10 * HOUR)}
    finding = judge_duty(found["declining_for_disagreement"], READING, {"observing": "SWE"})
    assert (finding.provision, finding.verdict) == ("OS:VIII.I.5", verdict)
    assert (finding.effect is not None) == effect
    if finding.effect is not None:
        assert (finding.effect.who, finding.effect.modality) == ("SWE", "may")

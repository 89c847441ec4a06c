"""Times of the mission and of the mission plan, as tables: what is known, and what it means."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.route.rules.plans import (
    START,
    agreement,
    full_facts,
    hours,
    make,
    make_plan,
    only,
    verdicts,
    with_aircraft,
    with_times,
)

from skywitness.core.finding import Verdict
from skywitness.route.facts import Facts, OtherFlight, Times
from skywitness.route.rules.demonstrations import (
    demonstration_for_observed,
    demonstration_for_observing,
    one_flight_at_a_time,
)
from skywitness.route.rules.mission_times import (
    arrival_in_time,
    departure_after_flight,
    inspection_before_commencement,
    mission_period,
    notice_before_arrival,
)
from skywitness.route.rules.submission import (
    agreed_in_time,
    answered_in_time,
    can_be_filed,
    submitted_a_day_before,
    submitted_after_arrival,
)

SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("notice_h", "verdict", "margin"),
    [(72.0, "ok", 0.0), (100.0, "ok", 28.0), (71.99, "breach", -0.01), (-5.0, "breach", -77.0)],
)
def test_notice_of_72_hours(notice_h: float, verdict: str, margin: float) -> None:
    """VI.I.5: notice given at least 72 h before the estimated arrival is kept, later notice is not."""
    arrival = START - hours(50)
    facts = with_times(notification_utc=arrival - hours(notice_h))
    finding = only(notice_before_arrival(make(facts=facts)))
    assert (finding.verdict, finding.limit) == (verdict, 72.0)
    assert finding.margin == pytest.approx(margin, abs=1e-6)
    assert finding.values[0].source == "OS Art. VI.I.5"


@pytest.mark.parametrize(
    ("late_h", "verdict", "may"),
    [(0.0, "ok", False), (24.0, "ok", False), (24.01, "cannot_tell", True), (-3.0, "ok", False)],
)
def test_late_arrival_gives_a_right(late_h: float, verdict: str, may: bool) -> None:
    """VIII.I.2: more than 24 h late, and the observed Party may prohibit the flight, unless otherwise agreed."""
    facts = with_times(arrival_utc=START - hours(50) + hours(late_h))
    finding = only(arrival_in_time(make(facts=facts)))
    assert finding.verdict == verdict, "a right of the observed Party, and no breach of the observing one"
    assert (finding.effect is not None and finding.effect.who == "DEU" and finding.effect.modality == "may") is may
    agreed = replace(facts, agreements=(agreement("OS:VIII.I.2"),))
    assert only(arrival_in_time(make(facts=agreed))).verdict is Verdict.OK


@pytest.mark.parametrize(("before_h", "verdict"), [(4.0, "ok"), (3.9, "breach"), (20.0, "ok")])
def test_inspection_ends_four_hours_before(before_h: float, verdict: str) -> None:
    """VI.I.11: the inspection ends at least four hours before the commencement, unless otherwise agreed."""
    facts = with_times(inspection_end_utc=START - hours(before_h))
    finding = only(inspection_before_commencement(make(facts=facts)))
    assert finding.verdict == verdict
    assert finding.bearer == "DEU"
    agreed = replace(facts, agreements=(agreement("OS:VI.I.11"),))
    assert only(inspection_before_commencement(make(facts=agreed))).verdict is Verdict.OK


def test_who_inspects_follows_who_provides() -> None:
    """VI.I.11: on an aircraft of the observed Party it is the observing Party that inspects."""
    facts = with_aircraft(provided_by="observed")
    assert only(inspection_before_commencement(make(facts=facts))).bearer == "SWE"


@pytest.mark.parametrize(
    ("lasts_h", "requested", "verdict", "limit"),
    [
        (96.0, None, "ok", 96.0),
        (96.0, "none", "ok", 96.0),
        (96.5, "none", "breach", 96.0),
        (96.5, "observing", "breach", 96.0),
        (96.5, "observed", "ok", 120.0),
        (96.5, "DEU", "ok", 120.0),
        (120.0, "observed", "ok", 120.0),
        (120.1, "observed", "breach", 120.0),
        (96.5, None, "cannot_tell", 96.0),
        (120.1, None, "breach", 96.0),
    ],
)
def test_mission_of_96_hours(lasts_h: float, requested: str | None, verdict: str, limit: float) -> None:
    """VI.I.9: 96 h, and up to 24 h more only when the observed Party requested a demonstration flight."""
    plan = make_plan()
    arrival = plan.completion_utc - hours(lasts_h)
    facts = replace(with_times(estimated_arrival_utc=arrival), demonstration_requested_by=requested)
    finding = only(mission_period(make(plan, facts)))
    assert (finding.verdict, finding.limit) == (verdict, limit)
    assert finding.measured == pytest.approx(lasts_h)
    agreed = replace(facts, agreements=(agreement("OS:VI.I.9"),))
    settled = only(mission_period(make(plan, agreed)))
    assert settled.verdict is Verdict.OK
    assert settled.by_agreement == (None if verdict == "ok" else "exchange of notes")


@pytest.mark.parametrize(
    ("requested", "for_observed", "for_observing"),
    [
        (None, "cannot_tell", "cannot_tell"),
        ("none", "not_applicable", "not_applicable"),
        ("observed", "ok", "not_applicable"),
        ("observing", "not_applicable", "ok"),
    ],
)
def test_who_requested_the_demonstration(requested: str | None, for_observed: str, for_observing: str) -> None:
    """F.III.4 and F.III.5: a request of the observed Party gives time, one of the observing Party does not."""
    context = make(facts=full_facts(demonstration_requested_by=requested))
    first, second = only(demonstration_for_observed(context)), only(demonstration_for_observing(context))
    assert (first.verdict, second.verdict) == (for_observed, for_observing)
    if requested == "observed":
        assert first.effect is not None
        assert (first.effect.who, first.effect.modality) == ("SWE", "may")


def test_own_demonstration_must_fit() -> None:
    """F.III.5: a demonstration flight that the observing Party requested does not excuse a mission of 97 h."""
    plan = make_plan()
    facts = replace(
        with_times(estimated_arrival_utc=plan.completion_utc - hours(97)), demonstration_requested_by="observing"
    )
    assert only(demonstration_for_observing(make(plan, facts))).verdict is Verdict.BREACH


def test_an_agreed_longer_mission_holds_a_demonstration_too() -> None:
    """F.III.5 counts within the time of VI.I.9: where the Parties agreed on more, there is more."""
    plan = make_plan()
    facts = replace(
        with_times(estimated_arrival_utc=plan.completion_utc - hours(97)),
        demonstration_requested_by="observing",
        agreements=(agreement("OS:VI.I.9"),),
    )
    assert only(demonstration_for_observing(make(plan, facts))).by_agreement == "exchange of notes"


def test_a_flight_does_not_end_before_the_arrival() -> None:
    """VI.I.9: a completion before the estimated arrival is a mistake in the times, and nothing is kept by it."""
    facts = with_times(estimated_arrival_utc=START + hours(50))
    for agreements in ((), (agreement("OS:VI.I.9"),)):
        context = make(facts=replace(facts, agreements=agreements, demonstration_requested_by="observing"))
        assert only(mission_period(context)).verdict is Verdict.CANNOT_TELL
        assert only(demonstration_for_observing(context)).verdict is Verdict.CANNOT_TELL


ARRIVAL = START - hours(50)
END = ARRIVAL + hours(96)


@pytest.mark.parametrize(
    ("others", "requested", "verdict"),
    [
        ((), "none", "ok"),
        (((END, END + hours(96)),), "none", "ok"),
        (((END - hours(1), END + hours(95)),), "none", "cannot_tell"),
        (((END - hours(1), END + hours(95)),), "observed", "ok"),
        (((END - hours(24), END + hours(72)),), "observed", "ok"),
        (((END - hours(25), END + hours(72)),), "observed", "cannot_tell"),
        (((END - hours(1), END + hours(95)),), None, "cannot_tell"),
        (((END - hours(25), END + hours(72)),), None, "cannot_tell"),
        (((ARRIVAL - hours(96), ARRIVAL),), "none", "ok"),
        (((END, END + hours(9)), (ARRIVAL, END)), "observed", "cannot_tell"),
    ],
)
def test_one_flight_at_a_time(
    others: tuple[tuple[dt.datetime, dt.datetime], ...], requested: str | None, verdict: str
) -> None:
    """VI.I.3: no second flight in the 96 h, but up to 24 h of overlap after a demonstration for the observed Party."""
    flights = tuple(OtherFlight("FRA", start, end) for start, end in others)
    facts = full_facts(other_flights=flights, demonstration_requested_by=requested)
    finding = only(one_flight_at_a_time(make(facts=facts)))
    assert finding.verdict == verdict
    if verdict == "cannot_tell":
        assert finding.effect is not None
        assert "decline" in str(finding.effect.what)
        assert finding.needs
        agreed = replace(facts, agreements=(agreement("OS:VI.I.3"),))
        assert only(one_flight_at_a_time(make(facts=agreed))).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("other_end_h", "demonstration", "verdict", "need"),
    [
        (20.0, True, "ok", ""),  # the demonstration flight then lengthened the other mission by up to 24 h
        (24.0, True, "ok", ""),
        (24.5, True, "cannot_tell", "VI.I.3"),
        (20.0, False, "cannot_tell", "VI.I.3"),
        (20.0, None, "cannot_tell", "other_flight.demonstration"),
    ],
)
def test_the_other_mission_may_have_been_lengthened(
    other_end_h: float, demonstration: bool | None, verdict: str, need: str
) -> None:
    """VI.I.3, F.III.4: an overlap of 24 h is accepted for a demonstration flight before the other flight, too."""
    other = OtherFlight("FRA", ARRIVAL - hours(100), ARRIVAL + hours(other_end_h), demonstration)
    finding = only(one_flight_at_a_time(make(facts=full_facts(other_flights=(other,)))))
    assert finding.verdict == verdict
    assert all(need in str(asked) for asked in finding.needs)


@pytest.mark.parametrize(("starts_h", "verdict"), [(96.0, "ok"), (86.0, "ok"), (85.0, "cannot_tell")])
def test_a_lengthened_mission_takes_longer(starts_h: float, verdict: str) -> None:
    """VI.I.3: what a mission uses beyond its 96 h after a demonstration flight counts in the overlap."""
    plan = make_plan()
    arrival = plan.completion_utc - hours(110)
    facts = replace(
        with_times(estimated_arrival_utc=arrival),
        demonstration_requested_by="observed",
        other_flights=(OtherFlight("FRA", arrival + hours(starts_h), arrival + hours(200)),),
    )
    assert only(one_flight_at_a_time(make(plan, facts))).verdict == verdict


@pytest.mark.parametrize(
    ("after_entry_h", "at_airfield_h", "start", "verdict"),
    [
        (1.0, None, "EDDK", "ok"),
        (1.0, None, "ETNW", "cannot_tell"),
        (1.0, 0.5, "ETNW", "ok"),
        (1.0, 1.5, "ETNW", "breach"),
        (-1.0, None, "ETNW", "breach"),
        (-1.0, None, "EDDK", "breach"),
    ],
)
def test_plan_is_submitted_after_arrival(
    after_entry_h: float, at_airfield_h: float | None, start: str, verdict: str
) -> None:
    """VI.II.1: a plan handed over before the arrival is a breach; after it the arrival at the airfield counts."""
    at_airfield = None if at_airfield_h is None else ARRIVAL + hours(at_airfield_h)
    facts = with_times(plan_submitted_utc=ARRIVAL + hours(after_entry_h), airfield_arrival_utc=at_airfield)
    assert only(submitted_after_arrival(make(make_plan(start=start), facts))).verdict == verdict
    agreed = make(make_plan(start=start), replace(facts, agreements=(agreement("OS:VI.II.1"),)))
    assert only(submitted_after_arrival(agreed)).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("start", "entry", "verdict"),
    [
        ("EDDK", None, "ok"),  # the only point of entry that Germany is known to have
        ("EDDK", "EDDK", "ok"),
        ("EDDK", "EDDF", "cannot_tell"),  # entered elsewhere, so the arrival at the airfield was later
        ("ETNW", "ETNW", "ok"),
    ],
)
def test_the_airfield_may_be_the_point_of_entry(start: str, entry: str | None, verdict: str) -> None:
    """VI.II.1: the arrival at the point of entry settles the matter only where that is the airfield itself."""
    facts = replace(
        with_times(plan_submitted_utc=ARRIVAL + hours(1.0), airfield_arrival_utc=None), point_of_entry=entry
    )
    finding = only(submitted_after_arrival(make(make_plan(start=start), facts)))
    assert finding.verdict == verdict
    if verdict == "cannot_tell":
        assert "times.airfield_arrival_utc" in str(finding.needs[0])


@pytest.mark.parametrize(("before_h", "verdict"), [(24.0, "ok"), (23.5, "breach"), (-1.0, "breach")])
def test_plan_is_submitted_a_day_before(before_h: float, verdict: str) -> None:
    """VI.II.4(E): at least 24 h from submission to commencement, unless otherwise agreed."""
    facts = with_times(plan_submitted_utc=START - hours(before_h))
    finding = only(submitted_a_day_before(make(facts=facts)))
    assert finding.verdict == verdict
    if verdict == "breach":
        assert finding.effect is not None
        assert "VIII.I.4(C)" in str(finding.effect.what)
    agreed = replace(facts, agreements=(agreement("OS:VI.II.4(E)"),))
    assert only(submitted_a_day_before(make(facts=agreed))).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("answer_h", "agreed_h", "answered", "agreed"),
    [
        (4.0, 8.0, "ok", "ok"),
        (4.1, 8.0, "breach", "ok"),
        (3.0, 8.1, "ok", "ok"),
        (-1.0, -1.0, "cannot_tell", "cannot_tell"),
    ],
)
def test_plan_is_answered_and_agreed(answer_h: float, agreed_h: float, answered: str, agreed: str) -> None:
    """VI.II.6: an answer within four hours; after eight without agreement a right to decline, and nobody's breach."""
    sent = START - hours(30)
    facts = with_times(plan_answered_utc=sent + hours(answer_h), plan_agreed_utc=sent + hours(agreed_h))
    context = make(facts=facts)
    first, second = only(answered_in_time(context)), only(agreed_in_time(context))
    assert (first.verdict, second.verdict) == (answered, agreed)
    assert first.bearer == "DEU"
    assert (second.effect is not None and second.effect.who == "SWE") is (agreed_h > 8.0)


@pytest.mark.parametrize(
    ("provided_by", "verdict", "filer"),
    [("observing", "ok", "SWE"), ("observed", "ok", "DEU"), ("ROU", "ok", "ROU"), (None, "cannot_tell", None)],
)
def test_who_files_the_flight_plan(provided_by: str | None, verdict: str, filer: str | None) -> None:
    """VI.II.8: whoever provides the aircraft files the flight plan once the mission plan is agreed."""
    finding = only(can_be_filed(make(facts=with_aircraft(provided_by=provided_by))))
    assert (finding.verdict, finding.bearer) == (verdict, filer)
    if filer is not None:
        assert finding.effect is not None
        assert (finding.effect.who, finding.effect.modality) == (filer, "must")


@pytest.mark.parametrize(("agreed_h", "verdict"), [(-0.1, "ok"), (0.0, "ok"), (0.1, "breach"), (None, "ok")])
def test_no_flight_before_its_plan_is_agreed(agreed_h: float | None, verdict: str) -> None:
    """VI.II.8: the flight plan rests on the agreed mission plan, so nothing is flown before there is one."""
    facts = with_times(plan_agreed_utc=None if agreed_h is None else START + hours(agreed_h))
    finding = only(can_be_filed(make(facts=facts)))
    assert finding.verdict == verdict
    if verdict == "breach":
        assert finding.effect is not None
        assert finding.effect.who == "DEU"


@pytest.mark.parametrize(
    ("agreed_h", "verdict"), [(4.0, "ok"), (4.1, "cannot_tell"), (None, "cannot_tell"), (-1.0, "cannot_tell")]
)
def test_an_agreement_is_an_answer(agreed_h: float | None, verdict: str) -> None:
    """VI.II.6: a plan agreed within four hours was accepted within them, though nobody says when it was answered."""
    sent = START - hours(30)
    agreed = None if agreed_h is None else sent + hours(agreed_h)
    facts = with_times(plan_submitted_utc=sent, plan_answered_utc=None, plan_agreed_utc=agreed)
    assert only(answered_in_time(make(facts=facts))).verdict == verdict


def test_nobody_has_to_inspect() -> None:
    """VI.I.11: the inspection is a right; where it is not used its end needs no four hours."""
    facts = replace(with_times(inspection_end_utc=None), no_inspection=True)
    assert only(inspection_before_commencement(make(facts=facts))).verdict is Verdict.NOT_APPLICABLE
    asked = replace(facts, no_inspection=None)
    assert only(inspection_before_commencement(make(facts=asked))).verdict is Verdict.CANNOT_TELL


def test_a_plan_that_cannot_be_filed() -> None:
    """VI.II.8: a plan that does not begin at an airfield cannot be filed as a flight plan."""
    plan = make_plan()
    plan = replace(plan, waypoints=(replace(plan.waypoints[0], airfield=False), *plan.waypoints[1:]))
    finding = only(can_be_filed(make(plan, full_facts())))
    assert finding.verdict is Verdict.BREACH
    assert "departure" in str(finding.why)


def test_departure_is_only_told() -> None:
    """VI.I.20: the duty to leave within 24 h stands with its time, but a plan cannot break it."""
    plan = make_plan()
    finding = only(departure_after_flight(make(plan, full_facts())))
    assert finding.verdict is Verdict.NOT_APPLICABLE
    assert finding.effect is not None
    assert finding.where is not None
    assert finding.where.time_utc == plan.completion_utc + hours(24)


@pytest.mark.parametrize(
    ("parties", "ok"), [((), True), (("SWE", "DEU", "POL"), True), (("SWE", "POL"), False), (("DEU", "POL"), False)]
)
def test_departure_as_agreed(parties: tuple[str, ...], ok: bool) -> None:
    """VI.I.20: where the two Parties agreed otherwise, the 24 h are no duty; an agreement of others changes nothing."""
    facts = full_facts(agreements=(agreement("OS:VI.I.20", *parties),))
    finding = only(departure_after_flight(make(make_plan(), facts)))
    assert finding.verdict is (Verdict.OK if ok else Verdict.NOT_APPLICABLE)
    assert (finding.by_agreement is not None) is ok
    assert (finding.effect is None) is ok


RULES_OF_TIME = (
    notice_before_arrival,
    arrival_in_time,
    inspection_before_commencement,
    mission_period,
    one_flight_at_a_time,
    submitted_after_arrival,
    submitted_a_day_before,
    answered_in_time,
    agreed_in_time,
)


@pytest.mark.parametrize("rule", RULES_OF_TIME, ids=lambda rule: rule.__name__)
def test_without_facts_no_time_is_judged(rule: object) -> None:
    """Without facts nothing is ok and nothing is a breach, and every missing fact is named."""
    assert callable(rule)
    finding = only(rule(make(facts=Facts())))
    assert finding.verdict is Verdict.CANNOT_TELL


def test_each_missing_time_is_one_need() -> None:
    """Two missing times are two needs, each with the name of the field that would hold it."""
    finding = only(notice_before_arrival(make(facts=full_facts(times=Times()))))
    assert [str(need).rsplit(" ", 1)[1] for need in finding.needs] == [
        "(times.notification_utc)",
        "(times.estimated_arrival_utc)",
    ]


@settings(max_examples=60, deadline=None)
@given(st.integers(-400 * 3600, 400 * 3600), st.sampled_from([None, "none", "observed", "observing"]))
def test_an_agreement_never_makes_a_breach(seconds: int, requested: str | None) -> None:
    """Whatever the times, adding agreements turns nothing into a breach."""
    facts = replace(
        with_times(
            notification_utc=START + SECOND * (seconds - 200 * 3600),
            estimated_arrival_utc=START - SECOND * seconds,
            plan_submitted_utc=START - SECOND * (seconds // 2),
            inspection_end_utc=START - SECOND * (seconds // 3),
        ),
        demonstration_requested_by=requested,
    )
    codes = ("OS:VI.I.9", "OS:VI.I.11", "OS:VI.II.1", "OS:VI.II.4(E)", "OS:VIII.I.2", "OS:VI.I.3", "OS:VI.I.5")
    agreed = replace(facts, agreements=tuple(agreement(code) for code in codes))
    for rule in RULES_OF_TIME:
        before, after = verdicts(rule(make(facts=facts))), verdicts(rule(make(facts=agreed)))
        assert all(new in (old, "ok") for old, new in zip(before, after, strict=True))

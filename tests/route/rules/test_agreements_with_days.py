"""Agreements count on their days, once they are known, and where those agreed whose agreement the text wants."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from tests.route.rules.plans import (
    DAY,
    START,
    agreement,
    check_whole,
    full_facts,
    hours,
    make,
    make_plan,
    only,
    with_aircraft,
)

from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.law.clause import clauses
from skywitness.law.told import Told
from skywitness.route.facts import Agreement, OtherFlight
from skywitness.route.rules.aircraft import aircraft_of_another_party
from skywitness.route.rules.crossing import same_point_once
from skywitness.route.rules.demonstrations import one_flight_at_a_time
from skywitness.route.rules.drafting import OPEN_TO_AGREEMENT

CROSSED = ((9.4, 52.4), (11.5, 51.5), (10.0, 50.2), (11.5, 50.2), (10.0, 51.5), (10.9, 48.1))
"""A way through Germany that crosses itself, first on legs 2 and 4."""

DAYS = dt.timedelta(days=1)


def judged(made: Agreement, reading: Reading | None = None, hour: int = 8) -> Finding:
    """Judge the first crossing, of legs 2 and 4, of a flight on 10 June 2015, with one agreement."""
    plan = make_plan(CROSSED, at=dt.datetime(2015, 6, 10, hour, tzinfo=dt.UTC))
    return check_whole(next(iter(same_point_once(make(plan, full_facts(agreements=(made,)), reading)))))


def crossing(**changes: Any) -> Agreement:
    """An agreement of Sweden and Germany on the crossing, changed in some fields."""
    return replace(agreement("OS:VI.II.4(G)"), **changes)


def known(day: dt.date | None) -> Told:
    """Who says it, known from a day on."""
    return Told("a", "exchange of notes", "reported", day)


@pytest.mark.parametrize(
    ("made", "reading", "settled", "words"),
    [
        (crossing(), None, True, ""),
        (crossing(start=DAY, end=DAY + DAYS), None, True, ""),
        (crossing(start=DAY + DAYS), None, False, "begins on 2015-06-11"),
        (crossing(end=DAY), None, False, "ended on 2015-06-10"),
        (crossing(start=DAY - 9 * DAYS, end=DAY - DAYS), None, False, "ended on 2015-06-09"),
        (crossing(told=known(DAY)), Reading(at=DAY, known=DAY), True, ""),
        (crossing(told=known(DAY)), Reading(at=DAY, known=DAY - DAYS), False, "known on 2015-06-10 only"),
        (crossing(parties=("SWE", "FRA")), None, False, "DEU did not agree"),
        (crossing(parties=("DEU",)), None, False, "SWE did not agree"),
        (crossing(parties=("ALL",)), None, True, ""),
        (crossing(involved=("POL",)), None, False, "POL did not agree"),
        (crossing(parties=("SWE", "DEU", "POL"), involved=("POL",)), None, True, ""),
        (crossing(legs=(1, 2)), None, False, "limited to other legs"),
        (crossing(legs=(2, 4)), None, True, ""),
        (crossing(parties=("SWE", "DEU", "KGZ")), None, False, "KGZ: no State Party"),
    ],
)
def test_an_agreement_settles_what_it_is_about(
    made: Agreement, reading: Reading | None, settled: bool, words: str
) -> None:
    """VI.II.4(G): only an agreement that holds, is known and complete turns the breach into ok; else it is told why."""
    finding = judged(made, reading)
    assert (finding.verdict is Verdict.OK) is settled
    assert finding.by_agreement == ("exchange of notes" if settled else None)
    assert words in str(finding.why)
    assert ("changes nothing here" in str(finding.why)) is not settled


def test_an_agreement_must_last_for_the_whole_flight() -> None:
    """An agreement whose first day without it is the day on which the flight ends does not cover a flight by night."""
    ends = crossing(start=DAY, end=DAY + DAYS)
    assert judged(ends, hour=8).verdict is Verdict.OK
    late = judged(ends, hour=23)
    assert late.verdict is Verdict.BREACH
    assert "ended on 2015-06-11" in str(late.why)


@pytest.mark.parametrize(("parties", "settled"), [(("DEU",), True), (("SWE", "DEU"), True), (("SWE",), False)])
def test_a_second_flight_needs_the_observed_party_alone(parties: tuple[str, ...], settled: bool) -> None:
    """VI.I.3 obliges the observed Party to nothing: its consent suffices, and nobody else can give it."""
    other = OtherFlight("FRA", START - hours(60), START + hours(30), False)
    facts = full_facts(other_flights=(other,), agreements=(agreement("OS:VI.I.3", *parties),))
    plan = make_plan()
    assert only(one_flight_at_a_time(make(plan, replace(facts, agreements=())))).verdict is Verdict.CANNOT_TELL
    assert (only(one_flight_at_a_time(make(plan, facts))).verdict is Verdict.OK) is settled


def test_an_arrangement_for_an_aircraft_has_days_as_well() -> None:
    """VI.I.2: Denmark's arrangement of last year does not lend its aircraft this year, and the finding says so."""
    plan = make_plan()
    plan = replace(plan, aircraft=replace(plan.aircraft, designated_by="DNK"))
    lent = agreement("OS:VI.I.2", "SWE", "DNK")
    facts = with_aircraft(provided_by="DNK")
    for made, verdict in ((lent, Verdict.OK), (replace(lent, end=dt.date(2014, 12, 31)), Verdict.CANNOT_TELL)):
        finding = only(aircraft_of_another_party(make(plan, replace(facts, agreements=(made,)))))
        assert finding.verdict is verdict
        assert ("ended on 2014-12-31" in str(finding.why)) is (verdict is Verdict.CANNOT_TELL)


def test_what_yields_to_an_agreement_comes_from_the_clauses() -> None:
    """``check`` and ``law effect`` know the same provisions: those of the clauses on agreement."""
    assert {clause.provision for clause in clauses()} == OPEN_TO_AGREEMENT

"""A track of another flight is told to be one; a track of this flight is judged, however badly it was flown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.route.rules.plans import full_facts, make_plan, only
from tests.track.flights import PLAN, A, B, C, D, fly

from skywitness.core.finding import Finding, Verdict
from skywitness.route.model import Plan
from skywitness.track.check import judge, make_flight
from skywitness.track.flight_log import Curtailment, FlightLog
from skywitness.track.model import Cleaned

AWAY = ((-70.0, -30.0), (-69.0, -32.0), (-68.0, -33.0))
BESIDE = tuple((lon + 0.6, lat + 0.1) for lon, lat in (A, B, C, D))
"""Some 40 km to the east all the way."""


def judged(flown: Cleaned, plan: Plan = PLAN, log: FlightLog | None = None) -> Sequence[Finding]:
    """Judge a flight and give all findings."""
    return judge(make_flight(plan, flown, full_facts(), plan.reading, log=log or FlightLog()))


def shifted(days: float) -> Plan:
    """The plan some days later."""
    later = dt.timedelta(days=days)
    legs = tuple(replace(leg, start_utc=leg.start_utc + later, end_utc=leg.end_utc + later) for leg in PLAN.legs)
    return replace(PLAN, commencement_utc=PLAN.commencement_utc + later, legs=legs)


def test_another_continent_is_told_and_nothing_is_judged() -> None:
    """Such a track gets one finding, which says how far away it is; no fix is called left out."""
    finding = only(judged(fly(AWAY), log=FlightLog(deviations=(), curtailment=Curtailment("technical"))))
    assert (finding.provision, finding.verdict) == ("OS:VI.I.14", Verdict.CANNOT_TELL)
    assert "no nearer to the planned path than" in str(finding.why)
    assert finding.needs


@pytest.mark.parametrize(("days", "told"), [(0.0, False), (3.9, False), (-3.9, False), (4.2, True), (-4.2, True)])
def test_another_day_is_told_however_well_the_path_fits(days: float, told: bool) -> None:
    """Within the 96 hours of a mission a flight may be shifted; beyond them it is another one."""
    found = judged(fly((A, B, C, D)), shifted(days))
    assert [one.provision == "OS:VI.I.14" for one in found] == ([True] if told else [False] * len(found))
    assert not told or "recorded from" in str(found[0].why)


@pytest.mark.parametrize("way", [(A, (12.0, 54.0), (14.0, 56.0)), BESIDE, (D, C, B, A), (B, C)])
def test_a_badly_flown_plan_is_still_judged(way: Sequence[tuple[float, float]]) -> None:
    """Leaving the path for good, flying beside it, backwards, or only a part of it is this flight, and is judged."""
    found = judged(fly(way), log=FlightLog(deviations=()))
    assert "OS:VI.I.14" not in {one.provision for one in found}
    assert {"OS:VI.II.4(F)", "OS:VIII.II.5"} <= {one.provision for one in found}


def test_without_a_fix_passed_nothing_was_cut_short() -> None:
    """Beside the path all the way every fix is left out (or not seen), and nothing was begun that was cut short."""
    found = judged(fly(BESIDE), log=FlightLog(deviations=()))
    missed = [one for one in found if one.provision == "OS:VI.II.4(F)"]
    assert [one.verdict for one in missed] == [*[Verdict.BREACH] * 3, Verdict.CANNOT_TELL]
    short = only([one for one in found if one.provision == "OS:VIII.II.5"])
    assert (short.verdict, "No fix" in str(short.why)) == (Verdict.CANNOT_TELL, True)


def test_across_the_date_line_a_plan_is_its_own() -> None:
    """Near and far are measured on the globe: a track across 180 degrees belongs to its plan."""
    way = ((179.0, 66.0), (-179.5, 66.5), (-178.0, 66.0))
    assert "OS:VI.I.14" not in {one.provision for one in judged(fly(way[1:]), make_plan(way))}

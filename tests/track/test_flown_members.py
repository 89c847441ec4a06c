"""Flights over several members of a group, as flown: a distance for each, sensors off between them (III.II.2(E))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.route.rules.plans import check_whole, make_plan, only, verdicts
from tests.route.rules.test_group_rules import ACROSS, KYIV, with_group
from tests.track.flights import A, B, C, D, at, findings, fly

from skywitness.core.finding import Finding, Verdict
from skywitness.geo.borders import load_view
from skywitness.geo.view import BorderView
from skywitness.route.model import Plan
from skywitness.track.flight_log import FlightLog, NotedDeviation, SensorOn
from skywitness.track.model import Cleaned

CODE = "OS:III.II.2(E)"
OFF_UTC, ON_UTC = 29.0, 53.0
"""Minutes at which the third leg, from Poland to Ukraine, begins and ends, about: 8.1 km a minute."""


@pytest.fixture(scope="module")
def un() -> BorderView:
    """The view that this program brings along."""
    return load_view("un")


def pair(points: Sequence[tuple[float, float]] = ACROSS, transit: tuple[int, ...] = (3,), **changes: object) -> Plan:
    """A plan of France over the invented group of Poland and Ukraine."""
    plan = make_plan(points, start="EPWA", end="UKBB", transit=transit)
    return replace(plan, observing="FRA", observed="POL-UKR", overflown=("POL", "UKR"), **changes)  # type: ignore[arg-type]


def log(*minutes: tuple[float, float]) -> FlightLog:
    """A log of the times in which the camera ran; no deviation was told."""
    return FlightLog(sensors_on=tuple(SensorOn("CAM", at(a), at(b)) for a, b in minutes), deviations=())


def judged(
    flown: Sequence[tuple[float, float]] | Cleaned, noted: FlightLog, plan: Plan, view: BorderView | None
) -> list[Finding]:
    """Judge such a flight by the Treaty with that group."""
    found = findings(flown, CODE, noted, plan=plan, view=view, instrument=with_group())
    return [check_whole(one) for one in found]


@pytest.mark.parametrize(
    ("noted", "between"),
    [
        (log((2, 15), (60, 80)), "ok"),
        (log((2, 15), (30, 40), (60, 80)), "breach"),
        (log((2, 80)), "breach"),
        (FlightLog(deviations=()), "cannot_tell"),
    ],
)
def test_between_members_no_sensor_runs(noted: FlightLog, between: str, un: BorderView) -> None:
    """On the leg from one member to the next every sensor is off; both parts keep their distances."""
    found = judged(ACROSS, noted, pair(), un)
    assert verdicts(found) == ["ok", "ok", between], [str(one.why) for one in found]
    assert [one.limit for one in found] == [1400.0, 2100.0, None]
    assert (found[-1].effect is not None) == (between == "breach")


def test_a_minute_of_a_log_is_no_breach(un: BorderView) -> None:
    """A log in whole minutes that reaches half a minute into the leg between members cannot be told."""
    leg = next(one for one in judged(ACROSS, log((2, 15)), pair(), un) if one.limit is None)
    assert leg.where is not None
    assert leg.where.time_utc is not None
    start = (leg.where.time_utc - at(0)).total_seconds() / 60.0
    assert judged(ACROSS, log((2, start + 0.5)), pair(), un)[-1].verdict is Verdict.CANNOT_TELL
    assert judged(ACROSS, log((2, start + 2.5)), pair(), un)[-1].verdict is Verdict.BREACH


LOOP = ((28.0, 49.5), (36.0, 48.5), (27.0, 48.9), (36.5, 49.2), (30.0, 50.2))
FAR = (*ACROSS[:4], *LOOP, KYIV)


def test_the_way_over_each_member_has_its_own_limit(un: BorderView) -> None:
    """What was flown too far over Ukraine is too far, however short the part over Poland was; what counts is flown."""
    sensors = log((2, 15))
    assert verdicts(judged(FAR, sensors, pair(FAR), un)) == ["ok", "breach", "ok"]
    assert judged(FAR, sensors, pair(FAR), un)[1].effect is not None
    assert judged(ACROSS, sensors, pair(), un)[1].verdict is Verdict.OK
    aside = (*ACROSS[:4], *LOOP, ACROSS[4], KYIV)
    assert judged(aside, sensors, pair(), un)[1].verdict is Verdict.BREACH
    told = replace(sensors, deviations=(NotedDeviation(at(0), at(600), "weather"),))
    assert judged(aside, told, pair(), un)[1].verdict is Verdict.OK
    assert judged(aside, replace(sensors, deviations=None), pair(), un)[1].verdict is Verdict.CANNOT_TELL


def test_only_the_way_over_territory_may_count(un: BorderView) -> None:
    """The interpretation of Annex A.III holds here as for a plan: less counts where only territory does."""
    plan = pair()
    narrow = replace(plan, reading=replace(plan.reading, interpretations={"A.III": "over_territory"}))
    whole, over = (judged(ACROSS, log((2, 15)), one, un)[0] for one in (plan, narrow))
    assert isinstance(whole.uncertainty, float)
    assert isinstance(over.uncertainty, float)
    assert over.uncertainty > whole.uncertainty + 1.0


@pytest.mark.parametrize(
    ("noted", "verdict"),
    [(log((2, 80)), "breach"), (log((2, 15), (70, 80)), "cannot_tell"), (FlightLog(deviations=()), "cannot_tell")],
)
def test_a_plan_without_a_break_is_judged_at_the_border(noted: FlightLog, verdict: str, un: BorderView) -> None:
    """Where the plan has no transit leg between members, what ran as the aircraft passed the border decides."""
    found = judged(ACROSS, noted, pair(transit=()), un)
    assert verdicts(found) == [verdict], [str(one.why) for one in found]


def test_what_cannot_be_told(un: BorderView) -> None:
    """Without borders nobody knows the parts; a track that ends in the air shows only the first, and not its end."""
    assert only(judged(ACROSS, log(), pair(), None)).verdict is Verdict.CANNOT_TELL
    cut = only(judged(fly(ACROSS[:3], landed=False), log(), pair(), un))
    assert (cut.verdict, cut.limit) == (Verdict.CANNOT_TELL, 1400.0)
    assert "Legs 1, 2 over POL" in str(cut.why)
    assert only(judged(fly(ACROSS[:3]), log(), pair(), un)).verdict is Verdict.OK
    assert only(findings((A, B, C, D), CODE, log(), view=un)).verdict is Verdict.NOT_APPLICABLE

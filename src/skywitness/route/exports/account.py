"""What several forms tell of a plan: lengths added up, heights in other units, findings by leg."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate

from skywitness.core.finding import Finding, Verdict, overall
from skywitness.core.text import Text, say, verbatim
from skywitness.core.units import FOOT_M
from skywitness.route.exports.parties import party
from skywitness.route.model import Leg, Plan, Waypoint

DISTANCE_PROVISION = "VI.II.4(A)"
"""The paragraph that limits the length of a flight; its finding knows the length used and the limit."""


def utc(moment: dt.datetime) -> str:
    """Write a time as ISO 8601 with Z, whole seconds."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def cumulative_km(plan: Plan) -> tuple[float, ...]:
    """Add the legs up: the distance flown at the end of each."""
    return tuple(accumulate(leg.distance_km for leg in plan.legs))


def flight_level(height_m_amsl: float) -> int:
    """Give the flight level at or just above a height, in hundreds of feet of the standard atmosphere.

    A flight level is a pressure: it is at this height only where the air pressure at sea level is 1013.25 hPa.

    >>> flight_level(3048.0), flight_level(3049.0)
    (100, 101)
    """
    return math.ceil(height_m_amsl / FOOT_M / 100.0 - 1e-6)


def leg_ends(plan: Plan, leg: Leg) -> tuple[Waypoint, Waypoint]:
    """Give the waypoints at the start and the end of a leg."""
    return plan.waypoints[leg.number - 1], plan.waypoints[leg.number]


def leg_from(plan: Plan, index: int) -> Leg:
    """Give the leg that starts at waypoint ``index`` (from 0), the last leg for the last waypoint."""
    return plan.legs[min(index, len(plan.legs) - 1)]


def findings_by_leg(findings: Sequence[Finding]) -> Mapping[int, tuple[Finding, ...]]:
    """Sort the findings that name a leg by the number of the leg."""
    by_leg: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.where is not None and finding.where.leg is not None:
            by_leg[finding.where.leg].append(finding)
    return {leg: tuple(found) for leg, found in by_leg.items()}


def distance_finding(findings: Sequence[Finding]) -> Finding | None:
    """Find what the limit on the length of the flight says, if somebody judged it."""
    judged = [finding for finding in findings if DISTANCE_PROVISION in finding.provision]
    with_limit = [finding for finding in judged if isinstance(finding.limit, int | float)]
    return next(iter(with_limit), next(iter(judged), None))


def counts(findings: Sequence[Finding]) -> Mapping[Verdict, int]:
    """Count the findings by verdict."""
    return {verdict: sum(finding.verdict is verdict for finding in findings) for verdict in Verdict}


def verdict_sentence(findings: Sequence[Finding]) -> Text:
    """Sum the findings up in one sentence for people."""
    if not findings:
        return say("No provision has been applied to this plan: nothing is said about whether it may be flown.")
    found = counts(findings)
    numbers = {
        "ok": found[Verdict.OK],
        "breach": found[Verdict.BREACH],
        "cannot_tell": found[Verdict.CANNOT_TELL],
    }
    worst = overall(findings)
    if worst is Verdict.BREACH:
        return say(
            "At least one provision is breached (breach: {breach}, cannot tell: {cannot_tell}, kept: {ok}).", **numbers
        )
    if worst is Verdict.CANNOT_TELL:
        return say(
            "No breach found, but not everything can be told (cannot tell: {cannot_tell}, kept: {ok}).", **numbers
        )
    if worst is Verdict.OK:
        return say("No breach found; everything that was applied is kept (kept: {ok}).", **numbers)
    return say("No provision that was applied concerns this plan.")


def plan_title(plan: Plan, language: str = "en") -> Text:
    """Name the plan: its own title, or who flies over whom and when.

    The title that a planner gives is said in the language of the reader like everything else.
    """
    planned = say(
        "{observing} over {observed}, {airfield}, {day:%Y-%m-%d}",
        observing=plan.observing,
        observed=plan.observed,
        airfield=plan.waypoints[0].ident,
        day=plan.commencement_utc,
    )
    if plan.title.strip():
        return planned if plan.title == str(planned) else verbatim(plan.title)
    return say(
        "Observation flight: {observing} over {observed}, {day:%Y-%m-%d}",
        observing=party(plan.observing, language),
        observed=party(plan.observed, language),
        day=plan.commencement_utc,
    )

"""What the observed Party provides on the ground (Article VI, Section I, paragraph 17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from skywitness.core import geodesy
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.consequence import may_raise
from skywitness.law.provisions import provision
from skywitness.route.host_facts import Ground, Service, Target
from skywitness.route.hosting.places import place_of
from skywitness.route.rules.certificates import sensors_used
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import agreed, cannot_tell, draft, listed, needed, not_applicable, unless_agreed

ALL: Final = "OS:VI.I.17"
TARGET: Final = "OS:VI.I.17(A)"
SERVICE: Final = "OS:VI.I.17(D)"

_BEST: Final = (Verdict.OK, Verdict.CANNOT_TELL)
"""One target that serves is enough, so that the best answer counts."""

_NEED_COMPLETE = say("every target there is ([[hosting.target]], hosting.targets_complete)")


def ground_findings(context: Context) -> Iterator[Finding]:
    """Judge the ground as a whole, then target by target and service by service; nothing where nobody told of it."""
    ground = context.facts.hosting.ground
    if ground is None:
        return
    targets = list(calibration_targets(context, ground))
    services = list(further_services(context, ground))
    yield provided_on_the_ground(context, ground, (*targets, *services))
    yield from targets
    yield from services


@provision(ALL)
def provided_on_the_ground(context: Context, ground: Ground, parts: Sequence[Finding]) -> Finding:
    """Judge all that has to be provided: targets and services by their own findings, the rest as told."""
    told: tuple[tuple[bool | None, Text, Text], ...] = (
        (
            ground.fuelling,
            say("fuelling and servicing"),
            say("whether fuel and servicing are provided (hosting.fuelling)"),
        ),
        (ground.meals, say("meals"), say("whether meals are provided (hosting.meals)")),
        (ground.accommodation, say("accommodation"), say("whether accommodation is provided (hosting.accommodation)")),
    )
    lacking = [words for value, words, _ in told if value is False]
    lacking += [one.title for one in parts if one.verdict is Verdict.BREACH]
    needs = [need for value, _, need in told if value is None]
    needs += [need for one in parts for need in one.needs]
    bearer = context.plan.observed
    if lacking:
        why = say("Not provided: {what}.", what=listed(list(dict.fromkeys(lacking))))
        return draft(context, ALL, Verdict.BREACH, why, bearer=bearer, effect=may_raise(context.plan.observing))
    if needs:
        why = say("Nothing is told to be lacking, but not all of what has to be provided is known.")
        return cannot_tell(context, ALL, why, dict.fromkeys(needs), bearer=bearer)
    why = say("Fuel and servicing, meals, accommodation, calibration targets and what was agreed beside are provided.")
    return draft(context, ALL, Verdict.OK, why, bearer=bearer)


@provision(TARGET)
def calibration_targets(context: Context, ground: Ground) -> Iterator[Finding]:
    """Judge for each sensor of the plan that a target is provided that suits it and lies near the inspection.

    How near is near the text does not say, so the distance is shown and the Parties' word decides.
    """
    sensors = sensors_used(context)
    if not sensors:
        yield not_applicable(context, TARGET, say("The plan uses no sensor."))
    for sensor in sensors:
        fit = [target for target in ground.targets if not target.sensors or sensor in target.sensors]
        found = [_target(context, ground, target, sensor) for target in fit]
        best = [one for verdict in _BEST for one in found if one.verdict is verdict]
        if best:
            yield best[0]
        elif ground.targets_complete:
            yield found[0] if found else _no_target(context, sensor)
        else:
            why = say("No target that serves is told for sensor {sensor}.", sensor=sensor)
            yield cannot_tell(context, TARGET, why, (_NEED_COMPLETE,), bearer=context.plan.observed)


def _no_target(context: Context, sensor: str) -> Finding:
    why = say("No calibration target is provided for sensor {sensor}.", sensor=sensor)
    return _lacking(context, TARGET, why)


def _lacking(context: Context, code: str, why: Text) -> Finding:
    effect = may_raise(context.plan.observing)
    return draft(context, code, Verdict.BREACH, why, bearer=context.plan.observed, effect=effect)


def _target(context: Context, ground: Ground, target: Target, sensor: str) -> Finding:
    """Judge one target for one sensor."""
    bearer, km = context.plan.observed, _distance_km(context, ground, target)
    names = {"target": target.ident, "sensor": sensor, "where": _where(ground, km)}
    if target.suitable is False:
        return _lacking(context, TARGET, say("The target {target} does not suit sensor {sensor}.", **names))
    if target.near is False:
        return _lacking(
            context, TARGET, say("The target {target} for sensor {sensor} lies {where}: not near.", **names)
        )
    needs = needed(
        (
            (target.suitable, say("whether target {target} suits sensor {sensor} (hosting.target.suitable)", **names)),
            (
                target.near,
                say("whether the Parties take {target} for near the inspection (hosting.target.near)", **names),
            ),
        )
    )
    if needs:
        why = say("The target {target} for sensor {sensor} lies {where}; whether it serves is not known.", **names)
        return cannot_tell(context, TARGET, why, needs, bearer=bearer, measured=km, unit=_unit(km))
    why = say("The target {target} suits sensor {sensor}, as told, and lies {where}; it counts as near.", **names)
    what = say("ask for the target {target} to be overflown in the demonstration or the observation flight", **names)
    effect = Effect(context.plan.observing, "may", what)
    return draft(
        context,
        TARGET,
        Verdict.OK,
        why,
        bearer=bearer,
        effect=effect,
        measured=km,
        unit=_unit(km),
        where=Where(name=target.ident),
    )


def _unit(km: float | None) -> str | None:
    return None if km is None else "km"


def _where(ground: Ground, km: float | None) -> Text:
    if km is None:
        return say("at a distance that is not known")
    return say("{km:.0f} km from {airfield}, where the inspection is", km=km, airfield=ground.inspection_at)


def _distance_km(context: Context, ground: Ground, target: Target) -> float | None:
    """Measure from the airfield of the inspection to the target, where both places are known."""
    given = None if target.lon is None or target.lat is None else (target.lon, target.lat)
    at, airfield = given or place_of(context, target.ident), place_of(context, ground.inspection_at)
    return None if at is None or airfield is None else geodesy.distance_km(*airfield, *at)


@provision(SERVICE)
def further_services(context: Context, ground: Ground) -> Iterator[Finding]:
    """Judge that further services that were requested and agreed upon are provided."""
    for service in ground.services:
        yield _service(context, service)


def _service(context: Context, service: Service) -> Finding:
    names = {"what": service.what}
    if service.requested is False:
        why = say("{what}: the observing Party did not request it.", **names)
        return not_applicable(context, SERVICE, why)
    note = agreed(context, SERVICE) if service.agreed is None else None
    if service.agreed is False:
        return not_applicable(context, SERVICE, say("{what}: the two Parties did not agree on it.", **names))
    needs = needed(
        (
            (
                service.requested,
                say("whether the observing Party requested {what} (hosting.service.requested)", **names),
            ),
            (
                service.agreed if note is None else True,
                say("whether the two Parties agreed on {what} (hosting.service.agreed, or an [[agreement]])", **names),
            ),
        )
    )
    if needs:
        why = say("{what}: whether it is owed depends on a request and an agreement that are not known.", **names)
        found = cannot_tell(context, SERVICE, why, needs, bearer=context.plan.observed)
        return unless_agreed(context, found) if service.agreed is None and note is None else found
    return _owed(context, service, None if note is None else note.source)


def _owed(context: Context, service: Service, source: str | None) -> Finding:
    """Judge a service that was requested and agreed upon."""
    names, bearer = {"what": service.what}, context.plan.observed
    if service.provided is None:
        why = say("{what} was requested and agreed upon; whether it is provided is not known.", **names)
        need = say("whether {what} is provided (hosting.service.provided)", **names)
        must = Effect(bearer, "must", say("provide {what}, as agreed", **names))
        return cannot_tell(context, SERVICE, why, (need,), bearer=bearer, effect=must, by_agreement=source)
    if service.provided:
        why = say("{what} was requested, agreed upon and provided.", **names)
        return draft(context, SERVICE, Verdict.OK, why, bearer=bearer, by_agreement=source)
    return _lacking(context, SERVICE, say("{what} was requested and agreed upon, and is not provided.", **names))

"""What the sensors must be, depending on who brings the aircraft (IV.8, IV.9, IV.11, Article XVIII)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.law.category import limit_subject
from skywitness.law.provisions import provision
from skywitness.route.rules.certificates import (
    Certificate,
    Known,
    category_of,
    certificate,
    equipment,
    sensors_used,
)
from skywitness.route.rules.context import OBSERVED, Context
from skywitness.route.rules.drafting import (
    cannot_tell,
    draft,
    may_prohibit,
    not_applicable,
    unknown_provider,
    unless_agreed,
)
from skywitness.route.rules.sensors import INFRARED, KINDS, OBLIQUE, PANORAMIC, SAR, VERTICAL, VIDEO

FULL_SET = {PANORAMIC: 1, VERTICAL: 1, OBLIQUE: 2, VIDEO: 1, INFRARED: 1, SAR: 1}
"""What an observed Party has to provide: every category, in the numbers of Article IV, paragraph 2."""


def in_first_phase(context: Context) -> bool:
    """Tell whether the phases of Article XVIII still run."""
    return context.reading.at < context.law.full_implementation


@provision("OS:IV.8")
def observing_brings_sensors(context: Context) -> Iterator[Finding]:
    """Judge that what the observing Party brings does not exceed the capability allowed."""
    if context.provider is None:
        yield unknown_provider(context, "OS:IV.8")
    elif context.provider == OBSERVED:
        yield not_applicable(context, "OS:IV.8", say("The observed Party provides the aircraft."))
    else:
        yield _within_capability(context)


def _within_capability(context: Context) -> Finding:
    certificates = [certificate(context, ident) for ident in sensors_used(context) if not _exempt(context, ident)]
    open_ones = [found for found in certificates if found.known is not Known.CERTIFIED]
    finer = [found.ident for found in certificates if _is_too_fine(context, found)]
    bearer = context.plan.observing
    if finer:
        why = say("These sensors resolve better than is allowed: {sensors}.", sensors=", ".join(finer))
        return draft(context, "OS:IV.8", Verdict.BREACH, why, bearer=bearer, effect=may_prohibit(context))
    if open_ones:
        why = say("Not every sensor used is shown to stay within the capability allowed.")
        return cannot_tell(context, "OS:IV.8", why, [found.need for found in open_ones], bearer=bearer)
    if not certificates:
        return not_applicable(context, "OS:IV.8", say("The plan uses no sensor."))
    why = say("Every sensor used is certified to stay within the capability allowed.")
    return draft(context, "OS:IV.8", Verdict.OK, why, bearer=bearer)


def _is_too_fine(context: Context, found: Certificate) -> bool:
    """Tell whether a certificate itself shows a ground resolution better than its category allows (IV.2)."""
    kind = limit_subject(category_of(context, found.ident) or "")
    if found.known is not Known.CERTIFIED or found.ground_resolution_m is None or kind not in KINDS:
        return False
    return found.ground_resolution_m < context.law.sensor("ground_resolution_limit", kind).number


@provision("OS:IV.9")
def observed_provides_full_set(context: Context) -> Iterator[Finding]:
    """Judge that an observed Party that provides the aircraft provides every category in full number."""
    if context.provider is None:
        yield unknown_provider(context, "OS:IV.9")
    elif context.provider != OBSERVED:
        yield not_applicable(context, "OS:IV.9", say("The observed Party does not provide the aircraft."))
    elif in_first_phase(context):
        yield not_applicable(context, "OS:IV.9", say("In the first phase less suffices (XVIII.II.3)."))
    elif not context.facts.sensors:
        why = say("Which sensors are on board is not known; the plan names only those it uses.")
        need = say("every sensor on board ([[sensor]])")
        yield unless_agreed(context, cannot_tell(context, "OS:IV.9", why, (need,), bearer=context.plan.observed))
    else:
        yield unless_agreed(context, _full_set(context))
        yield from _provided_radar(context)


def _full_set(context: Context) -> Finding:
    have = Counter(equipment(context).values())
    missing = [category for category, number in FULL_SET.items() if have[category] < number]
    if not missing:
        why = say("Every category is on board in full number.")
        return draft(context, "OS:IV.9", Verdict.OK, why, bearer=context.plan.observed)
    why = say("Of these categories too few are on board: {missing}.", missing=", ".join(missing))
    right = Effect(context.plan.observing, "may", say("insist on an aircraft with every category, or agree otherwise"))
    return draft(
        context,
        "OS:IV.9",
        Verdict.BREACH,
        why,
        bearer=context.plan.observed,
        effect=right,
        measured=len(FULL_SET) - len(missing),
        limit=len(FULL_SET),
        margin=float(-len(missing)),
        unit="categories",
    )


def _provided_radar(context: Context) -> Iterator[Finding]:
    """Judge that a provided radar resolves no worse than allowed, measured by the separation of two objects.

    A certificate gives the impulse response instead.  The text equates 3 m of it with a separation of 5 m, which is
    enough; a separation is never finer than the impulse response; between the two nobody can tell.
    """
    figure, equated = context.law.sensor("object_separation_provided", SAR), _impulse_limit(context)
    for sensor in context.facts.sensors:
        if sensor.category != SAR:
            continue
        separation, impulse = sensor.object_separation_m, sensor.ground_resolution_m
        metres = impulse if separation is None else separation
        if metres is None or (separation is None and equated < metres <= figure.number):
            why = say("How fine the provided radar {sensor} resolves is not known.", sensor=sensor.ident)
            need = say("the object separation of radar {sensor} (sensor.object_separation_m)", sensor=sensor.ident)
            yield cannot_tell(
                context, "OS:IV.9", why, (need,), bearer=context.plan.observed, limit=figure.number, unit="m"
            )
            continue
        verdict = Verdict.OK if metres <= figure.number else Verdict.BREACH
        why = say(
            "The provided radar {sensor} tells apart {metres:.1f} m; {limit:g} m is the coarsest allowed.",
            sensor=sensor.ident,
            metres=metres,
            limit=figure.number,
        )
        finding = draft(
            context,
            "OS:IV.9",
            verdict,
            why,
            bearer=context.plan.observed,
            measured=metres,
            uncertainty=0.0,
            limit=figure.number,
            margin=figure.number - metres,
            unit="m",
            values=figure.used,
        )
        yield unless_agreed(context, finding)


def _impulse_limit(context: Context) -> float:
    return context.law.sensor("ground_resolution_limit", SAR).number


@provision("OS:IV.11")
def certified_before_use(context: Context) -> Iterator[Finding]:
    """Judge that the type of aircraft and every sensor used have been certified."""
    yield _type_certified(context)
    for ident in sensors_used(context):
        yield _sensor_certified(context, ident)


def _exempt(context: Context, ident: str) -> bool:
    """Tell whether a sensor is not subject to certification: infra-red in the first phase (XVIII.II.2)."""
    return in_first_phase(context) and category_of(context, ident) == INFRARED


def _type_certified(context: Context) -> Finding:
    certified = context.facts.aircraft.certified
    ident, bearer = context.plan.aircraft.ident, context.provider_code
    if certified is None:
        certified = _reported_certified(context)
    if certified is None:
        why = say("Whether aircraft of type {ident} have been certified is not known.", ident=ident)
        need = say("whether the type of the aircraft is certified (aircraft.certified)")
        return cannot_tell(context, "OS:IV.11", why, (need,), bearer=bearer)
    if certified:
        why = say("Aircraft of type {ident} have been certified.", ident=ident)
        return draft(context, "OS:IV.11", Verdict.OK, why, bearer=bearer)
    why = say("Aircraft of type {ident} have not been certified, so none may be used.", ident=ident)
    return draft(context, "OS:IV.11", Verdict.BREACH, why, bearer=bearer, effect=may_prohibit(context))


def _reported_certified(context: Context) -> bool | None:
    """Tell whether public reports know of a certificate of this aircraft by the day."""
    found = context.law.aircraft(context.plan.aircraft.ident)
    return None if found is None else found.certified_on(context.reading.at)


def _sensor_certified(context: Context, ident: str) -> Finding:
    found = certificate(context, ident)
    bearer = context.provider_code
    if _exempt(context, ident):
        why = say("In the first phase infra-red devices are not certified (XVIII.II.2).")
        return not_applicable(context, "OS:IV.11", why, bearer=bearer)
    if found.known is Known.CERTIFIED:
        why = say("Sensor {sensor} is certified ({source}).", sensor=ident, source=found.source or "-")
        return draft(context, "OS:IV.11", Verdict.OK, why, bearer=bearer)
    if found.known is Known.REFUSED:
        why = say("Sensor {sensor} is not certified, so it may not be used.", sensor=ident)
        return draft(context, "OS:IV.11", Verdict.BREACH, why, bearer=bearer, effect=may_prohibit(context))
    why = say("Whether sensor {sensor} is certified is not known.", sensor=ident)
    return cannot_tell(context, "OS:IV.11", why, (found.need,), bearer=bearer)


@provision("OS:XVIII.II.2")
def no_infrared_at_first(context: Context) -> Iterator[Finding]:
    """Judge that no infra-red device operates in the first phase, unless the Parties agreed."""
    if not in_first_phase(context):
        why = say("The first phase ended before {day}; infra-red may be used.", day=context.law.full_implementation)
        yield not_applicable(context, "OS:XVIII.II.2", why)
        return
    devices = {ident for ident, category in equipment(context).items() if category == INFRARED}
    legs = [leg for leg in context.legs if devices & set(leg.stated.sensors)]
    if not legs:
        why = say("No infra-red device operates on any leg.")
        yield draft(context, "OS:XVIII.II.2", Verdict.OK, why, bearer=context.provider_code)
        return
    why = say(
        "Infra-red devices operate from leg {leg} on, on so many legs: {count}; in the first phase that needs an "
        "agreement.",
        count=len(legs),
        leg=legs[0].number,
    )
    finding = draft(
        context,
        "OS:XVIII.II.2",
        Verdict.BREACH,
        why,
        bearer=context.provider_code,
        effect=may_prohibit(context),
        where=Where(leg=legs[0].number),
    )
    yield unless_agreed(context, finding, [leg.number for leg in legs])


def _not_provided_at_first(context: Context, code: str) -> Finding | None:
    """Answer where the observed Party does not, or may not, provide the aircraft in the first phase."""
    if not in_first_phase(context):
        return not_applicable(context, code, say("The first phase has ended."))
    if context.provider is None:
        return unknown_provider(context, code)
    if context.provider != OBSERVED:
        return not_applicable(context, code, say("The observed Party does not provide the aircraft."))
    return None


@provision("OS:XVIII.II.3")
def least_sensors_at_first(context: Context) -> Iterator[Finding]:
    """Judge that in the first phase a provided aircraft has at least one panoramic or two framing cameras."""
    code = "OS:XVIII.II.3"
    silent = _not_provided_at_first(context, code)
    if silent is not None:
        yield silent
    else:
        have = Counter(equipment(context).values())
        enough = have[PANORAMIC] >= 1 or have[VERTICAL] + have[OBLIQUE] >= 2
        why = say(
            "The provided aircraft has {panoramic} panoramic and {framing} framing cameras; one or two suffice.",
            panoramic=have[PANORAMIC],
            framing=have[VERTICAL] + have[OBLIQUE],
        )
        need = say("every sensor on board ([[sensor]])")
        if not enough and not context.facts.sensors:
            yield cannot_tell(context, code, why, (need,), bearer=context.plan.observed)
        else:
            verdict = Verdict.OK if enough else Verdict.BREACH
            yield draft(context, code, verdict, why, bearer=context.plan.observed)


@provision("OS:XVIII.II.3(A)")
def panoramic_is_enough(context: Context) -> Iterator[Finding]:
    """Tell that in the first phase one panoramic camera on a provided aircraft is enough."""
    yield _enough(context, "OS:XVIII.II.3(A)", equipment(context).values(), (PANORAMIC,), 1)


@provision("OS:XVIII.II.3(B)")
def two_framing_are_enough(context: Context) -> Iterator[Finding]:
    """Tell that in the first phase two framing cameras on a provided aircraft are enough."""
    yield _enough(context, "OS:XVIII.II.3(B)", equipment(context).values(), (VERTICAL, OBLIQUE), 2)


def _enough(context: Context, code: str, kinds: Iterable[str], counted: tuple[str, ...], least: int) -> Finding:
    """Judge one of the two ways; where it is not taken the other one may be (paragraph 3)."""
    silent = _not_provided_at_first(context, code)
    if silent is not None:
        return silent
    count = sum(kind in counted for kind in kinds)
    fields: dict[str, Any] = {"bearer": context.plan.observed, "measured": count, "limit": least, "unit": "cameras"}
    if count >= least:
        why = say("The provided aircraft has {count}, and {least} suffice.", count=count, least=least)
        effect = Effect(context.plan.observed, "may", say("provide it with no further sensor"))
        return draft(context, code, Verdict.OK, why, effect=effect, margin=float(count - least), **fields)
    if not context.facts.sensors:
        why = say("Of {least} that suffice {count} are known.", least=least, count=count)
        return cannot_tell(context, code, why, (say("every sensor on board ([[sensor]])"),), **fields)
    why = say("The provided aircraft has {count} of {least}; the other way is open to it.", count=count, least=least)
    return not_applicable(context, code, why)


@provision("OS:XVIII.II.5")
def no_range_at_first(context: Context) -> Iterator[Finding]:
    """Tell that in the first phase there is no claim to a range of the aircraft that the observed Party provides."""
    code = "OS:XVIII.II.5"
    silent = _not_provided_at_first(context, code)
    if silent is not None:
        yield silent
    else:
        why = say("In the first phase no range can be claimed of the aircraft that the observed Party provides.")
        effect = Effect(context.plan.observed, "may", say("provide an aircraft of any unrefuelled range"))
        yield draft(context, code, Verdict.OK, why, bearer=context.plan.observed, effect=effect)

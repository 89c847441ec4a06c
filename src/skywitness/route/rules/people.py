"""People of the other side on board: flight monitors, flight representatives, representatives (VI.III)."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.route.rules.context import OBSERVED, OBSERVING, Context
from skywitness.route.rules.drafting import NEED_PROVIDER, cannot_tell, draft, not_applicable, unless_agreed
from skywitness.route.rules.law_desk import Figure

NEED_STATIONS = say("the number of sensor control stations on board (aircraft.sensor_control_stations)")
NEED_MASS = say("the maximum take-off mass of the aircraft (aircraft.max_takeoff_mass_kg)")
NEED_DESIGNATOR = say("the State that designated the aircraft (aircraft.designated_by in the plan)")
NEED_NOTIFIED = say("the flight distance as notified (aircraft.notified_distance_km)")


def _unknown_provider(context: Context, code: str) -> Finding:
    why = say("Who provides the observation aircraft is not known.")
    return cannot_tell(context, code, why, (NEED_PROVIDER,))


@provision("OS:VI.III.1")
def flight_monitors(context: Context) -> Iterator[Finding]:
    """Tell how many flight monitors the observed Party may have on board, and judge those that are named."""
    code = "OS:VI.III.1"
    if context.provider is None:
        yield _unknown_provider(context, code)
    elif context.provider == OBSERVED:
        yield not_applicable(context, code, say("The observed Party provides the aircraft."))
    elif _is_light(context) is True:
        yield not_applicable(context, code, say("The aircraft is light and the flight short (VI.III.2)."))
    elif _is_light(context) is None:
        yield unless_agreed(context, _weight_unknown(context, code))
    else:
        yield unless_agreed(context, _entitled(context, code, "flight_monitors", context.plan.observed))


@provision("OS:VI.III.4")
def flight_representatives(context: Context) -> Iterator[Finding]:
    """Tell how many flight representatives the observing Party may have on an aircraft of the observed Party."""
    code = "OS:VI.III.4"
    if context.provider is None:
        yield _unknown_provider(context, code)
    elif context.provider != OBSERVED:
        yield not_applicable(context, code, say("The observed Party does not provide the aircraft."))
    else:
        yield unless_agreed(context, _entitled(context, code, "flight_representatives", context.plan.observing))


@provision("OS:VI.III.5")
def representatives(context: Context) -> Iterator[Finding]:
    """Tell how many representatives the observing Party may have on the aircraft of a third State."""
    code = "OS:VI.III.5"
    if context.provider is None:
        yield _unknown_provider(context, code)
    elif context.provider == OBSERVING and context.plan.aircraft.designated_by is None:
        why = say("Who designated the aircraft {ident} is not known.", ident=context.plan.aircraft.ident)
        yield cannot_tell(context, code, why, (NEED_DESIGNATOR,))
    elif context.provider == OBSERVED or _of_one_side(context):
        yield not_applicable(context, code, say("The aircraft is of one of the two sides."))
    else:
        # The text gives the same number as for flight representatives on the observed Party's aircraft (VI.III.4).
        yield unless_agreed(context, _entitled(context, code, "flight_representatives", context.plan.observing))


def _of_one_side(context: Context) -> bool:
    """Tell whether the observing Party brings an aircraft that one of the two sides designated."""
    plan = context.plan
    sides = {plan.observing, plan.observed, *context.law.members(plan.observing), *context.law.members(plan.observed)}
    return context.provider == OBSERVING and plan.aircraft.designated_by in sides


def _entitled(context: Context, code: str, key: str, holder: str) -> Finding:
    """Say how many may be on board; those of the observed Party are judged where the facts name them."""
    base, interpreters = context.law.planning(key), context.law.planning("interpreters")
    stations = context.facts.aircraft.sensor_control_stations
    if stations is None:
        why = say("How many may be on board depends on the sensor control stations, whose number is not known.")
        return cannot_tell(context, code, why, (NEED_STATIONS,), bearer=holder, values=base.used)
    most = int(base.number) + stations * int(context.law.planning("monitors_per_station").number)
    named = context.facts.aircraft.flight_monitors if key == "flight_monitors" else None
    return _of_right(context, code, holder, (base, interpreters), most, named)


def _of_right(
    context: Context, code: str, holder: str, figures: tuple[Figure, Figure], most: int, named: int | None
) -> Finding:
    """Judge those on board against the right; interpreters are named for the side that has its people on board."""
    what = say(
        "have {most} of its people and {interpreters:g} interpreter on board", most=most, interpreters=figures[1].number
    )
    speak = context.facts.aircraft.interpreters
    kept = named is None or named <= most
    why = _people(holder, most, named)
    if speak is not None and speak > figures[1].number:
        kept = False
        why = say(
            "{why} {speak} interpreters are to be on board; the right is one to {interpreters:g}.",
            why=why,
            speak=speak,
            interpreters=figures[1].number,
        )
    return draft(
        context,
        code,
        Verdict.OK if kept else Verdict.BREACH,
        why,
        bearer=holder,
        effect=Effect(holder, "may", what),
        measured=named,
        limit=most,
        margin=None if named is None else float(most - named),
        unit="persons",
        values=(*figures[0].used, *figures[1].used),
    )


def _people(holder: str, most: int, named: int | None) -> Text:
    if named is None:
        return say("{holder} has the right to {most} people on board beside interpreters.", holder=holder, most=most)
    return say(
        "People of {holder} to be on board beside interpreters: {named}; it has the right to {most}.",
        holder=holder,
        named=named,
        most=most,
    )


def _mass_kg(context: Context) -> float | None:
    said = context.facts.aircraft.max_takeoff_mass_kg
    return context.plan.aircraft.max_takeoff_mass_kg if said is None else said


def _is_light(context: Context) -> bool | None:
    """Tell whether VI.III.2 applies: a light aircraft on a short notified flight; ``None`` when a figure is missing."""
    mass, distance = context.law.planning("light_aircraft_mass"), context.law.planning("light_aircraft_distance")
    mass_kg, notified_km = _mass_kg(context), context.facts.aircraft.notified_distance_km
    if (mass_kg is not None and mass_kg > mass.number) or (notified_km is not None and notified_km > distance.number):
        return False
    return None if mass_kg is None or notified_km is None else True


def _weight_unknown(context: Context, code: str) -> Finding:
    """Ask for what decides between the full number of flight monitors and the few on a light aircraft."""
    missing = ((_mass_kg(context), NEED_MASS), (context.facts.aircraft.notified_distance_km, NEED_NOTIFIED))
    why = say("Whether the aircraft is light and the flight short enough is not known.")
    needs = [need for number, need in missing if number is None]
    return cannot_tell(context, code, why, needs, bearer=context.plan.observing)


@provision("OS:VI.III.2")
def few_on_light_aircraft(context: Context) -> Iterator[Finding]:
    """Judge the flight monitors on a light aircraft on a short flight: two, and one interpreter."""
    code, light = "OS:VI.III.2", _is_light(context)
    if context.provider is None:
        yield _unknown_provider(context, code)
    elif context.provider == OBSERVED:
        yield not_applicable(context, code, say("The observed Party provides the aircraft."))
    elif light is None:
        yield unless_agreed(context, _weight_unknown(context, code))
    elif not light:
        yield not_applicable(context, code, say("The aircraft is too heavy or the notified flight too long."))
    else:
        most, people = context.law.planning("light_aircraft_monitors"), context.law.planning("interpreters")
        named = context.facts.aircraft.flight_monitors
        finding = _of_right(context, code, context.plan.observed, (most, people), int(most.number), named)
        yield unless_agreed(context, finding)

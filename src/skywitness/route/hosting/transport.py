"""How the observing Party comes, waits and goes (Annex E, paragraphs 9 and 10)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.consequence import may_raise
from skywitness.law.provisions import provision
from skywitness.route.host_facts import Transport
from skywitness.route.hosting.places import same_place
from skywitness.route.rules.context import OBSERVED, Context
from skywitness.route.rules.drafting import cannot_tell, draft, hours_between, needed, not_applicable, unknown_provider

WAYS: Final = "OS:E.9"
DEPART: Final = "OS:E.9(A)"
WAIT: Final = "OS:E.9(B)"
TO_EXIT: Final = "OS:E.9(C)"
CARRIED: Final = "OS:E.10"

_NEED_PLACES = say("the points of entry and exit that are used (point_of_entry, transport.point_of_exit)")
_NEED_BY = say("by what the observing Party comes to the point of entry (transport.by)")
_NEED_REGISTRY = say("the State in which the transport aircraft is registered (transport.registered)")
_ELSEWHERE = say("The points of entry and exit are not one place.")
_ONE_PLACE = say("The points of entry and exit are one place.")


@provision(WAYS)
def three_ways_on(context: Context) -> Iterator[Finding]:
    """Tell which ways on a transport aircraft has, or that the observed Party keeps it from one it may take."""
    transport = context.facts.hosting.transport
    if transport is None:
        return
    silent = _no_right(context, transport, WAYS)
    if silent is not None:
        yield silent
        return
    if transport.permitted is False and _may(context, transport):
        yield _kept_from(context, transport, WAYS)
        return
    one_place = _one_place(context, transport)
    if one_place is None:
        why = say("What a transport aircraft may do depends on the points of entry and exit, which are not known.")
        yield cannot_tell(context, WAYS, why, (_NEED_PLACES,), bearer=context.plan.observed)
        return
    what = (
        say("have its transport aircraft leave the territory, or wait at the point of entry")
        if one_place
        else say(
            "have its transport aircraft leave the territory, or fly to another point of exit in time for crew rest"
        )
    )
    why = say("The transport aircraft is registered in {state}, a Party.", state=transport.registered)
    yield _right(context, WAYS, why, what, values=context.law.cite_standing(transport.registered or ""))


@provision(DEPART)
def may_depart(context: Context) -> Iterator[Finding]:
    """Judge that the transport aircraft may leave the territory, where it does or nobody has said what it does."""
    transport = _entitled(context, "departs")
    if transport is not None:
        if transport.permitted is False:
            yield _kept_from(context, transport, DEPART)
        else:
            what = say("have its transport aircraft leave the territory")
            yield _right(context, DEPART, say("The transport aircraft may leave the territory again."), what)


@provision(WAIT)
def may_wait(context: Context) -> Iterator[Finding]:
    """Judge that the transport aircraft may wait at a point of entry that is the point of exit too."""
    transport = _entitled(context, "waits")
    if transport is None:
        return
    one_place = _one_place(context, transport)
    if one_place is None:
        why = say("Whether a transport aircraft may wait depends on the points of entry and exit, which are not known.")
        yield cannot_tell(context, WAIT, why, (_NEED_PLACES,), bearer=context.plan.observed)
    elif not one_place:
        yield not_applicable(context, WAIT, _ELSEWHERE)
    elif transport.permitted is False:
        yield _kept_from(context, transport, WAIT)
    else:
        what = say("have its transport aircraft wait at the point of entry until it leaves itself")
        yield _right(context, WAIT, say("The point of entry is the point of exit: the aircraft may wait there."), what)


@provision(TO_EXIT)
def may_go_to_exit(context: Context) -> Iterator[Finding]:
    """Judge that the transport aircraft may fly to another point of exit early enough for its crew to rest."""
    transport = _entitled(context, "to_exit")
    if transport is None:
        return
    one_place = _one_place(context, transport)
    if one_place is None:
        why = say(
            "Whether a transport aircraft may fly on depends on the points of entry and exit, which are not known."
        )
        yield cannot_tell(context, TO_EXIT, why, (_NEED_PLACES,), bearer=context.plan.observed)
    elif one_place:
        yield not_applicable(context, TO_EXIT, _ONE_PLACE)
    elif transport.permitted is False:
        yield _kept_from(context, transport, TO_EXIT)
    elif transport.after == "to_exit" and (transport.permitted or _tells_of_rest(transport)):
        yield _rest(context, transport)
    else:
        what = say("have its transport aircraft fly to another point of exit in time for its crew to rest")
        yield _right(context, TO_EXIT, say("The point of exit is another place: the aircraft may fly there."), what)


def _tells_of_rest(transport: Transport) -> bool:
    """Tell whether the time at the point of exit is told: an aircraft that came there was let go."""
    return transport.exit_arrival_utc is not None


def _rest(context: Context, transport: Transport) -> Finding:
    """Judge the rest that is left at the point of exit against what the crew needs."""
    arrival, departure, rest_h = transport.exit_arrival_utc, transport.exit_departure_utc, transport.rest_h
    bearer = context.plan.observed
    if arrival is None or departure is None or rest_h is None:
        needs = needed(
            (
                (arrival, say("when the transport aircraft comes to the point of exit (transport.exit_arrival_utc)")),
                (departure, say("when all leave the point of exit (transport.exit_departure_utc)")),
                (rest_h, say("the further rest that its crew needs, in hours (transport.rest_h)")),
            )
        )
        why = say(
            "Whether the transport aircraft comes to the point of exit in time for its crew to rest is not known."
        )
        return cannot_tell(context, TO_EXIT, why, needs, bearer=bearer)
    left_h = hours_between(arrival, departure)
    figures = {"measured": left_h, "limit": rest_h, "margin": left_h - rest_h, "unit": "h"}
    where = Where(name=transport.point_of_exit, time_utc=arrival)
    why = say(
        "At the point of exit {left:.1f} h are left for rest; the crew needs {need:g} h.", left=left_h, need=rest_h
    )
    if left_h >= rest_h:
        return _right(context, TO_EXIT, why, _WHAT_REST, where=where, **figures)
    if transport.late_by is None:
        need = say("whose doing it is that the aircraft came late (transport.late_by)")
        return cannot_tell(context, TO_EXIT, why, (need,), bearer=bearer, where=where, **figures)
    if transport.late_by == OBSERVED:
        raise_it = may_raise(context.plan.observing)
        return draft(context, TO_EXIT, Verdict.BREACH, why, bearer=bearer, effect=raise_it, where=where, **figures)
    why = say("{why} The observing Party itself came late.", why=why)
    return not_applicable(context, TO_EXIT, why, bearer=bearer, where=where, **figures)


_WHAT_REST = say("have the crew of its transport aircraft rest at the point of exit")


def _right(context: Context, code: str, why: Text, what: Text, **fields: object) -> Finding:
    effect = Effect(context.plan.observing, "may", what)
    return draft(context, code, Verdict.OK, why, bearer=context.plan.observed, effect=effect, **fields)


def _kept_from(context: Context, transport: Transport, code: str) -> Finding:
    """Make the finding that the observed Party does not let the aircraft do what it may."""
    why = say(
        "The observed Party does not let the transport aircraft do what it asks for ({what}).",
        what=_WORDS[transport.after or "departs"],
    )
    effect = may_raise(context.plan.observing)
    return draft(context, code, Verdict.BREACH, why, bearer=context.plan.observed, effect=effect)


_WORDS: Final = {
    "departs": say("to leave the territory"),
    "waits": say("to wait at the point of entry"),
    "to_exit": say("to fly to another point of exit"),
}


def _may(context: Context, transport: Transport) -> bool | None:
    """Tell whether the way that the aircraft takes is one of those open to it; ``None`` where that is not known."""
    one_place = _one_place(context, transport)
    if transport.after == "departs" or one_place is None:
        return True if transport.after == "departs" else None
    return one_place if transport.after == "waits" else not one_place


def _entitled(context: Context, way: str) -> Transport | None:
    """Return the transport, where the paragraph applies to it and the way is the one taken or none is told."""
    transport = context.facts.hosting.transport
    if transport is None or _no_right(context, transport, WAYS) is not None:
        return None
    return transport if transport.after in (None, way) else None


def _no_right(context: Context, transport: Transport, code: str) -> Finding | None:
    """Answer where no transport aircraft of a Party brought the observing Party, or that is not known."""
    if transport.by not in (None, "transport_aircraft"):
        return not_applicable(context, code, say("The observing Party does not come by a transport aircraft."))
    if transport.registered is None:
        why = say("Whether the observing Party comes by a transport aircraft of a Party is not known.")
        needs = (_NEED_REGISTRY,) if transport.by else (_NEED_BY, _NEED_REGISTRY)
        return cannot_tell(context, code, why, needs, bearer=context.plan.observed)
    if not context.law.is_party(transport.registered):
        why = say("The transport aircraft is registered in {state}, no Party on that day.", state=transport.registered)
        return not_applicable(context, code, why, values=context.law.cite_standing(transport.registered))
    return None


def _one_place(context: Context, transport: Transport) -> bool | None:
    entry, leave = context.facts.point_of_entry, transport.point_of_exit
    return None if entry is None or leave is None else same_place(entry, leave)


@provision(CARRIED)
def carried_to_airfield_and_exit(context: Context) -> Iterator[Finding]:
    """Judge that an observed Party that provides the aircraft carries people who bring no transport of their own."""
    transport = context.facts.hosting.transport
    if transport is None:
        return
    if context.provider is None:
        yield unknown_provider(context, CARRIED)
    elif context.provider != OBSERVED:
        yield not_applicable(context, CARRIED, say("The observed Party does not provide the aircraft."))
    elif transport.own_to_airfield:
        yield not_applicable(context, CARRIED, say("The observing Party uses its own transport aircraft."))
    else:
        yield _carriage(context, transport)


def _carriage(context: Context, transport: Transport) -> Finding:
    """Judge both ways; where the airfield is itself the point of entry or exit there is no way to be carried."""
    ends, bearer = context.plan.waypoints, context.plan.observed
    entry, leave = context.facts.point_of_entry, transport.point_of_exit
    there = True if entry is not None and same_place(entry, ends[0].ident) else transport.carried_to_airfield
    back = True if leave is not None and same_place(leave, ends[-1].ident) else transport.carried_to_exit
    must = Effect(bearer, "must", say("carry the personnel to the airfield, and from there to the point of exit"))
    need_own = say("whether the observing Party uses its own transport aircraft (transport.own_to_airfield)")
    if False in (there, back) and transport.own_to_airfield is False:
        why = (
            say("The personnel are not carried to the airfield from the point of entry.")
            if there is False
            else say("The personnel are not carried from the airfield to the point of exit.")
        )
        return draft(context, CARRIED, Verdict.BREACH, why, bearer=bearer, effect=must)
    needs = needed(
        (
            (transport.own_to_airfield, need_own),
            (there, say("whether the personnel are carried to the airfield (transport.carried_to_airfield)")),
            (back, say("whether the personnel are carried to the point of exit (transport.carried_to_exit)")),
        )
    )
    if needs:
        why = say("That the personnel are carried both ways is not known.")
        return cannot_tell(context, CARRIED, why, needs, bearer=bearer, effect=must)
    return draft(context, CARRIED, Verdict.OK, say("The personnel are carried both ways."), bearer=bearer)

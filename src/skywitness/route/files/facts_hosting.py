"""Read what a facts file tells around a flight: ``[hosting]``, ``[[cost]]``, ``[[person]]``, ``[transport]`` and more.

Keys are the fields of :mod:`skywitness.route.host_facts`.  Nothing that cannot be true is let through: a sum paid
back beyond the cost, a fix that is no fix of anything, a ground that is no provision.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from skywitness.core.text import say
from skywitness.route.files.fields import Fields, Form, Range
from skywitness.route.files.forms import HEIGHT_M_AGL, PARTY, PLACE, STATE
from skywitness.route.files.plan_parts import read_coordinates
from skywitness.route.host_facts import (
    ACTIVITIES,
    BECAUSE,
    GROUNDS,
    MEANS,
    SIDES,
    VISAS,
    WAYS_ON,
    Accident,
    Change,
    Cost,
    Fixes,
    Ground,
    HazardAnswer,
    Hosting,
    Person,
    Prohibition,
    Service,
    Straits,
    Target,
    Transport,
)

FIX: Final = Form(r"[A-Z0-9]{2,7}|[a-z]{2}(-[a-z0-9]+)+", say("the code of a fix such as se-arlanda-fix or GOGLA"))
CURRENCY: Final = Form(r"[A-Z]{3}", say("the code of a currency such as EUR (ISO 4217, three capitals)"))
AMOUNT: Final = Range(0.0, 1e12)
REST_H: Final = Range(0.0, 96.0)
"""A mission takes 96 hours (Article VI, Section I, paragraph 9); no crew rests longer in it."""
VISIBILITY_M: Final = Range(0.0, 100_000.0)
MOST_ROWS: Final = 1_000

Told = TypeVar("Told")


def read_hosting(fields: Fields) -> Hosting:
    """Read everything told around a flight; faults go where those of ``fields`` go."""
    prohibition = _one(fields, "prohibition", _prohibition)
    return Hosting(
        ground=_one(fields, "hosting", _ground),
        costs=_many(fields, "cost", _cost),
        people=_many(fields, "person", _person, "ident", lambda person: person.ident),
        transport=_one(fields, "transport", _transport),
        fixes=_one(fields, "fixes", _fixes),
        straits=_one(fields, "straits", _straits),
        accident=_one(fields, "accident", _accident),
        hazards=_many(fields, "hazard_answer", _hazard, "area", lambda answer: answer.area),
        changes=_many(fields, "change", _change, "ident", lambda change: change.ident),
        prohibition=prohibition,
    )


def _one(fields: Fields, key: str, read: Callable[[Fields], Told]) -> Told | None:
    """Read a table that may be left out."""
    if not fields.has(key):
        return None
    table = fields.table(key)
    told = read(table)
    table.refuse_unknown()
    return told


def _many(
    fields: Fields,
    key: str,
    read: Callable[[Fields], Told],
    name: str = "",
    of: Callable[[Told], str] | None = None,
) -> tuple[Told, ...]:
    """Read a list of tables; each by another name, where they have one."""
    found: list[Told] = []
    names: set[str] = set()
    for table in fields.tables(key, MOST_ROWS):
        told = read(table)
        if of is not None and table.sound(name):
            if of(told) in names:
                table.wrong(name, say("another table has the same {name}; leave one out", name=name))
            names.add(of(told))
        table.refuse_unknown()
        found.append(told)
    return tuple(found)


def _ground(table: Fields) -> Ground:
    return Ground(
        inspection_at=table.matching("inspection_at", PLACE),
        targets_complete=table.flag("targets_complete"),
        fuelling=table.flag("fuelling"),
        meals=table.flag("meals"),
        accommodation=table.flag("accommodation"),
        targets=_many(table, "target", _target, "ident", lambda target: target.ident),
        services=_many(table, "service", _service, "what", lambda service: service.what),
    )


def _target(table: Fields) -> Target:
    lon, lat = read_coordinates(table) if table.has("lon") or table.has("lat") else (None, None)
    return Target(
        ident=table.need_text("ident", say("the name of the calibration target")),
        sensors=table.texts("sensors"),
        suitable=table.flag("suitable"),
        near=table.flag("near"),
        lon=lon,
        lat=lat,
    )


def _service(table: Fields) -> Service:
    return Service(
        what=table.need_text("what", say("what the service is")),
        requested=table.flag("requested"),
        agreed=table.flag("agreed"),
        provided=table.flag("provided"),
    )


def _cost(table: Fields) -> Cost:
    cost = Cost(
        what=table.need_text("what", say("what the cost is for")),
        amount=table.number("amount", AMOUNT),
        currency=table.matching("currency", CURRENCY) or "",
        paid_by=table.matching("paid_by", PARTY),
        borne_by=table.matching("borne_by", PARTY),
        reimbursed=table.number("reimbursed", AMOUNT),
        refused=table.flag("refused"),
        because=table.choice("because", BECAUSE),
    )
    if cost.amount is not None and cost.reimbursed is not None:
        if cost.reimbursed > cost.amount:
            table.wrong("reimbursed", say("is more than the amount; one of the two is wrong"))
        elif cost.refused and cost.reimbursed == cost.amount:
            table.wrong("refused", say("says that the rest is refused, but nothing is left to be paid back"))
    if (cost.amount is not None or cost.reimbursed is not None) and not table.has("currency"):
        table.wrong("currency", say("is missing; expected {expected}", expected=CURRENCY.words))
    return cost


def _person(table: Fields) -> Person:
    person = Person(
        ident=table.need_text("ident", say("a name for the person")),
        designated_by=table.matching("designated_by", PARTY),
        accepted=table.flag("accepted"),
        visa=table.choice("visa", VISAS),
        documents=table.flag("documents"),
        visa_agreed_utc=table.time("visa_agreed_utc"),
        visa_given_utc=table.time("visa_given_utc"),
    )
    if person.visa_agreed_utc is not None and person.visa not in (None, "agreed"):
        table.wrong("visa_agreed_utc", say('is about visas at an agreed time (visa = "agreed") alone'))
    if person.visa_given_utc is not None and person.visa in ("refused", "not_required"):
        table.wrong("visa_given_utc", say("says that a visa was given, but visa is {visa}", visa=person.visa))
    return person


def _transport(table: Fields) -> Transport:
    transport = Transport(
        by=table.choice("by", MEANS),
        registered=table.matching("registered", STATE),
        point_of_exit=table.matching("point_of_exit", PLACE),
        after=table.choice("after", WAYS_ON),
        permitted=table.flag("permitted"),
        exit_arrival_utc=table.time("exit_arrival_utc"),
        exit_departure_utc=table.time("exit_departure_utc"),
        rest_h=table.number("rest_h", REST_H),
        late_by=table.choice("late_by", SIDES),
        own_to_airfield=table.flag("own_to_airfield"),
        carried_to_airfield=table.flag("carried_to_airfield"),
        carried_to_exit=table.flag("carried_to_exit"),
    )
    arrival, departure = transport.exit_arrival_utc, transport.exit_departure_utc
    if arrival is not None and departure is not None and departure < arrival:
        table.wrong("exit_departure_utc", say("comes before exit_arrival_utc"))
    if transport.permitted is not None and not table.has("after"):
        table.wrong("after", say("is missing; permitted is about what the aircraft does next"))
    if transport.registered is not None and transport.by not in (None, "transport_aircraft"):
        table.wrong("registered", say('is about a transport aircraft (by = "transport_aircraft") alone'))
    return transport


def _fixes(table: Fields) -> Fixes:
    fixes = Fixes(
        entry=table.matching("entry", FIX),
        exit=table.matching("exit", FIX),
        home=table.matching("home", PLACE),
        eases=table.flag("eases"),
        by_rules=table.flag("by_rules"),
    )
    if not table.has("entry") and not table.has("exit"):
        table.wrong("entry", say("is missing; give entry, exit or both"))
    return fixes


def _straits(table: Fields) -> Straits:
    return Straits(
        between_seas=table.flag("between_seas"),
        civil=table.flag("civil"),
        regular=table.flag("regular"),
        notified_utc=table.time("notified_utc"),
        passage_utc=table.time("passage_utc"),
        on_routes=table.flag("on_routes"),
    )


def _accident(table: Fields) -> Accident:
    accident = Accident(
        registered=table.matching("registered", STATE),
        owner=table.matching("owner", PARTY),
        recovered=table.flag("recovered"),
        concluded=table.flag("concluded"),
        requested_by=table.matching("requested_by", PARTY),
        returned=table.flag("returned"),
        returned_to=table.matching("returned_to", PARTY),
    )
    if accident.returned is False and accident.returned_to is not None:
        table.wrong("returned_to", say("names who received the wreckage, but returned is false"))
    if accident.recovered is False and (accident.returned or accident.returned_to is not None):
        table.wrong("recovered", say("says that no wreckage was recovered, but some was given back"))
    return accident


def _hazard(table: Fields) -> HazardAnswer:
    return HazardAnswer(
        area=table.need_text("area", say("the name of the hazardous area")),
        activity=table.choice("activity", ACTIVITIES),
        other_way=table.flag("other_way"),
    )


_OF_GROUND: Final = {
    "weather": ("affects_safety", "visibility_m", "minimum_visibility_m", "ceiling_m", "minimum_ceiling_m"),
    "airfield": ("airfield", "alternate", "usable"),
    "plan": (),
}


def _change(table: Fields) -> Change:
    change = Change(
        ident=table.need_text("ident", say("a name for the change")),
        ground=table.need_choice("ground", GROUNDS),
        affects_safety=table.flag("affects_safety"),
        visibility_m=table.number("visibility_m", VISIBILITY_M),
        minimum_visibility_m=table.number("minimum_visibility_m", VISIBILITY_M),
        ceiling_m=table.number("ceiling_m", HEIGHT_M_AGL),
        minimum_ceiling_m=table.number("minimum_ceiling_m", HEIGHT_M_AGL),
        airfield=table.matching("airfield", PLACE),
        alternate=table.flag("alternate"),
        usable=table.flag("usable"),
    )
    for ground, keys in _OF_GROUND.items():
        for key in keys:
            if table.sound("ground") and ground != change.ground and table.has(key):
                table.wrong(key, say("is about changes with the ground {ground} alone", ground=ground))
    return change


def _prohibition(table: Fields) -> Prohibition:
    from skywitness.law.provisions import provisions  # only files that tell of a prohibition need the list

    known = {row.id for row in provisions()} if table.has("grounds") else set()
    grounds = table.texts("grounds")
    for ground in grounds:
        if ground not in known:
            table.wrong("grounds", say("there is no provision {ident}", ident=repr(ground)))
    return Prohibition(grounds)

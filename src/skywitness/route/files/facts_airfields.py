"""Read what a facts file says of airfields (``[[airfield]]``): roles and distances that the public data lack.

Whatever is said so is a claim of whoever wrote the file, so its source must be named.
"""

from __future__ import annotations

from typing import Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route.facts import AirfieldFacts
from skywitness.route.files.fields import Fields, Range
from skywitness.route.files.forms import PARTY, PLACE
from skywitness.route.files.plan_parts import read_coordinates

MOST_AIRFIELDS: Final = 1_000
"""All Parties together have fewer than a tenth of them."""

_FLIGHT_KM: Final = Range(0.0, 45_000.0, above=True)


def read_airfields(fields: Fields) -> tuple[AirfieldFacts, ...]:
    """Read every airfield; faults are noted, among them two distances for one airfield and day."""
    found = [(table, _airfield(table)) for table in fields.tables("airfield", MOST_AIRFIELDS)]
    by_ident: dict[str, list[AirfieldFacts]] = {}
    for table, two in found:
        others = by_ident.setdefault(two.ident, []) if table.sound("ident") else []
        if any(_both_give_distance(one, two) and _overlap(one, two) for one in others):
            table.wrong(
                "maximum_flight_distance_km",
                say("another table gives {ident} a distance for the same days", ident=two.ident),
            )
        others.append(two)
    return tuple(airfield for _, airfield in found)


def _both_give_distance(one: AirfieldFacts, two: AirfieldFacts) -> bool:
    return None not in (one.maximum_flight_distance_km, two.maximum_flight_distance_km)


def _overlap(one: AirfieldFacts, two: AirfieldFacts) -> bool:
    return not any(
        before.end is not None and after.start is not None and before.end <= after.start
        for before, after in ((one, two), (two, one))
    )


def _airfield(table: Fields) -> AirfieldFacts:
    from skywitness.law.sites import ROLES  # only files that name airfields need the law

    lon_lat = read_coordinates(table) if table.has("lon") or table.has("lat") else (None, None)
    airfield = AirfieldFacts(
        ident=table.need_matching("ident", PLACE),
        source=table.need_text("source", say("the document that says so"), prose=True),
        party=table.matching("party", PARTY),
        name=table.text("name"),
        roles=table.texts("roles"),
        lon=lon_lat[0],
        lat=lon_lat[1],
        maximum_flight_distance_km=table.number("maximum_flight_distance_km", _FLIGHT_KM),
        start=table.date("from"),
        end=table.date("to"),
        known=table.date("known"),
    )
    for role in airfield.roles:
        if role not in ROLES:
            table.wrong("roles", say("{role} is no role; there are {roles}", role=repr(role), roles=", ".join(ROLES)))
    if table.sound("from") and table.sound("to") and not _in_order(airfield):
        table.wrong("to", say("is not after from"))
    if table.sound("ident"):
        _check_public(table, airfield)
    table.refuse_unknown()
    return airfield


def _in_order(airfield: AirfieldFacts) -> bool:
    return airfield.start is None or airfield.end is None or airfield.start < airfield.end


def _check_public(table: Fields, airfield: AirfieldFacts) -> None:
    """Hold the table against what is public of the place: whose it is, and that something is said at all."""
    from skywitness.law.sites import site

    try:
        public = site(airfield.ident)
    except InputError:
        public = None
    if public is None and airfield.party is None and not table.has("party"):
        table.wrong("party", say("is missing; {ident} is no place of the public data", ident=airfield.ident))
    if public is not None and airfield.party is not None and not public.belongs_to(airfield.party):
        table.wrong(
            "party",
            say(
                "is {party}, but the public data have {ident} ({name}) as a place of {owner}",
                party=airfield.party,
                ident=public.id,
                name=public.name,
                owner=public.party,
            ),
        )
    if not airfield.roles and airfield.maximum_flight_distance_km is None and not table.has("roles"):
        table.wrong("roles", say("is missing; give roles, maximum_flight_distance_km or both"))

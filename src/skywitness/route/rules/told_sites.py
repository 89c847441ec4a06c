"""What a facts file says of airfields, put beside what the law data have of the same places.

The public data lack most notices and decisions since 1992.  A role or a distance of the facts is added to what is
public, never taken for it: its status stays ``claim of this facts file``, and its source is shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from skywitness.core.errors import InputError
from skywitness.core.finding import UsedValue
from skywitness.law.sites import Designation, Site
from skywitness.law.sites import site as stored_site
from skywitness.law.told import TOLD
from skywitness.route.facts import AirfieldFacts

CLAIM: Final = TOLD
"""The status of what only a facts file says."""


def canonical(ident: str) -> str:
    """Return today's code of a place, where it is public under another one too."""
    found = public(ident)
    return ident if found is None else found.id


def public(ident: str) -> Site | None:
    """Return a site of the law data with whatever it was ever designated for; ``None`` when there is none."""
    try:
        return stored_site(ident)
    except InputError:
        return None


def of_place(
    told: Iterable[AirfieldFacts], ident: str, at: dt.date, known: dt.date | None
) -> tuple[AirfieldFacts, ...]:
    """Return what is said of one place on a day."""
    place = canonical(ident)
    return tuple(one for one in told if canonical(one.ident) == place and one.holds(at, known))


def joined(stored: Site | None, said: tuple[AirfieldFacts, ...]) -> Site | None:
    """Add the roles that the facts give to a site as the law data have it on that day, or make one of them alone.

    Whose a place is and where it lies the law data say first.
    """
    if not said:
        return stored
    designations = tuple(
        Designation(one.roles, one.source, CLAIM, start=one.start or dt.date.min) for one in said if one.roles
    )
    if stored is None:
        first = said[0]
        party = next((one.party for one in said if one.party), "")
        stored = Site(first.ident, first.ident, party, party, None, None, None, "unknown", ())
    lon_lat = next(((one.lon, one.lat) for one in said if one.lon is not None), (stored.lon, stored.lat))
    name = next((one.name for one in said if one.name), stored.name) if stored.name == stored.id else stored.name
    if stored.lon is None:
        stored = replace(stored, lon=lon_lat[0], lat=lon_lat[1])
    return replace(stored, name=name, designations=(*stored.designations, *designations))


def distance(said: tuple[AirfieldFacts, ...]) -> UsedValue | None:
    """Return the maximum flight distance that the facts give, as a finding cites it; ``None`` when they give none."""
    return next(
        (
            UsedValue(
                "maximum_flight_distance", one.ident, one.maximum_flight_distance_km, "km", one.start, one.source, CLAIM
            )
            for one in said
            if one.maximum_flight_distance_km is not None
        ),
        None,
    )

"""What somebody wants of a flight beside its value: sites that must be observed, sites, legs and areas that must not.

Words become what they mean here, and wishes that contradict one another or the map are refused with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.law.names import did_you_mean, folded
from skywitness.route.forbidden import Forbidden, Kind, judge
from skywitness.route.model import Plan, Site, Waypoint

_LEG = re.compile(r"(?P<first>\S+?)\s*(?:-|–|→|>|\.\.)\s*(?P<last>\S+)")
_TURN_POINT = re.compile(r"(?i)wp\d+")
_AREA_ENDS = (".geojson", ".json")


def find_site(name: str, sites: Sequence[Site], where: str) -> Site:
    """Find the site of a name, without regard to case and accents.

    Raises ``InputError`` of kind ``unknown_site`` with the names that come near, ``several_sites`` when the name stands
    for more than one.
    """
    exact = [site for site in sites if site.name == name]
    found = exact or [site for site in sites if folded(site.name) == folded(name)]
    if len(found) == 1:
        return found[0]
    if found:
        message = say(
            "{count} sites are called {name}; give each a name of its own in the sites file",
            count=len(found),
            name=name,
        )
        raise InputError("several_sites", message, where)
    message = say(
        "no site is called {name}; the {count} sites begin with {first}.{near}",
        name=name,
        count=len(sites),
        first=", ".join(site.name for site in sites[:3]),
        near=did_you_mean(name, (site.name for site in sites)),
    )
    raise InputError("unknown_site", message, where)


def read_forbidden(
    words: Sequence[str], sites: Sequence[Site], plan: Plan | None, where: str = "forbid"
) -> tuple[Forbidden, ...]:
    """Read what is forbidden: a GeoJSON file of areas, a leg by its two turn points, or a site by its name.

    Legs are those of ``plan``.  Raises ``InputError`` for words that are none of the three.
    """
    found: list[Forbidden] = []
    for word in words:
        if word.lower().endswith(_AREA_ENDS):
            found += _areas(word)
        elif (leg := _leg(word, sites, plan, where)) is not None:
            found.append(leg)
        else:
            site = find_site(word, sites, where)
            found.append(Forbidden(Kind.SITE, site.name, ((site.lon, site.lat),)))
    return tuple(found)


def _areas(name: str) -> list[Forbidden]:
    from skywitness.geo.airspace import read_areas

    if not Path(name).is_file():
        raise InputError("unreadable_file", say("There is no such file; an area is a GeoJSON file of polygons."), name)
    areas = read_areas(name)
    if not areas:
        raise InputError("bad_airspace", say("The file holds no area; a polygon with a name was expected."), name)
    return [Forbidden(Kind.AREA, area.name, (), area.geometry) for area in areas]


def _leg(word: str, sites: Sequence[Site], plan: Plan | None, where: str) -> Forbidden | None:
    """Read a leg; ``None`` when the word is the name of a site, or no pair of words."""
    if any(folded(site.name) == folded(word) for site in sites):
        return None
    pair = _LEG.fullmatch(word.strip())
    if pair is None:
        return None
    if plan is None:
        if not _TURN_POINT.match(pair["first"]):
            return None
        message = say("the leg {leg} is a leg of no plan; name the plan it belongs to", leg=word)
        raise InputError("unknown_leg", message, where)
    ends = pair["first"].casefold(), pair["last"].casefold()
    for number in range(1, len(plan.legs) + 1):
        if {point.ident.casefold() for point in plan.waypoints[number - 1 : number + 1]} == set(ends):
            return leg_of(plan, number)
    known = [point.ident for point in plan.waypoints]
    if not set(ends) & {ident.casefold() for ident in known} and not _TURN_POINT.match(word.strip()):
        return None
    message = say(
        "no leg of the plan joins {first} and {last}; its turn points follow one another as {points}",
        first=pair["first"],
        last=pair["last"],
        points=" ".join(known[:8]) + (" ..." if len(known) > 8 else ""),
    )
    raise InputError("unknown_leg", message, where)


def leg_of(plan: Plan, number: int) -> Forbidden:
    """Make the leg of a number (from 1) something to keep away from."""
    start, end = plan.waypoints[number - 1 : number + 1]
    return Forbidden(Kind.LEG, leg_name(start, end), ((start.lon, start.lat), (end.lon, end.lat)))


def leg_name(start: Waypoint, end: Waypoint) -> str:
    """Name a leg by its two turn points."""
    return f"{start.ident}-{end.ident}"


def find_pins(names: Sequence[str], sites: Sequence[Site], forbidden: Sequence[Forbidden]) -> tuple[Site, ...]:
    """Find the sites that must be observed.  Raises ``InputError`` when one is forbidden as well."""
    pins = tuple(dict.fromkeys(find_site(name, sites, "pin") for name in names))
    out = {one.path[0]: one.name for one in forbidden if one.kind is Kind.SITE}
    for pin in pins:
        if (pin.lon, pin.lat) in out:
            message = say(
                "{site} is both pinned and forbidden, but no site is observed and kept out of sight; drop one of them",
                site=pin.name,
            )
            raise InputError("wishes_contradict", message, "pin")
    return pins


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish and whether the plan keeps it.

    ``kind``: ``pin``, or what is forbidden (``site``, ``leg``, ``area``).  ``nearest_km``: how near the route comes to
    what is forbidden (``None`` for pins and areas), ``asked_km`` how near it may.
    """

    kind: str
    name: str
    kept: bool
    nearest_km: float | None = None
    asked_km: float | None = None


def judge_wishes(plan: Plan, pins: Sequence[str], forbidden: Sequence[Forbidden]) -> tuple[Wish, ...]:
    """Measure whether a plan keeps what was wished, by geodesics and not by the zones it was searched with."""
    seen = {folded(plan.sites[index].name) for index in plan.observed_sites}
    swath_km = max((sensor.half_swath_km for sensor in plan.sensors), default=0.0)
    found = [Wish("pin", name, folded(name) in seen) for name in pins]
    for one in forbidden:
        kept = judge(one, plan.waypoints, swath_km)
        if one.kind is Kind.AREA:
            found.append(Wish(one.kind.value, one.name, kept.kept))
        else:
            found.append(Wish(one.kind.value, one.name, kept.kept, kept.nearest_km, kept.asked_km))
    return tuple(found)

"""Where equipment is: States, and the military districts of Russia and Ukraine, in the areas of Articles IV and V."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from skywitness.core.dated import STATUSES
from skywitness.core.errors import Faults
from skywitness.core.text import Text, of_data, say, verbatim
from skywitness.law.names import did_you_mean, folded
from skywitness.law.rows import Row, folder_of, note_twice, read_tables, refuse_if_any

__all__ = [
    "ANY",
    "AREAS",
    "CORE",
    "EXTENDED",
    "FLANK",
    "INNER",
    "NOT_TOLD",
    "ZONES",
    "Place",
    "districts",
    "find_place",
    "places",
    "within",
]

CORE, INNER, EXTENDED, FLANK, ANY = "core", "inner", "extended", "flank", "any"
ZONES: Final = (CORE, INNER, EXTENDED, FLANK)
NOT_TOLD: Final = "not-told"
"""The place of items that are somewhere in the area, as tables of whole States have them."""

AREAS: Final = MappingProxyType(
    {
        "area": frozenset(ZONES),
        EXTENDED: frozenset((CORE, INNER, EXTENDED)),
        INNER: frozenset((CORE, INNER)),
        CORE: frozenset((CORE,)),
        FLANK: frozenset((FLANK,)),
    }
)
"""The areas that limits are for, by the zones in them: each of Article IV holds the next, the flanks are the rest."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A State or a part of one; there is one object of each.

    ``limits`` are keys of limits for it alone; ``perhaps`` are places that items told to be here may be in; ``storage``
    is ``yes``, ``no`` or ``unknown``.
    """

    id: str
    state: str
    zone: str
    title: str
    aliases: tuple[str, ...]
    limits: tuple[str, ...]
    perhaps: tuple[str, ...]
    storage: str

    @property
    def words(self) -> Text:
        """Name it for people."""
        return of_data(self.title) if self.title else verbatim(self.id)


@dataclass(frozen=True, slots=True)
class Later:
    """A district of later years and the places of the Treaty that it covers, wholly or in part."""

    names: tuple[str, ...]
    state: str
    covers: tuple[str, ...]


@cache
def places() -> Mapping[str, Place]:
    """Return every place by its identifier.

    :raises DataError: when the file of the program is wrong.
    """
    return load_places(folder_of("cfe") / "districts.toml")[0]


@cache
def _later() -> tuple[Later, ...]:
    return load_places(folder_of("cfe") / "districts.toml")[1]


def load_places(path: Path) -> tuple[Mapping[str, Place], tuple[Later, ...]]:
    """Read a file of places.

    :raises DataError: with all its faults.
    """
    faults = Faults()
    tables = read_tables(path, ("place", "later"), faults)
    found = {one.id: one for one in map(_place, tables["place"])}
    note_twice("place", (row.text("id") for row in tables["place"]), faults)
    later = tuple(_later_row(row, found) for row in tables["later"])
    refuse_if_any(faults, path)
    return MappingProxyType(found), later


def _place(row: Row) -> Place:
    zone = row.text("zone", among=(*ZONES, ANY))
    found = Place(
        id=row.text("id"),
        state=row.text("state"),
        zone=zone,
        title=row.text("title", ""),
        aliases=row.texts("aliases", []),
        limits=row.texts("limits", []),
        perhaps=row.texts("perhaps", []),
        storage=row.text("storage", "no" if zone == FLANK else "yes", ("yes", "no", "unknown")),
    )
    row.text("title_vi", "")
    row.text("source", "")
    row.text("status", STATUSES[0], STATUSES)
    row.close()
    return found


def _later_row(row: Row, known: Mapping[str, Place]) -> Later:
    found = Later(row.texts("names"), row.text("state"), row.texts("covers", among=tuple(known)))
    row.close()
    return found


def within(place: Place, zones: frozenset[str]) -> bool | None:
    """Tell whether a place lies in some zones; ``None`` where the place is not told and they are not the whole area."""
    if place.zone == ANY:
        return True if zones == AREAS["area"] else None
    return place.zone in zones


@cache
def districts(state: str) -> tuple[Place, ...]:
    """Return the parts into which the Treaty divides a State; none where it is one place."""
    return tuple(one for one in places().values() if one.state == state and one.id != state)


def find_place(state: str, district: str) -> Place | Text:
    """Return the place that a State and the words for a district mean, or the sentence why there is none."""
    anywhere = places()[NOT_TOLD]
    if folded(district) in {folded(name) for name in (anywhere.id, *anywhere.aliases)}:
        return anywhere
    parts = districts(state)
    if not parts:
        return _whole_state(state, district)
    names = {folded(name): one for one in parts for name in (one.id, one.title, *one.aliases)}
    listed = ", ".join(one.id for one in parts)
    if not district:
        return say(
            "{state} needs a military district, for its parts lie in several areas: {listed}",
            state=state,
            listed=listed,
        )
    found = names.get(folded(district))
    if found is not None:
        return found
    for one in _later():
        if one.state == state and folded(district) in map(folded, one.names):
            told = {"district": repr(district), "covers": ", ".join(one.covers)}
            return say(
                "{district} is no district of the Treaty; it covers parts of {covers}: name one of these", **told
            )
    return _not_there(state, district, names, listed)


def _whole_state(state: str, district: str) -> Place | Text:
    found = places().get(state)
    if found is None:
        return say(
            "{state} has no territory in the area of application; say in which State it is, or write not told",
            state=state,
        )
    if district and folded(district) not in {folded(name) for name in (found.id, found.title, *found.aliases)}:
        return say(
            "{state} is one place in the Treaty; leave the district {district} out",
            state=state,
            district=repr(district),
        )
    return found


def _not_there(state: str, district: str, names: Mapping[str, Place], listed: str) -> Text:
    for other in places().values():
        if folded(district) in {folded(name) for name in (other.id, other.title, *other.aliases)}:
            told = {"district": repr(district), "other": other.state, "state": state, "listed": listed}
            return say("{district} is in {other}, not in {state}, whose districts are {listed}", **told)
    told = {"district": repr(district), "state": state, "listed": listed}
    near = did_you_mean(district, names)
    return say("{district} is no district of {state} in the area; there are {listed}.{near}", **told, near=near)

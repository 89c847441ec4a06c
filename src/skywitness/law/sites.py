"""Sites of the Open Skies regime: points of entry and exit, airfields, calibration targets, fixes.

The text of 1992 lists them in Annex E, Appendix 1, Section II; a Party may change its list by 90 days' notice
(Annex E, paragraph 4).  The notices are not public, so airfields that came later are known only by having been *seen in
use*; such a role holds from its first sighting on, and before that it is not known yet.

A place is a site as long as its State is a Party: what the United States and Russia had ended with their withdrawal.
That day is taken from the data of the States and typed in nowhere else.

No site of the text lies in Belarus: in the group Belarus and Russia every site is in Russia.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from skywitness.core.dated import STATUSES
from skywitness.core.errors import Faults, InputError, NotInForceError
from skywitness.core.text import Text, say
from skywitness.law.instrument import load as load_instrument
from skywitness.law.names import folded, near
from skywitness.law.party import Event
from skywitness.law.rows import FOLDER, Row, note_twice, read_tables, refuse_if_any
from skywitness.law.sighting import Sighting

ROLES: Final = (
    "point_of_entry",
    "point_of_exit",
    "open_skies_airfield",
    "refuelling_airfield",
    "calibration_target",
    "entry_fix",
    "exit_fix",
)
POSITION_SOURCES: Final = ("text", "text_hundredths", "airportsdata", "unknown")
LEFT_OPEN: Final = ("to_be_determined", "not_applicable", "none", "blank")
SIGNED: Final = dt.date(1992, 3, 24)
"""The lists of the text were known from the day of signature."""

_FILE: Final = FOLDER / "sites.toml"
_ICAO = re.compile(r"[A-Z]{4}", re.ASCII)
_SLUG = re.compile(r"[a-z]{2}(-[a-z0-9]+)+", re.ASCII)
_HIGHEST_M = 3000.0  # no airfield of a State Party lies higher
_LOWEST_M = -30.0  # nor lower


@dataclass(frozen=True, slots=True)
class Designation:
    """What a site serves as, and since when.

    ``start`` is the first day in force and ``end`` the first day no longer; where there is no dated notice both are
    ``None`` and ``attested`` lists the sightings.  ``inspection`` says whether aircraft and sensors can be inspected
    there (``None``: the text does not say); ``text_position`` holds the figures as printed.
    """

    roles: tuple[str, ...]
    source: str
    status: str
    inspection: bool | None = None
    text_position: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    attested: tuple[Sighting, ...] = ()
    note: str = ""

    @property
    def since(self) -> dt.date:
        """First day on which the role is certain: of force, or the last day that the first sighting can mean."""
        return self.start or self.attested[0].last

    @property
    def known(self) -> dt.date:
        """Day from which the role was public knowledge: signature for the text, else the first sighting."""
        return SIGNED if self.status == "text" else self.since

    def holds(self, at: dt.date, known: dt.date | None = None) -> bool:
        """Tell whether the role holds on a day, as far as was known on another."""
        return self.since <= at and (self.end is None or at < self.end) and (known is None or self.known <= known)

    def ended(self, end: dt.date) -> Designation:
        """Return the same, no longer in force from a day on."""
        return replace(self, end=end if self.end is None else min(end, self.end))


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the regime.  ``party`` is a State (ISO 3166 alpha-3); ``listed_under`` the heading of the text.

    Position in degrees, WGS 84; ``None`` where the text gives no usable one.  ``elevation_m`` is above mean sea level.
    ``closed_year``: from that year on no runway is in use there.  ``left``: the withdrawal of its State, which ends all
    its roles; ``None`` while the State stays.
    """

    id: str
    name: str
    party: str
    listed_under: str
    lon: float | None
    lat: float | None
    elevation_m: float | None
    position_source: str
    designations: tuple[Designation, ...]
    formerly: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    closed_year: int | None = None
    note: str = ""
    left: Event | None = None

    @property
    def icao(self) -> str | None:
        """ICAO location indicator, when the place has one."""
        return self.id if _ICAO.fullmatch(self.id) else None

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role of the site, in the order of ``ROLES``."""
        held = {role for designation in self.designations for role in designation.roles}
        return tuple(role for role in ROLES if role in held)

    @property
    def since(self) -> dt.date:
        """First day on which any role is certain."""
        return min(designation.since for designation in self.designations)

    @property
    def position(self) -> tuple[float, float]:
        """Position as (lon, lat) in degrees.

        :raises InputError: where the text gives no usable position.
        """
        if self.lon is None or self.lat is None:
            message = say("{name} has no usable position: the text prints an impossible one.", name=self.name)
            raise InputError("no_position", message, self.id)
        return self.lon, self.lat

    def designation(self, role: str) -> Designation | None:
        """Return the earliest designation with a role, if there is any."""
        found = [designation for designation in self.designations if role in designation.roles]
        return min(found, key=lambda designation: designation.since, default=None)

    def as_of(self, at: dt.date, known: dt.date | None = None) -> Site:
        """Return the site with only the roles that hold on a day; it may have none left.

        Roles end with the withdrawal of the State, as far as that was known.
        """
        end = None if self.left is None or (known is not None and known < self.left.known) else self.left.on
        ended = (one if end is None else one.ended(end) for one in self.designations)
        held = tuple(one for one in ended if one.holds(at, known))
        return self if held == self.designations else replace(self, designations=held)

    def known_by(self, known: dt.date) -> Site:
        """Return the site with only the roles that had become public by a day, ended since or not."""
        return replace(self, designations=tuple(one for one in self.designations if one.known <= known))

    def belongs_to(self, code: str) -> bool:
        """Tell whether the site is of a State, or listed under a group or another heading of the text."""
        return code in (self.party, self.listed_under)


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """An entry that the text leaves open: ``says`` is one of ``LEFT_OPEN``; ``place`` a site, when it names one."""

    listed_under: str
    roles: tuple[str, ...]
    says: str
    place: str | None


def sites(
    at: dt.date | None = None, party: str | None = None, role: str | None = None, known: dt.date | None = None
) -> tuple[Site, ...]:
    """Return the sites, each with the roles it holds, in the order of the file: the text first, later ones after.

    ``at`` keeps what holds on that day (``None``: whatever was ever listed or seen); ``party`` is a State, ``BLR-RUS``,
    ``BENELUX`` or another heading of the text; ``role`` one of ``ROLES``; ``known`` leaves out what became known later.
    Those of a State that had left by ``at`` are none any more.

    :raises InputError: on an unknown role.
    """
    _check_role(role)
    return _sites(at, party, role, known)


@lru_cache(maxsize=64)  # a judgement asks for those of its day once for each Party
def _sites(at: dt.date | None, party: str | None, role: str | None, known: dt.date | None) -> tuple[Site, ...]:
    found = _load()[0] if party is None else tuple(site for site in _load()[0] if site.belongs_to(party))
    if at is not None:
        ever = found if role is None else tuple(site for site in found if role in site.roles)
        found = tuple(site.as_of(at, known) for site in ever)
    elif known is not None:
        found = tuple(site.known_by(known) for site in found)
    return tuple(site for site in found if (role in site.roles if role else site.designations))


def airfields_of(
    party_codes: Iterable[str], at: dt.date | None = None, role: str = "open_skies_airfield"
) -> tuple[Site, ...]:
    """Return the sites of several States or groups that hold one role on a day."""
    codes = frozenset(party_codes)
    return tuple(site for site in sites(at, role=role) if site.party in codes or site.listed_under in codes)


def site(ident: str, at: dt.date | None = None) -> Site:
    """Find one site by ICAO code of today or of 1992, slug or name, without regard to case and accents.

    :raises InputError: when there is no such site; near names are told.
    :raises NotInForceError: when nothing was listed there, or seen in use, by the day ``at``, or its State has left.
    """
    index = _load()[1]
    found = index.get(folded(ident))
    if found is None:
        raise InputError("unknown_site", _no_such_site(ident, index), ident)
    if at is None:
        return found
    held = found.as_of(at)
    if not held.designations and found.left is not None and found.left.on <= at:
        raise NotInForceError(
            "not_in_force",
            say(
                "{name} is no site on {at}: {party} left the Treaty on {left}.",
                name=found.name,
                at=at.isoformat(),
                party=found.party,
                left=found.left.on.isoformat(),
            ),
            found.id,
        )
    if not held.designations:
        raise NotInForceError(
            "not_known_yet",
            say(
                "{name} is not known yet as a site on {at}: it is first known from {since}.",
                name=found.name,
                at=at.isoformat(),
                since=found.since.isoformat(),
            ),
            found.id,
        )
    return held


def left_by(at: dt.date, party: str | None = None, known: dt.date | None = None) -> dict[str, dt.date]:
    """Tell which States with sites had left the Treaty by a day, and when: places there are sites no more."""
    gone = [place for place in _load()[0] if place.left and (party is None or place.belongs_to(party))]
    return {
        place.party: place.left.on
        for place in gone
        if place.left and place.left.on <= at and (known is None or place.left.known <= known)
    }


def _no_such_site(ident: str, index: Mapping[str, Site]) -> Text:
    places = {index[name].id: index[name].name for name in near(ident, index)}
    if not places:
        return say("There is no site {ident}; give an ICAO code or a name.", ident=repr(ident))
    hint = ", ".join(f"{code} ({name})" for code, name in places.items())
    return say("There is no site {ident}; near it: {hint}.", ident=repr(ident), hint=hint)


def left_open() -> tuple[LeftOpen, ...]:
    """Return the entries that the text leaves to be determined, marks as not applicable, or leaves blank."""
    return _load()[2]


def _check_role(role: str | None) -> None:
    if role is not None and role not in ROLES:
        message = say("{role} is no role of a site; roles are {roles}.", role=repr(role), roles=", ".join(ROLES))
        raise InputError("unknown_role", message, "--role")


_Loaded = tuple[tuple[Site, ...], dict[str, Site], tuple[LeftOpen, ...]]


@cache
def _load() -> _Loaded:
    """Read the stored file, and end the sites of States that left with their withdrawal."""
    places, index, opened = load(_FILE)
    gone = {code: party.event("withdrawn", None) for code, party in load_instrument().parties.items()}
    stored = {place.id: replace(place, left=gone.get(place.party)) for place in places}
    return tuple(stored.values()), {name: stored[place.id] for name, place in index.items()}, opened


def load(path: Path) -> _Loaded:
    """Read a sites file: the sites, an index of every name folded, and what the text leaves open.

    :raises DataError: with all faults of the file.
    """
    faults = Faults()
    tables = read_tables(path, ("site", "left_open"), faults)
    places = tuple(_site(row) for row in tables["site"])
    note_twice("site", (place.id for place in places), faults)
    index = _index(places, faults)
    opened = tuple(_left_open(row, {place.id for place in places}) for row in tables["left_open"])
    refuse_if_any(faults, path)
    return places, index, opened


def _index(places: Iterable[Site], faults: Faults) -> dict[str, Site]:
    """Map every name to its site; one name for two sites is a fault."""
    index: dict[str, Site] = {}
    for place in places:
        for name in (place.id, place.name, *place.formerly, *place.also):
            if index.setdefault(folded(name), place).id != place.id:
                faults.add(f"site[{place.id}]", say("the name {name} is taken by another site", name=repr(name)))
    return index


def _site(row: Row) -> Site:
    party = row.text("party")
    place = Site(
        id=row.text("id"),
        name=row.text("name"),
        party=party,
        listed_under=row.text("listed_under", party),
        lon=row.optional_number("lon", -180, 180),
        lat=row.optional_number("lat", -90, 90),
        elevation_m=row.optional_number("elevation_m", _LOWEST_M, _HIGHEST_M),
        position_source=row.text("position_source", among=POSITION_SOURCES),
        designations=tuple(_designation(below) for below in row.rows("designation")),
        formerly=row.texts("formerly", []),
        also=row.texts("also", []),
        closed_year=_year(row),
        note=row.text("note", ""),
    )
    row.text("note_vi", "")  # for the catalogue of the language
    row.close()
    _check_site(row, place)
    return place


def _check_site(row: Row, place: Site) -> None:
    """Note what one field alone cannot show to be wrong."""
    if not (_ICAO.fullmatch(place.id) or _SLUG.fullmatch(place.id)):
        row.fault("id", say("{id} is neither an ICAO code nor a slug such as ro-urlati", id=repr(place.id)))
    if not place.designations:
        row.fault("designation", say("a site has at least one"))
    if (place.lon is None) != (place.lat is None) or (place.lon is None) != (place.position_source == "unknown"):
        row.fault("lon", say("lon and lat stand together, or position_source is unknown"))


def _year(row: Row) -> int | None:
    year = row.optional_number("closed_year", 1900, 2100)
    return None if year is None else int(year)


def _designation(row: Row) -> Designation:
    found = Designation(
        roles=row.texts("roles", among=ROLES),
        source=row.text("source"),
        status=row.text("status", among=STATUSES),
        inspection=row.flag("inspection"),
        text_position=row.text("text_position", "") or None,
        start=row.day("from"),
        end=row.day("to"),
        attested=row.sightings("attested"),
        note=row.text("note", ""),
    )
    row.text("note_vi", "")
    row.close()
    if not found.roles:
        row.fault("roles", say("a designation names at least one role"))
    if (found.start is None) != bool(found.attested):
        row.fault("from", say("a designation has either from or attested"))
        return replace(found, start=dt.date.min, attested=())
    if found.end is not None and found.end <= found.since:
        row.fault("to", say("the end is not after the start"))
    return found


def _left_open(row: Row, known: Collection[str]) -> LeftOpen:
    found = LeftOpen(
        listed_under=row.text("listed_under"),
        roles=row.texts("roles", among=ROLES),
        says=row.text("says", among=LEFT_OPEN),
        place=row.text("place", "") or None,
    )
    row.close()
    if found.place is not None and found.place not in known:
        row.fault("place", say("{place} is no site of this file", place=repr(found.place)))
    return found

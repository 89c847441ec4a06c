"""Observation aircraft of the regime, with what is public of them.

Designation (Article V), certificates (Annex D) and minimum heights are told between the Parties and not published; what
stands here is from the press and from general aviation data, each figure with its source.  A figure that nobody
published is absent, and whoever needs it asks for it.  The ``nominal`` aircraft is nobody's: its figures are chosen and
say so, for plans that name no aircraft.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from skywitness.core.dated import STATUSES
from skywitness.core.errors import Faults, InputError
from skywitness.core.text import say
from skywitness.law.category import Category
from skywitness.law.names import folded
from skywitness.law.rows import FOLDER, Row, note_twice, read_tables, refuse_if_any
from skywitness.law.sighting import Sighting

NOMINAL: Final = "nominal"
"""The aircraft that is used when none is named."""

MEDIA: Final = ("film", "digital", "tape")
FIGURES: Final = {"cruise_kmh": (100.0, 1000.0), "range_km": (500.0, 20000.0), "max_takeoff_kg": (2000.0, 400000.0)}
"""Figures of an aircraft and the span in which one is believed at all."""

_FILE: Final = FOLDER / "aircraft.toml"
_STATUSES: Final = (*STATUSES, "assumed")
_HIGHEST_M: Final = 20000.0  # no observation aircraft flies higher


class Use(enum.StrEnum):
    """Whether an aircraft was in use on a day, as far as is public."""

    IN_USE = "in_use"
    NOT_YET = "not_yet"
    RETIRED = "retired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Figure:
    """One published or remembered figure; the unit is in the key (``cruise_kmh``)."""

    key: str
    value: float
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class SensorEntry:
    """A sensor as far as it is published.

    ``heights_m_agl`` are heights of use named in public; ``half_field_deg`` is half the field of view across track,
    ``tilt_deg`` the angle of the axis from the vertical.  ``None`` and empty mean: not published.
    """

    id: str
    category: str
    source: str
    status: str
    medium: str | None = None
    count: int | None = None
    heights_m_agl: tuple[float, ...] = ()
    half_field_deg: float | None = None
    tilt_deg: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Aircraft:
    """An aircraft or a type of it.  ``parties``: States that designated it, alpha-3; none for the nominal one.

    ``start`` and ``end`` are the first and the last day in use; ``attested`` lists sightings where the first day is not
    known; ``gone_by`` is a day from which reports count it no longer among the usable ones.  ``certified`` is a time by
    which a certificate existed.
    """

    id: str
    name: str
    parties: tuple[str, ...]
    figures: tuple[Figure, ...]
    sensors: tuple[SensorEntry, ...]
    type: str | None = None
    registrations: tuple[str, ...] = ()
    start: Sighting | None = None
    end: Sighting | None = None
    attested: tuple[Sighting, ...] = ()
    gone_by: dt.date | None = None
    certified: Sighting | None = None
    source: str = ""
    status: str = "assumed"
    note: str = ""

    def figure(self, key: str) -> Figure | None:
        """Return a figure by its key, ``None`` when it is not known."""
        return next((figure for figure in self.figures if figure.key == key), None)

    @property
    def cruise_kmh(self) -> float | None:
        """Cruising speed through the air, km/h."""
        return self._value("cruise_kmh")

    @property
    def range_km(self) -> float | None:
        """Range without refuelling, km."""
        return self._value("range_km")

    @property
    def max_takeoff_kg(self) -> float | None:
        """Maximum take-off mass, kg; 35,000 decides how many monitors must be taken (VI.III.2)."""
        return self._value("max_takeoff_kg")

    def use_on(self, at: dt.date) -> Use:
        """Tell whether the aircraft was in use on a day; a time known to the year only leaves that year unknown."""
        if (self.end is not None and at > self.end.last) or (self.gone_by is not None and at >= self.gone_by):
            return Use.RETIRED
        if (self.end is not None and at > self.end.first) or (self.gone_by is not None and at > self._last_seen):
            return Use.UNKNOWN
        if self.start is not None and at < self.start.first:
            return Use.NOT_YET
        begin = self.start or (self.attested[0] if self.attested else None)
        return Use.IN_USE if begin is not None and at >= begin.last else Use.UNKNOWN

    def certified_on(self, at: dt.date) -> bool | None:
        """Tell whether a certificate existed: true from the time known, else not told (``None``), never false."""
        return True if self.certified is not None and at >= self.certified.last else None

    @property
    def first_known(self) -> dt.date:
        """First day on which something of it was public: its use, its certificate or its end."""
        seen = [self.start, self.certified, self.end, *self.attested]
        return min((one.last for one in seen if one is not None), default=dt.date.min)

    @property
    def _last_seen(self) -> dt.date:
        return self.attested[-1].last if self.attested else dt.date.min

    def _value(self, key: str) -> float | None:
        figure = self.figure(key)
        return figure.value if figure else None


def aircraft(ident: str) -> Aircraft:
    """Find an aircraft by identifier, name or registration, without regard to case.

    :raises InputError: when there is none, with the list of those there are.
    """
    index = _load()[1]
    found = index.get(folded(ident))
    if found is None:
        known = ", ".join(craft.id for craft in all_aircraft())
        message = say("There is no aircraft {ident}; known are {known}.", ident=repr(ident), known=known)
        raise InputError("unknown_aircraft", message, ident)
    return found


def all_aircraft() -> tuple[Aircraft, ...]:
    """Return every aircraft of the file, the nominal one first."""
    return _load()[0]


def nominal() -> Aircraft:
    """Return the aircraft that is used when none is named; every figure of it is an assumption."""
    return aircraft(NOMINAL)


_Loaded = tuple[tuple[Aircraft, ...], dict[str, Aircraft]]


@cache
def _load() -> _Loaded:
    return load(_FILE)


def load(path: Path) -> _Loaded:
    """Read an aircraft file: the aircraft, and an index of every name folded.

    :raises DataError: with all faults of the file.
    """
    faults = Faults()
    found = tuple(_aircraft(row) for row in read_tables(path, ("aircraft",), faults)["aircraft"])
    note_twice("aircraft", (craft.id for craft in found), faults)
    index = _index(found, faults)
    if NOMINAL not in {craft.id for craft in found}:
        faults.add("aircraft", say("the nominal aircraft is missing"))
    refuse_if_any(faults, path)
    return found, index


def _index(found: Iterable[Aircraft], faults: Faults) -> dict[str, Aircraft]:
    index: dict[str, Aircraft] = {}
    for craft in found:
        for name in (craft.id, craft.name, *craft.registrations):
            if index.setdefault(folded(name), craft).id != craft.id:
                faults.add(f"aircraft[{craft.id}]", say("the name {name} is taken by another", name=repr(name)))
    return index


def _aircraft(row: Row) -> Aircraft:
    ident = row.text("id")
    named = ident != NOMINAL
    craft = Aircraft(
        id=ident,
        name=row.text("name"),
        parties=row.texts("parties"),
        figures=tuple(_figure(below) for below in row.rows("figure")),
        sensors=tuple(_sensor(below) for below in row.rows("sensor")),
        type=row.text("type", "") or None,
        registrations=row.texts("registrations", []),
        start=row.sighting("from"),
        end=row.sighting("to"),
        attested=row.sightings("attested"),
        gone_by=row.day("gone_by"),
        certified=row.sighting("certified"),
        source=row.text("source") if named else row.text("source", ""),
        status=row.text("status", among=_STATUSES) if named else "assumed",
        note=row.text("note", ""),
    )
    row.text("name_vi", "")  # for the catalogue of the language; a type alone is called the same in all of them
    row.close()
    if named and not craft.parties:
        row.fault("parties", say("at least one State designated it"))
    note_twice(f"{row.where}.figure", (figure.key for figure in craft.figures), row.faults)
    note_twice(f"{row.where}.sensor", (sensor.id for sensor in craft.sensors), row.faults)
    return craft


def _figure(row: Row) -> Figure:
    key = row.text("key", among=tuple(FIGURES))
    low, high = FIGURES.get(key, (0.0, float("inf")))
    figure = Figure(key, row.number("value", low, high), row.text("source"), row.text("status", among=_STATUSES))
    row.close()
    return figure


def _sensor(row: Row) -> SensorEntry:
    count = row.optional_number("count", 1, 20)
    heights = row.raw("heights_m_agl")
    if not all(_is_height(height) for height in heights):
        row.fault("heights_m_agl", say("heights are numbers of metres above ground"))
        heights = []
    sensor = SensorEntry(
        id=row.text("id"),
        category=row.text("category", among=tuple(Category)),
        source=row.text("source"),
        status=row.text("status", among=_STATUSES),
        medium=row.text("medium", "", MEDIA) or None,
        count=None if count is None else int(count),
        heights_m_agl=tuple(float(height) for height in heights),
        half_field_deg=row.optional_number("half_field_deg", 0.1, 89.0),
        tilt_deg=row.optional_number("tilt_deg", 0.0, 89.0),
        note=row.text("note", ""),
    )
    row.close()
    return sensor


def _is_height(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= _HIGHEST_M

"""Annotations described in values (TOML or JSON) instead of codes.

::

    [[roll]]
    reference = { year_digit = 9, number = 27 }
    date = 2019-09-12
    sensor = { category = "optical_panoramic", medium = "film-panchromatic" }
    configuration = { installation = "internal", place = "1", mounting = "vertical" }
    focal_length_mm = 152.4

    [[roll.mark]]
    time_utc = 2019-09-12T08:31:00Z
    height_m_agl = 1850
    lon = 36.65
    lat = 55.61

What a code cannot hold is rounded to the nearest that it can, and told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.imagery.annotation import takers
from skywitness.imagery.annotation.blocks import BLOCKS, LINES
from skywitness.imagery.annotation.scan import shown
from skywitness.imagery.annotation.sheet import Line, Sheet
from skywitness.imagery.annotation.values import (
    Configuration,
    Height,
    Place,
    Reference,
    SensorDescription,
    Speed,
    Turned,
)
from skywitness.law.rows import Row, refuse_strays

TABLES: Final = {"MARK": "mark", "FRAME": "frame", "MOTION": "motion"}


@dataclass(frozen=True, slots=True)
class Rounded:
    """A value that no code can hold exactly, and what is written for it."""

    where: str
    given: str
    written: str


@dataclass(frozen=True, slots=True)
class Described:
    """A description as a sheet, and what was rounded on the way."""

    sheet: Sheet
    rounded: tuple[Rounded, ...] = field(default=())


def read_description(data: Mapping[str, Any], where: str = "") -> Described:
    """Turn what the TOML or JSON reader gave into a sheet.

    :raises InputError: of kind ``bad_annotation`` with all faults.
    """
    faults = Faults()
    rounded: list[Rounded] = []
    refuse_strays(data, ("roll",), faults)
    rolls = data.get("roll")
    if not isinstance(rolls, list) or not rolls:
        faults.add("roll", say("missing: expected a list of tables, [[roll]], one for each roll or medium"))
        rolls = []
    lines = [line for number, roll in enumerate(rolls) for line in _roll(roll, f"roll[{number}]", faults, rounded)]
    faults.raise_if_any("bad_annotation", say("The annotations cannot be used as they stand."), where)
    return Described(Sheet(tuple(lines)), tuple(rounded))


def _roll(data: Any, where: str, faults: Faults, rounded: list[Rounded]) -> Iterator[Line]:
    if not isinstance(data, Mapping):
        faults.add(where, say("a table is expected, met {met}", met=shown(str(data))))
        return
    below = {key: data[key] for key in TABLES.values() if key in data}
    yield _line("LEADER", {key: value for key, value in data.items() if key not in below}, where, faults, rounded)
    for kind, key in TABLES.items():
        rows = below.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            faults.add(f"{where}.{key}", say("a list of tables is expected: [[roll.{key}]]", key=key))
            continue
        for number, row in enumerate(rows):
            yield _line(kind, row, f"{where}.{key}[{number}]", faults, rounded)


def _line(kind: str, data: Mapping[str, Any], where: str, faults: Faults, rounded: list[Rounded]) -> Line:
    taker = takers.Taker(Row(data, where, faults))
    values: dict[str, Any] = {}
    for label in LINES[kind]:
        value = taker.take(label)
        if value is None:
            continue
        _, misses = BLOCKS[label].read(BLOCKS[label].encode(value))
        if misses:
            faults.add(f"{where}.{BLOCKS[label].field}", misses[0].message)
        values[label] = value
    taker.row.close()
    rounded += [Rounded(f"{where}.{key}", given, written) for key, given, written in taker.rounded]
    return Line(kind, MappingProxyType(values), where)


# ---- and back ----


def write_description(sheet: Sheet) -> dict[str, Any]:
    """Write a sheet as plain values; ``read_description`` gives the same sheet again."""
    rolls: list[dict[str, Any]] = []
    for line in sheet.lines:
        fields = {key: value for label in LINES[line.kind] for key, value in fields_of(label, line.get(label))}
        if line.kind == "LEADER" or not rolls:
            rolls.append({})
        if line.kind == "LEADER":
            rolls[-1].update(fields)
        else:
            rolls[-1].setdefault(TABLES[line.kind], []).append(fields)
    return {"roll": rolls}


def fields_of(label: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Give the fields of a description that say one value; none for ``None``."""
    name = BLOCKS[label].field
    if isinstance(value, Reference):
        yield name, {"year_digit": value.year_digit, "number": value.number}
    elif isinstance(value, SensorDescription):
        yield name, {"category": value.category, "medium": value.medium}
    elif isinstance(value, Configuration):
        parts = {key: getattr(value, key) for key in ("installation", "place", "mounting", *takers.OPTIONAL)}
        yield name, {key: part for key, part in parts.items() if part is not None}
    elif isinstance(value, Height):
        yield ("height_m_agl" if value.unit == "metres" else "height_ft_agl"), value.value
    elif isinstance(value, Place):
        yield from (("lon", value.lon), ("lat", value.lat), ("position_form", value.form.value))
    elif isinstance(value, Turned):
        yield from ((f"{name}_deg", value.deg), (f"{name}_to", value.to))
    elif isinstance(value, Speed):
        yield ("groundspeed_km_h" if value.unit == "kilometres" else "groundspeed_kt"), value.value
    elif isinstance(value, dt.datetime):
        yield name, value.strftime("%Y-%m-%dT%H:%M:%SZ")
    elif isinstance(value, dt.date):
        yield name, value.isoformat()
    elif isinstance(value, tuple):
        yield name, list(value)
    elif value is not None:
        yield name, value

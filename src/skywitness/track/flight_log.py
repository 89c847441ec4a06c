"""What was noted on board: when which sensor ran, why the flight left its path or was cut short, the pressure.

It stands in a file of its own, or under ``[extra.flown]`` of a facts file::

    qnh_hpa = 1009.0
    departure_utc = 2019-09-13T09:00:00Z
    [[sensor_on]]
    sensor = "CAM"
    from_utc = 2019-09-12T08:30:00Z
    to_utc = 2019-09-12T09:10:00Z
    [[deviation]]
    from_utc = 2019-09-12T08:50:00Z
    to_utc = 2019-09-12T09:00:00Z
    reason = "weather"

A list that is not given is not known; ``deviation = []`` says that none was reported.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, quoted, say
from skywitness.law.names import did_you_mean
from skywitness.route.facts import Facts
from skywitness.route.files.document import parse_toml
from skywitness.route.files.faults import raise_faults
from skywitness.route.files.fields import Fields, Range, read_time
from skywitness.route.files.text_file import path_words, read_text

REASONS: Final = ("weather", "technical", "medical", "force_majeure", "weather_for_sensors", "none")
"""Why a flight leaves its path: the four of VIII.II.1, that of VIII.II.2, or none of them."""

CURTAILED_BY: Final = ("sensor_malfunction", "technical", "medical", "force_majeure", "weather", "other")
PERSONS: Final = ("observed_crew", "flight_monitor", "other")


@dataclass(frozen=True, slots=True)
class SensorOn:
    """A time in which a sensor ran."""

    sensor: str
    start_utc: dt.datetime
    end_utc: dt.datetime


@dataclass(frozen=True, slots=True)
class NotedDeviation:
    """A deviation as told on board.

    ``permitted``: whether traffic control permitted it; ``permission_required``: whether national rules ask for that.
    """

    start_utc: dt.datetime
    end_utc: dt.datetime
    reason: str
    permitted: bool | None = None
    permission_required: bool | None = None


@dataclass(frozen=True, slots=True)
class Curtailment:
    """Why a flight was cut short; ``person``: who had a medical emergency."""

    reason: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class FlightLog:
    """All that was noted on board.  ``None`` is not known; an empty tuple says that there was none.

    ``prohibited``: times for which the observed Party prohibited a sensor, or all where none is named (VIII.II.3);
    ``counted``: whether the observing Party lets a flight count that need not (VIII.II.5); ``position_error_m``: how
    far positions may be off.
    """

    sensors_on: tuple[SensorOn, ...] | None = None
    deviations: tuple[NotedDeviation, ...] | None = None
    prohibited: tuple[SensorOn, ...] | None = None
    curtailment: Curtailment | None = None
    counted: bool | None = None
    data_retained: bool | None = None
    departure_utc: dt.datetime | None = None
    qnh_hpa: float | None = None
    isa_deviation_c: float | None = None
    geoid_m: float | None = None
    position_error_m: float | None = None


def read_flight_log(path: Path | str) -> FlightLog:
    """Read a flight log: TOML, or a table (CSV) of ``sensor, from_utc, to_utc``.

    Raises ``InputError`` of kind ``bad_flight_log`` with all faults, or the kinds of
    :func:`~skywitness.route.files.text_file.read_text` and :func:`~skywitness.route.files.document.parse_toml`.
    """
    where = path_words(path)
    text = read_text(path)
    head = text.lstrip().split("\n", 1)[0].lower()
    if "sensor" in head and "from_utc" in head and any(sign in head for sign in ",;\t") and "=" not in head:
        return FlightLog(sensors_on=_table(text, where))
    return log_from(parse_toml(text, where), where)


def log_of(facts: Facts | None) -> FlightLog:
    """Take the flight log that stands under ``[extra.flown]`` of a facts file; an empty one where there is none."""
    flown = {} if facts is None else facts.extra.get("flown", {})
    if not isinstance(flown, dict):
        raise InputError("bad_flight_log", say("Under [extra.flown] of the facts a table is expected."), "extra.flown")
    return log_from(flown, "extra.flown")


def log_from(data: dict[str, Any], where: str = "") -> FlightLog:
    """Read a flight log from what the TOML reader gave.  Raises ``InputError`` of kind ``bad_flight_log``."""
    faults = Faults()
    fields = Fields(data, "", faults)
    log = FlightLog(
        sensors_on=_periods(fields, "sensor_on"),
        deviations=_deviations(fields),
        prohibited=_periods(fields, "sensors_prohibited", named=False),
        curtailment=_curtailment(fields),
        counted=fields.flag("counted"),
        data_retained=fields.flag("data_retained"),
        departure_utc=fields.time("departure_utc"),
        qnh_hpa=fields.number("qnh_hpa", Range(850.0, 1090.0)),
        isa_deviation_c=fields.number("isa_deviation_c", Range(-60.0, 60.0)),
        geoid_m=fields.number("geoid_m", Range(-120.0, 100.0)),
        position_error_m=fields.number("position_error_m", Range(0.0, 20_000.0)),
    )
    fields.refuse_unknown()
    raise_faults(faults, "bad_flight_log", _UNUSABLE, where)
    return log


_UNUSABLE: Final = say("The flight log cannot be used as it stands.")


def refuse_strange_sensors(log: FlightLog, planned: Collection[str], where: str = "") -> None:
    """Refuse a prohibition of a sensor that nobody has: misspelt, it would prohibit nothing, and nobody would see it.

    ``planned``: the sensors of the plan; those that the log says to have run count as well.  Raises ``InputError`` of
    kind ``bad_flight_log`` with all faults.
    """
    faults = Faults()
    known = {*planned, *(one.sensor for one in log.sensors_on or ())}
    for index, one in enumerate(log.prohibited or ()):
        if one.sensor and one.sensor not in known:
            words = {"name": quoted(one.sensor), "near": did_you_mean(one.sensor, known)}
            message = say("neither the plan nor sensor_on has a sensor {name}.{near}", **words)
            faults.add(f"sensors_prohibited[{index}].sensor", message)
    raise_faults(faults, "bad_flight_log", _UNUSABLE, where)


def _periods(fields: Fields, key: str, named: bool = True) -> tuple[SensorOn, ...] | None:
    if not fields.has(key):
        return None
    found = []
    for table in fields.tables(key):
        expected = say("the identifier of the sensor in the plan")
        sensor = table.need_text("sensor", expected) if named else table.text("sensor")
        found.append(SensorOn(sensor, *_span(table)))
        table.refuse_unknown()
    return tuple(found)


def _span(table: Fields) -> tuple[dt.datetime, dt.datetime]:
    start, end = table.need_time("from_utc"), table.need_time("to_utc")
    if table.sound("from_utc") and table.sound("to_utc") and end < start:
        table.wrong("to_utc", say("lies before from_utc"))
    return start, end


def _deviations(fields: Fields) -> tuple[NotedDeviation, ...] | None:
    if not fields.has("deviation"):
        return None
    found = []
    for table in fields.tables("deviation"):
        start, end = _span(table)
        reason = table.need_choice("reason", REASONS)
        leave = table.flag("permitted"), table.flag("permission_required")
        found.append(NotedDeviation(start, end, reason, *leave))
        table.refuse_unknown()
    return tuple(found)


def _curtailment(fields: Fields) -> Curtailment | None:
    if not fields.has("curtailment"):
        return None
    table = fields.table("curtailment")
    found = Curtailment(table.need_choice("reason", CURTAILED_BY), table.choice("person", PERSONS))
    table.refuse_unknown()
    return found


def _table(text: str, where: str) -> tuple[SensorOn, ...]:
    separator = max(";\t,", key=text.split("\n", 1)[0].count)
    faults, found = Faults(), []
    reader = csv.DictReader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
    for number, row in enumerate(reader, 2):
        sensor = (row.get("sensor") or "").strip()
        start, end = read_time((row.get("from_utc") or "").strip()), read_time((row.get("to_utc") or "").strip())
        if not sensor:
            faults.add(f"line {number}", say("names no sensor"))
        for time in (start, end):
            if isinstance(time, Text):
                faults.add(f"line {number}", time)
        if isinstance(start, dt.datetime) and isinstance(end, dt.datetime):
            if end < start:
                faults.add(f"line {number}", say("to_utc lies before from_utc"))
            found.append(SensorOn(sensor, start, end))
    raise_faults(faults, "bad_flight_log", _UNUSABLE, where)
    return tuple(found)

"""Take the value of a block from a table of a description, rounded to what its code can hold."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from skywitness.core.text import say
from skywitness.imagery.annotation.blocks import BLOCKS
from skywitness.imagery.annotation.figures import DECIMALS, LARGEST, sides_of, write_number
from skywitness.imagery.annotation.scan import shown
from skywitness.imagery.annotation.tables import codes
from skywitness.imagery.annotation.values import (
    Configuration,
    Height,
    Place,
    PositionForm,
    Reference,
    SensorDescription,
    Speed,
    Turned,
)
from skywitness.law.rows import Row

OPTIONAL: Final = ("depression_deg", "sensors", "position")
_LONGEST_TIME: Final = 40


@dataclass(slots=True)
class Taker:
    """Reads the fields of one table; ``rounded`` notes (field, what was given, what is written)."""

    row: Row
    rounded: list[tuple[str, str, str]] = field(default_factory=list)

    def take(self, label: str) -> Any:
        """Return the value of a block; ``None`` where it is not given or cannot be read, which is noted."""
        name = BLOCKS[label].field
        if label in _NUMBERS:
            return self._decimal(name, _NUMBERS[label])
        if label in _TURNED:
            return self._turned(name, _TURNED[label])
        return _TAKERS[label](self, name)

    # -- tables of their own

    def _reference(self, name: str) -> Reference | None:
        table = self._table(name)
        if table is None:
            return None
        digit, number = self._count(table, "year_digit", 0, 9), self._count(table, "number", 0, 999)
        table.close()
        return None if digit is None or number is None else Reference(digit, number)

    def _sensor(self, name: str) -> SensorDescription | None:
        table = self._table(name)
        if table is None:
            return None
        category = table.text("category", among=tuple(codes("category_code")))
        medium = table.text("medium", among=tuple(codes("medium_code")))
        table.close()
        known = category in codes("category_code") and medium in codes("medium_code")
        return SensorDescription(category, medium) if known else None

    def _configuration(self, name: str) -> Configuration | None:
        table = self._table(name)
        if table is None:
            return None
        before = len(self.row.faults)
        installation = table.text("installation", among=tuple(codes("installation_code")))
        internal = installation == "internal"
        place = table.text("place", among=tuple("123456789") if internal else tuple(codes("pod_code")))
        mounting = table.text("mounting", among=tuple(codes("installation_type_code")))
        wanted = _PARTS.get(mounting, ())
        parts = {key: self._count(table, key, 0, 90) for key in OPTIONAL if key in table or key in wanted}
        for key in parts:
            if key not in wanted and mounting in codes("installation_type_code"):
                table.fault(key, say("belongs to no installation that is {mounting}", mounting=mounting))
        table.close()
        return None if len(self.row.faults) > before else Configuration(installation, place, mounting, **parts)

    def _table(self, name: str) -> Row | None:
        data = self.row.anything(name)
        if data is None:
            return None
        if not isinstance(data, dict):
            self.row.fault(name, say("a table is expected, met {met}", met=shown(str(data))))
            return None
        return Row(data, f"{self.row.where}.{name}", self.row.faults)

    # -- days and times

    def _day(self, name: str) -> dt.date | None:
        value = self.row.anything(name)
        if isinstance(value, str) and len(value) == len("2019-09-12"):
            try:
                value = dt.date.fromisoformat(value)
            except ValueError:
                self._odd(name, value, "2019-09-12")
                return None
        if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
            return value
        self._odd(name, value, "2019-09-12")
        return None

    def _minute(self, name: str) -> dt.datetime | None:
        value = self.row.anything(name)
        if isinstance(value, str) and len(value) <= _LONGEST_TIME and "T" in value:
            with contextlib.suppress(ValueError):
                value = dt.datetime.fromisoformat(value)
        if value is None:
            return None
        if not isinstance(value, dt.datetime) or value.tzinfo is None:
            self._odd(name, value, "2019-09-12T08:31:00Z")
            return None
        try:
            time = value.astimezone(dt.UTC)
            near = (time + dt.timedelta(seconds=30)).replace(second=0, microsecond=0)
        except OverflowError:
            self._odd(name, value, "2019-09-12T08:31:00Z")
            return None
        if near != time:
            self.rounded.append((name, time.isoformat(), f"{near:%Y-%m-%d %H:%MZ}"))
        return near

    def _odd(self, name: str, value: Any, example: str) -> None:
        self.row.fault(name, say("met {met}, expected {example}", met=shown(str(value)), example=example))

    # -- figures

    def _height(self, _: str) -> Height | None:
        value, unit = self._one_of({"height_m_agl": "metres", "height_ft_agl": "feet"}, LARGEST)
        return None if value is None else Height(value, unit)

    def _speed(self, _: str) -> Speed | None:
        value, unit = self._one_of({"groundspeed_km_h": "kilometres", "groundspeed_kt": "nautical-miles"}, 999.0)
        return None if value is None else Speed(value, unit)

    def _one_of(self, units: dict[str, str], most: float) -> tuple[int | None, str]:
        given = [key for key in units if key in self.row]
        values = {key: self.row.optional_number(key, 0.0, most) for key in units}
        if len(given) > 1:
            self.row.fault(given[1], say("stands beside {other}; a code holds one of them", other=given[0]))
        if len(given) != 1 or not _within(values[given[0]], 0.0, most):
            return None, ""
        return self._nearest(given[0], float(values[given[0]] or 0.0)), units[given[0]]

    def _heading(self, name: str) -> int | None:
        value = self.row.optional_number(name, 0.0, 360.0)
        return self._nearest(name, float(value)) if value is not None and _within(value, 0.0, 360.0) else None

    def _place(self, _: str) -> Place | None:
        lon, lat = self.row.optional_number("lon", -180.0, 180.0), self.row.optional_number("lat", -90.0, 90.0)
        word = self.row.text("position_form", PositionForm.DEGREES.value, [form.value for form in PositionForm])
        if (lon is None) != (lat is None):
            self.row.fault("lat" if lat is None else "lon", say("missing: lon and lat stand together"))
        if lon is None or lat is None or word not in set(PositionForm):
            return None
        if not (_within(lon, -180.0, 180.0) and _within(lat, -90.0, 90.0)):
            return None
        form = PositionForm(word)
        found = Place(form, *_steps(lat, form), *_steps(lon, form))
        for key, given, kept in (("lat", lat, found.lat), ("lon", lon, found.lon)):
            if given != kept:
                self.rounded.append((key, repr(given), repr(kept)))
        return found

    def _decimal(self, name: str, most: float) -> float | None:
        value = self.row.optional_number(name, 0.0, most)
        if value is None or not _within(value, 0.0, most):
            return None
        near = abs(round(value, DECIMALS))
        if near != value:
            self.rounded.append((name, repr(value), write_number(near)))
        return near

    def _turned(self, name: str, most: float) -> Turned | None:
        deg = self._decimal(f"{name}_deg", most)
        sides = [word.removeprefix(f"{name}-") for word in sides_of(name)]
        to = self.row.text(f"{name}_to", "", sides)
        if deg is None or to not in sides:
            if (deg is None) != (f"{name}_to" not in self.row):
                self.row.fault(f"{name}_to", say("{name}_deg and {name}_to stand together", name=name))
            return None
        return Turned(deg, to)

    def _whole(self, name: str) -> int | None:
        return self._count(self.row, name, 1, 999_999) if name in self.row else None

    def _polarisations(self, name: str) -> tuple[str, ...] | None:
        return self.row.texts(name) if name in self.row else None

    def _nearest(self, name: str, value: float) -> int:
        near = math.floor(value + 0.5)
        if near != value:
            self.rounded.append((name, repr(value), str(near)))
        return near

    @staticmethod
    def _count(row: Row, name: str, low: int, high: int) -> int | None:
        value = row.number(name, low, high)
        if not _within(value, low, high) or value != int(value):
            if _within(value, low, high):
                row.fault(name, say("{value} is no whole number", value=repr(value)))
            return None
        return int(value)


def _within(value: float | None, low: float, high: float) -> bool:
    """Tell whether a number is there and in its range; a fault outside is noted where it is read."""
    return value is not None and low <= value <= high


def _steps(angle: float, form: PositionForm) -> tuple[int, bool]:
    return math.floor(abs(angle) * form.steps + 0.5), math.copysign(1.0, angle) < 0.0


_PARTS: Final = {
    "oblique-left": ("depression_deg",),
    "oblique-right": ("depression_deg",),
    "fan": ("sensors", "position"),
}
_NUMBERS: Final = {"FOCAL": LARGEST, "SCAN": 360.0, "LOOKDOWN": 90.0, "NEAR": LARGEST, "SWATH": LARGEST}
_TURNED: Final = {"ROLL": 180.0, "PITCH": 90.0, "DRIFT": 180.0}
_TAKERS: Final[dict[str, Callable[[Taker, str], Any]]] = {
    "REF": Taker._reference,
    "DATE": Taker._day,
    "SENSOR": Taker._sensor,
    "CONFIG": Taker._configuration,
    "MAGAZINE": Taker._whole,
    "TIME": Taker._minute,
    "HEIGHT": Taker._height,
    "PLACE": Taker._place,
    "HEADING": Taker._heading,
    "SPEED": Taker._speed,
    "POL": Taker._polarisations,
    "NUMBER": Taker._whole,
}

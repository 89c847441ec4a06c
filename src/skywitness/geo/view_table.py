"""Read a table of border views, those that come with the program or a user's own, and tell all its faults at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeGuard

from skywitness.core.errors import Faults
from skywitness.core.text import Text, say
from skywitness.geo.view import Assignment, Holding, Unlined

KIND = "bad_view"
STATUSES = ("text", "decision", "reported", "attested", "recollection", "assumed")
_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_STATE = re.compile(r"[A-Z]{3}|X-[A-Z]+")
_LANGUAGES = ("_vi",)
_VIEW_KEYS = frozenset(
    ("name", "holder", "source", "error_band_km", "error_band_why", "note", "rest", "held_by", "assign", "unlined")
)
_ROW_KEYS = frozenset(("area", "to", "from", "until", "source", "status"))
_UNLINED_KEYS = frozenset(("name", "outer", *_ROW_KEYS))
_HOLDING_KEYS = frozenset(("party", "from", "source", "status"))


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One view as its table has it, on all days."""

    name: str
    holder: str
    source: str
    note: str
    rest: str = ""
    error_band_km: float = 0.0
    error_band_why: str = ""
    held_by: tuple[Holding, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    unlined: tuple[Unlined, ...] = field(default=())


def read_rows(
    document: Mapping[str, Any], areas: Collection[str], names: Collection[str], faults: Faults
) -> list[ViewRow]:
    """Read all views of a document.

    ``areas`` are the codes that can be assigned, ``names`` those of the views that the rest may be left to, beside the
    views of the document itself.  Faults are noted, with the place of each; rows are good only when there are none.
    """
    if set(document) - {"view"}:
        unknown = ", ".join(sorted(set(document) - {"view"}))
        faults.add("", say("unknown here: {names}; the file holds [[view]] tables", names=unknown))
    tables = document.get("view")
    if not _is_tables(tables) or not tables:
        faults.add("view", say("is no list of [[view]] tables"))
        return []
    own = {table["name"]: "rest" in table for table in tables if isinstance(table.get("name"), str)}
    bases = set(names) | {name for name, leaves in own.items() if not leaves}
    rows = [_Table(table, f"view[{number}]", faults).view(areas, bases) for number, table in enumerate(tables, 1)]
    for name in sorted({row.name for row in rows if [other.name for other in rows].count(row.name) > 1}):
        faults.add("view", say("two views are called {name}", name=name))
    return rows


def _is_tables(value: object) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of the document, read with its faults noted where they stand."""

    values: Mapping[str, Any]
    where: str
    faults: Faults

    def view(self, areas: Collection[str], bases: Collection[str]) -> ViewRow:
        """Read a view."""
        self.refuse_unknown(_VIEW_KEYS)
        name = self.text("name")
        if name and not _NAME.fullmatch(name):
            self.fault("name", say("{met} is no name of a view: small letters, digits, _ . -", met=repr(name)))
        rest = self.text("rest", needed=False)
        if rest and rest not in bases:
            known = ", ".join(sorted(bases))
            self.fault(
                "rest", say("{met} is no view that the rest can be left to; they are {known}", met=rest, known=known)
            )
        assignments = tuple(row.assignment(areas) for row in self.tables("assign"))
        self.refuse_overlaps(assignments)
        return ViewRow(
            name=name,
            holder=self.text("holder"),
            source=self.text("source", needed=not rest),
            note=self.text("note", needed=False),
            rest=rest,
            error_band_km=self.number("error_band_km") if not rest else 0.0,
            error_band_why=self.text("error_band_why", needed=not rest),
            held_by=tuple(row.holding() for row in self.tables("held_by")),
            assignments=assignments,
            unlined=tuple(row.without_line() for row in self.tables("unlined")),
        )

    def assignment(self, areas: Collection[str] | None) -> Assignment:
        """Read a position; ``areas`` are the codes that there are, ``None`` when the area has no line."""
        if areas is not None:
            self.refuse_unknown(_ROW_KEYS)
        area, to = self.text("area"), self.text("to")
        if areas is not None and area and area not in areas:
            self.fault("area", say("{met} is no area that the border file draws or parts", met=repr(area)))
        if areas is None and area and not area.startswith("X-"):
            self.fault("area", say("{met} has to begin with X-: an area of its own, without a line", met=repr(area)))
        if to and not _STATE.fullmatch(to):
            self.fault("to", say("{met} is no code of a State: three capitals, or the code of the area", met=repr(to)))
        elif to.startswith("X-") and to != area:
            self.fault("to", say("{met} is no State: an area is counted to a State, or to itself as one", met=to))
        elif areas is not None and to and not to.startswith("X-") and to not in areas:
            self.fault("to", say("{met} is no State that the border file has", met=to))
        start, end = self.day("from"), self.day("until")
        if start is not None and end is not None and start >= end:
            self.fault("until", say("{end} does not come after {start}", end=end, start=start))
        return Assignment(area, to, self.text("source"), self.status(), start, end)

    def without_line(self) -> Unlined:
        """Read a position on an area that no line is at hand for."""
        self.refuse_unknown(_UNLINED_KEYS)
        boxes = self.values.get("outer")
        good = isinstance(boxes, list) and bool(boxes) and all(_is_box(box) for box in boxes)
        if not good:
            self.fault("outer", say("is no list of boxes [west, south, east, north] in degrees"))
        outer = tuple((float(w), float(s), float(e), float(n)) for w, s, e, n in boxes) if good and boxes else ()
        return Unlined(self.text("name"), self.assignment(None), outer)

    def holding(self) -> Holding:
        """Read who holds the view, and from when."""
        self.refuse_unknown(_HOLDING_KEYS)
        party = self.text("party")
        if party and not re.fullmatch(r"[A-Z]{3}", party):
            self.fault("party", say("{met} is no code of a Party: three capitals (ISO 3166 alpha-3)", met=repr(party)))
        source = self.text("source", needed=False)
        return Holding(party, self.day("from"), source, self.status() if source else "")

    def refuse_unknown(self, known: Collection[str]) -> None:
        """Note keys that mean nothing here: a misspelt one must not be passed over."""
        for key in self.values:
            plain = next((key.removesuffix(ending) for ending in _LANGUAGES if key.endswith(ending)), key)
            if plain not in known:
                self.fault(key, say("is not known here; known are {names}", names=", ".join(sorted(known))))

    def refuse_overlaps(self, rows: Collection[Assignment]) -> None:
        """Note areas that are counted to two States on one day."""
        by_area: dict[str, list[Assignment]] = {}
        for row in rows:
            by_area.setdefault(row.area, []).append(row)
        for area, those in by_area.items():
            ordered = sorted(those, key=lambda row: row.start or dt.date.min)
            for before, after in pairwise(ordered):
                if before.end is None or before.end > (after.start or dt.date.min):
                    both = {"area": area, "one": before.to, "two": after.to, "day": after.start or before.end}
                    self.fault("assign", say("{area} is counted to {one} and to {two} at once ({day})", **both))

    def text(self, key: str, *, needed: bool = True) -> str:
        """Take words."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            self.fault(key, say("{met} is no text", met=repr(value)))
        elif needed and not value.strip():
            self.fault(key, say("is missing"))
        return value.strip() if isinstance(value, str) else ""

    def number(self, key: str) -> float:
        """Take an error band in km."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 < value < 100.0:
            self.fault(key, say("{band} is no error band: between 0 and 100 km", band=repr(value)))
            return 0.0
        return float(value)

    def day(self, key: str) -> dt.date | None:
        """Take a day; a date with a time is none."""
        value = self.values.get(key)
        if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
            return value
        self.fault(key, say("{met} is no day, written as 2014-03-18", met=repr(value)))
        return None

    def status(self) -> str:
        """Take how well a source is founded."""
        status = self.text("status")
        if status and status not in STATUSES:
            self.fault("status", say("{met} is none of {names}", met=repr(status), names=", ".join(STATUSES)))
        return status

    def tables(self, key: str) -> list[_Table]:
        """Take a list of tables."""
        value = self.values.get(key, [])
        if not _is_tables(value):
            self.fault(key, say("is no list of tables"))
            return []
        return [_Table(one, f"{self.where}.{key}[{number}]", self.faults) for number, one in enumerate(value, 1)]

    def fault(self, key: str, message: Text) -> None:
        """Note a fault at a key."""
        self.faults.add(f"{self.where}.{key}", message)


def _is_box(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 4:
        return False
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in value):
        return False
    west, south, east, north = value
    return bool(-180.0 <= west < east <= 180.0 and -90.0 <= south < north <= 90.0)

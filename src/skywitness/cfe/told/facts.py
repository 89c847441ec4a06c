"""One table of a told file: facts by name, each of a kind that was checked when it was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from skywitness.cfe.told.asked import Asked
from skywitness.core.text import quoted, say
from skywitness.law.act_rows import FIRST_YEAR, LAST_YEAR, ActRow

__all__ = ["Field", "Told", "asked_fields", "read_told"]

_MOST: Final = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Field:
    """What a field can hold: ``flag``, ``number``, ``whole``, ``time``, ``day``, ``items``, ``text``, ``choice``, …

    ``among``: the words it may be, or that its list may hold; ``most``: the largest number.
    """

    kind: str
    among: tuple[str, ...] = ()
    most: float = _MOST


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of one table; what is not told is not there."""

    id: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def flag(self, name: str) -> bool | None:
        """Return yes, no, or that it is not told."""
        found = self.values.get(name)
        return None if found is None else bool(found)

    def number(self, name: str) -> float | None:
        """Return a number, or that it is not told."""
        found = self.values.get(name)
        return None if found is None else float(found)

    def whole(self, name: str) -> int | None:
        """Return a whole number, or that it is not told."""
        found = self.values.get(name)
        return None if found is None else int(found)

    def time(self, name: str) -> dt.datetime | None:
        """Return a moment, or that it is not told."""
        found = self.values.get(name)
        return found if isinstance(found, dt.datetime) else None

    def word(self, name: str) -> str:
        """Return a text; empty where it is not told."""
        return str(self.values.get(name, ""))

    def items(self, name: str) -> tuple[str, ...] | None:
        """Return a list, or that it is not told."""
        found = self.values.get(name)
        return None if found is None else tuple(found)

    def counts(self, name: str) -> Mapping[str, int]:
        """Return numbers by State; none where they are not told."""
        found: Mapping[str, int] = self.values.get(name, {})
        return found

    def hours(self, since: str, until: str) -> float | None:
        """Return the hours from one moment to another; ``None`` where one of them is not told."""
        first, last = self.time(since), self.time(until)
        return None if first is None or last is None else (last - first) / dt.timedelta(hours=1)


def asked_fields(asked: Iterable[Asked], scope: str) -> dict[str, Field]:
    """Return the fields that rows of ``asked.toml`` read of a table."""
    kinds: dict[str, str] = {}
    items: dict[str, list[str]] = {}
    for one in asked:
        if one.scope == scope:
            kinds.update(one.told_fields)
            if one.item:
                items.setdefault(one.fact, []).append(one.item)
    return {name: Field(kind, tuple(dict.fromkeys(items.get(name, ())))) for name, kind in kinds.items()}


def read_told(row: ActRow, fields: Mapping[str, Field], ident: str) -> Told:
    """Read the fields of a table that are there; every fault is noted."""
    there = [name for name in fields if row.anything(name) is not None]  # asks for all, so that near ones can be named
    found = {name: _value(row, name, fields[name]) for name in there}
    return Told(ident, MappingProxyType({name: value for name, value in found.items() if value is not None}))


def _value(row: ActRow, name: str, one: Field) -> Any:
    match one.kind:
        case "flag":
            return row.flag(name)
        case "number":
            return row.number(name, 0.0, one.most)
        case "whole":
            return row.whole(name, 0, int(one.most))
        case "time":
            return _time(row, name)
        case "day":
            return row.day(name)
        case "items":
            return tuple(dict.fromkeys(row.texts(name, among=one.among)))
        case "party":
            return row.party(name)
        case "parties":
            return row.parties(name)
        case "counts":
            return row.counts(name, int(one.most))
        case "outline":
            return _outline(row, name)
    if one.among:
        word = row.text(name, among=one.among)
        return word if word in one.among else None
    return row.prose(name, needed=True) or None


def _time(row: ActRow, name: str) -> dt.datetime | None:
    value = row.anything(name)
    if not isinstance(value, dt.datetime):
        met = value.isoformat() if isinstance(value, dt.date | dt.time) else quoted(value, 40)
        row.fault(name, say("expected a time such as 2019-09-12T08:31:00Z, met {met}", met=met))
        return None
    if value.tzinfo is None:
        naive = value.isoformat()
        row.fault(
            name,
            say(
                "{met} does not say in which time zone; write {naive}Z if it is UTC, or its offset as in {naive}+03:00",
                met=naive,
                naive=naive,
            ),
        )
        return None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        years = {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        row.fault(name, say("{day} is not from {first} to {last}", day=value.date(), **years))
        return None
    return value.astimezone(dt.UTC)


def _outline(row: ActRow, name: str) -> tuple[tuple[float, float], ...] | None:
    """Read corners as pairs of longitude and latitude, in degrees, in order around the area."""
    corners = []
    for pair in row.raw(name):
        numbers = pair if isinstance(pair, list) else []
        whole = len(numbers) == 2 and all(isinstance(one, int | float) and not isinstance(one, bool) for one in numbers)
        if not whole or not (-180.0 <= numbers[0] <= 180.0 and -89.0 <= numbers[1] <= 89.0):
            row.fault(name, say("{pair} is no pair of longitude and latitude in degrees", pair=quoted(pair, 40)))
            return None
        corners.append((float(numbers[0]), float(numbers[1])))
    if len(corners) < 3:
        row.fault(name, say("an area has three corners at least"))
        return None
    return tuple(corners)

"""Dated values of one key of the law, read from ``[[value]]`` tables and checked against one another.

A file holds the keys it declares, what stands for every row unless the row says otherwise, and the rows::

    [key.maximum_flight_distance]
    title = "Maximum flight distance"
    title_vi = "Cự ly bay tối đa"
    subject = "airfield"
    unit = "km"

    [defaults]
    recorded = 2026-11-22

    [[value]]
    key = "maximum_flight_distance"
    subject = "UUMB"
    value = 5000
    from = 2002-01-01
    known = 1992-03-24
    source = "OS Annex A, Section III"
    status = "text"
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.dated import NOT_FOUND, STATUSES, DatedValue, Missing, Value
from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.rows import Row, refuse_strays, rows_of
from skywitness.law.sighting import Sighting

__all__ = ["SUBJECTS", "Entry", "Key", "Table", "read_table"]

SUBJECTS: Final = ("party", "pair", "airfield", "sensor", "none")
"""What a value can belong to: a State or group, one over another (``DEU>UKR``), an airfield, a sensor, or nothing."""

CONFIDENCES: Final = ("high", "medium", "low")

_SHAPES: Final = {
    "party": (re.compile(r"[A-Z]{3}|[A-Z]{3}-[A-Z]{3}|BENELUX"), "a State or group such as DEU or BLR-RUS"),
    "pair": (re.compile(r"[A-Z-]{3,7}>[A-Z-]{3,7}"), "one over another, such as DEU>UKR"),
    "airfield": (re.compile(r"[A-Z]{4}|[a-z][a-z0-9-]+"), "an ICAO code or a slug of small letters"),
    "sensor": (re.compile(r"[a-z]+"), "a sensor category in small letters"),
    "none": (re.compile(r""), "nothing, for this key has no subject"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """What a kind of value is: its title, what it belongs to, its unit, and whether it is a word or a number."""

    name: str
    title: str
    subject: str
    unit: str
    word: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a dated value and what it belongs to.

    ``qualifier`` names a variant with a life of its own (``with Shetland Islands``, ``Greenland``).  Of the flights of
    an active quota ``shared`` are held together with the Parties ``shared_with``.
    """

    key: str
    subject: str
    qualifier: str
    dated: DatedValue
    shared: int = 0
    shared_with: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The content of one file of values.  ``aliases`` lead from what people write to the subject meant."""

    keys: Mapping[str, Key]
    entries: tuple[Entry, ...]
    aliases: Mapping[str, str]


def read_table(content: Mapping[str, Any], faults: Faults) -> Table:
    """Read one file of values; note every fault."""
    refuse_strays(content, ("key", "defaults", "alias", "value"), faults)
    keys = _read_keys(content, faults)
    defaults = content.get("defaults", {})
    entries: list[Entry] = []
    for number, row in enumerate(rows_of(content.get("value", []), "value", faults), start=1):
        where = f"value {number} ({row.anything('subject') or row.anything('key') or '?'})"
        entries.append(_read_entry(row.over(defaults, where), keys))
    _check_together(entries, faults)
    aliases = Row(content, "file", faults).words("alias")
    return Table(keys, tuple(entries), aliases)


def _read_keys(content: Mapping[str, Any], faults: Faults) -> dict[str, Key]:
    """Read the keys that a file declares."""
    keys: dict[str, Key] = {}
    declared = content.get("key", {})
    if not isinstance(declared, dict) or not declared or not all(isinstance(one, dict) for one in declared.values()):
        faults.add("key", say("a file of values declares its keys in tables written [key.NAME]"))
        return keys
    for name, entry in declared.items():
        row = Row(entry, f"key.{name}", faults)
        row.text("title_vi", "")  # for the catalogue of the language (scripts/translations.py)
        keys[name] = Key(
            name=name,
            title=row.text("title"),
            subject=row.text("subject", among=SUBJECTS),
            unit=row.text("unit", ""),
            word=row.flag("word") or False,
            note=row.text("note", ""),
        )
        row.close()
    return keys


def _read_entry(row: Row, keys: Mapping[str, Key]) -> Entry:
    """Read one row."""
    key = keys.get(row.text("key", among=sorted(keys)))
    subject = row.text("subject", "")
    if key is not None and key.subject in _SHAPES:
        shape, expected = _SHAPES[key.subject]
        if not shape.fullmatch(subject):
            row.fault("subject", say("{subject} is not {expected}", subject=repr(subject), expected=expected))
    unit = row.text("unit", key.unit if key else "")
    if key is not None and unit != key.unit:
        row.fault("unit", say("{unit} is not the unit of this key, {expected}", unit=unit, expected=key.unit))
    entry = Entry(
        key=key.name if key else "",
        subject=subject,
        qualifier=row.text("qualifier", ""),
        dated=_read_dated(row, unit, key),
        shared=int(row.optional_number("shared", 1, 99) or 0),
        shared_with=row.texts("shared_with", []),
        where=row.where,
    )
    if bool(entry.shared) != bool(entry.shared_with):
        row.fault("shared", say("shared and shared_with go together"))
    row.close()
    return entry


def _read_dated(row: Row, unit: str, key: Key | None) -> DatedValue:
    """Read value, days and source of one row; a row without usable days gets one that no answer can rest on."""
    start, end, attested = _read_days(row)
    confidence = row.text("confidence", "", CONFIDENCES)
    return DatedValue(
        value=_read_value(row, key),
        unit=unit,
        start=start,
        end=end,
        attested=attested,
        known=row.day("known"),
        source=row.text("source"),
        status=row.text("status", among=STATUSES),
        note=row.text("note", ""),
        recorded=row.required_day("recorded"),
        end_known=row.day("to_known"),
        confidence=confidence,
    )


def _read_value(row: Row, key: Key | None) -> Value | Missing:
    """Read the value: a number, or a word where the key says so, or the statement that it was not found."""
    value, not_found = row.anything("value"), row.flag("not_found")
    if not_found:
        if value is not None:
            row.fault("value", say("a value that was not found cannot be given"))
        return NOT_FOUND
    if value is None:
        row.fault("value", say("missing; write not_found = true where no source gives it"))
        return NOT_FOUND
    if key is not None and key.word and isinstance(value, str):
        return value
    # In Python a truth value is a number; in law data it is not.
    if not (key is not None and key.word) and isinstance(value, int | float) and not isinstance(value, bool):
        return value
    expected = "a word" if key is not None and key.word else "a number"
    row.fault("value", say("{value} is not {expected}", value=repr(value), expected=expected))
    return NOT_FOUND


def _read_days(row: Row) -> tuple[dt.date | None, dt.date | None, tuple[dt.date, ...]]:
    """Read first day, end and sightings.

    A sighting in "2015" is sure only by the end of the year when it is the first, and only from its beginning when it
    repeats an earlier one: so an answer never claims a day that the source does not cover.
    """
    start, end, seen = row.day("from"), row.day("to"), row.sightings("attested")
    if start is None and not seen:
        row.fault("from", say("missing: a value needs from, or attested days on which it was seen"))
        return dt.date.max, None, ()
    if start is not None and end is not None and start >= end:
        row.fault("from", say("{start} is not before to {end}", start=start, end=end))
        return start, None, ()
    attested = _sure_days(seen, start is not None)
    for day in attested:
        if (end is not None and day >= end) or (start is not None and day < start):
            row.fault("attested", say("{day} is not between from and to", day=day))
    return start, end, attested


def _sure_days(seen: Sequence[Sighting], begun: bool) -> tuple[dt.date, ...]:
    """Return the day from which each sighting is sure."""
    days = [sighting.first if begun or number else sighting.last for number, sighting in enumerate(seen)]
    return tuple(sorted(set(days)))


def _check_together(entries: Sequence[Entry], faults: Faults) -> None:
    """Note rows that say the same twice, or different values for the same day."""
    before: dict[tuple[str, str, str], list[Entry]] = {}
    for later in entries:
        family = before.setdefault((later.key, later.subject, later.qualifier), [])
        for earlier in family:
            common = earlier.dated.days & later.dated.days
            if common and earlier.dated.claim == later.dated.claim:
                same = say("duplicate: says the same as {earlier} of {days}", earlier=earlier.where, days=str(common))
                faults.add(later.where, same)
            elif common:
                other = say("overlap: another value than {earlier} for {days}", earlier=earlier.where, days=str(common))
                faults.add(later.where, other)
        family.append(later)

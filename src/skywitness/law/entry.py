"""Dated values of the law, read from ``[[value]]`` tables and checked against one another.

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

A kind with one value for all can hold it itself: ``value = 72`` in its table ``[key.NAME]``.  Rows that name ``terms``
stand once for each table ``[[terms.NAME]]``: what signatories applied before entry into force has three of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.dated import STATUSES, DatedValue, Missing, Value
from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.forms import read_value
from skywitness.law.key import SUBJECTS, Key, read_key, read_provisions
from skywitness.law.numbering import is_annex, is_article
from skywitness.law.rows import Row, note_twice, refuse_strays, rows_of
from skywitness.law.sighting import Sighting

__all__ = ["SUBJECTS", "Entry", "Key", "Table", "read_table", "source_of"]

CONFIDENCES: Final = ("high", "medium", "low")

_SHAPES: Final = {
    "party": (re.compile(r"[A-Z]{3}|[A-Z]{3}-[A-Z]{3}|BENELUX|EAST|WEST"), "a State or group such as DEU or BLR-RUS"),
    "pair": (re.compile(r"[A-Z-]{3,7}>[A-Z-]{3,7}"), "one over another, such as DEU>UKR"),
    "airfield": (re.compile(r"[A-Z]{4}|[a-z][a-z0-9-]+"), "an ICAO code or a slug of small letters"),
    "sensor": (re.compile(r"[a-z]+(_[a-z]+)*"), "a sensor category in small letters"),
    "item": (re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*"), "a name of small letters"),
    "none": (re.compile(r""), "nothing, for this key has no subject"),
}


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
    provisions: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The content of one file of values.

    ``aliases`` lead from what people write to the subject meant; ``words`` are the words that values may be.
    """

    keys: Mapping[str, Key]
    entries: tuple[Entry, ...]
    aliases: Mapping[str, str]
    words: tuple[str, ...] = ()


def read_table(content: Mapping[str, Any], faults: Faults) -> Table:
    """Read one file of values; note every fault."""
    refuse_strays(content, ("key", "defaults", "terms", "word", "alias", "value"), faults)
    keys, own_rows = _read_keys(content, faults)
    words = _read_words(content, faults)
    terms = _read_terms(content, faults)
    entries: list[Entry] = []
    for row in (*own_rows, *_read_rows(content, faults)):
        for told in _over_terms(row, terms, content.get("defaults", {})):
            entries.append(_read_entry(told, keys, words))
    _check_together(entries, faults)
    aliases = Row(content, "file", faults).words("alias")
    return Table(keys, tuple(entries), aliases, words)


def _read_keys(content: Mapping[str, Any], faults: Faults) -> tuple[dict[str, Key], list[Row]]:
    """Read the keys that a file declares, and the values that stand in their tables."""
    keys: dict[str, Key] = {}
    rows: list[Row] = []
    declared = content.get("key", {})
    if not isinstance(declared, dict) or not declared or not all(isinstance(one, dict) for one in declared.values()):
        faults.add("key", say("a file of values declares its keys in tables written [key.NAME]"))
        return keys, rows
    for name, table in declared.items():
        keys[name], fields = read_key(name, table, faults)
        if fields:
            rows.append(Row({**fields, "key": name}, f"key.{name}", faults))
    return keys, rows


def _read_rows(content: Mapping[str, Any], faults: Faults) -> list[Row]:
    """Read the tables ``[[value]]``, each named by its number and subject."""
    rows = rows_of(content.get("value", []), "value", faults)
    return [
        row.over({}, f"value {number} ({row.anything('subject') or row.anything('key') or '?'})")
        for number, row in enumerate(rows, start=1)
    ]


def _read_words(content: Mapping[str, Any], faults: Faults) -> tuple[str, ...]:
    """Read the words that values of this file may be."""
    found: list[str] = []
    for row in rows_of(content.get("word", []), "word", faults, "text"):
        found.append(row.text("text"))
        row.text("text_vi", "")  # for the catalogue of the language
        row.close()
    note_twice("word", found, faults)
    return tuple(found)


def _read_terms(content: Mapping[str, Any], faults: Faults) -> dict[str, list[dict[str, Any]]]:
    """Read the tables ``[[terms.NAME]]``: several runs of days on which the same value holds."""
    declared = content.get("terms", {})
    named = declared if isinstance(declared, dict) else {"": declared}
    for name, tables in named.items():
        if not name or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            faults.add("terms", say("terms are written in tables [[terms.NAME]]"))
            return {}
    return named


def _over_terms(row: Row, terms: Mapping[str, list[dict[str, Any]]], defaults: Mapping[str, Any]) -> Iterator[Row]:
    """Lay a row over the defaults of the file, once for each run of days of the terms that it names."""
    name = row.text("terms", "", tuple(terms))
    if name not in terms:
        yield row.over(defaults, row.where)
        return
    for number, term in enumerate(terms[name], start=1):
        yield row.over({**defaults, **term}, f"{row.where}, term {number}")


def _read_entry(row: Row, keys: Mapping[str, Key], words: Collection[str]) -> Entry:
    """Read one row."""
    row.text("terms", "")
    key = keys.get(row.text("key", among=sorted(keys)))
    subject = row.text("subject", "")
    if key is not None and key.subject in _SHAPES:
        shape, expected = _SHAPES[key.subject]
        if not shape.fullmatch(subject):
            row.fault("subject", say("{subject} is not {expected}", subject=repr(subject), expected=expected))
    unit = row.text("unit", key.unit if key else "")
    if key is not None and unit != key.unit:
        row.fault("unit", say("{unit} is not the unit of this key, {expected}", unit=unit, expected=key.unit))
    provisions = read_provisions(row) or (key.provisions if key else ())
    entry = Entry(
        key=key.name if key else "",
        subject=subject,
        qualifier=row.text("qualifier", ""),
        dated=_read_dated(row, unit, read_value(row, key, words), "" if "source" in row else source_of(provisions)),
        provisions=provisions,
        shared=int(row.optional_number("shared", 1, 99) or 0),
        shared_with=row.texts("shared_with", []),
        where=row.where,
    )
    if bool(entry.shared) != bool(entry.shared_with):
        row.fault("shared", say("shared and shared_with go together"))
    row.close()
    return entry


def _read_dated(row: Row, unit: str, value: Value | Missing, place: str) -> DatedValue:
    """Read days and source of one row; a row without usable days gets one that no answer can rest on.

    ``place`` is the source of a row that names none: where its provisions stand.
    """
    for field in ("note_vi", "source_vi", "qualifier_vi"):  # for the catalogue of the language
        row.text(field, "")
    start, end, attested = _read_days(row)
    confidence = row.text("confidence", "", CONFIDENCES)
    return DatedValue(
        value=value,
        unit=unit,
        start=start,
        end=end,
        attested=attested,
        known=row.day("known"),
        source=row.text("source", place) if place else row.text("source"),
        status=row.text("status", among=STATUSES),
        note=row.text("note", ""),
        recorded=row.required_day("recorded"),
        end_known=row.day("to_known"),
        confidence=confidence,
    )


def source_of(provisions: Sequence[str]) -> str:
    """Write where provisions of one instrument stand, as sources are written.

    >>> source_of(["OS:VI.II.6", "OS:F.I.4"]), source_of(["OS:ANNEX-I.1", "OS:B.APP1.2(A)"])
    ('OS Art. VI.II.6, Annex F.I.4', 'OS Annex I.1, Annex B, Appendix 1.2(A)')
    >>> source_of(["CFE:IV.1(A)", "CFE:INSP.II.12"])
    'CFE Art. IV.1(A), Protocol INSP.II.12'
    """
    if not provisions:
        return ""
    prefix = provisions[0].partition(":")[0]
    return f"{prefix} " + ", ".join(_place(ident.partition(":")[2]) for ident in provisions)


def _place(ident: str) -> str:
    part, _, below = ident.partition(".")
    if is_article(re.split(r"[.(]", ident)[0]):
        return f"Art. {ident}"
    if found := re.fullmatch(r"APP(\d)\.?(.*)", below):
        return f"Annex {part}, Appendix {found[1]}" + (f".{found[2]}" if found[2] else "")
    if is_annex(re.split(r"[.(]", part)[0]):
        return "Annex " + ident.removeprefix("ANNEX-")
    return f"Protocol {ident}"


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

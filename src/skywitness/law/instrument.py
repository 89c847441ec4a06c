"""An instrument of law as one object: its dates, Parties, groups, values and sources, read from its folder.

``load("open-skies")`` reads and checks the folder once per process.  A folder holds ``instrument.toml``,
``parties.toml``, ``sources.toml``, the files of values that ``instrument.toml`` lists, and ``groups.toml`` and
``suspensions.toml`` where there is something to tell; whatever else lies there belongs to other readers.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from skywitness.core.dated import STATUSES, DatedValue, Outcome, Timeline
from skywitness.core.errors import Faults, InputError
from skywitness.core.text import say
from skywitness.law.entry import Entry, Key, Table, read_table
from skywitness.law.group import Group, read_groups
from skywitness.law.names import did_you_mean, folded
from skywitness.law.party import Event, Party, read_parties
from skywitness.law.party_dates import treaty_dates
from skywitness.law.rows import Row, read_toml, refuse_if_any
from skywitness.law.source import Source, read_sources, source_numbers
from skywitness.law.suspension import ALL, Suspension, read_suspensions

__all__ = ["Heading", "Instrument", "Rows", "Source", "instruments", "load", "loaded", "read_folder"]

_FOLDERS: Final = Path(__file__).parent
_LOADED: Final[dict[str, Instrument]] = {}
LAW: Final = "law"
POLITICAL: Final = "political"
"""How an instrument binds: as a treaty, or as a promise between States that is no treaty."""

_TIMELINES_KEPT: Final = 32
"""For one key and subject: a program that asks for many days of knowledge must not fill the memory."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heading:
    """The dates of the treaty itself.

    ``entry_into_force`` carries the day it became known: that of the deposit which completed the number required.
    ``applied_from`` is the day from which signatories applied it before; ``ended`` the day on which it was over for
    all.  ``full_implementation`` is the first day after the phases of OS Art. XVIII.  ``values`` names the files of
    values, ``provisions`` those of provisions in ``provisions/``.  ``binding``: law, or a political promise.
    """

    name: str
    title: str
    signed: dt.date
    entry_into_force: Event
    full_implementation: dt.date | None
    depositaries: tuple[str, ...]
    aliases: tuple[str, ...]
    values: tuple[str, ...]
    provisions: tuple[str, ...] = ()
    applied_from: Event | None = None
    ended: Event | None = None
    binding: str = LAW
    note: str = ""


class Rows(tuple[Entry, ...]):
    """All rows of one key and subject, in the order of the file, with what has been worked out of them already."""

    _timelines: dict[tuple[str, dt.date | None], Timeline]
    _qualifiers: tuple[str, ...]
    _edges: dict[str, list[dt.date]]

    def __new__(cls, rows: Iterable[Entry] = ()) -> Rows:
        """Gather rows."""
        found = super().__new__(cls, rows)
        found._timelines, found._edges = {}, {}
        found._qualifiers = tuple(dict.fromkeys(row.qualifier for row in found))
        return found

    @property
    def qualifiers(self) -> tuple[str, ...]:
        """The names of the different values among the rows, in their order."""
        return self._qualifiers

    def timeline(self, qualifier: str = "", known: dt.date | None = None) -> Timeline:
        """Return what the rows of one qualifier say of any day, as far as was known on the day ``known``."""
        key = qualifier, known
        found = self._timelines.get(key)
        if found is None:
            if len(self._timelines) >= _TIMELINES_KEPT:
                self._timelines.clear()
            found = Timeline((row.dated for row in self if row.qualifier == qualifier), known)
            self._timelines[key] = found
        return found

    def outcome(self, at: dt.date, known: dt.date | None = None, qualifier: str = "") -> Outcome:
        """Say what holds on the day ``at`` of the rows that carry exactly this qualifier."""
        return self.timeline(qualifier, known).on(at)

    def edges_between(self, qualifier: str, first: dt.date, last: dt.date) -> list[dt.date]:
        """List the days after ``first`` and up to ``last`` on which the answer can become another, in order.

        These are the first and last days of the values, and those just after a value was seen.
        """
        edges = self._edges.get(qualifier)
        if edges is None:
            edges = sorted({day for row in self if row.qualifier == qualifier for day in _edges(row.dated)})
            self._edges[qualifier] = edges
        return edges[bisect_right(edges, first) : bisect_right(edges, last)]


def _edges(value: DatedValue) -> Iterator[dt.date]:
    yield from (day for day in (value.start, value.end) if day)
    for day in (value.start, *value.attested):
        if day is not None and day < dt.date.max:
            yield from (day, day + dt.timedelta(days=1))


_NO_ROWS: Final = Rows()


@dataclass(frozen=True, slots=True, eq=False)
class Instrument:
    """One treaty with everything that is stored of it.

    ``entries`` are keyed by (key, subject); ``words`` are the words that values may be, for languages.

    Two instruments are the same only when they are one object, so that an index can be kept for each.
    """

    heading: Heading
    parties: Mapping[str, Party]
    groups: Mapping[str, Group]
    keys: Mapping[str, Key]
    entries: Mapping[tuple[str, str], Rows]
    aliases: Mapping[str, Mapping[str, str]]
    sources: Mapping[str, Source]
    words: frozenset[str] = frozenset()
    suspensions: tuple[Suspension, ...] = ()
    _subjects: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for key, subject in self.entries:
            self._subjects.setdefault(key, []).append(subject)

    @property
    def name(self) -> str:
        """The name scripts use, such as ``open-skies``."""
        return self.heading.name

    def in_force(self, at: dt.date, known: dt.date | None = None) -> bool:
        """Tell whether the treaty is in force on the day ``at``, as far as was known on the day ``known``."""
        return _happened(self.heading.entry_into_force, at, known) and not self.has_ended(at, known)

    def has_ended(self, at: dt.date, known: dt.date | None = None) -> bool:
        """Tell whether the instrument is over for all on the day ``at``, as far as was known on the day ``known``."""
        return _happened(self.heading.ended, at, known)

    def applied_provisionally(self, at: dt.date, known: dt.date | None = None) -> bool:
        """Tell whether signatories applied it on the day ``at`` although it was not yet in force."""
        return _happened(self.heading.applied_from, at, known) and not _happened(
            self.heading.entry_into_force, at, known
        )

    def members(self, group: Group, at: dt.date) -> tuple[str, ...]:
        """Return the States of a group that there are on a day: States end, and others follow them."""
        return tuple(code for code in group.members if at in self.parties[code].exists)

    def of(self, key: str, subject: str = "") -> Rows:
        """Return all rows of one key and subject, whatever their qualifier."""
        return self.entries.get((key, subject), _NO_ROWS)

    def subjects(self, key: str) -> tuple[str, ...]:
        """Return every subject that has a row of this key, in the order of the file."""
        return tuple(self._subjects.get(key, ()))


def _happened(event: Event | None, at: dt.date, known: dt.date | None) -> bool:
    return event is not None and event.on <= at and (known is None or event.known <= known)


@cache
def instruments() -> tuple[str, ...]:
    """Return the names of all instruments that have a folder."""
    return tuple(sorted(file.parent.name.replace("_", "-") for file in _FOLDERS.glob("*/instrument.toml")))


def load(word: str = "open-skies") -> Instrument:
    """Return an instrument by its name (``"open-skies"``, in any case and with spaces) or by an alias.

    :raises InputError: when there is none of that name.
    :raises DataError: when its files are wrong.
    """
    name, known = _hyphened(word), instruments()
    if name in known:
        return _load(name)
    for candidate in known:
        if name in {_hyphened(alias) for alias in _load(candidate).heading.aliases}:
            return _load(candidate)
    message = say(
        "No instrument is called {word}.{near} Known are: {known}.",
        word=repr(word),
        near=did_you_mean(name, known),
        known=", ".join(known),
    )
    raise InputError("unknown_instrument", message, "INSTRUMENT")


def _hyphened(word: str) -> str:
    return "-".join(re.split(r"[\s_-]+", folded(word)))


@cache
def _load(name: str) -> Instrument:
    found = read_folder(_FOLDERS / name.replace("-", "_"))
    _LOADED[name] = found
    return found


def loaded(first: str) -> tuple[Instrument, ...]:
    """Return the instrument named, then all others that have been loaded in this process.

    Words and sources of a finding are those of an instrument that was loaded to make it; no other needs to be read.
    """
    own = load(first)
    return (own, *(one for one in _LOADED.values() if one is not own))


def read_folder(folder: Path) -> Instrument:
    """Read and check one folder.

    :raises DataError: with all faults of the first file that has any.
    """
    heading = _read(folder / "instrument.toml", _read_heading)
    parties = _read(folder / "parties.toml", read_parties)
    groups = _read_if_there(folder / "groups.toml", read_groups)
    suspended = _read_if_there(folder / "suspensions.toml", read_suspensions)
    sources = _read(folder / "sources.toml", read_sources)
    read = {name: _read(folder / name, read_table) for name in heading.values}
    codes = {*parties, *groups}
    _check_codes(folder, heading, parties, groups, suspended)
    for name, table in read.items():
        _check_table(folder / name, table, codes, sources)
    keys = {name: key for table in read.values() for name, key in table.keys.items()}
    begins, full = heading.entry_into_force, heading.full_implementation
    computed = {name: key for name, key in keys.items() if key.computed}
    made = treaty_dates(computed, parties, heading.title, heading.signed, begins, full)
    return Instrument(
        heading=heading,
        parties=MappingProxyType(parties),
        groups=MappingProxyType(groups),
        keys=MappingProxyType(keys),
        entries=MappingProxyType(_by_subject([*(entry for table in read.values() for entry in table.entries), *made])),
        aliases=MappingProxyType({name: table.aliases for table in read.values() for name in table.keys}),
        sources=MappingProxyType(sources),
        words=frozenset(word for table in read.values() for word in table.words),
        suspensions=tuple(suspended.values()),
    )


def _read(path: Path, reader: Callable[[Mapping[str, Any], Faults], T]) -> T:
    """Read one file and refuse it with all its faults at once."""
    faults = Faults()
    content = reader(read_toml(path), faults)
    refuse_if_any(faults, path)
    return content


def _read_if_there(path: Path, reader: Callable[[Mapping[str, Any], Faults], dict[str, T]]) -> dict[str, T]:
    """Read a file that only some instruments have."""
    return _read(path, reader) if path.is_file() else {}


def _read_heading(content: Mapping[str, Any], faults: Faults) -> Heading:
    """Read ``instrument.toml``."""
    row = Row(content, "instrument", faults)
    begins = _event(row, "entered_into_force", "in force", faults)
    if begins is None:
        row.fault("entered_into_force", say("missing: expected a table [entered_into_force]"))
    heading = Heading(
        name=row.text("name"),
        title=row.text("title"),
        signed=row.required_day("signed"),
        entry_into_force=begins or Event("in force", dt.date.max, "", STATUSES[0], dt.date.max),
        full_implementation=row.day("full_implementation"),
        depositaries=row.texts("depositaries", []),
        aliases=row.texts("aliases", []),
        values=row.texts("values", []),
        provisions=row.texts("provisions", []),
        applied_from=_event(row, "applied_provisionally", "applied provisionally", faults),
        ended=_event(row, "ended", "ended", faults),
        binding=row.text("binding", LAW, (LAW, POLITICAL)),
        note=row.text("note", ""),
    )
    for translation in ("title_vi", "note_vi"):  # for the catalogue of the language
        row.text(translation, "")
    row.close()
    return heading


def _event(heading: Row, name: str, what: str, faults: Faults) -> Event | None:
    """Read a table of ``instrument.toml`` that tells when something happened to the whole instrument."""
    if name not in heading:
        return None
    row = Row(heading.anything(name) or {}, name, faults)
    on = row.required_day("on")
    event = Event(
        what=what,
        on=on,
        source=row.text("source"),
        status=row.text("status", among=STATUSES),
        known=row.required_day("known"),
        note=row.text("note", ""),
    )
    for translation in ("note_vi", "source_vi"):
        row.text(translation, "")
    row.close()
    return event


def _check_codes(
    folder: Path,
    heading: Heading,
    parties: Mapping[str, Party],
    groups: Mapping[str, Group],
    suspended: Mapping[str, Suspension],
) -> None:
    """Refuse a folder whose files name States that ``parties.toml`` does not have."""
    named = {"instrument.toml": heading.depositaries}
    named |= {f"groups.toml: {group.code}": group.members for group in groups.values()}
    named |= {f"parties.toml: {party.code}": party.successors for party in parties.values()}
    named |= {f"suspensions.toml: {one.id}": (*one.by, *one.towards) for one in suspended.values()}
    faults = Faults()
    for where, codes in named.items():
        for code in codes:
            if code not in parties and code != ALL:
                faults.add(where, say("{code} is no State of parties.toml", code=repr(code)))
    refuse_if_any(faults, folder)


def _check_table(path: Path, table: Table, codes: set[str], sources: Mapping[str, Source]) -> None:
    """Refuse rows that name a State or a source that is not stored."""
    faults = Faults()
    for entry in table.entries:
        subjects = entry.subject.split(">") if table.keys[entry.key].subject in ("party", "pair") else []
        for code in (*subjects, *entry.shared_with):
            if code not in codes:
                faults.add(entry.where, say("{code} is no State or group of this instrument", code=repr(code)))
        for number in source_numbers(entry.dated.source):
            if number not in sources:
                faults.add(entry.where, say("source {number} is not in sources.toml", number=number))
    refuse_if_any(faults, path)


def _by_subject(entries: list[Entry]) -> dict[tuple[str, str], Rows]:
    """Gather rows by key and subject, in the order in which they are written."""
    gathered: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        gathered.setdefault((entry.key, entry.subject), []).append(entry)
    return {names: Rows(found) for names, found in gathered.items()}

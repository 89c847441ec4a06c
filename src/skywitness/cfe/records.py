"""What a file tells beside holdings: reductions, storage sites, removals, deployments, levels, stationing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from skywitness.cfe.kinds import BRIDGE, CATEGORIES
from skywitness.cfe.law import instrument
from skywitness.cfe.levels.notice import Notice, check_notices, read_notice
from skywitness.core.errors import Faults, InputError
from skywitness.core.text import quoted, say
from skywitness.law.parties import parse_party
from skywitness.law.rows import Row, rows_of

__all__ = ["NOTHING", "TABLES", "Deployment", "Records", "Reduction", "Removal", "Site", "Stationing", "read_records"]

TABLES: Final = ("reduction", "storage_site", "removal", "deployment", "level", "stationing")
_MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Reduction:
    """What a State held, what it is to reduce and what it has reduced of a category by a day."""

    where: str
    state: str
    category: str
    at_signature: int | None
    at_entry: int | None
    liability: int | None
    reduced: int | None
    notified: dt.date | None


@dataclass(frozen=True, slots=True)
class Site:
    """A designated permanent storage site; ``held`` and ``out`` (for maintenance) are of one category."""

    where: str
    state: str
    category: str
    held: int | None
    out: int | None
    fence_m: float | None
    gates: int | None
    ranges: bool | None
    active_units: bool | None


@dataclass(frozen=True, slots=True)
class Removal:
    """Items taken out of storage under notice; ``rebuild``: for rebuilding in industry."""

    where: str
    state: str
    category: str
    notified: dt.date | None
    left: dt.date
    back: dt.date | None
    rebuild: bool
    disaster: bool


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployment into the flanks for a time, and the days on which both sides told of it."""

    where: str
    by: str
    to: str
    began: dt.date
    told_by_sender: dt.date | None
    told_by_receiver: dt.date | None
    ended: dt.date | None
    end_told_by_sender: dt.date | None
    end_told_by_receiver: dt.date | None


@dataclass(frozen=True, slots=True)
class Stationing:
    """Forces of a State stationed in another from ``since`` until ``until``, and whether that one agreed."""

    where: str
    state: str
    host: str
    agreed: bool | None
    since: dt.date | None
    until: dt.date | None


@dataclass(frozen=True, slots=True)
class Records:
    """All of them."""

    reductions: tuple[Reduction, ...] = ()
    sites: tuple[Site, ...] = ()
    removals: tuple[Removal, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    levels: tuple[Notice, ...] = ()
    stationed: tuple[Stationing, ...] = ()

    def __bool__(self) -> bool:
        return any((self.reductions, self.sites, self.removals, self.deployments, self.levels, self.stationed))


NOTHING: Final = Records()
"""Nothing told beside holdings."""


def read_records(data: Mapping[str, Any], faults: Faults) -> Records:
    """Read the tables of ``TABLES``; note every fault."""
    rows = {name: rows_of(data.get(name, []), name, faults) for name in TABLES}
    found = Records(
        tuple(map(_reduction, rows["reduction"])),
        tuple(map(_site, rows["storage_site"])),
        tuple(map(_removal, rows["removal"])),
        tuple(map(_deployment, rows["deployment"])),
        tuple(map(_level, rows["level"])),
        tuple(map(_stationing, rows["stationing"])),
    )
    check_notices(found.levels, faults)
    for row in (one for table in rows.values() for one in table):
        row.close()
    return found


def _reduction(row: Row) -> Reduction:
    return Reduction(
        where=row.where,
        state=_state(row, "state"),
        category=row.text("category", among=CATEGORIES),
        at_signature=_whole(row, "at_signature"),
        at_entry=_whole(row, "at_entry_into_force"),
        liability=_whole(row, "liability"),
        reduced=_whole(row, "reduced"),
        notified=row.day("notified"),
    )


def _site(row: Row) -> Site:
    row.text("id", "")
    return Site(
        where=row.where,
        state=_state(row, "state"),
        category=row.text("category", BRIDGE, (*CATEGORIES, BRIDGE)) if "category" in row else "",
        held=_whole(row, "held"),
        out=_whole(row, "out"),
        fence_m=row.optional_number("fence_m", 0.0, 100.0),
        gates=_whole(row, "gates"),
        ranges=row.flag("ranges"),
        active_units=row.flag("active_units"),
    )


def _removal(row: Row) -> Removal:
    row.text("id", "")
    left, back = row.required_day("left"), row.day("back")
    if back is not None and back < left:
        row.fault("back", say("{day} is before {first}", day=back, first=left))
    return Removal(
        where=row.where,
        state=_state(row, "state"),
        category=row.text("category", among=(*CATEGORIES, BRIDGE)),
        notified=row.day("notified"),
        left=left,
        back=back,
        rebuild=bool(row.flag("rebuild")),
        disaster=bool(row.flag("disaster")),
    )


def _deployment(row: Row) -> Deployment:
    row.text("id", "")
    return Deployment(
        where=row.where,
        by=_state(row, "by"),
        to=_state(row, "to"),
        began=row.required_day("began"),
        told_by_sender=row.day("told_by_sender"),
        told_by_receiver=row.day("told_by_receiver"),
        ended=row.day("ended"),
        end_told_by_sender=row.day("end_told_by_sender"),
        end_told_by_receiver=row.day("end_told_by_receiver"),
    )


def _level(row: Row) -> Notice:
    partners = tuple(_code(row, "room_from_holdings_of", words) for words in row.texts("room_from_holdings_of", []))
    return read_notice(row, _state(row, "state"), partners)


def _stationing(row: Row) -> Stationing:
    row.text("id", "")
    state, host = _state(row, "state"), _state(row, "in")
    if state and state == host:
        row.fault("in", say("another State than {state} is expected", state=state))
    since, until = row.day("since"), row.day("until")
    if since is not None and until is not None and until < since:
        row.fault("until", say("{day} is before {first}", day=until, first=since))
    return Stationing(row.where, state, host, row.flag("agreed"), since, until)


def _state(row: Row, name: str) -> str:
    words = row.text(name)
    return _code(row, name, words) if words else ""


def _code(row: Row, name: str, words: str) -> str:
    try:
        code = parse_party(words, instrument=instrument())
    except InputError as error:
        row.fault(name, error.message)
        return ""
    if code not in instrument().parties:
        row.fault(name, say("{code} is a group; write one State", code=code))
    return code


def _whole(row: Row, name: str) -> int | None:
    value = row.anything(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST):
        return value
    row.fault(name, say("{value} is no whole number from 0 to {most:,}", value=quoted(value), most=_MOST))
    return None

"""What a file tells beside holdings: reductions, storage sites, removals, deployments, levels, stationing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from skywitness.cfe.kinds import AIFV, APC, ARTILLERY, BRIDGE, CATEGORIES, HACV, HELICOPTER, PLANE, TANK
from skywitness.cfe.law import instrument
from skywitness.cfe.levels.notice import Notice, check_notices, read_notice
from skywitness.core.errors import Faults, InputError
from skywitness.core.text import quoted, say
from skywitness.law.parties import parse_party
from skywitness.law.rows import Row, rows_of

__all__ = [
    "NOTHING",
    "TABLES",
    "Deployment",
    "Leaving",
    "Records",
    "Reduction",
    "Removal",
    "Site",
    "Stationing",
    "read_records",
]

_NOTICES: Final = {
    "holding_area": ("declared", "distinguishable"),
    "decommissioning": ("number", "type", "location"),
    "left_service": (),
    "replacement": ("number", "location", "type", "disposition"),
    "reassignment": ("effective_date", "transfer_date", "numbers_by_type"),
}
"""Tables on what leaves service or is replaced, and what each of their notices must tell."""

TABLES: Final = ("reduction", "storage_site", "removal", "deployment", "level", "stationing", *_NOTICES)
SITE_NOTICE: Final = ("designation", "location", "coordinates", "numbers_by_type")
REMOVAL_NOTICE: Final = ("site", "numbers", "removal_date", "return_date", "location", "use")
WAYS_OUT: Final = ("reduction", "decommissioning", "other")
REASSIGNED: Final = (TANK, AIFV, ARTILLERY, PLANE, HELICOPTER, BRIDGE)
"""What Article XII.2 names: of armoured combat vehicles only the infantry fighting vehicles."""

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
    """A designated permanent storage site; ``held`` and ``out`` (for maintenance) are of one category.

    ``notice``: what its notice told; ``others_items``: equipment of others than the conventional forces is in it.
    """

    where: str
    state: str
    category: str
    held: int | None
    out: int | None
    fence_m: float | None
    gates: int | None
    ranges: bool | None
    active_units: bool | None
    notice: tuple[str, ...] | None = None
    fence_continuous: bool | None = None
    other_entrances: bool | None = None
    others_items: bool | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """Items taken out of storage under notice; ``rebuild``: for rebuilding in industry, done on ``rebuilt``."""

    where: str
    state: str
    category: str
    notified: dt.date | None
    left: dt.date
    back: dt.date | None
    rebuild: bool
    disaster: bool
    count: int | None = None
    notice: tuple[str, ...] | None = None
    rebuilt: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """Something that leaves service, is replaced or changes hands: ``table`` says what, ``told`` what is told of it.

    ``due``: the day by which a notice has to be given; ``way``: how it left service.
    """

    where: str
    table: str
    state: str
    category: str
    count: int | None
    notified: dt.date | None
    due: dt.date | None
    told: tuple[str, ...] | None
    way: str = ""

    @property
    def wanted(self) -> tuple[str, ...]:
        """What has to be told."""
        return _NOTICES[self.table]


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
    leaving: tuple[Leaving, ...] = ()

    def __bool__(self) -> bool:
        beside = (self.levels, self.stationed, self.leaving)
        return any((self.reductions, self.sites, self.removals, self.deployments, *beside))


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
        tuple(_leaving(table, row) for table in _NOTICES for row in rows[table]),
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
        notice=_told(row, SITE_NOTICE),
        fence_continuous=row.flag("fence_continuous"),
        other_entrances=row.flag("other_entrances"),
        others_items=row.flag("others_items"),
    )


def _told(row: Row, among: tuple[str, ...], name: str = "notice") -> tuple[str, ...] | None:
    return row.texts(name, among=among) if name in row else None


def _removal(row: Row) -> Removal:
    row.text("id", "")
    left, back = row.required_day("left"), row.day("back")
    if back is not None and back < left:
        row.fault("back", say("{day} is before {first}", day=back, first=left))
    rebuilt = row.day("rebuilt")
    if rebuilt is not None and not row.flag("rebuild"):
        row.fault("rebuilt", say("only what was taken out for rebuilding (rebuild = true) has such a day"))
    return Removal(
        where=row.where,
        state=_state(row, "state"),
        category=row.text("category", among=(*CATEGORIES, BRIDGE)),
        notified=row.day("notified"),
        left=left,
        back=back,
        rebuild=bool(row.flag("rebuild")),
        disaster=bool(row.flag("disaster")),
        count=_whole(row, "count"),
        notice=_told(row, REMOVAL_NOTICE),
        rebuilt=rebuilt,
    )


def _leaving(table: str, row: Row) -> Leaving:
    """Read a table of ``_NOTICES``; each has a category but for areas that hold decommissioned equipment."""
    row.text("id", "")
    kinds = {"reassignment": (*REASSIGNED, APC, HACV)}.get(table, CATEGORIES)
    due = {"replacement": "began", "reassignment": "effective"}.get(table)
    wanted = _NOTICES[table]
    return Leaving(
        where=row.where,
        table=table,
        state=_state(row, "state"),
        category=row.text("category", among=kinds) if table != "holding_area" else "",
        count=_whole(row, "count"),
        notified=row.day("notified"),
        due=row.required_day(due) if due else None,
        told=_told(row, wanted, "is" if table == "holding_area" else "notice") if wanted else None,
        way=row.text("way", among=WAYS_OUT) if table == "left_service" else "",
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

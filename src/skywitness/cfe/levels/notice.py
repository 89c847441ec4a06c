"""Notifications of maximum levels as a file tells them, and the level that stands on a day (Article VII)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from skywitness.cfe.kinds import ACV, AIFV, CATEGORIES, HACV
from skywitness.cfe.law import Law, Level, instrument
from skywitness.core.errors import Faults
from skywitness.core.finding import UsedValue
from skywitness.core.text import quoted, say
from skywitness.law.names import did_you_mean
from skywitness.law.rows import Row

__all__ = ["AREA_KEYS", "GROUND", "SUBJECTS", "Notice", "check_notices", "level_on", "read_notice", "told_on"]

GROUND: Final = CATEGORIES[:3]
SUBJECTS: Final = (*CATEGORIES, AIFV, HACV)
"""What a notification gives a number for: the five categories, and two kinds of armoured vehicles (Article VII.4)."""

AREA_KEYS: Final = ("extended_total", "extended_active", "inner_active", "core_active", "flank_active", "area_active")
"""Limits of areas that levels are divided by; the first, third, fourth and fifth are owed (Article VII.5)."""

_MOST: Final = 1_000_000
_NO_NUMBERS: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification of a State: maximum levels that stand from ``effective`` on.

    ``numbers`` by category or kind, ``areas`` by area and category.  ``whole``: what is not told here did not stand in
    it.  ``matched_by``: names of partners' notifications whose cuts make room; ``room_from_holdings_of``: States whose
    lower holdings it names as the ground of a rise.
    """

    where: str
    id: str
    state: str
    notified: dt.date
    effective: dt.date
    told_to_all: bool | None = None
    whole: bool = False
    numbers: Mapping[str, int] = field(default_factory=lambda: _NO_NUMBERS)
    areas: Mapping[str, Mapping[str, int]] = field(default_factory=lambda: MappingProxyType({}))
    matched_by: tuple[str, ...] = ()
    room_from_holdings_of: tuple[str, ...] = ()

    def number(self, subject: str, area: str = "") -> int | None:
        """Return the level told for a category or kind, in an area or the whole; ``None`` where none is told."""
        return (self.areas.get(area, _NO_NUMBERS) if area else self.numbers).get(subject)


def read_notice(row: Row, state: str, partners: tuple[str, ...]) -> Notice:
    """Read one table ``[[level]]``; every fault is noted."""
    notified = row.required_day("notified")
    effective = row.day("effective") or notified
    if effective < notified:
        row.fault("effective", say("{day} is before {first}", day=effective, first=notified))
    numbers = {name: row.anything(name) for name in SUBJECTS}
    found = Notice(
        where=row.where,
        id=row.text("id", row.where),
        state=state,
        notified=notified,
        effective=effective,
        told_to_all=row.flag("told_to_all"),
        whole=bool(row.flag("whole")),
        numbers=_numbers(row, "", {name: one for name, one in numbers.items() if one is not None}, SUBJECTS),
        areas=_areas(row),
        matched_by=row.texts("matched_by", []),
        room_from_holdings_of=partners,
    )
    _check_kinds(row, found)
    return found


def _areas(row: Row) -> Mapping[str, Mapping[str, int]]:
    told = row.anything("areas")
    if told is None:
        return MappingProxyType({})
    if not isinstance(told, dict) or not all(isinstance(one, dict) for one in told.values()):
        row.fault("areas", say("tables by area are expected, such as [level.areas.core_active]"))
        return MappingProxyType({})
    for stray in sorted(told.keys() - set(AREA_KEYS)):
        row.fault(f"areas.{stray}", say("unknown field.{near}", near=did_you_mean(stray, AREA_KEYS)))
    known = {name: told[name] for name in AREA_KEYS if name in told}
    return MappingProxyType({name: _numbers(row, f"areas.{name}.", one, GROUND) for name, one in known.items()})


def _numbers(row: Row, before: str, told: Mapping[str, Any], known: Sequence[str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for name, value in told.items():
        if name not in known:
            row.fault(f"{before}{name}", say("unknown field.{near}", near=did_you_mean(name, known)))
        elif isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST:
            found[name] = value
        else:
            message = say("{value} is no whole number from 0 to {most:,}", value=quoted(value), most=_MOST)
            row.fault(f"{before}{name}", message)
    return MappingProxyType(found)


def _check_kinds(row: Row, one: Notice) -> None:
    """Note kinds of armoured vehicles that are more than all of them."""
    every, kinds = one.number(ACV), (one.number(AIFV) or 0) + (one.number(HACV) or 0)
    if every is not None and kinds > every:
        row.fault(ACV, say("{every:,} in all, and {kinds:,} of two kinds", every=every, kinds=kinds))


def check_notices(notices: Iterable[Notice], faults: Faults) -> None:
    """Note names that stand twice, and names of partners' notifications that are not in the file."""
    told = list(notices)
    names = [one.id for one in told]
    for name in sorted({name for name in names if names.count(name) > 1}):
        faults.add(f"level[{name}]", say("this id stands {times} times", times=names.count(name)))
    for one in told:
        for name in one.matched_by:
            if name not in names:
                near = did_you_mean(name, names)
                faults.add(
                    f"{one.where}.matched_by", say("no level is called {name}.{near}", name=quoted(name), near=near)
                )


def told_on(
    notices: Iterable[Notice], state: str, subject: str, at: dt.date, notice_days: int, area: str = ""
) -> Level | None:
    """Return the level that stands on a day by the notifications told; ``None`` where none tells it.

    A level stands until the day of a later notification (Article VII.2, 3).  Whether a change notified too late stands
    from its own day or only after its days of notice no article says: until then it may be either number.
    """
    own = sorted(
        (
            one
            for one in notices
            if one.state == state and one.effective <= at and one.number(subject, area) is not None
        ),
        key=lambda one: (one.effective, one.notified),
    )
    if not own:
        return None
    last = own[-1]
    numbers = [last.number(subject, area) or 0]
    ripe = last.notified + dt.timedelta(days=notice_days)
    if len(own) > 1 and last.effective < ripe and at < ripe:
        numbers.append(own[-2].number(subject, area) or 0)
    key = area or "maximum_level"
    source = f"CFE Art. VII.{3 if len(own) > 1 else 2}; {last.id}"
    value = UsedValue(key, state, numbers[0], "items", last.effective, source, "reported")
    return Level(min(numbers), max(numbers), value)


def level_on(
    law: Law, notices: Sequence[Notice], state: str, subject: str, at: dt.date, area: str = ""
) -> Level | None:
    """Return the level of a State on a day: as the file tells it, else as it is stored."""
    told = told_on(notices, state, subject, at, law.most("level_change_notice")[0], area)
    if told is not None or area or subject not in CATEGORIES:
        return told
    day = max(at, instrument().heading.signed)
    own = law if day == law.reading.at else Law(replace(law.reading, at=day))
    return own.level(state, subject)

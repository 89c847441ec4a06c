"""Constraints: how many large activities a State carries out in its years, and at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.periods import shifted
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.vdoc.count import Answer, reached
from skywitness.vdoc.law import Law, Limit
from skywitness.vdoc.model import ON_LAND
from skywitness.vdoc.unit import Unit
from skywitness.vdoc.ways import way

__all__ = ["COMPLETE", "FROM_DAY", "LARGEST", "WITHOUT", "YEARLY", "judge_constraints"]

LARGEST: Final = "VD:CONSTRAINTS.LARGEST"
YEARLY: Final = "VD:CONSTRAINTS.YEARLY"
FROM_DAY: Final = "from_day_to_day"
WITHOUT: Final = "without_the_largest"

COMPLETE: Final = say("whether the file tells of every activity of its States in these years (complete)")


@dataclass(frozen=True, slots=True)
class _Sized:
    """An activity and whether it is above a size."""

    unit: Unit
    above: Answer


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of time with what is counted in it: how many surely, and how many at most."""

    name: str
    sure: tuple[str, ...]
    possible: tuple[str, ...]


def judge_constraints(units: Sequence[Unit], law: Law, *, complete: bool) -> Iterator[Finding]:
    """Judge the activities of each State together."""
    for state in sorted({code for unit in units for code in unit.states}):
        own = [unit for unit in units if state in unit.states]
        yield from _largest(state, own, law, complete=complete)
        yield from _yearly(state, own, law, complete=complete)
        yield from _middle(state, own, law, complete=complete)
        yield from _at_once(state, own, law, complete=complete)


@provision("VD:CONSTRAINTS.LARGEST")
def _largest(state: str, own: Sequence[Unit], law: Law, *, complete: bool) -> Iterator[Finding]:
    """Count the largest activities within three years; from when the years run is open to understanding."""
    years = int(law.limit("largest_years").number)
    rows, limits = _sized(own, law, "largest_size")
    by_day = way(law.reading, LARGEST) == FROM_DAY
    if by_day:
        windows = [_from_day(row, rows, years) for row in rows]
    else:
        windows = [_from_year(first, rows, years) for first in sorted({row.unit.start.day.year for row in rows})]
    yield from _held(state, "CONSTRAINTS.LARGEST", windows, law, "largest_number", limits, complete=complete)


@provision("VD:CONSTRAINTS.YEARLY")
def _yearly(state: str, own: Sequence[Unit], law: Law, *, complete: bool) -> Iterator[Finding]:
    """Count the large activities of each calendar year."""
    rows, limits = _sized(own, law, "yearly_size")
    yield from _by_year(state, "CONSTRAINTS.YEARLY", rows, law, "yearly_number", limits, complete=complete)


@provision("VD:CONSTRAINTS.MIDDLE")
def _middle(state: str, own: Sequence[Unit], law: Law, *, complete: bool) -> Iterator[Finding]:
    """Count the larger ones among the activities of each calendar year."""
    rows, limits = _sized(own, law, "middle_size")
    yield from _by_year(state, "CONSTRAINTS.MIDDLE", rows, law, "middle_number", limits, complete=complete)


@provision("VD:CONSTRAINTS.AT-ONCE")
def _at_once(state: str, own: Sequence[Unit], law: Law, *, complete: bool) -> Iterator[Finding]:
    """Count the large activities that go on at the same time."""
    rows, limits = _sized(own, law, "at_once_size")
    windows = [_going_on(row, rows) for row in rows]
    yield from _held(state, "CONSTRAINTS.AT-ONCE", windows, law, "at_once_number", limits, complete=complete)


# ---- what is counted ----


def _sized(own: Sequence[Unit], law: Law, key: str) -> tuple[list[_Sized], tuple[Limit, ...]]:
    """Keep what is, or may be, above a size."""
    limits = law.limits(key, ON_LAND)
    rows = [_Sized(unit, reached(unit.counts, limits, above=True).answer) for unit in own]
    return [row for row in rows if row.above is not Answer.NEED_NOT], tuple(limits.values())


def _window(name: str, rows: Sequence[_Sized], inside: Callable[[Unit], bool]) -> _Window:
    found = [row for row in rows if inside(row.unit)]
    sure = tuple(row.unit.id for row in found if row.above is Answer.MUST)
    return _Window(name, sure, tuple(row.unit.id for row in found))


def _from_year(first: int, rows: Sequence[_Sized], years: int) -> _Window:
    last = first + years - 1
    return _window(f"{first}-{last}", rows, lambda unit: first <= unit.start.day.year <= last)


def _from_day(row: _Sized, rows: Sequence[_Sized], years: int) -> _Window:
    begins = row.unit.start.day
    ends = shifted(dt.datetime.combine(begins, dt.time(), dt.UTC), years, "years").date()
    return _window(f"{begins}/{ends}", rows, lambda unit: begins <= unit.start.day < ends)


def _going_on(begun: _Sized, rows: Sequence[_Sized]) -> _Window:
    """Count what goes on when an activity begins; one without a told end may go on for ever.

    Where only the day of the beginning is told, surely together is what lasts all that day, whenever
    the activity began, or what goes on when the day ends, the activity itself included only if it does.
    """
    first, last = begun.unit.start.first_utc, begun.unit.start.last_utc
    throughout, at_last, possible = [], [], []
    for row in rows:
        start, end = row.unit.start, row.unit.end
        if row is not begun and (start.first_utc > last or (end is not None and end.last_utc <= first)):
            continue
        possible.append(row.unit.id)
        if row.above is not Answer.MUST:
            continue
        lasts = end is not None and end.first_utc >= last
        if row is begun or (lasts and start.last_utc <= first):
            throughout.append(row.unit.id)
        if lasts and start.last_utc <= last:
            at_last.append(row.unit.id)
    sure = max(throughout, at_last, key=len)
    return _Window(begun.unit.start.day.isoformat(), tuple(sure), tuple(possible))


def _by_year(
    state: str,
    ident: str,
    rows: Sequence[_Sized],
    law: Law,
    key: str,
    limits: tuple[Limit, ...],
    *,
    complete: bool,
) -> Iterator[Finding]:
    """Judge each calendar year; whether the largest activities count in it is open to understanding."""
    if way(law.reading, YEARLY) == WITHOUT:
        rows = [counted for row in rows if (counted := _below_the_largest(row, law)) is not None]
    for year in sorted({row.unit.start.day.year for row in rows}):
        windows = [_window(str(year), rows, lambda unit, year=year: unit.start.day.year == year)]  # type: ignore[misc]
        yield from _held(state, ident, windows, law, key, limits, complete=complete)


def _below_the_largest(row: _Sized, law: Law) -> _Sized | None:
    largest = reached(row.unit.counts, law.limits("largest_size", ON_LAND), above=True).answer
    if largest is Answer.MUST:
        return None
    return row if largest is Answer.NEED_NOT else _Sized(row.unit, Answer.CANNOT_TELL)


# ---- held against the number ----


def _held(
    state: str,
    ident: str,
    windows: Sequence[_Window],
    law: Law,
    key: str,
    sizes: tuple[Limit, ...],
    *,
    complete: bool,
) -> Iterator[Finding]:
    """Hold the fullest stretch of time against the number; nothing is said where nothing is at stake."""
    limit = law.limit(key)
    number = limit.number
    if not windows:
        return
    worst = max(
        windows, key=lambda one: (len(one.sure) > number, len(one.possible) > number, len(one.sure), len(one.possible))
    )
    low, high = len(worst.sure), len(worst.possible)
    if not low and high <= number and not complete:
        return
    verdict, needs = _verdict(low, high, number, complete=complete)
    told = {"state": state, "when": worst.name, "low": low, "high": high, "limit": number, "troops": sizes[0].number}
    names = ", ".join(worst.possible)
    if low == high:
        why = say(
            "{state}, {when}: {limit:.0f} at most above the size of {troops:,.0f} troops; told of {low}: {names}.",
            names=names,
            **told,
        )
    else:
        why = say("{state}, {when}: {limit:.0f} at most above the size of {troops:,.0f} troops; {low} surely, {high} perhaps: {names}.", names=names, **told)  # noqa: E501  # fmt: skip
    yield law.finding(
        ident, verdict, why, bearer=state, where=Where(name=f"{state} {worst.name}"), needs=needs,
        measured=(low + high) / 2.0, uncertainty=(high - low) / 2.0, limit=number,
        margin=number - high if low == high else None, unit="activities",
        values=(limit.used, *(size.used for size in sizes)),
    )  # fmt: skip


def _verdict(low: int, high: int, number: float, *, complete: bool) -> tuple[Verdict, tuple[Text, ...]]:
    if low > number:
        return Verdict.BREACH, ()
    if high > number:
        return Verdict.CANNOT_TELL, (say("the numbers of the activities that may be above the size"),)
    return (Verdict.OK, ()) if complete else (Verdict.CANNOT_TELL, (COMPLETE,))

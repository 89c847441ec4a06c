"""Judge a sheet of annotations: one finding or more for each paragraph of Annex B that it shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.core.text import say
from skywitness.imagery.annotation.judging import Desk, Judge, Known, rolls_of
from skywitness.imagery.annotation.rules_codes import CODE_RULES
from skywitness.imagery.annotation.rules_contents import CONTENT_RULES
from skywitness.imagery.annotation.sheet import Sheet
from skywitness.law.provisions import provisions
from skywitness.law.rows import Row, rows_of

_FIRST_YEAR, _LAST_YEAR = 1992, 2200
_LONGEST_MIN: Final = 1_440.0


RULES: Final[Mapping[str, Judge]] = MappingProxyType({**CONTENT_RULES, **CODE_RULES})
"""Every rule by its provision."""


def judge(
    sheet: Sheet, reading: Reading, known: Known | None = None, only: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Judge a sheet, in the order of the Treaty; with ``only`` by some provisions.

    :raises InputError: of kind ``bad_annotation`` for a sheet in which more is wrong than codes.
    """
    refuse_unsound(sheet)
    desk = Desk(sheet, known or Known(), reading, rolls_of(sheet))
    place = {row.id: number for number, row in enumerate(provisions())}
    idents = sorted((ident for ident in RULES if not only or ident in only), key=place.__getitem__)
    return tuple(finding for ident in idents for finding in RULES[ident](desk))


def refuse_unsound(sheet: Sheet, where: str = "") -> None:
    """Refuse a sheet in which more is wrong than codes.

    :raises InputError: of kind ``bad_annotation`` with all faults.
    """
    if not sheet.is_sound:
        sheet.faults.raise_if_any("bad_annotation", say("The annotations cannot be judged as they stand."), where)


def day_of(sheet: Sheet) -> dt.date | None:
    """Return the day of the flight as the first leader has it."""
    days = [line.get("DATE") for line in sheet.of("LEADER")]
    return next((day for day in days if isinstance(day, dt.date)), None)


def read_known(data: Mapping[str, Any], where: str = "") -> Known:
    """Read what is known beside a sheet from what the TOML reader gave.

    :raises InputError: of kind ``bad_facts`` with all faults.
    """
    faults = Faults()
    row = Row(data, "facts", faults)
    year = row.optional_number("quota_year", _FIRST_YEAR, _LAST_YEAR)
    periods = rows_of(row.anything("period") or [], "period", faults)
    known = Known(
        quota_year=None if year is None else int(year),
        tilt_deg=row.optional_number("tilt_deg", 0.0, 90.0),
        has_lens=row.flag("has_lens"),
        periods=tuple(_period(one) for one in periods) if "period" in row else None,
        interval_min=row.optional_number("interval_min", 0.01, _LONGEST_MIN),
        hides_detail=row.flag("hides_detail"),
        prints_annotated=row.flag("prints_annotated"),
    )
    row.close()
    faults.raise_if_any("bad_facts", say("The facts cannot be used as they stand."), where)
    return known


def _period(row: Row) -> tuple[dt.datetime, dt.datetime]:
    found = []
    for key in ("from_utc", "to_utc"):
        value = row.anything(key)
        if not isinstance(value, dt.datetime) or value.tzinfo is None:
            row.fault(key, say("expected a time such as 2019-09-12T08:31:00Z, met {met}", met=repr(value)[:40]))
            value = dt.datetime(_FIRST_YEAR, 1, 1, tzinfo=dt.UTC)
        found.append(value)
    row.close()
    if found[1] < found[0]:
        row.fault("to_utc", say("is before from_utc"))
    return found[0].astimezone(dt.UTC), found[1].astimezone(dt.UTC)

"""Read a file of told inspections from what the TOML reader gave, with every fault collected."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

from skywitness.cfe.inspections.model import (
    DECLARED,
    FIELDS,
    OF_ANY_SECTION,
    OWN_SECTIONS,
    Inspection,
    PartyTold,
    Record,
    Stay,
    Unit,
)
from skywitness.cfe.told.asked import SECTIONS, asked_of, load
from skywitness.cfe.told.desk import CFE
from skywitness.cfe.told.facts import Field, Told, read_told
from skywitness.cfe.told.judge import note_order
from skywitness.cfe.told.state import needed_state, note_district
from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.act_rows import ActRow, act_rows
from skywitness.law.instrument import load as load_law
from skywitness.law.names import did_you_mean
from skywitness.law.provisions import provisions
from skywitness.law.rows import refuse_strays

__all__ = ["AGREEABLE", "read_record"]

AGREEABLE: Final = tuple(
    f"CFE:INSP.{place}"
    for place in (
        *(
            "I.1(H)",
            "II.17",
            "II.17(A)",
            "II.17(B)",
            "VI.12",
            "VI.20",
            "VI.43",
            "VII.8",
            "VIII.6(B)",
            "IX.2",
            "XII.1(B)",
        ),
    )
)
"""Provisions whose text allows those concerned to agree otherwise."""

_TABLES: Final = ("party", "stay", "unit")


def read_record(data: Mapping[str, Any], where: str = "") -> Record:
    """Read a record; ``docs/cli/cfe.md`` explains the form.

    :raises InputError: of kind ``bad_inspections`` with all faults.
    """
    faults = Faults()
    refuse_strays(data, _TABLES, faults)
    record = Record(
        parties=tuple(_party(row) for row in _rows(data, "party", faults)),
        stays=tuple(_stay(row, faults) for row in _rows(data, "stay", faults)),
        units=tuple(_unit(row) for row in _rows(data, "unit", faults)),
    )
    if not faults and not (record.parties or record.stays or record.units):
        faults.add("file", say("nothing is told: expected tables [[party]], [[stay]] or [[unit]]"))
    names = [party.id for party in record.parties] + [unit.id for unit in record.units]
    names += [name for stay in record.stays for name in (stay.id, *(one.id for one in stay.inspections))]
    for name, times in sorted(Counter(names).items()):
        if times > 1:
            faults.add(name, say("this id stands {times} times", times=times))
    faults.raise_if_any("bad_inspections", say("The told inspections cannot be used as they stand."), where)
    return record


def _rows(data: Mapping[str, Any], table: str, faults: Faults) -> list[ActRow]:
    return act_rows(data.get(table, []), table, faults, load_law(CFE))


def _party(row: ActRow) -> PartyTold:
    told = _told(row, FIELDS["party"])
    day = row.needed_day("day")
    state = needed_state(row, "state", day)
    note_order(row, told, asked_of("inspections", "party"))
    row.close()
    return PartyTold(told, state, day)


def _stay(row: ActRow, faults: Faults) -> Stay:
    fields = {name: one for name, one in FIELDS["stay"].items() if one.kind != "provisions"}
    told = _told(row, fields)
    moments = (told.time(name) for name in ("arrived_utc", "eta_utc", "notice_utc"))
    first = next((moment for moment in moments if moment is not None), None)
    if first is None:
        row.fault("arrived_utc", say("one of arrived_utc, eta_utc and notice_utc tells the day, and none is there"))
    day = first.date() if first else dt.date(1995, 1, 1)
    inspecting, inspected = needed_state(row, "inspecting", day), needed_state(row, "inspected", day)
    if inspecting and inspecting == inspected:
        row.fault("inspected", say("{state} does not inspect itself", state=inspected))
    agreed = _agreed(row)
    below = act_rows(row.anything("inspection") or [], f"{row.where}.inspection", faults, load_law(CFE))
    inspections = tuple(_inspection(one, inspected, day) for one in below)
    _in_order(row, told, ("notice_utc", "arrived_utc", "returned_utc"))
    note_order(row, told, asked_of("inspections", "stay", inspections[0].section if inspections else ""))
    row.close()
    return Stay(told, inspecting, inspected, day, inspections, agreed)


def _inspection(row: ActRow, inspected: str, day: dt.date) -> Inspection:
    told = _told(row, FIELDS["inspection"])
    section = told.word("section")
    if "section" not in row:
        row.fault("section", say("missing: expected one of {sections}", sections=", ".join(SECTIONS)))
    for name in told.values if section else ():
        sections = _sections_of(name)
        if section not in sections:
            row.fault(name, say("belongs to Section {other}, not to {own}", other=", ".join(sections), own=section))
    _in_order(row, told, ("named_utc", "arrived_at_site_utc", "departed_site_utc"))
    note_order(row, told, asked_of("inspections", "inspection", section))
    note_district(row, inspected, told.word("district"))
    owner = needed_state(row, "owner", day) if "owner" in row else inspected
    row.close()
    return Inspection(_with_differences(told) if section == DECLARED else told, section, owner)


@cache
def _sections_of(name: str) -> tuple[str, ...]:
    """Return the sections under which anything asks for a field."""
    if name in OF_ANY_SECTION:
        return SECTIONS
    asked = [one for one in load("inspections") if one.scope == "inspection" and name in one.told_fields]
    if any(not one.sections for one in asked):
        return SECTIONS
    found = {*OWN_SECTIONS.get(name, ()), *(other for one in asked for other in one.sections)}
    return tuple(other for other in SECTIONS if other in found)


def _with_differences(told: Told) -> Told:
    """Add what follows from the numbers declared and present: whether there was any difference to explain."""
    declared, present = told.whole("declared"), told.whole("present")
    if declared is None or present is None:
        return told
    derived = {"as_declared": declared == present, "none_absent": present >= declared}
    derived["none_in_excess"] = present <= declared
    return Told(told.id, MappingProxyType({**derived, **told.values}))


def _unit(row: ActRow) -> Unit:
    told = _told(row, FIELDS["unit"])
    for name in ("kind", "counted"):
        if name not in row:
            row.fault(name, say("missing: the kind of the unit, and whether its State counted it, are needed"))
    every, of_one = told.whole("limited_items"), told.whole("most_of_one_category")
    if every is not None and of_one is not None and of_one > every:
        row.fault("most_of_one_category", say("{part} is more than all {whole}", part=of_one, whole=every))
    row.close()
    return Unit(told)


def _told(row: ActRow, fields: Mapping[str, Field]) -> Told:
    ident = row.prose("id", needed=True)
    return read_told(row, MappingProxyType(dict(fields)), ident)


def _agreed(row: ActRow) -> tuple[str, ...]:
    """Read the provisions on which the teams agreed otherwise, where the text allows that."""
    known = {one.id for one in provisions(instrument=CFE)}
    found = tuple(word if word.startswith("CFE:") else f"CFE:{word}" for word in row.texts("agreed", []))
    for ident in found:
        if ident not in known:
            row.fault(
                "agreed", say("there is no provision {ident}.{near}", ident=ident, near=did_you_mean(ident, known))
            )
        elif ident not in AGREEABLE:
            row.fault("agreed", say("{ident} does not say that anything else may be agreed", ident=ident))
    return found


def _in_order(row: ActRow, told: Told, names: Sequence[str]) -> None:
    """Note moments that come before what they follow."""
    known = [(name, moment) for name in names if (moment := told.time(name)) is not None]
    for (before, first), (after, second) in pairwise(known):
        if second < first:
            row.fault(after, say("comes before {before}", before=before))

"""Read a reduction ledger from what the TOML reader gave, with every fault collected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from skywitness.cfe.kinds import ACV, AIFV, APC, CATEGORIES, HACV, HELICOPTER
from skywitness.cfe.law import CFE
from skywitness.cfe.reduction.model import (
    MULTI_PURPOSE,
    PURPOSES,
    SPECIALISED,
    WAYS,
    Adjustment,
    Inspected,
    Item,
    Ledger,
    Liability,
    Period,
    Plan,
    Predecessor,
    Revision,
    Seen,
    Site,
)
from skywitness.cfe.reduction.steps import PROCEDURES, facts_of
from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.law.act_rows import FIRST_YEAR, ActRow, act_rows
from skywitness.law.instrument import load
from skywitness.law.names import did_you_mean
from skywitness.law.parties import is_party
from skywitness.law.rows import refuse_strays

__all__ = ["TABLES", "read_ledger"]

_MOST: Final = 100_000
_KINDS: Final = {ACV: (APC, AIFV, HACV), HELICOPTER: (SPECIALISED, MULTI_PURPOSE)}
_BEFORE: Final = ("static_display", "ground_target", "instruction")
"""Ways whose items may have been so used before signature (Sections X.4, XI.3 and XII.3)."""

TABLES: Final = (
    *("liability", "change", "revision", "predecessor", "site", "period", "reduced", "seen", "inspection"),
    "conversion_plan",
)


def read_ledger(data: Mapping[str, Any], where: str = "") -> Ledger:
    """Read a ledger; ``docs/cli/cfe.md`` explains the form.

    :raises InputError: of kind ``bad_ledger`` with all faults.
    """
    faults = Faults()
    refuse_strays(data, ("title", "at", *TABLES), faults)
    title, at = data.get("title", ""), data.get("at")
    if not isinstance(title, str):
        faults.add("title", say("a text is expected"))
    if not isinstance(at, dt.date) or isinstance(at, dt.datetime):
        faults.add("at", say("missing: expected the day judged, such as 1995-11-17, without quotes"))
        at = dt.date(1995, 11, 17)
    applied = load(CFE).heading.applied_from
    if applied is not None and at < applied.on:
        faults.add("at", say("{day} is before the Treaty was first applied ({start})", day=at, start=applied.on))
    rows = {table: act_rows(data.get(table, []), table, faults, load(CFE)) for table in TABLES}
    ledger = Ledger(
        str(title),
        at,
        tuple(map(_liability, rows["liability"])),
        tuple(map(_change, rows["change"])),
        tuple(map(_revision, rows["revision"])),
        tuple(map(_predecessor, rows["predecessor"])),
        tuple(map(_site, rows["site"])),
        tuple(map(_period, rows["period"])),
        tuple(map(_item, rows["reduced"])),
        tuple(map(_seen, rows["seen"])),
        tuple(map(_inspection, rows["inspection"])),
        tuple(map(_plan, rows["conversion_plan"])),
    )
    for row in (one for table in rows.values() for one in table):
        row.close()
    _check_names(ledger, faults)
    if not faults and not any(rows.values()):
        faults.add("file", say("nothing is told: expected tables such as [[liability]] or [[reduced]]"))
    faults.raise_if_any("bad_ledger", say("The reduction ledger cannot be used as it stands."), where)
    return ledger


def _check_names(ledger: Ledger, faults: Faults) -> None:
    """Note names that stand twice, or that nothing has."""
    sites, items = [one.id for one in ledger.sites], [one.id for one in ledger.items]
    for name in sorted({name for names in (sites, items) for name in names if names.count(name) > 1}):
        faults.add(name, say("this id stands {times} times", times=max(sites.count(name), items.count(name))))
    steps = [one.id for one in ledger.changes]
    for where, name, known in (
        *((f"{one.where}.site", one.site, sites) for one in ledger.items),
        *((f"{one.where}.site", one.site, sites) for one in ledger.periods),
        *((f"{one.where}.item", one.item, items) for one in ledger.seen),
        *((f"{one.where}.instead_of", one.instead, steps) for one in ledger.changes),
    ):
        if name and name not in known:
            faults.add(
                where, say("nothing here is called {name}.{near}", name=quoted(name), near=did_you_mean(name, known))
            )
    twice = [(one.state, one.category) for one in ledger.liabilities]
    for state, category in sorted({pair for pair in twice if twice.count(pair) > 1}):
        faults.add(
            "liability", say("{state} has more than one liability for {category}", state=state, category=category)
        )
    for seen in ledger.seen:
        item = next((one for one in ledger.items if one.id == seen.item), None)
        if item is not None and seen.count > item.count:
            told = {"seen": seen.count, "count": item.count}
            faults.add(f"{seen.where}.count", say("{seen} were seen of {count} that are told", **told))


def _state(row: ActRow, day: dt.date | None = None, *, gone: bool = False) -> str:
    """Read a State that the Treaty bound on the day; ``gone``: one that was bound at signature will do."""
    if "state" not in row:
        row.fault("state", say("missing: expected the code of a State"))
        return ""
    code, law = row.party("state"), load(CFE)
    if code in law.groups:
        row.fault("state", say("{code} is a group; write one State", code=quoted(code)))
    elif code in law.parties and day is not None and not gone:
        exists = day in law.parties[code].exists
        if not exists or (day >= law.heading.entry_into_force.on and not is_party(code, day, instrument=law)):
            row.fault("state", say("{state} is no Party on {day}", state=code, day=day))
    return code if code in law.parties else ""


def _category(row: ActRow) -> str:
    return row.text("category", among=CATEGORIES)


def _day_since_signature(row: ActRow, key: str) -> dt.date:
    day = row.needed_day(key)
    _note_early(row, key)
    return day


def _note_early(row: ActRow, key: str) -> None:
    """Note a day before signature; what is no day, or out of all years, is told already."""
    day, signed = row.anything(key), load(CFE).heading.signed
    if isinstance(day, dt.date) and not isinstance(day, dt.datetime) and dt.date(FIRST_YEAR, 1, 1) <= day < signed:
        row.fault(key, say("{day} is before the Treaty was signed ({signed})", day=day, signed=signed))


def _liability(row: ActRow) -> Liability:
    row.text("id", "")
    notified = row.day("notified")
    numbers = {key: row.whole(key, 0, _MOST) for key in ("at_signature", "at_entry_into_force", "level", "liability")}
    return Liability(
        row.where,
        _state(row, notified),
        _category(row),
        numbers["at_signature"],
        numbers["at_entry_into_force"],
        numbers["level"],
        numbers["liability"],
        notified,
    )


def _change(row: ActRow) -> Adjustment:
    day = _day_since_signature(row, "notified")
    by = row.needed_whole("by", -_MOST, _MOST)
    instead = row.text("instead_of", "")
    of = row.text("of", "liability", ("liability", "holdings"))
    if "by" in row and by == 0:
        row.fault("by", say("a change by nothing is none"))
    if instead and by < 0:
        row.fault("by", say("what stands in for a decrease is an increase"))
    if of == "holdings" and not instead:
        row.fault("instead_of", say("missing: expected the id of the decrease that it stands in for"))
    over = row.flag("over_level")
    return Adjustment(row.where, row.text("id"), _state(row, day), _category(row), by, of, day, instead, over)


def _revision(row: ActRow) -> Revision:
    row.text("id", "")
    day = _day_since_signature(row, "notified")
    adjusted = row.day_after("liability_adjusted", day)
    told = row.flag("liability_not_adjusted")
    if adjusted is not None and told:
        row.fault("liability_not_adjusted", say("stands beside the day on which it was adjusted"))
    return Revision(row.where, _state(row, day), _category(row), day, adjusted, bool(told))


def _predecessor(row: ActRow) -> Predecessor:
    row.text("id", "")
    state = _state(row, gone=True)
    if state and not load(CFE).parties[state].successors:
        row.fault("state", say("{state} has no successors", state=state))
    return Predecessor(row.where, state, _category(row), row.needed_whole("at_signature", 0, _MOST))


def _site(row: ActRow) -> Site:
    notified = row.day("notified")
    shared = row.parties("shared_with", needed=False)
    return Site(
        row.where, row.text("id"), _state(row, notified), notified, row.flag("in_area"), shared, row.flag("agreed")
    )


def _period(row: ActRow) -> Period:
    row.text("id", "")
    begins = _day_since_signature(row, "begins")
    ends = row.day_after("ends", begins, needed=True) or begins
    completed = row.day_after("completed", begins)
    return Period(
        row.where,
        _state(row, begins),
        row.text("site"),
        begins,
        ends,
        row.day("notified"),
        completed,
        row.day_after("completion_notified", completed or begins),
        bool(row.flag("conversion")),
    )


def _item(row: ActRow) -> Item:
    day, way, category = row.needed_day("date"), row.text("way", among=WAYS), _category(row)
    signed = load(CFE).heading.signed
    if way not in _BEFORE:
        _note_early(row, "date")
    kind = row.text("kind", among=_KINDS[category]) if "kind" in row and category in _KINDS else ""
    purpose = row.text("purpose", "", (*PURPOSES, "other")) if way == "conversion" else ""
    return Item(
        row.where,
        row.text("id"),
        _state(row, max(day, signed)),
        category,
        kind,
        row.prose("type"),
        way,
        row.needed_whole("count", 1, _MOST),
        day,
        row.day_after("notified", day),
        row.text("site", ""),
        drone=bool(row.flag("drone")) if way == "destruction" and category == "combat_aircraft" else False,
        declared=row.flag("declared_at_signature"),
        self_propelled=row.flag("self_propelled") if category == "artillery" else None,
        working=bool(row.flag("working")) if way == "static_display" else False,
        purpose=purpose,
        finished=row.day_after("finished", day) if way == "conversion" else None,
        given_up=bool(row.flag("given_up")) if way == "conversion" else False,
        destroyed=row.day_after("destroyed", day) if way == "conversion" else None,
        in_service=row.flag("in_service") if way == "conversion" else None,
        reported=row.flag("still_reported") if way == "conversion" else None,
        evidence=row.day_after("evidence", day),
        doubtful=row.flag("doubtful"),
        decided=row.day("decided"),
    )


def _seen(row: ActRow) -> Seen:
    procedure = row.text("procedure", among=tuple(PROCEDURES))
    every, own = facts_of(), facts_of(procedure) if procedure in PROCEDURES else {}
    facts: dict[str, bool | float] = {}
    for name, kind in every.items():
        told = row.flag(name) if kind == "flag" else row.optional_number(name, 0.0, 10_000.0)
        if told is None:
            continue
        facts[name] = told
        if own and name not in own:
            row.fault(name, say("no step of {procedure} asks for this", procedure=procedure))
    row.text("id", "")
    by = row.party("by") if "by" in row else ""
    if "by" not in row:
        row.fault("by", say("missing: expected who saw it"))
    state, count = _state(row), row.whole("count", 1, _MOST)
    return Seen(row.where, state, row.text("item", ""), procedure, count or 1, by, MappingProxyType(facts))


def _inspection(row: ActRow) -> Inspected:
    row.text("id", "")
    day = _day_since_signature(row, "day")
    refused = row.flag("refused")
    if refused is None and "refused" not in row:
        row.fault("refused", say("missing: expected true or false"))
    of = row.text("of", "reduction", ("reduction", "conversion_under_way", "converted"))
    return Inspected(row.where, _state(row, day), day, of, bool(refused))


def _plan(row: ActRow) -> Plan:
    row.text("id", "")
    tanks, vehicles = row.needed_whole("tanks", 0, _MOST), row.needed_whole("vehicles", 0, _MOST)
    notified = row.day("notified")
    return Plan(row.where, _state(row, notified), notified, tanks, vehicles)

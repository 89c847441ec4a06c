"""Read a file of records from what the TOML reader gave, with every fault collected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.inf.classify import model
from skywitness.inf.classify.model import CaseFile, Record, Subject
from skywitness.inf.fields import Fields, tables
from skywitness.inf.law import instrument
from skywitness.inf.sides import check_exists, check_holder
from skywitness.inf.types import find_type, near_names, types
from skywitness.law.file_fields import twice
from skywitness.law.names import did_you_mean, folded
from skywitness.law.rows import refuse_strays

__all__ = ["read_case"]

_MISSILES: Final = ("ballistic", "cruise")
_MOST_LAUNCHERS: Final = 100_000


def read_case(data: Mapping[str, Any], where: str = "") -> CaseFile:
    """Read a file for ``inf classify``; ``docs/cli/inf.md`` explains the form.

    :raises InputError: of kind ``bad_inf`` with all faults.
    """
    faults = Faults()
    refuse_strays(data, ("title", "at", "type", "record"), faults)
    top = Fields({key: data[key] for key in ("title", "at") if key in data}, "file", faults)
    title, at = top.prose("title"), top.required_day("at")
    subjects = tuple(_subject(row, at if top.day("at") else None) for row in tables(data, "type", faults))
    if not subjects and not faults:
        faults.add("type", say("missing: tell at least one missile type in a table [[type]]"))
    twice("type", (one.id for one in subjects), faults)
    names = _names(subjects, faults)
    rows = tables(data, "record", faults)
    records = tuple(_record(row, names, {one.id: one for one in subjects}) for row in rows)
    twice("record", (one.id for one in records), faults)
    _check_denials(records, faults)
    top.close()
    faults.raise_if_any("bad_inf", say("These records cannot be used as they stand."), where)
    return CaseFile(title, at, subjects, records)


def _subject(row: Fields, at: dt.date | None) -> Subject:
    ident = row.name("id")
    known = find_type(ident)
    kind = row.word("kind", _MISSILES)
    if known is None and "kind" not in row:
        near = near_names(ident)
        words = say(
            "{name} is no type known here: tell its kind, ballistic or cruise.{near}", name=quoted(ident), near=near
        )
        row.fault("kind", words)
    if known is not None and known.kind == "launcher":
        row.fault("id", say("{name} is a launcher; types are missiles", name=quoted(ident)))
    if known is not None and kind is not None and kind != known.kind:
        row.fault("kind", say("{name} is {kind}, not {other}", name=quoted(ident), kind=known.kind, other=kind))
    found = Subject(
        id=ident,
        holder=row.state("holder") if "holder" in row or known is None else known.holder,
        kind=kind or (known.kind if known else ""),
        known=known.id if known else "",
        names=row.texts("names", []),
        booster_launchers=row.whole("booster_launchers", 0, _MOST_LAUNCHERS),
    )
    row.close()
    check_holder(row, "holder", found.holder, known)
    check_exists(row, "holder", found.holder, at)
    return found


def _names(subjects: tuple[Subject, ...], faults: Faults) -> dict[str, str]:
    """Lead from every name that records may use to the type of the file; a name of two types is a fault."""
    found: dict[str, str] = {}
    for one in subjects:
        known = types().get(one.known)
        own = {folded(one.id), *(folded(name) for name in one.names), *(known.all_names if known else ())}
        for name in sorted(own):
            if found.setdefault(name, one.id) != one.id:
                words = say("{name} is a name of {first} and of {other}", name=name, first=found[name], other=one.id)
                faults.add(f"type[{one.id}].names", words)
    return found


def _record(row: Fields, names: Mapping[str, str], subjects: Mapping[str, Subject]) -> Record:
    what = row.word("what", model.KINDS) or ""
    if "what" not in row:
        row.fault("what", say("missing: expected one of {kinds}", kinds=", ".join(model.KINDS)))
    by = row.speaker("by")
    of = _of(row, names) if what != model.SAME_LAUNCHER or "of" in row else ""
    holder = subjects[of].holder if of in subjects else ""
    record = Record(
        id=row.name("id"),
        by=by,
        of=of,
        what=what,
        basis=row.word("basis", model.BASES) or ("declared" if by == holder else "claimed"),
        day=row.day_in_force("day"),
        said=row.day("said"),
        source=row.prose("source"),
        denies=row.texts("denies", []),
        span=row.span(needed=what in (model.TEST, model.CAPABILITY))
        if what in (model.TEST, model.CAPABILITY)
        else None,
        **_details(row, what),
    )
    row.prose("note")
    row.close()
    if record.day is not None and record.said is not None and record.said < record.day:
        row.fault("said", say("{said} comes before {day}, the day it tells of", said=record.said, day=record.day))
    _check_party(row, by, record.said, record.day)
    return record


def _details(row: Fields, what: str) -> dict[str, Any]:
    """Read what belongs to one kind of record; a field of another kind stays unread and is told as unknown."""
    if what == model.TEST:
        return {
            "launched_from": row.word("launched_from", model.LAUNCHED_FROM),
            "launcher_type": row.name("launcher_type", ""),
            "purpose": row.word("purpose", model.PURPOSES),
        }
    if what == model.STATEMENT:
        return {"on": row.text("on", among=tuple(model.STATEMENTS)), "value": _needed_flag(row, "value")}
    if what == model.LAUNCHER:
        return {
            "launcher_type": row.name("launcher_type"),
            "launched_from": row.word("launched_from", model.LAUNCHED_FROM),
        }
    if what == model.SAME_LAUNCHER:
        found = {"launcher_type": row.name("launcher_type"), "same_as": row.name("same_as")}
        return {**found, "value": _needed_flag(row, "value")}
    if what == model.PRODUCTION:
        return {
            "part": row.text("part", "missile", model.PARTS),
            "interchangeable": row.flag("interchangeable"),
            "like": row.name("like", ""),
        }
    if what == model.DEPLOYMENT:
        return {"launched_from": row.word("launched_from", model.LAUNCHED_FROM)}
    return {}


def _needed_flag(row: Fields, key: str) -> bool | None:
    if key not in row:
        row.fault(key, say("missing: expected true or false"))
    return row.flag(key)


def _of(row: Fields, names: Mapping[str, str]) -> str:
    """Read which type a record is about, by whatever name."""
    word = row.text("of")
    if not isinstance(row.anything("of"), str):
        return ""
    found = names.get(folded(word), "")
    if not found:
        near = did_you_mean(word, names)
        row.fault("of", say("{name} is no type of this file.{near}", name=quoted(word), near=near))
    return found


def _check_party(row: Fields, code: str, said: dt.date | None, day: dt.date | None) -> None:
    """Note a word of a State at a time when there was no such State; none speaks of what came after it."""
    party = instrument().parties.get(code)
    if (
        party is not None
        and said is None
        and day is not None
        and party.exists.end is not None
        and day >= party.exists.end
    ):
        row.fault("day", say("there was no {name} on {day}", name=party.name, day=day))
    check_exists(row, "said", code, said)


def _check_denials(records: tuple[Record, ...], faults: Faults) -> None:
    by_id = {one.id: one for one in records}
    for one in records:
        for ident in one.denies:
            where = f"record[{one.id}].denies"
            if ident not in by_id:
                near = did_you_mean(ident, by_id)
                faults.add(where, say("there is no record {ident}.{near}", ident=quoted(ident), near=near))
            elif by_id[ident].by == one.by:
                faults.add(where, say("{ident} is by {by} too: correct it instead", ident=quoted(ident), by=one.by))

"""Read a case file from what the TOML reader gave: every fault at once, each with its path (``events[3].sources``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, TypeVar

from skywitness.consult import vocabulary
from skywitness.consult.bodies import bodies, every_state
from skywitness.consult.fields import Fields, tables
from skywitness.consult.groups import group_codes
from skywitness.consult.invariants import check_invariants
from skywitness.consult.model import Body, Case, Event, Proposition, Source
from skywitness.consult.read_event import Known, read_event, read_provisions
from skywitness.consult.read_question import read_question
from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.law.instrument import instruments
from skywitness.law.names import did_you_mean
from skywitness.law.rows import refuse_strays
from skywitness.law.suspension import ALL

__all__ = ["read_case"]

_TABLES: Final = ("case", "sources", "bodies", "propositions", "events", "questions")

_MOST_HASHES: Final = 100
_PLACE: Final = re.compile(r"(sources|propositions|events|questions)\[(\d+)\]\.", re.ASCII)
_SHORT: Final = re.compile(r"[A-Za-z0-9._/-]{1,120}", re.ASCII)
_HASH: Final = re.compile(r"[0-9a-f]{12}", re.ASCII)

T = TypeVar("T")


def read_case(data: Mapping[str, Any], where: str = "") -> Case:
    """Read a case; ``docs/cases.md`` explains the form.

    :raises InputError: of kind ``bad_case`` with all faults.
    """
    faults = Faults()
    refuse_strays(data, _TABLES, faults)
    top = _top(data, faults)
    treaties = _treaties(top)
    sources = _rows(data, "sources", faults, _source, lambda one: one.id)
    there = {*every_state(), *bodies(), *group_codes(treaties), ALL}
    own_bodies = _rows(data, "bodies", faults, lambda row: _body(row, there), lambda one: one.code)
    own_bodies = {code: one for code, one in own_bodies.items() if code not in there}
    propositions = _rows(data, "propositions", faults, lambda row: _proposition(row, treaties), lambda one: one.id)
    actors = {*there, *own_bodies} - {ALL}
    known = Known(treaties, sources, propositions, actors)
    versions = [(row, read_event(row, known)) for row in tables(data.get("events"), "events", faults)]
    if not versions and not any(fault.where.startswith("events") for fault in faults):
        faults.add("events", say("missing: tell at least one event in a table [[events]]"))
    events, revised = _latest(versions)
    idents = {one.id for one in events}
    questions = tuple(read_question(row, known, idents) for row in tables(data.get("questions"), "questions", faults))
    _note_twice("questions", (one.key for one in questions), faults)
    case = Case(
        key=top.ident("key"),
        title=top.needed_prose("title"),
        about=top.prose("about"),
        treaties=treaties,
        sources=MappingProxyType(sources),
        bodies=MappingProxyType(own_bodies),
        propositions=MappingProxyType(propositions),
        events=events,
        questions=questions,
        linked=_linked(top),
        revised=revised,
    )
    top.close()
    check_invariants(case, [(row.where, event) for row, event in versions], faults)
    _named(faults, data).raise_if_any("bad_case", say("This case cannot be used as it stands."), where)
    return case


def _named(faults: Faults, data: Mapping[str, Any]) -> Faults:
    """Say beside the place of each event and source which one it is: nobody likes to count to ``events[27]``."""
    found = Faults()
    for fault in faults:
        place = _PLACE.match(fault.where)
        row = data[place[1]][int(place[2])] if place else {}
        ident = row.get("id", row.get("key"))
        if isinstance(ident, str) and _SHORT.fullmatch(ident):
            found.add(fault.where, say("in {ident}: {fault}", ident=ident, fault=fault.message))
        else:
            found.add(fault.where, fault.message)
    return found


def _top(data: Mapping[str, Any], faults: Faults) -> Fields:
    table = data.get("case")
    if not isinstance(table, dict):
        faults.add("case", say("missing: expected a table [case] with key, title and treaties"))
        return Fields({"key": "none", "title": "-", "treaties": ["open-skies"]}, "case", faults)
    return Fields(table, "case", faults)


def _treaties(row: Fields) -> tuple[str, ...]:
    """Read the names of the instruments; a case with none that is known is read on as one of Open Skies."""
    named, known = row.texts("treaties"), instruments()
    for name in named:
        if name not in known:
            near = did_you_mean(name, known) if name else say("")
            told = {"name": quoted(name), "known": ", ".join(known), "near": near}
            row.fault("treaties", say("{name} is none of {known}.{near}", **told))
    if not named and isinstance(row.anything("treaties"), list):
        row.fault("treaties", say("is empty"))
    return tuple(name for name in dict.fromkeys(named) if name in known) or ("open-skies",)


def _linked(row: Fields) -> tuple[str, ...]:
    """Read the keys of other cases, which need not be here."""
    found = row.texts("linked", [])
    for key in found:
        row.check_signs("linked", key)
    return found


def _rows(
    data: Mapping[str, Any], table: str, faults: Faults, reader: Callable[[Fields], T], key: Callable[[T], str]
) -> dict[str, T]:
    found = [reader(row) for row in tables(data.get(table), table, faults)]
    _note_twice(table, map(key, found), faults)
    return {key(one): one for one in found}


def _note_twice(table: str, idents: Iterable[str], faults: Faults) -> None:
    seen: set[str] = set()
    for number, ident in enumerate(idents):
        if ident in seen:
            faults.add(f"{table}[{number}]", say("{ident} stands more than once", ident=quoted(ident)))
        seen.add(ident)


def _source(row: Fields) -> Source:
    found = Source(
        id=row.ident("id"),
        title=row.needed_prose("title"),
        publisher=row.plain("publisher", None),
        side=row.choice("side", vocabulary.SIDES, None),
        kind=row.choice("kind", vocabulary.SOURCE_KINDS, None),
        of=row.plain("of"),
        date=row.day("date"),
        language=row.plain("language"),
        address=row.plain("address"),
        fingerprint=_hashes(row),
    )
    row.close()
    return found


def _hashes(row: Fields) -> tuple[str, ...]:
    """Read the hashes of the text of a source, as ``read --propose`` writes them."""
    found = row.texts("fingerprint", [])
    if len(found) > _MOST_HASHES or not all(_HASH.fullmatch(one) for one in found):
        row.fault("fingerprint", say("at most {most} hashes of 12 letters 0 to f are expected", most=_MOST_HASHES))
        return ()
    return found


def _body(row: Fields, there: Collection[str]) -> Body:
    """Read a body of the file's own; it takes the code of nobody, so that no State becomes an organ."""
    code = row.anything("code")
    if isinstance(code, str) and code in there:
        row.fault("code", say("{code} is known here already; give this body another code", code=quoted(code)))
    found = Body(row.ident("code"), row.needed_prose("name"), row.choice("kind", vocabulary.BODY_KINDS, None))
    row.close()
    return found


def _proposition(row: Fields, treaties: tuple[str, ...]) -> Proposition:
    found = Proposition(
        id=row.ident("id"),
        words=row.needed_prose("words"),
        provisions=read_provisions(row, "provisions", treaties),
        dispute_kind=row.choice("dispute_kind", vocabulary.DISPUTE_KINDS),
    )
    row.close()
    return found


def _latest(
    versions: Collection[tuple[Fields, Event]],
) -> tuple[tuple[Event, ...], Mapping[str, tuple[Event, ...]]]:
    """Keep the last revision of every event in its place; a correction is added, never written over.

    Revisions of one identifier count 1, 2, 3 ..., and none is recorded before the one that it corrects.
    """
    by_id: dict[str, list[tuple[Fields, Event]]] = {}
    for row, event in versions:
        by_id.setdefault(event.id, []).append((row, event))
    for those in by_id.values():
        for number, (row, event) in enumerate(those, 1):
            if event.revision == number:
                continue
            if "revision" in row:
                row.fault("revision", say("expected {number}, met {met}", number=number, met=event.revision))
            else:
                words = say(
                    "{ident} stands above already; give this event another id, or, where it corrects that one, "
                    "revision = {number} and the day in recorded",
                    ident=quoted(event.id),
                    number=number,
                )
                row.fault("id", words)
        for (_, before), (row, after) in pairwise(those):
            if "revision" not in row:
                continue
            if before.recorded and after.recorded and after.recorded < before.recorded:
                row.fault("recorded", say("{day} comes before {start}", day=after.recorded, start=before.recorded))
            if after.recorded is None:
                row.fault("recorded", say("missing: a correction says on which day it was written"))
    latest = tuple(those[-1][1] for those in by_id.values())
    revised = {ident: tuple(one for _, one in those[:-1]) for ident, those in by_id.items() if len(those) > 1}
    return latest, MappingProxyType(revised)

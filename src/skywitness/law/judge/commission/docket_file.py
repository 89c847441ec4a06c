"""Read what is told of the Commission (``docs/judgements.md``): what is left out stays unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.act_rows import FIRST_YEAR, LAST_YEAR, ActRow, act_rows
from skywitness.law.instrument import Instrument
from skywitness.law.judge.commission.docket import (
    EXTRAORDINARY,
    MATTERS,
    SESSIONS,
    SUBJECTS,
    Application,
    BesideQuotas,
    CommissionDocket,
    Deposit,
    Matter,
    Proposal,
    Session,
    Wish,
)
from skywitness.law.rows import Row

TABLES: Final = ("session", "proposal", "matter", "application", "wish", "beside_quotas", "deposit")
FIELDS: Final = ("sessions_complete", "wishes_complete")
FLIGHTS: Final = ("extraordinary", "voluntary")
_MOST_FLIGHTS: Final = 1_000
_LONGEST: Final = 500

T = TypeVar("T")


def read_commission(data: Mapping[str, Any], faults: Faults, law: Instrument) -> CommissionDocket:
    """Read the tables of ``TABLES`` and the fields of ``FIELDS`` that stand in ``data``, noting every fault."""
    top = ActRow(Row({}, "file", faults), {key: data[key] for key in FIELDS if key in data}, law)

    def read(table: str, reader: Callable[[ActRow], T]) -> tuple[T, ...]:
        return tuple(_closed(row, reader) for row in act_rows(data.get(table, []), table, faults, law))

    docket = CommissionDocket(
        sessions=tuple(sorted(read("session", _session), key=lambda one: one.opened)),
        complete_years=_years(top, "sessions_complete"),
        proposals=read("proposal", _proposal),
        matters=read("matter", _matter),
        applications=read("application", _application),
        wishes=read("wish", _wish),
        complete_wishes=_years(top, "wishes_complete"),
        beside_quotas=read("beside_quotas", _beside),
        deposits=read("deposit", _deposit),
    )
    _refuse_twice(docket, faults)
    return docket


def _closed(row: ActRow, reader: Callable[[ActRow], T]) -> T:
    found = reader(row)
    row.close()
    return found


def _years(row: ActRow, key: str) -> frozenset[int]:
    found = row.raw(key)
    for year in found:
        if not isinstance(year, int) or isinstance(year, bool) or not FIRST_YEAR <= year <= LAST_YEAR:
            row.fault(key, say("{value} is no year such as 2007", value=repr(year)[:40]))
            return frozenset()
    return frozenset(found)


def _session(row: ActRow) -> Session:
    opened = row.needed_day("opened")
    session = Session(
        kind=row.text("kind", SESSIONS[0], among=SESSIONS),
        opened=opened,
        source=_words(row, "source"),
        closed=row.day_after("closed", opened),
        asked=row.day("asked"),
        told=row.flag("told"),
        chair=row.party("chair") if "chair" in row else "",
        chair_agreed=row.flag("chair_agreed") or False,
        seated=row.parties("seated", needed=False),
    )
    if session.kind != EXTRAORDINARY and (session.asked is not None or session.told is not None):
        row.fault("asked", say('only an extraordinary session is asked for: kind = "extraordinary"'))
    if session.asked is not None and session.asked > opened:
        row.fault("asked", say("{day} comes after the session opened on {opened}", day=session.asked, opened=opened))
    return session


def _proposal(row: ActRow) -> Proposal:
    proposed = row.day("proposed")
    return Proposal(
        ident=_words(row, "id"),
        about=row.text("about", among=SUBJECTS),
        source=_words(row, "source"),
        proposed=proposed,
        adopted=_day_or_not(row, "adopted", proposed),
        objected=row.parties("objected", needed=False) if "objected" in row else None,
        changes_text=row.flag("changes_text"),
        referred=row.flag("referred"),
        state=row.party("state") if "state" in row else "",
    )


def _matter(row: ActRow) -> Matter:
    raised = row.needed_day("raised")
    return Matter(
        ident=_words(row, "id"),
        kind=row.text("kind", among=MATTERS),
        by=row.party("by"),
        raised=raised,
        source=_words(row, "source"),
        dealt_with=_day_or_not(row, "dealt_with", raised),
    )


def _application(row: ActRow) -> Application:
    applied = row.needed_day("applied")
    found = Application(
        state=row.party("state"),
        applied=applied,
        source=_words(row, "source"),
        decided=_day_or_not(row, "decided", applied),
        admitted=row.flag("admitted"),
        able_and_willing=row.flag("able_and_willing"),
    )
    if found.admitted is not None and not isinstance(found.decided, dt.date):
        row.fault("admitted", say("whether a State was admitted needs the day of the decision (decided)"))
    return found


def _wish(row: ActRow) -> Wish:
    wish = Wish(
        observing=row.party("observing"),
        observed=row.party("observed"),
        year=row.year("year"),
        flights=row.needed_whole("flights", 0, _MOST_FLIGHTS),
        source=_words(row, "source"),
    )
    if wish.observing == wish.observed:
        row.fault("observed", say("a Party does not observe itself"))
    return wish


def _beside(row: ActRow) -> BesideQuotas:
    found = BesideQuotas(
        ident=_words(row, "id"),
        kind=row.text("kind", among=FLIGHTS),
        observing=row.party("observing"),
        observed=row.party("observed"),
        day=row.needed_day("day"),
        source=_words(row, "source"),
        body=_words(row, "body", ""),
        given=row.flag("given"),
        counted=row.flag("counted"),
    )
    if found.kind == FLIGHTS[0] and not found.body:
        row.fault("body", say("an extraordinary flight is asked for by a body or an organization: name it"))
    return found


def _deposit(row: ActRow) -> Deposit:
    return Deposit(row.party("state"), row.needed_day("day"), row.parties("with"), _words(row, "source"))


def _day_or_not(row: ActRow, key: str, after: dt.date | None) -> dt.date | bool | None:
    """Read a day, or ``false`` where it did not happen."""
    if row.anything(key) is False:
        return False
    return row.day(key) if after is None else row.day_after(key, after)


def _words(row: Row, key: str, default: str | None = None) -> str:
    """Read words that will be shown: no longer than a screen can hold, and nothing that could steer one."""
    words = row.text(key) if default is None else row.text(key, default)
    if len(words) > _LONGEST or not words.isprintable():
        row.fault(key, say("words of at most {most} characters without control characters are expected", most=_LONGEST))
        return ""
    if default is None and key in row and not words.strip():
        row.fault(key, say("is empty"))
    return words


def _refuse_twice(docket: CommissionDocket, faults: Faults) -> None:
    """Note rows of which only one can be true."""
    tables = (
        ("session", [one.opened.isoformat() for one in docket.sessions]),
        ("proposal", [one.ident for one in docket.proposals]),
        ("matter", [one.ident for one in docket.matters]),
        ("application", [f"{one.state}, {one.applied}" for one in docket.applications]),
        ("wish", [f"{one.observing} > {one.observed}, {one.year}" for one in docket.wishes]),
        ("beside_quotas", [one.ident for one in docket.beside_quotas]),
        ("deposit", [one.state for one in docket.deposits]),
    )
    for table, names in tables:
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            faults.add(f"{table}[{name}]", say("more than one table is about the same"))

"""Read a file on the Vienna Document from what the TOML reader gave, with every fault collected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.law.file_fields import twice
from skywitness.law.names import did_you_mean
from skywitness.law.rows import refuse_strays
from skywitness.vdoc.fields import Fields, tables
from skywitness.vdoc.law import instrument
from skywitness.vdoc.model import (
    BASES,
    COUNTED,
    EVALUATION,
    INSPECTION,
    KINDS,
    Account,
    Activity,
    Dossier,
    Information,
    Question,
    Span,
    Together,
    Visit,
)

__all__ = ["MOST_ACTIVITIES", "read_dossier"]

_TABLES: Final = ("activity", "together", INSPECTION, EVALUATION, "reported", "unusual", "information")
_PLAIN: Final = ("title", "at", "complete")
MOST_ACTIVITIES: Final = 300
"""Each is held against each, under every reading; a year of all States has fewer."""

_MOST_PEOPLE: Final = 10_000
_MOST_UNITS: Final = 100_000
_MOST_WORKING_HOURS: Final = 1_000.0
_MOST_HOURS: Final = dt.timedelta(days=3660)
_DAY_LONG: Final = dt.timedelta(days=1)


def read_dossier(data: Mapping[str, Any], where: str = "") -> Dossier:
    """Read a file for ``vdoc check``; ``docs/cli/vdoc.md`` explains the form.

    :raises InputError: of kind ``bad_vdoc`` with all faults.
    """
    faults = Faults()
    refuse_strays(data, (*_PLAIN, *_TABLES), faults)
    top = Fields({key: value for key, value in data.items() if key in _PLAIN}, "file", faults)
    at = top.needed_day("at")
    begins = instrument().heading.entry_into_force.on
    if "at" in top and at < begins and not faults:
        top.fault("at", say("{day} is before {begins}, when this version began to apply", day=at, begins=begins))
    dossier = Dossier(
        at=at,
        title=top.prose("title"),
        complete=bool(top.flag("complete")),
        activities=tuple(_activity(row, at) for row in tables(data, "activity", faults, most=MOST_ACTIVITIES)),
        togethers=tuple(_together(row, at) for row in tables(data, "together", faults)),
        visits=tuple(_visit(row, kind, at) for kind in (INSPECTION, EVALUATION) for row in tables(data, kind, faults)),
        units=_units(tables(data, "reported", faults), faults),
        questions=tuple(_question(row, at) for row in tables(data, "unusual", faults)),
        information=tuple(_information(row, at) for row in tables(data, "information", faults)),
    )
    top.close()
    if not any(data.get(table) for table in _TABLES) and not faults:
        faults.add("file", say("holds none of the tables expected: {names}", names=", ".join(_TABLES)))
    _check_links(dossier, faults)
    faults.raise_if_any("bad_vdoc", say("This file on the Vienna Document cannot be used as it stands."), where)
    return dossier


def _activity(row: Fields, at: dt.date) -> Activity:
    start, end = row.span("start"), row.span("end")
    if "start" not in row:
        row.fault("start", say("missing: expected a day such as 2002-01-01, without quotes"))
    if start and end and end.last_utc < start.first_utc:
        row.fault("end", say("{later} comes before {earlier}", later=end.day, earlier=start.day))
    if start and end and end.last_utc - start.first_utc > _MOST_HOURS:
        row.fault("end", say("no activity lasts for ten years"))
    in_zone, ident, states = row.flag("in_zone"), row.name("id"), row.states("states")
    if start is not None:
        row.taking_part("states", states, start.day)
    if row.flag("air_told") and row.anything("notified") is False:
        row.fault("air_told", say("says what the notification tells of, but there was none"))
    found = Activity(
        id=ident,
        states=states,
        kind=row.text("kind", among=KINDS),
        start=start or Span(dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.min.replace(tzinfo=dt.UTC)),
        end=end,
        name=row.prose("name"),
        alert=row.flag("alert"),
        in_zone=in_zone is not False,
        notified=row.act("notified", at),
        invited=row.act("invited", at),
        calendar=row.act("calendar", at),
        air_told=row.flag("air_told"),
        observers=_observers(row),
        accounts=_accounts(row, ident, at),
    )
    row.close()
    return found


def _observers(row: Fields) -> Mapping[str, int]:
    """Read how many observers each State sent."""
    table = row.anything("observers")
    if table is None:
        return MappingProxyType({})
    if not isinstance(table, dict):
        row.fault("observers", say("a table of numbers by State is expected, such as {{ DEU = 2 }}"))
        return MappingProxyType({})
    below = Fields(table, f"{row.where}.observers", row.faults)
    known = instrument().parties
    for code in table:
        if code not in known:
            near = did_you_mean(code, known)
            below.fault(quoted(code), say("no participating State has this code.{near}", near=near))
    return MappingProxyType({code: below.whole(code, 0, _MOST_PEOPLE) or 0 for code in sorted(table) if code in known})


def _accounts(row: Fields, of: str, at: dt.date) -> tuple[Account, ...]:
    data = {"account": row.anything("account") if "account" in row else []}
    found = []
    for below in tables(data, "account", row.faults, row.where):
        by = below.speaker("by")
        said = below.day("said")
        if said is not None and said > at:
            below.fault("said", say("{day} comes after {latest}, the day of the file", day=said, latest=at))
        account = Account(
            id=below.name("id", f"{of}/{by}"),
            by=by,
            basis=below.text("basis", among=BASES),
            counts=MappingProxyType({what: below.count(what) for what in COUNTED if what in below}),
            said=said,
            source=below.prose("source"),
        )
        below.prose("note")
        below.close()
        if not any(what in below for what in COUNTED):
            below.fault(COUNTED[0], say("missing: an account gives one number at least of {names}", names=_COUNTED))
        found.append(account)
    return tuple(found)


_COUNTED: Final = ", ".join(COUNTED)


def _together(row: Fields, at: dt.date) -> Together:
    ident = row.name("id")
    found = Together(
        id=ident,
        activities=row.texts("activities"),
        by=row.speakers("by"),
        said=row.day("said"),
        accounts=_accounts(row, ident, at),
    )
    row.prose("source")
    row.close()
    if found.said is not None and found.said > at:
        row.fault("said", say("{day} comes after {latest}, the day of the file", day=found.said, latest=at))
    if "activities" in row and len(set(found.activities)) < max(2, len(found.activities)):
        row.fault("activities", say("names two activities or more, each once"))
    return found


def _visit(row: Fields, kind: str, at: dt.date) -> Visit:
    asked = row.needed_moment("requested_utc")
    began = row.moment("began_utc")
    entry = row.moment("entry_utc")
    ended = row.moment("ended_utc")
    found = Visit(
        kind=kind,
        id=row.name("id"),
        by=row.state("by"),
        of=row.state("of"),
        requested_utc=asked,
        entry_utc=entry,
        answered_utc=row.moment_or_never("answered_utc", asked) if kind == INSPECTION else None,
        accepted=row.flag("accepted"),
        team=row.whole("team", 1, _MOST_PEOPLE),
        began_utc=began,
        ended_utc=ended,
        working_hours=row.optional_number("working_hours", 0.0, _MOST_WORKING_HOURS) if kind == EVALUATION else None,
    )
    row.prose("note")
    row.prose("source")
    row.close()
    _past(row, at, requested_utc=asked, answered_utc=found.answered_utc, began_utc=began, ended_utc=ended)
    if found.working_hours is not None and began is None:
        row.fault("began_utc", say("missing: when the visit began"))
    if began is not None and ended is not None and found.working_hours is not None:
        most = (ended - began).total_seconds() / 3600.0
        if found.working_hours > most:
            row.fault("working_hours", say("more than the {most:.1f} hours from its beginning to its end", most=most))
    for key, earlier, later in (("entry_utc", asked, entry), ("began_utc", asked, began), ("ended_utc", began, ended)):
        if earlier is not None and later is not None and later < earlier:
            row.fault(key, say("{later} comes before {earlier}", later=later, earlier=earlier))
    if found.accepted is False and (began is not None or ended is not None):
        row.fault("accepted", say("says that it was refused, but it began"))
    if found.by == found.of:
        row.fault("of", say("{code} cannot inspect itself", code=found.of))
    if "requested_utc" in row:
        row.taking_part("requested_utc", (found.by, found.of), asked.date())
    return found


def _past(row: Fields, at: dt.date, **moments: dt.datetime | bool | None) -> None:
    """Note what is told as done after the day of the file."""
    over = dt.datetime.combine(at, dt.time(), dt.UTC) + _DAY_LONG
    for key, moment in moments.items():
        if isinstance(moment, dt.datetime) and moment > over:
            row.fault(key, say("{day} comes after {latest}, the day of the file", day=moment, latest=at))


def _units(rows: Iterable[Fields], faults: Faults) -> Mapping[tuple[str, int], int]:
    found: dict[tuple[str, int], int] = {}
    for row in rows:
        key = row.state("state"), _year(row)
        units = row.whole("units", 0, _MOST_UNITS)
        if "units" not in row:
            row.fault("units", say("missing: expected a whole number"))
        row.prose("source")
        row.close()
        if key in found:
            faults.add(row.where, say("the units of {state} in {year} stand twice", state=key[0], year=str(key[1])))
        found[key] = units or 0
    return MappingProxyType(found)


def _year(row: Fields) -> int:
    if "year" not in row:
        row.fault("year", say("missing: expected a whole number"))
    return row.whole("year", 2011, 2199) or 2011


def _question(row: Fields, at: dt.date) -> Question:
    asked = row.needed_moment("asked_utc")
    meeting = row.moment("meeting_asked_utc")
    if meeting is not None and meeting < asked:
        row.fault("meeting_asked_utc", say("{later} comes before {earlier}", later=meeting, earlier=asked))
    found = Question(
        id=row.name("id"),
        by=row.state("by"),
        to=row.state("to"),
        asked_utc=asked,
        answered_utc=row.moment_or_never("answered_utc", asked),
        meeting_asked_utc=meeting,
        meeting_held_utc=row.moment_or_never("meeting_held_utc", meeting or asked),
    )
    row.prose("about")
    row.prose("source")
    row.close()
    if found.meeting_held_utc is not None and meeting is None and "meeting_asked_utc" not in row:
        row.fault("meeting_asked_utc", say("missing: when the meeting was asked for"))
    held = found.meeting_held_utc
    _past(row, at, asked_utc=asked, answered_utc=found.answered_utc, meeting_asked_utc=meeting, meeting_held_utc=held)
    if found.by == found.to:
        row.fault("to", say("{code} cannot ask itself", code=found.to))
    if "asked_utc" in row:
        row.taking_part("asked_utc", (found.by, found.to), asked.date())
    return found


def _information(row: Fields, at: dt.date) -> Information:
    found = Information(row.state("state"), _year(row), row.act("given", at))
    row.prose("source")
    row.close()
    return found


def _check_links(dossier: Dossier, faults: Faults) -> None:
    """Note names that stand twice, and activities that nobody knows or that are in two groups."""
    known = [one.id for one in dossier.activities]
    twice("activity", known, faults)
    twice("together", (one.id for one in dossier.togethers), faults)
    for kind in (INSPECTION, EVALUATION):
        twice(kind, (one.id for one in dossier.visits if one.kind == kind), faults)
    twice("information", (f"{one.state} {one.year}" for one in dossier.information), faults)
    twice("unusual", (one.id for one in dossier.questions), faults)
    told: tuple[Activity | Together, ...] = (*dossier.activities, *dossier.togethers)
    accounts = [account for one in told for account in one.accounts]
    twice("account", (account.id for account in accounts), faults)
    grouped: set[str] = set()
    for group in dossier.togethers:
        where = f"together[{group.id}].activities"
        if group.id in known:
            faults.add(f"together[{group.id}]", say("an activity has this identifier"))
        for ident in group.activities:
            if ident not in known:
                faults.add(
                    where, say("no activity is called {name}.{near}", name=quoted(ident), near=_near(ident, known))
                )
            if ident in grouped:
                faults.add(where, say("{name} stands in another [[together]] already", name=quoted(ident)))
        grouped.update(group.activities)


def _near(ident: str, known: list[str]) -> object:
    return did_you_mean(ident, known) if ident else say("")

"""Types of aircraft as Parties designate and delete them: notice, exemplars, room on board (Article V)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, Final

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.judge.bench import Bench, cannot_tell, draft, not_applicable
from skywitness.law.judge.docket import Designation, Exemplar
from skywitness.law.legal_day import ALL
from skywitness.law.provisions import provision

NONE_TOLD: Final = say("No designation of an aircraft is told.")


def each(bench: Bench, code: str, judge: Callable[[Bench, Designation], Iterator[Finding]]) -> Iterator[Finding]:
    """Judge every designation that is told; say so where there is none to judge."""
    found = [finding for one in bench.docket.designations for finding in judge(bench, one)]
    yield from found
    if not found:
        yield not_applicable(bench, code, NONE_TOLD)


def of_type(designation: Designation) -> Where:
    """Name a type as the place of a finding."""
    return Where(name=designation.type)


# ---- notice ----


@provision("OS:V.2")
def designated_in_time(bench: Bench) -> Iterator[Finding]:
    """Judge that a designation was notified 30 days ahead, with the information of Annex C."""
    yield from each(bench, "OS:V.2", _designated)


def _designated(bench: Bench, one: Designation) -> Iterator[Finding]:
    wait = Effect(ALL, "may", say("as any State Party, treat the type as not designated until the time has run"))
    yield _ahead(bench, one, "OS:V.2", one.notified, one.start, wait)
    fields: dict[str, Any] = {"bearer": one.party, "where": of_type(one)}
    if one.informed is None:
        why = say("Whether the notice of {type} held what Annex C asks for is not known.", type=one.type)
        need = say("whether the notice held the information of Annex C ({table}.informed)", table=one.table)
        yield cannot_tell(bench, "OS:V.2", why, (need,), **fields)
    elif one.informed:
        why = say("The notice of {type} held what Annex C asks for.", type=one.type)
        yield draft(bench, "OS:V.2", Verdict.OK, why, **fields)
    else:
        why = say("The notice of {type} did not hold what Annex C asks for.", type=one.type)
        complete = Effect(one.party, "must", say("notify the missing information"))
        yield draft(bench, "OS:V.2", Verdict.BREACH, why, effect=complete, **fields)


@provision("OS:V.3")
def deleted_in_time(bench: Bench) -> Iterator[Finding]:
    """Judge that the deletion of a type was notified 90 days ahead."""
    yield from each(bench, "OS:V.3", _deleted)


def _deleted(bench: Bench, one: Designation) -> Iterator[Finding]:
    if one.end is None:
        why = say("{party} has not deleted {type}.", party=one.party, type=one.type)
        yield not_applicable(bench, "OS:V.3", why, bearer=one.party, where=of_type(one))
        return
    wait = Effect(ALL, "may", say("as any State Party, count on the type until the time has run"))
    yield _ahead(bench, one, "OS:V.3", one.end_notified, one.end, wait)


_NOTICE: Final = {"OS:V.2": "aircraft_designation", "OS:V.3": "aircraft_deletion"}


def _needed(one: Designation, code: str, notified: dt.date | None, takes_effect: dt.date | None) -> tuple[Text, ...]:
    """Ask for the days that are not known."""
    notice = {
        "OS:V.2": say("the day of notice of the designation ({table}.notified)", table=one.table),
        "OS:V.3": say("the day of notice of the deletion ({table}.to_notified)", table=one.table),
    }[code]
    begins = say("the first day of the designation ({table}.from)", table=one.table)
    return (*([] if notified else [notice]), *([] if takes_effect else [begins]))


def _ahead(
    bench: Bench, one: Designation, code: str, notified: dt.date | None, takes_effect: dt.date | None, wait: Effect
) -> Finding:
    """Judge days from notice to effect against the least number."""
    least = bench.day.period(_NOTICE[code])
    designating = say("the designation of {type}", type=one.type)
    act = designating if code == "OS:V.2" else say("the deletion of {type}", type=one.type)
    fields: dict[str, Any] = {"bearer": one.party, "where": of_type(one), "unit": "d", "values": least.used}
    if notified is None or takes_effect is None or least.whole is None:
        why = (
            say("When {party} gave notice of {act} is not known.", party=one.party, act=act)
            if notified is None
            else say("From which day {act} by {party} holds is not known.", party=one.party, act=act)
        )
        return cannot_tell(bench, code, why, _needed(one, code, notified, takes_effect), **fields)
    days = (takes_effect - notified).days
    why = say(
        "{party} gave notice of {act} on {notified}, to hold from {day} on: {days} days ahead, of at least {least}.",
        party=one.party,
        act=act,
        notified=notified,
        day=takes_effect,
        days=days,
        least=least.whole,
    )
    kept = days >= least.whole
    return draft(
        bench,
        code,
        Verdict.OK if kept else Verdict.BREACH,
        why,
        effect=None if kept else wait,
        measured=days,
        limit=least.whole,
        margin=float(days - least.whole),
        **fields,
    )


# ---- one exemplar stands for all ----


@provision("OS:V.4")
def one_exemplar(bench: Bench) -> Iterator[Finding]:
    """Judge, for all aircraft of a type that carry the same sensors, that one was offered for certification."""
    yield from each(bench, "OS:V.4", _exemplars)


def _exemplars(bench: Bench, one: Designation) -> Iterator[Finding]:
    alike: dict[tuple[str, ...], list[Exemplar]] = {}
    for exemplar in one.exemplars:
        alike.setdefault(tuple(sorted(exemplar.sensors)), []).append(exemplar)
    for sensors, those in alike.items():
        yield _of_one_set(bench, one, sensors, those)


def _of_one_set(bench: Bench, one: Designation, sensors: tuple[str, ...], those: list[Exemplar]) -> Finding:
    offered = [exemplar.registration for exemplar in those if exemplar.offered]
    unsaid = [exemplar.registration for exemplar in those if exemplar.offered is None]
    others = [exemplar.registration for exemplar in those if not exemplar.offered]
    fields: dict[str, Any] = {"bearer": one.party, "where": of_type(one), "measured": len(offered), "limit": 1}
    words = {"type": one.type, "names": ", ".join(exemplar.registration for exemplar in those)}
    why = say("Of {type} with the same sensors there are: {names}.", **words)
    if offered:
        why = say("{why} Offered for certification: {offered}; one is enough.", why=why, offered=", ".join(offered))
        free = say("leave {others} uncertified one by one and use them all the same", others=", ".join(others))
        right = Effect(one.party, "may", free) if others else None
        return draft(bench, "OS:V.4", Verdict.OK, why, effect=right, margin=float(len(offered) - 1), **fields)
    if unsaid:
        need = say("which of {names} was offered for certification ({table}.offered)", table=one.table, **words)
        return cannot_tell(bench, "OS:V.4", why, (need,), **fields)
    why = say(
        "{why} No aircraft with these sensors was offered for certification: {sensors}.",
        why=why,
        sensors=", ".join(sensors) or "-",
    )
    offer = Effect(one.party, "must", say("offer one of them for certification before use (IV.11)"))
    return draft(bench, "OS:V.4", Verdict.BREACH, why, effect=offer, margin=-1.0, **fields)


# ---- room on board ----


@provision("OS:V.5")
def room_on_board(bench: Bench) -> Iterator[Finding]:
    """Judge that a type carries its flight crew and the people of the other Party (VI.III)."""
    yield from each(bench, "OS:V.5", _room)


def _room(bench: Bench, one: Designation) -> Iterator[Finding]:
    missing = [
        need
        for number, need in (
            (one.seats, say("the people that {type} carries ({table}.seats)", type=one.type, table=one.table)),
            (one.crew, say("the flight crew of {type} ({table}.crew)", type=one.type, table=one.table)),
            (one.stations, _need_stations(one)),
        )
        if number is None
    ]
    if missing or one.seats is None or one.crew is None or one.stations is None:
        why = say("Whether {type} carries everybody who has to be on board is not known.", type=one.type)
        yield cannot_tell(bench, "OS:V.5", why, missing, bearer=one.party, where=of_type(one), unit="persons")
        return
    keys = ("flight_monitors", "interpreters", "monitors_per_station")
    base, interpreters, each_station = (bench.number(key) for key in keys)
    others = (base.whole or 0) + (interpreters.whole or 0) + one.stations * (each_station.whole or 0)
    used = (*base.used, *interpreters.used, *each_station.used)
    yield _seated(bench, one, one.crew + others, _by_one(one, others), used)
    if one.lent:
        # On an aircraft of a third State both sides have people on board (VI.III.5).
        yield _seated(bench, one, one.crew + 2 * others, _by_two(one, others), used)


def _need_stations(one: Designation) -> Text:
    key = "sensor_control_stations" if one.table == "aircraft" else "stations"
    return say("the sensor control stations of {type} ({table}.{key})", type=one.type, table=one.table, key=key)


def _by_one(one: Designation, others: int) -> Text:
    return say("{crew} of the flight crew and {others} of the other Party", crew=one.crew, others=others)


def _by_two(one: Designation, others: int) -> Text:
    return say(
        "used by a third State, {crew} of the flight crew and {others} of each of two Parties",
        crew=one.crew,
        others=others,
    )


def _seated(bench: Bench, one: Designation, least: int, who: Text, used: tuple[Any, ...]) -> Finding:
    seats = one.seats or 0
    why = say(
        "{type} carries {seats} people; it has to carry {who}: {least}.",
        type=one.type,
        seats=seats,
        who=who,
        least=least,
    )
    fields: dict[str, Any] = {
        "bearer": one.party,
        "where": of_type(one),
        "measured": seats,
        "limit": least,
        "margin": float(seats - least),
        "unit": "persons",
        "values": used,
    }
    if seats >= least:
        return draft(bench, "OS:V.5", Verdict.OK, why, **fields)
    light, few, people = (
        bench.number(key) for key in ("light_aircraft_mass", "light_aircraft_monitors", "interpreters")
    )
    enough = (one.crew or 0) + (few.whole or 0) + (people.whole or 0)
    if one.max_takeoff_mass_kg is not None and one.max_takeoff_mass_kg <= (light.value or 0.0) and seats >= enough:
        why = say(
            "{why} A light aircraft on short flights need carry no more than {enough} (VI.III.2).",
            why=why,
            enough=enough,
        )
        need = say("whether {type} is used on flights of at most 1,500 km alone", type=one.type)
        return cannot_tell(bench, "OS:V.5", why, (need,), **{**fields, "values": (*used, *light.used, *few.used)})
    insist = Effect(ALL, "may", say("as the other Party of a flight, insist on its people on board (VI.III)"))
    return draft(bench, "OS:V.5", Verdict.BREACH, why, effect=insist, **fields)

"""Judge a file of told inspections, under one reading and under all that differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise, product
from types import MappingProxyType
from typing import Final

from skywitness.cfe.inspections import arrival, counts, places, quotas, stays, units
from skywitness.cfe.inspections.model import Inspection, PartyTold, Record, Stay
from skywitness.cfe.told.asked import load
from skywitness.cfe.told.desk import ROUNDING, START, Desk
from skywitness.cfe.told.judge import judge_asked, not_told
from skywitness.cfe.ways import interpretations
from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.law.suspension import Suspension, suspended

__all__ = ["Judged", "by_reading", "judge", "suspensions_of"]

_ASKED: Final = load("inspections")


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings on a record, and on which provisions nothing is told in each of its tables."""

    findings: tuple[Finding, ...]
    untold: Mapping[str, tuple[str, ...]]


def judge(record: Record, reading: Reading, only: Collection[str] = ()) -> Judged:
    """Judge everything that is told; with ``only`` by some provisions."""
    tally, desk = counts.Tally(record), Desk(reading)
    findings: list[Finding] = []
    untold: dict[str, tuple[str, ...]] = {}
    for party in record.parties:
        findings += _party(desk, party)
        untold[party.id] = not_told(party.told, _ASKED, "party")
    for stay in record.stays:
        findings += _stay(desk, stay, tally)
        untold[stay.id] = not_told(stay.told, _ASKED, "stay", _section(stay))
        untold |= {one.id: not_told(one.told, _ASKED, "inspection", one.section) for one in stay.inspections}
    for unit in record.units:
        findings += units.judge_unit(replace(desk, where=unit.id), unit)
    kept = tuple(one for one in findings if not only or one.provision in only)
    return Judged(kept, MappingProxyType({name: idents for name, idents in untold.items() if idents}))


def _party(desk: Desk, party: PartyTold) -> Iterator[Finding]:
    roles = dict.fromkeys(("state_party", "inspected", "inspecting", "host", "owner"), party.state)
    here = desk.on(party.day, party.id, MappingProxyType(roles))
    yield from judge_asked(here, party.told, _ASKED, "party")
    yield from quotas.judge_party(here, party)


def _stay(desk: Desk, stay: Stay, tally: counts.Tally) -> Iterator[Finding]:
    here = _at(desk, stay, stay.id, stay.inspected)
    yield from judge_asked(here, stay.told, _ASKED, "stay", _section(stay))
    yield from arrival.judge_arrival(here, stay)
    yield from stays.judge_stay(here, stay)
    for number, one in enumerate(stay.inspections):
        there = _at(desk, stay, one.id, one.owner)
        yield from judge_asked(there, one.told, _ASKED, "inspection", one.section)
        yield from _inspection(there, stay, one, first=number == 0)
        yield from counts.judge_counts(there, tally, stay, one)
    for before, one in pairwise(stay.inspections):
        entered = stay.inspections[0].told.word("point_of_entry")
        yield from places.judge_next(_at(desk, stay, one.id, one.owner), entered, before, one)


def _inspection(desk: Desk, stay: Stay, one: Inspection, *, first: bool) -> Iterator[Finding]:
    yield from places.judge_places(desk, one)
    yield from arrival.judge_delay(desk, one)
    yield from stays.judge_on_site(desk, one)
    if first:
        yield from arrival.judge_naming(desk, stay, one)
        yield from arrival.judge_journey(desk, one)


def _section(stay: Stay) -> str:
    """Return the section that the first inspection of a stay is under: its notice is of that sort."""
    return stay.inspections[0].section if stay.inspections else ""


def _at(desk: Desk, stay: Stay, where: str, owner: str) -> Desk:
    """Set the desk for a table of a stay, with the suspension that the reading accepts."""
    roles = {
        **dict.fromkeys(("inspecting", "inspectors"), stay.inspecting),
        **dict.fromkeys(("inspected", "host"), stay.inspected),
        "owner": owner,
        "state_party": stay.inspected,
    }
    found = desk.on(stay.day, where, MappingProxyType(roles), stay.agreed)
    accepted = [one for one in suspensions_of(stay, desk) if one.id in desk.reading.accepted_claims]
    return replace(found, suspension=accepted[0] if accepted else None)


def suspensions_of(stay: Stay, desk: Desk) -> tuple[Suspension, ...]:
    """Return what is told to free the inspected State from inspections by the inspecting one on the day of a stay."""
    known = desk.reading.known
    return suspended(desk.law.suspensions, stay.inspected, stay.inspecting, "inspections", stay.day, known)


def by_reading(record: Record, reading: Reading) -> dict[tuple[str, str], dict[str, Verdict]]:
    """Judge under every reading there is; return the verdicts that differ, by place and provision, by reading."""
    roundings, starts = (tuple(interpretations()[ident].ways) for ident in (ROUNDING, START))
    told = {one.id for stay in record.stays for one in suspensions_of(stay, Desk(reading))}
    accepted = ((), tuple(sorted(told))) if told else ((),)
    found: dict[tuple[str, str], dict[str, Verdict]] = {}
    readings = 0
    for rounding, start in product(roundings, starts):
        chosen = MappingProxyType({**reading.interpretations, ROUNDING: rounding, START: start})
        for claims in accepted:
            readings += 1
            name = " + ".join((rounding, start, *claims))
            for one in judge(record, replace(reading, interpretations=chosen, accepted_claims=claims)).findings:
                place = one.where.name if one.where and one.where.name else ""
                found.setdefault((place, one.provision), {})[name] = one.verdict
    return {key: told for key, told in found.items() if len(set(told.values())) > 1 or len(told) < readings}

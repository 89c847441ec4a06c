"""Judge a file of told inspections, under one reading and under all that differ."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from types import MappingProxyType
from typing import Final

from skywitness.cfe.inspections import arrival, counts, opening, places, quotas, stays, units
from skywitness.cfe.inspections.model import CHALLENGE, DECLARED, Inspection, PartyTold, Record, Stay
from skywitness.cfe.inspections.tally import Tally
from skywitness.cfe.told.asked import asked_of
from skywitness.cfe.told.desk import ROUNDING, START, Desk
from skywitness.cfe.told.judge import judge_asked, not_told
from skywitness.cfe.told.table import Judged, judged
from skywitness.cfe.ways import interpretations, way
from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.law.suspension import Suspension, suspended

__all__ = ["by_reading", "judge", "suspensions_of"]

_ROOM: Final = "inspections"


def judge(record: Record, reading: Reading, only: Collection[str] = ()) -> Judged:
    """Judge everything that is told; with ``only`` by some provisions."""
    findings = tuple(_findings(record, Tally(record), reading, Kept()))
    return judged(findings, _untold(record, findings), only)


class Kept:
    """Findings made before: of all the readings few change a finding, and only those are judged again."""

    __slots__ = ("_made",)

    def __init__(self) -> None:
        self._made: dict[tuple[int | str, ...], tuple[Finding, ...]] = {}

    def findings(self, key: tuple[int | str, ...], judged: Callable[[], Iterable[Finding]]) -> tuple[Finding, ...]:
        """Return the findings on a table (its ``id()``) under the part of the reading that bears on them."""
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = tuple(judged())
        return found


def _findings(record: Record, tally: Tally, reading: Reading, kept: Kept) -> Iterator[Finding]:
    desk = Desk(reading)
    for party in record.parties:
        yield from _party(desk, party)
    for stay in record.stays:
        yield from _stay(desk, stay, tally, kept)
    for unit in record.units:
        yield from units.judge_unit(replace(desk, where=unit.id), unit)


_PARTY: Final = ("CFE:INSP.I.1(W)", "CFE:INSP.I.1(X)", "CFE:INSP.I.1(Y)")
_STAY: Final = ("CFE:INSP.II.17", "CFE:INSP.I.1(R)")
_EACH: Final = MappingProxyType(
    {
        DECLARED: ("CFE:INSP.II.13", "CFE:INSP.II.18", "CFE:INSP.VII.1", "CFE:INSP.VI.17", "CFE:INSP.VI.24"),
        CHALLENGE: ("CFE:INSP.II.16", "CFE:INSP.II.18", "CFE:INSP.I.1(O)", "CFE:INSP.VI.17", "CFE:INSP.VI.24"),
    }
)
_COUNTED: Final = ("CFE:INSP.II.10", "CFE:INSP.II.20", "CFE:INSP.II.21", "CFE:INSP.II.23")
_FIRST: Final = MappingProxyType(
    {DECLARED: ("CFE:INSP.VII.7", "CFE:INSP.VII.8"), CHALLENGE: ("CFE:INSP.VIII.2(B)", "CFE:INSP.VIII.6(B)")}
)
_NEXT: Final = ("CFE:INSP.VI.41",)


def _untold(record: Record, findings: Iterable[Finding]) -> dict[str, tuple[str, ...]]:
    """Name for each table the provisions on which it tells nothing: of single facts, and of facts held together."""
    found: dict[str, set[str]] = {}
    for one in findings:
        found.setdefault((one.where.name if one.where else "") or "", set()).add(one.provision)
    asked: dict[str, tuple[str, ...]] = {}
    for party in record.parties:
        asked[party.id] = (*not_told(party.told, asked_of(_ROOM, "party")), *_PARTY)
    for stay in record.stays:
        section = _section(stay)
        hours = _STAY if any(one.under_quota for one in stay.inspections) else ()
        asked[stay.id] = (*not_told(stay.told, asked_of(_ROOM, "stay", section)), *hours)
        for number, each in enumerate(stay.inspections):
            rules: tuple[str, ...] = (*_EACH[each.section], *_COUNTED) if each.under_quota else ()
            rules += (_NEXT if number else _FIRST[each.section]) if each.under_quota else ()
            asked[each.id] = (*not_told(each.told, asked_of(_ROOM, "inspection", each.section)), *rules)
    return {
        name: tuple(one for one in dict.fromkeys(idents) if one not in found.get(name, ()))
        for name, idents in asked.items()
    }


def _party(desk: Desk, party: PartyTold) -> Iterator[Finding]:
    roles = dict.fromkeys(("state_party", "inspected", "inspecting", "host", "owner"), party.state)
    here = desk.on(party.day, party.id, MappingProxyType(roles))
    yield from judge_asked(here, party.told, asked_of(_ROOM, "party"))
    yield from quotas.judge_party(here, party)


def _stay(desk: Desk, stay: Stay, tally: Tally, kept: Kept) -> Iterator[Finding]:
    accepted = _accepted(desk, stay)
    always = accepted.id if accepted else ""
    counted = (always, way(desk.reading, ROUNDING), way(desk.reading, START))
    yield from kept.findings((id(stay), always), lambda: _whole_stay(_at(desk, stay, stay.id, stay.inspected), stay))
    for number, one in enumerate(stay.inspections):
        yield from kept.findings((id(one), always), partial(_steady, desk, stay, number))
        yield from kept.findings((id(one), *counted), partial(_counted, desk, stay, one, tally))
    for number in range(1, len(stay.inspections)):
        yield from kept.findings((id(stay), always, str(number)), partial(_next, desk, stay, number))


def _whole_stay(here: Desk, stay: Stay) -> Iterator[Finding]:
    yield from judge_asked(here, stay.told, asked_of(_ROOM, "stay", _section(stay)))
    yield from arrival.judge_arrival(here, stay)
    yield from stays.judge_stay(here, stay)


def _steady(desk: Desk, stay: Stay, number: int) -> Iterator[Finding]:
    """Judge what neither the rounding nor the first day of the periods changes."""
    one = stay.inspections[number]
    yield from _on_site(_at(desk, stay, one.id, one.owner, one), one)
    if number == 0:
        there = _at(desk, stay, one.id, one.owner)
        yield from arrival.judge_naming(there, stay, one)
        yield from arrival.judge_journey(there, one)


def _counted(desk: Desk, stay: Stay, one: Inspection, tally: Tally) -> Iterator[Finding]:
    return counts.judge_counts(_at(desk, stay, one.id, one.owner), tally, stay, one)


def _next(desk: Desk, stay: Stay, number: int) -> Iterator[Finding]:
    before, one = stay.inspections[number - 1], stay.inspections[number]
    entered = stay.inspections[0].told.word("point_of_entry")
    yield from places.judge_next(_at(desk, stay, one.id, one.owner), entered, before, one)


def _on_site(desk: Desk, one: Inspection) -> Iterator[Finding]:
    yield from judge_asked(desk, one.told, asked_of(_ROOM, "inspection", one.section))
    yield from places.judge_places(desk, one)
    yield from opening.judge_opening(desk, one)
    yield from arrival.judge_delay(desk, one)
    yield from stays.judge_on_site(desk, one)


def _section(stay: Stay) -> str:
    """Return the section that the first inspection of a stay is under: its notice is of that sort."""
    return stay.inspections[0].section if stay.inspections else ""


def _at(desk: Desk, stay: Stay, where: str, owner: str, site: Inspection | None = None) -> Desk:
    """Set the desk for a table of a stay, with the suspension that the reading accepts.

    At a ``site`` of a stationing State's forces that State has the part of the inspected one (I.1(A)(1) and (2)).
    """
    inspected = owner if site is not None else stay.inspected
    roles = {
        **dict.fromkeys(("inspecting", "inspectors"), stay.inspecting),
        **dict.fromkeys(("inspected", "state_party"), inspected),
        "host": stay.inspected,
        "owner": owner,
        "premises_user": (site or stay).told.word("premises_user"),
        "publisher": stay.told.word("published_by"),
    }
    found = desk.on(stay.day, where, MappingProxyType(roles), stay.agreed)
    return replace(found, suspension=_accepted(desk, stay))


def _accepted(desk: Desk, stay: Stay) -> Suspension | None:
    """Return the suspension that the reading accepts on a stay."""
    found = (one for one in suspensions_of(stay, desk) if one.id in desk.reading.accepted_claims)
    return next(found, None)


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
    tally, kept, readings = Tally(record), Kept(), 0
    for rounding, start in product(roundings, starts):
        chosen = MappingProxyType({**reading.interpretations, ROUNDING: rounding, START: start})
        for claims in accepted:
            readings += 1
            name = " + ".join((rounding, start, *claims))
            chosen_reading = replace(reading, interpretations=chosen, accepted_claims=claims)
            for one in _findings(record, tally, chosen_reading, kept):
                place = one.where.name if one.where and one.where.name else ""
                found.setdefault((place, one.provision), {})[name] = one.verdict
    return {key: told for key, told in found.items() if len(set(told.values())) > 1 or len(told) < readings}

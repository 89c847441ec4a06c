"""Groups of States Parties as they stand in the law data (Article III, Section II, paragraph 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from skywitness.core.dated import NotInForce
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict
from skywitness.core.text import say
from skywitness.law.group import COMMON_QUOTA, REDISTRIBUTION, Group
from skywitness.law.judge.bench import Bench, draft, not_applicable
from skywitness.law.legal_day import ALL
from skywitness.law.months import add_months
from skywitness.law.provisions import provision
from skywitness.law.value import outcome_of

_KINDS: Final = {
    COMMON_QUOTA: say("all quotas in common (paragraph 3)"),
    REDISTRIBUTION: say("each member its own passive quota, the active ones shared out (paragraph 2)"),
}


def _groups(bench: Bench) -> tuple[Group, ...]:
    """Return the groups known by the day; Benelux is none (Art. XIV)."""
    known = bench.day.known or dt.date.max
    return tuple(one for one in bench.instrument.groups.values() if one.kind in _KINDS and one.known <= known)


@provision("OS:III.II.1(A)")
def formed_in_time(bench: Bench) -> Iterator[Finding]:
    """Judge that a group formed after signature begins six months after notice at the earliest, and of whom it is."""
    groups = _groups(bench)
    for group in groups:
        yield _formed(bench, group)
        for member in group.members:
            yield _member(bench, group, member)
    if not groups:
        yield not_applicable(bench, "OS:III.II.1(A)", say("No group of States Parties is known."))


def _cite(group: Group) -> UsedValue:
    return UsedValue("group", group.code, group.kind, "", group.start, group.source, group.status)


def _formed(bench: Bench, group: Group) -> Finding:
    signed = bench.instrument.heading.signed
    fields: dict[str, Any] = {"bearer": group.code, "values": (_cite(group),)}
    if group.known <= signed:
        why = say("{group} was formed at signature, which needs no notice.", group=group.code)
        return draft(bench, "OS:III.II.1(A)", Verdict.OK, why, **fields)
    notice = bench.day.period("group_notice")
    earliest = add_months(group.known, notice.whole or 0)
    why = say(
        "Notice of {group} was given on {notified}; six months later is {earliest}, and it begins on {start}.",
        group=group.code,
        notified=group.known,
        earliest=earliest,
        start=group.start,
    )
    early = group.start < earliest
    wait = say("as a third State Party, deal with each member alone until {day}", day=earliest)
    return draft(
        bench,
        "OS:III.II.1(A)",
        Verdict.BREACH if early else Verdict.OK,
        why,
        bearer=group.code,
        effect=Effect(ALL, "may", wait) if early else None,
        measured=group.start.isoformat(),
        limit=earliest.isoformat(),
        margin=float((group.start - earliest).days),
        unit="d",
        values=(_cite(group), *notice.used),
    )


def _member(bench: Bench, group: Group, member: str) -> Finding:
    """Judge that a member is a State Party when the group begins."""
    begins = bench.day.on(max(group.start, bench.begins))
    is_party = begins.is_party(member)
    why = (
        say("{member} is a Party on {day}, when {group} begins.", member=member, group=group.code, day=begins.at)
        if is_party
        else say(
            "{member} is no Party on {day}, when {group} begins, and holds no quota to bring into it.",
            member=member,
            group=group.code,
            day=begins.at,
        )
    )
    verdict = Verdict.OK if is_party else Verdict.BREACH
    return draft(bench, "OS:III.II.1(A)", verdict, why, bearer=member, values=(_cite(group),))


@provision("OS:III.II.1(B)")
def one_of_two_ways(bench: Bench) -> Iterator[Finding]:
    """Judge that each group that stands keeps its quotas in one of the two ways, not in both and not in neither."""
    standing = [group for group in _groups(bench) if group.holds_on(bench.at, bench.day.known)]
    for group in standing:
        yield _way(bench, group)
    if not standing:
        yield not_applicable(bench, "OS:III.II.1(B)", say("No group of States Parties stands on that day."))


def _way(bench: Bench, group: Group) -> Finding:
    own, common = _holding(bench, group.members), _holding(bench, (group.code,))
    common_way = group.kind == COMMON_QUOTA
    wrong = own if common_way else common
    why = say("{group} keeps its quotas in one way: {way}.", group=group.code, way=_KINDS[group.kind])
    if wrong:
        why = say(
            "{group} keeps its quotas so: {way}. Yet {wrong} has a quota on that day as if it kept them in the other "
            "way.",
            group=group.code,
            way=_KINDS[group.kind],
            wrong=", ".join(wrong),
        )
    return draft(
        bench,
        "OS:III.II.1(B)",
        Verdict.BREACH if wrong else Verdict.OK,
        why,
        bearer=group.code,
        measured=len(wrong),
        limit=0,
        margin=float(-len(wrong)),
        values=(_cite(group),),
    )


def _holding(bench: Bench, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return which of these hold a quota under their own name on the day, by the law or as told."""
    told = {row.party for row in bench.held_rows()}
    return tuple(code for code in codes if code in told or _allocated(bench, code))


def _allocated(bench: Bench, code: str) -> bool:
    rows = bench.instrument.of("passive_quota", code)
    return not isinstance(outcome_of(rows, bench.at, bench.day.known), NotInForce)

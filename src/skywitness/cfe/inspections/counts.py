"""Inspections counted together: what uses which quota, and when one more need not be accepted (Section II.10 to 24)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from skywitness.cfe.inspections.model import CHALLENGE, DECLARED, Inspection, PartyTold, Record, Stay
from skywitness.cfe.inspections.periods import Period, period_of
from skywitness.cfe.inspections.quotas import Quota, quota
from skywitness.cfe.told.desk import Desk, Limit
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say

__all__ = ["Tally", "judge_counts"]


@dataclass(frozen=True, slots=True)
class Tally:
    """Everything told, to count in: the stays in order, and what each State told of its objects."""

    record: Record

    def before(self, stay: Stay, one: Inspection) -> Iterator[tuple[Stay, Inspection]]:
        """List the inspections that took place before one, in the order of the stays' days."""
        for other in sorted(self.record.stays, key=lambda each: (each.day, each.id)):
            for inspection in other.inspections:
                if other is stay and inspection is one:
                    return
                if inspection.took_place and inspection.under_quota:
                    yield other, inspection

    def objects(self, state: str, day: dt.date) -> PartyTold | None:
        """Return what a State last told of its objects by a day."""
        told = [one for one in self.record.parties if one.state == state and one.day <= day and "objects" in one.told]
        return max(told, key=lambda one: one.day, default=None)


def judge_counts(desk: Desk, tally: Tally, stay: Stay, one: Inspection) -> Iterator[Finding]:
    """Judge what an inspection counts for, and whether it had to be accepted."""
    if not one.under_quota:
        return
    yield from _uses(desk, one)
    period = period_of(desk, stay.day)
    if period is None:
        return
    yield from _own_group(desk, tally, stay, one)
    host = tally.objects(stay.inspected, stay.day)
    owner = tally.objects(one.owner, stay.day)
    if host is not None:
        there = _quota(desk, host, period)
        yield from _territory(desk, tally, stay, one, there)
        yield from _challenges(desk, tally, stay, one, there)
        yield from _stationed(desk, tally, stay, one, host, period)
    if owner is not None:
        own = _quota(desk, owner, period)
        yield from _declared(desk, tally, stay, one, own)
        yield from _half(desk, tally, stay, one, own)
        yield from _forces(desk, tally, stay, one, own)
    yield from _district(desk, tally, stay, one)


def _quota(desk: Desk, told: PartyTold, period: Period) -> Quota:
    objects = told.told.whole("objects") or 0
    return quota(desk, told.state, objects, told.told.whole("objects_on_territory"), period)


# ---- which quota an inspection uses ----


def _uses(desk: Desk, one: Inspection) -> Iterator[Finding]:
    """Judge which quotas it was counted against, and whose."""
    uses, whose = one.told.items("uses"), one.told.word("counted_against")
    if uses is None:
        return
    words = {"uses": ", ".join(uses) or "-", "whose": whose or "-"}
    told = say("Counted against: {uses} of {whose}.", **words)
    if one.refused:
        again = desk.may("inspectors", say("name another area or site, or end the inspection"))
        verdict = Verdict.BREACH if uses else Verdict.OK
        yield desk.finding("CFE:INSP.VIII.9(B)", verdict, told, effect=again, bearer=desk.code("inspected"))
    elif one.section == DECLARED:
        right = uses == ("declared_site",) and whose in ("", one.owner)
        yield desk.finding("CFE:INSP.II.13", Verdict.OK if right else Verdict.BREACH, told)
    else:
        right = set(uses) == {"declared_site", "challenge"} and whose in ("", desk.code("inspected"))
        yield desk.finding("CFE:INSP.II.16", Verdict.OK if right else Verdict.BREACH, told)


# ---- what need not be accepted ----


def _bound(
    desk: Desk,
    ident: str,
    one: Inspection,
    reason: str,
    number: int,
    limit: float,
    unit: str,
    values: tuple[Limit, ...],
) -> Finding:
    """Judge one more inspection against a number beyond which it need not be accepted.

    ``number`` counts it too.  Refused or delayed for this reason within the number, a duty was broken; beyond it a
    right was used.  Accepted beyond it, nothing was broken: the State did more than it had to.
    """
    within, refused = number <= limit, one.told.word("refused_for") == reason
    fields = {"measured": number, "limit": limit, "margin": limit - number, "unit": unit}
    effect = desk.must("inspected", say("accept it")) if within else desk.may("inspected", say("decline or delay it"))
    words = {"number": number, "limit": limit}
    if refused and within:
        why = say("Refused as beyond the number, and it would have been {number} of {limit:g}.", **words)
        return desk.finding(
            ident, Verdict.BREACH, why, effect=effect, values=tuple(one.used for one in values),
            bearer=desk.code("inspected"), **fields,
        )  # fmt: skip
    why = say("It is {number} of {limit:g}.", **words)
    if not within:
        why = say("It is {number} where {limit:g} have to be accepted.", **words)
    return desk.finding(ident, Verdict.OK, why, effect=effect, values=tuple(one.used for one in values), **fields)


def _declared(desk: Desk, tally: Tally, stay: Stay, one: Inspection, own: Quota) -> Iterator[Finding]:
    """Count the inspections of the State's objects, and challenges on its territory, in the period."""
    count = len(list(_in_period(tally, stay, one, own.period))) + 1
    yield _bound(desk, "CFE:INSP.II.10", one, "quota", count, own.own, "inspections", (own.percent, own.least))


def _in_period(tally: Tally, stay: Stay, one: Inspection, period: Period) -> Iterator[tuple[Stay, Inspection]]:
    whose = one.owner if one.section == DECLARED else stay.inspected
    for where, each in tally.before(stay, one):
        other = each.owner if each.section == DECLARED else where.inspected
        if other == whose and period.start <= where.day < period.end:
            yield where, each


def _challenges(desk: Desk, tally: Tally, stay: Stay, one: Inspection, there: Quota) -> Iterator[Finding]:
    """Count the challenges on the State's territory in the period."""
    if one.section != CHALLENGE:
        return
    before = [each for _, each in _in_period(tally, stay, one, there.period) if each.section == CHALLENGE]
    limits = (there.challenge_percent, there.percent, there.least)
    yield _bound(
        desk, "CFE:INSP.II.11", one, "challenge_quota", len(before) + 1, there.challenges, "inspections", limits
    )


def _half(desk: Desk, tally: Tally, stay: Stay, one: Inspection, own: Quota) -> Iterator[Finding]:
    """Count what one State carried out of a State's quota in the calendar year."""
    share = desk.limit("share_of_one_state")
    before = [
        each
        for where, each in tally.before(stay, one)
        if where.inspecting == stay.inspecting
        and where.day.year == stay.day.year
        and _whose(where, each) == _whose(stay, one)
    ]
    limit = own.own * share.value / 100.0
    yield _bound(desk, "CFE:INSP.II.23", one, "half", len(before) + 1, limit, "inspections", (share, own.percent))


def _whose(stay: Stay, one: Inspection) -> str:
    return one.owner if one.section == DECLARED else stay.inspected


def _territory(desk: Desk, tally: Tally, stay: Stay, one: Inspection, there: Quota) -> Iterator[Finding]:
    """Count the teams on the territory when this one came."""
    teams = _teams(tally, stay, lambda other: other.inspected == stay.inspected)
    if teams is not None:
        yield _teams_bound(desk, "CFE:INSP.II.20", one, "teams", teams, there.territory)


def _forces(desk: Desk, tally: Tally, stay: Stay, one: Inspection, own: Quota) -> Iterator[Finding]:
    """Count the teams that inspect the forces of one State at once, wherever."""

    def inspects(other: Stay) -> bool:
        return any(each.owner == one.owner and each.under_quota for each in other.inspections)

    teams = _teams(tally, stay, inspects)
    if teams is not None:
        yield _teams_bound(desk, "CFE:INSP.II.21", one, "forces", teams, own.own)


def _teams_bound(desk: Desk, ident: str, one: Inspection, reason: str, teams: int, to_inspect: int) -> Finding:
    base, share = desk.limit("teams_at_once"), desk.limit("teams_at_once_share")
    limit = max(int(base.value), desk.share(share.value, to_inspect))
    return _bound(desk, ident, one, reason, teams, limit, "teams", (base, share))


def _district(desk: Desk, tally: Tally, stay: Stay, one: Inspection) -> Iterator[Finding]:
    """Count the teams in one military district."""
    district = one.told.word("district")

    def there(other: Stay) -> bool:
        same = (each.told.word("district") == district for each in other.inspections)
        return other.inspected == stay.inspected and any(same)

    teams = _teams(tally, stay, there) if district else None
    if teams is not None:
        limit = desk.limit("teams_in_district")
        yield _bound(desk, "CFE:INSP.II.22", one, "district", teams, limit.value, "teams", (limit,))


def _teams(tally: Tally, stay: Stay, concerned: Callable[[Stay], bool]) -> int | None:
    """Count the teams present when one arrived, itself among them; ``None`` where its arrival is not told."""
    at = stay.told.time("arrived_utc") or stay.told.time("eta_utc")
    if at is None:
        return None
    present = 0
    for other in tally.record.stays:
        since, until = other.told.time("arrived_utc"), other.told.time("returned_utc")
        if other is not stay and since is not None and since <= at and (until is None or at < until):
            present += concerned(other)
    return present + 1


# ---- prohibitions ----


def _own_group(desk: Desk, tally: Tally, stay: Stay, one: Inspection) -> Iterator[Finding]:
    """Judge inspections of a State of one's own group in the calendar year."""
    groups = [set(group.members) for group in desk.law.groups.values()]
    whose = _whose(stay, one)
    if not one.took_place or not any({stay.inspecting, whose} <= members for members in groups):
        return
    limit = desk.limit("own_group_inspections")
    before = [
        each
        for where, each in tally.before(stay, one)
        if where.inspecting == stay.inspecting and _whose(where, each) == whose and where.day.year == stay.day.year
    ]
    why = say(
        "Inspection {count} in {year} of {state}, which is of the same group; they count against its quota.",
        count=len(before) + 1,
        year=str(stay.day.year),
        state=whose,
    )
    yield desk.most("CFE:INSP.II.24", len(before) + 1, limit, why)


def _stationed(
    desk: Desk, tally: Tally, stay: Stay, one: Inspection, host: PartyTold, period: Period
) -> Iterator[Finding]:
    """Judge the share of inspections on a territory that a stationing State's objects received."""
    total, of = host.told.whole("objects_on_territory"), host.told.counts("objects_of")
    if one.section != DECLARED or one.owner == stay.inspected or not total or one.owner not in of:
        return
    there = [
        each
        for where, each in (*tally.before(stay, one), (stay, one))
        if where.inspected == stay.inspected and each.section == DECLARED and period.start <= where.day < period.end
    ]
    mine = sum(each.owner == one.owner for each in there)
    quota_there = _quota(desk, host, period).territory
    share, part = of[one.owner] / total, mine / max(len(there), quota_there)
    why: Text = say(
        "{mine} of {all} inspections on the territory; {owner} has {of} of {total} objects there.",
        mine=mine,
        all=max(len(there), quota_there),
        owner=one.owner,
        of=of[one.owner],
        total=total,
    )
    verdict = Verdict.OK if part <= share else Verdict.BREACH
    yield desk.finding(
        "CFE:INSP.II.14", verdict, why, measured=100 * part, limit=100 * share, margin=100 * (share - part), unit="%"
    )

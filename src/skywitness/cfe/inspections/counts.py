"""Inspections counted together: what uses which quota, and when one more need not be accepted (Section II.10 to 24)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from skywitness.cfe.inspections.model import CHALLENGE, DECLARED, Inspection, PartyTold, Stay
from skywitness.cfe.inspections.periods import Period, period_of
from skywitness.cfe.inspections.quotas import Quota, most_of_one_state, quota, teams_at_once
from skywitness.cfe.inspections.refusal import judge_refusal
from skywitness.cfe.inspections.tally import Tally, whose
from skywitness.cfe.told.desk import Desk, Limit
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say

__all__ = ["judge_counts"]

_TEAMS: Final = ("teams", "forces", "district")
"""Reasons for which an inspection can be delayed until a team has left, and not declined (VII.1)."""


def judge_counts(desk: Desk, tally: Tally, stay: Stay, one: Inspection) -> Iterator[Finding]:
    """Judge what an inspection counts for, and whether it had to be accepted."""
    yield from _uses(desk, one)
    period = period_of(desk, stay.day) if one.under_quota else None
    if period is None:
        return
    yield from _own_group(desk, tally, stay, one)
    bounds = list(_bounds(desk, tally, stay, one, period))
    yield from bounds
    yield from judge_refusal(desk, one, bounds)


def _bounds(desk: Desk, tally: Tally, stay: Stay, one: Inspection, period: Period) -> Iterator[Finding]:
    host = tally.objects(stay.inspected, stay.day)
    if host is not None:
        there = _quota(desk, host, period)
        yield from _territory(desk, tally, stay, one, there)
        yield from _challenges(desk, tally, stay, one, there)
        yield from _stationed(desk, tally, stay, one, host, period)
    if (told := tally.objects(whose(stay, one), stay.day)) is not None:
        own = _quota(desk, told, period)
        yield from _declared(desk, tally, stay, one, own)
        yield from _half(desk, tally, stay, one, own)
    if (owner := tally.objects(one.owner, stay.day)) is not None:
        yield from _forces(desk, tally, stay, one, _quota(desk, owner, period))
    yield from _district(desk, tally, stay, one)


def _quota(desk: Desk, told: PartyTold, period: Period) -> Quota:
    objects = told.told.whole("objects") or 0
    return quota(desk, told.state, objects, told.told.whole("objects_on_territory"), period)


# ---- which quota an inspection uses ----


def _uses(desk: Desk, one: Inspection) -> Iterator[Finding]:
    """Judge which quotas it was counted against, and whose."""
    uses, whom = one.told.items("uses"), one.told.word("counted_against")
    if uses is None or one.told.flag("cancelled_for_late_journey"):
        return  # a late journey is judged with its cancellation (XI.2)
    told = say("Counted against no quota.")
    if uses:
        told = say("Counted against: {uses} of {whose}.", uses=", ".join(uses), whose=whom or "-")
    if not one.under_quota:
        ident = "CFE:INSP.IX.1" if one.section == "IX" else "CFE:INSP.X.1"
        yield desk.finding(ident, Verdict.BREACH if uses else Verdict.OK, told)
    elif one.refused and one.section == CHALLENGE:
        again = desk.may("inspectors", say("name another area or site, or end the inspection"))
        verdict = Verdict.BREACH if uses else Verdict.OK
        yield desk.finding("CFE:INSP.VIII.9(B)", verdict, told, effect=again, bearer=desk.code("inspected"))
    elif one.section == DECLARED:
        right = not uses if one.refused else uses == ("declared_site",) and whom in ("", one.owner)
        if not right and not one.refused:
            told = say("{told} It uses one declared-site inspection of {owner}.", told=told, owner=one.owner)
        yield desk.finding("CFE:INSP.II.13", Verdict.OK if right else Verdict.BREACH, told)
    else:
        host = desk.code("host")
        right = set(uses) == {"declared_site", "challenge"} and whom in ("", host)
        if not right:
            told = say("{told} It uses one inspection of each quota of {host}.", told=told, host=host)
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
    effect = desk.must("host", say("accept it")) if within else desk.may("host", say("decline or delay it"))
    if not within and reason in _TEAMS:
        effect = desk.may("host", say("delay it until a team has left"))
    words = {"number": number, "limit": limit}
    if refused and within:
        why = say("Refused as beyond the number, and it would have been {number} of {limit:g}.", **words)
        return desk.finding(
            ident, Verdict.BREACH, why, effect=effect, values=tuple(one.used for one in values),
            bearer=desk.code("host"), **fields,
        )  # fmt: skip
    why = say("It is {number} of {limit:g}.", **words)
    if not within:
        why = say("It is {number} where {limit:g} have to be accepted.", **words)
    return desk.finding(ident, Verdict.OK, why, effect=effect, values=tuple(one.used for one in values), **fields)


def _declared(desk: Desk, tally: Tally, stay: Stay, one: Inspection, own: Quota) -> Iterator[Finding]:
    """Count the inspections of the State's objects, and challenges on its territory, in the period."""
    count = tally.number(("of", whose(stay, one)), one, own.period.start) + 1
    yield _bound(desk, "CFE:INSP.II.10", one, "quota", count, own.own, "inspections", (own.percent, own.least))


def _challenges(desk: Desk, tally: Tally, stay: Stay, one: Inspection, there: Quota) -> Iterator[Finding]:
    """Count the challenges on the State's territory in the period."""
    if one.section != CHALLENGE:
        return
    count = tally.number(("challenges", stay.inspected), one, there.period.start) + 1
    limits = (there.challenge_percent, there.percent, there.least)
    yield _bound(desk, "CFE:INSP.II.11", one, "challenge_quota", count, there.challenges, "inspections", limits)


def _of_one_state(tally: Tally, stay: Stay, one: Inspection) -> int:
    """Count what the inspecting State carried out of a State's quota in the calendar year, this one too."""
    return tally.number(("by", whose(stay, one), stay.inspecting), one, dt.date(stay.day.year, 1, 1)) + 1


def _half(desk: Desk, tally: Tally, stay: Stay, one: Inspection, own: Quota) -> Iterator[Finding]:
    """Count what one State carried out of a State's quota in the calendar year; the least of II.12 is owed still."""
    limit, used = most_of_one_state(desk, own.own)
    count = _of_one_state(tally, stay, one)
    yield _bound(desk, "CFE:INSP.II.23", one, "half", count, limit, "inspections", (*used, own.percent))


def _territory(desk: Desk, tally: Tally, stay: Stay, one: Inspection, there: Quota) -> Iterator[Finding]:
    """Count the teams on the territory when this one came."""
    limit, used = teams_at_once(desk, there.territory)
    yield from _teams(desk, "CFE:INSP.II.20", tally, stay, one, ("territory", stay.inspected), limit, used)


def _forces(desk: Desk, tally: Tally, stay: Stay, one: Inspection, own: Quota) -> Iterator[Finding]:
    """Count the teams that inspect the forces of one State at once, wherever."""
    limit, used = teams_at_once(desk, own.own)
    yield from _teams(desk, "CFE:INSP.II.21", tally, stay, one, ("forces", one.owner), limit, used)


def _district(desk: Desk, tally: Tally, stay: Stay, one: Inspection) -> Iterator[Finding]:
    """Count the teams in one military district."""
    if district := one.told.word("district"):
        limit, kind = desk.limit("teams_in_district"), ("district", stay.inspected, district)
        yield from _teams(desk, "CFE:INSP.II.22", tally, stay, one, kind, int(limit.value), (limit,))


_REASON: Final = {"CFE:INSP.II.20": "teams", "CFE:INSP.II.21": "forces", "CFE:INSP.II.22": "district"}


def _teams(
    desk: Desk,
    ident: str,
    tally: Tally,
    stay: Stay,
    one: Inspection,
    kind: tuple[str, ...],
    limit: int,
    used: tuple[Limit, ...],
) -> Iterator[Finding]:
    """Judge the teams of a kind that were present when one came, itself among them."""
    at = stay.told.time("arrived_utc") or stay.told.time("eta_utc")
    if at is None:
        return
    certain, most = tally.others(kind, stay, at)
    if certain + 1 <= limit < most + 1 and one.told.word("refused_for") == _REASON[ident]:
        why = say("From {few} to {many} teams were there, of some only the arrival is told.", few=certain, many=most)
        need = say("when the teams that were there returned (returned_utc)")
        values = tuple(each.used for each in used)
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), values=values, bearer=desk.code("host"))
        return
    number = most + 1 if most + 1 <= limit else certain + 1
    yield _bound(desk, ident, one, _REASON[ident], number, limit, "teams", used)


# ---- prohibitions ----


def _own_group(desk: Desk, tally: Tally, stay: Stay, one: Inspection) -> Iterator[Finding]:
    """Judge inspections of a State of one's own group in the calendar year."""
    groups = [set(group.members) for group in desk.law.groups.values()]
    of = whose(stay, one)
    if not one.took_place or not any({stay.inspecting, of} <= members for members in groups):
        return
    limit, count = desk.limit("own_group_inspections"), _of_one_state(tally, stay, one)
    why = say(
        "Inspection {count} in {year} of {state}, which is of the same group; they count against its quota.",
        count=count,
        year=str(stay.day.year),
        state=of,
    )
    yield desk.most("CFE:INSP.II.24", count, limit, why)


def _stationed(
    desk: Desk, tally: Tally, stay: Stay, one: Inspection, host: PartyTold, period: Period
) -> Iterator[Finding]:
    """Judge the share of inspections on a territory that a stationing State's objects received."""
    if one.section != DECLARED or one.owner == stay.inspected or not one.took_place:
        return
    total, of = host.told.whole("objects_on_territory"), host.told.counts("objects_of")
    if not total or one.owner not in of:
        need = say("how many objects are on the territory, and whose (objects_on_territory, objects_of)")
        why = say("The share of {owner} in the objects on the territory is not told.", owner=one.owner)
        yield desk.finding("CFE:INSP.II.14", Verdict.CANNOT_TELL, why, needs=(need,))
        return
    mine = tally.number(("owned", stay.inspected, one.owner), one, period.start) + 1
    made = tally.number(("on", stay.inspected), one, period.start) + 1
    every = max(made, _quota(desk, host, period).territory)
    why = say(
        "{mine} of {all} inspections on the territory; {owner} has {of} of {total} objects there.",
        mine=mine,
        all=every,
        owner=one.owner,
        of=of[one.owner],
        total=total,
    )
    verdict = Verdict.OK if mine * total <= of[one.owner] * every else Verdict.BREACH
    share, part = 100 * of[one.owner] / total, 100 * mine / every
    yield desk.finding("CFE:INSP.II.14", verdict, why, measured=part, limit=share, margin=share - part, unit="%")

"""Flights over a group of States Parties with common quotas (Article III, Section II, paragraphs 3, 5 and 7).

Such a group is observed as one.  Benelux is none: it is one deemed Party (Article XIV).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say
from skywitness.law.formation import WISHES, quota_days
from skywitness.law.group import COMMON_QUOTA, Group
from skywitness.law.legal_day import LegalDay
from skywitness.law.provisions import provision
from skywitness.route.facts import MemberQuota
from skywitness.route.rules.airfields import AIRFIELD, cite_role
from skywitness.route.rules.context import Context
from skywitness.route.rules.distance import distance_figure, judge_distance, length_sentence, measured_length
from skywitness.route.rules.drafting import cannot_tell, draft, may_prohibit, not_applicable
from skywitness.route.rules.told_sites import CLAIM, canonical

_NO_COMMON = say("The observed Party is no group with common quotas on that day.")


def observed_group(context: Context, kind: str) -> Group | None:
    """Return the group that is observed, or whose member is, when it is of that kind."""
    group = context.law.group_of(context.plan.observed)
    return group if group is not None and group.kind == kind else None


@provision("OS:III.II.3(A)")
def common_quota(context: Context) -> Iterator[Finding]:
    """Judge that the group is observed under its common quota: no member has a quota of its own beside it."""
    group = observed_group(context, COMMON_QUOTA)
    if group is None:
        yield not_applicable(context, "OS:III.II.3(A)", _NO_COMMON)
        return
    alone = [over.state for over in context.facts.quota.members if over.state in group.members and _has_quota(over)]
    passive = context.law.passive_quota(group.code)
    shared = {"bearer": group.code, "measured": passive.settled, "unit": "flights", "values": passive.used}
    for state in alone:
        why = say(
            "The facts give a quota over {state} alone, but {group} has asked for common quotas: its members hold none "
            "of their own.",
            state=state,
            group=group.code,
        )
        yield draft(context, "OS:III.II.3(A)", Verdict.BREACH, why, **shared)
    if alone:
        return
    why = say(
        "{group} has one passive quota in common ({number}); a flight over any member counts against it.",
        group=group.code,
        number="-" if passive.settled is None else int(passive.settled),
    )
    yield draft(context, "OS:III.II.3(A)", Verdict.OK, why, **shared)


def _has_quota(over: MemberQuota) -> bool:
    """Tell whether the facts state a quota of, or over, one member; flights counted over it are none."""
    return over.active_individual is not None or over.passive_total is not None


@provision("OS:III.II.3(D)")
def members_overflown(context: Context) -> Iterator[Finding]:
    """Judge that every State overflown is a member of the group, or of Benelux, that is observed."""
    members = context.law.members(context.law.acts_as(context.plan.observed))
    others = [state for state in context.plan.overflown if state not in members]
    for state in others:
        why = say(
            "{state} is to be overflown, but {observed} is observed.", state=state, observed=context.plan.observed
        )
        yield draft(
            context,
            "OS:III.II.3(D)",
            Verdict.BREACH,
            why,
            bearer=context.plan.observing,
            effect=may_prohibit(context),
            measured=state,
            limit=", ".join(members),
        )
    if others:
        return
    if len(members) == 1:
        yield not_applicable(context, "OS:III.II.3(D)", _NO_COMMON)
        return
    why = say(
        "The flight covers {overflown}; it may cover one member of {observed} or several.",
        overflown=", ".join(context.plan.overflown),
        observed=context.law.acts_as(context.plan.observed),
    )
    yield draft(context, "OS:III.II.3(D)", Verdict.OK, why, bearer=context.plan.observed)


@provision("OS:III.II.3(E)")
def group_airfields(context: Context) -> Iterator[Finding]:
    """Judge that the group itself has named the airfield of commencement and its distance."""
    group = observed_group(context, COMMON_QUOTA)
    if group is None:
        yield not_applicable(context, "OS:III.II.3(E)", _NO_COMMON)
        return
    start = context.plan.waypoints[0].ident
    site = context.law.site(start)
    shared = {"bearer": group.code, "measured": start}
    if canonical(start) in [named.id for named in context.law.sites_of(group.code, AIRFIELD)]:
        why = say("{start} is an Open Skies airfield of {group}.", start=start, group=group.code)
        cited = () if site is None else cite_role(site, AIRFIELD)
        if any(value.status == CLAIM for value in cited):
            why = say(
                "{start} is an Open Skies airfield of {group} as this facts file has it ({source}); the public data do "
                "not.",
                start=start,
                group=group.code,
                source=cited[0].source,
            )
        yield draft(context, "OS:III.II.3(E)", Verdict.OK, why, values=cited, **shared)
    elif site is not None and not {site.party, site.listed_under} & {group.code, *group.members}:
        why = say(
            "{start} is a site of {party}, no member of {group}.", start=start, party=site.party, group=group.code
        )
        yield draft(context, "OS:III.II.3(E)", Verdict.BREACH, why, effect=may_prohibit(context), **shared)
    else:
        why = say(
            "{start} is not known as an Open Skies airfield of {group} on that day.", start=start, group=group.code
        )
        need = say("the notification by which {group} designated {start}", group=group.code, start=start)
        yield cannot_tell(context, "OS:III.II.3(E)", why, (need,), **shared)


@provision("OS:III.II.5")
def one_mission(context: Context) -> Iterator[Finding]:
    """Judge that a flight over a common-quota group stays, in all, within the distance of its first airfield."""
    group = observed_group(context, COMMON_QUOTA)
    if group is None:
        yield not_applicable(context, "OS:III.II.5", _NO_COMMON)
        return
    length = measured_length(context)
    why = length_sentence(context, length)
    yield judge_distance(context, "OS:III.II.5", length, distance_figure(context), why)


@provision("OS:III.II.7")
def new_quota_in_force(context: Context) -> Iterator[Finding]:
    """Judge whether a quota that a former member of a group is said to have can be in force already.

    Changes begin on 1 January after the first annual review that follows the end.  The paragraph speaks of withdrawal
    from a group; what holds where a group ended because a member left the Treaty the text does not say, nor is it
    public what was settled for Belarus.
    """
    ended = [
        (code, group, end)
        for code in (context.plan.observing, context.plan.observed)
        for group, end in _ended_groups(context, code)
    ]
    for code, group, end in ended:
        yield _new_quota(context, code, group, end)
    if not ended:
        yield not_applicable(context, "OS:III.II.7", say("Neither side was a member of a group that has ended."))


def _new_quota(context: Context, code: str, group: Group, end: dt.date) -> Finding:
    """Judge the quota said of one former member against the days on which it may begin."""
    day = LegalDay(context.reading.at, context.reading.known, context.law.instrument)
    days = quota_days(end, day)
    said, passive = _said(context, code), context.law.passive_quota(code)
    shared: dict[str, Any] = {"bearer": code, "unit": "flights", "values": (*passive.used, *day.yearly(WISHES)[1])}
    if said is None and passive.settled is None:
        why = say("The group of {who} has ended; what quota {who} holds by itself is not known.", who=code)
        need = say("the quota that the Consultative Commission settled for {who} alone", who=code)
        return cannot_tell(context, "OS:III.II.7", why, (need,), **shared)
    shared["measured"] = passive.settled if said is None else said
    if said is None or day.at >= days[-1]:
        why = say("{who} has a quota of its own since its group ended.", who=code)
        return draft(context, "OS:III.II.7", Verdict.OK, why, **shared)
    shared["limit"] = days[0].isoformat()
    if any(day.has_left(member) for member in group.members):
        why = say(
            "{group} ended on {end} because a member left the Treaty; from when a quota of {who} alone counts then the "
            "text does not say. After a withdrawal from the group alone it would be {first} at the earliest.",
            group=group.code,
            end=end,
            who=code,
            first=days[0],
        )
        need = say("the decision of the Consultative Commission on the quota of {who}", who=code)
        return cannot_tell(context, "OS:III.II.7", why, (need,), **shared)
    if day.at >= days[0]:
        why = say(
            "{group} ended on {end}; the quota of {who} alone begins on {first} if the annual review came after that "
            "day, else on {second}.",
            group=group.code,
            end=end,
            who=code,
            first=days[0],
            second=days[-1],
        )
        need = say("the day of the first annual review after {earliest} (group_change.reviewed)", earliest=end)
        return cannot_tell(context, "OS:III.II.7", why, (need,), **shared)
    why = say(
        "{group} ended on {end}; a quota of {who} alone cannot be in force before {first}.",
        group=group.code,
        end=end,
        who=code,
        first=days[0],
    )
    return draft(context, "OS:III.II.7", Verdict.BREACH, why, effect=may_prohibit(context), **shared)


def _said(context: Context, code: str) -> int | None:
    """Return the passive quota that the facts give for one of the two sides."""
    quota = context.facts.quota
    return quota.passive_total if code == context.plan.observed else quota.own_passive_total


def _ended_groups(context: Context, code: str) -> Iterator[tuple[Group, dt.date]]:
    """List the common-quota groups of which a State was a member and which had ended by the day, with that end."""
    for group in context.law.instrument.groups.values():
        member = group.kind == COMMON_QUOTA and code in group.members
        if member and group.end is not None and group.end <= context.reading.at:
            yield group, group.end

"""Flights over a group of States Parties with common quotas (Article III, Section II, paragraphs 3, 5 and 7).

Such a group is observed as one.  Benelux is none: it is one deemed Party (Article XIV).
"""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say
from skywitness.law.group import COMMON_QUOTA, Group
from skywitness.law.provisions import provision
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
    """Tell that the group is observed under its common quota."""
    group = observed_group(context, COMMON_QUOTA)
    if group is None:
        yield not_applicable(context, "OS:III.II.3(A)", _NO_COMMON)
        return
    passive = context.law.passive_quota(group.code)
    why = say(
        "{group} has one passive quota in common ({number}); a flight over any member counts against it.",
        group=group.code,
        number="-" if passive.settled is None else int(passive.settled),
    )
    yield draft(
        context,
        "OS:III.II.3(A)",
        Verdict.OK,
        why,
        bearer=group.code,
        measured=passive.settled,
        unit="flights",
        values=passive.used,
    )


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
    """Tell whether the quota of a former member of a group has been settled anew.

    Changes begin on 1 January after the first annual review that follows; what was settled for a State that stayed when
    its group ended is not public.
    """
    former = [code for code in (context.plan.observing, context.plan.observed) if _left_a_group(context, code)]
    for code in former:
        passive = context.law.passive_quota(code)
        if passive.settled is not None:
            why = say("{who} has a quota of its own since its group ended.", who=code)
            yield draft(context, "OS:III.II.7", Verdict.OK, why, bearer=code, values=passive.used)
            continue
        why = say("The group of {who} has ended; what quota {who} holds by itself is not known.", who=code)
        need = say("the quota that the Consultative Commission settled for {who} alone", who=code)
        yield cannot_tell(context, "OS:III.II.7", why, (need,), bearer=code)
    if not former:
        yield not_applicable(context, "OS:III.II.7", say("Neither side was a member of a group that has ended."))


def _left_a_group(context: Context, code: str) -> bool:
    """Tell whether a State was a member of a common-quota group that had ended by the day."""
    day = context.reading.at
    return any(
        group.kind == COMMON_QUOTA and code in group.members and group.end is not None and group.end <= day
        for group in context.law.instrument.groups.values()
    )

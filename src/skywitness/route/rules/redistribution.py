"""Flights over a group of States Parties that share out active quotas (Article III, Section II, paragraph 2).

Its members keep their own passive quotas, and a flight over several of them counts once for each.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.law.group import REDISTRIBUTION
from skywitness.law.provisions import provision
from skywitness.route.context import Context
from skywitness.route.rules.drafting import cannot_tell, draft, may_prohibit, not_applicable
from skywitness.route.rules.groups import observed_group

_NO_REDISTRIBUTION = say("The observed Party is no group whose members keep their own passive quotas on that day.")


@provision("OS:III.II.2(B)")
def counts_for_each(context: Context) -> Iterator[Finding]:
    """Tell how often a flight over a redistribution group counts: once for each member overflown."""
    if observed_group(context, REDISTRIBUTION) is None:
        yield not_applicable(context, "OS:III.II.2(B)", _NO_REDISTRIBUTION)
        return
    count = len(set(context.plan.overflown))
    why = say(
        "The flight counts {count} times against the active quotas of {observing}, and once against the passive quota "
        "of each of {members}.",
        count=count,
        observing=context.plan.observing,
        members=", ".join(context.plan.overflown),
    )
    yield draft(
        context,
        "OS:III.II.2(B)",
        Verdict.OK,
        why,
        bearer=context.plan.observing,
        measured=count,
        unit="flights",
    )


@provision("OS:III.II.2(C)")
def more_over_one_member(context: Context) -> Iterator[Finding]:
    """Judge the flights over one member: half as many again as the quota for it, or two without one."""
    if observed_group(context, REDISTRIBUTION) is None:
        yield not_applicable(context, "OS:III.II.2(C)", _NO_REDISTRIBUTION)
        return
    extra = context.law.planning("group_extra_flights")
    without = context.law.planning("group_flights_without_quota")
    quota = context.facts.quota
    if quota.active_individual is None or quota.flown_over_observed is None:
        needs = [
            need
            for number, need in (
                (quota.active_individual, say("the quota over this member (quota.active_individual)")),
                (quota.flown_over_observed, say("flights over this member so far (quota.flown_over_observed)")),
            )
            if number is None
        ]
        why = say("How many flights over this member are left cannot be told.")
        yield cannot_tell(context, "OS:III.II.2(C)", why, needs, bearer=context.plan.observing, unit="flights")
        return
    held, after = quota.active_individual, quota.flown_over_observed + 1
    most = math.ceil(held * (100.0 + extra.number) / 100.0) if held else int(without.number)
    why = say(
        "With this flight {after} are flown over this member; with a quota of {held} the right reaches to {most}.",
        after=after,
        held=held,
        most=most,
    )
    kept = after <= most
    yield draft(
        context,
        "OS:III.II.2(C)",
        Verdict.OK if kept else Verdict.BREACH,
        why,
        bearer=context.plan.observing,
        effect=None if kept else may_prohibit(context),
        measured=after,
        uncertainty=0.0,
        limit=most,
        margin=float(most - after),
        unit="flights",
        values=(*extra.used, *without.used),
    )


@provision("OS:III.II.2(D)")
def sum_over_members(context: Context) -> Iterator[Finding]:
    """Ask for what this needs: the flights and quotas over all members, which the facts do not hold one by one."""
    if observed_group(context, REDISTRIBUTION) is None:
        yield not_applicable(context, "OS:III.II.2(D)", _NO_REDISTRIBUTION)
        return
    why = say("Flights added over one member must be taken from the others; the sum over all members is not known.")
    need = say("the flights flown over, and the individual quotas for, every member of the group this year")
    yield cannot_tell(context, "OS:III.II.2(D)", why, (need,), bearer=context.plan.observing)


@provision("OS:III.II.2(E)")
def distance_of_each_member(context: Context) -> Iterator[Finding]:
    """Judge that between two members of a redistribution group every sensor is off.

    The sensors must be off from one member until the follow-on flight begins over the next; so every leg that leads
    from one member to another has to be a transit leg.  Which airfield's distance applies to the follow-on flight is
    judged where it begins, by people: the plan does not mark that point.
    """
    if observed_group(context, REDISTRIBUTION) is None or len(set(context.plan.overflown)) < 2:
        yield not_applicable(context, "OS:III.II.2(E)", _NO_REDISTRIBUTION)
        return
    if any(leg.is_transit for leg in context.legs):
        why = say(
            "Transit legs part the members; people must judge each part against the distance of its nearest airfield."
        )
        need = say("where the follow-on flight over each further member begins, and its nearest Open Skies airfield")
        yield cannot_tell(context, "OS:III.II.2(E)", why, (need,), bearer=context.plan.observing)
        return
    why = say("Several members are overflown, but no leg between them has its sensors off.")
    yield draft(
        context,
        "OS:III.II.2(E)",
        Verdict.BREACH,
        why,
        bearer=context.plan.observing,
        effect=may_prohibit(context),
        where=Where(leg=1),
    )

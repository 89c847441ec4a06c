"""Quotas: is there a flight left to fly, and does the observed Party have to accept it (Article III, Section I).

Numbers come from the facts first, then from the law.  Of the yearly distributions only the first (2002 and 2003) is
public, so for later years the facts must say what quota is held.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from skywitness.core.dated import RECOLLECTION
from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.law.act_effects import standing_groups
from skywitness.law.group import COMMON_QUOTA
from skywitness.law.interpretations import WITHOUT_TRANSFER
from skywitness.law.ledger import Transfer
from skywitness.law.provisions import provision
from skywitness.law.quota import active_quotas
from skywitness.law.transfers import agreed, redistributed
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import cannot_tell, draft, listed, not_applicable, unless_agreed
from skywitness.route.rules.law_desk import Figure
from skywitness.route.rules.quota_counts import (
    NEED_FLOWN,
    NEED_OWN_PASSIVE,
    NEED_TOTAL,
    Count,
    Over,
    counted_as,
    need_returned,
    overs,
    own_passive,
    received,
    total_active,
)


def _judge(
    context: Context, code: str, after: Count, limit: Count, why: Text, bearer: str, effect: Effect | None
) -> Finding:
    """Judge a number of flights, this one included, against a limit."""
    values = (*after.used, *limit.used)
    if after.number is None or limit.number is None:
        needs = [count.need for count in (limit, after) if count.number is None]
        unknown = say(
            "The number of flights cannot be held against the quota without knowing {facts}.", facts=listed(needs)
        )
        return cannot_tell(
            context, code, unknown, needs, bearer=bearer, limit=limit.number, unit="flights", values=values
        )
    kept = after.number <= limit.number
    return draft(
        context,
        code,
        Verdict.OK if kept else Verdict.BREACH,
        why,
        bearer=bearer,
        effect=None if kept else effect,
        measured=after.number,
        uncertainty=0.0,
        limit=limit.number,
        margin=float(limit.number - after.number),
        unit="flights",
        values=values,
    )


def _by_right(context: Context, code: str, after: Count, over: Over, why: Text) -> Finding:
    """Judge flights over one Party or member against what its quota gives a right to; what may be beyond is asked."""
    finding = _judge(context, code, after, over.right, why, context.plan.observing, _not_obliged(context))
    if not over.unsettled(after.number):
        return finding
    return replace(finding, verdict=Verdict.CANNOT_TELL, needs=(need_returned(context),))


def _not_obliged(context: Context) -> Effect:
    return Effect(context.plan.observed, "may", say("decline a flight beyond the quota"))


@provision("OS:III.I.5")
def quota_held(context: Context) -> Iterator[Finding]:
    """Judge that the observing Party holds an active quota over the observed Party, and one in total.

    Over a member of a group that shares out its quotas two flights may be flown without one, by a Party over which
    members hold quotas (III.II.2(C)).
    """
    for over in overs(context):
        why = say(
            "Flights over {observed} that {observing} may make this year: {number}.",
            observing=context.plan.observing,
            observed=over.party,
            number=over.right.number,
        )
        least = Count(1, over.held.need)
        yield _by_right(context, "OS:III.I.5", least, over, why)
    total = total_active(context)
    why = say(
        "Flights that {observing} may make this year in total: {number}.",
        observing=context.plan.observing,
        number=total.number,
    )
    least = Count(counted_as(context), NEED_TOTAL)
    yield _judge(context, "OS:III.I.5", least, total, why, context.plan.observing, _not_obliged(context))


@provision("OS:III.I.5")
def total_within_passive(context: Context) -> Iterator[Finding]:
    """Judge that the total active quota, as stated, does not exceed the own passive quota of the observing Party."""
    if _in_common_group(context):
        why = say("The quotas of the observing Party are common ones of its group (III.II.3(B)).")
        yield not_applicable(context, "OS:III.I.5", why)
    else:
        yield _within_passive(context, "OS:III.I.5")


@provision("OS:III.II.3(B)")
def common_total_within_passive(context: Context) -> Iterator[Finding]:
    """Judge the same of the common quotas of a group."""
    if _in_common_group(context):
        yield _within_passive(context, "OS:III.II.3(B)")
    else:
        why = say("The observing Party is no group with common quotas on that day.")
        yield not_applicable(context, "OS:III.II.3(B)", why)


def _in_common_group(context: Context) -> bool:
    group = context.law.group_of(context.plan.observing)
    return group is not None and group.kind == COMMON_QUOTA


def _within_passive(context: Context, code: str) -> Finding:
    """Hold the total active quota against the own passive one.  What was transferred may exceed it (III.I.9)."""
    if context.facts.quota.transferred_from is not None or received(context) > 0:
        why = say("A quota was transferred, notwithstanding the bound of the own passive quota (III.I.9).")
        return not_applicable(context, code, why)
    active, passive = total_active(context), own_passive(context)
    why = say(
        "Flights a year that {observing} may make in total: {active}; that it must itself accept: {passive}. The first "
        "number may not exceed the second.",
        observing=context.plan.observing,
        active=active.number,
        passive=passive.number,
    )
    finding = _judge(context, code, active, passive, why, context.plan.observing, _not_obliged(context))
    if finding.verdict is Verdict.CANNOT_TELL:
        told = say(
            "Whether the flights a year that {observing} may make in total are no more than those it must itself "
            "accept cannot be told without knowing {facts}.",
            observing=context.plan.observing,
            facts=listed(finding.needs),
        )
        return replace(finding, why=told)
    if finding.verdict is Verdict.BREACH and any(value.status == RECOLLECTION for value in passive.used):
        return replace(finding, verdict=Verdict.CANNOT_TELL, effect=None, needs=(NEED_OWN_PASSIVE,))
    return finding


@provision("OS:III.I.8")
def quota_left(context: Context) -> Iterator[Finding]:
    """Judge that the flight, counted with those already flown, stays within both active quotas."""
    for over in overs(context):
        after = over.flown.plus(1)
        why = say(
            "Flights over {party} this year, this one among them: {number}.", number=after.number, party=over.party
        )
        yield _by_right(context, "OS:III.I.8", after, over, why)
    total = Count(context.facts.quota.flown_total, NEED_FLOWN).plus(counted_as(context))
    why = say("Flights over everybody this year, this one among them: {number}.", number=total.number)
    yield _judge(
        context, "OS:III.I.8", total, total_active(context), why, context.plan.observing, _not_obliged(context)
    )


@provision("OS:III.I.10")
def half_of_the_smaller(context: Context) -> Iterator[Finding]:
    """Judge the flights over one Party against half of the smaller of two quotas, rounded up.

    Where a transfer is told the reading says whether the own total active quota counts what was received.
    """
    moved = received(context)
    way = context.reading.interpretation("III.I.10", WITHOUT_TRANSFER)
    total = total_active(context).plus(-moved if way == WITHOUT_TRANSFER else 0)
    for over in overs(context):
        finding = _half(context, over, total)
        taken = MappingProxyType({**finding.reading.interpretations, "III.I.10": way})
        yield replace(finding, reading=replace(finding.reading, interpretations=taken)) if moved else finding


def _half(context: Context, over: Over, total: Count) -> Finding:
    share = context.law.planning("share_over_one_party")
    passive, after = over.passive, over.flown.plus(1)
    caps = [math.ceil(count.number * share.number / 100.0) for count in (total, passive) if count.number is not None]
    used = (*share.used, *total.used, *passive.used)
    over_known_cap = after.number is not None and caps and after.number > min(caps)
    if len(caps) < 2 and not over_known_cap:
        needs = [count.need for count in (total, passive, after) if count.number is None]
        why = say("Half of the smaller quota cannot be told without knowing {facts}.", facts=listed(needs))
        return cannot_tell(
            context, "OS:III.I.10", why, needs, bearer=context.plan.observing, unit="flights", values=used
        )
    why = say(
        "Flights over {observed} this year, this one among them: {number}; allowed: {cap}, which is {share:g} % of the "
        "smaller of the own total active quota and the passive quota of {observed}, rounded up.",
        number=after.number,
        observed=over.party,
        cap=min(caps),
        share=share.number,
    )
    limit = Count(min(caps), NEED_TOTAL, used)
    return _judge(context, "OS:III.I.10", after, limit, why, context.plan.observing, _not_obliged(context))


@provision("OS:III.I.9")
def transfer_agreed(context: Context) -> Iterator[Finding]:
    """Judge that a quota was transferred with the agreement of the Party overflown."""
    giver = context.facts.quota.transferred_from
    moves = [one for one in _told_transfers(context) if not one.within]
    yield from (_told_transfer(context, one) for one in moves)
    if giver is None and not moves:
        yield not_applicable(context, "OS:III.I.9", say("No quota is said to have been transferred."))
    if giver is None or moves:
        return
    why = say(
        "The quota was transferred by {giver}; that needs the agreement of {observed}.",
        giver=giver,
        observed=context.plan.observed,
    )
    need = say(
        "the agreement of {giver} and {observed} (an [[agreement]] on OS:III.I.9)",
        giver=giver,
        observed=context.plan.observed,
    )
    finding = cannot_tell(context, "OS:III.I.9", why, (need,), bearer=giver, effect=_not_obliged(context))
    yield unless_agreed(context, finding, between=(giver, context.plan.observed))


@provision("OS:III.II.2(A)")
def shared_out(context: Context) -> Iterator[Finding]:
    """Judge that a quota shared out within a group passed between members of one that stands (``law.transfers``)."""
    moves = [one for one in _told_transfers(context) if one.within]
    day, code = context.law.day, "OS:III.II.2(A)"
    for one in moves:
        yield replace(
            redistributed(one, day, standing_groups(context.facts.acts, day)).finding, reading=context.reading
        )
    if not moves:
        yield not_applicable(context, code, say("No quota is said to have been shared out within a group."))


def _told_transfers(context: Context) -> list[Transfer]:
    """List the transfers told of this year to the observing Party over who is observed or overflown."""
    day, plan = context.law.day, context.plan
    over = {context.law.holder(code) for code in (plan.observed, *plan.overflown)}
    return [
        one
        for one in context.facts.acts.transfers
        if one.on <= day.at
        and one.year == day.at.year
        and one.told.known_by(day.known)
        and not one.told.claim_of
        and day.holder(one.receiver) == day.holder(plan.observing)
        and day.holder(one.over) in over
    ]


def _told_transfer(context: Context, transfer: Transfer) -> Finding:
    finding = replace(agreed(transfer, context.law.day).finding, reading=context.reading)
    if transfer.agreed is not None:
        return finding
    return unless_agreed(context, finding, between=(transfer.giver, transfer.over))


@provision("OS:III.I.4")
def passive_quota_left(context: Context) -> Iterator[Finding]:
    """Judge that the observed Party, or each member overflown, still has to accept a flight this year."""
    for over in overs(context):
        after = over.accepted.plus(1)
        why = say(
            "Flights that {observed} has accepted this year, this one among them: {number}.",
            observed=over.party,
            number=after.number,
        )
        finding = _judge(context, "OS:III.I.4", after, over.passive, why, over.party, _not_obliged(context))
        yield _beyond(context, finding)


def _beyond(context: Context, finding: Finding) -> Finding:
    """Name who bears a flight beyond what must be accepted: not who would have to accept it, but who flies it."""
    return replace(finding, bearer=context.plan.observing) if finding.verdict is Verdict.BREACH else finding


@provision("OS:A.II.1")
def first_distribution(context: Context) -> Iterator[Finding]:
    """Judge the flights accepted against 75 % of the passive quota while the first distribution holds.

    It holds to 31 December of the year after that of entry into force.  The text gives Poland one flight more than 75 %
    (five where four is the cap): a slip that is kept and told.
    """
    year = context.law.entry_into_force.on.year
    yield from _three_quarters(context, "OS:A.II.1", context.reading.at.year <= year + 1)


@provision("OS:A.II.2")
def later_distributions(context: Context) -> Iterator[Finding]:
    """Judge the same between the first distribution and the full implementation."""
    year = context.law.entry_into_force.on.year
    applies = year + 1 < context.reading.at.year and context.reading.at < context.law.full_implementation
    yield from _three_quarters(context, "OS:A.II.2", applies)


def _three_quarters(context: Context, code: str, applies: bool) -> Iterator[Finding]:
    share = context.law.planning_if_any("first_distribution_share")
    if not applies or share.settled is None:
        yield not_applicable(context, code, say("The rule of 75 per cent does not hold on that day."))
        return
    for over in overs(context):
        yield _of_passive(context, code, over, share)


def _of_passive(context: Context, code: str, over: Over, share: Figure) -> Finding:
    passive, after = over.passive, over.accepted.plus(1)
    cap = None if passive.number is None else math.floor(passive.number * share.number / 100.0)
    limit = Count(cap, passive.need, (*share.used, *passive.used))
    why = say(
        "Flights that {observed} has accepted this year, this one among them: {number}; {share:g} % of its passive "
        "quota, rounded down: {cap}.",
        observed=over.party,
        number=after.number,
        share=share.number,
        cap=cap,
    )
    if code == "OS:A.II.1" and over.party == "POL":
        why = say(
            "{why} The first distribution itself gives others five flights over Poland, one above the cap.", why=why
        )
    finding = _judge(context, code, after, limit, why, over.party, _not_obliged(context))
    if code == "OS:A.II.1" and _is_named_over_poland(context, over, finding, after):
        need = say("whether the cap of 75 per cent or the distribution itself holds for Poland")
        finding = replace(finding, verdict=Verdict.CANNOT_TELL, effect=None, needs=(need,))
    return _beyond(context, finding)


def _is_named_over_poland(context: Context, over: Over, finding: Finding, after: Count) -> bool:
    """Tell whether the text contradicts itself: a flight over the cap that the distribution names all the same."""
    if over.party != "POL" or after.number is None or finding.verdict is not Verdict.BREACH:
        return False
    law = context.law
    quotas = active_quotas(law.at, law.known, instrument=law.instrument)
    return after.number <= sum(quota.flights for quota in quotas if quota.observed == over.party)

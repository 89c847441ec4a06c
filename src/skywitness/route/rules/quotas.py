"""Quotas: is there a flight left to fly, and does the observed Party have to accept it (Article III, Section I).

Numbers come from the facts first, then from the law.  Of the yearly distributions only the first (2002 and 2003) is
public, so for later years the facts must say what quota is held.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from skywitness.core.finding import Effect, Finding, UsedValue, Verdict
from skywitness.core.text import Text, say
from skywitness.law.group import REDISTRIBUTION
from skywitness.law.provisions import provision
from skywitness.route.context import Context
from skywitness.route.rules.drafting import cannot_tell, draft, not_applicable, settled_by
from skywitness.route.rules.law_desk import Figure

_OVER_POLAND = 5
"""Flights over Poland that the first distribution names: by Benelux, Canada, Denmark, Norway and Ukraine."""

_NEED_INDIVIDUAL = say(
    "the flights the observing Party may fly over the observed Party this year (quota.active_individual)"
)
_NEED_TOTAL = say("the flights the observing Party may fly this year over everybody (quota.active_total)")
_NEED_FLOWN_OVER = say("its flights over the observed Party so far this year (quota.flown_over_observed)")
_NEED_FLOWN = say("its flights over everybody so far this year (quota.flown_total)")
_NEED_PASSIVE = say("the flights the observed Party must accept this year (quota.passive_total)")
_NEED_ACCEPTED = say("the flights the observed Party has accepted so far this year (quota.accepted)")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of flights: ``None`` when nobody has said, with the fact to ask for, and the law it comes from."""

    number: int | None
    need: Text
    used: tuple[UsedValue, ...] = ()


def _stated(number: int | None, figure: Figure, need: Text, transferred: bool = False) -> Count:
    """Take a number from the facts, else from the law where it is settled.

    What the law distributed is no longer what a Party holds once a quota was transferred to it (III.I.9).
    """
    if number is not None:
        return Count(number, need)
    if transferred:
        return Count(None, need)
    return Count(None if figure.settled is None else int(figure.settled), need, figure.used)


def _transferred(context: Context) -> bool:
    return context.facts.quota.transferred_from is not None


def _individual(context: Context) -> Count:
    figure = context.law.active_quota(context.plan.observing, context.plan.observed)
    return _stated(context.facts.quota.active_individual, figure, _NEED_INDIVIDUAL, _transferred(context))


def _total(context: Context) -> Count:
    figure = context.law.total_active_quota(context.plan.observing)
    return _stated(context.facts.quota.active_total, figure, _NEED_TOTAL, _transferred(context))


def _passive(context: Context) -> Count:
    figure = context.law.passive_quota(context.plan.observed)
    return _stated(context.facts.quota.passive_total, figure, _NEED_PASSIVE)


def _judge(
    context: Context, code: str, after: Count, limit: Count, why: Text, bearer: str, effect: Effect | None
) -> Finding:
    """Judge a number of flights, this one included, against a limit."""
    values = (*after.used, *limit.used)
    if after.number is None or limit.number is None:
        needs = [count.need for count in (limit, after) if count.number is None]
        unknown = say("The number of flights cannot be held against the quota, because a number is not known.")
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


def _with_this(number: int | None, flights: int, need: Text) -> Count:
    return Count(None if number is None else number + flights, need)


def _counted_as(context: Context) -> int:
    """How often this flight counts: once, or once for each member overflown of a group that keeps its own quotas."""
    group = context.law.group_of(context.plan.observed)
    counts_each = group is not None and group.kind == REDISTRIBUTION
    return len(set(context.plan.overflown)) if counts_each else 1


def _not_obliged(context: Context) -> Effect:
    return Effect(context.plan.observed, "may", say("decline a flight beyond the quota"))


@provision("OS:III.I.5")
def quota_held(context: Context) -> Iterator[Finding]:
    """Judge that the observing Party holds an active quota over the observed Party, and one in total."""
    least = Count(_counted_as(context), say("the plan"))
    for held, what in ((_individual(context), "individual"), (_total(context), "total")):
        why = _held(what, held.number, context)
        yield _judge(context, "OS:III.I.5", least, held, why, context.plan.observing, _not_obliged(context))


def _held(what: str, number: int | None, context: Context) -> Text:
    if what == "individual":
        return say(
            "{observing} may fly {number} times over {observed} this year.",
            observing=context.plan.observing,
            observed=context.plan.observed,
            number=number,
        )
    return say(
        "{observing} may fly {number} times in total this year.", observing=context.plan.observing, number=number
    )


@provision("OS:III.I.8")
def quota_left(context: Context) -> Iterator[Finding]:
    """Judge that the flight, counted with those already flown, stays within both active quotas."""
    quota, flights = context.facts.quota, _counted_as(context)
    over = _with_this(quota.flown_over_observed, flights, _NEED_FLOWN_OVER)
    total = _with_this(quota.flown_total, flights, _NEED_FLOWN)
    for after, held, why in (
        (
            over,
            _individual(context),
            say("With this flight {number} are flown over the observed Party.", number=over.number),
        ),
        (total, _total(context), say("With this flight {number} are flown over everybody.", number=total.number)),
    ):
        yield _judge(context, "OS:III.I.8", after, held, why, context.plan.observing, _not_obliged(context))


@provision("OS:III.I.10")
def half_of_the_smaller(context: Context) -> Iterator[Finding]:
    """Judge the flights over one Party against half of the smaller of two quotas, rounded up."""
    share = context.law.planning("share_over_one_party")
    total, passive = _total(context), _passive(context)
    flown = context.facts.quota.flown_over_observed
    after = _with_this(flown, _counted_as(context), _NEED_FLOWN_OVER)
    caps = [math.ceil(count.number * share.number / 100.0) for count in (total, passive) if count.number is not None]
    used = (*share.used, *total.used, *passive.used)
    over_known_cap = after.number is not None and caps and after.number > min(caps)
    if len(caps) < 2 and not over_known_cap:
        needs = [count.need for count in (total, passive, after) if count.number is None]
        why = say("Half of the smaller quota cannot be told, because a quota is not known.")
        yield cannot_tell(
            context, "OS:III.I.10", why, needs, bearer=context.plan.observing, unit="flights", values=used
        )
        return
    why = say(
        "With this flight {number} are flown over {observed}; {cap} are allowed: {share:g} % of the smaller of the own "
        "total active quota and the passive quota of {observed}, rounded up.",
        number=after.number,
        observed=context.plan.observed,
        cap=min(caps),
        share=share.number,
    )
    limit = Count(min(caps), _NEED_TOTAL, used)
    yield _judge(context, "OS:III.I.10", after, limit, why, context.plan.observing, _not_obliged(context))


@provision("OS:III.I.9")
def transfer_agreed(context: Context) -> Iterator[Finding]:
    """Judge that a transferred quota was transferred with the agreement of the Party overflown."""
    giver = context.facts.quota.transferred_from
    if giver is None:
        yield not_applicable(context, "OS:III.I.9", say("No quota is said to have been transferred."))
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
    agreements = context.agreements("OS:III.I.9", (giver, context.plan.observed))
    yield settled_by(finding, agreements[0]) if agreements else finding


@provision("OS:III.I.4")
def passive_quota_left(context: Context) -> Iterator[Finding]:
    """Judge that the observed Party still has to accept a flight this year."""
    after = _with_this(context.facts.quota.accepted, 1, _NEED_ACCEPTED)
    why = say(
        "With this flight {observed} has accepted {number} this year.",
        observed=context.plan.observed,
        number=after.number,
    )
    passive, observed = _passive(context), context.plan.observed
    yield _beyond(context, _judge(context, "OS:III.I.4", after, passive, why, observed, _not_obliged(context)))


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
    passive = _passive(context)
    cap = None if passive.number is None else math.floor(passive.number * share.settled / 100.0)
    limit = Count(cap, passive.need, (*share.used, *passive.used))
    after = _with_this(context.facts.quota.accepted, 1, _NEED_ACCEPTED)
    why = say(
        "With this flight {observed} has accepted {number} this year; {share:g} % of its passive quota, rounded down, "
        "are {cap}.",
        observed=context.plan.observed,
        number=after.number,
        share=share.settled,
        cap=cap,
    )
    if code == "OS:A.II.1" and context.plan.observed == "POL":
        why = say(
            "{why} The first distribution itself gives others five flights over Poland, one above the cap.", why=why
        )
    finding = _judge(context, code, after, limit, why, context.plan.observed, _not_obliged(context))
    if code == "OS:A.II.1" and _is_fifth_over_poland(context, finding, after):
        need = say("whether the cap of 75 per cent or the distribution itself holds for Poland")
        finding = replace(finding, verdict=Verdict.CANNOT_TELL, effect=None, needs=(need,))
    yield _beyond(context, finding)


def _is_fifth_over_poland(context: Context, finding: Finding, after: Count) -> bool:
    """Tell whether the text contradicts itself: a flight over the cap that the distribution names all the same."""
    named = context.plan.observed == "POL" and after.number is not None and after.number <= _OVER_POLAND
    return named and finding.verdict is Verdict.BREACH

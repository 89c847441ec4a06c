"""Numbers of flights that quotas speak of: from the facts first, then from the law, over one Party or member each.

Over a group whose members keep their own passive quotas (Article III, Section II, paragraph 2) every member overflown
is counted by itself; over everybody else the observed Party, or its group, is one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from skywitness.core.finding import UsedValue
from skywitness.core.text import Text, say
from skywitness.law.group import REDISTRIBUTION
from skywitness.route.rules.context import Context
from skywitness.route.rules.law_desk import Figure

NEED_INDIVIDUAL = say(
    "the flights the observing Party may fly over the observed Party this year (quota.active_individual)"
)
NEED_TOTAL = say("the flights the observing Party may fly this year over everybody (quota.active_total)")
NEED_FLOWN_OVER = say("its flights over the observed Party so far this year (quota.flown_over_observed)")
NEED_FLOWN = say("its flights over everybody so far this year (quota.flown_total)")
NEED_PASSIVE = say("the flights the observed Party must accept this year (quota.passive_total)")
NEED_ACCEPTED = say("the flights the observed Party has accepted so far this year (quota.accepted)")
NEED_OWN_PASSIVE = say("the flights the observing Party itself must accept this year (quota.own_passive_total)")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of flights: ``None`` when nobody has said, with the fact to ask for, and the law it comes from."""

    number: int | None
    need: Text
    used: tuple[UsedValue, ...] = ()

    def plus(self, flights: int) -> Count:
        """Count so many flights more."""
        return Count(None if self.number is None else self.number + flights, self.need, self.used)


@dataclass(frozen=True, slots=True)
class Over:
    """Quotas over one observed Party, or one member of a group whose members keep their own.

    ``held``: the individual active quota; ``right``: how many flights it gives a right to, more than held over a member
    of such a group (III.II.2(C)).  ``flown`` and ``accepted`` do not include this flight.
    """

    party: str
    held: Count
    right: Count
    flown: Count
    passive: Count
    accepted: Count


def shares_out(context: Context) -> bool:
    """Tell whether the observed Party is a group whose members keep their own passive quotas, or a member of one."""
    group = context.law.group_of(context.plan.observed)
    return group is not None and group.kind == REDISTRIBUTION


def counted_as(context: Context) -> int:
    """Tell how often this flight counts against the total: once, or once for each member overflown (III.II.2(B))."""
    return len(set(context.plan.overflown)) if shares_out(context) else 1


def overs(context: Context) -> tuple[Over, ...]:
    """Return the quotas over everybody whom this flight counts against."""
    if shares_out(context):
        return tuple(over_member(context, state) for state in dict.fromkeys(context.plan.overflown))
    quota, plan = context.facts.quota, context.plan
    held = stated(
        quota.active_individual,
        context.law.active_quota(plan.observing, plan.observed),
        NEED_INDIVIDUAL,
        quota.transferred_from is not None,
    )
    return (
        Over(
            plan.observed,
            held,
            held,
            Count(quota.flown_over_observed, NEED_FLOWN_OVER),
            stated(quota.passive_total, context.law.passive_quota(plan.observed), NEED_PASSIVE),
            Count(quota.accepted, NEED_ACCEPTED),
        ),
    )


def over_member(context: Context, state: str) -> Over:
    """Return the quotas over one member of a group that shares out its active quotas."""
    said = context.facts.quota.over(state)
    held = stated(
        said.active_individual,
        context.law.active_quota(context.plan.observing, state),
        _need(state, "active_individual"),
        context.facts.quota.transferred_from is not None,
    )
    return Over(
        state,
        held,
        _right(context, held),
        Count(said.flown, _need(state, "flown")),
        stated(said.passive_total, context.law.passive_quota(state), _need(state, "passive_total")),
        Count(said.accepted, _need(state, "accepted")),
    )


def _need(state: str, key: str) -> Text:
    return say("the quotas over {state} this year: {key} in its [[quota.member]]", state=state, key=key)


def _right(context: Context, held: Count) -> Count:
    """Half as many flights again as are held, rounded up; two where none is held (III.II.2(C))."""
    extra = context.law.planning("group_extra_flights")
    without = context.law.planning("group_flights_without_quota")
    if held.number is None:
        return held
    most = math.ceil(held.number * (100.0 + extra.number) / 100.0) if held.number else int(without.number)
    return Count(most, held.need, (*held.used, *extra.used, *without.used))


def total_active(context: Context) -> Count:
    """Return the total active quota of the observing Party."""
    figure = context.law.total_active_quota(context.plan.observing)
    quota = context.facts.quota
    return stated(quota.active_total, figure, NEED_TOTAL, quota.transferred_from is not None)


def own_passive(context: Context) -> Count:
    """Return the total passive quota of the observing Party itself."""
    figure = context.law.passive_quota(context.plan.observing)
    return stated(context.facts.quota.own_passive_total, figure, NEED_OWN_PASSIVE)


def stated(number: int | None, figure: Figure, need: Text, transferred: bool = False) -> Count:
    """Take a number from the facts, else from the law where it is settled.

    What the law distributed is no longer what a Party holds once a quota was transferred to it (III.I.9).
    """
    if number is not None:
        return Count(number, need)
    if transferred:
        return Count(None, need)
    return Count(None if figure.settled is None else int(figure.settled), need, figure.used)

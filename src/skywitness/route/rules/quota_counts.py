"""Numbers of flights that quotas speak of: from the facts first, then from the law, over one Party or member each.

What ``[quota]`` says is held comes first; else what ``[[year_quota]]`` and ``[[transfer]]`` leave; else the law.

Over a group whose members keep their own passive quotas (Article III, Section II, paragraph 2) every member overflown
is counted by itself; over everybody else the observed Party, or its group, is one.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import partial

from skywitness.core.finding import UsedValue
from skywitness.core.text import Text, say
from skywitness.law.group import REDISTRIBUTION
from skywitness.law.ledger import Transfer, ledger_of
from skywitness.law.told import TOLD
from skywitness.law.told_quotas import ToldQuotas, told_quotas
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
    of such a group (III.II.2(C)).  ``flown`` and ``accepted`` do not include this flight.  ``returned``: whether a
    member of the group holds a quota over the observing Party, without which nobody has that right; ``None`` where
    nobody has said, and where the Party observed is no such group.
    """

    party: str
    held: Count
    right: Count
    flown: Count
    passive: Count
    accepted: Count
    returned: bool | None = None

    def unsettled(self, number: int | None) -> bool:
        """Tell whether so many flights are within the right only if a member holds a quota over who observes."""
        held, right = self.held.number, self.right.number
        if self.returned is not None or number is None or held is None or right is None:
            return False
        return held < number <= right


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
    held = _held(context, quota.active_individual, plan.observed, NEED_INDIVIDUAL)
    return (
        Over(
            plan.observed,
            held,
            held,
            Count(quota.flown_over_observed, NEED_FLOWN_OVER),
            _passive(context, quota.passive_total, plan.observed, NEED_PASSIVE),
            Count(quota.accepted, NEED_ACCEPTED),
        ),
    )


def over_member(context: Context, state: str) -> Over:
    """Return the quotas over one member of a group that shares out its active quotas."""
    said = context.facts.quota.over(state)
    held = _held(context, said.active_individual, state, _need(state, "active_individual"))
    returned = _returned(context)
    return Over(
        state,
        held,
        held if returned is False else _right(context, held),
        Count(said.flown, _need(state, "flown")),
        _passive(context, said.passive_total, state, _need(state, "passive_total")),
        Count(said.accepted, _need(state, "accepted")),
        returned,
    )


def _returned(context: Context) -> bool | None:
    """Tell whether a member of the group observed holds an active quota over the observing Party.

    Only a Party over which members hold quotas may fly more often over one of them (III.II.2(C)).  Told quotas come
    first, then the first distribution; ``None`` where neither settles it.
    """
    group, known = context.law.group_of(context.plan.observed), told(context)
    if group is None:
        return None
    held = ledger_of(context.law.day).held if known is None else known.held
    observing = context.law.holder(context.plan.observing)
    numbers = [held(context.law.holder(member), observing) for member in group.members]
    if any(numbers):
        return True
    return None if None in numbers else False


def told(context: Context) -> ToldQuotas | None:
    """Return what the facts tell of the year's distribution and of transfers; ``None`` where they tell nothing."""
    acts = context.facts.acts
    return told_quotas(acts, context.law.day, partial(_consented, context)) if acts.quotas or acts.transfers else None


def _consented(context: Context, transfer: Transfer) -> bool:
    """Tell whether an agreement on III.I.9 has the State overflown and the giver of the quota among its Parties."""
    return bool(context.agreements("OS:III.I.9", (transfer.giver, transfer.over)))


def _held(context: Context, number: int | None, over: str, need: Text) -> Count:
    """Return the quota over one Party: as the facts say, else after what they tell of the year, else of the law."""
    plan, known = context.plan, told(context)
    party, observed = context.law.holder(plan.observing), context.law.holder(over)
    if number is None and known is not None and known.speaks_of(party, observed):
        return _count(context, known.held(party, observed), need, party, observed)
    figure = context.law.active_quota(plan.observing, over)
    return stated(number, figure, need, context.facts.quota.transferred_from is not None)


def _passive(context: Context, number: int | None, state: str, need: Text) -> Count:
    """Return what a Party must accept: as the facts say of the flight, else of the year, else of the law."""
    known, holder = told(context), context.law.holder(state)
    said = None if known is None else known.passive(holder)
    if number is None and known is not None and said is not None:
        return Count(said, need, _cited(context, "passive_quota", holder, said, known.sources(holder)))
    return stated(number, context.law.passive_quota(state), need)


def _count(context: Context, number: int | None, need: Text, party: str, over: str | None) -> Count:
    """Count what is told, with its sources; where it is not told, ask for it or for the consent that is missing."""
    known = told(context)
    if known is None or number is None:
        return Count(None, need)
    key, subject = ("active_quota", f"{party}>{over}") if over else ("total_active_quota", party)
    return Count(number, need, _cited(context, key, subject, number, known.sources(party, over)))


def _cited(context: Context, key: str, subject: str, number: int, sources: tuple[str, ...]) -> tuple[UsedValue, ...]:
    begins = dt.date(context.reading.at.year, 1, 1)
    return (UsedValue(key, subject, number, "per year", begins, "; ".join(sources), TOLD),)


def need_returned(context: Context) -> Text:
    """Ask for the quotas that members of the group observed hold over the observing Party."""
    group = context.law.group_of(context.plan.observed)
    return say(
        "whether a member of {group} holds an active quota over {observing} this year ([[year_quota]] of the members)",
        group=context.plan.observed if group is None else group.code,
        observing=context.plan.observing,
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
    quota, known = context.facts.quota, told(context)
    party = context.law.holder(context.plan.observing)
    if quota.active_total is None and known is not None and known.speaks_of(party):
        return _count(context, known.total(party), NEED_TOTAL, party, None)
    figure = context.law.total_active_quota(context.plan.observing)
    return stated(quota.active_total, figure, NEED_TOTAL, quota.transferred_from is not None)


def received(context: Context) -> int:
    """Return how many flights told transfers gave the observing Party this year, less those it gave away."""
    known = told(context)
    return 0 if known is None else known.received(context.law.holder(context.plan.observing))


def own_passive(context: Context) -> Count:
    """Return the total passive quota of the observing Party itself."""
    return _passive(context, context.facts.quota.own_passive_total, context.plan.observing, NEED_OWN_PASSIVE)


def stated(number: int | None, figure: Figure, need: Text, transferred: bool = False) -> Count:
    """Take a number from the facts, else from the law where it is settled.

    What the law distributed is no longer what a Party holds once a quota was transferred to it (III.I.9).
    """
    if number is not None:
        return Count(number, need)
    if transferred:
        return Count(None, need)
    return Count(None if figure.settled is None else int(figure.settled), need, figure.used)

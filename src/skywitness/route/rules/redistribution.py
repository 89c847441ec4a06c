"""Flights over a group of States Parties that share out active quotas (Article III, Section II, paragraph 2).

Its members keep their own passive quotas, and a flight over several of them counts once for each.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from skywitness.core import geodesy
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say, say_n
from skywitness.law.group import REDISTRIBUTION
from skywitness.law.provisions import provision
from skywitness.route.model import Waypoint
from skywitness.route.rules.context import Context
from skywitness.route.rules.distance import Length, in_parts, judge_distance, length_of
from skywitness.route.rules.drafting import NEED_VIEW, cannot_tell, draft, listed, may_prohibit, not_applicable
from skywitness.route.rules.groups import observed_group
from skywitness.route.rules.land import Land
from skywitness.route.rules.measured import MeasuredLeg
from skywitness.route.rules.quota_counts import (
    NEED_FLOWN,
    Count,
    Over,
    counted_as,
    need_returned,
    over_member,
    overs,
)

_NO_REDISTRIBUTION = say("The observed Party is no group whose members keep their own passive quotas on that day.")


@provision("OS:III.II.2(B)")
def counts_for_each(context: Context) -> Iterator[Finding]:
    """Judge that flights over a redistribution group were counted once for each member, and say how this one counts.

    What was flown over the members together cannot exceed what was counted in total, nor what was flown over one
    member exceed what that member accepted; counts that do were made once for a flight over several.
    """
    group = observed_group(context, REDISTRIBUTION)
    if group is None:
        yield not_applicable(context, "OS:III.II.2(B)", _NO_REDISTRIBUTION)
        return
    members = [over_member(context, state) for state in group.members]
    total = Count(context.facts.quota.flown_total, NEED_FLOWN)
    short = _counted_short(context, members, total)
    yield from short
    if not short:
        yield _counted(context, members, total)


def _counted_short(context: Context, members: Sequence[Over], total: Count) -> list[Finding]:
    """Find the counts that leave out a member: the total of who observes, and what each member has accepted."""
    least = sum(over.flown.number or 0 for over in members)
    found = []
    if total.number is not None and total.number < least:
        why = say(
            "{observing} counts {total} flights this year over everybody, but {least} over members of {observed} "
            "alone; a flight over several members counts once for each.",
            observing=context.plan.observing,
            total=total.number,
            least=least,
            observed=context.plan.observed,
        )
        found.append(_short(context, why, total.number, least, context.plan.observing))
    for over in members:
        if over.accepted.number is not None and over.accepted.number < (over.flown.number or 0):
            why = say(
                "{state} counts {accepted} flights accepted this year, but {observing} alone flew {flown} over it.",
                state=over.party,
                accepted=over.accepted.number,
                observing=context.plan.observing,
                flown=over.flown.number,
            )
            found.append(_short(context, why, over.accepted.number, over.flown.number or 0, over.party))
    return found


def _short(context: Context, why: Text, counted: int, least: int, bearer: str) -> Finding:
    return draft(
        context,
        "OS:III.II.2(B)",
        Verdict.BREACH,
        why,
        bearer=bearer,
        effect=Effect(bearer, "must", say("count a flight over several members once for each of them")),
        measured=counted,
        uncertainty=0.0,
        limit=least,
        margin=float(counted - least),
        unit="flights",
    )


def _counted(context: Context, members: Sequence[Over], total: Count) -> Finding:
    """Say how this flight counts, and whether the counts so far are known to fit together."""
    states = list(dict.fromkeys(context.plan.overflown))
    why = say(
        "Against the active quotas of {observing} the flight counts as often as members are overflown ({count}), and "
        "once against the passive quota of each of {members}.",
        count=len(states),
        observing=context.plan.observing,
        members=", ".join(states),
    )
    fields: dict[str, Any] = {
        "bearer": context.plan.observing,
        "effect": Effect(
            context.plan.observing,
            "must",
            say_n("count it as {count} flight", "count it as {count} flights", len(states)),
        ),
        "measured": len(states),
        "unit": "flights",
    }
    counts = [total, *(over.flown for over in members), *(over.accepted for over in members if over.party in states)]
    needs = dict.fromkeys(count.need for count in counts if count.number is None)
    if needs:
        why = say("{why} Whether earlier flights were counted so is not known.", why=why)
        return cannot_tell(context, "OS:III.II.2(B)", why, needs, **fields)
    return draft(context, "OS:III.II.2(B)", Verdict.OK, why, **fields)


@provision("OS:III.II.2(C)")
def more_over_one_member(context: Context) -> Iterator[Finding]:
    """Judge the flights over each member overflown: half as many again as the quota for it, or two without one.

    It is a right of a Party over which members of the group hold active quotas, and of nobody else.
    """
    if observed_group(context, REDISTRIBUTION) is None:
        yield not_applicable(context, "OS:III.II.2(C)", _NO_REDISTRIBUTION)
        return
    for over in overs(context):
        yield _over_member(context, over)


def _over_member(context: Context, over: Over) -> Finding:
    after = over.flown.plus(1)
    bearer, most = context.plan.observing, over.right.number
    if after.number is None or most is None:
        needs = [count.need for count in (over.held, after) if count.number is None]
        why = say(
            "How many flights over {state} are left cannot be told without knowing {facts}.",
            state=over.party,
            facts=listed(needs),
        )
        return cannot_tell(context, "OS:III.II.2(C)", why, needs, bearer=bearer, unit="flights")
    why = say(
        "Flights over {state} this year, this one among them: {after}; with a quota of {held} the right reaches to "
        "{most}.",
        after=after.number,
        state=over.party,
        held=over.held.number,
        most=most,
    )
    if over.returned is False:
        why = say("{why} No member of the group holds a quota over {observing}: nothing is added.", why=why,
                  observing=bearer)  # fmt: skip
    kept = after.number <= most
    finding = draft(
        context,
        "OS:III.II.2(C)",
        Verdict.OK if kept else Verdict.BREACH,
        why,
        bearer=bearer,
        effect=None if kept else may_prohibit(context),
        measured=after.number,
        uncertainty=0.0,
        limit=most,
        margin=float(most - after.number),
        unit="flights",
        values=over.right.used,
    )
    if not over.unsettled(after.number):
        return finding
    return replace(finding, verdict=Verdict.CANNOT_TELL, needs=(need_returned(context),))


@provision("OS:III.II.2(D)")
def sum_over_members(context: Context) -> Iterator[Finding]:
    """Judge the flights over all members, this one included, against the sum of the quotas over all of them."""
    group = observed_group(context, REDISTRIBUTION)
    if group is None:
        yield not_applicable(context, "OS:III.II.2(D)", _NO_REDISTRIBUTION)
        return
    members = [over_member(context, state) for state in group.members]
    counts = [count for over in members for count in (over.held, over.flown)]
    if any(count.number is None for count in counts):
        why = say("Flights added over one member must be taken from the others; the sum over all members is not known.")
        needs = dict.fromkeys(count.need for count in counts if count.number is None)
        yield cannot_tell(context, "OS:III.II.2(D)", why, needs, bearer=context.plan.observing)
        return
    most = sum(over.held.number or 0 for over in members)
    after = sum(over.flown.number or 0 for over in members) + counted_as(context)
    why = say(
        "Flights over all members of {group} this year, this one among them: {after}; the quotas over them: {most}.",
        after=after,
        group=group.code,
        most=most,
    )
    kept = after <= most
    yield draft(
        context,
        "OS:III.II.2(D)",
        Verdict.OK if kept else Verdict.BREACH,
        why,
        bearer=context.plan.observing,
        effect=None if kept else may_prohibit(context),
        measured=after,
        uncertainty=0.0,
        limit=most,
        margin=float(most - after),
        unit="flights",
        values=tuple(used for over in members for used in over.held.used),
    )


@provision("OS:III.II.2(E)")
def distance_of_each_member(context: Context) -> Iterator[Finding]:
    """Judge each part of a flight over several members by itself, with every sensor off between them.

    A part ends where a transit leg leads on to another member.  The first is judged against the distance of the
    airfield of commencement, each further one against that of the Open Skies airfield nearest to where it begins.
    """
    code = "OS:III.II.2(E)"
    if not in_parts(context):
        yield not_applicable(context, code, _NO_REDISTRIBUTION)
        return
    if not any(leg.is_transit for leg in context.legs):
        why = say("Several members are overflown, but no leg between them has its sensors off.")
        yield _observed_across(context, why, 1)
        return
    if context.land is None:
        why = say("Over which member each part of the flight runs cannot be told without a border view.")
        yield cannot_tell(context, code, why, (NEED_VIEW,), bearer=context.plan.observing)
        return
    for part in parts_of(context, context.land):
        if len(part.members) > 1:
            why = say(
                "Legs {legs} observe {members} without a break; between members every sensor has to be off.",
                legs=numbers(part.legs),
                members=", ".join(part.members),
            )
            yield _observed_across(context, why, part.legs[0].number)
        else:
            yield _part_distance(context, context.land, part)


@dataclass(frozen=True, slots=True)
class Part:
    """Observation legs that follow one another over one member, with transit legs among them that stay with it."""

    legs: tuple[MeasuredLeg, ...]
    members: tuple[str, ...]
    first: bool


def parts_of(context: Context, land: Land) -> list[Part]:
    """Part the flight at the transit legs that lead from one member to another."""
    found: list[Part] = []
    waiting: list[MeasuredLeg] = []
    for transit, run in itertools.groupby(context.legs, key=lambda leg: leg.is_transit):
        legs = tuple(run)
        if transit:
            waiting = list(legs)
            continue
        members = _below(land, legs)
        if found and set(members) <= set(found[-1].members):
            before = found.pop()
            found.append(Part((*before.legs, *waiting, *legs), before.members, before.first))
        else:
            found.append(Part(legs, members, not found))
    return found


def _below(land: Land, legs: Sequence[MeasuredLeg]) -> tuple[str, ...]:
    """Name the members whose land lies under these legs for longer than the border is uncertain."""
    numbers = {leg.number for leg in legs}
    km: dict[str, float] = {}
    for piece in land.pieces:
        if piece.leg in numbers and piece.state in land.own:
            km[piece.state] = km.get(piece.state, 0.0) + piece.length_km
    sure = [state for state, length_km in km.items() if length_km > 2.0 * land.band_km]
    return tuple(sure or sorted(km, key=lambda state: -km[state])[:1])


def _part_distance(context: Context, land: Land, part: Part) -> Finding:
    """Judge the length of one part against the distance that applies to it."""
    return judge_part(context, part, length_of(context, land, part.legs))


def judge_part(context: Context, part: Part, length: Length | None, more: Text | None = None) -> Finding:
    """Judge a length of one part against the distance that applies to it; ``more``: what else is to be told."""
    start = part.legs[0].start
    airfield = start.ident if part.first else _nearest_airfield(context, start, part.members)
    what = say(
        "Legs {legs} over {members} begin nearest to {airfield}.",
        legs=numbers(part.legs),
        members=", ".join(part.members) or "-",
        airfield=airfield or "-",
    )
    what = what if more is None else say("{what} {more}", what=what, more=more)
    figure = context.law.maximum_distances(airfield)[""]
    return judge_distance(context, "OS:III.II.2(E)", length, figure, what, start, airfield or "-")


def _nearest_airfield(context: Context, start: Waypoint, members: Sequence[str]) -> str:
    """Name the Open Skies airfield of these members that lies nearest to a point; empty when none is known."""
    fields = [site for state in members for site in context.law.sites_of(state, "open_skies_airfield")]
    placed = [site for site in fields if site.lon is not None]
    near = min(((geodesy.distance_km(start.lon, start.lat, *one.position), one.id) for one in placed), default=None)
    return near[1] if near else ""


def numbers(legs: Sequence[MeasuredLeg]) -> str:
    """Write the numbers of legs in a row."""
    return ", ".join(str(leg.number) for leg in legs)


def _observed_across(context: Context, why: Text, leg: int) -> Finding:
    return draft(
        context,
        "OS:III.II.2(E)",
        Verdict.BREACH,
        why,
        bearer=context.plan.observing,
        effect=may_prohibit(context),
        where=Where(leg=leg),
    )

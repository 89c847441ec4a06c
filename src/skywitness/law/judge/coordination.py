"""Plans for the flights of a year: how many in a quarter, who provides the aircraft, what is left (Annex H)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.consequence import may_raise
from skywitness.law.judge.bench import Bench, cannot_tell, draft, flights, not_applicable
from skywitness.law.judge.distribution import Distribution, distribution
from skywitness.law.judge.docket import Planned, Sequence, Turn
from skywitness.law.judge.missing import need_active
from skywitness.law.provisions import provision

_NO_PLANS: Final = say("No plans for the year are told.")
_NO_SEQUENCE: Final = say("No sequence of flights of the year is told.")


def quarter_end(year: int, quarter: int) -> dt.date:
    """Return the last day of a quarter.

    >>> quarter_end(2007, 2)
    datetime.date(2007, 6, 30)
    """
    after = dt.date(year + quarter // 4, quarter * 3 % 12 + 1, 1)
    return after - dt.timedelta(days=1)


def _planned(bench: Bench) -> tuple[Planned, ...]:
    return tuple(one for one in bench.docket.planned if one.year == bench.at.year)


def _sequences(bench: Bench) -> tuple[Sequence, ...]:
    return tuple(one for one in bench.docket.sequences if one.year == bench.at.year)


def _quarter(quarter: int) -> Where:
    return Where(name=f"Q{quarter}")


@provision("OS:H.2")
def sixteen_in_a_quarter(bench: Bench) -> Iterator[Finding]:
    """Judge the flights planned over each Party in each quarter, and that the flights of a sequence do not overlap."""
    plans, sequences = _planned(bench), _sequences(bench)
    for observed, quarter in dict.fromkeys((bench.holder(one.observed), one.quarter) for one in plans):
        those = [one for one in plans if bench.holder(one.observed) == observed and one.quarter == quarter]
        yield _in_quarter(bench, observed, quarter, those)
    for sequence in sequences:
        yield from _one_at_a_time(bench, sequence)
    if not plans and not sequences:
        yield not_applicable(bench, "OS:H.2", _NO_PLANS)


def _in_quarter(bench: Bench, observed: str, quarter: int, plans: list[Planned]) -> Finding:
    most, count = bench.number("planned_flights_per_quarter"), sum(one.flights for one in plans)
    limit = most.whole or 0
    why = say(
        "For quarter {quarter} {count} over {observed} are planned ({by}); the most allowed is {limit}.",
        count=flights(count),
        observed=observed,
        quarter=quarter,
        by=", ".join(f"{one.observing} {one.flights}" for one in plans),
        limit=flights(limit),
    )
    kept = count <= limit
    planners = ", ".join(dict.fromkeys(one.observing for one in plans))
    consult = Effect(
        planners, "must", say("consult, and settle by lot what stays open (H.3), until no more are planned")
    )
    return draft(
        bench,
        "OS:H.2",
        Verdict.OK if kept else Verdict.BREACH,
        why,
        bearer=planners,
        effect=None if kept else consult,
        measured=count,
        limit=limit,
        margin=float(limit - count),
        unit="flights",
        where=_quarter(quarter),
        values=most.used,
    )


def _one_at_a_time(bench: Bench, sequence: Sequence) -> Iterator[Finding]:
    """Judge flights whose days are told: nobody has to accept two at once, but may."""
    dated = [turn for turn in sequence.turns if turn.start is not None and turn.end is not None]
    clashes = [(one, two) for one, two in combinations(dated, 2) if _overlap(one, two)]
    for one, two in clashes:
        why = say(
            "The flights of {one} and {two} over {observed} overlap in time; {observed} need accept one at a time.",
            one=one.observing,
            two=two.observing,
            observed=sequence.observed,
        )
        need = say("whether {observed} accepts both flights at once", observed=sequence.observed)
        decline = Effect(sequence.observed, "may", say("decline the second of two flights at one time"))
        yield cannot_tell(
            bench,
            "OS:H.2",
            why,
            (need,),
            bearer=sequence.observed,
            effect=decline,
            where=_quarter(sequence.quarter),
        )
    if dated and not clashes:
        why = say(
            "The {count} dated flights over {observed} in quarter {quarter} follow one another.",
            count=len(dated),
            observed=sequence.observed,
            quarter=sequence.quarter,
        )
        yield draft(bench, "OS:H.2", Verdict.OK, why, bearer=sequence.observed, where=_quarter(sequence.quarter))


def _overlap(one: Turn, two: Turn) -> bool:
    """Tell whether two flights share a day."""
    if one.start is None or one.end is None or two.start is None or two.end is None:
        return False
    return one.start <= two.end and two.start <= one.end


# ---- who provides the aircraft ----


@provision("OS:H.4")
def own_aircraft_told(bench: Bench) -> Iterator[Finding]:
    """Judge that the observed Party tells in time for which flights of a sequence it provides the aircraft."""
    sequences = _sequences(bench)
    for sequence in sequences:
        for turn in sequence.turns:
            yield _told_in_time(bench, sequence, turn)
    if not any(sequence.turns for sequence in sequences):
        yield not_applicable(bench, "OS:H.4", _NO_SEQUENCE)


def _told_in_time(bench: Bench, sequence: Sequence, turn: Turn) -> Finding:
    observed, limit = sequence.observed, bench.number("own_aircraft_notice")
    fields: dict[str, Any] = {
        "bearer": observed,
        "unit": "d",
        "values": limit.used,
        "where": _quarter(sequence.quarter),
    }
    words: dict[str, Any] = {"observed": observed, "observing": turn.observing, "quarter": sequence.quarter}
    if turn.provides is False:
        why = say("{observed} does not provide the aircraft of {observing} in quarter {quarter}.", **words)
        return draft(bench, "OS:H.4", Verdict.OK, why, **fields)
    if turn.provides is None or limit.whole is None:
        why = say("Whether {observed} provides the aircraft of {observing} in quarter {quarter} is not known.", **words)
        return cannot_tell(
            bench,
            "OS:H.4",
            why,
            (
                say(
                    "whether {observed} provides that aircraft, and the day it said so (sequence.flight)",
                    observed=observed,
                ),
            ),
            **fields,
        )
    return _by_its_day(bench, sequence, turn, limit.whole, **fields)


def _by_its_day(bench: Bench, sequence: Sequence, turn: Turn, most: int, **fields: Any) -> Finding:
    """Hold the day on which the observed Party told, or that it has told nothing, against the days it has."""
    observed = sequence.observed
    words: dict[str, Any] = {"observed": observed, "observing": turn.observing}
    last = sequence.notified + dt.timedelta(days=most)
    words |= {"notified": sequence.notified, "last": last}
    if turn.told is None and bench.at <= last:
        why = say("The sequence was notified on {notified}; {observed} has until {last} to tell.", **words)
        return not_applicable(bench, "OS:H.4", why, **fields)
    if turn.told is None:
        why = say("The sequence was notified on {notified}; by {last} {observed} has told nothing.", **words)
        return _too_late(bench, turn, why, limit=most, **fields)
    days = (turn.told - sequence.notified).days
    why = say(
        "The sequence was notified on {notified}, and {observed} told {observing} on {told} that it provides the "
        "aircraft.",
        told=turn.told,
        **words,
    )
    fields |= {"measured": days, "limit": most, "margin": float(most - days)}
    if days > most:
        return _too_late(bench, turn, why, **fields)
    return draft(bench, "OS:H.4", Verdict.OK, why, **fields)


def _too_late(bench: Bench, turn: Turn, why: Text, **fields: Any) -> Finding:
    """Find a breach of the time; that the right to provide the aircraft is lost with it the text does not say."""
    why = say("{why} Whether it may still provide the aircraft the text does not say.", why=why)
    return draft(bench, "OS:H.4", Verdict.BREACH, why, effect=may_raise(turn.observing), **fields)


# ---- what is left ----


@provision("OS:H.5")
def what_is_left(bench: Bench) -> Iterator[Finding]:
    """Judge for each pair with plans or quotas what is left to fly, and that it was fitted into the sequence."""
    found, plans = distribution(bench), _planned(bench)
    if not plans:
        yield not_applicable(bench, "OS:H.5", _NO_PLANS)
        return
    pairs = dict.fromkeys((bench.holder(one.observing), bench.holder(one.observed)) for one in plans)
    if found is not None:
        pairs |= dict.fromkeys((share.observing, share.observed) for share in found.shares)
    for observing, observed in pairs:
        those = [
            one for one in plans if (bench.holder(one.observing), bench.holder(one.observed)) == (observing, observed)
        ]
        yield _left(bench, found, observing, observed, those)
        yield from (_beyond_the_plan(bench, one) for one in those if one.flown is not None and one.flown > one.flights)


def _left(bench: Bench, found: Distribution | None, observing: str, observed: str, plans: list[Planned]) -> Finding:
    """Tell what is left of a quota: what was not planned, or planned for a quarter that is over and not flown."""
    held = None if found is None else found.flights(observing, observed)
    planned = sum(one.flights for one in plans)
    over = [one for one in plans if quarter_end(one.year, one.quarter) < bench.at]
    unsaid = [one for one in over if one.flown is None]
    fields: dict[str, Any] = {"bearer": observing, "limit": held, "unit": "flights"}
    words: dict[str, Any] = {"observing": observing, "observed": observed, "planned": flights(planned)}
    if found is not None:
        fields["values"] = tuple(v for one in found.of(observing) if one.observed == observed for v in one.used)
    if held is None or unsaid:
        why = say("What {observing} has left over {observed} is not known; it planned {planned}.", **words)
        return cannot_tell(bench, "OS:H.5", why, _needs(bench, observing, held, unsaid), **fields)
    flown = sum(one.flown or 0 for one in plans)
    coming = sum(one.flights for one in plans if one not in over)
    left = held - flown - coming
    words |= {"held": flights(held), "flown": flown, "coming": coming, "left": flights(max(left, 0))}
    why = say(
        "{observing} has {held} over {observed}, flew {flown} and plans {coming} more; left to it: {left}.", **words
    )
    if left < 0:
        return draft(bench, "OS:H.5", Verdict.BREACH, why, measured=held - left, margin=float(left), **fields)
    use = say("use {left} more over {observed} where the agreed sequence has room", **words)
    right = Effect(observing, "may", use) if left else None
    return draft(bench, "OS:H.5", Verdict.OK, why, effect=right, measured=held - left, margin=float(left), **fields)


def _needs(bench: Bench, observing: str, held: int | None, unsaid: list[Planned]) -> tuple[Text, ...]:
    flown = (
        say("how many flights {who} made over {observed} in quarter {quarter} (planned.flown)", who=one.observing,
            observed=one.observed, quarter=one.quarter)
        for one in unsaid
    )  # fmt: skip
    return (*(() if held is not None else (need_active(bench, observing),)), *flown)


def _beyond_the_plan(bench: Bench, plan: Planned) -> Finding:
    """Judge flights beyond the plan of a quarter: they must have been fitted into the agreed sequence."""
    fields: dict[str, Any] = {
        "bearer": plan.observing,
        "measured": plan.flown,
        "limit": plan.flights,
        "unit": "flights",
        "where": _quarter(plan.quarter),
    }
    words = {
        "observing": plan.observing,
        "observed": plan.observed,
        "flown": flights(plan.flown or 0),
        "planned": plan.flights,
    }
    why = say(
        "In quarter {quarter} {observing} made {flown} over {observed} and had planned {planned}.",
        quarter=plan.quarter,
        **words,
    )
    if plan.fitted is None:
        need = say("whether the others were fitted into the sequence (planned.fitted)")
        return cannot_tell(bench, "OS:H.5", why, (need,), **fields)
    if plan.fitted:
        return draft(bench, "OS:H.5", Verdict.OK, say("{why} The others were fitted in.", why=why), **fields)
    why = say("{why} The others were not fitted into the agreed sequence.", why=why)
    decline = Effect(plan.observed, "may", say("decline flights that the agreed sequence has no room for"))
    return draft(bench, "OS:H.5", Verdict.BREACH, why, effect=decline, **fields)

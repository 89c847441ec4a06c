"""As many flights over another Party as that Party has over it (Article III, Section I, paragraph 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import say
from skywitness.law.consequence import may_raise
from skywitness.law.interpretations import EQUAL_NUMBERS, RIGHT_TO_AS_MANY
from skywitness.law.judge.bench import Bench, cannot_tell, draft, flights
from skywitness.law.judge.distribution import Distribution, distribution
from skywitness.law.judge.missing import need_active, without_distribution
from skywitness.law.provisions import provision


@provision("OS:III.I.3")
def as_many_as_over_it(bench: Bench) -> Iterator[Finding]:
    """Judge each pair of holders: who may fly fewer times over the other than that one over it may ask for as many.

    The first distribution itself gives unequal numbers, so that this is taken unless a reading wants them equal.
    """
    found = distribution(bench)
    if found is None:
        yield without_distribution(bench, "OS:III.I.3")
        return
    pairs = dict.fromkeys(tuple(sorted((share.observing, share.observed))) for share in found.shares)
    for one, other in pairs:
        if bench.day.is_party(one) and bench.day.is_party(other):
            yield _pair(bench, found, one, other)


def _pair(bench: Bench, found: Distribution, one: str, other: str) -> Finding:
    there, back = found.flights(one, other), found.flights(other, one)
    if there is None or back is None:
        silent = one if there is None else other
        why = say(
            "{one} and {other} fly over each other; how often {silent} may is not known.",
            one=one,
            other=other,
            silent=silent,
        )
        return cannot_tell(bench, "OS:III.I.3", why, (need_active(bench, silent),), bearer=silent)
    fewer, more = (one, other) if there <= back else (other, one)
    least, most = sorted((there, back))
    used = tuple(
        value for share in found.shares if {share.observing, share.observed} == {one, other} for value in share.used
    )
    fields: dict[str, Any] = {
        "measured": least,
        "limit": most,
        "margin": float(least - most),
        "unit": "flights",
        "values": used,
    }
    if least == most:
        why = say(
            "{one} and {other} each have {count} a year over the other.", one=one, other=other, count=flights(most)
        )
        return draft(bench, "OS:III.I.3", Verdict.OK, why, bearer=fewer, **fields)
    why = say(
        "{more} has {most} a year over {fewer}, and {fewer} has {least} over {more}.",
        more=more,
        fewer=fewer,
        most=flights(most),
        least=flights(least),
    )
    if bench.reading.interpretation("III.I.3", RIGHT_TO_AS_MANY) == EQUAL_NUMBERS:
        why = say("{why} Under this reading both numbers have to be equal.", why=why)
        return draft(bench, "OS:III.I.3", Verdict.BREACH, why, bearer=more, effect=may_raise(fewer), **fields)
    ask = say("ask for up to {count} more over {more}", count=flights(most - least), more=more)
    return draft(bench, "OS:III.I.3", Verdict.OK, why, bearer=fewer, effect=Effect(fewer, "may", ask), **fields)

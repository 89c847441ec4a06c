"""How many flights a distribution may give others over a Party (Annex A, Section II, paragraphs 1 to 3).

Three quarters of the passive quota, rounded down, until full implementation; all of it afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from skywitness.core.finding import Effect, Finding, UsedValue, Verdict
from skywitness.core.text import Text, say
from skywitness.law.consequence import may_raise
from skywitness.law.judge.bench import Bench, cannot_tell, draft, flights, listed_in_annex_a, not_applicable
from skywitness.law.judge.distribution import (
    Distribution,
    Share,
    concerns_additional,
    distribution,
    first_distribution,
    flown,
)
from skywitness.law.judge.missing import missing_holders, need_passive, without_distribution
from skywitness.law.provisions import provision
from skywitness.law.slips import slips

_DISTRIBUTING = "commission"
"""Quotas are distributed by all Parties in the Commission (III.I.7); a Party given too many flights breaks nothing."""


@provision("OS:A.II.1")
def first_cap(bench: Bench) -> Iterator[Finding]:
    """Judge what the first distribution gives others over each holder: 75 % of its passive quota, rounded down."""
    if bench.at > bench.first_distribution_ends:
        why = say("The first distribution ended on {day}.", day=bench.first_distribution_ends)
        yield not_applicable(bench, "OS:A.II.1", why)
        return
    shares = (distribution(bench) or Distribution(())).shares
    first = Distribution(tuple(share for share in shares if not concerns_additional(bench, share)))
    yield from _caps(bench, "OS:A.II.1", first)


@provision("OS:A.II.2")
def later_cap(bench: Bench) -> Iterator[Finding]:
    """Judge the same of the distributions that follow, until full implementation."""
    if not bench.first_distribution_ends < bench.at < bench.full_implementation:
        why = say("Such distributions are those from the end of the first to full implementation.")
        yield not_applicable(bench, "OS:A.II.2", why)
        return
    found = distribution(bench)
    if found is None:
        yield without_distribution(bench, "OS:A.II.2")
    else:
        yield from _caps(bench, "OS:A.II.2", found)


def _caps(bench: Bench, code: str, found: Distribution) -> Iterator[Finding]:
    share = bench.number("first_distribution_share")
    listed = listed_in_annex_a(bench.instrument) if code == "OS:A.II.1" else bench.holders()
    for observed in dict.fromkeys((*listed, *(one.observed for one in found.shares))):
        passive = bench.passive(observed)
        cap = None if passive.whole is None else math.floor(passive.whole * (share.value or 0.0) / 100.0)
        yield accepted_within(bench, code, found, observed, cap, (*share.used, *passive.used))


def accepted_within(
    bench: Bench, code: str, found: Distribution, observed: str, cap: int | None, used: tuple[UsedValue, ...]
) -> Finding:
    """Judge what all others may fly over a holder against a cap; of a distribution known in part it is the least."""
    over = found.over(observed)
    count, needs = flown(over), missing_holders(bench, found, observed)
    fields: dict[str, Any] = {
        "bearer": observed,
        "measured": count,
        "limit": cap,
        "margin": None if cap is None else float(cap - count),
        "unit": "flights",
        "values": (*(value for share in over for value in share.used), *used),
    }
    by = ", ".join(f"{share.observing} {share.flights}" for share in over) or "-"
    if cap is None:
        why = say("What {observed} must accept at most is not known.", observed=observed)
        return cannot_tell(bench, code, why, (need_passive(observed), *needs), **fields)
    why = say(
        "Others have {count} over {observed} ({by}), a shared one counted once; the most to be accepted is {cap}.",
        observed=observed,
        count=flights(count),
        by=by,
        cap=flights(cap),
    )
    if count > cap:
        return _over_the_cap(bench, code, why, observed, over, fields)
    if needs:
        return cannot_tell(bench, code, say("{why} Others may have more.", why=why), needs, **fields)
    return draft(bench, code, Verdict.OK, why, **fields)


def _over_the_cap(
    bench: Bench, code: str, why: Text, observed: str, over: tuple[Share, ...], fields: dict[str, Any]
) -> Finding:
    if not any(share.told for share in over) and code == "OS:A.II.1":
        slip = next((one.id for one in slips("text", "arithmetic") if one.where == code), "-")
        why = say("{why} The text breaks its own rule here; it is kept as printed (slip {slip}).", why=why, slip=slip)
        return draft(bench, code, Verdict.BREACH, why, **{**fields, "bearer": None, "effect": may_raise(observed)})
    decline = Effect(observed, "may", say("decline the flights beyond that number"))
    return draft(bench, code, Verdict.BREACH, why, **{**fields, "bearer": _DISTRIBUTING, "effect": decline})


# ---- all of it ----


@provision("OS:A.II.3")
def full_passive_quota(bench: Bench) -> Iterator[Finding]:
    """Judge a distribution after full implementation: within the passive quota, grown in proportion from the first."""
    if bench.at < bench.full_implementation:
        why = say("Full implementation begins on {day}.", day=bench.full_implementation)
        yield not_applicable(bench, "OS:A.II.3", why)
        return
    found = distribution(bench)
    if found is None:
        yield without_distribution(bench, "OS:A.II.3")
        return
    for observed in dict.fromkeys((*bench.holders(), *(one.observed for one in found.shares))):
        passive = bench.passive(observed)
        yield accepted_within(bench, "OS:A.II.3", found, observed, passive.whole, passive.used)
    at_first = bench.on(bench.begins)
    for share in first_distribution(at_first):
        if bench.day.is_party(share.observing) and bench.day.is_party(share.observed):
            yield _grown(bench, found, share)


def _grown(bench: Bench, found: Distribution, first: Share) -> Finding:
    """Judge one right of the first distribution against the same number grown as the share to be accepted grew."""
    growth = bench.on(bench.begins).number("first_distribution_share")
    least = math.floor(first.flights * 100.0 / (growth.value or 100.0))
    now = found.flights(first.observing, first.observed)
    words = {
        "observing": first.observing,
        "observed": first.observed,
        "first": flights(first.flights),
        "least": flights(least),
    }
    agreed = bench.agreement("OS:A.II.3", (first.observing, first.observed))
    told = tuple(v for one in found.of(first.observing) if one.observed == first.observed for v in one.used)
    fields: dict[str, Any] = {
        "bearer": _DISTRIBUTING,
        "measured": now,
        "limit": least,
        "margin": None if now is None else float(now - least),
        "unit": "flights",
        "values": (*first.used, *told, *growth.used),
    }
    if now is None:
        why = say("How often {observing} may fly over {observed} is not known; in proportion it is {least}.", **words)
        return cannot_tell(bench, "OS:A.II.3", why, missing_holders(bench, found), **fields)
    why = say(
        "{observing} had {first} over {observed} in the first distribution, which has grown to {least}; it has {now}.",
        now=flights(now),
        **words,
    )
    if now >= least:
        return draft(bench, "OS:A.II.3", Verdict.OK, why, **fields)
    if agreed is not None:
        return draft(bench, "OS:A.II.3", Verdict.OK, why, by_agreement=agreed.source, **fields)
    need = say(
        "whether all Parties agreed otherwise (an [[agreement]] of ALL on OS:A.II.3), or it was not possible to give "
        "{observing} as much over {observed}",
        **words,
    )
    ask = Effect(first.observing, "may", say("request a distribution grown in proportion from the first"))
    return cannot_tell(bench, "OS:A.II.3", why, (need,), effect=ask, **fields)

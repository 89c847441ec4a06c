"""Active quotas of and over a State that joins later (Annex A, Section II, paragraph 4).

Additional is a State that the list of Annex A does not name: its quotas, passive and active, are for the Commission to
settle when it joins, within the bounds judged here.  From the second year on it is a Party like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.law.judge.bench import Bench, cannot_tell, draft, flights, not_applicable
from skywitness.law.judge.distribution import Distribution, Share, distribution, flown
from skywitness.law.judge.missing import missing_holders, need_active, need_passive
from skywitness.law.judge.totals import active_total
from skywitness.law.legal_day import ALL
from skywitness.law.provisions import provision

_NONE = say("No State beyond the list of Annex A joined in this year or the last.")


@provision("OS:A.II.4(A)")
def flights_of_newcomers(bench: Bench) -> Iterator[Finding]:
    """Judge what each additional State has or asks for: within its own passive quota and those of the Parties asked."""
    found = distribution(bench) or Distribution((), bench.holders())
    newcomers = bench.newcomers()
    for code in newcomers:
        yield _own_total(bench, found, code)
        for share in found.of(code):
            yield _within_theirs(bench, found, share, "OS:A.II.4(A)", agreeable=True)
    if not newcomers:
        yield not_applicable(bench, "OS:A.II.4(A)", _NONE)


@provision("OS:A.II.4(B)")
def flights_over_newcomers(bench: Bench) -> Iterator[Finding]:
    """Judge what others have or ask for over each additional State: within its passive and their active quotas."""
    found = distribution(bench) or Distribution((), bench.holders())
    newcomers = bench.newcomers()
    for code in newcomers:
        shares = found.over(code)
        if not shares:
            yield _may_be_asked(bench, found, code)
        for share in shares:
            yield _within_theirs(bench, found, share, "OS:A.II.4(B)", agreeable=False)
            yield from _within_active(bench, found, share)
    if not newcomers:
        yield not_applicable(bench, "OS:A.II.4(B)", _NONE)


def _own_total(bench: Bench, found: Distribution, code: str) -> Finding:
    passive, total = bench.passive(code), active_total(bench, found, code)
    fields: dict[str, Any] = {"bearer": code, "measured": total, "limit": passive.whole, "unit": "flights"}
    fields["values"] = (*(value for share in found.of(code) for value in share.used), *passive.used)
    ask = say("ask for observation flights within its passive quota and those of the Parties asked")
    right = Effect(code, "may", ask)
    if passive.whole is None:
        why = say("What {code} must accept, and so how much it may ask for, is not known.", code=code)
        needs = (need_passive(code), *(() if total is not None else (need_active(bench, code),)))
        return cannot_tell(bench, "OS:A.II.4(A)", why, needs, effect=right, **fields)
    if total is None:
        most = flights(passive.whole)
        why = say("{code} may ask for up to {most}; what it has is not known.", code=code, most=most)
        return cannot_tell(bench, "OS:A.II.4(A)", why, (need_active(bench, code),), effect=right, **fields)
    margin = float(passive.whole - total)
    why = say(
        "{code} has {total} in total and must accept {most}; it may ask for no more than that.",
        code=code,
        total=flights(total),
        most=flights(passive.whole),
    )
    if total > passive.whole:
        return draft(bench, "OS:A.II.4(A)", Verdict.BREACH, why, margin=margin, **fields)
    return draft(bench, "OS:A.II.4(A)", Verdict.OK, why, margin=margin, effect=right if margin else None, **fields)


def _within_theirs(bench: Bench, found: Distribution, share: Share, code: str, agreeable: bool) -> Finding:
    """Judge a share against the passive quota of the Party overflown, with everything else flown over that Party."""
    passive, over = bench.passive(share.observed), found.over(share.observed)
    count, needs = flown(over), missing_holders(bench, found, share.observed)
    words = {"observing": share.observing, "observed": share.observed, "own": flights(share.flights)}
    fields: dict[str, Any] = {"bearer": share.observing, "measured": count, "limit": passive.whole, "unit": "flights"}
    fields["values"] = (*share.used, *passive.used)
    if passive.whole is None:
        why = say("What {observed} must accept is not known.", **words)
        return cannot_tell(bench, code, why, (need_passive(share.observed), *needs), **fields)
    fields["margin"] = float(passive.whole - count)
    why = say(
        "{observing} has {own} over {observed}, which with those of the others makes {count}; {observed} must accept "
        "{most}.",
        count=flights(count),
        most=flights(passive.whole),
        **words,
    )
    if count > passive.whole:
        return _too_many(bench, share, code, agreeable, why, fields)
    if needs:
        return cannot_tell(bench, code, say("{why} Others may have more.", why=why), needs, **fields)
    return draft(bench, code, Verdict.OK, why, **fields)


def _too_many(bench: Bench, share: Share, code: str, agreeable: bool, why: Text, fields: dict[str, Any]) -> Finding:
    agreed = bench.agreement(code, (share.observing, share.observed)) if agreeable else None
    if agreed is not None:
        return draft(bench, code, Verdict.OK, why, by_agreement=agreed.source, **fields)
    decline = Effect(share.observed, "may", say("decline the flights beyond that number"))
    return draft(bench, code, Verdict.BREACH, why, effect=decline, **fields)


def _may_be_asked(bench: Bench, found: Distribution, code: str) -> Finding:
    """Say that every other Party may ask for flights over an additional State over which none is distributed."""
    passive, others = bench.passive(code), tuple(one for one in found.unknown if one != code)
    ask = say("as any State Party, ask for flights over {code} within its own active quota", code=code)
    right = Effect(ALL, "may", ask)
    fields: dict[str, Any] = {"bearer": code, "limit": passive.whole, "unit": "flights", "values": passive.used}
    if passive.whole is None or others:
        why = say("What others may fly over {code} is not known.", code=code)
        needs = (*missing_holders(bench, found, code), *(() if passive.whole is not None else (need_passive(code),)))
        return cannot_tell(bench, "OS:A.II.4(B)", why, needs, effect=right, **fields)
    most = flights(passive.whole)
    why = say("No flight over {code} is distributed; it must accept up to {most}.", code=code, most=most)
    margin = float(passive.whole)
    return draft(bench, "OS:A.II.4(B)", Verdict.OK, why, effect=right, measured=0, margin=margin, **fields)


def _within_active(bench: Bench, found: Distribution, share: Share) -> Iterator[Finding]:
    """Judge, where the total active quota of who asks is told, that what it has over everybody fits into it."""
    rows = [row for row in bench.held_rows() if bench.holder(row.party) == share.observing]
    stated = next((row for row in rows if row.active_total is not None), None)
    if stated is None or stated.active_total is None:
        return
    held = found.held(share.observing)
    why = say(
        "{observing} has {held} over all others together, of which {own} over {observed}; its total active quota is "
        "{total}.",
        observing=share.observing,
        observed=share.observed,
        held=flights(held),
        own=flights(share.flights),
        total=flights(stated.active_total),
    )
    cited = bench.told_value("total_active_quota", share.observing, stated.active_total, stated.source)
    yield draft(
        bench,
        "OS:A.II.4(B)",
        Verdict.OK if held <= stated.active_total else Verdict.BREACH,
        why,
        bearer=share.observing,
        measured=held,
        limit=stated.active_total,
        margin=float(stated.active_total - held),
        unit="flights",
        values=(*share.used, cited),
    )

"""The first distribution of active quotas stands as Annex A has it (Article III, Section I, paragraph 6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say
from skywitness.law.consequence import may_raise
from skywitness.law.judge.bench import Bench, cannot_tell, draft, flights, not_applicable
from skywitness.law.judge.distribution import (
    Distribution,
    Share,
    concerns_additional,
    distribution,
    first_distribution,
    flown,
)
from skywitness.law.provisions import provision


@provision("OS:III.I.6")
def first_distribution_stands(bench: Bench) -> Iterator[Finding]:
    """Judge that, while it holds, the quotas in force are those of the first distribution; say what it leaves open."""
    code = "OS:III.I.6"
    if bench.at > bench.first_distribution_ends:
        why = say("The first distribution ended on {day}.", day=bench.first_distribution_ends)
        yield not_applicable(bench, code, why)
        return
    printed = {(share.observing, share.observed): share for share in first_distribution(bench)}
    found = distribution(bench) or Distribution(())
    between = [share for share in found.shares if not concerns_additional(bench, share)]
    names = {(share.observing, share.observed) for share in between}
    told = {bench.holder(row.party) for row in bench.held_rows()}
    for share in between:
        if share.told:
            yield _against_the_text(bench, share, printed.get((share.observing, share.observed)))
    for pair, share in printed.items():
        if share.observing in told and pair not in names:
            yield _left_out(bench, share)
    kept = tuple(share for share in printed.values() if share.observing not in told)
    yield _as_printed(bench, kept)
    for share in kept:
        if not (bench.day.is_party(share.observing) and bench.day.is_party(share.observed)):
            yield _not_effective(bench, share)


def _as_printed(bench: Bench, kept: tuple[Share, ...]) -> Finding:
    why = say(
        "{count} in {pairs} rights of one Party over another stand as Annex A, Section II has them, until {end}.",
        count=flights(flown(kept)),
        pairs=len(kept),
        end=bench.first_distribution_ends,
    )
    values = tuple(value for share in kept for value in share.used)
    return draft(bench, "OS:III.I.6", Verdict.OK, why, measured=flown(kept), unit="flights", values=values)


def _against_the_text(bench: Bench, share: Share, printed: Share | None) -> Finding:
    in_text = 0 if printed is None else printed.flights
    why = say(
        "{observing} is said to have {count} over {observed}; the first distribution gives it {printed}.",
        observing=share.observing,
        observed=share.observed,
        count=flights(share.flights),
        printed=flights(in_text),
    )
    kept = share.flights == in_text
    return draft(
        bench,
        "OS:III.I.6",
        Verdict.OK if kept else Verdict.BREACH,
        why,
        bearer=share.observing,
        effect=None if kept else may_raise(share.observed),
        measured=share.flights,
        limit=in_text,
        margin=float(in_text - share.flights),
        unit="flights",
        values=(*share.used, *(printed.used if printed else ())),
    )


def _left_out(bench: Bench, printed: Share) -> Finding:
    why = say(
        "The first distribution gives {observing} {count} over {observed}; what is told leaves that out.",
        observing=printed.observing,
        observed=printed.observed,
        count=flights(printed.flights),
    )
    return draft(
        bench,
        "OS:III.I.6",
        Verdict.BREACH,
        why,
        bearer=printed.observed,
        effect=may_raise(printed.observing),
        measured=0,
        limit=printed.flights,
        margin=float(-printed.flights),
        unit="flights",
        values=printed.used,
    )


def _not_effective(bench: Bench, share: Share) -> Finding:
    """Say of a right of or over somebody who is no Party that it has no effect as printed."""
    gone = [code for code in (share.observing, share.observed) if not bench.day.is_party(code)]
    heirs = [heir for code in gone if (one := bench.instrument.parties.get(code)) for heir in one.successors]
    why = say(
        "The text gives {observing} {count} over {observed}, but {gone} is no Party on that day.",
        observing=share.observing,
        observed=share.observed,
        count=flights(share.flights),
        gone=", ".join(gone),
    )
    fields: dict[str, Any] = {
        "bearer": share.observing,
        "measured": share.flights,
        "unit": "flights",
        "values": share.used,
    }
    if not heirs:
        return not_applicable(bench, "OS:III.I.6", why, **fields)
    need = say("the decision that divides what the text gives between {heirs}", heirs=", ".join(heirs))
    return cannot_tell(bench, "OS:III.I.6", why, (need,), **fields)

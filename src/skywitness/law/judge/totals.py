"""No more active than passive quota in total (Article III, Section I, paragraph 5; Section II, paragraph 3(B))."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say
from skywitness.law.judge.bench import Bench, cannot_tell, draft, flights, not_applicable
from skywitness.law.judge.distribution import Distribution, distribution
from skywitness.law.judge.missing import need_active, need_passive, without_distribution
from skywitness.law.provisions import provision


@provision("OS:III.I.5")
def total_within_passive(bench: Bench) -> Iterator[Finding]:
    """Judge that no holder has more active quota in total than it must accept."""
    yield from _totals(bench, "OS:III.I.5", groups=False)


@provision("OS:III.II.3(B)")
def group_total_within_passive(bench: Bench) -> Iterator[Finding]:
    """Judge the same of groups with common quotas."""
    yield from _totals(bench, "OS:III.II.3(B)", groups=True)


def _totals(bench: Bench, code: str, groups: bool) -> Iterator[Finding]:
    found = distribution(bench)
    standing = [code for code in bench.holders() if bench.is_common_group(code)]
    if groups and not standing:
        yield not_applicable(bench, code, say("No group with common quotas stands on that day."))
    elif found is None:
        yield without_distribution(bench, code)
    else:
        for holder in standing if groups else (one for one in bench.holders() if one not in standing):
            yield _total(bench, found, code, holder)


def _total(bench: Bench, found: Distribution, code: str, holder: str) -> Finding:
    passive, total = bench.passive(holder).whole, active_total(bench, found, holder)
    if passive is None or total is None:
        why = say("The total active quota of {holder} cannot be held against its passive quota.", holder=holder)
        missing = ((total, need_active(bench, holder)), (passive, need_passive(holder)))
        needs = [need for number, need in missing if number is None]
        return cannot_tell(bench, code, why, needs, bearer=holder)
    why = say(
        "{holder} has {total} a year over all others together and must accept {passive}.",
        holder=holder,
        total=flights(total),
        passive=flights(passive),
    )
    verdict = Verdict.OK if total <= passive else Verdict.BREACH
    return draft(
        bench,
        code,
        verdict,
        why,
        bearer=holder,
        measured=total,
        limit=passive,
        margin=float(passive - total),
        unit="flights",
        values=(*(value for share in found.of(holder) for value in share.used), *bench.passive(holder).used),
    )


def active_total(bench: Bench, found: Distribution, holder: str) -> int | None:
    """Return the total active quota: as told, else the sum of what is known; ``None`` where nothing is."""
    told = [row.active_total for row in bench.held_rows() if bench.holder(row.party) == holder]
    stated = next((number for number in told if number is not None), None)
    if holder in found.unknown:
        return stated
    return max(found.held(holder), stated or 0)

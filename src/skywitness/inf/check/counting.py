"""What counts as one missile in store (Article VII.10)."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.inf.check.model import Ledger, Stored
from skywitness.inf.law import Law
from skywitness.inf.types import types
from skywitness.law.provisions import provision

__all__ = ["count_stored", "judge_stores"]


def judge_stores(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Hold what is counted in each store against what the Treaty counts there."""
    for one in sorted(ledger.stores, key=lambda row: row.id):
        yield _held(one, law)


def count_stored(one: Stored) -> tuple[str, int | None]:
    """Return the paragraph that applies and how many missiles it counts; ``None`` where not enough is told.

    Stages and whole missiles may lie side by side: each of the longest stages is one missile, and so is each canister
    that was not shown to be empty and each assembled missile.
    """
    if types()[one.type].kind == "cruise":
        return "VII.10(C)", one.airframes
    if one.canisters is None and one.assembled is None:
        return "VII.10(A)", one.longest_stages
    full = (one.canisters or 0) - (one.shown_empty or 0)
    return "VII.10(B)", full + (one.assembled or 0) + (one.longest_stages or 0)


@provision("INF:VII.10(A)")
@provision("INF:VII.10(B)")
@provision("INF:VII.10(C)")
def _held(one: Stored, law: Law) -> Finding:
    ident, number = count_stored(one)
    told = {"name": one.id, "by": one.by, "counted": one.counted, "number": number}
    where = Where(name=one.id)
    if number is None:
        why = say("{name}: what lies there is not told.", name=one.id)
        needs = (say("longest stages, canisters and assembled missiles, or airframes"),)
        return law.finding(ident, Verdict.CANNOT_TELL, why, where=where, bearer=one.party, needs=needs)
    numbers = {"measured": one.counted, "limit": number, "unit": "missiles", "where": where, "bearer": one.party}
    if number == one.counted:
        why = say("{name} (told by {by}): {number} missiles, as counted.", **told)
        return law.finding(ident, Verdict.OK, why, **numbers)
    why = say("{name} (told by {by}): {counted} missiles are counted; by the Treaty there are {number}.", **told)
    effect = Effect(one.party, "must", say("count {number} missiles there", number=number))
    return law.finding(ident, Verdict.BREACH, why, effect=effect, **numbers)

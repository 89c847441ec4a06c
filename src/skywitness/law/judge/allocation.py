"""The allocation of passive quotas (Annex A, Section I, paragraph 1)."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say
from skywitness.law.consequence import may_raise
from skywitness.law.judge.bench import Bench, draft, flights, listed_in_annex_a, not_applicable
from skywitness.law.legal_day import Number
from skywitness.law.provisions import provision


@provision("OS:A.I.1")
def allocation(bench: Bench) -> Iterator[Finding]:
    """Judge for each holder of the list that its passive quota is the allocated one, and effective: it has ratified."""
    told = {bench.holder(row.party): row for row in bench.held_rows() if row.passive_total is not None}
    for code in listed_in_annex_a(bench.instrument):
        allocated = bench.day.passive_quota(code)
        if not bench.day.is_party(code) or allocated.whole is None:
            why = say("The allocation of {code} has no effect: it is no Party on that day.", code=code)
            yield not_applicable(bench, "OS:A.I.1", why, bearer=code)
            continue
        row = told.get(code)
        number = allocated.whole if row is None or row.passive_total is None else row.passive_total
        yield _allocated(bench, code, number, allocated, row.decided if row else "")


def _allocated(bench: Bench, code: str, number: int, allocated: Number, decided: str) -> Finding:
    limit = allocated.whole or 0
    why = say("{code} must accept {limit} a year.", code=code, limit=flights(limit))
    if number != limit:
        why = say(
            "{code} is said to have to accept {number} a year; it is allocated {limit}.",
            code=code,
            number=flights(number),
            limit=flights(limit),
        )
    verdict = Verdict.OK if number == limit or decided else Verdict.BREACH
    return draft(
        bench,
        "OS:A.I.1",
        verdict,
        why,
        bearer=code,
        by_agreement=decided or None if number != limit else None,
        effect=None if verdict is Verdict.OK else may_raise(code),
        measured=number,
        limit=limit,
        margin=float(-abs(number - limit)),
        unit="flights",
        values=allocated.used,
    )

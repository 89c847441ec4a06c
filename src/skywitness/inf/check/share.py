"""The mix of types in the first phase: the share of ballistic missiles may not grow (Article IV.2(A)(V))."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.inf.check.model import Holding, Ledger
from skywitness.inf.law import INTERMEDIATE, Law
from skywitness.inf.types import types
from skywitness.law.provisions import provision

__all__ = ["BASE_DAY", "judge_share"]

BASE_DAY: Final = dt.date(1987, 11, 1)
"""The day of the base data (Article IX.1)."""

_CLOSE: Final = 1e-12


@provision("INF:IV.2(A)(V)")
def judge_share(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Hold the share of ballistic missiles among those of intermediate range against that of the base day."""
    (first, _), (second, _) = law.from_start("first_phase"), law.from_start("second_phase")
    lines: dict[tuple[str, str], dict[dt.date, list[Holding]]] = {}
    for one in sorted(ledger.holdings, key=lambda row: (row.said, row.id)):
        if types()[one.type].missile_class == INTERMEDIATE and one.said <= ledger.at:
            days = lines.setdefault((one.by, one.party), {})
            days[one.as_of] = [row for row in days.get(one.as_of, []) if row.type != one.type] + [one]
    for (by, party), days in sorted(lines.items()):
        for as_of in sorted(days):
            if first <= as_of < second:
                yield _held_against(_share(days.get(BASE_DAY, ())), _share(days[as_of]), by, party, as_of, law)


def _share(rows: Iterable[Holding]) -> float | None:
    """Return the share of ballistic missiles; ``None`` where it is not told or there are no missiles."""
    counts = [(types()[one.type].kind == "ballistic", one.deployed) for one in rows]
    total = sum(count or 0 for _, count in counts)
    if not total or any(count is None for _, count in counts):
        return None
    return sum(count or 0 for ballistic, count in counts if ballistic) / total


def _held_against(base: float | None, share: float | None, by: str, party: str, as_of: dt.date, law: Law) -> Finding:
    where = Where(name=f"{party} {as_of.isoformat()} ({by})")
    if base is None or share is None:
        why = say("{by}: the mix of {party} then or on 1 November 1987 is not told.", by=by, party=party)
        needs = (say("deployed missiles of every type of intermediate range on both days"),)
        return law.finding("IV.2(A)(V)", Verdict.CANNOT_TELL, why, where=where, bearer=party, needs=needs)
    told = {"by": by, "party": party, "share": 100.0 * share, "base": 100.0 * base}
    numbers = {"measured": 100.0 * share, "limit": 100.0 * base, "margin": 100.0 * (base - share), "unit": "percent"}
    why = say("{by}: ballistic missiles of {party} are {share:.1f} percent, they were {base:.1f}.", **told)
    if share <= base + _CLOSE:
        return law.finding("IV.2(A)(V)", Verdict.OK, why, where=where, bearer=party, **numbers)
    effect = Effect(party, "must", say("bring the share of ballistic missiles down"))
    return law.finding("IV.2(A)(V)", Verdict.BREACH, why, where=where, bearer=party, effect=effect, **numbers)

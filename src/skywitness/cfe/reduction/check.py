"""Judge a reduction ledger under one reading, under all that differ, and say how much is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType
from typing import Any, Final

from skywitness.cfe.law import Law
from skywitness.cfe.reduction.account import liability_on, reduced
from skywitness.cfe.reduction.items import judge_items
from skywitness.cfe.reduction.model import Ledger
from skywitness.cfe.reduction.phases import ends, judge_liabilities
from skywitness.cfe.reduction.places import judge_places
from skywitness.cfe.reduction.seen import judge_seen
from skywitness.cfe.reduction.ways import judge_caps, judge_ways
from skywitness.cfe.span import Span
from skywitness.cfe.ways import interpretations
from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading

__all__ = ["READINGS", "Account", "accounts", "by_reading", "judge"]

READINGS: Final = ("CFE:VIII.4", "CFE:IX.1(B)", "CFE:VIII.3")
"""Disputed places that reduction turns on: the first day, rounding, and when an item is reduced."""


@dataclass(frozen=True, slots=True)
class Account:
    """How far a State is with a category on the day: ``left`` is what is still to be reduced, at least and at most."""

    state: str
    category: str
    liability: int
    reduced: Span
    phases: Mapping[str, tuple[dt.date, int, Span]]

    @property
    def left(self) -> Span:
        """What is still to be reduced."""
        return Span(max(0, self.liability - (self.reduced.high or 0)), max(0, self.liability - self.reduced.low))

    def to_json(self) -> dict[str, Any]:
        """Write every field."""
        return {
            "state": self.state,
            "category": self.category,
            "liability": self.liability,
            "reduced": self.reduced.to_json(),
            "left": self.left.to_json(),
            "phases": {
                name: {"end": end.isoformat(), "least": least, "reduced": done.to_json()}
                for name, (end, least, done) in self.phases.items()
            },
        }


def judge(ledger: Ledger, reading: Reading, only: Collection[str] = ()) -> tuple[Finding, ...]:
    """Judge everything that is told; with ``only`` by some provisions."""
    law = Law(reading)
    found = [
        *judge_liabilities(ledger, law),
        *judge_ways(ledger, law),
        *judge_caps(ledger, law),
        *judge_items(ledger, law),
        *judge_places(ledger, law),
        *(finding for one in ledger.seen for finding in judge_seen(one, law)),
    ]
    return tuple(one for one in found if not only or one.provision in only)


def accounts(ledger: Ledger, reading: Reading) -> tuple[Account, ...]:
    """Say how far every State is with every category of which a liability is told."""
    law = Law(reading)
    found = []
    for one in ledger.liabilities:
        now = liability_on(ledger, one.state, one.category, reading.at)
        if now is None:
            continue
        phases = {}
        for name, end in ends(law).items():
            due = liability_on(ledger, one.state, one.category, end) or 0
            least = law.share(law.number(f"{name}_phase_share")[0], due, least=True)
            phases[name] = (end, least, reduced(ledger, one.state, one.category, min(end, reading.at), law))
        done = reduced(ledger, one.state, one.category, reading.at, law)
        found.append(Account(one.state, one.category, now, done, MappingProxyType(phases)))
    return tuple(found)


def by_reading(ledger: Ledger, reading: Reading) -> dict[tuple[str, str], dict[str, Verdict | None]]:
    """Judge under every reading there is; return the verdicts that differ, by place and provision, by reading.

    A reading is named by those of its ways that matter there; ``None``: the provision is not judged under it.
    """
    every = list(product(*(interpretations()[ident].ways for ident in READINGS)))
    found: dict[tuple[str, str], dict[tuple[str, ...], Verdict]] = {}
    for chosen in every:
        ways = MappingProxyType({**reading.interpretations, **dict(zip(READINGS, chosen, strict=True))})
        for one in judge(ledger, replace(reading, interpretations=ways)):
            place = one.where.name if one.where and one.where.name else one.bearer or ""
            told = found.setdefault((place, one.provision), {})
            told[chosen] = _worse(told.get(chosen), one.verdict)
    answers = {key: {chosen: told.get(chosen) for chosen in every} for key, told in found.items()}
    return {key: _named(told) for key, told in answers.items() if len(set(told.values())) > 1}


def _named(told: Mapping[tuple[str, ...], Verdict | None]) -> dict[str, Verdict | None]:
    """Name readings by the places alone on which the verdict depends."""
    matter = [at for at in range(len(READINGS)) if _matters(told, at)]
    return {" + ".join(chosen[at] for at in matter): verdict for chosen, verdict in told.items()}


def _matters(told: Mapping[tuple[str, ...], Verdict | None], at: int) -> bool:
    """Tell whether two readings that differ in one place alone have different verdicts."""
    seen: dict[tuple[str, ...], set[Verdict | None]] = {}
    for chosen, verdict in told.items():
        seen.setdefault(chosen[:at] + chosen[at + 1 :], set()).add(verdict)
    return any(len(verdicts) > 1 for verdicts in seen.values())


_ORDER: Final = (Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.OK, Verdict.NOT_APPLICABLE)


def _worse(first: Verdict | None, second: Verdict) -> Verdict:
    return second if first is None else min(first, second, key=_ORDER.index)

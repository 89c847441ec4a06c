"""Where told facts are judged: the reading, the law of the day, and who is who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Final

from skywitness.cfe.ways import way
from skywitness.core.dated import Settled
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.periods import HOURS_IN
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say
from skywitness.law import drafting
from skywitness.law.instrument import Instrument, load
from skywitness.law.provisions import provision
from skywitness.law.suspension import Suspension
from skywitness.law.value import outcome_of, require, used

__all__ = ["CFE", "HAIR", "ROUNDING", "START", "Desk", "Limit"]

CFE: Final = "cfe"
HAIR: Final = 1e-9
"""What a sum of hours or days may be off by the way computers add, so that a time kept exactly is no breach."""

ROUNDING: Final = "CFE:IX.1(B)"
"""Where the reading says how percentages are rounded: the text has no rule for quotas either."""

START: Final = "CFE:VIII.4"
"""Where the reading says from which day periods are counted."""

_OTHER: Final = MappingProxyType(
    {"inspectors": "inspected", "inspecting": "inspected", "inspected": "inspecting", "owner": "inspecting"}
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of the law, its unit and what it rests on."""

    value: float
    unit: str
    used: UsedValue


@cache
def _law() -> Instrument:
    return load(CFE)


@lru_cache(maxsize=10_000)
def _limit(key: str, at: dt.date, known: dt.date | None) -> Limit:
    """Return a number of the law on a day, as far as was known."""
    law = _law()
    begins, rows = law.heading.applied_from or law.heading.entry_into_force, law.of(key)
    outcome = outcome_of(rows, at, known)
    if not isinstance(outcome, Settled):
        outcome = require(outcome_of(rows, max(at, begins.on), known), key)
    return Limit(float(outcome.number), law.keys[key].unit, used(outcome, key))


@dataclass(frozen=True, slots=True)
class Desk:
    """What a table of facts is judged with.

    ``roles``: codes of States by the bearers of ``BEARERS``.  ``where``: the table.  ``agreed``: provisions on which
    the teams agreed otherwise.  ``suspension``: what freed the inspected State from the duties of inspections, if the
    reading accepts it.
    """

    reading: Reading
    where: str = ""
    roles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    agreed: tuple[str, ...] = ()
    suspension: Suspension | None = None

    @property
    def law(self) -> Instrument:
        """The Treaty."""
        return _law()

    def on(self, day: dt.date, where: str, roles: Mapping[str, str], agreed: tuple[str, ...] = ()) -> Desk:
        """Return the desk for a table that tells of a day."""
        found = replace(self, reading=replace(self.reading, at=day), where=where, roles=roles, agreed=agreed)
        return replace(found, suspension=None)

    def limit(self, key: str) -> Limit:
        """Return a number of the law on the day; before the Treaty was applied the one that was going to hold."""
        return _limit(key, self.reading.at, self.reading.known)

    @property
    def start(self) -> dt.date:
        """The day periods are counted from: entry into force, or first application, as the reading has it."""
        heading = self.law.heading
        applied = heading.applied_from
        if applied is None or way(self.reading, START) == "from_entry_into_force":
            return heading.entry_into_force.on
        return applied.on

    def share(self, percent: float, whole: int) -> int:
        """Return a percentage of a number in whole things, rounded as the reading has it.

        Percentages of the law are whole numbers, so no digit is lost.  Compared exactly, a cap holds the whole things
        within it.
        """
        hundredths = int(percent) * whole
        rounding = way(self.reading, ROUNDING)
        if rounding == "round_up":
            return -(-hundredths // 100)
        return (hundredths + 50) // 100 if rounding == "round_nearest" else hundredths // 100

    def code(self, role: str | None) -> str:
        """Return the code of who bears a role; the role itself where that is not told."""
        return self.roles.get(role or "", role or "")

    def other(self, role: str | None) -> str:
        """Return the code of the side that has to respect a right of ``role``."""
        return self.code(_OTHER.get(role or "", role))

    def finding(self, ident: str, verdict: Verdict, why: Text, **fields: Any) -> Finding:
        """Make a finding on a provision; who breaks it, or whose right it is, is its bearer unless told otherwise."""
        row = provision(ident)
        fields.setdefault("bearer", self.code(row.bearer) or None)
        fields.setdefault("where", Where(name=self.where) if self.where else None)
        if verdict is Verdict.BREACH and ident in self.agreed:
            fields["by_agreement"] = ident
            why = say("{why} It was agreed otherwise, as the text allows.", why=why)
            verdict = Verdict.OK
        if self.suspension is not None and self._is_freed(row.modality, verdict, fields["bearer"]):
            return self._freed(ident, self.suspension, fields)
        return drafting.draft(self, ident, verdict, why, **fields)

    def _is_freed(self, modality: str, verdict: Verdict, bearer: str | None) -> bool:
        """Tell whether a duty is one the suspending State does not perform; another's right is such a duty too."""
        owed = modality in ("duty", "prohibition") or verdict is Verdict.BREACH
        return owed and self.suspension is not None and bearer in self.suspension.by

    def _freed(self, ident: str, suspension: Suspension, fields: Mapping[str, Any]) -> Finding:
        why = say(
            "{state} suspended inspections towards {other} (suspension {id}), which this reading accepts; the Treaty "
            "stays in force.",
            state=fields["bearer"],
            other=self.code("inspecting"),
            id=suspension.id,
        )
        return drafting.draft(self, ident, Verdict.NOT_APPLICABLE, why, bearer=fields["bearer"], where=fields["where"])

    def may(self, role: str, what: Text) -> Effect:
        """Say that somebody may do something."""
        return Effect(self.code(role), "may", what)

    def must(self, role: str, what: Text) -> Effect:
        """Say that somebody must do something."""
        return Effect(self.code(role), "must", what)

    def most(self, ident: str, measured: float, limit: Limit, why: Text, **fields: Any) -> Finding:
        """Judge a number that must not exceed the law's, in the law's unit."""
        kept = measured <= limit.value + HAIR
        return self._against(ident, kept, measured, limit, limit.value - measured, why, fields)

    def least(self, ident: str, measured: float, limit: Limit, why: Text, **fields: Any) -> Finding:
        """Judge a number that must reach the law's, in the law's unit."""
        kept = measured >= limit.value - HAIR
        return self._against(ident, kept, measured, limit, measured - limit.value, why, fields)

    def _against(
        self, ident: str, kept: bool, measured: float, limit: Limit, margin: float, why: Text, fields: dict[str, Any]
    ) -> Finding:
        values = {"measured": measured, "limit": limit.value, "margin": margin, "unit": limit.unit}
        return self.finding(
            ident, Verdict.OK if kept else Verdict.BREACH, why, values=(limit.used,), **values, **fields
        )


def hours(limit: Limit) -> float:
    """Return a limit of time in hours; for units of fixed length only."""
    return limit.value * HOURS_IN[limit.unit]

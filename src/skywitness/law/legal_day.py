"""The day whose law is asked for, and what the law answers then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from skywitness.core.dated import Outcome, Settled
from skywitness.core.finding import UsedValue
from skywitness.core.reading import Reading
from skywitness.law.forms import day_of_year
from skywitness.law.group import Group
from skywitness.law.groups import group_of, members, quota_holder
from skywitness.law.instrument import Instrument, load
from skywitness.law.parties import is_party, parties_on
from skywitness.law.party import Standing
from skywitness.law.value import outcome_of, used

__all__ = ["ALL", "LegalDay", "Number"]

ALL = "ALL"
"""Stands for every State Party of the day, where an agreement or a duty is among all of them."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the law and what it rests on; ``value`` is ``None`` where it is open or nothing is in force."""

    value: float | None
    used: tuple[UsedValue, ...] = ()

    @property
    def whole(self) -> int | None:
        """The number as a whole one."""
        return None if self.value is None else int(self.value)


@dataclass(frozen=True, slots=True)
class LegalDay:
    """One instrument on the day ``at``, as far as was known on the day ``known`` (``None``: today)."""

    at: dt.date
    known: dt.date | None = None
    instrument: Instrument = field(default_factory=load)

    def on(self, at: dt.date) -> LegalDay:
        """Return another day of the same instrument and knowledge."""
        return LegalDay(at, self.known, self.instrument)

    def reading(
        self, interpretations: Mapping[str, str] | None = None, accepted_claims: tuple[str, ...] = ()
    ) -> Reading:
        """Return the reading an answer is given under."""
        return Reading(
            at=self.at,
            known=self.known,
            interpretations=MappingProxyType(dict(interpretations or {})),
            accepted_claims=accepted_claims,
        )

    def in_force(self) -> bool:
        """Tell whether the treaty is in force."""
        return self.instrument.in_force(self.at, self.known)

    def number(self, key: str) -> Number:
        """Return a number of the text that belongs to no State, such as ``withdrawal_notice`` (months)."""
        return self._number(outcome_of(self.instrument.of(key), self.at, self.known), key, "")

    def period(self, key: str) -> Number:
        """Return a number as it is in force, or will be: what a notice given before entry into force has to keep."""
        begins = self.instrument.heading.entry_into_force.on
        return self.number(key) if self.at >= begins else self.on(begins).number(key)

    def yearly(self, key: str) -> tuple[tuple[int, int], tuple[UsedValue, ...]]:
        """Return a day of the year of the text as (month, day), with what it rests on; in force now or to come.

        :raises ValueError: for a kind of value that is no day of the year, or is open.
        """
        begins = self.instrument.heading.entry_into_force.on
        outcome = outcome_of(self.instrument.of(key), max(self.at, begins), self.known)
        found = day_of_year(str(outcome.value)) if isinstance(outcome, Settled) else None
        if found is None or not isinstance(outcome, Settled):
            raise ValueError(f"{key} is no day of the year that is settled on {self.at}")
        return found, (used(outcome, key, ""),)

    def passive_quota(self, code: str) -> Number:
        """Return how many flights a year the holder of a State's quota must accept."""
        return self._number(self.passive_outcome(code), "passive_quota", self.holder(code))

    def passive_outcome(self, code: str) -> Outcome:
        """Return the same with everything that may hold."""
        return outcome_of(self.instrument.of("passive_quota", self.holder(code)), self.at, self.known)

    def _number(self, outcome: Outcome, key: str, subject: str) -> Number:
        if isinstance(outcome, Settled):
            return Number(outcome.number, (used(outcome, key, subject),))
        return Number(None)

    def holder(self, code: str) -> str:
        """Return who holds the quotas of a State: its group with common quotas, Benelux, or the State itself."""
        return quota_holder(code, self.at, self.known, instrument=self.instrument)

    def group_of(self, code: str) -> Group | None:
        """Return the group that a State belongs to, or that the code names."""
        return group_of(code, self.at, self.known, instrument=self.instrument)

    def is_party(self, code: str) -> bool:
        """Tell whether a State is a Party; for a group, whether it stands and all its members are Parties."""
        return is_party(code, self.at, self.known, instrument=self.instrument)

    def parties(self) -> frozenset[str]:
        """Return the codes of all Parties."""
        return parties_on(self.at, self.known, instrument=self.instrument)

    def states(self, codes: tuple[str, ...]) -> frozenset[str]:
        """Return the States that several codes mean; a group stands for its members, ``ALL`` for every Party."""
        if ALL in codes:
            return self.parties()
        groups = self.instrument.groups
        named = (groups[code].members if code in groups else (code,) for code in codes)
        return frozenset(state for those in named for state in those)

    def members(self, code: str) -> tuple[str, ...]:
        """Return the members of a group that stands, or the State itself."""
        return members(code, self.at, self.known, instrument=self.instrument)

    def leaves_on(self, code: str) -> dt.date | None:
        """Return the first day on which a State is no Party any more, where that is known."""
        party = self.instrument.parties.get(code)
        left = party.event("withdrawn", self.known) if party else None
        return left.on if left else None

    def has_left(self, code: str) -> bool:
        """Tell whether a State has withdrawn by the day."""
        party = self.instrument.parties.get(code)
        begins = self.instrument.heading.entry_into_force
        return party is not None and party.status_on(self.at, begins, self.known).status is Standing.WITHDRAWN

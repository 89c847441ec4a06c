"""What every judgement here looks at, and one hand to write its findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from skywitness.core.amounts import amount
from skywitness.core.dated import Outcome, Settled
from skywitness.core.finding import Finding, UsedValue
from skywitness.core.reading import Reading
from skywitness.core.text import Text, verbatim
from skywitness.law.agreement import Agreement, not_on_this_day
from skywitness.law.clause import COMMISSION, clauses_of
from skywitness.law.drafting import cannot_tell, draft, not_applicable
from skywitness.law.group import COMMON_QUOTA
from skywitness.law.instrument import Instrument
from skywitness.law.judge.docket import Docket, Held
from skywitness.law.legal_day import LegalDay, Number
from skywitness.law.parties import party_status
from skywitness.law.told import TOLD
from skywitness.law.value import outcome_of, used

__all__ = [
    "TOLD",
    "Bench",
    "Judge",
    "cannot_tell",
    "draft",
    "flights",
    "listed_in_annex_a",
    "not_applicable",
]


@dataclass(frozen=True, slots=True)
class Bench:
    """The day with its law, the reading that findings are made under, and what is told beside the law."""

    day: LegalDay
    reading: Reading
    docket: Docket = field(default_factory=Docket)

    @property
    def at(self) -> dt.date:
        """The day whose law applies."""
        return self.day.at

    @property
    def instrument(self) -> Instrument:
        """The law."""
        return self.day.instrument

    @property
    def begins(self) -> dt.date:
        """Day of the entry into force."""
        return self.instrument.heading.entry_into_force.on

    @property
    def full_implementation(self) -> dt.date:
        """First day after the phases of Article XVIII."""
        return self.instrument.heading.full_implementation or dt.date.max

    @property
    def first_distribution_ends(self) -> dt.date:
        """Last day of the first distribution: 31 December of the year after that of the entry into force (A.II.1)."""
        return dt.date(self.begins.year + 1, 12, 31)

    def number(self, key: str) -> Number:
        """Return a number of the text that belongs to no State."""
        return self.day.number(key)

    def period(self, key: str) -> Number:
        """Return such a number as it is in force, or will be once the Treaty is."""
        return self.day.period(key)

    def holder(self, code: str) -> str:
        """Return who holds the quotas of a State on the day."""
        return self.day.holder(code)

    def holders(self) -> tuple[str, ...]:
        """Return everybody who holds quotas on the day, in the order of the codes."""
        return tuple(sorted({self.holder(code) for code in self.day.parties()}))

    def on(self, at: dt.date) -> Bench:
        """Return another day of the same law, reading and facts."""
        return replace(self, day=self.day.on(at))

    def is_common_group(self, code: str) -> bool:
        """Tell whether a code names a group with common quotas that stands."""
        group = self.day.group_of(code)
        return group is not None and group.code == code and group.kind == COMMON_QUOTA

    def is_additional(self, code: str) -> bool:
        """Tell whether a holder is an additional State (A.II.4): not in the list of Annex A, nor a heir or member."""
        return code not in _from_annex_a(self.instrument)

    def newcomers(self) -> tuple[str, ...]:
        """Return the additional States that joined in this year or the last, so that their first quotas are due."""
        return tuple(code for code in self.holders() if self.is_additional(code) and self._joined(code))

    def _joined(self, code: str) -> bool:
        since = party_status(self.instrument, code, self.at, self.day.known).since
        return since is not None and since.year >= self.at.year - 1

    def passive(self, code: str) -> Number:
        """Return how many flights a year a holder must accept: as told for the year, else as the law has it."""
        for row in self.held_rows():
            if self.holder(row.party) == code and row.passive_total is not None:
                cited = self.told_value("passive_quota", code, row.passive_total, row.source)
                return Number(float(row.passive_total), (cited,))
        return self.day.passive_quota(code)

    def held_rows(self) -> tuple[Held, ...]:
        """Return what is told of the distribution for the year of the day, as far as it had become known."""
        known = self.day.known
        rows = (row for row in self.docket.held if row.year == self.at.year)
        return tuple(row for row in rows if known is None or row.known is None or row.known <= known)

    def agreement(self, provision: str, concerned: tuple[str, ...]) -> Agreement | None:
        """Find the agreement on a provision that holds on the day, of all whose agreement its clause wants.

        These are the Parties ``concerned``, or every Party where the clause leaves it to the Consultative Commission.
        """
        by_all = any(clause.among == COMMISSION for clause in clauses_of(provision))
        wanted = self.day.parties() if by_all else self.day.states(concerned)
        on_it = (one for one in self.docket.agreements if one.provision == provision)
        holding = (one for one in on_it if not_on_this_day(one, self.day) is None)
        return next((one for one in holding if wanted <= self.day.states(one.parties)), None)

    def told_value(self, key: str, subject: str, value: float, source: str, unit: str = "per year") -> UsedValue:
        """Cite a number that only the file of the user gives."""
        return UsedValue(key, subject, value, unit, dt.date(self.at.year, 1, 1), source, TOLD)

    def cite(self, key: str, subject: str = "", qualifier: str = "") -> tuple[UsedValue, ...]:
        """Cite a value of the law as it is on the day; nothing where it is not settled."""
        outcome = self.outcome(key, subject, qualifier)
        return (used(outcome, key, subject),) if isinstance(outcome, Settled) else ()

    def outcome(self, key: str, subject: str = "", qualifier: str = "") -> Outcome:
        """Ask for a value of the law on the day."""
        return outcome_of(self.instrument.of(key, subject), self.at, self.day.known, qualifier)


Judge = Callable[[Bench], Iterable[Finding]]
"""A judgement: one small function for each provision."""


@cache
def listed_in_annex_a(instrument: Instrument) -> tuple[str, ...]:
    """Return those whom the list of Annex A, Section I allocates a passive quota, in its order."""
    rows = (row for subject in instrument.subjects("passive_quota") for row in instrument.of("passive_quota", subject))
    return tuple(row.subject for row in rows if row.dated.status == "text")


@cache
def _from_annex_a(instrument: Instrument) -> frozenset[str]:
    """Gather who is in the list of Annex A, Section I, the heirs of its States and the members of its groups."""
    listed = listed_in_annex_a(instrument)
    heirs = (heir for one in listed if one in instrument.parties for heir in instrument.parties[one].successors)
    members = (member for one in listed if one in instrument.groups for member in instrument.groups[one].members)
    return frozenset((*listed, *heirs, *members))


def flights(count: int) -> Text:
    """Write a number of flights: ``1 flight``, ``4 flights``."""
    return amount(count, "flights", verbatim(count))

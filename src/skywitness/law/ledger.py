"""Quotas of one calendar year: who holds what over whom, and what passes from one Party to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from skywitness.law.legal_day import LegalDay
from skywitness.law.quota import active_quotas
from skywitness.law.told import Told

__all__ = ["Ledger", "Transfer", "YearQuota", "ledger_of"]


@dataclass(frozen=True, slots=True)
class Transfer:
    """Flights over one State Party, of one calendar year, that pass from ``giver`` to ``receiver``.

    ``agreed``: whether the State Party to be overflown agreed (``None``: nobody has said).  ``notified``: the day on
    which all other States Parties and the Commission were told.  ``within``: the group that redistributes, if any.
    """

    told: Told
    giver: str
    receiver: str
    over: str
    flights: int
    year: int
    on: dt.date
    agreed: bool | None = None
    notified: dt.date | None = None
    within: str = ""

    @property
    def end(self) -> dt.date:
        """First day of the next year: quotas are distributed by calendar year."""
        return dt.date(self.year + 1, 1, 1)


@dataclass(frozen=True, slots=True)
class YearQuota:
    """What one Party holds in one calendar year: over whom, in total, and what it must accept (``None``: not said).

    ``shared``: with whom one of the flights over a Party is held together; ``decided``: the decision that changed an
    allocation of Annex A.
    """

    told: Told
    party: str
    year: int
    over: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    active_total: int | None = None
    passive_total: int | None = None
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    decided: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Quotas of one calendar year.  ``over``: flights by (observing, observed); totals by Party."""

    year: int
    over: Mapping[tuple[str, str], int]
    active_total: Mapping[str, int]
    passive_total: Mapping[str, int]

    def after(self, transfers: Iterable[Transfer]) -> Ledger:
        """Return the ledger after transfers of its year; how often each State is overflown stays the same."""
        over, total = dict(self.over), dict(self.active_total)
        for transfer in transfers:
            if transfer.year != self.year:
                continue
            for party, sign in ((transfer.giver, -1), (transfer.receiver, 1)):
                pair = (party, transfer.over)
                over[pair] = over.get(pair, 0) + sign * transfer.flights
                if party in total:
                    total[party] += sign * transfer.flights
        return replace(self, over=MappingProxyType(over), active_total=MappingProxyType(total))

    def held(self, party: str, observed: str) -> int | None:
        """Return what a Party holds over another; none where its rows add up to its total and this pair has no row."""
        found = self.over.get((party, observed))
        stated = sum(flights for (observing, _), flights in self.over.items() if observing == party)
        return 0 if found is None and stated == self.active_total.get(party) else found


def ledger_of(day: LegalDay, stated: Iterable[YearQuota] = ()) -> Ledger:
    """Gather the quotas of the day's year: what the law has (the first distribution alone is public), then ``stated``.

    A total that nobody states is the sum of the rows of a public distribution, and unknown otherwise.
    """
    over: dict[tuple[str, str], int] = {}
    active: dict[str, int] = {}
    for quota in active_quotas(day.at, day.known, instrument=day.instrument):
        over[quota.observing, quota.observed] = quota.flights
        active[quota.observing] = active.get(quota.observing, 0) + quota.flights
    passive = {
        code: number
        for code in day.instrument.subjects("passive_quota")
        if (number := day.passive_quota(code).whole) is not None
    }
    for row in stated:
        if row.year == day.at.year and row.told.known_by(day.known):
            over |= {(row.party, observed): flights for observed, flights in row.over.items()}
            active |= {} if row.active_total is None else {row.party: row.active_total}
            passive |= {} if row.passive_total is None else {row.party: row.passive_total}
    return Ledger(day.at.year, MappingProxyType(over), MappingProxyType(active), MappingProxyType(passive))

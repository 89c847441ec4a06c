"""Quotas as they stand after what a file tells of a year: distributions, and what was passed on among Parties.

Where a transfer may or may not have passed, what giver and receiver hold is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from skywitness.core.finding import Verdict
from skywitness.law.act_effects import standing_groups
from skywitness.law.acts import Acts
from skywitness.law.ledger import Ledger, Transfer, YearQuota, ledger_of
from skywitness.law.legal_day import LegalDay
from skywitness.law.transfers import redistributed

__all__ = ["ToldQuotas", "told_quotas"]


@dataclass(frozen=True, slots=True)
class ToldQuotas:
    """What a file tells of the quotas of one calendar year.

    ``transfers`` are those that passed by the day, between holders of quotas; ``undecided`` those of which nobody can
    say whether they did.  ``after`` is the ledger with the former; ``rows`` are the distributions as told.
    """

    after: Ledger
    rows: tuple[YearQuota, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    undecided: tuple[Transfer, ...] = ()

    def speaks_of(self, party: str, over: str | None = None) -> bool:
        """Tell whether anything is told of what a Party holds, over another where one is named."""
        moved = any(
            party in (one.giver, one.receiver) and over in (None, one.over)
            for one in (*self.transfers, *self.undecided)
        )
        return moved or any(
            row.party == party and (row.active_total is not None if over is None else bool(row.over))
            for row in self.rows
        )

    def held(self, party: str, over: str) -> int | None:
        """Return the flights that a Party holds over another; ``None`` where nobody can say."""
        return None if self._open(party, over) else self.after.held(party, over)

    def total(self, party: str) -> int | None:
        """Return the flights that a Party holds over everybody; ``None`` where nobody can say."""
        return None if self._open(party, None) else self.after.active_total.get(party)

    def passive(self, party: str) -> int | None:
        """Return the flights that a Party must accept, as told; ``None`` where nobody has said."""
        return next((row.passive_total for row in self.rows if row.party == party), None)

    def received(self, party: str) -> int:
        """Return how many flights transfers gave a Party, less those that it gave away."""
        signs = ((one, 1 if one.receiver == party else -1 if one.giver == party else 0) for one in self.transfers)
        return sum(sign * one.flights for one, sign in signs)

    def sources(self, party: str, over: str | None = None) -> tuple[str, ...]:
        """Name who tells what a Party holds, each once."""
        rows = [row.told.source for row in self.rows if row.party == party]
        moved = [
            one.told.source for one in self.transfers if party in (one.giver, one.receiver) and over in (None, one.over)
        ]
        return tuple(dict.fromkeys((*rows, *moved)))

    def _open(self, party: str, over: str | None) -> bool:
        return any(party in (one.giver, one.receiver) and over in (None, one.over) for one in self.undecided)


def told_quotas(acts: Acts, day: LegalDay, agreed: Callable[[Transfer], bool]) -> ToldQuotas | None:
    """Gather what is told for the year of the day; ``None`` where nothing is.

    ``agreed`` tells whether the State overflown agreed to a transfer of which the transfer itself does not say so.
    """
    rows = tuple(
        _of_holder(row, day) for row in acts.quotas if row.year == day.at.year and row.told.known_by(day.known)
    )
    moves = [
        one
        for one in acts.transfers
        if one.told.known_by(day.known) and not one.told.claim_of and one.on <= day.at and one.year == day.at.year
    ]
    if not rows and not moves:
        return None
    passed = {one: _passes(one, day, acts, agreed) for one in moves}
    done = tuple(_between_holders(one, day) for one in moves if passed[one])
    undecided = tuple(_between_holders(one, day) for one in moves if passed[one] is None)
    return ToldQuotas(ledger_of(day, rows).after(done), rows, done, undecided)


def _passes(transfer: Transfer, day: LegalDay, acts: Acts, agreed: Callable[[Transfer], bool]) -> bool | None:
    """Tell whether a quota passed on: among members of a group, else with the consent of the State overflown."""
    if day.states((transfer.giver, transfer.receiver, transfer.over)) - day.parties():
        return False
    if transfer.within:
        return redistributed(transfer, day, standing_groups(acts, day)).verdict is Verdict.OK
    if transfer.agreed is None and agreed(transfer):
        return True
    return transfer.agreed


def _between_holders(transfer: Transfer, day: LegalDay) -> Transfer:
    giver, receiver, over = (day.holder(code) for code in (transfer.giver, transfer.receiver, transfer.over))
    return replace(transfer, giver=giver, receiver=receiver, over=over)


def _of_holder(row: YearQuota, day: LegalDay) -> YearQuota:
    """Name those who hold the quotas: a group with common quotas, or Benelux, for its members."""
    return replace(row, party=day.holder(row.party), over=MappingProxyType(_by_holder(row.over.items(), day)))


def _by_holder(pairs: Iterable[tuple[str, int]], day: LegalDay) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for code, flights in pairs:
        found[day.holder(code)] = found.get(day.holder(code), 0) + flights
    return found

"""The distribution of active quotas on a day: who may fly how often over whom.

Only the first distribution and one later decision are public; for other years it is what the facts tell.  One that
leaves out holders is known in part: what is accepted over a Party is then no less than what it shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from skywitness.core.finding import UsedValue
from skywitness.law.judge.bench import Bench, listed_in_annex_a
from skywitness.law.judge.docket import Held
from skywitness.law.quota import ActiveQuota, active_quotas
from skywitness.law.value import used


@dataclass(frozen=True, slots=True)
class Share:
    """Flights a year of one holder over another; of them ``shared`` are held together with ``shared_with``.

    ``told``: given by the facts, not by the law.
    """

    observing: str
    observed: str
    flights: int
    shared: int
    shared_with: tuple[str, ...]
    used: tuple[UsedValue, ...]
    told: bool = False


@dataclass(frozen=True, slots=True)
class Distribution:
    """The shares of a year.  ``unknown``: holders of whose active quotas nothing is known."""

    shares: tuple[Share, ...]
    unknown: tuple[str, ...] = ()

    def of(self, observing: str) -> tuple[Share, ...]:
        """Return what one holder may fly."""
        return tuple(share for share in self.shares if share.observing == observing)

    def over(self, observed: str) -> tuple[Share, ...]:
        """Return what others may fly over one holder."""
        return tuple(share for share in self.shares if share.observed == observed)

    def flights(self, observing: str, observed: str) -> int | None:
        """Return how often one may fly over another; ``None`` where that is not known."""
        if observing in self.unknown:
            return None
        return sum(share.flights for share in self.of(observing) if share.observed == observed)

    def held(self, observing: str) -> int:
        """Count all flights of one holder; those it shares count in full, for each of those who share may use them."""
        return sum(share.flights for share in self.of(observing))

    def accepted(self, observed: str) -> int:
        """Count the flights to be accepted by one holder; a shared flight is flown once."""
        return flown(self.over(observed))


def flown(shares: tuple[Share, ...]) -> int:
    """Count flights, each shared one once."""
    parts = (share.flights - share.shared + Fraction(share.shared, 1 + len(share.shared_with)) for share in shares)
    return int(sum(parts, Fraction(0)))


def distribution(bench: Bench) -> Distribution | None:
    """Return what is distributed on the day: what is told for its year, and beside it what the law has.

    ``None`` when neither gives anything.
    """
    rows = bench.held_rows()
    told = {bench.holder(row.party) for row in rows}
    shares = [*_of_the_law(bench, told), *(share for row in rows for share in _told(bench, row))]
    if not shares and not rows:
        return None
    if bench.at.year in bench.docket.complete_years:
        return Distribution(tuple(shares))
    known = told | {share.observing for share in shares}
    unknown = (holder for holder in bench.holders() if holder not in known and not _none_by_text(bench, holder))
    return Distribution(tuple(shares), tuple(unknown))


def first_distribution(bench: Bench) -> tuple[Share, ...]:
    """Return the shares of Annex A, Section II, paragraph 1 alone, while they hold."""
    return tuple(_share(quota) for quota in _quotas(bench) if is_of_the_text(quota))


def is_of_the_text(quota: ActiveQuota) -> bool:
    """Tell whether a quota stands in the text; others were decided later."""
    return quota.settled.status == "text"


def concerns_additional(bench: Bench, share: Share) -> bool:
    """Tell whether a share is of or over an additional State, of which the first distribution says nothing."""
    return bench.is_additional(share.observing) or bench.is_additional(share.observed)


def _quotas(bench: Bench) -> tuple[ActiveQuota, ...]:
    return active_quotas(bench.at, bench.day.known, instrument=bench.instrument)


def _of_the_law(bench: Bench, told: set[str]) -> Iterator[Share]:
    for quota in _quotas(bench):
        if quota.observing not in told:
            yield _share(quota)


def _share(quota: ActiveQuota) -> Share:
    cited = used(quota.settled, "active_quota", f"{quota.observing}>{quota.observed}")
    return Share(quota.observing, quota.observed, quota.flights, quota.shared, quota.shared_with, (cited,))


def _told(bench: Bench, row: Held) -> Iterator[Share]:
    observing = bench.holder(row.party)
    for code, flights in row.over.items():
        observed = bench.holder(code)
        partners = tuple(bench.holder(partner) for partner in row.shared.get(code, ()))
        cited = bench.told_value("active_quota", f"{observing}>{observed}", flights, row.source)
        yield Share(observing, observed, flights, 1 if partners else 0, partners, (cited,), told=True)


def _none_by_text(bench: Bench, holder: str) -> bool:
    """Tell whether the first distribution holds and leaves a holder of the list of Annex A without any flight.

    Successors of Czechoslovakia are not in the list: how they divided its flights is not public.
    """
    return bench.begins <= bench.at <= bench.first_distribution_ends and holder in listed_in_annex_a(bench.instrument)

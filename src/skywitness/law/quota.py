"""Passive and active quotas: how many flights a Party must accept, and how many it may make over another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from skywitness.core.dated import Outcome, Settled
from skywitness.law.groups import quota_holder
from skywitness.law.instrument import Instrument, load
from skywitness.law.value import outcome_of

__all__ = ["ActiveQuota", "active_quota", "active_quotas", "passive_quota"]


@dataclass(frozen=True, slots=True)
class ActiveQuota:
    """What one Party may fly over another in a year.

    Of ``flights``, ``shared`` are held together with ``shared_with``, whose own rows count the same flights.
    """

    observing: str
    observed: str
    flights: int
    shared: int
    shared_with: tuple[str, ...]
    settled: Settled


def passive_quota(
    code: str, at: dt.date, known: dt.date | None = None, *, instrument: Instrument | None = None
) -> Outcome:
    """Return how many flights a year a Party must accept (Art. III.I.4; Annex A, Section I).

    For a member of a group with common quotas, or of Benelux, it is the quota of the whole (see ``quota_holder``).
    """
    source = instrument or load()
    holder = quota_holder(code, at, known, instrument=source)
    return outcome_of(source.of("passive_quota", holder), at, known)


def active_quota(
    subject: str, at: dt.date, known: dt.date | None = None, *, instrument: Instrument | None = None
) -> Outcome:
    """Return how many flights a year one Party may make over another; ``subject`` is written ``"DEU>UKR"``.

    Only the first distribution (to the end of 2003) is public: ``NotInForce`` on a later day means that none is stored.
    """
    source = instrument or load()
    pair = ">".join(quota_holder(code, at, known, instrument=source) for code in subject.split(">"))
    return outcome_of(source.of("active_quota", pair), at, known)


def active_quotas(
    at: dt.date, known: dt.date | None = None, *, instrument: Instrument | None = None
) -> tuple[ActiveQuota, ...]:
    """Return every active quota that is settled on a day, in the order of the text; empty when none is stored."""
    return _active_quotas(instrument or load(), at, known)


@lru_cache(maxsize=64)  # a judgement sums them more than once, and there are some ninety pairs to settle
def _active_quotas(source: Instrument, at: dt.date, known: dt.date | None) -> tuple[ActiveQuota, ...]:
    found: list[ActiveQuota] = []
    for pair in source.subjects("active_quota"):
        rows = source.of("active_quota", pair)
        outcome = outcome_of(rows, at, known)
        if isinstance(outcome, Settled):
            row = next(row for row in rows if row.dated.claim == outcome.best.claim)
            observing, observed = pair.split(">")
            found.append(ActiveQuota(observing, observed, int(outcome.number), row.shared, row.shared_with, outcome))
    return tuple(found)

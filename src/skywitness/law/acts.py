"""What Parties did, read from TOML: stored practice (``open_skies/practice.toml``) or a user's own file.

Every table is a fact with who says it; ``docs/acts.md`` explains the form.  None of them is law.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from types import MappingProxyType
from typing import Any, Final, TypeVar

from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.act_rows import ActRow, act_rows
from skywitness.law.aftermath import Flight
from skywitness.law.agreement import Agreement
from skywitness.law.fact_tables import EFFECT, own_tables
from skywitness.law.formation import CHANGES, GroupChange
from skywitness.law.group import KINDS, REDISTRIBUTION
from skywitness.law.instrument import Instrument, load
from skywitness.law.ledger import Transfer, YearQuota
from skywitness.law.legal_day import ALL
from skywitness.law.nonperformance import NonPerformance
from skywitness.law.review import Review
from skywitness.law.rows import FOLDER, note_twice, read_toml, refuse_if_any, refuse_strays
from skywitness.law.withdrawal import Withdrawal

__all__ = ["Act", "Acts", "acts_from_toml", "practice", "read_acts"]

Act = Agreement | Transfer | YearQuota | GroupChange | NonPerformance | Review | Withdrawal | Flight

_PRACTICE: Final = FOLDER / "practice.toml"
_MOST_FLIGHTS: Final = 1000
_MOST_LEGS: Final = 10_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Acts:
    """Facts of every kind, each in the order of the file."""

    agreements: tuple[Agreement, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    quotas: tuple[YearQuota, ...] = ()
    changes: tuple[GroupChange, ...] = ()
    nonperformance: tuple[NonPerformance, ...] = ()
    reviews: tuple[Review, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    flights: tuple[Flight, ...] = field(default=())

    def all(self) -> tuple[Act, ...]:
        """Return every fact, kind by kind."""
        return tuple(act for kind in fields(self) for act in getattr(self, kind.name))

    def with_(self, other: Acts) -> Acts:
        """Return these and others together."""
        return Acts(*((*getattr(self, kind.name), *getattr(other, kind.name)) for kind in fields(self)))


def acts_from_toml(data: Mapping[str, Any], where: str = "", instrument: Instrument | None = None) -> Acts:
    """Read a user's facts from what the TOML reader gave; tables that another command reads are let stand.

    :raises InputError: of kind ``bad_facts`` with all faults.
    """
    faults = Faults()
    acts = read_acts(own_tables(data, EFFECT, faults), faults, instrument or load())
    faults.raise_if_any("bad_facts", say("The facts cannot be used as they stand."), where)
    return acts


@cache
def practice() -> Acts:
    """Return what is stored of practice.

    :raises DataError: when the stored file is wrong.
    """
    faults = Faults()
    data = read_toml(_PRACTICE)
    refuse_strays(data, tuple(_TABLES), faults)
    acts = read_acts(data, faults, load())
    refuse_if_any(faults, _PRACTICE)
    return acts


def read_acts(data: Mapping[str, Any], faults: Faults, instrument: Instrument) -> Acts:
    """Read every table on what Parties did that stands in ``data``; other keys are left alone, faults are noted."""
    found = Acts(*(_rows(data, table, reader, faults, instrument) for table, reader in _TABLES.items()))
    note_twice("id", (act.told.id for act in found.all()), faults)
    note_twice("withdrawal", (withdrawal.state for withdrawal in found.withdrawals), faults)
    return found


def _rows(
    data: Mapping[str, Any], table: str, reader: Callable[[ActRow], T], faults: Faults, instrument: Instrument
) -> tuple[T, ...]:
    found = []
    for row in act_rows(data.get(table, []), table, faults, instrument):
        found.append(reader(row))
        row.close()
    return tuple(found)


def _agreement(row: ActRow) -> Agreement:
    start = row.day("from")
    return Agreement(
        told=row.told(start, row.where),
        parties=row.parties("parties", everybody=True),
        provision=row.provision("provision"),
        scope=row.prose("scope", needed=True),
        start=start,
        end=row.day("to") if start is None else row.day_after("to", start),
        involved=row.parties("involved", needed=False),
        legs=row.wholes("legs", 1, _MOST_LEGS),
        states=row.states("states"),
    )


def _transfer(row: ActRow) -> Transfer:
    on = row.needed_day("on")
    transfer = Transfer(
        told=row.told(on),
        giver=row.party("giver"),
        receiver=row.party("receiver"),
        over=row.party("over"),
        flights=row.needed_whole("flights", 1, _MOST_FLIGHTS),
        year=row.year("year"),
        on=on,
        agreed=row.flag("agreed"),
        notified=row.day("notified"),
        within=row.group_code("within", needed=False),
    )
    for key, party in (("receiver", transfer.receiver), ("over", transfer.over)):
        if party and party == transfer.giver:
            row.fault(key, say("is the giver itself, {party}", party=party))
    if transfer.over and transfer.over == transfer.receiver:
        row.fault("over", say("nobody holds flights over itself"))
    return transfer


def _quota(row: ActRow) -> YearQuota:
    year = row.year("year")
    quota = YearQuota(
        told=row.told(dt.date(year, 1, 1), row.where),
        party=row.party("party"),
        year=year,
        over=MappingProxyType(row.counts("over", _MOST_FLIGHTS)),
        active_total=row.whole("active_total", 0, _MOST_FLIGHTS),
        passive_total=row.whole("passive_total", 0, _MOST_FLIGHTS),
        shared=MappingProxyType(row.parties_by("shared")),
        decided=row.prose("decided"),
    )
    if quota.active_total is not None and sum(quota.over.values()) > quota.active_total:
        row.fault("active_total", say("is less than the sum of the quotas given under over"))
    for code in quota.shared:
        if not quota.over.get(code):
            row.fault("shared", say("no flight over {code} stands under over, so none can be shared", code=repr(code)))
    if quota.party in quota.over:
        row.fault("over", say("nobody holds flights over itself"))
    return quota


def _change(row: ActRow) -> GroupChange:
    notified, effective = row.day("notified"), row.day("effective")
    first = notified or effective or row.signed
    change = GroupChange(
        told=row.told(first),
        group=row.group_code("group"),
        what=row.text("what", among=tuple(CHANGES)),
        kind=row.text("kind", REDISTRIBUTION, among=KINDS),
        members=row.parties("members"),
        states=row.parties("states", needed=False),
        notified=notified,
        at_signature=bool(row.flag("at_signature")),
        effective=effective,
        reviewed=row.day("reviewed"),
    )
    if change.what in ("leave", "admit") and not change.states:
        row.fault("states", say("missing: expected the States that join or leave"))
    return change


def _nonperformance(row: ActRow) -> NonPerformance:
    start = row.needed_day("from")
    found = NonPerformance(
        told=row.told(start),
        by=row.parties("by", everybody=True),
        towards=row.parties("towards", everybody=True),
        duties=row.provisions("duties"),
        start=start,
        end=row.day_after("to", start),
        basis=row.prose("basis"),
        answer=row.prose("answer"),
        agreed=bool(row.flag("agreed")),
    )
    for code in sorted({*found.by} & {*found.towards} - {ALL}):
        row.fault("towards", say("{party} stands under by as well", party=code))
    return found


def _review(row: ActRow) -> Review:
    year = row.year("year")
    review = Review(
        told=row.told(dt.date(year, 1, 1)),
        year=year,
        adopted=row.day("adopted"),
        failed=bool(row.flag("failed")),
        concerning=row.parties("concerning", needed=False),
        began=row.day("began"),
    )
    if review.failed and review.adopted is not None:
        row.fault("failed", say("says that nothing was agreed, but adopted gives a day"))
    return review


def _withdrawal(row: ActRow) -> Withdrawal:
    notified = row.needed_day("notified")
    return Withdrawal(
        told=row.told(notified),
        state=row.party("state"),
        notified=notified,
        effective=row.day_after("effective", notified, needed=True) or notified,
        told_all=row.day("told_all"),
        conference=row.day("conference"),
        conference_source=row.prose("conference_source"),
    )


def _flight(row: ActRow) -> Flight:
    arrival = row.needed_day("arrival")
    flight = Flight(
        told=row.told(arrival),
        observing=row.party("observing"),
        observed=row.party("observed"),
        arrival=arrival,
        departure=row.day_after("departure", arrival),
        report_sent=row.day("report_sent"),
        data_requested=row.day("data_requested"),
        data_sent=row.day("data_sent"),
    )
    if flight.observed and flight.observed == flight.observing:
        row.fault("observed", say("is the observing Party itself, {party}", party=flight.observed))
    return flight


_TABLES: Final[Mapping[str, Callable[[ActRow], Any]]] = MappingProxyType(
    {
        "agreement": _agreement,
        "transfer": _transfer,
        "year_quota": _quota,
        "group_change": _change,
        "non_performance": _nonperformance,
        "review": _review,
        "withdrawal": _withdrawal,
        "flight": _flight,
    }
)
"""Tables of a file of facts, in the order of the fields of ``Acts``."""

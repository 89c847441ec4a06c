"""The law as what Parties are told to have done leaves it: withdrawals and changes of groups beside those stored.

Facts of a file are no law; but who is a Party and which groups stand follows from them by the text itself (Articles III
and XV).  A claim (``claim_of``) changes nothing here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import MappingProxyType

from skywitness.law.acts import Acts
from skywitness.law.formation import END_BENELUX, FORM, GroupChange, earliest_day, quota_days, takes_effect
from skywitness.law.group import COMMON_QUOTA, DEEMED_PARTY, REDISTRIBUTION, Group
from skywitness.law.instrument import Instrument
from skywitness.law.legal_day import LegalDay
from skywitness.law.party import Event, Party
from skywitness.law.told import TOLD
from skywitness.law.withdrawal import Withdrawal

__all__ = ["with_acts"]

_KINDS = {"to_common": COMMON_QUOTA, "to_redistribution": REDISTRIBUTION}


def with_acts(instrument: Instrument, acts: Acts, at: dt.date, known: dt.date | None = None) -> Instrument:
    """Return the law of the day ``at`` with the withdrawals and changes of groups that had become known by ``known``.

    A withdrawal or a group that is stored comes before one that is told.
    """
    day = LegalDay(at, known, instrument)
    withdrawals = [one for one in acts.withdrawals if _counts(one, day) and _is_new(one, day)]
    changes = [one for one in acts.changes if _counts(one, day)]
    if not withdrawals and not changes:
        return instrument
    parties, groups = dict(instrument.parties), dict(instrument.groups)
    dated = [(begins, change) for change in changes if (begins := _begins(change, day)) is not None and begins <= at]
    for begins, change in sorted(dated, key=lambda one: one[0]):
        _change(change, begins, groups)
    for withdrawal in withdrawals:
        parties[withdrawal.state] = _leaving(parties[withdrawal.state], withdrawal, day)
        _without(withdrawal, day, groups)
    return replace(instrument, parties=MappingProxyType(parties), groups=MappingProxyType(groups))


def _counts(act: Withdrawal | GroupChange, day: LegalDay) -> bool:
    return act.told.known_by(day.known) and not act.told.claim_of


def _is_new(withdrawal: Withdrawal, day: LegalDay) -> bool:
    party = day.instrument.parties.get(withdrawal.state)
    return party is not None and party.event("withdrawn", None) is None and withdrawal.is_by_party(day)


def _leaving(party: Party, withdrawal: Withdrawal, day: LegalDay) -> Party:
    """Add the notice and the day of withdrawal to what a State did."""
    told = withdrawal.told
    days = (("notice", withdrawal.notified), ("withdrawn", withdrawal.takes_effect(day)))
    known = told.known or withdrawal.notified
    events = tuple(Event(what, on, told.source, TOLD, known, told.note) for what, on in days)
    return replace(party, events=(*party.events, *events))


def _without(withdrawal: Withdrawal, day: LegalDay, groups: dict[str, Group]) -> None:
    """Take a State that has left out of its group; a group that one member is left of is none (II.3)."""
    ends = withdrawal.takes_effect(day)
    for code, group in tuple(groups.items()):
        if withdrawal.state not in group.members or group.kind == DEEMED_PARTY or not group.holds_on(ends):
            continue
        rest = tuple(state for state in group.members if state != withdrawal.state)
        if len(rest) < 2:
            groups[code] = replace(group, end=ends, end_known=withdrawal.told.known)
        elif ends <= day.at:
            groups[code] = replace(group, members=rest)


def _begins(change: GroupChange, day: LegalDay) -> dt.date | None:
    """Return from when a change bears on flights.

    Common quotas follow on 1 January after an annual review (III.II.7); of two days that are possible the later one.
    A group that ends, or that a single member is left of, is none from the day of the change on.
    """
    effect, notice_ends = takes_effect(change, day), earliest_day(change, day)
    ends = change.what == END_BENELUX or len(change.members) < 2
    kind = _KINDS.get(change.what, change.kind)
    if effect is None or notice_ends is None or ends or change.at_signature or kind != COMMON_QUOTA:
        return effect
    return max(effect, *quota_days(notice_ends, day, change.reviewed))


def _change(change: GroupChange, begins: dt.date, groups: dict[str, Group]) -> None:
    stored, told = groups.get(change.group), change.told
    if change.what == END_BENELUX or len(change.members) < 2:
        if stored is not None and (stored.end is None or begins < stored.end):
            groups[change.group] = replace(stored, end=begins, end_known=told.known)
        return
    if change.what == FORM and stored is not None:
        return
    kind = _KINDS.get(change.what, change.kind)
    start = begins if stored is None else stored.start
    groups[change.group] = Group(
        code=change.group,
        name=change.group if stored is None else stored.name,
        kind=kind,
        members=change.members,
        start=start,
        end=None,
        known=told.known or start,
        end_known=None,
        source=told.source,
        status=TOLD,
    )

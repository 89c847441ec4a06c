"""What Parties did, in a sentence each, and on which days it holds."""

from __future__ import annotations

import datetime as dt
from functools import singledispatch

from skywitness.core.text import Text, say
from skywitness.law.acts import Act
from skywitness.law.aftermath import Flight
from skywitness.law.agreement import Agreement, agreement_end
from skywitness.law.formation import GroupChange, takes_effect
from skywitness.law.ledger import Transfer, YearQuota
from skywitness.law.legal_day import ALL, LegalDay
from skywitness.law.nonperformance import NonPerformance
from skywitness.law.review import Review
from skywitness.law.withdrawal import Withdrawal

__all__ = ["act_days", "act_title"]

_CHANGES = {
    "form": say("{members}: form the group {group}"),
    "to_common": say("The group {group} turns to common quotas"),
    "to_redistribution": say("The group {group} turns to separate quotas"),
    "leave": say("{states}: leave the group {group}"),
    "admit": say("The group {group} admits {states}"),
    "end_benelux": say("{group} ends as one Party"),
}


@singledispatch
def act_title(act: Act) -> Text:
    """Write in a sentence, without its full stop, what Parties did."""
    raise TypeError(f"no words for {act!r}")


@singledispatch
def act_days(act: Act, day: LegalDay) -> tuple[dt.date | None, dt.date | None]:
    """Return the days ``[start, end)`` on which what Parties did holds; ``None``: open, or not known to begin."""
    raise TypeError(f"no days for {act!r}, {day!r}")


def _codes(codes: tuple[str, ...]) -> Text | str:
    return say("all States Parties") if ALL in codes else ", ".join(codes)


@act_title.register
def _(act: Agreement) -> Text:
    return say("Agreement of {parties} on {provision}", parties=_codes(act.parties), provision=act.provision)


@act_days.register
def _(act: Agreement, day: LegalDay) -> tuple[dt.date | None, dt.date | None]:
    return act.start, agreement_end(act, day)


@act_title.register
def _(act: Transfer) -> Text:
    return say(
        "{giver} passes {flights} flights over {over} to {receiver} for {year}",
        giver=act.giver,
        flights=act.flights,
        over=act.over,
        receiver=act.receiver,
        year=str(act.year),
    )


@act_days.register
def _(act: Transfer, _day: LegalDay) -> tuple[dt.date | None, dt.date | None]:
    return act.on, act.end


@act_title.register
def _(act: YearQuota) -> Text:
    return say("Quotas of {party} for {year}", party=act.party, year=str(act.year))


@act_days.register
def _(act: YearQuota, _day: LegalDay) -> tuple[dt.date | None, dt.date | None]:
    return dt.date(act.year, 1, 1), dt.date(act.year + 1, 1, 1)


@act_title.register
def _(act: GroupChange) -> Text:
    words = {"group": act.group, "members": ", ".join(act.members), "states": ", ".join(act.states)}
    return Text(_CHANGES[act.what].template, tuple(words.items()))


@act_days.register
def _(act: GroupChange, day: LegalDay) -> tuple[dt.date | None, dt.date | None]:
    stored = day.instrument.groups.get(act.group) if act.at_signature else None
    return takes_effect(act, day), stored.end if stored else None


@act_title.register
def _(act: NonPerformance) -> Text:
    words = {"by": _codes(act.by), "towards": _codes(act.towards), "duties": ", ".join(act.duties)}
    if act.agreed:
        return say("Pause agreed between {by} and {towards} ({duties})", **words)
    return say("{by}: no performance towards {towards}, by its own account ({duties})", **words)


@act_days.register
def _(act: NonPerformance, day: LegalDay) -> tuple[dt.date | None, dt.date | None]:
    ends = [act.end, _all_left(act.by, day), _all_left(act.towards, day)]
    return act.start, min((end for end in ends if end is not None), default=None)


def _all_left(codes: tuple[str, ...], day: LegalDay) -> dt.date | None:
    """Return the day from which none of these States is a Party, where they have all left: nothing is owed then."""
    if ALL in codes:
        return None
    left = [day.leaves_on(state) for state in day.states(codes)]
    return None if None in left else max(one for one in left if one is not None)


@act_title.register
def _(act: Review) -> Text:
    if act.failed:
        return say("No distribution of active quotas was agreed for {year}", year=str(act.year))
    return say("Annual review of active quotas for {year}", year=str(act.year))


@act_days.register
def _(act: Review, _day: LegalDay) -> tuple[dt.date | None, dt.date | None]:
    return act.start, act.end


@act_title.register
def _(act: Withdrawal) -> Text:
    return say("{state} gives notice of withdrawal", state=act.state)


@act_days.register
def _(act: Withdrawal, day: LegalDay) -> tuple[dt.date | None, dt.date | None]:
    return act.notified, act.takes_effect(day)


@act_title.register
def _(act: Flight) -> Text:
    return say(
        "Mission of {observing} over {observed} from {arrival} on",
        observing=act.observing,
        observed=act.observed,
        arrival=act.arrival,
    )


@act_days.register
def _(act: Flight, _day: LegalDay) -> tuple[dt.date | None, dt.date | None]:
    return act.arrival, act.departure

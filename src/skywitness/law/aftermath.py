"""What a withdrawal leaves behind: quotas in mid-year, flights on their way, data and reports still owed."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from skywitness.core.finding import Effect, Verdict
from skywitness.core.text import Text, say
from skywitness.law.consequence import Consequence, draft
from skywitness.law.formation import quota_days
from skywitness.law.group import COMMON_QUOTA
from skywitness.law.ledger import Ledger
from skywitness.law.legal_day import LegalDay
from skywitness.law.told import Told
from skywitness.law.withdrawal import (
    Withdrawal,
    bound,
    conference_in_time,
    notice_long_enough,
    others_told,
    unsaid,
)

__all__ = ["Flight", "withdrawal_consequences"]


@dataclass(frozen=True, slots=True)
class Flight:
    """One observation mission around a withdrawal.

    ``arrival``: its (estimated) day of arrival at the point of entry; ``departure``: the day on which the observing
    Party left the point of exit.  Days on which something was done are ``None`` where it was not, or nobody has said.
    """

    told: Told
    observing: str
    observed: str
    arrival: dt.date
    departure: dt.date | None = None
    report_sent: dt.date | None = None
    data_requested: dt.date | None = None
    data_sent: dt.date | None = None


def withdrawal_consequences(
    withdrawal: Withdrawal, day: LegalDay, ledger: Ledger, flights: Iterable[Flight] = ()
) -> tuple[Consequence, ...]:
    """Tell everything that a withdrawal means on a day.  ``ledger`` holds the quotas of the year in which it falls."""
    if not withdrawal.is_by_party(day):
        words = {"state": withdrawal.state, "notified": withdrawal.notified}
        why = say("{state} was no State Party on {notified}, so that there was nothing to withdraw from.", **words)
        return (draft(day, withdrawal.told, "OS:XV.2", Verdict.NOT_APPLICABLE, why, bearer=withdrawal.state),)
    return (
        notice_long_enough(withdrawal, day),
        others_told(withdrawal, day),
        conference_in_time(withdrawal, day),
        bound(withdrawal, day),
        *(rule(withdrawal, day) for rule in _FROM_THE_TEXT),
        *_others_totals(withdrawal, day, ledger),
        *_group(withdrawal, day),
        *(unsaid(withdrawal, day, code, why) for code, why in _UNSAID),
        *(answer for flight in flights if _touches(flight, withdrawal) for answer in _flight(flight, withdrawal, day)),
    )


def _from_its_day(
    withdrawal: Withdrawal, day: LegalDay, code: str, why: Text, effect: Effect | None = None
) -> Consequence:
    """Answer what the text itself makes hold from the day of withdrawal on."""
    begins = withdrawal.takes_effect(day)
    verdict = Verdict.OK if day.at >= begins else Verdict.NOT_APPLICABLE
    return draft(day, withdrawal.told, code, verdict, why, begins, bearer=withdrawal.state, effect=effect)


def _own_quota(withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    why = say(
        "Active quota is a right of States Parties: what {state} has not flown of this year's by then it can no longer "
        "fly.",
        state=withdrawal.state,
    )
    return _from_its_day(withdrawal, day, "OS:III.I.5", why)


def _over_it(withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    why = say(
        "{state} need accept no flight any more; what others hold over it this year and have not flown by then lapses.",
        state=withdrawal.state,
    )
    effect = Effect(withdrawal.state, "may", say("decline every observation flight"))
    return _from_its_day(withdrawal, day, "OS:III.I.2", why, effect)


def _strip(withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    distance = day.period("border_distance")
    why = say(
        "{state} becomes a State that is not a Party: no flight path may come closer to its border than {km:g} km.",
        state=withdrawal.state,
        km=distance.value,
    )
    effect = Effect("observing", "must", say("keep {km:g} km from its border (VI.II.2)", km=distance.value))
    answer = _from_its_day(withdrawal, day, "OS:VI.II.2", why, effect)
    return replace(answer, finding=replace(answer.finding, values=distance.used))


def _transit(withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    why = say(
        "No transit flight can begin in the territory of {state} any more, and it need accept none (VII.2).",
        state=withdrawal.state,
    )
    return _from_its_day(withdrawal, day, "OS:VII.1", why)


def _aircraft(withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    why = say(
        "Aircraft that {state} designated are designated by no State Party any more and cannot be used.",
        state=withdrawal.state,
    )
    return _from_its_day(withdrawal, day, "OS:VI.I.1", why)


def _consensus(withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    before = len(day.on(withdrawal.takes_effect(day) - dt.timedelta(days=1)).parties())
    why = say(
        "Consensus of the Consultative Commission is that of the States Parties: {state} is no longer one of {before}, "
        "and its objection bars nothing.",
        state=withdrawal.state,
        before=before,
    )
    return _from_its_day(withdrawal, day, "OS:X.2", why)


def _requests(withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    why = say("Copies of data are for States Parties; {state} can request none any more.", state=withdrawal.state)
    return _from_its_day(withdrawal, day, "OS:IX.IV.1", why)


def _immunity(withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    why = say("For what its people did on duty before, the text itself lets privileges last.")
    return _from_its_day(withdrawal, day, "OS:XIII.II.2", why)


_FROM_THE_TEXT: Final[tuple[Callable[[Withdrawal, LegalDay], Consequence], ...]] = (
    _own_quota,
    _over_it,
    _strip,
    _transit,
    _aircraft,
    _consensus,
    _requests,
    _immunity,
)

_UNSAID: Final = (
    (
        "OS:III.I.7",
        say(
            "The annual review distributes the quotas of the next year; whether those freed in mid-year can be shared "
            "out anew is open."
        ),
    ),
    ("OS:VI.I.9", say("What becomes of a mission that has begun and would end after the day of withdrawal is open.")),
    ("OS:VI.I.21", say("Whether a mission report that falls due after the day of withdrawal is still owed is open.")),
    (
        "OS:IX.IV.1",
        say("Whether data of earlier flights that were requested before the day of withdrawal must be sent is open."),
    ),
    (
        "OS:IX.I.4",
        say(
            "Whether data already received remain bound to the purposes of the Treaty, and whether a Party may pass "
            "them to a former one, is open."
        ),
    ),
    ("OS:L.I.9", say("How the costs of the year in which a Party leaves are shared is open.")),
    ("OS:XII", say("Whether claims for earlier damage outlast the withdrawal is left to international law.")),
)


def _others_totals(withdrawal: Withdrawal, day: LegalDay, ledger: Ledger) -> tuple[Consequence, ...]:
    """Tell by how much others' totals fall in mid-year, and where their cap of one half would fall with them."""
    left = day.on(withdrawal.takes_effect(day) - dt.timedelta(days=1)).holder(withdrawal.state)
    found = []
    for (observing, observed), flights in sorted(ledger.over.items()):
        total = ledger.active_total.get(observing)
        if observed == left and total is not None and observing != left:
            found.append(_total_falls(withdrawal, day, observing, total, flights))
    return tuple(found)


def _total_falls(withdrawal: Withdrawal, day: LegalDay, observing: str, total: int, flights: int) -> Consequence:
    share = day.on(withdrawal.takes_effect(day)).number("share_over_one_party")
    before, after = (math.ceil(flown * (share.value or 0.0) / 100.0) for flown in (total, total - flights))
    why = say(
        "The total active quota of {observing} is the sum of its quotas: {total} before, {rest} without the {flights} "
        "over {state}. Half of it, which bounds flights over one other Party (III.I.10), would be {after} instead of "
        "{before}; whether the bound falls in mid-year is open.",
        observing=observing,
        total=total,
        rest=total - flights,
        flights=flights,
        state=withdrawal.state,
        before=before,
        after=after,
    )
    answer = unsaid(withdrawal, day, "OS:III.I.10", why)
    finding = replace(answer.finding, bearer=observing, measured=total - flights, unit="flights", values=share.used)
    return replace(answer, finding=finding)


def _group(withdrawal: Withdrawal, day: LegalDay) -> tuple[Consequence, ...]:
    """Tell what becomes of the group with common quotas that the State belonged to."""
    ends = withdrawal.takes_effect(day)
    group = day.on(ends - dt.timedelta(days=1)).group_of(withdrawal.state)
    if group is None or group.kind != COMMON_QUOTA:
        return ()
    rest = tuple(member for member in group.members if member != withdrawal.state)
    words = {"group": group.code, "rest": ", ".join(rest), "state": withdrawal.state}
    days = [one.isoformat() for one in quota_days(ends, day)]
    ending = say("A group is two or more States Parties: {group} ends with the withdrawal of {state}.", **words)
    if len(rest) > 1:
        ending = say("{group} goes on as {rest}, without {state}.", **words)
    quota = say(
        "Leaving the Treaty is not leaving a group by notice (III.II.6(C)); what {rest} must accept and may fly alone "
        "is open until it is settled. If paragraph 7 governs it, new quotas begin on {days}.",
        days=" / ".join(days),
        **words,
    )
    return (
        _from_its_day(withdrawal, day, "OS:II.3", ending),
        unsaid(withdrawal, day, "OS:III.II.7", quota),
    )


def _touches(flight: Flight, withdrawal: Withdrawal) -> bool:
    return withdrawal.state in (flight.observing, flight.observed)


def _flight(flight: Flight, withdrawal: Withdrawal, day: LegalDay) -> tuple[Consequence, ...]:
    """Answer for one mission: whether it can be flown, its report, its data."""
    return (
        _can_be_flown(flight, withdrawal, day),
        *_owed(flight, withdrawal, day),
    )


def _can_be_flown(flight: Flight, withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    ends, period = withdrawal.takes_effect(day), day.period("mission_period")
    last = flight.departure or flight.arrival + dt.timedelta(hours=period.value or 0.0)
    words = {
        "observing": flight.observing,
        "observed": flight.observed,
        "arrival": flight.arrival,
        "last": last,
        "ends": ends,
    }
    if flight.arrival >= ends:
        why = say("{observing} over {observed}, arriving on {arrival}: not on or after {ends}.", **words)
        return draft(
            day,
            flight.told,
            "OS:III.I.1",
            Verdict.BREACH,
            why,
            ends,
            bearer=flight.observing,
            effect=Effect(flight.observed, "may", say("decline the flight, as one side is no State Party")),
        )
    if last < ends:
        why = say("{observing} over {observed}, from {arrival} to {last}: before {ends}, as any other.", **words)
        return draft(day, flight.told, "OS:III.I.1", Verdict.OK, why, None, ends, bearer=flight.observing)
    why = say(
        "{observing} over {observed}, from {arrival} to {last}, goes past {ends}: whether it may be completed is open.",
        **words,
    )
    answer = unsaid(withdrawal, day, "OS:VI.I.9", why)
    return replace(answer, told=flight.told)


def _owed(flight: Flight, withdrawal: Withdrawal, day: LegalDay) -> list[Consequence]:
    """Answer for the mission report and the data of a mission that was flown."""
    ends, found = withdrawal.takes_effect(day), []
    if flight.departure is not None and flight.departure < ends:
        days = day.period("mission_report")
        due = flight.departure + dt.timedelta(days=days.whole or 0)
        found.append(_duty(flight, withdrawal, day, "OS:VI.I.21", due, flight.report_sent))
    if flight.data_requested is not None:
        found.append(_data(flight, withdrawal, day))
    return found


def _duty(
    flight: Flight, withdrawal: Withdrawal, day: LegalDay, code: str, due: dt.date, done: dt.date | None
) -> Consequence:
    """Judge a duty with a last day: kept, broken, not due yet, or fallen due after the withdrawal."""
    ends = withdrawal.takes_effect(day)
    words = {"due": due, "done": done, "ends": ends}
    if done is not None and done <= due:
        why = say("Sent on {done}, by {due} as it had to be.", **words)
        return draft(day, flight.told, code, Verdict.OK, why, flight.departure, due, bearer=flight.observing)
    if due < ends or flight.observing != withdrawal.state:
        late = done is not None or day.at > due
        why = say("Due by {due} and not sent by then.", **words) if late else say("Due by {due}.", **words)
        verdict = Verdict.BREACH if late else Verdict.NOT_APPLICABLE
        return draft(day, flight.told, code, verdict, why, flight.departure, due, bearer=flight.observing)
    why = say("Due by {due}, after the day of withdrawal {ends}: whether it is still owed is open.", **words)
    return replace(unsaid(withdrawal, day, code, why), told=flight.told)


def _data(flight: Flight, withdrawal: Withdrawal, day: LegalDay) -> Consequence:
    ends, code = withdrawal.takes_effect(day), "OS:IX.IV.1"
    words = {"asked": flight.data_requested, "sent": flight.data_sent, "ends": ends}
    if flight.data_sent is not None and flight.data_sent < ends:
        why = say("Data requested on {asked} were sent on {sent}.", **words)
        return draft(day, flight.told, code, Verdict.OK, why, flight.data_requested, bearer=flight.observing)
    if day.at < ends:
        why = say("Data requested on {asked} have not been sent yet; the text sets no day.", **words)
        return draft(
            day,
            flight.told,
            code,
            Verdict.CANNOT_TELL,
            why,
            flight.data_requested,
            bearer=flight.observing,
            needs=(say("the day on which the data were sent (flight.data_sent)"),),
        )
    why = say("Data requested on {asked} were not sent before {ends}: whether they are still owed is open.", **words)
    return replace(unsaid(withdrawal, day, code, why), told=flight.told)

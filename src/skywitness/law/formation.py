"""Groups of States Parties: how they come about, change and end (Article III, Section II, paragraphs 1, 6 and 7).

Two kinds: one whose members keep their own passive quotas and may redistribute the active ones (paragraph 2), and one
that holds all quotas in common (paragraph 3).  A change takes effect six months after notice at the earliest; common
quotas change on 1 January after the first annual review that follows those six months.  Benelux is no group: its end
has a rule of its own (Article XIV, paragraph 2).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.dated import NotInForce, Unsettled
from skywitness.core.finding import Verdict
from skywitness.core.text import Text, say
from skywitness.law.consequence import Consequence, draft, silent
from skywitness.law.group import COMMON_QUOTA
from skywitness.law.legal_day import LegalDay
from skywitness.law.months import add_months
from skywitness.law.provisions import provision
from skywitness.law.told import Told

__all__ = ["WISHES", "GroupChange", "change_consequences", "earliest_day", "quota_days", "takes_effect"]

FORM: Final = "form"
TO_COMMON: Final = "to_common"
TO_REDISTRIBUTION: Final = "to_redistribution"
LEAVE: Final = "leave"
ADMIT: Final = "admit"
END_BENELUX: Final = "end_benelux"
CHANGES: Final = {
    FORM: "OS:III.II.1(A)",
    TO_COMMON: "OS:III.II.6(A)",
    TO_REDISTRIBUTION: "OS:III.II.6(B)",
    LEAVE: "OS:III.II.6(C)",
    ADMIT: "OS:III.II.6(D)",
    END_BENELUX: "OS:XIV.2",
}
"""What can happen to a group, and the provision that governs it."""

WISHES: Final = "request_of_change"
"""The day by which wishes for the next year are told; the annual review follows it."""

_BENELUX_PERIOD, _BENELUX_DAY = "benelux_termination", "benelux_termination_day"


@dataclass(frozen=True, slots=True)
class GroupChange:
    """What happens to a group.

    ``kind`` is the group's kind after the change.  ``members`` are those after it; ``states`` those that join or leave.
    ``notified``: the day of notice to all other States Parties (``None``: not known).  ``at_signature``: formed when
    the Treaty was signed, which needs no notice.  ``effective``: the day announced, if any.  ``reviewed``: the day of
    the first annual review after the six months, where it is known.
    """

    told: Told
    group: str
    what: str
    kind: str
    members: tuple[str, ...]
    states: tuple[str, ...] = ()
    notified: dt.date | None = None
    at_signature: bool = False
    effective: dt.date | None = None
    reviewed: dt.date | None = None


def earliest_day(change: GroupChange, day: LegalDay) -> dt.date | None:
    """Return the first day on which the change can take effect; ``None`` where the notice is not known."""
    if change.at_signature:
        return day.instrument.heading.entry_into_force.on
    if change.notified is None:
        return None
    return add_months(change.notified, day.period("group_notice").whole or 0)


def takes_effect(change: GroupChange, day: LegalDay) -> dt.date | None:
    """Return the day on which the change takes effect: as announced, but never before the notice has run out.

    ``None``: not known, because the notice is not; unless the law as stored ends the group on the day announced.
    """
    if change.what == END_BENELUX:
        return None if change.notified is None else benelux_ends(change.notified, day)[-1]
    earliest = earliest_day(change, day)
    if earliest is None:
        return change.effective if _ends_as_stored(change, day) else None
    return max(earliest, change.effective) if change.effective else earliest


def _ends_as_stored(change: GroupChange, day: LegalDay) -> bool:
    """Tell whether one member is left by this change, on the very day from which the law as stored has no group."""
    stored = day.instrument.groups.get(change.group)
    alone = change.what == LEAVE and len(change.members) < 2
    return alone and stored is not None and stored.end is not None and stored.end == change.effective


def quota_days(notice_ends: dt.date, day: LegalDay, reviewed: dt.date | None = None) -> tuple[dt.date, ...]:
    """Return the first days that common quotas may have after a change: one, or two where nobody can say (III.II.7).

    It is 1 January after the first annual review that takes place once the six months are over.  The Treaty does not
    date the review; wishes for the next year are told by a day of the year (L.II.1), so that it follows that day.
    ``reviewed``: its day, where known.

    >>> [one.isoformat() for one in quota_days(dt.date(2027, 6, 1), LegalDay(dt.date(2027, 6, 1)))]
    ['2028-01-01']
    >>> [one.isoformat() for one in quota_days(dt.date(2021, 12, 18), LegalDay(dt.date(2021, 12, 18)))]
    ['2022-01-01', '2023-01-01']
    """
    if reviewed is not None and reviewed >= notice_ends:
        return (dt.date(reviewed.year + 1, 1, 1),)
    this_year = dt.date(notice_ends.year + 1, 1, 1)
    (month, last), _ = day.yearly(WISHES)
    if notice_ends <= dt.date(notice_ends.year, month, last):
        return (this_year,)
    return (this_year, dt.date(notice_ends.year + 2, 1, 1))


def benelux_ends(notified: dt.date, day: LegalDay) -> tuple[dt.date, ...]:
    """Return when Benelux ends as one Party: a day of the year after so many days from notice (XIV.2).

    Two days where the period itself ends on that day of the year: the text does not say whether that one counts.

    >>> [one.isoformat() for one in benelux_ends(dt.date(2026, 10, 15), LegalDay(dt.date(2026, 10, 15)))]
    ['2026-12-31']
    """
    over = notified + dt.timedelta(days=day.period(_BENELUX_PERIOD).whole or 0)
    (month, last), _ = day.yearly(_BENELUX_DAY)
    ends, next_one = (dt.date(year, month, last) for year in (over.year, over.year + 1))
    if over == ends:
        return (ends, next_one)
    return (ends,) if over < ends else (next_one,)


def change_consequences(change: GroupChange, day: LegalDay) -> tuple[Consequence, ...]:
    """Tell what a change of a group does: who may make it, when it takes effect, and when quotas follow."""
    if change.what == END_BENELUX:
        return end_of_benelux(change, day)
    found = [*_members(change, day), six_months(change, day)]
    if change.kind == COMMON_QUOTA or change.what == TO_REDISTRIBUTION:
        found += new_quotas(change, day)
    if change.what == LEAVE and len(change.members) < 2:
        found += _group_of_one(change, day)
    return tuple(found)


def _members(change: GroupChange, day: LegalDay) -> list[Consequence]:
    """Judge that those who form or join a group are States Parties that hold quotas."""
    if change.what not in (FORM, ADMIT):
        return []
    joining = change.members if change.what == FORM else change.states
    code = CHANGES[change.what]
    if change.what == FORM and len(joining) < 2:
        why = say(
            "A group has at least two members; {group} would have {count}.", group=change.group, count=len(joining)
        )
        return [draft(day, change.told, code, Verdict.BREACH, why, bearer=change.group)]
    begins = takes_effect(change, day)
    then = day.on(begins or day.at)
    return [_holds_quota(change, state, then) for state in joining]


def _holds_quota(change: GroupChange, state: str, then: LegalDay) -> Consequence:
    code = CHANGES[change.what]
    if not then.is_party(state):
        why = say("{state} is no State Party on {day}.", state=state, day=then.at)
        return draft(then, change.told, code, Verdict.BREACH, why, bearer=state)
    outcome = then.passive_outcome(state)
    if isinstance(outcome, Unsettled):
        why = say("{state} has a passive quota on {day}; how large it is cannot be told.", state=state, day=then.at)
        return draft(then, change.told, code, Verdict.OK, why, bearer=state)
    if isinstance(outcome, NotInForce):
        why = say("No passive quota of {state} is stored for {day}.", state=state, day=then.at)
        need = say("the quotas that {state} holds", state=state)
        return draft(then, change.told, code, Verdict.CANNOT_TELL, why, bearer=state, needs=(need,))
    held = then.passive_quota(state)
    why = say("{state} is a State Party and holds quotas on {day}.", state=state, day=then.at)
    return draft(then, change.told, code, Verdict.OK, why, bearer=state, values=held.used)


@provision("OS:III.II.1(A)")
@provision("OS:III.II.6")
@provision("OS:III.II.6(A)")
@provision("OS:III.II.6(B)")
@provision("OS:III.II.6(C)")
@provision("OS:III.II.6(D)")
def six_months(change: GroupChange, day: LegalDay) -> Consequence:
    """Judge that the change takes effect six months after notice at the earliest."""
    code, earliest = CHANGES[change.what], earliest_day(change, day)
    used = () if change.at_signature else day.period("group_notice").used
    bearer = ", ".join(change.states) if change.what == LEAVE and change.states else change.group
    fields: dict[str, Any] = {"bearer": bearer, "unit": "day", "values": used}
    if earliest is None:
        why = say("When the others were told is not known, so that the six months cannot be counted.")
        need = say("the day of notice to all other States Parties (group_change.notified)")
        return draft(day, change.told, code, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    if change.at_signature:
        stored = day.instrument.groups.get(change.group)
        why = say("Formed at signature, {group} stands from entry into force, without notice.", group=change.group)
        return draft(day, change.told, code, Verdict.OK, why, earliest, stored.end if stored else None, **fields)
    fields |= {"limit": earliest.isoformat()}
    if change.effective is not None:
        early = change.effective < earliest
        why = _announced(change, change.effective, earliest)
        margin = float((change.effective - earliest).days)
        return draft(
            day,
            change.told,
            code,
            Verdict.BREACH if early else Verdict.OK,
            why,
            max(earliest, change.effective),
            measured=change.effective.isoformat(),
            margin=margin,
            **fields,
        )
    if day.at < earliest:
        why = say(
            "Notice was given on {day}; nothing changes before {earliest}.", day=change.notified, earliest=earliest
        )
        return draft(day, change.told, code, Verdict.NOT_APPLICABLE, why, earliest, **fields)
    why = say(
        "Notice was given on {day}; the change can hold from {earliest} on.", day=change.notified, earliest=earliest
    )
    return draft(day, change.told, code, Verdict.OK, why, earliest, **fields)


def _announced(change: GroupChange, effective: dt.date, earliest: dt.date) -> Text:
    if effective < earliest:
        return say(
            "Announced for {effective}, but six months from the notice of {day} end on {earliest}; it holds from then "
            "on.",
            effective=effective,
            day=change.notified,
            earliest=earliest,
        )
    return say(
        "Announced for {effective}; six months from the notice of {day} end on {earliest}.",
        effective=effective,
        day=change.notified,
        earliest=earliest,
    )


@provision("OS:III.II.7")
def new_quotas(change: GroupChange, day: LegalDay) -> list[Consequence]:
    """Tell from when quotas follow the change: 1 January after the first annual review after the six months."""
    earliest = earliest_day(change, day)
    if earliest is None:
        why = say("From when quotas follow the change cannot be told, because the day of notice is not known.")
        need = say("the day of notice to all other States Parties (group_change.notified)")
        return [draft(day, change.told, "OS:III.II.7", Verdict.CANNOT_TELL, why, bearer=change.group, needs=(need,))]
    if change.at_signature:
        why = say("Annex A itself gives {group} its common quotas from entry into force.", group=change.group)
        return [draft(day, change.told, "OS:III.II.7", Verdict.NOT_APPLICABLE, why, earliest, bearer=change.group)]
    if change.what in (TO_COMMON, TO_REDISTRIBUTION):
        why = say(
            "Paragraph 7 speaks of groups with common quotas that are established, admit or lose a member, not of one "
            "that changes its kind; the quotas may follow on {earliest} or on 1 January after the next annual review.",
            earliest=earliest,
        )
        return [silent(day, change.told, "OS:III.II.7", why, earliest, bearer=change.group)]
    return [_quotas_follow(change, day, earliest)]


def _quotas_follow(change: GroupChange, day: LegalDay, earliest: dt.date) -> Consequence:
    """Tell on which 1 January the quotas of an established, larger or smaller group begin, or on which two they may."""
    days = quota_days(earliest, day, change.reviewed)
    too_early = change.reviewed is not None and change.reviewed < earliest
    used = (*day.period("group_notice").used, *(() if change.reviewed and not too_early else day.yearly(WISHES)[1]))
    if len(days) > 1:
        why = say(
            "The six months end on {earliest}. Whether the annual review of that year came after that day is not "
            "known; the new quotas begin on {first} if it did, else on {second}.",
            earliest=earliest,
            first=days[0],
            second=days[1],
        )
        why = _but_reviewed(why, change, too_early=too_early)
        need = say("the day of the first annual review after {earliest} (group_change.reviewed)", earliest=earliest)
        return draft(
            day,
            change.told,
            "OS:III.II.7",
            Verdict.CANNOT_TELL,
            why,
            days[0],
            bearer=change.group,
            needs=(need,),
            values=used,
        )
    why = say("The six months end on {earliest}; the new quotas begin on {first}.", earliest=earliest, first=days[0])
    why = _but_reviewed(why, change, too_early=too_early)
    verdict = Verdict.OK if day.at >= days[0] else Verdict.NOT_APPLICABLE
    return draft(day, change.told, "OS:III.II.7", verdict, why, days[0], bearer=change.group, values=used)


def _but_reviewed(why: Text, change: GroupChange, *, too_early: bool) -> Text:
    """Say of a review told for a day within the six months that it is not the one from which quotas follow."""
    if not too_early:
        return why
    return say(
        "{why} The review told for {reviewed} came before they ended and does not count.",
        why=why,
        reviewed=change.reviewed,
    )


def _group_of_one(change: GroupChange, day: LegalDay) -> list[Consequence]:
    """Tell what becomes of a group that one member is left of."""
    ends = takes_effect(change, day)
    why = say("A group is two or more States Parties; with one member left there is none.")
    rest = ", ".join(change.members)
    gap = say(
        "Until the new quotas begin, what {state} must accept and may fly alone is open.", state=rest or change.group
    )
    verdict = Verdict.OK if ends and day.at >= ends else Verdict.NOT_APPLICABLE
    return [
        draft(day, change.told, "OS:II.3", verdict, why, ends, bearer=change.group),
        silent(day, change.told, "OS:III.II.7", gap, ends, bearer=rest or change.group),
    ]


@provision("OS:XIV.2")
def end_of_benelux(change: GroupChange, day: LegalDay) -> tuple[Consequence, ...]:
    """Tell when Benelux ends as one Party, and what the text leaves open then."""
    if change.notified is None:
        why = say("When the others were told is not known.")
        need = say("the day of notice to all other States Parties (group_change.notified)")
        return (draft(day, change.told, "OS:XIV.2", Verdict.CANNOT_TELL, why, needs=(need,), bearer=change.group),)
    ending = _ending(change, day, change.notified)
    quota = say("How the passive quota of Benelux is divided among Belgium, Luxembourg and the Netherlands is open.")
    last = benelux_ends(change.notified, day)[-1]
    return ending, silent(day, change.told, "OS:A.I.1", quota, last, bearer=change.group)


def _ending(change: GroupChange, day: LegalDay, notified: dt.date) -> Consequence:
    """Judge the day announced for the end of Benelux, or tell the day where none was announced."""
    days = benelux_ends(notified, day)
    cited = (*day.period(_BENELUX_PERIOD).used, *day.yearly(_BENELUX_DAY)[1])
    fields: dict[str, Any] = {"bearer": change.group, "values": cited}
    if change.effective is not None and change.effective not in days:
        why = say(
            "Announced for {effective}, but after the notice of {day} Benelux ends as one Party on {end}.",
            effective=change.effective,
            day=notified,
            end=days[-1],
        )
        fields |= {"measured": change.effective.isoformat(), "limit": days[-1].isoformat(), "unit": "day"}
        return draft(day, change.told, "OS:XIV.2", Verdict.BREACH, why, days[-1], **fields)
    if len(days) > 1:
        why = say(
            "{count} days from the notice of {day} end on {first}, itself the day of the year on which Benelux may "
            "end; whether it ends then or on {second} the text does not say.",
            count=day.period(_BENELUX_PERIOD).whole,
            day=notified,
            first=days[0],
            second=days[1],
        )
        return silent(day, change.told, "OS:XIV.2", why, days[0], **fields)
    why = say("Notice was given on {day}; Benelux ends as one Party on {end}.", day=notified, end=days[0])
    verdict = Verdict.OK if day.at >= days[0] else Verdict.NOT_APPLICABLE
    return draft(day, change.told, "OS:XIV.2", verdict, why, days[0], **fields)

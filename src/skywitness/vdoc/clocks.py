"""Times of hours and of days: answers, meetings, visits, yearly information."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.vdoc.deeds import judge_act
from skywitness.vdoc.law import Law, Limit
from skywitness.vdoc.model import Dossier, Information, Question

__all__ = ["Due", "judge_information", "judge_questions", "within"]

_HOURS: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Due:
    """Something held against its time.  ``owed``: it is still to come; ``untold``: nobody says whether it came."""

    verdict: Verdict
    why: Text
    due_utc: dt.datetime
    owed: bool = False
    untold: bool = False
    figures: dict[str, Any] = field(default_factory=dict)

    def until(self, what: Text) -> Text:
        """Say by when something is owed, as long as it can come in time."""
        return what if self.verdict is Verdict.BREACH else say("{what} by {due}", what=what, due=self.due_utc)


def within(
    name: str, what: Text, since_utc: dt.datetime, done_utc: dt.datetime | bool | None, limit: Limit, law: Law
) -> Due:
    """Hold a moment against a time in hours that runs from another; ``False``: it never came."""
    due_utc = since_utc + dt.timedelta(hours=limit.number)
    told = {"name": name, "what": what, "due": due_utc}
    if isinstance(done_utc, dt.datetime):
        hours = (done_utc - since_utc).total_seconds() / _HOURS
        figures = {"measured": hours, "limit": limit.number, "margin": limit.number - hours, "unit": "h"}
        why = say("{name}: {what} came after {hours:.1f} hours; {limit:.0f} are allowed.", hours=hours, limit=limit.number, **told)  # noqa: E501  # fmt: skip
        return Due(Verdict.OK if hours <= limit.number else Verdict.BREACH, why, due_utc, figures=figures)
    if law.now_utc <= due_utc:
        why = say("{name}: {what} is due by {due}, which is not over.", **told)
        return Due(Verdict.NOT_APPLICABLE, why, due_utc, owed=True)
    if done_utc is None:
        why = say("{name}: when {what} came is not told; due by {due}.", **told)
        return Due(Verdict.CANNOT_TELL, why, due_utc, untold=True)
    why = say("{name}: {what} never came, but was due by {due}.", **told)
    return Due(Verdict.BREACH, why, due_utc, owed=True)


def judge_questions(dossier: Dossier, law: Law) -> Iterator[Finding]:
    """Judge every question on unusual military activity."""
    for one in sorted(dossier.questions, key=lambda question: question.id):
        yield _answer(one, law)
        if one.meeting_asked_utc is not None:
            yield _meeting(one, one.meeting_asked_utc, law)


@provision("VD:RISK.ANSWER")
def _answer(one: Question, law: Law) -> Finding:
    limit = law.limit("unusual_answer")
    due = within(one.id, say("the answer"), one.asked_utc, one.answered_utc, limit, law)
    effect = Effect(one.to, "must", due.until(say("answer {by}", by=one.by))) if due.owed else None
    if due.verdict is Verdict.BREACH:
        effect = Effect(one.by, "may", say("ask for a meeting"))
    needs = (say("{name}: when the answer came (answered_utc)", name=one.id),) if due.untold else ()
    return law.finding(
        "RISK.ANSWER", due.verdict, due.why, bearer=one.to, where=Where(name=one.id), effect=effect, needs=needs,
        values=(limit.used,), **due.figures,
    )  # fmt: skip


@provision("VD:RISK.MEETING")
def _meeting(one: Question, asked_utc: dt.datetime, law: Law) -> Finding:
    limit = law.limit("unusual_meeting")
    due = within(one.id, say("the meeting"), asked_utc, one.meeting_held_utc, limit, law)
    both = f"{one.by}, {one.to}"
    effect = Effect(both, "must", due.until(say("meet"))) if due.owed else None
    needs = (say("{name}: when the meeting was held (meeting_held_utc)", name=one.id),) if due.untold else ()
    return law.finding(
        "RISK.MEETING", due.verdict, due.why, bearer=both, where=Where(name=one.id), effect=effect, needs=needs,
        values=(limit.used,), **due.figures,
    )  # fmt: skip


def judge_information(dossier: Dossier, law: Law) -> Iterator[Finding]:
    """Judge the yearly information of every State."""
    for one in sorted(dossier.information, key=lambda row: (row.state, row.year)):
        yield _information(one, law)


@provision("VD:INFORMATION.YEARLY")
def _information(one: Information, law: Law) -> Finding:
    """Hold the yearly information against the day in December before its year."""
    latest, used = law.day_of("information_day", one.year - 1)
    name = f"{one.state} {one.year}"
    deed = judge_act(name, say("the yearly information"), one.given, latest, law, (one.state,))
    owed = deed.owed or deed.verdict is Verdict.BREACH
    what = say("give the yearly information by {latest}", latest=latest) if deed.owed else say("give the yearly information")  # noqa: E501  # fmt: skip
    effect = Effect(one.state, "must", what) if owed and one.given.day is None else None
    needs = (say("{name}: the day on which it was given (given)", name=name),) if deed.untold else ()
    return law.finding(
        "INFORMATION.YEARLY", deed.verdict, deed.why, bearer=one.state, where=Where(name=name), effect=effect,
        needs=needs, values=(used,),
    )  # fmt: skip

"""Findings on times that were kept or not, from what the events list.

A state only says how things stand by the list; a finding judges.  It calls a breach only what is listed as done too
late or too early, or what a list that says it is whole does not hold.  What is to follow *at once* has no number: done
at the same moment it is kept, done later nobody but people can tell.

The times that a mission plan itself shows are judged by :mod:`skywitness.route.rules`; they are not judged again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from skywitness.core.clock import Clock, Duty, Reason, State
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.periods import HOURS_IN
from skywitness.core.reading import Reading
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision, title
from skywitness.mission.kinds import title_of
from skywitness.mission.tables import clocks
from skywitness.mission.words import SILENT, moment_words, needs_of, why

BY_PLAN: Final = frozenset(
    {
        "notice_of_flight",
        "arrival_in_time",
        "inspection_end",
        "plan_after_arrival",
        "plan_a_day_before",
        "commencement_a_day_after",
        "plan_answer",
        "plan_agreement",
        "one_flight_at_a_time",
        "overlap_accepted",
        "own_demonstration_inside",
        "extension_for_demonstration",
    }
)
"""Clocks whose provision a rule for plans judges already, with the same facts."""


def judge(
    duties: Iterable[Duty], reading: Reading, bearers: dict[str, str | None], whole: dt.datetime | None
) -> tuple[Finding, ...]:
    """Judge every duty that no rule for plans judges: one finding each, in their order.

    ``bearers`` are codes of Parties by the roles of the tables, ``whole`` says until when nothing is missing in the
    list of events.
    """
    return tuple(judge_duty(duty, reading, bearers, whole) for duty in duties if duty.clock.id not in BY_PLAN)


def judge_duty(
    duty: Duty, reading: Reading, bearers: dict[str, str | None], whole: dt.datetime | None = None
) -> Finding:
    """Judge one duty."""
    bearer = bearers.get(duty.clock.bearer) or duty.clock.bearer
    verdict, reason = _verdict(duty, whole)
    measured, limit, unit = _measured(duty)
    margin = None if measured is None or limit is None else (limit - measured) * (1.0 if _at_most(duty.clock) else -1.0)
    return Finding(
        provision=duty.clock.provision,
        title=title(duty.clock.provision),
        verdict=verdict,
        why=say("{what}: {reason}", what=duty.clock.what, reason=reason),
        reading=reading,
        bearer=bearer,
        effect=_effect(duty, verdict, bearer),
        measured=measured,
        uncertainty=None if measured is None else 0.0,
        limit=limit,
        margin=margin,
        unit=unit,
        where=_where(duty),
        by_agreement=duty.by_agreement,
        values=duty.values,
        needs=_needs(duty, verdict),
    )


def _verdict(duty: Duty, whole: dt.datetime | None) -> tuple[Verdict, Text]:
    """Judge by the state, and say why."""
    done, due = duty.done, duty.due_utc
    if duty.state is State.WAIVED:
        words = say("the Parties agreed otherwise ({source}).", source=duty.by_agreement)
        return Verdict.OK, words
    if duty.state is State.CANNOT_TELL:
        return Verdict.CANNOT_TELL, why(duty) or say("this cannot be told.")
    if duty.state is State.NOT_APPLICABLE:
        return Verdict.NOT_APPLICABLE, why(duty) or say("does not apply here.")
    if duty.state is State.DEEMED:
        return Verdict.OK, say("nobody acted by {due}; {follows}.", due=_time(due), follows=duty.clock.consequence)
    if done is None:
        return _undone(duty, whole)
    act = {"event": title_of(done.kind), "at": moment_words(done.at_utc)}
    if duty.state is State.EARLY:
        return Verdict.BREACH, say("{event} at {at}, before {opens}.", opens=_time(duty.not_before_utc), **act)
    if duty.state is State.DONE:
        return _kept(duty, act)
    return _late(duty, act)


def _kept(duty: Duty, act: dict[str, object]) -> tuple[Verdict, Text]:
    if duty.clock.at_once and (delay := _delay(duty)):
        words = say("{event} at {at}, {hours:.2f} h on; how soon is at once the text does not say.", hours=delay, **act)
        return Verdict.CANNOT_TELL, words
    if duty.due_utc is None:
        return Verdict.OK, say("{event} at {at}.", **act)
    return Verdict.OK, say("{event} at {at}; the time ends at {due}.", due=_time(duty.due_utc), **act)


def _late(duty: Duty, act: dict[str, object]) -> tuple[Verdict, Text]:
    """Judge what was done after its time: a breach of a duty; of a right, nothing that this provision gives."""
    follows = duty.clock.consequence or SILENT
    words = say(
        "{event} at {at}, after {due}. What follows: {follows}.", due=_time(duty.due_utc), follows=follows, **act
    )
    return (Verdict.BREACH if duty.state is State.LATE else Verdict.CANNOT_TELL), words


def _undone(duty: Duty, whole: dt.datetime | None) -> tuple[Verdict, Text]:
    """Judge what nobody lists as done."""
    due = duty.due_utc
    if duty.state in (State.WAITING, State.DUE):
        return Verdict.NOT_APPLICABLE, why(duty) or say("its time is not over.")
    if duty.state is State.LAPSED:
        follows = duty.clock.consequence or SILENT
        return Verdict.OK, say("not used by {due}. What follows: {follows}.", due=_time(due), follows=follows)
    follows = duty.clock.consequence or SILENT
    if due is not None and whole is not None and whole >= due:
        words = say(
            "not done by {due}, and the list of events is whole. What follows: {follows}.",
            due=_time(due),
            follows=follows,
        )
        return Verdict.BREACH, words
    return Verdict.CANNOT_TELL, say("no event says that it was done by {due}.", due=_time(due))


def _time(at: dt.datetime | None) -> str:
    return moment_words(at)


def _delay(duty: Duty) -> float | None:
    """Return how long after the beginning of its time the act came, in hours."""
    if duty.done is None or duty.not_before_utc is None:
        return None
    return (duty.done.at_utc - duty.not_before_utc) / dt.timedelta(hours=1)


def _measured(duty: Duty) -> tuple[float | None, float | None, str | None]:
    """Measure from the anchor to the act, in the unit of the law, with the limit; nothing for months."""
    edge = duty.due or duty.opens
    moment, done = (edge.moment if edge else None), duty.done
    unit = next((value.unit for value in duty.values if value.unit in HOURS_IN), None)
    if edge is None or edge.at is None or moment is None or done is None or unit is None or not moment.firm:
        return None, None, None
    step = dt.timedelta(hours=HOURS_IN[unit])
    sign = -1.0 if edge.at < moment.at else 1.0
    return sign * ((done.at_utc - moment.at) / step), sign * ((edge.at - moment.at) / step), unit


def _at_most(clock: Clock) -> bool:
    """Tell a longest time after something from a least time before it, or after which something may begin."""
    bound = clock.due
    return bound is not None and not getattr(bound, "before", False)


def _effect(duty: Duty, verdict: Verdict, bearer: str) -> Effect | None:
    """Say who may or must now do what: what is due, what an objection does, what a late act leaves."""
    clock = duty.clock
    if duty.state is State.DUE:
        return Effect(bearer, "must" if clock.modality == "duty" else "may", clock.what)
    if clock.id == "personnel_objection" and duty.done is not None:
        return Effect(
            "list_provider", "must", say("take the person off the list for the Party that objects (XIII.I.2)")
        )
    if verdict is Verdict.BREACH and clock.modality == "duty" and duty.done is None:
        return Effect(bearer, "must", clock.what)
    return None


def _where(duty: Duty) -> Where | None:
    at = duty.done.at_utc if duty.done else duty.due_utc
    return None if at is None else Where(time_utc=at)


def _needs(duty: Duty, verdict: Verdict) -> tuple[Text, ...]:
    if verdict is not Verdict.CANNOT_TELL:
        return ()
    if found := needs_of(duty):
        return found
    if duty.clock.at_once or duty.reason is not Reason.NONE or duty.done is not None:
        return (say("what the two Parties say of it"),)
    return tuple(
        say("when: {event} (an [[event]] of kind {kind})", event=title_of(kind), kind=kind)
        for kind in duty.clock.done_by
    )


def _tie() -> Iterator[str]:
    """Tie the judge to every provision it judges, once the tables are read."""
    for clock in clocks():
        if clock.id not in BY_PLAN:
            provision(clock.provision)(judge_duty)
            yield clock.provision


JUDGED: Final = tuple(dict.fromkeys(_tie()))
"""Provisions judged here, in the order of the tables."""

"""What was done with a type, set against its class: flight tests, production, possession (Articles IV, V and VI)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.inf.classify.decide import Outcome, Scope
from skywitness.inf.classify.desk import Desk
from skywitness.inf.classify.model import DEPLOYMENT, POSSESSION, PRODUCTION, STAND, TEST, Record
from skywitness.inf.classify.span import Standing
from skywitness.inf.classify.steps import exempt_by_stand, untold_of_stand
from skywitness.inf.law import INTERMEDIATE, SHORTER, instrument
from skywitness.law.provisions import provision

__all__ = ["conduct"]

_VERDICTS = {Scope.IN: Verdict.BREACH, Scope.OUT: Verdict.OK, Scope.CANNOT_TELL: Verdict.CANNOT_TELL}
_NEED_CLASS = say("the class of the type")
_NEED_DAY = say("the day of each act (day)")


def conduct(desk: Desk, outcome: Outcome) -> tuple[Finding, ...]:
    """Judge every act told of the type under this reading, in the order of the records."""
    found: list[Finding] = []
    for record in desk.records:
        if record.what == TEST:
            found += _flight_test(desk, outcome, record)
        elif record.what == PRODUCTION:
            found += _production(desk, outcome, record)
        elif record.what in (DEPLOYMENT, POSSESSION):
            found += _kept(desk, outcome, record)
    return tuple(found)


def _act(
    desk: Desk,
    ident: str,
    verdict: Verdict,
    record: Record,
    effect: Text,
    scope: Scope,
    used: tuple[UsedValue, ...] = (),
) -> Finding:
    """Write what a reading makes of one act."""
    told = {"record": record.id, "by": record.by, "type": desk.subject.id}
    if verdict is Verdict.BREACH:
        why = say("{record} (told by {by}): {type} is under the Treaty by this reading.", **told)
    elif verdict is Verdict.OK:
        why = say("{record} (told by {by}): {type} is outside the Treaty by this reading.", **told)
    else:
        why = _open(told, scope)
    at = None if record.day is None else dt.datetime.combine(record.day, dt.time(), dt.UTC)
    return desk.finding(
        ident,
        verdict,
        why,
        Effect(desk.subject.holder, "must", effect) if verdict is Verdict.BREACH else None,
        where=Where(name=record.id, time_utc=at),
        needs=(_NEED_DAY if scope is Scope.IN else _NEED_CLASS,) if verdict is Verdict.CANNOT_TELL else (),
        values=used,
    )


def _open(told: Mapping[str, str], scope: Scope) -> Text:
    """Say why an act cannot be judged: its day is not told, or the class of the type is open."""
    if scope is Scope.IN:
        return say("{record} (told by {by}): {type} is under the Treaty by this reading; the day is not told.", **told)
    return say("{record} (told by {by}): whether {type} is under the Treaty cannot be told.", **told)


def _in_force(record: Record) -> bool | None:
    """Tell whether an act fell into the time of the Treaty; ``None`` where its day is not told."""
    heading = instrument().heading
    return None if record.day is None else heading.entry_into_force.on <= record.day


def _verdict(outcome: Outcome, in_time: bool | None) -> Verdict | None:
    """Judge an act; nothing where it came before the Treaty."""
    if in_time is False:
        return None
    verdict = _VERDICTS[outcome.scope]
    return Verdict.CANNOT_TELL if in_time is None and verdict is Verdict.BREACH else verdict


@provision("INF:VI.1(A)")
def _flight_test(desk: Desk, outcome: Outcome, record: Record) -> Iterator[Finding]:
    verdict = _verdict(outcome, _in_force(record))
    kept = record.launched_from == STAND and verdict not in (None, Verdict.OK) and exempt_by_stand(desk)
    if kept is None:
        told = {"record": record.id, "by": record.by}
        why = say("{record} (told by {by}): a launch from a test stand; whether it stays outside is not told.", **told)
        needs = untold_of_stand(desk)
        yield desk.finding("VI.1(A)", Verdict.CANNOT_TELL, why, where=Where(name=record.id), needs=needs)
    elif kept:
        why = say(
            "{record} (told by {by}): a launch from a test stand, which by this reading stays outside.",
            record=record.id,
            by=record.by,
        )
        yield desk.finding("VI.1(A)", Verdict.OK, why, where=Where(name=record.id))
    elif verdict is not None:
        yield _act(desk, "VI.1(A)", verdict, record, say("flight-test the type no more"), outcome.scope)


@provision("INF:VI.1(B)")
def _production(desk: Desk, outcome: Outcome, record: Record) -> Iterator[Finding]:
    if record.part == "stage" and record.like:
        yield _like_stage(desk, record)
        return
    verdict = _verdict(outcome, _in_force(record))
    if verdict is not None:
        yield _act(
            desk, "VI.1(B)", verdict, record, say("make the type no more, nor its stages and launchers"), outcome.scope
        )


@provision("INF:VI.2")
def _like_stage(desk: Desk, record: Record) -> Finding:
    """Judge a stage that looks like one of a listed type: allowed where it cannot take its place (Article VI.2)."""
    told = {"record": record.id, "like": record.like}
    where = Where(name=record.id)
    if record.interchangeable is None:
        why = say("{record}: whether the stage can take the place of one of {like} is not told.", **told)
        needs = (say("whether the two stages can take each other's place (interchangeable)"),)
        return desk.finding("VI.2", Verdict.CANNOT_TELL, why, needs=needs, where=where)
    if record.interchangeable:
        why = say("{record}: the stage can take the place of one of {like}.", **told)
        effect = desk.must(say("make no stages that can take the place of those of a listed type"))
        return desk.finding("VI.2", Verdict.BREACH, why, effect, where=where)
    why = say("{record}: the stage only looks like one of {like}.", **told)
    return desk.finding("VI.2", Verdict.OK, why, desk.may(say("make such stages")), where=where)


@provision("INF:IV.1")
@provision("INF:V.1")
def _kept(desk: Desk, outcome: Outcome, record: Record) -> Iterator[Finding]:
    """Judge possession after the last day of elimination of the class (Articles IV.1 and V.1)."""
    ident, key = ("V.1", "shorter_range_elimination") if _is_shorter(outcome) else ("IV.1", "second_phase")
    last, used = desk.law.from_start(key)
    day = record.day or record.said  # a word on what somebody has speaks of the day on which it is said
    if day is None or day > last:
        in_time = None if day is None else True
        verdict = _verdict(outcome, in_time)
        if verdict is not None:
            yield _act(desk, ident, verdict, record, say("eliminate what it has of the type"), outcome.scope, (used,))


def _is_shorter(outcome: Outcome) -> bool:
    """Tell whether only shorter range is possible; the later day is taken where both are."""
    classes = outcome.classes
    return classes[SHORTER] is not Standing.EXCLUDED and classes[INTERMEDIATE] is Standing.EXCLUDED

"""Inspections of areas and evaluation visits: whether one may be refused, times of request and answer, the team."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.errors import InputError
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.vdoc.clocks import within
from skywitness.vdoc.count import Answer, Count
from skywitness.vdoc.law import Law, Limit
from skywitness.vdoc.model import EVALUATION, INSPECTION, Dossier, Visit

__all__ = ["judge_visits"]

_COMPLETE: Final = say("whether the file tells of every visit to the State in this year (complete)")
_HOURS: Final = 3600.0


@dataclass(frozen=True, slots=True)
class _Ground:
    """A number of visits after which further ones may be declined: how many came before, and the number itself."""

    ident: str
    words: Text
    before: Count
    number: Count
    values: tuple[UsedValue, ...]
    needs: tuple[Text, ...] = ()

    def reached(self, *, complete: bool) -> Answer:
        """Tell whether the number was reached before this visit; a file with gaps never shows that it was not."""
        if self.number.high is not None and self.before.low >= self.number.high:
            return Answer.MUST
        below = self.before.high is not None and self.before.high < self.number.low
        return Answer.NEED_NOT if below and complete else Answer.CANNOT_TELL


def judge_visits(dossier: Dossier, law: Law) -> Iterator[Finding]:
    """Judge every visit in the order in which they were requested."""
    ordered = sorted(dossier.visits, key=lambda one: (one.requested_utc, one.kind, one.id))
    for number, one in enumerate(ordered):
        before = [other for other in ordered[:number] if (other.kind, other.of) == (one.kind, one.of)]
        asked = _request(one, law)
        yield from _refusal(one, _grounds(one, before, dossier, law), law, asked, complete=dossier.complete)
        yield asked
        if one.kind == INSPECTION:
            yield _answer(one, law)
        if one.accepted is not False:
            yield _team(one, law)
            yield _duration(one, law)


# ---- numbers ----


def _grounds(one: Visit, before: Sequence[Visit], dossier: Dossier, law: Law) -> list[_Ground]:
    """List the numbers that may be reached."""
    in_year = [other for other in before if other.day.year == one.day.year]
    from_same = [other for other in in_year if other.by == one.by]
    told = {"state": one.of, "year": str(one.day.year), "by": one.by}
    if one.kind == INSPECTION:
        number, same = law.limit("inspection_number"), law.limit("inspection_same_state")
        return [
            _Ground("INSPECTION.NUMBER", say("taken by {state} in {year}", **told), _taken(in_year),
                    _exactly(number.number), (number.used,)),
            _Ground("INSPECTION.SAME-STATE", say("of {by} in {state} in {year}", **told), _taken(from_same),
                    _exactly(same.number), (same.used,)),
        ]  # fmt: skip
    in_month = [other for other in in_year if other.day.month == one.day.month]
    quota, values, needs = _quota(one, dossier, law)
    share, least = law.limit("evaluation_share"), law.limit("evaluation_same_state_least")
    month = law.limit("evaluation_month")
    part = Count(_part(quota.low, share.number, least.number), _part(quota.high or 0, share.number, least.number))
    return [
        _Ground("EVALUATION.NUMBER", say("taken by {state} in {year}", **told), _taken(in_year), quota, values, needs),
        _Ground("EVALUATION.MONTH", say("taken by {state} in the month", **told), _taken(in_month),
                _exactly(month.number), (month.used,)),
        _Ground("EVALUATION.SAME-STATE", say("of {by} in {state} in {year}", **told), _taken(from_same), part,
                (share.used, least.used), needs if part.low != part.high else ()),
    ]  # fmt: skip


def _taken(visits: Sequence[Visit]) -> Count:
    """Count visits that were taken, and those of which that is not told."""
    sure = sum(one.accepted is True or one.began_utc is not None for one in visits)
    return Count(sure, sum(one.accepted is not False for one in visits))


def _exactly(number: float) -> Count:
    return Count(int(number), int(number))


def _quota(one: Visit, dossier: Dossier, law: Law) -> tuple[Count, tuple[UsedValue, ...], tuple[Text, ...]]:
    """Work out how many visits a year a State takes: one for each so many reported units, up to a number."""
    per, most = law.limit("evaluation_units"), law.limit("evaluation_most")
    values = (per.used, most.used)
    units = dossier.units.get((one.of, one.day.year))
    if units is None:
        told = {"state": one.of, "year": str(one.day.year)}
        return (
            Count(0, int(most.number)),
            values,
            (say("how many units {state} reported for {year} ([[reported]])", **told),),
        )
    return _exactly(min(math.ceil(units / per.number), most.number)), values, ()


def _part(quota: int, percent: float, least: float) -> int:
    """Return how many of them may come from one State."""
    return max(int(quota * percent / 100.0), int(least))


@provision("VD:INSPECTION.NUMBER")
@provision("VD:INSPECTION.SAME-STATE")
@provision("VD:EVALUATION.NUMBER")
@provision("VD:EVALUATION.MONTH")
@provision("VD:EVALUATION.SAME-STATE")
def _refusal(one: Visit, grounds: Sequence[_Ground], law: Law, asked: Finding, *, complete: bool) -> Iterator[Finding]:
    """Say of each number whether it lets the receiving State decline, and whether a refusal had a ground at all."""
    answers = [ground.reached(complete=complete) for ground in grounds]
    none = all(answer is Answer.NEED_NOT for answer in answers)
    some = Answer.MUST in answers
    for place, (ground, answer) in enumerate(zip(grounds, answers, strict=True)):
        told = {"name": one.id, "before": ground.before.words(), "number": ground.number.words(), "words": ground.words}
        why = say("{name}: visits before it {words}: {before}; number: {number}.", **told)
        verdict, effect = Verdict.OK, None
        needs: tuple[Text, ...] = ()
        if answer is Answer.MUST:
            effect = Effect(one.of, "may", say("decline this visit"))
        elif none and place == 0:
            verdict, needs = _taking(one, asked, law)
            effect = None if asked.verdict is not Verdict.OK else Effect(one.of, "must", say("take this visit"))
        elif answer is Answer.CANNOT_TELL and one.accepted is not True:
            verdict = Verdict.NOT_APPLICABLE if some else Verdict.CANNOT_TELL
            needs = () if some else (*ground.needs, *(() if complete else (_COMPLETE,)), *_earlier(ground, one))
        yield law.finding(
            ground.ident, verdict, why, bearer=one.of, effect=effect, needs=needs, where=Where(name=one.id),
            values=ground.values, **_figures(ground),
        )  # fmt: skip


def _taking(one: Visit, asked: Finding, law: Law) -> tuple[Verdict, tuple[Text, ...]]:
    """Judge whether a visit was taken against which no number stands; whether it was asked for in time counts too."""
    if one.accepted is True or one.began_utc is not None:
        return Verdict.OK, ()
    if one.accepted is None:
        if one.entry_utc is not None and one.entry_utc >= law.now_utc:
            return Verdict.NOT_APPLICABLE, ()
        return Verdict.CANNOT_TELL, (say("{name}: whether it was taken (accepted)", name=one.id),)
    if asked.verdict is Verdict.OK:
        return Verdict.BREACH, ()
    if asked.verdict is Verdict.CANNOT_TELL:
        return Verdict.CANNOT_TELL, asked.needs
    return Verdict.CANNOT_TELL, (say("{name}: whether a request out of time may be declined", name=one.id),)


def _earlier(ground: _Ground, one: Visit) -> tuple[Text, ...]:
    if ground.before.exact:
        return ()
    return (say("{name}: which visits before it were taken (accepted)", name=one.id),)


def _figures(ground: _Ground) -> dict[str, Any]:
    if not (ground.before.exact and ground.number.exact):
        return {}
    return {"measured": ground.before.low, "limit": ground.number.low, "unit": "visits"}


# ---- times and people ----


@provision("VD:INSPECTION.REQUEST")
@provision("VD:EVALUATION.REQUEST")
def _request(one: Visit, law: Law) -> Finding:
    """Hold the time from request to planned entry between its two ends."""
    ident, kind = ("INSPECTION", "inspection") if one.kind == INSPECTION else ("EVALUATION", "evaluation")
    least, most = law.limit(f"{kind}_request_least"), law.limit(f"{kind}_request_most")
    low, high = _hours(least.number, least.used.unit), _hours(most.number, most.used.unit)
    fields: dict[str, Any] = {"bearer": one.by, "where": Where(name=one.id), "values": (least.used, most.used)}
    if one.entry_utc is None:
        why = say("{name}: when entry was planned is not told.", name=one.id)
        needs = (say("{name}: the planned time of entry (entry_utc)", name=one.id),)
        return law.finding(f"{ident}.REQUEST", Verdict.CANNOT_TELL, why, needs=needs, **fields)
    hours = (one.entry_utc - one.requested_utc).total_seconds() / _HOURS
    told = {"name": one.id, "hours": hours, "low": low, "high": high}
    why = say("{name}: {hours:.1f} hours from request to entry; {low:.0f} to {high:.0f} are asked for.", **told)
    kept = low <= hours <= high
    fields |= {"measured": hours, "limit": low if hours - low < high - hours else high, "unit": "h"}
    fields["margin"] = min(hours - low, high - hours)
    return law.finding(f"{ident}.REQUEST", Verdict.OK if kept else Verdict.BREACH, why, **fields)


def _hours(number: float, unit: str) -> float:
    """Return a time in hours.

    :raises InputError: never with the data of the program, whose times are hours or days.
    """
    if unit not in ("h", "d"):
        raise InputError("bad_data", say("{unit} is no unit of time here", unit=unit))
    return number * (24.0 if unit == "d" else 1.0)


@provision("VD:INSPECTION.ANSWER")
def _answer(one: Visit, law: Law) -> Finding:
    """Hold the answer to a request against its time."""
    limit = law.limit("inspection_answer")
    what = say("the answer to the request")
    due = within(one.id, what, one.requested_utc, one.answered_utc, limit, law)
    needs = (say("{name}: when the request was answered (answered_utc)", name=one.id),) if due.untold else ()
    effect = Effect(one.of, "must", due.until(say("answer"))) if due.owed else None
    return law.finding(
        "INSPECTION.ANSWER", due.verdict, due.why, bearer=one.of, where=Where(name=one.id), needs=needs, effect=effect,
        values=(limit.used,), **due.figures,
    )  # fmt: skip


@provision("VD:INSPECTION.TEAM")
@provision("VD:EVALUATION.TEAM")
def _team(one: Visit, law: Law) -> Finding:
    """Hold the team against its number."""
    ident, kind = ("INSPECTION", "inspection") if one.kind == INSPECTION else ("EVALUATION", "evaluation")
    limit = law.limit(f"{kind}_team")
    fields: dict[str, Any] = {"bearer": one.by, "where": Where(name=one.id), "values": (limit.used,)}
    if one.team is None:
        why = say("{name}: how many came is not told.", name=one.id)
        needs = (say("{name}: how many came (team)", name=one.id),)
        return law.finding(f"{ident}.TEAM", Verdict.CANNOT_TELL, why, needs=needs, **fields)
    told = {"name": one.id, "count": one.team, "limit": limit.number}
    why = say("{name}: {count} came; {limit:.0f} are allowed.", **told)
    margin = limit.number - one.team
    fields |= {"measured": one.team, "limit": limit.number, "margin": margin, "unit": "persons"}
    return law.finding(f"{ident}.TEAM", Verdict.OK if margin >= 0 else Verdict.BREACH, why, **fields)


@provision("VD:INSPECTION.DURATION")
@provision("VD:EVALUATION.DURATION")
def _duration(one: Visit, law: Law) -> Finding:
    """Hold the time on the spot against its longest."""
    ident, kind = ("INSPECTION", "inspection") if one.kind == INSPECTION else ("EVALUATION", "evaluation")
    limit = law.limit(f"{kind}_duration")
    fields: dict[str, Any] = {"bearer": one.by, "where": Where(name=one.id), "values": (limit.used,)}
    if one.began_utc is None:
        why = say("{name}: when it began is not told.", name=one.id)
        wanted = (say("{name}: when it began and ended (began_utc, ended_utc)", name=one.id),)
        return law.finding(f"{ident}.DURATION", Verdict.CANNOT_TELL, why, needs=wanted, **fields)
    if one.working_hours is not None:
        return _worked(one, one.working_hours, limit, law, fields)
    due = within(one.id, say("its end"), one.began_utc, one.ended_utc, limit, law)
    needs = () if not due.untold else (say("{name}: when it ended (ended_utc)", name=one.id),)
    if one.kind == EVALUATION and due.verdict is Verdict.BREACH:
        why = say("{why} How many of these were working hours is not told.", why=due.why)
        wanted = (say("{name}: how many working hours it took (working_hours)", name=one.id),)
        return law.finding(f"{ident}.DURATION", Verdict.CANNOT_TELL, why, needs=wanted, **due.figures, **fields)
    effect = Effect(one.by, "must", due.until(say("end it"))) if due.owed else None
    return law.finding(f"{ident}.DURATION", due.verdict, due.why, needs=needs, effect=effect, **due.figures, **fields)


def _worked(one: Visit, hours: float, limit: Limit, law: Law, fields: dict[str, Any]) -> Finding:
    """Hold the working hours of an evaluation visit, where they are told, against their number."""
    why = say("{name}: it took {hours:.1f} working hours; {limit:.0f} are allowed.", name=one.id, hours=hours, limit=limit.number)  # noqa: E501  # fmt: skip
    margin = limit.number - hours
    verdict = Verdict.OK if margin >= 0 else Verdict.BREACH
    fields |= {"measured": hours, "limit": limit.number, "margin": margin, "unit": "h"}
    return law.finding("EVALUATION.DURATION", verdict, why, **fields)

"""A rise of a maximum level: within the limits of Articles IV to VI, or with a partner's cut (Article VII.3, VII.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from skywitness.cfe.groups import group_of_state, members_on
from skywitness.cfe.kinds import CATEGORIES
from skywitness.cfe.law import Law, Level
from skywitness.cfe.levels.notice import AREA_KEYS, GROUND, Notice, level_on
from skywitness.cfe.limits import subject_words
from skywitness.cfe.span import NONE, Span
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision

__all__ = ["judge_rises"]


@dataclass(frozen=True, slots=True)
class Rise:
    """A level that rises, in the whole area or one of it: what the group's levels add up to before and with it.

    ``unknown``: partners whose level is told nowhere.  ``remembered``: partners whose level is only stored.
    """

    notice: Notice
    subject: str
    area: str
    before: Span
    after: Span
    limit: int
    values: tuple[UsedValue, ...]
    unknown: tuple[str, ...]
    remembered: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """Judge the sum; one that was above the limit before, by levels only stored, proves nothing of this rise."""
        verdict = self.after.against(self.limit)
        if verdict is Verdict.BREACH and self.remembered and self.before.low > self.limit:
            return Verdict.CANNOT_TELL
        return verdict

    def words(self) -> dict[str, Any]:
        """Return what sentences on it need."""
        where = self.area.replace("_", " ") or say("whole area")
        return {
            "state": self.notice.state,
            "group": group_of_state(self.notice.state),
            "what": subject_words(self.subject),
            "where": where,
            "low": self.after.low,
            "allowed": self.limit,
        }


def judge_rises(one: Notice, notices: Sequence[Notice], law: Law) -> Iterator[Finding]:
    """Judge every level that a change raises, and the partners' cuts that it names."""
    asked = [("", subject) for subject in CATEGORIES] + [(area, subject) for area in AREA_KEYS for subject in GROUND]
    place: dict[str, Any] = {"where": Where(name=one.where), "bearer": one.state}
    rises: list[Rise] = []
    for area, subject in asked:
        number = one.number(subject, area)
        if number is None:
            continue
        former = level_on(law, notices, one.state, subject, one.effective - dt.timedelta(days=1), area)
        if former is None or former.low < number <= former.high:
            if not area:
                told = {"state": one.state, "what": subject_words(subject)}
                why = say("{state}, {what}: whether the level rises is not told.", **told)
                needs = (say("the level before"),)
                yield law.finding("VII.3", Verdict.CANNOT_TELL, why, needs=needs, **place)
        elif number > former.high:
            rises.append(_rise(one, subject, area, former, notices, law))
    for rise in rises:
        yield _within(rise, law, place)
        if not rise.area:
            yield from _sufficiency(rise, law, place)
            yield from _no_right(rise, law, place)
    yield from _matched(one, rises, notices, law, place)


def _rise(one: Notice, subject: str, area: str, former: Level, notices: Sequence[Notice], law: Law) -> Rise:
    limit, value = law.most(area or "area_total", subject)
    after, before = NONE, Span(former.low, former.high)
    values: list[UsedValue] = [value]
    unknown, remembered = [], []
    eve = one.effective - dt.timedelta(days=1)
    for state in members_on(group_of_state(one.state), one.effective):
        level = level_on(law, notices, state, subject, one.effective, area)
        earlier = level_on(law, notices, state, subject, eve, area) if state != one.state else None
        if level is None:
            unknown.append(state)
            continue
        values.append(level.value)
        own = one.number(subject, area) if state == one.state else None
        after += Span(level.low, level.high) if own is None else Span(own, own)
        before += Span(earlier.low, earlier.high) if earlier is not None else NONE
        if not any(told.state == state and told.number(subject, area) is not None for told in notices):
            remembered.append(state)
    if unknown:
        after = Span(after.low, None)
    return Rise(one, subject, area, before, after, limit, tuple(values), tuple(unknown), tuple(remembered))


@provision("CFE:VII.3")
def _within(rise: Rise, law: Law, place: dict[str, Any]) -> Finding:
    """Hold what the levels of the group add up to with the rise against the group's limit."""
    told, verdict = rise.words(), rise.verdict
    numbers: dict[str, Any] = {"measured": rise.after.low, "limit": rise.limit, "unit": "items"}
    numbers |= {"margin": float(rise.limit - rise.after.high)} if rise.after.high is not None else {}
    needs: tuple[Text, ...] = ()
    effect: Effect | None = None
    if verdict is Verdict.OK:
        why = say("{state}, {what}, {where}: with the rise {group} has {low:,}; {allowed:,} are allowed.", **told)
    elif verdict is Verdict.BREACH:
        why = say(
            "{state}, {what}, {where}: with the rise {group} has {low:,} at least; {allowed:,} are allowed, and no "
            "partner's cut makes room by that day.",
            **told,
        )
        more = rise.after.low - rise.limit
        effect = Effect(rise.notice.state, "must", say("have a partner cut its level by {more:,} first", more=more))
    else:
        why = say(
            "{state}, {what}, {where}: with the rise {group} has {low:,} at least by what is told; {allowed:,} are "
            "allowed.",
            **told,
        )
        needs = tuple(say("the level of {state}", state=state) for state in (*rise.unknown, *rise.remembered))
    return law.finding("VII.3", verdict, why, values=rise.values, needs=needs, effect=effect, **numbers, **place)


@provision("CFE:VII.3")
def _sufficiency(rise: Rise, law: Law, place: dict[str, Any]) -> Iterator[Finding]:
    """Hold the new level against what one State may have (Article VI): no partner's cut can mend that."""
    limit, value = law.most("single_state", rise.subject)
    number = rise.notice.number(rise.subject) or 0
    if number > limit:
        told = {**rise.words(), "number": number, "most": limit}
        why = say("{state}, {what}: a level of {number:,}; one State may have {most:,}.", **told)
        numbers = {"measured": number, "limit": limit, "margin": float(limit - number), "unit": "items"}
        yield law.finding("VII.3", Verdict.BREACH, why, values=(value,), **numbers, **place)


@provision("CFE:VII.6")
def _no_right(rise: Rise, law: Law, place: dict[str, Any]) -> Iterator[Finding]:
    """Ask whether a rise rests on another's lower holdings: they alone give no right to it."""
    named = ", ".join(rise.notice.room_from_holdings_of)
    told = {**rise.words(), "named": named}
    if rise.verdict is Verdict.OK:
        why = say("{state}, {what}: the rise rests on levels, whoever holds less.", **told)
        yield law.finding("VII.6", Verdict.OK, why, values=rise.values, **place)
    elif named and rise.verdict is Verdict.BREACH:
        why = say(
            "{state}, {what}: that {named} holds less gives no right to a rise without room by the levels.",
            **told,
        )
        effect = Effect(rise.notice.state, "must", say("ask for a cut of a level, not of holdings"))
        yield law.finding("VII.6", Verdict.BREACH, why, values=rise.values, effect=effect, **place)
    elif named:
        why = say("{state}, {what}: whether the levels leave room without what {named} holds is not told.", **told)
        needs = tuple(say("the level of {state}", state=state) for state in (*rise.unknown, *rise.remembered))
        yield law.finding("VII.6", Verdict.CANNOT_TELL, why, needs=needs, **place)


@provision("CFE:VII.3")
def _matched(
    one: Notice, rises: Sequence[Rise], notices: Sequence[Notice], law: Law, place: dict[str, Any]
) -> Iterator[Finding]:
    """Ask of each partner's cut that is named: of the same group, by that day, and lower in what rises."""
    for name in one.matched_by:
        cut = next(other for other in notices if other.id == name)
        told: dict[str, Any] = {"state": one.state, "partner": cut.state, "id": cut.id, "day": cut.effective}
        if group_of_state(cut.state) != group_of_state(one.state) or cut.state == one.state:
            why = say("{state}: {id} is no cut of a partner; {partner} is in the other group, or itself.", **told)
            yield law.finding("VII.3", Verdict.BREACH, why, **place)
        elif cut.effective > one.effective:
            why = say("{state}: the cut {id} of {partner} comes after the rise, on {day}.", **told)
            yield law.finding("VII.3", Verdict.BREACH, why, **place)
        elif rises:
            yield _lowers(cut, rises, notices, law, told, place)


def _lowers(
    cut: Notice, rises: Sequence[Rise], notices: Sequence[Notice], law: Law, told: dict[str, Any], place: dict[str, Any]
) -> Finding:
    eve, lower, open_ = cut.effective - dt.timedelta(days=1), False, False
    for rise in rises:
        number = cut.number(rise.subject, rise.area)
        former = level_on(law, notices, cut.state, rise.subject, eve, rise.area)
        open_ = open_ or number is None or former is None or former.low <= number < former.high
        lower = lower or (number is not None and former is not None and number < former.low)
    if lower:
        why = say("{state}: {id} of {partner} cuts what rises here.", **told)
        return law.finding("VII.3", Verdict.OK, why, **place)
    if open_:
        needs = (say("the levels of the partner before and after"),)
        why = say("{state}: whether {id} of {partner} cuts what rises here is not told.", **told)
        return law.finding("VII.3", Verdict.CANNOT_TELL, why, needs=needs, **place)
    why = say("{state}: {id} of {partner} cuts nothing that rises here.", **told)
    return law.finding("VII.3", Verdict.BREACH, why, **place)

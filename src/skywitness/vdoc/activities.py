"""Notification, observation and calendars: whether an activity must be told of, who is invited, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.provisions import provision
from skywitness.vdoc.count import UNKNOWN, Answer, Count, Reached, both, either, reached
from skywitness.vdoc.deeds import Deed, judge_act
from skywitness.vdoc.law import Law, Limit
from skywitness.vdoc.model import ON_LAND, Act
from skywitness.vdoc.unit import LANDED, Unit
from skywitness.vdoc.words import WHAT, numbers, size_needs, size_words

__all__ = ["Outcome", "judge_activity"]

_DAY: Final = dt.timedelta(days=1)
_HOUR: Final = dt.timedelta(hours=1)
_ALERT_NEED: Final = say("whether the troops knew of it in advance (alert)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one reading makes of one activity.  Days are ``None`` where nothing is due."""

    unit: Unit
    notify: Answer
    observe: Answer
    calendar: Answer
    notify_by: dt.date | None
    invite_by: dt.date | None
    calendar_by: dt.date | None
    observe_from: dt.date | None
    because: Mapping[str, tuple[str, ...]]
    findings: tuple[Finding, ...]

    @property
    def key(self) -> tuple[Any, ...]:
        """What two readings have to agree on to give the same answer."""
        findings = tuple((one.provision, one.verdict) for one in self.findings)
        days = self.notify_by, self.invite_by, self.calendar_by
        return self.unit.id, self.notify, self.observe, self.calendar, days, findings

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write everything."""
        end = self.unit.end
        days = {
            "notify_by": self.notify_by,
            "invite_by": self.invite_by,
            "calendar_by": self.calendar_by,
            "observe_from": self.observe_from,
            "observe_until": end.day if end and self.observe_from else None,
        }
        return {
            "id": self.unit.id,
            "activities": [one.id for one in self.unit.members],
            "states": list(self.unit.states),
            "start": self.unit.start.day.isoformat(),
            "end": end.day.isoformat() if end else None,
            "counts": {what: count.to_json() for what, count in self.unit.counts.items()},
            "notify": self.notify.value,
            "observe": self.observe.value,
            "calendar": self.calendar.value,
            "because": {name: list(counts) for name, counts in self.because.items()},
            "when": {name: day.isoformat() if day else None for name, day in days.items()},
            "findings": [one.to_json(catalogue) for one in self.findings],
        }


@dataclass(frozen=True, slots=True)
class _Sizes:
    """How the size of an activity stands to the thresholds of one duty: on land, and of landings."""

    land: Reached
    landing: Reached | None
    limits: Mapping[str, Limit]
    landing_limits: Mapping[str, Limit]

    @property
    def by(self) -> tuple[str, ...]:
        """What surely reaches a threshold."""
        return (*self.land.by, *(self.landing.by if self.landing else ()))

    @property
    def answer(self) -> Answer:
        """Whether one of them is reached."""
        return either([self.land.answer, *([self.landing.answer] if self.landing else [])])


def judge_activity(unit: Unit, law: Law) -> Outcome:
    """Judge one activity under one reading."""
    notice, watch = _sizes(unit, law, "notification_threshold"), _sizes(unit, law, "observation_threshold")
    notify, long = notice.answer, _long(unit, law)
    observe = _observe(unit, watch.answer, long)
    latest = _latest(unit, law)
    in_calendar = Answer.NEED_NOT if unit.alert else notify if unit.alert is False else both(notify, Answer.CANNOT_TELL)
    by, calendar_used = law.day_of("calendar_day", unit.start.day.year - 1)
    findings = [
        *_size_findings(unit, law, notice, notify, _NOTIFICATION, latest),
        *_air(unit, law, notify),
        *_time(unit, law, notify, latest),
        *_size_findings(unit, law, watch, observe, _OBSERVATION, latest),
        *_long_finding(unit, law, watch.answer, long),
        *_invitation(unit, law, observe, latest),
        *_observers(unit, law),
        *_calendar(unit, law, in_calendar, by, calendar_used),
        *_calendar_large(unit, law, in_calendar),
    ]
    return Outcome(
        unit, notify, observe, in_calendar,
        None if notify is Answer.NEED_NOT else latest,
        None if observe is Answer.NEED_NOT else latest,
        None if in_calendar is Answer.NEED_NOT else by,
        None if observe is Answer.NEED_NOT else _observed_from(unit, law),
        MappingProxyType({"notify": notice.by, "observe": watch.by}),
        tuple(findings),
    )  # fmt: skip


def _sizes(unit: Unit, law: Law, key: str) -> _Sizes:
    limits, landing_limits = law.limits(key, ON_LAND), law.limits(key, (LANDED,))
    landing = reached(unit.counts, landing_limits) if unit.landing else None
    return _Sizes(reached(unit.counts, limits), landing, limits, landing_limits)


def _latest(unit: Unit, law: Law) -> dt.date:
    """Return the last day for the notification: so long before, or the beginning itself of what surprises."""
    if unit.alert:
        return unit.start.day
    return unit.start.day - dt.timedelta(days=law.limit("notification_time").number)


def _observed_from(unit: Unit, law: Law) -> dt.date:
    """Return the first day of the observation: the beginning, or the end of the time that needs no observers."""
    without = law.limit("alert_observation").number if unit.alert else 0.0
    return (unit.start.first_utc + dt.timedelta(hours=without)).date()


# ---- sizes ----


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the size decides: the provisions, the duty, and how the size is introduced."""

    land: str
    landing: str
    duty: Callable[[dt.date], Text]
    size: Callable[[Text], Text]


_NOTIFICATION: Final = _Subject(
    "NOTIFICATION.LAND",
    "NOTIFICATION.LANDING",
    lambda latest: say("notify all participating States by {latest}", latest=latest),
    lambda why: say("Size from which an activity is notified. {why}", why=why),
)
_OBSERVATION: Final = _Subject(
    "OBSERVATION.LAND",
    "OBSERVATION.LANDING",
    lambda latest: say("invite observers of all participating States by {latest}", latest=latest),
    lambda why: say("Size from which an activity is observed. {why}", why=why),
)


@provision("VD:NOTIFICATION.LAND")
@provision("VD:NOTIFICATION.LANDING")
@provision("VD:OBSERVATION.LAND")
@provision("VD:OBSERVATION.LANDING")
def _size_findings(
    unit: Unit, law: Law, sizes: _Sizes, needed: Answer, subject: _Subject, latest: dt.date
) -> Iterator[Finding]:
    """Say of each kind of threshold whether it is reached; what another one settles need not be told."""
    rows = [(subject.land, sizes.land, sizes.limits)]
    if sizes.landing is not None:
        rows.append((subject.landing, sizes.landing, sizes.landing_limits))
    for ident, found, limits in rows:
        why = subject.size(size_words(unit.id, unit.counts, limits, found))
        open_ = found.answer is Answer.CANNOT_TELL
        fields: dict[str, Any] = numbers(unit.counts, limits, found)
        if found.answer is Answer.MUST and needed is Answer.MUST:
            fields["effect"] = unit.must(subject.duty(latest))
        if open_ and needed is not Answer.CANNOT_TELL:
            yield unit.finding(law, ident, Verdict.NOT_APPLICABLE, why, **fields)
            continue
        yield unit.finding(law, ident, found.verdict, why, needs=size_needs(unit.id, limits, found), **fields)


@provision("VD:NOTIFICATION.AIR")
def _air(unit: Unit, law: Law, notify: Answer) -> Iterator[Finding]:
    """Ask whether the notification tells of air forces where they fly so many sorties."""
    if notify is Answer.NEED_NOT:
        return
    limit = law.limit("notification_threshold", "sorties")
    count = unit.counts.get("sorties", UNKNOWN)
    found = reached({"sorties": count}, {"sorties": limit})
    told = {"name": unit.id, "what": WHAT["sorties"], "count": count.words(), "limit": limit.number}
    why = say("{name}: {what} {count}, told of from {limit:,.0f} on.", **told)
    fields: dict[str, Any] = numbers({"sorties": count}, {"sorties": limit}, found)
    if found.answer is Answer.NEED_NOT or unit.air_told:
        yield unit.finding(law, "NOTIFICATION.AIR", Verdict.OK, why, **fields)
        return
    settled = found.answer is Answer.MUST and notify is Answer.MUST
    if settled:
        fields["effect"] = unit.must(say("tell of the air forces in the notification"))
    if settled and unit.air_told is False:
        yield unit.finding(law, "NOTIFICATION.AIR", Verdict.BREACH, why, **fields)
        return
    if unit.act("notified").done is False:
        why = say("{why} No notification was given.", why=why)
        yield unit.finding(law, "NOTIFICATION.AIR", Verdict.NOT_APPLICABLE, why, **fields)
        return
    needs = size_needs(unit.id, {"sorties": limit}, found)
    if unit.air_told is None:
        needs = (*needs, say("{name}: whether the notification tells of air forces (air_told)", name=unit.id))
    yield unit.finding(law, "NOTIFICATION.AIR", Verdict.CANNOT_TELL, why, needs=needs, **fields)


# ---- when ----


@provision("VD:NOTIFICATION.TIME")
@provision("VD:NOTIFICATION.ALERT")
def _time(unit: Unit, law: Law, notify: Answer, latest: dt.date) -> Iterator[Finding]:
    """Hold the day of the notification against the last one: six weeks before, or the beginning of what surprises."""
    if notify is Answer.NEED_NOT:
        return
    ident = "NOTIFICATION.ALERT" if unit.alert else "NOTIFICATION.TIME"
    act, name = unit.act("notified"), unit.id
    deed = judge_act(name, say("the notification"), act, latest, law, unit.states, notify)
    verdict, why = deed.verdict, deed.why
    fields: dict[str, Any] = {} if unit.alert else {"values": (law.limit("notification_time").used,)}
    needs: tuple[Text, ...] = ()
    if _in_time_for_an_alert(deed, act, unit, law):
        verdict, needs = Verdict.CANNOT_TELL, (_ALERT_NEED,)
        why = say("{why} If the troops did not know of it in advance, their first day is early enough.", why=why)
    elif deed.untold:
        needs = (say("{name}: the day of the notification (notified)", name=name),)
    if deed.owed and notify is Answer.MUST:
        fields["effect"] = unit.must(say("notify all participating States by {latest}", latest=latest))
    elif verdict is Verdict.BREACH:
        fields["effect"] = unit.must(say("notify all participating States"))
    if act.day is not None:
        notice = (unit.start.day - act.day).days
        least = 0.0 if unit.alert else law.limit("notification_time").number
        fields |= {"measured": notice, "limit": least, "margin": notice - least, "unit": "d"}
    yield unit.finding(law, ident, verdict, why, needs=needs, **fields)


def _in_time_for_an_alert(deed: Deed, act: Act, unit: Unit, law: Law) -> bool:
    """Tell whether what is late for an exercise came in time, or still can, if it surprised its own troops."""
    done = act.day or law.reading.at
    return deed.verdict is Verdict.BREACH and unit.alert is None and done <= unit.start.day


# ---- observation ----


def _long(unit: Unit, law: Law) -> Answer:
    """Tell whether an activity lasts longer than what surprises its own troops may without observers."""
    if unit.end is None:
        return Answer.CANNOT_TELL
    limit = dt.timedelta(hours=law.limit("alert_observation").number)
    if unit.end.first_utc - unit.start.last_utc > limit:
        return Answer.MUST
    return Answer.NEED_NOT if unit.end.last_utc - unit.start.first_utc <= limit else Answer.CANNOT_TELL


def _observe(unit: Unit, size: Answer, long: Answer) -> Answer:
    if unit.alert is False or long is Answer.MUST:
        return size
    return both(size, long if unit.alert else Answer.CANNOT_TELL)


@provision("VD:OBSERVATION.ALERT")
def _long_finding(unit: Unit, law: Law, size: Answer, long: Answer) -> Iterator[Finding]:
    """Say whether what surprises its own troops lasts long enough to be observed."""
    if unit.alert is False or size is Answer.NEED_NOT or (unit.alert is None and long is Answer.MUST):
        return
    limit = law.limit("alert_observation")
    told = {"name": unit.id, "limit": limit.number}
    fields: dict[str, Any] = {"values": (limit.used,), "limit": limit.number, "unit": "h"}
    if unit.alert is None:
        why = say("{name}: whether it surprised its own troops is not told; then it is observed if longer than {limit:.0f} hours.", **told)  # noqa: E501  # fmt: skip
        yield unit.finding(law, "OBSERVATION.ALERT", Verdict.CANNOT_TELL, why, needs=(_ALERT_NEED,), **fields)
    elif long is Answer.CANNOT_TELL:
        why = say("{name}: whether it lasts longer than {limit:.0f} hours cannot be told.", **told)
        needs = (say("{name}: its beginning and end with their times (start, end)", name=unit.id),)
        yield unit.finding(law, "OBSERVATION.ALERT", Verdict.CANNOT_TELL, why, needs=needs, **fields)
    elif long is Answer.NEED_NOT:
        why = say("{name} surprised its own troops and lasts no longer than {limit:.0f} hours.", **told)
        yield unit.finding(law, "OBSERVATION.ALERT", Verdict.OK, why, **fields)
    else:
        why = say("{name} surprised its own troops but lasts longer than {limit:.0f} hours.", **told)
        effect = unit.must(say("invite observers"))
        yield unit.finding(law, "OBSERVATION.ALERT", Verdict.OK, why, effect=effect, **fields)


@provision("VD:OBSERVATION.INVITATION")
def _invitation(unit: Unit, law: Law, observe: Answer, latest: dt.date) -> Iterator[Finding]:
    """Hold the day of the invitation against that of the notification."""
    if observe is Answer.NEED_NOT:
        return
    act, name = unit.act("invited"), unit.id
    deed = judge_act(name, say("the invitation of observers"), act, latest, law, unit.states, observe)
    verdict = deed.verdict
    needs: tuple[Text, ...] = ()
    fields: dict[str, Any] = {}
    if _in_time_for_an_alert(deed, act, unit, law):
        verdict, needs = Verdict.CANNOT_TELL, (_ALERT_NEED,)
    elif deed.untold:
        needs = (say("{name}: the day of the invitation (invited)", name=name),)
    if observe is Answer.MUST and deed.owed:
        fields["effect"] = unit.must(say("invite observers of all participating States by {latest}", latest=latest))
    elif verdict is Verdict.BREACH:
        fields["effect"] = unit.must(say("invite observers"))
    yield unit.finding(law, "OBSERVATION.INVITATION", verdict, deed.why, needs=needs, **fields)


@provision("VD:OBSERVATION.OBSERVERS")
def _observers(unit: Unit, law: Law) -> Iterator[Finding]:
    """Hold the observers of each State against their number."""
    sent: dict[str, list[int]] = {}
    for one in unit.members:
        for code, number in one.observers.items():
            sent.setdefault(code, []).append(number)
    limit = law.limit("observers")
    for code, numbers_ in sorted(sent.items()):
        # Observers of two exercises that count as one may be the same persons or different ones.
        count = Count(max(numbers_), sum(numbers_))
        told = {"name": unit.id, "code": code, "count": count.words(), "limit": limit.number}
        why = say("{name}: {code} sends {count} observers; {limit:.0f} are allowed.", **told)
        fields: dict[str, Any] = {"limit": limit.number, "unit": "persons"}
        if count.exact:
            fields |= {"measured": count.low, "margin": limit.number - count.low}
        verdict = _within(count, limit)
        needs: tuple[Text, ...] = ()
        if verdict is Verdict.CANNOT_TELL:
            needs = (say("{name}: how many observers {code} sends to all of it", name=unit.id, code=code),)
        effect = Effect(code, "may", say("send up to {limit:.0f} observers", limit=limit.number))
        yield law.finding(
            "OBSERVATION.OBSERVERS", verdict, why, bearer=code, effect=effect, where=Where(name=unit.id),
            values=(limit.used,), needs=needs, **fields,
        )  # fmt: skip


def _within(count: Count, limit: Limit) -> Verdict:
    if count.low > limit.number:
        return Verdict.BREACH
    return Verdict.CANNOT_TELL if count.high is None or count.high > limit.number else Verdict.OK


# ---- calendars ----


@provision("VD:CALENDAR.YEARLY")
def _calendar(unit: Unit, law: Law, needed: Answer, by: dt.date, used: Any) -> Iterator[Finding]:
    """Ask for an entry in the calendar of the year, given in November before."""
    if needed is not Answer.NEED_NOT:
        yield _entry(unit, law, needed, by, "CALENDAR.YEARLY", (used,))


@provision("VD:CALENDAR.LARGE")
def _calendar_large(unit: Unit, law: Law, needed: Answer) -> Iterator[Finding]:
    """Ask for an entry two calendars ahead of the largest activities."""
    limit, years = law.limit("calendar_troops"), law.limit("calendar_years")
    troops: Count = unit.counts.get("troops", UNKNOWN)
    size = reached({"troops": troops}, {"troops": limit}, above=True)
    large = both(needed, size.answer)
    if large is Answer.NEED_NOT:
        return
    by, used = law.day_of("calendar_day", unit.start.day.year - int(years.number))
    found = _entry(unit, law, large, by, "CALENDAR.LARGE", (limit.used, years.used, used))
    open_ = found.verdict is Verdict.CANNOT_TELL
    yield replace(found, needs=(*found.needs, *size_needs(unit.id, {"troops": limit}, size))) if open_ else found


def _entry(unit: Unit, law: Law, needed: Answer, by: dt.date, ident: str, values: tuple[Any, ...]) -> Finding:
    act, name = unit.act("calendar"), unit.id
    deed = judge_act(name, say("its entry in the calendar"), act, by, law, unit.states, needed)
    needs: tuple[Text, ...] = ()
    if deed.verdict is Verdict.CANNOT_TELL:
        needs = (say("{name}: since when it stands in the calendar (calendar)", name=name),) if deed.untold else ()
        needs = (*needs, *([_ALERT_NEED] if unit.alert is None else []))
    effect = None
    if deed.verdict is Verdict.BREACH or (needed is Answer.MUST and deed.owed):
        effect = unit.must(say("tell of it in the calendar given by {day}", day=by))
    return unit.finding(law, ident, deed.verdict, deed.why, needs=needs, effect=effect, values=values)

"""The clock of a mission on one page: what happens along an axis of time, who acts, and by which article.

Set by Typst from a template and the words of one language.  The same mission and language give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from skywitness.core.clock import Duty, Footing, State
from skywitness.core.text import ENGLISH, Catalogue, Text, say, say_n, verbatim
from skywitness.mission import words
from skywitness.mission.axis import Axis, axis_of
from skywitness.mission.ics import in_calendar
from skywitness.mission.kinds import title_of
from skywitness.mission.roles import role_words
from skywitness.mission.timeline import Timeline
from skywitness.route.exports.account import plan_title
from skywitness.route.exports.page_words import PageWords
from skywitness.route.exports.parties import party
from skywitness.route.exports.typeset import typeset
from skywitness.route.files.plan_write import plan_hash
from skywitness.route.model import Plan

TEMPLATE: Final = Path(__file__).with_name("timeline.typ")

MOST_ROWS: Final = 30
MOST_DAYS: Final = 12
"""So many lines, and other days below them, fit on the page."""

_LONG: Final = 84
"""Letters of a line that still fit beside the axis in two lines of the usual size."""

_FLAGS: Final = ("arrival", "plan_submitted", "plan_agreed", "commencement", "completion", "departure_from_exit")
"""Events that are drawn across the whole axis."""

_SIDES: Final = {"observing": "observing", "observed": "observed"}


def to_pdf(timeline: Timeline, *, catalogue: Catalogue = ENGLISH, language: str = "en") -> bytes:
    """Set the clock as a PDF of one page.

    :raises DataError: if the template does not fit what it is given: a bug of ours.
    """
    return typeset(TEMPLATE, contents(timeline, catalogue, language), {}, "pdf")


def to_pages(timeline: Timeline, *, catalogue: Catalogue = ENGLISH, language: str = "en") -> Sequence[bytes]:
    """Draw the page as a PNG picture; more than one would be a fault of the template."""
    return typeset(TEMPLATE, contents(timeline, catalogue, language), {}, "png")


def contents(timeline: Timeline, catalogue: Catalogue = ENGLISH, language: str = "en") -> dict[str, Any]:
    """Collect all words and places of the page."""
    page = PageWords(catalogue, language)
    duties = [duty for duty in timeline.in_order() if in_calendar(duty)]
    calendar = [duty for duty in duties if _is_apart(duty, timeline) and duty.state is not State.NOT_APPLICABLE]
    other_days = _nearest(calendar, timeline)
    timed = [duty for duty in duties if not _is_apart(duty, timeline)]
    shown = _chosen(timed)
    axis = _axis(timeline, shown)
    plan = timeline.plan
    return {
        "language": language,
        "date": list(plan.commencement_utc.timetuple()[:6]),
        "kind": page.text(say("Clock of the mission")),
        "treaty": page.text(say("Treaty on Open Skies, Articles VI to IX, Annexes E, F and H")),
        "title": page.name(plan_title(plan, language).render(catalogue), 110),
        "parties": [
            {"side": "observing", "words": _party(say("Observing Party"), plan.observing, page)},
            {"side": "observed", "words": _party(say("Observed Party"), plan.observed, page)},
            {"side": "both", "words": page.text(say("both, or others"))},
        ],
        "as_of": page.text(_as_of(timeline)),
        "axis": _marks(axis, timeline, page),
        "columns": [page.text(text) for text in (say("Until"), say("Who"), say("What, by which article"))],
        "rows": [_row(duty, axis, timeline, page) for duty in shown],
        "calendar": _calendar(other_days, timeline, page),
        "notes": [page.text(text) for text in _notes(shown, len(duties) - len(shown) - len(other_days))],
        "footer": page.text(say("Plan (SHA-256): {hash}", hash=verbatim(plan_hash(plan)))),
    }


def _party(label: Text, code: str, page: PageWords) -> str:
    return page.text(say("{label}: {party}", label=label, party=party(code, page.language)))


def _as_of(timeline: Timeline) -> Text:
    if timeline.now is None:
        return say("No event is listed yet; every time below is planned. All times UTC.")
    return say("As of {now}. All times UTC.", now=words.moment_words(timeline.now))


def _is_apart(duty: Duty, timeline: Timeline) -> bool:
    """Tell a day of the calendar, or one too far from the mission to stand on its axis."""
    anchor, at = duty.anchor, duty.due_utc or duty.not_before_utc
    if anchor is None or at is None or anchor.footing is Footing.CALENDAR:
        return True
    plan = timeline.plan
    return not plan.commencement_utc - _BEFORE <= at <= plan.completion_utc + _AFTER


_BEFORE: Final = dt.timedelta(days=14)
_AFTER: Final = dt.timedelta(days=31)
"""How far around the flight the axis reaches at most."""


def _chosen(duties: Sequence[Duty]) -> list[Duty]:
    """Choose what fits: what was not kept comes first, and deadlines come before what is only to follow at once."""
    if len(duties) <= MOST_ROWS:
        return list(duties)
    broken = (State.LATE, State.EARLY)
    ranked = sorted(
        duties, key=lambda duty: (duty.state not in broken, duty.due_utc is None, duty.clock.modality != "duty")
    )
    kept = {duty.id for duty in ranked[:MOST_ROWS]}
    return [duty for duty in duties if duty.id in kept]


def _nearest(duties: Sequence[Duty], timeline: Timeline) -> list[Duty]:
    """Choose the other days that fit: those of the calendar first, then the nearest to the flight."""

    def rank(duty: Duty) -> tuple[bool, dt.timedelta]:
        at = duty.due_utc or duty.not_before_utc or timeline.plan.commencement_utc
        by_calendar = duty.anchor is not None and duty.anchor.footing is Footing.CALENDAR
        return not by_calendar, abs(at - timeline.plan.commencement_utc)

    kept = {duty.id for duty in sorted(duties, key=rank)[:MOST_DAYS]}
    return [duty for duty in duties if duty.id in kept]


def _axis(timeline: Timeline, shown: Sequence[Duty]) -> Axis:
    plan = timeline.plan
    case = timeline.mission.case
    listed = [one.at_utc for one in case.events if one.kind in (*_FLAGS, "estimated_arrival", "inspection_begun")]
    planned = [case.expected[kind].at for kind in _FLAGS if kind in case.expected]
    core = [plan.commencement_utc, plan.completion_utc, *_around(plan, (*listed, *planned))]
    moments = [at for duty in shown for at in (duty.not_before_utc, duty.due_utc) if at is not None]
    return axis_of(core, [*core, *_around(plan, moments)])


def _around(plan: Plan, moments: Iterable[dt.datetime]) -> list[dt.datetime]:
    """Keep what is near the flight; a moment years away would leave no room for the others."""
    return [at for at in moments if plan.commencement_utc - _BEFORE <= at <= plan.completion_utc + _AFTER]


def _marks(axis: Axis, timeline: Timeline, page: PageWords) -> dict[str, Any]:
    """Place the days, the hours, the events and the moment as of which the page is true."""
    left, right = axis.knots
    days = [
        {
            "at": at,
            "label": f"{day:%d.%m.}" if page.language != "en" else f"{day.day} {day:%b}",
            "core": left <= at <= right,
        }
        for at, day in axis.days()
    ]
    return {
        "knots": [left, right],
        "days": _apart(days),
        "hours": [{"at": at, "label": f"{hour:%H}"} for at, hour in axis.hours()],
        "flags": list(_flags(axis, timeline, page)),
        "now": axis.place(timeline.now) if timeline.now is not None and not axis.beyond(timeline.now) else None,
    }


def _apart(days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out labels of days that would stand on one another or beyond the end; those of the mission come first."""
    labelled: list[float] = []
    for day in sorted(days, key=lambda day: (not day["core"], day["at"])):
        if day["at"] <= 1.0 - _LEAST_GAP and all(abs(day["at"] - other) >= _LEAST_GAP for other in labelled):
            labelled.append(day["at"])
    return [{**day, "label": day["label"] if day["at"] in labelled else ""} for day in days]


_LEAST_GAP: Final = 0.115
"""Width of a label of a day with a little room, as a share of the axis."""


def _flags(axis: Axis, timeline: Timeline, page: PageWords) -> Iterator[dict[str, Any]]:
    """Place what happens in the mission; what has not happened is drawn lighter."""
    case = timeline.mission.case
    for kind in _FLAGS:
        listed = [event.at_utc for event in case.events if event.kind == kind]
        happened = bool(listed) and timeline.now is not None and listed[0] <= timeline.now
        at = listed[0] if listed else (case.expected[kind].at if kind in case.expected else None)
        if at is not None and not axis.beyond(at):
            yield {"at": axis.place(at), "label": page.text(title_of(kind)), "happened": happened}


def _row(duty: Duty, axis: Axis, timeline: Timeline, page: PageWords) -> dict[str, Any]:
    clock = duty.clock
    due, opens = duty.due_utc, duty.not_before_utc
    at = due or opens
    what = page.text(clock.what)
    bar_from = opens or (duty.anchor.at if duty.anchor and due and duty.anchor.at < due else at)
    return {
        "when": page.text(_when(duty)),
        "from": axis.place(bar_from) if bar_from else 0.0,
        "to": axis.place(due) if due else None,
        "done": axis.place(duty.done.at_utc) if duty.done and not axis.beyond(duty.done.at_utc) else None,
        "beyond": at is not None and axis.beyond(at),
        "estimated": duty.estimated,
        "state": duty.state.value,
        "mark": words.STATE_MARKS[duty.state],
        "word": page.text(words.STATE_WORDS[duty.state]),
        "side": _SIDES.get(_role_side(clock.bearer, timeline), "both"),
        "who": page.text(role_words(clock.bearer, timeline.code(clock.bearer))),
        "what": what,
        "long": len(what) + len(clock.provision) > _LONG,
        "right": clock.modality != "duty",
        "provision": clock.provision.removeprefix("OS:"),
    }


def _role_side(role: str, timeline: Timeline) -> str:
    code = timeline.code(role)
    return timeline.mission.case.sides.get(code, role) if code else role


def _when(duty: Duty) -> Text:
    at, mark = duty.due_utc or duty.not_before_utc, "~" if duty.estimated else ""
    written = "" if at is None else f"{at:%m-%d %H:%M}"
    if duty.due_utc is None:
        return say("from {mark}{at}", mark=mark, at=written)
    return say("{mark}{at}", mark=mark, at=written)


def _calendar(duties: Sequence[Duty], timeline: Timeline, page: PageWords) -> dict[str, Any]:
    lines = [
        {
            "when": "" if duty.due_utc is None else f"{duty.due_utc:%Y-%m-%d}",
            "who": page.text(role_words(duty.clock.bearer, timeline.code(duty.clock.bearer))),
            "what": page.text(duty.clock.what),
            "mark": words.STATE_MARKS[duty.state],
            "state": duty.state.value,
            "provision": duty.clock.provision.removeprefix("OS:"),
        }
        for duty in duties
    ]
    return {"heading": page.text(say("Other days")), "lines": lines}


def _notes(shown: Sequence[Duty], hidden: int) -> Iterator[Text]:
    if any(duty.estimated for duty in shown):
        yield say("~ and a dashed bar: estimated from the plan, or from the latest time the law allows.")
    yield say("Hours are hours, a day is 24 of them; the axis is stretched where the mission itself takes place.")
    yield say("Italics: a right, which nobody has to use.")
    if hidden:
        yield say_n(
            "{count} more line has no room here; the list of timeline and its calendar file (--ics) hold it.",
            "{count} more lines have no room here; the list of timeline and its calendar file (--ics) hold them.",
            hidden,
        )

"""The clock of a mission for people: by time what has a time, then what runs only if something happens."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from skywitness.cli.conduct_page import write_conduct
from skywitness.cli.findings_page import summary
from skywitness.cli.page import Page
from skywitness.core.clock import Clock, Duty, Footing, State
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say, say_n, verbatim
from skywitness.law.provisions import part_of
from skywitness.law.words import source_words
from skywitness.mission import words
from skywitness.mission.ics import is_contingent, is_lasting
from skywitness.mission.kinds import title_of
from skywitness.mission.roles import role_words
from skywitness.mission.timeline import Timeline


def write_timeline(
    page: Page, found: Timeline, warnings: Sequence[Text], written: Sequence[Path], everything: bool = False
) -> None:
    """Write the whole clock; ``everything``: also what other events than those of a mission would start."""
    from skywitness.route.exports.account import plan_title

    title = plan_title(found.plan, page.language.code)
    if found.now is None:
        page.paragraph(say("{title}: no event is listed yet.", title=title), style="bold")
    else:
        page.paragraph(say("{title}: the clock as of {now}.", title=title, now=found.now), style="bold")
    page.paragraph(
        say("All times are UTC; hours are hours, a day is 24 of them, months are those of the calendar."), indent=2
    )
    for warning in warnings:
        page.marked("·", warning, indent=2)
    duties = [duty for duty in found.in_order() if duty.state is not State.NOT_APPLICABLE]
    lasting = [duty for duty in duties if is_lasting(duty)]
    dated = [duty for duty in duties if not is_contingent(duty) and duty not in lasting]
    _write_dated(page, found, dated)
    _write_notes(page, dated)
    _write_contingent(page, found, [duty for duty in duties if is_contingent(duty)], everything)
    if everything:
        _write_lasting(page, found, lasting)
    write_conduct(page, found.conduct)
    _write_judged(page, found.findings[: len(found.findings) - len(found.conduct)])
    silent = len(found.duties) - len(duties)
    page.raw()
    page.paragraph(say_n("{count} clock does not run here.", "{count} clocks do not run here.", silent), style="dim")
    for path in written:
        page.raw(page.words(say("Written: {path}", path=str(path))))


def _write_dated(page: Page, found: Timeline, duties: Sequence[Duty]) -> None:
    page.heading(say("By time, UTC"))
    _write_table(page, found, duties)


def _write_table(page: Page, found: Timeline, duties: Sequence[Duty]) -> None:
    """Write duties day by day: a line of when, how it stands, who owes whom and by which article, then what."""
    day = ""
    for duty in duties:
        at = duty.due_utc or duty.not_before_utc
        if at is not None and f"{at:%Y-%m-%d}" != day:
            day = f"{at:%Y-%m-%d}"
            page.raw(f"  {day}")
        _write_entry(page, found, duty, day)


def _write_entry(page: Page, found: Timeline, duty: Duty, day: str) -> None:
    """Write one duty; its article stands at the end of the line where there is room."""
    when = ", ".join(page.words(text) for text in _when(duty, day))
    state = f"{words.STATE_MARKS[duty.state]} {page.words(words.STATE_WORDS[duty.state])}"
    done = f" {_clock(duty.done.at_utc, day)}" if duty.done else ""
    head = page.words(f"{when}  {state}{done}  {page.words(_parties(found, duty))}")
    article = duty.clock.provision.removeprefix("OS:")
    room = page.width - 4 - len(head)
    if room > len(article) + 1:
        page.raw(f"    {head}{article:>{room}}")
    else:
        page.paragraph(f"{head}  {article}", indent=4, hang=4)
    page.paragraph(duty.clock.what, indent=8)


def _parties(found: Timeline, duty: Duty) -> Text:
    """Say who has it and to whom it is owed; a right of one's own, and what two owe one another, have one side."""
    clock = duty.clock
    who = role_words(clock.bearer, found.code(clock.bearer))
    if clock.bearer == clock.beneficiary or clock.modality != "duty":
        return who
    return say("{who} to {whom}", who=who, whom=role_words(clock.beneficiary, _other(found, clock)))


def _other(found: Timeline, clock: Clock) -> str | None:
    """Name the Party that a duty is owed to; of two that have it one owes it to the other."""
    bearer, code = found.code(clock.bearer), found.code(clock.beneficiary)
    both = (found.plan.observing, found.plan.observed)
    if clock.beneficiary != "parties" or bearer not in both:
        return code
    return both[bearer == both[0]]


def _when(duty: Duty, day: str) -> Iterable[Text]:
    """Say from when on and until when; a mark before a time that is estimated."""
    for edge, last in ((duty.opens, False), (duty.due, True)):
        if edge is None or edge.at is None:
            continue
        mark = "" if edge.firm else "~"
        if last and edge.moment is not None and edge.moment.footing is Footing.CALENDAR:
            yield say("by its end")
        elif last:
            yield say("by {mark}{at}", mark=mark, at=_clock(edge.at, day))
        else:
            yield say("from {mark}{at}", mark=mark, at=_clock(edge.at, day))
    if duty.due_utc is None and duty.clock.at_once:
        yield say("at once")


def _clock(at: dt.datetime, day: str) -> str:
    """Write a time of day, with month and day where it is another day than the one above it."""
    written = f"{at:%H:%M}" if f"{at:%Y-%m-%d}" == day else f"{at:%m-%d %H:%M}"
    return written if f"{at:%Y}" == day[:4] or not day else f"{at:%Y-%m-%d %H:%M}"


_TELLING = frozenset({State.LATE, State.EARLY, State.LAPSED, State.DEEMED, State.WAIVED})


def _write_notes(page: Page, duties: Sequence[Duty]) -> None:
    """Write what follows where a time was not kept, and what would settle what cannot be told."""
    telling = [duty for duty in duties if duty.state in _TELLING]
    if telling:
        page.heading(say("What follows"))
    for duty in telling:
        page.marked(
            words.STATE_MARKS[duty.state],
            say(
                "{provision}, {what}: {state}; {follows}.",
                provision=duty.clock.provision,
                what=duty.clock.what,
                state=words.STATE_WORDS[duty.state],
                follows=duty.by_agreement or words.consequence_words(duty),
            ),
            indent=2,
        )
    if any(duty.estimated for duty in duties):
        page.raw()
        page.paragraph(say("~ estimated from the plan, or from the latest time the law allows."), indent=2)
    needs = Counter(
        page.words(need) for duty in duties if duty.state is State.CANNOT_TELL for need in words.needs_of(duty)
    )
    if needs:
        page.heading(say("What would settle what cannot be told"))
    for need in needs:
        page.marked("·", need, indent=2)


_REGIME = ("IV", "V", "XIII", "D", "ANNEX-I", "K", "L")
"""Parts of the text whose clocks are of the regime, not of one mission; with them goes Annex E.4."""


def _is_of_regime(duty: Duty) -> bool:
    return part_of(duty.clock.provision) in _REGIME or duty.clock.provision == "OS:E.4"


def _write_contingent(page: Page, found: Timeline, duties: Sequence[Duty], everything: bool) -> None:
    shown = [duty for duty in duties if everything or not _is_of_regime(duty)]
    if shown:
        page.heading(say("Only if it happens"))
    for duty in shown:
        page.marked("·", _contingent(found, duty), indent=2)
    if hidden := len(duties) - len(shown):
        page.raw()
        more = say_n(
            "{count} more waits for events of personnel, aircraft, sensors, sites, certification or film; --all lists "
            "it.",
            "{count} more wait for events of personnel, aircraft, sensors, sites, certification or film; --all lists "
            "them.",
            hidden,
        )
        page.paragraph(more, indent=2, style="dim")


def _contingent(found: Timeline, duty: Duty) -> Text:
    clock = duty.clock
    return say(
        "{provision}  {who}: {what} ({period}; if {anchor})",
        provision=clock.provision.removeprefix("OS:"),
        who=role_words(clock.bearer, found.code(clock.bearer)),
        what=clock.what,
        period=_period(duty),
        anchor=title_of(_awaited(duty)),
    )


def _awaited(duty: Duty) -> str:
    """Name the event that would start the duty."""
    return next(edge.missing for edge in (duty.opens, duty.due) if edge is not None and edge.missing)


def _period(duty: Duty) -> Text:
    """Say how long the time is, from the value of the law behind it."""
    value = next(iter(duty.values), None)
    if value is None:
        return say("at once") if duty.clock.at_once else say("before another event")
    return verbatim(f"{value.value} {value.unit}")


def _write_lasting(page: Page, found: Timeline, duties: Sequence[Duty]) -> None:
    if duties:
        page.heading(say("Once for all, from the beginning of the Treaty"))
        _write_table(page, found, duties)


def _write_judged(page: Page, findings: Sequence[Finding]) -> None:
    """Write a count of the findings, and every breach with its reason."""
    page.heading(say("Times that can be judged: {summary}", summary=summary(findings)))
    for finding in findings:
        if finding.verdict is Verdict.BREACH:
            page.marked("✗", say("{provision}  {why}", provision=finding.provision, why=finding.why), indent=2)
            for used in finding.values:
                page.paragraph(
                    say("{value} {unit}: {source}", value=used.value, unit=used.unit, source=source_words(used.source)),
                    indent=6,
                    style="dim",
                )

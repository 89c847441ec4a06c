"""The page of a replayed case."""

from __future__ import annotations

from collections.abc import Sequence

from skywitness.cli.findings_page import MARKS, STYLES
from skywitness.cli.page import Page
from skywitness.consult import told
from skywitness.consult.as_json import sources_of
from skywitness.consult.asking.answers import UnderReading
from skywitness.consult.consensus import ADOPTED, NOT_ADOPTED, OPEN, Outcome, consensus
from skywitness.consult.model import Event
from skywitness.consult.questions import Answered
from skywitness.consult.replay import Replay
from skywitness.consult.states import States, own_pauses
from skywitness.consult.vocabulary import STEPS
from skywitness.core.text import Text, say

__all__ = ["write_case", "write_outcomes"]


def write_case(page: Page, found: Replay, derived: States, answered: Sequence[Answered], *, findings: bool) -> None:
    """Write a case: what was in force, what happened, what stands open, which clocks run, what follows by reading."""
    case = found.case
    page.paragraph(case.title.render(page.language), style="bold")
    if case.about is not None and found.known is None:
        page.paragraph(case.about.render(page.language), indent=2)
    page.paragraph(_day(found), indent=2)
    _write_states(page, found, derived)
    _write_events(page, found)
    _write_claims(page, found, derived)
    _write_clocks(page, derived)
    _write_consensus(page, found)
    _write_differences(page, derived)
    for one in answered:
        _write_question(page, one, findings=findings)
    _write_sources(page, found)


def _day(found: Replay) -> Text:
    if found.known is None:
        return say("On {day}, by all that is known today.", day=found.at)
    return say("On {day}, by what was known on {known}.", day=found.at, known=found.known)


def _write_states(page: Page, found: Replay, derived: States) -> None:
    page.heading(say("On this day"))
    for one in derived.treaties:
        page.marked("·", told.treaty_words(one), indent=2)
        for line in told.standing_words(one):
            page.paragraph(line, indent=6)
    for pause in own_pauses(found, derived):
        page.marked("·", told.pause_words(pause), indent=2)


def _write_events(page: Page, found: Replay) -> None:
    page.heading(say("What happened, as sources tell it"))
    if not found.events:
        page.paragraph(say("nothing yet"), indent=2)
        return
    for one in found.events:
        page.marked("·", _line(page, one, found), indent=2)


def _line(page: Page, event: Event, found: Replay) -> Text:
    """Write one event: its day as exactly as sources have it, who to whom, what it is, the keys of its sources."""
    who: Text | str = ", ".join(event.actors) if len(event.actors) <= _MOST_NAMED else _several(event)
    what = page.words(event.what.shown(page.language))
    if event.quote:
        what = page.words(say("{what} Quoted: “{quote}”", what=what, quote=event.quote))
    if not found.surely(event):
        what = page.words(say("{what} (By this day it may not have happened yet.)", what=what))
    if event.addressees:
        to = ", ".join(event.addressees[:_MOST_NAMED]) + (", …" if len(event.addressees) > _MOST_NAMED else "")
        who = say("{who} → {to}", who=who, to=to)
    basis = ", ".join(event.sources)
    told = {"on": str(event.when), "who": who, "step": STEPS[event.step], "what": what, "sources": basis}
    return say("{on} {who}: {step}: {what} [{sources}]", **told)


def _several(event: Event) -> Text:
    return say("{first} and {count} others", first=event.actors[0], count=len(event.actors) - 1)


def _write_claims(page: Page, found: Replay, derived: States) -> None:
    """Write what stands open, who asserts and denies what, and whose findings there are."""
    if derived.claims:
        page.heading(say("Claims"))
        for one in derived.claims:
            page.marked("·", told.claim_words(one), indent=2)
    if derived.positions:
        page.heading(say("Who says what, last"))
        for ident, proposition in found.case.propositions.items():
            those = [one for one in derived.positions if one.proposition == ident]
            if those:
                page.marked("·", proposition.words.shown(page.language), indent=2)
                for line in told.position_words(those):
                    page.paragraph(line, indent=6, hang=2)
    if derived.findings:
        page.heading(say("Latest finding of each assessor; none is of this program"))
        for finding in derived.findings:
            words = {"who": finding.assessor, "on": str(finding.when), "what": finding.what.shown(page.language)}
            page.marked("·", say("{who}, {on}: {what}", **words), indent=2)


def _write_clocks(page: Page, derived: States) -> None:
    if derived.clocks:
        page.heading(say("Clocks"))
        for one in derived.clocks:
            page.marked("·", told.clock_words(one), indent=2)


_MOST_NAMED = 4

_RESULTS = {ADOPTED: say("adopted"), NOT_ADOPTED: say("not adopted"), OPEN: say("open")}


def _write_consensus(page: Page, found: Replay) -> None:
    outcomes = consensus(found)
    if outcomes:
        page.heading(say("Proposals"))
    write_outcomes(page, outcomes)


def write_outcomes(page: Page, outcomes: Sequence[Outcome]) -> None:
    """Write what became of proposals, one line each."""
    for one in outcomes:
        words = {"event": one.proposal.id, "result": _RESULTS[one.result], "why": one.why}
        page.marked("·", say("{event}: {result}: {why}", **words), indent=2)
        if one.told_otherwise:
            line = say("A decision is told all the same: {event}; both are shown.", event=one.decision)
            page.paragraph(line, indent=6)


def _write_differences(page: Page, derived: States) -> None:
    if derived.differences:
        page.heading(say("What does not agree; neither is chosen"))
        for one in derived.differences:
            page.marked("?", told.difference_words(one), indent=2)


def _write_question(page: Page, one: Answered, *, findings: bool) -> None:
    """Write a question with its table by reading, and what would settle it."""
    page.heading(say("Question {key}", key=one.question.key))
    page.paragraph(one.question.words.shown(page.language), indent=2)
    if not one.asked:
        page.paragraph(say("Nobody had raised it by this day."), indent=2)
        return
    headings = [say("Reading"), say("What follows"), say("By that reading")]
    rows = [
        [
            page.words(row.name),
            page.words(row.answer) if row.answer else _provisions(row),
            f"{MARKS[row.verdict]} {page.words(told.VERDICTS[row.verdict])}",
        ]
        for row in one.by_reading
    ]
    page.table(headings, rows)
    if findings:
        _write_findings(page, one)
    needs = one.needs(page.language)
    if needs:
        page.paragraph(say("What would settle it:"), indent=2)
        for need in needs:
            page.marked("·", need, indent=4)


def _provisions(row: UnderReading) -> str:
    """List what was judged, each provision with the mark of its finding."""
    return ", ".join(dict.fromkeys(f"{MARKS[one.verdict]} {one.provision}" for one in row.findings)) or "-"


def _write_findings(page: Page, one: Answered) -> None:
    before: tuple[Text, ...] = ()
    for row in one.by_reading:
        page.paragraph(row.name, indent=2, style="bold")
        for finding in row.findings:
            words = say("{provision}: {why}", provision=finding.provision, why=finding.why)
            page.marked(MARKS[finding.verdict], words, STYLES[finding.verdict], indent=4)
        for note in row.notes:
            if note not in before:
                page.marked("·", note, indent=4)
        before = row.notes


def _write_sources(page: Page, found: Replay) -> None:
    sources = sources_of(found)
    if not sources:
        return
    page.heading(say("Sources, with whose publisher each is"))
    for one in sources:
        page.marked("·", one.title.render(page.language), indent=2)
        page.paragraph(told.source_line(one), indent=6, hang=2)

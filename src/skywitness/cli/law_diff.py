"""``skywitness law diff``, ``law effect`` and ``law history``: how the law changed, and what Parties' acts do to it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from skywitness.cli import law_effect, law_history, values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.law_instrument import argument
from skywitness.cli.page import Page
from skywitness.core.text import Text, of_data, say, say_n
from skywitness.law.words import basis_words

if TYPE_CHECKING:
    from skywitness.law.change import Change
    from skywitness.law.diff import LawDiff

MARKS = {"begun": "+", "first_seen": "+", "ended": "-", "changed": "~", "passed": "·", "cannot_tell": "?"}


def declare_all(words: Words) -> list[click.Command]:
    """Declare the three commands."""
    return [_declare(words), law_effect.declare(words), law_history.declare(words)]


def _declare(words: Words) -> click.Command:
    return words.command(
        "diff",
        diff,
        say(
            "Tell what changed in the law between two days: States, groups, quotas, distances, airfields, sensors, "
            "rules and decisions, each with its source. What nobody can tell is told as such, never as equal."
        ),
        [
            argument(words),
            words.option("--from", "DAY", say("The earlier day."), read=values.day, required=True),
            words.option("--to", "DAY", say("The later day."), read=values.day, required=True),
            words.option("--known", "DAY", say("Leave out what became known after this day."), read=values.day),
            words.option(
                "--section",
                "NAME",
                say("Only this part, such as parties, passive_quotas or distances; may be given several times."),
                many=True,
            ),
            words.option("--facts", "FILE", say("What Parties did beside what is stored (docs/acts.md).")),
        ],
        examples=[
            "skywitness law diff open-skies --from 2020-01-01 --to 2022-01-01",
            "skywitness law diff open-skies --from 2010-01-01 --to 2020-01-01 --section distances",
        ],
    )


def diff(
    face: Face,
    instrument: str,
    known: dt.date | None,
    section: tuple[str, ...],
    facts: str | None,
    **days: dt.date,
) -> Answer:
    """Compare the law of two days."""
    from skywitness.law.diff import law_diff

    acts = law_effect.read_acts(facts) if facts else None
    found = law_diff(instrument, days["from"], days["to"], known, acts, tuple(section))
    return Answer(lambda: found.to_json(face.language), lambda page: _write(page, found))


def _write(page: Page, found: LawDiff) -> None:
    from skywitness.law.change import SECTIONS

    page.paragraph(
        say(
            "{title}: what changed from {first} to {last}.",
            title=of_data(found.title),
            first=found.first,
            last=found.last,
        ),
        style="bold",
    )
    if found.known is not None:
        page.paragraph(say("As far as was known on {day}.", day=found.known), indent=2)
    page.paragraph(_summary(found), indent=2)
    for section, heading in SECTIONS.items():
        changes = found.of(section)
        gaps = [gap for gap in found.gaps if gap.section == section]
        if changes or gaps:
            page.heading(say("{section} ({count})", section=heading, count=len(changes)))
        for change in changes:
            _write_change(page, change)
        for gap in gaps:
            page.marked("?", gap.why, "yellow", indent=2)


def _summary(found: LawDiff) -> Text:
    from skywitness.law.side import What

    open_ones = found.count(What.CANNOT_TELL)
    changed = say_n("{count} thing changed", "{count} things changed", len(found.changes) - open_ones)
    if not open_ones:
        return say("{changed}.", changed=changed)
    untold = say_n("of {count} nobody can tell", "of {count} nobody can tell", open_ones)
    return say("{changed}; {open}.", changed=changed, open=untold)


def _write_change(page: Page, change: Change) -> None:
    from skywitness.law.change_words import change_sentence, note_of, steps_words

    mark = MARKS[change.what.value]
    page.marked(mark, change_sentence(change), "yellow" if mark == "?" else "", indent=2)
    steps = len(change.sides) > 2 and change.section not in ("facts", "claims")
    if steps or (change.section == "parties" and len(change.sides) > 1):
        page.paragraph(steps_words(change), indent=6)
    for event in change.events:
        page.paragraph(
            say(
                "{day} {what}. Source: {source} ({status})",
                day=event.on,
                what=_event_words(event.what),
                source=_source(event.source),
                status=basis_words(event.status),
            ),
            indent=6,
        )
    if not change.events:
        _write_sources(page, change)
    if change.claim_of:
        page.paragraph(say("A claim of {party}; it is no law.", party=change.claim_of), indent=6)
    note = note_of(change)
    if note is not None and change.section != "claims":  # what there is to say of a claim stands with the claims
        page.paragraph(note, indent=6)


def _write_sources(page: Page, change: Change) -> None:
    """Write where every side is from; once, when they are from one place."""
    sides = [side for side in change.sides if side.source]
    told: set[tuple[str, str]] = set()
    for side in sides:
        if (side.source, side.status) not in told:
            told.add((side.source, side.status))
            source = say("Source: {source} ({status})", source=_source(side.source), status=_status(side.status))
            page.paragraph(source, indent=6)


def _status(status: str) -> Text:
    return say("not settled") if status == "unsettled" else basis_words(status)


def _source(source: str) -> Text:
    from skywitness.law.words import source_words

    return source_words(source)


def _event_words(what: str) -> Text:
    return {
        "signed": say("signed"),
        "applied": say("applied"),
        "deposited": say("deposited its instrument"),
        "bound": say("bound by it"),
        "in force": say("the Treaty is in force for it"),
        "notice": say("gave notice of withdrawal"),
        "withdrawn": say("withdrawn"),
    }[what]

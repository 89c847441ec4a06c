"""``skywitness law decisions``: what the Consultative Commission decided, as far as it is public."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.law_instrument import argument_open_skies, of_open_skies
from skywitness.cli.page import Page
from skywitness.core.text import Text, of_data, say, say_n
from skywitness.law.words import basis_words

if TYPE_CHECKING:
    from skywitness.law.decision import Decision


def declare_decisions(words: Words) -> click.Command:
    """Declare the list of decisions."""
    return words.command(
        "decisions",
        list_decisions,
        say(
            "List the decisions of the Consultative Commission of which something is public, with what they say. Many "
            "more were taken: its proceedings are confidential."
        ),
        [
            argument_open_skies(words),
            words.option("--at", "DAY", say("Only those certain to be in force on this day."), read=values.day),
            words.option("--known", "DAY", say("Leave out what became known after this day."), read=values.day),
        ],
        examples=["skywitness law decisions open-skies --at 2006-01-01"],
    )


def list_decisions(face: Face, instrument: str, at: dt.date | None, known: dt.date | None) -> Answer:
    """List decisions in the order of their numbers."""
    from skywitness.law.decision import decisions

    treaty = of_open_skies(instrument, say("decisions of a commission")).name
    found = tuple(one for one in decisions(at, known) if known is None or one.since <= known)

    def document() -> dict[str, Any]:
        return {
            "instrument": treaty,
            "at": at.isoformat() if at else None,
            "known": known.isoformat() if known else None,
            "total": len(found),
            "decisions": [one.to_json(face.language) for one in found],
        }

    return Answer(document, lambda page: _write(page, found))


def _write(page: Page, found: tuple[Decision, ...]) -> None:
    page.paragraph(
        say_n(
            "{count} decision of which something is public",
            "{count} decisions of which something is public",
            len(found),
        ),
        style="bold",
    )
    for one in found:
        page.heading(say("{number}: {title}", number=one.number, title=one.title))
        page.paragraph(_when(one), indent=2)
        page.paragraph(one.says, indent=2)
        if one.provisions:
            page.paragraph(say("Provision: {provisions}", provisions=", ".join(one.provisions)), indent=2)
        page.paragraph(_source(one), indent=2)
        if one.note:
            page.paragraph(of_data(one.note), indent=2)


def _when(one: Decision) -> Text:
    begun = (
        say("Taken on {day}.", day=one.adopted)
        if one.adopted is not None
        else say("Existed by {day}; its own day is not known.", day=one.by)
    )
    if one.end is None:
        return begun
    if one.replaced_by:
        return say("{begun} Replaced by {number} by {day}.", begun=begun, number=one.replaced_by, day=one.end)
    return say("{begun} No longer in force on {day}.", begun=begun, day=one.end)


def _source(one: Decision) -> Text:
    from skywitness.law.words import source_words

    return say("Source: {source} ({status})", source=source_words(one.source), status=basis_words(one.status))

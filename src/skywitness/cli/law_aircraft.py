"""``skywitness law aircraft``: observation aircraft on a day, and their certifications."""

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
from skywitness.core.text import Text, of_data, say, say_n, verbatim
from skywitness.law.words import basis_words

if TYPE_CHECKING:
    from skywitness.law.aircraft import Aircraft
    from skywitness.law.certification import Certification

_USES = {
    "in_use": say("in use"),
    "not_yet": say("not yet in use"),
    "retired": say("no longer in use"),
    "unknown": say("not known whether in use"),
}

_KINDS = {"certification": say("Certification"), "pre_certification": say("Trial of a certification")}


def declare_aircraft(words: Words) -> click.Command:
    """Declare the list of aircraft."""
    return words.command(
        "aircraft",
        list_aircraft,
        say(
            "List the observation aircraft of which something is public: who designated them, whether they were in use "
            "on a day, and which certifications are known."
        ),
        [
            argument_open_skies(words),
            words.option("--at", "DAY", say("The day whose aircraft are asked for."), read=values.day, required=True),
            words.option("--known", "DAY", say("Leave out what became known after this day."), read=values.day),
        ],
        examples=["skywitness law aircraft open-skies --at 2023-01-01"],
    )


def list_aircraft(face: Face, instrument: str, at: dt.date, known: dt.date | None) -> Answer:
    """List aircraft and certifications."""
    from skywitness.law.aircraft import NOMINAL, all_aircraft
    from skywitness.law.certification import certifications
    from skywitness.law.parties import parties_on

    treaty = of_open_skies(instrument, say("aircraft")).name
    latest = known or dt.date.max
    found = tuple(craft for craft in all_aircraft() if craft.id != NOMINAL and craft.first_known <= latest)
    events = certifications(at, known)
    parties = parties_on(at, known)

    def document() -> dict[str, Any]:
        return {
            "instrument": treaty,
            "at": at.isoformat(),
            "known": known.isoformat() if known else None,
            "total": len(found),
            "aircraft": [_craft_json(craft, at, parties) for craft in found],
            "certifications": [one.to_json(face.language) for one in events],
        }

    return Answer(document, lambda page: _write(page, found, events, at, parties))


def _craft_json(craft: Aircraft, at: dt.date, parties: frozenset[str]) -> dict[str, Any]:
    return {
        "id": craft.id,
        "name": craft.name,
        "parties": list(craft.parties),
        "use": craft.use_on(at).value,
        "designated_by_a_party": not parties.isdisjoint(craft.parties),
        "certified_by": str(craft.certified) if craft.certified else None,
        "figures": [
            {"key": figure.key, "value": figure.value, "source": figure.source, "status": figure.status}
            for figure in craft.figures
        ],
        "source": craft.source,
        "status": craft.status,
    }


def _write(
    page: Page,
    found: tuple[Aircraft, ...],
    events: tuple[Certification, ...],
    at: dt.date,
    parties: frozenset[str],
) -> None:
    page.paragraph(say_n("{count} aircraft on {day}", "{count} aircraft on {day}", len(found), day=at), style="bold")
    page.table(
        [say("Aircraft"), say("Name"), say("Parties"), say("Use")],
        [
            [craft.id, page.words(of_data(craft.name)), ", ".join(craft.parties), page.words(_use(craft, at, parties))]
            for craft in found
        ],
    )
    page.heading(say("Certifications known ({count})", count=len(events)))
    for one in events:
        _write_event(page, one)
    page.heading(say("What is not public"))
    page.paragraph(say("No certificate, focal length or certified minimum height was ever published."), indent=2)


def _use(craft: Aircraft, at: dt.date, parties: frozenset[str]) -> Text:
    """Say whether it was in use; an aircraft of States that are no Parties is none of the regime."""
    if parties.isdisjoint(craft.parties):
        return say("its State is no Party")
    return _USES[craft.use_on(at).value]


def _write_event(page: Page, one: Certification) -> None:
    from skywitness.law.words import source_words

    words = say("{kind}, {when}: {aircraft}", kind=_KINDS[one.kind], when=_when(one), aircraft=", ".join(one.aircraft))
    page.marked("·", words, indent=2)
    page.paragraph(one.what, indent=6)
    if one.states:
        page.paragraph(say("States taking part: {counts}", counts=_counts(one.states)), indent=6)
    if one.inspectors:
        page.paragraph(say("Inspectors: {counts}", counts=_counts(one.inspectors)), indent=6)
    if one.signed is not None:
        page.paragraph(say("Last signature: {day}", day=one.signed), indent=6)
    source = say("Source: {source} ({status})", source=source_words(one.source), status=basis_words(one.status))
    page.paragraph(source, indent=6)


def _when(one: Certification) -> Text:
    if one.on is None:
        return say("by {day}", day=str(one.by))
    if one.end is None:
        return verbatim(one.on)
    return say("{start} to {end}", start=str(one.on), end=one.end)


def _counts(counts: tuple[int, ...]) -> Text:
    if len(counts) == 1:
        return verbatim(counts[0])
    return say("{counts} (sources differ)", counts=", ".join(str(count) for count in counts))

"""``skywitness law values``: every kind of value there is, and what holds of each on a day."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.law_instrument import argument
from skywitness.cli.law_provisions import part_words
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import Text, of_data, say, say_n, verbatim
from skywitness.law.words import basis_words

if TYPE_CHECKING:
    from skywitness.law.instrument import Instrument
    from skywitness.law.listing import Elsewhere, Held, Kind

_SUBJECTS = {
    "party": say("of a State or group"),
    "pair": say("of one Party over another"),
    "airfield": say("of an airfield"),
    "sensor": say("of a sensor category"),
    "item": say("of several things"),
}


def declare_values(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "values",
        list_values,
        say(
            "List every kind of value that can be looked up with law value, by article and annex. With --at the values "
            "themselves are shown as they are on that day."
        ),
        [
            argument(words),
            words.option("--provision", "PLACE", say("Only values of this place of the text: VI, VI.I.5, D.I.")),
            words.option("--at", "DAY", say("Show the values of this day."), read=values.day),
            words.option("--known", "DAY", say("Leave out what became known after this day."), read=values.day),
        ],
        examples=[
            "skywitness law values open-skies",
            "skywitness law values open-skies --provision VI.I --at 2019-09-12",
        ],
    )


def list_values(
    face: Face, instrument: str, provision: str | None, at: dt.date | None, known: dt.date | None
) -> Answer:
    """List the kinds of values; with ``--at`` what holds of each."""
    from skywitness.law.instrument import load
    from skywitness.law.listing import elsewhere, held_on, kinds

    if known is not None and at is None:
        raise InputError("usage", say("--known goes with --at, the day whose values are asked for."), "--known")
    source = load(instrument)
    place = None if provision is None else _place(provision, source.name)
    found = kinds(source, place or "")
    held = {kind.key.name: held_on(source, kind, at, known) for kind in found} if at else {}
    others = () if place else elsewhere(source.name)

    def document() -> dict[str, Any]:
        rows = [kind.to_json(face.language) for kind in found]
        for row in rows:
            if at:
                row["values"] = [one.to_json() for one in held[row["key"]]]
        return {
            "instrument": source.name,
            "provision": place,
            "at": at.isoformat() if at else None,
            "known": known.isoformat() if known else None,
            "total": len(rows),
            "keys": rows,
            "elsewhere": [one.to_json(face.language) for one in others],
        }

    return Answer(document, lambda page: _write(page, source, found, held, others))


def _place(words: str, instrument: str) -> str:
    """Read a place of the text of the instrument asked for."""
    from skywitness.law.listing import read_place
    from skywitness.law.numbering import NUMBERINGS

    place = read_place(values.name(words, "--provision"), "--provision", instrument)
    if place.partition(":")[0] not in NUMBERINGS[instrument].prefixes:
        message = say("{place} is no place of {instrument}.", place=place, instrument=instrument)
        raise InputError("unknown_place", message, "--provision")
    return place


def _write(
    page: Page,
    source: Instrument,
    found: tuple[Kind, ...],
    held: dict[str, tuple[Held, ...]],
    others: tuple[Elsewhere, ...],
) -> None:
    title = of_data(source.heading.title)
    page.paragraph(
        say_n("{title}: {count} kind of value", "{title}: {count} kinds of values", len(found), title=title),
        style="bold",
    )
    for part, those in groupby(sorted(found, key=lambda kind: _order(kind, source.name)), _part):
        page.heading(part_words(part, source.name) if part else say("Belonging to no provision"))
        for kind in those:
            if not held:
                _write_kind(page, kind)
            elif held[kind.key.name]:
                _write_held(page, kind, held[kind.key.name])
    for one in others:
        page.heading(say("Not a value: {provisions}", provisions=", ".join(one.provisions)))
        page.paragraph(one.why, indent=2)
        page.paragraph(say("See: skywitness {command}", command=one.command), indent=2)


def _part(kind: Kind) -> str:
    from skywitness.law.provisions import part_of

    return part_of(kind.provisions[0]) if kind.provisions else ""


def _order(kind: Kind, instrument: str) -> int:
    """Sort in the order of the Treaty; what belongs to no provision comes last."""
    from skywitness.law.provisions import parts

    order = parts(instrument)
    part = _part(kind)
    return order.index(part) if part in order else len(order)


def _write_kind(page: Page, kind: Kind) -> None:
    key = kind.key
    page.paragraph(say("{key}: {title}", key=key.name, title=of_data(key.title)), indent=2, hang=2)
    parts: list[str | Text] = []
    if key.subject in _SUBJECTS:
        parts.append(_SUBJECTS[key.subject])
    if kind.provisions:
        parts.append(", ".join(kind.provisions))
    if parts:
        page.paragraph("; ".join(page.words(part) for part in parts), indent=6)


def _write_held(page: Page, kind: Kind, held: tuple[Held, ...]) -> None:
    page.paragraph(say("{key}: {title}", key=kind.key.name, title=of_data(kind.key.title)), indent=2, hang=2)
    for one in held:
        if one.subject:
            name = verbatim(one.subject)
            if one.qualifier:
                name = say("{subject} ({qualifier})", subject=one.subject, qualifier=of_data(one.qualifier))
            page.paragraph(say("{subject}: {value}", subject=name, value=_value(one)), indent=6)
        else:
            page.paragraph(_value(one), indent=6)


def _value(held: Held) -> Text:
    from skywitness.law.key import BOUNDS

    bound = BOUNDS.get(held.key.bound) if held.is_number else None
    words = say("{bound} {value}", bound=bound, value=held.words) if bound else held.words
    if held.status in ("text", "unsettled"):
        return words
    return say("{value} ({status})", value=words, status=basis_words(held.status))

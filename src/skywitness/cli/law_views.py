"""``skywitness law views``: whose drawings of the borders there are, and what each counts to whom since when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import Catalogue, Text, of_data, say, say_n
from skywitness.law.words import basis_words

if TYPE_CHECKING:
    from skywitness.geo.view import Assignment, Holding, Unlined
    from skywitness.geo.view_table import ViewRow


def declare_views(words: Words) -> click.Command:
    """Declare the list of border views."""
    return words.command(
        "views",
        list_views,
        say(
            "List the border views: who holds each, and which State it counts every disputed area to, from which day "
            "and after which act. No view is the program's own."
        ),
        [
            words.option("--at", "DAY", say("Only what is held on this day; left out: all days."), read=values.day),
            words.option("--view", "VIEW", say("Only this view: un, rus, ..."), read=values.name),
        ],
        examples=["skywitness law views --view rus --at 2014-03-18"],
    )


def list_views(face: Face, at: dt.date | None, view: str | None) -> Answer:
    """List the views, or one of them."""
    from skywitness.geo.borders import find_view, stored_views

    try:
        found = [find_view(view)] if view else list(stored_views().values())
    except InputError as error:
        raise InputError(error.kind, error.message, "--view", error.faults) from error

    def document() -> dict[str, Any]:
        rows = [_view_json(row, at, face.language) for row in found]
        return {"at": at.isoformat() if at else None, "total": len(rows), "views": rows}

    return Answer(document, lambda page: _write(page, found, at))


def _held(row: ViewRow, at: dt.date | None) -> tuple[list[Holding], list[Assignment], list[Unlined]]:
    """Pick what a view itself holds on a day, or on any."""
    return (
        [one for one in row.held_by if at is None or one.start is None or one.start <= at],
        [one for one in row.assignments if at is None or one.in_force(at)],
        [one for one in row.unlined if at is None or one.position.in_force(at)],
    )


def _view_json(row: ViewRow, at: dt.date | None, language: Catalogue) -> dict[str, Any]:
    parties, positions, unlined = _held(row, at)
    return {
        "name": row.name,
        "holder": of_data(row.holder).render(language),
        "held_by": [one.to_json() for one in parties],
        "rest": row.rest or None,
        "source": of_data(row.source).render(language) if row.source else "",
        "note": of_data(row.note).render(language) if row.note else "",
        "positions": [{**one.to_json(), "name": _name(one.area)} for one in positions],
        "without_line": [one.to_json() for one in unlined],
    }


def _write(page: Page, found: list[ViewRow], at: dt.date | None) -> None:
    if at is None:
        page.paragraph(say_n("{count} border view, on all days", "{count} border views, on all days", len(found)))
    else:
        page.paragraph(say_n("{count} border view on {day}", "{count} border views on {day}", len(found), day=at))
    for row in found:
        parties, positions, unlined = _held(row, at)
        page.heading(say("{name}: {holder}", name=row.name, holder=of_data(row.holder)))
        if row.held_by:
            page.paragraph(_parties_words(parties), indent=2)
        for one in positions:
            page.marked("·", _position_words(_name(one.area), one), indent=2)
            page.paragraph(_source_words(one), indent=6)
        for lacking in unlined:
            page.marked("·", _position_words(lacking.name, lacking.position), indent=2)
            page.paragraph(say("No line of it is at hand; rules near it answer: cannot tell."), indent=6)
            page.paragraph(_source_words(lacking.position), indent=6)
        if row.rest:
            words = say("Everywhere else: as {rest}, for want of a position stored here.", rest=row.rest)
            page.paragraph(words, indent=2)
        if row.note:
            page.paragraph(of_data(row.note), indent=2)


def _parties_words(parties: list[Holding]) -> Text:
    if not parties:
        return say("Held by no Party on that day.")
    codes = [f"{one.party} ({one.start})" if one.start else one.party for one in parties]
    return say("Held by: {parties}", parties=", ".join(codes))


def _position_words(name: str, one: Assignment) -> Text:
    words = {"name": of_data(name), "area": one.area, "to": one.to, "start": one.start, "end": one.end}
    if one.to == one.area:
        counted = say("{name} ({area}): a State of its own", **words)
    else:
        counted = say("{name} ({area}): {to}", **words)
    if one.start and one.end:
        return say("{counted}, from {start} and before {end}", counted=counted, start=one.start, end=one.end)
    if one.start:
        return say("{counted}, from {start}", counted=counted, start=one.start)
    return say("{counted}, before {end}", counted=counted, end=one.end) if one.end else counted


def _source_words(one: Assignment) -> Text:
    return say("{source} ({status})", source=of_data(one.source), status=basis_words(one.status))


def _name(area: str) -> str:
    from skywitness.geo.features import area_names

    return area_names().get(area, area)

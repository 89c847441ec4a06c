"""``skywitness cfe places`` and ``cfe levels``: the areas of the Treaty, and the maximum levels of States on a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.text import Text, say, verbatim

if TYPE_CHECKING:
    from skywitness.cfe.span import Span


def declare_all(words: Words) -> list[click.Command]:
    """Declare the commands."""
    return [
        words.command(
            "places",
            places,
            say("List the places that holdings can be in, with the smallest area of the Treaty that each lies in."),
            examples=["skywitness cfe places"],
        ),
        words.command(
            "levels",
            levels,
            say("List the maximum levels of all States on a day, their sums, and what does not work out."),
            [words.option("--at", "DAY", say("The day; the end of the reductions unless told."), read=values.day)],
            examples=["skywitness cfe levels --at 1999-01-01"],
        ),
    ]


def places(_face: Face) -> Answer:
    """List places."""
    from skywitness.cfe.law import instrument
    from skywitness.cfe.places import places as known
    from skywitness.cli.lawbook.words import state_words

    rows = list(known().values())

    def document() -> dict[str, Any]:
        return {
            "places": [{"place": one.id, "state": one.state, "zone": one.zone, "storage": one.storage} for one in rows]
        }

    def write(page: Page) -> None:
        page.table(
            [say("Place"), say("State"), say("Area"), say("Storage sites"), say("Name")],
            [
                [
                    one.id,
                    one.state,
                    page.words(_zone(one.zone)),
                    page.words(_storage(one.storage)),
                    page.words(one.words if one.title else state_words(instrument(), one.state)),
                ]
                for one in rows
            ],
        )

    return Answer(document, write)


def _numbers(one: Span | None) -> Text:
    """Write a level for a table: one number, or the two it is between."""
    if one is None or one.exact:
        return Text("{low:,}", (("low", one.low),)) if one else verbatim("")
    return Text("{low:,}–{high:,}", (("low", one.low), ("high", one.high)))


def _short() -> list[Text]:
    """Head a table of levels so that it fits a page of 80 columns."""
    return [say("State"), say("Tanks"), say("Armoured"), say("Artillery"), say("Aircraft"), say("Helicopters")]


def _zone(zone: str) -> Text:
    return {
        "core": say("core (IV.4)"),
        "inner": say("inner (IV.3)"),
        "extended": say("extended (IV.2)"),
        "flank": say("flank (V.1(A))"),
        "any": say("not told"),
    }[zone]


def _storage(word: str) -> Text:
    return {"yes": say("yes"), "no": say("no"), "unknown": say("not told")}[word]


def levels(_face: Face, at: dt.date | None) -> Answer:
    """List maximum levels."""
    from skywitness.cfe.doubts import doubts, sum_of_levels
    from skywitness.cfe.groups import GROUPS, members_on
    from skywitness.cfe.kinds import CATEGORIES
    from skywitness.cfe.law import Law
    from skywitness.cfe.limits import subject_words
    from skywitness.cfe.span import Span
    from skywitness.core.reading import Reading

    day = at or dt.date(1995, 11, 17)
    law = Law(Reading(at=day))
    found = doubts(law)
    table: dict[str, dict[str, Span | None]] = {}
    for group in GROUPS:
        for state in members_on(group, day):
            own = {category: law.level(state, category) for category in CATEGORIES}
            table[state] = {category: Span(one.low, one.high) if one else None for category, one in own.items()}
        table[group] = {category: sum_of_levels(law, group, category) for category in CATEGORIES}

    def document() -> dict[str, Any]:
        rows = [
            {"holder": name, **{category: one.to_json() if one else None for category, one in row.items()}}
            for name, row in table.items()
        ]
        return {"at": day.isoformat(), "levels": rows, "doubts": [one.to_json() for one in found]}

    def write(page: Page) -> None:
        page.heading(say("Maximum levels for holdings on {day}", day=day))
        cells = {name: [page.words(_numbers(one)) for one in row.values()] for name, row in table.items()}
        page.table(_short(), [[name, *cells[name]] for name in table if name not in GROUPS], right=(1, 2, 3, 4, 5))
        page.heading(say("Their sums"))
        sums = zip(map(subject_words, CATEGORIES), *(cells[group] for group in GROUPS), strict=True)
        headings = [say("Category"), *map(verbatim, GROUPS)]
        page.table(headings, [[page.words(words), *numbers] for words, *numbers in sums], right=(1, 2))
        page.paragraph(say("Most of these levels are recollection; see skywitness law values cfe."), indent=2)
        for one in found:
            page.marked("·", one.what, indent=2)

    return Answer(document, write)

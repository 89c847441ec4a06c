"""``skywitness cfe quotas``: how many inspections a State has to receive, period by period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer
from skywitness.cli.cfe import asking
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from skywitness.cfe.inspections.quotas import Quota

_MOST_OBJECTS = 100_000
_RESIDUAL_YEARS = 2


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "quotas",
        quotas,
        say(
            "Compute the passive quotas of a State from its objects of verification, for each period and each way of "
            "rounding; the text has no rule for rounding."
        ),
        [
            words.argument("STATE", "state", say("The State, by name or code.")),
            words.option("--objects", "N", say("Its objects of verification."), read=_number, required=True),
            words.option(
                "--on-territory",
                "N",
                say("All objects on its territory, of whichever State; else its own number."),
                read=_number,
            ),
            words.option("--at", "DAY", say("Only the period this day is in."), read=values.day),
            asking.way_option(words),
        ],
        examples=[
            "skywitness cfe quotas Ukraine --objects 200",
            "skywitness cfe quotas DEU --objects 340 --on-territory 420 --at 1999-06-01",
        ],
    )


def _number(words: str, where: str) -> int:
    if words.isascii() and words.isdigit() and int(words[:9]) <= _MOST_OBJECTS and len(words) < 9:
        return int(words)
    told = {"met": repr(words[:20]), "most": _MOST_OBJECTS}
    raise InputError("usage", say("{met} is no whole number from 0 to {most:,}.", **told), where)


def quotas(
    _face: Face, state: str, objects: int, on_territory: int | None, at: dt.date | None, way: Sequence[str]
) -> Answer:
    """Compute quotas."""
    from skywitness.cfe.inspections.quotas import WITHOUT_TERRITORY
    from skywitness.law.instrument import load
    from skywitness.law.parties import is_party, parse_party

    code = parse_party(state, instrument=load("cfe"))
    if code in load("cfe").groups:
        message = say("{code} is a group; quotas belong to a State.", code=code)
        raise InputError("usage", message, "STATE")
    law = load("cfe")
    if at is not None and law.in_force(at) and not is_party(code, at, instrument=law):
        raise InputError("usage", say("{state} is no Party on {day}.", state=code, day=at), "STATE")
    found = list(_computed(code, objects, on_territory, at, way))
    if not found:
        message = say("{day} is before the first period.", day=at)
        raise InputError("usage", message, "--at")

    def document() -> dict[str, Any]:
        return {
            "state": code,
            "objects": objects,
            "on_territory": on_territory,
            "quotas": [_json(rounding, one, teams) for rounding, one, teams in found],
        }

    def write(page: Page) -> None:
        page.paragraph(_told(code, objects, on_territory))
        if on_territory is None and code not in WITHOUT_TERRITORY:
            page.paragraph(say("As many are taken to be on its territory (--on-territory)."))
        for names, table in _tables(found):
            page.heading(say("Rounding: {names}", names=", ".join(names)))
            page.table(_HEADINGS, [[page.words(cell) for cell in row] for row in table], right=(3, 4, 5, 6))
        for line in _NOTES:
            page.paragraph(line)

    return Answer(document, write)


_HEADINGS = (
    say("period"),
    say("from"),
    say("to before"),
    say("own objects"),
    say("territory"),
    say("challenges"),
    say("teams"),
)
_NOTES = (
    say(
        "Own objects and territory: inspections of declared sites to receive of its own objects, and of all objects on "
        "its territory. Challenges: of specified areas, each of which uses one of the own objects' too. Teams: at once "
        "on its territory."
    ),
    say("No State need take more than half of a year's quota from one other State (INSP.II.23)."),
)


def _told(code: str, objects: int, on_territory: int | None) -> Text:
    words = {"state": code, "objects": objects, "there": on_territory}
    if on_territory is None:
        return say("Inspections {state} has to receive; objects of verification: {objects}.", **words)
    return say(
        "Inspections {state} has to receive; objects of verification: {objects}; on its territory: {there}.", **words
    )


def _tables(found: Sequence[tuple[str, Quota, int]]) -> list[tuple[list[str], list[list[Text | str]]]]:
    """Put the rows of each rounding together; those that come out alike stand in one table."""
    rows: dict[str, list[list[Text | str]]] = {}
    for rounding, one, teams in found:
        numbers = [str(number) for number in (one.own, one.territory, one.challenges, teams)]
        line: list[Text | str] = [_name(one), str(one.period.start), str(one.period.end), *numbers]
        rows.setdefault(rounding, []).append(line)
    tables: list[tuple[list[str], list[list[Text | str]]]] = []
    for rounding, table in rows.items():
        alike = next((names for names, other in tables if other == table), None)
        if alike is None:
            tables.append(([rounding], table))
        else:
            alike.append(rounding)
    return tables


def _name(one: Quota) -> Text:
    """Name a period for people."""
    return {
        "baseline": say("baseline"),
        "reduction": say("reduction {number}", number=one.period.number),
        "residual_validation": say("residual validation"),
        "residual": say("residual {number}", number=one.period.number),
    }[one.period.name]


def _computed(
    code: str, objects: int, on_territory: int | None, at: dt.date | None, way: Sequence[str]
) -> Iterator[tuple[str, Quota, int]]:
    """Compute the quotas of the period asked for, or of all up to the second residual year, by each rounding."""
    from dataclasses import replace
    from itertools import takewhile

    from skywitness.cfe.inspections.periods import period_of, periods
    from skywitness.cfe.inspections.quotas import quota, teams_at_once
    from skywitness.cfe.told.desk import ROUNDING, Desk
    from skywitness.cfe.ways import interpretations

    reading = asking.reading(at or dt.date(1993, 1, 1), way)
    desk = Desk(reading)
    here = period_of(desk, at) if at else None
    listed = takewhile(lambda one: not one.residual or one.number <= _RESIDUAL_YEARS, periods(desk))
    every = ([here] if here else []) if at else list(listed)
    names = (
        [reading.interpretations[ROUNDING]] if ROUNDING in reading.interpretations else interpretations()[ROUNDING].ways
    )
    for period in every:
        for name in names:
            chosen = replace(reading, interpretations={**reading.interpretations, ROUNDING: name})
            there = Desk(chosen)
            one = quota(there, code, objects, on_territory, period)
            yield name, one, teams_at_once(there, one.territory)[0] if one.territory else 0


def _json(rounding: str, one: Quota, teams: int) -> dict[str, Any]:
    return {
        "period": one.period.name,
        "number": one.period.number,
        "from": one.period.start.isoformat(),
        "to": one.period.end.isoformat(),
        "rounding": rounding,
        "declared_site": one.own,
        "on_territory": one.territory,
        "challenge": one.challenges,
        "teams_at_once": teams,
        "before_rounding": {"declared_site": one.raw_own, "challenge": one.raw_challenges},
        "values": [value.to_json() for value in one.used],
    }

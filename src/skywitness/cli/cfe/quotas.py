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
from skywitness.core.text import say

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
    from skywitness.law.instrument import load
    from skywitness.law.parties import parse_party

    code = parse_party(state, instrument=load("cfe"))
    if code in load("cfe").groups:
        message = say("{code} is a group; quotas belong to a State.", code=code)
        raise InputError("usage", message, "STATE")
    found = list(_computed(code, objects, on_territory, at, way))
    if not found:
        message = say("{day} is before the first period.", day=at)
        raise InputError("usage", message, "--at")

    def document() -> dict[str, Any]:
        return {
            "state": code,
            "objects": objects,
            "on_territory": on_territory,
            "quotas": [_json(rounding, one) for rounding, one in found],
        }

    def write(page: Page) -> None:
        page.paragraph(say("Inspections {state} has to receive, of {objects} objects.", state=code, objects=objects))
        headings = (
            say("period"),
            say("from"),
            say("to before"),
            say("rounding"),
            say("of its objects"),
            say("on its territory"),
            say("challenges"),
        )
        rows = [
            [
                f"{one.period.name} {one.period.number}",
                str(one.period.start),
                str(one.period.end),
                rounding,
                str(one.own),
                str(one.territory),
                str(one.challenges),
            ]
            for rounding, one in found
        ]
        page.table(headings, rows, right=(4, 5, 6))
        page.paragraph(say("No State need take more than half of a year's quota from one other State (INSP.II.23)."))

    return Answer(document, write)


def _computed(
    code: str, objects: int, on_territory: int | None, at: dt.date | None, way: Sequence[str]
) -> Iterator[tuple[str, Quota]]:
    """Compute the quotas of the period asked for, or of all up to the second residual year, by each rounding."""
    from dataclasses import replace
    from itertools import takewhile

    from skywitness.cfe.inspections.periods import period_of, periods
    from skywitness.cfe.inspections.quotas import quota
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
            yield name, quota(Desk(chosen), code, objects, on_territory, period)


def _json(rounding: str, one: Quota) -> dict[str, Any]:
    return {
        "period": one.period.name,
        "number": one.period.number,
        "from": one.period.start.isoformat(),
        "to": one.period.end.isoformat(),
        "rounding": rounding,
        "declared_site": one.own,
        "on_territory": one.territory,
        "challenge": one.challenges,
        "before_rounding": {"declared_site": one.raw_own, "challenge": one.raw_challenges},
        "values": [value.to_json() for value in one.used],
    }

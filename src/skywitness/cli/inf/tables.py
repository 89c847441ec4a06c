"""``skywitness inf types``, ``totals`` and ``history``: types with their names, figures that differ, acts by day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.errors import InputError
from skywitness.core.text import Text, of_data, say

if TYPE_CHECKING:
    from skywitness.inf.types import KnownType


def declare_all(words: Words) -> list[click.Command]:
    """Declare the commands."""
    return [
        words.command(
            "types",
            types,
            say("List the missile types that the Treaty or a dispute names, with every other name of each."),
            [words.option("--name", "NAME", say("Only the type with this name or alias."))],
            examples=["skywitness inf types", "skywitness inf types --name SSC-8"],
        ),
        words.command(
            "totals",
            totals,
            say("Add up what was declared and what was eliminated, and show which figures do not agree."),
            examples=["skywitness inf totals"],
        ),
        words.command(
            "history",
            history,
            say(
                "Tell what was said and done on the 9M729 by day, by whom, where it was read, and where sources differ."
            ),
            [words.option("--step", "STEP", say("Only acts of one kind: claim, response, finding, ..."))],
            examples=["skywitness inf history", "skywitness inf history --step finding"],
        ),
    ]


def types(face: Face, name: str | None) -> Answer:
    """List types."""
    from skywitness.inf import types as known

    rows = list(known.types().values())
    if name is not None:
        found = known.find_type(name)
        if found is None:
            near = known.near_names(name)
            message = say("No type is called {name}.{near}", name=repr(name), near=near)
            raise InputError("unknown_type", message, "--name")
        rows = [found]

    return Answer(
        lambda: {"types": [row.to_json(face.language) for row in rows]}, lambda page: _write_types(page, rows)
    )


def _write_types(page: Page, rows: Sequence[KnownType]) -> None:
    """Write types as a table, and below it the notes on them."""
    from skywitness.law.words import basis_words

    headings = [
        say("Type"),
        say("Other names"),
        say("Kind"),
        say("Holder"),
        say("Named by"),
        say("Class"),
        say("Basis"),
    ]
    classes = {"shorter_range": say("shorter range"), "intermediate_range": say("intermediate range")}
    kinds = {"ballistic": say("ballistic"), "cruise": say("cruise"), "launcher": say("launcher")}
    page.table(
        headings,
        [
            [
                row.name,
                ", ".join(row.names),
                page.words(kinds[row.kind]),
                row.holder,
                row.listed or row.named or "",
                page.words(classes[row.missile_class]) if row.missile_class else "",
                page.words(basis_words(row.status)),
            ]
            for row in rows
        ],
    )
    for row in rows:
        if row.note:
            page.paragraph(say("{name}: {note}", name=row.name, note=of_data(row.note)), indent=2)


def totals(face: Face) -> Answer:
    """Add up declared and eliminated missiles."""
    from skywitness.inf.totals import SIDES
    from skywitness.inf.totals import totals as added

    found = added()

    def write(page: Page) -> None:
        headings = [say("Type"), say("Side"), say("Deployed"), say("Not deployed"), say("Declared"), say("Eliminated")]
        rows = [
            [line.name, line.side, *map(_cell, (line.deployed, line.not_deployed, line.declared, line.eliminated))]
            for line in found.lines
        ]
        for side in SIDES:
            rows.append([page.words(say("sum")), side, "", "", str(found.declared(side)), str(found.eliminated(side))])
        rows.append([page.words(say("sum")), "", "", "", str(found.declared()), str(found.eliminated())])
        page.table(headings, rows, right=(2, 3, 4, 5))
        page.paragraph(say("Declared numbers are recollection; eliminated ones were reported."), indent=2)
        page.heading(say("Figures that do not agree; none is put right"))
        for one in found.disagreements:
            page.marked("·", _difference(one), indent=2)

    return Answer(lambda: found.to_json(face.language), write)


def _difference(one: Any) -> Text:
    return say("{what}: {one:,} and {other:,}", what=one.what, one=one.one, other=one.other)


def _cell(value: int | None) -> str:
    return "" if value is None else str(value)


def history(face: Face, step: str | None) -> Answer:
    """Tell the acts of a dispute by day."""
    from skywitness.inf.chronology import STEPS, chronology
    from skywitness.law.names import did_you_mean
    from skywitness.law.words import basis_with_numbers

    if step is not None and step not in STEPS:
        told = {"step": repr(step), "known": ", ".join(STEPS), "near": did_you_mean(step, STEPS)}
        message = say("There is no kind of act {step}; there are {known}.{near}", **told)
        raise InputError("unknown_step", message, "--step")
    events = [one for one in chronology() if step in (None, one.step)]

    def write(page: Page) -> None:
        page.paragraph(
            say("What was said and done on the 9M729. This program adds no finding of its own."), style="bold"
        )
        for one in events:
            who = ", ".join(one.by) + (f" → {', '.join(one.to)}" if one.to else "")
            of_act = {"on": str(one.on), "step": STEPS[one.step], "who": who, "what": one.what}
            basis = basis_with_numbers(one.status, one.source)
            page.marked("·", say("{on} {who}: {step}: {what} ({basis})", basis=basis, **of_act), indent=2)
            for conflict in one.conflicts:
                known = ", ".join(conflict.values)
                page.marked(
                    "?", say("Sources differ on {field}: {values}.", field=conflict.field, values=known), indent=4
                )

    return Answer(lambda: {"events": [one.to_json(face.language) for one in events]}, write)

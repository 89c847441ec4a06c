"""``skywitness cfe classify``: in which category each item of a file falls, and whether it is limited and counts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from skywitness.cli import values
from skywitness.cli.answer import Answer, Exit
from skywitness.cli.cfe import asking
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.text import Text, say, verbatim

if TYPE_CHECKING:
    from skywitness.cfe.items.answer import Answered, Outcome


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "classify",
        classify,
        say(
            "Say in which category of the Treaty each item falls, by the lists of types and else by the definitions, "
            "and whether it is limited and counts. Exit code 0: told; 1: an item is counted as something else, or a "
            "weight leaves out what belongs to it; 3: it cannot be told; 2: the file cannot be read."
        ),
        [
            words.argument("FILE", "file", say("Items with who says what: TOML, as examples/cfe/items.toml.")),
            words.option("--by", "WHO", say("Take only the words of this speaker: RUS, DEU, NATO, EXPERT, ...")),
            words.option("--known", "DAY", say("Leave out law that became known after this day."), read=values.day),
            words.flag("--steps", say("Show every step with its article, also where nothing is in doubt.")),
        ],
        examples=[
            "skywitness cfe classify examples/cfe/items.toml",
            "skywitness cfe classify examples/cfe/items.toml --by FRA --steps",
        ],
    )


def classify(face: Face, file: str, by: str | None, known: dt.date | None, steps: bool) -> Answer:
    """Answer a file of items."""
    from skywitness.cfe.items.answer import answer
    from skywitness.cfe.items.read import read_items
    from skywitness.core.finding import Verdict
    from skywitness.core.reading import Reading

    data, where = asking.parsed(file)
    case = read_items(data, where)
    found = answer(case, Reading(at=case.at, known=known), by or "")
    codes = {Verdict.BREACH: Exit.BREACH, Verdict.CANNOT_TELL: Exit.CANNOT_TELL}
    return Answer(
        lambda: found.to_json(face.language),
        lambda page: _write(page, found, steps=steps),
        codes.get(found.verdict, Exit.DONE),
    )


def _write(page: Page, found: Answered, *, steps: bool) -> None:
    page.paragraph(found.case.title or say("Items under the CFE Treaty"), style="bold")
    page.paragraph(say("By the law of {day}.", day=found.case.at))
    head = [say("Item"), say("State"), say("Answer"), say("Counts")]
    rows = [[one.item.id, one.item.state, page.words(one.words()), page.words(_counts(one))] for one in found.outcomes]
    page.table(head, rows)
    for one in found.outcomes:
        _write_outcome(page, one, steps=steps)
    if found.disputes:
        page.heading(say("Words that do not agree; none is put right"))
        for words in found.disputes:
            page.marked("·", words, indent=2)


def _counts(one: Outcome) -> Text:
    told = {True: say("yes"), False: say("no"), None: say("cannot tell")}
    return told[one.standing.counts.value]


def _write_outcome(page: Page, one: Outcome, *, steps: bool) -> None:
    """Write the steps that matter, or all of them, and what would settle the item."""
    from skywitness.cli.findings_page import MARKS, STYLES
    from skywitness.core.finding import Verdict

    worth = (Verdict.BREACH,) if one.verdict is Verdict.BREACH else ()
    refused = [step for step in one.steps if step.verdict is Verdict.NOT_APPLICABLE and step.effect is not None]
    open_ = one.verdict is Verdict.CANNOT_TELL or one.standing.counts.value is None
    shown = [step for step in one.steps if steps or step.verdict in worth or step in refused or (open_ and step.needs)]
    if not shown:
        return
    page.heading(verbatim(one.item.id))
    for step in shown:
        words = say("{provision}: {why}", provision=step.provision, why=step.why)
        page.marked(MARKS[step.verdict], words, STYLES[step.verdict], indent=2)
    for need in one.needs if open_ else ():
        page.marked("→", need, indent=4)

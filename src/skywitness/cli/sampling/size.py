"""``skywitness sampling size``: how many items have to be drawn."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.sampling import asking, figures, results
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from skywitness.sampling.model import Question, Size, Sizes


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "size",
        size,
        say(
            "Say how many items have to be drawn to notice a false one with a given chance: exactly, by the planning "
            "formula of the IAEA, and by a closer approximation. What it rests on is printed with it."
        ),
        [
            *asking.parameters(words),
            words.option(
                "--probability", "P", say("The chance of detection that is wanted, such as 0.95."), required=True
            ),
            *asking.more_parameters(words),
        ],
        examples=[
            "skywitness sampling size --items 100 --defects 5 --probability 0.95",
            "skywitness sampling size --items 300 --defects 1..10 --probability 0.9 --recognition 0.8 --rounds 2",
        ],
    )


def size(face: Face, **given: Any) -> Answer:
    """Find the sizes."""
    from skywitness.sampling.caveats import caveats
    from skywitness.sampling.sizes import sizes

    question, wanted = asking.asked(given, asking.wanted)
    found = sizes(question, wanted)
    return Answer(
        lambda: {**_document(face, question, wanted, found), "caveats": figures.caveats_json(face, caveats(question))},
        lambda page: _write(page, question, wanted, found),
    )


def _document(face: Face, question: Question, wanted: Fraction, found: Sizes) -> dict[str, Any]:
    from skywitness.sampling.model import Enough

    document: dict[str, Any] = {"asked": {**figures.question_json(question), "probability": float(wanted)}}
    document |= figures.size_json(face, found.exact)
    document["iaea"] = _beside(face, found.planning, found.exact)
    document["closer"] = (
        {"result": "not_made_for_imperfect_recognition"}
        if found.closer is None
        else _beside(face, found.closer, found.exact)
    )
    if found.average is not None:
        document["average"] = _beside(face, found.average, found.exact)
    if isinstance(found.exact, Enough):
        document |= results.alarms_json(question, found.exact.sample)
        document["cost"] = results.cost_json(question, found.exact.sample)
    return document


def _beside(face: Face, size: Size, exact: Size) -> dict[str, Any]:
    from skywitness.sampling.model import Enough

    document = figures.size_json(face, size)
    if isinstance(size, Enough) and isinstance(exact, Enough):
        document["difference"] = size.sample - exact.sample
    return document


def _write(page: Page, question: Question, wanted: Fraction, found: Sizes) -> None:
    from skywitness.sampling.caveats import caveats
    from skywitness.sampling.model import Enough

    page.paragraph(
        say(
            "{items:,} items, {defects} of them false: how many to draw to notice one with a chance of {chance}.",
            items=question.items,
            defects=figures.defects_words(question),
            chance=figures.percent(page.language, float(wanted), float(1 - wanted), 8),
        ),
        style="bold",
    )
    for words in figures.drawing_words(question, page.language):
        page.paragraph(words, indent=2)
    page.raw()
    _write_table(page, question, found)
    if found.closer is None:
        page.raw()
        page.paragraph(say("The closer approximation is made for perfect recognition only."), indent=2)
    exact = found.exact
    if not isinstance(exact, Enough):
        page.raw()
        page.paragraph(exact.why, indent=2)
    else:
        if (words_ := figures.precision_words(exact.chance)) is not None:
            page.paragraph(words_, indent=2)
        results.write_alarms(page, question, exact.sample)
        results.write_cost(page, question, exact.sample)
    figures.write_caveats(page, caveats(question))


def _write_table(page: Page, question: Question, found: Sizes) -> None:
    rows = [_row(page, say("exact, the smallest that is enough"), found.exact, found.exact)]
    rows.append(_row(page, say("planning size of the IAEA"), found.planning, found.exact))
    if found.closer is None:
        rows.append([page.words(say("closer approximation")), "–", "–", "–"])
    else:
        rows.append(_row(page, say("closer approximation"), found.closer, found.exact))
    if found.average is not None:
        rows.append(_row(page, say("exact, enough on average"), found.average, found.exact))
    drawn = say("Draw") if question.rounds == 1 else say("Draw each round")
    page.table([say("Way"), drawn, say("Chance"), say("Against exact")], rows, right=(1, 2, 3))


def _row(page: Page, way: Text, size: Size, exact: Size) -> list[str]:
    from skywitness.sampling.model import Enough

    if not isinstance(size, Enough):
        return [
            page.words(way),
            page.words(say("not possible")),
            page.words(say("{chance} at most", chance=figures.of(page, size.best))),
            "",
        ]
    beside = ""
    if size is not exact:
        more = size.sample - exact.sample if isinstance(exact, Enough) else None
        beside = "–" if more is None else page.language.number(more, "+,d") if more else "0"
    return [page.words(way), page.language.number(size.sample, ",d"), figures.of(page, size.chance), beside]

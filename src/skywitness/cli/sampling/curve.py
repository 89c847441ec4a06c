"""``skywitness sampling curve``: the chance of detection against the size of the sample, in a table and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.sampling import asking, figures
from skywitness.cli.sampling.places import picture
from skywitness.core.errors import InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.sampling.asked import Words as Asked
    from skywitness.sampling.caveats import Caveat
    from skywitness.sampling.curves import Curve
    from skywitness.sampling.model import Defects, Question

MOST_CURVES = 8
_ROWS = 13


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "curve",
        curve,
        say(
            "Follow the chance of detection as the sample grows, for one or several numbers of false items, and mark "
            "the smallest samples that reach the chances given. With --out a diagram is drawn."
        ),
        [
            *asking.parameters(words),
            words.option(
                "--probability", "P", say("Mark where this chance is reached; may be given again."), many=True
            ),
            words.option("--out", "FILE", say("Write a diagram: .png or .svg."), read=picture),
        ],
        examples=["skywitness sampling curve --items 100 --defects 1,2,5,10 --probability 0.9 --out curve.png"],
    )


def curve(face: Face, out: Path | None, probability: Sequence[str], **given: Any) -> Answer:
    """Follow the curves."""
    from skywitness.sampling.caveats import caveats
    from skywitness.sampling.curves import curves

    question, wanted = asking.asked(given, lambda words: _levels(words, probability))
    _refuse_many(question)
    found, told = curves(question, wanted), caveats(question)
    if out is not None:
        _draw(face, question, found, told, out)
    return Answer(
        lambda: {
            "asked": {**figures.question_json(question), "probabilities": [float(one) for one in wanted]},
            "curves": [_curve_json(face, one) for one in found],
            "picture": None if out is None else str(out),
            "caveats": figures.caveats_json(face, told),
        },
        lambda page: _write(page, question, found, out),
    )


def _levels(words: Asked, given: Sequence[str]) -> tuple[Fraction, ...]:
    from skywitness.sampling.asked import Words

    return tuple(sorted({asking.wanted(Words({"probability": one}, words.faults)) for one in given}))


def _refuse_many(question: Question) -> None:
    if (count := len(question.defects.cases)) > MOST_CURVES:
        message = say(
            "{count} numbers of false items make {count} curves; at most {most} can be told apart.",
            count=count,
            most=MOST_CURVES,
        )
        raise InputError("bad_sample", message, "--defects")


def _draw(face: Face, question: Question, found: Sequence[Curve], told: Sequence[Caveat], out: Path) -> None:
    from skywitness.cli.sampling.picture import draw_curves
    from skywitness.cli.whole_files import write_whole

    data = draw_curves(question, found, told, out.suffix.lower().removeprefix("."), face.language)
    write_whole({"--out": (out, data)})


def _curve_json(face: Face, one: Curve) -> dict[str, Any]:
    return {
        "defects": one.defects,
        "points": [{"n": point.sample, "probability": point.chance.found} for point in one.points],
        "error_at_most": max(point.chance.error for point in one.points),
        "marks": [
            {"probability_wanted": float(mark.wanted), **figures.size_json(face, mark.size)} for mark in one.marks
        ],
    }


def _write(page: Page, question: Question, found: Sequence[Curve], out: Path | None) -> None:
    from skywitness.sampling.caveats import caveats

    page.paragraph(
        say("{items:,} items: the chance of noticing a false one, as the sample grows.", items=question.items),
        style="bold",
    )
    for words in figures.drawing_words(replace(question, defects=_one(question)), page.language):
        page.paragraph(words, indent=2)
    page.raw()
    drawn = say("Draw") if question.rounds == 1 else say("Draw each round")
    heads = [drawn, *(say("{count:,} false", count=one.defects) for one in found)]
    page.table(heads, [_row(page, found, number) for number in _rows(found)], right=tuple(range(len(heads))))
    _write_marks(page, found)
    if out is not None:
        page.raw()
        page.paragraph(say("Written: {path}", path=str(out)))
    figures.write_caveats(page, caveats(question))


def _one(question: Question) -> Defects:
    return type(question.defects)(question.defects.cases[:1])


def _rows(found: Sequence[Curve]) -> list[int]:
    """Choose rows: at even distance, or where there are many sizes by their order: small ones are among them."""
    last = len(found[0].points) - 1
    return sorted({round(number * last / (_ROWS - 1)) for number in range(_ROWS)})


def _row(page: Page, found: Sequence[Curve], number: int) -> list[str]:
    sample = page.language.number(found[0].points[number].sample, ",d")
    return [sample, *(figures.of(page, one.points[number].chance) for one in found)]


def _write_marks(page: Page, found: Sequence[Curve]) -> None:
    from skywitness.sampling.model import Enough

    if not found[0].marks:
        return
    page.heading(say("The smallest samples that are enough"))
    for one in found:
        for mark in one.marks:
            chance = figures.percent(page.language, float(mark.wanted))
            told = {"count": one.defects, "chance": chance}
            if isinstance(mark.size, Enough):
                words = say("{count:,} false, {chance}: {sample:,}.", sample=mark.size.sample, **told)
            else:
                words = say("{count:,} false, {chance}: not possible.", **told)
            page.paragraph(words, indent=2)

"""``skywitness sampling detect``: the chance that a sample notices something."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from skywitness.cli.answer import Answer
from skywitness.cli.command import Words
from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.cli.sampling import asking, figures, results
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.sampling.chance import Chance
    from skywitness.sampling.model import Defects, Question

_MOST_ROWS = 12
_MOST_ROUNDS = 40


def declare(words: Words) -> click.Command:
    """Declare the command."""
    return words.command(
        "detect",
        detect,
        say(
            "Say with which chance a sample notices a false item, what an alarm or none then means, and how few false "
            "items it can notice. What it rests on is printed with it."
        ),
        [
            *asking.parameters(words),
            words.option("--sample", "N", say("How many items are drawn in each round."), required=True),
            *asking.more_parameters(words),
        ],
        examples=[
            "skywitness sampling detect --items 60 --defects 5 --sample 12",
            "skywitness sampling detect --items 100 --defects 2 --sample 15 --rounds 5",
        ],
    )


def detect(face: Face, **given: Any) -> Answer:
    """Compute the chance."""
    from skywitness.sampling.caveats import caveats

    question, sample = asking.asked(given, lambda words: words.whole("sample", 0, 10_000_000))
    _refuse_too_many(question, sample)
    return Answer(
        lambda: {**_document(question, sample), "caveats": figures.caveats_json(face, caveats(question))},
        lambda page: _write(page, question, sample),
    )


def _refuse_too_many(question: Question, sample: int) -> None:
    from skywitness.core.errors import InputError

    if sample > question.items:
        message = say(
            "{sample:,} items cannot be drawn from {items:,}, each at most once.", sample=sample, items=question.items
        )
        raise InputError("bad_sample", message, "--sample")


def _document(question: Question, sample: int) -> dict[str, Any]:
    from skywitness.sampling.meaning import after_clean, case_chances, smallest_noticed

    worst, average = _chances(question, sample)
    document: dict[str, Any] = {"asked": {**figures.question_json(question), "sample": sample}, "n": sample}
    document |= figures.chance_json(worst)
    document["average"] = None if question.defects.known else figures.chance_json(average)
    document["expected_false_drawn"] = _expected(question, sample)
    document["by_round"] = [{"rounds": count, "probability": found} for count, found, _ in _by_round(question, sample)]
    left = after_clean(question, sample)
    document["by_defects"] = [
        {
            "defects": case.defects,
            "share": float(case.share),
            "probability": found.found,
            "share_after_nothing_noticed": float(after.share),
        }
        for (case, found), after in zip(case_chances(question, sample), left, strict=True)
    ]
    document["smallest_noticed"] = [
        {"probability": float(one.wanted), "result": "none"}
        if one.defects is None
        else {"probability": float(one.wanted), "result": "enough", "defects": one.defects}
        for one in smallest_noticed(question, sample)
    ]
    return {**document, **results.alarms_json(question, sample), "cost": results.cost_json(question, sample)}


def _chances(question: Question, sample: int) -> tuple[Chance, Chance]:
    """Return the chance in the worst case, and on average."""
    from skywitness.sampling.chance import chance
    from skywitness.sampling.sizes import parts_of, worst

    hardest = chance(parts_of(question, sample, worst(question)))
    return hardest, hardest if question.defects.known else chance(parts_of(question, sample, question.defects.cases))


def _expected(question: Question, sample: int) -> float:
    """Return how many false items a round draws on average, in the worst case."""
    return float(Fraction(question.drawn_in_all(sample) * question.defects.fewest, question.items * question.rounds))


def _by_round(question: Question, sample: int) -> list[tuple[int, float, float]]:
    """Return the chance of having noticed something after each round, or after some of very many."""
    steps = min(question.rounds, _MOST_ROUNDS)
    shown = [1 + round(number * (question.rounds - 1) / max(steps - 1, 1)) for number in range(steps)]
    told = []
    for count in shown:
        found, _ = _chances(replace(question, rounds=count, defects=_fewest(question)), sample)
        told.append((count, found.found, found.missed))
    return told


def _fewest(question: Question) -> Defects:
    from skywitness.sampling.model import Defects
    from skywitness.sampling.sizes import worst

    return Defects(worst(question))


def _write(page: Page, question: Question, sample: int) -> None:
    from skywitness.sampling.caveats import caveats

    worst, average = _chances(question, sample)
    told = {
        "items": question.items,
        "defects": figures.defects_words(question),
        "sample": sample,
        "chance": figures.of(page, worst),
    }
    if question.rounds == 1:
        head = say(
            "{items:,} items, {defects} of them false; {sample:,} drawn: one is noticed with a chance of {chance}.",
            **told,
        )
    else:
        head = say(
            "{items:,} items, {defects} of them false; {sample:,} drawn in each round: one is noticed with a chance of "
            "{chance}.",
            **told,
        )
    page.paragraph(head, style="bold")
    for words in figures.drawing_words(question, page.language):
        page.paragraph(words, indent=2)
    if not question.defects.known:
        page.paragraph(say("On average: {chance}.", chance=figures.of(page, average)), indent=2)
    page.paragraph(
        say("A round draws {expected:.2f} false items on average.", expected=_expected(question, sample)), indent=2
    )
    if (precision := figures.precision_words(worst)) is not None:
        page.paragraph(precision, indent=2)
    _write_cases(page, question, sample)
    _write_rounds(page, question, sample)
    _write_smallest(page, question, sample)
    results.write_alarms(page, question, sample)
    results.write_cost(page, question, sample)
    figures.write_caveats(page, caveats(question))


def _write_cases(page: Page, question: Question, sample: int) -> None:
    if question.defects.known:
        return
    from skywitness.sampling.meaning import after_clean, case_chances

    page.raw()
    rows = [
        [
            page.language.number(case.defects, ",d"),
            figures.percent(page.language, float(case.share)),
            figures.of(page, found),
            figures.percent(page.language, float(after.share)),
        ]
        for (case, found), after in zip(case_chances(question, sample), after_clean(question, sample), strict=True)
    ]
    headings = [say("False"), say("Share"), say("Chance"), say("Share once nothing was noticed")]
    page.table(headings, _thinned(rows), right=(0, 1, 2, 3))
    if len(rows) > _MOST_ROWS:
        page.paragraph(say("{count} rows; --json has them all.", count=len(rows)), indent=2)


def _write_rounds(page: Page, question: Question, sample: int) -> None:
    if question.rounds == 1:
        return
    page.raw()
    rows = [
        [str(count), figures.percent(page.language, found, missed)]
        for count, found, missed in _by_round(question, sample)
    ]
    page.table([say("After round"), say("Chance")], _thinned(rows), right=(0, 1))


def _thinned(rows: list[list[str]]) -> list[list[str]]:
    """Keep first and last, and others at even distance, where there are too many rows for a page."""
    if len(rows) <= _MOST_ROWS:
        return rows
    return [rows[round(number * (len(rows) - 1) / (_MOST_ROWS - 1))] for number in range(_MOST_ROWS)]


def _write_smallest(page: Page, question: Question, sample: int) -> None:
    from skywitness.sampling.meaning import smallest_noticed

    page.heading(say("How few false items this sample notices"))
    for one in smallest_noticed(question, sample):
        chance = figures.percent(page.language, float(one.wanted))
        if one.defects is None:
            words = say("With a chance of {chance}: not even {items:,}.", chance=chance, items=question.items)
        else:
            words = say("With a chance of {chance}: {count:,} or more.", count=one.defects, chance=chance)
        page.paragraph(words, indent=2)

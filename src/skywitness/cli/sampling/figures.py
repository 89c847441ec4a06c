"""How chances, amounts and caveats are written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from skywitness.cli.face import Face
from skywitness.cli.page import Page
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from skywitness.cli.language import Language
    from skywitness.sampling.caveats import Caveat
    from skywitness.sampling.chance import Chance
    from skywitness.sampling.model import Question, Size

_MOST_DECIMALS = 4


def percent(language: Language, found: float, missed: float | None = None, most: int = _MOST_DECIMALS) -> str:
    """Write a chance in per cent with one decimal; with more where it would look like nothing or like certainty.

    >>> from skywitness.cli.language import Language
    >>> [percent(Language("en"), one) for one in (0.0, 0.5, 0.9999, 0.00012, 1.0)]
    ['0 %', '50.0 %', '99.99 %', '0.012 %', '100 %']
    >>> percent(Language("en"), 1.0, 1e-9), percent(Language("en"), 1e-9)
    ('> 99.9999 %', '< 0.0001 %')
    """
    rest = 1.0 - found if missed is None else missed
    if found <= 0.0 or rest <= 0.0:
        return "0 %" if found <= 0.0 else "100 %"
    small = 100.0 * min(found, rest) * (1.0 + 1e-9)  # a rest of 0.0001 may be a hair less in 53 bits
    least = 10.0**-most
    if small < least:
        edge, sign = (least, "<") if found < rest else (100.0 - least, ">")
        return f"{sign} {language.number(edge, f'.{most}f')} %"
    digits = 1 if small >= 0.1 else 1 - math.floor(math.log10(small))
    decimals = min(digits if found < rest or small >= 0.1 else digits - 1, most)
    return f"{language.number(100.0 * found, f'.{decimals}f')} %"


def of(page: Page, chance: Chance) -> str:
    """Write the chance of noticing something."""
    return percent(page.language, chance.found, chance.missed)


def amount(language: Language, value: Fraction) -> str:
    """Write a cost or a number of days: whole where it is whole.

    >>> from skywitness.cli.language import Language
    >>> amount(Language("en"), Fraction(1200)), amount(Language("en"), Fraction(3, 2))
    ('1,200', '1.50')
    """
    return language.number(float(value), ",.0f" if value.denominator == 1 else ",.2f")


def chance_json(chance: Chance) -> dict[str, Any]:
    """Write a chance for scripts."""
    return {
        "probability": chance.found,
        "missed": chance.missed,
        "arithmetic": chance.arithmetic,
        "error_at_most": chance.error,
    }


def size_json(face: Face, size: Size) -> dict[str, Any]:
    """Write a size for scripts: ``result`` says whether there is one; ``n`` stands only where there is."""
    from skywitness.sampling.model import Enough

    if isinstance(size, Enough):
        return {"result": "enough", "n": size.sample, **chance_json(size.chance)}
    return {"result": "infeasible", "why": face.words(size.why), "best": {"n": size.sample, **chance_json(size.best)}}


def question_json(question: Question) -> dict[str, Any]:
    """Write what was asked for scripts."""
    return {
        "items": question.items,
        "defects": [{"defects": one.defects, "share": float(one.share)} for one in question.defects.cases],
        "recognition": float(question.recognition),
        "false_alarm": float(question.false_alarm),
        "rounds": question.rounds,
        "repeat": "fresh" if question.fresh else "never",
        "prior": None if question.prior is None else float(question.prior),
    }


def caveats_json(face: Face, found: Sequence[Caveat]) -> list[dict[str, Any]]:
    """Write caveats for scripts, their texts in the language spoken."""
    return [
        {"id": one.id, "text": face.words(one.text)}
        | ({"values": [value.to_json() for value in one.values]} if one.values else {})
        for one in found
    ]


def write_caveats(page: Page, found: Sequence[Caveat], heading: Text | None = None) -> None:
    """Write what is to be read with the figures."""
    page.heading(heading or say("To be read with these figures"))
    for one in found:
        page.marked("·", one.text, indent=2)


def defects_words(question: Question) -> Text:
    """Say how many items are false."""
    cases = question.defects.cases
    if len(cases) == 1:
        return say("{count:,}", count=cases[0].defects)
    return say("{first:,} to {last:,}", first=cases[0].defects, last=cases[-1].defects)


def drawing_words(question: Question, language: Language) -> list[Text]:
    """Say how it is drawn and looked at, where that is not the plainest way."""
    found = []
    if question.recognition < 1:
        found.append(
            say(
                "A false item that is drawn is recognised with a chance of {chance}.",
                chance=percent(language, float(question.recognition)),
            )
        )
    if question.rounds > 1 and question.fresh:
        found.append(say("{rounds:,} rounds, each drawn from all items anew.", rounds=question.rounds))
    elif question.rounds > 1:
        found.append(say("{rounds:,} rounds, no item drawn twice.", rounds=question.rounds))
    if not question.defects.known:
        found.append(
            say(
                "How many are false is not known: the figures are for the fewest, the worst case, unless they say "
                "average."
            )
        )
    return found


def precision_words(chance: Chance) -> Text | None:
    """Say how exact a figure is where it is not exact."""
    if chance.arithmetic != "log-gamma" or not chance.error:
        return None
    return say("By log-gamma; the error is at most {error:.1g}.", error=chance.error)

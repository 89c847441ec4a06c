"""Read a question from words, as an option or a cell holds them, with every fault collected.

The names of the fields (``items``, ``defects``, ``recognition``...) stand in faults; a face shows its own for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.sampling.model import ONE, Costs, Defects, Question, Weighted

MOST_ITEMS: Final = 10_000_000
MOST_ROUNDS: Final = 1_000
MOST_CASES: Final = 1_000
LEAST_RECOGNITION: Final = Fraction(1, 1000)
MOST_COST: Final = 10**12

_WHOLE: Final = re.compile(r"\d{1,15}", re.ASCII)
_DECIMAL: Final = re.compile(r"\d{1,15}(\.\d{1,12})?|\.\d{1,12}", re.ASCII)
_RANGE: Final = re.compile(r"(\d{1,15})\.\.(\d{1,15})", re.ASCII)
REPEATS: Final = ("fresh", "never")


class Words:
    """Reads words field by field; a field that is wrong is noted and stands for a harmless value."""

    def __init__(self, given: Mapping[str, str | None], faults: Faults) -> None:
        self._given = given
        self.faults = faults

    def but(self, **other: str | None) -> Words:
        """Put other words for some fields, whose faults are told elsewhere; faults go to the same place."""
        return Words({**self._given, **other}, self.faults)

    def has(self, key: str) -> bool:
        """Tell whether a field is given."""
        return self._given.get(key) is not None

    def text(self, key: str) -> str:
        """Return the words of a field; empty when it is left out."""
        return (self._given.get(key) or "").strip()

    def whole(self, key: str, least: int, most: int, default: int = 1) -> int:
        """Read a whole number from ``least`` to ``most``."""
        if not self.has(key):
            return default
        words = self.text(key)
        value = int(words) if _WHOLE.fullmatch(words) else -1
        if least <= value <= most:
            return value
        self.faults.add(
            key,
            say(
                "{met} is no whole number from {least:,} to {most:,}",
                met=quoted(self._given[key], 40),
                least=least,
                most=most,
            ),
        )
        return max(least, default)

    def share(self, key: str, least: Fraction, most: Fraction, default: Fraction) -> Fraction:
        """Read a chance from ``least`` to ``most``, both at most 1."""
        if not self.has(key):
            return default
        value = number(self.text(key))
        if value is not None and least <= value <= most:
            return value
        self.faults.add(
            key,
            say(
                "{met} is no chance from {least:g} to {most:.12g}; write 95 % as 0.95",
                met=quoted(self._given[key], 40),
                least=float(least),
                most=float(most),
            ),
        )
        return default

    def amount(self, key: str) -> Fraction | None:
        """Read an amount of cost, from 0; ``None`` when it is left out."""
        if not self.has(key):
            return None
        value = number(self.text(key))
        if value is None or value > MOST_COST:
            self.faults.add(
                key,
                say("{met} is no amount from 0 to {most:,}", met=quoted(self._given[key], 40), most=MOST_COST),
            )
            return None
        return value


def number(words: str) -> Fraction | None:
    """Read a decimal number exactly as it is written, at most 12 digits behind the point; ``None`` when it is none.

    >>> number("0.05"), number("nan"), number("-1")
    (Fraction(1, 20), None, None)
    """
    return Fraction(words) if _DECIMAL.fullmatch(words) else None


def read_question(given: Mapping[str, str | None], cases: Sequence[tuple[int, Fraction]] | None = None) -> Question:
    """Read a question.

    ``cases``: numbers of false items with weights, from a file, where ``defects`` names one; a weight of 0 items is
    the chance that there are none.

    :raises InputError: of kind ``bad_sample`` with all faults.
    """
    faults = Faults()
    question = question_of(Words(given, faults), cases)
    raise_faults(faults)
    return question


def raise_faults(faults: Faults) -> None:
    """Refuse with all faults of a question, if there are any."""
    faults.raise_if_any("bad_sample", say("The question cannot be answered as it stands."))


def question_of(words: Words, cases: Sequence[tuple[int, Fraction]] | None = None) -> Question:
    """Read a question and note its faults."""
    before = len(words.faults)
    items = words.whole("items", 1, MOST_ITEMS)
    items_known = len(words.faults) == before and words.has("items")
    prior = words.share("prior", Fraction(0), ONE, ONE) if words.has("prior") else None
    defects, none = _defects(words, cases)
    if items_known and (most := max(one.defects for one in defects.cases)) > items:
        words.faults.add(
            "defects",
            say("{defects:,} false items are more than the {items:,} that there are", defects=most, items=items),
        )
    if none is not None and prior is not None:
        words.faults.add("prior", say("the file of numbers tells already how likely none is false; leave one out"))
    prior = prior if none is None else 1 - none
    matter, kept = _that_matter(words, defects)
    question = Question(
        items=items,
        defects=matter,
        recognition=words.share("recognition", LEAST_RECOGNITION, ONE, ONE),
        false_alarm=words.share("false_alarm", Fraction(0), Fraction("0.999999"), Fraction(0)),
        rounds=words.whole("rounds", 1, MOST_ROUNDS),
        fresh=_fresh(words),
        prior=prior if prior is None else prior * kept / (1 - prior + prior * kept),
    )
    return replace(question, costs=_costs(words))


def _fresh(words: Words) -> bool:
    if words.has("repeat") and words.text("repeat") not in REPEATS:
        words.faults.add("repeat", say("{met} is neither fresh nor never", met=quoted(words.text("repeat"), 40)))
    return words.text("repeat") != "never"


def _costs(words: Words) -> Costs | None:
    item, once, budget = words.amount("cost"), words.amount("round_cost"), words.amount("budget")
    if budget is not None and item is None and once is None:
        words.faults.add("budget", say("says nothing without what an item costs, or a round"))
    if item is None and once is None:
        return None
    return Costs(item or Fraction(0), once or Fraction(0), budget)


def _defects(words: Words, cases: Sequence[tuple[int, Fraction]] | None) -> tuple[Defects, Fraction | None]:
    """Read how many items may be false; beside it the share of none, where a file tells it."""
    if cases is not None:
        return _of_file(words, cases)
    text = words.text("defects")
    if match := _RANGE.fullmatch(text):
        first, last = int(match[1]), int(match[2])
        if 1 <= first <= last <= MOST_ITEMS and last - first < MOST_CASES:
            return _evenly(range(first, last + 1)), None
    else:
        parts = [part.strip() for part in text.split(",")]
        numbers = [int(part) if _WHOLE.fullmatch(part) else 0 for part in parts[: MOST_CASES + 1]]
        if all(1 <= one <= MOST_ITEMS for one in numbers) and len(set(numbers)) == len(numbers) <= MOST_CASES:
            return _evenly(sorted(numbers)), None
    words.faults.add(
        "defects",
        say(
            "{met} is no number of false items: write 5, a range such as 1..10, several such as 1,2,5, or name a file "
            "(.csv); at most {most:,} numbers, each once",
            met=quoted(text, 40),
            most=MOST_CASES,
        ),
    )
    return _evenly([1]), None


def _evenly(numbers: Sequence[int]) -> Defects:
    return Defects(tuple(Weighted(one, Fraction(1, len(numbers))) for one in numbers))


def _of_file(words: Words, cases: Sequence[tuple[int, Fraction]]) -> tuple[Defects, Fraction | None]:
    whole = sum((weight for _, weight in cases), Fraction(0))
    none = sum((weight for defects, weight in cases if defects == 0), Fraction(0))
    some = sorted((defects, weight) for defects, weight in cases if defects and weight)
    if not some:
        words.faults.add("defects", say("the file gives no weight to any number of false items above 0"))
        return _evenly([1]), None
    weighted = tuple(Weighted(defects, weight / (whole - none)) for defects, weight in some)
    return Defects(weighted), (none / whole if any(defects == 0 for defects, _ in cases) else None)


def _that_matter(words: Words, defects: Defects) -> tuple[Defects, Fraction]:
    """Set numbers below the smallest that matters aside, as if they could not be; beside it the share that is kept."""
    if not words.has("matters"):
        return defects, ONE
    least = words.whole("matters", 1, MOST_ITEMS)
    kept = [one for one in defects.cases if one.defects >= least]
    if not kept:
        words.faults.add("matters", say("no number of false items given is {least:,} or more", least=least))
        return defects, ONE
    whole = sum((one.share for one in kept), Fraction(0))
    return Defects(tuple(Weighted(one.defects, one.share / whole) for one in kept)), whole

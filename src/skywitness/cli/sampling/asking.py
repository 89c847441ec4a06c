"""Options that describe a sample, shared by ``size``, ``detect`` and ``curve``, and how they become a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

import click

from skywitness.cli.command import Words as Declared
from skywitness.core.errors import Fault, Faults, InputError
from skywitness.core.text import say

if TYPE_CHECKING:
    from skywitness.sampling.asked import Words
    from skywitness.sampling.model import Question

More = TypeVar("More")

_ENDING = ".csv"


def parameters(words: Declared) -> list[click.Parameter]:
    """Declare what all three commands take.  Values stay words here: all that is wrong is told together."""
    return [
        words.option("--items", "N", say("How many items there are to draw from."), required=True),
        words.option(
            "--defects",
            "D",
            say("How many of them are false: 5, a range 1..10, several 1,2,5, or a file of weights (.csv)."),
            required=True,
        ),
        words.option("--recognition", "S", say("Chance that a false item that is drawn is recognised; 1 if left out.")),
        words.option("--rounds", "K", say("How many times the sample is drawn; once if left out.")),
        words.option(
            "--repeat",
            "HOW",
            say("fresh: each round draws from all items anew (so if left out); never: no item twice."),
        ),
        words.option("--matters", "D", say("The smallest number of false items that matters; fewer are set aside.")),
    ]


def more_parameters(words: Declared) -> list[click.Parameter]:
    """Declare what ``size`` and ``detect`` take beside it."""
    return [
        words.option(
            "--false-alarm", "Q", say("Chance that a clean item that is drawn raises an alarm; 0 if left out.")
        ),
        words.option(
            "--prior", "P", say("Chance, before any draw, that there are false items: tells what a result means.")
        ),
        words.option("--cost", "C", say("Cost of each item drawn.")),
        words.option("--round-cost", "C", say("Cost of each round beside it.")),
        words.option("--budget", "C", say("The most that may be spent.")),
    ]


def asked(given: Mapping[str, Any], more: Callable[[Words], More]) -> tuple[Question, More]:
    """Read the options, and of the same words what ``more`` takes.

    :raises InputError: with the faults of all options together, each under its option.
    """
    from skywitness.sampling.asked import Words, question_of, raise_faults

    words = Words({key: value for key, value in given.items() if isinstance(value, str)}, Faults())
    try:
        cases, unread = _cases(words.text("defects"))
        question = question_of(words if unread is None else words.but(defects="1", matters=None), cases)
        found = more(words)
        if unread is not None:
            if not words.faults:
                raise unread
            for fault in unread.faults or (Fault(unread.where, unread.message),):
                words.faults.add("defects", say("{place}: {fault}", place=fault.where, fault=fault.message))
        raise_faults(words.faults)
    except InputError as error:
        if error.kind != "bad_sample":
            raise
        raise _by_option(error) from error
    return question, found


def wanted(words: Words, key: str = "probability") -> Fraction:
    """Read a chance of detection that is wanted."""
    least, most = Fraction(1, 1000), Fraction("0.999999999")
    return words.share(key, least, most, most)


def _cases(text: str) -> tuple[Sequence[tuple[int, Fraction]] | None, InputError | None]:
    """Read the file that ``--defects`` names, if it names one; beside it why it could not be read."""
    if not text.lower().endswith(_ENDING):
        return None, None
    from skywitness.route.files.text_file import path_words, read_text
    from skywitness.sampling.case_file import read_cases

    try:
        return read_cases(read_text(text), path_words(text)), None
    except InputError as error:
        return None, error


def _by_option(error: InputError) -> InputError:
    """Name faults by the options that they came from; a single fault is told alone."""
    faults = tuple(Fault(f"--{fault.where.replace('_', '-')}", fault.message) for fault in error.faults)
    if len(faults) == 1:
        return InputError("bad_sample", say("{problem}.", problem=faults[0].message), faults[0].where, faults)
    return InputError("bad_sample", error.message, "", faults)

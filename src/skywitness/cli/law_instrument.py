"""The argument INSTRUMENT of the commands of ``skywitness law``, and what each instrument has to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from skywitness.cli.command import Words
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say

if TYPE_CHECKING:
    from skywitness.law.instrument import Instrument


def argument(words: Words) -> click.Parameter:
    """Declare the argument of a command that answers for every instrument."""
    return words.argument("INSTRUMENT", "instrument", say("The instrument: open-skies, cfe, inf."))


def argument_open_skies(words: Words) -> click.Parameter:
    """Declare the argument of a command that shows what only the Treaty on Open Skies has."""
    return words.argument("INSTRUMENT", "instrument", say("The treaty: open-skies."))


def listed(word: str) -> Instrument:
    """Return the instrument of that name, if its paragraphs are listed.

    :raises InputError: when there is none, or its paragraphs are not listed.
    """
    from skywitness.law.instrument import instruments, load
    from skywitness.law.provisions import provisions

    source = load(word)
    if not provisions(instrument=source.name):
        those = ", ".join(name for name in instruments() if provisions(instrument=name))
        message = say("The paragraphs of {name} are not listed; those of {listed} are.", name=source.name, listed=those)
        raise InputError("no_provisions", message, "INSTRUMENT")
    return source


def of_open_skies(word: str, what: Text) -> Instrument:
    """Return the Treaty on Open Skies, if it is the instrument of that name: only it has ``what``.

    :raises InputError: for another instrument; ``what`` says what it does not have.
    """
    from skywitness.law.instrument import load
    from skywitness.law.numbering import OPEN_SKIES

    source = load(word)
    if source.name != OPEN_SKIES:
        message = say("{name} has no {what} here; only {only} has.", name=source.name, what=what, only=OPEN_SKIES)
        raise InputError("not_of_this_instrument", message, "INSTRUMENT")
    return source

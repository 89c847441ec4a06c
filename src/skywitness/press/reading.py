"""All that is found in a text before any of it is checked."""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from skywitness.press.date_model import DateMention
from skywitness.press.dates import find_dates
from skywitness.press.mention import Mention
from skywitness.press.persons import find_persons
from skywitness.press.quantities import find_quantities
from skywitness.press.states import COUNTED, find_states
from skywitness.press.things import find_instruments, find_organs, find_weapons
from skywitness.press.tokens import Span, Tokens, tokenise

__all__ = ["Read", "read_text"]

_CALENDAR: Final = ("day", "month", "year")
Placed = TypeVar("Placed", Mention, DateMention)


@dataclass(frozen=True, slots=True)
class Read:
    """What a text names.  ``at`` is the day it is read from, ``None`` where nobody knows it."""

    tokens: Tokens
    language: str
    at: dt.date | None
    states: tuple[Mention, ...]
    instruments: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    weapons: tuple[Mention, ...]
    organs: tuple[Mention, ...]
    quantities: tuple[Mention, ...]
    persons: tuple[Mention, ...]

    @property
    def named(self) -> tuple[str, ...]:
        """The States named by name or adjective, in the order in which they first are."""
        return tuple(dict.fromkeys(one.key for one in self.states if one.kind in COUNTED))

    @property
    def calendar(self) -> tuple[str, ...]:
        """The dates that can be told, as exactly as they are, in order; decades and weeks are none."""
        return tuple(sorted({one.iso for one in self.dates if one.iso is not None and one.precision in _CALENDAR}))

    def sentence(self, number: int) -> str:
        """Write one sentence on one line."""
        return " ".join(self.tokens.text[slice(*self.tokens.sentences[number])].split())

    def instrument_of(self, span: Span) -> str:
        """Return the instrument a part of the text is about: one it names, else the last named before it.

        Where none is named before, the one most named in the whole text; an empty string where none is.
        """
        here = inside(self.instruments, span)
        if here:
            return here[0].key
        before = bisect_left(self.instruments, span[0], key=_start)
        if before:
            return self.instruments[before - 1].key
        counted = Counter(one.key for one in self.instruments)
        return counted.most_common(1)[0][0] if counted else ""


def inside(found: Sequence[Placed], span: Span) -> list[Placed]:
    """Take what stands in a part of the text, out of what is in the order of the text."""
    first = bisect_left(found, span[0], key=_start)
    return list(found[first : bisect_left(found, span[1], lo=first, key=_start)])


def _start(one: Mention | DateMention) -> int:
    return one.span[0]


def read_text(text: str, language: str, at: dt.date | None) -> Read:
    """Find everything a text names."""
    tokens = tokenise(text)
    weapons = find_weapons(tokens, language)
    instruments = find_instruments(tokens, language)
    organs = find_organs(tokens, language)
    kept = sorted(one.span for one in (*weapons, *instruments))
    starts, farthest = [first for first, _ in kept], list(itertools.accumulate((after for _, after in kept), max))

    def part_of_a_name(span: Span) -> bool:
        before = bisect_right(starts, span[0])
        return before > 0 and farthest[before - 1] >= span[1]

    states = tuple(one for one in find_states(tokens, language) if not part_of_a_name(one.span))
    return Read(
        tokens=tokens,
        language=language,
        at=at,
        states=states,
        instruments=instruments,
        dates=find_dates(tokens, language, at, kept),
        weapons=weapons,
        organs=organs,
        quantities=find_quantities(tokens, language),
        persons=find_persons(tokens, language, (*states, *organs, *instruments)),
    )

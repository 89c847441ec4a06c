"""A change of the law in sentences."""

from __future__ import annotations

from typing import Final

from skywitness.core.dated import Value
from skywitness.core.text import Text, of_data, say
from skywitness.law.change import Change
from skywitness.law.instrument import Instrument, load
from skywitness.law.side import Held, Side, What, first_held
from skywitness.law.why import value_shown
from skywitness.law.words import value_words

__all__ = ["change_sentence", "note_of", "side_words", "steps_words"]

_WORDS: Final = {
    "party_under_notice": say("Party, notice of withdrawal given"),
    "signed, not in force": say("signed, not in force"),
    "in force in phases": say("in force in phases"),
    "in force in full": say("in force in full"),
    "in force": say("in force"),
    "applied provisionally": say("applied provisionally"),
    "ended": say("ended"),
    "holds": say("holds"),
    "claimed": say("claimed"),
}

_TOLD: Final = ("facts", "claims")
"""Sections on what somebody says: it begins and ends, and has no value."""


def side_words(change: Change, side: Side, instrument: Instrument | None = None) -> Text:
    """Write what held: a value with its unit, all candidates of an open one, or that nothing did."""
    if side.held is Held.NOTHING:
        return say("nothing")
    if side.value is not None:
        return _value(change, side.value, instrument or load())
    if not side.candidates:
        return say("not known")
    values = _either([_value(change, value, instrument or load()) for value in side.candidates])
    return values if side.exhaustive else say("{values} or another", values=values)


def _value(change: Change, value: Value, instrument: Instrument) -> Text:
    key = instrument.keys.get(change.key)
    if key is not None:
        return value_shown(key, value)
    if isinstance(value, tuple):
        return _listed([value_words(word) for word in value])
    return _WORDS.get(str(value)) or value_words(str(value))


def _either(texts: list[Text]) -> Text:
    """Join alternatives.

    >>> from skywitness.core.text import verbatim
    >>> str(_either([verbatim("1"), verbatim("2"), verbatim("3")]))
    '1 or 2 or 3'
    """
    joined = texts[0]
    for text in texts[1:]:
        joined = say("{one} or {other}", one=joined, other=text)
    return joined


def _listed(texts: list[Text]) -> Text:
    joined = texts[0]
    for text in texts[1:]:
        joined = say("{one}, {other}", one=joined, other=text)
    return joined


def change_sentence(change: Change, instrument: Instrument | None = None) -> Text:
    """Write a change as one sentence."""
    before, after = (side_words(change, side, instrument) for side in (change.before, change.after))
    words = {"name": change.name, "before": before, "after": after, "on": change.after.on}
    if change.section == "parties":
        return _of_state(change, words)
    began = first_held(change.sides)
    if change.section in _TOLD and change.what is What.PASSED:
        ended = next(side.on for side in change.sides if side.on > began.on)
        return say("{name}: from {start}, no longer on {ended}.", start=began.on, ended=ended, **words)
    if change.section in _TOLD and change.what in (What.BEGUN, What.FIRST_SEEN):
        return say("{name}: from {start} on.", start=began.on, **words)
    if change.section in _TOLD and change.what is What.ENDED:
        return say("{name}: no longer on {on}.", **words)
    if change.what in (What.BEGUN, What.FIRST_SEEN) and _is_day(change, instrument or load()):
        return say("{name}: {after}.", **words)
    if change.what is What.BEGUN:
        return say("{name}: {after}, from {start} on.", start=began.start or began.on, **words)
    if change.what is What.FIRST_SEEN:
        return say("{name}: {after}, first sure on {seen}; since when is not known.", seen=began.on, **words)
    if change.what is What.ENDED:
        return say("{name}: ended on {on}; it was: {before}.", **words)
    if change.what is What.CHANGED:
        return say("{name}: {before}, then {after}.", **words)
    if change.what is What.PASSED:
        return say("{name}: the same on both days, something else between.", **words)
    return say("{name}: {before}, then {after}; whether it changed cannot be told.", **words)


def _is_day(change: Change, instrument: Instrument) -> bool:
    key = instrument.keys.get(change.key)
    return key is not None and key.form == "day"


def _of_state(change: Change, words: dict[str, object]) -> Text:
    """Write what became of a State: it joined on the day from which it is a Party, not on the day looked at."""
    words = words | {"code": change.subject}
    if change.what is What.BEGUN:
        joined = next(side for side in change.sides if side.value in ("party", "party_under_notice"))
        return say("{name} ({code}) became a Party on {day}.", **(words | {"day": joined.on}))
    if change.what is What.ENDED:
        left = next(side for side in reversed(change.sides) if side.value not in ("party", "party_under_notice"))
        return say("{name} ({code}) is no Party any more since {day}.", **(words | {"day": left.on}))
    if change.what is What.PASSED:
        return say("{name} ({code}) is the same on both days; between them:", **words)
    return say("{name} ({code}): {before}, then {after}.", **words)


def steps_words(change: Change, instrument: Instrument | None = None) -> Text:
    """Write every run of days in order, each with its first day."""
    parts = [say("{day} {words}", day=side.on, words=side_words(change, side, instrument)) for side in change.sides]
    joined = parts[0]
    for part in parts[1:]:
        joined = say("{one} → {other}", one=joined, other=part)
    return joined


def note_of(change: Change) -> Text | None:
    """Give the note of the data on what a change ends with, or began with."""
    note = change.after.note or change.before.note
    return of_data(note) if note else None

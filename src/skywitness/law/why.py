"""Sentences that tell what the law says of one value on a day."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Final

from skywitness.core.amounts import amount
from skywitness.core.dated import RECOLLECTION, DatedValue, Missing, NotInForce, Settled, Unsettled, Value
from skywitness.core.text import Text, of_data, say, verbatim
from skywitness.law.forms import MONTHS, day_of_year
from skywitness.law.key import ANCHORS, BOUNDS, Key
from skywitness.law.provisions import BEARERS
from skywitness.law.words import item_words, source_words, value_words

__all__ = ["CONFIDENTIAL", "candidate_shown", "candidates_shown", "details", "value_shown", "why", "why_not"]

CONFIDENTIAL: Final = say(
    "Only the first distribution, for 2002 and 2003, is public; later ones are confidential."
).template
"""Note on an active quota of a later year, in English; the language of the reader has it too."""

_MANY = 2
"""Of several candidates the unit stands in the plural."""


def value_shown(key: Key, value: Value) -> Text:
    """Write a value with its unit, in the form of its key.

    >>> str(value_shown(Key("a", "A", unit="flights"), 1)), str(value_shown(Key("b", "B", form="day_of_year"), "11-01"))
    ('1 flight', '1 November')
    """
    if isinstance(value, int | float):
        return amount(value, key.unit, _number(value))
    if isinstance(value, tuple):
        return _listed(value_words(word) for word in value)
    if key.form == "day_of_year" and (day := day_of_year(value)):
        return MONTHS[day[0] - 1](day[1])
    return value_words(value)


def candidate_shown(key: Key, candidate: DatedValue) -> Text:
    """Write the value of a candidate; one that was not found is no candidate, and says so."""
    return say("not found") if isinstance(candidate.value, Missing) else value_shown(key, candidate.value)


def why(key: Key, subject: str, holder: str, outcome: Settled | Unsettled) -> Text:
    """Write the answer as a sentence, with what a reader must know of it."""
    if isinstance(outcome, Unsettled):
        sentence, rests_on = _unsettled(key, holder, outcome), outcome.candidates
    else:
        sentence, rests_on = _settled(key, subject, holder, outcome), (outcome.best,)
    if not any(entry.status == RECOLLECTION for entry in rests_on):
        return sentence
    if len(rests_on) == 1:
        return say("{sentence} This is recollection, unchecked.", sentence=sentence)
    return say("{sentence} Some of this is recollection, unchecked.", sentence=sentence)


def details(key: Key, provisions: Iterable[str]) -> tuple[Text, ...]:
    """Write whose act a value bounds and from which moment it is counted, and the provisions it belongs to."""
    found: list[Text] = []
    if key.bearer:
        found.append(say("Concerns: {bearer}.", bearer=BEARERS[key.bearer]))
    if key.bound and not key.anchor:
        found.append(say("Bound: {bound}.", bound=BOUNDS[key.bound]))
    if key.anchor:
        template = (
            say("Counted: {bound}, before: {moment}.", bound=_bound(key), moment=ANCHORS[key.anchor])
            if key.counted == "before"
            else say("Counted: {bound}, after: {moment}.", bound=_bound(key), moment=ANCHORS[key.anchor])
        )
        found.append(template)
    named = ", ".join(provisions)
    return (*found, say("Provision: {provisions}", provisions=named)) if named else tuple(found)


def _bound(key: Key) -> Text:
    return BOUNDS[key.bound] if key.bound else BOUNDS["exactly"]


def _of(key: Key, subject: str) -> Text:
    title = of_data(key.title)
    if key.subject == "item":
        return say("{title} ({subject})", title=title, subject=item_words(subject))
    return say("{title} of {subject}", title=title, subject=subject) if subject else title


def _settled(key: Key, subject: str, holder: str, outcome: Settled) -> Text:
    what, value = _of(key, holder), value_shown(key, outcome.value)
    if holder != subject:
        return say(
            "{what}: {value}, held in common; {subject} has none of its own.", what=what, value=value, subject=subject
        )
    if outcome.status == "attested":
        return say(
            "{what}: {value}, seen in use on {day} and not contradicted for this day.",
            what=what,
            value=value,
            day=outcome.attested[0],
        )
    return say("{what}: {value}.", what=what, value=value)


def _unsettled(key: Key, subject: str, outcome: Unsettled) -> Text:
    """Write why nobody can say which value holds."""
    what = _of(key, subject)
    if not outcome.exhaustive:
        return say("{what}: no source gives it. {note}", what=what, note=of_data(outcome.note))
    return say(
        "{what}: {candidates}; one value was last seen on {last}, another first on {next}, and no decision "
        "between them is known.",
        what=what,
        candidates=candidates_shown(key, outcome.candidates),
        last=outcome.last_seen,
        next=outcome.next_seen,
    )


def candidates_shown(key: Key, candidates: Iterable[DatedValue]) -> Text:
    """Write the values of several candidates, with their unit."""
    values = [entry.value for entry in candidates if not isinstance(entry.value, Missing)]
    if all(isinstance(value, int | float) for value in values):
        return amount(_MANY, key.unit, _listed(_number(value) for value in values))
    return _listed(value_shown(key, value) for value in values)


def _number(value: Value) -> Text:
    return Text("{value}", (("value", value),)) if isinstance(value, int | float) else verbatim(value)


def _listed(texts: Iterable[Text]) -> Text:
    return reduce(lambda before, text: Text("{before}, {text}", (("before", before), ("text", text))), texts)


def why_not(key: Key, subject: str, outcome: NotInForce, listed: str = "") -> Text:
    """Write that nothing is in force, and when something is.

    ``listed``: the source of a distribution that holds on the day and names others, but not this subject.
    """
    what = _of(key, subject)
    if listed:
        return say(
            "{what}: the distribution in force on {at} names none ({source}).",
            what=what,
            at=outcome.at,
            source=source_words(listed),
        )
    if outcome.begins is not None and key.form == "day":
        return say("{what}: not fixed yet on {at}; it is from {day} on.", what=what, at=outcome.at, day=outcome.begins)
    if outcome.begins is not None:
        return say(
            "{what}: nothing is in force on {at}; it begins on {day}.", what=what, at=outcome.at, day=outcome.begins
        )
    if outcome.ended is not None:
        return say(
            "{what}: nothing is in force on {at}; it ended on {day}.", what=what, at=outcome.at, day=outcome.ended
        )
    return say("{what}: nothing is in force on {at}, and nothing is stored for any day.", what=what, at=outcome.at)

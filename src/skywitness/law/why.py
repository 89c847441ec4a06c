"""Sentences that tell what the law says of one value on a day."""

from __future__ import annotations

from skywitness.core.dated import NotInForce, Settled, Unsettled
from skywitness.core.text import Text, say, verbatim
from skywitness.law.entry import Key

__all__ = ["why", "why_not"]


def _of(key: Key, subject: str) -> Text:
    # The title comes from the data and is a template of its own, so that a language can translate it.
    title = Text(key.title)
    return say("{title} of {subject}", title=title, subject=subject) if subject else title


def why(key: Key, subject: str, holder: str, outcome: Settled | Unsettled) -> Text:
    """Write the answer as a sentence, with what a reader must know of it."""
    if isinstance(outcome, Unsettled):
        return _unsettled(key, holder, outcome)
    what, value = _of(key, holder), verbatim(outcome.value)
    if holder != subject:
        return say(
            "{what}: {value} {unit}, held in common; {subject} has none of its own.",
            what=what,
            value=value,
            unit=outcome.unit,
            subject=subject,
        )
    if outcome.status == "recollection":
        return say("{what}: {value} {unit}, by unchecked recollection.", what=what, value=value, unit=outcome.unit)
    if outcome.status == "attested":
        return say(
            "{what}: {value} {unit}, seen in use on {day} and not contradicted for this day.",
            what=what,
            value=value,
            unit=outcome.unit,
            day=outcome.attested[0],
        )
    return say("{what}: {value} {unit}.", what=what, value=value, unit=outcome.unit)


def _unsettled(key: Key, subject: str, outcome: Unsettled) -> Text:
    """Write why nobody can say which value holds."""
    candidates = ", ".join(str(candidate.value) for candidate in outcome.candidates)
    if not outcome.exhaustive:
        return say(
            "{what}: there is one, but no source gives it. {note}", what=_of(key, subject), note=verbatim(outcome.note)
        )
    return say(
        "{what}: {candidates} {unit}; one value was last seen on {last}, another first on {next}, and no decision "
        "between them is known.",
        what=_of(key, subject),
        candidates=candidates,
        unit=key.unit,
        last=outcome.last_seen,
        next=outcome.next_seen,
    )


def why_not(key: Key, subject: str, outcome: NotInForce) -> Text:
    """Write that nothing is in force, and when something is."""
    what = _of(key, subject)
    if outcome.begins is not None:
        return say(
            "{what}: nothing is in force on {at}; it begins on {day}.", what=what, at=outcome.at, day=outcome.begins
        )
    if outcome.ended is not None:
        return say(
            "{what}: nothing is in force on {at}; it ended on {day}.", what=what, at=outcome.at, day=outcome.ended
        )
    return say("{what}: nothing is in force on {at}, and nothing is stored for any day.", what=what, at=outcome.at)

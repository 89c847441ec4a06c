"""What a chance of detection does not say, printed beside every one of them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final

from skywitness.core.finding import UsedValue
from skywitness.core.text import Text, say
from skywitness.law.instrument import load
from skywitness.law.value import outcome_of, require, used
from skywitness.sampling.model import Question


@dataclass(frozen=True, slots=True)
class Caveat:
    """A sentence to be read with a figure; ``id`` is stable.  ``values``: what of the law its numbers are."""

    id: str
    text: Text
    values: tuple[UsedValue, ...] = ()


NOT_RANDOM: Final = Caveat(
    "not_random",
    say("Inspectors choose places by what they know, not by lot; the figures hold for a choice by lot alone."),
)
ALARMS_ZERO: Final = Caveat(
    "false_alarms",
    say(
        "Clean items are taken never to raise an alarm. That is so only where an item is checked by what it is or is "
        "not, such as its number or its presence, not by a measurement."
    ),
)
DEFECTS: Final = Caveat(
    "defects_assumed",
    say("How many items are false is assumed, and nothing moves the figures as much. Nobody is held to have any."),
)
RECOGNITION: Final = Caveat(
    "recognition_independent",
    say(
        "A false item that is drawn is recognised with the chance given, each time on its own; what is well hidden "
        "once stays so, and then more rounds help less than shown."
    ),
)
ROUNDS: Final = Caveat(
    "rounds",
    say("Over all rounds the same items are taken to stay false, and to stay where they are."),
)


@functools.cache
def moved() -> Caveat:
    """Tell how long a host knows before inspectors come, as the law has it on the day each treaty entered into force.

    CFE Protocol on Inspection, Section IV, paragraph 2; INF Inspection Protocol, Sections IV and V.
    """
    cfe = _value("cfe", "notice_of_inspection")
    notice, delivery = _value("inf", "inspection_notice"), _value("inf", "delivery")
    words = say(
        "A host can move things once notice is given: under the CFE Treaty at least {cfe:g} hours before the "
        "inspectors arrive, under the INF Treaty, while it lasted, at least {notice:g} hours, and up to {delivery:g} "
        "more until they are at the site.",
        cfe=cfe.value,
        notice=notice.value,
        delivery=delivery.value,
    )
    return Caveat("moved_after_notice", words, (cfe, notice, delivery))


def _value(treaty: str, key: str) -> UsedValue:
    source = load(treaty)
    rows = source.of(key)
    return used(require(outcome_of(rows, source.heading.entry_into_force.on), key, instrument=source), key)


def caveats(question: Question) -> tuple[Caveat, ...]:
    """Name what is to be read with the figures of a question (digest of methods, section on caveats)."""
    found = [NOT_RANDOM, moved(), _alarms(question), DEFECTS]
    if question.recognition < 1:
        found.append(RECOGNITION)
    if question.rounds > 1:
        found.append(ROUNDS)
    return tuple(found)


def _alarms(question: Question) -> Caveat:
    if not question.false_alarm:
        return ALARMS_ZERO
    return Caveat(
        "false_alarms",
        say(
            "Clean items are taken to raise an alarm each on its own, with a chance of {rate:g}; real false alarms "
            "come in groups, such as from one badly set instrument.",
            rate=float(question.false_alarm),
        ),
    )

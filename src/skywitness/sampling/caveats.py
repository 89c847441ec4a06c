"""What a chance of detection does not say, printed beside every one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skywitness.core.text import Text, say
from skywitness.sampling.model import Question


@dataclass(frozen=True, slots=True)
class Caveat:
    """A sentence to be read with a figure; ``id`` is stable."""

    id: str
    text: Text


NOT_RANDOM: Final = Caveat(
    "not_random",
    say("Inspectors choose places by what they know, not by lot; the figures hold for a choice by lot alone."),
)
MOVED: Final = Caveat(
    "moved_after_notice",
    say(
        "A host can move things once notice is given: under the CFE Treaty at least 36 hours before the inspectors "
        "arrive, under the INF Treaty at least 16 hours, and 9 more to bring them to the site."
    ),
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


def caveats(question: Question) -> tuple[Caveat, ...]:
    """Name what is to be read with the figures of a question (digest of methods, section on caveats)."""
    found = [NOT_RANDOM, MOVED, _alarms(question), DEFECTS]
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

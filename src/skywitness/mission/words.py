"""How a duty is told to people: its state, why it stands so, what it is counted from, what follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from skywitness.core.clock import Duty, Edge, Footing, Reason, State
from skywitness.core.text import Text, say, verbatim
from skywitness.mission.kinds import title_of

STATE_WORDS: Final[Mapping[State, Text]] = MappingProxyType(
    {
        State.WAITING: say("waiting"),
        State.DUE: say("due"),
        State.DONE: say("done"),
        State.EARLY: say("too early"),
        State.LATE: say("late"),
        State.LAPSED: say("lapsed"),
        State.DEEMED: say("deemed"),
        State.WAIVED: say("waived by agreement"),
        State.CANNOT_TELL: say("cannot tell"),
        State.NOT_APPLICABLE: say("not applicable"),
    }
)

STATE_MARKS: Final[Mapping[State, str]] = MappingProxyType(
    {
        State.WAITING: "·",
        State.DUE: "→",
        State.DONE: "✓",
        State.EARLY: "✗",
        State.LATE: "✗",
        State.LAPSED: "–",
        State.DEEMED: "✓",
        State.WAIVED: "✓",
        State.CANNOT_TELL: "?",
        State.NOT_APPLICABLE: "–",
    }
)
"""Beside the word, so that neither colour nor reading is needed to tell them apart."""

SILENT: Final = say("the text is silent")

_FACTS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "provider": say("who provides the observation aircraft (aircraft.provided_by)"),
        "demonstration": say("who requested a demonstration flight, if anybody did (demonstration_requested_by)"),
        "film": say("who arranges the development of the film (an [[event]] film_facility_arranged with its by)"),
        "entry_elsewhere": say("which point of entry is used (point_of_entry)"),
        "quarter": say("the quarter of the flight"),
    }
)


def consequence_words(duty: Duty) -> Text:
    """Say what the text has follow when the time is not kept."""
    return duty.clock.consequence or SILENT


def needs_of(duty: Duty) -> tuple[Text, ...]:
    """List the facts and events that would tell more; nothing for a duty that stands for good."""
    if duty.state not in (State.CANNOT_TELL, State.WAITING):
        return ()
    facts = (_FACTS[name] for name in duty.unknown)
    events = (
        say("when: {event} (an [[event]] of kind {kind})", event=title_of(kind), kind=kind) for kind in duty.missing
    )
    law = (say("a settled value of {key} on the day", key=key) for key in duty.unsettled)
    return tuple(dict.fromkeys((*facts, *events, *law)))


_REASONS: Final[Mapping[Reason, Text]] = MappingProxyType(
    {
        Reason.CONDITION: say("The facts of this flight rule it out."),
        Reason.IN_TIME: say("It arises only when another time is not kept."),
        Reason.NOT_YET_RUN_OUT: say("It arises only when another time runs out."),
        Reason.EXCLUDED: say("What it is counted from can no longer happen."),
        Reason.NOT_LISTED: say("Its time is over; whether it was done the list of events does not say."),
        Reason.UNKNOWN_ANCHOR: say("When it began to run is not listed."),
        Reason.UNKNOWN_FACT: say("Whether it runs at all depends on what is not known."),
        Reason.UNSETTLED: say("The law has no settled value for it on this day."),
        Reason.SUSPENDED: say("What happened since ended its time: as soon as possible."),
        Reason.STOPPED: say("Its time stands still."),
        Reason.UNKNOWN_EXTENSION: say(
            "It is over its time, unless a demonstration flight that is not known adds to it."
        ),
    }
)


def why(duty: Duty) -> Text | None:
    """Say in a sentence why the duty stands as it does, where its times alone do not say it."""
    return _REASONS.get(duty.reason)


def counted_from(duty: Duty) -> Text:
    """Say what the time is counted from, and how well that is founded."""
    moment = duty.anchor
    if moment is None:
        return _unknown(duty)
    if moment.footing is Footing.CALENDAR:
        return say("the calendar")
    title = title_of(moment.kind)
    at = moment.at
    if moment.footing is Footing.EXPECTED:
        return say("{event}, {basis}", event=title, basis=moment.basis or say("listed for a later time"))
    if moment.footing is Footing.LAW:
        return say("{event}, {day}", event=title, day=f"{at:%Y-%m-%d}")
    return say("{event}, {at}", event=title, at=at)


def _unknown(duty: Duty) -> Text:
    edges: Iterable[Edge] = (edge for edge in (duty.due, duty.opens) if edge is not None)
    missing = next((edge.missing for edge in edges if edge.missing), None)
    return say("{event}, not listed", event=title_of(missing)) if missing else verbatim("–")


def moment_words(at: dt.datetime | None) -> str:
    """Write a time to the minute, UTC, alike in every language; a second that counts is written."""
    if at is None:
        return ""
    return f"{at:%Y-%m-%d %H:%MZ}" if not at.second else f"{at:%Y-%m-%d %H:%M:%SZ}"

"""The clock of a mission as a calendar (RFC 5545): one event for each duty or right that has a time.

A deadline is an event without length at the moment it ends, with an alarm a day and an hour before as long as it is
not settled; what has a beginning only stands there.  The same mission
gives the same bytes: the stamp is the commencement in the plan, and an event keeps its UID when its time moves.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Final

from skywitness.core.clock import FINAL, Duty, Footing, State
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.words import basis_words, source_words
from skywitness.mission import words
from skywitness.mission.roles import role_words
from skywitness.mission.timeline import Timeline

_MOST_OCTETS: Final = 75
"""Octets in a line, its end not counted (RFC 5545, 3.1)."""


def to_ics(timeline: Timeline, *, catalogue: Catalogue = ENGLISH) -> bytes:
    """Write a calendar in UTC, with folded lines."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Skywitness//Clock of a mission//EN",
        "CALSCALE:GREGORIAN",
    ]
    sequence = _sequence(timeline)
    for duty in timeline.in_order():
        if in_calendar(duty):
            lines += _event(duty, timeline, catalogue, sequence)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def in_calendar(duty: Duty) -> bool:
    """Tell whether a duty belongs in a calendar: it applies, has a time, and is no duty of 1992 or 2002."""
    at = _moment(duty)
    return (
        duty.state is not State.NOT_APPLICABLE and at is not None and not is_lasting(duty) and not is_contingent(duty)
    )


def is_lasting(duty: Duty) -> bool:
    """Tell whether the law itself gives the day once for all, so that no mission moves or repeats it."""
    anchor = duty.anchor
    if anchor is None:
        return False
    once = anchor.footing is Footing.CALENDAR and anchor.at.year < _FIRST_YEAR
    return once or anchor.footing is Footing.LAW


_FIRST_YEAR: Final = 2001
"""The first year in which a day of the calendar could be kept for a flight under the Treaty in force."""


def is_contingent(duty: Duty) -> bool:
    """Tell whether a duty runs only if something happens that nobody expects."""
    return any(edge is not None and bool(edge.missing) for edge in (duty.opens,)) or (
        duty.due is not None and bool(duty.due.missing) and duty.opens is None
    )


def _moment(duty: Duty) -> dt.datetime | None:
    return duty.due_utc or duty.not_before_utc


def _event(duty: Duty, timeline: Timeline, catalogue: Catalogue, sequence: int) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(duty, timeline)}"
    yield f"DTSTAMP:{_stamp(timeline.plan.commencement_utc)}"
    yield f"SEQUENCE:{sequence}"
    yield f"DTSTART:{_stamp(_moment(duty))}"
    yield f"SUMMARY:{_escaped(_summary(duty, timeline).render(catalogue))}"
    yield f"DESCRIPTION:{_escaped(_description(duty, catalogue))}"
    yield f"CATEGORIES:{duty.clock.provision.replace(',', '')},{duty.state.value}"
    yield f"STATUS:{'TENTATIVE' if duty.estimated else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    if duty.due_utc is not None and duty.state not in FINAL:  # what is settled wakes nobody
        for before in ALARMS:
            yield from _alarm(before, duty, timeline, catalogue)
    yield "END:VEVENT"


ALARMS: Final = ("-P1D", "-PT1H")
"""A day and an hour before a duty is due (RFC 5545, 3.3.6: durations)."""


def _alarm(before: str, duty: Duty, timeline: Timeline, catalogue: Catalogue) -> Iterator[str]:
    """Remind of a duty before it is due (RFC 5545, 3.6.6)."""
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"TRIGGER:{before}"
    yield f"DESCRIPTION:{_escaped(_summary(duty, timeline).render(catalogue))}"
    yield "END:VALARM"


def uid(duty: Duty, timeline: Timeline) -> str:
    """Name the event of a duty for good: by the duty, the two Parties and the day the flight is to begin."""
    plan = timeline.plan
    flight = f"{plan.observing}>{plan.observed} {plan.commencement_utc:%Y-%m-%d}"
    return f"{duty.id}.{hashlib.sha256(flight.encode()).hexdigest()[:16]}@skywitness"


def _sequence(timeline: Timeline) -> int:
    """Count what has happened: a calendar that knows an event takes the one with the higher number."""
    now = timeline.now
    return sum(now is not None and event.at_utc <= now for event in timeline.mission.case.events)


def _summary(duty: Duty, timeline: Timeline) -> Text:
    clock = duty.clock
    who = role_words(clock.bearer, timeline.code(clock.bearer))
    if duty.due_utc is None:
        return say("{who}, from now: {what} ({provision})", who=who, what=clock.what, provision=clock.provision)
    return say("{who}, by now: {what} ({provision})", who=who, what=clock.what, provision=clock.provision)


def _description(duty: Duty, catalogue: Catalogue) -> str:
    """Say all that a deadline rests on, one sentence in a line."""
    texts = [
        say("State: {state}.", state=words.STATE_WORDS[duty.state]),
        say("Counted from: {what}.", what=words.counted_from(duty)),
        say("If the time is not kept: {follows}.", follows=words.consequence_words(duty)),
        *(text for text in (words.why(duty), duty.clock.note) if text is not None),
        *(
            say("Law: {source} ({status}).", source=source_words(value.source), status=basis_words(value.status))
            for value in duty.values
        ),
    ]
    return "\n".join(text.render(catalogue) for text in texts)


def _stamp(at: dt.datetime | None) -> str:
    return "" if at is None else at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(value: str) -> str:
    """Escape what has a meaning in a text (RFC 5545, 3.3.11); other controls cannot stand there."""
    blank = "".join(" " if letter.isspace() and letter != "\n" else letter for letter in value)
    plain = "".join(letter for letter in blank if letter == "\n" or letter.isprintable())
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(sign, written)
    return plain


def _folded(line: str) -> bytes:
    """Fold a line so that none is longer than 75 octets and no letter is cut in two."""
    pieces, piece = list[bytes](), b""
    for letter in line:
        octets = letter.encode()
        room = _MOST_OCTETS - (1 if pieces else 0)
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece = b""
        piece += octets
    pieces.append(piece)
    return b"\r\n ".join(pieces) + b"\r\n"

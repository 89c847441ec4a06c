"""Whether the two Parties of a mission are Parties as long as its clock runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from skywitness.core.clock import Footing, State
from skywitness.core.text import Text, say
from skywitness.law.parties import is_party
from skywitness.mission.timeline import Timeline

_NO_MISSION: Final = (Footing.LAW, Footing.CALENDAR)


def notes(found: Timeline) -> tuple[Text, ...]:
    """Say which of the two is no Party on the day of the reading, or ceases to be one while its times run."""
    return tuple(_notes(found))


def _notes(found: Timeline) -> Iterator[Text]:
    reading = found.mission.context.reading
    for code in (found.plan.observing, found.plan.observed):
        if not _is_party(found, code, reading.at):
            yield say(
                "{code} is not a Party on {day}: between the two no time of the Treaty runs.",
                code=code,
                day=reading.at.isoformat(),
            )
            continue
        over = next((day for day in _days(found) if day > reading.at and not _is_party(found, code, day)), None)
        if over is not None:
            yield say(
                "{code} is a Party no more on {day}, when times of this mission still run; whether what falls due then "
                "is still owed the text does not say.",
                code=code,
                day=over.isoformat(),
            )


def _is_party(found: Timeline, code: str, day: dt.date) -> bool:
    context = found.mission.context
    return is_party(code, day, context.reading.known, instrument=context.law.instrument)


def _days(found: Timeline) -> tuple[dt.date, ...]:
    """List the days on which times of the mission end; those of the law and the calendar are none."""
    ends = (
        duty.due_utc.date()
        for duty in found.duties
        if duty.due_utc is not None
        and duty.state is not State.NOT_APPLICABLE
        and (duty.anchor is None or duty.anchor.footing not in _NO_MISSION)
    )
    return tuple(sorted(set(ends)))

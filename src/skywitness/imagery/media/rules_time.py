"""Article IX, Section II, paragraph 3: all film is developed within the days set.

The days are those of the law data, counted as the clock of a mission counts them: a day is 24 hours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.finding import Finding, Verdict
from skywitness.core.periods import HOURS_IN, shifted
from skywitness.core.text import Text, say
from skywitness.imagery.media.desk import (
    NO_FILM,
    Desk,
    draft,
    idle,
    must,
    none_recorded,
    number_of,
    together,
    unless_agreed,
)
from skywitness.imagery.media.model import FILM, OBSERVED, OBSERVING, Roll
from skywitness.law.provisions import provision

_ALL: Final = "OS:IX.II.3"
NEED_FACILITY: Final = say("which Party arranged the facility where the film is developed (development.facility_of)")


@dataclass(frozen=True, slots=True)
class _Time:
    """The time of one Party's facility: its value in the law, what it is counted from, and what is missing if not."""

    ident: str
    side: str
    key: str
    anchor: Text
    need: Text


_OBSERVED: Final = _Time(
    "OS:IX.II.3(A)",
    OBSERVED,
    "film_by_observed",
    say("the arrival at the point of exit"),
    say("when the aircraft arrived at the point of exit (arrival_at_exit_utc)"),
)
_OBSERVING: Final = _Time(
    "OS:IX.II.3(B)",
    OBSERVING,
    "film_by_observing",
    say("the departure from the territory"),
    say("when the aircraft left the territory (departure_from_territory_utc)"),
)


@provision("OS:IX.II.3(A)")
def film_by_observed(desk: Desk) -> Iterator[Finding]:
    """Judge each roll that is developed in a facility the observed Party arranged."""
    yield from _rolls(desk, _OBSERVED)


@provision("OS:IX.II.3(B)")
def film_by_observing(desk: Desk) -> Iterator[Finding]:
    """Judge each roll that is developed in a facility the observing Party arranged."""
    yield from _rolls(desk, _OBSERVING)


@provision(_ALL)
def all_film(desk: Desk) -> Iterator[Finding]:
    """Judge that all film of the flight was developed in time: every roll of every sensor on film."""
    below = [*_rolls(desk, _OBSERVED), *_rolls(desk, _OBSERVING)]
    yield together(desk, _ALL, below, NO_FILM)
    have = {roll.of for roll in desk.record.rolls}
    films = {one.id for one in desk.record.sensors if one.kind in FILM and one.originals != 0}
    silent = sorted(films - have) if have else []
    if silent:
        why = say("No roll of sensor {names} is listed.", names=", ".join(silent))
        yield draft(desk, _ALL, Verdict.CANNOT_TELL, why, needs=(say("all rolls of film ([[roll]])"),))


def _rolls(desk: Desk, time: _Time) -> Iterator[Finding]:
    if not desk.outputs(film=True):
        yield from none_recorded(desk, time.ident, NO_FILM)
        return
    facility = desk.side(desk.record.development.facility_of)
    if facility is None:
        why = say("Nobody has told which Party arranged the facility where the film is developed.")
        yield draft(desk, time.ident, Verdict.CANNOT_TELL, why, needs=(NEED_FACILITY,))
    elif facility != time.side:
        yield idle(desk, time.ident, say("The facility was arranged by {who}.", who=desk.name(facility)))
    elif not desk.record.rolls:
        yield _no_rolls(desk, time)
    else:
        for roll in sorted(desk.record.rolls, key=lambda one: one.id):
            yield _roll(desk, time, roll)


def _duty(time: _Time, number: float) -> Text:
    return say("develop all film within {days:g} days of {anchor}", days=number, anchor=time.anchor)


def _no_rolls(desk: Desk, time: _Time) -> Finding:
    number, values, _ = number_of(desk, time.key)
    effect = must(desk, time.side, _duty(time, number))
    need = say("all rolls of film ([[roll]])")
    why = say("No roll of film is listed.")
    return draft(desk, time.ident, Verdict.CANNOT_TELL, why, effect=effect, values=values, needs=(need,))


def _roll(desk: Desk, time: _Time, roll: Roll) -> Finding:
    """Judge when one roll was developed."""
    number, values, found = number_of(desk, time.key)
    fields: dict[str, Any] = {
        "name": roll.id,
        "bearer": desk.code(time.side),
        "limit": number,
        "unit": found.unit,
        "values": values,
    }
    duty = must(desk, time.side, _duty(time, number))
    words: dict[str, object] = {"roll": roll.id}
    begun = _anchor(desk, time)
    if roll.developed is False:
        return draft(
            desk, time.ident, Verdict.BREACH, say("Roll {roll} was never developed.", **words), effect=duty, **fields
        )
    if roll.developed_utc is None:
        why = say("Nobody has told when roll {roll} was developed.", **words)
        need = say("when each roll was developed (roll.developed_utc)")
        return draft(desk, time.ident, Verdict.CANNOT_TELL, why, effect=duty, needs=(need,), **fields)
    if begun is None:
        why = say("Nobody has told when the time for roll {roll} began: with {anchor}.", anchor=time.anchor, **words)
        return draft(desk, time.ident, Verdict.CANNOT_TELL, why, needs=(time.need,), **fields)
    due = shifted(begun, number, found.unit)
    words |= {"at": roll.developed_utc, "due": due, "days": number, "anchor": time.anchor}
    measured = (roll.developed_utc - begun) / dt.timedelta(hours=HOURS_IN[found.unit])
    fields |= {"measured": measured, "uncertainty": 0.0, "margin": number - measured}
    if roll.developed_utc <= due:
        why = say("Roll {roll} was developed at {at}; {days:g} days after {anchor} end at {due}.", **words)
        return draft(desk, time.ident, Verdict.OK, why, **fields)
    why = say("Roll {roll} was developed at {at}, after {due}, when {days:g} days after {anchor} ended.", **words)
    return unless_agreed(desk, draft(desk, time.ident, Verdict.BREACH, why, **fields))


def _anchor(desk: Desk, time: _Time) -> dt.datetime | None:
    record = desk.record
    return record.arrival_at_exit_utc if time is _OBSERVED else record.departure_from_territory_utc

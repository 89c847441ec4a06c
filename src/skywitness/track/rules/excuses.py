"""Which deviations are permitted, and what that excuses (VIII.II.1, VIII.II.2)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from skywitness.core.finding import Verdict
from skywitness.track.comparison import Deviation, Stretch
from skywitness.track.rules.flight import Flight
from skywitness.track.rules.sensor_weather import FOR_SENSORS, conditions_kept

PERMITS: Final = frozenset({"weather", "technical", "medical", "force_majeure"})
"""Reasons for which VIII.II.1 permits a deviation."""


def excuses_of(flight: Flight) -> Mapping[Stretch, bool | None]:
    """Tell of each deviation whether it is permitted; ``None`` where nobody has said why it was made.

    One for the sake of the sensors is permitted as far as the conditions of VIII.II.2 are kept.
    """
    return MappingProxyType({one.stretch: _is_permitted(flight, one) for one in flight.seen.deviations})


def _is_permitted(flight: Flight, deviation: Deviation) -> bool | None:
    if deviation.reason == FOR_SENSORS:
        kept = conditions_kept(flight, deviation)
        return None if kept is Verdict.CANNOT_TELL else kept is Verdict.OK
    return None if deviation.reason is None else deviation.reason in PERMITS


def excused(flight: Flight, deviation: Deviation) -> bool | None:
    """Tell whether a deviation is permitted; ``None`` where that is open."""
    return flight.excuses[deviation.stretch]


def excuse_at(flight: Flight, first: int, last: int) -> bool | str | None:
    """Tell whether what happened between two points belongs to a deviation, and whether that is permitted.

    ``"none"``: it belongs to no deviation.
    """
    for deviation in flight.seen.deviations:
        if deviation.stretch.first <= last and first <= deviation.stretch.last:
            return excused(flight, deviation)
    return "none"


def spare(verdict: Verdict, excuse: bool | str | None) -> Verdict:
    """Soften a breach: none where a permitted deviation explains it, open where its reason is not known."""
    if verdict is not Verdict.BREACH or excuse in ("none", False):
        return verdict
    return Verdict.OK if excuse else Verdict.CANNOT_TELL

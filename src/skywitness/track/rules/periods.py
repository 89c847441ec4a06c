"""Times in which sensors ran, or were prohibited, laid beside stretches of the track."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from skywitness.track.comparison import Stretch
from skywitness.track.flight_log import SensorOn
from skywitness.track.rules.flight import Flight

ROUNDED: Final = dt.timedelta(seconds=60)
"""A log is kept in whole minutes; a leg begins somewhere in a turn."""


def cut_to(flight: Flight, parts: Iterable[Stretch], periods: Iterable[SensorOn] | None) -> list[SensorOn]:
    """List the periods that share time with any of these stretches, cut to it."""
    found, stretches = [], tuple(parts)
    for period in periods or ():
        for part in stretches:
            start = max(period.start_utc, flight.seen.track.time_utc(part.first))
            end = min(period.end_utc, flight.seen.track.time_utc(part.last))
            if start < end:
                found.append(SensorOn(period.sensor, start, end))
    return found


def shared_span(ones: Iterable[SensorOn], others: Iterable[SensorOn]) -> dt.timedelta:
    """Measure the longest time that a period of the one kind shares with one of the other."""
    against, longest = tuple(others), dt.timedelta(0)
    for one in ones:
        for other in against:
            longest = max(longest, min(one.end_utc, other.end_utc) - max(one.start_utc, other.start_utc))
    return longest

"""Times of a flight log and of findings as stretches of the track."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from skywitness.core.finding import Finding, Verdict
from skywitness.track.comparison import Comparison, Stretch
from skywitness.track.rules.flight import Flight

HEIGHT_PROVISION = "VI.II.4(D)"
"""The paragraph on minimum heights; its findings know their stretch of the track."""


def stretch_of(seen: Comparison, start_utc: dt.datetime, end_utc: dt.datetime) -> Stretch | None:
    """Find the points of a time; ``None`` where the track has none."""
    first = int(np.searchsorted(seen.track.time_s, start_utc.timestamp(), side="left"))
    last = int(np.searchsorted(seen.track.time_s, end_utc.timestamp(), side="right")) - 1
    return Stretch(first, last) if first <= last else None


def sensor_stretches(flight: Flight) -> tuple[tuple[str, Stretch], ...]:
    """List where sensors ran as the flight log has it; nothing when nobody has said when they ran."""
    found = []
    for period in flight.log.sensors_on or ():
        stretch = stretch_of(flight.seen, period.start_utc, period.end_utc)
        if stretch is not None:
            found.append((period.sensor, stretch))
    return tuple(found)


def height_stretches(seen: Comparison, findings: Sequence[Finding], verdict: Verdict) -> tuple[Stretch, ...]:
    """List the stretches of the findings on minimum heights of one verdict."""
    found = []
    for finding in findings:
        where = finding.where
        if HEIGHT_PROVISION not in finding.provision or finding.verdict is not verdict or where is None:
            continue
        if where.time_utc is not None:
            stretch = stretch_of(seen, where.time_utc, where.end_time_utc or where.time_utc)
            if stretch is not None:
                found.append(stretch)
    return tuple(found)

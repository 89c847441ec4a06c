"""Times without points, and what could have been flown in them.  Nothing is ever filled in."""

from __future__ import annotations

from typing import Final

import numpy as np

from skywitness.track.model import Floats, Gap, Track
from skywitness.track.space import apart_km

GAP_S: Final = 60.0
"""A full circle at rate one takes two minutes: within one, nothing that matters goes unseen."""

FASTER: Final = 1.15
"""In a gap the aircraft may have flown so much faster than at any time it was seen."""

_SLOWEST_M_S: Final = 60.0
_WINDOW_S: Final = 60.0


def find_gaps(track: Track, points: Floats) -> tuple[Gap, ...]:
    """List the times in the air without points that are longer than a minute, each with the most that was possible.

    ``points``: the track in space.
    """
    steps_s = np.diff(track.time_s)
    before = np.flatnonzero((steps_s > GAP_S) & (track.airborne[:-1] | track.airborne[1:]))
    if not len(before):
        return ()
    straight_km = apart_km(points[before], points[before + 1])
    fastest = FASTER * fastest_m_s(track, points)
    return tuple(
        Gap(
            int(index),
            track.time_utc(int(index)),
            track.time_utc(int(index) + 1),
            float(km),
            float(max(km, fastest * steps_s[index] / 1000.0)),
        )
        for index, km in zip(before, straight_km, strict=True)
    )


def fastest_m_s(track: Track, points: Floats) -> float:
    """Find the fastest that was flown over a minute, robust against single bad points."""
    times = track.time_s
    later = np.clip(np.searchsorted(times, times + _WINDOW_S), 0, len(times) - 1)
    span = times[later] - times
    whole = span >= _WINDOW_S / 2.0
    if not whole.any():
        return _SLOWEST_M_S
    chord = np.linalg.norm(points[later[whole]] - points[whole], axis=1)
    return float(max(np.quantile(chord / span[whole], 0.995), _SLOWEST_M_S))

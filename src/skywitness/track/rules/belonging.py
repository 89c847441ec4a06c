"""Is this the track of the planned flight at all?  One of another flight is told so, not judged provision by provision.

A track belongs to a plan when it was recorded in the days in which the plan can have been flown, and when it either
begins at the plan's first fix or keeps near the planned path for a part of its way.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np

from skywitness.core.finding import Finding, Where
from skywitness.core.text import Text, say
from skywitness.track.comparison import FixState
from skywitness.track.planned_path import planned_path
from skywitness.track.rules.flight import Flight, cannot_tell

CODE: Final = "OS:VI.I.14"
"""The flight follows the flight plan: where that is not even the plan of this flight, nothing else is judged."""

LEAST_SHARE: Final = 0.1
"""A flight that leaves its path for good early on still has so much of its way near it."""

_MOST: Final = 2_000


def not_this_flight(flight: Flight) -> Finding | None:
    """Tell that the track has nothing to do with the plan, and how far off it is in time or place; else ``None``."""
    away = _in_time(flight) or _in_place(flight)
    if away is None:
        return None
    why = say("{away} This is not the track of the planned flight, so no provision is judged by it.", away=away)
    needs = (say("the track of the planned flight, or the plan of the flight that was flown"),)
    track = flight.seen.track
    (lon, lat), (end_lon, end_lat) = track.at(0), track.at(len(track) - 1)
    where = Where(None, lon, lat, track.time_utc(0), None, end_lon, end_lat, track.time_utc(len(track) - 1))
    return cannot_tell(flight, CODE, why, needs, bearer=flight.context.provider_code, where=where)


def _in_time(flight: Flight) -> Text | None:
    """Compare times: all of a mission lies within the period of VI.I.9, whichever way it is shifted."""
    track, plan = flight.seen.track, flight.context.plan
    leeway = dt.timedelta(hours=flight.context.law.planning("mission_period").number)
    first, last = track.time_utc(0), track.time_utc(len(track) - 1)
    if last >= plan.commencement_utc - leeway and first <= plan.completion_utc + leeway:
        return None
    return say(
        "The track was recorded from {first} to {last}, but the flight was planned from {start} to {end}.",
        first=first,
        last=last,
        start=plan.commencement_utc,
        end=plan.completion_utc,
    )


def _in_place(flight: Flight) -> Text | None:
    """Compare places: the share of the way flown within the distance of VIII.II.3 of any part of the path."""
    seen, limit_km = flight.seen, flight.context.law.planning("deviation").number
    if seen.fixes[0].state is FixState.PASSED:
        return None
    index = np.unique(np.linspace(0, len(seen.track) - 1, _MOST).astype(np.int64))
    points, ways_km = seen.points[index], np.diff(seen.flown.km[index])
    off_km = np.min([piece.distance_km(points) for piece in planned_path(seen.legs).pieces], axis=0)
    near = off_km <= limit_km
    whole_km = float(ways_km.sum())
    share = float(ways_km[near[:-1] & near[1:]].sum()) / whole_km if whole_km > 0.0 else float(near.any())
    if share >= LEAST_SHARE:
        return None
    nearest = int(index[int(np.argmin(off_km))])
    return say(
        "The track comes no nearer to the planned path than {km:.0f} km, at {time}, and {share:.0f} % of it lie within "
        "{limit:g} km of that path.",
        km=float(off_km.min()),
        time=seen.track.time_utc(nearest),
        share=100.0 * share,
        limit=limit_km,
    )

"""Legs with lengths, courses and times, from waypoints that follow one another."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skywitness.core import geodesy
from skywitness.route.model import Leg, LegKind, Stop, StopKind, Waypoint


@dataclass(frozen=True, slots=True)
class Pause:
    """A landing planned at a waypoint (index from 0): why, and for how long or until when (UTC)."""

    kind: StopKind
    lasts: dt.timedelta
    not_before_utc: dt.datetime | None = None


def make_legs(
    waypoints: Sequence[Waypoint],
    commencement_utc: dt.datetime,
    speed_km_h: float,
    *,
    height_m_agl: float | None = None,
    sensors: tuple[str, ...] = (),
    transit: Sequence[bool] = (),
    pauses: Mapping[int, Pause] | None = None,
) -> tuple[tuple[Leg, ...], tuple[Stop, ...]]:
    """Time the legs at one ground speed without wind, with the pauses on the way.

    ``transit[i]`` marks leg ``i`` (from 0) as a transit leg: no sensor operates on it.
    """
    legs: list[Leg] = []
    stops: list[Stop] = []
    clock = commencement_utc
    for index, (start, end) in enumerate(itertools.pairwise(waypoints)):
        pause = (pauses or {}).get(index)
        if pause is not None:
            leave = max(clock + pause.lasts, pause.not_before_utc or clock)
            stops.append(Stop(index + 1, pause.kind, clock, leave))
            clock = leave
        out_deg, in_deg, length_km = geodesy.inverse(start.lon, start.lat, end.lon, end.lat)
        arrive = clock + dt.timedelta(seconds=round(length_km / speed_km_h * 3600.0))
        is_transit = bool(transit and transit[index])
        legs.append(
            Leg(
                number=index + 1,
                distance_km=length_km,
                course_start_deg=out_deg,
                course_end_deg=in_deg,
                start_utc=clock,
                end_utc=arrive,
                height_m_agl=height_m_agl,
                kind=LegKind.TRANSIT if is_transit else LegKind.OBSERVATION,
                sensors=() if is_transit else sensors,
            )
        )
        clock = arrive
    return tuple(legs), tuple(stops)

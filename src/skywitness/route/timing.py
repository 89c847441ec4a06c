"""Times for a route: blocks between rests, departures in usable light, pauses on the ground."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skywitness.core import geodesy
from skywitness.core.text import Text, say
from skywitness.route.legs import Pause, make_legs
from skywitness.route.light import USABLE_SUN_DEG, Sample, SunElevation, Worth, best_departure, lowest_sun
from skywitness.route.model import Leg, Stop, StopKind, Waypoint
from skywitness.route.passes import Light

DAY = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Legs and stops with their times, and what has to be said about the light."""

    legs: tuple[Leg, ...]
    stops: tuple[Stop, ...]
    warnings: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """What sets the times of a flight beside its route."""

    speed_km_h: float
    height_m_agl: float
    sensors: tuple[str, ...]
    kind: StopKind
    pause: dt.timedelta
    needs_light: bool = True


def timetable(
    waypoints: Sequence[Waypoint],
    at: dt.date | dt.datetime,
    pace: Pace,
    sun: SunElevation,
    light: Light | None = None,
) -> Timetable:
    """Time a route.  A datetime is the commencement; on a date the planner picks the quarter hour with the most light.

    Waypoints that are airfields between the first and the last are landings.  With ``light`` each departure is the one
    at which most is seen that is worth a look, and of several such the one with the highest of lowest suns.
    """
    landings = [index for index in range(1, len(waypoints) - 1) if waypoints[index].airfield]
    rests = [index for index in landings if pace.kind is StopKind.REST]
    blocks = _blocks(waypoints, rests)
    lows: list[float] = []
    if isinstance(at, dt.datetime):
        commencement = at
        lows.append(lowest_sun(_samples(blocks[0], pace, landings, 0), commencement, sun))
    else:
        midnight = dt.datetime(at.year, at.month, at.day, tzinfo=dt.UTC)
        first = best_departure(
            _samples(blocks[0], pace, landings, 0),
            midnight,
            midnight + DAY - dt.timedelta(minutes=15),
            sun,
            _worth(light, 0),
        )
        commencement = first.time_utc
        lows.append(first.lowest_sun_deg)
    if light is not None:
        light.settle(0, commencement)
    pauses: dict[int, Pause] = {index: Pause(pace.kind, pace.pause) for index in landings}
    for number, rest in enumerate(rests, 1):
        so_far = _make(waypoints[: rest + 1], commencement, pace, pauses)[0]
        earliest = so_far[-1].end_utc + pace.pause
        samples = _samples(blocks[number], pace, landings, rest)
        leave = best_departure(samples, earliest, earliest + DAY, sun, _worth(light, number))
        pauses[rest] = Pause(pace.kind, pace.pause, leave.time_utc)
        lows.append(leave.lowest_sun_deg)
        if light is not None:
            light.settle(number, leave.time_utc)
    legs, stops = _make(waypoints, commencement, pace, pauses)
    return Timetable(legs, stops, _about_light(min(lows)) if pace.needs_light else ())


def _worth(light: Light | None, block: int) -> Worth | None:
    return None if light is None else functools.partial(light.value, block)


def left_after(waypoints: Sequence[Waypoint], pace: Pace) -> list[tuple[int, float]]:
    """Tell of each waypoint in which block it is left, and how many hours after the departure of the block."""
    block, hours = 0, 0.0
    found = [(block, hours)]
    for index in range(1, len(waypoints)):
        start, end = waypoints[index - 1], waypoints[index]
        hours += geodesy.distance_km(start.lon, start.lat, end.lon, end.lat) / pace.speed_km_h
        if end.airfield and index < len(waypoints) - 1:
            if pace.kind is StopKind.REST:
                block, hours = block + 1, 0.0
            else:
                hours += pace.pause / dt.timedelta(hours=1)
        found.append((block, hours))
    return found


def _make(
    waypoints: Sequence[Waypoint], commencement: dt.datetime, pace: Pace, pauses: Mapping[int, Pause]
) -> tuple[tuple[Leg, ...], tuple[Stop, ...]]:
    return make_legs(
        waypoints,
        commencement,
        pace.speed_km_h,
        height_m_agl=pace.height_m_agl,
        sensors=pace.sensors,
        pauses=pauses,
    )


def _blocks(waypoints: Sequence[Waypoint], rests: Sequence[int]) -> list[Sequence[Waypoint]]:
    cuts = [0, *rests, len(waypoints) - 1]
    return [waypoints[start : end + 1] for start, end in itertools.pairwise(cuts)]


def _samples(block: Sequence[Waypoint], pace: Pace, landings: Sequence[int], offset: int) -> list[Sample]:
    """When each waypoint of a block is reached after the block's departure, refuelling on the way included."""
    after = dt.timedelta(0)
    samples = [Sample(block[0].lon, block[0].lat, after)]
    for index, (start, end) in enumerate(itertools.pairwise(block)):
        if index > 0 and index + offset in landings:
            after += pace.pause
        length_km = geodesy.distance_km(start.lon, start.lat, end.lon, end.lat)
        after += dt.timedelta(hours=length_km / pace.speed_km_h)
        samples.append(Sample(end.lon, end.lat, after))
    return samples


def _about_light(lowest_deg: float) -> tuple[Text, ...]:
    if lowest_deg >= USABLE_SUN_DEG:
        return ()
    return (
        say(
            "the sun stands at {lowest:.0f} degrees at its lowest over this route; optical sensors want at least "
            "{usable:.0f}: choose another day or time, or expect dark images there",
            lowest=lowest_deg,
            usable=USABLE_SUN_DEG,
        ),
    )

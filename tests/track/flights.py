"""Flights for tests of rules: a plan through some points, flown as a list of points says, judged without the world.

``fly`` makes a track along a way at one height; tests change one thing at a time.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from pyproj import Geod
from tests.route.rules.plans import START, full_facts, make_plan

from skywitness.core.finding import Finding
from skywitness.geo.view import BorderView
from skywitness.route.facts import Facts
from skywitness.route.model import Plan
from skywitness.track.check import judge, make_flight
from skywitness.track.clean import clean
from skywitness.track.flight_log import FlightLog
from skywitness.track.model import Cleaned, HeightKind
from skywitness.track.read import choose
from skywitness.track.rows import Quantity, Rows

GEOD = Geod(ellps="WGS84")
Way = Sequence[tuple[float, float]]
A, B, C, D = (9.42833, 52.458), (10.5, 51.6), (10.5, 50.2), (10.9061, 48.0706)
"""Wunstorf, two fixes, Landsberg: legs of 120, 156 and 239 km."""

PLAN = make_plan((A, B, C, D))
STATED = replace(PLAN, legs=tuple(replace(leg, height_m_agl=3000.0, height_m_amsl=3200.0) for leg in PLAN.legs))
"""The plan with ground of 200 m; the camera may run from 2,450 m above it."""


def at(minutes: float) -> dt.datetime:
    """A time so many minutes after the take-off."""
    return START + dt.timedelta(minutes=minutes)


def along(way: Way, step_km: float) -> tuple[np.ndarray, np.ndarray]:
    """Lay points on a way."""
    lons, lats = [way[0][0]], [way[0][1]]
    for one, two in itertools.pairwise(way):
        azimuth, _, metres = GEOD.inv(*one, *two)
        count = max(int(metres / 1000.0 / step_km), 1)
        start = np.full(count, one[0]), np.full(count, one[1]), np.full(count, azimuth)
        lon, lat, _ = GEOD.fwd(*start, metres * np.arange(1, count + 1) / count)
        lons += list(lon)
        lats += list(lat)
    return np.array(lons), np.array(lats)


def fly(
    way: Way,
    *,
    height_m: float = 3200.0,
    speed_m_s: float = 135.0,
    step_km: float = 1.0,
    hide: tuple[float, float] | None = None,
    landed: bool = True,
    kind: HeightKind = HeightKind.AMSL,
    dip: tuple[float, float, float] | None = None,
) -> Cleaned:
    """Fly a way and clean the track.  ``hide``, ``dip``: between these minutes no point, or lower by so many metres."""
    lon, lat = along(way, step_km)
    _, _, steps = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    seconds = np.concatenate(([0.0], np.cumsum(np.asarray(steps) / speed_m_s)))
    heights = np.full(len(lon), height_m)
    if dip is not None:
        heights -= np.where((seconds >= 60.0 * dip[0]) & (seconds <= 60.0 * dip[1]), dip[2], 0.0)
    speed = np.full(len(lon), speed_m_s)
    if landed:
        tail = np.arange(1, 4)
        lon, lat = np.append(lon, np.full(3, lon[-1])), np.append(lat, np.full(3, lat[-1]))
        seconds = np.append(seconds, seconds[-1] + 10.0 * tail)
        heights, speed = np.append(heights, np.full(3, 100.0)), np.append(speed, np.zeros(3))
    shown = np.ones(len(lon), np.bool_)
    if hide is not None:
        shown &= ~((seconds > 60.0 * hide[0]) & (seconds < 60.0 * hide[1]))
    columns = {
        Quantity.TIME: START.timestamp() + seconds[shown],
        Quantity.LON: lon[shown],
        Quantity.LAT: lat[shown],
        Quantity.SPEED: speed[shown],
        Quantity.AMSL: heights[shown],
    }
    count = int(shown.sum())
    rows = Rows("made", columns, ("",), np.zeros(count, np.int64), np.zeros(count, np.bool_))
    return clean(choose(rows, None, "test"), height_kind=kind)


def findings(
    way: Way | Cleaned,
    code: str,
    log: FlightLog | None = None,
    facts: Facts | None = None,
    plan: Plan = PLAN,
    view: BorderView | None = None,
    **more: Any,
) -> list[Finding]:
    """Judge a flight and give the findings of one provision (or of all that begin so)."""
    cleaned = way if isinstance(way, Cleaned) else fly(way)
    flight = make_flight(plan, cleaned, facts or full_facts(), plan.reading, log=log or FlightLog(), view=view, **more)
    return [one for one in judge(flight) if one.provision == code or one.provision.startswith(code + "(")]

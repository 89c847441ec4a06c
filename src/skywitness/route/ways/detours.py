"""Which corners of a zone become candidate waypoints: those at which shortest ways turn.

Ways from airfields count wherever no straight leg leads; between other candidates only where these do not lead round as
well, for each more costs time.  Without a zone in the way there are none.  Each comes twice, once farther out: a route
may not meet itself, so that the way back round a corner is another than the way out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from skywitness.route.ground import Ground
from skywitness.route.task import Task
from skywitness.route.ways.corners import Corners
from skywitness.route.ways.ways_round import OpenLegs, Places, WaysBy, best_ways

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]

MOST_CORNERS = 120
"""Corners kept, those by which most ways lead."""

MOST_AIMS = 240
SOURCES = 10
"""Candidates to which ways are sought from airfields, and from so many others, far apart."""

APART_M = 2_000.0
"""How much farther out the second of each pair lies, in whole minutes twice as much."""

SNAP_MARGIN_M = 1_400.0
"""Whole minutes of arc move a corner by less than this."""

MOST_VIAS = 500
SHORTER_SHARE, SHORTER_KM = 0.97, 10.0
"""A way from no airfield counts that is at most this share of the way by other candidates, and so much shorter."""

_HUB_COUNTS = 5
"""A way from an airfield counts for as many others."""


def corner_positions(ground: Ground, task: Task, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
    """Give the corners by which ways lead between airfields and candidates that no straight leg joins, in degrees."""
    none = np.zeros(0), np.zeros(0)
    airfields = {place.ident: place.position for place in (task.start, *task.ends)}
    hubs = len(airfields)
    at = np.array(list(airfields.values()), dtype=np.float64)
    places = Places.of(ground, np.concatenate([at[:, 0], lons]), np.concatenate([at[:, 1], lats]))
    open_leg = OpenLegs(ground, places)
    sources = np.concatenate([np.arange(hubs), _far_apart(places, SOURCES)])
    aims = _blocked(open_leg, places, sources, hubs)
    if not aims.size:
        return none
    beside = np.setdiff1d(_spread(places, np.arange(hubs, places.x_m.size), MOST_VIAS), [*sources, *aims])
    by_others = WaysBy(ground, places.taken(np.concatenate([sources, aims, beside])))
    chosen = places.taken(np.concatenate([sources, aims]))
    ways = best_ways(ground, chosen, task.limit_km, SNAP_MARGIN_M if task.snap_minutes else 0.0)
    corners = ways.corners
    if not corners.x_m.size:
        return none
    used = np.zeros(corners.x_m.size)
    for source in range(sources.size):
        found, least_km = ways.from_place(source), by_others.from_place(source)[: chosen.x_m.size]
        better = (source < hubs) | (found.km <= np.minimum(SHORTER_SHARE * least_km, least_km - SHORTER_KM))
        for aim in np.flatnonzero(better & (found.km <= task.limit_km)).tolist():
            used[found.corners_to(aim)] += _HUB_COUNTS if source < hubs else 1
    order = np.argsort(-used, kind="stable")[:MOST_CORNERS]
    kept = np.sort(order[used[order] > 0])
    return _twice(ground, corners.taken(kept), snap=task.snap_minutes)


def _far_apart(places: Places, number: int) -> Longs:
    """Choose places far from one another, the first place first."""
    chosen = [0]
    away = np.hypot(places.x_m - places.x_m[0], places.y_m - places.y_m[0])
    while len(chosen) <= min(number, places.x_m.size - 1) and away.max() > 0.0:
        chosen.append(int(np.argmax(away)))
        last = chosen[-1]
        np.minimum(away, np.hypot(places.x_m - places.x_m[last], places.y_m - places.y_m[last]), out=away)
    return np.array(chosen[1:], np.int64)


def _blocked(open_leg: OpenLegs, places: Places, sources: Longs, hubs: int) -> Longs:
    """Choose places to which the straight leg from some source is barred, spread evenly; airfields first."""
    every = np.arange(places.x_m.size)
    barred = np.array([~open_leg(np.full(every.size, source), every) for source in sources.tolist()])
    from_hubs = np.flatnonzero(barred[:hubs].any(axis=0))
    from_others = np.setdiff1d(np.flatnonzero(barred.any(axis=0)), from_hubs)
    first = _spread(places, from_hubs, MOST_AIMS)
    return np.concatenate([first, _spread(places, from_others, max(MOST_AIMS - first.size, MOST_AIMS // 4))])


def _spread(places: Places, among: Longs, most: int) -> Longs:
    """Keep at most so many places, one in each square of a grid as fine as that allows."""
    if among.size <= most:
        return among
    x, y = places.x_m[among], places.y_m[among]
    for rows in range(round(most**0.5) * 4, 1, -1):
        side = max(np.ptp(x), np.ptp(y), 1.0) / rows
        cell = np.floor((x - x.min()) / side) * (rows + 2) + np.floor((y - y.min()) / side)
        kept = np.unique(cell, return_index=True)[1]
        if kept.size <= most:
            break
    return among[np.sort(kept)[:most]]


def _twice(ground: Ground, corners: Corners, *, snap: bool) -> tuple[Floats, Floats]:
    """Lay each corner and its double farther out, less far in a narrow gap; those that are clear, in degrees."""
    x_m, y_m = [corners.x_m], [corners.y_m]
    waiting = np.ones(corners.x_m.size, np.bool_)
    for share in (1.0, 0.5, 0.25):
        far_x, far_y = corners.shifted(share * APART_M * (2.0 if snap else 1.0))
        clear = waiting & ground.clear(*ground.plane.inverse(far_x, far_y))
        x_m.append(far_x[clear])
        y_m.append(far_y[clear])
        waiting &= ~clear
    lons, lats = ground.plane.inverse(np.concatenate(x_m), np.concatenate(y_m))
    if snap:
        minutes = np.unique(np.stack([np.round(lons * 60.0), np.round(lats * 60.0)], axis=1), axis=0)
        lons, lats = minutes[:, 0] / 60.0, minutes[:, 1] / 60.0
    keep = ground.clear(lons, lats)
    return np.asarray(lons[keep]), np.asarray(lats[keep])

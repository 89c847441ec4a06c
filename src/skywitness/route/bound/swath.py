"""Bounds where legs see a swath: the path has to come within the half swath of what it sees.

*Circles.*  A path that sees a site enters the circle round it.  The first entries into the circles of all sites seen,
in their order, make a tour of the relaxation: between two of them the path is at least as long as the circles are
apart.  What is more, a path that goes straight on past a site saves nothing there (``_bends``).  Zones and turns only
lengthen paths or hide sites.

*Strips.*  Where sites stand close together circles overlap and their distances vanish; then area binds.  Give each
site ``i`` a piece of ground ``A_i`` within ``r`` of it, no two overlapping.  A stretch of path of length ``l`` that
comes within ``w`` of ``i`` has ``A_i`` within ``w + r`` of it, and the ground so near a path is at most
``2 (w + r) l + pi (w + r)^2`` (equality on a plane; less where the surface curves like a ball).  So, of the sites that
one stretch sees: sum of ``A_i / (2 (w + r))`` <= l + pi (w + r) / 2.  The sites are parted into regions; the stretches
are the runs of the path through one region, from the first entry of a run to its last, and are disjoint.  Several
radii ``r`` and several partings hold at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skywitness.route.bound.lengths import chords_km, circle_km, courses, in_space_m, plane_share
from skywitness.route.bound.relaxation import Bends, Flags, Floats, Level, Longs, Relaxation, Strip, units

EDGE_KM = 0.03
"""How much farther than the half swath a site may be and still count as seen (``coverage`` allows 20 m both ways)."""

DM_PER_KM = 10_000.0

MOST_PLACES = 350
"""Circles that are worked on; more sites than this are gathered into wider circles."""

GROUP_SHARES = (0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
"""How far from the middle of a group its sites may be, in half swaths."""

RADII = (0.3, 0.7)
"""Radii of the pieces of ground, in half swaths."""

LINKS = (math.inf, 3.0)
"""Partings into regions: sites nearer than so many half swaths to one another stay together."""

FINE_PIXELS, COARSE_PIXELS = 8, 5
"""Squares in a radius, for few sites and for many."""

_FARTHEST_RAD = math.radians(60.0)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be seen from where: degrees, km.  The start comes first; ``closed``: the flight may end there."""

    airfield_lons: Floats
    airfield_lats: Floats
    closed: bool
    lons: Floats
    lats: Floats
    values: Floats
    half_swath_km: float
    limit_km: float


def relaxation(scene: Scene) -> Relaxation:
    """Pose the problem of touching the circles round sites; a circle round several where there are many sites."""
    reach_km = scene.half_swath_km + EDGE_KM
    fields = scene.airfield_lons.size
    lons = np.concatenate([scene.airfield_lons, scene.lons])
    lats = np.concatenate([scene.airfield_lats, scene.lats])
    chord = chords_km(lons, lats)
    near, possible = _sorted(scene, chord, reach_km)
    worth, unit = units(scene.values)
    ground = fields + np.flatnonzero(possible)
    of_ground = chord[np.ix_(ground, ground)]
    middle, group, wide_km = grouped(of_ground, reach_km)
    at = np.concatenate([np.arange(fields), ground[middle]])
    radius = np.concatenate([np.zeros(fields), reach_km + wide_km])
    table = chord[np.ix_(at, at)] - radius[:, None] - radius[None, :]
    length = np.floor(np.maximum(table, 0.0) * DM_PER_KM).astype(np.int64)
    limit = math.ceil(scene.limit_km * DM_PER_KM)
    return Relaxation(
        length=length,
        limit=limit,
        usable=_usable(length, limit, fields, scene.closed),
        most=np.concatenate([np.ones(fields, np.int64), np.bincount(group, minlength=middle.size)]),
        ends=np.arange(1, fields),
        closed=scene.closed,
        value=worth[possible],
        place=fields + group,
        unit=unit,
        given=int(worth[near].sum()),
        levels=_levels(lons[ground], lats[ground], of_ground, middle, group, reach_km, fields),
        bends=_bends(lons[at], lats[at], radius),
    )


def grouped(distance: Floats, reach_km: float) -> tuple[Longs, Longs, Floats]:
    """Part places into groups round some of them: these, the group of each, and how wide each group is in km.

    As many groups as places while these are few; wider groups where there are more than can be worked on.
    """
    count = distance.shape[0]
    everyone = np.arange(count)
    if count <= MOST_PLACES:
        return everyone, everyone, np.zeros(count)
    middle, group = everyone, everyone
    for share in GROUP_SHARES:
        middle, group = _gathered(distance <= share * reach_km)
        if middle.size <= MOST_PLACES:
            break
    wide = np.zeros(middle.size)
    # The distances are least ones; the true ones are longer by less than a part in a thousand.
    np.maximum.at(wide, group, distance[everyone, middle[group]] * 1.001 + 0.02)
    wide[np.bincount(group) == 1] = 0.0
    return middle, group, wide


def _gathered(near: Flags) -> tuple[Longs, Longs]:
    """Gather places round those that have most others near."""
    group = np.full(near.shape[0], -1, np.int64)
    middles: list[int] = []
    for place in np.argsort(-near.sum(axis=1), kind="stable").tolist():
        if group[place] < 0:
            group[near[place] & (group < 0)] = len(middles)
            middles.append(place)
    return np.array(middles, np.int64), group


def _sorted(scene: Scene, chord: Floats, reach_km: float) -> tuple[Flags, Flags]:
    """Which sites the start itself may see, and which others a flight can come near to at all."""
    fields = scene.airfield_lons.size
    to_field = np.maximum(chord[:fields, fields:] - reach_km, 0.0)
    near = chord[0, fields:] <= reach_km
    last = to_field if scene.closed else to_field[1:]
    possible = to_field[0] + last.min(axis=0) <= scene.limit_km
    return near, possible & ~near & (scene.values > 0.0)


def _usable(length: Longs, limit: int, fields: int, closed: bool) -> Flags:
    """Pairs that can follow one another in a flight within the limit: of two groups, or of an airfield and a group."""
    last = (length[:fields] if closed else length[1:fields]).min(axis=0)
    way = length + np.minimum(length[0][:, None] + last[None, :], last[:, None] + length[0][None, :])
    usable = way <= limit
    np.fill_diagonal(usable, False)
    usable[1:fields, 1:fields] = False
    usable[0, 1:fields] = usable[1:fields, 0] = length[0, 1:fields] <= limit
    return np.asarray(usable)


def _bends(lons: Floats, lats: Floats, radius_km: Floats) -> Bends:
    """Lengths between the middles of circles, and how wide a circle is towards each other one.

    Let u be a unit vector along each leg of the tour over the middles, and p the places where the path enters the
    circles, offset from the middles by at most w.  The path is at least as long as the sum of u (p' - p), which is the
    sum of the distances of the middles less, at each circle, offset (u_out - u_in) <= w |u_out - u_in|.  Any
    shorter vector does as well as u; for circles that overlap it is none, and the pair then counts nothing.
    """
    ahead, distance = courses(lons, lats)
    widest = float(radius_km.max())
    least = distance * plane_share(widest) - circle_km(widest)
    counts = distance > radius_km[:, None] + radius_km[None, :]
    length = np.where(counts, np.floor(least * DM_PER_KM), 0.0).astype(np.int64)
    width = np.where(counts, radius_km[:, None] * DM_PER_KM, 0.0)
    return Bends(length, np.stack([width * np.sin(ahead), width * np.cos(ahead)], axis=-1))


def _levels(
    lons: Floats, lats: Floats, chord: Floats, middle: Longs, group: Longs, reach_km: float, fields: int
) -> tuple[Level, ...]:
    """Strips in regions of several sizes; none where they would never bind."""
    strips = []
    for share in RADII:
        radius = share * reach_km
        own = own_ground_km2(lons, lats, radius)
        width = 2.0 * (reach_km + radius)
        free = math.ceil(math.pi * (reach_km + radius) / 4.0 * DM_PER_KM) + 1
        strips.append(Strip(np.floor(own / width * DM_PER_KM).astype(np.int64), free))
    made: list[Level] = []
    for link in LINKS:
        region = _binding(linked(chord[np.ix_(middle, middle)], link * reach_km), group, strips)
        labels = np.concatenate([np.full(fields, -1), region]).astype(np.int64)
        if region.max(initial=-1) >= 0 and not any((level.region == labels).all() for level in made):
            made.append(Level(labels, tuple(strips)))
    return tuple(made)


def _binding(region: Longs, group: Longs, strips: Sequence[Strip]) -> Longs:
    """Number the regions anew that are not seen for free; -1 for the others."""
    binds = np.zeros(int(region.max(initial=-1)) + 1, np.bool_)
    for strip in strips:
        binds |= np.bincount(region[group], strip.item, binds.size) > 2.0 * strip.half_run
    number = np.where(binds, np.cumsum(binds) - 1, -1)
    return np.asarray(number[region])


def linked(distance: Floats, most: float) -> Longs:
    """Number the groups of places that are joined by steps of at most ``most``."""
    count = distance.shape[0]
    group = np.full(count, -1, np.int64)
    number = 0
    for seed in range(count):
        if group[seed] >= 0:
            continue
        front = [seed]
        group[seed] = number
        while front:
            near = np.flatnonzero((distance[front.pop()] <= most) & (group < 0))
            group[near] = number
            front += near.tolist()
        number += 1
    return group


def own_ground_km2(lons: Floats, lats: Floats, radius_km: float) -> Floats:
    """Measure the ground within ``radius_km`` of each site and nearer to it than to any other; never too much.

    Counted in squares of an equal-area map, whole squares only; 0 for sites far from the middle of a map of the world.
    """
    import pyproj

    if lons.size == 0:
        return np.zeros(0)
    lam, phi = np.radians(lons), np.radians(lats)
    middle = np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)
    centre = middle.sum(axis=0) / max(float(np.linalg.norm(middle.sum(axis=0))), 1e-9)
    lat0, lon0 = math.degrees(math.asin(np.clip(centre[2], -1.0, 1.0))), math.degrees(math.atan2(centre[1], centre[0]))
    flat = pyproj.Proj(proj="laea", lat_0=lat0, lon_0=lon0, ellps="WGS84")
    x, y = (np.asarray(one) / 1000.0 for one in flat(lons, lats))
    pixels = FINE_PIXELS if lons.size <= MOST_PLACES else COARSE_PIXELS
    side = radius_km / pixels
    reach = math.ceil(pixels * 1.2)
    steps = np.arange(-reach, reach + 1)
    column = (np.round(x / side)[:, None, None] + steps[None, :, None] + 0 * steps[None, None, :]).astype(np.int64)
    row = (np.round(y / side)[:, None, None] + steps[None, None, :] + 0 * steps[None, :, None]).astype(np.int64)
    site = np.broadcast_to(np.arange(lons.size)[:, None, None], column.shape).ravel()
    column, row = column.ravel(), row.ravel()
    square_lon, square_lat = flat(column * side * 1000.0, row * side * 1000.0, inverse=True)
    # A chord is short of the geodesic by less than a ten-thousandth up to 300 km.
    gap = in_space_m(lons, lats)[site] - in_space_m(np.asarray(square_lon), np.asarray(square_lat))
    away = np.sqrt((gap**2).sum(axis=1)) * 1.0001 / 1000.0
    # Half the diagonal of a square, stretched as much as the map does 60 degrees from its middle.
    whole = (away + 0.7072 * side / math.cos(_FARTHEST_RAD / 2.0) <= radius_km) & (
        middle[site] @ centre >= math.cos(_FARTHEST_RAD)
    )
    column, row, site, away = column[whole], row[whole], site[whole], away[whole]
    order = np.lexsort((site, away, row, column))
    first = np.ones(order.size, np.bool_)
    first[1:] = (np.diff(column[order]) != 0) | (np.diff(row[order]) != 0)
    return np.asarray(np.bincount(site[order[first]], minlength=lons.size) * side**2, np.float64)

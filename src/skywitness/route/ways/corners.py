"""The corners of what must be kept away from: the only places where a shortest way round it turns.

A zone has tens of thousands of vertices.  It is made simpler outward, so that what is left out is free ground and never
the zone, and so coarse that at most some hundred corners are left where it bulges.  A corner stands a little outside,
and so do the straight ways from one corner to the next: they are legal by the exact test, which is made all the same.
Gaps narrower than twice the margin are closed by this; legs still find their way through them by other points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

MARGINS_M = (150.0, 400.0, 1_000.0, 2_500.0, 6_000.0)
"""How far out the simpler zone may reach; the smallest is taken that leaves few corners."""

MOST_CORNERS = 900

_KEPT_OUT = 0.8
"""Share of the margin that making it simpler may take back."""

_MITRE = 2.0


@dataclass(frozen=True, slots=True)
class Corners:
    """Corners in the plane of a zone, metres, with their neighbours on its edge, and how far out they were laid."""

    x_m: Floats
    y_m: Floats
    before: Floats  # [corners, 2]
    after: Floats
    margin_m: float

    def taken(self, chosen: npt.NDArray[Any]) -> Corners:
        """Keep some of the corners."""
        x_m, y_m = self.x_m[chosen], self.y_m[chosen]
        return Corners(x_m, y_m, self.before[chosen], self.after[chosen], self.margin_m)

    def grazed(self, x_m: Floats, y_m: Floats) -> Bools:
        """Tell from which points ([points, corners]) each corner is where a way may bend round the zone.

        That is where the line from the point by the corner has both neighbours of the corner on one side.
        """
        to_x, to_y = self.x_m[None, :] - x_m[:, None], self.y_m[None, :] - y_m[:, None]
        sides = []
        for beside in (self.before, self.after):
            dx, dy = beside[:, 0] - self.x_m, beside[:, 1] - self.y_m
            sides.append(to_x * dy[None, :] - to_y * dx[None, :])
        return np.asarray(sides[0] * sides[1] >= 0.0)

    def shifted(self, by_m: float) -> tuple[Floats, Floats]:
        """Give the points that lie farther out from the corners by so much."""
        place = np.stack([self.x_m, self.y_m], axis=1)
        out = np.zeros_like(place)
        for beside in (self.before, self.after):
            way = place - beside
            out += way / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
        out /= np.maximum(np.hypot(out[:, 0], out[:, 1]), 1e-9)[:, None]
        return self.x_m + by_m * out[:, 0], self.y_m + by_m * out[:, 1]


def corners_of(zone: Any, frame: Any, least_margin_m: float = 0.0) -> Corners:
    """Find the corners of the zone within a frame (a shape of the plane), as fine as few corners allow."""
    near = shapely.intersection(shapely.make_valid(zone), frame)
    margins = [margin for margin in MARGINS_M if margin > least_margin_m] or [MARGINS_M[-1]]
    for margin_m in margins:
        found = _convex(_simpler(near, margin_m), margin_m)
        inside = shapely.contains_xy(frame, found.x_m, found.y_m)
        found = found.taken(inside)
        if found.x_m.size <= MOST_CORNERS:
            break
    return found.taken(np.arange(min(found.x_m.size, MOST_CORNERS)))


def _simpler(zone: Any, margin_m: float) -> Any:
    """Widen a zone and leave vertices out, by less than it was widened."""
    wide = shapely.buffer(zone, margin_m, quad_segs=2, join_style="mitre", mitre_limit=_MITRE)
    return shapely.simplify(wide, _KEPT_OUT * margin_m, preserve_topology=True)


def _convex(zone: Any, margin_m: float) -> Corners:
    """List the vertices at which a zone bulges outward."""
    parts = shapely.orient_polygons(shapely.get_parts(zone)[shapely.get_type_id(shapely.get_parts(zone)) == 3])
    place, before, after = [np.zeros((0, 2))], [np.zeros((0, 2))], [np.zeros((0, 2))]
    for ring in shapely.get_rings(parts):
        at = shapely.get_coordinates(ring)[:-1]
        was, comes = np.roll(at, 1, axis=0), np.roll(at, -1, axis=0)
        turn = (at[:, 0] - was[:, 0]) * (comes[:, 1] - at[:, 1]) - (at[:, 1] - was[:, 1]) * (comes[:, 0] - at[:, 0])
        bulges = turn > 0.0
        place.append(at[bulges])
        before.append(was[bulges])
        after.append(comes[bulges])
    at = np.concatenate(place)
    return Corners(at[:, 0].copy(), at[:, 1].copy(), np.concatenate(before), np.concatenate(after), margin_m)

"""What a flight can see of a portion of a territory: within a length over it, and within its whole distance.

Two figures stand for every half swath.  *At most*: a path of length L sees no more than L times twice the half swath,
whatever its course, and no way there is shorter than the geodesic.  *Found*: the best path in strips that
``route.claims.sweep`` found, measured leg by leg.  The truth lies between the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skywitness.core.finding import Verdict
from skywitness.geo.waters import BREADTH_KM
from skywitness.route.claims.journey import Journey
from skywitness.route.claims.plot import STEP_KM, Plot
from skywitness.route.claims.sweep import Sweep, best_within, shortest_for
from skywitness.route.coverage import EDGE_KM

_WHOLE = 0.9995
"""A share of positions from which on the land counts as seen: the grain of the grid."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be seen with one half swath, in km.  ``sure_km2``: the land that there is at least; bounds rest on it.

    ``within``: the best path found of ``limit_km``; ``whole``: the shortest one found that sees all land; ``most``: the
    shortest one found whose strips hold ``most_share`` of it.
    """

    half_swath_km: float
    limit_km: float
    sure_km2: float
    most_share: float
    within: Sweep
    whole: Sweep
    most: Sweep

    def at_most(self, km: float) -> float:
        """Bound the share of the land that a path of some length can see, by area."""
        return (
            min(1.0, 2.0 * (self.half_swath_km + EDGE_KM) * max(km, 0.0) / self.sure_km2)
            if self.sure_km2 > 0.0
            else 1.0
        )

    def least_km(self, share: float = 1.0) -> float:
        """Bound from below how long a path must be that sees a share of the land, by area."""
        return share * self.sure_km2 / (2.0 * (self.half_swath_km + EDGE_KM))

    @property
    def whole_within(self) -> Verdict:
        """Tell whether a path of the limit can see all the land: by area it cannot, a path found does, or neither."""
        if self.least_km() > self.limit_km and self.half_swath_km <= BREADTH_KM:
            return Verdict.BREACH  # a wider one sees land from beyond the waters, where no path is over the portion
        found = self.within.share >= _WHOLE or self.whole.km <= self.limit_km
        return Verdict.OK if found else Verdict.CANNOT_TELL

    def to_json(self, journey: Journey, maximum_km: float | None) -> dict[str, Any]:
        """Write the figures; ``maximum_km``: the distance of a flight, where one is settled."""
        return {
            "half_swath_km": self.half_swath_km,
            "within_limit": {
                "limit_km": self.limit_km,
                "share_at_most": round(self.at_most(self.limit_km), 4),
                "found": _path_json(self.within, journey, maximum_km),
            },
            "whole": {"least_km": round(self.least_km(), 1), "found": _path_json(self.whole, journey, maximum_km)},
            "most": {
                "share": self.most_share,
                "least_km": round(self.least_km(self.most_share), 1),
                "found": _path_json(self.most, journey, maximum_km),
            },
        }


def _path_json(sweep: Sweep, journey: Journey, maximum_km: float | None) -> dict[str, Any]:
    both_km = journey.both_km(sweep.points)
    return {
        "km": round(sweep.km, 1),
        "share": round(sweep.share, 4),
        "share_with_turns": round(sweep.turned_share, 4),
        "outside_km": round(sweep.outside_km, 1),
        "there_and_back_km": round(both_km, 1),
        "left_km": None if maximum_km is None else round(maximum_km - both_km - sweep.km, 1),
        "points": [[round(lon, 4), round(lat, 4)] for lon, lat in sweep.points],
    }


def sight(plot: Plot, half_swath_km: float, limit_km: float, most_share: float, speed_km_h: float) -> Sight:
    """Measure what can be seen with one half swath; ``speed_km_h`` is that of an aircraft that turns."""
    return Sight(
        half_swath_km,
        limit_km,
        plot.sure_km2,
        most_share,
        best_within(plot, half_swath_km, limit_km, speed_km_h),
        shortest_for(plot, half_swath_km, 1.0, speed_km_h),
        shortest_for(plot, half_swath_km, most_share, speed_km_h),
    )


def plot_json(plot: Plot) -> dict[str, Any]:
    """Write how large a portion is, and how well that is known."""
    return {
        "portion": plot.portion.name,
        "land_km2": round(plot.land_km2, 1),
        "land_at_least_km2": round(plot.sure_km2, 1),
        "land_and_waters_km2": round(plot.territory_km2, -1),
        "longest_axis_km": round(plot.axis.km, 2),
        "axis": [[round(lon, 4), round(lat, 4)] for lon, lat in (plot.axis.start, plot.axis.end)],
        "across_land_and_waters_km": round(plot.across_km, 1),
        "separation_km": None if plot.portion.separation is None else round(plot.portion.separation.km, 2),
        "grid_km": STEP_KM,
        "positions": int(plot.spots.values.size),
    }

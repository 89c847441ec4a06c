"""Breadths of territorial waters: the 12 nautical miles of the law of the sea, and who is known to claim less.

Waters are derived with the greatest breadth (United Nations Convention on the Law of the Sea, Article 3).  A State may
claim less, and some do; where one is known to, a position inside 12 nautical miles is not certainly in its waters.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from skywitness.geo import features

NAUTICAL_MILE_KM = 1.852

BREADTH_KM = 12.0 * NAUTICAL_MILE_KM
"""12 nautical miles, 22.224 km, the greatest breadth of territorial waters (UNCLOS, Article 3)."""


@dataclass(frozen=True, slots=True)
class Breadth:
    """What a State is known to claim less than 12 nautical miles: where, until when, and what for.

    ``least_km``: no claim known there is narrower.  ``box``: west, south, east, north in degrees; ``None``: all coasts.
    """

    state: str
    least_km: float
    box: tuple[float, float, float, float] | None
    until: dt.date | None
    why: str
    status: str

    def holds(self, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which positions lie where this is claimed."""
        if self.box is None:
            return np.ones(len(lons), np.bool_)
        west, south, east, north = self.box
        return np.asarray((west <= lons) & (lons <= east) & (south <= lats) & (lats <= north))


@functools.cache
def breadths() -> tuple[Breadth, ...]:
    """Read who is known to claim narrower waters."""
    rows = features.read_table("breadths.toml")["breadth"]
    return tuple(
        Breadth(
            row["state"],
            row["least_nm"] * NAUTICAL_MILE_KM,
            tuple(row["box"]) if "box" in row else None,
            row.get("until"),
            row["why"],
            row["status"],
        )
        for row in rows
    )


def least_km(state: str, lons: ArrayLike, lats: ArrayLike, day: dt.date | None = None) -> NDArray[np.float64]:
    """Give the least breadth, in km, that a State is known to claim at each position on a day (``None``: on any)."""
    east, north = np.atleast_1d(np.asarray(lons, np.float64)), np.atleast_1d(np.asarray(lats, np.float64))
    least = np.full(len(east), BREADTH_KM)
    for row in breadths():
        if row.state == state and (row.until is None or day is None or day < row.until):
            least = np.where(row.holds(east, north), np.minimum(least, row.least_km), least)
    return least


def narrower(state: str, lon: float, lat: float, day: dt.date | None = None) -> Breadth | None:
    """Find the narrowest claim of a State that is known at a position on a day."""
    at = np.array([lon]), np.array([lat])
    found = [
        row
        for row in breadths()
        if row.state == state and (row.until is None or day is None or day < row.until) and row.holds(*at)[0]
    ]
    return min(found, key=lambda row: row.least_km, default=None)

"""The way from an airfield to a portion of a territory and back: its length, and over whose land it runs."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from skywitness.core import geodesy
from skywitness.core.geodesy import Position
from skywitness.geo.clearance import stretches
from skywitness.geo.view import BorderView
from skywitness.route.claims.plot import Plot

AT_SEA = "-"
"""What stands for the sea where others stand with their code."""


@dataclass(frozen=True, slots=True, eq=False)
class Journey:
    """From an airfield to a portion, and home the same way.

    ``least_km``: the geodesic to the nearest land of the portion, at ``nearest``; no way is shorter.  ``by``:
    positions that the flight goes by instead.  ``counts``: States whose land alone counts; ``None``: the whole path.
    """

    view: BorderView
    airfield: str
    start: Position
    nearest: Position
    least_km: float
    by: tuple[Position, ...] = ()
    counts: tuple[str, ...] | None = None

    @classmethod
    def to(cls, plot: Plot, view: BorderView, airfield: str, start: Position, by: Iterable[Position] = ()) -> Journey:
        """Measure the way to a portion."""
        km, nearest = plot.nearest(*start)
        return cls(view, airfield, start, nearest, km, tuple(by))

    def counting(self, states: tuple[str, ...] | None) -> Journey:
        """Count only what runs over the land of these States; ``None``: the whole path."""
        return replace(self, counts=states)

    def least_both_km(self, half_swath_km: float = 0.0) -> float:
        """Bound from below what the way takes until a sensor sees the portion, and home from there.

        Nothing is known of it where only some land counts.
        """
        return 2.0 * max(self.least_km - half_swath_km, 0.0) if self.counts is None else 0.0

    def both_km(self, points: Sequence[Position]) -> float:
        """Measure the way to the first of some positions and home from the last."""
        return sum(self._km((self.start, *self.by, end)) for end in (points[0], points[-1]))

    def _km(self, points: Sequence[Position]) -> float:
        if self.counts is None:
            return sum(geodesy.distance_km(*one, *two) for one, two in itertools.pairwise(points))
        return sum(km for state, km in self.below(points).items() if state in self.counts)

    @property
    def by_km(self) -> float:
        """The way that the flight goes, all of it, to the last of its positions; without any to the nearest land."""
        way = (self.start, *(self.by or (self.nearest,)))
        return sum(geodesy.distance_km(*one, *two) for one, two in itertools.pairwise(way))

    def below(self, points: Sequence[Position]) -> dict[str, float]:
        """Tell how many km of a path run over whose land."""
        found: dict[str, float] = {}
        for one, two in itertools.pairwise(points):
            for piece in stretches(self.view, *one, *two):
                state = piece.state or AT_SEA
                found[state] = found.get(state, 0.0) + piece.to_km - piece.from_km
        return found

    def others(self, own: Collection[str]) -> dict[str, float]:
        """Tell how many km of the straight way run over land of States other than one's own."""
        below = self.below((self.start, self.nearest)).items()
        return {state: km for state, km in below if state not in {*own, AT_SEA}}

    def to_json(self) -> dict[str, Any]:
        """Write both ways."""
        straight, other = (self.start, self.nearest), (self.start, *(self.by or (self.nearest,)))
        return {
            "airfield": self.airfield,
            "straight": {
                "km": round(self.least_km, 1),
                "over": {state: round(km, 1) for state, km in self.below(straight).items()},
            },
            "by": {
                "points": [[round(lon, 4), round(lat, 4)] for lon, lat in other],
                "km": round(self.by_km, 1),
                "over": {state: round(km, 1) for state, km in self.below(other).items()},
            },
        }

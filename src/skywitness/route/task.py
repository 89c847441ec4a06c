"""What is to be routed, how long to search for it, and what was found."""

from __future__ import annotations

from dataclasses import dataclass

from skywitness.core.text import Text
from skywitness.route.airfield import Airfield
from skywitness.route.model import Site, Waypoint
from skywitness.route.search import search
from skywitness.route.stages import Stages
from skywitness.route.strips import StripTable, View, table
from skywitness.route.turns import Turning


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be routed: airfields, sites, limits.

    ``half_swath_km`` to either side of the path; with ``view`` its strips count, and that is how far they reach.
    ``turning``: how the aircraft turns, where the search is to reckon with it.
    """

    start: Airfield
    ends: tuple[Airfield, ...]
    landings: tuple[Airfield, ...]
    sites: tuple[Site, ...]
    half_swath_km: float
    limit_km: float
    stages: Stages
    snap_minutes: bool = False
    view: View | None = None
    turning: Turning | None = None

    @property
    def sight(self) -> float | View:
        """What the exact measure of what is observed asks for."""
        return self.half_swath_km if self.view is None else self.view

    def strips(self, share: float) -> StripTable | None:
        """Lay the view out for a search that counts on a share of it; ``None`` where there is no view."""
        return None if self.view is None else table(self.view, self.sites, share)


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: seconds, or rounds instead, from one seed."""

    seconds: float
    rounds: int | None
    seed: int

    def share(self, part: float) -> Effort:
        """A part of the effort."""
        rounds = None if self.rounds is None else max(int(self.rounds * part), 1)
        return Effort(self.seconds * part, rounds, self.seed)


@dataclass(frozen=True, slots=True)
class Found:
    """A route: waypoints in order, airfields among them, and how it was found.

    ``before``: the route that was there before, where it may still be flown with these airfields; else empty.
    """

    waypoints: tuple[Waypoint, ...]
    route: search.Route
    landings: tuple[str, ...]
    limit_km: float
    warnings: tuple[Text, ...] = ()
    before: tuple[Waypoint, ...] = ()

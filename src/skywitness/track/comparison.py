"""What comes out when a flown track is laid beside its plan.  Plain data for rules, reports and maps."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Any

from skywitness.core.finding import Where
from skywitness.route.model import Plan, Waypoint
from skywitness.route.rules.measured import MeasuredLeg
from skywitness.track.align import Alignment
from skywitness.track.flown_path import FlownPath
from skywitness.track.model import Cleaned, Floats, Gap, Track, stamp


class FixState(enum.StrEnum):
    """Whether a fix was passed.

    ``UNSEEN``: the track does not show it; ``OUT_OF_ORDER``: passed at another place in the sequence.
    """

    PASSED = "passed"
    MISSED = "missed"
    OUT_OF_ORDER = "out_of_order"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class FixPassed:
    """How a fix of the plan was passed: how near (km), when, and when the plan has it there.

    ``number`` counts waypoints from 1; ``index`` is the nearest point of the track; ``extra_km`` how much nearer the
    aircraft may have come in a gap.
    """

    number: int
    fix: Waypoint
    state: FixState
    distance_km: float
    index: int
    passed_utc: dt.datetime
    planned_utc: dt.datetime

    @property
    def late_s(self) -> float:
        """How much later than planned, in seconds; negative when earlier."""
        return (self.passed_utc - self.planned_utc).total_seconds()

    @property
    def late_min(self) -> float:
        """How much later than planned, in minutes to a tenth; never a zero with a minus sign."""
        return round(self.late_s / 60.0, 1) + 0.0

    def to_json(self) -> dict[str, Any]:
        """Write every field; a fix that was not passed has no time."""
        passed = self.state in (FixState.PASSED, FixState.OUT_OF_ORDER)
        return {
            "number": self.number,
            "ident": self.fix.ident,
            "lon": self.fix.lon,
            "lat": self.fix.lat,
            "state": self.state.value,
            "distance_km": round(self.distance_km, 3),
            "passed_utc": stamp(self.passed_utc) if passed else None,
            "planned_utc": stamp(self.planned_utc),
            "late_s": self.late_s if passed else None,
        }


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the track: from point ``first`` to point ``last``, both in it."""

    first: int
    last: int

    def where(self, track: Track, leg: int | None = None, name: str | None = None) -> Where:
        """Write as the place of a finding."""
        (lon, lat), (end_lon, end_lat) = track.at(self.first), track.at(self.last)
        return Where(leg, lon, lat, track.time_utc(self.first), name, end_lon, end_lat, track.time_utc(self.last))


@dataclass(frozen=True, slots=True)
class Deviation:
    """A stretch on which the aircraft was off the planned path.

    ``stretch`` reaches from leaving the path to being back on it; ``farthest_km`` (right positive) at point ``worst``;
    ``least_km`` is the distance there from any part of the path, whatever its order.  ``beyond`` are the parts farther
    off than the distance of VIII.II.3; ``extra_km`` the way flown more than the planned one it stands for; ``reason``
    as told on board, ``None`` where nobody has said, ``"none"`` where no reason that permits it was told; ``permitted``
    by traffic control, ``permission_required`` by national rules, as far as known.
    """

    stretch: Stretch
    leg: int
    worst: int
    farthest_km: float
    least_km: float
    extra_km: float
    beyond: tuple[Stretch, ...] = ()
    reason: str | None = None
    permitted: bool | None = None
    permission_required: bool | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A flown track beside its plan.

    ``legs`` are measured anew; ``points`` the track in space (m); ``flown_share`` of the planned path was flown within
    the width of a route.  ``covers_start``, ``covers_end``: whether the track shows take-off and landing;
    ``error_km``: how far positions may be off.
    """

    plan: Plan
    cleaned: Cleaned
    legs: tuple[MeasuredLeg, ...]
    points: Floats
    flown: FlownPath
    alignment: Alignment
    fixes: tuple[FixPassed, ...]
    deviations: tuple[Deviation, ...]
    flown_share: float
    covers_start: bool
    covers_end: bool
    error_km: float

    @property
    def track(self) -> Track:
        """The track as cleaned."""
        return self.cleaned.track

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Times in the air without points."""
        return self.cleaned.gaps

    @property
    def distance_km(self) -> float:
        """Length of the flown path, along the geodesics between its vertices; gaps count as straight."""
        return self.flown.length_km

    @property
    def most_km(self) -> float:
        """The most that can have been flown: every jitter counted, gaps flown as fast as possible."""
        hidden = sum(gap.most_km - gap.straight_km for gap in self.gaps)
        return max(self.flown.raw_km, self.flown.length_km) + hidden

    @property
    def planned_km(self) -> float:
        """Length of the planned path."""
        return sum(leg.distance_km for leg in self.legs)

    @property
    def curtailed(self) -> bool | None:
        """Tell whether the flight ended with a part of the plan not flown; ``None`` where the track does not show.

        Without a single fix passed nothing was begun that could be cut short.
        """
        last = max((fix.number for fix in self.fixes if fix.state is FixState.PASSED), default=0)
        if not last:
            return None
        left = [fix for fix in self.fixes if fix.number > last]
        if not left:
            return False
        return None if any(fix.state is FixState.UNSEEN for fix in left) or not self.covers_end else True

    def deviation_json(self, deviation: Deviation) -> dict[str, Any]:
        """Write a deviation with times and places."""
        track, stretch = self.track, deviation.stretch
        lon, lat = track.at(deviation.worst)
        return {
            "leg": deviation.leg,
            "from_utc": stamp(track.time_utc(stretch.first)),
            "to_utc": stamp(track.time_utc(stretch.last)),
            "farthest_km": round(deviation.farthest_km, 3),
            "farthest_utc": stamp(track.time_utc(deviation.worst)),
            "lon": lon,
            "lat": lat,
            "extra_km": round(deviation.extra_km, 3),
            "reason": deviation.reason,
            "beyond": [
                {"from_utc": stamp(track.time_utc(part.first)), "to_utc": stamp(track.time_utc(part.last))}
                for part in deviation.beyond
            ],
        }

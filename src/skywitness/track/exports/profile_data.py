"""What the height profile of a flown track shows, worked out before anything is drawn.

Heights stand over the way flown.  The height that a track gives is turned into one above mean sea level with its band
(:mod:`skywitness.track.altitude`); a planned height belongs to the part of the track that was flown on its leg.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from skywitness.core.finding import Finding, Verdict
from skywitness.geo.terrain import Height as Ground
from skywitness.route.model import Leg
from skywitness.route.rules.certificates import certificate, half_swath_km
from skywitness.track.comparison import Comparison, Stretch
from skywitness.track.exports.thin import between_gaps, extremes
from skywitness.track.exports.times import height_stretches, sensor_stretches
from skywitness.track.model import Floats
from skywitness.track.rules.flight import Flight

BINS: Final = 900
"""So many steps along the profile; each shows its lowest and its highest point, so that no dip is lost."""

GROUND_STEPS: Final = 160
"""The ground below the flown path is asked for in so many pieces."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """A part of the flown heights between two gaps: km flown, metres above the sea, half the band; NaN: no height."""

    km: Floats
    height_m: Floats
    band_m: Floats


@dataclass(frozen=True, slots=True)
class Level:
    """A height (m above the sea) that holds over a part of the way flown; ``name``: leg number or sensor."""

    name: str
    span_km: Span
    height_m: float


@dataclass(frozen=True, slots=True)
class FlownProfile:
    """Everything on a profile; places are km flown.

    ``h_min`` are certified minimum heights over the highest ground below; ``h_min_agl`` those of sensors whose ground
    is not known: metres above ground, which no line can show.  ``legs`` are the parts flown on each leg.
    """

    length_km: float
    curves: tuple[Curve, ...]
    legs: tuple[tuple[Leg, Span], ...]
    planned: tuple[Level, ...]
    ground: tuple[Level, ...]
    h_min: tuple[Level, ...]
    h_min_agl: tuple[tuple[str, float], ...]
    sensors_on: tuple[Span, ...]
    breaches: tuple[Span, ...]
    unclear: tuple[Span, ...]
    deviations: tuple[Span, ...]
    gaps: tuple[Span, ...]
    without_height: tuple[Span, ...]

    @property
    def has_heights(self) -> bool:
        """Tell whether the track gives any height."""
        return any(np.isfinite(curve.height_m).any() for curve in self.curves)


def flown_profile(flight: Flight, findings: Sequence[Finding] = ()) -> FlownProfile:
    """Work out the profile of a flight."""
    seen = flight.seen
    whole = Stretch(0, len(seen.track) - 1)
    runs = tuple(between_gaps(seen, whole))
    legs = tuple(_legs(seen))
    ground = tuple(_ground(flight, legs))
    periods = sensor_stretches(flight)
    h_min, unknown = _least(flight, periods, ground)
    return FlownProfile(
        length_km=seen.distance_km,
        curves=tuple(_curve(flight, run) for run in runs),
        legs=legs,
        planned=tuple(
            Level(str(leg.number), span, leg.height_m_amsl) for leg, span in legs if leg.height_m_amsl is not None
        ),
        ground=ground,
        h_min=h_min,
        h_min_agl=unknown,
        sensors_on=tuple(_span(seen, stretch) for _, stretch in periods),
        breaches=tuple(_span(seen, one) for one in height_stretches(seen, findings, Verdict.BREACH)),
        unclear=tuple(_span(seen, one) for one in height_stretches(seen, findings, Verdict.CANNOT_TELL)),
        deviations=tuple(_span(seen, one.stretch) for one in seen.deviations),
        gaps=tuple(_span(seen, Stretch(gap.index, gap.index + 1)) for gap in seen.gaps),
        without_height=tuple(_unknown(flight, runs)),
    )


def _span(seen: Comparison, stretch: Stretch) -> Span:
    return float(seen.flown.km[stretch.first]), float(seen.flown.km[stretch.last])


def _curve(flight: Flight, run: Stretch) -> Curve:
    """Thin a part of the heights: the lowest and the highest of every step, and both ends."""
    part = slice(run.first, run.last + 1)
    km, height, band = flight.seen.flown.km[part], flight.altitudes.amsl_m[part], flight.altitudes.band_m[part]
    step = max(flight.seen.distance_km, 1e-9) / BINS
    index = extremes(height, (km / step).astype(np.int64))
    holes = np.flatnonzero(np.isnan(height))
    # One point of every hole stays, so that no line is drawn over it.
    holes = holes[np.concatenate(([True], np.diff(holes) > 1))] if len(holes) else holes
    index = np.unique(np.concatenate((index, holes)))
    return Curve(km[index], height[index], band[index])


def _legs(seen: Comparison) -> Iterator[tuple[Leg, Span]]:
    """List the parts of the way that were flown on each leg, up to the first point of the next."""
    last = len(seen.track) - 1
    for leg in seen.legs:
        mine = np.flatnonzero(seen.alignment.leg == leg.number)
        if len(mine):
            yield leg.stated, _span(seen, Stretch(int(mine[0]), min(int(mine[-1]) + 1, last)))


def _ground(flight: Flight, legs: Sequence[tuple[Leg, Span]]) -> Iterator[Level]:
    """Give the highest ground below pieces of the flown path, else that of the plan; nothing where neither knows."""
    terrain, seen = flight.context.terrain, flight.seen
    if terrain is None:
        for leg, span in legs:
            if leg.height_m_amsl is not None and leg.height_m_agl is not None:
                yield Level(str(leg.number), span, leg.height_m_amsl - leg.height_m_agl)
        return
    swath_km = max(
        (half_swath_km(flight.context, one.ident) or 0.0 for one in flight.context.plan.sensors), default=0.0
    )
    cuts = np.searchsorted(seen.flown.km, np.linspace(0.0, seen.distance_km, GROUND_STEPS + 1))
    cuts = np.unique(np.clip(cuts, 0, len(seen.track) - 1))
    for first, last in itertools.pairwise(cuts.tolist()):
        found = terrain.highest_along(*seen.track.at(first), *seen.track.at(last), swath_km)
        if isinstance(found, Ground):
            yield Level("", _span(seen, Stretch(first, last)), found.height_m)


def _least(
    flight: Flight, periods: Sequence[tuple[str, Stretch]], ground: Sequence[Level]
) -> tuple[tuple[Level, ...], tuple[tuple[str, float], ...]]:
    """Lay the certified minimum heights of the sensors that ran on the ground below."""
    found: list[Level] = []
    unknown: dict[str, float] = {}
    for ident, stretch in periods:
        least = certificate(flight.context, ident).h_min_m_agl
        if least is None:
            continue
        start, end = _span(flight.seen, stretch)
        parts = [(level, max(start, level.span_km[0]), min(end, level.span_km[1])) for level in ground]
        over = [Level(ident, (one, two), level.height_m + least) for level, one, two in parts if two > one]
        if over:
            found += over
        else:
            unknown[ident] = least
    return tuple(found), tuple(unknown.items())


def _unknown(flight: Flight, runs: Sequence[Stretch]) -> Iterator[Span]:
    """List where the track has points without heights."""
    for run in runs:
        missing = np.isnan(flight.altitudes.amsl_m[run.first : run.last + 1]).astype(np.int8)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], missing, [0])))).reshape(-1, 2)
        for first, last in edges:
            yield _span(flight.seen, Stretch(run.first + int(first), run.first + int(last) - 1))

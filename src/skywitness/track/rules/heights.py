"""Heights above the ground while an observation period ran (VI.II.4(D)), and the right they give (VIII.II.3)."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from skywitness.core.finding import Effect, Finding, Verdict, judge_at_least
from skywitness.core.text import Text, say
from skywitness.geo.terrain import Height as Ground
from skywitness.law.provisions import provision
from skywitness.route.rules.certificates import Certificate, Known, category_of, certificate, half_swath_km
from skywitness.route.rules.sensors import SAR
from skywitness.track.comparison import Stretch
from skywitness.track.flight_log import SensorOn
from skywitness.track.flown_path import simplify
from skywitness.track.rules.flight import NEED_SENSORS, NEED_TRACK, Flight, cannot_tell, draft, not_applicable

CODE = "OS:VI.II.4(D)"
NEED_GROUND: Final = say("the heights of the ground")

LOWEST_GROUND_M, HIGHEST_GROUND_M = -430.0, 8_850.0
"""The shore of the Dead Sea and the top of Everest: all that is known of the ground where nobody has said more."""

PIECE_POINTS: Final = 200
STRAIGHT_M: Final = 1_000.0
"""The ground is looked up below straight lines that stay so near to the flown path, which no swath is narrower than."""

SHORT_KM: Final = 2.0
"""Within so short a way the lowest point of the aircraft is set against the highest ground."""


@dataclass(frozen=True, slots=True)
class Low:
    """The height above ground on a piece of the track that decides: metres, half its band, the piece."""

    metres: float
    band_m: float
    piece: Stretch
    verdict: Verdict
    ground: Text

    def figures(self, h_min_m: float) -> dict[str, Any]:
        """The fields of a finding that holds this height against a certified minimum."""
        margin = self.metres - h_min_m
        return {"measured": self.metres, "uncertainty": self.band_m, "limit": h_min_m, "margin": margin, "unit": "m"}


@provision(CODE)
def flown_above_minimum(flight: Flight) -> Iterator[Finding]:
    """Judge, for every sensor, the height above ground while it ran against its certified minimum.

    Without a log of the sensors the planned observation periods are measured, but not judged.
    """
    planned = flight.log.sensors_on is None
    periods = _planned(flight) if planned else flight.log.sensors_on or ()
    for ident in dict.fromkeys(period.sensor for period in periods):
        yield _sensor(flight, ident, [period for period in periods if period.sensor == ident], planned)
    if not periods:
        why = (
            say("No sensor ran, as the flight log says.") if not planned else say("The plan has no observation period.")
        )
        yield not_applicable(flight, CODE, why)


def _planned(flight: Flight) -> tuple[SensorOn, ...]:
    """Take the planned observation periods at the times at which their legs were flown."""
    seen = flight.seen
    found: list[SensorOn] = []
    for leg in seen.legs:
        if not leg.stated.sensors:
            continue
        mine = np.flatnonzero((seen.alignment.leg == leg.number) & seen.track.airborne)
        if len(mine):
            start, end = seen.track.time_utc(int(mine[0])), seen.track.time_utc(int(mine[-1]))
            found.extend(SensorOn(sensor, start, end) for sensor in leg.stated.sensors)
    return tuple(found)


def _sensor(flight: Flight, ident: str, periods: Sequence[SensorOn], planned: bool) -> Finding:
    context, bearer = flight.context, flight.observing
    category, known = category_of(context, ident), certificate(context, ident)
    if category == SAR:
        why = say("The ground resolution of radar {sensor} does not depend on height.", sensor=ident)
        return not_applicable(flight, CODE, why, bearer=bearer)
    if known.known is not Known.CERTIFIED or known.h_min_m_agl is None:
        why = say("Sensor {sensor} ran, but its minimum height is not known.", sensor=ident)
        if planned:
            why = say("Sensor {sensor} was to run; neither when it ran nor its minimum height is known.", sensor=ident)
        needs = (known.need, NEED_SENSORS) if planned else (known.need,)
        return cannot_tell(flight, CODE, why, needs, bearer=bearer)
    low, whole = lowest(flight, known, periods)
    if low is None:
        why = say("The track has no points from the time in which sensor {sensor} ran.", sensor=ident)
        return cannot_tell(flight, CODE, why, (NEED_TRACK,), bearer=bearer, limit=known.h_min_m_agl, unit="m")
    return _judge(flight, known, low, planned, whole)


def lowest(flight: Flight, known: Certificate, periods: Sequence[SensorOn]) -> tuple[Low | None, bool]:
    """Find the height above ground that decides on a certified minimum while a sensor ran.

    ``None`` where the track has no points from then; the flag tells whether it shows the periods throughout.
    """
    pieces, whole = _pieces(flight, periods)
    half_km = half_swath_km(flight.context, known.ident) or 0.0
    lows = [low for piece in pieces for low in _lows(flight, piece, known.h_min_m_agl or 0.0, half_km)]
    return (_worst(lows) if lows else None), whole


def _worst(lows: Sequence[Low]) -> Low:
    """Choose what decides: what is certainly too low, else what may be, else the lowest."""
    gravity = {Verdict.BREACH: 0, Verdict.CANNOT_TELL: 1}
    return min(lows, key=lambda low: (gravity.get(low.verdict, 2), low.metres - low.band_m))


def _pieces(flight: Flight, periods: Sequence[SensorOn]) -> tuple[list[Stretch], bool]:
    """Cut the points of the periods into short pieces; tell whether the track shows the periods throughout."""
    track, pieces, whole = flight.seen.track, [], True
    corners = simplify(track, STRAIGHT_M, set(), flight.seen.flown.index)
    for period in periods:
        first = int(np.searchsorted(track.time_s, period.start_utc.timestamp()))
        last = int(np.searchsorted(track.time_s, period.end_utc.timestamp(), side="right"))
        inside = not (
            _outside(track.time_utc(0), period.start_utc) or _outside(period.end_utc, track.time_utc(len(track) - 1))
        )
        hidden = any(first - 1 <= gap.index < last for gap in flight.seen.gaps)
        whole = whole and inside and not hidden
        leg = flight.seen.alignment.leg
        turns = corners[(corners > first) & (corners < last)].tolist()
        cuts = sorted({first, *(first + 1 + np.flatnonzero(np.diff(leg[first:last]))).tolist(), *turns, last})
        for start, end in itertools.pairwise(cuts):
            pieces += [Stretch(at, min(at + PIECE_POINTS, end) - 1) for at in range(start, end, PIECE_POINTS)]
    return pieces, whole


def _outside(earlier: dt.datetime, later: dt.datetime) -> bool:
    """Tell whether a period begins before the track (or ends after it) by more than a gap."""
    return (earlier - later).total_seconds() > 60.0


def _lows(flight: Flight, piece: Stretch, h_min_m: float, half_km: float) -> list[Low]:
    """Measure a piece; one that is not certainly high enough is halved, so that its lowest point and the highest ground
    of the piece are not set against each other where they lie far apart.
    """
    low = _low(flight, piece, h_min_m, half_km)
    long = flight.seen.flown.km[piece.last] - flight.seen.flown.km[piece.first] > SHORT_KM
    if low.verdict is Verdict.OK or not long or piece.last - piece.first < 2 or flight.context.terrain is None:
        return [low]
    middle = (piece.first + piece.last) // 2
    parts = Stretch(piece.first, middle), Stretch(middle, piece.last)
    return [low for part in parts for low in _lows(flight, part, h_min_m, half_km)]


def _low(flight: Flight, piece: Stretch, h_min_m: float, half_km: float) -> Low:
    part = slice(piece.first, piece.last + 1)
    heights = flight.altitudes.amsl_m[part]
    if not np.isfinite(heights).all():
        return Low(float("nan"), float("nan"), piece, Verdict.CANNOT_TELL, _NO_GROUND)
    at = piece.first + int(np.argmin(heights))
    ground_m, ground_band_m, ground = _ground(flight, piece, half_km)
    metres = float(flight.altitudes.amsl_m[at]) - ground_m
    band_m = float(flight.altitudes.band_m[part].max()) + ground_band_m
    return Low(metres, band_m, Stretch(at, at) if piece.first == piece.last else piece,
               judge_at_least(metres, band_m, h_min_m), ground)  # fmt: skip


_NO_GROUND: Final = say("the ground may be any on Earth")


def _ground(flight: Flight, piece: Stretch, half_km: float) -> tuple[float, float, Text]:
    """Give the highest ground seen from a piece, its band and whence: measured, as the plan has it, or anything."""
    track = flight.seen.track
    if flight.context.terrain is not None:
        found = flight.context.terrain.highest_along(*track.at(piece.first), *track.at(piece.last), half_km)
        if isinstance(found, Ground):
            return found.height_m, found.error_m, say("the highest ground in view there")
    stated = flight.seen.legs[int(flight.seen.alignment.leg[piece.first]) - 1].stated
    if stated.height_m_amsl is not None and stated.height_m_agl is not None:
        return stated.height_m_amsl - stated.height_m_agl, 0.0, say("the highest ground of the leg, as planned")
    return (LOWEST_GROUND_M + HIGHEST_GROUND_M) / 2.0, (HIGHEST_GROUND_M - LOWEST_GROUND_M) / 2.0, _NO_GROUND


def _judge(flight: Flight, known: Certificate, low: Low, planned: bool, whole: bool) -> Finding:
    h_min_m = known.h_min_m_agl or 0.0
    where = low.piece.where(flight.seen.track, int(flight.seen.alignment.leg[low.piece.first]))
    if np.isnan(low.metres):
        why = say("While sensor {sensor} ran, the track gives no heights.", sensor=known.ident)
        return cannot_tell(
            flight, CODE, why, height_needs(flight), bearer=flight.observing, limit=h_min_m, unit="m", where=where
        )
    why = say(
        "While sensor {sensor} ran, the aircraft was at {height:.0f} m above ground or more, known within {band:.0f} m "
        "({how}; {ground}); the certified minimum is {h_min:.0f} m.",
        sensor=known.ident,
        height=low.metres,
        band=low.band_m,
        how=flight.altitudes.why,
        ground=low.ground,
        h_min=h_min_m,
    )
    verdict, needs = low.verdict, height_needs(flight) if low.verdict is Verdict.CANNOT_TELL else ()
    if verdict is Verdict.OK and not whole:
        verdict, needs = Verdict.CANNOT_TELL, (NEED_TRACK,)
        why = say("{why} A part of that time the track does not show.", why=why)
    if planned:
        verdict, needs = Verdict.CANNOT_TELL, (*needs, NEED_SENSORS)
        why = say("{why} When it ran is only known from the plan.", why=why)
    return draft(
        flight,
        CODE,
        verdict,
        why,
        bearer=flight.observing,
        effect=may_prohibit_below(flight, known.ident) if verdict is Verdict.BREACH else None,
        where=where,
        needs=needs,
        **low.figures(h_min_m),
    )


def may_prohibit_below(flight: Flight, sensor: str) -> Effect:
    """The right of the observed Party over a sensor that runs below its certified minimum height."""
    what = say("prohibit the use of sensor {sensor} below its minimum height (VIII.II.3)", sensor=sensor)
    return Effect(flight.observed, "may", what)


def height_needs(flight: Flight) -> tuple[Text, ...]:
    """Ask for what makes heights above ground better known."""
    needs = [] if flight.altitudes.need is None else [flight.altitudes.need]
    if flight.context.terrain is None:
        needs.append(NEED_GROUND)
    return tuple(needs)

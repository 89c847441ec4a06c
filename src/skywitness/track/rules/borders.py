"""Ten kilometres from a State that is no Party, as flown (VI.II.2).

The judgement is that of the plan (:mod:`skywitness.route.rules.borders`), asked for the flown path; to the error band
of the border come how far positions may be off and how far the straight pieces leave the points.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from skywitness.core import geodesy
from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.geo import territory
from skywitness.geo.clearance import leg_clearance
from skywitness.geo.outline import ECCENTRICITY_SQUARED, outline_of
from skywitness.geo.territory import state_of, states
from skywitness.geo.view import BorderView
from skywitness.law.provisions import provision
from skywitness.route.model import Waypoint
from skywitness.route.rules import borders
from skywitness.route.rules.land import Land, survey
from skywitness.route.rules.law_desk import LawDesk
from skywitness.route.rules.measured import MeasuredLeg
from skywitness.track.comparison import Comparison, Stretch
from skywitness.track.flown_path import simplify
from skywitness.track.model import Bools, Floats, Ints
from skywitness.track.rules.flight import NEED_TRACK, Flight, cannot_tell, may_raise
from skywitness.track.space import in_space, nearest_to, squares_of

CODE = borders.CODE

FINE_M: Final = 150.0
COARSE_M: Final = 1_000.0
"""The flown path is measured against borders in pieces that stay so near to every point: fine ones where a State that
is no Party is near, coarse ones elsewhere."""

FINE_WITHIN_KM: Final = 25.0

SEEN_KM: Final = 62.0
"""Pieces farther than this from every State that is no Party are not looked at: the rule counts 60 km as near."""

WATERS_KM: Final = 36.0
"""Pieces nearer than this are all looked at, for over the sea the nearest land need not be what decides."""

_SAMPLE_KM: Final = 10.0
_SLACK_KM: Final = 8.0
"""Half the distance of two samples, the bulge of the Earth between them, and how far the pieces leave the points."""


@dataclass(frozen=True, slots=True)
class FlownLeg:
    """A geodesic piece of the flown path, the planned leg it belongs to, and how near it stays to the points."""

    leg: MeasuredLeg
    planned: int
    close_km: float


def flown_legs(seen: Comparison, view: BorderView, outside: Sequence[str], everywhere: bool) -> tuple[FlownLeg, ...]:
    """Cut the flown path into geodesic pieces, numbered from 1 in their order; gaps are left out.

    Unless ``everywhere`` is true, only pieces near the land of ``outside`` are made.
    """
    gaps = {gap.index for gap in seen.gaps}
    keep = {number for gap in gaps for number in (gap, gap + 1)}
    coarse = [pair for pair in itertools.pairwise(simplify(seen.track, COARSE_M, keep, seen.flown.index).tolist())
              if not (pair[0] in gaps and pair[1] == pair[0] + 1)]  # fmt: skip
    least_km, decides = _roughly(seen, view, outside, coarse)
    fine = simplify(seen.track, FINE_M, keep, seen.flown.index) if decides.any() else np.zeros(0, np.int64)
    found: list[FlownLeg] = []
    for (first, last), km, nearest in zip(coarse, least_km.tolist(), decides.tolist(), strict=True):
        if not (nearest or everywhere or km <= WATERS_KM):
            continue
        close = nearest and km <= FINE_WITHIN_KM
        inner = fine[(fine > first) & (fine < last)].tolist() if close else []
        for one, two in itertools.pairwise([first, *inner, last]):
            leg = _leg(seen, len(found) + 1, one, two)
            close_km = (FINE_M if close else COARSE_M) / 1000.0
            found.append(FlownLeg(leg, int(seen.alignment.leg[one]), close_km))
    return tuple(found)


def _roughly(
    seen: Comparison, view: BorderView, outside: Sequence[str], pieces: Sequence[tuple[int, int]]
) -> tuple[Floats, Bools]:
    """Bound how near each piece comes to outside land from below (km), and mark the pieces that may come nearest.

    The outline lies in balls; a piece is as near to a State as its samples are to the nearest ball, at the least.
    """
    least, decides = np.full(len(pieces), np.inf), np.zeros(len(pieces), np.bool_)
    if not outside:
        return least, decides
    samples, owner = _samples(seen, pieces)
    outline = outline_of(view)
    within = {name: state_of(name) for name in outline.names}
    inside = territory.locate_many(view, *_lon_lat(samples))
    for state in outside:
        balls = np.isin(outline.ball_areas, [n for n, name in enumerate(outline.names) if within[name] == state])
        if not balls.any():
            continue
        apart = np.sqrt(np.maximum(_squares(samples, outline.centres[balls]), 0.0)) / 1000.0
        radii = outline.radii_m[balls] / 1000.0
        low, high = (apart - radii).min(axis=1) - _SLACK_KM, (apart + radii).min(axis=1)
        over = np.array([one == state for one in inside], np.bool_)
        low[over] = high[over] = 0.0
        near = (low <= high.min()) & (low <= SEEN_KM)
        np.minimum.at(least, owner, low)
        decides[owner[near]] = True
    return least, decides


def _samples(seen: Comparison, pieces: Sequence[tuple[int, int]]) -> tuple[Floats, Ints]:
    """Lay points on the pieces in space; the second array numbers the piece of each."""
    found, owner = [], []
    for number, (first, last) in enumerate(pieces):
        one, two = seen.points[first], seen.points[last]
        count = int(np.linalg.norm(two - one) / 1000.0 / _SAMPLE_KM) + 2
        found.append(one + np.linspace(0.0, 1.0, count)[:, None] * (two - one))
        owner.append(np.full(count, number))
    return np.concatenate(found), np.concatenate(owner)


def _squares(ones: Floats, twos: Floats) -> Floats:
    """Square the distances of all points from all others, m^2."""
    sums = np.einsum("ij,ij->i", ones, ones)[:, None] + np.einsum("ij,ij->i", twos, twos)[None, :]
    return np.asarray(sums - 2.0 * (ones @ twos.T))


def _lon_lat(points: Floats) -> tuple[Floats, Floats]:
    """Turn points in space into longitudes and latitudes, geodetic to a few metres."""
    lons = np.degrees(np.arctan2(points[:, 1], points[:, 0]))
    flat = np.hypot(points[:, 0], points[:, 1])
    return lons, np.degrees(np.arctan2(points[:, 2], flat * (1.0 - ECCENTRICITY_SQUARED)))


def _leg(seen: Comparison, number: int, first: int, last: int) -> MeasuredLeg:
    (lon1, lat1), (lon2, lat2) = seen.track.at(first), seen.track.at(last)
    out_deg, in_deg, km = geodesy.inverse(lon1, lat1, lon2, lat2)
    stated = seen.legs[int(seen.alignment.leg[first]) - 1].stated
    return MeasuredLeg(
        number, Waypoint(str(first), lon1, lat1), Waypoint(str(last), lon2, lat2), km, out_deg, in_deg, stated
    )


def flown_land(
    view: BorderView, seen: Comparison, own: tuple[str, ...], law: LawDesk, everywhere: bool = False
) -> Land:
    """Survey what lies below and beside the flown path; pieces are numbered by the planned leg they belong to.

    Only what is near a State that is no Party is surveyed, unless ``everywhere`` is true.
    """
    legs = flown_legs(seen, view, outsiders(view, own, law), everywhere)
    of = {leg.leg.number: leg for leg in legs}
    land = survey(view, [leg.leg for leg in legs], own)
    return replace(
        land,
        pieces=tuple(replace(piece, leg=of[piece.leg].planned) for piece in land.pieces),
        near=tuple(
            replace(near, leg=of[near.leg].planned, band_km=near.band_km + of[near.leg].close_km + seen.error_km)
            for near in land.near
        ),
        sea=tuple((of[leg].planned, stretch) for leg, stretch in land.sea),
    )


def outsiders(view: BorderView, own: Iterable[str], law: LawDesk) -> tuple[str, ...]:
    """Name the States of a view that are no Parties on the day."""
    home = set(own)
    return tuple(
        code for code in states(view) if not code.startswith("X") and not law.is_party(code) and code not in home
    )


@provision(CODE)
def flown_away_from_non_parties(flight: Flight) -> Iterator[Finding]:
    """Judge the distance of the flown path from the border of every State near it that is no Party on that day."""
    findings = list(borders.away_from_non_parties(flight.context))
    squares = squares_of(flight.seen.points)
    for finding in findings:
        effect = may_raise(flight) if finding.verdict is Verdict.BREACH else None
        yield replace(finding, where=_when(flight, finding.where, squares), effect=effect)
    if not any(finding.verdict is Verdict.BREACH for finding in findings):
        yield from _hidden(flight)


def _when(flight: Flight, where: Where | None, squares: Floats) -> Where | None:
    """Add the time at which the aircraft was nearest to a place."""
    if where is None or where.lon is None or where.lat is None:
        return where
    near = nearest_to(in_space(where.lon, where.lat), flight.seen.points, squares)
    return replace(where, time_utc=flight.seen.track.time_utc(near))


def _hidden(flight: Flight) -> Iterator[Finding]:
    """Tell of each gap in which the aircraft may have come too near."""
    view, law = flight.context.view, flight.context.law
    if view is None or not flight.seen.gaps:
        return
    limit = law.planning("border_distance").number
    outside = outsiders(view, () if flight.context.land is None else flight.context.land.own, law)
    for gap in flight.seen.gaps:
        ends = (*flight.seen.track.at(gap.index), *flight.seen.track.at(gap.index + 1))
        reach_km = limit + gap.off_km
        near = leg_clearance(view, *ends, outside, reach_km) if outside else None
        if near is not None and near.distance_km - view.error_band_km < reach_km:
            why = say(
                "In the gap of the track from {start:%H:%M} to {end:%H:%M} the aircraft may have come within {limit:g} "
                "km of {state}, which is not a Party: it is {km:.1f} km from the straight way, and the aircraft may "
                "have been {off:.1f} km off that.",
                start=gap.start_utc,
                end=gap.end_utc,
                limit=limit,
                state=near.state,
                km=near.distance_km,
                off=gap.off_km,
            )
            where = Stretch(gap.index, gap.index + 1).where(flight.seen.track, name=near.state)
            yield cannot_tell(
                flight, CODE, why, (NEED_TRACK,), bearer=flight.observing, limit=limit, unit="km", where=where
            )

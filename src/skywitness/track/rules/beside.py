"""What lies below and beside the flown path: its pieces near States that are no Parties, and the land along them."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from skywitness.geo import territory
from skywitness.geo.apart import shape_of, stand_alone
from skywitness.geo.outline import ECCENTRICITY_SQUARED, outline_of
from skywitness.geo.territory import state_of, states
from skywitness.geo.view import BorderView
from skywitness.law.interpretations import OVER_TERRITORY, WHOLE_PATH
from skywitness.route.rules.claimed_lines import is_near
from skywitness.route.rules.claims import claimed_states
from skywitness.route.rules.context import Context
from skywitness.route.rules.distance import in_parts
from skywitness.route.rules.land import Land, survey
from skywitness.route.rules.measured import MeasuredLeg
from skywitness.track.comparison import Comparison, Stretch
from skywitness.track.model import Bools, Floats, Ints
from skywitness.track.pieces import cut_path, leg_of

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
    span: Stretch


@dataclass(frozen=True, slots=True)
class FlownLand:
    """What lies below and beside the flown path.

    ``legs`` are its pieces, each with the number of the planned leg it belongs to; ``land`` finds them by their place,
    counted from 1.  ``spans``: the points of the track between which the pieces lie.
    """

    legs: tuple[MeasuredLeg, ...]
    land: Land
    spans: tuple[Stretch, ...]

    def without(self, stretches: Collection[Stretch]) -> FlownLand:
        """The same without what lies in some stretches of the track."""
        out = {
            place
            for place, span in enumerate(self.spans, 1)
            if any(one.first <= span.first and span.last <= one.last for one in stretches)
        }
        land = replace(
            self.land,
            near=tuple(near for near in self.land.near if near.leg not in out),
            sea=tuple((leg, sea) for leg, sea in self.land.sea if leg not in out),
        )
        return replace(self, land=land)

    @property
    def by_planned_leg(self) -> Land:
        """The same with the numbers of the planned legs."""
        land, of = self.land, {place: leg.number for place, leg in enumerate(self.legs, 1)}
        return replace(
            land,
            pieces=tuple(replace(piece, leg=of[piece.leg]) for piece in land.pieces),
            near=tuple(replace(near, leg=of[near.leg]) for near in land.near),
            sea=tuple((of[leg], stretch) for leg, stretch in land.sea),
        )


def flown_legs(seen: Comparison, view: BorderView, outside: Sequence[str], everywhere: bool) -> tuple[FlownLeg, ...]:
    """Cut the flown path into geodesic pieces, numbered from 1 in their order; gaps are left out.

    Unless ``everywhere`` is true, only pieces near the land of ``outside`` are made.
    """
    keep = {point for one in seen.deviations for point in (one.stretch.first, one.stretch.last)}
    if everywhere:  # what is surveyed leg by leg is cut where a new leg begins
        keep |= set((np.flatnonzero(np.diff(seen.alignment.leg)) + 1).tolist())
    coarse = cut_path(seen, COARSE_M, keep)
    least_km, decides = _roughly(seen, view, outside, coarse)
    starts = np.array([first for first, _ in cut_path(seen, FINE_M, keep)] if decides.any() else [], np.int64)
    found: list[FlownLeg] = []
    for (first, last), km, nearest in zip(coarse, least_km.tolist(), decides.tolist(), strict=True):
        if not (nearest or everywhere or km <= WATERS_KM):
            continue
        close = nearest and km <= FINE_WITHIN_KM
        inner = starts[(starts > first) & (starts < last)].tolist() if close else []
        for one, two in itertools.pairwise([first, *inner, last]):
            leg = leg_of(seen, len(found) + 1, one, two)
            close_km = (FINE_M if close else COARSE_M) / 1000.0
            found.append(FlownLeg(leg, int(seen.alignment.leg[one]), close_km, Stretch(one, two)))
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


def drawn_for(view: BorderView, seen: Comparison, context: Context) -> BorderView:
    """Draw a view as the reading has it: what accepted claims count as States stands by itself near the flown path."""
    shapes = {code: shape_of(view, code) for code in claimed_states(context)}
    known = {code: shape for code, shape in shapes.items() if shape is not None}
    legs = _whole_path(seen, COARSE_M) if known else ()
    near = [code for code, shape in known.items() if is_near(shape, legs)]
    return stand_alone(view, near) if near else view


def _whole_path(seen: Comparison, close_m: float) -> tuple[MeasuredLeg, ...]:
    """Cut the whole flown path into pieces, each with the number of its planned leg."""
    return tuple(leg_of(seen, int(seen.alignment.leg[one]), one, two) for one, two in cut_path(seen, close_m))


def flown_land(view: BorderView, seen: Comparison, own: tuple[str, ...], context: Context) -> FlownLand:
    """Survey what lies below and beside the flown path.

    Only what is near a State that is no Party is surveyed, unless the way over territory counts (Annex A.III), or that
    over each member of a group (III.II.2(E)).
    """
    everywhere = context.reading.interpretation("A.III", WHOLE_PATH) != WHOLE_PATH or in_parts(context)
    legs = flown_legs(seen, view, outsiders(view, own, context), everywhere)
    of = {leg.leg.number: leg for leg in legs}
    asks_home = context.reading.interpretation("A.III", WHOLE_PATH) == OVER_TERRITORY
    land = survey(view, [leg.leg for leg in legs], own, context.reading.at, asks_home=asks_home)
    near = (replace(one, band_km=one.band_km + of[one.leg].close_km + seen.error_km) for one in land.near)
    path = tuple(replace(leg.leg, number=leg.planned) for leg in legs)
    by_boxes = any(shape_of(view, code) is None for code in claimed_states(context))
    # Where boxes stand for a place, the whole path is asked how near it comes to them.
    beside = _whole_path(seen, FINE_M) if by_boxes or view.unlined else ()
    return FlownLand((*path, *beside), replace(land, near=tuple(near)), tuple(leg.span for leg in legs))


def outsiders(view: BorderView, own: Iterable[str], context: Context) -> tuple[str, ...]:
    """Name the States of a view that are no Parties on the day, by the view or by an accepted claim."""
    home, claimed = set(own), claimed_states(context)
    return tuple(
        code
        for code in states(view)
        if code in claimed or not (code.startswith("X") or context.law.is_party(code) or code in home)
    )

"""What lies below and beside the path in a border view: whose land, whose sea, whose border how near.

Everything is measured once for a plan, leg by leg, by geodesics (:mod:`skywitness.geo.clearance`); several rules then
look at it.  A view draws land only; territorial waters (Article II, paragraph 8) are derived from it
(:mod:`skywitness.geo.seas`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skywitness.geo import territory
from skywitness.geo.clearance import Clearance, leg_clearance, point_clearance, stretches
from skywitness.geo.seas import Sea, Waters, leg_at_sea
from skywitness.geo.view import BorderView
from skywitness.route.rules.measured import MeasuredLeg

NEIGHBOUR_KM = 60.0
"""States farther than this from the path are no neighbours of it: beyond what an optical sensor may see to the side (50
km, Article IV, paragraph 2(A)) and the error of any border view."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a leg over the land of one State; ``state`` is ``None`` over the sea.

    ``depth_km``: for foreign land, how far inside it the middle of the piece is, measured to one's own land or the sea
    route there; zero for own land and sea.
    """

    leg: int
    state: str | None
    from_km: float
    to_km: float
    depth_km: float = 0.0

    @property
    def length_km(self) -> float:
        """Length of the piece."""
        return self.to_km - self.from_km


@dataclass(frozen=True, slots=True)
class Near:
    """How near a leg comes to the land of a State, and how well that border is known (half width, km)."""

    leg: int
    state: str
    clearance: Clearance
    band_km: float


@dataclass(frozen=True, slots=True)
class Land:
    """What lies below and beside a path.  ``own`` are the States that may be overflown.

    ``sea`` holds the stretches over the sea with the number of their leg, and whose waters they are.
    """

    own: tuple[str, ...]
    pieces: tuple[Piece, ...]
    near: tuple[Near, ...]
    sea: tuple[tuple[int, Sea], ...]
    band_km: float

    def nearest(self, state: str) -> Near:
        """Return the leg that comes nearest to a State."""
        return min((near for near in self.near if near.state == state), key=lambda near: near.clearance.distance_km)

    @property
    def neighbours(self) -> tuple[str, ...]:
        """Name the States near the path, in the order of their codes."""
        return tuple(sorted({near.state for near in self.near}))


def survey(
    view: BorderView,
    legs: Sequence[MeasuredLeg],
    own: Iterable[str],
    day: dt.date | None = None,
    *,
    asks_home: bool = True,
) -> Land:
    """Measure what lies below and beside a path on a day; ``asks_home``: one's own waters too, which takes longer."""
    home = tuple(dict.fromkeys(own))
    known = tuple(code for code in home if _in_view(view, code))
    foreign = tuple(state for state in territory.states(view) if state not in home)
    pieces = tuple(piece for leg in legs for piece in pieces_below(view, leg, known))
    near = tuple(found for leg in legs for found in _near(view, leg, foreign))
    wet = {piece.leg for piece in pieces if piece.state is None}
    waters = Waters.of(view, known, day, asks_home=asks_home) if wet else None
    sea = tuple(
        (leg.number, stretch)
        for leg in legs
        if waters is not None and leg.number in wet
        for stretch in leg_at_sea(view, waters, *leg.start_at, *leg.end_at)
    )
    return Land(home, pieces, near, sea, _band(view, known))


def _in_view(view: BorderView, code: str) -> bool:
    return code in view.lands or any(territory.state_of(area) == code for area in view.lands)


def _band(view: BorderView, states: Iterable[str]) -> float:
    """How far the lines round these States may be from the true ones, the worst of them."""
    codes = tuple(states)
    return view.band_km(territory.areas_of(view, codes)) if codes else view.error_band_km


def pieces_below(view: BorderView, leg: MeasuredLeg, own: tuple[str, ...]) -> list[Piece]:
    """Part a leg by whose land it runs over."""
    found = []
    for stretch in stretches(view, *leg.start_at, *leg.end_at):
        foreign = stretch.state is not None and stretch.state not in own
        middle = leg.at_km((stretch.from_km + stretch.to_km) / 2.0)
        depth_km = point_depth_km(view, *middle, own) if foreign else 0.0
        found.append(Piece(leg.number, stretch.state, stretch.from_km, stretch.to_km, depth_km))
    return found


def point_depth_km(view: BorderView, lon: float, lat: float, own: Iterable[str]) -> float:
    """Measure how far a position is from one's own land, up to ``NEIGHBOUR_KM``."""
    known = [code for code in own if _in_view(view, code)]
    clearance = point_clearance(view, lon, lat, known, NEIGHBOUR_KM) if known else None
    return NEIGHBOUR_KM if clearance is None else clearance.distance_km


def _near(view: BorderView, leg: MeasuredLeg, foreign: tuple[str, ...]) -> list[Near]:
    """Find every foreign State near a leg, the nearest first: each is left out once it is found."""
    found: list[Near] = []
    left = list(foreign)
    while left:
        clearance = leg_clearance(view, *leg.start_at, *leg.end_at, left, NEIGHBOUR_KM)
        if clearance is None:
            break
        found.append(Near(leg.number, clearance.state, clearance, _band(view, (clearance.state,))))
        left = [code for code in left if code != clearance.state]
    return found

"""What a flight sees across its track: strips beside it, from one sensor or several, at one height or several.

A strip reaches from one distance across the track to another, in km, to the left negative and to the right positive.  A
vertical camera or a line scanner sees ``[-w, w]``, an oblique camera or a radar a strip to a side and nothing below.
Kinds of sensors are those of Article IV, paragraph 1; a radar looks to either side, though not to both at once
(paragraph 2(D)), so that its side is chosen leg by leg.  A *mode* is one way to fly a leg: at one height, with some
sensors, a radar to one side.  A *view* is all modes among which each leg may choose.

On which strips a site counts depends on what is asked for it: kinds of sensors, a ground resolution, the base of the
clouds.  Radar sees through clouds; whatever else there is does not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from skywitness.core.geodesy import MEAN_RADIUS_M
from skywitness.law.category import Category, limit_subject
from skywitness.route.model import SeenStrip, Site

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]

MOST_MODES = 24
"""Ways to fly a leg among which the search chooses: heights times sides of a radar."""

_SAME_KM = 1e-9


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip across the track, km, left negative; by which sensor, of which category, how fine (``None``: unknown)."""

    from_km: float
    to_km: float
    sensor: str = ""
    category: str = Category.OPTICAL
    ground_resolution_m: float | None = None

    def mirrored(self) -> Strip:
        """Give the strip on the other side."""
        return Strip(-self.to_km, -self.from_km, self.sensor, self.category, self.ground_resolution_m)


@dataclass(frozen=True, slots=True)
class Mode:
    """One way to fly a leg: a height above the highest ground under it, and the strips that are seen from there."""

    height_m_agl: float
    strips: tuple[Strip, ...]

    @property
    def sensors(self) -> tuple[str, ...]:
        """The sensors that operate."""
        return tuple(dict.fromkeys(strip.sensor for strip in self.strips))

    @property
    def seen(self) -> tuple[SeenStrip, ...]:
        """The strips as a leg of a plan names them."""
        return tuple(SeenStrip(strip.sensor, strip.from_km, strip.to_km) for strip in self.strips)

    def mirrored(self) -> Mode:
        """Give the same mode flown the other way round."""
        return Mode(self.height_m_agl, tuple(strip.mirrored() for strip in self.strips))

    def serving(self, site: Site) -> tuple[tuple[float, float], ...]:
        """List the stretches across the track on which a site counts, parted and in order."""
        return joined((s.from_km, s.to_km) for s in self.strips if _serves(s, self.height_m_agl, site))


@dataclass(frozen=True, slots=True)
class View:
    """All ways to fly a leg; the first is preferred among equal ones."""

    modes: tuple[Mode, ...]

    @property
    def reach_km(self) -> float:
        """How far aside the widest strip reaches: no site is seen from farther."""
        return max((max(abs(s.from_km), abs(s.to_km)) for mode in self.modes for s in mode.strips), default=0.0)

    @property
    def breadth_km(self) -> float:
        """How broad the broadest strip is."""
        return max(s.to_km - s.from_km for s in self._strips())

    @property
    def both_ways(self) -> bool:
        """Tell whether a leg sees the same when it is flown the other way round, for whatever is asked of a site."""
        ways = {_as_set(mode) for mode in self.modes}
        return all(_as_set(mode.mirrored()) in ways for mode in self.modes)

    @property
    def plain(self) -> bool:
        """Tell whether there is one way to fly, which sees as far to the left as to the right and all between."""
        return len(self.modes) == 1 and len(self.modes[0].strips) == 1 and self.both_ways and self.below_km > 0.0

    def asides_km(self) -> tuple[float, ...]:
        """Tell at which distances to the side the middle of a strip lies that does not see the ground below."""
        middles = {round(abs(s.from_km + s.to_km) / 2.0, 6) for s in self._strips() if not s.from_km <= 0.0 <= s.to_km}
        return tuple(sorted(middles))

    @property
    def below_km(self) -> float:
        """How far to either side of the ground below is seen at least; 0 where that is not seen."""
        return max((min(-s.from_km, s.to_km) for s in self._strips() if s.from_km <= 0.0 <= s.to_km), default=0.0)

    def serves(self, site: Site) -> bool:
        """Tell whether there is any way to see a site as it is asked for."""
        return any(mode.serving(site) for mode in self.modes)

    def _strips(self) -> Iterable[Strip]:
        return (strip for mode in self.modes for strip in mode.strips)


def below(half_swath_km: float) -> View:
    """See as far to the left as to the right and all between, whatever is asked of a site."""
    return View((Mode(0.0, (Strip(-half_swath_km, half_swath_km),)),))


def asks(site: Site) -> bool:
    """Tell whether anything is asked of how a site is seen."""
    return bool(site.sensors) or site.cloud_base_m_agl is not None or site.ground_resolution_m is not None


def _as_set(mode: Mode) -> tuple[float, frozenset[tuple[object, ...]]]:
    """Make modes comparable whatever the order of their strips; a sensor's name does not matter to what is seen."""
    return mode.height_m_agl, frozenset(
        (round(s.from_km, 9), round(s.to_km, 9), limit_subject(s.category), s.ground_resolution_m) for s in mode.strips
    )


def _serves(strip: Strip, height_m_agl: float, site: Site) -> bool:
    """Tell whether what a strip shows of a site is what is asked for."""
    kind = limit_subject(strip.category)
    if site.sensors and kind not in site.sensors:
        return False
    if site.cloud_base_m_agl is not None and kind != Category.SAR and height_m_agl > site.cloud_base_m_agl:
        return False
    asked_m, resolved_m = site.ground_resolution_m, strip.ground_resolution_m
    return asked_m is None or (resolved_m is not None and resolved_m <= asked_m * (1.0 + 1e-9))


def joined(stretches: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Join stretches that overlap or touch."""
    made: list[tuple[float, float]] = []
    for low, high in sorted(stretches):
        if made and low <= made[-1][1] + _SAME_KM:
            made[-1] = (made[-1][0], max(made[-1][1], high))
        else:
            made.append((low, high))
    return tuple(made)


def ground_km(height_m_agl: float, off_nadir_deg: float) -> float | None:
    """Tell how far aside the line of sight at an angle from the vertical meets the ground; ``None``: not at all.

    On a sphere: ``R (asin((R + h) / R * sin(angle)) - angle)``.  The mean radius differs from the true one by 0.5 % at
    most, which shifts an edge at 50 km seen from 10 km by less than 10 m.
    """
    angle = math.radians(off_nadir_deg)
    sine = (MEAN_RADIUS_M + height_m_agl) / MEAN_RADIUS_M * math.sin(angle)
    return None if sine >= 1.0 else MEAN_RADIUS_M / 1000.0 * (math.asin(sine) - angle)


@dataclass(frozen=True, slots=True, eq=False)
class StripTable:
    """A view as arrays: ``row`` has mode, kind of site, and a stretch across the track in metres, left negative.

    ``site_kind`` says of each site which kind it is: sites of one kind count on the same strips.
    """

    modes: int
    kinds: int
    row: Floats  # [k, 4]
    site_kind: Longs
    both_ways: bool
    slack_m: float


def table(view: View, sites: Sequence[Site], share: float = 1.0) -> StripTable:
    """Lay a view out for a search; ``share`` < 1 narrows each strip by so much of the reach, at both edges."""
    number: dict[tuple[tuple[tuple[float, float], ...], ...], int] = {}
    wanted: dict[tuple[object, ...], int] = {}
    kinds = np.zeros(len(sites), np.int64)
    for at, site in enumerate(sites):
        asked = (site.sensors, site.cloud_base_m_agl, site.ground_resolution_m)
        if asked not in wanted:
            wanted[asked] = number.setdefault(tuple(mode.serving(site) for mode in view.modes), len(number))
        kinds[at] = wanted[asked]
    less_km = (1.0 - share) * view.reach_km
    rows = [
        (mode, kind, 1000.0 * (low + less_km), 1000.0 * (high - less_km))
        for stretches, kind in number.items()
        for mode, own in enumerate(stretches)
        for low, high in own
    ]
    return StripTable(
        len(view.modes),
        max(len(number), 1),
        np.array(rows, np.float64).reshape(-1, 4),
        kinds,
        view.both_ways,
        500.0 * view.breadth_km,
    )

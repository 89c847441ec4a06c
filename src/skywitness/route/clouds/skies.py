"""Skies over the sites of a flight: drawn from their chances, or told by somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from skywitness.route.clouds.asked import Clouds
from skywitness.route.clouds.field import Places, draw_skies
from skywitness.route.clouds.figures import Figures, figures
from skywitness.route.model import Site

Floats = npt.NDArray[np.float64]

PLANNED_FOR: Final = 1000
"""Skies that a cautious search plans for."""

JUDGED_BY: Final = 4000
"""Skies that a plan is judged by: others than it was planned for."""

_PLANNING, _JUDGING = 71, 72
"""Streams of random numbers; with the seed they begin the skies planned for and those judged by."""


@dataclass(frozen=True, slots=True)
class Skies:
    """How clear each sky is over each site, 0 to 1 (a row for each sky), and what each sky weighs, 1 in all."""

    clear: npt.NDArray[np.float32]
    weight: Floats

    def seen(self, values: Floats) -> Floats:
        """The value seen under each sky of sites that a flight observes, ``values`` one for each site."""
        return np.asarray(self.clear @ values, dtype=np.float64)

    def figures(self, values: Floats, share: float) -> Figures:
        """Work out mean and worst of what a flight sees."""
        return figures(self.seen(values), self.weight, share)


def to_plan_for(sites: Sequence[Site], clouds: Clouds, seed: int) -> Skies:
    """The skies that a cautious search plans for."""
    return _skies(sites, clouds, PLANNED_FOR, _PLANNING, seed)


def to_judge_by(sites: Sequence[Site], clouds: Clouds, seed: int) -> Skies:
    """The skies that a plan is judged by."""
    return _skies(sites, clouds, JUDGED_BY, _JUDGING, seed)


def _skies(sites: Sequence[Site], clouds: Clouds, count: int, stream: int, seed: int) -> Skies:
    if clouds.told is not None:
        return Skies(clouds.told.over(sites), clouds.told.weight)
    places = Places(
        np.array([site.lon for site in sites], dtype=np.float64),
        np.array([site.lat for site in sites], dtype=np.float64),
        np.array([site.chance for site in sites], dtype=np.float64),
    )
    clear = draw_skies(places, clouds.correlation_km, count, (stream, seed))
    return Skies(clear.astype(np.float32), np.full(count, 1.0 / count))

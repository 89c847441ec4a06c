"""How near the path comes to the territorial waters of a State, its border at sea (Article II, paragraph 8)."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np

from skywitness.core.finding import Verdict
from skywitness.core.text import Text, say
from skywitness.geo.baselines import CLOSING_KM, radius_km
from skywitness.geo.breadths import BREADTH_KM
from skywitness.geo.limits import Limit, closings_near, waters_near
from skywitness.geo.seas import STEP_KM
from skywitness.geo.view import BorderView
from skywitness.route.rules.context import Context
from skywitness.route.rules.land import Near
from skywitness.route.rules.measured import MeasuredLeg


@dataclass(frozen=True, slots=True)
class NearWaters:
    """How near a leg comes to the waters of a State: as derived, and at least and at most.

    ``by_baseline``: as derived they are far enough, but a baseline of the State may bring them nearer.
    """

    leg: int
    least_km: float
    km: float
    most_km: float
    band_km: float
    lon: float
    lat: float
    by_baseline: bool = False

    @property
    def uncertainty_km(self) -> float:
        """How far the distance may be wrong, to the side where it may be wrong by more."""
        above = self.most_km - self.km if math.isfinite(self.most_km) else self.band_km
        return max(self.km - self.least_km, above, self.band_km)

    def verdict(self, limit_km: float) -> Verdict:
        """Judge whether the path keeps a distance."""
        if self.most_km < limit_km:
            return Verdict.BREACH
        return Verdict.OK if self.least_km >= limit_km and not self.by_baseline else Verdict.CANNOT_TELL


def nearest_waters(context: Context, state: str, limit_km: float) -> NearWaters | None:
    """Measure how near the path comes to the waters of a State; ``None``: not so near, whatever is wrong."""
    if context.view is None or context.land is None:
        return None
    near = [one for one in context.land.near if one.state == state]
    found = [_near(context.view, one, context.legs[one.leg - 1], limit_km, context.reading.at) for one in near]
    known = [one for one in found if one is not None]
    if known:
        return min(known, key=lambda one: (one.most_km, one.km, one.least_km))
    closings = (_by_baseline(context, context.view, one, limit_km) for one in near)
    return next((one for one in closings if one is not None), None)


def _near(view: BorderView, near: Near, leg: MeasuredLeg, limit_km: float, day: dt.date) -> NearWaters | None:
    """Measure how near one leg comes."""
    if near.clearance.distance_km > BREADTH_KM + near.band_km + limit_km:
        return None
    found: Limit | None = waters_near(view, near.state, *leg.start_at, *leg.end_at, limit_km, day)
    if found is None:
        return None
    return NearWaters(leg.number, found.least_km, found.km, found.most_km, near.band_km, found.lon, found.lat)


def _by_baseline(context: Context, view: BorderView, near: Near, limit_km: float) -> NearWaters | None:
    """Look for a place over the sea where a baseline may bring the waters too near."""
    within_km = limit_km + near.band_km
    if context.land is None or near.clearance.distance_km > radius_km(BREADTH_KM + within_km):
        return None
    leg = context.legs[near.leg - 1]
    at_sea = [sea for number, sea in context.land.sea if number == near.leg]
    kms = [np.arange(sea.from_km, sea.to_km + STEP_KM, STEP_KM).clip(max=sea.to_km) for sea in at_sea]
    if not kms:
        return None
    lons, lats = np.array([leg.at_km(float(km)) for km in np.concatenate(kms)]).T
    found = closings_near(view, near.state, lons, lats, within_km)
    if found is None:
        return None
    return NearWaters(leg.number, 0.0, math.inf, math.inf, near.band_km, *found, by_baseline=True)


def limits_words(state: str, waters: NearWaters, limit_km: float) -> Text:
    """Say how near the path comes to the limit of a State's waters, and what that rests on."""
    words = {"leg": waters.leg, "state": state, "limit": limit_km, "breadth": BREADTH_KM, "band": waters.band_km}
    if waters.by_baseline:
        return say(
            "Leg {leg} keeps {limit:g} km from the territorial waters of {state}, which is not a Party, as they are "
            "derived from the coast ({breadth:.1f} km, 12 nautical miles, or the median line); a baseline of up to "
            "{closing:.1f} km (24 nautical miles) across a bay or between islands may bring them nearer.",
            closing=CLOSING_KM,
            **words,
        )
    if not math.isfinite(waters.km):
        return say(
            "Leg {leg} keeps {limit:g} km from the territorial waters of {state}, which is not a Party, as they are "
            "derived from the coast ({breadth:.1f} km, 12 nautical miles, or the median line), but less than the "
            "{band:g} km within which coasts are known to spare.",
            **words,
        )
    return say(
        "Leg {leg} comes within {km:.1f} km of the territorial waters of {state}, which is not a Party; at least "
        "{limit:g} km are required. Their limit is derived from the coast: {breadth:.1f} km (12 nautical miles) out, "
        "or the median line. Coasts are known within {band:g} km; baselines and lines that States agreed on are not.",
        km=waters.km,
        **words,
    )

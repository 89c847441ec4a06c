"""Holding plans beside one another: what both observe, what one gains and loses, where each goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from skywitness.core import geodesy
from skywitness.core.text import Text, say, verbatim
from skywitness.route.model import Plan, Site

_POINTS = (
    say("north"),
    say("north-east"),
    say("east"),
    say("south-east"),
    say("south"),
    say("south-west"),
    say("west"),
    say("north-west"),
)

NEAR_KM = 150.0
"""A route whose sites lie about the airfield on the whole has no direction."""

_MOST_NAMED = 3

Place = tuple[float, float]


def seen(plan: Plan) -> Mapping[Place, Site]:
    """The sites a plan observes, by their places: names and values may change between two plans."""
    return MappingProxyType({(site.lon, site.lat): site for site in (plan.sites[i] for i in plan.observed_sites)})


def shared_share(one: Plan, other: Plan) -> float:
    """Tell what share of the poorer one's observed value two plans have in common, 0 to 1, by its values."""
    poorer, richer = sorted((one, other), key=lambda plan: plan.score)
    if poorer.score <= 0.0:
        return 0.0
    both = seen(richer).keys()
    return sum(site.value for place, site in seen(poorer).items() if place in both) / poorer.score


def shared_table(plans: Sequence[Plan]) -> tuple[tuple[float, ...], ...]:
    """The shares for every pair of plans; 1 on the diagonal."""
    return tuple(tuple(1.0 if a is b else shared_share(a, b) for b in plans) for a in plans)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changes from a plan to the one that takes its place.

    ``gained`` and ``lost`` are sites, the most valuable first, with the values of the plan that observes them.  Values
    are those each plan counts, ``*_expected`` the same under the chances of a clear sky; ``*_km`` lengths.
    """

    before_value: float
    after_value: float
    before_km: float
    after_km: float
    gained: tuple[Site, ...]
    lost: tuple[Site, ...]
    kept: int
    before_expected: float
    after_expected: float

    @property
    def value_change(self) -> float:
        """What is gained in value; negative when it is lost."""
        return self.after_value - self.before_value

    @property
    def clouded(self) -> bool:
        """Tell whether clouds take anything from either plan."""
        return (self.before_expected, self.after_expected) != (self.before_value, self.after_value)

    @property
    def km_change(self) -> float:
        """How much longer the route is, in km."""
        return self.after_km - self.before_km


def compare(before: Plan, after: Plan) -> Comparison:
    """Hold a plan beside the one that takes its place."""
    old, new = seen(before), seen(after)
    return Comparison(
        before.score,
        after.score,
        before.distance_km,
        after.distance_km,
        _ranked(site for place, site in new.items() if place not in old),
        _ranked(site for place, site in old.items() if place not in new),
        sum(place in new for place in old),
        before.expected_score,
        after.expected_score,
    )


def _ranked(sites: Iterable[Site]) -> tuple[Site, ...]:
    return tuple(sorted(sites, key=lambda site: (-site.value, site.name)))


def only_in(plan: Plan, others: Iterable[Plan]) -> tuple[Site, ...]:
    """The sites that a plan alone observes, the most valuable first."""
    known = {place for other in others for place in seen(other)}
    return _ranked(site for place, site in seen(plan).items() if place not in known)


def region(plan: Plan) -> Text:
    """Say where a route goes: the direction in which the value lies that it observes, and how far out it comes."""
    home = plan.waypoints[0]
    lons, lats = (np.array([getattr(point, axis) for point in plan.waypoints]) for axis in ("lon", "lat"))
    farthest_km = float(geodesy.distances_km(home.lon, home.lat, lons, lats).max())
    sites = list(seen(plan).values())
    if not sites:
        return say("nowhere in particular, up to {km:.0f} km out", km=farthest_km)
    weights = np.array([site.value for site in sites])
    vectors = geodesy.unit_vectors(np.array([site.lon for site in sites]), np.array([site.lat for site in sites]))
    middle = (vectors * weights[:, None]).sum(axis=0)
    lon, lat = np.degrees(np.arctan2(middle[1], middle[0])), np.degrees(np.arctan2(middle[2], np.hypot(*middle[:2])))
    course_deg, _, away_km = geodesy.inverse(home.lon, home.lat, float(lon), float(lat))
    if away_km < NEAR_KM:
        return say("around {airfield}, up to {km:.0f} km out", airfield=home.ident, km=farthest_km)
    point = _POINTS[round(course_deg / 45.0) % 8]
    return say(
        "to the {direction} of {airfield}, up to {km:.0f} km out", direction=point, airfield=home.ident, km=farthest_km
    )


def named(sites: Sequence[Site], most: int = _MOST_NAMED) -> Text:
    """Name the first sites and count the rest; a dash when there is none."""
    if not sites:
        return say("none")
    first = ", ".join(site.name for site in sites[:most])
    more = len(sites) - most
    return say("{first} and {more} more", first=first, more=more) if more > 0 else verbatim(first)

"""Where the places are that the facts name, and whether two names are of one place."""

from __future__ import annotations

from skywitness.core.geodesy import Position
from skywitness.route.rules.context import Context
from skywitness.route.rules.told_sites import canonical

__all__ = ["place_of", "same_place"]


def place_of(context: Context, ident: str | None) -> Position | None:
    """Find where a place lies: by the public data and the facts, else where the plan has a waypoint of that name."""
    if ident is None:
        return None
    site = context.law.site(ident)
    if site is not None and site.lon is not None:
        return site.position
    points = (point for point in context.plan.waypoints if canonical(point.ident) == canonical(ident))
    return next(((point.lon, point.lat) for point in points), None)


def same_place(one: str, two: str) -> bool:
    """Tell whether two codes are of one place, by whatever name."""
    return canonical(one) == canonical(two)

"""Who is on which side of a flight, and where the places named are: small questions that the rules share."""

from __future__ import annotations

from collections.abc import Iterable

from skywitness.core.geodesy import Position
from skywitness.core.text import Text
from skywitness.route.rules.context import Context
from skywitness.route.rules.told_sites import canonical

__all__ = ["is_observed", "is_observing", "needed", "place_of", "same_place"]


def is_observing(context: Context, code: str | None) -> bool:
    """Tell whether a code is that of the observing Party, of a member of it, or of the group it is a member of."""
    return code is not None and code in _codes(context, context.plan.observing)


def is_observed(context: Context, code: str | None) -> bool:
    """Tell the same of the observed Party."""
    return code is not None and code in _codes(context, context.plan.observed)


def _codes(context: Context, party: str) -> set[str]:
    law = context.law
    return {party, law.acts_as(party), *law.members(party)}


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


def needed(pairs: Iterable[tuple[object, Text]]) -> tuple[Text, ...]:
    """List what is asked for where nothing is known: pairs of a value and the words for it."""
    return tuple(words for value, words in pairs if value is None)

"""The strip along borders with States that are not Parties, where no flight path may lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skywitness.core.errors import InputError
from skywitness.route.exports.land import Territory
from skywitness.route.model import Plan

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Strip:
    """What of the observed territory lies within ``width_km`` of a State that is not a Party, in km on the map."""

    area: BaseGeometry
    width_km: float


def strip(plan: Plan, territories: Iterable[Territory], observed: frozenset[str]) -> Strip | None:
    """Lay the strip on the observed territory, in the plane of the map: a hint for the eye, not a measurement.

    Its width, and who is a Party, are those of the day of the reading (Article VI, Section II, paragraph 2).  ``None``
    when no such territory is near, when nothing is in force on the day, and when the law of the plan is not at hand.
    """
    import shapely

    from skywitness.geo.territory import state_of
    from skywitness.law.instrument import load
    from skywitness.law.parties import parties_on
    from skywitness.law.planning import planning_value

    day, known, seen = plan.reading.at, plan.reading.known, list(territories)
    try:
        law = load(plan.instrument)
        width_km = planning_value("border_distance", day, known, instrument=law).number
    except InputError:
        return None
    parties = parties_on(day, known, instrument=law)
    inside = shapely.union_all([one.area for one in seen if one.code in observed])
    others = [one.area for one in seen if one.code not in observed and state_of(one.code) not in parties]
    near = shapely.union_all(others).buffer(width_km).intersection(inside)
    return None if near.is_empty else Strip(near, width_km)

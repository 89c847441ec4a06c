"""The strip along borders with States that are not Parties, where no flight path may lie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from skywitness.core.errors import SkywitnessError
from skywitness.core.reading import Reading
from skywitness.route.exports.land import Territory

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

STRIP_KM = 10.0
"""Article VI, Section II, paragraph 2: ten kilometres."""


def not_parties(instrument: str, reading: Reading, areas: Iterable[str]) -> frozenset[str] | None:
    """Tell which areas belong to States that are not Parties on the day; ``None`` when the law is not at hand."""
    from skywitness.geo.territory import state_of
    from skywitness.law.instrument import load
    from skywitness.law.party import Standing

    try:
        law = load(instrument)
    except SkywitnessError:
        return None
    begins = law.heading.entry_into_force
    parties = {
        code
        for code, party in law.parties.items()
        if party.status_on(reading.at, begins, reading.known).status is Standing.PARTY
    }
    return frozenset(area for area in areas if state_of(area) not in parties)


def strip(territories: Iterable[Territory], observed: frozenset[str], strangers: frozenset[str]) -> BaseGeometry | None:
    """Lay the strip on the observed territory, in the plane of the map: a hint for the eye, not a measurement."""
    import shapely

    seen = list(territories)
    inside = shapely.union_all([one.area for one in seen if one.code in observed])
    others = [one.area for one in seen if one.code in strangers and one.code not in observed]
    if inside.is_empty or not others:
        return None
    near = shapely.union_all(others).buffer(STRIP_KM).intersection(inside)
    return None if near.is_empty else near

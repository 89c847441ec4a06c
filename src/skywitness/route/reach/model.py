"""What the question of reach is answered with: the worst placed point of a portion, and what its verdict rests on."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from skywitness.core.finding import Finding, UsedValue, Verdict
from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH, Catalogue
from skywitness.geo.joined_land import JoinedLand
from skywitness.geo.portions import Portion
from skywitness.route.reach.airfields import Field

SPECIAL, OWN_DISTANCE = "OS:E.5(B)(2)", "OS:E.5(B)(3)"
EXCUSING = (SPECIAL, OWN_DISTANCE)
"""The ways of Annex E, paragraph 5 for a separated portion that is not within the share."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the law of the day says: the share of a distance within which every point is to lie, and how much separated
    a portion may be before special procedures are open to a Party (Annex E, paragraph 5), each as a finding cites it.
    """

    share: float
    separated_km: float
    share_used: tuple[UsedValue, ...] = ()
    separated_used: tuple[UsedValue, ...] = ()


class Apart(enum.StrEnum):
    """Whether a portion is separated by less or more than the law says, as far as that can be told."""

    LESS = "less"
    MORE = "more"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Worst:
    """The worst placed point: where, from which airfield it is within the least part of its 35 per cent.

    ``uncertainty_km`` is how far the point may truly lie from there.  ``maximum_km`` is the maximum flight distance of
    the airfield and ``limit_km`` 35 per cent of it; ``least_ratio`` and ``most_ratio`` bound the ratio.  ``at_sea``: it
    lies in the waters.  ``used`` are the entries of the law behind the distance.  ``beside``: the land next to it,
    where that belongs to the mainland only because waters join it.
    """

    lon: float
    lat: float
    at_sea: bool
    airfield: Field
    distance_km: float
    uncertainty_km: float
    maximum_km: float
    limit_km: float
    ratio: float
    least_ratio: float
    most_ratio: float
    nearest: Field
    nearest_km: float
    used: tuple[UsedValue, ...]
    beside: JoinedLand | None = None

    @property
    def verdict(self) -> Verdict:
        """Judge the point against the 35 per cent."""
        if self.least_ratio > 1.0:
            return Verdict.BREACH
        return Verdict.OK if self.most_ratio <= 1.0 else Verdict.CANNOT_TELL

    def to_json(self) -> dict[str, Any]:
        """Write the figures."""
        return {
            "farthest": {"lon": round(self.lon, 5), "lat": round(self.lat, 5)},
            "in_waters": self.at_sea,
            "airfield": self.airfield.ident,
            "distance_km": round(self.distance_km, 3),
            "uncertainty_km": round(self.uncertainty_km, 2),
            "limit_km": round(self.limit_km, 3),
            "maximum_km": self.maximum_km,
            "ratio": round(self.ratio, 5),
            "joined_land": self._joined_land(),
        }

    def _joined_land(self) -> dict[str, Any] | None:
        land = self.beside
        if land is None:
            return None
        return {"name": land.name, "lon": round(land.lon, 5), "lat": round(land.lat, 5), "km": round(land.km, 3)}


@dataclass(frozen=True, slots=True)
class Separation:
    """How far a portion lies from the mainland, coast to coast, and how well that is known."""

    km: float
    uncertainty_km: float

    def apart(self, limit_km: float) -> Apart:
        """Compare it with a limit."""
        if self.km + self.uncertainty_km < limit_km:
            return Apart.LESS
        return Apart.MORE if self.km - self.uncertainty_km > limit_km else Apart.CANNOT_TELL


@dataclass(frozen=True, slots=True)
class Case:
    """A portion of a Party's territory under one set of distances that may hold: what the rules of reach look at.

    ``worst``: by the plain distances, ``None`` when no airfield with a distance is known; ``on_land``: the same on land
    alone.  ``separate`` and ``separate_on_land``: by the distances that Annex A has for this portion (``qualifier``).
    ``unmeasured`` are airfields that were in use with a distance no source gives; ``refuelling`` are refuelling
    airfields on the portion; ``chosen`` maps airfields whose distance is open to the candidate taken.  ``reaches``
    pairs the airfields with 35 per cent of their plain distances in km, ``separate_reaches`` those with separate ones.
    """

    party: str
    portion: Portion
    reading: Reading
    terms: Terms
    separation: Separation | None
    worst: Worst | None
    on_land: Worst | None
    separate: Worst | None = None
    separate_on_land: Worst | None = None
    qualifier: str = ""
    unmeasured: tuple[str, ...] = ()
    refuelling: tuple[str, ...] = ()
    chosen: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    closed: tuple[str, ...] = ()
    reaches: tuple[tuple[Field, float], ...] = ()
    separate_reaches: tuple[tuple[Field, float], ...] = ()

    @property
    def apart(self) -> Apart:
        """Tell whether the portion is separated by more than the law says."""
        return Apart.CANNOT_TELL if self.separation is None else self.separation.apart(self.terms.separated_km)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the answer: a case, the finding about it, and the points that are shown for it.

    ``assumed`` lists, for each airfield whose distance is open and on which this line depends, the candidates it holds
    for.
    """

    case: Case
    finding: Finding
    worst: Worst | None
    on_land: Worst | None
    assumed: Mapping[str, tuple[float, ...]]

    @property
    def is_excused(self) -> bool:
        """Tell whether the portion is as the paragraph wants it although it is not within the share: (B)(2), (B)(3)."""
        return self.finding.verdict is Verdict.OK and self.finding.provision in EXCUSING

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write as the interface has it; a portion without any airfield in reach of the law has nulls."""
        case, shown = self.case, self.worst
        found = shown.to_json() if shown else dict.fromkeys(_FIGURES)
        land = self.on_land
        return {
            "party": case.party,
            "portion": case.portion.name,
            "separation_km": round(case.separation.km, 2) if case.separation else 0.0,
            "separation_uncertainty_km": case.separation.uncertainty_km if case.separation else 0.0,
            **found,
            "verdict": self.finding.verdict.value,
            "provision": self.finding.provision,
            "nearest": {"airfield": shown.nearest.ident, "distance_km": round(shown.nearest_km, 3)} if shown else None,
            "on_land": {**land.to_json(), "verdict": land.verdict.value} if land else None,
            "annex_a": case.qualifier if shown is not None and shown is case.separate else "",
            "assumed": {ident: list(kms) for ident, kms in self.assumed.items()},
            "airfields_without_distance": list(case.unmeasured),
            "airfields_closed": list(case.closed),
            "refuelling_airfields": list(case.refuelling),
            "includes": list(case.portion.includes),
            "pieces_of_land": len(case.portion.pieces),
            "why": self.finding.why.render(catalogue),
            "finding": self.finding.to_json(catalogue),
        }


_FIGURES = (
    "farthest",
    "in_waters",
    "airfield",
    "distance_km",
    "uncertainty_km",
    "limit_km",
    "maximum_km",
    "ratio",
    "joined_land",
)

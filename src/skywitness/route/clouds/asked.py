"""What somebody asks of a plan about clouds, and how the plan keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from skywitness.route.clouds.told import Told
from skywitness.route.model import Plan

KEY: Final = "clouds"
"""Where ``Plan.planner`` keeps it."""

EXPECTED, FULL, CAUTIOUS = "expected_value", "full_value", "cautious"
"""What a search weighed sites by: value times chance, the value alone, what is clear in the worst skies."""

CORRELATION_KM: Final = 400.0
"""Over so many km the correlation of cloud falls to 1/e where nobody says otherwise: an assumption.

That it falls as an exponential of the distance was observed between weather stations (P. A. Jones, Cloud-cover
distributions and correlations, Journal of Applied Meteorology 31, 1992, 732-741); the length differs from place to
place and from season to season, and is of the size of a weather system, some hundreds of km.
"""

SHARE: Final = 0.1
"""The share of the worst skies that is told of where nobody says otherwise."""

FARTHEST_KM: Final = 100_000.0


@dataclass(frozen=True, slots=True)
class Clouds:
    """How chances of a clear sky are taken.

    ``ignore``: as if the sky were clear everywhere.  ``cautious``: plan for this share of the worst skies, not for the
    mean.  ``correlation_km``: over this distance the correlation of cloud falls to 1/e; 0: every site has its own
    weather.  ``told``: skies that somebody has told, in the place of skies drawn from the chances.
    """

    ignore: bool = False
    cautious: float | None = None
    correlation_km: float = CORRELATION_KM
    told: Told | None = None

    @property
    def share(self) -> float:
        """The share of the worst skies that is told of."""
        return SHARE if self.cautious is None else self.cautious

    @property
    def weighed(self) -> str:
        """What the search weighs sites by."""
        if self.ignore:
            return FULL
        return EXPECTED if self.cautious is None else CAUTIOUS


def kept(plan: Plan) -> Mapping[str, Any]:
    """What a plan keeps about clouds; nothing when it was made without."""
    found = plan.planner.get(KEY)
    return found if isinstance(found, Mapping) else {}


def of_plan(plan: Plan) -> Clouds:
    """How the plan made again takes its chances: as before, but for the mean where it was made for the worst skies."""
    found = kept(plan)
    return Clouds(ignore=found.get("weighed") == FULL, correlation_km=_length_km(found.get("correlation_km")))


def _length_km(told: Any) -> float:
    """Read the length that a plan keeps; a plan may be edited by hand."""
    if not isinstance(told, int | float) or isinstance(told, bool):
        return CORRELATION_KM
    return float(told) if 0.0 <= told <= FARTHEST_KM else CORRELATION_KM

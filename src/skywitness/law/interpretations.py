"""Provisions whose text can be understood in several ways, and the names of the ways.

All names there are stand here, and every reader of readings takes them from here.  A reading chooses by them; what it
leaves open is understood in the first way.  For the path of a flight that is the strictest.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = [
    "ANY_CROSSING",
    "EQUAL_NUMBERS",
    "FROZEN_FOR_STATE",
    "INTERPRETATIONS",
    "IN_DEVIATIONS_TOO",
    "IN_THAT_YEAR",
    "NOTHING_ADOPTED",
    "NOT_IN_DEVIATIONS",
    "OVER_TERRITORY",
    "RIGHT_TO_AS_MANY",
    "SECOND_PASS",
    "TO_THE_DAY",
    "WHOLE_PATH",
    "WITHOUT_TRANSFER",
    "WITH_TRANSFER",
]

RIGHT_TO_AS_MANY, EQUAL_NUMBERS = "right_to_as_many", "equal_numbers"
"""III.I.3, as many flights as the other has: a right of who has fewer, or a bound on both."""

FROZEN_FOR_STATE, NOTHING_ADOPTED = "frozen_for_state", "nothing_adopted"
"""III.I.7, no agreement on the distribution of active quotas: those of the State concerned stay as they were, or nobody
has any, as in 2018."""

WITHOUT_TRANSFER, WITH_TRANSFER = "own_total_without_transfer", "own_total_with_transfer"
"""III.I.10, its own total active quota: without the flights that a transfer gave the Party, or with them."""

ANY_CROSSING, SECOND_PASS = "any_crossing", "second_pass"
"""VI.II.4(G), the path must not cross the same point twice: any crossing counts, or a second pass through one point."""

IN_DEVIATIONS_TOO, NOT_IN_DEVIATIONS = "in_deviations_too", "not_in_permitted_deviations"
"""VI.II.2, ten kilometres from a State that is no Party: kept in a deviation that VIII.II permits too, or not there."""

WHOLE_PATH, OVER_TERRITORY = "whole_path", "over_territory"
"""Annex A, Section III, maximum flight distance: the whole path counts, or its part over the territory."""

IN_THAT_YEAR, TO_THE_DAY = "in_that_year", "to_the_day"
"""XVI.3, a conference three years after entry into force and every five from then: in that year, or on that day at the
latest."""

INTERPRETATIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "III.I.3": (RIGHT_TO_AS_MANY, EQUAL_NUMBERS),
        "III.I.7": (FROZEN_FOR_STATE, NOTHING_ADOPTED),
        "III.I.10": (WITHOUT_TRANSFER, WITH_TRANSFER),
        "VI.II.2": (IN_DEVIATIONS_TOO, NOT_IN_DEVIATIONS),
        "VI.II.4(G)": (ANY_CROSSING, SECOND_PASS),
        "A.III": (WHOLE_PATH, OVER_TERRITORY),
        "XVI.3": (IN_THAT_YEAR, TO_THE_DAY),
    }
)
"""The ways by provision, the one that is taken unless a reading says otherwise first."""

"""The two groups of States that have limits together (Article II.1(A))."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Final

from skywitness.cfe.law import instrument
from skywitness.law.parties import is_party, party_status
from skywitness.law.party import Standing
from skywitness.law.provisions import provision

__all__ = ["GROUPS", "bound_on", "group_of_state", "in_area_on", "members_on"]

EAST, WEST = "EAST", "WEST"
GROUPS: Final = (EAST, WEST)


@cache
@provision("CFE:II.1(A)")
def group_of_state(state: str) -> str:
    """Return the group that a State stands in."""
    return next(code for code in GROUPS if state in instrument().groups[code].members)


@cache
def members_on(group: str, at: dt.date) -> tuple[str, ...]:
    """Return the members of a group that exist and are bound on a day."""
    source = instrument()
    early = source.applied_provisionally(at)
    return tuple(
        code
        for code in source.groups[group].members
        if is_party(code, at, instrument=source) or (early and at in source.parties[code].exists)
    )


@cache
def bound_on(state: str, at: dt.date) -> bool:
    """Tell whether a State is bound on a day, or applies the Treaty provisionally."""
    return state in members_on(group_of_state(state), at)


@cache
def in_area_on(state: str, at: dt.date) -> bool:
    """Tell whether land of a State is in the area on a day: that of one which withdrew is no land of a State Party.

    Land of a State that was divided stays in the area as that of its successors; no State (``""``) is somewhere in it.
    """
    return not state or party_status(instrument(), state, at).status is not Standing.WITHDRAWN

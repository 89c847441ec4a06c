"""The two groups of States that have limits together (Article II.1(A))."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Final

from skywitness.cfe.law import instrument
from skywitness.law.parties import is_party
from skywitness.law.provisions import provision

__all__ = ["GROUPS", "group_of_state", "members_on"]

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

"""The order of States by their French names, for the chair and the seats of the Joint Consultative Group."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Final

from skywitness.cfe.groups import GROUPS, members_on
from skywitness.law.french_order import in_order

__all__ = ["order", "orders"]

_LONGER: Final = ("BLR", "CZE", "MDA", "RUS", "SVK")
"""States with a longer name in use that leads to another place; which one the Group takes no article says."""


@cache
def order(at: dt.date, *, long: bool = False) -> tuple[str, ...]:
    """Order the Parties of a day by their French names, marks above letters aside; ``long``: by their longer ones."""
    codes = [code for group in GROUPS for code in members_on(group, at)]
    return in_order(codes, _LONGER if long else ())


def orders(at: dt.date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the order by the names of CLDR, and that by the longer names."""
    return order(at), order(at, long=True)

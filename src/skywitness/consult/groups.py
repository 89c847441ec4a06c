"""Groups of States that act under one name, such as BLR-RUS or BENELUX: whom a code means on a day.

Which groups there are, of whom and from when to when, is told by the law data alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from skywitness.law.groups import members
from skywitness.law.instrument import load

__all__ = ["group_codes", "stands", "states_meant"]


def group_codes(treaties: Iterable[str]) -> frozenset[str]:
    """Return the codes of all groups that some treaties know."""
    return frozenset(code for name in treaties for code in load(name).groups)


def stands(code: str, treaty: str, at: dt.date, known: dt.date | None = None) -> bool:
    """Tell whether a code names a group that stands on a day, or no group at all."""
    group = load(treaty).groups.get(code)
    return group is None or group.holds_on(at, known)


def states_meant(codes: Iterable[str], treaty: str, at: dt.date, known: dt.date | None = None) -> tuple[str, ...]:
    """Return the States that codes mean on a day, each once: a group is its members of that day.

    A group that does not stand then keeps its own code, so that nobody is taken to have acted through it.

    >>> import datetime as dt
    >>> states_meant(["BLR-RUS"], "open-skies", dt.date(2020, 7, 6))
    ('BLR', 'RUS')
    >>> states_meant(["BLR-RUS", "DEU"], "open-skies", dt.date(2022, 1, 1))
    ('BLR-RUS', 'DEU')
    """
    law, found = load(treaty), dict[str, None]()
    for code in codes:
        told = stands(code, treaty, at, known)
        found |= dict.fromkeys(members(code, at, known, instrument=law) if told else (code,))
    return tuple(found)

"""The two sides of the INF Treaty: the United States, and the Soviet Union with the States that followed it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Final

from skywitness.core.text import say
from skywitness.inf.law import instrument
from skywitness.inf.types import KnownType
from skywitness.law.rows import Row

__all__ = ["UNION", "USA", "check_exists", "check_holder", "predecessors", "side_of"]

USA: Final = "USA"
UNION: Final = "SUN"


@cache
def side_of(code: str) -> str:
    """Return the first State of the side that a State is on: its own code, or that of the Soviet Union.

    >>> side_of("UKR"), side_of("USA")
    ('SUN', 'USA')
    """
    return next(iter(predecessors(code)), code)


@cache
def predecessors(code: str) -> tuple[str, ...]:
    """Name the States that a State followed on this instrument."""
    return tuple(name for name, party in instrument().parties.items() if code in party.successors)


def check_exists(row: Row, key: str, code: str, day: dt.date | None) -> None:
    """Note a State at a time when there was none of that name; where it had ended, the States that followed it."""
    party = instrument().parties.get(code)
    if party is None or day is None or day in party.exists:
        return
    if party.successors:
        names = ", ".join(party.successors)
        row.fault(key, say("there was no {name} on {day}; {names} followed it", name=party.name, day=day, names=names))
    else:
        row.fault(key, say("there was no {name} on {day}", name=party.name, day=day))


def check_holder(row: Row, key: str, code: str, known: KnownType | None) -> None:
    """Note a State of the other side as holder of a type that has a name here."""
    if known is None or code not in instrument().parties or side_of(code) == side_of(known.holder):
        return
    told = {"code": code, "name": known.name, "holder": known.holder}
    row.fault(key, say("{code} is not on the side that has {name}, which is that of {holder}", **told))

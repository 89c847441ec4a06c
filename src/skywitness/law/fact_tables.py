"""Which command reads which table of a file of facts: one file serves them all.

``check`` and ``plan`` judge a flight, ``timeline`` reads what they read and how a mission was conducted, ``law effect``
(and ``law diff``) what Parties did, ``law judge`` the quotas, plans and designations of a year.  Each reads its own
tables and lets those of the others stand; what none knows is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.rows import refuse_strays

__all__ = ["CHECK", "COMMANDS", "EFFECT", "JUDGE", "READERS", "RENAMED", "TIMELINE", "of_others", "own_tables"]

CHECK: Final = "check"
EFFECT: Final = "law effect"
JUDGE: Final = "law judge"
TIMELINE: Final = "timeline"
"""Reads all that ``check`` reads, and the tables named with it."""
COMMANDS: Final = (CHECK, EFFECT, JUDGE)

READERS: Final[Mapping[str, Collection[str]]] = MappingProxyType(
    {
        "said_by": (CHECK, JUDGE),
        "complete": (JUDGE,),
        "demonstration_requested_by": (CHECK,),
        "hazards_considered": (CHECK,),
        "accepted_claims": (CHECK,),
        "no_other_flights": (CHECK,),
        "no_inspection": (CHECK,),
        "point_of_entry": (CHECK,),
        "quota": (CHECK,),
        "times": (CHECK,),
        "aircraft": (CHECK,),
        "sensor": (CHECK,),
        "other_flight": (CHECK,),
        "airfield": (CHECK,),
        "event": (CHECK,),
        "extra": (CHECK,),
        "agreement": (CHECK, EFFECT, JUDGE),
        "transfer": (CHECK, EFFECT),
        "year_quota": (CHECK, EFFECT, JUDGE),
        "group_change": (CHECK, EFFECT),
        "non_performance": (CHECK, EFFECT),
        "withdrawal": (CHECK, EFFECT),
        "review": (EFFECT,),
        "flight": (EFFECT,),
        "planned": (JUDGE,),
        "sequence": (JUDGE,),
        "designation": (CHECK, JUDGE),
        "session": (JUDGE,),
        "sessions_complete": (JUDGE,),
        "proposal": (JUDGE,),
        "matter": (JUDGE,),
        "application": (JUDGE,),
        "wish": (JUDGE,),
        "wishes_complete": (JUDGE,),
        "beside_quotas": (JUDGE,),
        "deposit": (JUDGE,),
        "hosting": (CHECK,),
        "cost": (CHECK,),
        "person": (CHECK,),
        "transport": (CHECK,),
        "fixes": (CHECK,),
        "straits": (CHECK,),
        "accident": (CHECK,),
        "hazard_answer": (CHECK,),
        "change": (CHECK,),
        "prohibition": (CHECK,),
        "inspection": (TIMELINE,),
        "inventory": (TIMELINE,),
        "equipment": (TIMELINE,),
        "demonstration": (TIMELINE,),
        "aboard": (TIMELINE,),
    }
)
"""Every key that may stand at the top of a file of facts, with the commands that read it."""

RENAMED: Final[Mapping[str, str]] = MappingProxyType({"quota": "year_quota", "aircraft": "designation"})
"""Lists of tables that bore the name of a table about one flight, and what they are called now."""


def of_others(command: str) -> tuple[str, ...]:
    """Name the keys that a command lets stand for others to read."""
    return tuple(name for name, commands in READERS.items() if command not in commands)


def own_tables(data: Mapping[str, Any], command: str, faults: Faults) -> dict[str, Any]:
    """Return what a command reads of a file; note as faults what no command knows, and lists under an old name.

    The faults of a key that nobody knows name the nearest one there is.
    """
    refuse_strays(data, tuple(READERS), faults)
    return {name: value for name, value in without_renamed(data, faults).items() if command in READERS.get(name, ())}


def without_renamed(data: Mapping[str, Any], faults: Faults) -> dict[str, Any]:
    """Return the file without lists under an old name, each of which is noted as a fault with its new one."""
    kept = dict(data)
    for old, new in RENAMED.items():
        if isinstance(kept.get(old), list):
            message = say("[[{old}]] is called [[{new}]] now; [{old}], one table, is about a flight", old=old, new=new)
            faults.add(old, message)
            del kept[old]
    return kept

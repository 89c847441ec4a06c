"""Tell the faults of a file: all of them counted, the first ones shown."""

from __future__ import annotations

from skywitness.core.errors import Fault, Faults, InputError
from skywitness.core.text import Text, say_n

MAX_SHOWN = 20
"""So many faults are listed; whoever has more in one file has one cause, and sees it in twenty."""


def raise_faults(faults: Faults, kind: str, message: Text, where: str = "") -> None:
    """Raise one ``InputError`` if there are faults; it lists the first twenty and says how many more there are."""
    if not faults:
        return
    listed = tuple(faults.found[:MAX_SHOWN])
    more = len(faults) - len(listed)
    if more:
        listed = (*listed, Fault("...", say_n("and {count} more", "and {count} more", more)))
    raise InputError(kind, message, where, listed)

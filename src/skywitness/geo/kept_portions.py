"""Portions of territories that were worked out before, kept in the user's cache.

What is kept is plain JSON, whose numbers come back to the last digit.  Where nothing can be kept, all is worked out
every time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from skywitness.core import cache
from skywitness.geo import kept_folder
from skywitness.geo.view import BorderView

Row = dict[str, Any]
"""One portion, as plain JSON."""

P = TypeVar("P")


def find(view: BorderView, codes: Sequence[str], read: Callable[[Row], P]) -> tuple[P, ...] | None:
    """Return the portions of the territory of these States; ``None`` when none are kept, or none that ``read`` can."""
    place = _file(view, codes)
    words = None if place is None else cache.read(place)
    if words is None:
        return None
    with contextlib.suppress(ValueError, TypeError, KeyError):
        kept = json.loads(words)
        if kept["codes"] == list(codes):
            return tuple(read(row) for row in kept["portions"])
    return None


def keep(view: BorderView, codes: Sequence[str], portions: Sequence[Row]) -> None:
    """Keep portions, whole or not at all."""
    place = _file(view, codes)
    if place is not None:
        cache.write(place, json.dumps({"codes": list(codes), "portions": list(portions)}))


def _file(view: BorderView, codes: Sequence[str]) -> Path | None:
    place = kept_folder.of(view, "portions")
    return None if place is None else place / f"{hashlib.sha256(' '.join(codes).encode()).hexdigest()[:16]}.json"

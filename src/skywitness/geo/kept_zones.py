"""Zones that legs must not touch, worked out before and kept in the user's cache: a zone of Russia takes seconds.

Only so many are kept, those asked for last.  What is kept is the shape to the last digit; where nothing can be kept,
every zone is worked out anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os

import shapely
from shapely.geometry.base import BaseGeometry

from skywitness.core import cache
from skywitness.geo import kept_folder
from skywitness.geo.view import BorderView

MOST_KEPT = 40
"""Zones of one view that are kept, some megabytes each."""


def find(view: BorderView, question: str) -> BaseGeometry | None:
    """Return the zone kept for a question; ``None`` when there is none, or none that can be read."""
    folder = kept_folder.of(view, "zones")
    if folder is None:
        return None
    place = folder / _name(question)
    words = cache.read(place)
    if words is None:
        return None
    kept, _, shape = words.partition(b"\n")
    if kept != question.encode():
        return None
    with contextlib.suppress(OSError):  # asked for now: it goes last
        os.utime(place)
    with contextlib.suppress(shapely.errors.ShapelyError, ValueError):
        return shapely.from_wkb(shape.decode("ascii"))
    return None


def keep(view: BorderView, question: str, zone: BaseGeometry) -> None:
    """Keep a zone, whole or not at all; what was asked for longest ago makes room."""
    folder = kept_folder.of(view, "zones")
    if folder is None:
        return
    cache.write(folder / _name(question), f"{question}\n{shapely.to_wkb(zone, hex=True)}")
    with contextlib.suppress(OSError):
        kept = sorted(folder.glob("*.zone"), key=lambda place: place.stat().st_mtime)
        for place in kept[:-MOST_KEPT]:
            place.unlink(missing_ok=True)


def _name(question: str) -> str:
    return f"{hashlib.sha256(question.encode()).hexdigest()[:24]}.zone"

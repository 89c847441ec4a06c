"""Portions of territories that were worked out before, kept in the user's cache.

They depend on nothing but the land of the view, the tables of this room, the program and the libraries it measures
with; all of these are hashed into the name of the folder, so that whatever changes is worked out anew.  What is kept is
plain JSON, whose numbers come back to the last digit.  Where nothing can be kept all is worked out every time.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import sys
import weakref
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar

import shapely

from skywitness.core import cache, geodesy
from skywitness.geo.view import BorderView

Row = dict[str, Any]
"""One portion, as plain JSON."""

P = TypeVar("P")

_LIBRARIES = ("numpy", "shapely", "pyproj")
_SMALL = 50
"""A view of fewer areas is taken apart in no time."""


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
    if view not in _FOLDERS:
        program = _program() if len(view.lands) >= _SMALL else None
        _FOLDERS[view] = None if program is None else cache.folder("portions", _key(view, program))
    place = _FOLDERS[view]
    return None if place is None else place / f"{hashlib.sha256(' '.join(codes).encode()).hexdigest()[:16]}.json"


_FOLDERS: weakref.WeakKeyDictionary[BorderView, Path | None] = weakref.WeakKeyDictionary()


def _key(view: BorderView, program: bytes) -> str:
    """Hash the land of a view, area by area, and the program."""
    digest = hashlib.sha256(program)
    for area, land in view.lands.items():
        digest.update(area.encode() + b"\0")
        digest.update(hashlib.sha256(shapely.to_wkb(land)).digest())
    return digest.hexdigest()[:32]


@functools.cache
def _program() -> bytes | None:
    """Hash the sources and tables of this room and the versions below it; ``None`` where they cannot be read."""
    digest = hashlib.sha256()
    digest.update(" ".join((sys.version, shapely.geos_version_string, *map(metadata.version, _LIBRARIES))).encode())
    room = Path(__file__).parent
    try:
        for source in (*sorted(room.glob("*.py")), *sorted(room.glob("data/*.toml")), Path(geodesy.__file__)):
            digest.update(source.name.encode() + b"\0" + hashlib.sha256(source.read_bytes()).digest())
    except OSError:
        return None
    return digest.digest()

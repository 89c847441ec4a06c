"""Where what was worked out from a view is kept: a folder of the user's cache for each view and kind.

What is kept depends on nothing but the view, the tables of this room, the program and the libraries it measures with;
all of these are hashed into the name of the folder, so that whatever changes is worked out anew.
"""

from __future__ import annotations

import functools
import hashlib
import sys
import weakref
from importlib import metadata
from pathlib import Path

import shapely

from skywitness.core import cache, geodesy
from skywitness.geo.view import BorderView

_LIBRARIES = ("numpy", "shapely", "pyproj")
_SMALL = 50
"""A view of fewer areas is taken apart in no time."""

_FOLDERS: weakref.WeakKeyDictionary[BorderView, dict[str, Path | None]] = weakref.WeakKeyDictionary()


def of(view: BorderView, kind: str) -> Path | None:
    """Find the folder for what is kept of one kind; ``None`` for a small view and where nothing can be kept."""
    folders = _FOLDERS.setdefault(view, {})
    if kind not in folders:
        program = _program() if len(view.lands) >= _SMALL else None
        folders[kind] = None if program is None else cache.folder(kind, _key(view, program))
    return folders[kind]


def _key(view: BorderView, program: bytes) -> str:
    """Hash the land of a view, area by area, how well it is known and whose it is, and the program."""
    digest = hashlib.sha256(program)
    digest.update(repr((view.error_band_km, sorted(view.bands_km.items()), view.rest_km, view.assignments)).encode())
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

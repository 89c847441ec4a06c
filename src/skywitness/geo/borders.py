"""Border views by name: whose drawing of the world a verdict rests on.

The program takes no side: a rule that uses a border says which view it used, and the same question can be asked under
every view.  Two come with the program (``data/views.toml``); users bring their own lines as GeoJSON or GeoPackage.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from shapely import MultiPolygon

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.geo import antimeridian, features, userlines
from skywitness.geo.view import Assignment, BorderView

__all__ = ["Assignment", "BorderView", "load_user_view", "load_view", "view_names"]

DEFAULT_VIEW = "un"


def view_names() -> tuple[str, ...]:
    """Name the views that come with the program."""
    return tuple(_rows())


@functools.cache
def load_view(name: str = DEFAULT_VIEW) -> BorderView:
    """Load a border view by name.  Raises ``InputError`` for a view that does not exist."""
    row = _rows().get(name)
    if row is None:
        raise InputError(
            "unknown_view",
            say("there is no border view {name}: the views are {views}", name=repr(name), views=", ".join(_rows())),
            "view",
        )
    assignments = tuple(Assignment(**assigned) for assigned in row["assign"])
    return BorderView(
        name=name,
        holder=row["holder"],
        source=row["source"],
        error_band_km=row["error_band_km"],
        error_band_why=row["error_band_why"],
        note=row["note"],
        lands=MappingProxyType(_assign(features.natural_earth(), assignments)),
        assignments=assignments,
    )


def load_user_view(
    path: Path | str, base: str = DEFAULT_VIEW, error_band_km: float | None = None, holder: str = ""
) -> BorderView:
    """Load a user's own lines over the view ``base``.

    ``path``: GeoJSON or GeoPackage with polygons, each with a property ``code``, ``iso_a3``, ``ISO_A3`` or ``state``
    that names its State (alpha-3) or a new area (``X-...``); they replace these areas.  What the new lines take from a
    neighbour is taken; what they leave between the old line and the new goes to the neighbour it touches, else to the
    sea.  ``error_band_km``: how far these lines may be from the true ones; without it the file must say so (a property
    or member ``error_band_km``), or it is refused.  Raises one ``InputError`` with all faults of the file.
    """
    return userlines.overlay(load_view(base), Path(path), error_band_km, holder)


@functools.cache
def _rows() -> Mapping[str, dict[str, Any]]:
    """Read the table of views."""
    return {row["name"]: row for row in features.read_table("views.toml")["view"]}


def _assign(lands: Mapping[str, MultiPolygon], assignments: tuple[Assignment, ...]) -> dict[str, MultiPolygon]:
    """Count each disputed area to the State that the view names."""
    taken = {assignment.area for assignment in assignments}
    result = {code: shape for code, shape in lands.items() if code not in taken}
    for state in sorted({assignment.to for assignment in assignments}):
        areas = [lands[assignment.area] for assignment in assignments if assignment.to == state]
        result[state] = antimeridian.merge([result[state], *areas])
    return dict(sorted(result.items()))

"""Border views by name: whose drawing of the world a verdict rests on.

The program takes no side: a rule that uses a border says which view it used, and the same question can be asked under
every view.  Some come with the program (``data/views.toml``), among them views of Parties, whose positions are dated;
users bring views of their own as TOML, and their own lines as GeoJSON or GeoPackage.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from shapely import MultiPolygon

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, say
from skywitness.geo import antimeridian, features, parts, userlines, view_table
from skywitness.geo.view import Assignment, BorderView, Unlined
from skywitness.geo.view_table import ViewRow

__all__ = ["Assignment", "BorderView", "load_user_view", "load_view", "read_view_file", "stored_views", "view_names"]

DEFAULT_VIEW = "un"


def view_names() -> tuple[str, ...]:
    """Name the views that come with the program."""
    return tuple(stored_views())


@functools.cache
def stored_views() -> Mapping[str, ViewRow]:
    """Give the views that come with the program as their table has them, positions of all days included."""
    faults = Faults()
    rows = view_table.read_rows(features.read_table("views.toml"), _areas(), (), faults)
    faults.raise_if_any(view_table.KIND, say("the views cannot be used"), "views.toml")
    return MappingProxyType({row.name: row for row in rows})


def load_view(name: str = DEFAULT_VIEW, at: dt.date | None = None) -> BorderView:
    """Load a border view by name, with the positions held on the day ``at`` (``None``: after the last change).

    ``name`` may be a TOML file with a view of one's own.  The same positions give the same object, whatever the day.
    Raises ``InputError`` for a view that does not exist, and with all faults of a file.
    """
    row = find_view(name)
    return _view(row, *positions(row, at))


def find_view(name: str) -> ViewRow:
    """Find a view by name, or in a TOML file of one's own, as its table has it on all days.

    Raises ``InputError`` for a view that does not exist, and with all faults of a file.
    """
    row = read_view_file(Path(name)) if name.endswith(".toml") else stored_views().get(name)
    if row is None:
        raise InputError("unknown_view", _no_such_view(name), "view")
    return row


def positions(row: ViewRow, at: dt.date | None) -> tuple[tuple[Assignment, ...], tuple[Unlined, ...]]:
    """Pick the positions of a view on a day: its own, and for areas where it has none that day those of the rest."""
    own = tuple(one for one in row.assignments if one.in_force(at))
    unlined = tuple(one for one in row.unlined if one.position.in_force(at))
    if not row.rest:
        return own, unlined
    base, base_unlined = positions(stored_views()[row.rest], at)
    named = {one.area for one in own}
    return (*own, *(one for one in base if one.area not in named)), (*unlined, *base_unlined)


MAX_VIEW_BYTES = 1024 * 1024
"""A view is written by hand; those of the program together take a tenth of it."""


def read_view_file(path: Path) -> ViewRow:
    """Read a TOML file with one view of a user's own, in the form of ``views.toml``.

    Raises ``InputError`` with all faults of the file.
    """
    if path.is_fifo():
        raise InputError(view_table.KIND, say("this is a pipe; save what it carries to a file first"), str(path))
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_VIEW_BYTES + 1)
    except OSError as error:
        message = say("the file cannot be read: {reason}", reason=str(error.strerror or error))
        raise InputError(view_table.KIND, message, str(path)) from error
    if len(raw) > MAX_VIEW_BYTES:
        message = say("it is larger than {limit} MB, the most that is read", limit=MAX_VIEW_BYTES // 1024**2)
        raise InputError(view_table.KIND, message, str(path))
    try:
        document = tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:  # ValueError: no UTF-8, no TOML, a number of thousands of digits
        raise InputError(view_table.KIND, say("it is not TOML: {reason}", reason=str(error)), str(path)) from error
    faults = Faults()
    rows = view_table.read_rows(document, _areas(), stored_views(), faults)
    if len(rows) > 1:
        faults.add("view", say("the file holds {count} views; one is expected", count=len(rows)))
    for row in rows:
        if row.name in stored_views():
            faults.add("view[1].name", say("{name} is a view that comes with the program", name=row.name))
    faults.raise_if_any(view_table.KIND, say("the view cannot be used"), str(path))
    return rows[0]


def load_user_view(
    path: Path | str,
    base: str = DEFAULT_VIEW,
    error_band_km: float | None = None,
    holder: str = "",
    at: dt.date | None = None,
) -> BorderView:
    """Load a user's own lines over the view ``base`` as it is on the day ``at``.

    ``path``: GeoJSON or GeoPackage with polygons, each with a property ``code``, ``iso_a3``, ``ISO_A3`` or ``state``
    that names its State (alpha-3) or a new area (``X-...``); they replace these areas.  What the new lines take from a
    neighbour is taken; what they leave between the old line and the new goes to the neighbour it touches, else to the
    sea.  A new area that the view has a position on but no line for goes where the view counts it.
    ``error_band_km``: how far these lines may be from the true ones; without it the file must say so (a property
    or member ``error_band_km``), or it is refused.  Raises one ``InputError`` with all faults of the file.
    """
    return userlines.overlay(load_view(base, at), Path(path), error_band_km, holder)


@functools.cache
def _areas() -> frozenset[str]:
    """Name the areas that a view may assign: those of the border file, and the parts that can be cut out of them."""
    return frozenset(features.natural_earth()) | frozenset(parts.known())


@functools.cache
def _view(row: ViewRow, held: tuple[Assignment, ...], unlined: tuple[Unlined, ...]) -> BorderView:
    """Draw a view with the positions held on a day."""
    lines = stored_views()[row.rest] if row.rest else row
    drawn = parts.cut(features.natural_earth(), _to_cut(held))
    bands = {code: parts.known()[code].error_band_km for code in _to_cut(held)}
    wider = {code: band for code, band in bands.items() if band > lines.error_band_km}
    worst = max((lines.error_band_km, *wider.values()))
    whys = [lines.error_band_why, *(f"{code}: {band:g} km" for code, band in sorted(wider.items()))]
    return BorderView(
        name=row.name,
        holder=row.holder,
        source=row.source or lines.source,
        error_band_km=worst,
        error_band_why="; ".join(whys),
        note=row.note,
        lands=MappingProxyType(_assign(drawn, [one for one in held if one.area in drawn])),
        assignments=held,
        bands_km=MappingProxyType(_bands(held, wider)),
        rest_km=lines.error_band_km if wider else None,
        unlined=unlined,
        areas=MappingProxyType({one.area: drawn[one.area] for one in held if one.area in drawn}),
    )


def _to_cut(held: Sequence[Assignment]) -> tuple[str, ...]:
    """Name the areas that have to be cut out: those counted to another than the State that they are drawn in."""
    return tuple(one.area for one in held if one.area in parts.known() and parts.known()[one.area].of != one.to)


def _bands(held: Sequence[Assignment], wider: Mapping[str, float]) -> dict[str, float]:
    """Give a wider band to every land that a badly known line runs round, on either side of it."""
    bands: dict[str, float] = {}
    for one in held:
        if one.area in wider:
            for code in (one.to, parts.known()[one.area].of):
                bands[code] = max(wider[one.area], bands.get(code, 0.0))
    return bands


def _no_such_view(name: str) -> Text:
    """Say that there is no such view, which there are, and which of them a Party asked for holds."""
    names = ", ".join(stored_views())
    party = name.upper()
    held = [row.name for row in stored_views().values() if any(one.party == party for one in row.held_by)]
    if held:
        return say(
            "there is no border view {name}: no view of {party} alone is stored, but it holds {held}; the views are "
            "{views}",
            name=repr(name),
            party=party,
            held=", ".join(held),
            views=names,
        )
    return say("there is no border view {name}: the views are {views}", name=repr(name), views=names)


def _assign(lands: Mapping[str, MultiPolygon], assignments: Sequence[Assignment]) -> dict[str, MultiPolygon]:
    """Count each disputed area to the State that the view names."""
    taken = {assignment.area for assignment in assignments}
    result = {code: shape for code, shape in lands.items() if code not in taken}
    for state in sorted({assignment.to for assignment in assignments}):
        areas = [lands[assignment.area] for assignment in assignments if assignment.to == state]
        if state in result:
            result[state] = antimeridian.merge([result[state], *areas])
        else:
            result[state] = areas[0] if len(areas) == 1 else antimeridian.merge(areas)
    return dict(sorted(result.items()))

"""Areas made to stand by themselves in a border view that counts them to a State.

No land is drawn anew: what stands by itself is taken from the land that held it, along the line that is at hand.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from shapely import MultiPolygon

from skywitness.geo import antimeridian, parts
from skywitness.geo.view import BorderView

_APART: weakref.WeakKeyDictionary[BorderView, dict[tuple[str, ...], BorderView]] = weakref.WeakKeyDictionary()
_SHAPES: weakref.WeakKeyDictionary[BorderView, dict[str, MultiPolygon | None]] = weakref.WeakKeyDictionary()


def shape_of(view: BorderView, code: str) -> MultiPolygon | None:
    """Give the land of an area where a line of it is at hand; ``None``: there is none, or the view has no land there.

    The line is that of the view, of the area that the view has a position on, or of a part (``parts``).
    """
    known = _SHAPES.setdefault(view, {})
    if code not in known:
        known[code] = _shape(view, code)
    return known[code]


def _shape(view: BorderView, code: str) -> MultiPolygon | None:
    if code in view.lands:
        return view.lands[code]
    if code in view.areas:
        return view.areas[code]
    part = parts.known().get(code)
    if part is None or part.of not in view.lands:
        return None
    found = parts.cut({part.of: view.lands[part.of]}, [code])[code]
    return None if found.is_empty else found


def stand_alone(view: BorderView, codes: Iterable[str]) -> BorderView:
    """Make the view in which these areas stand by themselves; codes without a line, or that do already, change nothing.

    The same codes give the same object.  An area has the error band of its own line or of the State that it is taken
    from, whichever is the wider, and so has what is left of that State.
    """
    wanted = tuple(sorted(code for code in set(codes) if code not in view.lands and shape_of(view, code) is not None))
    known = _APART.setdefault(view, {})
    if wanted not in known:
        drawn = view
        for code in wanted:
            drawn = _without(drawn, view, code)
        known[wanted] = drawn
    return known[wanted]


def _without(drawn: BorderView, view: BorderView, code: str) -> BorderView:
    """Take one area out of the State that the view counts it to."""
    shape, part = shape_of(view, code), parts.known().get(code)
    held = next((one.to for one in view.assignments if one.area == code and code in view.areas), None)
    holder = held or (part.of if part is not None else "")
    if shape is None or holder not in drawn.lands:
        return drawn
    cut = carve(drawn, code, {holder: shape}, part.error_band_km if part is not None else 0.0)
    return replace(
        cut,
        assignments=tuple(one for one in cut.assignments if one.area != code),
        areas=MappingProxyType({area: land for area, land in cut.areas.items() if area != code}),
    )


def carve(view: BorderView, code: str, pieces: Mapping[str, MultiPolygon], band_km: float = 0.0) -> BorderView:
    """Make a view in which ``pieces`` of some areas (by their codes) are together an area ``code`` of its own.

    ``band_km``: how far the line between may be wrong, where it is worse than the lines round these areas.
    """
    lands = dict(view.lands)
    taken: list[MultiPolygon] = []
    for area, shape in pieces.items():
        lands[area], piece = parts.parted(lands[area], shape)
        taken.append(piece)
        if lands[area].is_empty:
            del lands[area]
    lands[code] = taken[0] if len(taken) == 1 else antimeridian.merge(taken)
    worst_km = max(band_km, view.band_km(pieces))
    rest_km = view.error_band_km if view.rest_km is None else view.rest_km
    bands = dict(view.bands_km)
    bands.update({area: max(band_km, view.band_km([area])) for area in pieces})
    bands[code] = worst_km
    return replace(
        view,
        lands=MappingProxyType(dict(sorted(lands.items()))),
        error_band_km=max(view.error_band_km, worst_km),
        bands_km=MappingProxyType(bands),
        rest_km=rest_km,
    )

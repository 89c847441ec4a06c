"""The map of reach: territory with its waters, airfields with their 35 per cent, the worst placed points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from skywitness.core.finding import Verdict
from skywitness.core.geodesy import WGS84, Floats, points_along
from skywitness.core.text import ENGLISH, Catalogue, Text, of_data, say
from skywitness.route.exports import paper
from skywitness.route.exports.chart import Box, Chart, centre_of, frame, round_length_km
from skywitness.route.exports.drawn_waters import drawn_waters
from skywitness.route.exports.glyphs import drawable, font, wrapped
from skywitness.route.exports.graticule import grid_lines
from skywitness.route.exports.labels import Label, Labels
from skywitness.route.exports.land import Territory, territories
from skywitness.route.exports.reach_geojson import airfields_of
from skywitness.route.reach.airfields import Field
from skywitness.route.reach.model import Row, Worst
from skywitness.route.reach.reach import Reach

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path
    from shapely.geometry.base import BaseGeometry

WIDTH_IN, SIDE_IN, TITLE_IN, FOOT_IN = 7.48, 0.34, 0.5, 0.95
"""190 mm of paper; what stands beside, above and below the map."""

ASPECTS = (0.55, 1.1)
LABEL_SIZE = 6.5
_MOST_NAMED = 4
"""More Parties than this are not named in the title."""

WIDEST_WITH_WATERS_KM = 10_000.0
"""On a wider map the waters are a point of paper broad and not drawn."""

_TOLD_SIZE, _TOLD_IN = 6.5, 0.13
"""Letters in points, and height of a line in inches, of what is told below the legend."""

_MARK_PT, _GAP_PT = 3.5, 5.5
"""Half a mark, and how far words keep from its middle: more than the mark and the free space round a label."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a worst placed point is drawn, and what the legend says of it."""

    sign: str
    colour: str
    told: Text


BROKEN = Mark("X", paper.VERMILION, say("worst placed point, not in reach"))
UNKNOWN = Mark("D", paper.BLUE, say("worst placed point, cannot be told"))
EXCUSED = Mark("s", paper.PURPLE, say("worst placed point, beyond the share as (B)(2) or (B)(3) allows"))
KEPT = Mark("o", paper.GREEN, say("worst placed point, in reach"))
MARKS = (BROKEN, UNKNOWN, EXCUSED, KEPT)
"""Told apart by shape as well as by colour."""


def mark_of(row: Row) -> Mark:
    """Choose the mark: what an exception allows is not shown as in reach."""
    if row.is_excused:
        return EXCUSED
    return {Verdict.BREACH: BROKEN, Verdict.CANNOT_TELL: UNKNOWN}.get(row.finding.verdict, KEPT)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is drawn, in km from the middle of the projection."""

    found: Reach
    rows: tuple[Row, ...]
    chart: Chart
    box: Box
    land: tuple[Territory, ...]
    own: tuple[frozenset[str], ...]


def draw(
    found: Reach,
    catalogue: Catalogue = ENGLISH,
    *,
    svg: bool = False,
    title: Text | None = None,
    told: Sequence[Text] = (),
) -> bytes:
    """Draw the map as PNG or SVG; the same answer gives the same bytes.

    ``title`` stands instead of the map's own, ``told`` below the legend.  Without a mainland the portions fill the map.
    """
    scene = _scene(found)

    def words(text: Text) -> str:
        return drawable(text.render(catalogue))

    lines = [line for text in told for line in wrapped(words(text), _TOLD_SIZE, (WIDTH_IN - 2 * SIDE_IN) * 72.0)]
    foot_in = FOOT_IN + len(lines) * _TOLD_IN
    with paper.plain_style():
        figure_height = (WIDTH_IN - SIDE_IN) * scene.box.height / scene.box.width + TITLE_IN + foot_in
        figure = paper.new_figure(WIDTH_IN, figure_height)
        place = (SIDE_IN / WIDTH_IN, foot_in / figure_height, 1.0 - 1.3 * SIDE_IN / WIDTH_IN)
        axes = figure.add_axes((*place, 1.0 - (TITLE_IN + foot_in) / figure_height))
        _draw(axes, scene, words)
        _write_around(figure, scene, words, title, lines)
        return paper.svg_bytes(figure) if svg else paper.png_bytes(figure)


def _scene(found: Reach) -> _Scene:
    """Lay the answer out: the mainlands fill the map, portions show as far as there is room."""
    import shapely

    from skywitness.geo.coast import coast_of

    rows = tuple(row for row in found.rows if row.worst is not None)
    coast = coast_of(found.view)
    main = [row for row in found.rows if row.case.portion.is_mainland] or list(found.rows)
    pieces = [piece for row in main for piece in row.case.portion.pieces]
    outline = shapely.get_coordinates(coast.polygons[pieces])[::7]
    mainland = [*outline.tolist(), *(_position(row) for row in main)]
    if not any(row.case.portion.is_mainland for row in main):  # its airfield may lie far off
        mainland += [row.worst.airfield.position for row in rows if row.worst is not None]
    chart = Chart(centre_of(mainland))
    beside = [*(_position(row) for row in rows), *(field.position for row in rows for field, _ in row.case.reaches)]
    box = frame(chart.project(mainland), chart.project(beside), *ASPECTS)
    areas: dict[str, set[str]] = {}
    for row in found.rows:
        areas.setdefault(row.case.party, set()).update(coast.areas[piece] for piece in row.case.portion.pieces)
    own = tuple(frozenset(codes) for codes in areas.values())
    return _Scene(found, rows, chart, box, tuple(territories(chart, box, found.view.lands)), own)


def _position(row: Row) -> tuple[float, float]:
    return (row.worst.lon, row.worst.lat) if row.worst is not None else (row.case.portion.lon, row.case.portion.lat)


def _draw(axes: Axes, scene: _Scene, words: Callable[[Text], str]) -> None:
    """Draw all layers, from the sea up."""
    box = scene.box
    axes.set_xlim(box.west, box.east)
    axes.set_ylim(box.south, box.north)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_facecolor(paper.SEA)
    _draw_land(axes, scene)
    for line in grid_lines(scene.chart, box):
        _plot(axes, line.points, color="#8fa3ad", linewidth=0.35, alpha=0.7, zorder=2.5)
        if line.x is not None:
            axes.text(line.x, box.south, words(line.name), ha="center", va="bottom", fontproperties=font(5.0), zorder=3)
        if line.y is not None:
            axes.text(box.west, line.y, words(line.name), ha="left", va="center", fontproperties=font(5.0), zorder=3)
    for field, reaches in airfields_of(scene.rows).items():
        for km in sorted(reaches):
            _plot(axes, _circle(scene.chart, field, km), color=paper.BLUE, linewidth=0.8, linestyle="--", zorder=3)
        _scatter(axes, scene.chart.project([field.position]), "^", 40.0, paper.INK, zorder=7)
    for row in scene.rows:
        if row.worst is not None:
            _draw_worst(axes, scene, row, row.worst)
    for label in _labels(scene, words):
        k = _points_per_km(scene)
        x, y = box.west + label.x_pt / k, box.south + label.y_pt / k
        axes.text(x, y, label.words, ha="center", va="center", fontproperties=font(label.size), zorder=9)


def _draw_land(axes: Axes, scene: _Scene) -> None:
    from matplotlib.collections import LineCollection, PathCollection

    for one in scene.land:
        colour = paper.OBSERVED_LAND if any(one.code in areas for areas in scene.own) else paper.LAND
        area = PathCollection([_path(one.area)], facecolors=colour, edgecolors=colour, linewidths=0.3, zorder=1)
        axes.add_collection(area)
    waters = _waters(scene)
    if waters is not None:
        style: dict[str, Any] = {"facecolors": paper.SKY, "edgecolors": paper.BLUE, "alpha": 0.35}
        axes.add_collection(PathCollection([_path(waters)], linewidths=0.4, zorder=1.5, **style))
    borders = [coords for one in scene.land for coords in _lines(one.outline)]
    axes.add_collection(LineCollection(borders, colors=paper.BORDER, linewidths=0.5, zorder=2))


def _waters(scene: _Scene) -> BaseGeometry | None:
    """Draw the waters of the Parties asked about, one by one, for between two of them there is a median line too."""
    import shapely

    if scene.box.width > WIDEST_WITH_WATERS_KM:
        return None
    found = []
    for areas in scene.own:
        own = [one.area for one in scene.land if one.code in areas]
        found.append(drawn_waters(own, [one.area for one in scene.land if one.code not in areas], scene.box.width))
    joined = shapely.union_all(found)
    return None if joined.is_empty else joined


def _draw_worst(axes: Axes, scene: _Scene, row: Row, worst: Worst) -> None:
    """Mark a worst placed point, and the way to the airfield that decides."""
    way = points_along(*worst.airfield.position, worst.lon, worst.lat, 100.0)[:, :2]
    _plot(axes, scene.chart.project(way), color=paper.GREY, linewidth=0.6, zorder=4)
    mark = mark_of(row)
    _scatter(axes, scene.chart.project([(worst.lon, worst.lat)]), mark.sign, 34.0, mark.colour, zorder=8)


def _circle(chart: Chart, field: Field, km: float) -> Floats:
    """Lay the points at one distance from an airfield."""
    azimuths = np.linspace(0.0, 360.0, 181)
    count = np.ones(len(azimuths))
    lons, lats, _ = WGS84.fwd(field.position[0] * count, field.position[1] * count, azimuths, km * 1000.0 * count)
    return chart.project(np.column_stack((lons, lats)))


def _labels(scene: _Scene, words: Callable[[Text], str]) -> Iterator[Label]:
    """Find room for the names of airfields and of portions, with their ratios; what has no room is left out."""
    k = _points_per_km(scene)
    room = Labels(scene.box.width * k, scene.box.height * k)
    origin = np.array([scene.box.west, scene.box.south])
    fields = list(airfields_of(scene.rows))
    marks = [*(field.position for field in fields), *(_position(row) for row in scene.rows)]
    places = (scene.chart.project(marks) - origin) * k if marks else np.empty((0, 2))
    room.keep_free(places, _MARK_PT)
    texts = [*(field.ident for field in fields), *(_told(row, words) for row in scene.rows)]
    for text, place in zip(texts, places, strict=True):
        found = room.place(text, (float(place[0]), float(place[1])), LABEL_SIZE, gap_pt=_GAP_PT)
        if found is not None:
            yield found


def _told(row: Row, words: Callable[[Text], str]) -> str:
    ratio = row.worst.ratio if row.worst is not None else 0.0
    text = say("{portion} {ratio:.2f}", portion=row.case.portion.words, ratio=ratio)
    return words(text)


def _points_per_km(scene: _Scene) -> float:
    return (WIDTH_IN - 1.3 * SIDE_IN) * 72.0 / scene.box.width


def _write_around(
    figure: Figure, scene: _Scene, words: Callable[[Text], str], given: Text | None, told: Sequence[str]
) -> None:
    """Write title, legend, scale, what is told, and foot."""
    found = scene.found
    parties = tuple(dict.fromkeys(row.case.party for row in found.rows))
    title = given or say(
        "Reach of 35 % of the maximum flight distances on {day}: {parties}",
        day=found.reading.at,
        parties=", ".join(parties) if len(parties) <= _MOST_NAMED else say("all Parties"),
    )
    height = figure.get_size_inches()[1]
    lines = wrapped(words(title), 9.0, (WIDTH_IN - 2 * SIDE_IN) * 72.0)[:2]
    for number, line in enumerate(lines):
        y = (height - 0.2 - 0.17 * number) / height
        figure.text(SIDE_IN / WIDTH_IN, y, line, fontproperties=font(9.0, bold=True))
    _legend(figure, scene, words, height, FOOT_IN + len(told) * _TOLD_IN)
    for number, line in enumerate(told):
        y = (0.42 + _TOLD_IN * (len(told) - number)) / height
        figure.text(SIDE_IN / WIDTH_IN, y, line, fontproperties=font(_TOLD_SIZE))
    scale_km = round_length_km(scene.box.width / 6.0)
    foot = say(
        "Scale: {km:g} km are {share:.1f} % of the width. Borders: view {view}; {source}; known to ±{band:g} km. "
        "Waters are drawn, not measured: 12 nautical miles, up to the median line. Azimuthal equidistant projection, "
        "WGS 84.",
        km=scale_km,
        share=100.0 * scale_km / scene.box.width,
        view=found.view.name,
        source=of_data(found.view.source),
        band=found.view.error_band_km,
    )
    for number, line in enumerate(wrapped(words(foot), 5.8, (WIDTH_IN - 2 * SIDE_IN) * 72.0)):
        figure.text(
            SIDE_IN / WIDTH_IN, (0.3 - 0.11 * number) / height, line, fontproperties=font(5.8), color=paper.GREY
        )


def _legend(figure: Figure, scene: _Scene, words: Callable[[Text], str], height: float, top_in: float) -> None:
    from matplotlib.lines import Line2D

    used = [mark_of(row) for row in scene.rows]
    entries: list[tuple[Any, Text]] = [
        (Line2D([], [], linestyle="none", marker="^", color=paper.INK), say("airfield")),
        (Line2D([], [], linestyle="--", color=paper.BLUE, linewidth=0.8), say("35 % of the maximum flight distance")),
    ]
    if scene.box.width <= WIDEST_WITH_WATERS_KM:
        waters = Line2D([], [], linestyle="none", marker="s", color=paper.SKY, alpha=0.5)
        entries.append((waters, say("territorial waters, derived")))
    entries += [
        (Line2D([], [], linestyle="none", marker=mark.sign, color=mark.colour), mark.told)
        for mark in MARKS
        if mark in used
    ]
    figure.legend(
        [entry[0] for entry in entries],
        [words(entry[1]) for entry in entries],
        loc="upper left",
        bbox_to_anchor=(SIDE_IN / WIDTH_IN, (top_in - 0.05) / height),
        ncols=2 if len(entries) > 4 else 4,
        prop=font(6.5),
        frameon=False,
        borderpad=0.0,
        borderaxespad=0.0,
        labelspacing=0.4,
    )


def _path(area: BaseGeometry) -> Path:
    """Turn polygons with holes into one path."""
    import shapely
    from matplotlib.path import Path

    parts = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    return Path.make_compound_path(*(Path(shapely.get_coordinates(ring), closed=True) for ring in rings))


def _lines(outline: BaseGeometry) -> list[Floats]:
    import shapely

    return [shapely.get_coordinates(part) for part in shapely.get_parts(outline) if part.geom_type == "LineString"]


def _plot(axes: Axes, points: Floats, **style: Any) -> None:
    axes.plot(points[:, 0], points[:, 1], scalex=False, scaley=False, **style)


def _scatter(axes: Axes, points: Sequence[Any] | Floats, marker: str, size: float, colour: str, zorder: float) -> None:
    rows = np.asarray(points)
    axes.scatter(
        rows[:, 0], rows[:, 1], marker=marker, s=size, c=colour, edgecolors="white", linewidths=0.7, zorder=zorder
    )

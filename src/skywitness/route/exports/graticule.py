"""Meridians and parallels on a map, and where they meet its frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from skywitness.core.geodesy import Floats, normalize_lon
from skywitness.core.text import Text, say
from skywitness.route.exports.chart import Box, Chart

STEPS_DEG = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 45.0)
WANTED_LINES = 5
CORNER = 0.03
"""Names of lines stay this share of the frame away from its corners."""


@dataclass(frozen=True, slots=True)
class GridLine:
    """A meridian or parallel as points on the map (km), its name, and where on the frame the name stands."""

    points: Floats
    name: Text
    x: float | None
    y: float | None


def grid_lines(chart: Chart, box: Box) -> Iterator[GridLine]:
    """Draw some five meridians and five parallels through the frame."""
    lons, lats = _range(chart, box)
    for lat in _multiples(*lats):
        line = chart.project(np.column_stack((np.linspace(*lons, 121), np.full(121, lat))))
        yield GridLine(line, _lat_name(lat), None, _crossing(line[:, ::-1], box.west, box.south, box.north))
    for lon in _multiples(*lons):
        line = chart.project(np.column_stack((np.full(121, lon), np.linspace(*lats, 121))))
        yield GridLine(line, _lon_name(lon), _crossing(line, box.south, box.west, box.east), None)


def _range(chart: Chart, box: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    """Find the longitudes (running on past 180) and latitudes in the frame."""
    x, y = np.meshgrid(np.linspace(box.west, box.east, 41), np.linspace(box.south, box.north, 41))
    lonlat = chart.unproject(np.column_stack((x.ravel(), y.ravel())))
    off = (lonlat[:, 0] - chart.centre[0] + 180.0) % 360.0 - 180.0
    lats = float(lonlat[:, 1].min()), float(lonlat[:, 1].max())
    pole = chart.project([(0.0, 90.0 if chart.centre[1] > 0 else -90.0)])
    if bool(box.holds(pole)[0]):
        return (-180.0, 180.0), (min(lats[0], 89.9), max(lats[1], -89.9))
    return (chart.centre[0] + float(off.min()), chart.centre[0] + float(off.max())), lats


def _multiples(low: float, high: float) -> Iterator[float]:
    step = next((step for step in STEPS_DEG if (high - low) / step <= WANTED_LINES + 1), STEPS_DEG[-1])
    for index in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1):
        yield index * step


def _crossing(line: Floats, level: float, low: float, high: float) -> float | None:
    """Find where a line (rows of across, along) meets ``along == level`` between ``low`` and ``high``; the first."""
    above = line[:, 1] - level
    for index in np.flatnonzero(above[:-1] * above[1:] <= 0.0):
        first, second = above[index], above[index + 1]
        share = 0.0 if first == second else first / (first - second)
        across = float(line[index, 0] + share * (line[index + 1, 0] - line[index, 0]))
        if low + CORNER * (high - low) <= across <= high - CORNER * (high - low):
            return across
    return None


def _lat_name(lat: float) -> Text:
    degrees = round(abs(lat), 1)
    if degrees == 0.0:
        return say("{degrees:g}°", degrees=0.0)
    return say("{degrees:g}°N", degrees=degrees) if lat > 0.0 else say("{degrees:g}°S", degrees=degrees)


def _lon_name(lon: float) -> Text:
    home = round(normalize_lon(lon), 1)
    if home in (0.0, -180.0, 180.0):
        return say("{degrees:g}°", degrees=abs(home))
    return say("{degrees:g}°E", degrees=home) if home > 0.0 else say("{degrees:g}°W", degrees=-home)

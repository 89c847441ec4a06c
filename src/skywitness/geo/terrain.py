"""Heights of the ground from an elevation model that the user brings as GeoTIFF.

The program comes with none: heights are unknown until a file is given, and *unknown* is a result of its own, never
zero.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.geo.outline import in_space

Floats = NDArray[np.float64]

KIND = "bad_terrain"
DEFAULT_ERROR_M = 16.0
"""What global models state (SRTM, ASTER: 16 m at 90 %); a better one should be opened with its own figure."""

_PIECE_KM = 20.0
_BLOCK = 1 << 20
_SAMPLE = 64
_SLACK_M = 10.0
"""A straight line through the ground runs up to 8 m under a piece of 20 km."""


@dataclass(frozen=True, slots=True)
class Height:
    """A height of the ground in metres above the zero of the model; ``error_m``: half width of its band."""

    height_m: float
    error_m: float
    lon: float
    lat: float
    source: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The model says nothing there, and why; ``highest_known_m``: the highest of what it does say, if anything."""

    why: Text
    highest_known_m: float | None = None


class HeightSource(Protocol):
    """Anything that can tell heights of the ground."""

    def height_m(self, lon: float, lat: float) -> Height | Unknown:
        """Tell the height at a position."""
        ...

    def highest_along(
        self, lon1: float, lat1: float, lon2: float, lat2: float, half_width_km: float
    ) -> Height | Unknown:
        """Tell the highest ground within a distance of a leg."""
        ...


@dataclass(frozen=True, slots=True)
class _Highest:
    """The highest pixel so far, and where."""

    height_m: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows ``top`` to ``bottom - 1`` and columns ``left`` to ``right - 1``, also beyond the file."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A short piece of a corridor: rows (lon, lat, km) of its ends, its half width with a pixel's reach, its pixels."""

    start: Floats
    end: Floats
    within_km: float
    window: _Block

    def blocks(self) -> Iterator[_Block]:
        """Part the window into blocks that fit into memory."""
        window = self.window
        tall = max(1, _BLOCK // max(window.right - window.left, 1))
        for first in range(window.top, window.bottom, tall):
            yield _Block(first, window.left, min(window.bottom, first + tall), window.right)

    def look(
        self, terrain: Terrain, block: _Block, heights: Floats, above_m: float, stride: int, mind_holes: bool
    ) -> tuple[_Highest | None, bool]:
        """Find the highest pixel of the corridor above a height, and whether a pixel of it has no data."""
        some = heights.ravel()[::stride]
        asked = np.flatnonzero(~(some <= above_m) if mind_holes else some > above_m) * stride
        rows, columns = np.divmod(asked, heights.shape[1])
        lons, lats = terrain.centres(rows + block.top, columns + block.left)
        inside = self._holds(lons, lats)
        found, lons, lats = heights.ravel()[asked][inside], lons[inside], lats[inside]
        known = np.isfinite(found)
        if not known.any():
            return None, bool(len(found))
        top = int(np.argmax(np.where(known, found, -np.inf)))
        return _Highest(float(found[top]), float(lons[top]), float(lats[top])), not bool(known.all())

    def _holds(self, lons: Floats, lats: Floats) -> NDArray[np.bool_]:
        """Tell which positions lie in the corridor, in space: over some tens of km a metre or two more than asked."""
        (start, end), points = in_space(*np.vstack((self.start, self.end)).T[:2]), in_space(lons, lats)
        within_m = 1000.0 * self.within_km + _SLACK_M
        along = end - start
        length = max(float(np.linalg.norm(along)), 1e-6)
        share = np.clip((points - start) @ along / length**2, 0.0, 1.0)
        return np.asarray(np.linalg.norm(points - start - share[:, None] * along, axis=1) <= within_m)


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """An elevation model, opened by ``open_terrain``.  ``source``: file name and SHA-256; ``error_m``: as stated."""

    path: Path
    source: str
    error_m: float
    _raster: Any
    _to_model: Any
    _to_wgs84: Any

    def height_m(self, lon: float, lat: float) -> Height | Unknown:
        """Tell the height of the pixel in which a position lies."""
        x, y = self._xy(np.array([lon]), np.array([lat]))
        if not (np.isfinite(x[0]) and np.isfinite(y[0])):
            return Unknown(say("the position cannot be placed in the elevation model"))
        columns, rows = self._pixels(x, y)
        row, column = math.floor(rows[0]), math.floor(columns[0])
        heights, _ = self._read(_Block(row, column, row + 1, column + 1))
        if heights.size == 0:
            return Unknown(say("the elevation model does not reach there"))
        if not np.isfinite(heights[0, 0]):
            return Unknown(say("the elevation model has no data there"))
        return Height(float(heights[0, 0]), self.error_m, lon, lat, self.source)

    def highest_along(
        self, lon1: float, lat1: float, lon2: float, lat2: float, half_width_km: float
    ) -> Height | Unknown:
        """Tell the highest ground within ``half_width_km`` of a leg.

        All pixels are looked at that may reach into the corridor.  Where any of it has no data, or lies beyond the
        model, the answer is unknown, with the highest of what is known.
        """
        if not half_width_km >= 0.0:
            raise InputError("bad_width", say("a half width of {width} km is negative", width=half_width_km))
        best, gaps = _Highest(-math.inf, math.nan, math.nan), False
        for piece in self._pieces(lon1, lat1, lon2, lat2, half_width_km):
            for block in piece.blocks():
                heights = self._framed(block)
                for stride in (_SAMPLE, 1):  # a sample first, so that few pixels are left that may be higher
                    better, holes = piece.look(self, block, heights, best.height_m, stride, not gaps)
                    best, gaps = better or best, gaps or holes
        if gaps or math.isinf(best.height_m):
            why = say("the elevation model has no data in a part of the corridor")
            return Unknown(why, None if math.isinf(best.height_m) else best.height_m)
        return Height(best.height_m, self.error_m, best.lon, best.lat, self.source)

    def _pieces(self, lon1: float, lat1: float, lon2: float, lat2: float, half_width_km: float) -> Iterator[_Piece]:
        """Part a corridor into short pieces, each with the window of pixels that holds it."""
        knots = geodesy.points_along(lon1, lat1, lon2, lat2, _PIECE_KM)
        for start, end in itertools.pairwise(knots):
            for block, pixel_km in self._windows(start, end, half_width_km):
                yield _Piece(start, end, half_width_km + pixel_km, block)

    def _windows(self, start: Floats, end: Floats, half_width_km: float) -> Iterator[tuple[_Block, float]]:
        """Find the pixels that hold the corridor of one piece, and half the diagonal of a pixel in km.

        Where a model of the whole world ends in the middle of the piece there are two windows.
        """
        ring = [
            geodesy.destination(float(knot[0]), float(knot[1]), azimuth, 1.5 * half_width_km + 0.001)
            for knot in (start, end)
            for azimuth in range(0, 360, 15)
        ]
        columns, rows = self._pixels(*self._xy(*np.array(ring).T))
        if not (np.all(np.isfinite(columns)) and np.all(np.isfinite(rows))):
            raise InputError(KIND, say("the leg cannot be placed in the elevation model"), str(self.path))
        top, bottom = math.floor(rows.min()) - 1, math.ceil(rows.max()) + 1
        whole_world = self._to_model is None and abs(self._raster.width * self._raster.transform.a - 360.0) < 1e-6
        least, most, sides = -math.inf, math.inf, [columns]
        if whole_world:
            least, most, half = 0, self._raster.width, self._raster.width / 2.0
            if np.ptp(columns) > half:
                sides = [np.append(columns[columns < half], least), np.append(columns[columns >= half], most)]
        for side in sides:
            left, right = int(max(math.floor(side.min()) - 1, least)), int(min(math.ceil(side.max()) + 1, most))
            row, column = (top + bottom) // 2, (left + right) // 2
            (lon1, lon2), (lat1, lat2) = self.centres([row, row + 1], [column, column + 1])
            yield _Block(top, left, bottom, right), geodesy.distance_km(lon1, lat1, lon2, lat2) / 2.0

    def _framed(self, block: _Block) -> Floats:
        """Read a block, NaN where the file has no data or does not reach."""
        heights, (row, column) = self._read(block)
        full = np.full((block.bottom - block.top, block.right - block.left), np.nan)
        top, left = row - block.top, column - block.left
        full[top : top + heights.shape[0], left : left + heights.shape[1]] = heights
        return full

    def _read(self, block: _Block) -> tuple[Floats, tuple[int, int]]:
        """Read what the file has of a block, NaN where it has no data, and where what was read begins."""
        first, last = max(block.top, 0), min(block.bottom, self._raster.height)
        low, high = max(block.left, 0), min(block.right, self._raster.width)
        if first >= last or low >= high:
            return np.empty((0, 0)), (block.top, block.left)
        band = self._raster.read(1, window=((first, last), (low, high)), masked=True)
        return np.ma.filled(band.astype(np.float64), np.nan), (first, low)

    def _xy(self, lons: Any, lats: Any) -> tuple[Floats, Floats]:
        """Place positions in the system of the file."""
        if self._to_model is None:
            west = self._raster.bounds.left
            return west + (np.asarray(lons, np.float64) - west) % 360.0, np.asarray(lats, np.float64)
        x, y = self._to_model.transform(lons, lats)
        return np.asarray(x), np.asarray(y)

    def _pixels(self, x: Any, y: Any) -> tuple[Floats, Floats]:
        """Give the columns and rows, with decimals, of points in the system of the file."""
        grid = self._raster.transform
        east, north, area = x - grid.c, y - grid.f, grid.a * grid.e - grid.b * grid.d
        return (grid.e * east - grid.b * north) / area, (grid.a * north - grid.d * east) / area

    def centres(self, rows: Any, columns: Any) -> tuple[Floats, Floats]:
        """Give the longitudes and latitudes of the middles of pixels."""
        grid = self._raster.transform
        column, row = np.asarray(columns) + 0.5, np.asarray(rows) + 0.5
        x, y = grid.a * column + grid.b * row + grid.c, grid.d * column + grid.e * row + grid.f
        if self._to_wgs84 is None:
            return np.asarray(x), np.asarray(y)
        lons, lats = self._to_wgs84.transform(x, y)
        return np.asarray(lons), np.asarray(lats)


def open_terrain(path: Path | str, error_m: float = DEFAULT_ERROR_M) -> Terrain:
    """Open an elevation model: a GeoTIFF with one band of heights in metres, in any reference system.

    ``error_m``: how far its heights may be off.  Raises ``InputError`` when the file cannot be used, or when the
    library for rasters is not installed.
    """
    file = Path(path)
    try:
        import rasterio
        from rasterio.errors import NotGeoreferencedWarning, RasterioIOError
    except ImportError as error:
        message = say("elevation models need rasterio: install skywitness[imagery]")
        raise InputError("not_installed", message, str(file)) from error
    if not (math.isfinite(error_m) and error_m >= 0.0):
        raise InputError(KIND, say("a vertical error of {error} m is no error", error=error_m), str(file))
    if file.is_dir():
        raise InputError(KIND, say("it is a folder; name a file in it"), str(file))
    if not file.is_file():
        raise InputError(KIND, say("there is no such file"), str(file))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)  # refused below, in our own words
            raster = rasterio.open(file)
    except RasterioIOError as error:
        raise InputError(KIND, say("it is no readable GeoTIFF: {reason}", reason=str(error)), str(file)) from error
    to_model, to_wgs84 = _transformers(raster, file)
    source = f"{file.name} (SHA-256 {_sha256(file)})"
    return Terrain(file, source, error_m, raster, to_model, to_wgs84)


def _transformers(raster: Any, file: Path) -> tuple[Any, Any]:
    """Make the ways between longitude and latitude and the system of the file; ``None`` twice if they are the same."""
    from pyproj import CRS, Transformer

    if raster.crs is None or raster.transform.is_identity:
        raise InputError(KIND, say("it does not say where on Earth it lies"), str(file))
    if raster.crs.to_epsg() == 4326:
        return None, None
    model, wgs84 = CRS.from_wkt(raster.crs.to_wkt()), CRS.from_epsg(4326)
    return Transformer.from_crs(wgs84, model, always_xy=True), Transformer.from_crs(model, wgs84, always_xy=True)


def _sha256(file: Path) -> str:
    """Hash a file that may be large."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

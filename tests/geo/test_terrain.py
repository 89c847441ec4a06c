"""Heights from elevation models made here, in two reference systems, with holes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pyproj import Transformer

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.geo.terrain import Height, Terrain, Unknown, open_terrain

rasterio = pytest.importorskip("rasterio", reason="elevation models need rasterio, extra imagery")

NODATA = -32768.0
Heights = NDArray[np.float32]
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give a function that writes a GeoTIFF."""

    def make(heights: Heights, west: float, north: float, step: float, crs: str | None = "EPSG:4326") -> Path:
        path = tmp_path / f"model{len(list(tmp_path.iterdir()))}.tif"
        with rasterio.open(
            path, "w", driver="GTiff", height=heights.shape[0], width=heights.shape[1], count=1, dtype="float32",
            crs=crs, transform=rasterio.Affine(step, 0.0, west, 0.0, -step, north), nodata=NODATA,
        ) as target:  # fmt: skip
            target.write(heights, 1)
        return path

    return make


def slope(rows: int, columns: int) -> Heights:
    """A plain of 100 m that rises by 1 m with each column to the east."""
    return np.asarray(100.0 + np.arange(columns)[None, :] + np.zeros((rows, 1)), np.float32)


def test_a_height_is_that_of_its_pixel(write: Write) -> None:
    """The height at the middle of a pixel is the one written there, with the source and the stated error."""
    terrain = open_terrain(write(slope(100, 200), 30.0, 60.0, 0.01), error_m=9.0)
    found = terrain.height_m(30.0 + 0.01 * 37.5, 60.0 - 0.01 * 12.5)
    assert isinstance(found, Height)
    assert found.height_m == 137.0
    assert found.error_m == 9.0
    assert "SHA-256" in found.source


def test_beyond_the_model_is_unknown(write: Write) -> None:
    """Outside the file, and where it has no data, the height is unknown and not zero."""
    heights = slope(50, 50)
    heights[10, 10] = NODATA
    terrain = open_terrain(write(heights, 30.0, 60.0, 0.01))
    assert isinstance(terrain.height_m(29.0, 59.8), Unknown)
    assert isinstance(terrain.height_m(30.105, 59.895), Unknown)
    assert isinstance(terrain.height_m(30.115, 59.895), Height)


def test_the_highest_ground_under_a_leg(write: Write) -> None:
    """A peak within the half width counts, one beyond it does not; brute force over all pixels agrees."""
    rng = np.random.default_rng(2)
    heights = np.asarray(rng.uniform(0, 500, (150, 200)), np.float32)
    terrain = open_terrain(write(heights, 30.0, 61.0, 0.02))
    leg = (31.0, 60.0, 32.5, 59.2)
    rows, columns = np.mgrid[0:150, 0:200]
    lons, lats = 30.0 + 0.02 * (columns.ravel() + 0.5), 61.0 - 0.02 * (rows.ravel() + 0.5)
    cross, along = geodesy.cross_track(*leg, lons, lats)
    length = geodesy.distance_km(*leg)
    for width in (0.5, 5.0, 20.0):
        sure = (np.abs(cross) <= width) & (along >= 0.0) & (along <= length)
        ends = np.minimum(
            geodesy.distances_km(leg[0], leg[1], lons, lats), geodesy.distances_km(leg[2], leg[3], lons, lats)
        )
        maybe = (ends <= width + 1.3) | ((np.abs(cross) <= width + 1.3) & (along >= 0.0) & (along <= length))
        found = terrain.highest_along(*leg, half_width_km=width)
        assert isinstance(found, Height)
        assert heights.ravel()[sure].max() <= found.height_m <= heights.ravel()[maybe].max()
        assert terrain.height_m(found.lon, found.lat) == found


def test_a_hole_in_the_corridor_makes_it_unknown(write: Write) -> None:
    """With one pixel without data in the corridor the answer is unknown, with the highest of what is known."""
    heights = slope(300, 400)
    heights[100, 200] = NODATA
    terrain = open_terrain(write(heights, 30.0, 61.0, 0.01))
    over = terrain.highest_along(31.0, 60.0, 33.0, 60.0, 2.0)
    assert isinstance(over, Unknown)
    assert over.highest_known_m is not None
    assert over.highest_known_m >= 399.0
    assert isinstance(terrain.highest_along(31.0, 59.5, 33.0, 59.5, 2.0), Height)
    assert isinstance(terrain.highest_along(31.0, 59.5, 36.0, 59.5, 2.0), Unknown)
    nowhere = terrain.highest_along(60.0, 20.0, 61.0, 20.0, 2.0)
    assert isinstance(nowhere, Unknown)
    assert nowhere.highest_known_m is None


def test_a_model_in_another_system_is_read(write: Write) -> None:
    """A model in UTM metres gives the height at a longitude and latitude, and along a leg."""
    to_utm = Transformer.from_crs(4326, 32636, always_xy=True)
    east, north = to_utm.transform(33.0, 56.0)
    terrain = open_terrain(write(slope(1000, 1000), east - 50_000.0, north + 50_000.0, 100.0, "EPSG:32636"))
    found = terrain.height_m(33.0, 56.0)
    assert isinstance(found, Height)
    assert found.height_m == pytest.approx(600.0, abs=1.0)
    lon, lat = Transformer.from_crs(32636, 4326, always_xy=True).transform(east + 20_000.0, north)
    along = terrain.highest_along(33.0, 56.0, lon, lat, 1.0)
    assert isinstance(along, Height)
    assert along.height_m == pytest.approx(100.0 + 500 + 200 + 10, abs=3.0)


def test_a_model_across_180_degrees(write: Write) -> None:
    """A leg over 180 degrees is measured on a model of 170 to 190 degrees and on one of the whole world."""
    for west, columns in ((170.0, 200), (-180.0, 3600)):
        heights = np.full((100, columns), 5.0, np.float32)
        terrain = open_terrain(write(heights, west, 70.0, 0.1))
        found = terrain.highest_along(179.5, 66.0, -179.5, 66.2, 15.0)
        assert isinstance(found, Height), west
        assert found.height_m == 5.0
        assert isinstance(terrain.height_m(-175.0, 67.0), Height)


def test_files_that_are_no_models_are_refused(tmp_path: Path, write: Write) -> None:
    """An absent, an empty or another file, and one that lies nowhere on Earth, are each refused with the reason."""
    text = tmp_path / "text.tif"
    text.write_text("height,100")
    empty = tmp_path / "empty.tif"
    empty.touch()
    for path, reason in (
        (tmp_path / "none.tif", "no such file"),
        (text, "GeoTIFF"),
        (empty, "GeoTIFF"),
        (tmp_path, "folder"),
    ):
        with pytest.raises(InputError, match=reason) as refusal:
            open_terrain(path)
        assert refusal.value.kind == "bad_terrain"
    with pytest.raises(InputError, match="where on Earth"):
        open_terrain(write(slope(5, 5), 10.0, 20.0, 1.0, None))
    with pytest.raises(InputError, match="no error"):
        open_terrain(write(slope(5, 5), 10.0, 20.0, 1.0), error_m=float("nan"))


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where rasterio is not installed the refusal says what to install."""
    monkeypatch.setitem(sys.modules, "rasterio", None)
    with pytest.raises(InputError, match=r"skywitness\[imagery\]"):
        open_terrain(tmp_path / "model.tif")


def test_a_negative_width_is_refused(write: Write) -> None:
    """A corridor cannot be narrower than nothing."""
    terrain: Terrain = open_terrain(write(slope(5, 5), 30.0, 60.0, 0.1))
    with pytest.raises(InputError, match="half width"):
        terrain.highest_along(30.1, 59.9, 30.2, 59.9, -1.0)

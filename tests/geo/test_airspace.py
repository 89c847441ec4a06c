"""Hazardous airspace: what is read, what is refused, and which legs touch it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.geo.airspace import HazardArea, leg_crosses, read_areas

Write = Callable[..., Path]
RING = [[20.0, 51.0], [21.0, 51.0], [21.0, 52.0], [20.0, 52.0], [20.0, 51.0]]
SQUARE = {"type": "Polygon", "coordinates": [RING]}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give a function that writes features: pairs of geometry and properties."""

    def make(*features: tuple[Any, Any]) -> Path:
        rows = [{"type": "Feature", "geometry": shape, "properties": about} for shape, about in features]
        path = tmp_path / "areas.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
        return path

    return make


def test_areas_are_read(write: Write) -> None:
    """Name, bounds in height and bounds in time are read; what is not stated has no bound."""
    about = {"name": "EP D1", "floor_m_amsl": 300, "ceiling_m_amsl": 6000.5, "from_utc": "2020-08-13T09:00:00+03:00"}
    first, second = read_areas(write((SQUARE, about), (SQUARE, {"name": "EP D2"})))
    assert (first.name, first.floor_m_amsl, first.ceiling_m_amsl) == ("EP D1", 300.0, 6000.5)
    assert first.from_utc == dt.datetime(2020, 8, 13, 6, tzinfo=dt.UTC)
    assert first.to_utc is None
    assert [first.holds_height(height) for height in (299.0, 300.0, 6000.5, 6001.0)] == [False, True, True, False]
    assert second.holds_height(-50.0)


@pytest.mark.parametrize(
    ("start_h", "end_h", "there"),
    [(0, 5, False), (0, 6, True), (5, 8, True), (7, 8, True), (8, 10, True), (9, 10, False), (0, 12, True)],
)
def test_an_area_is_there_from_its_first_moment_to_before_its_last(start_h: int, end_h: int, there: bool) -> None:
    """A leg that ends as the area begins meets it, one that starts as it ends does not; no bound holds for ever."""
    day = dt.datetime(2020, 8, 13, tzinfo=dt.UTC)
    start, end = day + dt.timedelta(hours=start_h), day + dt.timedelta(hours=end_h)
    from_utc, to_utc = day + dt.timedelta(hours=6), day + dt.timedelta(hours=9)
    assert HazardArea("a", MultiPolygon(), from_utc=from_utc, to_utc=to_utc).holds_between(start, end) is there
    assert HazardArea("a", MultiPolygon(), from_utc=from_utc).holds_between(start, end) is (end_h >= 6)
    assert HazardArea("a", MultiPolygon(), to_utc=to_utc).holds_between(start, end) is (start_h < 9)
    assert HazardArea("a", MultiPolygon()).holds_between(start, end)


def test_all_faults_are_told_at_once(write: Write) -> None:
    """Every fault of every feature is told, with the place of the feature."""
    path = write(
        (SQUARE, {}),
        (SQUARE, {"name": "a", "floor_m_amsl": "low"}),
        (SQUARE, {"name": "b", "floor_m_amsl": 100, "ceiling_m_amsl": 50}),
        (SQUARE, {"name": "c", "from_utc": "2020-08-13T09:00"}),
        (SQUARE, {"name": "d", "to_utc": "tomorrow"}),
        (SQUARE, {"name": "e", "from_utc": "2020-08-13T09:00Z", "to_utc": "2020-08-12T09:00Z"}),
        ({"type": "Point", "coordinates": [0, 0]}, {"name": "f"}),
        (SQUARE, {"name": "g", "ceiling_m_amsl": True}),
    )
    with pytest.raises(InputError) as refusal:
        read_areas(path)
    assert [fault.where for fault in refusal.value.faults] == [f"features[{number}]" for number in range(8)]
    assert refusal.value.kind == "bad_airspace"


@pytest.mark.parametrize(
    ("about", "refused"),
    [
        ({"upper": "FL100"}, "upper is not read: write ceiling_m_amsl"),
        ({"LOWER_LIMIT": 0}, "LOWER_LIMIT is not read: write floor_m_amsl"),
        ({"valid_from": "2020-08-13T09:00Z"}, "valid_from is not read: write from_utc"),
        ({"end": "2020-08-13"}, "end is not read: write to_utc"),
        ({"upper": "FL100", "ceiling_m_amsl": 3048}, None),
        ({"upper": None}, None),
        ({"topic": "gliding", "based": "EDDF", "endorsed": True, "type": "D"}, None),
    ],
)
def test_a_bound_under_another_name_is_not_passed_over(
    write: Write, about: dict[str, Any], refused: str | None
) -> None:
    """Passed over, it would make the area larger than it is; beside the name that is read it does no harm."""
    path = write((SQUARE, {"name": "a", **about}))
    if refused is None:
        assert len(read_areas(path)) == 1
        return
    with pytest.raises(InputError) as refusal:
        read_areas(path)
    assert [str(fault.message).startswith(refused) for fault in refusal.value.faults] == [True]


@pytest.mark.parametrize("raw", [b"", b"{", b"null", b'{"type": "Feature"}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_geojson_is_refused(tmp_path: Path, raw: bytes) -> None:
    """Files that are no GeoJSON are refused, not half read."""
    path = tmp_path / "areas.geojson"
    path.write_bytes(raw)
    with pytest.raises(InputError):
        read_areas(path)


def test_a_file_without_end_is_refused() -> None:
    """No more is read than any honest file holds, or a slip of the name would fill the memory."""
    with pytest.raises(InputError, match="larger than"):
        read_areas(Path("/dev/zero"))


def test_legs_are_judged_as_geodesics(write: Write) -> None:
    """Random legs touch an area exactly when a point on the geodesic, laid every 100 m, lies in it."""
    (area,) = read_areas(write((SQUARE, {"name": "a"})))
    rng = np.random.default_rng(8)
    touched = 0
    for _ in range(150):
        lon, lat = rng.uniform(18.0, 23.0), rng.uniform(50.0, 53.0)
        end = geodesy.destination(lon, lat, rng.uniform(0, 360), rng.uniform(0.0, 300.0))
        points = geodesy.points_along(lon, lat, *end, 0.1)
        inside = bool(shapely.intersects_xy(area.geometry, points[:, 0], points[:, 1]).any())
        assert leg_crosses(area, lon, lat, *end) == inside
        touched += inside
    assert 20 < touched < 130


def test_a_leg_north_of_the_chord_is_the_geodesic() -> None:
    """A long leg east bulges north: an area on the parallel is not touched, one on the great circle is."""
    leg = (0.0, 60.0, 40.0, 60.0)
    on_parallel = HazardArea("parallel", shapely.MultiPolygon([shapely.box(19.0, 59.9, 21.0, 60.1)]))
    top = geodesy.points_along(*leg, 1000.0)[1]
    on_circle = HazardArea(
        "circle", shapely.MultiPolygon([shapely.box(top[0], top[1] - 0.1, top[0] + 0.2, top[1] + 0.1)])
    )
    assert not leg_crosses(on_parallel, *leg)
    assert leg_crosses(on_circle, *leg)


def test_across_180_degrees_and_within(write: Write) -> None:
    """An area across 180 degrees is touched from either side, and by a leg or point that lies wholly within it."""
    ring = [[179.0, 65.0], [-179.0, 65.0], [-179.0, 66.0], [179.0, 66.0], [179.0, 65.0]]
    (area,) = read_areas(write(({"type": "Polygon", "coordinates": [ring]}, {"name": "a"})))
    assert leg_crosses(area, 178.0, 65.5, -178.0, 65.5)
    assert leg_crosses(area, 179.9, 65.5, -179.9, 65.6)
    assert leg_crosses(area, -179.5, 65.5, -179.5, 65.5)
    assert not leg_crosses(area, 178.0, 65.5, 178.9, 65.5)
    assert not leg_crosses(area, 0.0, 65.5, 1.0, 65.5)

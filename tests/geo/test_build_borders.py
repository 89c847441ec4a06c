"""The script that builds the border file, on small topologies made here."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from tests.programs import load_program

ROOT = Path(__file__).resolve().parents[2]


build_borders = load_program("scripts/build_borders.py")

RUSSIA = [(30, 50), (170, 60), (180, 65), (-170, 67), (180, 70), (60, 70), (30, 50)]
CRIMEA = [(33, 44), (36, 44), (36, 46), (33, 46), (33, 44)]
FRANCE = [(0, 43), (7, 43), (7, 50), (0, 50), (0, 43)]
MAYOTTE = [(45, -13), (45.3, -13), (45.3, -12.5), (45, -12.5), (45, -13)]
PAMANZI = [(45.4, -12.8), (45.5, -12.8), (45.5, -12.7), (45.4, -12.7), (45.4, -12.8)]
GLORIOSO = [(47.3, -11.6), (47.4, -11.6), (47.4, -11.5), (47.3, -11.5), (47.3, -11.6)]
SPECK = [(12.45, 41.9), (12.45, 41.9), (12.45, 41.9)]


def topology() -> dict[str, Any]:
    """Make a TopoJSON file of five countries, one arc a ring; the second ring of France is stored backwards."""
    rings = [RUSSIA, CRIMEA, FRANCE, MAYOTTE[::-1], SPECK, FRANCE, PAMANZI, GLORIOSO]
    steps = [np.diff(np.round(np.array(ring) * 100), axis=0, prepend=[[0, 0]]).astype(int).tolist() for ring in rings]

    def country(name: str, number: str | None, *arcs: list[list[int]]) -> dict[str, Any]:
        return {"type": "MultiPolygon", "arcs": list(arcs), "properties": {"name": name}, "id": number}

    countries = [
        country("Russia", "643", [[0]], [[1]]),
        country("France", "250", [[2]], [[~3]], [[6]], [[7]]),
        country("Vatican", "336", [[4]]),
        country("Kosovo", None, [[1]]),
        country("Antarctica", "010", [[5]]),
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [0.01, 0.01], "translate": [0, 0]},
        "arcs": steps,
        "objects": {"countries": {"type": "GeometryCollection", "geometries": countries}},
    }


def test_features_are_repaired_coded_and_split() -> None:
    """Russia is cut at 180 degrees, Crimea and Mayotte stand alone, a speck keeps an area, Antarctica is left out."""
    features = {f.code: f.shape for f in build_borders.split_features(build_borders.read_features(topology()))}
    assert set(features) == {"RUS", "X-CRIMEA", "FRA", "MYT", "VAT", "XKX"}
    assert all(shapely.is_valid(shape) for shape in features.values())
    russia = features["RUS"]
    assert shapely.intersects_xy(russia, [100.0, 179.0, -175.0], [63.0, 66.0, 67.0]).all()
    assert not shapely.intersects_xy(russia, [0.0, -100.0, 20.0], [66.0, 66.0, 66.0]).any()
    assert shapely.intersects_xy(features["X-CRIMEA"], 34.10, 44.95)
    assert shapely.intersects_xy(features["MYT"], 45.15, -12.8)
    assert 0.0 < features["VAT"].area < 1e-4


def test_mayotte_goes_with_its_islets() -> None:
    """An islet beside Mayotte goes with it, islands two degrees away stay French, Russia keeps what is near Crimea."""
    features = {f.code: f.shape for f in build_borders.split_features(build_borders.read_features(topology()))}
    assert shapely.intersects_xy(features["MYT"], [45.45, 47.35], [-12.75, -11.55]).tolist() == [True, False]
    assert shapely.intersects_xy(features["FRA"], [45.45, 47.35], [-12.75, -11.55]).tolist() == [False, True]
    assert len(features["X-CRIMEA"].geoms) == 1


def test_the_table_of_codes_is_sound() -> None:
    """No number and no code occurs twice, and each is three digits and three capitals."""
    words = build_borders.ISO_3166.split()
    numbers, codes = words[::2], words[1::2]
    assert len(set(numbers)) == len(numbers) == len(set(codes)) > 230
    assert all(len(number) == 3 and number.isdigit() for number in numbers)
    assert all(len(code) == 3 and code.isupper() for code in codes)
    assert len(set(build_borders.OWN_CODES.values())) == len(build_borders.OWN_CODES)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Built twice, both files are byte for byte the same, and what is packed comes back to the step."""
    source = tmp_path / "countries.json"
    source.write_text(json.dumps(topology()))
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        build_borders.build(source, tmp_path / name)
    for file in ("borders_10m.npz", "borders_10m.toml"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    about = tomllib.loads((tmp_path / "one" / "borders_10m.toml").read_text("utf-8"))
    with np.load(tmp_path / "one" / "borders_10m.npz") as packed:
        assert packed["steps"].shape == (2, about["vertices"])
        coords = np.cumsum(packed["steps"], axis=1).T * 1e-4
        offsets = packed["rings"], packed["parts"], packed["features"]
        shapes = shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, np.ascontiguousarray(coords), offsets)
        crimea = shapes[list(packed["codes"]).index("X-CRIMEA")]
    assert crimea.bounds == pytest.approx((33.0, 44.0, 36.0, 46.0), abs=1e-9)


def test_a_part_that_is_not_there_stops_the_build() -> None:
    """If the source one day no longer has Crimea as a part of its own, the build stops and says so."""
    changed = topology()
    changed["objects"]["countries"]["geometries"][0]["arcs"] = [[[0]]]
    with pytest.raises(SystemExit, match="Crimea"):
        build_borders.split_features(build_borders.read_features(changed))


@pytest.mark.slow
def test_the_shipped_file_is_what_the_script_builds(tmp_path: Path) -> None:
    """From countries-10m.json of world-atlas 2.0.2 the script builds the border file that is shipped."""
    source = os.environ.get("SKYWITNESS_WORLD_ATLAS")
    if not source:
        pytest.skip("set SKYWITNESS_WORLD_ATLAS to countries-10m.json of world-atlas 2.0.2 to build the file anew")
    build_borders.build(Path(source), tmp_path)
    shipped = ROOT / "src" / "skywitness" / "geo" / "data"
    assert (tmp_path / "borders_10m.toml").read_text("utf-8") == (shipped / "borders_10m.toml").read_text("utf-8")

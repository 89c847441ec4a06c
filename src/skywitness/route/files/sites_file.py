"""Read and write the sites that somebody wants observed: CSV or GeoJSON.

Which of the two a file is shows in its contents; a name that ends in ``.geojson`` or ``.json`` settles the rest.
``docs/files.md`` describes both, and what is done with sites that stand twice or are worth nothing.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say, say_n
from skywitness.route.files.canonical import number_words
from skywitness.route.files.document import parse_json
from skywitness.route.files.faults import raise_faults
from skywitness.route.files.fields import MAX_NAME
from skywitness.route.files.sites_csv import read_csv
from skywitness.route.files.sites_geojson import read_geojson
from skywitness.route.files.sites_hours import HOURS, hours_json
from skywitness.route.files.sites_rows import MAX_SITES, Gathered, Row, guarded_name
from skywitness.route.files.text_file import path_words, read_text
from skywitness.route.model import Site

__all__ = ["MAX_SITES", "SAME_PLACE_DEG", "SitesFile", "read_sites", "sites_from_text", "write_sites"]

_JSON_ENDS = (".geojson", ".json")

SAME_PLACE_DEG = 1e-6
"""Sites closer than about 0.1 m are one place; no sensor tells them apart."""


@dataclass(frozen=True, slots=True)
class SitesFile:
    """The sites of a file, in its order, and what the reader has to tell about them."""

    sites: tuple[Site, ...]
    warnings: tuple[Text, ...] = ()


def read_sites(path: Path | str) -> SitesFile:
    """Read a sites file.

    Raises ``InputError`` of kind ``bad_sites`` with all faults and their lines, ``too_many_sites``, ``no_sites``, or
    the kinds of :func:`~skywitness.route.files.text_file.read_text` and of
    :func:`~skywitness.route.files.document.parse_json`.
    """
    return sites_from_text(read_text(path), path_words(path))


def sites_from_text(text: str, where: str = "") -> SitesFile:
    """Read sites from the text of a file; ``where`` names it in the refusal."""
    gathered = Gathered()
    first = text.lstrip()[:1]
    if first in ("{", "[") or _is_bare_json(text, where):
        read_geojson(parse_json(text, where), where, gathered)
    elif first == "<":
        message = say("This is XML, such as KML or GPX; save the sites as CSV or GeoJSON.")
        raise InputError("bad_sites", message, where)
    else:
        read_csv(text, where, gathered)
    raise_faults(gathered.faults, "bad_sites", say("The sites cannot be used as they stand."), where)
    if not gathered.rows:
        raise InputError("no_sites", say("The file holds no site."), where)
    rows = _without_worthless(gathered)
    if not rows:
        raise InputError("no_sites", say("Every site of the file has the value 0, so none is worth a flight."), where)
    sites = _merged(rows, gathered)
    return SitesFile(tuple(sites), tuple(gathered.warnings))


def _is_bare_json(text: str, where: str) -> bool:
    """Tell a JSON text that is a mere word or number, which GeoJSON never is, from the first row of a table."""
    return where.lower().endswith(_JSON_ENDS) or text.strip() in ("null", "true", "false")


def write_sites(sites: Iterable[Site], fmt: Literal["csv", "geojson"] = "csv") -> str:
    """Write sites as the text of a file; :func:`sites_from_text` reads back the same sites."""
    return _csv(tuple(sites)) if fmt == "csv" else _geojson(sites)


def _csv(sites: Sequence[Site]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    more = [_more(site) for site in sites]
    columns = [column for column in _MORE if any(column in asked for asked in more)]
    writer.writerow(["name", "lon", "lat", "value", *columns])
    for site, asked in zip(sites, more, strict=True):
        row = [guarded_name(site.name), *(number_words(number) for number in (site.lon, site.lat, site.value))]
        cells = (asked.get(column, "") for column in columns)
        writer.writerow([*row, *(cell if isinstance(cell, str) else number_words(cell) for cell in cells)])
    return file.getvalue()


_ASKED = ("p_clear", "sensors", "cloud_base_m", "ground_resolution_m")
_MORE = (*_ASKED, *HOURS)


def _more(site: Site) -> dict[str, float | str]:
    """Give what is known or asked of a site beside its value, by column; nothing of what is not."""
    asked: tuple[float | str | None, ...] = (
        site.p_clear,
        "/".join(site.sensors) or None,
        site.cloud_base_m_agl,
        site.ground_resolution_m,
    )
    told = zip(_ASKED, asked, strict=True)
    given = {key: value if isinstance(value, str) else float(value) for key, value in told if value is not None}
    return given | hours_json(site)


def _geojson(sites: Iterable[Site]) -> str:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [float(site.lon), float(site.lat)]},
            "properties": {"name": site.name, "value": float(site.value)} | _more(site),
        }
        for site in sites
    ]
    # One feature a line: readable, and changes show as changed lines.
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, allow_nan=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'


def _without_worthless(gathered: Gathered) -> list[Row]:
    """Leave out sites of value 0: they earn nothing, and a plan is made of sites that do."""
    rows = [row for row in gathered.rows if row.site.value > 0.0]
    worthless = len(gathered.rows) - len(rows)
    if worthless:
        gathered.warnings.append(
            say_n("{count} site of value 0 is left out.", "{count} sites of value 0 are left out.", worthless)
        )
    return rows


def _merged(rows: Sequence[Row], gathered: Gathered) -> list[Site]:
    """Make one site of rows at one place.

    Under one name the row stands twice: the larger value counts.  Under different names there are two things to see,
    and one look sees both: values are added and names joined.  One place has one sky, so the smaller chance given
    holds, and the lower base of the clouds.  Rows that ask for other sensors, or another ground resolution, stay apart:
    one look need not serve both.
    """
    by_place: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        by_place.setdefault((*_place(row.site), row.site.sensors, row.site.ground_resolution_m), []).append(row)
    if len(by_place) == len(rows):
        return [row.site for row in rows]
    sites, first = [], ""
    for together in by_place.values():
        if len(together) > 1 and not first:
            first = f"{together[0].site.name} ({', '.join(row.where for row in together[:5])})"
        sites.append(_one_site(together) if len(together) > 1 else together[0].site)
    gathered.warnings.append(
        say_n(
            "{count} site stands at the place of another and is merged with it: {first}.",
            "{count} sites stand at the place of others and are merged with them, first {first}.",
            len(rows) - len(by_place),
            first=first,
        )
    )
    return sites


def _place(site: Site) -> tuple[int, int]:
    """Number the place of a site; longitudes 180 and -180 are one meridian, and a pole has none."""
    lon, lat = round(site.lon / SAME_PLACE_DEG), round(site.lat / SAME_PLACE_DEG)
    half, pole = round(180 / SAME_PLACE_DEG), round(90 / SAME_PLACE_DEG)
    return (0 if abs(lat) == pole else -half if lon == half else lon), lat


def _one_site(rows: Sequence[Row]) -> Site:
    """Merge rows at one place; rows without names of their own are one thing told several times."""
    values: dict[str, float] = {}
    for row in rows:
        name = row.site.name if row.named else ""
        values[name] = max(values.get(name, 0.0), row.site.value)
    chances = [row.site.p_clear for row in rows if row.site.p_clear is not None]
    bases = [row.site.cloud_base_m_agl for row in rows if row.site.cloud_base_m_agl is not None]
    return replace(
        rows[0].site,
        name=_joined([name for name in values if name] or [rows[0].site.name]),
        value=math.fsum(values.values()),
        p_clear=min(chances) if chances else None,
        cloud_base_m_agl=min(bases) if bases else None,
    )


def _joined(names: Sequence[str]) -> str:
    """Join names into one that is not longer than a name may be."""
    name = " + ".join(names)
    if len(name) <= MAX_NAME:
        return name
    more = f" + {len(names) - 1}"
    return names[0][: MAX_NAME - len(more)] + more

"""Read sites from a table: CSV as spreadsheets of many countries write it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from skywitness.core.errors import InputError
from skywitness.core.position import Axis, parse_angle
from skywitness.core.text import Text, say
from skywitness.route.files.decimals import Cell, Decimals, is_number, learn_decimals
from skywitness.route.files.fields import Range
from skywitness.route.files.forms import CHANCE, CLOUD_BASE_M_AGL, RESOLUTION_M, SITE_VALUE
from skywitness.route.files.sites_hours import SUN_DEG, Hours, hours_of, site_at
from skywitness.route.files.sites_rows import (
    COLUMNS,
    MAX_SITES,
    Gathered,
    Row,
    clean_name,
    match_columns,
    place_problem,
    sensor_kinds,
)
from skywitness.route.files.text_file import shown

SEPARATORS: Final = (",", ";", "\t")

_CELL_LIMIT: Final = 131_072  # what the csv module reads at most in one cell

Line = tuple[str, list[str]]
"""Where a row stands, and its cells."""


def read_csv(text: str, where: str, gathered: Gathered) -> None:
    """Gather the rows of a table.  Raises ``InputError`` where the table itself cannot be made out."""
    separator, start = _find_separator(text)
    lines = _lines(text, separator, where)
    for _ in range(start):
        next(lines, None)
    place, header = next(lines, ("line 1", []))
    columns = _columns(place, header, where, gathered)
    body = _body(lines, where)
    decimals = learn_decimals(_number_cells(body, columns), separator == ",")
    if decimals.mixed:
        words = {"comma": decimals.comma, "point": decimals.point}
        message = say("Decimals are written with a comma ({comma}) and with a point ({point}); use one.", **words)
        raise InputError("bad_sites", message, where)
    for number, (place, cells) in enumerate(body, start=1):
        _row(number, place, cells, len(header), columns, decimals, gathered)


def _find_separator(text: str) -> tuple[str, int]:
    """Find what parts the cells, and how many rows stand before the header.

    Spreadsheets may say it in a first row ``sep=;``; else it is what makes most columns known.
    """
    rows = (row for row in io.StringIO(text, newline="") if row.strip())
    first = next(rows, "")
    if first.lower().startswith("sep=") and first[4:5] in SEPARATORS and not first[5:].strip():
        return first[4], 1
    known = {name for column, others in COLUMNS.items() for name in (column, *others)}

    def worth(separator: str) -> tuple[int, int]:
        cells = [cell.strip().strip('"').strip().lower() for cell in first.split(separator)]
        return sum(cell in known for cell in cells), len(cells)

    return max(SEPARATORS, key=worth), 0


def _lines(text: str, separator: str, where: str) -> Iterator[Line]:
    """Go through the rows that are not empty, each with the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError("bad_sites", _broken(error, line), where) from None
        if any(cell.strip() for cell in cells):
            yield f"line {line}", [cell.strip() for cell in cells]


def _broken(error: csv.Error, line: int) -> Text:
    """Say how quotes went wrong."""
    if "end of data" in str(error):
        return say("A quote is opened in line {line} and never closed.", line=str(line))
    if "field limit" in str(error):
        words = {"line": str(line), "limit": _CELL_LIMIT}
        return say("A cell that starts in line {line} has more than {limit:,} characters; is a quote missing?", **words)
    return say("In line {line} text follows a closing quote; double a quote that is part of a cell.", line=str(line))


def _columns(place: str, header: list[str], where: str, gathered: Gathered) -> dict[str, int]:
    """Find the columns by their names in the header."""
    found = match_columns(header, gathered, place)
    missing = [column for column in ("lon", "lat") if column not in found]
    if missing:
        words = {"missing": ", ".join(missing), "met": shown(" ".join(header)), "line": place}
        message = say(
            "No column is called {missing}; the first row must name them, as in name,lon,lat,value; it is {met}.",
            **words,
        )
        raise InputError("bad_sites", message, where)
    return {column: header.index(name) for column, name in found.items()}


def _body(lines: Iterator[Line], where: str) -> list[Line]:
    """Take the rows below the header, up to the limit."""
    body: list[Line] = []
    for line in lines:
        if len(body) == MAX_SITES:
            message = say("There are more than {limit:,} sites, the most that can be planned for.", limit=MAX_SITES)
            raise InputError("too_many_sites", message, where)
        body.append(line)
    return body


def _cell(cells: Sequence[str], columns: Mapping[str, int], column: str) -> str | None:
    """Give a cell of a row, empty when the row is too short; ``None`` when there is no such column."""
    at = columns.get(column)
    if at is None:
        return None
    return cells[at] if at < len(cells) else ""


def _number_cells(body: Sequence[Line], columns: Mapping[str, int]) -> Iterator[Cell]:
    """Go through all cells that should be numbers; only a value may be in the thousands."""
    for place, cells in body:
        for column in ("lon", "lat", "value", "p_clear", "min_sun_deg", "cloud_base_m", "ground_resolution_m"):
            words = _cell(cells, columns, column)
            if words:
                yield Cell(place, words, column in ("value", "cloud_base_m"))


def _row(
    number: int,
    place: str,
    cells: list[str],
    width: int,
    columns: Mapping[str, int],
    decimals: Decimals,
    gathered: Gathered,
) -> None:
    """Read one row, or note every fault of it."""
    if any(cells[width:]):
        words = {"count": len(cells), "width": width}
        gathered.faults.add(
            place,
            say(
                "has {count} cells where the header has {width}; if these are decimal commas, part the cells with "
                "semicolons or write decimal points",
                **words,
            ),
        )
        return
    before = len(gathered.faults)
    name = clean_name(_cell(cells, columns, "name") or "", place, gathered)
    lon = _angle(_cell(cells, columns, "lon") or "", "lon", place, decimals, gathered)
    lat = _angle(_cell(cells, columns, "lat") or "", "lat", place, decimals, gathered)
    value = _value(_cell(cells, columns, "value"), place, decimals, gathered)
    p_clear = _chance(_cell(cells, columns, "p_clear"), place, decimals, gathered)
    hours = _hours(cells, columns, place, decimals, gathered)
    if len(gathered.faults) == before:
        problem = place_problem(lon, lat)
        if problem:
            gathered.faults.add(place, problem)
    sensors = sensor_kinds(_cell(cells, columns, "sensors") or "", place, gathered)
    base, fine = (
        _length(_cell(cells, columns, column), column, allowed, place, decimals, gathered)
        for column, allowed in (("cloud_base_m", CLOUD_BASE_M_AGL), ("ground_resolution_m", RESOLUTION_M))
    )
    if len(gathered.faults) == before:
        site = site_at(name or f"S{number}", lon, lat, value, p_clear, hours)
        site = replace(site, sensors=sensors, cloud_base_m_agl=base, ground_resolution_m=fine)
        gathered.rows.append(Row(place, site, bool(name)))


def _angle(words: str, axis: Axis, place: str, decimals: Decimals, gathered: Gathered) -> float:
    """Read a longitude or latitude: a plain number, or as pilots write it."""
    if not words or is_number(words):
        read = decimals.read(words, large=False)
        if isinstance(read, float):
            return read
        gathered.faults.add(place, say("{column} {problem}", column=axis, problem=read))
        return 0.0
    try:
        return parse_angle(words, axis)
    except InputError as error:
        gathered.faults.add(place, say("{column}: {problem}", column=axis, problem=error.message))
        return 0.0


def _value(words: str | None, place: str, decimals: Decimals, gathered: Gathered) -> float:
    """Read what a site is worth: 1 when the table has no such column."""
    if words is None:
        return 1.0
    read = decimals.read(words, large=True)
    if isinstance(read, float) and not SITE_VALUE.holds(read):
        read = say("{met} is not from 0 to {limit:g}", met=shown(words), limit=SITE_VALUE.high)
    if isinstance(read, float):
        return read
    gathered.faults.add(place, say("value {problem}", problem=read))
    return 0.0


def _length(
    words: str | None, column: str, allowed: Range, place: str, decimals: Decimals, gathered: Gathered
) -> float | None:
    """Read a length in metres; an empty cell says that nothing is known or asked."""
    if not words:
        return None
    read = decimals.read(words, large=column == "cloud_base_m")
    if isinstance(read, float) and not allowed.holds(read):
        read = say("{met} is not {range}", met=shown(words), range=allowed.words())
    if isinstance(read, float):
        return read
    gathered.faults.add(place, say("{column} {problem}", column=column, problem=read))
    return None


def _hours(
    cells: Sequence[str], columns: Mapping[str, int], place: str, decimals: Decimals, gathered: Gathered
) -> Hours:
    """Read when a site is worth a look; empty cells say that nobody has said so."""
    least, words = None, _cell(cells, columns, "min_sun_deg")
    if words:
        read = decimals.read(words, large=False)
        if isinstance(read, float) and not SUN_DEG.holds(read):
            read = say("{met} is not from {low:g} to {high:g}", met=shown(words), low=SUN_DEG.low, high=SUN_DEG.high)
        if isinstance(read, float):
            least = read
        else:
            gathered.faults.add(place, say("min_sun_deg {problem}", problem=read))
    found = hours_of({key: _cell(cells, columns, key) for key in ("from_utc", "to_utc")}, least)
    if isinstance(found, Hours):
        return found
    gathered.faults.add(place, found)
    return Hours()


def _chance(words: str | None, place: str, decimals: Decimals, gathered: Gathered) -> float | None:
    """Read the chance of a clear sky; an empty cell says that it is not known."""
    if not words:
        return None
    read = decimals.read(words, large=False)
    if isinstance(read, float) and not CHANCE.holds(read):
        read = say("{met} is not from 0 to 1", met=shown(words))
    if isinstance(read, float):
        return read
    gathered.faults.add(place, say("p_clear {problem}", problem=read))
    return None

"""Read the points of one aircraft from a track file of any known kind."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import Text, say
from skywitness.route.files.text_file import path_words, shown
from skywitness.track.content import kind_of, read_content, text_of
from skywitness.track.csv_file import read_csv
from skywitness.track.json_file import read_json
from skywitness.track.model import Dropped, stamp, utc
from skywitness.track.parquet_file import read_parquet
from skywitness.track.rows import Quantity, Rows
from skywitness.track.xml_file import read_xml

MOST_POINTS: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The points of one aircraft as the file gives them; ``read`` counts all of the file, ``dropped`` the others'.

    ``sha256``: the hash of the file, empty where there is none.
    """

    rows: Rows
    ident: str
    source: str
    read: int
    dropped: tuple[Dropped, ...] = ()
    sha256: str = ""


def read_track(path: Path | str, aircraft_id: str | None = None) -> ReadRows:
    """Read a track file; ``aircraft_id`` names one of several aircraft in it, by its address or its name.

    Raises ``InputError`` of kind ``bad_track``, ``several_aircraft`` or ``no_such_aircraft``, or the kinds of
    :func:`~skywitness.track.content.read_content`.
    """
    where = path_words(path)
    content = read_content(path)
    rows = rows_of(content.data, where)
    return replace(choose(rows, aircraft_id, where, path_words(Path(path).name)), sha256=content.sha256)


def rows_of(data: bytes, where: str) -> Rows:
    """Read all points of a file from its bytes."""
    kind = kind_of(data)
    reader = _READERS.get(kind)
    if reader is None:
        message = say(
            "The file is no track of a kind that is known; known are GPX, KML, GeoJSON, CSV, JSON as traffic or readsb "
            "write it, and Parquet."
        )
        if kind == "zip":
            message = say("The file is a ZIP archive (KMZ or a spreadsheet?); unpack it and give the file in it.")
        raise InputError("bad_track", message, where)
    rows = reader(data, where)
    if not len(rows):
        raise InputError("bad_track", say("The track holds no points."), where)
    if len(rows) > MOST_POINTS:
        message = say(
            "The track holds {count:,} points; at most {limit:,} are read.", count=len(rows), limit=MOST_POINTS
        )
        raise InputError("bad_track", message, where)
    return rows


def _text(read: Callable[[str, str], Rows]) -> Callable[[bytes, str], Rows]:
    return lambda data, where: read(text_of(data, where), where)


_READERS: Final[Mapping[str, Callable[[bytes, str], Rows]]] = MappingProxyType(
    {"parquet": read_parquet, "xml": read_xml, "json": _text(read_json), "csv": _text(read_csv)}
)


def choose(rows: Rows, aircraft_id: str | None, where: str, name: str = "") -> ReadRows:
    """Take the points of one aircraft; several without a name of one of them are refused, with a list."""
    present = [number for number in np.unique(rows.owner).tolist() if 0 <= number < len(rows.idents)]
    source = f"{name} ({rows.kind})"
    if aircraft_id is None:
        if len(present) > 1 and not _one_after_another(rows, present):
            raise _several(rows, present, where)
        ident = ", ".join(dict.fromkeys(rows.idents[number] for number in present if rows.idents[number]))
        return ReadRows(rows, ident[:120], source, len(rows))
    wanted = aircraft_id.strip().lower()
    chosen = [number for number in present if rows.idents[number].lower() == wanted]
    if not chosen:
        refusal = _several(rows, present, where)
        message = say("No aircraft of the file is called {name}.", name=shown(aircraft_id))
        raise InputError("no_such_aircraft", message, where, refusal.faults)
    mine = np.isin(rows.owner, chosen)
    others = int((~mine).sum())
    dropped = (Dropped("other_aircraft", say("belongs to another aircraft of the file"), others),) if others else ()
    return ReadRows(rows.take(mine), rows.idents[chosen[0]], source, len(rows), dropped)


def _one_after_another(rows: Rows, present: list[int]) -> bool:
    """Tell whether parts without a name of their own follow one another in time: pieces of one log."""
    if sum(bool(rows.idents[number]) for number in present) > 0 and rows.kind not in ("GPX", "KML"):
        return False
    if len({rows.idents[number] for number in present if rows.idents[number]}) > 1:
        return False
    spans = sorted(_span(rows, number) for number in present)
    return all(one[1] <= two[0] for one, two in itertools.pairwise(spans))


def _span(rows: Rows, number: int) -> tuple[float, float]:
    times = rows.column(Quantity.TIME)[rows.owner == number]
    times = times[np.isfinite(times)]
    return (float(times.min()), float(times.max())) if len(times) else (np.inf, np.inf)


def _several(rows: Rows, present: list[int], where: str) -> InputError:
    faults = Faults()
    for number in present[:50]:
        first, last = _span(rows, number)
        times = (stamp(utc(first)), stamp(utc(last))) if np.isfinite(first) else (None, None)
        faults.add(rows.idents[number] or "-", _line(int((rows.owner == number).sum()), times))
    message = say("The file holds {count} aircraft; name the one that is meant.", count=len(present))
    return InputError("several_aircraft", message, where, tuple(faults))


def _line(count: int, times: tuple[str | None, str | None]) -> Text:
    if times[0] is None or times[1] is None:
        return say("{count:,} points without times", count=count)
    return say("{count:,} points from {first} to {last}", count=count, first=times[0], last=times[1])

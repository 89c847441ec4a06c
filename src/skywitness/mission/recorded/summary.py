"""One row for what cannot be told of a stream because it is kept from this Party, instead of one for each entry.

A Party that rightly reads only part of a stream (IX.IV, VI.I) meets a gap before nearly every entry it may read.  All
those gaps say one thing: so much of this author is withheld here.

Frames in no entry or in two keep rows of their own where data of that author can be read here: the other Party of the
flight signed the counter to learn the numbers, and one entry addressed elsewhere must not hide them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from skywitness.core.text import say_n
from skywitness.mission.recorded.counters import CODE as FRAMES
from skywitness.record.discrepancy.model import Discrepancy, Kind, Known

CODE: Final = "kept_from_reader"


def summarised(rows: Iterable[Discrepancy], logs: Iterable[Known]) -> Iterator[Discrepancy]:
    """Give the rows, with those that cannot be told of one stream of one author with withheld entries made one."""
    withheld = {one.party: one.withheld for one in logs}
    found: dict[tuple[str, str], list[Discrepancy]] = {}
    for row in rows:
        if row.kind is Kind.STREAM and not row.certain and _author(row, withheld) and not _is_of_data(row):
            found.setdefault((row.stream, _author(row, withheld)), []).append(row)
        else:
            yield row
    for (_, author), same in found.items():
        yield same[0] if len(same) == 1 else _one(author, same, withheld[author])


def _author(row: Discrepancy, withheld: Mapping[str, int]) -> str:
    """Name whose withheld entries may fill the gap; empty where nothing of its author is withheld."""
    return row.recorded_by if withheld.get(row.recorded_by) else ""


def _is_of_data(row: Discrepancy) -> bool:
    """Tell whether a row is about numbers of frames, of an author whose data are read here (they date the row)."""
    return row.type == FRAMES and row.recorded_utc is not None


def _one(author: str, rows: list[Discrepancy], count: int) -> Discrepancy:
    why = say_n(
        "{stream}: {gaps} gaps among the entries of {author} cannot be told from what is kept from this Party: {count} "
        "entry of its log is withheld here.",
        "{stream}: {gaps} gaps among the entries of {author} cannot be told from what is kept from this Party: {count} "
        "entries of its log are withheld here.",
        count,
        stream=rows[0].stream,
        gaps=len(rows),
        author=author,
    )
    addresses = tuple(dict.fromkeys(address for row in rows for address in row.entries))
    times = [row.recorded_utc for row in rows if row.recorded_utc is not None]
    return replace(rows[0], why=why, type=CODE, entries=addresses, recorded_utc=max(times, default=None))

"""What the opening and the closing of a flight say of the frame counters of its sensors, and what is missing by them.

Hashes of what was recorded prove nothing about what was not.  So both Parties sign where each counter stood before the
flight (``counters`` in the body of the opening: the first number it will give) and after it (in that of the closing:
the last number it gave), and every number between them must stand in an entry of sensor data (IX.I.3, IX.I.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from skywitness.core.text import Text, say
from skywitness.mission.recorded import names
from skywitness.mission.recorded.frames import Frames, frames_of, left_out
from skywitness.mission.recorded.standing import standing
from skywitness.record.discrepancy.model import Discrepancy, Kind
from skywitness.record.entry import entry as entries
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.fields import is_whole
from skywitness.record.log.marks import counting
from skywitness.record.store.model import Reader

FIELD: Final = "counters"
CODE: Final = "frames_left_out"


def body_of(counters: Mapping[str, int]) -> dict[str, object]:
    """Write counters as the body of an opening or closing holds them."""
    return {FIELD: dict(counters)} if counters else {}


def told(entry: Entry | None) -> Mapping[str, int]:
    """Read the counters that an opening or closing tells; what is none is left out, as both Parties signed it so."""
    found = entry.body.get(FIELD) if entry is not None else None
    return {str(name): at for name, at in found.items() if is_whole(at)} if isinstance(found, Mapping) else {}


def discrepancies(reader: Reader, only: str | None = None) -> Iterator[Discrepancy]:
    """Go through the streams and say which frames of which sensor stand in no entry, or in two.

    Where entries of the author's log are withheld from this node, what is missing, or a correction, may stand in one of
    them, and the row is not certain.
    """
    logs = reader.logs()
    partial = {log.party for log in logs if any(row.envelope is None for row in reader.entries(log.origin))}
    for stream, _ in reader.streams():
        if only in (None, stream):
            rows = [row for row in reader.of_stream(stream) if row.envelope is not None]
            held = [entries.read(row.envelope or b"")[1] for row in rows]
            marks = [entries.read(row.envelope or b"")[1] for row in counting(reader, stream)]
            yield from _of_stream(stream, held, marks, partial)


def _of_stream(stream: str, held: list[Entry], marks: list[Entry], partial: set[str]) -> Iterator[Discrepancy]:
    """Go through one stream; ``marks`` are its openings and closings that all their Parties signed.

    Names of streams belong to nobody: counters are those of the marks that name who recorded the data.
    """
    by_author: dict[str, list[Entry]] = {}
    for one in standing(held):
        if one.type == names.SENSOR_DATA:
            by_author.setdefault(one.author, []).append(one)
    for one in marks:
        if one.kind == "closing" and not by_author.keys() & {*one.counts}:
            by_author[one.author] = []
    for author, data in sorted(by_author.items()):
        opening, closing = (_naming(author, marks, kind) for kind in ("opening", "closing"))
        for why in missing(told(opening), told(closing), data):
            yield Discrepancy(
                Kind.STREAM,
                say("{stream} {author}: {what} (IX.I.3, IX.I.4)", stream=stream, author=author, what=why),
                stream,
                author,
                certain=author not in partial,
                entries=tuple(one.address for one in (closing, *data) if one is not None),
                type=CODE,
                recorded_utc=data[-1].time_utc if data else None,
            )


def _naming(author: str, marks: Iterable[Entry], kind: str) -> Entry | None:
    """Give the first opening or closing that names an author."""
    return next((one for one in marks if one.kind == kind and author in (one.parties or one.counts)), None)


def missing(first: Mapping[str, int], last: Mapping[str, int], data: Iterable[Entry]) -> Iterator[Text]:
    """Say which numbers are in no entry: before the first range, between two, after the last; and which are in two."""
    ranges = frames_of(data)
    for sensor in sorted(first.keys() | last.keys() | ranges.keys()):
        found = ranges.get(sensor, [])
        begin, end = first.get(sensor), last.get(sensor)
        if begin is not None and end is not None and not found:
            yield from _absent(sensor, begin, end)
            continue
        if begin is not None and found:
            yield from _absent(sensor, begin, found[0].first - 1)
        yield from left_out(found)
        if end is not None and found:
            yield from _absent(sensor, max(one.last for one in found) + 1, end)
            yield from _beyond(sensor, end, found)


def _absent(sensor: str, first: int, last: int) -> Iterator[Text]:
    if first <= last:
        yield say("frames {first} to {last} of {sensor} are in no entry", first=first, last=last, sensor=sensor)


def _beyond(sensor: str, end: int, found: list[Frames]) -> Iterator[Text]:
    last = max(one.last for one in found)
    if last > end:
        yield say(
            "entries hold frames of {sensor} up to {last}, and both Parties signed that its counter ended at {end}",
            sensor=sensor,
            last=last,
            end=end,
        )

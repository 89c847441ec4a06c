"""Frames of a sensor: every number of the counter is there, exposed or told to be not (IX.I.3, IX.I.4).

A proof that an entry is in a log never shows that nothing was left out.  The sensor's own counter does: the ranges of
one sensor follow one another without a gap, and a frame that failed is told by its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from skywitness.core.errors import Fault
from skywitness.core.text import Text, quoted, say
from skywitness.record.entry.entry import Entry
from skywitness.record.entry.fields import is_name, is_whole


@dataclass(frozen=True, slots=True)
class Frames:
    """A range of frames of one sensor: ``first`` to ``last``, and those among them that were not exposed."""

    sensor: str
    first: int
    last: int
    not_exposed: tuple[int, ...] = ()


def check_frames(entry: Entry) -> Iterable[Fault]:
    """Check the body of an entry of sensor data: ``sensor``, ``first``, ``last``, ``not_exposed``."""
    body = entry.body
    if not is_name(body.get("sensor")):
        yield Fault("body.sensor", say("the name of the sensor belongs here"))
    first, last, missing = body.get("first"), body.get("last"), body.get("not_exposed", [])
    for name, value in (("first", first), ("last", last)):
        if not is_whole(value):
            yield Fault(f"body.{name}", say("{met} is no number of a frame", met=quoted(value, 40)))
    frames = range(0)
    if isinstance(first, int) and isinstance(last, int):
        frames = range(first, last + 1)
        if first > last:
            text = say("the last frame {last} comes before the first {first}", last=last, first=first)
            yield Fault("body.last", text)
    if not isinstance(missing, list) or not all(is_whole(one) for one in missing):
        yield Fault("body.not_exposed", say("a list of numbers of frames belongs here"))
    elif missing != sorted(set(missing)) or (frames and not all(one in frames for one in missing)):
        yield Fault("body.not_exposed", say("the numbers rise, each once, within the first and the last"))
    if not entry.objects:
        yield Fault("objects", say("the hashes of what was recorded belong here"))


def frames_of(entries: Iterable[Entry]) -> Mapping[str, list[Frames]]:
    """Collect the ranges of each sensor, in the order of their first frames."""
    found: dict[str, list[Frames]] = {}
    for entry in entries:
        body = entry.body
        made = Frames(body["sensor"], body["first"], body["last"], tuple(body.get("not_exposed", ())))
        found.setdefault(made.sensor, []).append(made)
    return {sensor: sorted(ranges, key=lambda one: (one.first, one.last)) for sensor, ranges in found.items()}


def left_out(ranges: Iterable[Frames]) -> Iterator[Text]:
    """Say which numbers between the ranges of one sensor are missing, or there twice."""
    before: Frames | None = None
    for one in ranges:
        if before is not None and one.first > before.last + 1:
            yield say(
                "frames {first} to {last} of {sensor} are in no entry",
                first=before.last + 1,
                last=one.first - 1,
                sensor=one.sensor,
            )
        elif before is not None and one.first <= before.last:
            last = min(before.last, one.last)
            yield say(
                "frames {first} to {last} of {sensor} are in two entries", first=one.first, last=last, sensor=one.sensor
            )
        before = one if before is None or one.last > before.last else before

"""The hours of a site as files write them: ``from_utc`` and ``to_utc`` as 08:30, ``min_sun_deg`` in degrees."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.text import Text, say
from skywitness.route.files.fields import Fields, Form, Range
from skywitness.route.files.text_file import shown
from skywitness.route.model import Site

_TIME: Final = r"([01]?\d|2[0-3]):([0-5]\d)(:[0-5]\d)?Z?|24:00Z?"
TIME_OF_DAY: Final = Form(_TIME, say("a time of the day in UTC such as 08:30"))
HOURS: Final = ("from_utc", "to_utc", "min_sun_deg")
SUN_DEG: Final = Range(-90.0, 90.0)


@dataclass(frozen=True, slots=True)
class Hours:
    """When a site is worth a look; ``None``: nobody has said so."""

    from_utc: dt.time | None = None
    to_utc: dt.time | None = None
    min_sun_deg: float | None = None

    def problem(self) -> Text | None:
        """Say why the hours are none."""
        if self.from_utc is not None and self.from_utc == self.to_utc:
            return say("from_utc and to_utc are the same time, which leaves no time at all")
        return None


def read_time_of_day(words: str) -> dt.time | Text:
    """Read a time of the day, or say what is wrong with it; 24:00 is the midnight at its end."""
    if not re.fullmatch(_TIME, words):
        return say("expected a time of the day in UTC such as 08:30, met {met}", met=shown(words))
    hour, minute, second = (int(part) for part in f"{words.removesuffix('Z')}:0".split(":")[:3])
    return dt.time(hour % 24, minute, second)


def hours_json(site: Site) -> dict[str, Any]:
    """Write the hours of a site; nothing where nobody has said any, so that older plans keep their hash."""
    told: dict[str, Any] = {
        key: time_words(time) for key in ("from_utc", "to_utc") if (time := getattr(site, key)) is not None
    }
    return told if site.min_sun_deg is None else told | {"min_sun_deg": float(site.min_sun_deg)}


def read_hours(part: Fields, names: Mapping[str, str] | None = None) -> Hours:
    """Read the hours of a site from a table of a document; ``names`` gives other names of its fields."""
    key = {column: column if names is None else names.get(column, "") for column in HOURS}
    times = {column: part.matching(key[column], TIME_OF_DAY) if key[column] else None for column in HOURS[:2]}
    least = part.number(key["min_sun_deg"], SUN_DEG) if key["min_sun_deg"] else None
    found = hours_of(times, least)
    if isinstance(found, Hours):
        return found
    part.wrong(key["from_utc"], found)
    return Hours()


def site_at(name: str, lon: float, lat: float, value: float, p_clear: float | None, hours: Hours) -> Site:
    """Make a site of what its row says."""
    return Site(
        name,
        lon,
        lat,
        value,
        p_clear,
        from_utc=hours.from_utc,
        to_utc=hours.to_utc,
        min_sun_deg=hours.min_sun_deg,
    )


def time_words(time: dt.time) -> str:
    """Write a time of the day as it is read."""
    return f"{time:%H:%M}" if not time.second else f"{time:%H:%M:%S}"


def hours_of(times: Mapping[str, str | None], min_sun_deg: float | None) -> Hours | Text:
    """Gather the hours of a site from what was read, or say what is wrong with them."""
    read: dict[str, dt.time | None] = {}
    for key, words in times.items():
        time = read_time_of_day(words) if words else None
        if isinstance(time, Text):
            return say("{column}: {problem}", column=key, problem=time)
        read[key] = time
    found = Hours(read.get("from_utc"), read.get("to_utc"), min_sun_deg)
    return found.problem() or found

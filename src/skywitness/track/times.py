"""Times as files write them, as seconds of UTC since 1970."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any, Final

import numpy as np

from skywitness.track.model import Bools, Floats

FIRST_S: Final = dt.datetime(1950, 1, 1, tzinfo=dt.UTC).timestamp()
LAST_S: Final = dt.datetime(2200, 1, 1, tzinfo=dt.UTC).timestamp()
"""Times outside are slips, and calendars break near their ends."""

_LEAP: Final = re.compile(r"(?<=[T ])(\d\d:?\d\d:?)60", re.ASCII)
"""A leap second; clocks of computers count it as the second after it."""

_NUMBER: Final = re.compile(r"\s*[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d{1,3})?\s*", re.ASCII)


def seconds_of(value: Any, scale: float = 0.0, naive_utc: bool = False) -> float | None:
    """Read a time; NaN where none is given, ``None`` where what is given is none, or does not say in which time zone.

    A number is seconds, milliseconds, microseconds or nanoseconds by its size where ``scale`` is zero.

    >>> seconds_of("2019-09-12T08:00:00Z"), seconds_of(1568275200000), seconds_of("12 September")
    (1568275200.0, 1568275200.0, None)
    >>> seconds_of("2016-12-31T23:59:60Z") - seconds_of("2016-12-31T23:59:59Z")
    1.0
    """
    if value is None or value == "":
        return math.nan
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _scaled(float(value), scale)
    if isinstance(value, dt.datetime):
        return _of_datetime(value, naive_utc)
    if not isinstance(value, str) or len(value) > 60:
        return None
    if _NUMBER.fullmatch(value):
        return _scaled(float(value), scale)
    words = value.strip().removesuffix(" UTC")
    try:
        found = dt.datetime.fromisoformat(_LEAP.sub(r"\g<1>59", words)) if len(words) > 10 else None
    except ValueError:
        return None
    seconds = None if found is None else _of_datetime(found, naive_utc or words != value.strip())
    if seconds is None or not _LEAP.search(words):
        return seconds
    return seconds + 1.0 if int(seconds) % 86_400 == 86_399 else None


def is_naive(value: Any) -> bool:
    """Tell whether a time is written without the zone it is in."""
    if not isinstance(value, str) or _NUMBER.fullmatch(value) or len(value.strip()) <= 10:
        return False
    try:
        return dt.datetime.fromisoformat(_LEAP.sub(r"\g<1>59", value.strip())).tzinfo is None
    except ValueError:
        return False


def _of_datetime(time: dt.datetime, naive_utc: bool) -> float | None:
    if time.tzinfo is None:
        if not naive_utc:
            return None
        time = time.replace(tzinfo=dt.UTC)
    try:
        return _within(time.timestamp())
    except (OverflowError, ValueError):
        return None


def _scaled(value: float, scale: float) -> float | None:
    if not math.isfinite(value):
        return math.nan if math.isnan(value) else None
    return _within(value * (scale or _scale_of(abs(value))))


def _scale_of(size: float) -> float:
    """Guess how a time is counted by its size: in seconds, 1e11 would be the year 5138."""
    return 1.0 if size < 1e11 else 1e-3 if size < 1e14 else 1e-6 if size < 1e17 else 1e-9


def _within(seconds: float) -> float | None:
    return seconds if FIRST_S <= seconds < LAST_S else None


def seconds_of_many(values: Floats, scale: float = 0.0) -> tuple[Floats, Bools]:
    """Read many numbers as times, as ``seconds_of`` reads one: seconds, NaN where there is none, and which are none."""
    size = np.abs(values)
    scales = np.select([size < 1e11, size < 1e14, size < 1e17], [1.0, 1e-3, 1e-6], 1e-9) if scale == 0.0 else scale
    seconds = values * scales
    wrong = ~np.isnan(values) & ~((seconds >= FIRST_S) & (seconds < LAST_S))
    return np.where(wrong, np.nan, seconds), wrong

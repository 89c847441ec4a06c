"""When to leave, so that the ground lies in usable light.

The treaty asks for no light; cameras do.  A flight is divided at its rest periods into blocks; each block leaves at the
quarter of an hour at which most is seen that is worth a look then; of several such the lowest sun along it decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

USABLE_SUN_DEG = 10.0
"""Least elevation of the sun for optical sensors.  Below it shadows are more than five times as long as things are high
and the haze path more than five air masses; survey practice asks for 15 to 30 degrees where it can choose."""

STEP = dt.timedelta(minutes=15)
"""Departure times are tried, and stated, in quarters of an hour."""

_MOST_SAMPLES = 48

SunElevation = Callable[[float, float, dt.datetime], float]

Worth = Callable[[dt.datetime], float]
"""What a departure at a time is worth."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A place on the path and when it is reached, counted from the departure of its block."""

    lon: float
    lat: float
    after: dt.timedelta


@dataclass(frozen=True, slots=True)
class Departure:
    """A time to leave, and the lowest elevation of the sun on the way, in degrees."""

    time_utc: dt.datetime
    lowest_sun_deg: float


def best_departure(
    samples: Sequence[Sample],
    earliest_utc: dt.datetime,
    latest_utc: dt.datetime,
    sun: SunElevation,
    worth: Worth | None = None,
) -> Departure:
    """Find the departure in ``earliest_utc .. latest_utc`` that is worth most, and whose lowest sun is highest then.

    The earlier of equal ones.  Without ``worth`` the lowest sun alone decides.
    """
    few = thin(samples)
    best: Departure | None = None
    most = 0.0
    time_utc = _ceil(earliest_utc)
    while time_utc <= latest_utc or best is None:
        value = 0.0 if worth is None else worth(time_utc)
        if best is None or value >= most:
            lowest = lowest_sun(few, time_utc, sun)
            if best is None or value > most or lowest > best.lowest_sun_deg + 1e-9:
                best, most = Departure(time_utc, lowest), value
        time_utc += STEP
    return best


def lowest_sun(samples: Sequence[Sample], departure_utc: dt.datetime, sun: SunElevation) -> float:
    """Lowest elevation of the sun over the samples when leaving at ``departure_utc``, in degrees."""
    return min(sun(sample.lon, sample.lat, departure_utc + sample.after) for sample in samples)


def thin(samples: Sequence[Sample]) -> Sequence[Sample]:
    """Keep first, last and an even choice between: the sun moves slowly."""
    if len(samples) <= _MOST_SAMPLES:
        return samples
    step = (len(samples) - 1) / (_MOST_SAMPLES - 1)
    return [samples[round(index * step)] for index in range(_MOST_SAMPLES)]


def _ceil(time_utc: dt.datetime) -> dt.datetime:
    midnight = time_utc.replace(hour=0, minute=0, second=0, microsecond=0)
    quarters = -((midnight - time_utc) // STEP)
    return midnight + quarters * STEP

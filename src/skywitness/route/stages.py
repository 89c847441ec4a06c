"""How many landings a flight needs: for fuel, for light, for rest.

Article VI, Section II, paragraph 3 asks the mission plan for the refuelling stops and rest periods; Section I,
paragraph 9 gives 96 hours for all of it.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.route.model import StopKind

RANGE_SHARE = 0.85
"""Share of the range that is planned for between landings; the rest is reserve (alternate airfield and holding)."""

DUTY_H = 12.0
"""Longest time in the air between two rests.  Civil rules allow an augmented crew 13 to 18 h of duty with ground time;
twelve hours aloft is what they leave for flying."""

REFUELLING_H = 2.0
"""Time on the ground for a refuelling stop: sensor covers inspected twice, fuel, new flight plan."""

MOST_LANDINGS = 48
"""At two hours each they fill the 96 hours of a flight with nothing else."""

REST_H = 10.0
"""Least time on the ground for a rest period (minimum crew rest away from base in civil rules)."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The number of landings on the way, why, and how long a stage may be, in km."""

    stops: int
    kind: StopKind
    stage_limit_km: float

    @property
    def pause(self) -> dt.timedelta:
        """Least time on the ground at each landing."""
        return dt.timedelta(hours=REST_H if self.kind is StopKind.REST else REFUELLING_H)


def stages(limit_km: float, range_km: float, speed_km_h: float, light_h: float) -> Stages:
    """Divide a flight of ``limit_km`` into stages that fuel, crew and usable light allow.

    ``light_h``: hours of usable light of the day; 24 or more when it never ends, 0 when there is none (then light asks
    for nothing: sensors that need none may still operate).  ``InputError`` of kind ``short_stages`` where stages are so
    short that the landings between them would take all the time there is.
    """
    by_fuel = RANGE_SHARE * range_km
    hours = min(DUTY_H, light_h) if light_h > 0.0 else DUTY_H
    by_hours = hours * speed_km_h
    stage_km = min(by_fuel, by_hours)
    if stage_km * (MOST_LANDINGS + 1) < limit_km:
        raise InputError("short_stages", _too_many(limit_km, range_km, stage_km), "aircraft")
    stops = max(math.ceil(limit_km / stage_km - 1e-9) - 1, 0)
    needs_rest = limit_km > by_hours
    return Stages(stops, StopKind.REST if needs_rest else StopKind.REFUELLING, stage_km)


def _too_many(limit_km: float, range_km: float, stage_km: float) -> Text:
    return say(
        "at most {stage:.1f} km can be flown at a stretch (a range of {range:.0f} km, crew, light of the day), so that "
        "{limit:.0f} km would take more than {most} landings, which alone fill 96 hours; name an aircraft of longer "
        "range, a day with more light, or a shorter flight (--limit-km)",
        stage=stage_km,
        range=range_km,
        limit=limit_km,
        most=MOST_LANDINGS,
    )

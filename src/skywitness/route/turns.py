"""What a turn costs the camera: where on the next leg the aircraft is established again.

Decision 16/02 of the Consultative Commission names two ways to turn.  *Turn short*: begin before the turn point and
roll out on the next leg; nothing is seen near the point.  *Overflight turn*: cross the point with the sensors on, then
turn the shorter way and intercept the next leg; the start of the next leg is lost instead.

The geometry is plane and derived here: arcs of one radius, joined by straight flight.  Radii are a few kilometres on
legs of tens to hundreds, so the plane is right to some metres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from skywitness.core.geodesy import course_change_deg

__all__ = ["Turning", "course_change_deg", "overflight_lead_in_km", "turn_radius_km", "turn_short_cut_km"]

BANK_DEG = 25.0
"""Angle of bank in turns.  25 degrees is the most that en-route procedure design assumes (ICAO Doc 8168)."""

INTERCEPT_DEG = 30.0
"""Angle at which the next leg is intercepted after an overflight turn; the usual one in procedure design."""

ROLL_IN_S = 10.0
"""Seconds to roll in and out of a turn, flown straight and lost to the sensors at both ends of it."""

_GRAVITY_M_S2 = 9.80665

STRAIGHT_DEG = 1.0
"""Below this change of course there is no turn worth the name."""


@dataclass(frozen=True, slots=True)
class Turning:
    """How an aircraft turns: radius and way flown while it rolls in or out, in metres; angle of intercept, radians."""

    radius_m: float
    roll_m: float
    intercept_rad: float

    @classmethod
    def at(cls, speed_km_h: float) -> Turning:
        """Tell how an aircraft of ``speed_km_h`` turns."""
        return cls(1000.0 * turn_radius_km(speed_km_h), 1000.0 * _roll_km(speed_km_h), math.radians(INTERCEPT_DEG))


def turn_radius_km(speed_km_h: float) -> float:
    """Radius of a level turn at ``speed_km_h`` with ``BANK_DEG`` of bank, in km: v^2 / (g tan bank)."""
    speed_m_s = speed_km_h / 3.6
    return speed_m_s**2 / (_GRAVITY_M_S2 * math.tan(math.radians(BANK_DEG))) / 1000.0


def turn_short_cut_km(speed_km_h: float, change_deg: float) -> float:
    """Length lost on either leg when the corner is cut, in km; infinite for a reversal.

    The tangent length of the corner, R tan(change / 2), and the way flown while rolling in or out.
    """
    change = abs(change_deg)
    if change < STRAIGHT_DEG:
        return 0.0
    if change > 179.0:
        return math.inf
    return turn_radius_km(speed_km_h) * math.tan(math.radians(change) / 2.0) + _roll_km(speed_km_h)


def overflight_lead_in_km(speed_km_h: float, change_deg: float) -> float:
    """Length lost at the start of the next leg after an overflight turn, in km.

    From the point the aircraft turns through ``change + intercept`` on one arc, flies straight back towards the leg,
    and rolls out on it through a second arc.  A small change of course takes a smaller intercept.
    """
    change = math.radians(abs(change_deg))
    if abs(change_deg) < STRAIGHT_DEG:
        return 0.0
    radius = turn_radius_km(speed_km_h)
    intercept = min(math.radians(INTERCEPT_DEG), change / 2.0)
    along = radius * (math.sin(change) + math.sin(intercept))
    aside = radius * (math.cos(intercept) - math.cos(change))
    to_leg = aside / math.tan(intercept)
    roll_out = radius * math.tan(intercept / 2.0)
    return max(along + to_leg + roll_out, 0.0) + 2.0 * _roll_km(speed_km_h)


def _roll_km(speed_km_h: float) -> float:
    return speed_km_h / 3600.0 * ROLL_IN_S

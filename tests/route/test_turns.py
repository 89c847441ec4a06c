"""What turns cost the camera."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.route import turns


@pytest.mark.parametrize(
    ("course_in", "course_out", "change"),
    [
        (10.0, 40.0, 30.0),  # right
        (40.0, 10.0, -30.0),  # left
        (350.0, 20.0, 30.0),  # across north
        (20.0, 350.0, -30.0),
        (0.0, 180.0, 180.0),  # a reversal has no shorter way: right by convention
        (90.0, 90.0, 0.0),
    ],
)
def test_course_change_takes_the_shorter_way(course_in: float, course_out: float, change: float) -> None:
    """The change of course is signed, right positive, and never more than half a turn."""
    assert turns.course_change_deg(course_in, course_out) == pytest.approx(change)


def test_radius_is_that_of_a_level_turn() -> None:
    """At 444 km/h and 25 degrees of bank the radius is v^2 / (g tan 25) = 3.33 km."""
    speed_m_s = 444 / 3.6
    assert turns.turn_radius_km(444) == pytest.approx(
        speed_m_s**2 / (9.80665 * math.tan(math.radians(25))) / 1000, rel=1e-12
    )
    assert 3.3 < turns.turn_radius_km(444) < 3.4


def _fly_overflight(speed_km_h: float, change_deg: float) -> float:
    """Fly the turn in small steps and return where the aircraft is established on the next leg (the x axis)."""
    radius = turns.turn_radius_km(speed_km_h)
    intercept = min(math.radians(turns.INTERCEPT_DEG), math.radians(change_deg) / 2)
    x = y = 0.0
    heading = -math.radians(change_deg)
    step = 1e-3
    while heading < intercept:  # first arc, to the intercept heading
        x, y = x + step * math.cos(heading), y + step * math.sin(heading)
        heading += step / radius
    roll_out_y = radius * (1 - math.cos(intercept))
    while y < -roll_out_y:  # straight until the second arc must begin
        x, y = x + step * math.cos(intercept), y + step * math.sin(intercept)
    while heading > 0:  # second arc, on to the leg
        x, y = x + step * math.cos(heading), y + step * math.sin(heading)
        heading -= step / radius
    assert abs(y) < 0.05
    return x


@pytest.mark.parametrize("change_deg", [5.0, 20.0, 60.0, 90.0, 135.0, 175.0])
def test_overflight_turn_agrees_with_a_flown_one(change_deg: float) -> None:
    """The closed formula puts the aircraft on the next leg where a step-by-step flight does, to 100 m."""
    rolls = 2 * 700 / 3600 * turns.ROLL_IN_S
    assert turns.overflight_lead_in_km(700, change_deg) - rolls == pytest.approx(
        _fly_overflight(700, change_deg), abs=0.1
    )


@given(st.floats(200, 950), st.floats(2, 170))
def test_losses_grow_with_the_angle(speed_km_h: float, change_deg: float) -> None:
    """A sharper corner never costs less, whichever way it is turned, and left equals right."""
    assert turns.turn_short_cut_km(speed_km_h, change_deg + 2) > turns.turn_short_cut_km(speed_km_h, change_deg)
    assert turns.turn_short_cut_km(speed_km_h, -change_deg) == turns.turn_short_cut_km(speed_km_h, change_deg)
    assert turns.overflight_lead_in_km(speed_km_h, -change_deg) == turns.overflight_lead_in_km(speed_km_h, change_deg)


def test_a_reversal_cannot_be_cut_short() -> None:
    """Nobody can cut the corner of a full reversal; no turn costs nothing."""
    assert turns.turn_short_cut_km(700, 180) == math.inf
    assert turns.turn_short_cut_km(700, 0.5) == 0
    assert turns.overflight_lead_in_km(700, 0.5) == 0

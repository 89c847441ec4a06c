"""What is seen to either side: plane geometry, held against a round Earth."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.core.geodesy import MEAN_RADIUS_M
from skywitness.law.aircraft import all_aircraft, nominal
from skywitness.law.category import Category
from skywitness.sensor.model import (
    OPTICAL_COVERAGE_KM,
    SensorConfiguration,
    Swath,
    configurations,
    curvature_drop_m,
    half_swath_km,
    swath,
)


def camera(half_deg: float | None, tilt_deg: float = 0.0, category: Category = Category.VIDEO) -> SensorConfiguration:
    """Make a camera of a half field of view and a tilt."""
    return SensorConfiguration("camera", "test", category, half_deg, tilt_deg)


def round_earth_km(height_m: float, angle_deg: float) -> float:
    """Return the arc from the point below to where the line of sight meets a sphere; nan beyond the horizon."""
    angle = math.radians(angle_deg)
    sine = (MEAN_RADIUS_M + height_m) / MEAN_RADIUS_M * math.sin(angle)
    return math.nan if sine > 1 else MEAN_RADIUS_M * (math.asin(sine) - angle) / 1000


@pytest.mark.parametrize(
    ("half_deg", "tilt_deg", "height_m", "near_km", "far_km"),
    [
        (45, 0, 10_000, 0, 10.0),
        (45, 0, 1_000, 0, 1.0),
        (30, 0, 10_000, 0, 5.7735),
        (15, 45, 10_000, 5.7735, 17.3205),
        (20, 10, 3_000, 0, 1.7321),
    ],
)
def test_swaths_of_known_angles(
    half_deg: float, tilt_deg: float, height_m: float, near_km: float, far_km: float
) -> None:
    """Height times the tangent of the angles from the vertical."""
    found = swath(camera(half_deg, tilt_deg), height_m)
    assert found.near_km == pytest.approx(near_km, abs=1e-4)
    assert found.far_km == pytest.approx(far_km, abs=1e-4)


def test_the_nominal_camera_sees_as_far_aside_as_it_is_high() -> None:
    """The stated default: 10 km to either side from 10,000 m."""
    panoramic = configurations(nominal())[0]
    assert half_swath_km(panoramic, panoramic.heights_m_agl[0]) == pytest.approx(10.0)


@given(half=st.floats(1, 60), height=st.floats(100, 15_000), factor=st.floats(1, 3))
def test_the_swath_grows_with_height(half: float, height: float, factor: float) -> None:
    """Twice the height is twice the swath, for a camera that no limit cuts off."""
    low, high = half_swath_km(camera(half), height), half_swath_km(camera(half), height * factor)
    assert high == pytest.approx(low * factor)


@given(angle=st.floats(0.5, 78), height=st.floats(500, 12_000))
def test_flat_ground_never_promises_too_much(angle: float, height: float) -> None:
    """On a round Earth the line of sight meets the ground no nearer, and within 50 km not 3 per cent farther."""
    flat, true = half_swath_km(camera(angle), height), round_earth_km(height, angle)
    assert flat <= true * (1 + 1e-6) + 1e-6
    if flat < 50:
        assert true - flat < 0.03 * flat


def test_what_curvature_does_at_fifty_kilometres() -> None:
    """The ground is 196 m lower there, and the edge seen from 10 km up about 1 km farther."""
    assert curvature_drop_m(50) == pytest.approx(196, abs=0.5)
    angle = math.degrees(math.atan2(50, 10))
    assert round_earth_km(10_000, angle) - 50 == pytest.approx(1.0, abs=0.1)
    assert round_earth_km(10_000, 45) - 10 < 0.05


@given(half=st.floats(1, 40), tilt=st.floats(0, 45), height=st.floats(1_000, 15_000))
def test_optical_cameras_are_cut_off_at_fifty_kilometres(half: float, tilt: float, height: float) -> None:
    """Article IV, paragraph 2(A) ends the coverage of optical cameras, and of no other sensor."""
    optical = swath(camera(half, tilt, Category.OPTICAL_FRAMING_OBLIQUE), height)
    video = swath(camera(half, tilt, Category.VIDEO), height)
    assert optical.far_km == min(video.far_km, OPTICAL_COVERAGE_KM)
    assert optical.capped is (video.far_km > OPTICAL_COVERAGE_KM)
    assert optical.near_km <= optical.far_km


def test_a_capped_swath_says_so() -> None:
    """From 15 km up an edge of 80 degrees would see 85 km aside."""
    found = swath(camera(20, 60, Category.OPTICAL_FRAMING_OBLIQUE), 15_000)
    assert found == Swath(found.near_km, 50.0, True)
    assert found.near_km == pytest.approx(12.586, abs=1e-3)


@pytest.mark.parametrize(("half", "tilt"), [(90, 0), (45, 45), (0, 0), (-5, 0), (10, -1), (40, 60)])
def test_a_view_to_the_horizon_is_refused(half: float, tilt: float) -> None:
    """An edge of view at or above the horizon has no place on the ground."""
    with pytest.raises(InputError) as caught:
        swath(camera(half, tilt), 1000)
    assert caught.value.kind == "bad_field_of_view"


@pytest.mark.parametrize("height", [0, -1, float("nan"), float("inf")])
def test_a_height_is_positive(height: float) -> None:
    """No swath from on or below the ground."""
    with pytest.raises(InputError) as caught:
        swath(camera(45), height)
    assert caught.value.kind == "bad_height"


def test_an_unpublished_field_of_view_is_asked_for() -> None:
    """No real camera's field of view was published: the answer is a request, not a guess."""
    for craft in all_aircraft():
        for configuration in configurations(craft):
            if craft.id != "nominal":
                with pytest.raises(InputError) as caught:
                    half_swath_km(configuration, 3000)
                assert caught.value.kind == "field_of_view_unknown"


@pytest.mark.parametrize(
    ("category", "subject"),
    [
        ("optical_panoramic", "optical"),
        ("optical_framing_vertical", "optical"),
        ("optical", "optical"),
        ("video", "video"),
        ("infrared", "infrared"),
        ("sar", "sar"),
    ],
)
def test_every_category_has_its_limit(category: str, subject: str) -> None:
    """However a camera is mounted, its limit is that of optical cameras."""
    assert Category(category).limit_subject == subject

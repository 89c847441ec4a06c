"""Heights above the ground against certified minimum heights, and profiles that no aircraft keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.route.rules.plans import (
    LANDSBERG,
    WUNSTORF,
    full_facts,
    make,
    make_plan,
    only,
    verdicts,
    with_aircraft,
    with_sensor,
)

from skywitness.core.finding import Verdict
from skywitness.core.text import say
from skywitness.geo.terrain import Height as Ground
from skywitness.geo.terrain import Unknown
from skywitness.route.facts import Facts
from skywitness.route.model import SensorUse
from skywitness.route.rules.certificates import Known, certificate
from skywitness.route.rules.heights import above_minimum_height
from skywitness.route.rules.safety import plausible_profile

VERTICAL = "optical_framing_vertical"


# ---- VI.II.4(D): heights ----


@dataclass(frozen=True)
class Plateau:
    """Ground of one height everywhere, known within a band."""

    metres: float
    band_m: float

    def height_m(self, lon: float, lat: float) -> Ground | Unknown:
        """The same everywhere."""
        return Ground(self.metres, self.band_m, lon, lat, "this test")

    def highest_along(
        self, lon1: float, lat1: float, lon2: float, lat2: float, half_width_km: float
    ) -> Ground | Unknown:
        """The same everywhere."""
        assert half_width_km >= 0.0
        return self.height_m((lon1 + lon2) / 2.0, (lat1 + lat2) / 2.0)


class Ridge:
    """Flat ground with a ridge of 2,000 m west of 9.9 degrees east."""

    def height_m(self, lon: float, lat: float) -> Ground | Unknown:
        """The ridge or the plain."""
        return Ground(2000.0 if lon < 9.9 else 0.0, 10.0, lon, lat, "this test")

    def highest_along(
        self, lon1: float, lat1: float, lon2: float, lat2: float, half_width_km: float
    ) -> Ground | Unknown:
        """The ridge where any part of the way lies over it."""
        assert half_width_km >= 0.0
        return self.height_m(min(lon1, lon2), lat1)


@pytest.mark.parametrize(
    ("from_km", "to_km", "verdict"),
    [
        (None, None, "breach"),
        (10.0, None, "breach"),
        (60.0, None, "ok"),
        (60.0, 90.0, "ok"),
        (None, 90.0, "breach"),
    ],
)
def test_only_the_observation_period_counts(from_km: float | None, to_km: float | None, verdict: str) -> None:
    """VI.II.4(D): the ground under a leg counts only where the sensor operates above it."""
    plan = make_plan(height_m_agl=None)
    first = replace(plan.legs[0], height_m_amsl=3000.0, height_m_agl=None, observe_from_km=from_km, observe_to_km=to_km)
    quiet = tuple(replace(leg, sensors=()) for leg in plan.legs[1:])
    context = make(replace(plan, legs=(first, *quiet)), full_facts(), terrain=Ridge())
    assert only(above_minimum_height(context)).verdict == verdict


class Gap:
    """A model without data."""

    def height_m(self, lon: float, lat: float) -> Ground | Unknown:
        """Nothing known."""
        return Unknown(say("no data at {lon} {lat}", lon=lon, lat=lat))

    def highest_along(
        self, lon1: float, lat1: float, lon2: float, lat2: float, half_width_km: float
    ) -> Ground | Unknown:
        """Nothing known."""
        assert half_width_km >= 0.0
        return self.height_m(lon1 + lon2, lat1 + lat2)


@pytest.mark.parametrize(
    ("height_m", "sensor", "verdict"),
    [
        (2450.0, {}, "ok"),
        (2449.0, {}, "breach"),
        (3000.0, {"certified": None}, "cannot_tell"),
        (3000.0, {"certified": False}, "cannot_tell"),
        (3000.0, {"h_min_m_agl": None}, "cannot_tell"),
        (3000.0, {"method": None}, "cannot_tell"),
        (9000.0, {"method": "optical-film"}, "cannot_tell"),
        (9000.0, {"method": "infrared-decision-15"}, "cannot_tell"),
        (9000.0, {"method": "assumed"}, "cannot_tell"),
        (3000.0, {"method": "video-decision-14"}, "ok"),
        (None, {}, "cannot_tell"),
    ],
)
def test_minimum_height(height_m: float | None, sensor: dict[str, Any], verdict: str) -> None:
    """VI.II.4(D): height above ground against a certified minimum; what is assumed certifies nothing."""
    plan = make_plan(height_m_agl=height_m)
    finding = only(above_minimum_height(make(plan, with_sensor(**sensor))))
    assert finding.verdict == verdict
    if verdict == "breach":
        assert finding.where is not None
        assert finding.where.leg == 1
        assert finding.effect is not None


def test_what_the_plan_says_of_its_sensor_is_no_certificate() -> None:
    """VI.II.4(D): a minimum height that only the plan names settles nothing."""
    sensors = (SensorUse("CAM", VERTICAL, 5.0, 3000.0, h_min_m_agl=1000.0, h_min_source="the planner"),)
    plan = replace(make_plan(), sensors=sensors)
    assert only(above_minimum_height(make(plan, Facts()))).verdict is Verdict.CANNOT_TELL
    assert certificate(make(plan, Facts()), "CAM").known is Known.UNKNOWN


@pytest.mark.parametrize(
    ("amsl_m", "ground_m", "band_m", "verdict"),
    [
        (3000.0, 500.0, 16.0, "ok"),
        (3000.0, 540.0, 16.0, "cannot_tell"),
        (3000.0, 560.0, 16.0, "cannot_tell"),
        (3000.0, 600.0, 16.0, "breach"),
    ],
)
def test_height_measured_over_the_ground(amsl_m: float, ground_m: float, band_m: float, verdict: str) -> None:
    """VI.II.4(D): with an elevation model the height is measured anew, and the error of the ground is its error."""
    plan = make_plan(height_m_agl=9000.0)
    plan = replace(plan, legs=tuple(replace(leg, height_m_amsl=amsl_m) for leg in plan.legs))
    finding = only(above_minimum_height(make(plan, full_facts(), terrain=Plateau(ground_m, band_m))))
    assert (finding.verdict, finding.uncertainty) == (verdict, band_m)
    assert finding.measured == amsl_m - ground_m


def test_without_ground_the_stated_height_counts() -> None:
    """VI.II.4(D): where the model is silent, or there is none, the height above ground is the one the plan states."""
    plan = make_plan()
    plan = replace(plan, legs=tuple(replace(leg, height_m_amsl=3100.0) for leg in plan.legs))
    for terrain in (None, Gap()):
        finding = only(above_minimum_height(make(plan, full_facts(), terrain=terrain)))
        assert (finding.verdict, finding.measured) == ("ok", 3000.0)
    bare = replace(plan, legs=tuple(replace(leg, height_m_agl=None) for leg in plan.legs))
    assert only(above_minimum_height(make(bare, full_facts(), terrain=Gap()))).verdict is Verdict.CANNOT_TELL


@settings(max_examples=80, deadline=None)
@given(st.floats(500, 5000), st.floats(0, 400), st.floats(500, 4000))
def test_a_height_astride_is_never_ok(height_m: float, band_m: float, h_min_m: float) -> None:
    """VI.II.4(D): ok needs the whole band above the minimum, a breach the whole band below it."""
    plan = make_plan((WUNSTORF, LANDSBERG))
    plan = replace(plan, legs=(replace(plan.legs[0], height_m_amsl=height_m + 100.0),))
    context = make(plan, with_sensor(h_min_m_agl=h_min_m), terrain=Plateau(100.0, band_m))
    finding = only(above_minimum_height(context))
    if finding.verdict is Verdict.OK:
        assert height_m - band_m >= h_min_m - 1e-6
    if finding.verdict is Verdict.BREACH:
        assert height_m + band_m < h_min_m + 1e-6


def test_sensors_without_heights() -> None:
    """VI.II.4(D): radar does not depend on height; a sensor nobody describes cannot be judged; no sensor, no rule."""
    radar = replace(make_plan(sensors=("R",)), sensors=(SensorUse("R", "sar", 20.0, 3000.0),))
    assert only(above_minimum_height(make(radar))).verdict is Verdict.NOT_APPLICABLE
    nameless = replace(make_plan(sensors=("?",)), sensors=())
    assert only(above_minimum_height(make(nameless))).verdict is Verdict.CANNOT_TELL
    assert only(above_minimum_height(make(make_plan(sensors=())))).verdict is Verdict.NOT_APPLICABLE


# ---- VI.II.4(B) ----


@pytest.mark.parametrize(
    ("height_m", "verdict"),
    [(300.0, "ok"), (290.0, "cannot_tell"), (150.0, "cannot_tell"), (149.0, "breach"), (None, "cannot_tell")],
)
def test_plausible_heights(height_m: float | None, verdict: str) -> None:
    """VI.II.4(B): below 500 ft no rule of the air allows it, below 1,000 ft it depends on the rules flown under."""
    assert only(plausible_profile(make(make_plan(height_m_agl=height_m)))).verdict == verdict


def test_plausible_speeds_and_stages() -> None:
    """VI.II.4(B): times no such aircraft keeps, and stages beyond its range, are a breach; a landing parts a stage."""
    plan = make_plan()
    fast = replace(plan, aircraft=replace(plan.aircraft, speed_km_h=250.0))
    slow = replace(plan, aircraft=replace(plan.aircraft, speed_km_h=1400.0))
    short = replace(plan, aircraft=replace(plan.aircraft, range_km=500.0))
    assert set(verdicts(plausible_profile(make(fast)))) == {"breach"}
    assert set(verdicts(plausible_profile(make(slow)))) == {"breach"}
    found = only(plausible_profile(make(short)))
    assert "without landing" in str(found.why)
    landing = replace(make_plan(airfields={4: "EDDC"}, pauses={4: 2.0}), aircraft=short.aircraft)
    assert only(plausible_profile(make(landing))).verdict is Verdict.OK
    by_facts = make(plan, with_aircraft(unrefuelled_range_km=400.0))
    assert only(plausible_profile(by_facts)).verdict is Verdict.BREACH


def test_what_people_must_check_is_said() -> None:
    """VI.II.4(B): ok says what was checked and what was not."""
    finding = only(plausible_profile(make()))
    assert finding.verdict is Verdict.OK
    assert "people must check" in str(finding.why)

"""The height profile of a flown track: every dip, no height that nobody gave, the band always with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from tests.route.rules.plans import make_plan
from tests.track.exports.drawn_flights import detour, flown, fly

from skywitness.core.finding import Verdict
from skywitness.route.facts import Facts, SensorFacts
from skywitness.route.model import Plan
from skywitness.track.exports import flown_height
from skywitness.track.exports.profile_data import flown_profile
from skywitness.track.exports.times import height_stretches
from skywitness.track.flight_log import FlightLog, SensorOn

FOOT_M = 0.3048


def over_ground(amsl_m: float = 3_300.0, agl_m: float = 3_000.0) -> Plan:
    """A plan that knows its ground: 300 m."""
    plan = make_plan()
    return replace(plan, legs=tuple(replace(leg, height_m_amsl=amsl_m, height_m_agl=agl_m) for leg in plan.legs))


def certified(h_min_m: float) -> Facts:
    """Facts that certify the camera from a height."""
    sensor = SensorFacts("CAM", category="optical_framing_vertical", certified=True, h_min_m_agl=h_min_m, method="D.A1")
    return Facts(sensors=(sensor,))


def ran(first_min: float, last_min: float, **more: Any) -> FlightLog:
    """A log in which the camera ran for a time."""
    start = make_plan().commencement_utc
    period = SensorOn("CAM", start + dt.timedelta(minutes=first_min), start + dt.timedelta(minutes=last_min))
    return FlightLog(sensors_on=(period,), **more)


def test_one_low_point_is_not_thinned_away() -> None:
    """A dip of a single point among thousands is on the profile, and so is the top."""
    plan = make_plan()
    records = fly(plan, step_s=2.0)
    records[1234]["altitude"], records[2345]["altitude"] = 4_000.0, 12_000.0
    flight, found = flown(plan, records)
    heights = np.concatenate([curve.height_m for curve in flown_profile(flight, found).curves])
    amsl = flight.altitudes.amsl_m
    assert (heights.min(), heights.max()) == (np.nanmin(amsl), np.nanmax(amsl))
    assert len(heights) < len(amsl)


def test_the_band_is_that_of_the_judgement() -> None:
    """What is drawn around a height is the uncertainty by which it is judged, and the kind of height is named."""
    flight, found = flown()
    profile = flown_profile(flight, found)
    (curve,) = profile.curves
    assert curve.band_m.max() == flight.altitudes.band_m.max() > 300.0
    told = " ".join(str(text) for text in flown_height.notes(flight, profile))
    assert "pressure altitude" in told
    assert str(flight.altitudes.why) in told


def test_planned_heights_stand_where_their_legs_were_flown() -> None:
    """Legs follow one another over the whole way flown; each has its planned height and its ground."""
    flight, found = flown(over_ground())
    profile = flown_profile(flight, found)
    spans = [span for _, span in profile.legs]
    assert spans[0][0] == 0.0
    assert spans[-1][1] == pytest.approx(profile.length_km)
    assert all(one[1] == pytest.approx(two[0]) for one, two in pairwise(spans))
    assert {level.height_m for level in profile.planned} == {3_300.0}
    assert {level.height_m for level in profile.ground} == {300.0}


def test_a_plan_without_ground_draws_no_height_and_says_so() -> None:
    """Heights above ground that nobody knows are told in words, never drawn as heights above the sea."""
    flight, found = flown(facts=certified(2_000.0), log=ran(20.0, 50.0))
    profile = flown_profile(flight, found)
    assert profile.planned == profile.ground == profile.h_min == ()
    told = " ".join(str(text) for text in flown_height.notes(flight, profile))
    assert "3,000 m above ground that is not known" in told
    assert "H_min of CAM is 2,000 m" in told


def test_h_min_stands_over_the_ground_while_the_sensor_ran() -> None:
    """The line of the least height is that of the certificate over the ground, for the period of the log only."""
    flight, found = flown(over_ground(), facts=certified(2_000.0), log=ran(20.0, 50.0))
    profile = flown_profile(flight, found)
    assert {level.height_m for level in profile.h_min} == {2_300.0}
    (period,) = profile.sensors_on
    assert min(level.span_km[0] for level in profile.h_min) == pytest.approx(period[0])
    assert max(level.span_km[1] for level in profile.h_min) == pytest.approx(period[1])
    assert period[0] > 100.0


def test_breaches_of_the_least_height_are_marked() -> None:
    """A finding that the aircraft was too low has its place on the profile; one that cannot tell is marked as such."""
    weather = ran(20.0, 50.0, qnh_hpa=1013.25, isa_deviation_c=0.0)
    low, found = flown(over_ground(), facts=certified(2_900.0), log=weather, height_ft=6_000.0)
    breached = flown_profile(low, found)
    assert any("VI.II.4(D)" in one.provision and one.verdict is Verdict.BREACH for one in found)
    assert len(breached.breaches) == len(height_stretches(low.seen, found, Verdict.BREACH)) == 1
    assert breached.sensors_on[0][0] <= breached.breaches[0][0] <= breached.sensors_on[0][1]
    unsure, found = flown(over_ground(), facts=certified(2_700.0), log=ran(20.0, 50.0))
    profile = flown_profile(unsure, found)
    assert not profile.breaches
    assert len(profile.unclear) == 1


def test_a_track_without_heights_says_so() -> None:
    """No height, no line: the profile says that nothing can be said, and is drawn all the same."""
    flight, found = flown(height_ft=None)
    profile = flown_profile(flight, found)
    assert not profile.has_heights
    assert "no heights" in str(flown_height.notes(flight, profile)[0])
    assert flown_height.to_png(flight, found).startswith(b"\x89PNG")


def test_holes_in_the_heights_are_told_from_gaps_in_the_track() -> None:
    """Points without heights break the line and are marked; gaps are other places."""
    plan = make_plan()
    records = fly(plan, gaps=((60.0, 66.0),))
    for record in records[60:90]:
        del record["altitude"]
    flight, found = flown(plan, records)
    profile = flown_profile(flight, found)
    ((start, end),) = profile.without_height
    assert (start, end) == (flight.seen.flown.km[60], flight.seen.flown.km[89])
    assert len(profile.gaps) == 1
    assert profile.gaps[0][0] > end
    assert len(profile.curves) == 2
    first = profile.curves[0]
    inside = (first.km > start) & (first.km < end)
    assert np.isnan(first.height_m[(first.km >= start) & (first.km <= end)]).any()
    assert not np.isfinite(first.height_m[inside]).any()


def test_deviations_are_where_they_were_flown() -> None:
    """The bar below the profile is the stretch of the comparison."""
    flight, found = flown(aside=detour(200.0, 500.0, 40.0))
    (one,) = flight.seen.deviations
    km = flight.seen.flown.km
    assert flown_profile(flight, found).deviations == ((km[one.stretch.first], km[one.stretch.last]),)


def test_the_same_flight_gives_the_same_profile() -> None:
    """No clock and no chance is in a picture."""
    flight, found = flown(over_ground(), facts=certified(2_000.0), log=ran(20.0, 50.0), step_s=60.0)
    assert flown_height.to_png(flight, found) == flown_height.to_png(flight, found)
    assert flown_height.to_svg(flight, found) == flown_height.to_svg(flight, found)

"""Sensors on board: what they may be, who brings them, and what holds in the first phase."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from tests.route.rules.plans import (
    agreement,
    check_whole,
    full_facts,
    make,
    make_plan,
    only,
    verdicts,
    with_aircraft,
    with_sensor,
)

from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.route.facts import SensorFacts
from skywitness.route.model import AircraftUse, Plan, SeenStrip, SensorUse
from skywitness.route.rules.provided import (
    FULL_SET,
    certified_before_use,
    least_sensors_at_first,
    no_infrared_at_first,
    no_range_at_first,
    observed_provides_full_set,
    observing_brings_sensors,
    panoramic_is_enough,
    two_framing_are_enough,
)
from skywitness.route.rules.sensors import (
    infrared_limits,
    only_four_categories,
    optical_limits,
    radar_limits,
    video_limits,
)

FIRST_PHASE = Reading(at=dt.date(2004, 6, 10))
PANORAMIC, VERTICAL, OBLIQUE = "optical_panoramic", "optical_framing_vertical", "optical_framing_oblique"


def on_board(*categories: str, half_swath_km: float = 5.0) -> Plan:
    """A plan with one sensor for each category listed; a category may stand twice."""
    sensors = tuple(SensorUse(f"S{i}", category, half_swath_km, 3000.0) for i, category in enumerate(categories))
    return replace(make_plan(), sensors=sensors)


def certified(ident: str, category: str, **more: Any) -> SensorFacts:
    """A sensor with a whole certificate."""
    known: dict[str, Any] = {"certified": True, "h_min_m_agl": 2000.0, "method": "agreed by the Parties", **more}
    return SensorFacts(ident, category, **known)


# ---- Article IV ----


@pytest.mark.parametrize(
    ("category", "verdict"),
    [(PANORAMIC, "ok"), ("optical", "ok"), ("video", "ok"), ("infrared", "ok"), ("sar", "ok"), ("lidar", "breach")],
)
def test_only_the_four_categories(category: str, verdict: str) -> None:
    """IV.1: a sensor of any other category is a breach."""
    assert only(only_four_categories(make(on_board(category)))).verdict == verdict


@pytest.mark.parametrize(
    ("cameras", "verdict"),
    [
        ((PANORAMIC,), "ok"),
        ((PANORAMIC, VERTICAL, OBLIQUE, OBLIQUE), "ok"),
        ((PANORAMIC, PANORAMIC), "breach"),
        ((VERTICAL, VERTICAL), "breach"),
        ((OBLIQUE, OBLIQUE, OBLIQUE), "breach"),
        (("optical",), "ok"),
        ((VERTICAL, "optical"), "cannot_tell"),
        ((PANORAMIC, VERTICAL, OBLIQUE, OBLIQUE, "optical"), "breach"),
    ],
)
def test_numbers_of_cameras(cameras: tuple[str, ...], verdict: str) -> None:
    """IV.2(A): one panoramic, one vertical and two oblique cameras; an unknown mounting may be too much."""
    found = [check_whole(one) for one in optical_limits(make(on_board(*cameras)))]
    assert found[0].verdict == verdict
    assert found[0].measured == len(cameras)


@pytest.mark.parametrize(("km", "verdict"), [(50.0, "ok"), (50.5, "breach")])
def test_coverage_to_the_side(km: float, verdict: str) -> None:
    """IV.2(A): no camera covers more than 50 km to the side."""
    found = list(optical_limits(make(on_board(PANORAMIC, half_swath_km=km))))
    assert found[1].verdict == verdict
    assert (found[1].limit, found[1].unit) == (50.0, "km")


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"ground_resolution_m": 0.30}, "ok"),
        ({"ground_resolution_m": 0.35}, "ok"),
        ({"ground_resolution_m": 0.29}, "breach"),
        ({"ground_resolution_m": None}, "ok"),
        ({"ground_resolution_m": None, "h_min_m_agl": None}, "cannot_tell"),
        ({"certified": None}, "cannot_tell"),
        ({"certified": False}, "cannot_tell"),
        ({"method": None}, "cannot_tell"),
        ({"method": "optical-digital"}, "cannot_tell"),
        ({"method": "assumed by the planner"}, "cannot_tell"),
    ],
)
def test_ground_resolution_is_that_of_the_certificate(change: dict[str, Any], verdict: str) -> None:
    """IV.2(A): only a certificate by a method that is not assumed shows that a camera resolves no better than 30 cm."""
    found = [check_whole(one) for one in optical_limits(make(facts=with_sensor(**change)))]
    assert found[2].verdict == verdict
    assert found[2].limit == 0.30


@pytest.mark.parametrize(
    ("rule", "category", "limit", "coarse", "fine"),
    [
        (video_limits, "video", 0.30, 0.31, 0.25),
        (infrared_limits, "infrared", 0.50, 0.5, 0.4),
        (radar_limits, "sar", 3.0, 3.0, 2.5),
    ],
)
def test_other_sensors(rule: Any, category: str, limit: float, coarse: float, fine: float) -> None:
    """IV.2(B) to (D): each category has its own limit of ground resolution."""
    none = only(rule(make()))
    assert none.verdict is Verdict.NOT_APPLICABLE
    for metres, verdict in ((coarse, "ok"), (fine, "breach"), (None, "ok")):
        facts = full_facts(sensors=(certified("S0", category, ground_resolution_m=metres),))
        found = [one for one in rule(make(on_board(category), facts)) if one.unit == "m"]
        assert [one.verdict for one in found] == [verdict]
        assert found[0].limit == limit
    blank = [one for one in rule(make(on_board(category))) if one.unit == "m"]
    assert verdicts(blank) == ["cannot_tell"]


@pytest.mark.parametrize(("rule", "category"), [(infrared_limits, "infrared"), (radar_limits, "sar")])
def test_single_devices(rule: Any, category: str) -> None:
    """IV.2(C) and (D): a single device."""
    assert verdicts(rule(make(on_board(category))))[0] == "ok"
    assert verdicts(rule(make(on_board(category, category))))[0] == "breach"


@pytest.mark.parametrize(("far_km", "verdict"), [(25.0, "ok"), (40.0, "cannot_tell")])
def test_radar_swath(far_km: float, verdict: str) -> None:
    """IV.2(D): a radar that sees no farther than 25 km has no wider swath; of one that sees farther nobody can tell."""
    found = list(radar_limits(make(on_board("sar", half_swath_km=far_km))))
    assert found[-1].verdict == verdict


@pytest.mark.parametrize(
    ("strips", "verdict", "km"),
    [
        ([(8.0, 33.0)], "ok", 25.0),
        ([(-33.0, -8.0)], "ok", 25.0),
        ([(8.0, 34.0)], "breach", 26.0),
        ([(-20.0, -8.0), (8.0, 20.0)], "breach", 12.0),
        ([(-10.0, 10.0)], "breach", 20.0),
    ],
)
def test_radar_strips(strips: list[tuple[float, float]], verdict: str, km: float) -> None:
    """IV.2(D): where the legs tell what a radar sees, its swath and its one side at a time are judged by that."""
    plan = on_board("sar", half_swath_km=40.0)
    ident = plan.sensors[-1].ident
    seen = tuple(SeenStrip(ident, *strip) for strip in strips)
    legs = tuple(replace(leg, sensors=(ident,), strips=seen) for leg in plan.legs)
    found = list(radar_limits(make(replace(plan, legs=legs))))
    assert (found[-1].verdict, found[-1].measured) == (verdict, km)


@pytest.mark.parametrize(
    ("provided_by", "sensor", "verdict"),
    [
        ("observing", {}, "ok"),
        ("ROU", {}, "ok"),
        ("observing", {"ground_resolution_m": 0.29}, "breach"),
        ("observing", {"certified": None}, "cannot_tell"),
        ("observing", {"certified": None, "ground_resolution_m": 0.29}, "cannot_tell"),
        ("observed", {}, "not_applicable"),
        (None, {}, "cannot_tell"),
    ],
)
def test_observing_party_brings_sensors(provided_by: str | None, sensor: dict[str, Any], verdict: str) -> None:
    """IV.8: what the observing Party brings has to be shown to stay within the limits."""
    facts = replace(with_sensor(**sensor), aircraft=with_aircraft(provided_by=provided_by).aircraft)
    assert only(observing_brings_sensors(make(facts=facts))).verdict == verdict


def test_without_a_sensor_nothing_is_brought() -> None:
    """IV.8: of a plan without sensors it is not said that they stay within the limits."""
    context = make(replace(make_plan(sensors=()), sensors=()), full_facts())
    assert only(observing_brings_sensors(context)).verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("certified", "use", "brought"),
    [(True, ["ok", "ok", "ok"], "ok"), (False, ["ok", "ok", "breach"], "cannot_tell"), (None, None, "cannot_tell")],
)
def test_a_sensor_that_only_a_leg_names_is_judged(certified: bool | None, use: list[str] | None, brought: str) -> None:
    """IV.8 and IV.11: what a leg operates is used, though the plan does not describe it."""
    plan = make_plan()
    legs = tuple(replace(leg, sensors=("CAM", "IR")) for leg in plan.legs)
    extra = SensorFacts("IR", "infrared", certified=certified, h_min_m_agl=900.0, method="agreed")
    facts = full_facts(sensors=(*full_facts().sensors, *(() if certified is None else (extra,))))
    context = make(replace(plan, legs=legs), facts)
    assert verdicts(certified_before_use(context)) == (use or ["ok", "ok", "cannot_tell"])
    assert only(observing_brings_sensors(context)).verdict == brought


@pytest.mark.parametrize(
    ("day", "operates", "limits", "brought"),
    [
        (dt.date(2005, 12, 31), False, ["ok", "not_applicable"], "ok"),
        (dt.date(2005, 12, 31), True, ["ok", "cannot_tell"], "ok"),
        (dt.date(2006, 1, 1), False, ["ok", "cannot_tell"], "cannot_tell"),
    ],
)
def test_infrared_carried_in_the_first_phase(day: dt.date, operates: bool, limits: list[str], brought: str) -> None:
    """XVIII.II.2: to the end of 2005 infra-red was not certified; carried and covered it breaks no limit of IV.2(C)."""
    plan = make_plan()
    plan = replace(plan, sensors=(*plan.sensors, SensorUse("IR", "infrared", 5.0, 3000.0)))
    if operates:
        plan = replace(plan, legs=tuple(replace(leg, sensors=("CAM", "IR")) for leg in plan.legs))
    context = make(plan, full_facts(), Reading(at=day))
    assert verdicts(infrared_limits(context)) == limits
    assert only(observing_brings_sensors(context)).verdict == brought


@pytest.mark.parametrize(("metres", "verdict"), [(5.0, "ok"), (4.9, "breach"), (6.5, "ok")])
def test_a_radar_tells_no_closer_objects_apart(metres: float, verdict: str) -> None:
    """IV.2(D): the limit of 3 m by impulse response corresponds to corner reflectors five metres apart."""
    facts = full_facts(sensors=(SensorFacts("S0", "sar", object_separation_m=metres),))
    assert verdicts(radar_limits(make(on_board("sar"), facts)))[2] == verdict


def test_who_provides_the_aircraft_answers_for_its_sensors() -> None:
    """IV.2: too many cameras are borne by the Party whose aircraft carries them."""
    for provided_by, bearer in (("observing", "SWE"), ("observed", "DEU")):
        facts = with_aircraft(provided_by=provided_by)
        assert {one.bearer for one in optical_limits(make(facts=facts))} == {bearer}


def full_set(without: str = "") -> tuple[SensorFacts, ...]:
    """Every sensor that an observed Party has to provide, but for one category."""
    wanted = [category for category, number in FULL_SET.items() for _ in range(number) if category != without]
    return tuple(certified(f"S{i}", category, ground_resolution_m=3.0) for i, category in enumerate(wanted))


@pytest.mark.parametrize(
    ("provided_by", "sensors", "day", "verdict"),
    [
        ("observed", full_set(), dt.date(2015, 6, 10), ["ok", "ok"]),
        ("observed", full_set("sar"), dt.date(2015, 6, 10), ["breach"]),
        ("observed", full_set("video"), dt.date(2015, 6, 10), ["breach", "ok"]),
        ("observed", (), dt.date(2015, 6, 10), ["cannot_tell"]),
        ("observed", full_set("sar"), dt.date(2004, 6, 10), ["not_applicable"]),
        ("observing", full_set(), dt.date(2015, 6, 10), ["not_applicable"]),
        (None, full_set(), dt.date(2015, 6, 10), ["cannot_tell"]),
    ],
    ids=["full", "no radar", "no video", "unknown", "first phase", "observing provides", "provider unknown"],
)
def test_observed_party_provides_everything(
    provided_by: str | None, sensors: tuple[SensorFacts, ...], day: dt.date, verdict: list[str]
) -> None:
    """IV.9: an observed Party that provides the aircraft provides every category, unless otherwise agreed."""
    facts = replace(with_aircraft(provided_by=provided_by), sensors=sensors)
    context = make(facts=facts, reading=Reading(at=day))
    assert verdicts(observed_provides_full_set(context)) == verdict
    agreed = make(facts=replace(facts, agreements=(agreement("OS:IV.9"),)), reading=Reading(at=day))
    assert "breach" not in verdicts(observed_provides_full_set(agreed))


@pytest.mark.parametrize(
    ("metres", "separation_m", "verdict"),
    [
        (3.0, None, "ok"),
        (3.1, None, "cannot_tell"),
        (6.0, None, "cannot_tell"),
        (6.1, None, "breach"),
        (None, None, "cannot_tell"),
        (None, 6.0, "ok"),
        (3.0, 6.5, "breach"),
        (4.0, 6, "ok"),
    ],
)
def test_provided_radar_is_no_coarser_than_six_metres(
    metres: float | None, separation_m: float | None, verdict: str
) -> None:
    """IV.9: the provided radar tells apart six metres at least; by impulse response only 3 m are equated with 5 m."""
    sensors = tuple(
        replace(one, ground_resolution_m=metres, object_separation_m=separation_m) if one.category == "sar" else one
        for one in full_set()
    )
    facts = replace(with_aircraft(provided_by="observed"), sensors=sensors)
    assert verdicts(observed_provides_full_set(make(facts=facts)))[1] == verdict


@pytest.mark.parametrize(
    ("certified_type", "sensor", "verdict"),
    [
        (True, {}, ["ok", "ok"]),
        (False, {}, ["breach", "ok"]),
        (True, {"certified": False}, ["ok", "breach"]),
        (True, {"certified": None}, ["ok", "cannot_tell"]),
    ],
)
def test_certified_before_use(certified_type: bool, sensor: dict[str, Any], verdict: list[str]) -> None:
    """IV.11: neither an aircraft of a type that is not certified may be used, nor such a sensor."""
    facts = replace(with_sensor(**sensor), aircraft=with_aircraft(certified=certified_type).aircraft)
    assert verdicts(certified_before_use(make(facts=facts))) == verdict


def test_infrared_is_not_certified_at_first() -> None:
    """IV.11: to the end of 2005 infra-red devices are exempt from certification (XVIII.II.2)."""
    plan = replace(make_plan(), sensors=(SensorUse("IR", "infrared", 5.0, 3000.0),))
    facts = full_facts(sensors=(SensorFacts("IR", "infrared", certified=False),))
    for day, verdict in ((dt.date(2005, 12, 31), "not_applicable"), (dt.date(2006, 1, 1), "breach")):
        assert verdicts(certified_before_use(make(plan, facts, Reading(at=day))))[1] == verdict


def test_public_reports_of_certificates() -> None:
    """IV.11: without a fact a publicly known certificate of the type settles it, and nothing else does."""
    facts = with_aircraft(certified=None)
    assert verdicts(certified_before_use(make(facts=facts)))[0] == "ok"
    unknown = make_plan(aircraft=AircraftUse("my own", "My own", "SWE", 480.0, 1800.0))
    assert verdicts(certified_before_use(make(unknown, facts)))[0] == "cannot_tell"


# ---- Article XVIII ----


@pytest.mark.parametrize(
    ("reading", "used", "agreed", "verdict"),
    [
        (FIRST_PHASE, True, False, "breach"),
        (FIRST_PHASE, True, True, "ok"),
        (FIRST_PHASE, False, False, "ok"),
        (Reading(at=dt.date(2005, 12, 31)), True, False, "breach"),
        (Reading(at=dt.date(2006, 1, 1)), True, False, "not_applicable"),
    ],
)
def test_no_infrared_in_the_first_phase(reading: Reading, used: bool, agreed: bool, verdict: str) -> None:
    """XVIII.II.2: to the end of 2005 no infra-red device operates unless the two Parties agreed."""
    plan = make_plan(sensors=("IR",) if used else ("CAM",))
    sensors = (SensorUse("IR", "infrared", 5.0, 3000.0), *plan.sensors)
    facts = full_facts(agreements=(agreement("OS:XVIII.II.2"),) if agreed else ())
    context = make(replace(plan, sensors=sensors), facts, reading)
    assert only(no_infrared_at_first(context)).verdict == verdict


@pytest.mark.parametrize(
    ("cameras", "panoramic", "framing"),
    [
        ((PANORAMIC,), "ok", "not_applicable"),
        ((VERTICAL, OBLIQUE), "not_applicable", "ok"),
        ((PANORAMIC, VERTICAL, VERTICAL), "ok", "ok"),
        ((VERTICAL,), "not_applicable", "not_applicable"),
        ((), "cannot_tell", "cannot_tell"),
    ],
)
def test_each_of_two_ways_suffices_in_the_first_phase(cameras: tuple[str, ...], panoramic: str, framing: str) -> None:
    """XVIII.II.3(A), (B): one panoramic camera is enough, and so are two framing ones; more need not be provided."""
    sensors = tuple(certified(f"S{i}", category) for i, category in enumerate(cameras))
    facts = replace(with_aircraft(provided_by="observed"), sensors=sensors)
    context = make(replace(make_plan(), sensors=()), facts, FIRST_PHASE)
    one, other = only(panoramic_is_enough(context)), only(two_framing_are_enough(context))
    assert (one.verdict, other.verdict) == (panoramic, framing)
    for finding in (one, other):
        assert (finding.effect is not None) is (finding.verdict is Verdict.OK)
        if finding.effect is not None:
            assert (finding.effect.who, finding.effect.modality) == ("DEU", "may")
            assert "no further sensor" in str(finding.effect.what)


@pytest.mark.parametrize(
    ("reading", "provided_by", "cameras", "least", "no_range"),
    [
        (FIRST_PHASE, "observed", (PANORAMIC,), "ok", "ok"),
        (FIRST_PHASE, "observed", (VERTICAL, OBLIQUE), "ok", "ok"),
        (FIRST_PHASE, "observed", (VERTICAL,), "breach", "ok"),
        (FIRST_PHASE, "observing", (VERTICAL,), "not_applicable", "not_applicable"),
        (FIRST_PHASE, None, (VERTICAL,), "cannot_tell", "cannot_tell"),
        (Reading(at=dt.date(2006, 1, 1)), "observed", (VERTICAL,), "not_applicable", "not_applicable"),
    ],
)
def test_what_suffices_in_the_first_phase(
    reading: Reading, provided_by: str | None, cameras: tuple[str, ...], least: str, no_range: str
) -> None:
    """XVIII.II.3 and II.5: one panoramic or two framing cameras suffice, and no range can be claimed."""
    sensors = tuple(certified(f"S{i}", category) for i, category in enumerate(cameras))
    facts = replace(with_aircraft(provided_by=provided_by), sensors=sensors)
    context = make(replace(make_plan(), sensors=()), facts, reading)
    assert only(least_sensors_at_first(context)).verdict == least
    told = only(no_range_at_first(context))
    assert told.verdict == no_range
    assert (told.effect is not None and told.effect.who == "DEU") is (no_range == "ok")
    if least == "breach":
        blank = make(replace(make_plan(), sensors=()), replace(facts, sensors=()), reading)
        assert only(least_sensors_at_first(blank)).verdict is Verdict.CANNOT_TELL

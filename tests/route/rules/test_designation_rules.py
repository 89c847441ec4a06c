"""Articles IV.1, IV.2 and V in ``check``: the judgements of ``law judge``, from the facts of a flight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.route.rules.plans import full_facts, make, make_plan, only, verdicts, with_aircraft, with_sensor

from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.law.judge import designations
from skywitness.law.judge.docket import ADMITTED, KINDS, Designation, Docket, Exemplar, TypeSensor
from skywitness.law.judge.judgement import make_bench
from skywitness.route.model import SensorUse
from skywitness.route.rules import designation as rules
from skywitness.route.rules.aircraft import designated
from skywitness.route.rules.context import Context
from skywitness.route.rules.sensors import only_four_categories

Rule = Callable[[Context], Iterator[Finding]]
D = dt.date


@pytest.mark.parametrize(
    ("rule", "changes", "expected"),
    [
        (rules.designation_notified, {}, ["ok", "ok"]),
        (rules.designation_notified, {"notified": D(2004, 5, 2)}, ["ok", "ok"]),  # 30 days before 1 June
        (rules.designation_notified, {"notified": D(2004, 5, 3)}, ["breach", "ok"]),
        (rules.designation_notified, {"notified": None}, ["cannot_tell", "ok"]),
        (rules.designation_notified, {"start": None}, ["cannot_tell", "ok"]),
        (rules.designation_notified, {"informed": False}, ["ok", "breach"]),
        (rules.designation_notified, {"informed": None}, ["ok", "cannot_tell"]),
        (rules.deletion_notified, {}, ["not_applicable"]),
        (rules.deletion_notified, {"end": D(2020, 1, 1), "end_notified": D(2019, 10, 3)}, ["ok"]),  # 90 days
        (rules.deletion_notified, {"end": D(2020, 1, 1), "end_notified": D(2019, 10, 4)}, ["breach"]),
        (rules.deletion_notified, {"end": D(2020, 1, 1)}, ["cannot_tell"]),
        (rules.exemplar_offered, {}, ["ok"]),  # it is certified
        (rules.exemplar_offered, {"certified": None}, ["cannot_tell"]),
        (rules.exemplar_offered, {"certified": None, "offered": True}, ["ok"]),
        (rules.exemplar_offered, {"certified": False, "offered": False}, ["breach"]),
        (rules.room_on_type, {}, ["ok"]),
        (rules.room_on_type, {"seats": 10}, ["ok"]),  # six of the crew, two, an interpreter, one station
        (rules.room_on_type, {"seats": 9, "max_takeoff_mass_kg": 40_000.0}, ["breach"]),
        (rules.room_on_type, {"seats": None}, ["cannot_tell"]),
        (rules.room_on_type, {"lent": True, "seats": 13, "max_takeoff_mass_kg": 40_000.0}, ["ok", "breach"]),
    ],
)
def test_the_designation_of_the_aircraft(rule: Rule, changes: dict[str, Any], expected: list[str]) -> None:
    """V.2 to V.5: days of notice, contents, an aircraft offered for certification, and seats, one day or seat apart."""
    plan = make_plan()
    plan = replace(plan, aircraft=replace(plan.aircraft, max_takeoff_mass_kg=None))
    assert verdicts(rule(make(plan, with_aircraft(**changes)))) == expected


@pytest.mark.parametrize(
    ("rule", "judge"),
    [
        (rules.designation_notified, designations.designated_in_time),
        (rules.deletion_notified, designations.deleted_in_time),
        (rules.exemplar_offered, designations.one_exemplar),
        (rules.room_on_type, designations.room_on_board),
    ],
)
@pytest.mark.parametrize("name", ["Saab 340B", "saab-340b-os-100", "SE-OSA"])
def test_a_designation_told_is_judged_as_the_year_is(rule: Rule, judge: Any, name: str) -> None:
    """A ``[[designation]]`` of the aircraft's type gives in ``check`` what it gives in ``law judge``, word for word."""
    exemplar = Exemplar("saab-340b-os-100", ("CAM",), True)
    one = Designation(name, "SWE", "note", D(2014, 1, 1), D(2013, 12, 20), True, exemplars=(exemplar,), seats=9, crew=4)
    found = list(rule(make(facts=full_facts(designations=(one,)))))
    assert found == [replace(finding, reading=found[0].reading) for finding in judge(_bench(one))]
    other = full_facts(designations=(replace(one, type="An-30B", exemplars=()),))
    assert list(rule(make(facts=other))) == list(rule(make(facts=full_facts())))


def _bench(one: Designation) -> Any:
    return make_bench(Reading(at=D(2015, 6, 10)), Docket(designations=(one,)))


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "ok"),
        ({"start": D(2015, 6, 11)}, "breach"),
        ({"start": D(2015, 6, 10)}, "ok"),
        ({"end": D(2015, 6, 10)}, "breach"),
        ({"end": D(2015, 6, 11)}, "ok"),
        ({"start": None, "designated": None}, "ok"),  # publicly in use
    ],
)
def test_a_designation_holds_on_its_days(changes: dict[str, Any], verdict: str) -> None:
    """VI.I.1: an aircraft whose designation begins later or has ended is none on the day."""
    assert only(designated(make(facts=with_aircraft(**changes)))).verdict == verdict


@pytest.mark.parametrize(("available", "verdict"), [(True, "ok"), (False, "breach"), (None, "cannot_tell")])
def test_sensors_are_for_sale_to_all(available: bool | None, verdict: str) -> None:
    """IV.2: a sensor that not every Party can buy may not be used; nobody having said settles nothing."""
    finding = only(rules.sensors_for_sale_to_all(make(facts=with_sensor(available=available))))
    assert finding.verdict == verdict
    assert (finding.effect is not None) is (verdict == "breach")
    assert ("(sensor.available)" in " ".join(map(str, finding.needs))) is (verdict == "cannot_tell")


@pytest.mark.parametrize(
    ("rule", "category", "facts", "verdict"),
    [
        (rules.optical_kind, "optical_framing_vertical", {}, "ok"),
        (rules.optical_kind, "optical_panoramic", {}, "ok"),
        (rules.optical_kind, "optical_framing_vertical", {"kind": "line_camera"}, "breach"),
        (rules.optical_kind, "optical_framing_vertical", {"kind": "line_camera", "decision": "Decision 9"}, "ok"),
        (rules.optical_kind, "optical", {}, "cannot_tell"),
        (rules.optical_kind, "optical", {"kind": "framing_camera"}, "ok"),
        (rules.optical_kind, "sar", {}, "not_applicable"),
        (rules.video_kind, "video", {}, "cannot_tell"),
        (rules.video_kind, "video", {"real_time_display": True}, "ok"),
        (rules.video_kind, "video", {"real_time_display": False}, "breach"),
        (rules.infrared_kind, "infrared", {}, "ok"),
        (rules.infrared_kind, "infrared", {"kind": "infrared_framing_camera"}, "breach"),
        (rules.radar_kind, "sar", {}, "ok"),
        (rules.radar_kind, "sar", {"kind": "real_aperture_radar"}, "breach"),
        (only_four_categories, "video", {}, "ok"),
        (only_four_categories, "video", {"kind": "lidar"}, "breach"),
        (only_four_categories, "video", {"kind": "lidar", "decision": "Decision 9"}, "ok"),
    ],
)
def test_kinds_of_sensors(rule: Rule, category: str, facts: dict[str, Any], verdict: str) -> None:
    """IV.1: the kind a sensor is told to be, else the one its category means, is judged as ``law judge`` does."""
    plan = replace(make_plan(), sensors=(SensorUse("CAM", category, 5.0, 3000.0),))
    finding = only(rule(make(plan, with_sensor(category=category, **facts))))
    assert finding.verdict == verdict
    assert finding.by_agreement == (facts.get("decision") if verdict == "ok" else None)


def test_every_kind_of_a_category_is_one_the_category_names() -> None:
    """The kinds that categories of plans mean are kinds that Article IV.1 admits."""
    kinds = [KINDS[kind] for kind in rules._KINDS.values()]
    assert None not in kinds
    assert {TypeSensor("x", kind).kind for kind in rules._KINDS.values()} <= ADMITTED

"""Designations of aircraft and their sensors held against Articles IV and V."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from tests.law.judge.benches import D, bench, only, verdicts

from skywitness.core.finding import Finding
from skywitness.law.judge.bench import Judge
from skywitness.law.judge.designations import deleted_in_time, designated_in_time, one_exemplar, room_on_board
from skywitness.law.judge.docket import ADMITTED, KINDS, Designation, Docket, Exemplar, TypeSensor
from skywitness.law.judge.sensor_types import (
    KIND_WORDS,
    infrared_kinds,
    of_no_category,
    optical_kinds,
    radar_kinds,
    video_kinds,
    within_limits_for_all,
)

DAY = D(2022, 12, 5)
TYPE = Designation("A319-OH", "DEU", "note verbale", D(2022, 11, 4), seats=30, crew=4, stations=2)


def judged(rule: Judge, **changes: Any) -> list[Finding]:
    """What a rule says of the type with some changes."""
    return list(rule(bench(DAY, Docket(designations=(replace(TYPE, **changes),)))))


# ---- V.2 and V.3: notice ----


@pytest.mark.parametrize(
    ("notified", "verdict", "days"),
    [
        (D(2022, 10, 5), "ok", 30),
        (D(2022, 10, 6), "breach", 29),
        (D(2022, 11, 5), "breach", -1),
        (D(2022, 1, 1), "ok", 307),
        (None, "cannot_tell", None),
    ],
)
def test_a_designation_is_notified_thirty_days_ahead(notified: dt.date | None, verdict: str, days: int | None) -> None:
    """V.2: thirty days lie between the notice of a type and the day from which it is designated."""
    finding = only(one for one in judged(designated_in_time, notified=notified) if one.unit == "d")
    assert (finding.verdict, finding.measured, finding.bearer) == (verdict, days, "DEU")
    assert (finding.effect is not None) is (verdict == "breach")
    assert finding.values[0].value == 30


@pytest.mark.parametrize(("informed", "verdict"), [(True, "ok"), (False, "breach"), (None, "cannot_tell")])
def test_the_notice_holds_what_annex_c_asks_for(informed: bool | None, verdict: str) -> None:
    """V.2: the notice of a designation holds the information of Annex C."""
    finding = only(one for one in judged(designated_in_time, informed=informed) if one.unit is None)
    assert finding.verdict == verdict
    if verdict == "breach":
        assert finding.effect is not None
        assert finding.effect.modality == "must"


@pytest.mark.parametrize(
    ("end", "notified", "verdict", "days"),
    [
        (D(2026, 6, 1), D(2026, 3, 3), "ok", 90),
        (D(2026, 6, 1), D(2026, 3, 4), "breach", 89),
        (D(2026, 6, 1), None, "cannot_tell", None),
        (None, None, "not_applicable", None),
    ],
)
def test_a_deletion_is_notified_ninety_days_ahead(
    end: dt.date | None, notified: dt.date | None, verdict: str, days: int | None
) -> None:
    """V.3: ninety days lie between the notice of a deletion and the day from which it holds."""
    finding = only(judged(deleted_in_time, end=end, end_notified=notified))
    assert (finding.verdict, finding.measured) == (verdict, days)
    assert (finding.effect is not None) is (verdict == "breach")


# ---- V.4: one exemplar stands for all with the same sensors ----


@pytest.mark.parametrize(
    ("offered", "sensors", "expected"),
    [
        # offered for certification   sensors of the second aircraft
        ((True, False), ("cam", "ir"), ["ok"]),
        ((True, None), ("cam", "ir"), ["ok"]),
        ((True, False), ("cam",), ["ok", "breach"]),
        ((True, True), ("cam",), ["ok", "ok"]),
        ((False, False), ("ir", "cam"), ["breach"]),
        ((False, None), ("ir", "cam"), ["cannot_tell"]),
    ],
)
def test_one_exemplar_is_enough(
    offered: tuple[bool | None, bool | None], sensors: tuple[str, ...], expected: list[str]
) -> None:
    """V.4: of all aircraft of a type with the same sensors one is certified; another set of sensors needs its own."""
    two = (Exemplar("15+03", ("cam", "ir"), offered[0]), Exemplar("15+04", sensors, offered[1]))
    found = judged(one_exemplar, exemplars=two)
    assert verdicts(found) == expected
    others = [number for number, said in enumerate(offered) if not said]
    if expected == ["ok"] and others:
        assert found[0].effect is not None
        assert found[0].effect.modality == "may"
        assert "15+04" in str(found[0].effect.what)
    if expected == ["breach"]:
        assert found[0].effect is not None
        assert found[0].effect.modality == "must"


# ---- V.5: room for the crew and for the others ----


@pytest.mark.parametrize(
    ("changes", "expected", "least"),
    [
        # four of the crew; two monitors, one interpreter, one more for each of two stations
        ({"seats": 9}, ["ok"], 9),
        ({"seats": 8}, ["breach"], 9),
        ({"seats": 14, "lent": True}, ["ok", "ok"], 9),
        ({"seats": 13, "lent": True}, ["ok", "breach"], 9),
        ({"seats": 8, "max_takeoff_mass_kg": 35_000.0}, ["cannot_tell"], 9),
        ({"seats": 8, "max_takeoff_mass_kg": 35_001.0}, ["breach"], 9),
        ({"seats": 6, "max_takeoff_mass_kg": 20_000.0}, ["breach"], 9),
        ({"seats": None}, ["cannot_tell"], None),
        ({"stations": None}, ["cannot_tell"], None),
    ],
)
def test_room_on_board(changes: dict[str, Any], expected: list[str], least: int | None) -> None:
    """V.5: an aircraft carries its flight crew and the people that Article VI, Section III puts on board."""
    found = judged(room_on_board, **changes)
    assert verdicts(found) == expected
    assert found[0].limit == least


# ---- IV.1: categories ----

RULES = {
    "OS:IV.1": of_no_category,
    "OS:IV.1(A)": optical_kinds,
    "OS:IV.1(B)": video_kinds,
    "OS:IV.1(C)": infrared_kinds,
    "OS:IV.1(D)": radar_kinds,
}


@pytest.mark.parametrize(
    ("code", "kind", "display", "verdict"),
    [
        ("OS:IV.1(A)", "panoramic_camera", None, "ok"),
        ("OS:IV.1(A)", "framing_camera", None, "ok"),
        ("OS:IV.1(A)", "line_camera", None, "breach"),
        ("OS:IV.1(B)", "video_camera", True, "ok"),
        ("OS:IV.1(B)", "video_camera", False, "breach"),
        ("OS:IV.1(B)", "video_camera", None, "cannot_tell"),
        ("OS:IV.1(C)", "infrared_line_scanner", None, "ok"),
        ("OS:IV.1(C)", "infrared_framing_camera", None, "breach"),
        ("OS:IV.1(D)", "side_looking_sar", None, "ok"),
        ("OS:IV.1(D)", "forward_looking_sar", None, "breach"),
        ("OS:IV.1(D)", "real_aperture_radar", None, "breach"),
        ("OS:IV.1", "framing_camera", None, "ok"),
        ("OS:IV.1", "lidar", None, "breach"),
        ("OS:IV.1", "signals_receiver", None, "breach"),
    ],
)
def test_kinds_of_sensors(code: str, kind: str, display: bool | None, verdict: str) -> None:
    """IV.1: which kinds the four categories name, and which not; what the Commission decided on a kind settles it."""
    sensor = TypeSensor("S1", kind, real_time_display=display)
    finding = only(judged(RULES[code], sensors=(sensor,)))
    assert (finding.provision, finding.verdict) == (code, verdict)
    decided = replace(sensor, decision="OSCC.DEC/1/30")
    if verdict == "breach":
        assert finding.effect is not None
        settled = only(judged(RULES[code], sensors=(decided,)))
        assert (settled.verdict, settled.by_agreement) == ("ok", "OSCC.DEC/1/30")


def test_every_kind_has_a_category_or_none_and_words() -> None:
    """IV.1: each kind that a file may name is judged under one category, or under none, and can be told in words."""
    assert set(KIND_WORDS) == set(KINDS)
    assert set(KINDS) >= ADMITTED
    assert {KINDS[kind] for kind in ADMITTED} == set(RULES) - {"OS:IV.1"}
    for kind, code in KINDS.items():
        found = judged(RULES[code or "OS:IV.1"], sensors=(TypeSensor("S1", kind),))
        assert len(found) == 1, kind


# ---- IV.2: within the limits, and for sale to everybody ----


@pytest.mark.parametrize(
    ("kind", "metres", "verdict", "limit"),
    [
        ("framing_camera", 0.30, "ok", 0.30),
        ("framing_camera", 0.29, "breach", 0.30),
        ("video_camera", 0.30, "ok", 0.30),
        ("video_camera", 0.25, "breach", 0.30),
        ("infrared_line_scanner", 0.50, "ok", 0.50),
        ("infrared_line_scanner", 0.49, "breach", 0.50),
        ("side_looking_sar", 3.0, "ok", 3.0),
        ("side_looking_sar", 2.9, "breach", 3.0),
        ("framing_camera", None, "cannot_tell", 0.30),
    ],
)
def test_no_sensor_is_finer_than_allowed(kind: str, metres: float | None, verdict: str, limit: float) -> None:
    """IV.2: no better than 30 cm, 50 cm in the infra-red, 3 m by radar."""
    sensor = TypeSensor("S1", kind, available=True, ground_resolution_m=metres)
    finding = only(one for one in judged(within_limits_for_all, sensors=(sensor,)) if one.unit == "m")
    assert (finding.verdict, finding.limit) == (verdict, limit)


@pytest.mark.parametrize(("available", "verdict"), [(True, "ok"), (False, "breach"), (None, "cannot_tell")])
def test_every_party_can_buy_the_sensor(available: bool | None, verdict: str) -> None:
    """IV.2: a sensor that is not for sale to every State Party may not be used."""
    sensor = TypeSensor("S1", "framing_camera", available=available, ground_resolution_m=0.3)
    finding = only(one for one in judged(within_limits_for_all, sensors=(sensor,)) if one.unit is None)
    assert finding.verdict == verdict
    assert (finding.effect is not None) is (verdict == "breach")


def test_without_designations_nothing_is_judged() -> None:
    """IV.1, IV.2, V: designations are not public."""
    rules = (*RULES.values(), within_limits_for_all, designated_in_time, deleted_in_time, one_exemplar, room_on_board)
    for rule in rules:
        assert verdicts(rule(bench(DAY))) == ["not_applicable"]

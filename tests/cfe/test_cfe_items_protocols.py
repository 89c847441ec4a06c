"""Types and their data, trainers, helicopters and declarations, from the file that people write."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.cfe.told_tables import Line, lines, outcomes

from skywitness.cfe.items.by_list import TRAINERS
from skywitness.cfe.protocols.beside import SHARED
from skywitness.cfe.protocols.check import judge
from skywitness.cfe.protocols.read import DATA, TABLES, VIEWS, fields_of, read_told_file
from skywitness.cfe.scouts import EIGHT
from skywitness.cfe.told.asked import load
from skywitness.core.errors import InputError
from skywitness.core.finding import Finding
from skywitness.core.reading import Reading

TABLE = lines("protocols_told.txt")
D = dt.date
DAY = D(1996, 6, 1)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli" / "cfe.md"


def found(table: str, day: dt.date = DAY, state: str = "RUS", **facts: Any) -> tuple[Finding, ...]:
    """Judge one table."""
    tables = read_told_file({table: [{"id": "x", "state": state, "day": day, **facts}]})
    return judge(tables, Reading(at=day)).findings


@pytest.mark.parametrize("line", TABLE, ids=str)
def test_a_told_fact_of_a_protocol_is_judged(line: Line) -> None:
    """Each line comes out as it says: at the edge kept, one step beyond broken."""
    assert line.outcome in outcomes(found(line.table, **line.facts), line.provision)


def test_every_fact_of_the_protocols_is_in_the_table() -> None:
    """No fact that can be told is left out of the table."""
    assert {line.provision for line in TABLE} == {one.provision for one in load("protocols")}


CARRIER, TANK = "armoured_personnel_carrier", "battle_tank"
ALIKE, BOTH = f"{CARRIER}_look_alike", ["existing_type", "national_nomenclature"]
PASSED = {"completion_received": D(1996, 5, 2)}
DATA_ROWS = [
    (1, TANK, [*BOTH, "main_gun_calibre", "unladen_weight"]),
    (2, CARRIER, [*BOTH, "armament_type_and_calibre"]),
    (2, "armoured_infantry_fighting_vehicle", [*BOTH, "armament_type_and_calibre"]),
    (2, "heavy_armament_combat_vehicle", [*BOTH, "main_gun_calibre", "unladen_weight"]),
    (3, "artillery", [*BOTH, "calibre"]),
    (4, "combat_aircraft", BOTH),
    (5, "specialised_attack_helicopter", BOTH),
    (6, ALIKE, [*BOTH, "armament_type_and_calibre"]),
    (7, "armoured_infantry_fighting_vehicle_look_alike", [*BOTH, "armament_type_and_calibre"]),
    (8, "primary_trainer_aircraft", [*BOTH, "armament_type"]),
    (9, "combat_support_helicopter", BOTH),
    (10, "unarmed_transport_helicopter", BOTH),
    (11, "armoured_vehicle_launched_bridge", BOTH),
]


@pytest.mark.parametrize(("number", "category", "data"), DATA_ROWS, ids=[row[1] for row in DATA_ROWS])
def test_data_of_every_kind(number: int, category: str, data: list[str]) -> None:
    """All data that the Annex names are there, or the one that is missing is named."""
    ident = f"CFE:TYPES.ANNEX.I.{number}"
    assert outcomes(found("technical_data", category=category, data=data, armed=True), ident) == ["ok"]
    assert outcomes(found("technical_data", category=category, data=data[:-1], armed=True), ident) == ["breach"]


T, P, N, H, R = "technical_data", "photograph", "naval", "recategorised", "trainers"
LEFT: dict[str, Any] = {"left_out": True}
RULES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("TYPES.ANNEX.I.2", "cannot_tell", T, {"category": CARRIER, "data": BOTH}),
    ("TYPES.ANNEX.I.2", "ok", T, {"category": CARRIER, "data": BOTH, "armed": False}),
    ("TYPES.ANNEX.I.2", "cannot_tell", T, {"category": "armoured_combat_vehicle", "data": BOTH}),
    ("TYPES.III.1", "ok", T, {"category": TANK, "views": ["side", "top", "front"]}),
    ("TYPES.III.1", "breach", T, {"category": TANK, "views": ["side", "top"]}),
    ("TYPES.III.1", "breach", T, {"category": ALIKE, "views": ["side", "top", "front"]}),
    ("TYPES.III.1", "ok", T, {"category": ALIKE, "views": list(VIEWS)}),
    ("TYPES.ANNEX.II", "ok", P, {"width_cm": 18, "height_cm": 13}),
    ("TYPES.ANNEX.II", "ok", P, {"width_cm": 13.1, "height_cm": 18}),
    ("TYPES.ANNEX.II", "breach", P, {"width_cm": 13.2, "height_cm": 18}),
    ("TYPES.ANNEX.II", "breach", P, {"width_cm": 13, "height_cm": 17}),
    ("TYPES.IV.3", "ok", "new_type", {"entered_service": D(1996, 3, 1), "notified_on": D(1996, 3, 1)}),
    ("TYPES.IV.3", "breach", "new_type", {"entered_service": D(1996, 3, 1), "notified_on": D(1996, 3, 2)}),
    ("RECLASS.I.1", "ok may", R, {"model": "MiG-23U", **LEFT}),
    ("RECLASS.I.1", "breach", R, {"model": "MiG-29UB", **LEFT}),
    ("RECLASS.I.1", "not_applicable", R, {"model": "MiG-29UB", "left_out": False}),
    ("RECLASS.I.1(A)", "ok may", R, {"has_parts": True, "disarmed": True, "certified": True, **LEFT}),
    ("RECLASS.I.1(A)", "breach", R, {"has_parts": True, "disarmed": False, "certified": True, **LEFT}),
    ("RECLASS.I.1(A)", "cannot_tell", R, {"has_parts": True, "certified": True, **LEFT}),
    ("RECLASS.I.1(B)", "ok may", R, {"has_parts": False, "certified": True, **LEFT}),
    ("RECLASS.I.1(B)", "breach", R, {"has_parts": False, "certified": False, **LEFT}),
    ("RECLASS.I.2", "ok", R, {"taken_from_limits": 550}),
    ("RECLASS.I.2", "breach", R, {"taken_from_limits": 551}),
    ("RECLASS.I.2", "ok", R, {"of_them_mig25u": 130}),
    ("RECLASS.I.2", "breach", R, {"of_them_mig25u": 131}),
    ("RECLASS.I.2", "ok", R, {"certified_on": D(1995, 11, 17)}),
    ("RECLASS.I.2", "breach", R, {"certified_on": D(1995, 11, 18)}),
    ("RECLASS.IV.4", "ok may", R, {**PASSED, "ambiguity_raised": False}),
    ("RECLASS.IV.4", "not_applicable", R, {"completion_received": D(1996, 5, 3), "ambiguity_raised": False}),
    ("RECLASS.IV.4", "not_applicable", R, {**PASSED, "ambiguity_raised": True}),
    ("RECLASS.IV.4", "ok may", R, {**PASSED, "ambiguity_raised": True, "ambiguity_resolved": True}),
    ("RECLASS.IV.4", "cannot_tell", R, PASSED),
    ("HELI.II.1", "ok may", H, {"multi_purpose": True, **LEFT}),
    ("HELI.II.1", "breach", H, {"multi_purpose": False, **LEFT}),
    ("HELI.II.2", "ok may", H, {"has_features": True, "converted": True, "certified": True, **LEFT}),
    ("HELI.II.2", "breach", H, {"has_features": True, "converted": False, "certified": True, **LEFT}),
    ("HELI.II.2", "ok may", H, {"has_features": False, "certified": True, **LEFT}),
    ("HELI.II.2", "breach", H, {"has_features": False, "certified": False, **LEFT}),
    ("HELI.IV.4", "ok may", H, {**PASSED, "ambiguity_raised": False}),
    ("HELI.IV.4", "not_applicable", H, {**PASSED, "ambiguity_raised": True}),
    ("HELI.I.3", "ok may", "helicopters", {"scouts": {"RUS": 60, "UKR": 40}}),
    ("HELI.I.3", "not_applicable", "helicopters", {"scouts": {"RUS": 61, "UKR": 40}}),
    ("HELI.I.3", "not_applicable", "helicopters", {"scouts": {"POL": 1}}),
    ("II.1(U)", "ok", "liability", {"category": TANK, "number": 100, "until": D(1995, 11, 17)}),
    ("II.1(U)", "breach", "liability", {"category": TANK, "number": 100, "until": D(1995, 11, 18)}),
    ("II.1(U)", "cannot_tell", "liability", {"category": TANK, "number": 100}),
    ("II.1(U)", "not_applicable", "liability", {"category": ALIKE, "number": 1, "until": D(1995, 1, 1)}),
    ("DECL.I.1", "ok", N, {"aircraft_by_state": {"FRA": 400}}),
    ("DECL.I.1", "breach", N, {"aircraft_by_state": {"FRA": 401}}),
    ("DECL.I.1", "ok", N, {"aircraft": 300}),
    ("DECL.I.1", "breach", N, {"aircraft": 301}),
    ("DECL.I.2", "ok", N, {"aircraft_by_state": {"FRA": 400, "GBR": 30, "RUS": 300}}),
    ("DECL.I.2", "breach", N, {"aircraft_by_state": {"FRA": 400, "GBR": 31}}),
    ("DECL.I.3", "ok", N, {"helicopters": 0}),
    ("DECL.I.3", "breach", N, {"helicopters": 1}),
    ("DECL.I.4", "ok", N, {"aircraft": 1}),
    ("DECL.I.5", "ok", N, {"aircraft": 1}),
    ("DECL.III", "ok", "strength", {"before": 100, "now": 100, "talks_go_on": True}),
    ("DECL.III", "breach", "strength", {"before": 100, "now": 101, "talks_go_on": True}),
    ("DECL.III", "cannot_tell", "strength", {"before": 100, "now": 101}),
    ("DECL.III", "not_applicable", "strength", {"before": 100, "now": 101, "talks_go_on": False}),
]


@pytest.mark.parametrize(("ident", "outcome", "table", "facts"), RULES, ids=lambda value: str(value)[:36])
def test_rules_of_the_protocols(ident: str, outcome: str, table: str, facts: dict[str, Any]) -> None:
    """Numbers and days at their edges, and what must have been done before something is left out."""
    got = outcomes(found(table, **facts), f"CFE:{ident}")
    assert outcome in got
    assert outcome == "breach" or "breach" not in got


@pytest.mark.parametrize(
    ("table", "facts", "ident"),
    [
        (R, {**PASSED, "ambiguity_raised": True}, "RECLASS.IV.4"),
        (H, {**PASSED, "ambiguity_raised": True}, "HELI.IV.4"),
        ("helicopters", {"scouts": {"RUS": 61, "UKR": 40}}, "HELI.I.3"),
        (N, {"aircraft": 1}, "DECL.I.4"),
        (N, {"aircraft": 1}, "DECL.I.5"),
        ("liability", {"category": TANK, "number": 100, "until": D(1995, 11, 17)}, "II.1(U)"),
    ],
)
def test_what_follows_must_be_done(table: str, facts: dict[str, Any], ident: str) -> None:
    """What is not complete counts, what is beyond a number counts, what is promised is kept."""
    (finding,) = (one for one in found(table, **facts) if one.provision == f"CFE:{ident}")
    assert finding.effect is not None
    assert finding.effect.modality == "must"


@pytest.mark.parametrize(
    ("day", "facts", "outcome"),
    [
        (D(1996, 11, 9), {"total": 370_000, "land_and_air": 345_000}, "ok"),
        (D(1996, 11, 9), {"total": 370_001}, "breach"),
        (D(1996, 11, 9), {"land_and_air": 345_001}, "breach"),
        (D(1996, 11, 8), {"total": 370_001}, "not_applicable"),
    ],
)
def test_the_strength_of_the_german_forces(day: dt.date, facts: dict[str, Any], outcome: str) -> None:
    """Four years after entry into force the numbers hold; until then they are to be reached."""
    got = [one for one in found("strength", day, "DEU", **facts) if one.provision == "CFE:DECL.II"]
    assert {one.verdict.value for one in got} == {outcome}
    assert all((one.effect is not None) is (outcome == "not_applicable") for one in got)
    assert not found("strength", day, "FRA", **facts)


def test_before_month_40_numbers_of_naval_aircraft_are_not_judged() -> None:
    """They apply from 17 November 1995 on."""
    early = found("naval", D(1995, 11, 16), aircraft=500)
    assert [(one.provision, one.verdict.value) for one in early] == [
        ("CFE:DECL.I.5", "ok"),
        ("CFE:DECL.I.4", "not_applicable"),
    ]
    assert found("naval", D(1992, 11, 8), aircraft=1)[0].verdict.value == "not_applicable"


def test_the_share_of_tashkent_is_reported_only() -> None:
    """The share is no text of this Treaty: its finding rests on a report, and says so."""
    shares = [one for one in found("naval", aircraft=301) if one.values and one.values[0].status == "reported"]
    assert [(one.verdict.value, one.limit) for one in shares] == [("breach", 300)]
    assert len(SHARED) == 2


def test_the_states_and_trainers_are_those_of_the_text(shared: Path) -> None:
    """Seven trainers stand in the list, and eight States in the exception."""
    text = (shared / "law" / "cfe-treaty.txt").read_text(encoding="utf-8")
    assert "".join(TRAINERS) in text
    assert len(EIGHT) == 8


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "nothing is told"),
        ({"naval": [{"id": "x", "day": DAY}]}, "code of a State"),
        ({"naval": [{"id": "x", "state": "RUS", "day": DAY, "aircraft": -1}]}, "no whole number"),
        ({"naval": [{"id": "x", "state": "RUS", "day": DAY, "aircrafts": 1}]}, "unknown field"),
        ({"navy": []}, "navy"),
        ({"naval": [{"id": "x", "state": "RUS", "day": DAY}] * 2}, "stands 2 times"),
        ({"technical_data": [{"id": "x", "state": "RUS", "day": DAY, "data": ["weight"]}]}, "none of"),
    ],
)
def test_told_protocols_that_cannot_be_used(data: dict[str, Any], words: str) -> None:
    """Every fault is told with its place."""
    with pytest.raises(InputError) as caught:
        read_told_file(data, "file.toml")
    assert caught.value.kind == "bad_protocols"
    assert words in str(caught.value)


def test_the_page_names_every_fact() -> None:
    """A person who writes a file finds each table, field, and word."""
    text = PAGE.read_text(encoding="utf-8")
    names = {name for table in TABLES for name in (table, *fields_of(table))} | {*DATA, *VIEWS}
    names |= {one.item for one in load("protocols") if one.item}
    assert not [name for name in sorted(names) if f"`{name}`" not in text and f"`[[{name}]]`" not in text]

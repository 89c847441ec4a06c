"""Duties beside the limits: phases of reduction, storage sites, removals, deployments, changes of levels."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cfe.cfe_files import AT, of

from skywitness.cfe.check import Answered, judge
from skywitness.cfe.duties import maintenance_allowed
from skywitness.cfe.read import book_from_toml
from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading

OK, BREACH, OPEN = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL
DAY = dt.date(1996, 1, 1)


def told(table: str, at: dt.date = AT, ways: dict[str, str] | None = None, **fields: Any) -> Answered:
    """Judge a file with one row of a table."""
    book = book_from_toml({"at": at, table: [fields]})
    return judge(book, Reading(at=at, interpretations=ways or {}))


def verdicts(found: Answered, provision: str) -> list[Verdict]:
    """Return the verdicts on a provision."""
    return [one.verdict for one in of(found, provision)]


GERMANY: dict[str, Any] = {
    "state": "DEU",
    "category": "battle_tank",
    "at_signature": 7_000,
    "at_entry_into_force": 7_170,
}


@pytest.mark.parametrize(("liability", "verdict"), [(3_004, OK), (3_005, OK), (3_003, BREACH)])
def test_the_liability_is_the_larger_holding_less_the_level(liability: int, verdict: Verdict) -> None:
    """7,170 less 4,166 are 3,004 at least (VIII.7)."""
    assert verdicts(told("reduction", **GERMANY, liability=liability), "VIII.7") == [verdict]


def test_a_liability_without_its_numbers_cannot_be_told() -> None:
    """A holding left out, or a level that is not settled, leaves it open."""
    assert verdicts(told("reduction", state="DEU", category="battle_tank", liability=1), "VIII.7") == [OPEN]
    russia = {**GERMANY, "state": "RUS"}
    for liability, verdict in ((769, BREACH), (770, OPEN), (819, OPEN), (820, OK)):  # 7,170 less 6,400 or 6,350
        assert verdicts(told("reduction", **russia, liability=liability), "VIII.7") == [verdict]


PHASES = [
    (dt.date(1993, 11, 17), "VIII.4(A)", 250, OK),
    (dt.date(1993, 11, 17), "VIII.4(A)", 249, BREACH),
    (dt.date(1994, 11, 17), "VIII.4(B)", 600, OK),
    (dt.date(1994, 11, 17), "VIII.4(B)", 599, BREACH),
    (dt.date(1995, 11, 17), "VIII.4(C)", 1_000, OK),
    (dt.date(1995, 11, 17), "VIII.4(C)", 999, BREACH),
]


@pytest.mark.parametrize(("at", "provision", "reduced", "verdict"), PHASES, ids=[f"{r[1]} {r[2]}" for r in PHASES])
def test_phases_of_reduction(at: dt.date, provision: str, reduced: int, verdict: Verdict) -> None:
    """A quarter by month 16, sixty per cent by 28, all by 40; the day before nothing is due."""
    row = {**GERMANY, "liability": 1_000, "reduced": reduced}
    found = told("reduction", at=at, **row)
    assert verdicts(found, provision) == [verdict]
    assert (of(found, provision)[0].effect is not None) is (verdict is BREACH)
    assert verdicts(told("reduction", at=at - dt.timedelta(days=1), **row), provision) == []


def test_phases_by_the_other_start_and_rounding() -> None:
    """From entry into force the first phase ends on 9 March 1994; a quarter of 10 is 2 or 3, exactly 3."""
    at = dt.date(1994, 3, 9)
    row = {**GERMANY, "liability": 10, "reduced": 2}
    for rounding, verdict in (("exact", BREACH), ("round_down", OK), ("round_up", BREACH), ("round_nearest", BREACH)):
        ways = {"CFE:VIII.4": "from_entry_into_force", "CFE:IX.1(B)": rounding}
        assert verdicts(told("reduction", at=at, ways=ways, **row), "VIII.4(A)") == [verdict]
        assert not of(told("reduction", at=at - dt.timedelta(days=1), ways=ways, **row), "VIII.4(A)")


@pytest.mark.parametrize(("day", "verdict"), [(dt.date(1992, 8, 16), OK), (dt.date(1992, 8, 17), BREACH)])
def test_the_liability_is_notified_in_30_days(day: dt.date, verdict: Verdict) -> None:
    """Thirty days from 17 July 1992 end on 16 August (VIII.6)."""
    assert verdicts(told("reduction", **GERMANY, notified=day), "VIII.6") == [verdict]


SITES: list[tuple[dict[str, Any], str, list[Verdict]]] = [
    ({"fence_m": 1.5}, "X.3", [OK]),
    ({"fence_m": 1.49}, "X.3", [BREACH]),
    ({"gates": 3}, "X.3", [OK]),
    ({"gates": 4}, "X.3", [BREACH]),
    ({"ranges": False}, "X.2", [OK]),
    ({"ranges": True}, "X.2", [BREACH]),
    ({"active_units": False}, "X.5", [OK]),
    ({"active_units": True}, "X.5", [BREACH]),
    ({"category": "artillery", "held": 21, "out": 4}, "X.7", [OK]),
    ({"category": "artillery", "held": 21, "out": 5}, "X.7", [BREACH]),
    ({"category": "artillery", "held": 400, "out": 11}, "X.7", [BREACH]),
    ({"category": "artillery", "held": 21}, "X.7", []),
    ({"category": "armoured_vehicle_launched_bridge", "held": 30, "out": 4}, "XI.6", [OK]),
    ({"category": "armoured_vehicle_launched_bridge", "held": 30, "out": 5}, "XI.6", [BREACH]),
]


@pytest.mark.parametrize(("fields", "provision", "wanted"), SITES, ids=[f"{r[1]} {n}" for n, r in enumerate(SITES)])
def test_storage_sites(fields: dict[str, Any], provision: str, wanted: list[Verdict]) -> None:
    """A fence of 1.5 m, three gates, no ranges, no active units, and so many out for maintenance."""
    assert verdicts(told("storage_site", state="BLR", **fields), provision) == wanted


@given(st.integers(0, 100_000))
def test_what_may_be_out_for_maintenance(held: int) -> None:
    """It is even, never above ten, never below a tenth unless that is above ten, and grows with what is held."""
    allowed = maintenance_allowed(held, 10, 10)
    assert allowed % 2 == 0
    assert allowed <= 10
    assert allowed * 10 >= min(held, 100)
    assert allowed <= maintenance_allowed(held + 1, 10, 10)


REMOVALS: list[tuple[dict[str, Any], str, list[Verdict]]] = [
    ({"notified": DAY - dt.timedelta(days=42)}, "X.8", [OK]),
    ({"notified": DAY - dt.timedelta(days=41)}, "X.8", [BREACH]),
    ({}, "X.8", [OPEN]),
    ({"back": DAY + dt.timedelta(days=42)}, "X.10", [OK]),
    ({"back": DAY + dt.timedelta(days=43)}, "X.10", [BREACH]),
    ({}, "X.10", [BREACH]),
    ({"rebuild": True}, "X.10", []),
]


@pytest.mark.parametrize(
    ("fields", "provision", "wanted"), REMOVALS, ids=[f"{r[1]} {n}" for n, r in enumerate(REMOVALS)]
)
def test_removals_from_storage(fields: dict[str, Any], provision: str, wanted: list[Verdict]) -> None:
    """Forty-two days of notice, forty-two outside unless rebuilt; for bridge-layers by their own article."""
    assert verdicts(told("removal", state="BLR", category="artillery", left=DAY, **fields), provision) == wanted
    bridges = {"X.8": "XI.3", "X.10": "XI.4"}[provision]
    if "rebuild" not in fields:
        found = told("removal", state="BLR", category="armoured_vehicle_launched_bridge", left=DAY, **fields)
        assert verdicts(found, bridges) == wanted


def test_what_is_out_and_may_still_come_back() -> None:
    """An item that is out for less than its days is neither kept nor broken yet."""
    assert not of(told("removal", at=DAY, state="BLR", category="artillery", left=DAY), "X.10")


@pytest.mark.parametrize(("notified", "verdict"), [(DAY, OK), (DAY + dt.timedelta(days=1), BREACH)])
def test_bridges_after_a_flood(notified: dt.date, verdict: Verdict) -> None:
    """After a disaster they leave at once, with a notice by then (XI.7), and no other is asked for."""
    bridge = "armoured_vehicle_launched_bridge"
    found = told("removal", state="BLR", category=bridge, left=DAY, notified=notified, disaster=True)
    assert verdicts(found, "XI.7") == [verdict]
    assert not of(found, "XI.3")


DEPLOYED: dict[str, Any] = {"by": "GBR", "to": "NOR", "began": DAY}


def test_deployments_are_told_by_both() -> None:
    """Sender and receiver tell at the latest on the day it begins, and within 30 days of its end (V.2)."""
    both = {**DEPLOYED, "told_by_sender": DAY, "told_by_receiver": DAY + dt.timedelta(days=1)}
    assert verdicts(told("deployment", **both), "V.2") == [OK, BREACH]
    assert verdicts(told("deployment", **DEPLOYED), "V.2") == [OPEN, OPEN]
    end = DAY + dt.timedelta(days=20)
    ended = {
        **DEPLOYED, "told_by_sender": DAY, "told_by_receiver": DAY, "ended": end,
        "end_told_by_sender": end + dt.timedelta(days=30), "end_told_by_receiver": end + dt.timedelta(days=31),
    }  # fmt: skip
    assert sorted(verdicts(told("deployment", **ended), "V.2")) == sorted([OK, OK, OK, BREACH])
    silent = {**DEPLOYED, "told_by_sender": DAY, "told_by_receiver": DAY, "ended": end}
    assert verdicts(told("deployment", **silent), "V.2").count(OPEN) == 2


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("reduction", {"state": "DEU", "category": "apc"}),
        ("reduction", {"state": "DEU", "category": "artillery", "reduced": -1}),
        ("storage_site", {"state": "XXX"}),
        ("storage_site", {"state": "DEU", "fence_m": "high"}),
        ("storage_site", {"state": "DEU", "gate": 3}),
        ("removal", {"state": "DEU", "category": "artillery"}),
        ("removal", {"state": "DEU", "category": "artillery", "left": DAY, "back": DAY - dt.timedelta(days=1)}),
        ("deployment", {"by": "EAST", "to": "NOR", "began": DAY}),
        ("level", {"state": "DEU", "effective": DAY}),
        ("level", {"state": "DEU", "notified": DAY, "effective": DAY - dt.timedelta(days=1)}),
        ("level", {"state": "DEU", "notified": DAY, "battle_tank": -1}),
        ("level", {"state": "DEU", "notified": DAY, "battle_tanks": 1}),
        ("level", {"state": "DEU", "notified": DAY, "areas": {"core": {}}}),
        ("level", {"state": "DEU", "notified": DAY, "areas": {"core_active": {"combat_aircraft": 1}}}),
        ("level", {"state": "DEU", "notified": DAY, "areas": 7}),
        ("level", {"state": "DEU", "notified": DAY, "matched_by": ["nothing"]}),
        ("level", {"state": "DEU", "notified": DAY, "room_from_holdings_of": ["XXX"]}),
        (
            "level",
            {
                "state": "DEU",
                "notified": DAY,
                "armoured_combat_vehicle": 10,
                "armoured_infantry_fighting_vehicle": 8,
                "heavy_armament_combat_vehicle": 3,
            },
        ),
        ("stationing", {"state": "DEU", "in": "DEU"}),
        ("stationing", {"state": "DEU", "in": "FRA", "since": DAY, "until": DAY - dt.timedelta(days=1)}),
    ],
)
def test_rows_that_cannot_be_used(table: str, row: dict[str, Any]) -> None:
    """Each fault is one sentence at its field."""
    with pytest.raises(InputError) as refused:
        book_from_toml({"at": AT, table: [row]})
    assert len(refused.value.faults) == 1


LATER = [
    # day of the count, reduced, verdict on the first phase, which ended on 17 November 1993
    (dt.date(1993, 11, 17), 250, OK),
    (dt.date(1993, 11, 18), 250, OPEN),
    (dt.date(1996, 1, 1), 1_000, OPEN),
    (dt.date(1996, 1, 1), 249, BREACH),
]


@pytest.mark.parametrize(("at", "reduced", "verdict"), LATER)
def test_a_later_count_does_not_prove_an_earlier_phase(at: dt.date, reduced: int, verdict: Verdict) -> None:
    """What is reduced by a later day may have been reduced too late (VIII.4); too little by then was too little."""
    row = {**GERMANY, "liability": 1_000, "reduced": reduced}
    assert verdicts(told("reduction", at=at, **row), "VIII.4(A)") == [verdict]


def test_a_phase_without_liability_is_kept_by_any_count() -> None:
    """Nothing was to be reduced, so that the day of the count is of no matter."""
    row = {**GERMANY, "liability": 0, "reduced": 0}
    assert verdicts(told("reduction", at=DAY, **row), "VIII.4(A)") == [OK]


def test_a_notice_after_a_disaster_that_is_not_told_is_open() -> None:
    """Bridge-layers left after a flood; whether a notice was given then is not known (XI.7)."""
    row: dict[str, Any] = {
        "state": "BLR",
        "category": "armoured_vehicle_launched_bridge",
        "left": DAY,
        "disaster": True,
    }
    found = told("removal", **row)
    assert verdicts(found, "XI.7") == [OPEN]
    assert not of(found, "XI.3")

"""Naval aircraft on land, and the Mi-24R and Mi-24K of eight States, in a file of holdings."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.cfe.cfe_files import held, judged, line, of

from skywitness.cfe.span import NONE, Span
from skywitness.core.finding import Verdict

OK, BREACH, OPEN, NO = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
AIR, HELICOPTER = "land_based_naval_aircraft", "land_based_naval_attack_helicopter"


def scouts(state: str, count: int, **fields: Any) -> dict[str, Any]:
    """Make a row of Mi-24R or Mi-24K."""
    return held(state, "scout_helicopter", count, **fields)


@pytest.mark.parametrize(
    ("state", "count", "complete", "verdict"),
    [("BLR", 100, True, OK), ("BLR", 101, True, NO), ("BLR", 100, False, OPEN), ("BLR", 101, False, NO)],
)
def test_the_hundred_of_eight_states(state: str, count: int, complete: bool, verdict: Verdict) -> None:
    """Up to 100 are left out; those above must be counted; where States of the eight tell nothing it is open."""
    (finding,) = of(judged(scouts(state, count), complete=complete), "HELI.I.3")
    assert finding.verdict is verdict
    assert (finding.effect.modality if finding.effect else "") == {OK: "may", NO: "must", OPEN: ""}[verdict]


def test_scouts_beyond_the_hundred_count() -> None:
    """Which of them are beyond is not said: each State has a span; those of other States count whole."""
    few = judged(scouts("BLR", 60), scouts("ARM", 40))
    assert line(few, "single_state", "BLR", "attack_helicopter").measured.span == NONE
    many = judged(scouts("BLR", 120), scouts("ARM", 40))
    assert line(many, "single_state", "BLR", "attack_helicopter").measured.span == Span(20, 60)
    assert line(many, "single_state", "ARM", "attack_helicopter").measured.span == Span(0, 40)
    other = judged(scouts("POL", 5))
    assert line(other, "single_state", "POL", "attack_helicopter").measured.span == Span(5, 5)
    (finding,) = of(other, "HELI.I.3")
    assert finding.verdict is NO
    assert finding.effect is not None


@pytest.mark.parametrize(
    ("ident", "rows", "verdict"),
    [
        ("DECL.I.1", [held("GBR", AIR, 400)], OK),
        ("DECL.I.1", [held("GBR", AIR, 401)], BREACH),
        ("DECL.I.1", [held("GBR", AIR, low=390, high=410, basis="observed", by="RUS")], OPEN),
        ("DECL.I.2", [held("GBR", AIR, 400), held("FRA", AIR, 30)], OK),
        ("DECL.I.2", [held("GBR", AIR, 400), held("FRA", AIR, 31)], BREACH),
        ("DECL.I.3", [held("FRA", HELICOPTER, 1)], BREACH),
        ("DECL.I.3", [held("FRA", HELICOPTER, 0)], OK),
    ],
)
def test_naval_aircraft_on_land(ident: str, rows: list[dict[str, Any]], verdict: Verdict) -> None:
    """The numbers of the declaration: of a State, of a group, and no helicopters."""
    found = judged(*rows)
    assert {one.verdict for one in of(found, ident)} == {verdict}
    assert line(found, "single_state", rows[0]["state"], "combat_aircraft").measured.span == NONE


def test_a_group_that_does_not_declare_whole_is_open() -> None:
    """A member that declares nothing may have naval aircraft, too."""
    (finding,) = of(judged(held("GBR", AIR, 400), complete=False), "DECL.I.2")
    assert finding.verdict is OPEN
    assert finding.needs


def test_before_month_40_the_declaration_has_no_numbers() -> None:
    """Nothing is judged by it before 17 November 1995."""
    assert not of(judged(held("GBR", AIR, 500), at=dt.date(1995, 11, 16)), "DECL.I.1")

"""Limits of groups, areas and States: kept at the number, broken by one more, open where something is not told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.cfe.cfe_files import AT, held, judged, line, of

from skywitness.cfe.span import Span
from skywitness.core.finding import Verdict

OK, BREACH, OPEN, NO = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
T, A, R = "battle_tank", "armoured_combat_vehicle", "artillery"
F, H = "combat_aircraft", "attack_helicopter"

LIMITS: list[tuple[str, str, dict[str, Any], int]] = [
    ("IV.1(A)", T, {"where": "DEU", "status": "stored"}, 20_000),
    ("IV.1(A)", T, {"where": "DEU"}, 16_500),
    ("IV.1(B)", A, {"where": "PRT", "status": "stored"}, 30_000),
    ("IV.1(B)", A, {"where": "PRT"}, 27_300),
    ("IV.1(B)", "aifv", {"where": "PRT"}, 18_000),
    ("IV.1(B)", "hacv", {"where": "PRT"}, 1_500),
    ("IV.1(C)", R, {"where": "PRT", "status": "stored"}, 20_000),
    ("IV.1(C)", R, {"where": "PRT"}, 17_000),
    ("IV.1(D)", F, {"where": "NOR"}, 6_800),
    ("IV.1(E)", H, {"where": "NOR"}, 2_000),
    ("IV.2(A)", T, {"where": "ESP", "status": "stored"}, 15_300),
    ("IV.2(A)", T, {"where": "ESP"}, 11_800),
    ("IV.2(B)", A, {"where": "ESP", "status": "stored"}, 24_100),
    ("IV.2(B)", A, {"where": "ESP"}, 21_400),
    ("IV.2(C)", R, {"where": "ESP", "status": "stored"}, 14_000),
    ("IV.2(C)", R, {"where": "ESP"}, 11_000),
    ("IV.3(A)", T, {"where": "FRA"}, 10_300),
    ("IV.3(B)", A, {"where": "FRA"}, 19_260),
    ("IV.3(C)", R, {"where": "FRA"}, 9_100),
    ("IV.4(A)", T, {"where": "DEU"}, 7_500),
    ("IV.4(B)", A, {"where": "DEU"}, 11_250),
    ("IV.4(C)", R, {"where": "DEU"}, 5_000),
    ("V.1(A)", T, {"where": "NOR"}, 4_700),
    ("V.1(A)", A, {"where": "NOR"}, 5_900),
    ("V.1(A)", R, {"where": "NOR"}, 6_000),
    ("V.1(C)", T, {"where": "NOR", "status": "temporary"}, 153),
    ("V.1(C)", A, {"where": "NOR", "status": "temporary"}, 241),
    ("V.1(C)", R, {"where": "NOR", "status": "temporary"}, 140),
    ("VI(A)", T, {"where": "DEU"}, 13_300),
    ("VI(B)", A, {"where": "DEU"}, 20_000),
    ("VI(C)", R, {"where": "DEU"}, 13_700),
    ("VI(D)", F, {"where": "DEU"}, 5_150),
    ("VI(E)", H, {"where": "DEU"}, 1_500),
    ("VII.1", T, {"where": "DEU"}, 4_006),
    ("X.9(A)", T, {"where": "DEU", "status": "removed"}, 550),
    ("X.9(B)", A, {"where": "DEU", "status": "removed"}, 1_000),
    ("X.9(C)", R, {"where": "DEU", "status": "removed"}, 300),
    ("XI.1", "avlb", {"where": "DEU"}, 740),
    ("XI.5", "avlb", {"where": "DEU", "status": "removed"}, 50),
]


@pytest.mark.parametrize(("provision", "category", "fields", "number"), LIMITS, ids=[f"{r[0]} {r[3]}" for r in LIMITS])
def test_at_the_number_kept_and_one_more_broken(
    provision: str, category: str, fields: dict[str, Any], number: int
) -> None:
    """Each limit is kept by exactly its number and broken by one more, with the number in the finding."""
    kept = [one for one in of(judged(held("USA", category, number, **fields)), provision) if one.limit == number]
    broken = [one for one in of(judged(held("USA", category, number + 1, **fields)), provision) if one.limit == number]
    assert {one.verdict for one in kept} == {OK}
    assert {one.verdict for one in broken} == {BREACH}
    assert all(one.margin == 0.0 for one in kept)
    assert all(one.effect is not None and one.values for one in broken)


EAST: list[tuple[str, str, dict[str, Any], int]] = [
    ("IV.3(D)", T, {"district": "kiev"}, 2_250),
    ("IV.3(D)", A, {"district": "kiev", "status": "stored"}, 2_500),
    ("IV.3(D)", R, {"district": "kiev"}, 1_500),
    ("IV.1", T, {"district": "odessa", "status": "stored"}, 400),
    ("IV.1", R, {"district": "odessa", "status": "stored"}, 500),
]


@pytest.mark.parametrize(("provision", "category", "fields", "number"), EAST, ids=[f"{r[0]} {r[3]}" for r in EAST])
def test_the_cells_of_ukraine(provision: str, category: str, fields: dict[str, Any], number: int) -> None:
    """Kiev has limits of its own for active and stored items, Odessa for storage."""
    for count, verdict in ((number, OK), (number + 1, BREACH)):
        found = [one for one in of(judged(held("UKR", category, count, **fields)), provision) if one.limit == number]
        assert [one.verdict for one in found] == [verdict]


@pytest.mark.parametrize(
    ("category", "count", "subject", "verdict"),
    [
        (T, 600, T, OK),
        (T, 601, T, BREACH),
        ("apc", 800, A, OK),
        ("apc", 801, A, BREACH),
        ("aifv", 300, "other_than_carriers", OK),
        ("aifv", 301, "other_than_carriers", BREACH),
        (A, 800, "other_than_carriers", OPEN),
        (R, 401, R, BREACH),
    ],
)
def test_storage_south_of_the_line(category: str, count: int, subject: str, verdict: Verdict) -> None:
    """In the south of the Leningrad district 600, 800 (300 of them no carriers) and 400 may be stored."""
    found = judged(held("RUS", category, count, district="leningrad-south", status="stored"))
    assert line(found, "south_leningrad_stored", "EAST", subject).verdict is verdict


def test_deployments_to_several_states_fill_the_limit_of_the_group() -> None:
    """Three times a third is all a group may deploy, and leaves the limit of the flanks alone."""
    rows = [held("USA", T, 153, where=state, status="temporary") for state in ("NOR", "GRC", "TUR")]
    rows.append(held("TUR", T, 4_700))
    found = judged(*rows)
    assert line(found, "flank_active", "WEST").verdict is OK
    assert [one.verdict for one in of(found, "V.1(B)")] == [OK]
    assert [one.verdict for one in of(judged(*rows, held("USA", T, 1, where="ISL", status="temporary")), "V.1(B)")] == [
        BREACH
    ]
    assert line(found, "area_active", "WEST").measured.span == Span(4_700 + 459, 4_700 + 459)


def test_before_month_40_nothing_is_judged() -> None:
    """Up to 16 November 1995 the limits do not bind; by the other day of start not before 9 March 1996."""
    row = held("DEU", T, 20_001)
    cases: tuple[tuple[dt.date, dict[str, Any], Verdict], ...] = (
        (dt.date(1995, 11, 16), {}, NO),
        (dt.date(1995, 11, 17), {}, BREACH),
        (dt.date(1995, 11, 17), {"start": "from_entry_into_force"}, NO),
        (dt.date(1996, 3, 9), {"start": "from_entry_into_force"}, BREACH),
    )
    for day, ways, verdict in cases:
        found = judged(row, at=day, **ways)
        assert line(found, "area_total", "WEST").verdict is verdict
        assert found.verdict is verdict or verdict is NO


def test_states_that_tell_nothing_are_unknown_not_zero() -> None:
    """Without declarations of the other members a group can only be proved to be over."""
    found = judged(held("DEU", T, 3_000), complete=False)
    one = line(found, "area_total", "WEST")
    assert (one.verdict, one.measured.span) == (OPEN, Span(3_000, None))
    assert "FRA" in one.measured.unknown
    assert "DEU" not in one.measured.unknown
    assert line(found, "single_state", "DEU").verdict is OK
    assert any("FRA" in str(need) for need in of(found, "IV.1(A)")[0].needs)
    assert line(judged(held("DEU", T, 20_001), complete=False), "area_total", "WEST").verdict is BREACH


def test_a_level_that_is_not_settled_settles_nothing_between() -> None:
    """Between 6,350 and 6,400 Russian tanks it cannot be told, whatever is declared exactly."""
    for count, verdict in ((6_350, OK), (6_380, OPEN), (6_401, BREACH)):
        found = judged(held("RUS", T, count, district="moscow"))
        assert line(found, "maximum_level", "RUS").verdict is verdict


def test_somewhere_in_the_area_counts_for_the_whole_and_perhaps_for_a_part() -> None:
    """A table of whole States tells of the area, and leaves its parts open."""
    found = judged(held("USA", T, 8_000, district="not told"))
    assert line(found, "area_total", "WEST").verdict is OK
    assert line(found, "core_active", "WEST").measured.span == Span(0, 8_000)
    assert line(found, "core_active", "WEST").verdict is OPEN
    assert not found.visits


def test_room_in_the_core_may_be_used_around_it() -> None:
    """What is left of 7,500 in the core may stand in the inner area (IV.6); at the limit there is none."""
    (finding,) = (
        one for one in of(judged(held("DEU", T, 7_000), held("FRA", T, 1_000)), "IV.6") if "tanks" in str(one.why)
    )
    assert finding.verdict is OK
    assert finding.effect is not None
    assert "500" in str(finding.effect.what)
    full = [one for one in of(judged(held("DEU", T, 7_500)), "IV.6") if "tanks" in str(one.why)]
    assert [one.verdict for one in full] == [NO]


def test_the_area_of_stationed_forces_is_where_they_are() -> None:
    """An American tank in Germany counts in the core for the West, in Turkey in the flanks."""
    found = judged(held("USA", T, 100, where="DEU"), held("USA", T, 40, where="TUR"))
    assert line(found, "core_active", "WEST").measured.span == Span(100, 100)
    assert line(found, "flank_active", "WEST").measured.span == Span(40, 40)
    assert line(found, "single_state", "USA").measured.span == Span(140, 140)


def test_suspensions_and_withdrawals_are_told_beside() -> None:
    """In 2012 the Russian suspension and the American one towards Russia run; verdicts stay those of the text."""
    found = judged(held("RUS", T, 14_000, district="moscow"), at=dt.date(2012, 6, 1))
    assert {"rus-2007", "usa-rus-2011"} <= {one.id for one in found.suspended}
    assert line(found, "single_state", "RUS").verdict is BREACH
    assert not judged(held("DEU", T, 1), at=AT).suspended

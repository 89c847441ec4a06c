"""Areas and accounts recounted by hand, and what may never be proved by too little."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cfe.cfe_files import held, judged, line, of

from skywitness.cfe.span import NONE, Span
from skywitness.core.finding import Verdict

OK, BREACH, OPEN, NO = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
T, A, R = "battle_tank", "armoured_combat_vehicle", "artillery"
SEEN: dict[str, Any] = {"basis": "observed", "by": "FRA"}
D = dt.date

# Written from Articles IV and V by hand, not read from the program's data: owner, where, district, areas.
WHERE: list[tuple[str, str, str, str]] = [
    ("POL", "POL", "", "extended inner core"),
    ("HUN", "HUN", "", "extended inner core"),
    ("BLR", "BLR", "", "extended inner"),
    ("RUS", "RUS", "kaliningrad", "extended inner"),
    ("UKR", "UKR", "carpathian", "extended inner"),
    ("UKR", "UKR", "kiev", "extended inner kiev"),
    ("KAZ", "KAZ", "", "extended"),
    ("RUS", "RUS", "moscow", "extended"),
    ("RUS", "RUS", "volga-ural-west", "extended"),
    ("RUS", "RUS", "leningrad-north", "flank"),
    ("RUS", "RUS", "leningrad-south", "flank south"),
    ("RUS", "RUS", "north-caucasus", "flank"),
    ("UKR", "UKR", "odessa", "flank odessa"),
    ("RUS", "MDA", "", "flank"),
    ("RUS", "DEU", "", "extended inner core"),
]


def counted_by_hand(areas: set[str], status: str) -> set[str]:
    """Name the limits on tanks of a group that an item counts against, from the words of Articles IV, V and X."""
    active = status in ("active", "stored_elsewhere", "temporary")
    found = {"area_total"} | ({"area_active"} if active else set())
    if "extended" in areas:
        found |= {"extended_total"} | ({"extended_active"} if active else set())
    found |= {f"{area}_active" for area in ("inner", "core") if active and area in areas}
    if "flank" in areas and active:
        found.add("deployed_for_a_time" if status == "temporary" else "flank_active")
    if "kiev" in areas:
        found.add("kiev_total")
    if not active:
        found |= {
            f"{name}_stored" for name, area in (("odessa", "odessa"), ("south_leningrad", "south")) if area in areas
        }
    if status == "removed":
        found.add("removed_at_once")
    return found - ({"deployed_for_a_time"} if "flank" not in areas else set())


KEYS = (
    *("area_total", "area_active", "extended_total", "extended_active", "inner_active", "core_active", "flank_active"),
    *("kiev_total", "odessa_stored", "south_leningrad_stored", "removed_at_once", "deployed_for_a_time"),
)
STATUSES = ("active", "stored", "removed", "stored_elsewhere", "temporary")

rows_of = st.lists(
    st.tuples(st.sampled_from(WHERE), st.sampled_from(STATUSES), st.integers(0, 3_000)), min_size=1, max_size=6
)


def in_groups(rows: list[tuple[tuple[str, str, str, str], str, int]]) -> list[dict[str, Any]]:
    """Make rows; a deployment for a time to the other group is another matter, and has a test of its own."""
    return [
        held(owner, T, count, where=where, status=status, **({"district": district} if district else {}))
        for (owner, where, district, _), status, count in rows
    ]


@given(rows_of)
@settings(max_examples=60)
def test_every_limit_of_a_group_is_the_count_by_hand(
    rows: list[tuple[tuple[str, str, str, str], str, int]],
) -> None:
    """For any rows each limit on tanks has the sum that a plain count by the words of the articles gives."""
    found = judged(*in_groups(rows))
    for key in KEYS:
        by_hand = sum(
            count for (*_, areas), status, count in rows if key in counted_by_hand(set(areas.split()), status)
        )
        assert line(found, key, "EAST").measured.span == Span(by_hand, by_hand), key


@given(st.sampled_from(WHERE), st.sampled_from(WHERE), st.sampled_from(STATUSES), st.integers(1, 900))
@settings(max_examples=60)
def test_a_move_between_districts_changes_exactly_the_limits_that_differ(
    here: tuple[str, str, str, str], there: tuple[str, str, str, str], status: str, count: int
) -> None:
    """Tanks moved to another district change the limits that the articles give to one of the two, and no other."""
    before, after = judged(*in_groups([(here, status, count)])), judged(*in_groups([(there, status, count)]))
    spans = {key: (line(before, key, "EAST").measured.span, line(after, key, "EAST").measured.span) for key in KEYS}
    differ = counted_by_hand(set(here[3].split()), status) ^ counted_by_hand(set(there[3].split()), status)
    assert {key for key, (one, other) in spans.items() if one != other} == differ


# ---- what is proved by too little ----

PARTS: list[tuple[str, list[dict[str, Any]], Span]] = [
    ("a base in its place", [held("DEU", T, 500), held("DEU", T, 300, site="a", **SEEN)], Span(500, 500)),
    ("two bases in their place", [held("DEU", T, 500), held("DEU", T, 300, site="a", **SEEN),
                                  held("DEU", T, low=250, high=260, site="b", **SEEN)], Span(550, 1_060)),
    ("more than the place", [held("DEU", T, 500), held("DEU", T, low=600, high=650, site="a", **SEEN)],
     Span(600, 1_150)),
    ("a base with its own number", [held("DEU", T, 500), held("DEU", T, 100, site="a"),
                                    held("DEU", T, 120, site="a", **SEEN)], Span(620, 620)),
    ("at least so many", [held("DEU", T, 500), held("DEU", T, low=300, site="a", **SEEN)], Span(500, 500)),
]  # fmt: skip


@pytest.mark.parametrize(("_", "rows", "span"), PARTS, ids=[row[0] for row in PARTS])
def test_a_part_that_was_counted_does_not_stand_beside_the_whole(
    _: str, rows: list[dict[str, Any]], span: Span
) -> None:
    """A base that was counted lies within what is declared for its whole place, unless it has a number of its own."""
    assert line(judged(*rows), "core_active", "WEST").measured.span == span


def test_a_kind_that_was_counted_lies_within_its_category() -> None:
    """Thirty carriers seen among a hundred vehicles whose kinds are not told are no thirty more."""
    found = judged(held("DEU", A, 100), held("DEU", "apc", 30, **SEEN))
    assert line(found, "core_active", "WEST", A).measured.span == Span(100, 100)
    over = judged(held("DEU", A, 100), held("DEU", "apc", 130, **SEEN))
    assert line(over, "core_active", "WEST", A).measured.span == Span(130, 230)
    assert len(over.conflicts) == 1


@given(st.integers(0, 9_000), st.lists(st.integers(0, 4_000), min_size=1, max_size=3))
@settings(max_examples=40)
def test_counts_of_bases_prove_only_what_was_seen(declared: int, seen: list[int]) -> None:
    """Whatever is declared for a place and counted at its bases, the sum is at least either and never both together."""
    rows = [held("DEU", T, declared)] + [held("DEU", T, count, site=f"s{n}", **SEEN) for n, count in enumerate(seen)]
    span = line(judged(*rows), "core_active", "WEST").measured.span
    assert span.low == max(declared, sum(seen))


def test_vehicles_of_internal_security_count_in_the_district_of_kiev() -> None:
    """Of 5,000 such vehicles near Kiev 4,000 count, which is above its 2,500 (XII.1, IV.3(D))."""
    found = judged(held("UKR", "aifv", 5_000, district="kiev", status="internal security"))
    assert line(found, "kiev_total", "EAST", A).measured.span == Span(4_000, 4_000)
    assert line(found, "kiev_total", "EAST", A).verdict is BREACH
    parted = judged(
        held("UKR", "aifv", 2_600, district="kiev", status="internal security"),
        held("UKR", "aifv", 1_400, district="odessa", status="internal security"),
    )
    assert line(parted, "kiev_total", "EAST", A).measured.span == Span(1_600, 2_600)
    assert line(parted, "kiev_total", "EAST", A).verdict is OPEN


def test_a_district_without_its_part_may_be_the_southern_one() -> None:
    """Nine hundred tanks stored somewhere in the Leningrad district may all stand where 600 are allowed."""
    found = judged(held("RUS", T, 900, district="leningrad", status="stored"))
    assert line(found, "south_leningrad_stored", "EAST").measured.span == Span(0, 900)
    assert line(found, "south_leningrad_stored", "EAST").verdict is OPEN
    north = judged(held("RUS", T, 900, district="leningrad-north", status="stored"))
    assert line(north, "south_leningrad_stored", "EAST").measured.span == NONE


def test_a_deployment_to_the_other_group_is_no_deployment_for_a_time() -> None:
    """The flanks open for a time within a group alone: American tanks in Bulgaria count against V.1(A)."""
    other = judged(held("USA", T, 100, where="BGR", status="temporary"))
    assert line(other, "flank_active", "WEST").measured.span == Span(100, 100)
    assert line(other, "deployed_for_a_time", "WEST").measured.span == NONE
    own = judged(held("USA", T, 100, where="GRC", status="temporary"))
    assert line(own, "flank_active", "WEST").measured.span == NONE
    assert line(own, "deployed_for_a_time", "WEST").measured.span == Span(100, 100)


# ---- who is bound ----


def test_a_state_that_withdrew_counts_no_longer() -> None:
    """From 7 November 2023 what Russia declared before is no part of its group's sum; the group's limit stays."""
    rows = [held("RUS", T, 6_300, district="moscow", date=D(2022, 1, 1)), held("BLR", T, 1_000, date=D(2022, 1, 1))]
    before, after = judged(*rows, at=D(2023, 11, 6)), judged(*rows, at=D(2023, 11, 7))
    assert line(before, "area_total", "EAST").measured.span == Span(7_300, 7_300)
    assert line(after, "area_total", "EAST").measured.span == Span(1_000, 1_000)
    assert line(after, "area_total", "EAST").limit.allowed == 20_000
    assert [row.where for row in after.out_of_force] == ["holding[1]"]
    assert not any(one.limit.holder == "RUS" for one in after.lines)
    assert not before.out_of_force
    assert "RUS" not in judged(rows[1], at=D(2023, 11, 7), complete=False).unknown
    assert "RUS" in judged(rows[1], at=D(2023, 11, 6), complete=False).unknown


def test_land_of_a_state_that_withdrew_is_in_the_area_no_longer() -> None:
    """What Belarus had in Kaliningrad stands outside the area from the day of the withdrawal."""
    row = held("BLR", T, 10, where="RUS", district="kaliningrad", date=D(2022, 1, 1))
    assert line(judged(row, at=D(2023, 11, 6)), "inner_active", "EAST").measured.span == Span(10, 10)
    rest = held("BLR", T, 7, date=D(2022, 1, 1))
    assert line(judged(row, rest, at=D(2023, 11, 6)), "inner_active", "EAST").measured.span == Span(17, 17)
    assert line(judged(row, rest, at=D(2023, 11, 7)), "inner_active", "EAST").measured.span == Span(7, 7)


def test_a_predecessor_is_not_counted_beside_its_successors() -> None:
    """What Czechoslovakia declared ended with it: its successors' declarations are not added to it."""
    rows = [held("CSK", T, 1_435, date=D(1992, 12, 15))]
    both = [held("CZE", T, 957, date=D(1993, 1, 1)), held("SVK", T, 478, date=D(1993, 1, 1))]
    assert line(judged(*rows, at=D(1992, 12, 31)), "core_active", "EAST").measured.span == Span(1_435, 1_435)
    found = judged(*rows, *both, at=D(1993, 6, 1))
    assert line(found, "core_active", "EAST").measured.span == Span(1_435, 1_435)
    assert len(found.out_of_force) == 1


def test_kazakhstan_counts_in_the_extended_area() -> None:
    """Its part in the area is in IV.2 and in no smaller area, and not in the flanks."""
    found = judged(held("KAZ", T, 50))
    spans = {key: line(found, key, "EAST").measured.span.low for key in KEYS[:7]}
    assert spans == dict(zip(KEYS[:7], (50, 50, 50, 50, 0, 0, 0), strict=True))


# ---- paragraphs ----

PARAGRAPHS: list[tuple[str, Verdict, list[dict[str, Any]]]] = [
    ("IV.2", OK, [held("USA", T, 11_800, where="ESP"), held("USA", R, 11_000, where="ESP")]),
    ("IV.2", BREACH, [held("USA", T, 1, where="ESP"), held("USA", R, 11_001, where="ESP")]),
    ("IV.2", OPEN, [held("USA", R, low=1, where="ESP")]),
    ("IV.3", OK, [held("USA", T, 10_300, where="FRA"), held("USA", A, 19_260, where="FRA")]),
    ("IV.3", BREACH, [held("USA", T, 10_301, where="FRA"), held("USA", A, 1, where="FRA")]),
    ("IV.4", OK, [held("USA", A, 11_250, where="POL")]),
    ("IV.4", BREACH, [held("USA", A, 11_251, where="POL")]),
    ("V.1", OK, [held("USA", T, 153, where="GRC", status="temporary"), held("GRC", T, 4_700)]),
    ("V.1", BREACH, [held("USA", T, 154, where="GRC", status="temporary"), held("GRC", T, 4_700)]),
    ("VI", OK, [held("DEU", "combat aircraft", 5_150), held("DEU", T, 13_300)]),
    ("VI", BREACH, [held("DEU", "combat aircraft", 5_151), held("DEU", T, 1)]),
    ("VI", OPEN, [held("DEU", T, low=13_300)]),
    ("VI(A)", OK, [held("DEU", T, 13_300)]),
    ("VI(A)", BREACH, [held("DEU", T, 13_301)]),
    ("VI(B)", OK, [held("DEU", "apc", 20_000)]),
    ("VI(B)", BREACH, [held("DEU", "apc", 20_000), held("DEU", "hacv", 1)]),
    ("VII.1", OK, [held("DEU", T, 4_166), held("DEU", R, 2_705)]),
    ("VII.1", BREACH, [held("DEU", T, 4_167)]),
    ("IV.1(A)", OK, [held("USA", T, 16_500, where="PRT"), held("USA", T, 3_500, where="PRT", status="stored")]),
    ("IV.1(A)", BREACH, [held("USA", T, 16_500, where="PRT"), held("USA", T, 3_501, where="PRT", status="stored")]),
    ("I.1", OK, [held("DEU", T, 1), held("DEU", "combat_support_helicopter", 1)]),
    ("I.1", NO, [held("DEU", "primary_trainer_aircraft", 5)]),
    ("I.1", NO, [held("DEU", "avlb", 5)]),
]  # fmt: skip


OUTCOMES = {OK: "ok", BREACH: "breach", NO: "effect"}


def marked(provision: str, verdict: Verdict, rows: list[dict[str, Any]]) -> Any:
    """Declare what a row holds: so many tests judge these provisions that it would not be found out."""
    outcome = OUTCOMES.get(verdict)
    marks = [pytest.mark.covers(f"CFE:{provision}", outcome)] if outcome else []
    return pytest.param(provision, verdict, rows, marks=marks, id=f"{provision} {verdict} {len(str(rows))}")


@pytest.mark.parametrize(("provision", "verdict", "rows"), [marked(*row) for row in PARAGRAPHS])
def test_paragraphs(provision: str, verdict: Verdict, rows: list[dict[str, Any]]) -> None:
    """A paragraph is broken by one of its numbers, kept only by all, and open where one cannot be told."""
    found = of(judged(*rows), provision)
    gravity = (BREACH, OPEN, OK, NO)
    assert min((one.verdict for one in found), key=gravity.index) is verdict
    assert verdict is OK or any(one.verdict is verdict for one in found)
    assert (any(one.effect is not None for one in found)) is (
        verdict is NO or (verdict is BREACH and provision not in ("IV.2", "IV.3", "IV.4", "V.1", "VI"))
    )


def test_nothing_is_summed_up_before_the_limits_bind() -> None:
    """Before month 40 no paragraph is judged, whatever is held."""
    found = judged(held("DEU", T, 20_001), at=D(1995, 11, 16))
    assert not [one for name in ("IV.2", "IV.3", "IV.4", "V.1", "VI") for one in of(found, name)]

"""Declared, observed, claimed: how accounts are put together, exceptions, and what would settle most."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cfe.cfe_files import AT, held, judged, line, of

from skywitness.cfe.limits import Measured
from skywitness.cfe.places import AREAS, places
from skywitness.cfe.settle import decided
from skywitness.cfe.span import NONE, Span
from skywitness.core.finding import Verdict

OK, BREACH, OPEN, NO = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
T, A = "battle_tank", "armoured_combat_vehicle"
SEEN: dict[str, Any] = {"basis": "observed", "by": "FRA"}
SAID: dict[str, Any] = {"basis": "claimed", "by": "RUS"}


def core(*rows: dict[str, Any], by: str = "combined") -> Span:
    """Return what is known of tanks in the core of the West."""
    return line(judged(*rows, by=by), "core_active", "WEST").measured.span


def test_a_count_stands_in_the_place_of_what_is_declared() -> None:
    """A count of a place takes the place of all its sites, a count of a site only of that."""
    sites = [held("DEU", T, 300, site="a"), held("DEU", T, 200, site="b")]
    assert core(*sites) == Span(500, 500)
    assert core(*sites, held("DEU", T, low=310, high=330, site="a", **SEEN)) == Span(510, 530)
    assert core(*sites, held("DEU", T, low=480, high=520, **SEEN)) == Span(480, 520)
    both = [held("DEU", T, low=310, high=330, site="a", **SEEN), held("DEU", T, low=250, high=520, **SEEN)]
    assert core(*sites, *both) == Span(310, 520)


def test_a_count_of_a_category_covers_its_kinds() -> None:
    """Whoever counts armoured vehicles from the air replaces the carriers and the others that are declared."""
    rows = [held("DEU", "apc", 100), held("DEU", "aifv", 50), held("DEU", A, low=140, high=160, **SEEN)]
    found = judged(*rows)
    assert line(found, "core_active", "WEST", A).measured.span == Span(140, 160)
    assert line(found, "area_total", "WEST", "aifv_and_hacv").measured.span == Span(0, 160)


def test_counts_of_two_observers_meet_or_are_told_apart() -> None:
    """Two counts that fit give what both allow; two that do not give everything between, and are told."""
    one = held("DEU", T, low=100, high=120, **SEEN)
    assert core(one, held("DEU", T, low=110, high=140, basis="observed", by="POL")) == Span(110, 120)
    found = judged(one, held("DEU", T, low=200, high=210, basis="observed", by="POL"))
    assert line(found, "core_active", "WEST").measured.span == Span(100, 210)
    assert [(row.one, row.other) for row in found.conflicts] == [("FRA", "POL")]


def test_what_was_observed_and_is_not_declared_is_told() -> None:
    """A count that excludes the declared number is a disagreement; none is put right."""
    found = judged(held("DEU", T, 100), held("DEU", T, low=110, high=120, **SEEN))
    assert [(row.first, row.second) for row in found.conflicts] == [(Span(100, 100), Span(110, 120))]
    assert not judged(held("DEU", T, 115), held("DEU", T, low=110, high=120, **SEEN)).conflicts


def test_a_claim_changes_only_the_account_of_who_claims() -> None:
    """What Russia claims of Germany makes a breach by its word, and none by the others."""
    rows = [held("DEU", T, 3_000), held("DEU", T, 4_200, **SAID)]
    found = judged(*rows)
    one = line(found, "maximum_level", "DEU")
    assert [one.verdict_by(word) for word in ("declared", "combined", "RUS")] == [OK, OK, BREACH]
    assert found.verdict is OK
    assert judged(*rows, by="RUS").verdict is BREACH


def test_the_last_declaration_counts_whole() -> None:
    """A later declaration replaces the earlier one with all its rows; an older observation goes with it."""
    old, new = dt.date(1996, 1, 1), dt.date(1997, 1, 1)
    rows = [
        held("DEU", T, 3_000, site="a", date=old),
        held("DEU", T, 50, site="b", date=old),
        held("DEU", T, low=3_100, high=3_200, site="a", date=dt.date(1996, 5, 1), **SEEN),
        held("DEU", T, 2_000, site="a", date=new),
    ]
    late = judged(*rows, at=dt.date(1997, 6, 1))
    assert line(late, "core_active", "WEST").measured.span == Span(2_000, 2_000)
    assert len(late.replaced) == 3
    early = judged(*rows, at=dt.date(1996, 6, 1))
    assert line(early, "core_active", "WEST").measured.span == Span(3_150, 3_250)


def test_rows_that_are_alike_are_counted_and_told() -> None:
    """Two rows alike in everything may be one row twice: both count, and it is said."""
    found = judged(held("DEU", T, 5), held("DEU", T, 5))
    assert core(held("DEU", T, 5), held("DEU", T, 5)) == Span(10, 10)
    assert found.alike == (("holding[1]", "holding[2]"),)


# ---- exceptions ----


@pytest.mark.parametrize(
    ("letter", "status", "fields", "verdict"),
    [
        ("A", "manufacture", {}, OK),
        ("B", "research", {}, OK),
        ("C", "historic", {}, OK),
        ("D", "decommissioned", {"site": "a"}, OK),
        ("E", "export", {"site": "a"}, OK),
        ("F", "internal security", {"category": "apc"}, OK),
        ("F", "internal security", {"category": "mpah"}, OK),
        ("F", "internal security", {}, NO),
        ("F", "internal security", {"category": "sah"}, NO),
        ("F", "internal security", {"category": "attack helicopter"}, OPEN),
        ("G", "transit", {"days": 7}, OK),
        ("G", "transit", {"days": 8}, NO),
        ("G", "transit", {}, OPEN),
    ],
)
def test_exceptions_and_their_tests(letter: str, status: str, fields: dict[str, Any], verdict: Verdict) -> None:
    """Items under an exception are left out; those that do not meet it count; without the facts it is open."""
    row = {**held("DEU", T, 10, status=status), **fields}
    found = judged(row)
    (finding,) = (one for one in of(found, f"III.1({letter})") if one.unit != "sites")
    assert finding.verdict is verdict
    assert (finding.effect is not None) is (verdict is NO)
    category = {"apc": A, "mpah": "attack_helicopter", "sah": "attack_helicopter"}.get(row["category"], row["category"])
    subject = category.replace(" ", "_")
    expected = {OK: NONE, NO: Span(10, 10), OPEN: Span(0, 10)}[verdict]
    assert line(found, "single_state", "DEU", subject).measured.span == expected


@pytest.mark.parametrize(
    ("holdings", "tanks", "aircraft", "verdict"),
    [
        (3_000, 200, 50, OK),
        (3_000, 201, 0, BREACH),
        (3_000, 0, 51, BREACH),
        (3_000, 200, 51, BREACH),
    ],
)
def test_caps_on_decommissioned_items(holdings: int, tanks: int, aircraft: int, verdict: Verdict) -> None:
    """250 in all, 200 on land and 50 in the air (IX.1(B))."""
    found = judged(
        held("DEU", T, holdings),
        held("DEU", T, tanks, status="decommissioned", site="a"),
        held("DEU", "combat_aircraft", aircraft, status="decommissioned", site="b"),
    )
    verdicts = [one.verdict for one in of(found, "IX.1(B)")]
    assert (BREACH in verdicts) is (verdict is BREACH)
    assert [one.verdict for one in of(found, "IX.1(A)")] == [OK]


def test_eight_sites_for_decommissioned_items() -> None:
    """Nine sites are one too many; where a site is not named it cannot be told."""
    rows = [held("DEU", T, 1, status="decommissioned", site=f"s{n}") for n in range(9)]
    assert [one.verdict for one in of(judged(*rows[:8]), "IX.1(A)")] == [OK]
    assert [one.verdict for one in of(judged(*rows), "IX.1(A)")] == [BREACH]
    assert [one.verdict for one in of(judged(held("DEU", T, 1, status="decommissioned")), "IX.1(A)")] == [OPEN]


def test_infantry_fighting_vehicles_of_internal_security() -> None:
    """Up to 1,000 do not count, those above do, and 600 may be in the flanks (XII.1)."""
    kept = judged(held("TUR", "aifv", 600, status="internal security"))
    assert [one.verdict for one in of(kept, "XII.1")] == [OK, OK]
    assert [one.verdict for one in of(judged(held("TUR", "aifv", 601, status="internal security")), "XII.1")] == [
        OK,
        BREACH,
    ]
    many = judged(held("DEU", "aifv", 1_050, status="internal security"))
    assert of(many, "XII.1")[0].effect is not None
    assert line(many, "core_active", "WEST", A).measured.span == Span(50, 50)


def test_which_of_them_are_above_is_a_span() -> None:
    """Of 1,100 in two areas 100 count, but not which: in each area none or up to 100 of them."""
    found = judged(
        held("RUS", "aifv", 500, district="moscow", status="internal security"),
        held("RUS", "aifv", 600, district="leningrad", status="internal security"),
    )
    assert line(found, "flank_active", "EAST", A).measured.span == Span(0, 100)
    assert line(found, "area_total", "EAST", A).measured.span == Span(100, 100)


def test_more_than_ten_sites_for_export_are_asked_about() -> None:
    """Ten may be declared sites; of eleven somebody must say which are declared."""
    rows = [held("DEU", T, 1, status="export", site=f"s{n}") for n in range(11)]
    assert OPEN in [one.verdict for one in of(judged(*rows), "III.1(E)")]
    assert OPEN not in [one.verdict for one in of(judged(*rows[:10]), "III.1(E)")]


STORAGE = [
    ("DEU", "", OK),
    ("MDA", "", OK),
    ("UKR", "odessa", OK),
    ("RUS", "leningrad-south", OK),
    ("RUS", "leningrad", OPEN),
    ("RUS", "leningrad-north", BREACH),
    ("RUS", "north-caucasus", BREACH),
    ("TUR", "", BREACH),
    ("DEU", "not told", OPEN),
]


@pytest.mark.parametrize(("state", "district", "verdict"), STORAGE, ids=[f"{r[0]} {r[1]}" for r in STORAGE])
def test_where_storage_sites_may_be(state: str, district: str, verdict: Verdict) -> None:
    """Outside the flanks, in Moldova, Odessa and the south of Leningrad; nowhere else (IV.1)."""
    row = held(state, T, 10, status="stored", **({"district": district} if district else {}))
    found = [one for one in of(judged(row), "IV.1") if one.limit is None]
    assert [one.verdict for one in found] == [verdict]
    assert [one.verdict for one in of(judged(row), "X.4")] == [OK]


def test_stored_anywhere_else_is_active() -> None:
    """What is stored outside a designated site counts as active (X.4); in one it does not."""
    assert core(held("DEU", T, 10, status="stored_elsewhere")) == Span(10, 10)
    assert core(held("DEU", T, 10, status="stored")) == NONE
    (finding,) = of(judged(held("DEU", T, 10, status="stored_elsewhere")), "X.4")
    assert finding.effect is not None


def test_vehicles_stored_in_odessa_by_each_way() -> None:
    """No number is given for armoured vehicles there: by one way that is no limit, by the other none may be stored."""
    row = held("UKR", "apc", 10, district="odessa", status="stored")
    for way, verdict in (("not_limited", OK), ("none_allowed", BREACH)):
        assert [one.verdict for one in of(judged(row, odessa=way), "IV.1") if one.limit is None] == [verdict]


# ---- what would settle most ----


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), min_size=1, max_size=3),
    st.integers(0, 60),
)
def test_the_part_of_counts_that_decide_is_counted_right(ends: list[tuple[int, int]], allowed: int) -> None:
    """Counting every number that one place can give gives the same part as the formula."""
    spans = {f"p{n}": Span(low, low + width) for n, (low, width) in enumerate(ends)}
    measured = Measured(sum(spans.values(), NONE), (), spans)
    own, rest = spans["p0"], sum((span for name, span in spans.items() if name != "p0"), NONE)
    assert own.high is not None
    counts = range(own.low, own.high + 1)
    done = [(Span(count, count) + rest).against(allowed) is not OPEN for count in counts]
    assert decided(measured, "p0", allowed) == Fraction(sum(done), len(done))


def test_places_are_ranked_by_what_they_decide() -> None:
    """A count where all the doubt is decides for sure and comes first, however wide the doubt elsewhere."""
    rows = [held("DEU", T, low=7_000, high=7_600, **SEEN), held("TUR", T, low=4_000, high=4_900, **SEEN)]
    found = judged(*rows, held("NOR", T, low=0, high=100, **SEEN))
    assert [visit.place for visit in found.visits] == ["DEU", "TUR", "NOR"]
    assert "core_active WEST battle_tank" in found.visits[0].surely
    assert {name for name, _ in found.visits[1].perhaps} == {"flank_active WEST battle_tank"}


# ---- properties ----

PLACES = {
    "WEST": ["DEU", "FRA", "ESP", "TUR"],
    "EAST": ["POL", "BLR", "KAZ", "BGR"],
}
STATUSES = ["active", "stored", "temporary", "removed", "stored_elsewhere"]
EXEMPT = ["manufacture", "research", "historic", "decommissioned", "export"]

rows_of = st.lists(
    st.builds(
        lambda group, place, kind, count, status: held(
            {"WEST": "GBR", "EAST": "HUN"}[group], kind, count, where=PLACES[group][place], status=status
        ),
        st.sampled_from(["WEST", "EAST"]),
        st.integers(0, 3),
        st.sampled_from(["tank", "apc", "aifv", "acv", "artillery"]),
        st.integers(0, 20_000),
        st.sampled_from(STATUSES),
    ),
    min_size=1,
    max_size=8,
)


def spans(*rows: dict[str, Any]) -> dict[str, Span]:
    """Return what is known against every limit by its name."""
    return {one.limit.name: one.measured.span for one in judged(*rows).lines}


@given(rows_of, st.randoms())
@settings(max_examples=40)
def test_the_order_of_rows_does_not_matter(rows: list[dict[str, Any]], random: Any) -> None:
    """Any order of the rows gives the same sums, verdicts and visits."""
    shuffled = rows.copy()
    random.shuffle(shuffled)
    one, other = judged(*rows), judged(*shuffled)
    assert [(row.measured.span, row.verdict) for row in one.lines] == [
        (row.measured.span, row.verdict) for row in other.lines
    ]
    assert one.visits == other.visits


@given(rows_of)
@settings(max_examples=40)
def test_sums_nest_as_the_areas_do(rows: list[dict[str, Any]]) -> None:
    """Active items in the core are among those of the inner area, and so on; active are among all."""
    found = spans(*rows)
    for group, kind in product(("EAST", "WEST"), (T, A, "artillery")):
        highs = [
            found[f"{key} {group} {kind}"].high
            for key in ("core_active", "inner_active", "extended_active", "area_active", "area_total")
        ]
        assert highs == sorted(highs, key=lambda high: high or 0)


@given(rows_of, st.sampled_from(EXEMPT), st.integers(0, 5_000))
@settings(max_examples=30)
def test_an_item_under_an_exception_changes_no_sum(rows: list[dict[str, Any]], status: str, count: int) -> None:
    """Whatever is added under an exception, every limit has the same sum as before."""
    more = held("GBR", T, count, where="DEU", status=status)
    with_it, without = spans(*rows, more), spans(*rows)
    assert {name: with_it[name] for name in without} == without


@given(st.sampled_from(PLACES["WEST"]), st.sampled_from(PLACES["WEST"]), st.integers(1, 900))
@settings(max_examples=40)
def test_moving_items_changes_exactly_the_limits_of_the_areas_that_differ(here: str, there: str, count: int) -> None:
    """Tanks moved from one State to another change the limits of areas that hold one of the two, and no other."""
    before = spans(held("GBR", T, count, where=here))
    after = spans(held("GBR", T, count, where=there))
    changed = {name for name in before if before[name] != after[name]}
    zones = {name: places()[name].zone for name in (here, there)}
    expected = {
        f"{key} WEST {T}"
        for key, area in (("core_active", "core"), ("inner_active", "inner"), ("flank_active", "flank"))
        if (zones[here] in AREAS[area]) != (zones[there] in AREAS[area])
    }
    if (zones[here] in AREAS["extended"]) != (zones[there] in AREAS["extended"]):
        expected |= {f"extended_total WEST {T}", f"extended_active WEST {T}"}
    assert changed == expected


def test_a_kind_that_is_only_reported_counts_nowhere() -> None:
    """Look-alikes, support helicopters and trainers are subject to the Treaty and to no limit."""
    rows = [
        held("DEU", kind, 9_999) for kind in ("apc look-alike", "combat_support_helicopter", "primary_trainer_aircraft")
    ]
    assert all(span == NONE for span in spans(*rows, held("DEU", T, 0)).values())
    assert judged(rows[0], rows[2], held("DEU", T, 0), at=AT).verdict is NO
    assert judged(*rows, held("DEU", T, 1), at=AT).verdict is OK

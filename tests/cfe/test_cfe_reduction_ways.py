"""Which way is open to what, and how many may go each way (Article VIII.2, Protocol on Reduction VI to XII)."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cfe.ledgers import LEVELS, found, item, liability, verdicts

from skywitness.cfe.kinds import CATEGORIES
from skywitness.cfe.law import Law
from skywitness.cfe.reduction.account import allowed
from skywitness.cfe.reduction.model import PURPOSES, WAYS
from skywitness.cfe.span import Span
from skywitness.core.reading import Reading

D = dt.date
TANK, ACV, GUN, PLANE, HELICOPTER = CATEGORIES
BEFORE = D(1990, 1, 1)

OPEN = """
                     tank  acv   carrier  gun   sp-gun  plane  special  multi
destruction          yes   yes   yes      yes   yes     yes    yes      yes
conversion           yes   yes   yes      no    no      no     no       no
static_display       yes   yes   yes      yes   yes     yes    yes      yes
ground_target        yes   yes   yes      no    yes     no     no       no
instruction          no    no    no       no    no      yes    yes      yes
reclassification     no    no    no       no    no      yes    no       no
recategorisation     no    no    no       no    no      no     no       yes
modification         no    no    yes      no    no      no     no       no
"""
COLUMNS: dict[str, tuple[str, dict[str, Any], str]] = {
    "tank": (TANK, {}, "A"),
    "acv": (ACV, {"kind": "armoured_infantry_fighting_vehicle"}, "A"),
    "carrier": (ACV, {"kind": "armoured_personnel_carrier"}, "A"),
    "gun": (GUN, {"self_propelled": False}, "B"),
    "sp-gun": (GUN, {"self_propelled": True}, "B"),
    "plane": (PLANE, {}, "C"),
    "special": (HELICOPTER, {"kind": "specialised_attack_helicopter"}, "D"),
    "multi": (HELICOPTER, {"kind": "multi_purpose_attack_helicopter"}, "E"),
}
LINES = [line.split() for line in OPEN.strip().splitlines()]
CELLS = [(way, column, answer) for way, *cells in LINES[1:] for column, answer in zip(LINES[0], cells, strict=True)]


@pytest.mark.parametrize(("way", "column", "answer"), CELLS, ids=[f"{way} {column}" for way, column, _ in CELLS])
def test_which_way_is_open_to_what(way: str, column: str, answer: str) -> None:
    """The table is that of VIII.2(A) to (E)."""
    category, fields, letter = COLUMNS[column]
    findings = found(reduced=item(way, category, **fields))
    assert verdicts(findings, f"VIII.2({letter})") == [{"yes": "ok", "no": "breach"}[answer]]


def test_every_way_is_in_the_table() -> None:
    """But for accidents, which have a section of their own, and for what is not named."""
    assert {line[0] for line in LINES[1:]} == set(WAYS) - {"accident", "other"}


@pytest.mark.parametrize(
    ("way", "category", "letters"),
    [("ground_target", GUN, "B"), ("recategorisation", HELICOPTER, "DE"), ("modification", ACV, "A")],
)
def test_a_kind_that_is_not_told_leaves_it_open(way: str, category: str, letters: str) -> None:
    """Where the way is open to some of a category only, nobody guesses."""
    findings = found(reduced=item(way, category))
    assert [verdicts(findings, f"VIII.2({letter})") for letter in letters] == [["cannot_tell"]] * len(letters)


def number(category: str, name: str, level: int, rounding: str = "exact") -> int:
    """Return how many may go a way under a level."""
    reading = Reading(at=D(1995, 11, 17), interpretations={"CFE:IX.1(B)": rounding})
    cap = allowed(name, category, Span(level, level), Law(reading))
    assert cap is not None
    assert cap.high == cap.low
    return cap.low


CAPS = [
    # of what, way, level, how many may be
    (TANK, "conversion", 0, 150),
    (TANK, "conversion", 2_631, 150),  # 149.967 are less than 150
    (TANK, "conversion", 2_649, 150),  # 150.993: whole items only
    (TANK, "conversion", 2_650, 151),
    (TANK, "conversion", 4_166, 237),  # 237.462
    (TANK, "conversion", 13_150, 749),  # 749.55, the Soviet level
    (TANK, "conversion", 13_158, 750),  # 750.006
    (TANK, "conversion", 20_000, 750),
    (ACV, "conversion", 1_000, 150),
    (ACV, "conversion", 1_007, 151),
    (ACV, "conversion", 19_999, 2_999),
    (ACV, "conversion", 20_000, 3_000),
    (ACV, "conversion", 30_000, 3_000),
    (TANK, "static_display", 0, 8),
    (TANK, "static_display", 899, 8),
    (TANK, "static_display", 900, 9),
    (HELICOPTER, "static_display", 306, 8),
    (TANK, "ground_target", 4_166, 104),  # 104.15
    (ACV, "ground_target", 39, 0),
    (ACV, "ground_target", 40, 1),
    (GUN, "ground_target", 0, 50),
    (GUN, "ground_target", 13_175, 50),
    (PLANE, "instruction", 900, 45),
    (HELICOPTER, "instruction", 306, 15),
    (TANK, "accident", 66, 0),
    (TANK, "accident", 67, 1),
    (TANK, "accident", 4_166, 62),
]


@pytest.mark.parametrize(("category", "way", "level", "may"), CAPS)
def test_how_many_may_go_a_way(category: str, way: str, level: int, may: int) -> None:
    """Shares of the level at signature, with their floors and ceilings, compared exactly."""
    assert number(category, way, level) == may


@given(st.integers(0, 40_000), st.sampled_from([TANK, ACV]))
def test_the_cap_on_conversions_is_the_formula(level: int, category: str) -> None:
    """The larger of 150 and the share, which itself is 750 or 3,000 at most; a higher level never allows fewer."""
    thousandths, most = (57, 750) if category == TANK else (150, 3_000)
    assert number(category, "conversion", level) == max(150, min(most, thousandths * level // 1_000))
    assert number(category, "conversion", level) <= number(category, "conversion", level + 1)


@pytest.mark.parametrize(("rounding", "may"), [("round_down", 104), ("round_up", 105), ("round_nearest", 104)])
def test_rounding_is_the_setting_that_exists(rounding: str, may: int) -> None:
    """2.5 per cent of 4,166 are 104.15."""
    assert number(TANK, "ground_target", 4_166, rounding) == may


USED = [
    # way, category, fields, of the Protocol, most that may be
    ("conversion", TANK, {}, "VIII.2(A)", 237),
    ("conversion", TANK, {}, "VIII.2", 237),
    ("conversion", ACV, {}, "VIII.2(B)", 516),
    ("static_display", TANK, {}, "X.2", 41),
    ("static_display", PLANE, {}, "X.2", 9),
    ("ground_target", TANK, {}, "XI.2", 104),
    ("ground_target", ACV, {}, "XI.2", 86),
    ("ground_target", GUN, {"self_propelled": True}, "XI.2", 50),
    ("instruction", PLANE, {}, "XII.2", 45),
    ("instruction", HELICOPTER, {}, "XII.2", 15),
    ("accident", TANK, {}, "IX.1", 62),
    ("destruction", PLANE, {"drone": True}, "VI.4(A)", 200),
]


@pytest.mark.parametrize(
    ("way", "category", "fields", "provision", "most"), USED, ids=[f"{r[0]} {r[3]} {r[4]}" for r in USED]
)
def test_at_the_number_kept_and_one_more_broken(
    way: str, category: str, fields: dict[str, Any], provision: str, most: int
) -> None:
    """One item above the number is reported with what must follow; two entries count like one."""
    told: dict[str, Any] = {"liability": liability(category), "reduced": item(way, category, count=most, **fields)}
    assert verdicts(found(**told), f"REDUCTION.{provision}") == ["ok"]
    more = [told["reduced"], item(way, category, id="one more", count=1, **fields)]
    assert verdicts(found(**{**told, "reduced": more}), f"REDUCTION.{provision}") == ["breach must"]


RIGHTS = [
    ("conversion", TANK, "VIII.1", 237), ("static_display", TANK, "X.1", 41), ("ground_target", TANK, "XI.1", 104),
    ("instruction", PLANE, "XII.1", 45),
]  # fmt: skip


@pytest.mark.parametrize(("way", "category", "provision", "most"), RIGHTS)
def test_the_room_left_in_a_way(way: str, category: str, provision: str, most: int) -> None:
    """Below the number more may go that way; at the number no more."""
    for count, verdict in ((most - 1, "ok may"), (most, "not_applicable")):
        told: dict[str, Any] = {"liability": liability(category), "reduced": item(way, category, count=count)}
        assert verdicts(found(**told), f"REDUCTION.{provision}") == [verdict]


@pytest.mark.parametrize(
    ("way", "low", "high"), [("conversion", 150, 750), ("static_display", 8, None), ("ground_target", 0, None)]
)
def test_without_a_level_only_floor_and_ceiling_are_sure(way: str, low: int, high: int | None) -> None:
    """Where no level is known the number lies between what every level allows and what none exceeds."""
    cap = allowed(way, TANK, Span(0, None), Law(Reading(at=D(1995, 11, 17))))
    assert cap is not None
    assert (cap.low, cap.high) == (low, high)


@pytest.mark.parametrize(
    ("way", "category", "provision"),
    [("static_display", TANK, "X.4"), ("ground_target", TANK, "XI.3"), ("instruction", PLANE, "XII.3")],
)
def test_what_was_so_used_before_signature_fills_no_number(way: str, category: str, provision: str) -> None:
    """A thousand items on display in January 1990 are outside every number, and reduce nothing."""
    told: dict[str, Any] = {"liability": liability(category), "reduced": item(way, category, date=BEFORE, count=1_000)}
    findings = found(**told)
    assert verdicts(findings, f"REDUCTION.{provision}") == ["ok may"]
    assert not verdicts(findings, "REDUCTION.X.2") + verdicts(findings, "REDUCTION.XI.2")
    assert not verdicts(findings, "VIII.3")


def test_two_working_items_of_each_type() -> None:
    """Two T-55 and two T-72 may be kept working; a third T-55 may not, and without types nobody can tell (X.3)."""

    def kept(*rows: tuple[str, int]) -> list[str]:
        made = [
            item("static_display", TANK, id=f"{number}", count=count, working=True, type=name or None)
            for number, (name, count) in enumerate(rows)
        ]
        return verdicts(found(reduced=made), "REDUCTION.X.3")

    assert kept(("T-55", 2), ("T-72", 2)) == ["ok", "ok"]
    assert kept(("T-55", 2), ("T-55", 1)) == ["breach must"]
    assert kept(("", 3)) == ["cannot_tell"]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_each_civil_use_is_open(purpose: str) -> None:
    """Each use that is named may be chosen (VIII.4(A) to (N))."""
    findings = found(reduced=item("conversion", purpose=purpose))
    assert verdicts(findings, f"REDUCTION.VIII.4({PURPOSES[purpose]})") == ["ok may"]
    assert verdicts(findings, "REDUCTION.VIII.4") == ["ok"]


def test_any_other_use_is_not() -> None:
    """A use that is not named breaks the list."""
    assert verdicts(found(reduced=item("conversion", purpose="other")), "REDUCTION.VIII.4") == ["breach"]


@pytest.mark.parametrize(
    ("name", "verdict"), [("T-72", "ok"), ("Leopard 1", "ok"), ("BMP-l", "ok"), ("T-80", "breach"), ("M-60", "breach")]
)
def test_types_that_may_be_converted(name: str, verdict: str) -> None:
    """Nine types, also with a letter for a figure (VIII.3)."""
    category = ACV if name.startswith("BMP") else TANK
    assert verdicts(found(reduced=item("conversion", category, type=name)), "REDUCTION.VIII.3") == [verdict]


def test_the_numbers_are_those_of_the_text(shared: Path) -> None:
    """Every number of how many may go each way stands in its section as printed."""
    text = (shared / "law" / "cfe-treaty.txt").read_text("utf-8")
    for words in (
        r"5\.7 percent \(not to exceed 750 battle tanks\).{0,200}150 items",
        r"15 percent \(not to exceed 3,000 armoured combat vehicles\).{0,250}150 items",
        r"no greater than 1\.5 percent",
        r"one percent or eight items, whichever is the greater",
        r"two items of each existing type",
        r"greater than 2\.5 percent",
        r"more than 50 self-propelled",
        r"greater than five percent",
        r"no more than 200 combat aircraft",
    ):
        assert re.search(words, text), words
    names = re.search(r"may be converted for non-military purposes: ([^.]+)\.", text)
    assert names is not None
    for name in names[1].split(", "):
        assert verdicts(found(reduced=item("conversion", type=name)), "REDUCTION.VIII.3") == ["ok"]


def test_levels_of_these_tests_cover_all_categories() -> None:
    """Nothing in these tables rests on a remembered level."""
    assert set(LEVELS) == set(CATEGORIES)

"""Ranges and classes under the INF Treaty: open and closed ends, tests against capability, the list first."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.inf.inf_files import GROUND, WEAPON, answered, flight, stated, steps_of

from skywitness.core.finding import Verdict
from skywitness.inf.classify.decide import Scope
from skywitness.inf.classify.span import Span, Standing, longest
from skywitness.inf.law import CLASSES

SHORTER, INTERMEDIATE = "shorter_range", "intermediate_range"
FLOWN = {"launched_from": "mobile", "purpose": "weapon"}

V24 = [
    (499.9, Scope.OUT, ""),
    (500, Scope.IN, SHORTER),
    (1000, Scope.IN, SHORTER),
    (1000.1, Scope.IN, INTERMEDIATE),
    (5500, Scope.IN, INTERMEDIATE),
    (5500.1, Scope.OUT, ""),
]


@pytest.mark.parametrize(("range_km", "scope", "name"), V24, ids=[f"V-24 {row[0]} km" for row in V24])
@pytest.mark.parametrize("kind", ["ballistic", "cruise"])
def test_the_ends_of_the_classes(kind: str, range_km: float, scope: Scope, name: str) -> None:
    """500 and 1000 km are shorter range, 1000.1 and 5500 km intermediate, 5500.1 km is outside (digest, V-24)."""
    told = {"range_km": range_km}
    record = (
        flight("t", **FLOWN, **told) if kind == "ballistic" else {**WEAPON, "id": "c", "what": "capability", **told}
    )
    if kind == "cruise":
        record = {key: value for key, value in record.items() if key not in ("on", "value")}
    found = answered(WEAPON, GROUND, record, kind=kind)
    (outcome,) = found.by_reading[0].types
    assert outcome.scope is scope
    inside = name if scope is Scope.IN else ""
    assert (outcome.proved if outcome.proved in (SHORTER, INTERMEDIATE) else "") == inside


@pytest.mark.parametrize(
    ("range_km", "verdict_shorter", "verdict_intermediate"),
    [
        (400, Verdict.NOT_APPLICABLE, Verdict.NOT_APPLICABLE),
        (700, Verdict.OK, Verdict.NOT_APPLICABLE),
        (3000, Verdict.NOT_APPLICABLE, Verdict.OK),
        (7000, Verdict.NOT_APPLICABLE, Verdict.NOT_APPLICABLE),
    ],
)
def test_the_two_classes_as_steps(range_km: float, verdict_shorter: Verdict, verdict_intermediate: Verdict) -> None:
    """A class that is proved says what its holder must do; one that is excluded says nothing."""
    found = answered(WEAPON, flight("t", range_km=range_km, **FLOWN))
    (shorter,), (middle,) = steps_of(found, "II.6"), steps_of(found, "II.5")
    assert (shorter.verdict, middle.verdict) == (verdict_shorter, verdict_intermediate)
    assert (shorter.effect is not None) is (verdict_shorter is Verdict.OK)
    assert (middle.effect is not None) is (verdict_intermediate is Verdict.OK)


def test_v_22_rs_26() -> None:
    """A ballistic type flown 5,800 km and later 2,000 km is outside, whatever the shorter tests say (digest, V-22)."""
    long, short = flight("long", range_km=5800, **FLOWN), flight("short", range_km=2000, **FLOWN)
    (outcome,) = answered(long, short).by_reading[0].types
    assert (outcome.scope, outcome.proved) == (Scope.OUT, "beyond")
    (alone,) = answered(short).by_reading[0].types
    assert (alone.scope, alone.proved) == (Scope.IN, INTERMEDIATE)


def test_v_23_a_cruise_type_with_short_tests() -> None:
    """Tests of a cruise type are a least range: 480 km and no way to fuel exhaustion settle nothing (digest, V-23)."""
    found = answered(flight("t", range_km=480, **FLOWN), kind="cruise")
    (outcome,) = found.by_reading[0].types
    assert outcome.scope is Scope.CANNOT_TELL
    assert set(outcome.possible) == set(CLASSES)
    (step,) = steps_of(found, "VII.4")
    assert step.verdict is Verdict.CANNOT_TELL
    assert [str(need) for need in step.needs if "fuel" in str(need)]
    assert found.verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("records", "kind", "possible"),
    [
        ([flight("t", range_km=600, **FLOWN)], "cruise", {SHORTER, INTERMEDIATE, "beyond"}),
        ([flight("t", range_km=1001, **FLOWN)], "cruise", {INTERMEDIATE, "beyond"}),
        ([flight("t", range_km=5501, **FLOWN)], "cruise", {"beyond"}),
        ([flight("t", more_than_km=5500, **FLOWN)], "cruise", {"beyond"}),
        ([flight("t", at_least_km=5500, **FLOWN)], "cruise", {INTERMEDIATE, "beyond"}),
        ([flight("t", range_km=500, uncertainty_km=20, **FLOWN)], "ballistic", {"below", SHORTER}),
        (
            [flight("t", range_km=500, uncertainty_km=20, **FLOWN), flight("u", range_km=530, **FLOWN)],
            "ballistic",
            {SHORTER},
        ),
        ([flight("t", less_than_km=500, **FLOWN)], "ballistic", {"below"}),
        ([flight("t", at_most_km=500, **FLOWN)], "ballistic", {"below", SHORTER}),
    ],
)
def test_what_spans_leave_possible(records: list[dict[str, Any]], kind: str, possible: set[str]) -> None:
    """A range known only within bounds leaves every class possible that it touches, and no other."""
    (outcome,) = answered(WEAPON, *records, kind=kind).by_reading[0].types
    assert set(outcome.possible) == possible
    inside = possible <= {SHORTER, INTERMEDIATE}
    outside = not possible & {SHORTER, INTERMEDIATE}
    assert outcome.scope is (Scope.IN if inside else Scope.OUT if outside else Scope.CANNOT_TELL)


def test_tests_not_complete_leave_the_range_open_above() -> None:
    """Where its holder says that there were other tests, the longest told is only a least range."""
    told = [WEAPON, flight("t", range_km=300, **FLOWN)]
    assert answered(*told).by_reading[0].types[0].scope is Scope.OUT
    open_above = answered(*told, stated("tests_complete", False)).by_reading[0].types[0]
    assert open_above.scope is Scope.CANNOT_TELL


def test_records_of_one_reading_that_exclude_one_another() -> None:
    """A capability shorter than the holder's own test is told as a contradiction, not settled."""
    reach = {"id": "reach", "by": "USA", "of": "T", "what": "capability", "range_km": 400}
    found = answered(WEAPON, reach, flight("t", range_km=600, **FLOWN), kind="cruise")
    (step,) = steps_of(found, "VII.4")
    assert step.verdict is Verdict.CANNOT_TELL
    assert "exclude one another: reach, t" in str(step.why)


LISTED = [
    ("Oka", SHORTER, "III.2", [400]),
    ("SS-23", SHORTER, "III.2", [6000]),
    ("OTR-23", SHORTER, "III.2", []),
    ("Pershing II", INTERMEDIATE, "III.1", [300]),
    ("gryphon", INTERMEDIATE, "III.1", []),
    ("SS-20", INTERMEDIATE, "III.1", [6000]),
    ("SSC-X-4", INTERMEDIATE, "MOU.II", []),
]


@pytest.mark.parametrize(("name", "wanted", "provision", "ranges"), LISTED, ids=[row[0] for row in LISTED])
def test_the_list_comes_before_any_range(name: str, wanted: str, provision: str, ranges: list[int]) -> None:
    """A type that the Treaty names has the class it names, whatever range anybody tells (OTR-23 and its 400 km)."""
    from skywitness.inf.classify.answer import answer
    from skywitness.inf.classify.read import read_case

    records = [
        {"id": str(number), "by": "EXPERT", "of": name, "what": "test", "range_km": km, "launched_from": "mobile"}
        for number, km in enumerate(ranges)
    ]
    found = answer(
        read_case({"at": dt.date(1989, 1, 1), "type": [{"id": name}], "record": records}), only="uncontested"
    )
    (outcome,) = found.by_reading[0].types
    assert (outcome.scope, outcome.proved) == (Scope.IN, wanted)
    (step,) = steps_of(found, provision)
    assert step.verdict is Verdict.OK
    assert step.effect is not None
    (wide,) = steps_of(found, "VII.2")
    assert wide.verdict is Verdict.OK
    assert wide.effect is not None


# ---- spans by themselves ----

ENDS = st.integers(0, 30).map(lambda half: half / 2)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Draw a span with open or closed ends, sometimes without an upper one."""
    low, high = sorted((draw(ENDS), draw(ENDS)))
    low_open, high_open = draw(st.booleans()), draw(st.booleans())
    if draw(st.integers(0, 4)) == 0:
        return Span(low, low_open=low_open)
    if low == high:
        return Span(low, high)
    return Span(low, high, low_open, high_open)


POINTS = [number / 4 for number in range(65)]


def inside(span: Span) -> set[float]:
    """Sample a span; quarters tell open from closed ends and every two spans on halves from one another."""
    return {point for point in POINTS if point in span}


@given(spans(), spans())
def test_what_two_spans_have_in_common(one: Span, other: Span) -> None:
    """The common part holds exactly the ranges of both, and standing follows from it."""
    common = one.common(other)
    assert (inside(common) if common else set()) == inside(one) & inside(other)
    standing = one.standing(other)
    if standing is Standing.PROVED:
        assert inside(one) <= inside(other)
    else:
        assert (standing is Standing.EXCLUDED) == (not inside(one) & inside(other))


@given(st.lists(spans(), min_size=1, max_size=4))
def test_the_longest_of_several(found: list[Span]) -> None:
    """The span of the longest holds exactly the largest numbers that choices of one range each can have."""
    span = longest(found)
    assert span is not None
    least = max(min(inside(one)) if inside(one) else 99.0 for one in found)
    assert min(inside(span), default=least) == least


@given(st.floats(1, 9000), st.lists(st.floats(1, 9000), max_size=3), st.floats(0, 50))
def test_one_more_test_never_lowers_the_range(more: float, others: list[float], half: float) -> None:
    """With one more test a ballistic type reaches no less far than before."""
    tests = [flight(f"t{number}", range_km=km, uncertainty_km=half, **FLOWN) for number, km in enumerate(others)]
    extra = flight("more", range_km=more, uncertainty_km=half, **FLOWN)
    after = answered(*tests, extra).by_reading[0].types[0].span
    assert after is not None
    if others:
        before = answered(*tests).by_reading[0].types[0].span
        assert before is not None
        assert after.low_km >= before.low_km
        assert after.high_km >= before.high_km

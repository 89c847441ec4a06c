"""Plans for the flights of a year held against Annex H."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.judge.benches import D, bench, held, naming, only, verdicts, whole

from skywitness.core.finding import Verdict
from skywitness.law.judge.coordination import (
    own_aircraft_told,
    quarter_end,
    sixteen_in_a_quarter,
    what_is_left,
)
from skywitness.law.judge.docket import Docket, Planned, Sequence, Turn

DAY = D(2007, 6, 1)
"""In the second quarter."""


def planned(observing: str, observed: str, quarter: int, flights: int, **more: Any) -> Planned:
    """Plans for a quarter of 2007."""
    return Planned(observing, observed, 2007, quarter, flights, "notification of 30 October 2006", **more)


def sequence(*turns: Turn) -> Sequence:
    """The sequence over Ukraine in the second quarter of 2007, notified on 15 February."""
    return Sequence("UKR", 2007, 2, D(2007, 2, 15), "notification", turns)


# ---- H.2: sixteen in a quarter, one at a time ----


@pytest.mark.parametrize(
    ("flights", "verdict", "margin"),
    [((16,), "ok", 0.0), ((17,), "breach", -1.0), ((9, 7), "ok", 0.0), ((9, 8), "breach", -1.0), ((1,), "ok", 15.0)],
)
def test_sixteen_flights_in_a_quarter(flights: tuple[int, ...], verdict: str, margin: float) -> None:
    """H.2: no more than sixteen flights are planned over one Party in a quarter, by all others together."""
    names = ("USA", "DEU")
    docket = Docket(planned=tuple(planned(names[i], "BLR-RUS", 2, count) for i, count in enumerate(flights)))
    finding = only(sixteen_in_a_quarter(bench(DAY, docket)))
    assert (finding.verdict, finding.margin, finding.limit) == (verdict, margin, 16)
    assert finding.values[0].key == "planned_flights_per_quarter"
    assert (finding.effect is not None) is (verdict == "breach")
    if finding.effect is not None:
        assert (finding.effect.who, finding.effect.modality) == (finding.bearer, "must")  # who planned too many (H.3)


def test_each_quarter_and_party_is_counted_alone() -> None:
    """H.2: sixteen in one quarter and sixteen in the next, or over two Parties, are no thirty-two; years differ."""
    plans = (
        planned("USA", "BLR-RUS", 1, 16),
        planned("USA", "BLR-RUS", 2, 16),
        planned("USA", "UKR", 2, 16),
        Planned("USA", "UKR", 2008, 2, 16, "another year"),
    )
    assert verdicts(sixteen_in_a_quarter(bench(DAY, Docket(planned=plans)))) == ["ok"] * 3


def test_members_of_a_group_are_one_party() -> None:
    """H.2: flights over Belarus and over Russia are flights over their group."""
    plans = (planned("USA", "RUS", 2, 9), planned("DEU", "BLR", 2, 8))
    finding = only(sixteen_in_a_quarter(bench(DAY, Docket(planned=plans))))
    assert (finding.verdict, finding.measured) == ("breach", 17)


@pytest.mark.parametrize(
    ("second", "verdict"),
    [
        (Turn("FRA", D(2007, 4, 6), D(2007, 4, 9)), "ok"),
        (Turn("FRA", D(2007, 4, 5), D(2007, 4, 8)), "cannot_tell"),
        (Turn("FRA", D(2007, 4, 3), D(2007, 4, 4)), "cannot_tell"),
    ],
)
def test_one_flight_at_a_time(second: Turn, verdict: str) -> None:
    """H.2: two flights over one Party that share a day may be declined; accepting them is no breach."""
    first = Turn("DEU", D(2007, 4, 2), D(2007, 4, 5))
    finding = only(sixteen_in_a_quarter(bench(DAY, Docket(sequences=(sequence(first, second),)))))
    assert finding.verdict == verdict
    if verdict == "cannot_tell":
        assert finding.effect is not None
        assert (finding.effect.who, finding.effect.modality) == ("UKR", "may")


# ---- H.4: who provides the aircraft ----


@pytest.mark.parametrize(
    ("turn", "at", "verdict", "days"),
    [
        (Turn("DEU", provides=True, told=D(2007, 2, 22)), DAY, "ok", 7),
        (Turn("DEU", provides=True, told=D(2007, 2, 23)), DAY, "breach", 8),
        (Turn("DEU", provides=True), DAY, "breach", None),
        (Turn("DEU", provides=True), D(2007, 2, 22), "not_applicable", None),
        (Turn("DEU", provides=False), DAY, "ok", None),
        (Turn("DEU"), DAY, "cannot_tell", None),
    ],
)
def test_own_aircraft_is_told_within_seven_days(turn: Turn, at: dt.date, verdict: str, days: int | None) -> None:
    """H.4: within seven days of the sequence the observed Party tells for which flights it provides the aircraft."""
    finding = only(own_aircraft_told(bench(at, Docket(sequences=(sequence(turn),)))))
    assert (finding.verdict, finding.measured, finding.bearer) == (verdict, days, "UKR")
    if verdict == "breach":
        assert finding.limit == 7
        assert finding.effect is not None
        assert (finding.effect.who, finding.effect.modality) == ("DEU", "may")
        assert "raise it" in str(finding.effect.what)  # no right to bring another aircraft follows from the text
        assert "the text does not say" in str(finding.why)


# ---- H.5: what is left ----


@pytest.mark.parametrize(
    ("quota", "plans", "verdict", "used", "left"),
    [
        # Germany over Ukraine; on 1 June the first quarter is over
        (3, (planned("DEU", "UKR", 2, 2),), "ok", 2, 1),
        (3, (planned("DEU", "UKR", 1, 2, flown=0),), "ok", 0, 3),
        (3, (planned("DEU", "UKR", 1, 2, flown=2), planned("DEU", "UKR", 3, 1)), "ok", 3, 0),
        (3, (planned("DEU", "UKR", 1, 2, flown=2), planned("DEU", "UKR", 3, 2)), "breach", 4, -1),
        (3, (planned("DEU", "UKR", 1, 2),), "cannot_tell", None, None),
        (None, (planned("DEU", "UKR", 2, 2),), "cannot_tell", None, None),
    ],
)
def test_what_is_left_of_a_quota(
    quota: int | None, plans: tuple[Planned, ...], verdict: str, used: int | None, left: int | None
) -> None:
    """H.5: what was not planned, or planned for a quarter now over and not flown, may still be used."""
    rows = () if quota is None else (held("DEU", 2007, {"UKR": quota}),)
    docket = Docket(held=rows, complete_years=frozenset({2007} if rows else ()), planned=plans)
    finding = only(what_is_left(bench(DAY, docket)))
    assert (finding.verdict, finding.measured) == (verdict, used)
    if left is not None:
        assert finding.margin == left
        assert (finding.effect is not None) is (left > 0)


@pytest.mark.parametrize(("fitted", "verdict"), [(True, "ok"), (False, "breach"), (None, "cannot_tell")])
def test_flights_beyond_the_plan_need_room(fitted: bool | None, verdict: str) -> None:
    """H.5: what a Party flew beyond its plan for a quarter must have fitted into the agreed sequence."""
    docket = Docket(
        held=(held("DEU", 2007, {"UKR": 3}),),
        complete_years=frozenset({2007}),
        planned=(planned("DEU", "UKR", 1, 1, flown=2, fitted=fitted),),
    )
    finding = only(naming(what_is_left(bench(DAY, docket)), "In quarter 1"))
    assert (finding.verdict, finding.measured, finding.limit) == (verdict, 2, 1)


def test_without_plans_annex_h_has_nothing_to_say() -> None:
    """H.2, H.4, H.5: plans are not public."""
    for rule in (sixteen_in_a_quarter, own_aircraft_told, what_is_left):
        assert verdicts(rule(bench(DAY))) == ["not_applicable"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 9), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_nothing_is_left_twice(quota: int, first: int, flown: int, third: int) -> None:
    """H.5: quota = used + left; a right to use what is left is given exactly when something is."""
    plans = (planned("DEU", "UKR", 1, first, flown=flown, fitted=True), planned("DEU", "UKR", 3, third))
    docket = Docket(held=(held("DEU", 2007, {"UKR": quota}),), complete_years=frozenset({2007}), planned=plans)
    finding = whole(next(iter(what_is_left(bench(DAY, docket)))))
    assert finding.margin == quota - flown - third
    assert (finding.effect is not None) is (quota > flown + third)
    assert (finding.verdict is Verdict.BREACH) is (quota < flown + third)


@pytest.mark.parametrize(
    ("year", "quarter", "last"),
    [(2007, 1, D(2007, 3, 31)), (2007, 2, D(2007, 6, 30)), (2007, 3, D(2007, 9, 30)), (2008, 4, D(2008, 12, 31))],
)
def test_when_a_quarter_ends(year: int, quarter: int, last: dt.date) -> None:
    """Quarters are those of the calendar."""
    assert quarter_end(year, quarter) == last

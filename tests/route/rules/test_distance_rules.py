"""How far a flight may go: what is measured on the ellipsoid, and with what error."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.route.rules.plans import (
    DAY,
    GEOD,
    LANDSBERG,
    WUNSTORF,
    agreement,
    full_facts,
    make,
    make_plan,
    only,
)

from skywitness.core.dated import DatedValue, resolve
from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.core.text import say
from skywitness.geo.view import BorderView
from skywitness.route.facts import AirfieldFacts, Facts
from skywitness.route.rules.distance import Length, judge_distance, within_maximum_distance
from skywitness.route.rules.law_desk import Figure, figure

Point = tuple[float, float]
OVER_TERRITORY = Reading(at=DAY, interpretations={"A.III": "over_territory"})


def at(day: dt.date, hour: int = 8) -> dt.datetime:
    """A time on a day."""
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


def back_and_forth(length_km: float, start: Point = WUNSTORF) -> tuple[Point, ...]:
    """A path of exactly this length: south in steps of 60 km that turn back, beside one another."""
    points, left, south = [start], length_km, True
    while left > 1e-9:
        step = min(left, 60.0)
        lon, lat, _ = GEOD.fwd(*points[-1], 165.0 if south else 15.0, step * 1000.0)
        points.append((lon, lat))
        left, south = left - step, not south
    return tuple(points)


@pytest.mark.parametrize(
    ("start", "day", "km", "verdict", "limit"),
    [
        ("ETNW", dt.date(2015, 6, 10), 1199.9, "ok", 1200.0),
        ("ETNW", dt.date(2015, 6, 10), 1200.1, "breach", 1200.0),
        ("UUMB", dt.date(2005, 6, 10), 4999.0, "ok", 5000.0),
        ("UUMB", dt.date(2005, 6, 10), 5400.0, "cannot_tell", 5000.0),
        ("UUMB", dt.date(2005, 6, 10), 5501.0, "breach", 5000.0),
        ("UUMB", dt.date(2016, 6, 10), 5400.0, "ok", 5500.0),
        ("EDDK", dt.date(2021, 6, 10), 1299.0, "ok", 1300.0),
        ("UNNT", dt.date(2016, 6, 10), 100.0, "cannot_tell", None),
        ("EDDH", dt.date(2015, 6, 10), 100.0, "cannot_tell", None),
    ],
    ids=lambda value: str(value),
)
def test_maximum_flight_distance(start: str, day: dt.date, km: float, verdict: str, limit: float | None) -> None:
    """VI.II.4(A): the whole path against the distance of the airfield of commencement on that day.

    Between the last sighting of 5,000 km and the first of 5,500 km from Kubinka both are candidates: a flight is kept
    only within the smaller and broken only beyond the larger.
    """
    plan = make_plan(back_and_forth(km), start=start, at=at(day))
    finding = only(within_maximum_distance(make(plan)))
    assert (finding.verdict, finding.limit) == (verdict, limit)
    assert finding.measured == pytest.approx(km, abs=0.001)
    assert "Section III" in str(finding.why)
    if verdict == "breach":
        assert finding.effect is not None
        assert "VIII.I.4(C)" in str(finding.effect.what)
    if limit is not None:
        assert finding.margin == pytest.approx(limit - km, abs=0.001)
        assert finding.values


def told(ident: str, km: float | None, **more: Any) -> Facts:
    """Facts that give an airfield a distance."""
    return full_facts(airfields=(AirfieldFacts(ident, "decision 7/18", maximum_flight_distance_km=km, **more),))


@pytest.mark.parametrize(
    ("start", "facts", "km", "verdict", "limit", "says"),
    [
        ("UNNT", told("UNNT", 6500.0), 6499.0, "ok", 6500.0, "no public source gives it"),
        ("UNNT", told("UNNT", 6500.0), 6501.0, "breach", 6500.0, "decision 7/18"),
        ("UGTB", told("UGTB", 900.0, party="GEO"), 899.0, "ok", 900.0, "no public source gives it"),
        ("UUMB", told("UUMB", 7000.0), 6000.0, "ok", 7000.0, "public is 5500 km"),
        ("ETNW", told("EDNW", 1500.0), 1400.0, "ok", 1500.0, "public is 1200 km"),  # its code of 1992
        ("ETNW", told("ETSA", 1500.0), 1400.0, "breach", 1200.0, "is 1200 km"),  # of another airfield
        ("UNNT", told("UNNT", 6500.0, start=dt.date(2017, 1, 1)), 100.0, "cannot_tell", None, "no source"),
        ("UNNT", told("UNNT", 6500.0, end=dt.date(2016, 6, 10)), 100.0, "cannot_tell", None, "no source"),
        ("UNNT", told("UNNT", 6500.0, known=dt.date(2016, 7, 1)), 100.0, "cannot_tell", None, "no source"),
        ("UNNT", told("UNNT", None, roles=("point_of_exit",)), 100.0, "cannot_tell", None, "no source"),
    ],
)
def test_a_distance_that_only_the_facts_know(
    start: str, facts: Facts, km: float, verdict: str, limit: float | None, says: str
) -> None:
    """VI.II.4(A): a distance of the facts counts on its days, shows its source, and stays a claim of theirs."""
    day = dt.date(2016, 6, 10)
    context = make(make_plan(back_and_forth(km), start=start, at=at(day)), facts, Reading(at=day, known=day))
    finding = only(within_maximum_distance(context))
    assert (finding.verdict, finding.limit) == (verdict, limit)
    assert says in str(finding.why)
    claims = [value for value in finding.values if value.status == "claim of this facts file"]
    assert bool(claims) is ("facts file" in str(finding.why))
    assert all(value.source == "decision 7/18" for value in claims)


@pytest.mark.parametrize(
    ("day", "km", "verdict"),
    [
        (dt.date(2010, 6, 10), 1499.0, "ok"),  # 1,150 or 2,400 km from Brize Norton, but 1,500 km with Shetland
        (dt.date(2010, 6, 10), 1501.0, "cannot_tell"),
        (dt.date(2010, 6, 10), 2401.0, "breach"),
        (dt.date(2018, 6, 10), 2399.0, "ok"),
        (dt.date(2003, 6, 10), 1501.0, "cannot_tell"),
    ],
)
def test_with_islands_the_longer_distance_holds(day: dt.date, km: float, verdict: str) -> None:
    """Annex A.III: whichever distance from Brize Norton holds, with Shetland it is never less than 1,500 km."""
    over_shetland = back_and_forth(km, (-1.2, 60.2))
    plan = make_plan(over_shetland, start="EGVN", observed="GBR", overflown=("GBR",), at=at(day))
    assert only(within_maximum_distance(make(plan))).verdict == verdict


def test_candidates_are_all_cited() -> None:
    """VI.II.4(A): where two values may hold, both stand in the finding with their sources."""
    plan = make_plan(back_and_forth(5400.0), start="UUMB", at=at(dt.date(2005, 6, 10)))
    finding = only(within_maximum_distance(make(plan)))
    assert [value.value for value in finding.values] == [5000, 5500]
    assert all(value.source for value in finding.values)


def test_no_agreement_lengthens_a_flight() -> None:
    """VI.II.4(A): the text leaves no room for an agreement, so an agreement changes nothing."""
    plan = make_plan(back_and_forth(1300.0))
    facts = full_facts(agreements=(agreement("OS:VI.II.4(A)"),))
    assert only(within_maximum_distance(make(plan, facts))).verdict is Verdict.BREACH


SHETLAND = (-1.3, 60.3)
SCAMPTON = (-0.551, 53.308)


@pytest.mark.parametrize(
    ("points", "limit", "verdict"),
    [
        ((SCAMPTON, (-2.0, 57.0), (-2.0, 50.9)), 1150.0, "ok"),
        ((SCAMPTON, (-2.0, 57.4), (-2.0, 50.9), (-1.0, 52.0)), 1150.0, "breach"),
        ((SCAMPTON, (-2.5, 56.0), SHETLAND, (-3.0, 57.6), (-3.4, 56.0)), 1500.0, "ok"),
    ],
    ids=["mainland", "mainland, too far", "with Shetland"],
)
def test_islands_have_their_own_distance(points: tuple[Point, ...], limit: float, verdict: str) -> None:
    """Annex A.III: a flight that goes to the Shetland Islands has the longer distance, any other has not."""
    plan = make_plan(points, start="EGXP", end="EGQL", at=at(dt.date(2010, 6, 10)), observed="GBR", overflown=("GBR",))
    finding = only(within_maximum_distance(make(plan)))
    assert (finding.limit, finding.verdict) == (limit, verdict)


def test_distance_over_territory_only(un: BorderView) -> None:
    """Article II.11, read mildly: only what runs over the territory and its waters counts, not the high sea."""
    out_to_sea = (WUNSTORF, (8.2, 54.9), (4.0, 55.0), (4.0, 54.6), (8.6, 53.9), LANDSBERG)
    plan = make_plan(out_to_sea)
    whole, mild = only(within_maximum_distance(make(plan))), None
    mild = only(within_maximum_distance(make(plan, reading=OVER_TERRITORY, view=un)))
    assert isinstance(whole.measured, float)
    assert isinstance(mild.measured, float)
    assert mild.uncertainty is not None
    assert whole.verdict is Verdict.BREACH
    assert mild.measured < whole.measured - 400.0
    assert mild.uncertainty < 30.0
    assert mild.verdict is Verdict.OK
    blind = only(within_maximum_distance(make(plan, reading=OVER_TERRITORY)))
    assert blind.verdict is Verdict.CANNOT_TELL
    inland = only(within_maximum_distance(make(reading=OVER_TERRITORY, view=un)))
    assert inland.verdict is Verdict.OK


@settings(max_examples=200, deadline=None)
@given(
    st.floats(0, 3000),
    st.floats(0, 300),
    st.lists(st.integers(1, 2500), min_size=0, max_size=3, unique=True),
    st.booleans(),
)
def test_a_length_astride_is_never_ok(km: float, band_km: float, limits: list[int], exhaustive: bool) -> None:
    """A length whose band reaches past the smallest candidate is never ok, nor a breach unless past the largest."""
    found = judge_distance(
        make(), "OS:VI.II.4(A)", Length(km, band_km), Figure("k", "s", tuple(limits), exhaustive), say("A length.")
    )
    if found.verdict is Verdict.OK:
        assert exhaustive
        assert km + band_km <= min(limits)
    if found.verdict is Verdict.BREACH:
        assert exhaustive
        assert km - band_km > max(limits)


def test_a_figure_tells_what_holds() -> None:
    """A figure has one number, several candidates or none, and knows when the true one may be missing."""
    seen = DatedValue(5500, "km", attested=(dt.date(2012, 1, 1),), source="press")
    text = DatedValue(5000, "km", start=dt.date(2002, 1, 1), source="text", status="text")
    settled = figure("k", "s", resolve([text, seen], dt.date(2013, 1, 1)))
    opened = figure("k", "s", resolve([text, seen], dt.date(2005, 1, 1)))
    nothing = figure("k", "s", resolve([text, seen], dt.date(1999, 1, 1)))
    assert (settled.settled, settled.in_force) == (5500.0, True)
    assert (opened.settled, set(opened.candidates)) == (None, {5000.0, 5500.0})
    assert (nothing.settled, nothing.in_force) == (None, False)
    with pytest.raises(ValueError, match="not settled"):
        _ = opened.number


def test_lengths_are_those_of_the_ellipsoid() -> None:
    """What the rules measure is the geodesic of WGS 84: a degree of the meridian at the equator is 110.574 km."""
    plan = make_plan(((0.0, 0.0), (0.0, 1.0)))
    measured = make(plan).legs[0].distance_km
    assert math.isclose(measured, 110.574, abs_tol=0.001)

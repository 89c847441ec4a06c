"""Distances, borders, territory and transit: what is measured on the ellipsoid, and with what error."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, box
from tests.route.rules.plans import (
    DAY,
    GEOD,
    GEORGIA,
    LANDSBERG,
    WUNSTORF,
    agreement,
    check_whole,
    full_facts,
    make,
    make_plan,
    only,
    verdicts,
)

from skywitness.core.dated import DatedValue, resolve
from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.core.text import say
from skywitness.geo.view import BorderView
from skywitness.route.facts import AirfieldFacts, Facts
from skywitness.route.model import Plan
from skywitness.route.rules.borders import away_from_non_parties, neighbours_may_be_told
from skywitness.route.rules.claims import claimed_distance
from skywitness.route.rules.distance import Length, judge_distance, within_maximum_distance
from skywitness.route.rules.law_desk import Figure, figure
from skywitness.route.rules.territory import over_observed_territory, transit_legs_coordinated
from skywitness.route.rules.transit import (
    sensors_inhibited_in_transit,
    sensors_off_in_transit,
    transit_begins_with_a_party,
    transit_routes,
)

Point = tuple[float, float]
OVER_TERRITORY = Reading(at=DAY, interpretations={"A.III": "over_territory"})


def at(day: dt.date, hour: int = 8) -> dt.datetime:
    """A time on a day."""
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


# ---- VI.II.4(A) ----


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
    """Article II.11, read mildly: only what runs over the territory counts, the sea within its doubt."""
    out_to_sea = (WUNSTORF, (8.2, 54.9), (4.0, 55.0), (4.0, 54.6), (8.6, 53.9), LANDSBERG)
    plan = make_plan(out_to_sea)
    whole, mild = only(within_maximum_distance(make(plan))), None
    mild = only(within_maximum_distance(make(plan, reading=OVER_TERRITORY, view=un)))
    assert isinstance(whole.measured, float)
    assert isinstance(mild.measured, float)
    assert mild.uncertainty is not None
    assert whole.verdict is Verdict.BREACH
    assert mild.measured < whole.measured
    assert mild.uncertainty > 100.0
    assert mild.verdict is Verdict.CANNOT_TELL
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


# ---- VI.II.2 ----


def drawn(band_km: float, **lands: tuple[float, float, float, float]) -> BorderView:
    """A made-up border view: boxes in degrees, with an error band."""
    shapes = {code.replace("_", "-"): MultiPolygon([box(*bounds)]) for code, bounds in lands.items()}
    return BorderView("made up", "nobody", "this test", band_km, "chosen", "", shapes)


def along_border(clearance_km: float) -> Plan:
    """A flight over Germany (made up: west of 12 degrees east) parallel to a meridian, so far from it."""
    lon, lat, _ = GEOD.fwd(12.0, 51.0, 270.0, clearance_km * 1000.0)
    return make_plan(((lon - 1.0, 50.2), (lon, lat), (lon - 1.0, 51.8)))


@pytest.mark.parametrize(
    ("neighbour", "clearance_km", "band_km", "verdict"),
    [
        ("CHE", 12.5, 2.0, "ok"),
        ("CHE", 12.01, 2.0, "ok"),
        ("CHE", 11.0, 2.0, "cannot_tell"),
        ("CHE", 9.0, 2.0, "cannot_tell"),
        ("CHE", 7.9, 2.0, "breach"),
        ("CHE", 10.001, 0.0, "ok"),
        ("CHE", 9.9, 0.0, "breach"),
        ("CHE", 40.0, 2.0, "ok"),
        ("POL", 1.0, 2.0, "ok"),
    ],
)
def test_ten_kilometres_from_a_non_party(neighbour: str, clearance_km: float, band_km: float, verdict: str) -> None:
    """VI.II.2: kept with 10 km and the band to spare, broken without 10 km even with it; Parties do not count."""
    view = drawn(band_km, DEU=(5.0, 45.0, 12.0, 55.0), **{neighbour: (12.0, 45.0, 15.0, 55.0)})
    finding = only(away_from_non_parties(make(along_border(clearance_km), view=view)))
    assert finding.verdict == verdict
    if neighbour == "CHE":
        assert finding.measured == pytest.approx(clearance_km, abs=0.01)
        assert (finding.uncertainty, finding.limit) == (band_km, 10.0)
        assert finding.where is not None
        assert finding.where.name == "CHE"
        assert finding.where.lat == pytest.approx(51.0, abs=0.01)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.5, 25.0), st.floats(0.0, 8.0))
def test_a_border_known_badly_is_never_ok(clearance_km: float, band_km: float) -> None:
    """VI.II.2: whatever the distance, ok needs 10 km plus the band, a breach less than 10 km minus the band."""
    view = drawn(band_km, DEU=(5.0, 45.0, 12.0, 55.0), CHE=(12.0, 45.0, 15.0, 55.0))
    finding = only(away_from_non_parties(make(along_border(clearance_km), view=view)))
    if finding.verdict is Verdict.OK:
        assert clearance_km - band_km > 9.99
    elif finding.verdict is Verdict.BREACH:
        assert clearance_km + band_km < 10.01
    else:
        assert abs(clearance_km - 10.0) < band_km + 0.01


def test_a_state_that_left_is_one_that_is_no_party() -> None:
    """VI.II.2: Russia counts as a Party until 18 December 2021 and as a State that is none from then on."""
    view = drawn(0.0, DEU=(5.0, 45.0, 12.0, 55.0), RUS=(12.0, 45.0, 15.0, 55.0))
    for day, verdict in ((dt.date(2021, 12, 17), "ok"), (dt.date(2021, 12, 18), "breach")):
        finding = only(away_from_non_parties(make(along_border(5.0), reading=Reading(at=day), view=view)))
        assert finding.verdict == verdict


def test_every_state_is_judged_by_its_nearest_leg(un: BorderView) -> None:
    """VI.II.2: one finding for each State near the path that is not a Party, with the leg that comes nearest."""
    plan = make_plan(GEORGIA, start="UGTB", end="UGKO", observed="GEO", overflown=("GEO",))
    found = [check_whole(one) for one in away_from_non_parties(make(plan, view=un))]
    assert [one.where.name for one in found if one.where] == ["ARM", "AZE"]
    assert verdicts(found) == ["ok", "ok"]
    for one in found:
        assert one.where is not None
        assert one.where.leg == 1


def test_without_borders_nobody_can_tell() -> None:
    """VI.II.2, VI.II.7, II.8: without a border view the answer is cannot tell."""
    for rule in (away_from_non_parties, neighbours_may_be_told, over_observed_territory):
        assert only(rule(make())).verdict is Verdict.CANNOT_TELL


def test_an_area_that_is_no_state_is_left_to_the_reading() -> None:
    """VI.II.2: an area that a view leaves by itself is no State here, and being near it cannot be told."""
    view = drawn(0.0, DEU=(5.0, 45.0, 12.0, 55.0), X_NOWHERE=(12.0, 45.0, 15.0, 55.0))
    near = only(away_from_non_parties(make(along_border(5.0), view=view)))
    far = only(away_from_non_parties(make(along_border(15.0), view=view)))
    assert (near.verdict, far.verdict) == ("cannot_tell", "ok")


def test_a_claim_counts_only_where_it_is_accepted(un: BorderView) -> None:
    """VI.II.2: Abkhazia is no State unless the reading accepts that claim, and then its lines are needed."""
    plan = make_plan(GEORGIA, start="UGTB", end="UGKO", observed="GEO", overflown=("GEO",))
    accepts = replace(plan.reading, accepted_claims=("abkhazia-south-ossetia-states",))
    without = list(away_from_non_parties(make(plan, view=un)))
    within = [check_whole(one) for one in away_from_non_parties(make(plan, reading=accepts, view=un))]
    assert "cannot_tell" not in verdicts(without)
    assert verdicts(within).count("cannot_tell") == 2
    lines = drawn(0.0, GEO=(5.0, 45.0, 12.0, 55.0), X_ABKHAZIA=(12.0, 45.0, 15.0, 55.0))
    beside = replace(along_border(5.0), observed="GEO", overflown=("GEO",), reading=accepts)
    assert "breach" in verdicts(away_from_non_parties(make(beside, view=lines)))
    assert "breach" not in verdicts(away_from_non_parties(make(replace(beside, reading=plan.reading), view=lines)))
    by_code = replace(plan.reading, accepted_claims=("X-ABKHAZIA",))
    assert "breach" in verdicts(away_from_non_parties(make(replace(beside, reading=by_code), view=lines)))


def over_kaliningrad(lengths: int, last_lon: float = 0.0) -> Plan:
    """A flight from Kubinka that goes to and fro over Kaliningrad so many times, some 110 km each."""
    strip = [((20.6, 22.3)[number % 2], 54.5 + 0.04 * number) for number in range(lengths + 1)]
    if last_lon:
        strip.append((last_lon, strip[-1][1] + 0.04))
    return replace(
        to_kaliningrad(()), **{name: getattr(make_plan((KUBINKA, *strip)), name) for name in ("waypoints", "legs")}
    )


@pytest.mark.parametrize(
    ("claims", "lengths", "verdict"),
    [
        ((), 8, None),
        (("rus-kaliningrad-500km",), 2, "ok"),
        (("rus-kaliningrad-500km",), 8, "breach"),
        (("kaliningrad-500km",), 8, "breach"),
        (("some-other-claim",), 8, None),
    ],
)
def test_a_claimed_distance(un: BorderView, claims: tuple[str, ...], lengths: int, verdict: str | None) -> None:
    """VI.II.4(A): Russia's 500 km over Kaliningrad is judged by only where the reading accepts the claim."""
    reading = Reading(at=dt.date(2019, 9, 12), accepted_claims=claims)
    found = [check_whole(one) for one in claimed_distance(make(over_kaliningrad(lengths), reading=reading, view=un))]
    assert verdicts(found) == ([] if verdict is None else [verdict])
    if verdict is not None:
        assert found[0].values[0].status == "reported"
        assert "No decision says so" in str(found[0].why)
        blind = only(claimed_distance(make(over_kaliningrad(lengths), reading=reading)))
        assert blind.verdict is Verdict.CANNOT_TELL
        assert list(claimed_distance(make(reading=reading, view=un))) == []


def test_a_claimed_distance_astride(un: BorderView) -> None:
    """VI.II.4(A): 500 km within the band of the borders can be told neither kept nor broken."""
    reading = Reading(at=dt.date(2019, 9, 12), accepted_claims=("rus-kaliningrad-500km",))
    finding = only(claimed_distance(make(over_kaliningrad(3, 21.9), reading=reading, view=un)))
    assert isinstance(finding.measured, float)
    assert finding.uncertainty is not None
    assert abs(finding.measured - 500.0) < finding.uncertainty
    assert finding.verdict is Verdict.CANNOT_TELL


# ---- VI.II.7 ----


@pytest.mark.parametrize(("km", "verdict"), [(5.0, "ok"), (49.0, "ok"), (55.0, "not_applicable")])
def test_neighbours_may_be_told(km: float, verdict: str) -> None:
    """VI.II.7: near the border of any State, Party or not, the observed Party may tell that State."""
    view = drawn(0.0, DEU=(5.0, 45.0, 12.0, 55.0), POL=(12.0, 45.0, 15.0, 55.0))
    finding = only(neighbours_may_be_told(make(along_border(km), view=view)))
    assert finding.verdict == verdict
    if verdict == "ok":
        assert finding.effect is not None
        assert (finding.effect.who, finding.effect.modality) == ("DEU", "may")
        assert "POL" in str(finding.effect.what)


# ---- Article II.5 and Decision 22/02 ----


def test_legs_over_another_state(un: BorderView) -> None:
    """II.5, II.8: a leg deep over Poland on a flight over Germany is a breach, with the leg and the place."""
    plan = make_plan((WUNSTORF, (13.0, 52.6), (17.0, 52.5), (13.2, 51.6), (11.5, 50.8), LANDSBERG))
    finding = only(over_observed_territory(make(plan, view=un)))
    assert finding.verdict is Verdict.BREACH
    assert finding.where is not None
    assert finding.where.name == "POL"
    assert finding.where.leg in (2, 3)
    assert isinstance(finding.measured, float)
    assert finding.measured > 50.0


@pytest.mark.parametrize(("depth_km", "verdict"), [(0.5, "cannot_tell"), (6.0, "breach")])
def test_a_border_crossed_within_its_band(depth_km: float, verdict: str) -> None:
    """II.5, II.8: a leg that strays over a border by less than the border is known cannot be told to be abroad."""
    view = drawn(2.0, DEU=(5.0, 45.0, 12.0, 55.0), POL=(12.0, 45.0, 15.0, 55.0))
    inside = GEOD.fwd(12.0, 51.0, 90.0, 2000.0 * depth_km)[:2]
    plan = make_plan(((11.0, 50.8), inside, (11.0, 51.2)))
    finding = only(over_observed_territory(make(plan, view=view)))
    assert finding.verdict == verdict


def test_high_sea_and_foreign_coasts(un: BorderView) -> None:
    """II.5, II.8: the high sea is nobody's; near a foreign coast nobody can tell; near one's own coast all is well."""
    north_sea = make_plan((WUNSTORF, (7.6, 54.3), (6.0, 54.6), (8.3, 53.8), LANDSBERG))
    danish = make_plan((WUNSTORF, (7.9, 54.6), (7.9, 55.6), (8.3, 53.8), LANDSBERG))
    assert only(over_observed_territory(make(north_sea, view=un))).verdict is Verdict.OK
    finding = only(over_observed_territory(make(danish, view=un)))
    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.where is not None
    assert finding.where.name == "DNK"


KUBINKA, KALININGRAD = (36.65, 55.61), (20.59, 54.89)


def to_kaliningrad(transit: tuple[int, ...]) -> Plan:
    """A flight from Kubinka to Kaliningrad and back north of Lithuania: over Belarus, Lithuania, the Baltic Sea."""
    return make_plan(
        (KUBINKA, (31.5, 55.6), (28.0, 54.4), (22.3, 54.6), KALININGRAD),
        start="UUMB",
        end="UMKK",
        at=at(dt.date(2019, 9, 12)),
        transit=transit,
        observing="DEU",
        observed="BLR-RUS",
        overflown=("RUS",),
    )


def test_transit_legs_need_coordination(un: BorderView) -> None:
    """Decision 22/02: a transit leg over Lithuania needs co-ordination with it; an observation leg is a breach."""
    plan = to_kaliningrad((3,))
    blank = only(transit_legs_coordinated(make(plan, view=un)))
    assert blank.verdict is Verdict.BREACH
    assert blank.effect is not None
    assert blank.effect.who == "LTU"
    agreed = full_facts(agreements=(agreement("DEC:22-02", "DEU", "LTU", legs=(3,)),))
    assert only(transit_legs_coordinated(make(plan, agreed, view=un))).by_agreement == "exchange of notes"
    other_leg = full_facts(agreements=(agreement("DEC:22-02", "DEU", "LTU", legs=(2,)),))
    other_state = full_facts(agreements=(agreement("DEC:22-02", "DEU", "POL"),))
    for facts in (other_leg, other_state):
        assert only(transit_legs_coordinated(make(plan, facts, view=un))).verdict is Verdict.BREACH
    assert only(transit_legs_coordinated(make(plan))).verdict is Verdict.CANNOT_TELL
    observed = only(over_observed_territory(make(to_kaliningrad(()), agreed, view=un)))
    assert observed.verdict is Verdict.BREACH
    assert only(over_observed_territory(make(plan, view=un))).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("day", "verdict"), [(dt.date(2002, 12, 15), "cannot_tell"), (dt.date(2002, 12, 16), "breach")]
)
def test_transit_before_the_decision(day: dt.date, verdict: str, un: BorderView) -> None:
    """Decision 22/02: before its day the text says nothing of transit within a flight; an agreement settles it."""
    plan = to_kaliningrad((3,))
    finding = only(transit_legs_coordinated(make(plan, reading=Reading(at=day), view=un)))
    assert finding.verdict == verdict
    agreed = full_facts(agreements=(agreement("DEC:22/02", "DEU", "LTU"),))
    assert only(transit_legs_coordinated(make(plan, agreed, Reading(at=day), view=un))).verdict is Verdict.OK


def test_transit_beside_a_foreign_coast(un: BorderView) -> None:
    """Decision 22/02: a transit leg within 12 nautical miles of Denmark may cross its waters, unless co-ordinated."""
    plan = make_plan((WUNSTORF, (7.9, 54.6), (7.9, 55.6), (8.3, 53.8), LANDSBERG), transit=(2, 3))
    finding = only(transit_legs_coordinated(make(plan, view=un)))
    assert finding.verdict is Verdict.CANNOT_TELL
    assert finding.where is not None
    assert finding.where.name == "DNK"
    agreed = full_facts(agreements=(agreement("DEC:22/02", "SWE", "DNK"),))
    assert only(transit_legs_coordinated(make(plan, agreed, view=un))).by_agreement == "exchange of notes"
    offshore = make_plan((WUNSTORF, (7.6, 54.3), (6.0, 54.6), (8.3, 53.8), LANDSBERG), transit=(2, 3))
    assert only(transit_legs_coordinated(make(offshore, view=un))).verdict is Verdict.OK


def test_a_member_of_the_group_is_own_territory(un: BorderView) -> None:
    """III.II.3(D): a flight over the group may cross Belarus though only Russia is named."""
    only_russia = make_plan(
        (KUBINKA, (31.5, 55.6), (28.0, 54.4), (33.0, 54.6)),
        start="UUMB",
        end="UUMB",
        at=at(dt.date(2019, 9, 12)),
        observed="BLR-RUS",
        overflown=("RUS",),
    )
    assert only(over_observed_territory(make(only_russia, view=un))).verdict is Verdict.OK


@pytest.mark.parametrize("rule", [sensors_off_in_transit, sensors_inhibited_in_transit])
def test_sensors_are_off_in_transit(rule: object) -> None:
    """VII.3 and IV.4: a transit leg that names a sensor or an observation period is a breach."""
    assert callable(rule)
    quiet = make_plan(transit=(2, 3))
    assert only(rule(make(make_plan()))).verdict is Verdict.NOT_APPLICABLE
    assert only(rule(make(quiet))).verdict is Verdict.OK
    for change in ({"sensors": ("CAM",)}, {"observe_from_km": 1.0}):
        legs = tuple(replace(leg, **change) if leg.number == 3 else leg for leg in quiet.legs)
        finding = only(rule(make(replace(quiet, legs=legs))))
        assert finding.verdict is Verdict.BREACH
        assert finding.where is not None
        assert finding.where.leg == 3


def test_flights_to_and_from_are_not_in_the_plan(un: BorderView) -> None:
    """VII.1 and VII.2 are asked only where a leg of the plan crosses a third State."""
    home = make(view=un)
    assert only(transit_begins_with_a_party(home)).verdict is Verdict.NOT_APPLICABLE
    assert only(transit_routes(home)).verdict is Verdict.NOT_APPLICABLE
    plan = to_kaliningrad((3,))
    assert only(transit_begins_with_a_party(make(plan, view=un))).verdict is Verdict.OK
    assert only(transit_routes(make(plan, view=un))).verdict is Verdict.CANNOT_TELL
    left = replace(plan, reading=Reading(at=dt.date(2022, 5, 5)), observed="RUS")
    assert only(transit_begins_with_a_party(make(left, view=un))).verdict is Verdict.BREACH
    for other, verdict in (("LTU", "ok"), ("BLR-RUS", "cannot_tell")):
        agreed = full_facts(agreements=(agreement("OS:VII.2", "DEU", other, states=("LTU",)),))
        assert only(transit_routes(make(plan, agreed, view=un))).verdict == verdict, "agreed with the State crossed"
    unknown = replace(plan, waypoints=(replace(plan.waypoints[0], ident="XXXX"), *plan.waypoints[1:]))
    assert only(transit_begins_with_a_party(make(unknown, view=un))).verdict is Verdict.CANNOT_TELL


def test_lengths_are_those_of_the_ellipsoid() -> None:
    """What the rules measure is the geodesic of WGS 84: a degree of the meridian at the equator is 110.574 km."""
    plan = make_plan(((0.0, 0.0), (0.0, 1.0)))
    measured = make(plan).legs[0].distance_km
    assert math.isclose(measured, 110.574, abs_tol=0.001)

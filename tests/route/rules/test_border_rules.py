"""Borders: ten kilometres from a State that is not a Party, claims, and neighbours who may be told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.route.rules.plans import (
    DAY,
    GEORGIA,
    KUBINKA,
    along_border,
    check_whole,
    drawn,
    make,
    make_plan,
    only,
    to_kaliningrad,
    verdicts,
)

from skywitness.core.finding import Verdict
from skywitness.core.reading import Reading
from skywitness.geo.view import BorderView
from skywitness.route.model import Plan
from skywitness.route.rules.borders import away_from_non_parties, neighbours_may_be_told
from skywitness.route.rules.claimed import claimed_distance
from skywitness.route.rules.territory import over_observed_territory

Point = tuple[float, float]
OVER_TERRITORY = Reading(at=DAY, interpretations={"A.III": "over_territory"})


def at(day: dt.date, hour: int = 8) -> dt.datetime:
    """A time on a day."""
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


# ---- VI.II.2 ----


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
    """VI.II.2: neither Abkhazia nor South Ossetia is a State unless the reading accepts that claim.

    The view does not draw them, but their lines are at hand: the flight comes within ten kilometres of South Ossetia.
    """
    plan = make_plan(GEORGIA, start="UGTB", end="UGKO", observed="GEO", overflown=("GEO",))
    accepts = replace(plan.reading, accepted_claims=("abkhazia-south-ossetia-states",))
    without = list(away_from_non_parties(make(plan, view=un)))
    within = [check_whole(one) for one in away_from_non_parties(make(plan, reading=accepts, view=un))]
    assert "cannot_tell" not in verdicts(without)
    assert verdicts(within) == ["ok", "ok", "breach"]
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
        assert found[0].values[0].status == "claim"
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

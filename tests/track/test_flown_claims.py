"""Flown flights judged by accepted claims, and by the waters beside the path as flown (VI.II.2, II.5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.route.rules.plans import make, make_plan, only
from tests.route.rules.test_claimed_lines import CLAIM, TBILISI, about, beside
from tests.track.flights import findings, fly

from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.geo.borders import load_view
from skywitness.geo.view import BorderView
from skywitness.route.model import Plan
from skywitness.route.rules.borders import away_from_non_parties
from skywitness.track.flight_log import FlightLog

CODE = "OS:VI.II.2"
CLEAR = beside("X-ABKHAZIA", 24, 120.0, 40.0)
Way = tuple[tuple[float, float], ...]


@pytest.fixture(scope="module")
def un() -> BorderView:
    """The view that this program brings along."""
    return load_view("un")


def over_georgia(*accepted: str, day: dt.date | None = None) -> Plan:
    """A plan that keeps 40 km away from Abkhazia; its day is one on which the claim was held."""
    plan = make_plan((TBILISI, CLEAR, TBILISI), start="UGTB", end="UGTB", observed="GEO", overflown=("GEO",))
    return replace(plan, reading=Reading(at=day or plan.reading.at, accepted_claims=accepted))


def flown(way: Way, plan: Plan, view: BorderView, code: str = CODE) -> list[Finding]:
    """Judge a flight along a way beside that plan."""
    return findings(fly(way), code, FlightLog(deviations=()), plan=plan, view=view)


@pytest.mark.parametrize(("km", "verdict"), [(2.0, "breach"), (7.0, "breach"), (11.0, "cannot_tell"), (20.0, "ok")])
def test_a_flown_flight_is_judged_by_the_claims_of_its_reading(km: float, verdict: str, un: BorderView) -> None:
    """The line of Abkhazia, known within some km, counts only where the claim is accepted; so it is with a plan."""
    way = (TBILISI, beside("X-ABKHAZIA", 24, 120.0, km), TBILISI)
    claimed = about(flown(way, over_georgia(CLAIM), un), "X-ABKHAZIA")
    assert claimed.verdict.value == verdict, str(claimed.why)
    assert [value.status for value in claimed.values][-1] == "claim"
    planned = make_plan(way, start="UGTB", end="UGTB", observed="GEO", overflown=("GEO",))
    context = make(planned, reading=over_georgia(CLAIM).reading, view=un)
    twin = about(list(away_from_non_parties(context)), "X-ABKHAZIA")
    assert twin.verdict is claimed.verdict
    assert claimed.measured == pytest.approx(twin.measured, abs=0.2)
    without = flown(way, over_georgia(), un)
    assert {one.verdict for one in without} == {Verdict.OK}
    assert not any("X-ABKHAZIA" in str(one.why) for one in without)


def test_a_claim_that_is_not_held_on_the_day_changes_nothing(un: BorderView) -> None:
    """After May 2018 nobody held it for a while; accepting it then makes no State."""
    way = (TBILISI, beside("X-ABKHAZIA", 24, 120.0, 5.0), TBILISI)
    plan = over_georgia(CLAIM, day=dt.date(2018, 9, 1))
    assert {one.verdict for one in flown(way, plan, un)} == {Verdict.OK}


def test_territory_follows_the_claim(un: BorderView) -> None:
    """Over Abkhazia the aircraft is over Georgia, or by the claim over a State that is not observed."""
    way = (TBILISI, beside("X-ABKHAZIA", 24, 300.0, 12.0), TBILISI)
    assert only(flown(way, over_georgia(), un, "OS:II.5")).verdict is Verdict.OK
    abroad = about(flown(way, over_georgia(CLAIM), un, "OS:II.5"), "X-ABKHAZIA")
    assert abroad.verdict is Verdict.BREACH
    assert "by the claim" in str(abroad.why)


@pytest.mark.parametrize(("lat", "verdict"), [(42.68, "breach"), (42.25, "ok")])
def test_waters_are_those_beside_the_path_as_flown(lat: float, verdict: str, un: BorderView) -> None:
    """Off Sukhumi the land is 28 km away or more, the waters are what is near: of the way flown, not of the plan.

    The plan stays over land; only a flight that leaves it comes near the waters.
    """
    way = (TBILISI, (41.6, 42.0), (40.90, lat), (41.6, 42.0), TBILISI)
    finding = about(flown(way, over_georgia(CLAIM), un), "X-ABKHAZIA")
    assert finding.verdict.value == verdict, str(finding.why)
    assert ("territorial waters" in str(finding.why)) == (verdict == "breach")

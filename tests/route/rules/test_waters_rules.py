"""Flights over and near the territorial waters of others: II.5, VI.II.2, transit and the distance over territory."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.route.rules.plans import DAY, agreement, along_border, drawn, full_facts, make, make_plan, only

from skywitness.core.finding import Finding
from skywitness.core.reading import Reading
from skywitness.geo.view import BorderView
from skywitness.route.rules.borders import away_from_non_parties
from skywitness.route.rules.distance import measured_length
from skywitness.route.rules.territory import over_observed_territory, transit_legs_coordinated

Point = tuple[float, float]
OVER_TERRITORY = Reading(at=DAY, interpretations={"A.III": "over_territory"})


def over_the_sea(view: BorderView, observed: str, *points: Point, transit: tuple[int, ...] = ()) -> Finding:
    """Judge a path over the sea: whose territory it runs over, or whether its transit is co-ordinated."""
    plan = make_plan(points, observed=observed, overflown=(observed,), transit=transit)
    rule = transit_legs_coordinated if transit else over_observed_territory
    return only(rule(make(plan, view=view)))


# ---- II.5 and II.8: over whose territory ----

SEAS = {
    "off Jutland, 15 km out": ("DEU", ((7.6, 54.6), (7.85, 55.55)), "breach", "DNK"),
    "off Jutland, 22 km out": ("DEU", ((7.4, 54.6), (7.74, 55.55)), "cannot_tell", "DNK"),
    "North Sea": ("DEU", ((7.4, 54.3), (6.0, 54.9)), "ok", None),
    "the Sound, by Helsingborg": ("DNK", ((12.5, 56.12), (12.66, 56.035)), "cannot_tell", "SWE"),
    "the Sound, by Barsebäck": ("DNK", ((12.7, 55.78), (12.88, 55.80)), "breach", "SWE"),
    "the Gulf of Finland, by Estonia": ("FIN", ((24.9, 60.0), (24.8, 59.62)), "breach", "EST"),
    "the Gulf of Finland, where there is a corridor": ("FIN", ((24.9, 60.0), (24.8, 59.70)), "cannot_tell", "EST"),
    "the Gulf of Finland, its middle": ("FIN", ((24.9, 60.0), (24.8, 59.92)), "ok", None),
    "off Kaliningrad": ("RUS", ((19.85, 54.85), (19.75, 55.2)), "ok", None),
    "Kaliningrad, off Lithuania": ("RUS", ((19.8, 55.2), (20.85, 55.60)), "breach", "LTU"),
    "Kaliningrad, off Poland": ("RUS", ((19.6, 54.95), (19.30, 54.50)), "breach", "POL"),
    "the Aegean, by Asia": ("GRC", ((26.5, 38.87), (26.78, 38.87)), "breach", "TUR"),
    "the Aegean, beyond 6 nautical miles": ("GRC", ((25.7, 39.60), (25.95, 39.60)), "cannot_tell", "TUR"),
}


@pytest.mark.parametrize("case", SEAS, ids=str)
def test_over_whose_waters(case: str, un: BorderView) -> None:
    """II.5, II.8: deep in another's waters is a breach, near their limit nobody can tell, beyond it all is well."""
    observed, points, verdict, state = SEAS[case]
    finding = over_the_sea(un, observed, *points)
    assert (finding.verdict, finding.where.name if finding.where else None) == (verdict, state), str(finding.why)
    if verdict == "breach":
        assert isinstance(finding.measured, float)
        assert finding.measured >= 2.0
        assert finding.effect is not None
        assert finding.effect.who == observed
        assert "12 nautical miles" in str(finding.why)
    elif verdict == "cannot_tell":
        assert "limits of the territorial waters" in str(finding.needs[0])


@pytest.mark.parametrize(
    ("off_km", "verdict"),
    [(0.5, "breach"), (19.9, "breach"), (20.6, "cannot_tell"), (23.9, "cannot_tell"), (24.8, "ok"), (40.0, "ok")],
)
def test_the_band_at_the_limit_of_waters(off_km: float, verdict: str) -> None:
    """II.5, II.8: off a straight coast it is a breach up to 12 nautical miles less the band, ok beyond them and it."""
    view = drawn(2.0, DEU=(5.0, 45.0, 8.0, 55.0), DNK=(12.0, 45.0, 15.0, 55.0))
    lon = 12.0 - off_km / 70.197
    finding = over_the_sea(view, "DEU", (lon - 0.3, 50.85), (lon, 50.95), (lon - 0.3, 51.05))
    assert finding.verdict == verdict, str(finding.why)


def test_why_nobody_can_tell(un: BorderView) -> None:
    """II.5: what is unknown is named: the band, a narrower claim, or baselines that no map shows."""
    words = {
        "off Jutland, 22 km out": "Coasts are known within 2 km",
        "the Aegean, beyond 6 nautical miles": "6 nautical miles in the Aegean Sea, law of 1982",
    }
    for case, expected in words.items():
        observed, points, _, _ = SEAS[case]
        assert expected in str(over_the_sea(un, observed, *points).why)
    behind = over_the_sea(un, "RUS", (19.6, 54.95), (19.30, 54.60))
    assert "baseline of up to 44.4 km" in str(behind.why)


def test_transit_through_waters(un: BorderView) -> None:
    """Decision 22/02, II.8: a transit leg through the waters of Lithuania needs co-ordination as over its land."""
    points = ((19.8, 55.2), (20.85, 55.60), (20.0, 55.3))
    finding = over_the_sea(un, "RUS", *points, transit=(1, 2))
    assert (finding.verdict, finding.effect.who if finding.effect else None) == ("breach", "LTU")
    plan = make_plan(points, observed="RUS", overflown=("RUS",), transit=(1, 2))
    agreed = full_facts(agreements=(agreement("DEC:22/02", "SWE", "LTU"),))
    assert only(transit_legs_coordinated(make(plan, agreed, view=un))).by_agreement == "exchange of notes"
    assert only(over_observed_territory(make(plan, view=un))).verdict == "ok"
    early = Reading(at=dt.date(2002, 12, 15))
    assert only(transit_legs_coordinated(make(plan, reading=early, view=un))).verdict == "cannot_tell"


# ---- VI.II.2: ten kilometres from the limit of waters ----


@pytest.mark.parametrize(
    ("coast_km", "band_km", "verdict"),
    [
        (9.0, 0.0, "breach"),
        (12.0, 0.0, "breach"),
        (31.9, 0.0, "breach"),
        (32.6, 0.0, "ok"),
        (29.5, 2.0, "breach"),
        (30.6, 2.0, "cannot_tell"),
        (33.8, 2.0, "cannot_tell"),
        (34.8, 2.0, "ok"),
    ],
)
def test_territory_reaches_out_to_sea(coast_km: float, band_km: float, verdict: str) -> None:
    """VI.II.2 and II.8: at sea the border of a non-Party lies 12 nautical miles before its coast."""
    view = drawn(band_km, DEU=(5.0, 45.0, 9.0, 55.0), CHE=(12.0, 45.0, 15.0, 55.0))
    finding = only(away_from_non_parties(make(along_border(coast_km), view=view)))
    assert finding.verdict == verdict, str(finding.why)
    if verdict != "ok" and coast_km > 12.0:
        assert finding.measured == pytest.approx(max(coast_km - 22.224, 0.0), abs=0.3)
        assert finding.limit == 10.0


def test_the_median_line_keeps_a_coastal_flight_away() -> None:
    """VI.II.2: near the own coast the waters of the State opposite end at the median line, 14 km from either here."""
    view = drawn(0.0, DEU=(5.0, 45.0, 11.6, 55.0), CHE=(12.0, 45.0, 15.0, 55.0))
    for coast_km, verdict in ((27.0, "ok"), (24.4, "ok"), (23.0, "breach"), (20.0, "breach")):
        assert only(away_from_non_parties(make(along_border(coast_km), view=view))).verdict == verdict


def test_inland_of_a_narrow_strait() -> None:
    """VI.II.2: over own land 2 km from a strait 12 km wide the other's waters begin 8 km away, its land 14 km."""
    view = drawn(0.0, DEU=(5.0, 45.0, 12.0 - 12.0 / 70.197, 55.0), CHE=(12.0, 45.0, 15.0, 55.0))
    finding = only(away_from_non_parties(make(along_border(14.0), view=view)))
    assert finding.verdict == "breach"
    assert finding.measured == pytest.approx(8.0, abs=0.3)
    assert only(away_from_non_parties(make(along_border(17.0), view=view))).verdict == "ok"


def test_ten_kilometres_in_the_channel_of_corfu(un: BorderView) -> None:
    """VI.II.2: Albania is no Party; a flight over the channel of Corfu is a breach, one over its south is not."""
    for points, verdict in (
        (((19.75, 39.62), (19.95, 39.70)), "breach"),
        (((19.75, 39.35), (20.0, 39.20)), "ok"),
    ):
        plan = make_plan(points, observed="GRC", overflown=("GRC",))
        assert only(away_from_non_parties(make(plan, view=un))).verdict == verdict


# ---- Annex A, Section III: the distance over the territory ----


def test_own_waters_are_territory() -> None:
    """II.8, II.11, A.III: over land and own waters the flight counts, beyond 12 nautical miles it does not."""
    view = drawn(0.5, DEU=(5.0, 45.0, 12.0, 55.0))
    out_to_sea = make_plan(((11.0, 51.0), (13.5, 51.0), (13.4, 50.9)))
    length = measured_length(make(out_to_sea, reading=OVER_TERRITORY, view=view))
    assert length is not None
    land_km = 70.197
    assert length.km == pytest.approx(land_km + 22.224, abs=0.6)
    assert 0.4 < length.uncertainty_km < 1.2

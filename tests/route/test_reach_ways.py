"""The ways of Annex E, paragraph 5, as tables: which mainlands are in reach, and which way each portion goes."""

from __future__ import annotations

import datetime as dt

import pytest

from skywitness.core.finding import Verdict
from skywitness.geo.borders import load_view
from skywitness.geo.view import BorderView
from skywitness.route.reach.model import Row
from skywitness.route.reach.reach import Reach, reach

BEGINNING = dt.date(2002, 1, 1)


@pytest.fixture(scope="module")
def un() -> BorderView:
    """The default view."""
    return load_view("un")


def row_of(found: Reach, portion: str) -> Row:
    """Pick the row of a portion."""
    return next(row for row in found.rows if row.case.portion.name == portion)


@pytest.mark.parametrize(
    ("party", "airfield", "limit_km", "verdict", "on_land"),
    [
        ("BGR", "LBSF", 231.0, Verdict.OK, Verdict.OK),
        ("DEU", "ETNW", 420.0, Verdict.OK, Verdict.OK),
        ("GBR", "EGQL", 402.5, Verdict.OK, Verdict.OK),
        ("CZE", "LKPR", 210.0, Verdict.BREACH, Verdict.BREACH),
        ("POL", "EPWA", 490.0, Verdict.BREACH, Verdict.BREACH),
        ("ITA", "LICJ", 490.0, Verdict.BREACH, Verdict.BREACH),
        ("DNK", "EKVL", 280.0, Verdict.BREACH, Verdict.CANNOT_TELL),
        ("ESP", "LEVC", 455.0, Verdict.BREACH, Verdict.OK),
    ],
)
def test_mainlands_under_the_distances_of_the_text(
    un: BorderView, party: str, airfield: str, limit_km: float, verdict: Verdict, on_land: Verdict
) -> None:
    """Under the distances of 1992 some mainlands are in reach, some are not, and some only but for their waters."""
    row = row_of(reach(un, BEGINNING, party), "mainland")
    assert row.worst is not None
    assert row.on_land is not None
    assert row.finding.provision == "OS:E.5(A)"
    assert row.worst.airfield.ident == airfield
    assert row.worst.limit_km == pytest.approx(limit_km)
    assert (row.finding.verdict, row.on_land.verdict) == (verdict, on_land)
    assert row.worst.ratio == pytest.approx(row.worst.distance_km / row.worst.limit_km)
    assert row.finding.margin == pytest.approx(limit_km - row.worst.distance_km)


@pytest.mark.parametrize(
    ("party", "portion", "provision", "verdict"),
    [
        ("DNK", "Bornholm", "OS:E.5(B)(1)", Verdict.OK),
        ("FRA", "Corsica", "OS:E.5(B)", Verdict.BREACH),
        ("NOR", "Hopen", "OS:E.5(B)", Verdict.BREACH),
        ("DNK", "Greenland", "OS:E.5(B)(2)", Verdict.OK),
        ("DNK", "Faroe Islands", "OS:E.5(B)(2)", Verdict.OK),
        ("NOR", "Svalbard", "OS:E.5(B)(2)", Verdict.CANNOT_TELL),
        ("GBR", "Shetland Islands", "OS:E.5(B)(3)", Verdict.OK),
        ("GRC", "Crete", "OS:E.5(B)(3)", Verdict.OK),
    ],
)
def test_portions_by_the_subparagraph_that_applies(
    un: BorderView, party: str, portion: str, provision: str, verdict: Verdict
) -> None:
    """In reach, separated by more than 600 km, with a distance of its own, or none of these: each has its rule."""
    finding = row_of(reach(un, BEGINNING, party), portion).finding
    assert (finding.provision, finding.verdict) == (provision, verdict)
    assert bool(finding.needs) == (verdict is Verdict.CANNOT_TELL)
    modality = {"OS:E.5(B)(1)": "may", "OS:E.5(B)(2)": "must", "OS:E.5(B)(3)": "may"}.get(provision)
    assert (finding.effect.modality if finding.effect else None) == modality
    assert {value.key for value in finding.values} >= {"reach_share", "maximum_flight_distance"}


@pytest.mark.parametrize(
    ("party", "parts", "whole"),
    [
        ("PRT", Verdict.CANNOT_TELL, Verdict.CANNOT_TELL),
        ("FRA", Verdict.BREACH, Verdict.BREACH),
        ("BGR", None, Verdict.OK),
        ("GRC", Verdict.OK, Verdict.BREACH),
    ],
)
def test_a_party_as_a_whole(un: BorderView, party: str, parts: Verdict | None, whole: Verdict) -> None:
    """The separated portions together and the whole territory have a finding each, the gravest of theirs."""
    found = {finding.provision: finding.verdict for finding in reach(un, BEGINNING, party).by_party()[party]}
    assert found == ({"OS:E.5": whole} if parts is None else {"OS:E.5(B)": parts, "OS:E.5": whole})

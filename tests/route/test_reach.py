"""Reach against brute force, the law of several days, and the four ways of Annex E, paragraph 5."""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from skywitness.core.errors import InputError, NotInForceError
from skywitness.core.finding import Verdict
from skywitness.geo.borders import load_view
from skywitness.geo.view import BorderView
from skywitness.law.instrument import load
from skywitness.route.exports import reach_map
from skywitness.route.exports.reach_map import BROKEN, EXCUSED, KEPT, MARKS, mark_of
from skywitness.route.reach.airfields import fields_of
from skywitness.route.reach.model import Row
from skywitness.route.reach.reach import Reach, reach
from skywitness.route.rules.law_desk import LawDesk

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.reach import brute_force
from tests.geo.waters_cases import distance_km, island, world

BEGINNING = dt.date(2002, 1, 1)


@pytest.fixture(scope="module")
def un() -> BorderView:
    """The default view."""
    return load_view("un")


def row_of(found: Reach, portion: str, **assumed: float) -> Row:
    """Pick the row of a portion, under an assumption where there are several."""
    rows = [row for row in found.rows if row.case.portion.name == portion]
    chosen = [row for row in rows if all(km in row.assumed.get(ident, (km,)) for ident, km in assumed.items())]
    assert len(chosen) == 1
    return chosen[0]


@pytest.mark.parametrize(
    ("party", "portion"),
    [
        ("POL", "mainland"),
        ("ITA", "Sardinia"),
        ("DNK", "Bornholm"),
        ("FRA", "Corsica"),
    ],
)
def test_reach_agrees_with_brute_force(un: BorderView, party: str, portion: str) -> None:
    """No grid point is worse than the point found, and the worst of the grid is within 1 km of it in distance."""
    row = row_of(reach(un, BEGINNING, party), portion)
    worst = row.worst
    assert worst is not None
    fields = fields_of(LawDesk(load("open-skies"), BEGINNING), party)
    ranges = [0.35 * field.plain.number for field in fields]
    ratio = brute_force(un, row.case.portion.pieces, [field.position for field in fields], ranges, 22.224)
    assert (ratio - worst.ratio) * worst.limit_km <= 0.06
    assert (worst.ratio - ratio) * worst.limit_km <= 1.0


def test_brute_force_agrees_across_180_degrees(un: BorderView) -> None:
    """Wrangel Island lies on both sides of 180 degrees; its waters are searched as anywhere."""
    row = row_of(reach(un, BEGINNING, "RUS"), "Wrangel Island")
    assert row.worst is not None
    fields = fields_of(LawDesk(load("open-skies"), BEGINNING), "RUS")
    ranges = [0.35 * field.plain.number for field in fields]
    ratio = brute_force(un, row.case.portion.pieces, [field.position for field in fields], ranges, 22.224)
    assert -0.06 <= (row.worst.ratio - ratio) * row.worst.limit_km <= 1.0


# -- the law of the day --


def test_greenland_is_measured_from_its_refuelling_airfield(un: BorderView) -> None:
    """A distance that Annex A has for a portion alone counts from the site that lies there."""
    worst = row_of(reach(un, BEGINNING, "DNK"), "Greenland").worst
    assert worst is not None
    assert (worst.airfield.ident, worst.maximum_km) == ("BGSF", 5600.0)
    assert distance_km(*worst.airfield.position, worst.lon, worst.lat) == pytest.approx(worst.distance_km, abs=1e-3)


def test_the_nearest_airfield_need_not_decide(un: BorderView) -> None:
    """At the south end of Russia's Far East Ulan-Ude is nearer, but Magadan, with a longer distance, decides."""
    worst = row_of(reach(un, BEGINNING, "RUS"), "mainland").worst
    assert worst is not None
    assert (worst.airfield.ident, worst.nearest.ident) == ("UHMM", "UIUU")
    assert worst.nearest_km < worst.distance_km


def test_an_open_distance_gives_a_row_for_each_candidate(un: BorderView) -> None:
    """In 2005 Kubinka's distance is 5,000 or 5,500 km: Kaliningrad has two rows, Kolguyev, far from there, one."""
    found = reach(un, dt.date(2005, 6, 1), "RUS")
    limits = {km: row_of(found, "Kaliningrad", UUMB=km).worst for km in (5000.0, 5500.0)}
    assert {km: worst.limit_km for km, worst in limits.items() if worst} == {
        5000.0: pytest.approx(1750.0),
        5500.0: pytest.approx(1925.0),
    }
    assert row_of(found, "Kolguyev").assumed == {}


def test_an_airfield_without_a_known_distance_leaves_it_open(un: BorderView) -> None:
    """In 2019 Khabarovsk serves with a distance nobody knows: Russia's mainland cannot be told, Kaliningrad can."""
    found = reach(un, dt.date(2019, 9, 12), "RUS")
    mainland = row_of(found, "mainland")
    assert mainland.finding.verdict is Verdict.CANNOT_TELL
    assert mainland.case.unmeasured == ("UHHH", "UNNT")
    assert "UHHH" in str(mainland.finding.needs[0])
    assert row_of(found, "Kaliningrad").finding.verdict is Verdict.OK


def test_a_party_without_any_airfield_known(un: BorderView) -> None:
    """Belarus alone has no airfield that is known: nothing can be told, and no figure is made up."""
    (row,) = reach(un, dt.date(2022, 6, 1), "BLR").rows
    assert (row.worst, row.finding.verdict) == (None, Verdict.CANNOT_TELL)
    written = row.to_json()
    assert written["airfield"] is None
    assert written["farthest"] is None


def test_group_and_deemed_party(un: BorderView) -> None:
    """Members of the group have its airfields; Benelux is one Party, whoever of it is asked for."""
    group = reach(un, dt.date(2010, 1, 1), "BLR-RUS")
    assert {row.case.party for row in group.rows} == {"BLR", "RUS"}
    belarus = next(row for row in group.rows if row.case.party == "BLR").worst
    assert belarus is not None
    assert belarus.airfield.ident == "UUMB"
    one, other = (reach(un, BEGINNING, code) for code in ("NLD", "BENELUX"))
    assert [row.to_json() for row in one.rows] == [row.to_json() for row in other.rows]
    assert one.rows[0].case.party == "BENELUX"


def test_views_differ_where_territory_does(un: BorderView) -> None:
    """Ukraine's worst point depends on whose Crimea is."""
    as_drawn = load_view("natural_earth")
    one, other = (row_of(reach(view, BEGINNING, "UKR"), "mainland").worst for view in (un, as_drawn))
    assert one is not None
    assert other is not None
    assert one.distance_km - other.distance_km > 10.0


def test_the_same_question_has_the_same_answer(un: BorderView) -> None:
    """What is kept in memory does not change the answer."""
    assert reach(un, BEGINNING, "FRA").to_json() == reach(un, BEGINNING, "FRA").to_json()


def test_the_mainland_of_greece_ends_in_the_waters_of_symi(un: BorderView) -> None:
    """Next to Rhodes, a portion of its own, lies Symi, which waters join to the mainland: finding and JSON say so."""
    row = row_of(reach(un, BEGINNING, "GRC"), "mainland")
    assert row.worst is not None
    assert row.worst.beside is not None
    assert "nearest to it is Symi, 10.9 km away" in str(row.finding.why)
    written = row.to_json()
    assert written["joined_land"]["name"] == "Symi"
    assert written["on_land"]["joined_land"] == {**written["joined_land"], "km": 0.0}
    assert written["pieces_of_land"] == 65
    assert {"Symi", "Euboea", "Cyclades"} <= set(written["includes"])
    assert row_of(reach(un, BEGINNING, "BGR"), "mainland").to_json()["joined_land"] is None


def test_what_an_exception_allows_is_marked_apart_from_what_is_in_reach(un: BorderView) -> None:
    """Crete lies farther than the share, which (B)(3) allows: it has no mark of a place in reach on the map."""
    found = reach(un, BEGINNING, "GRC")
    marks = {row.case.portion.name: mark_of(row) for row in found.rows}
    assert marks["mainland"] is BROKEN
    assert marks["Crete"] is marks["Rhodes"] is EXCUSED
    assert marks["Lemnos"] is KEPT
    assert len({mark.sign for mark in MARKS}) == len({mark.colour for mark in MARKS}) == len(MARKS)
    drawn = reach_map.draw(found, svg=True).decode("utf-8")
    assert EXCUSED.colour.lower() in drawn.lower()
    without = replace(found, rows=tuple(row for row in found.rows if not row.is_excused))
    assert EXCUSED.colour.lower() not in reach_map.draw(without, svg=True).decode("utf-8").lower()


def test_rows_as_json(un: BorderView) -> None:
    """Rows have the fields that scripts rely on, and JSON can hold them."""
    written = json.loads(json.dumps(reach(un, BEGINNING, "PRT").to_json(), allow_nan=False))
    assert (written["at"], written["view"]) == ("2002-01-01", "un")
    for row in written["rows"]:
        assert {"party", "portion", "separation_km", "farthest", "airfield"} <= set(row)
        assert {"distance_km", "limit_km", "ratio", "verdict"} <= set(row)
        assert set(row["farthest"]) == {"lon", "lat"}
        assert row["ratio"] == pytest.approx(row["distance_km"] / row["limit_km"], abs=1e-4)
    assert written["rows"][0]["portion"] == "mainland"


@pytest.mark.parametrize(
    ("day", "party", "kind"),
    [
        ("1999-01-01", None, "not_in_force"),
        ("2022-01-01", "RUS", "not_a_party"),
        ("2010-01-01", "GER", "unknown_party"),
    ],
)
def test_what_is_refused(un: BorderView, day: str, party: str | None, kind: str) -> None:
    """Before the Treaty, and for those who are no Party, there is no answer."""
    with pytest.raises((InputError, NotInForceError)) as refusal:
        reach(un, dt.date.fromisoformat(day), party)
    assert refusal.value.kind == kind


def test_a_border_is_as_uncertain_as_its_worse_side() -> None:
    """The worst placed point lies at the border with a State whose lines are known less well: its band counts."""
    lands = {
        "LUX": island(6.0, 49.5, 6.5, 50.0),
        "BEL": island(3.0, 50.0, 6.0, 51.5),
        "NLD": island(4.0, 51.5, 7.0, 53.0),
        "DEU": island(7.0, 51.0, 12.0, 54.0),
    }
    for band_km, least in ((0.1, 0.1), (3.0, 3.0)):
        view = replace(world(**lands), bands_km=MappingProxyType({"DEU": band_km}), rest_km=0.1)
        worst = row_of(reach(view, BEGINNING, "BENELUX"), "mainland").worst
        assert worst is not None
        assert worst.uncertainty_km >= least
        assert (worst.uncertainty_km < 1.0) == (band_km < 1.0)
        assert worst.least_ratio < worst.ratio < worst.most_ratio

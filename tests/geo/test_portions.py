"""Portions of territories, and how far they are separated."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import shapely

from skywitness.geo import features
from skywitness.geo.coast import coast_of
from skywitness.geo.gaps import gap_between
from skywitness.geo.portions import Portion, portions_of, position_name
from skywitness.geo.territory import areas_of
from skywitness.geo.view import BorderView

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.geo.waters_cases import GEOD, island, world


def by_name(view: BorderView, *codes: str) -> dict[str, Portion]:
    """List the portions of a territory by name."""
    return {portion.name: portion for portion in portions_of(view, codes)}


@pytest.mark.parametrize(
    ("code", "name", "km"),
    [
        ("RUS", "Kaliningrad", 364.4),
        ("NOR", "Svalbard", 655.6),
        ("NOR", "Hopen", 588.6),
        ("NOR", "Bear Island", 404.0),
        ("DNK", "Bornholm", 135.1),
        ("DNK", "Faroe Islands", 988.9),
        ("PRT", "Madeira", 793.7),
        ("ESP", "Canary Islands", 1035.8),
        ("USA", "Hawaii", 3674.4),
        ("GBR", "Shetland Islands", 48.4),
    ],
)
def test_portions_and_their_separation(un: BorderView, code: str, name: str, km: float) -> None:
    """Portions lie as far from the mainland as measured once; the 600 km part Hopen from Svalbard."""
    separation = by_name(un, code)[name].separation
    assert separation is not None
    assert separation.km == pytest.approx(km, abs=0.1)


def test_separation_agrees_with_all_pairs_of_vertices(un: BorderView) -> None:
    """From Gotland and Kaliningrad every vertex was measured to every vertex of the mainland: nothing is nearer."""
    coast = coast_of(un)
    for code, name in (("SWE", "Gotland"), ("RUS", "Kaliningrad")):
        here, main = (by_name(un, code)[which] for which in (name, "mainland"))
        one, two = (shapely.get_coordinates(coast.polygons[list(portion.pieces)]) for portion in (here, main))
        assert here.separation is not None
        two = two[np.abs(two[:, 0] - here.lon) < 12.0]
        first, second = (grid.ravel() for grid in np.meshgrid(np.arange(len(one)), np.arange(len(two))))
        least = float(GEOD.inv(*one[first].T, *two[second].T)[2].min()) / 1000.0
        assert here.separation.km <= least + 1e-3
        assert here.separation.km == pytest.approx(least, abs=1.5)


def test_the_mainland_is_of_the_state_itself(un: BorderView) -> None:
    """Denmark's mainland is Jutland with Zealand, not Greenland; Benelux has one mainland of three States."""
    denmark = portions_of(un, ["DNK"])[0]
    assert denmark.is_mainland
    assert [denmark.lon, denmark.lat] == pytest.approx([9.2, 56.2], abs=0.5)
    benelux = portions_of(un, ["BEL", "LUX", "NLD"])[0]
    assert {coast_of(un).areas[piece] for piece in benelux.pieces} == {"BEL", "LUX", "NLD"}


def test_coastal_islands_belong_to_the_mainland(un: BorderView) -> None:
    """Where waters meet there is one portion: Sicily, Åland, Sakhalin, and both sides of the Bosporus."""
    for code, name in (("ITA", "Sicily"), ("FIN", "Åland"), ("RUS", "Sakhalin"), ("TUR", "Eastern Thrace")):
        assert name in portions_of(un, [code])[0].includes


def test_what_annex_a_names_is_a_portion(un: BorderView) -> None:
    """Islands with distances of their own in Annex A are portions though their waters meet the mainland's."""
    named = {
        "DNK": {"Greenland", "Faroe Islands"},
        "GBR": {"Scilly Islands", "Shetland Islands"},
        "GRC": {"Crete", "Karpathos", "Rhodes", "Kos"},
    }
    for code, names in named.items():
        assert {name for name, portion in by_name(un, code).items() if portion.in_annex_a} == names


def test_crimea_is_whose_the_view_says(un: BorderView, as_drawn: BorderView) -> None:
    """In the one view Crimea is within Ukraine's mainland; as drawn it is joined to Russia's across the strait."""
    assert "Crimea" in portions_of(as_drawn, ["RUS"])[0].includes
    assert not any("Crimea" in (portion.name, *portion.includes) for portion in portions_of(un, ["RUS"]))
    coast = coast_of(un)
    ukraine = portions_of(un, ["UKR"])[0]
    assert shapely.intersects_xy(coast.polygons[list(ukraine.pieces)], 34.10, 44.95).any()


def test_no_name_joins_what_lies_on_both_sides_of_600_km(un: BorderView) -> None:
    """A portion nearer than 600 km has no part that is farther: the limit of Annex E would otherwise be blurred."""
    coast = coast_of(un)
    for code in ("RUS", "NOR", "DNK", "PRT", "CAN"):
        main = np.array(portions_of(un, [code])[0].pieces)
        near = [p for p in portions_of(un, [code])[1:] if p.separation is not None and p.separation.km < 600.0]
        for portion in near:
            gaps = (gap_between(coast, np.array([piece]), main) for piece in portion.pieces)
            assert all(gap is not None and gap.km < 600.0 for gap in gaps)


def test_every_piece_is_in_one_portion(un: BorderView) -> None:
    """Portions leave nothing out and share nothing."""
    for code in ("GRC", "GBR", "FRA"):
        found = [piece for portion in portions_of(un, [code]) for piece in portion.pieces]
        assert len(found) == len(set(found))
        assert sum(len(un.lands[area].geoms) for area in areas_of(un, [code])) == len(found)


def test_waters_join_islands_and_foreign_land_parts_them() -> None:
    """Islands 40 km apart are one portion, 50 km apart two; an island of another State between them parts them."""
    step = 40.0 / 111.19492664
    near = world(AAA=shapely.union_all([island(0, 0, 1, 1), island(0, 1 + step, 0.2, 1.2 + step)]))
    assert len(portions_of(near, ["AAA"])) == 1
    far = world(AAA=shapely.union_all([island(0, 0, 1, 1), island(0, 1 + 1.25 * step, 0.2, 1.2 + 1.25 * step)]))
    assert [portion.is_mainland for portion in portions_of(far, ["AAA"])] == [True, False]
    between = island(-1.0, 1 + 0.4 * step, 1.0, 1 + 0.6 * step)
    parted = world(AAA=near.lands["AAA"], BBB=between)
    assert len(portions_of(parted, ["AAA"])) == 2


def test_a_mainland_that_is_cut_at_180_degrees_is_one() -> None:
    """The cut of the file is no sea."""
    view = world(AAA=island(175.0, 60.0, 185.0, 62.0))
    assert len(portions_of(view, ["AAA"])) == 1
    assert len(portions_of(view, ["AAA"])[0].pieces) == 2


def test_nameless_portions_are_named_by_position(un: BorderView) -> None:
    """A portion that people have no name for here has its position as a name, in any language."""
    nameless = [portion for portion in portions_of(un, ["RUS"]) if not portion.named]
    assert nameless
    assert all(portion.name == position_name(portion.lon, portion.lat) == str(portion.words) for portion in nameless)


def test_the_table_of_names_is_whole() -> None:
    """Every name has one in Vietnamese and something to be found by; no State has one twice."""
    rows = features.read_table("portions.toml")["portion"]
    assert all(row["names"]["vi"] and (row.get("area") or row.get("places")) for row in rows)
    assert len({(row["state"], row["name"]) for row in rows}) == len(rows)

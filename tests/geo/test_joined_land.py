"""Land that belongs to a mainland through waters alone, and the names for it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from skywitness.geo.borders import load_view
from skywitness.geo.coast import coast_of, distances_km
from skywitness.geo.joined_land import joined_land
from skywitness.geo.portions import Portion, portions_of
from skywitness.geo.view import BorderView

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.geo.waters_cases import distance_km, island, world


@pytest.fixture(scope="module")
def un() -> BorderView:
    """The default view."""
    return load_view("un")


def mainland(view: BorderView, code: str) -> Portion:
    """Find the mainland of a State."""
    return portions_of(view, [code])[0]


def test_a_position_in_the_waters_of_an_island_of_the_mainland_is_told() -> None:
    """An island 0.2 degrees off belongs to the mainland; east of it the land told is the island, west of it none."""
    coasts = island(10.0, 50.0, 11.0, 51.0).union(island(11.2, 50.4, 11.3, 50.5))
    view = world(AAA=coasts)
    whole = mainland(view, "AAA")
    assert len(whole.pieces) == 2
    found = joined_land(view, whole, 11.4, 50.45)
    assert found is not None
    assert (found.lon, found.lat) == pytest.approx((11.25, 50.45), abs=0.06)
    assert found.km == pytest.approx(distance_km(11.4, 50.45, 11.3, 50.45), abs=0.01)
    assert str(found.words) == "50.45N 11.25E"
    on_it = joined_land(view, whole, 11.25, 50.45)
    assert on_it is not None
    assert on_it.km == 0.0
    assert joined_land(view, whole, 9.9, 50.5) is None
    assert joined_land(view, whole, 10.5, 50.5) is None


def test_land_beyond_180_degrees_is_not_joined_by_waters() -> None:
    """A mainland that the file cuts at 180 degrees is one piece of land."""
    view = world(AAA=island(175.0, 60.0, 185.0, 62.0))
    whole = mainland(view, "AAA")
    assert len(whole.pieces) == 2
    assert joined_land(view, whole, -174.9, 61.0) is None
    assert joined_land(view, whole, 174.9, 61.0) is None


def test_the_waters_north_of_rhodes_are_those_of_symi(un: BorderView) -> None:
    """The worst placed point of Greece's mainland is as near to Symi as to Rhodes, which is a portion of its own."""
    lon, lat = 27.955, 36.4663
    found = joined_land(un, mainland(un, "GRC"), lon, lat)
    assert found is not None
    assert found.name == "Symi"
    rhodes = next(one for one in portions_of(un, ["GRC"]) if one.name == "Rhodes")
    coast = coast_of(un)
    mine = np.isin(np.arange(len(coast.areas)), rhodes.pieces)
    assert distances_km(coast, mine, [lon], [lat])[0][0] >= found.km - 0.01


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("GRC", {"Euboea", "Cyclades", "Ionian Islands", "Symi", "Tilos", "Samos"}),
        ("RUS", {"Sakhalin", "Vaygach", "Bely Island", "Paramushir and Shumshu"}),
        ("CAN", {"Ellesmere Island", "Vancouver Island", "Victoria Island"}),
        ("DNK", {"Zealand", "Funen"}),
        ("EST", {"Saaremaa", "Hiiumaa"}),
    ],
)
def test_what_waters_join_to_a_mainland_is_named(un: BorderView, code: str, names: set[str]) -> None:
    """The large islands that count as mainland are named as part of it."""
    assert names <= set(mainland(un, code).includes)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (
            "RUS",
            {
                "Arctic Institute and Izvesti TSIK Islands",
                "Franz Josef Land",
                "New Siberian Islands",
                "Novaya Zemlya",
                "Peschany Island",
                "Sergei Kirov Islands",
                "Severnaya Zemlya",
                "Sverdrup Island",
                "Ushakov Island",
                "Vize Island",
                "Wrangel Island",
            },
        ),
        ("CAN", {"Coats Island", "Mansel Island", "Akpatok Island", "Lougheed Island", "Ottawa Islands"}),
        ("ESP", {"Alhucemas Islands", "Chafarinas Islands", "Perejil", "Peñón de Vélez de la Gomera"}),
        ("USA", {"Point Roberts", "San Nicolas Island"}),
    ],
)
def test_portions_that_people_know_have_their_names(un: BorderView, code: str, names: set[str]) -> None:
    """No portion larger than 25 square kilometres is told by its position alone."""
    portions = portions_of(un, [code])
    assert names <= {portion.name for portion in portions}
    assert len([portion for portion in portions if not portion.named]) == (1 if code == "RUS" else 0)

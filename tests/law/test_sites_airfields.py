"""The real airfields of a State: units, repaired positions, missing ones."""

from __future__ import annotations

import airportsdata
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from skywitness.core.errors import InputError
from skywitness.law.airfields import COUNTRIES, PACKED, airfields_in, unpacked
from skywitness.law.instrument import load
from skywitness.law.sites import site, sites

GEOD = Geod(ellps="WGS84")
TABLE = airportsdata.load("ICAO")


@pytest.mark.parametrize("code", ["RUS", "DEU", "BENELUX", "BLR-RUS", "DNK", "USA"])
def test_airfields_are_sorted_unique_and_have_icao_codes(code: str) -> None:
    """The list is in the order of the codes, each once, four capital letters each, the same every time."""
    found = airfields_in(code)
    codes = [airfield.icao for airfield in found]
    assert codes == sorted(set(codes))
    assert all(len(icao) == 4 and icao.isascii() and icao.isalpha() and icao.isupper() for icao in codes)
    assert found == airfields_in(code)
    assert all(-180 <= airfield.lon <= 180 and -90 <= airfield.lat <= 90 for airfield in found)


def test_unions_are_unions() -> None:
    """A group's airfields are those of its members, Benelux' those of the three States."""
    groups = load().groups
    assert set(groups) >= {"BLR-RUS", "BENELUX"}
    for code, group in groups.items():
        assert airfields_in(code) == sorted(field for member in group.members for field in airfields_in(member))


def test_elevations_are_metres() -> None:
    """The table has feet: Munich is 453 m up, not 1,487."""
    munich = next(airfield for airfield in airfields_in("DEU") if airfield.icao == "EDDM")
    assert munich.elevation_m == pytest.approx(453, abs=2)


def test_kubinka_is_added_and_closed_airfields_are_not() -> None:
    """What the table lacks comes from the Treaty's sites, unless no runway is in use there."""
    assert "UUMB" not in TABLE
    kubinka = next(airfield for airfield in airfields_in("RUS") if airfield.icao == "UUMB")
    assert (kubinka.lon, kubinka.lat) == site("UUMB").position
    closed = {place.id for place in sites() if place.closed_year}
    assert closed == {"KGFA", "EKVL"}
    assert not closed & {airfield.icao for code in ("USA", "DNK") for airfield in airfields_in(code)}


def test_greenland_and_the_faroes_are_denmarks() -> None:
    """The Treaty gives Denmark distances for both, so their airfields are on its list."""
    assert {"BGSF", "EKVG", "EKCH"} <= {airfield.icao for airfield in airfields_in("DNK")}


@pytest.mark.parametrize(
    ("icao", "lon", "lat"),
    [
        ("EBBR", 4.4858, 50.9022),  # Annex E prints it so
        ("EBAW", 4.4603, 51.1894),
        ("EBLG", 5.4432, 50.6374),
        ("ELLX", 6.2044, 49.6233),
        ("EBBT", 4.5044, 51.3408),  # looks packed and is not
    ],
)
def test_belgian_positions_are_repaired(icao: str, lon: float, lat: float) -> None:
    """Brussels stands where the Treaty has it, and the others within 1.5 km of where they are known to be."""
    found = next(airfield for airfield in airfields_in("BENELUX") if airfield.icao == icao)
    assert GEOD.inv(found.lon, found.lat, lon, lat)[2] < 1500


def test_repairs_still_fit_the_table() -> None:
    """Each row to be repaired still stands in the table as it was when it was found."""
    assert {icao: (TABLE[icao]["lat"], TABLE[icao]["lon"]) for icao in PACKED} == PACKED


@given(degrees=st.integers(0, 179), minutes=st.integers(0, 59), seconds=st.integers(0, 59), south=st.booleans())
def test_unpacking_undoes_packing(degrees: int, minutes: int, seconds: int, south: bool) -> None:
    """Degrees, minutes and seconds run together come apart again, on either side of zero."""
    packed = degrees + minutes / 100 + seconds / 10000
    expected = degrees + minutes / 60 + seconds / 3600
    assert unpacked(-packed if south else packed) == pytest.approx(-expected if south else expected, abs=1e-9)


@pytest.mark.parametrize("code", ["", "XXX", "RU", "rus", "BLR RUS", "../etc"])
def test_an_unknown_state_is_refused(code: str) -> None:
    """Only codes of States, groups and Benelux are known, in capitals."""
    with pytest.raises(InputError) as caught:
        airfields_in(code)
    assert caught.value.kind == "unknown_state"


def test_every_state_with_a_site_is_known() -> None:
    """Each State of the regime can be asked for."""
    assert {place.party for place in sites()} <= set(COUNTRIES)
    assert all(airfields_in(code) for code in ("KGZ", "GEO", "MLT", "ISL"))

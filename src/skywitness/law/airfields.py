"""The real airfields of a State, from the public table ``airportsdata``: places a planner may be asked to observe.

The table is a list of the world's airfields, not law: which airfields the regime uses stands in
:mod:`skywitness.law.sites`.  Three things are put right here: elevations are in feet there, some positions are degrees,
minutes and seconds written as a decimal number, and a few airfields of the Treaty are missing.  Which State an airfield
is in is the table's own view (Crimea is under Ukraine there), not this program's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.core.units import FOOT_M
from skywitness.law.instrument import load
from skywitness.law.sites import sites

_CODES: Final = """
ALB:AL AND:AD ARM:AM AUT:AT AZE:AZ BEL:BE BGR:BG BIH:BA BLR:BY CAN:CA CHE:CH CYP:CY CZE:CZ DEU:DE DNK:DK+FO+GL ESP:ES
EST:EE FIN:FI+AX FRA:FR GBR:GB GEO:GE GRC:GR HRV:HR HUN:HU IRL:IE ISL:IS ITA:IT KAZ:KZ KGZ:KG LIE:LI LTU:LT LUX:LU
LVA:LV MCO:MC MDA:MD MKD:MK MLT:MT MNE:ME MNG:MN NLD:NL NOR:NO+SJ POL:PL PRT:PT ROU:RO RUS:RU SMR:SM SRB:RS SVK:SK
SVN:SI SWE:SE TJK:TJ TKM:TM TUR:TR UKR:UA USA:US UZB:UZ VAT:VA
"""

COUNTRIES: Final = {pair[:3]: tuple(pair[4:].split("+")) for pair in _CODES.split()}
"""States taking part in the OSCE, alpha-3, and the country codes of the table that are theirs.

Denmark has the Faroes and Greenland, which the Treaty names; Finland Åland and Norway Svalbard.  Territories far from
Europe that the Treaty does not name (French, British, Dutch and American ones overseas) are left out.
"""

PACKED: Final = {
    "EBAW": (51.1122, 4.2737), "EBBE": (50.4528, 4.4601), "EBBL": (51.1006, 5.2812), "EBBR": (50.5405, 4.2904),
    "EBBX": (49.533, 5.1326), "EBCI": (50.2736, 4.271), "EBCV": (50.3433, 3.4952), "EBDT": (51.0005, 5.0345),
    "EBFN": (51.0525, 2.391), "EBFS": (50.1436, 4.3845), "EBKT": (50.4907, 3.1233), "EBLG": (50.3811, 5.2634),
    "EBMB": (50.5405, 4.2904), "EBOS": (51.1156, 2.5144), "EBSU": (50.0203, 5.2624), "EBUL": (51.0839, 3.2832),
    "EBWE": (51.2339, 4.5733), "ELLX": (49.3724, 6.1216),
}  # fmt: skip
"""Rows of the table whose (lat, lon) are degrees, minutes and seconds run together: 50.5405 is 50°54'05", not 50.5405°.

Found by comparing Brussels with Annex E (42 km apart).  Of the Belgian rows with four decimals 18 of 21 could be read
so, where one in eight is chance; Brasschaat (EBBT) is one that could and is right as it stands.  A row that the table
has since changed is left alone.
"""

_ICAO: Final = re.compile(r"[A-Z]{4}", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Airfield:
    """An airfield with an ICAO code: degrees on WGS 84, elevation in metres above mean sea level."""

    icao: str
    name: str
    lon: float
    lat: float
    elevation_m: float


def airfields_in(code: str) -> list[Airfield]:
    """Return every airfield with an ICAO code in a State, group or Benelux, in the order of the codes.

    Airfields of the Treaty that the table lacks are added (Kubinka); those whose runway is closed are not.

    :raises InputError: for a code that is none of ``COUNTRIES`` and no group of the Treaty.
    """
    groups = load().groups
    states = groups[code].members if code in groups else (code,)
    if unknown := [state for state in states if state not in COUNTRIES]:
        known = ", ".join([*groups, *COUNTRIES])
        message = say(
            "{code} is no State or group of the region here; codes are {known}.", code=repr(unknown[0]), known=known
        )
        raise InputError("unknown_state", message, code)
    found = [airfield for state in states for airfield in (*_of_table(state), *_missing(state))]
    return sorted(found)


def unpacked(packed_deg: float) -> float:
    """Read degrees, minutes and seconds that were run together into a decimal number.

    >>> round(unpacked(50.5405), 4)
    50.9014
    """
    whole, rest = divmod(round(abs(packed_deg) * 10000), 10000)
    value = whole + (rest // 100) / 60 + (rest % 100) / 3600
    return -value if packed_deg < 0 else value


def _of_table(state: str) -> list[Airfield]:
    return [_airfield(row) for country in COUNTRIES[state] for row in _table().get(country, ())]


def _airfield(row: dict[str, Any]) -> Airfield:
    lon, lat = float(row["lon"]), float(row["lat"])
    if PACKED.get(row["icao"]) == (lat, lon):
        lon, lat = round(unpacked(lon), 5), round(unpacked(lat), 5)
    return Airfield(row["icao"], row["name"], lon, lat, round(row["elevation"] * FOOT_M, 1))


def _missing(state: str) -> list[Airfield]:
    """Return the airfields of the Treaty that the table does not have, except those without a runway in use."""
    have = {row["icao"] for country in COUNTRIES[state] for row in _table().get(country, ())}
    return [
        Airfield(site.icao, site.name, *site.position, site.elevation_m)
        for site in sites(party=state)
        if site.icao and site.icao not in have and site.closed_year is None and site.elevation_m is not None
    ]


@cache
def _table() -> dict[str, list[dict[str, Any]]]:
    """Group the rows with an ICAO code by country; loading the table takes half a second, so it is done once."""
    import airportsdata

    by_country: dict[str, list[dict[str, Any]]] = {}
    for code, row in airportsdata.load("ICAO").items():
        if _ICAO.fullmatch(code):
            by_country.setdefault(row["country"], []).append(dict(row))
    return by_country

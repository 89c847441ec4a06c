"""Type designators of aircraft that have flown under the Treaty (ICAO Doc 8643), found by the name a plan gives."""

from __future__ import annotations

import re

DESIGNATORS = {
    "AN24": "AN24",
    "AN26": "AN26",
    "AN30": "AN30",
    "TU154": "T154",
    "TU214": "T204",  # Doc 8643 lists the Tu-214 with the Tu-204
    "TU204": "T204",
    "IL20": "IL18",
    "C130": "C130",
    "CN235": "CN35",
    "SAAB340": "SF34",
    "A319": "A319",
    "C160": "C160",
    "OC135": "C135",
    "WC135": "C135",
}
"""By the letters and digits of the common name, without hyphens and blanks."""

HEAVY_KG = 136_000.0
LIGHT_KG = 7_000.0
"""Bounds of the wake turbulence categories: light up to 7 t, heavy from 136 t (Doc 4444, section 4.9)."""

_WAKES = {"C135": "H"}
"""Wake categories of the types above; all others are medium."""


def designator(*names: str) -> str | None:
    """Find the ICAO type designator in an aircraft's names; ``None`` when none of them is known.

    >>> designator("An-30B"), designator("OC-135B Open Skies"), designator("nominal jet")
    ('AN30', 'C135', None)
    """
    for name in names:
        plain = re.sub("[^A-Z0-9]", "", name.upper())
        for known, code in DESIGNATORS.items():
            # Never inside a longer name or number: no AN30 in AN300 or in JAN30.
            if re.search(f"(?<![A-Z]){known}(?![0-9])", plain):
                return code
    return None


def wake(type_designator: str | None, max_takeoff_mass_kg: float | None) -> str | None:
    """Give the wake turbulence category (L, M, H) by mass, else by type; ``None`` when neither is known."""
    if max_takeoff_mass_kg is not None:
        if max_takeoff_mass_kg <= LIGHT_KG:
            return "L"
        return "H" if max_takeoff_mass_kg >= HEAVY_KG else "M"
    return _WAKES.get(type_designator, "M") if type_designator else None

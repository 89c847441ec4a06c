"""Type designators of aircraft that have flown under the Treaty (ICAO Doc 8643), found by the name a plan gives."""

from __future__ import annotations

import re

DESIGNATORS = {
    ("AN", "24"): "AN24",
    ("AN", "26"): "AN26",
    ("AN", "30"): "AN30",
    ("TU", "154"): "T154",
    ("TU", "204"): "T204",
    ("TU", "214"): "T204",  # Doc 8643 lists the Tu-214 with the Tu-204
    ("IL", "20"): "IL18",
    ("C", "130"): "C130",
    ("C", "160"): "C160",
    ("CN", "235"): "CN35",
    ("SAAB", "340"): "SF34",
    ("A", "319"): "A319",
    ("OC", "135"): "C135",
    ("WC", "135"): "C135",
}
"""By the letters and the number of the common name."""

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
        for (letters, number), code in DESIGNATORS.items():
            # Never inside a longer name or number: no AN30 in AN300 or in JAN30.
            if re.search(rf"(?<![A-Z0-9]){letters}[-\s]?{number}(?![0-9])", name.upper()):
                return code
    return None


def wake(type_designator: str | None, max_takeoff_mass_kg: float | None) -> str | None:
    """Give the wake turbulence category (L, M, H) by mass, else by type; ``None`` when neither is known."""
    if max_takeoff_mass_kg is not None:
        if max_takeoff_mass_kg <= LIGHT_KG:
            return "L"
        return "H" if max_takeoff_mass_kg >= HEAVY_KG else "M"
    return _WAKES.get(type_designator, "M") if type_designator else None

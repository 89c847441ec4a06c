"""Positions as Annex E prints them: ``N 55-36-30 E 036-39-10``.

Read here is what was printed, even where it is impossible; :mod:`skywitness.core.position` reads what people write
today and refuses such figures.  Some lists print minutes and *hundredths* of a minute where seconds belong (all of the
United Kingdom's: with seconds over 59, and 0.1 km from the airfields when read so).
"""

from __future__ import annotations

import re
from typing import Final

_PRINTED: Final = re.compile(r"([NS]) (\d{1,2})-(\d{1,2})-(\d{2}) ([EWN]) (\d{2,3})-(\d{2})-?(\d{2})", re.ASCII)


def printed_position(text: str, hundredths: bool = False) -> tuple[float, float]:
    """Read printed figures as (lon, lat) in degrees; the last two digits are seconds, or hundredths of a minute.

    The malformed ``E 009-2570`` is read as degrees and minutes with hundredths, a second letter N as a longitude east.

    :raises ValueError: when the figures have another shape.
    """
    match = _PRINTED.fullmatch(text)
    if match is None:
        raise ValueError(f"not a position as Annex E prints them: {text!r}")
    south_north, *north, west_east = match.groups()[:5]
    lat, lon = (_degrees(part, hundredths) for part in (north, match.groups()[5:]))
    return (-lon if west_east == "W" else lon), (-lat if south_north == "S" else lat)


def _degrees(parts: object, hundredths: bool) -> float:
    degrees, minutes, rest = (int(part) for part in parts)  # type: ignore[attr-defined]
    return float(degrees) + (minutes + rest / (100 if hundredths else 60)) / 60

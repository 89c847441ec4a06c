"""How far an observation flight from an airfield may go."""

from __future__ import annotations

import datetime as dt

from skywitness.core.dated import Outcome
from skywitness.law.instrument import Instrument, load
from skywitness.law.value import outcome_of

__all__ = ["distance_qualifiers", "maximum_flight_distance"]

_KEY = "maximum_flight_distance"


def maximum_flight_distance(
    airfield: str,
    at: dt.date,
    known: dt.date | None = None,
    qualifier: str = "",
    *,
    instrument: Instrument | None = None,
) -> Outcome:
    """Return the maximum flight distance in km from an Open Skies airfield (Art. II.11; Annex A, Section III).

    ``airfield`` is today's ICAO code.  ``qualifier`` asks for a separate distance from the same airfield (see
    :func:`distance_qualifiers`).  An airfield that was used without any source giving its distance is unsettled without
    candidates; one without any row is not in force.
    """
    source = instrument or load()
    code = source.aliases[_KEY].get(airfield, airfield)
    return outcome_of(source.of(_KEY, code), at, known, qualifier)


def distance_qualifiers(airfield: str, *, instrument: Instrument | None = None) -> tuple[str, ...]:
    """Return the names of separate distances from an airfield: ``with Shetland Islands``, ``Greenland``."""
    source = instrument or load()
    code = source.aliases[_KEY].get(airfield, airfield)
    return tuple(dict.fromkeys(row.qualifier for row in source.of(_KEY, code) if row.qualifier))

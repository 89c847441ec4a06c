"""The times, distances and numbers of the text that belong to no State, and the limits of sensors."""

from __future__ import annotations

import datetime as dt

from skywitness.core.dated import Outcome, Settled
from skywitness.law.instrument import Instrument, load
from skywitness.law.value import outcome_of, require

__all__ = ["planning_value", "sensor_value"]


def planning_value(
    key: str, at: dt.date, known: dt.date | None = None, *, instrument: Instrument | None = None
) -> Settled:
    """Return a value without a subject, such as ``planning_value("notification_before_arrival", at).number`` (hours).

    ``planning.toml`` lists the keys with their units.

    :raises InputError: for a key that does not exist.
    :raises NotInForceError: before the treaty is in force.
    """
    source = instrument or load()
    return require(outcome_of(source.of(key), at, known), key, instrument=source)


def sensor_value(
    key: str, category: str, at: dt.date, known: dt.date | None = None, *, instrument: Instrument | None = None
) -> Outcome:
    """Return a value of a sensor category: ``optical``, ``video``, ``infrared`` or ``sar`` (Art. IV)."""
    source = instrument or load()
    return outcome_of(source.of(key, category), at, known)

"""Times of the law as the engine of clocks asks for them: periods, days, and days of every year."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from skywitness.core.clock import Law, LawTime
from skywitness.core.dated import Settled
from skywitness.core.periods import UNITS
from skywitness.core.reading import Reading
from skywitness.law.forms import day_of_year
from skywitness.law.instrument import Instrument
from skywitness.law.value import outcome_of, used

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def law_times(instrument: Instrument, reading: Reading) -> Law:
    """Return the law of a reading's day: ``None`` for what is not settled then, or is no time."""

    def ask(key: str, subject: str) -> LawTime | None:
        outcome = outcome_of(instrument.of(key, subject), reading.at, reading.known)
        if not isinstance(outcome, Settled):
            return None
        value = time_of(outcome.value, outcome.unit)
        return None if value is None else LawTime(value, outcome.unit, (used(outcome, key, subject),))

    return ask


def time_of(value: object, unit: str) -> float | dt.date | tuple[int, int] | None:
    """Read a value of the law as a time: a number of some unit, a day, or a month and day of every year.

    >>> time_of("11-01", ""), time_of("1992-06-30", ""), time_of(72, "h"), time_of("consensus", "")
    ((11, 1), datetime.date(1992, 6, 30), 72.0, None)
    """
    if isinstance(value, int | float) and unit in UNITS:
        return float(value)
    if not isinstance(value, str):
        return None
    if _DAY.fullmatch(value):
        return dt.date.fromisoformat(value)
    return day_of_year(value)

"""Times of the treaties that cases run on: notices, conferences, amendments, reviews, as the law data have them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from skywitness.core.dated import Settled
from skywitness.core.periods import shifted
from skywitness.law.instrument import load
from skywitness.law.value import outcome_of

__all__ = ["Ends", "Period", "day_of", "earliest_effect", "number_of", "period_of"]


@dataclass(frozen=True, slots=True)
class Period:
    """A number of the law with its unit and the provision it stands in."""

    number: float
    unit: str
    provision: str

    def after(self, day: dt.date) -> dt.date:
        """Count from a day; months are months of the calendar, days are days.

        :raises OverflowError: beyond the calendar.
        """
        return shifted(dt.datetime.combine(day, dt.time(), dt.UTC), self.number, self.unit).date()


@dataclass(frozen=True, slots=True)
class Ends:
    """A day on which a time is over, and the provision that says so."""

    on: dt.date
    provision: str


@cache
def period_of(treaty: str, key: str) -> Period | None:
    """Return a period of an instrument by its key in the law data; ``None`` where it has none.

    The periods used here belong to no State and have one value from entry into force on; that value is taken for days
    before it as well, because notice can be given before.
    """
    law = load(treaty)
    if key not in law.keys:
        return None
    outcome = outcome_of(law.of(key), law.heading.entry_into_force.on, None)
    if not isinstance(outcome, Settled) or outcome.number is None:
        return None
    row = law.keys[key]
    return Period(outcome.number, row.unit, row.provisions[0] if row.provisions else "")


@cache
def number_of(treaty: str, key: str) -> int:
    """Return a number of an instrument that is no time, such as how many Parties have to ask for a conference.

    :raises KeyError: where the law data have none.
    """
    found = period_of(treaty, key)
    if found is None:
        raise KeyError(f"{treaty} has no number {key}")
    return int(found.number)


@cache
def day_of(treaty: str, key: str) -> dt.date | None:
    """Return a day that an instrument itself sets, by its key in the law data; ``None`` where it sets none."""
    law = load(treaty)
    outcome = outcome_of(law.of(key), law.heading.entry_into_force.on, None)
    return dt.date.fromisoformat(str(outcome.value)) if isinstance(outcome, Settled) else None


def earliest_effect(treaty: str, notified: dt.date) -> Ends | None:
    """Return the first day on which a withdrawal of which notice was given can take effect.

    >>> import datetime as dt
    >>> str(earliest_effect("open-skies", dt.date(2020, 5, 22)).on), str(earliest_effect("cfe", dt.date(2023, 6, 9)).on)
    ('2020-11-22', '2023-11-06')
    """
    period = period_of(treaty, "withdrawal_notice")
    return None if period is None else Ends(period.after(notified), period.provision)

"""The law of the CFE Treaty as one reading has it: numbers with what they rest on, and when limits bind."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from skywitness.cfe.ways import way
from skywitness.core.dated import Settled, Unsettled
from skywitness.core.finding import Finding, UsedValue, Verdict
from skywitness.core.periods import shifted
from skywitness.core.reading import Reading
from skywitness.core.text import Text
from skywitness.law import drafting
from skywitness.law.instrument import Instrument, load
from skywitness.law.value import outcome_of, require, used

__all__ = ["CFE", "Law", "Level", "instrument"]

CFE: Final = "cfe"


def instrument() -> Instrument:
    """Return the CFE Treaty as stored."""
    return load(CFE)


@dataclass(frozen=True, slots=True)
class Level:
    """A maximum level: one number, or the lowest and the highest of those it may be on the day."""

    low: int
    high: int
    value: UsedValue


@dataclass(frozen=True, slots=True)
class Law:
    """The Treaty as one reading has it."""

    reading: Reading
    _numbers: dict[tuple[str, str], tuple[int | float, UsedValue]] = field(default_factory=dict, repr=False)

    def number(self, key: str, subject: str = "") -> tuple[int | float, UsedValue]:
        """Return a number of the law on the day of the reading, and what it rests on.

        :raises NotInForceError: when none is in force on that day.
        """
        found = self._numbers.get((key, subject))
        if found is None:
            source = instrument()
            outcome = outcome_of(source.of(key, subject), self.reading.at, self.reading.known)
            settled = require(outcome, key, subject, instrument=source)
            found = _whole(settled.number), used(settled, key, subject)
            self._numbers[key, subject] = found
        return found

    def most(self, key: str, subject: str = "") -> tuple[int, UsedValue]:
        """Return a number of the law that counts whole things."""
        number, value = self.number(key, subject)
        return int(number), value

    def level(self, state: str, category: str) -> Level | None:
        """Return the maximum level of a State, or the levels it may be; ``None`` where none is stored."""
        rows = instrument().of("maximum_level", state)
        outcome = outcome_of(rows, self.reading.at, self.reading.known, category)
        if isinstance(outcome, Settled):
            number = int(outcome.number)
            return Level(number, number, used(outcome, "maximum_level", state))
        if not isinstance(outcome, Unsettled) or not outcome.candidates:
            return None
        numbers = {int(one.value): one for one in outcome.candidates if isinstance(one.value, int | float)}
        low = numbers[min(numbers)]
        value = UsedValue("maximum_level", state, min(numbers), "items", low.start, low.source, low.status)
        return Level(min(numbers), max(numbers), value)

    @property
    def start(self) -> dt.date:
        """The day from which months are counted: of first application, or of entry into force."""
        heading = instrument().heading
        applied = heading.applied_from
        if applied is None or way(self.reading, "CFE:VIII.4") == "from_entry_into_force":
            return heading.entry_into_force.on
        return applied.on

    def after(self, key: str) -> tuple[dt.date, UsedValue]:
        """Return the day that lies as long after the start as a number of the law says."""
        number, value = self.number(key)
        return shifted(dt.datetime.combine(self.start, dt.time(), dt.UTC), number, value.unit).date(), value

    @property
    def binding(self) -> bool:
        """Tell whether the limits bind already."""
        return self.reading.at >= self.after("months_to_limits")[0]

    def share(self, percent: float, whole: int, *, least: bool = False) -> int:
        """Return the whole items of a percentage, as the reading rounds (no article says how).

        Compared exactly the most that is allowed is rounded down, and what is asked at ``least`` up.  A percentage such
        as 5.7 is taken as the decimal that is printed, so no digit is lost.
        """
        exact = Fraction(str(percent)) * whole / 100
        rounding = way(self.reading, "CFE:IX.1(B)")
        if rounding == "round_up" or (rounding == "exact" and least):
            return math.ceil(exact)
        return math.floor(exact + Fraction(1, 2)) if rounding == "round_nearest" else math.floor(exact)

    def finding(self, ident: str, verdict: Verdict, why: Text, **fields: Any) -> Finding:
        """Make a finding of a provision of this Treaty."""
        return drafting.draft(self, f"CFE:{ident.removeprefix('CFE:')}", verdict, why, **fields)


def _whole(number: float) -> int | float:
    return int(number) if math.floor(number) == number else number

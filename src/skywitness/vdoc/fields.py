"""Reading the tables of a file on the Vienna Document, field by field, with every fault collected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from skywitness.core.errors import Faults
from skywitness.core.text import quoted, say
from skywitness.law.file_fields import FileFields, rows_of
from skywitness.law.names import did_you_mean
from skywitness.law.parties import is_party
from skywitness.vdoc.count import UNKNOWN, Count
from skywitness.vdoc.law import instrument
from skywitness.vdoc.model import NOT_TOLD, Act, Span

__all__ = ["MOST_ROWS", "OTHERS", "Fields", "tables"]

FIRST_YEAR: Final = 2000
MOST_ROWS: Final = 1_000
OTHERS: Final = ("NATO", "CSTO", "OSCE", "UN", "EU", "PRESS", "EXPERT")
"""Who may say something without being a participating State."""

_MOST: Final = 10_000_000
_A_DAY: Final = dt.date(FIRST_YEAR, 1, 1)
_A_MOMENT: Final = dt.datetime(FIRST_YEAR, 1, 1, tzinfo=dt.UTC)
_DAY_LONG: Final = dt.timedelta(days=1)


class Fields(FileFields):
    """One table of such a file."""

    first_year = FIRST_YEAR
    a_time = "2021-09-01T09:00:00Z"

    def state(self, key: str) -> str:
        """Read the code of a participating State."""
        code = self.text(key)
        if isinstance(self.anything(key), str):
            self._known(key, code, tuple(instrument().parties))
        return code

    def states(self, key: str) -> tuple[str, ...]:
        """Read the codes of one participating State or more, each once."""
        return self._codes(key, tuple(instrument().parties))

    def speaker(self, key: str) -> str:
        """Read who says something: a participating State, or one of ``OTHERS``."""
        code = self.text(key)
        if isinstance(self.anything(key), str):
            self._known(key, code, (*instrument().parties, *OTHERS))
        return code

    def speakers(self, key: str) -> tuple[str, ...]:
        """Read who says something, one or more."""
        return self._codes(key, (*instrument().parties, *OTHERS))

    def _codes(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        codes = self.texts(key)
        for code in codes:
            self._known(key, code, known)
        if key in self and not codes and isinstance(self.anything(key), list):
            self.fault(key, say("is empty"))
        for code in {code for code in codes if codes.count(code) > 1}:
            self.fault(key, say("{code} stands more than once", code=quoted(code)))
        return codes

    def _known(self, key: str, code: str, known: Collection[str]) -> None:
        if code not in known:
            near = did_you_mean(code, known) if code else say("")
            self.fault(
                key,
                say("{code} is no participating State such as DEU, nor a speaker such as {others}.{near}",
                    code=quoted(code), others=", ".join(OTHERS), near=near),
            )  # fmt: skip

    def taking_part(self, key: str, codes: Iterable[str], day: dt.date) -> None:
        """Note States to which the document does not apply on a day."""
        for code in codes:
            if code in instrument().parties and not is_party(code, day, instrument=instrument()):
                self.fault(key, say("the document does not apply to {code} on {day}", code=code, day=day))

    def needed_day(self, key: str) -> dt.date:
        """Read a day that must be there."""
        day = self.day(key)
        if key not in self:
            self.fault(key, say("missing: expected a day such as 2002-01-01, without quotes"))
        return day or _A_DAY

    def act(self, key: str, latest: dt.date) -> Act:
        """Read the day on which something was done, no later than ``latest``, or ``false`` where it never was."""
        if self.anything(key) is False:
            return Act(done=False)
        day = self.day(key)
        if day is not None and day > latest:
            self.fault(key, say("{day} comes after {latest}, the day of the file", day=day, latest=latest))
        return NOT_TOLD if day is None else Act(done=True, day=day)

    def needed_moment(self, key: str) -> dt.datetime:
        """Read a time that must be there."""
        if key not in self:
            self.fault(key, say("missing: expected a time such as 2021-09-01T09:00:00Z"))
        return self.moment(key) or _A_MOMENT

    def moment_or_never(self, key: str, first: dt.datetime) -> dt.datetime | bool | None:
        """Read a time that does not come before ``first``, or ``false`` where the thing never came."""
        if self.anything(key) is False:
            return False
        found = self.moment(key)
        if found is not None and found < first:
            self.fault(key, say("{later} comes before {earlier}", later=found, earlier=first))
        return found

    def span(self, key: str) -> Span | None:
        """Read a day or a time as what it leaves open; ``None`` where it is left out."""
        if isinstance(self.anything(key), dt.datetime):
            found = self.moment(key)
            return None if found is None else Span(found, found)
        day = self.day(key)
        if day is None:
            return None
        begins = dt.datetime.combine(day, dt.time(), dt.UTC)
        return Span(begins, begins + _DAY_LONG)

    def count(self, key: str) -> Count:
        """Read a number, or a table with ``at_least`` and ``at_most``; what is left out is not known."""
        value = self.anything(key)
        if value is None:
            return UNKNOWN
        if not isinstance(value, dict):
            number = self.as_whole(key, value, 0, _MOST)
            return UNKNOWN if number is None else Count(number, number)
        row = Fields(value, f"{self.where}.{key}", self.faults)
        low, high = row.whole("at_least", 0, _MOST), row.whole("at_most", 0, _MOST)
        row.close()
        if "at_least" not in row and "at_most" not in row:
            self.fault(key, say("a range says at_least, at_most or both"))
        if low is not None and high is not None and low > high:
            self.fault(key, say("at_least {low:,} is more than at_most {high:,}", low=low, high=high))
            return UNKNOWN
        return Count(low or 0, high)


def tables(data: Mapping[str, Any], table: str, faults: Faults, where: str = "", most: int = MOST_ROWS) -> list[Fields]:
    """Make rows of a list of tables; each is named by its ``id``, or by its number from 1."""
    return rows_of(Fields, data, table, faults, most=most, where=where)

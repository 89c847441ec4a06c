"""One time of a treaty on the day of a replay: what it runs from, how it is counted, when it is over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from skywitness.consult.periods import Period
from skywitness.core.amounts import amount
from skywitness.core.text import ENGLISH, Catalogue, Text, say, verbatim

__all__ = ["DONE", "OVER", "RUNNING", "STATES", "WAITING", "Clock", "counting_words", "stands"]

WAITING, RUNNING, DONE, OVER = "waiting", "running", "done", "over"
"""Not open yet; open; what it waits for has happened; its time has passed and nothing is told of it."""

STATES: Final = (WAITING, RUNNING, DONE, OVER)


@dataclass(frozen=True, slots=True)
class Clock:
    """One time on the day of a replay: from when it is open, when it is over, and what became of it.

    ``begins``: the day it is counted from, the last on which the act ``begun_by`` can have happened; ``opens`` and
    ``due`` are counted from there, ``earlier`` from the first, where the day of that act is not exactly known.
    ``due`` is ``None`` where the text sets no day.  ``inclusive``: the day it is counted from is its first day.
    """

    id: str
    treaty: str
    provision: str
    event: str
    who: tuple[str, ...]
    what: Text
    state: str
    due: dt.date | None
    begins: dt.date | None = None
    begun_by: str = ""
    period: Period | None = None
    inclusive: bool = False
    opens: dt.date | None = None
    earlier: dt.date | None = None
    done_by: tuple[str, ...] = ()
    days_left: int = 0

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write every field."""
        counting = counting_words(self)
        return {
            "id": self.id,
            "treaty": self.treaty,
            "provision": self.provision,
            "event": self.event or None,
            "who": list(self.who),
            "what": self.what.render(catalogue),
            "state": self.state,
            "begins": self.begins.isoformat() if self.begins else None,
            "begun_by": self.begun_by or None,
            "period": {"number": self.period.number, "unit": self.period.unit} if self.period else None,
            "counting": counting.render(catalogue) if counting else None,
            "opens": self.opens.isoformat() if self.opens else None,
            "due": self.due.isoformat() if self.due else None,
            "due_at_the_earliest": self.earlier.isoformat() if self.earlier else None,
            "days_left": self.days_left if self.due else None,
            "done_by": list(self.done_by),
        }


def counting_words(one: Clock) -> Text | None:
    """Say from which day a time is counted, and whether that day counts; ``None`` where nothing is counted."""
    if one.begins is None or one.period is None:
        return None
    number = one.period.number
    length = amount(number, one.period.unit, verbatim(f"{number:g}"))
    begins = say("{day} ({event})", day=one.begins, event=one.begun_by) if one.begun_by else one.begins
    told = {"length": length, "begins": begins}
    if one.inclusive:
        return say("{length} from {begins}, that day counted as the first", **told)
    if one.period.unit in ("months", "years"):
        return say("{length} of the calendar from {begins}, that day not counted", **told)
    return say("{length} from {begins}, that day not counted", **told)


def stands(at: dt.date, due: dt.date | None, *, ends: bool = False) -> str:
    """Say whether a time that nothing has settled runs or is over; ``ends``: on the day itself it is over."""
    if due is None:
        return RUNNING
    return RUNNING if at < due or (at == due and not ends) else OVER

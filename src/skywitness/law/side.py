"""What held over a run of days, and what the step from one such run to the next means.

A comparison of two days must not lose what nobody can tell: a value that is open on either day is never taken as equal
to anything, not even to itself, because either of its candidates may have held on either day.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from skywitness.core.dated import Missing, NotInForce, Outcome, Settled, Value, as_json

__all__ = ["Held", "Side", "What", "first_held", "side_of", "sides_between", "what_happened"]


class Held(enum.StrEnum):
    """Whether something held: one value, one of several or an unknown one, or nothing."""

    SETTLED = "settled"
    OPEN = "open"
    NOTHING = "nothing"


class What(enum.StrEnum):
    """What happened between two days.

    ``FIRST_SEEN``: a value that was only ever seen in use; when it began is not known.  ``PASSED``: both days are
    alike, but something else held between them.
    """

    BEGUN = "begun"
    FIRST_SEEN = "first_seen"
    ENDED = "ended"
    CHANGED = "changed"
    PASSED = "passed"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Side:
    """What held from the day ``on`` until the next side.

    ``start`` is the dated beginning of the value, where there is one.  ``exhaustive``: there is no other candidate.
    """

    on: dt.date
    held: Held
    value: Value | None = None
    candidates: tuple[Value, ...] = ()
    exhaustive: bool = True
    unit: str = ""
    source: str = ""
    status: str = ""
    start: dt.date | None = None
    note: str = ""

    @property
    def mark(self) -> tuple[object, ...]:
        """What makes two sides alike."""
        return self.held, self.value, frozenset(self.candidates), self.exhaustive, self.unit

    def to_json(self) -> dict[str, Any]:
        """Write every field; ``value`` is null where it is open or nothing holds."""
        return {
            "on": self.on.isoformat(),
            "held": self.held.value,
            "value": None if self.value is None else as_json(self.value),
            "candidates": [as_json(value) for value in self.candidates],
            "exhaustive": self.exhaustive,
            "unit": self.unit,
            "from": self.start.isoformat() if self.start else None,
            "source": self.source,
            "status": self.status,
            "note": self.note,
        }


def side_of(outcome: Outcome, on: dt.date) -> Side:
    """Write what the law answers on a day as a side."""
    if isinstance(outcome, NotInForce):
        return Side(on, Held.NOTHING)
    if isinstance(outcome, Settled):
        return Side(
            on,
            Held.SETTLED,
            outcome.value,
            unit=outcome.unit,
            source=outcome.source,
            status=outcome.status,
            start=outcome.start,
            note=outcome.note,
        )
    return Side(
        on,
        Held.OPEN,
        candidates=tuple(one.value for one in outcome.candidates if not isinstance(one.value, Missing)),
        exhaustive=outcome.exhaustive,
        unit=next((one.unit for one in outcome.candidates), ""),
        source="; ".join(dict.fromkeys(one.source for one in outcome.candidates)),
        status="unsettled",
        note=outcome.note,
    )


def sides_between(
    ask: Callable[[dt.date], Side], edges: Iterable[dt.date], first: dt.date, last: dt.date
) -> tuple[Side, ...]:
    """Return what held from ``first`` to ``last``, both included, each run of like days once.

    ``ask`` says what holds on a day; ``edges`` are the days on which the answer can become another.
    """
    days = [first, *sorted({edge for edge in edges if first < edge <= last})]
    if len(days) == 1:
        return (ask(first),)
    found: list[Side] = []
    for day in days:
        side = ask(day)
        if not found or side.mark != found[-1].mark:
            found.append(side)
    # A value may be better founded on the last day than on the first of its run.
    return (*found[:-1], _since(found[-1].on, ask(last)))


def _since(on: dt.date, side: Side) -> Side:
    """Give the same side from another day on."""
    held = side.held, side.value, side.candidates, side.exhaustive
    return Side(on, *held, side.unit, side.source, side.status, side.start, side.note)


def what_happened(sides: Sequence[Side]) -> What | None:
    """Say what the way from the first side to the last amounts to; ``None``: nothing changed and nothing is open."""
    before, after = sides[0], sides[-1]
    if before.held is Held.NOTHING or after.held is Held.NOTHING:
        return _begun_or_ended(sides)
    if before.held is Held.SETTLED and after.held is Held.SETTLED:
        if before.mark != after.mark:
            return What.CHANGED
        return What.PASSED if len(sides) > 1 else None
    return What.CHANGED if _certainly_differ(before, after) else What.CANNOT_TELL


def _begun_or_ended(sides: Sequence[Side]) -> What | None:
    """Judge where nothing held on one of the two days: what was only ever seen has no known beginning."""
    before, after = sides[0], sides[-1]
    if before.held is after.held:
        return What.PASSED if len(sides) > 1 else None
    if after.held is Held.NOTHING:
        return What.ENDED
    return What.BEGUN if first_held(sides).start else What.FIRST_SEEN


def first_held(sides: Sequence[Side]) -> Side:
    """Return the first side on which something held; the last side when nothing ever did."""
    return next((side for side in sides if side.held is not Held.NOTHING), sides[-1])


def _certainly_differ(before: Side, after: Side) -> bool:
    """Tell whether no candidate of one side can be that of the other."""
    if not (before.exhaustive and after.exhaustive):
        return False
    return not _possible(before) & _possible(after)


def _possible(side: Side) -> set[Value]:
    return set(side.candidates) if side.value is None else {side.value}

"""The rule of consensus (X.2): a body takes a decision where no Party objects to its being taken.

Everything that asks about consensus asks here: judgements of what the Commission did, and cases.  The Joint
Consultative Group of the CFE Treaty decides in the same way (Article XVI of that treaty).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from skywitness.law.legal_day import LegalDay

__all__ = ["ADOPTED", "NOT_ADOPTED", "OPEN", "Objection", "Weighed", "at_the_table", "barring", "weigh"]

ADOPTED, NOT_ADOPTED, OPEN = "adopted", "not_adopted", "open"


@dataclass(frozen=True, slots=True)
class Objection:
    """Who objected, and from which day on; ``lifted``: on which day some of them did so no longer."""

    states: tuple[str, ...]
    raised: dt.date
    lifted: Mapping[str, dt.date] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Weighed:
    """What objections come to: whose bar consensus, whose count for nothing, and whose were lifted.

    ``result`` is one of ``ADOPTED``, ``NOT_ADOPTED``, ``OPEN``.
    """

    result: str
    objecting: tuple[str, ...]
    without_effect: tuple[str, ...]
    lifted: tuple[str, ...]


def at_the_table(day: LegalDay) -> frozenset[str]:
    """Return who takes part in the Commission: the Parties, before the entry into force who had signed by the day.

    A State that ended, or that was not there yet, is none of them: Czechoslovakia until 1992, its successors since.
    """
    if day.at >= day.instrument.heading.entry_into_force.on:
        return day.parties()
    signed = ((code, one, one.event("signed", day.known)) for code, one in day.instrument.parties.items())
    return frozenset(
        code for code, one, event in signed if event is not None and event.on <= day.at and day.at in one.exists
    )


def barring(codes: Iterable[str], day: LegalDay) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part those who take part on a day (``at_the_table``) from those who do not.

    A group counts as its members: for Article X each of them is a Party of its own.
    """
    bound, told = at_the_table(day), tuple(codes)
    objecting = tuple(code for code in told if day.states((code,)) & bound)
    return objecting, tuple(code for code in told if code not in objecting)


def weigh(
    day: LegalDay, objections: Iterable[Objection], *, silence_until: dt.date | None, decided: dt.date | None
) -> Weighed:
    """Say what became of a proposal by a day.

    What counts is who objects when it is taken: on the day of the decision, else when the time for silence is over,
    else on ``day`` itself.  An objection raised later, or of a State that has left by then, bars nothing; one lifted
    later still does.  While the time for silence runs an objection can still be lifted.
    """
    told, over = tuple(objections), silence_until is not None and day.at > silence_until
    taken = decided or min(silence_until or day.at, day.at)
    last = min(silence_until or taken, taken)
    standing: list[str] = []
    late: list[str] = []
    lifted: list[str] = []
    for one in told:
        for code in one.states:
            gone = code in one.lifted and one.lifted[code] <= taken
            (lifted if gone else standing if one.raised <= last else late).append(code)
    objecting, strangers = barring(dict.fromkeys(standing), day.on(taken))
    closed = decided is not None or over
    result = (NOT_ADOPTED if closed or silence_until is None else OPEN) if objecting else ADOPTED if closed else OPEN
    return Weighed(result, objecting, _once(strangers, late), _once(lifted))


def _once(*codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for those in codes for code in those))

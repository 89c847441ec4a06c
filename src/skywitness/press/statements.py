"""Who made a joint statement on a treaty, as far as the cases that come with the program tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from skywitness.consult.catalogue import shipped
from skywitness.consult.statements import speakers
from skywitness.press.fingerprint import is_copy

__all__ = ["Signers", "signers"]

_DAYS_AFTER: Final = 60
"""An article on a statement appears soon after it."""


@dataclass(frozen=True, slots=True)
class Signers:
    """The States that made a statement on a day, where it is told, and how well that is founded.

    ``itself``: nothing tells of it but the very article that is read; what agrees with it then agrees with itself.
    """

    states: frozenset[str]
    day: dt.date
    source: str
    status: str
    itself: bool = False


def signers(
    instrument: str, day: dt.date | None, listed: Iterable[str], known: dt.date | None = None, text: str = ""
) -> Signers | None:
    """Return who made the joint statement that a list is nearest to; ``None`` where no case tells of one.

    Statements on the instrument that were made in the weeks before the day of the article come into question.
    ``text`` is that of the article: a source that is this article is no second word on it.
    """
    if day is None:
        return None
    wanted = frozenset(listed)
    return max(
        _made(instrument, day, known, text),
        key=lambda one: (len(one.states & wanted), not one.itself, one.day),
        default=None,
    )


def _made(instrument: str, day: dt.date, known: dt.date | None, text: str) -> Iterator[Signers]:
    for case in shipped():
        for event in case.events:
            about = instrument == (event.treaty or case.treaty)
            if about and event.signers and event.known_by(known) and 0 <= (day - event.when.last).days <= _DAYS_AFTER:
                sources = [case.sources[key] for key in event.sources]
                others = [one for one in sources if not is_copy(text, one.fingerprint)]
                titles = "; ".join(str(one.title) for one in others or sources)
                source = f"case {case.key}, {event.id}: {titles}"
                made = frozenset(speakers(event, known))
                yield Signers(made, event.when.last, source, event.status, itself=not others)

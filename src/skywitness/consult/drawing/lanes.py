"""Who acts in a case: one lane for each State and body, one for acts of several together, events in order within."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from skywitness.consult.bodies import bodies, every_state
from skywitness.consult.drawing.signs import short_words
from skywitness.consult.model import Event, When
from skywitness.consult.replay import Replay
from skywitness.core.text import Text, say, verbatim
from skywitness.route.exports.parties import party

__all__ = ["Lane", "Mark", "lanes", "marks", "who_words"]

MOST_EVENTS: Final = 120
"""More have no room in a picture; the latest are kept, and what is left out is said."""

_MOST_LANES: Final = 16
_MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """An event with its number, by which the key below the picture names it."""

    number: int
    event: Event
    sure: bool

    def words(self, *, who: bool) -> Text:
        """Say in short what it is and when; ``who``: by whom, where the lane does not say so."""
        told = {"number": self.number, "step": short_words(self.event.step), "on": when_words(self.event.when)}
        told["doubt"] = "" if self.sure else "?"
        if who:
            return say("{number} {who}: {step} {on}{doubt}", who=who_words(self.event), **told)
        return say("{number} {step} {on}{doubt}", **told)


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of a picture; ``several``: its events have different actors, who are named one by one."""

    name: Text
    marks: tuple[Mark, ...]
    several: bool = False


def marks(found: Replay) -> tuple[Mark, ...]:
    """Number the events of a replay in the order of their days; of very many the latest are kept."""
    numbered = [Mark(number, one, found.surely(one)) for number, one in enumerate(found.events, 1)]
    return tuple(numbered[-MOST_EVENTS:])


def when_words(when: When) -> str:
    """Write a day as exactly as sources have it, a run of days in short.

    >>> import datetime as dt
    >>> when_words(When(dt.date(2020, 10, 7), dt.date(2020, 10, 9), "range"))
    '2020-10-07/09'
    """
    if when.precision in ("day", "month", "year"):
        return str(when)
    first, last = when.first.isoformat(), when.last.isoformat()
    if first[:4] != last[:4]:
        return f"{first}/{last}"
    return f"{first}/{last[8:]}" if first[:7] == last[:7] else f"{first}/{last[5:]}"


def who_words(event: Event) -> Text:
    """Name the actors by their codes, or the first and how many more."""
    if len(event.actors) <= _MOST_NAMED:
        return verbatim(", ".join(event.actors))
    return say("{first} and {count} others", first=event.actors[0], count=len(event.actors) - 1)


def lanes(found: Replay, told: Sequence[Mark], language: str) -> tuple[Lane, ...]:
    """Share events out: States by their codes, several together, then organs and others as they first appear."""
    by_actor: dict[str, list[Mark]] = {}
    together: list[Mark] = []
    for mark in told:
        if len(mark.event.actors) == 1:
            by_actor.setdefault(mark.event.actors[0], []).append(mark)
        else:
            together.append(mark)
    states = sorted(code for code in by_actor if _is_state(code, found))
    others = [code for code in by_actor if code not in states]
    order = [*states, *others]
    kept = order if len(order) <= _MOST_LANES else order[: _MOST_LANES - 1]
    rest = sorted((mark for code in order[len(kept) :] for mark in by_actor[code]), key=lambda mark: mark.number)
    rows = [Lane(name_of(code, found, language), tuple(by_actor[code])) for code in kept]
    if together:
        at = min(len(states), len(rows))
        rows.insert(at, Lane(say("several together"), tuple(together), several=True))
    if rest:
        rows.append(Lane(say("others"), tuple(rest), several=True))
    return tuple(rows)


def _is_state(code: str, found: Replay) -> bool:
    own = found.case.bodies.get(code)
    return own.kind == "state" if own is not None else code in every_state()


def name_of(code: str, found: Replay, language: str) -> Text:
    """Name a State or body; its code stands with it, for the key uses codes."""
    own = found.case.bodies.get(code)
    if own is None and code in bodies():
        own = bodies()[code].body
    if own is None:
        return party(code, language)
    shown = dict(own.name.others).get(language, own.name.words)
    if f"({code})" in shown or code in (shown, own.name.words.upper()):
        return own.name.text
    return say("{name} ({code})", name=own.name.text, code=code)

"""The answer to a dispute: what follows under each reading, and what would settle it; never a verdict of our own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from skywitness.consult.asking.answers import Asker, UnderReading
from skywitness.consult.model import Question
from skywitness.consult.replay import Replay
from skywitness.core.text import ENGLISH, Catalogue

__all__ = ["ASKERS", "Answered", "answer", "answers"]


def _asker(name: str) -> Asker:
    """Make an asker of a module of ``asking``, which is imported when it is first used: some rooms are heavy."""

    def check(question: Question) -> None:
        import_module(f"skywitness.consult.asking.{name}").check(question)

    def ask(question: Question, known: dt.date | None) -> tuple[UnderReading, ...]:
        found: tuple[UnderReading, ...] = import_module(f"skywitness.consult.asking.{name}").ask(question, known)
        return found

    return Asker(check, ask)


ASKERS: Final[dict[str, Asker]] = {
    name: _asker(name) for name in ("inf", "cfe", "acts", "judge", "plan", "reach", "portion", "sees")
}
"""Every way to ask, by the name that a case file has in ``how``; another asker is another entry."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its table; ``asked`` is false while nobody had raised it on the day."""

    question: Question
    by_reading: tuple[UnderReading, ...]
    asked: bool = True

    @property
    def agreed(self) -> bool:
        """Tell whether all readings come to the same verdict."""
        return len({one.verdict for one in self.by_reading}) < 2

    def needs(self, catalogue: Catalogue = ENGLISH) -> tuple[str, ...]:
        """List what would settle it: what the file says, then what the findings miss."""
        stated = (one.render(catalogue) for one in self.question.settles)
        missing = (need.render(catalogue) for one in self.by_reading for need in one.needs)
        return tuple(dict.fromkeys([*stated, *missing]))

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write the question; its rows stand in ``by_reading`` of the whole answer too."""
        return {
            "key": self.question.key,
            "proposition": self.question.words.render(catalogue),
            "provisions": list(self.question.provisions),
            "how": self.question.how,
            "asked": self.asked,
            "readings_agree": self.agreed if self.by_reading else None,
            "settled_by": list(self.needs(catalogue)),
        }


def answer(question: Question, known: dt.date | None = None) -> Answered:
    """Answer one question as far as was known on a day.

    :raises InputError: for a reading of a day on which the treaty is not in force.
    """
    return Answered(question, ASKERS[question.how].ask(question, known))


def answers(found: Replay) -> tuple[Answered, ...]:
    """Answer every question that somebody had raised by the day of a replay.

    One that nobody had raised has no table; as known on a day it is left out whole, because it tells of what came.
    """
    there = {one.id for one in found.events}
    rows = []
    for one in found.case.questions:
        if not one.raised_by or there & {*one.raised_by}:
            rows.append(answer(one, found.known))
        elif found.known is None:
            rows.append(Answered(one, (), asked=False))
    return tuple(rows)

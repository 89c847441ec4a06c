"""What the steps of a classification look at: one type, the records accepted of it, the law of the reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.inf.classify.model import FOR_USE, STAND, STATEMENT, TEST, Record, Subject
from skywitness.inf.law import Law
from skywitness.inf.ways import way

__all__ = ["Desk", "Result", "Step"]


@dataclass(frozen=True, slots=True)
class Desk:
    """One type with the records that a reading accepts of it."""

    subject: Subject
    records: tuple[Record, ...]
    law: Law
    asked: set[str] = field(default_factory=set, compare=False)
    """Disputed places that mattered so far: whoever settles the others another way gets the same answer."""

    @property
    def tests(self) -> tuple[Record, ...]:
        """All tests told of."""
        return self.of(TEST)

    def of(self, what: str) -> tuple[Record, ...]:
        """Return the records of one kind."""
        return tuple(one for one in self.records if one.what == what)

    def told(self, on: str) -> bool | None:
        """Return what is stated of the type; ``None`` where nothing is, or both ways."""
        values = {one.value for one in self.of(STATEMENT) if one.on == on and one.value is not None}
        return values.pop() if len(values) == 1 else None

    def takes(self, ident: str, name: str) -> bool:
        """Tell whether the reading takes this way of a disputed place."""
        self.asked.add(f"INF:{ident}")
        return way(self.law.reading, f"INF:{ident}") == name

    @property
    def used_on_land(self) -> tuple[Record, ...]:
        """Records of launches, or of standing ready, on land that were from no test stand."""
        return tuple(one for one in self.records if one.launched_from in FOR_USE)

    @property
    def from_stand(self) -> tuple[Record, ...]:
        """Tests from a stand."""
        return tuple(one for one in self.tests if one.launched_from == STAND)

    def finding(self, ident: str, verdict: Verdict, why: Text, effect: Effect | None = None, **more: Any) -> Finding:
        """Make a finding of a step; its bearer is the holder of the type."""
        return self.law.finding(ident, verdict, why, effect=effect, bearer=self.subject.holder, **more)

    def must(self, what: Text) -> Effect:
        """Say what the holder owes."""
        return Effect(self.subject.holder, "must", what)

    def may(self, what: Text) -> Effect:
        """Say what the holder has a right to."""
        return Effect(self.subject.holder, "may", what)


@dataclass(frozen=True, slots=True)
class Result:
    """What one step comes to: whether the type goes on to fall under the Treaty (``None``: nobody can say)."""

    applies: bool | None
    findings: tuple[Finding, ...] = field(default=())


Step = Callable[[Desk], Result]


def names(records: tuple[Record, ...]) -> str:
    """Name records in a sentence."""
    return ", ".join(sorted(one.id for one in records))


OUTSIDE = say("leave the type out of account under the Treaty")
"""What an exemption gives a right to."""

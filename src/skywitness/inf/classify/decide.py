"""From steps to an answer: in which class a type is, or that it is outside, or that nobody can tell."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.inf.classify.desk import Desk
from skywitness.inf.classify.model import Subject
from skywitness.inf.classify.reach import CLASS_WORDS, class_findings, range_of, standings
from skywitness.inf.classify.span import Span, Standing
from skywitness.inf.classify.steps import STEPS
from skywitness.inf.law import BELOW, BEYOND, CLASSES, INTERMEDIATE, SHORTER
from skywitness.inf.types import KnownType, types
from skywitness.law.provisions import provision

__all__ = ["Outcome", "Scope", "classify"]

_INSIDE = (SHORTER, INTERMEDIATE)


class Scope(enum.StrEnum):
    """Whether a type falls under the Treaty."""

    IN = "in"
    OUT = "out"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reading makes of one type: the scope, what each class is, the range, and the steps with their articles.

    ``outside`` names the provision that leaves the type outside, where one does.
    """

    subject: Subject
    scope: Scope
    classes: Mapping[str, Standing]
    steps: tuple[Finding, ...]
    span: Span | None = None
    outside: str = ""

    @property
    def key(self) -> tuple[Scope, tuple[tuple[str, Standing], ...], str]:
        """What two readings have to agree on to give the same answer."""
        return self.scope, tuple(self.classes.items()), self.outside

    @property
    def proved(self) -> str:
        """Name the class that is proved; empty where none is."""
        return next((name for name, standing in self.classes.items() if standing is Standing.PROVED), "")

    @property
    def possible(self) -> tuple[str, ...]:
        """Name the classes that are not excluded."""
        return tuple(name for name, standing in self.classes.items() if standing is not Standing.EXCLUDED)

    @property
    def needs(self) -> tuple[Text, ...]:
        """List what would settle the type, each once."""
        if self.scope is not Scope.CANNOT_TELL and self.proved:
            return ()
        return tuple(dict.fromkeys(need for step in self.steps for need in step.needs))

    def words(self) -> Text:
        """Write the answer in a sentence."""
        if self.scope is Scope.IN:
            return say("under the Treaty: {classes}", classes=_listed(self.possible))
        if self.outside:
            return say("outside the Treaty ({provision})", provision=self.outside)
        if self.scope is Scope.OUT:
            return say("outside the Treaty: {classes}", classes=_listed(self.possible))
        return say("cannot be told; possible: {classes}", classes=_listed(self.possible))

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write the answer with its steps."""
        return {
            "type": self.subject.id,
            "holder": self.subject.holder,
            "scope": self.scope.value,
            "class": self.proved or None,
            "classes": {name: standing.value for name, standing in self.classes.items()},
            "outside_by": self.outside or None,
            "range": dict(self.span.to_json()) if self.span is not None else None,
            "answer": self.words().render(catalogue),
            "steps": [step.to_json(catalogue, with_reading=False) for step in self.steps],
            "needs": [need.render(catalogue) for need in self.needs],
        }


def _listed(names: tuple[str, ...]) -> Text:
    first, *others = (CLASS_WORDS[name] for name in names)
    for other in others:
        first = say("{one} or {other}", one=first, other=other)
    return first


def classify(desk: Desk) -> Outcome:
    """Classify one type by the records that a reading accepts: lists first, then the steps, then the range."""
    known = types().get(desk.subject.known)
    if known is not None and known.decides:
        return _listed_type(desk, known)
    steps: list[Finding] = []
    applies: bool | None = True
    for step in STEPS:
        result = step(desk)
        steps += result.findings
        if result.applies is False:
            outside = result.findings[-1].provision
            return Outcome(desk.subject, Scope.OUT, _excluded(), tuple(steps), None, outside)
        applies = None if result.applies is None else applies
    reach = range_of(desk)
    found = standings(desk, reach.span)
    steps += [reach.finding, *class_findings(desk, found)]
    scope = _scope(applies, found)
    if scope is Scope.IN:
        steps.append(_type_wide(desk))
    return Outcome(desk.subject, scope, MappingProxyType(found), tuple(steps), reach.span)


def _scope(applies: bool | None, found: Mapping[str, Standing]) -> Scope:
    """Combine whether the type is of a kind that the Treaty limits with what its range leaves possible."""
    inside = any(found[name] is not Standing.EXCLUDED for name in _INSIDE)
    outside = any(found[name] is not Standing.EXCLUDED for name in (BELOW, BEYOND))
    if not inside:
        return Scope.OUT
    return Scope.IN if applies and not outside else Scope.CANNOT_TELL


def _excluded() -> Mapping[str, Standing]:
    return MappingProxyType(dict.fromkeys(CLASSES, Standing.EXCLUDED))


@provision("INF:III.1")
@provision("INF:III.2")
def _listed_type(desk: Desk, known: KnownType) -> Outcome:
    """Take the class of a type that the Treaty names; no range is asked for."""
    found = {name: Standing.PROVED if name == known.missile_class else Standing.EXCLUDED for name in CLASSES}
    ident = (known.listed or known.named).removeprefix("INF:")
    why = say("The Treaty names this type: {name}, {words}.", name=known.name, words=CLASS_WORDS[known.missile_class])
    effect = desk.must(say("eliminate the type, and neither make nor flight-test it"))
    step = desk.finding(ident, Verdict.OK, why, effect, values=(known.used(),))
    return Outcome(desk.subject, Scope.IN, MappingProxyType(found), (step, _type_wide(desk)))


@provision("INF:VII.2")
def _type_wide(desk: Desk) -> Finding:
    """Say that the class is that of the type, never of one missile (Article VII.2)."""
    why = say("The class is that of every missile of the type.")
    return desk.finding("VII.2", Verdict.OK, why, desk.must(say("count every missile of the type in this class")))

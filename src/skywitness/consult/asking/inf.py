"""Asker ``inf``: the class of a missile type by each reading of the records that a case holds (``inf.classify``)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import MappingProxyType

from skywitness.consult.asking.answers import UnderReading, earlier
from skywitness.consult.model import Question, Way
from skywitness.core.text import Text, say, verbatim
from skywitness.inf.classify.answer import UnderReading as Classified
from skywitness.inf.classify.answer import answer
from skywitness.inf.classify.model import CaseFile
from skywitness.inf.classify.read import read_case

__all__ = ["ask", "check"]


def check(question: Question) -> None:
    """Read the records.

    :raises InputError: with all their faults.
    """
    read_case(question.data)


def ask(question: Question, known: dt.date | None) -> tuple[UnderReading, ...]:
    """Answer under every reading of the records that makes a difference, for each way of the question."""
    case = read_case(question.data)
    if not question.ways:
        return _rows(case, known, None)
    return tuple(row for way in question.ways for row in _rows(case, known, way))


def _rows(case: CaseFile, known: dt.date | None, way: Way | None) -> tuple[UnderReading, ...]:
    if way is not None:
        case, known = replace(case, at=way.reading.at), earlier(known, way.reading.known)
    fixed = way.reading.interpretations if way is not None else MappingProxyType({})
    found = answer(case, known, fixed=fixed)
    return tuple(_row(one, way) for one in found.by_reading)


def _row(one: Classified, way: Way | None) -> UnderReading:
    steps = tuple(step for outcome in one.types for step in outcome.steps)
    of_launchers = tuple(step for launcher in one.launchers for step in launcher.steps)
    return UnderReading(
        name=_name(one, way),
        reading=one.reading,
        verdict=one.verdict,
        findings=(*steps, *of_launchers, *one.conduct),
        answer=_answer(one),
        needs=tuple(dict.fromkeys(need for outcome in one.types for need in outcome.needs)),
    )


_NAMES = {
    "own": say("what each holder says of its own types"),
    "uncontested": say("only records that nobody contradicts"),
}


def _name(one: Classified, way: Way | None) -> Text:
    name = one.acceptance.name
    words = _NAMES.get(name) or say("the word of {who}", who=name)
    if one.ways:
        told = ", ".join(f"{place.removeprefix('INF:')} {taken}" for place, taken in one.ways.items())
        words = say("{name} ({ways})", name=words, ways=told)
    return words if way is None else say("{name}; {other}", name=way.name.text, other=words)


def _answer(one: Classified) -> Text:
    """Write what follows for each type, one after the other."""
    first, *others = (
        say("{what}: {answer}", what=verbatim(outcome.subject.id), answer=outcome.words()) for outcome in one.types
    )
    for other in others:
        first = say("{one}; {other}", one=first, other=other)
    return first

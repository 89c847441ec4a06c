"""Read the questions of a case file: a neutral proposition, how it is asked, and under which readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from types import MappingProxyType

from skywitness.consult.fields import Fields
from skywitness.consult.model import Question, Way
from skywitness.consult.prose import Prose
from skywitness.consult.questions import ASKERS
from skywitness.consult.read_event import Known, read_provisions, refer
from skywitness.core.errors import Faults, InputError
from skywitness.core.reading import Reading
from skywitness.core.text import say

__all__ = ["read_question"]

_NO_DAY = dt.date(1945, 1, 1)


def read_question(row: Fields, known: Known, events: Collection[str]) -> Question:
    """Read one question; what its asker needs is tried, so that a wrong one is told with the other faults."""
    found = Question(
        key=row.ident("key"),
        words=row.needed_prose("proposition"),
        provisions=read_provisions(row, "provisions", known.treaties),
        how=row.choice("how", ASKERS, None),
        data=MappingProxyType(row.words_of("data")),
        ways=tuple(_way(below) for below in row.below("readings")),
        raised_by=row.texts("raised_by", []),
        settles=tuple(_settles(row)),
    )
    refer(row, "raised_by", found.raised_by, events)
    row.close()
    if found.how in ASKERS:
        _try(row, found)
    return found


def _settles(row: Fields) -> list[Prose]:
    """Read what would settle it: tables with ``words`` and translations."""
    found = []
    for below in row.below("settles"):
        found.append(below.needed_prose("words"))
        below.close()
    return found


def _way(row: Fields) -> Way:
    day = row.day("at")
    if "at" not in row:
        row.fault("at", say("missing: expected a day such as 2002-01-01"))
    reading = Reading(
        at=day or _NO_DAY,
        known=row.day("known"),
        view=row.plain("view") or "un",
        interpretations=MappingProxyType(row.words("interpretations")),
        accepted_claims=row.texts("accepted_claims", []),
    )
    name = row.needed_prose("name")
    row.close()
    return Way(name, reading)


def _try(row: Fields, question: Question) -> None:
    """Let the asker read its data, and take over every fault with its path below this question."""
    try:
        ASKERS[question.how].check(question)
    except InputError as error:
        at = f"{row.where}.data"
        faults: Faults = row.faults
        if not error.faults:
            faults.add(at, error.message)
        for fault in error.faults:
            where = fault.where.lstrip(".")
            faults.add(f"{at}.{where}" if where else at, fault.message)

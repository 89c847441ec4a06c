"""Asker ``cfe``: exchanges, changes and withdrawals told under the CFE Treaty, judged by it (``cfe.information``)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from skywitness.cfe.information.check import judge
from skywitness.cfe.information.read import Exchange, read_exchange
from skywitness.consult.asking.answers import UnderReading, by_what_they_take, earlier
from skywitness.consult.model import Question
from skywitness.core.errors import Faults
from skywitness.core.text import say

__all__ = ["ask", "check"]


def check(question: Question) -> None:
    """Read what is told.

    :raises InputError: with all faults; also where no reading says which day's law is asked for.
    """
    faults = Faults()
    if not question.ways:
        faults.add("readings", say("missing: on which days, in tables [[questions.readings]]"))
    faults.raise_if_any("bad_facts", say("The facts cannot be used as they stand."))
    _exchange(question)


def ask(question: Question, known: dt.date | None) -> tuple[UnderReading, ...]:
    """Judge under each reading; provisions of the question alone are kept where it names some."""
    rows: list[UnderReading] = []
    for way in question.ways:
        reading = replace(way.reading, known=earlier(known, way.reading.known))
        found = judge(_exchange(question), reading, question.provisions).findings
        rows.extend(by_what_they_take(way.name.text, reading, found))
    return tuple(rows)


def _exchange(question: Question) -> Exchange:
    return read_exchange(question.data)

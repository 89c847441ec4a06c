"""Asker ``judge``: quotas, groups, distances and plans of a year, judged by the law (``law.judge``)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from skywitness.consult.asking.answers import UnderReading, by_what_they_take, earlier
from skywitness.consult.model import Question, Way
from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.judge.docket_file import read_docket
from skywitness.law.judge.judgement import judge

__all__ = ["ask", "check"]


def check(question: Question) -> None:
    """Read what is told.

    :raises InputError: with all faults; also where no reading says which day's law is asked for.
    """
    faults = Faults()
    if not question.ways:
        faults.add("readings", say("missing: on which days, in tables [[questions.readings]]"))
    faults.raise_if_any("bad_facts", say("The facts cannot be used as they stand."))
    read_docket(question.data)


def ask(question: Question, known: dt.date | None) -> tuple[UnderReading, ...]:
    """Judge on the day of each reading; provisions of the question alone are kept where it names some."""
    return tuple(row for way in question.ways for row in _rows(question, way, known))


def _rows(question: Question, way: Way, known: dt.date | None) -> tuple[UnderReading, ...]:
    reading = replace(way.reading, known=earlier(known, way.reading.known))
    found = judge(reading, read_docket(question.data))
    kept = [one for one in found if not question.provisions or one.provision in question.provisions]
    taken = kept[0].reading if kept else reading
    return by_what_they_take(way.name.text, taken, kept)

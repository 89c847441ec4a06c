"""Asker ``portion``: what the law has for a portion that a claim is about (``route.portion_rules``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from skywitness.consult.asking.answers import UnderReading, deciding
from skywitness.consult.asking.claimed import asked_under, check_claim, check_ways
from skywitness.consult.fields import Fields
from skywitness.consult.model import Question, Way
from skywitness.core.errors import Faults
from skywitness.core.finding import Finding, overall
from skywitness.core.text import say
from skywitness.route.claims.portion_rules import (
    BORDER,
    BY_CHOICE,
    IN_REACH,
    OPEN,
    TABLE,
    Asked,
    no_party_beside,
    own_distance,
    own_distance_open,
)
from skywitness.route.reach.reach import reach

__all__ = ["ask", "check"]

_ANSWERED = (TABLE, OPEN, BORDER)


def check(question: Question) -> None:
    """Read the claim, and look at the readings and provisions.

    :raises InputError: with all faults.
    """
    faults = Faults()
    row = Fields(question.data, "", faults)
    check_claim(row)
    row.close()
    check_ways(row, question, "E.5(B)(3)", (IN_REACH, BY_CHOICE))
    for code in question.provisions:
        if code not in _ANSWERED:
            row.fault(
                "provisions", say("{code} is not asked in this way; {known} are", code=code, known=", ".join(_ANSWERED))
            )
    faults.raise_if_any("bad_facts", say("The facts cannot be used as they stand."))


def ask(question: Question, known: dt.date | None) -> tuple[UnderReading, ...]:
    """Answer under each reading; of the provisions of the question, or of all three."""
    return tuple(_row(question, way, known) for way in question.ways)


def _row(question: Question, way: Way, known: dt.date | None) -> UnderReading:
    asked = asked_under(question, way, known)
    findings = tuple(_findings(asked, question.provisions or _ANSWERED))
    needs = tuple(dict.fromkeys(need for one in findings for need in one.needs))
    return UnderReading(way.name.text, asked.reading, overall(findings), findings, deciding(findings), needs)


def _findings(asked: Asked, provisions: tuple[str, ...]) -> Iterator[Finding]:
    if TABLE in provisions:
        yield own_distance(asked)
    if OPEN in provisions:
        found = reach(asked.view, asked.reading.at, asked.party, asked.reading.known, portion=asked.plot.portion.name)
        yield from (own_distance_open(asked, row.case) for row in found.rows)
    if BORDER in provisions:
        yield from no_party_beside(asked)

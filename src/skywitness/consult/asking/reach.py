"""Asker ``reach``: the worst placed point of a territory, and what Annex E, paragraph 5 makes of it."""

from __future__ import annotations

import datetime as dt

from skywitness.consult.asking.answers import UnderReading, earlier
from skywitness.consult.fields import Fields
from skywitness.consult.model import Question, Way
from skywitness.core.errors import Faults
from skywitness.core.finding import overall
from skywitness.core.text import Text, say
from skywitness.geo.borders import load_view
from skywitness.law.parties import parse_party
from skywitness.route.reach.model import Row
from skywitness.route.reach.reach import reach

__all__ = ["ask", "check"]


def check(question: Question) -> None:
    """Read whose territory, and which portion of it.

    :raises InputError: with all faults.
    """
    faults = Faults()
    row = Fields(question.data, "", faults)
    party = row.text("party")
    row.plain("portion")
    row.close()
    if not question.ways:
        faults.add("readings", say("missing: on which days, in tables [[questions.readings]]"))
    faults.raise_if_any("bad_facts", say("The facts cannot be used as they stand."))
    parse_party(party)
    for way in question.ways:
        load_view(way.reading.view, way.reading.at)


def ask(question: Question, known: dt.date | None) -> tuple[UnderReading, ...]:
    """Search under each reading: its day, what was known, its border view."""
    return tuple(_row(question, way, known) for way in question.ways)


def _row(question: Question, way: Way, known: dt.date | None) -> UnderReading:
    at = way.reading.at
    view = load_view(way.reading.view, at)
    portion = str(question.data.get("portion", ""))
    found = reach(view, at, str(question.data["party"]), earlier(known, way.reading.known), portion=portion)
    rows = list(found.rows)
    findings = tuple(row.finding for row in rows)
    needs = tuple(dict.fromkeys(need for one in findings for need in one.needs))
    return UnderReading(way.name.text, found.reading, overall(findings), findings, _answer(rows), needs)


def _answer(rows: list[Row]) -> Text | None:
    """Write how far the worst placed point is, of how far it may be."""
    worst = [row.worst for row in rows if row.worst is not None]
    if not worst:
        return None
    far = max(worst, key=lambda one: one.ratio)
    return say(
        "{km:,.0f} km from {airfield}, of {limit:,.0f} km",
        km=far.distance_km,
        airfield=far.airfield.ident,
        limit=far.limit_km,
    )

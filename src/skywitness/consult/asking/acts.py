"""Asker ``acts``: what the law makes of acts of Parties (``law.act_effects``), stored as practice or told here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from skywitness.consult.asking.answers import UnderReading, by_what_they_take, earlier
from skywitness.consult.model import Question, Way
from skywitness.core.errors import Faults
from skywitness.core.finding import Finding
from skywitness.core.text import quoted, say
from skywitness.law.act_effects import answer_all
from skywitness.law.acts import Acts, acts_from_toml, practice
from skywitness.law.instrument import load
from skywitness.law.legal_day import LegalDay
from skywitness.law.names import did_you_mean
from skywitness.law.rows import Row
from skywitness.law.withdrawal import Withdrawal

__all__ = ["ask", "check"]


def check(question: Question) -> None:
    """Read the acts.

    :raises InputError: with all faults; also where no reading says on which day they are to be answered.
    """
    faults = Faults()
    if not question.ways:
        faults.add("readings", say("missing: on which days, in tables [[questions.readings]]"))
    stored = {act.told.id for act in practice().all()}
    for name in Row(question.data, "", faults).texts("practice", []):
        if name not in stored:
            near = did_you_mean(name, stored) if name else say("")
            faults.add("practice", say("no act of practice is called {name}.{near}", name=quoted(name), near=near))
    faults.raise_if_any("bad_facts", say("The facts cannot be used as they stand."))
    _acts(question)


def ask(question: Question, known: dt.date | None) -> tuple[UnderReading, ...]:
    """Answer on the day of each reading; provisions of the question alone are kept where it names some."""
    return tuple(row for way in question.ways for row in _rows(question, way, known))


def _rows(question: Question, way: Way, known: dt.date | None) -> tuple[UnderReading, ...]:
    day = LegalDay(way.reading.at, earlier(known, way.reading.known), load("open-skies"))
    findings = _findings(question, day)
    return by_what_they_take(way.name.text, day.reading(way.reading.interpretations), findings)


def _findings(question: Question, day: LegalDay) -> Iterator[Finding]:
    acts = _acts(question)
    told = replace(acts, withdrawals=tuple(_as_known(one, day.known) for one in acts.withdrawals))
    for answered in answer_all(told, day):
        for one in answered.consequences:
            if not question.provisions or one.finding.provision in question.provisions:
                yield one.finding


def _as_known(act: Withdrawal, known: dt.date | None) -> Withdrawal:
    """Leave out days of a withdrawal that had not come when it was known: a conference, when the others were told."""
    if known is None:
        return act
    conference = act.conference if act.conference and act.conference <= known else None
    told_all = act.told_all if act.told_all and act.told_all <= known else None
    return replace(act, conference=conference, told_all=told_all)


def _acts(question: Question) -> Acts:
    names = set(question.data.get("practice", []))
    own = acts_from_toml({key: value for key, value in question.data.items() if key != "practice"})
    kept = {kind: tuple(act for act in getattr(practice(), kind) if act.told.id in names) for kind in Acts.__slots__}
    return Acts(**kept).with_(own)

"""Asker ``plan``: a mission plan judged by the rules under each reading, its claims and its border view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from skywitness.consult.asking.answers import UnderReading, deciding, earlier
from skywitness.consult.model import Question, Way
from skywitness.core.errors import Faults, InputError
from skywitness.core.finding import Finding, overall
from skywitness.core.reading import Reading
from skywitness.core.text import quoted, say
from skywitness.geo.borders import load_view
from skywitness.law.claims import claims
from skywitness.law.names import did_you_mean
from skywitness.route.check import findings_in, make_context
from skywitness.route.facts import Facts
from skywitness.route.files.facts_file import facts_from_toml
from skywitness.route.files.plan_file import plan_from_json
from skywitness.route.model import Plan

__all__ = ["ask", "check", "plan_of"]


def check(question: Question) -> None:
    """Read the plan (``plan``, as plan.json has it) and the facts (``facts``), and look at the readings.

    :raises InputError: with all faults, each with its path.
    """
    faults = Faults()
    for key in question.data:
        if key not in ("plan", "facts"):
            faults.add(key, say("unknown field.{near}", near=did_you_mean(key, ("plan", "facts"))))
    if not question.ways:
        faults.add("readings", say("missing: on which days, in tables [[questions.readings]]"))
    for part, reader in (("plan", plan_of), ("facts", _facts)):
        try:
            reader(question)
        except InputError as error:
            _take_over(faults, part, error)
    for way in question.ways:
        _check_claims(faults, way)
        load_view(way.reading.view, way.reading.at)
    faults.raise_if_any("bad_facts", say("The plan and its facts cannot be used as they stand."))


def _take_over(faults: Faults, part: str, error: InputError) -> None:
    if not error.faults:
        faults.add(part, error.message)
    for fault in error.faults:
        faults.add(f"{part}.{fault.where}" if fault.where else part, fault.message)


def _check_claims(faults: Faults, way: Way) -> None:
    stored = set(claims())
    for name in way.reading.accepted_claims:
        if name not in stored and not name.startswith("X-"):
            near = did_you_mean(name, stored)
            faults.add("readings", say("no claim is called {name}.{near}", name=quoted(name), near=near))


def ask(question: Question, known: dt.date | None) -> tuple[UnderReading, ...]:
    """Judge the plan under each reading; provisions of the question alone are kept where it names some."""
    return tuple(_row(question, way, known) for way in question.ways)


def _row(question: Question, way: Way, known: dt.date | None) -> UnderReading:
    reading = replace(way.reading, known=earlier(known, way.reading.known))
    findings = _findings(question, reading)
    needs = tuple(dict.fromkeys(need for one in findings for need in one.needs))
    return UnderReading(way.name.text, reading, overall(findings), findings, deciding(findings), needs)


def _findings(question: Question, reading: Reading) -> tuple[Finding, ...]:
    view = load_view(reading.view, reading.at)
    context = make_context(plan_of(question), _facts(question), reading, view=view)
    wanted = question.provisions
    return tuple(one for one in findings_in(context) if not wanted or one.provision in wanted)


def plan_of(question: Question) -> Plan:
    """Read the plan of a question.

    :raises InputError: with all its faults.
    """
    return plan_from_json(_plain(question.data.get("plan")), "plan")


def _facts(question: Question) -> Facts:
    return facts_from_toml(dict(question.data.get("facts") or {}), "facts")


def _plain(value: Any) -> Any:
    """Turn what TOML read into what JSON reads: days and times become words."""
    if isinstance(value, Mapping):
        return {key: _plain(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_plain(below) for below in value]
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value

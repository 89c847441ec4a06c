"""What the tests of conduct share: Sweden over Finland, with facts in the words of a file."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from skywitness.core.finding import Finding
from skywitness.mission.conduct.facts import read_conduct
from skywitness.mission.conduct.judged import judge
from skywitness.route.check import make_context
from skywitness.route.files.facts_file import facts_with
from skywitness.route.files.plan_file import read_plan
from skywitness.route.model import Plan

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@cache
def plan() -> Plan:
    """Sweden over Finland on 12 September 2019 with one vertical camera, ``cam``."""
    return read_plan(EXAMPLES / "plan.json").plan


def judged(facts: str, categories: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Judge what the words of a file of facts tell; ``categories``: the sensors of the plan in place of its camera."""
    flown = plan()
    if categories is not None:
        named = [replace(flown.sensors[0], ident=ident, category=kind) for ident, kind in categories.items()]
        legs = tuple(replace(leg, sensors=()) for leg in flown.legs)
        flown = replace(flown, sensors=tuple(named), legs=legs)
    known, told = facts_with(tomllib.loads(facts), read_conduct)
    return judge(make_context(flown, known, flown.reading), told)


@pytest.fixture(scope="session")
def conduct() -> Callable[..., tuple[Finding, ...]]:
    """Judge the words of a file of facts."""
    return judged

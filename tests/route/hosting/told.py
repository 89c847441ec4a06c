"""Contexts for tests of what is told around a flight: a lawful plan of Sweden over Germany, and a few tables."""

from __future__ import annotations

from typing import Any

from tests.route.rules.plans import full_facts, make, make_plan

from skywitness.route.facts import Agreement
from skywitness.route.files.facts_file import facts_from_toml
from skywitness.route.host_facts import Hosting
from skywitness.route.model import Plan
from skywitness.route.rules.context import Context


def told(
    plan: Plan | None = None, agreements: tuple[Agreement, ...] = (), entry: str | None = None, **tables: Any
) -> Context:
    """The context of a plan with these parts of ``Hosting``; everything else about the flight is known."""
    facts = full_facts(hosting=Hosting(**tables), agreements=agreements, point_of_entry=entry)
    return make(plan or make_plan(), facts)


def read(**tables: Any) -> Hosting:
    """What a facts file with these tables tells around the flight."""
    return facts_from_toml(tables).hosting

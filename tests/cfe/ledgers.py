"""Small reduction ledgers for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from skywitness.cfe.reduction.check import judge
from skywitness.cfe.reduction.model import Ledger
from skywitness.cfe.reduction.read import read_ledger
from skywitness.core.finding import Finding
from skywitness.core.reading import Reading

AT = dt.date(1995, 11, 17)
SITE: dict[str, Any] = {"id": "yard", "state": "DEU", "notified": dt.date(1992, 7, 17), "in_area": True}
LEVELS = {
    "battle_tank": 4_166,
    "armoured_combat_vehicle": 3_446,
    "artillery": 2_705,
    "combat_aircraft": 900,
    "attack_helicopter": 306,
}
"""Levels of Germany as these tests tell them."""


def liability(category: str = "battle_tank", **fields: Any) -> dict[str, Any]:
    """Make a liability of Germany; its level is told, so that nothing rests on memory."""
    return {"state": "DEU", "category": category, "level": LEVELS[category], **fields}


def item(way: str = "destruction", category: str = "battle_tank", **fields: Any) -> dict[str, Any]:
    """Make an entry of a German ledger: ten items in 1993, notified the week after."""
    made = {"id": "entry", "state": "DEU", "category": category, "way": way, "count": 10, "site": "yard", **fields}
    made.setdefault("date", dt.date(1993, 6, 1))
    if "notified" not in made:
        made["notified"] = made["date"] + dt.timedelta(days=5)
    return {name: value for name, value in made.items() if value is not None}


def ledger(at: dt.date = AT, **tables: Any) -> Ledger:
    """Read a ledger; there is always the site."""
    made = {name: rows if isinstance(rows, list) else [rows] for name, rows in tables.items()}
    made.setdefault("site", [SITE])
    return read_ledger({"at": at, **made})


def found(at: dt.date = AT, ways: Mapping[str, str] | None = None, **tables: Any) -> tuple[Finding, ...]:
    """Judge a ledger."""
    return judge(ledger(at, **tables), Reading(at=at, interpretations=dict(ways or {})))


def verdicts(findings: tuple[Finding, ...], provision: str) -> list[str]:
    """Return the verdicts on a provision, with what may or must be done."""
    return [
        f"{one.verdict.value} {one.effect.modality}" if one.effect is not None else one.verdict.value
        for one in findings
        if one.provision == f"CFE:{provision}"
    ]

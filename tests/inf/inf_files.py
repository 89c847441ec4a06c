"""Small files on the INF Treaty for tests: a type with records, a ledger with rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.inf.check.check import judge
from skywitness.inf.check.read import read_ledger
from skywitness.inf.classify.answer import Answered, answer
from skywitness.inf.classify.read import read_case
from skywitness.inf.ways import interpretations

AT = dt.date(1995, 6, 1)
WEAPON = {"id": "weapon", "by": "USA", "of": "T", "what": "statement", "on": "weapon", "value": True}
GROUND = {"id": "ground", "by": "USA", "of": "T", "what": "statement", "on": "meant_for_ground", "value": True}


def flight(ident: str, **fields: Any) -> dict[str, Any]:
    """Make a flight test of the type T, told by its holder."""
    return {"id": ident, "by": "USA", "of": "T", "what": "test", **fields}


def stated(on: str, value: bool, by: str = "USA", ident: str = "") -> dict[str, Any]:
    """Make a statement on the type T."""
    return {"id": ident or f"{by}-{on}", "by": by, "of": "T", "what": "statement", "on": on, "value": value}


def case(*records: Mapping[str, Any], kind: str = "ballistic", at: dt.date = AT, **of_type: Any) -> dict[str, Any]:
    """Make a file with one type T of the United States."""
    return {"at": at, "type": [{"id": "T", "holder": "USA", "kind": kind, **of_type}], "record": list(records)}


def answered(*records: Mapping[str, Any], kind: str = "ballistic", only: str = "own", **more: Any) -> Answered:
    """Answer such a file under one reading: ``ways`` over the defaults, all of them with ``every_way``."""
    defaults = {} if more.pop("every_way", False) else {name: one.default for name, one in interpretations().items()}
    ways = {**defaults, **more.pop("ways", {})}
    return answer(read_case(case(*records, kind=kind, **more)), only=only, fixed=ways)


def steps_of(found: Answered, provision: str) -> list[Finding]:
    """Return what the only reading says of one provision."""
    (one,) = found.by_reading
    of_types = [step for outcome in one.types for step in outcome.steps]
    of_launchers = [step for outcome in one.launchers for step in outcome.steps]
    return [step for step in (*of_types, *of_launchers, *one.conduct) if step.provision == f"INF:{provision}"]


def judged(
    at: dt.date = dt.date(1990, 11, 30), *, complete: bool = False, **tables: Sequence[Any]
) -> tuple[Finding, ...]:
    """Judge a ledger."""
    ledger = read_ledger({"at": at, "complete": complete, **{name: list(rows) for name, rows in tables.items()}})
    return judge(ledger, Reading(at=at))


def verdicts(findings: Sequence[Finding], provision: str) -> list[Verdict]:
    """Return the verdicts on one provision."""
    return [finding.verdict for finding in findings if finding.provision == f"INF:{provision}"]

"""Small files on the Vienna Document for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from skywitness.core.finding import Finding, Verdict
from skywitness.vdoc.activities import Outcome
from skywitness.vdoc.answer import Answered, answer
from skywitness.vdoc.read import read_dossier
from skywitness.vdoc.ways import interpretations

AT = dt.date(2024, 12, 31)
OK, BREACH, OPEN, NO = Verdict.OK, Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.NOT_APPLICABLE
MUST, NEED_NOT, UNTOLD = "must", "need_not", "cannot_tell"
NONE: Mapping[str, Any] = {"troops": 0, "tanks": 0, "acvs": 0, "artillery": 0, "sorties": 0}
DEFAULTS = {name: one.default for name, one in interpretations().items()}


def utc(day: int, hour: int = 0, month: int = 6) -> dt.datetime:
    """Make a time in 2024."""
    return dt.datetime(2024, month, 1, tzinfo=dt.UTC) + dt.timedelta(days=day - 1, hours=hour)


def account(by: str = "DEU", basis: str = "declared", **counts: Any) -> dict[str, Any]:
    """Make an account; what is not named is not told."""
    return {"by": by, "basis": basis, **counts}


def activity(ident: str = "x", *accounts: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """Make an activity of Germany from 1 to 14 June 2024 that its troops knew of, notified and announced in time."""
    told = {
        "states": ["DEU"],
        "kind": "land",
        "start": dt.date(2024, 6, 1),
        "end": dt.date(2024, 6, 14),
        "alert": False,
        "notified": dt.date(2024, 4, 1),
        "invited": dt.date(2024, 4, 1),
        "calendar": dt.date(2022, 11, 10),
        "air_told": None if fields.get("notified") is False else True,
    }
    row = {"id": ident, **told, **fields, "account": list(accounts)}
    return {key: value for key, value in row.items() if value is not None}


def sized(ident: str = "x", *, by: str = "DEU", **fields: Any) -> dict[str, Any]:
    """Make an activity whose numbers are all told: those given, the others zero."""
    counts = {what: fields.pop(what, 0) for what in NONE}
    return activity(ident, account(by, **counts), **fields)


def answered(
    *activities: Mapping[str, Any],
    at: dt.date = AT,
    only: str = "",
    ways: Mapping[str, str] | None = DEFAULTS,
    known: dt.date | None = None,
    **more: Any,
) -> Answered:
    """Answer a file; ``ways`` are over the defaults, all of them for ``None``."""
    data = {"at": at, "activity": list(activities), **more}
    fixed = {} if ways is None else {**DEFAULTS, **ways}
    return answer(read_dossier(data), known, only, fixed)


def outcome(*activities: Mapping[str, Any], **more: Any) -> Outcome:
    """Return what the only reading says of the only activity."""
    (reading,) = answered(*activities, **more).by_reading
    (found,) = reading.activities
    return found


def findings_of(found: Answered | Outcome, provision: str) -> list[Finding]:
    """Return everything said of one provision."""
    every: list[Finding] = list(found.findings)
    if isinstance(found, Answered):
        every += [one for reading in found.by_reading for one in reading.findings]
    return [one for one in every if one.provision == f"VD:{provision}"]


def verdicts(found: Answered | Outcome, provision: str) -> list[Verdict]:
    """Return the verdicts on one provision."""
    return [one.verdict for one in findings_of(found, provision)]


def only_finding(found: Answered | Outcome, provision: str) -> Finding:
    """Return the one finding on a provision."""
    (finding,) = findings_of(found, provision)
    return finding


def names(found: Answered) -> Sequence[str]:
    """Name the readings by whose word they take."""
    return list(dict.fromkeys(one.acceptance.name for one in found.by_reading))

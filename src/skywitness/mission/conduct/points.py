"""Requirements that are judged together: broken where one is, open where one is, else kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text
from skywitness.mission.conduct.case import Case, missing, sourced
from skywitness.route.rules.drafting import draft, listed


@dataclass(frozen=True, slots=True)
class Point:
    """One requirement: ``kept`` or not (``None``: nobody says), the fact that would tell, the fault where it is not."""

    kept: bool | None
    need: Text
    fault: Text


def judged(
    case: Case, code: str, points: Iterable[Point], bad: Callable[[Text], Text], good: Text, source: str, **fields: Any
) -> Finding:
    """Judge points together; ``bad`` says all faults in one sentence, ``good`` that there is none."""
    points = tuple(points)
    wrong = [point.fault for point in points if point.kept is False]
    needs = [point.need for point in points if point.kept is None]
    if wrong:
        return draft(case, code, Verdict.BREACH, sourced(bad(listed(wrong)), source), **fields)
    if needs:
        return missing(case, code, dict.fromkeys(needs), fields.get("bearer"))
    return draft(case, code, Verdict.OK, sourced(good, source), **fields)

"""What a verification finds: steps with verdicts and reasons."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from skywitness.core.errors import InputError
from skywitness.core.text import ENGLISH, Catalogue, Text
from skywitness.record.entry.remark import Remark
from skywitness.record.verify.steps import STEPS

MOST_TOLD = 20
"""Reasons told of one code in one step; the others are counted."""


class StepVerdict(enum.StrEnum):
    """The four outcomes of a step."""

    PASSED = "passed"
    FAILED = "failed"
    CANNOT_TELL = "cannot_tell"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step failed or cannot be told (not ``certain``): a stable code, the sentence, the place."""

    code: str
    text: Text
    where: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a verification; ``counts`` tells how often codes occurred that are not told in full."""

    number: int
    id: str
    title: Text
    verdict: StepVerdict
    reasons: tuple[Reason, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write as the standalone verifier does; words in the language of ``catalogue``."""
        reasons = [
            {
                "code": one.code,
                "where": one.where,
                "text": one.text.render(catalogue),
                "verdict": "failed" if one.certain else "cannot_tell",
            }
            for one in self.reasons
        ]
        made = {
            "number": self.number,
            "id": self.id,
            "title": self.title.render(catalogue),
            "verdict": str(self.verdict),
        }
        return {**made, "reasons": reasons, **({"counts": dict(self.counts)} if self.counts else {})}


def overall(steps: Iterable[Step]) -> StepVerdict:
    """Sum up: failed if any failed, else cannot tell if any, else passed."""
    verdicts = {step.verdict for step in steps}
    for verdict in (StepVerdict.FAILED, StepVerdict.CANNOT_TELL):
        if verdict in verdicts:
            return verdict
    return StepVerdict.PASSED


class Report:
    """Collects reasons while the steps run, in any order; of each code a few are kept, the others counted."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, bool, str], list[Reason]] = {}
        self._counted: dict[tuple[int, bool, str], int] = {}
        self._idle: set[int] = set()

    def fail(self, step: int, code: str, where: str, text: Text) -> None:
        """Note that something is wrong."""
        self.add(step, Reason(code, text, where))

    def doubt(self, step: int, code: str, where: str, text: Text) -> None:
        """Note that something cannot be told."""
        self.add(step, Reason(code, text, where, certain=False))

    def refused(self, step: int, code: str, where: str, error: InputError) -> None:
        """Note what a reader refused, with its first fault."""
        fault = error.faults[0] if error.faults else None
        text = fault.message if fault else error.message
        self.fail(step, code, f"{where}: {fault.where}" if fault and fault.where else where, text)

    def add(self, step: int, reason: Reason) -> None:
        """Note a reason in a step."""
        key = (step, reason.certain, reason.code)
        kept = self._kept.setdefault(key, [])
        self._counted[key] = self._counted.get(key, 0) + 1
        if len(kept) < MOST_TOLD:
            kept.append(reason)

    def remark(self, step: int, remarks: Iterable[Remark]) -> None:
        """Note what the rules of entries remark."""
        for one in remarks:
            self.add(step, Reason(one.code, one.text, one.where, one.certain))

    def idle(self, step: int) -> None:
        """Note that a step has nothing to judge in this bundle."""
        self._idle.add(step)

    def steps(self) -> tuple[Step, ...]:
        """Give all steps with what was found, what failed first."""
        return tuple(self._step(number) for number in sorted(STEPS))

    def _step(self, number: int) -> Step:
        keys = sorted((key for key in self._kept if key[0] == number), key=lambda key: not key[1])
        reasons = tuple(reason for key in keys for reason in self._kept[key])
        if reasons:
            verdict = StepVerdict.FAILED if reasons[0].certain else StepVerdict.CANNOT_TELL
        else:
            verdict = StepVerdict.NOT_APPLICABLE if number in self._idle else StepVerdict.PASSED
        counts = tuple((key[2], self._counted[key]) for key in keys if self._counted[key] > MOST_TOLD)
        info = STEPS[number]
        return Step(number, info.id, info.title, verdict, reasons, counts)

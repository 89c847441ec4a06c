"""What an asker hands back: for each reading its findings, and what follows in a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skywitness.consult.model import Question
from skywitness.core.finding import Finding, Verdict, overall
from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH, Catalogue, Text, say

__all__ = ["Asker", "UnderReading", "by_what_they_take", "deciding", "earlier"]


@dataclass(frozen=True, slots=True)
class UnderReading:
    """One row of the table: a reading with its name, what follows, and the findings it follows from.

    ``notes``: what its figures rest on.  ``figures``: numbers for scripts and maps that no finding has a field for.
    """

    name: Text
    reading: Reading
    verdict: Verdict
    findings: tuple[Finding, ...]
    answer: Text | None = None
    needs: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    figures: Mapping[str, Any] | None = None

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write the row as the interface has it; ``notes`` and ``figures`` only where there are some."""
        written: dict[str, Any] = {
            "name": self.name.render(catalogue),
            "reading": self.reading.to_json(),
            "verdict": self.verdict.value,
            "answer": self.answer.render(catalogue) if self.answer else None,
            "findings": [one.to_json(catalogue) for one in self.findings],
            "needs": [one.render(catalogue) for one in self.needs],
        }
        if self.notes:
            written["notes"] = [one.render(catalogue) for one in self.notes]
        if self.figures is not None:
            written["figures"] = dict(self.figures)
        return written


@dataclass(frozen=True, slots=True)
class Asker:
    """One way to ask: ``check`` raises ``InputError`` for data it cannot use, ``ask`` answers as known on a day."""

    check: Callable[[Question], None]
    ask: Callable[[Question, dt.date | None], tuple[UnderReading, ...]]


def earlier(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    """Return the earlier of two days up to which something was known; ``None`` is today."""
    if one is None or other is None:
        return one or other
    return min(one, other)


def by_what_they_take(name: Text, reading: Reading, findings: Iterable[Finding]) -> tuple[UnderReading, ...]:
    """Part findings by the interpretations and claims that their own reading takes.

    What takes none holds in every reading, except where a reading has a finding of its own on the same provision: then
    it is the answer of those who take neither, and has a row of its own.
    """
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for one in findings:
        groups.setdefault(_taken(one.reading, reading), []).append(one)
    plain = groups.pop((), [])
    if not groups:
        return (_row(name, reading, plain),)
    rows = []
    for taken, those in groups.items():
        own = {one.provision for one in those}
        words = say("{name}; {taken}", name=name, taken=", ".join(taken))
        rows.append(_row(words, those[0].reading, [*those, *(one for one in plain if one.provision not in own)]))
    answered = {one.provision for those in groups.values() for one in those}
    if any(one.provision in answered for one in plain):
        rows.append(_row(say("{name}; none of these", name=name), reading, plain))
    return tuple(rows)


def _taken(own: Reading, asked: Reading) -> tuple[str, ...]:
    """Name what a finding takes beyond the reading it was asked under."""
    ways: Mapping[str, str] = asked.interpretations
    more = [f"{place} {way}" for place, way in sorted(own.interpretations.items()) if ways.get(place) != way]
    return (*more, *(claim for claim in own.accepted_claims if claim not in asked.accepted_claims))


def _row(name: Text, reading: Reading, findings: list[Finding]) -> UnderReading:
    needs = tuple(dict.fromkeys(need for one in findings for need in one.needs))
    return UnderReading(name, reading, overall(findings), tuple(findings), deciding(findings), needs)


def deciding(findings: Sequence[Finding]) -> Text | None:
    """Return the sentence of the one finding that decides; ``None`` where several decide alike, or there is none."""
    worst = overall(findings)
    those = [one for one in findings if one.verdict is worst]
    return say("{provision}: {why}", provision=those[0].provision, why=those[0].why) if len(those) == 1 else None

"""Answer a file of records: every type and launcher under every reading that makes a difference; no verdict of ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType
from typing import Any

from skywitness.core.errors import InputError
from skywitness.core.finding import Finding, Verdict, overall
from skywitness.core.reading import Reading
from skywitness.core.shared import Shared
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.inf.classify.accepted import Acceptance, acceptances, disputes
from skywitness.inf.classify.conduct import conduct
from skywitness.inf.classify.decide import Outcome, Scope, classify
from skywitness.inf.classify.desk import Desk
from skywitness.inf.classify.launchers import LauncherOutcome, launchers, told_of
from skywitness.inf.classify.model import SAME_LAUNCHER, STAND, TARGET, CaseFile, Record, Subject
from skywitness.inf.law import Law, law_of
from skywitness.inf.ways import interpretations
from skywitness.law.names import did_you_mean

__all__ = ["Answered", "UnderReading", "answer"]


@dataclass(frozen=True, slots=True)
class OfType:
    """What a reading makes of one type.  ``asked``: the disputed places that mattered, as they were settled."""

    outcome: Outcome
    conduct: tuple[Finding, ...]
    asked: Mapping[str, str]
    key: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class UnderReading:
    """What one reading makes of the file.  ``ways`` are the interpretations that make a difference to it.

    ``key`` is what two readings have to agree on to give the same answer.  Readings share what they make of a type
    where the places that they settle differently do not matter to it.
    """

    acceptance: Acceptance
    reading: Reading
    ways: Mapping[str, str]
    types: tuple[Outcome, ...]
    launchers: tuple[LauncherOutcome, ...]
    conduct: tuple[Finding, ...]
    key: tuple[Any, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """A breach where an act is one, else open where a type or an act is, else kept."""
        found = overall(self.conduct)
        open_type = any(one.scope is Scope.CANNOT_TELL for one in self.types)
        if found is Verdict.BREACH or not open_type:
            return Verdict.OK if found is Verdict.NOT_APPLICABLE else found
        return Verdict.CANNOT_TELL

    def to_json(self, catalogue: Catalogue = ENGLISH, seen: dict[int, Any] | None = None) -> dict[str, Any]:
        """Write the reading and what it makes of the file; ``seen``: what readings that share it have written."""
        kept = {} if seen is None else seen

        def write(one: Outcome | LauncherOutcome | Finding) -> Any:
            if id(one) not in kept:
                bare = {"with_reading": False} if isinstance(one, Finding) else {}
                kept[id(one)] = Shared(one.to_json(catalogue, **bare))
            return kept[id(one)]

        return {
            "name": self.acceptance.name,
            "accepts": [record.id for record in self.acceptance.records],
            "ways": dict(self.ways),
            "reading": self.reading.to_json(),
            "verdict": self.verdict.value,
            "types": [write(one) for one in self.types],
            "launchers": [write(one) for one in self.launchers],
            "findings": [write(one) for one in self.conduct],
        }


@dataclass(frozen=True, slots=True)
class Answered:
    """The file with what every reading makes of it."""

    case: CaseFile
    by_reading: tuple[UnderReading, ...]
    disputes: tuple[tuple[Record, Record], ...] = ()
    """Every two records that contradict one another."""

    @property
    def verdict(self) -> Verdict:
        """What all readings agree on; open where they do not."""
        found = {one.verdict for one in self.by_reading}
        return found.pop() if len(found) == 1 else Verdict.CANNOT_TELL

    @property
    def missing(self) -> tuple[Text, ...]:
        """List the facts that are missing, each once."""
        shared = {id(outcome): outcome for one in self.by_reading for outcome in one.types}
        return tuple(dict.fromkeys(need for outcome in shared.values() for need in outcome.needs))

    @property
    def needs(self) -> tuple[Text, ...]:
        """List what would settle it: facts that are missing, then which of two records is right."""
        pairs = (say("which is right: {one} or {other}", one=one.id, other=other.id) for one, other in self.disputes)
        return tuple(dict.fromkeys([*self.missing, *pairs]))

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write everything."""
        seen: dict[int, Any] = {}
        return {
            "title": self.case.title,
            "at": self.case.at.isoformat(),
            "verdict": self.verdict.value,
            "readings": [one.to_json(catalogue, seen) for one in self.by_reading],
            "disputes": [[one.id, other.id] for one, other in self.disputes],
            "needs": [need.render(catalogue) for need in self.needs],
        }


def answer(
    case: CaseFile, known: dt.date | None = None, only: str = "", fixed: Mapping[str, str] = MappingProxyType({})
) -> Answered:
    """Answer a file under every reading that makes a difference.

    ``known`` leaves out what was said after that day, ``only`` names one reading by whose word it takes, ``fixed``
    settles interpretations.

    :raises InputError: for a reading that there is none of.
    :raises NotInForceError: when the Treaty is not in force on the day of the file.
    """
    if known is not None:
        there = tuple(one for one in case.records if one.said is None or one.said <= known)
        kept = {one.id for one in there}
        pruned = tuple(replace(one, denies=tuple(ident for ident in one.denies if ident in kept)) for one in there)
        case = replace(case, records=pruned)
    found = acceptances(case)
    names = [one.name for one in found]
    if only and only not in names:
        near = did_you_mean(only, names)
        message = say(
            "There is no reading {name}; there are {known}.{near}", name=repr(only), known=", ".join(names), near=near
        )
        raise InputError("unknown_reading", message, "--by")
    chosen = [one for one in found if only in ("", one.name)]
    under = tuple(one for acceptance in chosen for one in _readings(case, acceptance, known, fixed))
    return Answered(case, under, disputes(case.records))


def _readings(
    case: CaseFile, acceptance: Acceptance, known: dt.date | None, fixed: Mapping[str, str]
) -> Iterator[UnderReading]:
    """Judge by every combination of ways; where a way makes no difference its default stands for all."""
    places = {name: _ways(name, acceptance, fixed) for name in interpretations()}
    bench = _Bench(case, acceptance, known)
    every = {
        chosen: bench.under(MappingProxyType(dict(zip(places, chosen, strict=True))))
        for chosen in product(*places.values())
    }
    matters = [number for number in range(len(places)) if _matters(number, every)]
    names = tuple(places)
    for chosen, found in every.items():
        idle = (way == places[names[number]][0] for number, way in enumerate(chosen) if number not in matters)
        if all(idle):
            told = {names[number]: chosen[number] for number in (*matters, *_fixed(names, fixed))}
            yield replace(found, ways=MappingProxyType(told))


_TOUCHED: Mapping[str, Callable[[Record], bool]] = MappingProxyType(
    {
        "INF:II.2": lambda record: record.on == "reusable",
        "INF:VII.8": lambda record: record.what == SAME_LAUNCHER,
        "INF:VII.11": lambda record: record.launched_from == STAND,
        "INF:VII.12": lambda record: record.purpose == TARGET,
    }
)
"""Records without which a disputed place cannot make a difference."""


def _ways(name: str, acceptance: Acceptance, fixed: Mapping[str, str]) -> tuple[str, ...]:
    """List the ways worth trying: the one that is settled, the default where nothing touches the place, else all."""
    if name in fixed:
        return (fixed[name],)
    every = tuple(interpretations()[name].ways)
    touched = name not in _TOUCHED or any(_TOUCHED[name](record) for record in acceptance.records)
    return every if touched else every[:1]


def _fixed(names: tuple[str, ...], fixed: Mapping[str, str]) -> tuple[int, ...]:
    return tuple(number for number, name in enumerate(names) if name in fixed)


def _matters(number: int, every: Mapping[tuple[str, ...], UnderReading]) -> bool:
    """Tell whether one interpretation makes a difference, whatever the others are."""
    seen: dict[tuple[str, ...], tuple[Any, ...]] = {}
    for chosen, found in every.items():
        others = (*chosen[:number], *chosen[number + 1 :])
        if seen.setdefault(others, found.key) != found.key:
            return True
    return False


class _Bench:
    """One acceptance before the law: each type is judged once for each way of the places that matter to it."""

    def __init__(self, case: CaseFile, acceptance: Acceptance, known: dt.date | None) -> None:
        self.case, self.acceptance, self.known = case, acceptance, known
        self.subjects = sorted(case.subjects, key=lambda one: one.id)
        self.records: dict[str, list[Record]] = {one.id: [] for one in self.subjects}
        for record in acceptance.records:
            if record.of:
                self.records[record.of].append(record)
        self.judged: dict[str, list[OfType]] = {one.id: [] for one in self.subjects}
        self.told = told_of(acceptance.records)

    def under(self, ways: Mapping[str, str]) -> UnderReading:
        """Judge everything by one combination of ways."""
        accepted = self.acceptance.contested
        law = law_of(Reading(at=self.case.at, known=self.known, interpretations=ways, accepted_claims=accepted))
        found = [self._type(subject, law, ways) for subject in self.subjects]
        outcomes = {one.outcome.subject.id: one.outcome for one in found}
        of_launchers = launchers(self.told, outcomes, law)
        return UnderReading(
            self.acceptance,
            law.reading,
            MappingProxyType({}),
            tuple(outcomes.values()),
            of_launchers,
            tuple(finding for one in found for finding in one.conduct),
            (tuple(one.key for one in found), tuple(one.key for one in of_launchers)),
        )

    def _type(self, subject: Subject, law: Law, ways: Mapping[str, str]) -> OfType:
        """Judge a type, or take what was made of it by a reading that settles alike all that mattered to it."""
        for before in self.judged[subject.id]:
            if all(ways[place] == way for place, way in before.asked.items()):
                return before
        desk = Desk(subject, tuple(self.records[subject.id]), law)
        outcome = classify(desk)
        acts = conduct(desk, outcome)
        key = (outcome.key, tuple((one.provision, one.verdict, one.where) for one in acts))
        found = OfType(outcome, acts, MappingProxyType({place: ways[place] for place in desk.asked}), key)
        self.judged[subject.id].append(found)
        return found

"""Answer a file: every activity under every reading that makes a difference, and what does not depend on readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import InputError
from skywitness.core.finding import Finding, Verdict, overall
from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.names import did_you_mean
from skywitness.vdoc.accepted import Acceptance, acceptances, disputes
from skywitness.vdoc.activities import Outcome, judge_activity
from skywitness.vdoc.clocks import judge_information, judge_questions
from skywitness.vdoc.constraints import COMPLETE, judge_constraints
from skywitness.vdoc.law import instrument, law_of
from skywitness.vdoc.model import Account, Activity, Dossier, Together
from skywitness.vdoc.unit import ONE_ACTIVITY, units
from skywitness.vdoc.visits import judge_visits
from skywitness.vdoc.ways import interpretations

__all__ = ["Answered", "UnderReading", "answer"]

VERSION: Final = "version"


@dataclass(frozen=True, slots=True)
class UnderReading:
    """What one reading makes of the activities.  ``ways`` are the interpretations that make a difference to it."""

    acceptance: Acceptance
    reading: Reading
    ways: Mapping[str, str]
    activities: tuple[Outcome, ...]
    together: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found under the reading."""
        return (*(one for outcome in self.activities for one in outcome.findings), *self.together)

    @property
    def verdict(self) -> Verdict:
        """Sum up the reading; where nothing applies, nothing is broken."""
        return _summed(self.findings)

    @property
    def key(self) -> tuple[Any, ...]:
        """What two readings have to agree on to give the same answer."""
        together = tuple((one.provision, one.bearer, one.verdict) for one in self.together if one.needs != (COMPLETE,))
        return tuple(one.key for one in self.activities), together

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write the reading and what it makes of the activities."""
        return {
            "name": self.acceptance.name,
            "ways": dict(self.ways),
            "reading": self.reading.to_json(),
            "verdict": self.verdict.value,
            "activities": [one.to_json(catalogue) for one in self.activities],
            "findings": [one.to_json(catalogue) for one in self.together],
        }


@dataclass(frozen=True, slots=True)
class Answered:
    """The file with what every reading makes of it; ``findings`` are those that do not depend on a reading."""

    dossier: Dossier
    by_reading: tuple[UnderReading, ...]
    findings: tuple[Finding, ...]

    @property
    def disputes(self) -> tuple[tuple[Account, Account], ...]:
        """Every two accounts that cannot both be true."""
        return disputes(self.dossier)

    @property
    def outside(self) -> tuple[Activity, ...]:
        """Activities outside the zone of application, which are not judged."""
        return tuple(one for one in self.dossier.activities if not one.in_zone)

    @property
    def verdict(self) -> Verdict:
        """A breach where every reading finds one, or none is needed for it; open where readings do not agree."""
        found = {one.verdict for one in self.by_reading}
        of_activities = found.pop() if len(found) == 1 else Verdict.CANNOT_TELL if found else Verdict.OK
        apart = _summed(self.findings)
        order = (Verdict.BREACH, Verdict.CANNOT_TELL, Verdict.OK)
        return next(verdict for verdict in order if verdict in (of_activities, apart))

    @property
    def needs(self) -> tuple[Text, ...]:
        """List what would settle it: facts that are missing, then which of two accounts is right."""
        every = [*self.findings, *(one for reading in self.by_reading for one in reading.findings)]
        missing = (need for finding in every for need in finding.needs)
        pairs = (say("which is right: {one} or {other}", one=one.id, other=other.id) for one, other in self.disputes)
        return tuple(dict.fromkeys([*missing, *pairs]))

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write everything."""
        source = instrument()
        (version,) = source.of(VERSION)
        return {
            "title": self.dossier.title,
            "at": self.dossier.at.isoformat(),
            "instrument": source.name,
            "version": str(version.dated.value),
            "binding": source.heading.binding,
            "verdict": self.verdict.value,
            "outside": [one.id for one in self.outside],
            "readings": [one.to_json(catalogue) for one in self.by_reading],
            "findings": [one.to_json(catalogue) for one in self.findings],
            "disputes": [[one.id, other.id] for one, other in self.disputes],
            "needs": [need.render(catalogue) for need in self.needs],
        }


def _summed(findings: tuple[Finding, ...]) -> Verdict:
    found = overall(findings)
    return Verdict.OK if found is Verdict.NOT_APPLICABLE else found


def answer(
    dossier: Dossier, known: dt.date | None = None, only: str = "", fixed: Mapping[str, str] = MappingProxyType({})
) -> Answered:
    """Answer a file under every reading that makes a difference.

    ``known`` leaves out accounts that were given after that day, ``only`` names one reading by whose word it takes,
    ``fixed`` settles interpretations.

    :raises InputError: for a reading that there is none of.
    :raises NotInForceError: when the document does not apply on the day of the file.
    """
    if known is not None:
        dossier = _pruned(dossier, known)
    law = law_of(Reading(at=dossier.at, known=known))
    apart = (*judge_visits(dossier, law), *judge_questions(dossier, law), *judge_information(dossier, law))
    found = acceptances(dossier) if dossier.activities else ()
    names = [one.name for one in found]
    if only and only not in names:
        near = did_you_mean(only, names)
        known_names = ", ".join(names) or "-"
        message = say(
            "There is no reading {name}; there are {known}.{near}", name=repr(only), known=known_names, near=near
        )
        raise InputError("unknown_reading", message, "--by")
    chosen = [one for one in found if only in ("", one.name)]
    readings = tuple(one for acceptance in chosen for one in _readings(dossier, acceptance, known, fixed))
    return Answered(dossier, readings, apart)


def _pruned(dossier: Dossier, known: dt.date) -> Dossier:
    """Leave out what was said after a day."""

    def kept(accounts: tuple[Account, ...]) -> tuple[Account, ...]:
        return tuple(one for one in accounts if one.said is None or one.said <= known)

    activities = tuple(replace(one, accounts=kept(one.accounts)) for one in dossier.activities)
    togethers = tuple(
        replace(one, accounts=kept(one.accounts)) for one in dossier.togethers if one.said is None or one.said <= known
    )
    return replace(dossier, activities=activities, togethers=togethers)


def _readings(
    dossier: Dossier, acceptance: Acceptance, known: dt.date | None, fixed: Mapping[str, str]
) -> Iterator[UnderReading]:
    """Judge by every combination of ways; where a way makes no difference its default stands for all."""
    places = {name: _ways(name, dossier, fixed) for name in interpretations()}
    every = {
        chosen: _under(dossier, acceptance, known, MappingProxyType(dict(zip(places, chosen, strict=True))))
        for chosen in product(*places.values())
    }
    names = tuple(places)
    matters = [number for number in range(len(names)) if _matters(number, every)]
    settled = [number for number, name in enumerate(names) if name in fixed]
    for chosen, found in every.items():
        if all(way == places[names[number]][0] for number, way in enumerate(chosen) if number not in matters):
            told = {names[number]: chosen[number] for number in (*matters, *settled)}
            yield replace(found, ways=MappingProxyType(told))


def _ways(name: str, dossier: Dossier, fixed: Mapping[str, str]) -> tuple[str, ...]:
    """List the ways worth trying: the one that is settled, the default where nothing touches the place, else all."""
    if name in fixed:
        return (fixed[name],)
    every = tuple(interpretations()[name].ways)
    touched = bool(dossier.togethers) if name == ONE_ACTIVITY else len(dossier.activities) > 1
    return every if touched else every[:1]


def _matters(number: int, every: Mapping[tuple[str, ...], UnderReading]) -> bool:
    """Tell whether one interpretation makes a difference, whatever the others are."""
    seen: dict[tuple[str, ...], tuple[Any, ...]] = {}
    for chosen, found in every.items():
        others = (*chosen[:number], *chosen[number + 1 :])
        if seen.setdefault(others, found.key) != found.key:
            return True
    return False


def _under(dossier: Dossier, acceptance: Acceptance, known: dt.date | None, ways: Mapping[str, str]) -> UnderReading:
    states = {one.id: one.states for one in dossier.activities}
    told: tuple[Activity | Together, ...] = (*dossier.activities, *dossier.togethers)
    taken = (acceptance.accepts(one.accounts, _of(one.id, dossier, states)) for one in told)
    accepted = tuple(sorted(account.id for accounts in taken for account in accounts))
    reading = Reading(at=dossier.at, known=known, interpretations=ways, accepted_claims=accepted)
    law = law_of(reading)
    found, why = units(dossier, acceptance, law)
    together = (*why, *judge_constraints(found, law, complete=dossier.complete))
    outcomes = tuple(judge_activity(unit, law) for unit in found)
    return UnderReading(acceptance, reading, MappingProxyType({}), outcomes, together)


def _of(ident: str, dossier: Dossier, states: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the States that carry out an activity, or those of a group of activities."""
    if ident in states:
        return frozenset(states[ident])
    groups = (one.activities for one in dossier.togethers if one.id == ident)
    return frozenset(code for idents in groups for name in idents for code in states[name])

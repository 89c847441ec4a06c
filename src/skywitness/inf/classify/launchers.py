"""Launcher types: what one of them fired or held, all of them are launchers of (Articles VII.7 and VII.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import ENGLISH, Catalogue, say
from skywitness.inf.classify.decide import Outcome, Scope
from skywitness.inf.classify.model import LAUNCHER, SAME_LAUNCHER, TEST, Record
from skywitness.inf.law import Law
from skywitness.inf.ways import way
from skywitness.law.provisions import provision

__all__ = ["LauncherOutcome", "Told", "launchers", "told_of"]


@dataclass(frozen=True, slots=True)
class LauncherOutcome:
    """What a reading makes of one launcher type: the missile types it counts for, and whether one is limited."""

    launcher: str
    types: tuple[str, ...]
    scope: Scope
    steps: tuple[Finding, ...]

    @property
    def key(self) -> tuple[str, tuple[str, ...], Scope]:
        """What two readings have to agree on to give the same answer."""
        return self.launcher, self.types, self.scope

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write the answer with its steps."""
        return {
            "launcher": self.launcher,
            "types": list(self.types),
            "scope": self.scope.value,
            "steps": [step.to_json(catalogue, with_reading=False) for step in self.steps],
        }


@dataclass(frozen=True, slots=True)
class Told:
    """What records say of launchers: the missile types each fired or held, which were tested, which are one type."""

    fired: Mapping[str, frozenset[str]]
    tested: frozenset[str]
    same: tuple[Record, ...]


def told_of(records: Iterable[Record]) -> Told:
    """Gather what records say of launchers."""
    fired: dict[str, set[str]] = {}
    tested: set[str] = set()
    same: list[Record] = []
    for one in records:
        if one.what == SAME_LAUNCHER:
            same.append(one)
            fired.setdefault(one.launcher_type, set())
            fired.setdefault(one.same_as, set())
        elif one.launcher_type and one.what in (TEST, LAUNCHER):
            fired.setdefault(one.launcher_type, set()).add(one.of)
            if one.what == TEST:
                tested.add(one.launcher_type)
    return Told({name: frozenset(of) for name, of in sorted(fired.items())}, frozenset(tested), tuple(same))


def launchers(told: Told, outcomes: Mapping[str, Outcome], law: Law) -> tuple[LauncherOutcome, ...]:
    """Say of every launcher type in the records which missile types it counts for, by name."""
    families = _families(told.same, way(law.reading, "INF:VII.8") == "same_construction")
    return tuple(
        _launcher(name, told.fired, families.get(name, {name}), told.tested, outcomes, law) for name in told.fired
    )


def _families(same: Iterable[Record], built_alike: bool) -> dict[str, set[str]]:
    """Put launcher types together that the records call one, where the reading goes by how they are built."""
    families: dict[str, set[str]] = {}
    for one in same:
        if built_alike and one.value:
            whole = families.get(one.launcher_type, {one.launcher_type}) | families.get(one.same_as, {one.same_as})
            families |= dict.fromkeys(whole, whole)
    return families


@provision("INF:VII.7")
@provision("INF:VII.8")
def _launcher(
    name: str,
    fired: Mapping[str, frozenset[str]],
    family: set[str],
    tested: frozenset[str],
    outcomes: Mapping[str, Outcome],
    law: Law,
) -> LauncherOutcome:
    found = tuple(sorted({of for member in family for of in fired.get(member, ())}))
    scopes = [outcomes[of].scope for of in found]
    holders = ", ".join(sorted({outcomes[of].subject.holder for of in found}))
    where = Where(name=name)
    if not found:
        why = say("Nothing accepted shows that a launcher of this type fired or held one of these missiles.")
        step = law.finding("VII.8", Verdict.NOT_APPLICABLE, why, where=where)
        return LauncherOutcome(name, (), Scope.OUT, (step,))
    told = {"types": ", ".join(found), "others": ", ".join(sorted(family - {name})) or name}
    why = say("Launchers of this type, or of one counted with it ({others}), fired or held {types}.", **told)
    effect = Effect(
        holders, "must", say("count all launchers of the type as launchers of {types}", types=told["types"])
    )
    step = law.finding("VII.8", Verdict.OK, why, effect=effect, where=where, bearer=holders)
    scope = Scope.IN if Scope.IN in scopes else Scope.CANNOT_TELL if Scope.CANNOT_TELL in scopes else Scope.OUT
    if tested.isdisjoint(family):  # one that only held a missile was not tested
        return LauncherOutcome(name, found, scope, (step,))
    as_tested = law.finding("VII.7", Verdict.OK, why, effect=effect, where=where, bearer=holders)
    return LauncherOutcome(name, found, scope, (as_tested, step))

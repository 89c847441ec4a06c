"""What is judged as one activity under a reading: an activity by itself, or several that count as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.vdoc.accepted import OWN, Acceptance
from skywitness.vdoc.count import Count, total
from skywitness.vdoc.law import Law
from skywitness.vdoc.model import COUNTED, LANDINGS, NOT_TOLD, Act, Activity, Dossier, Span, Together
from skywitness.vdoc.ways import way

__all__ = ["AS_CLAIMED", "LANDED", "ONE_ACTIVITY", "Unit", "units"]

ONE_ACTIVITY: Final = "VD:NOTIFICATION.ONE-ACTIVITY"
AS_CLAIMED: Final = "as_claimed"
LANDED: Final = "landing_troops"


@dataclass(frozen=True, slots=True)
class Unit:
    """One activity for the rules.  ``counts``: its numbers under the reading; those of landings stand apart."""

    id: str
    members: tuple[Activity, ...]
    counts: Mapping[str, Count]

    @property
    def states(self) -> tuple[str, ...]:
        """The States that carry it out, by code."""
        return tuple(sorted({code for one in self.members for code in one.states}))

    @property
    def bearer(self) -> str:
        """Name the States in one word."""
        return ", ".join(self.states)

    @property
    def start(self) -> Span:
        """When the first of it begins."""
        return min((one.start for one in self.members), key=lambda span: (span.first_utc, span.last_utc))

    @property
    def end(self) -> Span | None:
        """When the last of it ends; ``None`` where that is not told of all."""
        ends = [one.end for one in self.members]
        told = [end for end in ends if end is not None]
        return max(told, key=lambda span: (span.last_utc, span.first_utc)) if len(told) == len(ends) else None

    @property
    def alert(self) -> bool | None:
        """Whether all of it began without advance notice to the troops."""
        told = {one.alert for one in self.members}
        return False if False in told else None if None in told else True

    @property
    def landing(self) -> bool:
        """Whether a landing or parachute assault is part of it."""
        return any(one.kind in LANDINGS for one in self.members)

    @property
    def air_told(self) -> bool | None:
        """Whether the notifications tell of air forces; ``None`` where those of several exercises differ."""
        told = {one.air_told for one in self.members}
        return told.pop() if len(told) == 1 else None

    def act(self, name: str) -> Act:
        """Return when something had been done for all of it: the last of its members decides."""
        acts: list[Act] = [getattr(one, name) for one in self.members]
        if any(act.done is False for act in acts):
            return Act(done=False)
        days = [act.day for act in acts if act.day is not None]
        return Act(done=True, day=max(days)) if len(days) == len(acts) else NOT_TOLD

    def finding(self, law: Law, ident: str, verdict: Verdict, why: Text, **more: Any) -> Finding:
        """Make a finding on this activity."""
        fields = {"bearer": self.bearer, "where": Where(name=self.id), **more}
        return law.finding(ident, verdict, why, **fields)

    def must(self, what: Text) -> Effect:
        """Say what the States that carry it out owe."""
        return Effect(self.bearer, "must", what)


def units(dossier: Dossier, acceptance: Acceptance, law: Law) -> tuple[tuple[Unit, ...], tuple[Finding, ...]]:
    """Return what counts as one activity each, in the order of names, and why."""
    by_name = {one.id: one for one in dossier.activities if one.in_zone}
    found: list[Unit] = []
    why: list[Finding] = []
    for group in sorted(dossier.togethers, key=lambda one: one.id):
        members = tuple(by_name[ident] for ident in sorted(group.activities) if ident in by_name)
        if len(members) < 2:
            continue
        joined = _joined(group, members, acceptance, law)
        why.append(_one_activity(group, members, law, joined=joined))
        if joined:
            found.append(Unit(group.id, members, _counts_of(group, members, acceptance)))
            for one in members:
                del by_name[one.id]
    found += [Unit(one.id, (one,), _counts(one, acceptance)) for one in by_name.values()]
    return tuple(sorted(found, key=lambda unit: (unit.start.first_utc, unit.id))), tuple(why)


def _joined(group: Together, members: Sequence[Activity], acceptance: Acceptance, law: Law) -> bool:
    """Tell whether they count as one: by the word of a State that carries one out, else by the way that is taken."""
    if any(by in one.states for by in group.by for one in members):
        return True
    return acceptance.name != OWN and way(law.reading, ONE_ACTIVITY) == AS_CLAIMED


@provision(ONE_ACTIVITY)
def _one_activity(group: Together, members: Sequence[Activity], law: Law, *, joined: bool) -> Finding:
    """Say whether several exercises count as one activity under the reading."""
    told = {"names": ", ".join(one.id for one in members), "by": ", ".join(group.by)}
    states = ", ".join(sorted({code for one in members for code in one.states}))
    where = Where(name=group.id)
    if not joined:
        why = say("{names} count by themselves, though said to be one activity by {by}.", **told)
        return law.finding("NOTIFICATION.ONE-ACTIVITY", Verdict.OK, why, bearer=states, where=where)
    why = say("{names} count as one activity, by the word of {by}; their numbers are added.", **told)
    effect = Effect(states, "must", say("treat them as one activity"))
    return law.finding("NOTIFICATION.ONE-ACTIVITY", Verdict.OK, why, bearer=states, where=where, effect=effect)


def _counts(one: Activity, acceptance: Acceptance) -> Mapping[str, Count]:
    found = {what: acceptance.number(one.accounts, one.states, what) for what in COUNTED}
    return MappingProxyType(found | ({LANDED: found["troops"]} if one.kind in LANDINGS else {}))


def _counts_of(group: Together, members: Sequence[Activity], acceptance: Acceptance) -> Mapping[str, Count]:
    """Add the numbers of the parts; an account of the whole stands beside the sum."""
    parts = [_counts(one, acceptance) for one in members]
    states = frozenset(code for one in members for code in one.states)
    sums = {what: total(part[what] for part in parts) for what in COUNTED}
    found = {what: acceptance.number(group.accounts, states, what, sums[what]) for what in COUNTED}
    landed = [part[LANDED] for part in parts if LANDED in part]
    return MappingProxyType(found | ({LANDED: total(landed)} if landed else {}))

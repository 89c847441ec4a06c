"""Whose word a reading takes: that of the States that carry an activity out, of one speaker, of all alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from skywitness.core.text import Text, say
from skywitness.vdoc.count import Count, merged
from skywitness.vdoc.model import COUNTED, Account, Activity, Dossier, Together

__all__ = ["ALL", "OWN", "Acceptance", "acceptances", "disputes"]

OWN: Final = "own"
ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A way to take the accounts, by its name: ``own``, ``all``, or the code of whose word is taken."""

    name: str

    @property
    def words(self) -> Text:
        """Say whose word is taken."""
        if self.name == OWN:
            return say("only what the States that carry it out declare")
        if self.name == ALL:
            return say("every account; where they exclude one another, all they span")
        return say("the word of {who}; of the rest, every account", who=self.name)

    def accepts(self, accounts: Iterable[Account], states: Collection[str]) -> tuple[Account, ...]:
        """Return the accounts whose word this reading takes, by name."""
        ordered = sorted(accounts, key=lambda one: one.id)
        if self.name == ALL:
            return tuple(ordered)
        return tuple(one for one in ordered if (one.by in states if self.name == OWN else one.by == self.name))

    def number(self, accounts: Sequence[Account], states: Collection[str], what: str, *more: Count) -> Count:
        """Put the accounts of one number together.

        ``more`` are numbers that follow from other accounts and count like one that anybody gave.
        """
        told = [one for one in accounts if what in one.counts]
        if self.name == OWN:
            return merged([*(one.of(what) for one in told if one.by in states), *more])
        if theirs := [one.of(what) for one in told if one.by == self.name]:
            return merged(theirs)
        return merged([*(one.of(what) for one in told), *more])


def acceptances(dossier: Dossier) -> tuple[Acceptance, ...]:
    """List the readings of a file by whose word they take: own ones first, then each other speaker, then all.

    Where nobody but the States themselves says anything there is the reading by their own word alone.
    """
    states = {one.id: frozenset(one.states) for one in dossier.activities}
    own, others = False, set()
    for group, of in _told(dossier, states):
        for account in group:
            own = own or account.by in of
            others |= {account.by} - of
    for together in dossier.togethers:
        of = _states_of(together.activities, states)
        others |= set(together.by) - of
    found = [Acceptance(OWN)] if own else []
    found += [Acceptance(name) for name in sorted(others)]
    return tuple([*found, Acceptance(ALL)] if others or not own else found)


def _told(dossier: Dossier, states: dict[str, frozenset[str]]) -> Iterable[tuple[tuple[Account, ...], frozenset[str]]]:
    for activity in dossier.activities:
        yield activity.accounts, states[activity.id]
    for together in dossier.togethers:
        yield together.accounts, _states_of(together.activities, states)


def _states_of(idents: Iterable[str], states: dict[str, frozenset[str]]) -> frozenset[str]:
    return frozenset(code for ident in idents for code in states.get(ident, frozenset()))


def disputes(dossier: Dossier) -> tuple[tuple[Account, Account], ...]:
    """List every two accounts of one thing that cannot both be true, by their names."""
    told: tuple[Activity | Together, ...] = (*dossier.activities, *dossier.togethers)
    groups = (one.accounts for one in told)
    pairs = (
        (one, other)
        for accounts in groups
        for one, other in combinations(sorted(accounts, key=lambda account: account.id), 2)
        if any(_exclude(one.of(what), other.of(what)) for what in COUNTED)
    )
    return tuple(pairs)


def _exclude(one: Count, other: Count) -> bool:
    low = max(one.low, other.low)
    return any(count.high is not None and count.high < low for count in (one, other))

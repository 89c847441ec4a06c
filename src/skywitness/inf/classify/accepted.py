"""Which records a reading accepts: those of one speaker and what nobody disputes, or only what the holder declares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from skywitness.core.text import Text, say
from skywitness.inf.classify.model import CAPABILITY, SAME_LAUNCHER, STATEMENT, TEST, CaseFile, Record

__all__ = ["OWN", "UNCONTESTED", "Acceptance", "acceptances", "contradict", "disputes"]

OWN: Final = "own"
UNCONTESTED: Final = "uncontested"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A set of records by its name: ``own``, ``uncontested``, or the code of whose word is taken."""

    name: str
    records: tuple[Record, ...]

    @property
    def words(self) -> Text:
        """Say whose word is taken."""
        if self.name == OWN:
            return say("only what the holder of each type declares")
        if self.name == UNCONTESTED:
            return say("only what nobody disputes")
        return say("the records of {who}, and what nobody disputes", who=self.name)


def contradict(one: Record, other: Record) -> bool:
    """Tell whether two records cannot both be true, or one denies the other."""
    if one.id in other.denies or other.id in one.denies:
        return True
    if one.of != other.of or one.by == other.by:
        return False
    if one.what == other.what == STATEMENT:
        return one.on == other.on and one.value != other.value
    if one.what == other.what == SAME_LAUNCHER:
        pair = {one.launcher_type, one.same_as}
        return pair == {other.launcher_type, other.same_as} and one.value != other.value
    if one.what == other.what == CAPABILITY and one.span and other.span:
        return not one.span.meets(other.span)
    return _falls_short(one, other) or _falls_short(other, one)


def _falls_short(capability: Record, test: Record) -> bool:
    """Tell whether a told capability does not reach as far as a test went."""
    if capability.what != CAPABILITY or test.what != TEST or capability.span is None or test.span is None:
        return False
    return not capability.span.meets(test.span.and_more())


def disputes(records: Iterable[Record]) -> tuple[tuple[Record, Record], ...]:
    """List every pair of records that contradict one another, by their names."""
    ordered = sorted(records, key=lambda record: record.id)
    return tuple((one, other) for one, other in combinations(ordered, 2) if contradict(one, other))


def acceptances(case: CaseFile) -> tuple[Acceptance, ...]:
    """List the readings of a file by whose word they take; records stand in the order of their names.

    Where no holder says anything there is no reading by its word alone.
    """
    records = sorted(case.records, key=lambda record: record.id)
    contested = {record.id for pair in disputes(records) for record in pair}
    agreed = tuple(record for record in records if record.id not in contested)
    holders = {one.id: one.holder for one in case.subjects}
    everybody = set(holders.values())
    own = tuple(one for one in records if one.by == holders.get(one.of) or (not one.of and one.by in everybody))
    found = [Acceptance(OWN, own)] if own else []
    for who in case.claimants:
        theirs = tuple(one for one in records if one.by == who or one in agreed)
        found.append(Acceptance(who, theirs))
    return (*found, Acceptance(UNCONTESTED, agreed))

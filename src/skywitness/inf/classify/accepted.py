"""Which records a reading accepts: those of one speaker and what nobody disputes, or only what the holder declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

from skywitness.core.text import Text, say
from skywitness.inf.classify.model import CAPABILITY, SAME_LAUNCHER, STATEMENT, TEST, CaseFile, Record
from skywitness.inf.sides import predecessors

__all__ = ["OWN", "UNCONTESTED", "Acceptance", "acceptances", "contradict", "disputes"]

OWN: Final = "own"
UNCONTESTED: Final = "uncontested"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A set of records by its name: ``own``, ``uncontested``, or the code of whose word is taken.

    ``contested`` names those among them that somebody disputes: what makes this reading another than the others.
    """

    name: str
    records: tuple[Record, ...]
    contested: tuple[str, ...] = ()

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
    told = sorted(records, key=lambda record: record.id)
    place = {record.id: number for number, record in enumerate(told)}
    found: set[tuple[int, int]] = set()
    for family in _families(told):
        for one, other in family:
            if contradict(one, other):
                first, last = sorted((place[one.id], place[other.id]))
                found.add((first, last))
    return tuple((told[one], told[other]) for one, other in sorted(found))


def _families(records: Sequence[Record]) -> Iterator[Iterable[tuple[Record, Record]]]:
    """Go through the pairs that can contradict one another at all: two tests, for one, never do unless denied."""
    by_id = {record.id: record for record in records}
    yield ((one, by_id[ident]) for one in records for ident in one.denies if ident in by_id and ident != one.id)
    alike: dict[tuple[str, ...], list[Record]] = {}
    tests: dict[str, list[Record]] = {}
    for one in records:
        if one.what == STATEMENT:
            alike.setdefault((one.what, one.of, one.on), []).append(one)
        elif one.what == SAME_LAUNCHER:
            alike.setdefault((one.what, *sorted((one.launcher_type, one.same_as))), []).append(one)
        elif one.what == CAPABILITY:
            alike.setdefault((one.what, one.of), []).append(one)
        elif one.what == TEST:
            tests.setdefault(one.of, []).append(one)
    for family in alike.values():
        yield combinations(family, 2)
        if family[0].what == CAPABILITY:
            yield product(family, tests.get(family[0].of, ()))


def acceptances(case: CaseFile) -> tuple[Acceptance, ...]:
    """List the readings of a file by whose word they take; records stand in the order of their names.

    A holder has said what the State had said that it followed.  Where no holder says anything there is no reading by
    its word alone.
    """
    records = sorted(case.records, key=lambda record: record.id)
    contested = {record.id for pair in disputes(records) for record in pair}
    agreed = tuple(record for record in records if record.id not in contested)
    holders = {one.id: {one.holder, *predecessors(one.holder)} for one in case.subjects}
    everybody = {code for codes in holders.values() for code in codes}
    own = tuple(one for one in records if one.by in holders.get(one.of, ()) or (not one.of and one.by in everybody))
    found = [_accept(OWN, own, contested)] if own else []
    for who in case.claimants:
        theirs = tuple(one for one in records if one.by == who or one.id not in contested)
        found.append(_accept(who, theirs, contested))
    return (*found, Acceptance(UNCONTESTED, agreed))


def _accept(name: str, records: tuple[Record, ...], contested: set[str]) -> Acceptance:
    return Acceptance(name, records, tuple(one.id for one in records if one.id in contested))

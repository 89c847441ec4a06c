"""Where missiles and launchers may be (Articles II.11 and VIII)."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.inf.check.model import DECLARED_PLACES, Ledger, Sighting
from skywitness.inf.law import INTERMEDIATE, Law, instrument
from skywitness.inf.types import types
from skywitness.law.provisions import provision

__all__ = ["judge_places"]


def judge_places(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge where things of the listed types were on days on which the Treaty was in force."""
    begins = instrument().heading.entry_into_force.on
    for one in sorted(ledger.sightings, key=lambda row: row.id):
        if one.day < begins:
            continue
        yield _deployed(one, law)
        if types()[one.type].missile_class == INTERMEDIATE:
            yield _declared(one, law)
        yield from _test_range(one, law)
        yield from _training(one, law)


def _finding(
    ident: str, one: Sighting, law: Law, kept: bool, words: tuple[Text, Text, Text], used: tuple[UsedValue, ...] = ()
) -> Finding:
    """Write one of two reasons, and what is to be done where a rule is broken."""
    good, bad, remedy = words
    effect = None if kept else Effect(one.party, "must", remedy)
    verdict, why = (Verdict.OK, good) if kept else (Verdict.BREACH, bad)
    why = say("{name} (told by {by}): {why}", name=one.id, by=one.by, why=why)
    return law.finding(ident, verdict, why, bearer=one.party, effect=effect, where=Where(name=one.id), values=used)


@provision("INF:II.11")
def _deployed(one: Sighting, law: Law) -> Finding:
    """Say whether a missile counts as deployed where it is (Article II.11)."""
    middle = types()[one.type].missile_class == INTERMEDIATE
    counts = one.item == "missile" and one.place == ("deployment_area" if middle else "operating_base")
    if middle and one.place == "operating_base" and one.item == "missile":
        counts = True  # operating bases of intermediate range lie within deployment areas
    where = Where(name=one.id)
    if counts:
        effect = Effect(one.party, "must", say("count it among deployed missiles"))
        why = say("{name}: a missile there counts as deployed.", name=one.id)
        return law.finding("II.11", Verdict.OK, why, bearer=one.party, effect=effect, where=where)
    why = say("{name}: it does not count as deployed there.", name=one.id)
    return law.finding("II.11", Verdict.NOT_APPLICABLE, why, where=where)


@provision("INF:VIII.1")
def _declared(one: Sighting, law: Law) -> Finding:
    words = (
        say("in a declared place or in transit."),
        say("neither in a declared place nor in transit."),
        say("bring it to a declared place"),
    )
    ranges = one.place == "test_range" and one.day <= law.from_start("test_range_clear")[0]
    return _finding("VIII.1", one, law, one.place in DECLARED_PLACES or ranges, words)


@provision("INF:VIII.6")
def _test_range(one: Sighting, law: Law) -> Iterator[Finding]:
    if one.place == "test_range":
        last, used = law.from_start("test_range_clear")
        words = (
            say("at a test range, until {last} that was allowed.", last=last),
            say("at a test range after {last}.", last=last),
            say("remove it from the test range"),
        )
        yield _finding("VIII.6", one, law, one.day <= last, words, (used,))


@provision("INF:VIII.7")
def _training(one: Sighting, law: Law) -> Iterator[Finding]:
    if one.place == "training_facility":
        words = (
            say("at a training facility, where only missiles are not allowed."),
            say("a missile at a training facility."),
            say("remove the missile from the training facility"),
        )
        yield _finding("VIII.7", one, law, one.item != "missile", words)

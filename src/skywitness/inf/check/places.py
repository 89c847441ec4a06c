"""Where missiles and launchers may be: places that the memorandum names, transit (Articles II.7 to II.11 and VIII)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.inf.check.model import FACILITIES, Ledger, Sighting
from skywitness.inf.law import INTERMEDIATE, Law, instrument
from skywitness.inf.types import types
from skywitness.law.provisions import provision

__all__ = ["judge_places"]

_KINDS: Final[Mapping[str, tuple[str, Text]]] = MappingProxyType(
    {
        "deployment_area": ("II.7", say("a deployment area")),
        "operating_base": ("II.8", say("a missile operating base")),
        "support_facility": ("II.9", say("a missile support facility")),
    }
)
"""Places of which the Treaty says that they are what the memorandum names as such."""

_NEED_NAMED: Final = say("whether the memorandum names the place as what it is called (named)")
_NEED_EMPTY: Final = say("whether the canister was shown to be empty (shown_empty)")
_NEED_MOVE: Final = say(
    "from where to where it went, or that a launcher went to train (moved_from, moved_to, training)"
)


def judge_places(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge where things of the listed types were on days on which the Treaty was in force."""
    begins = instrument().heading.entry_into_force.on
    for one in sorted(ledger.sightings, key=lambda row: row.id):
        if one.day < begins:
            continue
        if one.place in _KINDS:
            yield _named(one, law)
        if one.place == "transit":
            yield _transit(one, law)
        yield _deployed(one, law)
        if types()[one.type].missile_class == INTERMEDIATE and not one.empty_canister:
            yield _declared(one, law)
        yield from _test_range(one, law)
        yield from _training(one, law)


def _finding(
    ident: str,
    one: Sighting,
    law: Law,
    kept: bool | None,
    words: tuple[Text, Text, Text, Text],
    used: tuple[UsedValue, ...] = (),
    need: Text = _NEED_NAMED,
) -> Finding:
    """Write one of three reasons: kept, broken with what is to be done, or not told with what would settle it."""
    good, bad, unknown, remedy = words
    told = {"name": one.id, "by": one.by}
    where = Where(name=one.id)
    if kept is None:
        why = say("{name} (told by {by}): {why}", why=unknown, **told)
        return law.finding(ident, Verdict.CANNOT_TELL, why, bearer=one.party, where=where, values=used, needs=(need,))
    why = say("{name} (told by {by}): {why}", why=good if kept else bad, **told)
    effect = None if kept else Effect(one.party, "must", remedy)
    verdict = Verdict.OK if kept else Verdict.BREACH
    return law.finding(ident, verdict, why, bearer=one.party, effect=effect, where=where, values=used)


@provision("INF:II.7")
@provision("INF:II.8")
@provision("INF:II.9")
def _named(one: Sighting, law: Law) -> Finding:
    """Say whether a place is what it is called: only the memorandum makes it so (Articles II.7 to II.9)."""
    ident, kind = _KINDS[one.place]
    told = {"name": one.id, "by": one.by, "kind": kind}
    where = Where(name=one.id)
    if one.named is None:
        why = say("{name} (told by {by}): whether the memorandum names the place as {kind} is not told.", **told)
        return law.finding(ident, Verdict.CANNOT_TELL, why, bearer=one.party, where=where, needs=(_NEED_NAMED,))
    if one.named:
        why = say("{name} (told by {by}): the memorandum names the place as {kind}.", **told)
        effect = Effect(one.party, "may", say("have missiles and launchers there until they are to be eliminated"))
        return law.finding(ident, Verdict.OK, why, bearer=one.party, effect=effect, where=where)
    why = say("{name} (told by {by}): the memorandum does not name the place as {kind}, so it is none.", **told)
    return law.finding(ident, Verdict.NOT_APPLICABLE, why, bearer=one.party, where=where)


def _moved(one: Sighting) -> bool | None:
    """Tell whether a movement is a transit: between declared places, or of a launcher that goes to train."""
    if one.training and one.item == "launcher":
        return True
    ends = (one.moved_from, one.moved_to)
    if any(end is not None and end not in FACILITIES for end in ends):
        return False
    return None if None in ends else True


@provision("INF:II.10")
def _transit(one: Sighting, law: Law) -> Finding:
    """Say whether a movement is a transit (Article II.10)."""
    kept, where = _moved(one), Where(name=one.id)
    told = {"name": one.id, "by": one.by}
    if kept is None:
        why = say("{name} (told by {by}): from where to where it went is not told.", **told)
        return law.finding("II.10", Verdict.CANNOT_TELL, why, bearer=one.party, where=where, needs=(_NEED_MOVE,))
    if kept:
        why = say(
            "{name} (told by {by}): between declared places, or a launcher that goes to train: a transit.", **told
        )
        effect = Effect(one.party, "must", say("tell of the transit after its end"))
        return law.finding("II.10", Verdict.OK, why, bearer=one.party, effect=effect, where=where)
    why = say("{name} (told by {by}): not between declared places, so it is no transit.", **told)
    return law.finding("II.10", Verdict.NOT_APPLICABLE, why, bearer=one.party, where=where)


@provision("INF:II.11")
def _deployed(one: Sighting, law: Law) -> Finding:
    """Say whether a missile counts as deployed where it is (Article II.11)."""
    middle = types()[one.type].missile_class == INTERMEDIATE
    # operating bases of intermediate range lie within deployment areas
    there = ("deployment_area", "operating_base") if middle else ("operating_base",)
    where = Where(name=one.id)
    if one.item != "missile" or one.place not in there or one.named is False:
        why = say("{name}: it does not count as deployed there.", name=one.id)
        return law.finding("II.11", Verdict.NOT_APPLICABLE, why, where=where)
    if one.named is None:
        why = say("{name}: whether it counts as deployed hangs on whether the memorandum names the place.", name=one.id)
        return law.finding("II.11", Verdict.CANNOT_TELL, why, bearer=one.party, where=where, needs=(_NEED_NAMED,))
    effect = Effect(one.party, "must", say("count it among deployed missiles"))
    why = say("{name}: a missile there counts as deployed.", name=one.id)
    return law.finding("II.11", Verdict.OK, why, bearer=one.party, effect=effect, where=where)


@provision("INF:VIII.1")
def _declared(one: Sighting, law: Law) -> Finding:
    """Ask for a declared place or a transit; at test ranges things could still be for thirty days (Article VIII.1)."""
    words = (
        say("in a declared place or in transit."),
        say("neither in a declared place nor in transit."),
        say("whether that is a declared place or a transit is not told."),
        say("bring it to a declared place"),
    )
    if one.place == "transit":
        return _finding("VIII.1", one, law, _moved(one), words, need=_NEED_MOVE)
    if one.place == "test_range":
        return _finding("VIII.1", one, law, one.day <= law.from_start("test_range_clear")[0], words)
    return _finding("VIII.1", one, law, one.named if one.place in FACILITIES else False, words)


@provision("INF:VIII.6")
def _test_range(one: Sighting, law: Law) -> Iterator[Finding]:
    if one.place == "test_range" and not one.empty_canister:
        last, used = law.from_start("test_range_clear")
        words = (
            say("at a test range, until {last} that was allowed.", last=last),
            say("at a test range after {last}.", last=last),
            say(""),
            say("remove it from the test range"),
        )
        yield _finding("VIII.6", one, law, one.day <= last, words, (used,))


@provision("INF:VIII.7")
def _training(one: Sighting, law: Law) -> Iterator[Finding]:
    """Ask for no missiles at training facilities; a canister counts as one unless shown empty (Article VIII.7)."""
    if one.place == "training_facility":
        words = (
            say("at a training facility, where only missiles are not allowed."),
            say("a missile at a training facility."),
            say("a canister at a training facility, which counts as a missile unless it was shown to be empty."),
            say("remove the missile from the training facility"),
        )
        empty = one.shown_empty if one.item == "canister" else one.item != "missile"
        yield _finding("VIII.7", one, law, empty, words, need=_NEED_EMPTY)

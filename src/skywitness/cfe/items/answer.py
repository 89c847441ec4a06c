"""From what is told of items to their kinds: lists first, then definitions, then where each item stands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType
from typing import Any

from skywitness.cfe.items.air import in_the_air
from skywitness.cfe.items.by_list import by_list
from skywitness.cfe.items.desk import Desk, Met, kind_words
from skywitness.cfe.items.known import Known
from skywitness.cfe.items.land import on_land, ways_of
from skywitness.cfe.items.model import FACTS, CaseFile, Item, fact_words
from skywitness.cfe.items.standing import Standing, standing
from skywitness.cfe.items.weights import weight_findings
from skywitness.cfe.kinds import APC, category_of
from skywitness.cfe.law import Law
from skywitness.core.errors import InputError
from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.names import did_you_mean
from skywitness.law.provisions import provision

__all__ = ["NOTHING", "Answered", "Outcome", "answer"]

NOTHING = "nothing"
"""In place of a kind, where it is open whether the item is of any."""

_MOST_WAYS = 300
"""So many ways are tried in which open facts can be; beyond that everything that is open is possible."""

_OPEN = {True: "yes", False: "no", None: "cannot_tell"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an item is: the kinds that are possible (none: no equipment of the Treaty), its standing, the steps."""

    item: Item
    kinds: tuple[str, ...]
    standing: Standing
    steps: tuple[Finding, ...]

    @property
    def kind(self) -> str:
        """Name the kind where there is one only."""
        return self.kinds[0] if len(self.kinds) == 1 else ""

    @property
    def category(self) -> str:
        """Name the category where all possible kinds are of one."""
        found = {category_of(kind) for kind in self.kinds}
        return found.pop() if len(found) == 1 else ""

    @property
    def verdict(self) -> Verdict:
        """A breach where it is counted as something else; open where its kind is, or whether it counts."""
        if any(step.verdict is Verdict.BREACH for step in self.steps):
            return Verdict.BREACH
        standing = self.standing
        settled = len(self.kinds) < 2 and standing.limited.value is not None and standing.counts.value is not None
        return Verdict.OK if settled else Verdict.CANNOT_TELL

    @property
    def needs(self) -> tuple[Text, ...]:
        """List what would settle the item, each once."""
        return tuple(dict.fromkeys(need for step in self.steps for need in step.needs))

    def words(self) -> Text:
        """Write the answer in a sentence."""
        if not self.kinds:
            return say("no equipment of the Treaty")
        found = kind_words(self.kinds[0])
        for kind in self.kinds[1:]:
            found = say("{one} or {other}", one=found, other=kind_words(kind))
        return {
            True: say("{kind}: limited by the Treaty", kind=found),
            False: say("{kind}: only subject to the Treaty", kind=found),
            None: say("{kind}: whether limited cannot be told", kind=found),
        }[self.standing.limited.value]

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write the answer with its steps."""
        return {
            "item": self.item.id,
            "state": self.item.state,
            "verdict": self.verdict.value,
            "category": self.category or None,
            "kind": self.kind or None,
            "possible": list(self.kinds),
            "limited": _OPEN[self.standing.limited.value],
            "subject": _OPEN[self.standing.subject.value],
            "counts": _OPEN[self.standing.counts.value],
            "answer": self.words().render(catalogue),
            "steps": [step.to_json(catalogue) for step in self.steps],
            "needs": [need.render(catalogue) for need in self.needs],
        }


@dataclass(frozen=True, slots=True)
class Answered:
    """What a file comes to."""

    case: CaseFile
    outcomes: tuple[Outcome, ...]
    disputes: tuple[Text, ...]

    @property
    def verdict(self) -> Verdict:
        """A breach if any, else cannot tell if any."""
        found = {one.verdict for one in self.outcomes}
        order = (Verdict.BREACH, Verdict.CANNOT_TELL)
        return next((verdict for verdict in order if verdict in found), Verdict.OK)

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write everything."""
        return {
            "title": self.case.title,
            "at": self.case.at.isoformat(),
            "verdict": self.verdict.value,
            "items": [one.to_json(catalogue) for one in self.outcomes],
            "disputes": [one.render(catalogue) for one in self.disputes],
        }


def answer(case: CaseFile, reading: Reading, by: str = "") -> Answered:
    """Answer a file by all words, or by those of one speaker.

    :raises InputError: when nobody of that name says anything.
    """
    speakers = sorted({one.by for one in case.records})
    if by and by not in speakers:
        told = {"by": repr(by), "known": ", ".join(speakers), "near": did_you_mean(by, speakers)}
        raise InputError(
            "unknown_word", say("{by} says nothing in this file; there are {known}.{near}", **told), "--by"
        )
    law = Law(reading)
    known = [_known(case, item, by) for item in case.items]
    outcomes = tuple(_outcome(Desk(one, law)) for one in known)
    return Answered(case, outcomes, tuple(words for one in known for words in _disputes(one)))


def _known(case: CaseFile, item: Item, by: str) -> Known:
    records = [one for one in case.records if one.of == item.id and by in ("", one.by)]
    ready = [one for one in records if one.day is None or one.day <= case.at]
    return Known(item, tuple(ready))


def _disputes(known: Known) -> list[Text]:
    """Say which words do not agree."""
    found = []
    for name in FACTS:
        said = known.told(name)
        values = [value for _, value in said]
        apart = len(set(values)) > 1
        if values and isinstance(values[0], tuple):
            apart = max(one[0] for one in values) > min(one[1] for one in values)
        if apart:
            told = {
                "item": known.item.id,
                "fact": fact_words(name),
                "who": ", ".join(dict.fromkeys(by for by, _ in said)),
            }
            found.append(say("{item}: {who} do not agree on {fact}", **told))
    return found


def _outcome(desk: Desk) -> Outcome:
    listed = by_list(desk)
    kinds, steps = listed.kinds, listed.findings
    outside = listed.outside
    if not kinds:
        kinds, found = _defined(desk)
        steps = (*steps, *found)
    elif APC in kinds:
        kinds, found = _ambulance(desk, kinds)
        steps = (*steps, *found)
    stand = standing(desk, kinds, outside)
    weights = tuple(weight_findings(desk.known, desk.law))
    return Outcome(desk.known.item, kinds, stand, (*steps, *weights, _whole(desk, kinds), *stand.findings))


def _defined(desk: Desk) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Take the kinds whose definitions are met; where none is, those that some facts still open would make it."""
    mets, above = _definitions(desk)
    proved = _of(mets, True)
    kinds = proved or _possible(desk, mets)
    shown = [one.finding for one in mets if not proved or one.condition.value is not None]
    return kinds, (*above, *(shown if not proved else map(_settled, shown)))


def _definitions(desk: Desk) -> tuple[tuple[Met, ...], tuple[Finding, ...]]:
    return in_the_air(desk) if desk.known.item.medium == "air" else (on_land(desk), ())


def _of(mets: tuple[Met, ...], value: bool | None) -> tuple[str, ...]:
    return tuple(one.kind for one in mets if one.condition.value is value)


def _possible(desk: Desk, mets: tuple[Met, ...]) -> tuple[str, ...]:
    """Try every way in which open facts can be: what weighs 16 to 17 t is a tank or the next lighter kind."""
    facts = tuple(dict.fromkeys(name for one in mets if one.condition.value is None for name in one.condition.facts))
    if not facts:
        return _of(mets, None)
    ways = [(name, ways_of(desk, name)) for name in facts]
    if math.prod(len(values) for _, values in ways) > _MOST_WAYS:
        return (*_of(mets, None), NOTHING)
    found: dict[str, None] = {}
    for values in product(*(values for _, values in ways)):
        assumed = MappingProxyType(dict(zip(facts, values, strict=True)))
        there, _ = _definitions(Desk(replace(desk.known, assumed=assumed), desk.law))
        found |= dict.fromkeys(_of(there, True) or _of(there, None) or (NOTHING,))
    order = [one.kind for one in mets]
    return tuple(sorted(found, key=lambda kind: order.index(kind) if kind in order else len(order)))


def _settled(finding: Finding) -> Finding:
    return replace(finding, needs=())


def _ambulance(desk: Desk, kinds: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Take out ambulances on a carrier, which are neither carriers nor look-alikes (Article II.1(S))."""
    said = desk.known.flag("ambulance")
    if not desk.known.words("ambulance") or said.value is False:
        return kinds, ()
    effect = desk.may(say("leave it out of the exchange of carriers and look-alikes"))
    finding = desk.judge("II.1(S)", said, say("an ambulance, and neither carrier nor look-alike"), effect)
    return (() if said.value else (*kinds, NOTHING)), (finding,)


@provision("CFE:II.1")
def _whole(desk: Desk, kinds: tuple[str, ...]) -> Finding:
    """Say of which kind the item is by the terms of the Treaty, and whether its owner counts it so."""
    item = desk.known.item
    words: Mapping[str, Any] = {"item": item.id}
    if len(kinds) > 1:
        why = say("{item}: of which kind it is cannot be told.", **words)
        return desk.finding("II.1", Verdict.CANNOT_TELL, why)
    kind = kind_words(kinds[0]) if kinds else kind_words(NOTHING)
    effect = desk.must(say("treat it as {kind}", kind=kind))
    if item.counted_as and item.counted_as not in (*kinds, *map(category_of, kinds)):
        told = {"counted": kind_words(item.counted_as), "kind": kind, **words}
        why = say("{item}: counted as {counted}; by the terms it is {kind}.", **told)
        return desk.finding("II.1", Verdict.BREACH, why, effect=effect)
    why = say("{item}: by the terms of the Treaty it is {kind}.", kind=kind, **words)
    return desk.finding("II.1", Verdict.OK if kinds else Verdict.NOT_APPLICABLE, why, effect=effect if kinds else None)

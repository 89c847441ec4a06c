"""Whether an item went a way that is open to it, and how many may go each way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from skywitness.cfe.kinds import ACV, ARTILLERY, CATEGORIES, HELICOPTER, PLANE, TANK, category_of, find_type
from skywitness.cfe.law import Law, instrument
from skywitness.cfe.limits import subject_words
from skywitness.cfe.reduction.account import Cap, cap, permitted, used
from skywitness.cfe.reduction.model import MULTI_PURPOSE, SPECIALISED, Item, Ledger
from skywitness.cfe.reduction.steps import ROOT
from skywitness.cfe.span import NONE, Span
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision

__all__ = ["judge_caps", "judge_ways"]

_LETTERS: Final = {TANK: "A", ACV: "A", ARTILLERY: "B", PLANE: "C", SPECIALISED: "D", MULTI_PURPOSE: "E"}
_CAPPED: Final = {
    "conversion": ("VIII.1", "VIII.2"),
    "accident": ("", "IX.1"),
    "static_display": ("X.1", "X.2"),
    "ground_target": ("XI.1", "XI.2"),
    "instruction": ("XII.1", "XII.2"),
}
"""The right to use a way, and the number that may go it."""

_BEFORE: Final = {"static_display": "X.4", "ground_target": "XI.3", "instruction": "XII.3"}


def judge_ways(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge the way of every entry."""
    for item in ledger.items:
        place: dict[str, Any] = {"where": Where(name=item.where), "bearer": item.state}
        if item.date < instrument().heading.signed:
            yield _before_signature(item, law, place)
            continue
        yield _named(item, law, place)
        yield from _type(item, law, place)
        yield from _way(item, law, place)
        yield from _decided(item, law, place)


def _words(item: Item) -> dict[str, Any]:
    way = item.way.replace("_", " ")
    return {"state": item.state, "what": subject_words(item.category), "way": way, "count": item.count}


@provision("CFE:REDUCTION.X.4")
@provision("CFE:REDUCTION.XI.3")
@provision("CFE:REDUCTION.XII.3")
def _before_signature(item: Item, law: Law, place: dict[str, Any]) -> Finding:
    """Say that what was so used before signature fills no number."""
    why = say("{state}, {what}: {count:,} so used ({way}) before signature; they fill no number.", **_words(item))
    effect = Effect(item.state, "may", say("leave them out of every number"))
    return law.finding(ROOT + _BEFORE[item.way], Verdict.OK, why, effect=effect, **place)


@provision("CFE:VIII.1")
def _named(item: Item, law: Law, place: dict[str, Any]) -> Finding:
    """Ask whether the way is one of those that the Treaty names, or that was decided on."""
    if item.way == "other" and item.decided is None:
        why = say("{state}, {what}: {count:,} taken off in a way that no protocol names.", **_words(item))
        effect = Effect(item.state, "must", say("reduce as many by the protocols"))
        return law.finding("VIII.1", Verdict.BREACH, why, effect=effect, **place)
    why = say("{state}, {what}: {count:,} by a way that is named ({way}).", **_words(item))
    return law.finding("VIII.1", Verdict.OK, why, **place)


@provision("CFE:VIII.2")
def _type(item: Item, law: Law, place: dict[str, Any]) -> Iterator[Finding]:
    """Ask whether the type is a listed one of the category; a list of artillery is a selection only."""
    if not item.type:
        return
    kind = find_type(item.type)
    told = {**_words(item), "type": item.type}
    if kind is None:
        why = say("{state}: {type} is in no list at hand.", **told)
        need = say("whether {type} is an existing type of the category", type=item.type)
        yield law.finding("VIII.2", Verdict.CANNOT_TELL, why, needs=(need,), **place)
    elif category_of(kind) != item.category:
        why = say("{state}: {type} belongs to {kind}, not to {what}.", kind=kind.replace("_", " "), **told)
        yield law.finding("VIII.2", Verdict.BREACH, why, **place)
    else:
        yield law.finding("VIII.2", Verdict.OK, say("{state}: {type} is listed among {what}.", **told), **place)


@provision("CFE:VIII.2(A)")
@provision("CFE:VIII.2(B)")
@provision("CFE:VIII.2(C)")
@provision("CFE:VIII.2(D)")
@provision("CFE:VIII.2(E)")
def _way(item: Item, law: Law, place: dict[str, Any]) -> Iterator[Finding]:
    """Hold the way against those that are open to the category."""
    if item.way == "accident":
        return
    open_to = permitted(item)
    kinds = (item.kind,) if item.kind else (SPECIALISED, MULTI_PURPOSE)
    letters = [_LETTERS[kind] for kind in kinds] if item.category == HELICOPTER else [_LETTERS[item.category]]
    for letter in letters:
        ident = f"VIII.2({letter})"
        if open_to is None:
            why = say("{state}, {what}: {way} is open to some of them only, and the kind is not told.", **_words(item))
            needs = (say("kind or self_propelled of the entry"),)
            yield law.finding(ident, Verdict.CANNOT_TELL, why, needs=needs, **place)
        elif open_to:
            yield law.finding(
                ident, Verdict.OK, say("{state}, {what}: {way} is open to them.", **_words(item)), **place
            )
        else:
            why = say("{state}, {what}: {way} is not open to them.", **_words(item))
            yield law.finding(ident, Verdict.BREACH, why, **place)


@provision("CFE:REDUCTION.I.5")
def _decided(item: Item, law: Law, place: dict[str, Any]) -> Iterator[Finding]:
    """Ask whether a procedure of which the Protocol does not speak was decided on before it was used."""
    if item.decided is None:
        return
    told = {**_words(item), "decided": item.decided, "date": item.date}
    why = say("{state}, {what}: decided on {decided}, used on {date}.", **told)
    verdict = Verdict.OK if item.decided <= item.date else Verdict.BREACH
    yield law.finding(f"{ROOT}I.5", verdict, why, **place)


# ---- how many go each way ----


def judge_caps(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Hold what went each way against how many may."""
    there = {(one.state, one.category) for one in ledger.items}
    for state, category in sorted(there, key=lambda pair: (pair[0], CATEGORIES.index(pair[1]))):
        for name in _CAPPED:
            yield from _capped(ledger, state, category, name, law)
    for state in sorted({one.state for one in ledger.items if one.drone}):
        yield _drones(ledger, state, law)
    yield from _working(ledger, law)


@provision("CFE:REDUCTION.VIII.1")
@provision("CFE:REDUCTION.VIII.2")
@provision("CFE:REDUCTION.VIII.2(A)")
@provision("CFE:REDUCTION.VIII.2(B)")
@provision("CFE:REDUCTION.IX.1")
@provision("CFE:REDUCTION.X.1")
@provision("CFE:REDUCTION.X.2")
@provision("CFE:REDUCTION.XI.1")
@provision("CFE:REDUCTION.XI.2")
@provision("CFE:REDUCTION.XII.1")
@provision("CFE:REDUCTION.XII.2")
def _capped(ledger: Ledger, state: str, category: str, name: str, law: Law) -> Iterator[Finding]:
    own = [
        one for one in ledger.items
        if (one.state, one.category, one.way) == (state, category, name) and used(one) and permitted(one) is not False
    ]  # fmt: skip
    limit = cap(ledger, state, category, name, law)
    if not own or limit is None:
        return
    sure = [one for one in own if category != ARTILLERY or name != "ground_target" or one.self_propelled]
    span = Span(sum(one.count for one in sure), sum(one.count for one in own))
    right, ident = _CAPPED[name]
    told: dict[str, Any] = {"state": state, "what": subject_words(category), "way": name.replace("_", " ")}
    finding = _against(ROOT + ident, span, limit, told, law)
    if name == "conversion":
        letter = "A" if category == TANK else "B"
        yield _against(f"{ROOT}VIII.2({letter})", span, limit, told, law)
    yield finding
    if right:
        yield _room(ROOT + right, span, limit, told, law)


def _against(ident: str, span: Span, limit: Cap, told: dict[str, Any], law: Law) -> Finding:
    """Hold how many went a way against how many may, either of which may not be settled."""
    high = span.high or 0
    fields: dict[str, Any] = {"bearer": told["state"], "measured": span.low, "limit": limit.low, "unit": "items"}
    fields["values"] = limit.values
    words = {**told, "count": span.low, "allowed": limit.low}
    if limit.high is not None and span.low > limit.high:
        why = say("{state}, {what}: {count:,} by {way}; {allowed:,} may be.", **{**words, "allowed": limit.high})
        effect = Effect(told["state"], "must", say("reduce {more:,} otherwise", more=span.low - limit.high))
        margin = float(limit.high - span.low)
        return law.finding(ident, Verdict.BREACH, why, effect=effect, margin=margin, **{**fields, "limit": limit.high})
    if high <= limit.low:
        why = say("{state}, {what}: {count:,} by {way}; {allowed:,} may be.", **{**words, "count": high})
        margin = float(limit.low - high)
        return law.finding(ident, Verdict.OK, why, margin=margin, **{**fields, "measured": high})
    why = say("{state}, {what}: {count:,} by {way}; whether so many may be cannot be told.", **words)
    needs = (say("the level notified at signature, and the kind of every item"),)
    return law.finding(ident, Verdict.CANNOT_TELL, why, needs=needs, **fields)


def _room(ident: str, span: Span, limit: Cap, told: dict[str, Any], law: Law) -> Finding:
    """Say how many more may go a way."""
    more = limit.low - (span.high or 0)
    fields: dict[str, Any] = {"bearer": told["state"], "values": limit.values}
    if more <= 0:
        why = say("{state}, {what}: no more can be told to be open ({way}).", **told)
        return law.finding(ident, Verdict.NOT_APPLICABLE, why, **fields)
    why = say("{state}, {what}: the way is open to {more:,} more ({way}).", more=more, **told)
    effect = Effect(told["state"], "may", say("reduce {more:,} more so", more=more))
    return law.finding(ident, Verdict.OK, why, effect=effect, **fields)


@provision("CFE:REDUCTION.VI.4(A)")
def _drones(ledger: Ledger, state: str, law: Law) -> Finding:
    """Hold aircraft that were target drones against their number."""
    count = sum(one.count for one in ledger.items if one.drone and one.state == state)
    most, value = law.most("drones")
    told: dict[str, Any] = {"state": state, "what": subject_words(PLANE), "way": say("target drones")}
    return _against(f"{ROOT}VI.4(A)", Span(count, count), Cap(most, most, (value,)), told, law)


@provision("CFE:REDUCTION.X.3")
def _working(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Hold working items kept for display against two of each type; without a type nothing is told apart."""
    own = [one for one in ledger.items if one.working]
    for state, kind in sorted({(one.state, one.type) for one in own}):
        count = sum((Span(one.count, one.count) for one in own if (one.state, one.type) == (state, kind)), NONE)
        most, value = law.most("display_working")
        named: Text | str = kind or say("no type told")
        told: dict[str, Any] = {"state": state, "what": named, "way": say("working items on display")}
        limit = Cap(most, most if kind else None, (value,))
        yield _against(f"{ROOT}X.3", count, limit, told, law)

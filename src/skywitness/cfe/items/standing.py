"""Where an item stands: limited or only reported, in the area, stationed, in service, under an exception, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from skywitness.cfe.groups import GROUPS, group_of_state
from skywitness.cfe.items.desk import Desk, listing
from skywitness.cfe.items.known import Known, Tri, all_of, any_of, no
from skywitness.cfe.items.model import fact_words
from skywitness.cfe.kinds import AIFV, APC, CATEGORIES, HACV, KINDS, MULTI_PURPOSE, category_of
from skywitness.cfe.law import instrument
from skywitness.cfe.model import EXCEPTIONS
from skywitness.cfe.places import find_place, places
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision

__all__ = ["Standing", "standing"]

_LETTERS: Final = dict(zip(EXCEPTIONS, "ABCDEFG", strict=True))
_SECURITY: Final = (APC, AIFV, HACV, MULTI_PURPOSE)
_LINE: Final = ("TUR", "KAZ")
"""States of which a line parts the territory; the copy of the text at hand has no line for Turkey."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What an item is to the Treaty, and the findings that say so."""

    limited: Tri
    subject: Tri
    counts: Tri
    findings: tuple[Finding, ...]


def standing(desk: Desk, kinds: tuple[str, ...], outside: bool | None) -> Standing:
    """Judge an item of one of some kinds.

    ``outside``: whether it may be left out of the limits by the Protocol on helicopters; ``None``: that is open.
    """
    limited = _of_all(kinds, lambda kind: category_of(kind) in CATEGORIES)
    if outside is not False:
        limited = Tri(None if outside is None else False)
    subject = _of_all(kinds, lambda kind: kind in KINDS)
    area, of_area = _area(desk)
    exempt, of_exceptions = _exempt(desk, kinds)
    found = [
        _limited(desk, limited, outside),
        _subject(desk, subject),
        *of_area,
        *_stationed(desk, area),
        *_group(desk),
    ]
    found += [*of_exceptions, *_service(desk, subject, area, exempt)]
    counts = all_of(limited, area, ~exempt)
    return Standing(limited, subject, counts, (*found, _counts(desk, counts)))


def _of_all(kinds: tuple[str, ...], test: Callable[[str], bool]) -> Tri:
    """Tell whether all kinds that are possible pass a test; open where some do and some do not."""
    passed = [test(kind) for kind in kinds]
    return Tri(None if any(passed) and not all(passed) else bool(kinds) and all(passed))


@provision("CFE:II.1(J)")
def _limited(desk: Desk, limited: Tri, outside: bool | None) -> Finding:
    if outside is None:
        why = say(
            "{item}: whether it is limited depends on how many such helicopters there are.", item=desk.known.item.id
        )
        needs = (say("how many Mi-24R and Mi-24K the eight States hold in all"),)
        return desk.finding("II.1(J)", Verdict.CANNOT_TELL, why, needs=needs)
    effect = desk.must(say("keep it within the limits of Articles IV, V and VI"))
    return desk.judge("II.1(J)", limited, say("equipment limited by the Treaty"), effect)


@provision("CFE:II.1(Q)")
def _subject(desk: Desk, subject: Tri) -> Finding:
    effect = desk.must(say("tell of it in the exchange of information"))
    return desk.judge("II.1(Q)", subject, say("equipment subject to the Treaty"), effect)


@provision("CFE:II.1(A)")
def _group(desk: Desk) -> Iterator[Finding]:
    """Say in which group a State stands whose item it is."""
    state = desk.known.item.state
    told = {"item": desk.known.item.id, "state": state}
    if not any(state in instrument().groups[code].members for code in GROUPS):
        yield desk.finding("II.1(A)", Verdict.NOT_APPLICABLE, say("{item}: {state} is in neither group.", **told))
        return
    group = group_of_state(state)
    why = say("{item}: {state} is in {group}.", group=group, **told)
    effect = desk.must(say("share the limits of {group}", group=group))
    yield desk.finding("II.1(A)", Verdict.OK, why, effect=effect)


@provision("CFE:II.1(B)")
def _area(desk: Desk) -> tuple[Tri, tuple[Finding, ...]]:
    """Ask whether the item is in the area of application, by what is told, else by the place."""
    known = desk.known
    condition = known.flag("in_area") if known.words("in_area") else _by_place(known)
    effect = desk.must(say("apply the limits and the exchange of information to it"))
    return condition, (desk.judge("II.1(B)", condition, say("in the area of application"), effect),)


def _by_place(known: Known) -> Tri:
    item = known.item
    if not item.located:
        return Tri(None, ("in_area",))
    if item.located not in instrument().parties:
        return no("in_area")
    found = find_place(item.located, item.district)
    if item.located in _LINE or (item.located == "RUS" and isinstance(found, Text)):
        return Tri(None, ("in_area",))
    return Tri(any(one.state == item.located for one in places().values()), ("in_area",))


@provision("CFE:II.1(G)")
def _stationed(desk: Desk, area: Tri) -> Iterator[Finding]:
    """Say whether the item stands with forces on the territory of another Party, in the area."""
    item = desk.known.item
    if not item.located:
        return
    parties = instrument().parties
    abroad = Tri(item.located != item.state and item.located in parties and item.state in parties)
    effect = Effect(item.located, "must", say("be told with it as the State on whose territory it stands"))
    yield desk.judge("II.1(G)", all_of(abroad, area), say("with forces stationed in another State"), effect)


@provision("CFE:II.1(R)")
def _service(desk: Desk, subject: Tri, area: Tri, exempt: Tri) -> Iterator[Finding]:
    """Say whether it is in service: subject to the Treaty, in the area, of no internal security, no exception."""
    condition = all_of(subject, area, ~desk.known.among("held_by", "internal_security"), ~exempt)
    effect = desk.must(say("tell of it as equipment in service"))
    yield desk.judge("II.1(R)", condition, say("in service"), effect)


@provision("CFE:III.1")
def _counts(desk: Desk, counts: Tri) -> Finding:
    effect = desk.must(say("count it against the limits"))
    return desk.judge("III.1", counts, say("an item that counts"), effect)


@provision("CFE:III.1(A)")
@provision("CFE:III.1(B)")
@provision("CFE:III.1(C)")
@provision("CFE:III.1(D)")
@provision("CFE:III.1(E)")
@provision("CFE:III.1(F)")
@provision("CFE:III.1(G)")
def _exempt(desk: Desk, kinds: tuple[str, ...]) -> tuple[Tri, tuple[Finding, ...]]:
    """Ask for the exception that is said to hold whether its conditions are met; one that is not must be counted."""
    said = desk.known.words("exception")
    if said <= {"none"}:
        return Tri(False), ()
    conditions: list[Tri] = []
    found: list[Finding] = []
    for name in sorted(said - {"none"}):
        condition, values = _condition(desk, name, kinds)
        conditions.append(condition)
        found.append(_exception(desk, name, condition, values))
    met = any_of(*conditions)
    return (met if len(said) == 1 or met.value is False else Tri(None, ("exception",))), tuple(found)


def _exception(desk: Desk, name: str, condition: Tri, values: tuple[UsedValue, ...]) -> Finding:
    ident, what = f"III.1({_LETTERS[name]})", say("an item under the exception for {name}", name=name.replace("_", " "))
    if condition.value is False:
        told = {"item": desk.known.item.id, "what": what, "facts": listing(tuple(map(fact_words, condition.facts)))}
        why = say("{item}: not {what}, by {facts}.", **told)
        effect = desk.must(say("count it against the limits"))
        return desk.finding(ident, Verdict.NOT_APPLICABLE, why, effect=effect, values=values)
    return desk.judge(ident, condition, what, desk.may(say("leave it out of the limits")), values=values)


def _condition(desk: Desk, name: str, kinds: tuple[str, ...]) -> tuple[Tri, tuple[UsedValue, ...]]:
    """Put the conditions of an exception together (Article III.1(A) to (G))."""
    known = desk.known
    if name == "export":
        most, value = desk.number("export_sites")
        few = ~known.above("declared_sites", most)
        declared = all_of(few, known.flag("site_told_before"), known.flag("distinguishable"))
        elsewhere = any_of(~known.flag("at_declared_site"), declared)
        return all_of(known.flag("for_export"), elsewhere), (value,)
    if name == "internal_security":
        kind = _of_all(kinds, lambda one: one in _SECURITY)
        return all_of(kind, known.among("held_by", "internal_security")), ()
    if name == "transit":
        days, value = desk.number("transit_days")
        short = ~known.above("days_in_area", days)
        return all_of(known.flag("from_outside"), known.flag("to_outside"), short), (value,)
    flags = {
        "manufacture": "still_in_process",
        "research": "only_research",
        "historic": "in_collection",
        "decommissioned": "decommissioned",
    }
    return known.flag(flags[name]), ()

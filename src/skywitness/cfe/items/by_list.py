"""What the lists of existing types say of an item (Article II.2 and II.3, Protocols on types and on helicopters)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from skywitness.cfe.items.air import SUPPORT, TRANSPORT
from skywitness.cfe.items.desk import Desk, kind_words
from skywitness.cfe.items.known import Tri
from skywitness.cfe.items.listed import Entry, find_listed, find_look_alike, near_names
from skywitness.cfe.kinds import AIFV, APC, HELICOPTER, MULTI_PURPOSE, PLANE, SPECIALISED, category_of, type_key
from skywitness.cfe.scouts import EIGHT
from skywitness.core.finding import Finding, UsedValue, Verdict
from skywitness.core.text import say
from skywitness.law.provisions import provision

__all__ = ["SCOUTS", "TRAINERS", "Listed", "by_list"]

SCOUTS: Final = frozenset(map(type_key, ("Mi-24R", "Mi-24K", "R", "K")))
TRAINERS: Final = ("SU-15U", "SU-17U", "MiG-15U", "MiG-21U", "MiG-23U", "MiG-25U", "UIL-28")
"""Models that can be certified as unarmed (Protocol on aircraft, Section II.1)."""

UNARMED: Final = "unarmed_trainer_aircraft"
_TRAINER_KEYS: Final = frozenset(map(type_key, TRAINERS))


@dataclass(frozen=True, slots=True)
class Listed:
    """The kinds that the lists leave possible, and the findings; no kinds where no list names the type.

    ``outside``: whether it may be left out of the limits all the same; ``None`` where that depends on other items.
    """

    kinds: tuple[str, ...]
    findings: tuple[Finding, ...]
    outside: bool | None = False


@provision("CFE:II.2")
def by_list(desk: Desk) -> Listed:
    """Look an item up; a type that is in no list is judged by the definitions."""
    item = desk.known.item
    places = find_listed(item.type)
    alike = find_look_alike(item.type, item.model) if item.model else None
    if not places:
        near = near_names(item.type) if item.type else None
        told = {"item": item.id, "near": near or say("")}
        why = say("{item}: its type is in no list; the definitions decide.{near}", **told)
        return Listed((), (desk.finding("II.2", Verdict.NOT_APPLICABLE, why),))
    entry = alike or places[0]
    value = UsedValue("existing_type", entry.name, entry.kind, "", None, f"CFE Protocol {entry.ident}", "text")
    why = say("{item}: {type} is listed.", item=item.id, type=entry.name)
    effect = desk.must(say("take the kind of the list"))
    first = desk.finding("II.2", Verdict.OK, why, effect=effect, values=(value,))
    if alike is not None:
        return Listed((alike.kind,), (first, _place(desk, alike)))
    if any(category_of(one.kind) == HELICOPTER or one.kind in (SUPPORT, TRANSPORT) for one in places):
        found = _helicopter(desk, places)
        return Listed(found.kinds, (first, _of_helicopters(desk), *found.findings), found.outside)
    if places[0].kind == PLANE:
        return _plane(desk, places[0], first)
    return Listed((places[0].kind,), (first, *_ground(desk, places[0])))


def _place(desk: Desk, entry: Entry) -> Finding:
    """Make the finding of the paragraph that lists a type."""
    words = {"item": desk.known.item.id, "name": entry.name, "kind": kind_words(entry.kind)}
    effect = desk.must(say("treat it as {kind}", kind=words["kind"]))
    return desk.finding(entry.ident, Verdict.OK, say("{item}: {name} is {kind}, by the list.", **words), effect=effect)


@provision("CFE:TYPES.I.2")
@provision("CFE:TYPES.I.3")
def _ground(desk: Desk, entry: Entry) -> Iterator[Finding]:
    """Say what the list makes of all models, and name the paragraph above where it has parts."""
    yield _place(desk, entry)
    above = entry.ident.partition("(")[0]
    if above != entry.ident:
        words = {"item": desk.known.item.id, "name": entry.name}
        why = say("{item}: every model of {name} is of its kind, but for those listed otherwise.", **words)
        yield desk.finding(above, Verdict.OK, why, effect=desk.must(say("count all models of the type alike")))
    if entry.kind in (APC, AIFV) and desk.known.item.model:
        words = {"item": desk.known.item.id, "model": desk.known.item.model}
        why = say("{item}: {model} is in no list of look-alikes.", **words)
        yield desk.finding("TYPES.II.1" if entry.kind == APC else "TYPES.II.2", Verdict.NOT_APPLICABLE, why)


@provision("CFE:RECLASS.II.1")
def _plane(desk: Desk, entry: Entry, first: Finding) -> Listed:
    """A listed aircraft is a combat aircraft in every model, but for listed trainers that were certified as unarmed."""
    item = desk.known.item
    place = _place(desk, entry)
    if type_key(item.model) not in _TRAINER_KEYS:
        if not item.model:
            return Listed((PLANE,), (first, place))
        why = say("{item}: {model} is none of the trainers that can leave the limits.", item=item.id, model=item.model)
        return Listed((PLANE,), (first, place, desk.finding("RECLASS.II.1", Verdict.NOT_APPLICABLE, why)))
    certified = desk.known.flag("certified_unarmed")
    effect = desk.may(say("take it out of the limits once it is certified as unarmed"))
    why = say("{item}: {model} is one of the trainers that can leave the limits.", item=item.id, model=item.model)
    listed = desk.finding("RECLASS.II.1", Verdict.OK, why, effect=effect)
    left = desk.judge("RECLASS.I.2", certified, kind_words(UNARMED), desk.may(say("leave it out of the limits")))
    kinds = {True: (UNARMED,), False: (PLANE,), None: (PLANE, UNARMED)}[certified.value]
    return Listed(kinds, (first, place, listed, left))


@provision("CFE:II.3")
def _of_helicopters(desk: Desk) -> Finding:
    """Say that the Protocol on helicopters puts a listed helicopter into its kind."""
    why = say("{item}: a listed helicopter takes its kind by the Protocol on helicopters.", item=desk.known.item.id)
    effect = desk.must(say("put it into the kind that Section I of that Protocol gives"))
    return desk.finding("II.3", Verdict.OK, why, effect=effect)


@provision("CFE:TYPES.I.5")
def _helicopter(desk: Desk, places: tuple[Entry, ...]) -> Listed:
    kinds = tuple(dict.fromkeys(one.kind for one in places))
    if not {SPECIALISED, MULTI_PURPOSE}.isdisjoint(kinds):
        words = {"item": desk.known.item.id, "name": places[0].name}
        why = say("{item}: {name} is among the attack helicopters, as the Protocol on helicopters parts them.", **words)
        above = desk.finding("TYPES.I.5", Verdict.OK, why, effect=desk.must(say("count all models of the type alike")))
        found = _attack_type(desk, kinds)
        return Listed(found.kinds, (above, _place(desk, places[0]), *found.findings), found.outside)
    if len(kinds) == 1:
        return Listed(kinds, (_place(desk, places[0]),))
    return _unarmed(desk, places)


@provision("CFE:HELI.I.2")
def _attack_type(desk: Desk, kinds: tuple[str, ...]) -> Listed:
    if kinds == (SPECIALISED,):
        why = say("{item}: every model of a specialised type is specialised.", item=desk.known.item.id)
        effect = desk.must(say("count it against the limits on attack helicopters"))
        all_models = desk.finding("HELI.I.2", Verdict.OK, why, effect=effect)
        scout = _scout(desk)
        if scout is None:
            return Listed(kinds, (all_models,))
        outside = None if scout.verdict is Verdict.OK or scout.verdict is Verdict.CANNOT_TELL else False
        return Listed(kinds, (scout,) if outside is None else (all_models, scout), outside)
    return _multi_purpose(desk, on_both=SUPPORT in kinds)


@provision("CFE:HELI.I.3")
def _scout(desk: Desk) -> Finding | None:
    """Say whether a Mi-24R or Mi-24K is one of those that eight States may hold outside the limits, up to a number."""
    item = desk.known.item
    if type_key(item.model) not in SCOUTS:
        return None
    most, value = desk.number("scout_helicopters")
    told = {"item": item.id, "most": int(most)}
    if item.state not in EIGHT:
        why = say("{item}: its State is none of the eight that may leave such helicopters out.", **told)
        return desk.finding("HELI.I.3", Verdict.NOT_APPLICABLE, why, values=(value,))
    fit = desk.known.flag("reconnaissance_fit")
    what = say("one of the helicopters of which eight States may leave {most} out in all", most=int(most))
    effect = desk.may(say("leave it out of the limits, as long as the eight hold {most} at most", most=int(most)))
    return desk.judge("HELI.I.3", fit, what, effect, values=(value,))


@provision("CFE:HELI.I.4")
@provision("CFE:HELI.I.5")
def _multi_purpose(desk: Desk, *, on_both: bool) -> Listed:
    """Part the models of a type that can be of both kinds, by features or by what the State holds."""
    known, item = desk.known, desk.known.item
    support = say("a helicopter that may be counted as combat support")
    may = desk.may(say("treat it as {kind}", kind=kind_words(SUPPORT)))
    attack = known.flag("holds_attack_models")
    found: list[Finding] = []
    if on_both:
        found.append(desk.judge("HELI.I.5", ~attack, support, may))
        if attack.value is False:
            return Listed((SUPPORT,), tuple(found))
    feature = known.flag("guided_features")
    if feature.value:
        why = say("{item}: it has features for guided weapons and is an attack helicopter.", item=item.id)
        effect = desk.must(say("treat it as {kind}", kind=kind_words(MULTI_PURPOSE)))
        found.append(desk.finding("HELI.I.4", Verdict.NOT_APPLICABLE, why, effect=effect))
        return Listed((MULTI_PURPOSE,), tuple(found))
    found.append(desk.judge("HELI.I.4", ~feature if feature.value is False else Tri(None, feature.facts), support, may))
    return Listed((SUPPORT,) if feature.value is False else (MULTI_PURPOSE, SUPPORT), tuple(found))


@provision("CFE:TYPES.II.5")
def _unarmed(desk: Desk, places: tuple[Entry, ...]) -> Listed:
    """Part a type that stands among support and among transport helicopters: what is armed is no transport one."""
    armed = desk.known.flag("armed")
    what, effect = kind_words(TRANSPORT), desk.must(say("treat it as {kind}", kind=kind_words(TRANSPORT)))
    unarmed = desk.judge("TYPES.II.5", ~armed, what, effect)
    kinds = {True: (SUPPORT,), False: (TRANSPORT,), None: (SUPPORT, TRANSPORT)}[armed.value]
    return Listed(kinds, (unarmed,) if armed.value is False else (_place(desk, places[0]), unarmed))

"""Equipment of inspectors and flight representatives: what is authorized, checked, refused (Annexes E and F)."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence

from skywitness.core.dated import Settled
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.law.value import outcome_of, used
from skywitness.mission.conduct.case import OBSERVED, OBSERVING, Case, missing, names, other, sourced
from skywitness.mission.conduct.kinds import EXAMINATION, ON_BOARD, TESTING
from skywitness.mission.conduct.model import Checked, Item
from skywitness.route.rules.drafting import draft, not_applicable


class Listed(enum.Enum):
    """Whether the text, or who may approve it, authorizes an item; ``UNKNOWN`` where its kind is not told."""

    YES = enum.auto()
    NO = enum.auto()
    UNKNOWN = enum.auto()


_NO_REPRESENTATIVES = say("Flight representatives are on board an aircraft of the observed Party alone (II.19).")


def listed(case: Case, item: Item) -> Listed:
    """Hold an item against the lists: Annex D, II.5 and F.I.7 for inspectors, Annex G, I.4 for flight representatives.

    Testing equipment is for the observed Party on an aircraft that is brought.  The Commission may have agreed on more
    of it (F.I.7), and who provides the aircraft may approve anything else (D.II.5).
    """
    if item.kind is None:
        return Listed.UNKNOWN
    if item.on_flight:
        return Listed.YES if item.kind in ON_BOARD else Listed.NO
    if item.kind in EXAMINATION or item.approved_by == "provider":
        return Listed.YES
    if case.host != OBSERVING:
        return Listed.NO
    if item.approved_by == "commission":
        return Listed.YES
    return _testing(case, item)


def _testing(case: Case, item: Item) -> Listed:
    """Hold an item against the six kinds of testing equipment; a camera by the width of its film."""
    if item.kind not in TESTING:
        return Listed.NO
    if item.kind != "film_camera":
        return Listed.YES
    if item.film_mm is None:
        return Listed.UNKNOWN
    width = case.context.law.planning("testing_equipment_film")
    return Listed.YES if item.film_mm == width.number else Listed.NO


def _cited(case: Case, key: str) -> tuple[UsedValue, ...]:
    """Cite a list of the law on the day of the reading."""
    outcome = outcome_of(case.context.law.instrument.of(key), case.reading.at, case.reading.known)
    return (used(outcome, key),) if isinstance(outcome, Settled) else ()


def _needs_of(item: Item) -> Text:
    if item.kind is None:
        return say("what kind of equipment {item} is (equipment.kind)", item=item.name)
    return say("the width of the film of {item} (equipment.film_mm)", item=item.name)


def _of_inspectors(case: Case) -> tuple[Item, ...]:
    return tuple(item for item in case.told.items if not item.on_flight)


# -- F.I.3(B), F.II.3(B): examined together before the inspection


@provision("OS:F.I.3(B)")
def checked_before_aircraft(case: Case) -> Iterator[Finding]:
    """Judge that the observing Party examined each item of the observed Party's inspectors together with them."""
    if case.host == OBSERVING:
        yield from _checked(case, "OS:F.I.3(B)", OBSERVING)


@provision("OS:F.II.3(B)")
def checked_before_sensors(case: Case) -> Iterator[Finding]:
    """Judge that the observed Party examined each item of the observing Party's inspectors together with them."""
    if case.host == OBSERVED:
        yield from _checked(case, "OS:F.II.3(B)", OBSERVED)


def _checked(case: Case, code: str, host: str) -> Iterator[Finding]:
    """Judge every item that is to be used; one that was refused is used by nobody."""
    items = [item for item in _of_inspectors(case) if not item.denied]
    if not items:
        return
    bearer = case.code(host)
    wrong = [item.name for item in items if item.checked in (Checked.ALONE, Checked.NOT)]
    open_ones = [item.name for item in items if item.checked is None]
    together = sum(item.checked is Checked.TOGETHER for item in items)
    numbers = {"measured": together, "limit": len(items), "margin": float(together - len(items)), "unit": "items"}
    if wrong:
        why = say("Not examined by both sides together before the inspection: {items}.", items=names(wrong))
        yield draft(case, code, Verdict.BREACH, why, bearer=bearer, **numbers)
    elif open_ones:
        need = say("how these items were examined: {items} (equipment.checked)", items=names(open_ones))
        yield missing(case, code, (need,), bearer)
    else:
        why = say("Every item was examined by both sides together before the inspection.")
        yield draft(case, code, Verdict.OK, why, bearer=bearer, **numbers)


# -- F.I.7: testing equipment on an aircraft that is brought


@provision("OS:F.I.7(A)")
@provision("OS:F.I.7(B)")
@provision("OS:F.I.7(C)")
@provision("OS:F.I.7(D)")
@provision("OS:F.I.7(E)")
@provision("OS:F.I.7(F)")
def testing_equipment(case: Case) -> Iterator[Finding]:
    """Judge kind by kind that the observed Party could use the testing equipment that the text lists."""
    if case.host != OBSERVING:
        return
    for kind, (code, words) in TESTING.items():
        items = [item for item in _of_inspectors(case) if item.kind == kind]
        if items:
            yield _may_use(case, code, items, words)


@provision("OS:F.I.7")
def further_testing_equipment(case: Case) -> Iterator[Finding]:
    """Judge that the observed Party could use what the Commission agreed on beside the six kinds."""
    items = [item for item in _of_inspectors(case) if item.approved_by == "commission" and item.kind not in TESTING]
    if items and case.host == OBSERVING:
        yield _may_use(case, "OS:F.I.7", items, say("what the Commission agreed on"))


def _may_use(case: Case, code: str, items: Sequence[Item], words: Text) -> Finding:
    """Judge that items on a list were let on board; those of the kind that are not on it have no right to be."""
    bearer, host = case.context.plan.observed, case.context.plan.observing
    found = {item.name: listed(case, item) for item in items}
    refused = [item.name for item in items if item.denied and found[item.name] is Listed.YES]
    right = Effect(bearer, "may", say("take on board and use in the inspection: {kind}", kind=words))
    values = _cited(case, "testing_equipment")
    if refused:
        why = say("{host} refused items that the list allows: {items}.", host=host, items=names(refused))
        return draft(case, code, Verdict.BREACH, why, bearer=bearer, effect=right, values=values)
    unknown = [item for item in items if found[item.name] is Listed.UNKNOWN]
    if unknown:
        return missing(case, code, [_needs_of(item) for item in unknown], bearer)
    unlisted = [name for name, on_list in found.items() if on_list is Listed.NO]
    if unlisted:
        why = say("Items like those on the list that it does not name: {items}.", items=names(unlisted))
        return draft(case, code, Verdict.NOT_APPLICABLE, why, bearer=bearer, values=values)
    why = say("On the list, and no refusal of one is told: {items}.", items=names(found))
    return draft(case, code, Verdict.OK, why, bearer=bearer, effect=right, values=values)


# -- E.7, E.7(B): inventory on arrival


@provision("OS:E.7")
def inventory_taken(case: Case) -> Iterator[Finding]:
    """Judge that each Party could examine and list what the other means to take on board."""
    for one in case.told.inventories:
        by = _examiner(case, one.on_flight)
        if one.on_flight and case.host == OBSERVING:
            yield not_applicable(case, "OS:E.7", _NO_REPRESENTATIVES)
            continue
        if by is None:
            yield case.provider_unknown("OS:E.7")
            continue
        bearer, owner = case.code(by), case.code(other(by))
        right = Effect(bearer, "may", say("examine and list the items before they are used"))
        if one.permitted is None and not one.present and not case.happened("inventory_begun", "inventory_ended"):
            need = say("whether the inventory was let take place (inventory.permitted)")
            yield missing(case, "OS:E.7", (need,), bearer)
        elif one.permitted is False:
            why = say("{owner} did not let {by} examine and list its items.", owner=owner, by=bearer)
            yield draft(case, "OS:E.7", Verdict.BREACH, sourced(why, one.source), bearer=bearer, effect=right)
        else:
            why = say("{by} examined and listed the items of {owner}.", owner=owner, by=bearer)
            yield draft(case, "OS:E.7", Verdict.OK, sourced(why, one.source), bearer=bearer)


@provision("OS:E.7(B)")
def inventory_in_presence(case: Case) -> Iterator[Finding]:
    """Judge that somebody of the Party whose items they are was present."""
    for one in case.told.inventories:
        by = _examiner(case, one.on_flight)
        if by is None or one.permitted is False or (one.on_flight and case.host == OBSERVING):
            continue
        bearer, owner = case.code(by), other(by)
        if one.present is None:
            need = say("who was present at the inventory (inventory.present)")
            yield missing(case, "OS:E.7(B)", (need,), bearer)
        elif case.was_there(owner, one.present):
            why = say("Somebody of {owner} was present at the inventory of its items.", owner=case.code(owner))
            yield draft(case, "OS:E.7(B)", Verdict.OK, sourced(why, one.source), bearer=bearer)
        else:
            why = say("Nobody of {owner} was present at the inventory of its items.", owner=case.code(owner))
            yield draft(case, "OS:E.7(B)", Verdict.BREACH, sourced(why, one.source), bearer=bearer)


def _examiner(case: Case, on_flight: bool) -> str | None:
    """Name the side that examines: of inspectors' items who is inspected, of flight representatives' the observed."""
    return OBSERVED if on_flight else case.host


# -- E.8: what may be refused


@provision("OS:E.8")
def items_refused(case: Case) -> Iterator[Finding]:
    """Judge that use was refused of such items alone as no list authorizes, and tell who may refuse which.

    The text names the list of Annex D, II.5 alone; what F.I.7 gives a right to use cannot be refused by it either.
    """
    for on_flight in (False, True):
        items = [item for item in case.told.items if item.on_flight == on_flight]
        by = _examiner(case, on_flight)
        if items and on_flight and case.host == OBSERVING:
            yield not_applicable(case, "OS:E.8", _NO_REPRESENTATIVES)
        elif items and by is None:
            yield case.provider_unknown("OS:E.8")
        elif items and by is not None:
            yield _refusals(case, items, case.code(by))


def _refusals(case: Case, items: Sequence[Item], bearer: str) -> Finding:
    found = {item.name: listed(case, item) for item in items}
    values = () if items[0].on_flight else (*_cited(case, "examination_equipment"), *_of_tests(case))
    wrongly = [item.name for item in items if item.denied and found[item.name] is Listed.YES]
    if wrongly:
        why = say("{bearer} refused items that are authorized: {items}.", bearer=bearer, items=names(wrongly))
        return draft(case, "OS:E.8", Verdict.BREACH, why, bearer=bearer, values=values)
    unknown = [item for item in items if found[item.name] is Listed.UNKNOWN]
    if unknown:
        return missing(case, "OS:E.8", [_needs_of(item) for item in unknown], bearer)
    unlisted = [name for name, on_list in found.items() if on_list is Listed.NO]
    if not unlisted:
        why = say("Every item is authorized, and no refusal of one is told.")
        return draft(case, "OS:E.8", Verdict.OK, why, bearer=bearer, values=values)
    why = say("Not authorized: {items}. No refusal of anything else is told.", items=names(unlisted))
    what = say("refuse use of {items}", items=names(unlisted))
    return draft(case, "OS:E.8", Verdict.OK, why, bearer=bearer, effect=Effect(bearer, "may", what), values=values)


def _of_tests(case: Case) -> tuple[UsedValue, ...]:
    return _cited(case, "testing_equipment") if case.host == OBSERVING else ()

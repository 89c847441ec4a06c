"""Which units and places are objects of verification (Protocol on Inspection, Section I.1(J) to (M))."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skywitness.cfe.inspections.model import Unit
from skywitness.cfe.told.desk import Desk
from skywitness.core.finding import Finding, UsedValue, Verdict
from skywitness.core.text import say

__all__ = ["judge_unit"]

_PLACE: Final = "CFE:INSP.I.1(J)(2)"
_IDENTS: Final = {
    "formation": ("CFE:INSP.I.1(J)(1)",),
    "permanent_storage": (_PLACE,),
    "repair_unit": (_PLACE,),
    "storage": ("CFE:INSP.I.1(M)", _PLACE),
    "training_establishment": ("CFE:INSP.I.1(L)", _PLACE),
    "airfield": ("CFE:INSP.I.1(K)", _PLACE),
    "reduction_site": ("CFE:INSP.I.1(J)(3)",),
    "parent_of_small_units": ("CFE:INSP.I.1(J)(4)",),
    "outside_forces": ("CFE:INSP.I.1(J)(5)",),
}


_ONLY_WITHOUT_OTHERS: Final = ("airfield", "training_establishment")
"""Kinds of place that count only where no other object of verification is."""


def judge_unit(desk: Desk, unit: Unit) -> Iterator[Finding]:
    """Judge whether a State was right to count a unit as an object of verification, or not to."""
    kind, counted = unit.told.word("kind"), bool(unit.told.flag("counted"))
    is_object, used = _is_object(desk, unit)
    idents = (*_IDENTS[kind], "CFE:INSP.I.1(J)")
    if is_object is None:
        why = say("How much it holds or uses is not told.")
        need = say("limited_items, most_of_one_category, operating_aircraft or has_brigade_below, as its kind needs")
        for ident in idents:
            yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), values=used)
        return
    told = say("counted") if counted else say("not counted")
    why = say("It is no object of verification; its State told it as {told}.", told=told)
    if is_object:
        why = say("It is an object of verification; its State told it as {told}.", told=told)
    verdict = Verdict.OK if is_object == counted else Verdict.BREACH
    for ident in idents:
        yield desk.finding(ident, verdict, why, values=used)


def _is_object(desk: Desk, unit: Unit) -> tuple[bool | None, tuple[UsedValue, ...]]:
    """Tell whether it is one, and what that rests on; ``None`` where too little is told."""
    told, kind = unit.told, unit.told.word("kind")
    items = told.whole("limited_items")
    if kind == "reduction_site":
        return True, ()
    if kind == "outside_forces" or told.flag("of_internal_security"):
        return False, ()
    if kind in _ONLY_WITHOUT_OTHERS and told.flag("other_object_there"):
        return False, ()
    if kind == "airfield":
        limit, flown = desk.limit("airfield_operations"), told.whole("operating_aircraft")
        if items == 0 or (flown is not None and flown < limit.value):
            return False, (limit.used,)
        return None if flown is None or items is None else True, (limit.used,)
    if kind == "training_establishment":
        all_items, one_sort = desk.limit("training_items"), desk.limit("training_items_of_one")
        most, used = told.whole("most_of_one_category"), (all_items.used, one_sort.used)
        if (items or 0) >= all_items.value or (most or 0) > one_sort.value:
            return True, used
        return None if items is None or most is None else False, used
    if kind == "parent_of_small_units":
        above = told.flag("has_brigade_below")
        return None if above is None or items is None else items > 0 and not above, ()
    return None if items is None else items > 0, ()

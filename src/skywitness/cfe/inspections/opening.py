"""What had to be opened at a site: structures, containers, the air above it (Section VI.17, 18, 24 and 28)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from skywitness.cfe.inspections.model import Inspection
from skywitness.cfe.told.desk import Desk
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say

__all__ = ["judge_opening"]


def judge_opening(desk: Desk, one: Inspection) -> Iterator[Finding]:
    """Judge helicopters, doors and containers that were refused, or not."""
    if one.under_quota:
        yield from _overflight(desk, one)
        yield from _helicopter(desk, one)
        yield from _doors(desk, one)
    yield from _container(desk, one)


def _overflight(desk: Desk, one: Inspection) -> Iterator[Finding]:
    """Judge overflights: a right wherever it is safe, with a helicopter that only a large site is owed."""
    allowed, unsafe, size = (
        one.told.flag("overflight_allowed"),
        one.told.flag("flying_unsafe"),
        one.told.number("site_km2"),
    )
    if allowed is None:
        return
    ident, limit = "CFE:INSP.VI.17", desk.limit("site_without_helicopter")
    right = desk.may("inspectors", say("fly over the site where it is safe"))
    fields: dict[str, Any] = {"values": (limit.used,), "bearer": desk.code("inspected")}
    if allowed:
        yield desk.finding(ident, Verdict.OK, say("Overflights were allowed."), effect=right, values=(limit.used,))
    elif unsafe or (size is not None and size < limit.value):
        why = say("Overflights were refused where flying was unsafe, or no helicopter is owed.")
        effect = desk.may("inspected", say("refuse the flight"))
        yield desk.finding(ident, Verdict.OK, why, effect=effect, **fields)
    elif unsafe is None or size is None:
        need = say("whether flying was unsafe (flying_unsafe), and how large the site is (site_km2)")
        why = say("Overflights were refused; whether that was for safety or for a small site is not told.")
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    else:
        why = say("Overflights were refused although flying was safe and a helicopter is owed.")
        yield desk.finding(ident, Verdict.BREACH, why, effect=right, **fields)


def _helicopter(desk: Desk, one: Inspection) -> Iterator[Finding]:
    refused, size = one.told.flag("helicopter_refused"), one.told.number("site_km2")
    if refused is None:
        return
    ident, limit, unsafe = "CFE:INSP.VI.18", desk.limit("site_without_helicopter"), one.told.flag("flying_unsafe")
    fields: dict[str, Any] = {"measured": size, "limit": limit.value, "unit": "km²", "values": (limit.used,)}
    if size is None:
        why = say("How large the site is, is not told; a helicopter is owed from {least:g} km² on.", least=limit.value)
        need = say("how large the site is (site_km2)")
        verdict = Verdict.CANNOT_TELL if refused else Verdict.OK
        yield desk.finding(ident, verdict, why, needs=(need,) if refused else (), values=(limit.used,))
        return
    words = {"size": size, "least": limit.value}
    if size < limit.value:
        why = say("The site has {size:g} km², less than {least:g} km²: no helicopter is owed.", **words)
        effect = desk.may("inspected", say("provide no helicopter"))
        yield desk.finding(ident, Verdict.OK, why, effect=effect, **fields)
        return
    why = say("The site has {size:g} km², {least:g} km² or more: a helicopter is owed where safety allows.", **words)
    if refused and unsafe is None:
        need = say("whether flying was unsafe (flying_unsafe)")
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    else:
        yield desk.finding(ident, Verdict.BREACH if refused and not unsafe else Verdict.OK, why, **fields)


def _doors(desk: Desk, one: Inspection) -> Iterator[Finding]:
    """Judge a structure kept shut: behind narrow doors, or as a sensitive point, but not where equipment belongs."""
    refused = one.told.flag("entry_refused")
    if refused is None:
        return
    ident, limit, width = "CFE:INSP.VI.24", desk.limit("personnel_door"), one.told.number("door_m")
    if not refused:
        yield desk.finding(ident, Verdict.OK, say("The structure was opened."), values=(limit.used,))
        return
    narrow = one.told.flag("only_narrow_doors")
    narrow = width <= limit.value if narrow is None and width is not None else narrow
    sensitive, equipment = one.told.flag("closed_as_sensitive"), one.told.flag("equipment_there")
    fields: dict[str, Any] = {"bearer": desk.code("owner"), "values": (limit.used,), "limit": limit.value}
    fields |= {"unit": "m", "measured": width}
    effect = desk.may("owner", say("keep the structure shut"))
    if sensitive:
        why = say(
            "Entry was refused as to a sensitive point, which may stay closed; its contents are declared (VI.28)."
        )
        yield desk.finding(ident, Verdict.OK, why, effect=effect, **fields)
    elif narrow and not equipment:
        why = say("Entry was refused where only doors of at most {most:g} m lead in.", most=limit.value)
        yield desk.finding(ident, Verdict.OK, why, effect=effect, **fields)
    elif narrow is None and not equipment:
        why = say("Entry was refused, and how wide the doors are is not told.")
        need = say("how wide the widest door is (door_m), or only_narrow_doors")
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    elif sensitive is None:
        why = say("Entry was refused, and whether as to a sensitive point is not told.")
        need = say("whether it was closed as a sensitive point (closed_as_sensitive)")
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    else:
        why = say("Entry was refused although a door wider than {most:g} m leads in.", most=limit.value)
        if equipment:
            why = say("Entry was refused to a structure in which such equipment routinely stands.")
        yield desk.finding(ident, Verdict.BREACH, why, **fields)


def _container(desk: Desk, one: Inspection) -> Iterator[Finding]:
    """Judge a container kept shut, and whether it was declared what is in it, or in a thing covered or closed."""
    refused, side = one.told.flag("container_refused"), one.told.number("container_m")
    ident, declared = "CFE:INSP.VI.28", one.told.flag("contents_declared")
    if refused is None:
        if declared is not None:
            why = say("Told as kept: {fact} is {answer}.", fact="contents_declared", answer=say("yes"))
            if not declared:
                why = say("Told as not kept: {fact} is {answer}.", fact="contents_declared", answer=say("no"))
            yield desk.finding(ident, Verdict.OK if declared else Verdict.BREACH, why)
        return
    limit = desk.limit("closed_container")
    words = {"side": side or 0.0, "least": limit.value}
    fields: dict[str, Any] = {"measured": side, "limit": limit.value, "unit": "m", "values": (limit.used,)}
    if not refused:
        yield desk.finding(ident, Verdict.OK, say("The container was opened."), **fields)
    elif side is not None and side >= limit.value:
        why = say("The container was kept shut; its shortest side is {side:g} m, not below {least:g} m.", **words)
        yield desk.finding(ident, Verdict.BREACH, why, **fields)
    elif declared is False:
        why = say("The container was kept shut, and its contents were not declared.")
        yield desk.finding(ident, Verdict.BREACH, why, **fields)
    elif side is None or declared is None:
        why = say("The container was kept shut; its shortest side, or whether its contents were declared, is not told.")
        need = say("the shortest side and whether the contents were declared (container_m, contents_declared)")
        yield desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
    else:
        why = say("The container was kept shut; its shortest side is {side:g} m, below {least:g} m.", **words)
        effect = desk.may("inspected", say("keep it shut and declare what is in it"))
        yield desk.finding(ident, Verdict.OK, why, effect=effect, **fields)

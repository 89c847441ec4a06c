"""Notices on storage, decommissioning and reassignment, and how much a group has out of storage at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from skywitness.cfe.groups import group_of_state
from skywitness.cfe.kinds import ACV, ARTILLERY, BRIDGE, TANK
from skywitness.cfe.law import Law
from skywitness.cfe.limits import subject_words
from skywitness.cfe.records import REASSIGNED, SITE_NOTICE, Leaving, Records, Removal, Site
from skywitness.cfe.ways import way
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision

__all__ = ["notices"]

_REMOVAL: Final = {
    "X.8(A)": ("site", "numbers"),
    "X.8(B)": ("removal_date", "return_date"),
    "X.8(C)": ("location", "use"),
}
_BRIDGE_REMOVAL: Final = {
    "XI.3(A)": ("site", "numbers"),
    "XI.3(B)": ("removal_date", "return_date"),
    "XI.3(C)": ("use",),
}


def notices(records: Records, law: Law) -> tuple[Finding, ...]:
    """Judge every notice that a file tells of."""
    found: list[Finding] = []
    for site in records.sites:
        found += _site(site, law)
    for removal in records.removals:
        found += _removal(removal, law)
    for one in records.leaving:
        found += _JUDGES[one.table](one, law)
    found += _out_at_once(records, law)
    return tuple(found)


def _kept(kept: bool) -> Verdict:
    return Verdict.OK if kept else Verdict.BREACH


def _complete(
    ident: str,
    told: Iterable[str],
    wanted: Iterable[str],
    law: Law,
    place: dict[str, Any],
    effect: Effect | None = None,
) -> Finding:
    """Hold what a notice told against what it has to tell."""
    have = frozenset(told)
    missing = [item for item in wanted if item not in have]
    if missing:
        why = say("{state}: the notice lacks {missing}.", state=place["bearer"], missing=", ".join(missing))
        return law.finding(ident, Verdict.BREACH, why, **place)
    why = say("{state}: the notice tells {told}.", state=place["bearer"], told=", ".join(wanted))
    return law.finding(ident, Verdict.OK, why, effect=effect, **place)


def _flag(ident: str, so: bool | None, wanted: bool, good: Text, bad: Text, law: Law, place: dict[str, Any]) -> Any:
    """Judge a fact that is told; nothing where it is not."""
    if so is None:
        return ()
    return (law.finding(ident, _kept(so is wanted), good if so is wanted else bad, **place),)


@provision("CFE:X.1")
@provision("CFE:X.2")
@provision("CFE:X.3")
def _site(site: Site, law: Law) -> Iterator[Finding]:
    """Ask what the notice of a storage site told, whose equipment is in it, and whether its fence is whole."""
    place: dict[str, Any] = {"where": Where(name=site.where), "bearer": site.state}
    if site.notice is not None:
        yield _complete("X.1", site.notice, SITE_NOTICE, law, place)
    words = {"state": site.state}
    good = say("{state}: only equipment of conventional armed forces in the site.", **words)
    bad = say("{state}: equipment of others than conventional armed forces in the site.", **words)
    yield from _flag("X.2", site.others_items, False, good, bad, law, place)
    good, bad = say("{state}: the fence runs all around.", **words), say("{state}: the fence has gaps.", **words)
    yield from _flag("X.3", site.fence_continuous, True, good, bad, law, place)
    good = say("{state}: equipment goes in and out by the gates only.", **words)
    bad = say("{state}: equipment goes in or out elsewhere than by the gates.", **words)
    yield from _flag("X.3", site.other_entrances, False, good, bad, law, place)


@provision("CFE:X.8(A)")
@provision("CFE:X.8(B)")
@provision("CFE:X.8(C)")
@provision("CFE:X.10")
@provision("CFE:XI.3(A)")
@provision("CFE:XI.3(B)")
@provision("CFE:XI.3(C)")
def _removal(one: Removal, law: Law) -> Iterator[Finding]:
    """Ask what the notice of a removal told, and whether rebuilt items came back when they were done."""
    place: dict[str, Any] = {"where": Where(name=one.where), "bearer": one.state}
    bridge = one.category == BRIDGE
    if one.notice is not None and not (bridge and one.disaster):
        for ident, wanted in (_BRIDGE_REMOVAL if bridge else _REMOVAL).items():
            yield _complete(ident, one.notice, wanted, law, place)
    if one.rebuilt is None or bridge:
        return
    told = {"state": one.state, "rebuilt": one.rebuilt}
    if one.back is not None and one.back <= one.rebuilt:
        why = say("{state}: back on the day the rebuilding was done, or before.", **told)
        yield law.finding("X.10", Verdict.OK, why, **place)
    elif one.back is not None:
        why = say("{state}: rebuilt by {rebuilt}, back on {back}; how soon is at once the text does not say.",
                  back=one.back, **told)  # fmt: skip
        yield law.finding("X.10", Verdict.CANNOT_TELL, why, needs=(say("why the return took so long"),), **place)
    elif law.reading.at > one.rebuilt:
        why = say("{state}: rebuilt by {rebuilt}, and not back.", **told)
        yield law.finding("X.10", Verdict.BREACH, why, **place)


# ---- how much is out at once ----


@provision("CFE:X.9")
@provision("CFE:XI.5")
def _out_at_once(records: Records, law: Law) -> Iterator[Finding]:
    """Add up what each group has out of storage on the day when most of it is out; the day of return counts no more."""
    for group, category in sorted({(group_of_state(one.state), one.category) for one in records.removals if one.state}):
        if category not in (TANK, ACV, ARTILLERY, BRIDGE):
            continue
        own = [one for one in records.removals if group_of_state(one.state) == group and one.category == category]
        if all(one.count is None for one in own):
            continue  # no number is told: nothing to add up
        days = sorted({one.left for one in own})
        sums = {day: [one for one in own if one.left <= day and (one.back is None or day < one.back)] for day in days}
        low = max(_number(out) for out in sums.values())
        unknown = any(one.count is None for one in own)
        if category == BRIDGE and way(law.reading, "CFE:XI.5") == "counted":
            now = [one for one in own if one.left <= law.reading.at and (one.back is None or law.reading.at < one.back)]
            low = max(low, _number(now) + _bridges_in_maintenance(records, group))
        yield _against_number(group, category, low, unknown, law)


def _number(out: Iterable[Removal]) -> int:
    """Add up removals; one without a number has one item at least."""
    return sum(1 if one.count is None else one.count for one in out)


def _bridges_in_maintenance(records: Records, group: str) -> int:
    return sum(
        site.out or 0 for site in records.sites if site.category == BRIDGE and group_of_state(site.state) == group
    )


def _against_number(group: str, category: str, low: int, unknown: bool, law: Law) -> Finding:
    bridge = category == BRIDGE
    most, value = law.most("bridges_removed_at_once") if bridge else law.most("removed_at_once", category)
    told = {"group": group, "what": subject_words(category), "low": low, "most": most}
    numbers: dict[str, Any] = {"measured": low, "limit": most, "margin": float(most - low), "unit": "items"}
    ident, fields = "XI.5" if bridge else "X.9", {"bearer": group, "values": (value,), **numbers}
    if low <= most and unknown:
        why = say("{group}, {what}: {low:,} out of storage at once at least; some numbers are not told.", **told)
        return law.finding(ident, Verdict.CANNOT_TELL, why, needs=(say("how many items each removal has"),), **fields)
    why = say("{group}, {what}: {low:,} out of storage at once; {most:,} are allowed.", **told)
    effect = Effect(group, "must", say("have {more:,} fewer out", more=low - most)) if low > most else None
    return law.finding(ident, _kept(low <= most), why, effect=effect, **fields)


# ---- what leaves service ----


@provision("CFE:IX.1(A)")
def _holding_area(one: Leaving, law: Law) -> Iterator[Finding]:
    """Ask whether an area with decommissioned equipment was declared as one, and its items can be told apart."""
    place: dict[str, Any] = {"where": Where(name=one.where), "bearer": one.state}
    if one.told is None:
        why = say("{state}: how the holding area was declared is not told.", state=one.state)
        yield law.finding(
            "IX.1(A)", Verdict.CANNOT_TELL, why, needs=(say("what the notice of the site told"),), **place
        )
        return
    missing = [item for item in one.wanted if item not in one.told]
    if missing:
        why = say("{state}: the holding area is not {missing}.", state=one.state, missing=", ".join(missing))
    else:
        why = say("{state}: declared as a holding area, its items apart from others.", state=one.state)
    yield law.finding("IX.1(A)", _kept(not missing), why, **place)


@provision("CFE:IX.1")
def _left_service(one: Leaving, law: Law) -> Iterator[Finding]:
    """Ask in which way items left service: by reduction or decommissioning, or otherwise."""
    place: dict[str, Any] = {"where": Where(name=one.where), "bearer": one.state}
    told = {"state": one.state, "what": subject_words(one.category)}
    if one.way == "other":
        why = say("{state}, {what}: left service neither by reduction nor by decommissioning.", **told)
        effect = Effect(one.state, "must", say("count them still, or decommission them"))
        yield law.finding("IX.1", Verdict.BREACH, why, effect=effect, **place)
    else:
        why = say("{state}, {what}: left service by {way}.", way=one.way, **told)
        yield law.finding("IX.1", Verdict.OK, why, **place)


@provision("CFE:IX.2")
def _decommissioning(one: Leaving, law: Law) -> Iterator[Finding]:
    """Ask what a notice of decommissioning told."""
    place: dict[str, Any] = {"where": Where(name=one.where), "bearer": one.state}
    if one.told is None:
        why = say("{state}: what the notice of decommissioning told is not told.", state=one.state)
        yield law.finding("IX.2", Verdict.CANNOT_TELL, why, needs=(say("the contents of the notice"),), **place)
        return
    yield _complete("IX.2", one.told, one.wanted, law, place)


def _in_time(ident: str, one: Leaving, law: Law, effect: Effect | None) -> Iterator[Finding]:
    """Hold the day and the contents of a notice against the day by which it had to be given."""
    place: dict[str, Any] = {"where": Where(name=one.where), "bearer": one.state}
    if one.notified is None:
        why = say("{state}: whether and when it gave notice is not told.", state=one.state)
        yield law.finding(ident, Verdict.CANNOT_TELL, why, needs=(say("the day of the notice"),), **place)
    elif one.due is not None:
        told = {"state": one.state, "day": one.notified, "due": one.due}
        why = say("{state}: notice on {day}; it was due by {due}.", **told)
        yield law.finding(ident, _kept(one.notified <= one.due), why, **place)
    if one.told is not None:
        yield _complete(ident, one.told, one.wanted, law, place, effect)


@provision("CFE:X.11")
def _replacement(one: Leaving, law: Law) -> Iterator[Finding]:
    """Ask whether a replacement in storage was notified when it began, and with what."""
    yield from _in_time("X.11", one, law, Effect(one.state, "may", say("replace what is in storage")))


@provision("CFE:XII.2")
def _reassignment(one: Leaving, law: Law) -> Iterator[Finding]:
    """Ask whether equipment that goes to others than the forces was notified by the day that takes effect."""
    if one.category not in REASSIGNED:
        why = say("{state}: carriers and heavy armament vehicles need no such notice.", state=one.state)
        where = Where(name=one.where)
        yield law.finding("XII.2", Verdict.NOT_APPLICABLE, why, where=where, bearer=one.state)
        return
    yield from _in_time("XII.2", one, law, None)


_JUDGES: Final = {
    "holding_area": _holding_area,
    "left_service": _left_service,
    "decommissioning": _decommissioning,
    "replacement": _replacement,
    "reassignment": _reassignment,
}

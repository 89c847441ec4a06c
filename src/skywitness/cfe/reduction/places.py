"""Reduction sites, how many work at once, reporting periods, and inspections of reduction (VIII.9 to VIII.13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from skywitness.cfe.law import Law
from skywitness.cfe.reduction.model import Inspected, Item, Ledger, Period, Site
from skywitness.cfe.reduction.steps import ROOT
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.periods import shifted
from skywitness.core.text import say
from skywitness.law.provisions import provision

__all__ = ["judge_places", "most_at_once"]

_ELSEWHERE: Final = ("accident", "reclassification", "recategorisation", "modification", "other")
"""Ways that other protocols describe, or that no site is needed for."""


def judge_places(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge sites, periods, where items were reduced, and inspections."""
    for site in ledger.sites:
        yield from _site(ledger, site, law)
    for state in sorted({one.state for one in ledger.periods}):
        yield from _at_once(ledger, state, law)
    for period in ledger.periods:
        yield from _period(period, law)
    for item in ledger.items:
        yield from _place(ledger, item, law)
    for one in ledger.inspections:
        yield from _inspection(one, law)


def _kept(kept: bool) -> Verdict:
    return Verdict.OK if kept else Verdict.BREACH


@provision("CFE:VIII.9")
@provision("CFE:VIII.10")
def _site(ledger: Ledger, site: Site, law: Law) -> Iterator[Finding]:
    """Ask whether a site was notified at the beginning, or as a revision before it was used, and if shared agreed."""
    place: dict[str, Any] = {"where": Where(name=site.where), "bearer": site.state}
    told: dict[str, Any] = {"state": site.state, "site": site.id, "start": law.start}
    work = min((one.begins for one in ledger.periods if one.site == site.id), default=None)
    if site.notified is None:
        why = say("{state}, {site}: when the site was notified is not told.", **told)
        needs = (say("the day on which each reduction site was notified"),)
        yield law.finding("VIII.9", Verdict.CANNOT_TELL, why, needs=needs, **place)
    elif site.notified <= law.start:
        why = say("{state}, {site}: notified by {start}.", **told)
        yield law.finding("VIII.9", Verdict.OK, why, **place)
    elif work is not None and work < site.notified:
        why = say("{state}, {site}: at work from {work}, and notified on {day}.", work=work, day=site.notified, **told)
        yield law.finding("VIII.9", Verdict.BREACH, why, **place)
    else:
        why = say(
            "{state}, {site}: added on {day}, after {start}; sites may be revised freely.", day=site.notified, **told
        )
        effect = Effect(site.state, "may", say("designate further sites"))
        yield law.finding("VIII.10", Verdict.OK, why, effect=effect, **place)
    if site.shared_with and site.agreed is not None:
        why = say("{state}, {site}: shared by agreement.", **told)
        if not site.agreed:
            why = say("{state}, {site}: shared without an agreement.", **told)
        yield law.finding("VIII.10", _kept(site.agreed), why, **place)


def most_at_once(periods: tuple[Period, ...], until: dt.date | None = None) -> int:
    """Return how many sites of a State work at once at most; ``until``: on days up to that one."""
    days = {one.begins for one in periods if until is None or one.begins <= until}
    return max((len({one.site for one in periods if one.begins <= day <= _last(one)}) for day in days), default=0)


def _last(period: Period) -> dt.date:
    return period.completed or period.ends


@provision("CFE:VIII.10")
@provision("CFE:VIII.11")
def _at_once(ledger: Ledger, state: str, law: Law) -> Iterator[Finding]:
    """Hold the sites at work at once against twenty, and against two in the first 120 days."""
    own = tuple(one for one in ledger.periods if one.state == state)
    end, baseline = law.after("baseline_period")
    at_first = tuple(one for one in own if _last(one) >= law.start)
    for ident, key, count, values in (
        ("VIII.10", "reduction_sites_at_work", most_at_once(own), ()),
        ("VIII.11", "reduction_sites_at_first", _in_baseline(at_first, law.start, end), (baseline,)),
    ):
        most, value = law.most(key)
        if ident == "VIII.11" and not count:
            continue
        told = {"state": state, "count": count, "most": most}
        why = say("{state}: reduction sites at work at once: {count}; {most} may be.", **told)
        if ident == "VIII.11":
            why = say("{state}: reduction sites at work at once until {end}: {count}; {most} may be.", end=end, **told)
        numbers = {"measured": count, "limit": most, "margin": float(most - count), "unit": "sites"}
        yield law.finding(ident, _kept(count <= most), why, bearer=state, values=(value, *values), **numbers)


def _in_baseline(periods: tuple[Period, ...], start: dt.date, end: dt.date) -> int:
    """Return the most sites at work on a day of the first period, its own last day included."""
    days = {max(one.begins, start) for one in periods if one.begins <= end}
    return max((len({one.site for one in periods if one.begins <= day <= _last(one)}) for day in days), default=0)


@provision("CFE:INSP.X.4")
@provision("CFE:INSP.X.5")
@provision("CFE:INSP.X.12")
@provision("CFE:REDUCTION.VIII.5")
def _period(one: Period, law: Law) -> Iterator[Finding]:
    """Hold the length of a reporting period and its notices against their days."""
    place: dict[str, Any] = {"where": Where(name=one.where), "bearer": one.state}
    (least, low), (most, high) = law.most("reporting_period_shortest"), law.most("reporting_period_longest")
    days = (one.ends - one.begins).days
    both = {least <= number <= most for number in (days, days + 1)}
    told: dict[str, Any] = {"state": one.state, "days": days + 1, "least": least, "most": most}
    why = say("{state}: a reporting period of {days} days, first and last counted; {least} to {most} may be.", **told)
    fields = {**place, "measured": days + 1, "unit": "d", "values": (low, high)}
    if len(both) == 2:
        needs = (say("whether the first and the last day of a period both count"),)
        yield law.finding("INSP.X.4", Verdict.CANNOT_TELL, why, needs=needs, **fields)
    else:
        yield law.finding("INSP.X.4", _kept(both == {True}), why, **fields)
    asked = {"INSP.X.5": "reduction_inspection_notice", f"{ROOT}VIII.5": "vehicle_conversion_notice"}
    for ident, key in asked.items():
        if one.told is None or (key == "vehicle_conversion_notice" and not one.conversion):
            continue
        number, value = law.most(key)
        before = (one.begins - one.told).days
        words = {"state": one.state, "before": before, "number": number}
        why = say("{state}: notice {before} days before the period; {number} at least.", **words)
        numbers = {"measured": before, "limit": number, "margin": float(before - number), "unit": "d"}
        yield law.finding(ident, _kept(before >= number), why, values=(value,), **numbers, **place)
    number, value = law.most("reduction_completion")
    if one.completed is not None and one.completion_told is not None:
        after = (one.completion_told - one.completed).days
        why = say(
            "{state}: completion notified after {after} days; {number} at most.",
            state=one.state,
            after=after,
            number=number,
        )
        numbers = {"measured": after, "limit": number, "margin": float(number - after), "unit": "d"}
        yield law.finding("INSP.X.12", _kept(after <= number), why, values=(value,), **numbers, **place)


@provision("CFE:VIII.12")
def _place(ledger: Ledger, item: Item, law: Law) -> Iterator[Finding]:
    """Ask whether an item was reduced at a reduction site in the area."""
    if item.way in _ELSEWHERE or item.drone or item.working:
        return
    place: dict[str, Any] = {"where": Where(name=item.where), "bearer": item.state}
    site = next((one for one in ledger.sites if one.id == item.site), None)
    told: dict[str, Any] = {"state": item.state, "site": item.site}
    if site is None or site.in_area is None:
        why = say("{state}: at which site, and whether that is in the area, is not told.", **told)
        needs = (say("the site of every entry, and whether it is in the area (in_area)"),)
        yield law.finding("VIII.12", Verdict.CANNOT_TELL, why, needs=needs, **place)
    elif site.in_area:
        yield law.finding("VIII.12", Verdict.OK, say("{state}, {site}: a reduction site in the area.", **told), **place)
    else:
        why = say("{state}, {site}: a place outside the area.", **told)
        yield law.finding("VIII.12", Verdict.BREACH, why, **place)


@provision("CFE:VIII.13")
@provision("CFE:REDUCTION.VIII.9")
@provision("CFE:REDUCTION.VIII.9(A)")
@provision("CFE:REDUCTION.VIII.9(B)")
def _inspection(one: Inspected, law: Law) -> Iterator[Finding]:
    """Ask whether an inspection was refused: none may be, but the work of a conversion need not be shown."""
    place: dict[str, Any] = {"where": Where(name=one.where), "bearer": one.state}
    told: dict[str, Any] = {"state": one.state, "day": one.day}
    if one.of == "conversion_under_way":
        why = say("{state}, {day}: the work of a final conversion need not be shown.", **told)
        effect = Effect(one.state, "may", say("keep the work of conversion to itself"))
        yield law.finding(f"{ROOT}VIII.9(A)", Verdict.OK, why, effect=effect, **place)
        return
    months, value = law.number("conversion_inspected")
    third, _ = law.after("third_phase")
    last = shifted(dt.datetime.combine(third, dt.time(), dt.UTC), months, "months").date()
    fields = {**place, "values": (value,)}
    idents = ["VIII.13"]
    if one.of == "converted":
        idents += [f"{ROOT}VIII.9", f"{ROOT}VIII.9(B)"]
    end = last if one.of == "converted" else third
    if one.day > end:
        why = say("{state}, {day}: such inspections ended on {end}.", end=end, **told)
        yield law.finding("VIII.13", Verdict.NOT_APPLICABLE, why, **fields)
        return
    why = say("{state}, {day}: the inspection was refused.", **told)
    if not one.refused:
        why = say("{state}, {day}: the inspection was let in.", **told)
    for ident in idents:
        yield law.finding(ident, _kept(not one.refused), why, **fields)

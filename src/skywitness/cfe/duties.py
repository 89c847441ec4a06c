"""Duties beside the limits: phases of reduction, storage sites, removals, deployments for a time, levels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from skywitness.cfe.kinds import BRIDGE
from skywitness.cfe.law import Law
from skywitness.cfe.levels.rules import judge_levels
from skywitness.cfe.levels.stationing import judge_stationing
from skywitness.cfe.limits import subject_words
from skywitness.cfe.records import Deployment, Records, Reduction, Removal, Site
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision

__all__ = ["PHASES", "duties", "least_liability", "maintenance_allowed"]

PHASES: Final = (("first", "VIII.4(A)"), ("second", "VIII.4(B)"), ("third", "VIII.4(C)"))
"""The phases of reduction and the subparagraphs that say how much is done by the end of each."""


def duties(records: Records, law: Law, *, complete: bool = False) -> tuple[Finding, ...]:
    """Judge everything that a file tells beside holdings."""
    found: list[Finding] = []
    for reduction in records.reductions:
        found += (*_liability(reduction, law), *_phases(reduction, law))
    for site in records.sites:
        found += (*_site(site, law), *_maintenance(site, law))
    for removal in records.removals:
        found += _removal(removal, law)
    for deployment in records.deployments:
        found += _deployment(deployment, law)
    found += judge_levels(records.levels, law, complete=complete)
    found += [judge_stationing(one, law) for one in records.stationed]
    return tuple(found)


def _kept(kept: bool) -> Verdict:
    return Verdict.OK if kept else Verdict.BREACH


@provision("CFE:VIII.6")
@provision("CFE:VIII.7")
def _liability(one: Reduction, law: Law) -> Iterator[Finding]:
    """Hold the liability against the larger of two holdings less the level, and its notice against its time."""
    place: dict[str, Any] = {"where": Where(name=one.where), "bearer": one.state}
    what = subject_words(one.category)
    last, value = law.after("liability_notice")
    if one.notified is not None:
        told = {"state": one.state, "what": what, "day": one.notified, "last": last}
        why = say("{state}, {what}: liability notified on {day}; it was due by {last}.", **told)
        yield law.finding("VIII.6", _kept(one.notified <= last), why, values=(value,), **place)
    if one.liability is None:
        return
    level = law.level(one.state, one.category)
    least, most = least_liability(one.at_signature, one.at_entry, *((level.high, level.low) if level else (None, None)))
    told = {"state": one.state, "what": what, "liability": one.liability, "least": least}
    numbers: dict[str, Any] = {"measured": one.liability, "limit": least, "unit": "items"}
    if least <= one.liability and (most is None or one.liability < most):
        why = say(
            "{state}, {what}: both holdings, or a settled maximum level, are missing.", state=one.state, what=what
        )
        needs = (say("holdings at signature and at entry into force, and the maximum level"),)
        yield law.finding("VIII.7", Verdict.CANNOT_TELL, why, needs=needs, **numbers, **place)
        return
    why = say("{state}, {what}: a liability of {liability:,}; {least:,} at least.", **told)
    numbers["margin"] = float(one.liability - least)
    values = (level.value,) if level else ()
    yield law.finding("VIII.7", _kept(one.liability >= least), why, values=values, **numbers, **place)


def least_liability(
    at_signature: int | None, at_entry: int | None, high: int | None, low: int | None
) -> tuple[int, int | None]:
    """Return what a liability has to be at least (Article VIII.7): the least it may be, and the most, if that is known.

    The larger of two holdings less the maximum level, which lies between ``low`` and ``high``; one holding that is told
    bounds it from below.

    >>> least_liability(7_000, 7_170, 4_166, 4_166), least_liability(None, 7_170, 4_166, 4_166)
    ((3004, 3004), (3004, None))
    """
    known = [held for held in (at_signature, at_entry) if held is not None]
    if not known or high is None or low is None:
        return 0, None
    return max(0, max(known) - high), max(0, max(known) - low) if len(known) == 2 else None


@provision("CFE:VIII.4(A)")
@provision("CFE:VIII.4(B)")
@provision("CFE:VIII.4(C)")
def _phases(one: Reduction, law: Law) -> Iterator[Finding]:
    """Hold what is reduced against the share of every phase that is over by the day."""
    if one.liability is None or one.reduced is None:
        return
    for name, ident in PHASES:
        end, months = law.after(f"{name}_phase")
        if law.reading.at < end:
            continue
        percent, share = law.number(f"{name}_phase_share")
        least = law.share(percent, one.liability, least=True)
        if law.reading.at > end and one.reduced >= least:
            yield _later(one, ident, end, least, (share, months), law)
            continue
        told = {
            "state": one.state,
            "what": subject_words(one.category),
            "reduced": one.reduced,
            "least": least,
            "end": end,
        }
        why = say("{state}, {what}: {reduced:,} reduced; {least:,} were to be by {end}.", **told)
        kept = one.reduced >= least
        effect = None if kept else Effect(one.state, "must", say("reduce {more:,} more", more=least - one.reduced))
        numbers: dict[str, Any] = {"measured": one.reduced, "limit": least, "margin": float(one.reduced - least)}
        where = Where(name=one.where)
        values = (share, months)
        yield law.finding(
            ident,
            _kept(kept),
            why,
            effect=effect,
            unit="items",
            values=values,
            where=where,
            bearer=one.state,
            **numbers,
        )


def _later(one: Reduction, ident: str, end: dt.date, least: int, values: tuple[UsedValue, ...], law: Law) -> Finding:
    """Leave a phase open that was over before the day of the count: when what is reduced by now was reduced is open."""
    high = one.reduced or 0
    told = {"state": one.state, "what": subject_words(one.category), "least": least, "end": end}
    why = say("{state}, {what}: {low:,} to {high:,} reduced; {least:,} were to be by {end}.", low=0, high=high, **told)
    needs = (say("notices of what was reduced, and what inspectors saw of it"),)
    fields: dict[str, Any] = {"limit": least, "unit": "items", "where": Where(name=one.where), "bearer": one.state}
    if least == 0:
        why = say("{state}, {what}: {reduced:,} reduced; {least:,} were to be by {end}.", reduced=high, **told)
        return law.finding(ident, Verdict.OK, why, values=values, **fields)
    return law.finding(ident, Verdict.CANNOT_TELL, why, needs=needs, values=values, **fields)


@provision("CFE:X.2")
@provision("CFE:X.3")
@provision("CFE:X.5")
def _site(site: Site, law: Law) -> Iterator[Finding]:
    """Hold fence, gates and what is inside against the rules for storage sites."""
    place: dict[str, Any] = {"where": Where(name=site.where), "bearer": site.state}
    if site.fence_m is not None:
        least, value = law.number("fence_height")
        why = say(
            "{state}: a fence of {height:.2f} m; {least:.1f} m at least.",
            state=site.state,
            height=site.fence_m,
            least=least,
        )
        numbers: dict[str, Any] = {
            "measured": site.fence_m,
            "limit": least,
            "margin": site.fence_m - least,
            "unit": "m",
        }
        yield law.finding("X.3", _kept(site.fence_m >= least), why, values=(value,), **numbers, **place)
    if site.gates is not None:
        most, value = law.most("gates")
        why = say("{state}: {gates} gates; {most} are allowed.", state=site.state, gates=site.gates, most=most)
        numbers = {"measured": site.gates, "limit": most, "margin": float(most - site.gates), "unit": "gates"}
        yield law.finding("X.3", _kept(site.gates <= most), why, values=(value,), **numbers, **place)
    if site.ranges is not None:
        words = {True: say("{state}: ranges or training areas in the site.", state=site.state)}
        why = words.get(site.ranges) or say("{state}: no ranges or training areas in the site.", state=site.state)
        yield law.finding("X.2", _kept(not site.ranges), why, **place)
    if site.active_units is not None:
        words = {True: say("{state}: active units in the site.", state=site.state)}
        why = words.get(site.active_units) or say("{state}: no active units in the site.", state=site.state)
        yield law.finding("X.5", _kept(not site.active_units), why, **place)


def maintenance_allowed(held: int, percent: float, most: int) -> int:
    """Return how many items may be out for maintenance: a share rounded up to an even number, or a number if less.

    >>> [maintenance_allowed(held, 10, 10) for held in (0, 1, 20, 21, 80, 81, 500)]
    [0, 2, 2, 4, 8, 10, 10]
    """
    share = -(-held * int(percent) // 100)
    return min(share + share % 2, most)


@provision("CFE:X.7")
@provision("CFE:XI.6")
def _maintenance(site: Site, law: Law) -> Iterator[Finding]:
    """Hold what is out for maintenance without notice against what may be."""
    if site.held is None or site.out is None or not site.category:
        return
    bridge = "bridge_" if site.category == BRIDGE else ""
    percent, share = law.number(f"{bridge}maintenance_share")
    number, value = law.most(f"{bridge}maintenance_number")
    allowed = maintenance_allowed(site.held, percent, number)
    told = {
        "state": site.state,
        "what": subject_words(site.category),
        "out": site.out,
        "allowed": allowed,
        "held": site.held,
    }
    why = say("{state}, {what}: {out} of {held:,} out for maintenance; {allowed} may be without notice.", **told)
    kept = site.out <= allowed
    effect = Effect(site.state, "may", say("have {allowed} out for maintenance", allowed=allowed)) if kept else None
    numbers: dict[str, Any] = {
        "measured": site.out,
        "limit": allowed,
        "margin": float(allowed - site.out),
        "unit": "items",
    }
    ident = "XI.6" if bridge else "X.7"
    where = Where(name=site.where)
    yield law.finding(
        ident, _kept(kept), why, effect=effect, values=(share, value), where=where, bearer=site.state, **numbers
    )


@provision("CFE:X.8")
@provision("CFE:X.10")
@provision("CFE:XI.3")
@provision("CFE:XI.4")
@provision("CFE:XI.7")
def _removal(one: Removal, law: Law) -> Iterator[Finding]:
    """Hold the notice before a removal and the time outside against their days."""
    bridge = one.category == BRIDGE
    notice, out = ("XI.3", "XI.4") if bridge else ("X.8", "X.10")
    prefix = "bridge_" if bridge else ""
    place: dict[str, Any] = {"where": Where(name=one.where), "bearer": one.state}
    days, value = law.most(f"{prefix}removal_notice")
    if bridge and one.disaster and one.notified is not None:
        told = one.notified <= one.left
        why = say("{state}: removed after a disaster; notified at the time: {told}.", state=one.state, told=_yes(told))
        yield law.finding("XI.7", _kept(told), why, **place)
    elif one.notified is None:
        why = say("{state}: whether the removal was notified is not told.", state=one.state)
        ident = "XI.7" if bridge and one.disaster else notice
        yield law.finding(ident, Verdict.CANNOT_TELL, why, needs=(say("the day of the notice of removal"),), **place)
    else:
        yield _days(
            notice, say("notice before removal"), (one.left - one.notified).days, days, value, law, place, least=True
        )
    if one.rebuild and not bridge:
        return
    days, value = law.most(f"{prefix}removal_time")
    outside = ((one.back or law.reading.at) - one.left).days
    if one.back is not None or outside > days:
        yield _days(out, say("time out of storage"), outside, days, value, law, place, least=False)


def _yes(answer: bool) -> Text:
    return say("yes") if answer else say("no")


def _days(
    ident: str, what: Text, days: int, limit: int, value: UsedValue, law: Law, place: dict[str, Any], *, least: bool
) -> Finding:
    margin = float(days - limit if least else limit - days)
    told = {"what": what, "days": days, "limit": limit}
    why = (
        say("{what}: {days} days; {limit} at least.", **told)
        if least
        else say("{what}: {days} days; {limit} at most.", **told)
    )
    numbers = {"measured": days, "limit": limit, "margin": margin, "unit": "d"}
    return law.finding(ident, _kept(margin >= 0), why, values=(value,), **numbers, **place)


@provision("CFE:V.2")
def _deployment(one: Deployment, law: Law) -> Iterator[Finding]:
    """Ask whether sender and receiver told of the beginning in time, and of the end within its days."""
    limit, value = law.most("deployment_end_notice")
    told = (
        (one.by, one.told_by_sender, one.end_told_by_sender),
        (one.to, one.told_by_receiver, one.end_told_by_receiver),
    )
    for state, begun, ended in told:
        place: dict[str, Any] = {"where": Where(name=one.where), "bearer": state}
        if begun is None:
            why = say("{state}: whether it told of the deployment is not told.", state=state)
            needs = (say("the day on which sender and receiver notified"),)
            yield law.finding("V.2", Verdict.CANNOT_TELL, why, needs=needs, **place)
        else:
            why = say(
                "{state}: told on {day} of a deployment that began on {began}.", state=state, day=begun, began=one.began
            )
            yield law.finding("V.2", _kept(begun <= one.began), why, **place)
        if one.ended is not None and ended is not None:
            yield _days(
                "V.2", say("notice of the end"), (ended - one.ended).days, limit, value, law, place, least=False
            )
        elif one.ended is not None and law.reading.at > one.ended + dt.timedelta(days=limit):
            why = say("{state}: whether it told of the end is not told.", state=state)
            needs = (say("the day on which sender and receiver notified"),)
            yield law.finding("V.2", Verdict.CANNOT_TELL, why, needs=needs, **place)

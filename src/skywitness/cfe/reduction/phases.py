"""Liabilities, what changes them, and how much is reduced by the end of each phase (Article VIII.4 to VIII.8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from skywitness.cfe.duties import PHASES, least_liability
from skywitness.cfe.groups import group_of_state
from skywitness.cfe.law import Law, instrument
from skywitness.cfe.limits import subject_words
from skywitness.cfe.reduction.account import level_at_signature, liability_on, reduced
from skywitness.cfe.reduction.model import Adjustment, Ledger, Liability, Predecessor, Revision
from skywitness.core.finding import Effect, Finding, Verdict, Where, overall
from skywitness.core.text import say
from skywitness.law.provisions import provision

__all__ = ["PHASES", "judge_liabilities"]


def judge_liabilities(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge every liability, its changes, and the phases."""
    for one in ledger.liabilities:
        yield from _liability(ledger, one, law)
    for state in sorted({one.state for one in ledger.liabilities}):
        yield from _phases(ledger, state, law)
    for change in ledger.changes:
        if not change.instead:
            yield _change(ledger, change, law)
    for revision in ledger.revisions:
        yield _revision(revision, law)
    for predecessor in ledger.predecessors:
        yield from _parts(ledger, predecessor, law)


def _kept(kept: bool) -> Verdict:
    return Verdict.OK if kept else Verdict.BREACH


@provision("CFE:VIII.6")
@provision("CFE:VIII.7")
def _liability(ledger: Ledger, one: Liability, law: Law) -> Iterator[Finding]:
    """Hold the notice of a liability against its day, and the liability against what it has to be at least."""
    place: dict[str, Any] = {"where": Where(name=one.where), "bearer": one.state}
    told: dict[str, Any] = {"state": one.state, "what": subject_words(one.category)}
    last, value = law.after("liability_notice")
    if one.notified is None:
        why = say(
            "{state}, {what}: when the liability was notified is not told; it was due by {last}.", last=last, **told
        )
        needs = (say("the day on which the liability was notified"),)
        yield law.finding("VIII.6", Verdict.CANNOT_TELL, why, needs=needs, values=(value,), **place)
    else:
        why = say(
            "{state}, {what}: liability notified on {day}; it was due by {last}.", day=one.notified, last=last, **told
        )
        yield law.finding("VIII.6", _kept(one.notified <= last), why, values=(value,), **place)
    if one.liability is None:
        return
    level, values = level_at_signature(ledger, one.state, one.category, law)
    least, most = least_liability(one.at_signature, one.at_entry, level.high, level.low)
    numbers = {"measured": one.liability, "limit": least, "unit": "items", "values": values}
    if least <= one.liability and (most is None or one.liability < most):
        why = say("{state}, {what}: both holdings, or a settled maximum level, are missing.", **told)
        needs = (say("holdings at signature and at entry into force, and the maximum level"),)
        yield law.finding("VIII.7", Verdict.CANNOT_TELL, why, needs=needs, **numbers, **place)
        return
    why = say(
        "{state}, {what}: a liability of {liability:,}; {least:,} at least.",
        liability=one.liability,
        least=least,
        **told,
    )
    yield law.finding(
        "VIII.7", _kept(one.liability >= least), why, margin=float(one.liability - least), **numbers, **place
    )


@provision("CFE:VIII.4")
@provision("CFE:VIII.4(A)")
@provision("CFE:VIII.4(B)")
@provision("CFE:VIII.4(C)")
def _phases(ledger: Ledger, state: str, law: Law) -> Iterator[Finding]:
    """Hold what is reduced by the end of each phase that is over against its share, in every category."""
    found: list[Finding] = []
    for one in ledger.liabilities:
        if one.state == state and one.liability is not None:
            found += [
                _phase(ledger, one, name, ident, law)
                for name, ident in PHASES
                if law.after(f"{name}_phase")[0] <= law.reading.at
            ]
    yield from found
    own = [one for one in ledger.liabilities if one.state == state and one.liability is not None]
    end, months = law.after("third_phase")
    fields: dict[str, Any] = {"bearer": state, "values": (months,)}
    if not own:
        return
    if law.reading.at < end:
        left = sum(
            max(
                0,
                (liability_on(ledger, state, one.category, law.reading.at) or 0)
                - reduced(ledger, state, one.category, law.reading.at, law).low,
            )
            for one in own
        )
        why = say("{state}: the reduction runs until {end}.", state=state, end=end)
        effect = Effect(state, "must", say("reduce {left:,} items by {end}", left=left, end=end))
        yield law.finding("VIII.4", Verdict.NOT_APPLICABLE, why, effect=effect, **fields)
        return
    verdict = overall([one for one in found if one.provision == "CFE:VIII.4(C)"])
    if verdict is Verdict.OK and any(one.state == state and one.liability is None for one in ledger.liabilities):
        verdict = Verdict.CANNOT_TELL
    words = {
        Verdict.OK: say("{state}: all categories were reduced by {end}.", state=state, end=end),
        Verdict.BREACH: say("{state}: not every category was reduced by {end}.", state=state, end=end),
    }
    cannot = say("{state}: whether every category was reduced by {end} cannot be told.", state=state, end=end)
    needs = (say("what is missing for every category"),) if verdict is Verdict.CANNOT_TELL else ()
    yield law.finding("VIII.4", verdict, words.get(verdict, cannot), needs=needs, **fields)


def _phase(ledger: Ledger, one: Liability, name: str, ident: str, law: Law) -> Finding:
    end, months = law.after(f"{name}_phase")
    percent, share = law.number(f"{name}_phase_share")
    liability = liability_on(ledger, one.state, one.category, end) or 0
    least, done = law.share(percent, liability, least=True), reduced(ledger, one.state, one.category, end, law)
    told: dict[str, Any] = {"state": one.state, "what": subject_words(one.category), "least": least, "end": end}
    fields: dict[str, Any] = {
        "bearer": one.state, "where": Where(name=one.where), "values": (share, months), "unit": "items",
        "limit": least, "measured": done.low,
    }  # fmt: skip
    high = done.high or 0
    if done.low < least <= high:
        why = say(
            "{state}, {what}: {low:,} to {high:,} reduced; {least:,} were to be by {end}.",
            low=done.low,
            high=high,
            **told,
        )
        needs = (say("notices of what was reduced, and what inspectors saw of it"),)
        return law.finding(ident, Verdict.CANNOT_TELL, why, needs=needs, **fields)
    kept = done.low >= least
    count = done.low if kept else high
    why = say("{state}, {what}: {reduced:,} reduced; {least:,} were to be by {end}.", reduced=count, **told)
    effect = None if kept else Effect(one.state, "must", say("reduce {more:,} more", more=least - count))
    return law.finding(
        ident, _kept(kept), why, effect=effect, margin=float(count - least), **{**fields, "measured": count}
    )


@provision("CFE:VIII.8")
def _change(ledger: Ledger, change: Adjustment, law: Law) -> Finding:
    """Ask whether a smaller liability was made good by partners of the same group, before it or with it."""
    place: dict[str, Any] = {"where": Where(name=change.where), "bearer": change.state, "unit": "items"}
    told: dict[str, Any] = {"state": change.state, "what": subject_words(change.category), "by": abs(change.by)}
    if change.by > 0:
        why = say("{state}, {what}: a liability larger by {by:,} needs nothing else.", **told)
        return law.finding("VIII.8", Verdict.OK, why, measured=change.by, **place)
    taken = [one for one in ledger.changes if one.instead == change.id and _takes(one, change)]
    sure = sum(one.by for one in taken if one.of == "liability" or one.over_level is False)
    perhaps = sure + sum(one.by for one in taken if one.of == "holdings" and one.over_level is None)
    numbers = {"measured": sure, "limit": -change.by, "margin": float(sure + change.by)}
    if sure < -change.by <= perhaps:
        why = say("{state}, {what}: whether larger holdings of partners stay within their levels is not told.", **told)
        needs = (say("the levels of the partners (over_level)"),)
        return law.finding("VIII.8", Verdict.CANNOT_TELL, why, needs=needs, **numbers, **place)
    why = say("{state}, {what}: {by:,} fewer to reduce; partners took over {sure:,} by then.", sure=sure, **told)
    return law.finding("VIII.8", _kept(sure >= -change.by), why, **numbers, **place)


def _takes(one: Adjustment, change: Adjustment) -> bool:
    """Tell whether a partner's change can stand in: same group and category, another State, not later."""
    return (
        one.state != change.state
        and bool(one.state and change.state)
        and group_of_state(one.state) == group_of_state(change.state)
        and one.category == change.category
        and one.notified <= change.notified
    )


@provision("CFE:VIII.8")
def _revision(one: Revision, law: Law) -> Finding:
    """Ask whether a revision of holdings or levels was followed by the liability."""
    place: dict[str, Any] = {"where": Where(name=one.where), "bearer": one.state}
    told: dict[str, Any] = {"state": one.state, "what": subject_words(one.category), "day": one.notified}
    if one.adjusted is not None:
        why = say("{state}, {what}: revised on {day}, and the liability on {adjusted}.", adjusted=one.adjusted, **told)
        return law.finding("VIII.8", Verdict.OK, why, **place)
    if one.told:
        why = say("{state}, {what}: revised on {day}, and the liability was not.", **told)
        effect = Effect(one.state, "must", say("notify an adjusted liability"))
        return law.finding("VIII.8", Verdict.BREACH, why, effect=effect, **place)
    why = say("{state}, {what}: revised on {day}; whether the liability followed is not told.", **told)
    return law.finding("VIII.8", Verdict.CANNOT_TELL, why, needs=(say("the day of the adjusted liability"),), **place)


@provision("CFE:VIII.7")
def _parts(ledger: Ledger, one: Predecessor, law: Law) -> Iterator[Finding]:
    """Ask whether what successors take as declared at signature adds up to what their predecessor declared."""
    if not one.state:
        return
    successors = instrument().parties[one.state].successors
    parts = {
        each.state: each.at_signature
        for each in ledger.liabilities
        if each.category == one.category and each.state in successors and each.at_signature is not None
    }
    told: dict[str, Any] = {"state": one.state, "what": subject_words(one.category), "declared": one.at_signature}
    fields: dict[str, Any] = {"where": Where(name=one.where), "limit": one.at_signature, "unit": "items"}
    total = sum(parts.values())
    missing = [state for state in successors if state not in parts]
    if total > one.at_signature or (total < one.at_signature and not missing):
        why = say(
            "{state}, {what}: {declared:,} declared at signature; its successors take {total:,} as theirs.",
            total=total,
            **told,
        )
        needs = (say("how the successors divided what was declared"),)
        yield law.finding("VIII.7", Verdict.CANNOT_TELL, why, measured=total, needs=needs, **fields)
    elif missing and total < one.at_signature:
        why = say(
            "{state}, {what}: {declared:,} declared at signature; nothing is told of {missing}.",
            missing=", ".join(missing),
            **told,
        )
        needs = (say("the part of every successor"),)
        yield law.finding("VIII.7", Verdict.CANNOT_TELL, why, measured=total, needs=needs, **fields)
    else:
        why = say(
            "{state}, {what}: its successors divided the {declared:,} declared at signature without a rest.", **told
        )
        yield law.finding("VIII.7", Verdict.OK, why, measured=total, **fields)


def ends(law: Law) -> dict[str, dt.date]:
    """Return the last day of each phase."""
    return {name: law.after(f"{name}_phase")[0] for name, _ in PHASES}

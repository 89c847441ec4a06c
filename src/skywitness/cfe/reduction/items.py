"""What each entry needs to count: notices, declaration at signature, evidence, and what becomes of conversions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from skywitness.cfe.kinds import TANK, type_key
from skywitness.cfe.law import Law, instrument
from skywitness.cfe.reduction.account import accident_in_time, permitted
from skywitness.cfe.reduction.model import PURPOSES, Item, Ledger, Plan
from skywitness.cfe.reduction.steps import ROOT
from skywitness.cfe.ways import way
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision

__all__ = ["judge_items"]

_CONVERTIBLE: Final = ("T-54", "T-55", "T-62", "T-64", "T-72", "Leopard 1", "BMP-1", "BTR-60", "OT-64")
"""Types that may be converted (Section VIII.3)."""


def judge_items(ledger: Ledger, law: Law) -> Iterator[Finding]:
    """Judge every entry since signature, and plans of conversion."""
    for item in ledger.items:
        if item.date < instrument().heading.signed or item.working:
            continue
        place: dict[str, Any] = {"where": Where(name=item.where), "bearer": item.state}
        yield _reduced(item, law, place)
        yield from _declared(item, law, place)
        if item.way == "accident":
            yield from _accident(item, law, place)
        if item.drone:
            yield _evidence(f"{ROOT}VI.4(D)", "drone_evidence", item, law, place)
        if item.way == "conversion":
            yield from _conversion(item, law, place)
    for plan in ledger.plans:
        yield _plan(plan, law)


def _kept(kept: bool) -> Verdict:
    return Verdict.OK if kept else Verdict.BREACH


@provision("CFE:VIII.3")
def _reduced(item: Item, law: Law, place: dict[str, Any]) -> Finding:
    """Say whether items are deemed reduced on the day, and so count no more."""
    told: dict[str, Any] = {"state": item.state, "count": item.count, "date": item.date}
    must = Effect(item.state, "must", say("count them still"))
    if permitted(item) is False or item.date > law.reading.at:
        why = say("{state}: {count:,} are not reduced by then, or not in a way that is open to them.", **told)
        return law.finding("VIII.3", Verdict.NOT_APPLICABLE, why, effect=must, **place)
    if item.date < law.start:
        why = say(
            "{state}: {count:,} reduced on {date}, before months are counted; whether they count is not written.",
            **told,
        )
        needs = (say("whether what was reduced before counts"),)
        return law.finding("VIII.3", Verdict.CANNOT_TELL, why, needs=needs, **place)
    if item.notified is None:
        why = say("{state}: {count:,} reduced on {date}; whether that was notified is not told.", **told)
        needs = (say("the day on which the reduction was notified"),)
        return law.finding("VIII.3", Verdict.CANNOT_TELL, why, needs=needs, **place)
    if item.doubtful or (item.way == "accident" and not accident_in_time(item, law)):
        why = say("{state}: {count:,} are not reduced: notified late, or with a doubt that is not settled.", **told)
        return law.finding("VIII.3", Verdict.NOT_APPLICABLE, why, effect=must, **place)
    day = item.date if way(law.reading, "CFE:VIII.3") == "on_execution" else item.notified
    if day > law.reading.at:
        why = say("{state}: {count:,} count until they are notified on {day}.", day=day, **told)
        return law.finding("VIII.3", Verdict.NOT_APPLICABLE, why, effect=must, **place)
    why = say("{state}: {count:,} are reduced from {day} on.", day=day, **told)
    effect = Effect(item.state, "may", say("count {count:,} fewer", count=item.count))
    return law.finding("VIII.3", Verdict.OK, why, effect=effect, **place)


@provision("CFE:VIII.5")
def _declared(item: Item, law: Law, place: dict[str, Any]) -> Iterator[Finding]:
    """Ask whether the items had been declared in the area at signature."""
    if item.declared is None:
        return
    told = {"state": item.state, "count": item.count}
    if item.declared:
        why = say("{state}: {count:,} that were declared in the area at signature.", **told)
    else:
        why = say("{state}: {count:,} that were not declared in the area at signature.", **told)
    yield law.finding("VIII.5", _kept(item.declared), why, **place)


@provision("CFE:REDUCTION.IX.2")
def _accident(item: Item, law: Law, place: dict[str, Any]) -> Iterator[Finding]:
    """Hold the notice of an accident against its days, and its evidence against theirs."""
    days, value = law.most("accident_notice")
    fields = {**place, "values": (value,)}
    told: dict[str, Any] = {"state": item.state, "date": item.date, "days": days}
    if item.notified is None:
        why = say("{state}: whether the accident of {date} was notified is not told.", **told)
        needs = (say("the day on which the accident was notified"),)
        yield law.finding(f"{ROOT}IX.2", Verdict.CANNOT_TELL, why, needs=needs, **fields)
    else:
        why = say("{state}: accident of {date} notified on {day}; {days} days were there.", day=item.notified, **told)
        in_time = accident_in_time(item, law)
        effect = None if in_time else Effect(item.state, "must", say("reduce as many otherwise"))
        yield law.finding(f"{ROOT}IX.2", _kept(in_time), why, effect=effect, **fields)
    yield _evidence(f"{ROOT}IX.3", "accident_evidence", item, law, place)


@provision("CFE:REDUCTION.VI.4(D)")
@provision("CFE:REDUCTION.IX.3")
def _evidence(ident: str, key: str, item: Item, law: Law, place: dict[str, Any]) -> Finding:
    """Ask whether evidence came in time after the notice, and left no doubt."""
    days, value = law.most(key)
    fields = {**place, "values": (value,)}
    told: dict[str, Any] = {"state": item.state, "days": days}
    if item.notified is None or item.evidence is None:
        why = say("{state}: evidence is due {days} days after the notice.", **told)
        needs = (say("the days of the notice and of the evidence"),)
        return law.finding(ident, Verdict.CANNOT_TELL, why, needs=needs, **fields)
    if (item.evidence - item.notified).days > days:
        why = say("{state}: no evidence within {days} days of the notice.", **told)
        return law.finding(ident, Verdict.BREACH, why, **fields)
    if item.doubtful:
        why = say("{state}: the evidence leaves a doubt; until it is settled they are not reduced.", **told)
        effect = Effect(item.state, "must", say("count them still"))
        return law.finding(ident, Verdict.NOT_APPLICABLE, why, effect=effect, **fields)
    why = say("{state}: evidence within {days} days of the notice.", **told)
    return law.finding(ident, Verdict.OK, why, **fields)


# ---- conversions ----


def _conversion(item: Item, law: Law, place: dict[str, Any]) -> Iterator[Finding]:
    """Judge a conversion: type, purpose, what becomes of it and by when."""
    yield _deemed(item, law, place)
    yield from _type(item, law, place)
    yield from _purpose(item, law, place)
    yield from _use(item, law, place)
    yield _finished(item, law, place)


@provision("CFE:REDUCTION.VIII.7")
def _deemed(item: Item, law: Law, place: dict[str, Any]) -> Finding:
    """Say that a vehicle is reduced once it is cut up and that was notified, before it is converted."""
    if item.notified is None:
        why = say("{state}: cut up for conversion; whether that was notified is not told.", state=item.state)
        needs = (say("the day on which the reduction was notified"),)
        return law.finding(f"{ROOT}VIII.7", Verdict.CANNOT_TELL, why, needs=needs, **place)
    why = say("{state}: cut up for conversion, and notified on {day}.", state=item.state, day=item.notified)
    effect = Effect(item.state, "may", say("take it as reduced before it is converted"))
    return law.finding(f"{ROOT}VIII.7", Verdict.OK, why, effect=effect, **place)


@provision("CFE:REDUCTION.VIII.3")
def _type(item: Item, law: Law, place: dict[str, Any]) -> Iterator[Finding]:
    """Ask whether the type is one that may be converted."""
    if not item.type:
        return
    told = {"state": item.state, "type": item.type}
    if type_key(item.type) in {type_key(name) for name in _CONVERTIBLE}:
        why = say("{state}: {type} may be converted.", **told)
        yield law.finding(f"{ROOT}VIII.3", Verdict.OK, why, **place)
    else:
        why = say("{state}: {type} is none of the types that may be converted.", **told)
        yield law.finding(f"{ROOT}VIII.3", Verdict.BREACH, why, **place)


def _purposes(rule: Any) -> Any:
    """Tie the rule to every purpose."""
    for letter in PURPOSES.values():
        provision(f"{ROOT}VIII.4({letter})")(rule)
    return provision(f"{ROOT}VIII.4")(rule)


@_purposes
def _purpose(item: Item, law: Law, place: dict[str, Any]) -> Iterator[Finding]:
    """Ask whether the civil use is one of those named."""
    if not item.purpose:
        return
    told = {"state": item.state, "purpose": item.purpose.replace("_", " ")}
    if item.purpose not in PURPOSES:
        why = say("{state}: converted for a use that is not named.", **told)
        yield law.finding(f"{ROOT}VIII.4", Verdict.BREACH, why, **place)
        return
    why = say("{state}: converted for a use that is named ({purpose}).", **told)
    effect = Effect(item.state, "may", say("convert for this use"))
    yield law.finding(f"{ROOT}VIII.4", Verdict.OK, why, **place)
    yield law.finding(f"{ROOT}VIII.4({PURPOSES[item.purpose]})", Verdict.OK, why, effect=effect, **place)


@provision("CFE:REDUCTION.VIII.1")
@provision("CFE:REDUCTION.VIII.8")
def _use(item: Item, law: Law, place: dict[str, Any]) -> Iterator[Finding]:
    """Ask whether the forces have a converted vehicle, and whether an unfinished one is still reported."""
    words = {"state": item.state}
    if item.in_service is not None:
        why = say("{state}: converted vehicles are not in service with the forces.", **words)
        if item.in_service:
            why = say("{state}: converted vehicles are in service with the forces.", **words)
        yield law.finding(f"{ROOT}VIII.1", _kept(not item.in_service), why, **place)
    if item.reported is not None and (item.finished is None or item.finished > law.reading.at):
        why = say("{state}: until they are converted they are not reported any more.", **words)
        if item.reported:
            why = say("{state}: until they are converted they are still reported.", **words)
        yield law.finding(f"{ROOT}VIII.8", _kept(item.reported), why, **place)


@provision("CFE:VIII.4(C)")
@provision("CFE:VIII.4(D)")
@provision("CFE:REDUCTION.VIII.10")
def _finished(item: Item, law: Law, place: dict[str, Any]) -> Finding:
    """Ask whether a conversion was finished, or given up and the vehicle destroyed, in time."""
    tank = item.category == TANK
    last, value = law.after("third_phase" if tank else "part_destroyed_finished")
    ident = f"{ROOT}VIII.10" if item.given_up else "VIII.4(C)" if tank else "VIII.4(D)"
    done = item.destroyed if item.given_up else min(filter(None, (item.finished, item.destroyed)), default=None)
    told: dict[str, Any] = {"state": item.state, "count": item.count, "last": last}
    fields = {**place, "values": (value,)}
    what: Text = say("converted or destroyed")
    if item.given_up:
        what = say("destroyed, as they are not converted after all")
    if tank and not item.given_up:
        what, done = say("converted"), item.finished
    if done is not None:
        why = say("{state}: {count:,} {what} by {done}; they were to be by {last}.", what=what, done=done, **told)
        return law.finding(ident, _kept(done <= last), why, **fields)
    if law.reading.at > last:
        why = say("{state}: {count:,} not yet {what}; they were to be by {last}.", what=what, **told)
        effect = Effect(item.state, "must", say("finish {count:,} vehicles", count=item.count))
        return law.finding(ident, Verdict.BREACH, why, effect=effect, **fields)
    why = say("{state}: {count:,} are to be {what} by {last}.", what=what, **told)
    effect = Effect(item.state, "must", say("finish {count:,} vehicles by {last}", count=item.count, last=last))
    return law.finding(ident, Verdict.NOT_APPLICABLE, why, effect=effect, **fields)


@provision("CFE:REDUCTION.VIII.5")
def _plan(plan: Plan, law: Law) -> Finding:
    """Ask whether the number to convert was notified when the Treaty began."""
    place: dict[str, Any] = {"where": Where(name=plan.where), "bearer": plan.state}
    if plan.notified is None:
        why = say("{state}: when it told how many it would convert is not told.", state=plan.state)
        needs = (say("the day on which the number to convert was notified"),)
        return law.finding(f"{ROOT}VIII.5", Verdict.CANNOT_TELL, why, needs=needs, **place)
    told = {"state": plan.state, "day": plan.notified, "start": law.start}
    why = say("{state}: told on {day} how many it would convert; that was due by {start}.", **told)
    return law.finding(f"{ROOT}VIII.5", _kept(plan.notified <= law.start), why, **place)

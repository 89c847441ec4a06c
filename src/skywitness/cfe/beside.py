"""Numbers beside the limits: scouts of eight States, and what navies have on land by the declaration of 1990."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.cfe.groups import GROUPS, group_of_state
from skywitness.cfe.kinds import NAVAL_HELICOPTER, NAVAL_PLANE, SCOUT
from skywitness.cfe.law import Law
from skywitness.cfe.scouts import EIGHT, scouts_held
from skywitness.cfe.span import NONE, Span
from skywitness.cfe.tally import Tally
from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision

__all__ = ["beside"]


def beside(tally: Tally, law: Law) -> tuple[Finding, ...]:
    """Judge what an account tells of them; of what it does not tell nothing is said."""
    return (*_scouts(tally, law), *_naval(tally, law))


@provision("CFE:HELI.I.3")
def _scouts(tally: Tally, law: Law) -> Iterator[Finding]:
    """Say whether the scouts of the eight States may be left out, and that those beyond, or of others, count."""
    most, value = law.most("scout_helicopters")
    for owner in sorted({cell.owner for cell in tally.cells if cell.kind == SCOUT and cell.owner not in EIGHT}):
        why = say("{state} is none of the eight States; its Mi-24R and Mi-24K count.", state=owner)
        effect = Effect(owner, "must", say("count them as specialised attack helicopters"))
        yield law.finding("HELI.I.3", Verdict.NOT_APPLICABLE, why, effect=effect, bearer=owner)
    held = scouts_held(tally)
    if held == NONE:
        return
    told = {"low": held.low, "most": most}
    numbers = {"measured": held.low, "limit": most, "unit": "helicopters", "values": (value,), "bearer": "EAST"}
    verdict = held.against(most)
    if verdict is Verdict.OK:
        why = say("The eight States hold {low} Mi-24R and Mi-24K; {most} may be left out.", **told)
        effect = Effect("EAST", "may", say("leave them out of the limits"))
        yield law.finding("HELI.I.3", verdict, why, effect=effect, **numbers)
    elif verdict is Verdict.BREACH:
        why = say("The eight States hold {low} Mi-24R and Mi-24K at least; those above {most} count.", **told)
        effect = Effect("EAST", "must", say("count those above {most} as specialised attack helicopters", most=most))
        yield law.finding("HELI.I.3", Verdict.NOT_APPLICABLE, why, effect=effect, **numbers)
    else:
        why = say(
            "The eight States hold {low} Mi-24R and Mi-24K at least; whether above {most} cannot be told.", **told
        )
        needs = (say("how many Mi-24R and Mi-24K the eight States hold in all"),)
        yield law.finding("HELI.I.3", verdict, why, needs=needs, **numbers)


@provision("CFE:DECL.I.1")
@provision("CFE:DECL.I.2")
@provision("CFE:DECL.I.3")
def _naval(tally: Tally, law: Law) -> Iterator[Finding]:
    """Hold naval aircraft and helicopters on land against the declaration, from month 40 on."""
    if not law.binding:
        return
    what = say("land-based naval combat aircraft")
    for ident, kind, key in (
        ("DECL.I.1", NAVAL_PLANE, "naval_aircraft_of_state"),
        ("DECL.I.3", NAVAL_HELICOPTER, "naval_helicopters"),
    ):
        for owner in sorted({cell.owner for cell in tally.cells if cell.kind == kind}):
            words = what if kind == NAVAL_PLANE else say("land-based naval attack helicopters")
            yield _against(ident, owner, words, _sum(tally, kind, (owner,)), key, law)
    for group in GROUPS:
        owners = {
            cell.owner for cell in tally.cells if cell.kind == NAVAL_PLANE and group_of_state(cell.owner) == group
        }
        if owners:
            missing = any(group_of_state(state) == group for state in tally.unknown)
            span = _sum(tally, NAVAL_PLANE, tuple(owners))
            whole = Span(span.low, None) if missing else span
            yield _against("DECL.I.2", group, what, whole, "naval_aircraft_of_group", law)


def _sum(tally: Tally, kind: str, owners: tuple[str, ...]) -> Span:
    return sum((span for cell, span in tally.cells.items() if cell.kind == kind and cell.owner in owners), NONE)


def _against(ident: str, holder: str, what: Text, span: Span, key: str, law: Law) -> Finding:
    most, value = law.most(key)
    verdict = span.against(most)
    told = {"holder": holder, "what": what, "low": span.low, "most": most}
    why = say("{holder}, {what}: {low:,}; {most:,} are allowed.", **told)
    needs: tuple[Text, ...] = ()
    if verdict is Verdict.CANNOT_TELL:
        why = say("{holder}, {what}: {low:,} at least; whether more than {most:,} cannot be told.", **told)
        needs = (say("exact numbers"),)
    numbers = {"measured": span.low, "limit": most, "margin": float(most - span.low), "values": (value,)}
    return law.finding(ident, verdict, why, needs=needs, bearer=holder, **numbers)

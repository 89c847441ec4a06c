"""What inspectors saw of a procedure, step by step, against the Protocol on Reduction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from skywitness.cfe.law import Law
from skywitness.cfe.reduction.model import Seen
from skywitness.cfe.reduction.steps import PRESENTED, PROCEDURES, ROOT, Condition, Step, ask, below, load, steps
from skywitness.core.finding import Effect, Finding, UsedValue, Verdict, Where
from skywitness.core.text import say
from skywitness.law.provisions import provision

__all__ = ["complete", "judge_seen"]

_CHOICE: Final = {"III": "III.1", "IV": "IV.1", "V": "V.1", "VI": "VI.1", "VII": "VII.1"}
"""The paragraphs that let a State choose a way to destroy, by section."""

_ABOVE: Final = {"VIII.6(A)": "VIII.6", "VIII.6(B)": "VIII.6", "XI.4(A)": "XI.4", "XI.4(B)": "XI.4"} | {
    "XII.4(A)": "XII.4",
    "XII.4(B)": "XII.4",
    **{f"II.1({letter})": "II.1" for letter in "ABCDE"},
}
"""The paragraph that asks for a procedure, where it is not its own first one."""


@dataclass(frozen=True, slots=True)
class _Step:
    """How a step came out: ``kept`` is ``None`` where it cannot be told; ``applies`` is false where it is not asked."""

    kept: bool | None
    applies: bool
    facts: tuple[str, ...]
    missing: tuple[str, ...]
    values: tuple[UsedValue, ...]


def _every(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    if False in found:
        return False
    return None if None in found else True


def _some(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    if True in found:
        return True
    return None if None in found else False


def complete(seen: Seen, law: Law) -> bool | None:
    """Tell whether the procedure was carried out in full; ``None`` where what is told does not tell it."""
    every = steps(seen.procedure)
    return _every(_judged(step, seen, law, every).kept for step in every if _is_root(step, seen))


def _is_root(step: Step, seen: Seen) -> bool:
    return step.provision in (ROOT + PROCEDURES[seen.procedure][0], f"{ROOT}II.2")


def _judged(step: Step, seen: Seen, law: Law, every: tuple[Step, ...]) -> _Step:
    """Decide one step by its own conditions and the steps below it."""

    def met(one: Condition) -> bool | None:
        return ask(one, seen.facts, lambda key: float(law.number(key)[0]))

    asked = [one for way in step.all for one in way]
    applies = True if step.when is None else met(step.when)
    own = [_some(met(one) for one in way) for way in step.all]
    children = [_judged(one, seen, law, every) for one in below(step, every)]
    counting = [one.kept for one in children if one.applies]
    if step.below and counting:
        own.append(_some(counting) if step.below == "any" else _every(counting))
    kept = None if applies is None else _every(own)
    names = [one.fact for one in (*asked, *((step.when,) if step.when else ()))]
    missing = [one for one in dict.fromkeys(names) if one not in seen.facts]
    missing += [name for one in children if one.applies and one.kept is None for name in one.missing]
    values = tuple(law.number(key)[1] for key in dict.fromkeys(one.key for one in asked if one.key))
    told = [name for name in dict.fromkeys(names) if name in seen.facts]
    if kept is False or step.below == "any":
        told += [name for one in children if one.applies and one.kept is kept for name in one.facts]
    return _Step(kept, applies is not False, tuple(dict.fromkeys(told)), tuple(dict.fromkeys(missing)), values)


def _steps_of_the_protocol(rule: Any) -> Any:
    """Tie the rule to every step, to what asks for it, and to the rights to choose."""
    for ident in (*load(), *(ROOT + one for one in (*_CHOICE.values(), *_ABOVE.values(), "I.1"))):
        provision(ident)(rule)
    return rule


@_steps_of_the_protocol
def judge_seen(seen: Seen, law: Law) -> Iterator[Finding]:
    """Judge every step that inspectors tell of, and whether the whole procedure was carried out."""
    every = steps(seen.procedure)
    place: dict[str, Any] = {"bearer": seen.state, "where": Where(name=seen.where)}
    offered = [below(step, every) for step in every if step.below == "any"]
    others = {
        one.provision for ways in offered if any(_judged(way, seen, law, every).kept for way in ways) for one in ways
    }
    for step in every:
        found = _judged(step, seen, law, every)
        if not found.applies:
            continue
        told = "; ".join(f"{name}: {_value(seen.facts[name])}" for name in found.facts)
        fields = {**place, "values": found.values}
        if found.kept:
            why = say("Seen by {by}, and as asked: {told}.", by=seen.by, told=told)
            if not told:
                why = say("Seen by {by}: every step below it was done.", by=seen.by)
            yield law.finding(step.provision, Verdict.OK, why, **fields)
        elif step.provision in others:
            why = say("Another of the ways offered was taken.")
            yield law.finding(step.provision, Verdict.NOT_APPLICABLE, why, **fields)
        elif found.kept is None:
            missing = ", ".join(found.missing)
            why = say("Seen by {by}, but not told: {missing}.", by=seen.by, missing=missing)
            need = say("what inspectors saw of {missing}", missing=missing)
            yield law.finding(step.provision, Verdict.CANNOT_TELL, why, needs=(need,), **fields)
        else:
            why = say("Seen by {by}, and not as asked: {told}.", by=seen.by, told=told)
            yield law.finding(step.provision, Verdict.BREACH, why, **fields)
    yield from _whole(seen, law, complete(seen, law), place)


def _value(told: bool | float) -> str:
    if isinstance(told, bool):
        return "true" if told else "false"
    return f"{told:g}"


def _whole(seen: Seen, law: Law, kept: bool | None, place: dict[str, Any]) -> Iterator[Finding]:
    """Say whether the whole procedure was carried out, and what follows."""
    root = PROCEDURES[seen.procedure][0]
    verdict = {True: Verdict.OK, False: Verdict.BREACH, None: Verdict.CANNOT_TELL}[kept]
    words = {
        Verdict.OK: say("The procedure {name} was carried out in full.", name=seen.procedure),
        Verdict.BREACH: say("The procedure {name} was not carried out in full.", name=seen.procedure),
        Verdict.CANNOT_TELL: say("Whether the procedure {name} was carried out in full is not told.",
                                 name=seen.procedure),
    }  # fmt: skip
    needs = (say("what inspectors saw of every step of {name}", name=seen.procedure),) if kept is None else ()
    fields = {**place, "needs": needs}
    if root in _ABOVE:
        yield law.finding(ROOT + _ABOVE[root], verdict, words[verdict], **fields)
    if seen.procedure in PRESENTED:
        return
    section = root.partition(".")[0]
    if section in _CHOICE:
        why = say("{name} is one of the ways offered.", name=seen.procedure)
        effect = Effect(seen.state, "may", say("choose another way next time"))
        yield law.finding(ROOT + _CHOICE[section], Verdict.OK, why, effect=effect, **place)
    reduced = Effect(seen.state, "may", say("take it as reduced once it is notified")) if kept else None
    yield law.finding(f"{ROOT}I.1", verdict, words[verdict], effect=reduced, **fields)

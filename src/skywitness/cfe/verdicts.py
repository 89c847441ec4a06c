"""Findings on the limits: one of each limit of which something is told, one of each paragraph, and the room of IV.6."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from skywitness.cfe.groups import GROUPS
from skywitness.cfe.law import Law
from skywitness.cfe.limits import subject_words
from skywitness.cfe.line import Line
from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision

__all__ = ["findings"]

_LIMITED: Final = (
    *("IV.1", "IV.1(A)", "IV.1(B)", "IV.1(C)", "IV.1(D)", "IV.1(E)", "IV.2(A)", "IV.2(B)", "IV.2(C)"),
    *("IV.3(A)", "IV.3(B)", "IV.3(C)", "IV.3(D)", "IV.4(A)", "IV.4(B)", "IV.4(C)", "V.1(A)", "V.1(B)", "V.1(C)"),
    *("VI(A)", "VI(B)", "VI(C)", "VI(D)", "VI(E)", "VII.1", "X.9(A)", "X.9(B)", "X.9(C)", "XI.1", "XI.5"),
)


PARAGRAPHS: Final = ("IV.2", "IV.3", "IV.4", "V.1", "VI")
"""Paragraphs whose subparagraphs hold the numbers: each is kept when all of them are."""


def _limited(rule: Any) -> Any:
    """Tie the rule to the provision of every limit."""
    for ident in _LIMITED:
        rule = provision(f"CFE:{ident}")(rule)
    return rule


@_limited
def findings(lines: tuple[Line, ...], law: Law) -> Iterator[Finding]:
    """Make a finding of each limit of which something is told."""
    for line in lines:
        if not line.idle:
            yield _finding(line, law)
    yield from _paragraphs(lines, law)
    yield from _room_in_core(lines, law)


def _finding(line: Line, law: Law) -> Finding:
    limit, span, verdict = line.limit, line.measured.span, line.verdict
    values: tuple[Any, ...] = (limit.value,)
    told = {"what": limit.words(), "low": span.low, "allowed": limit.allowed}
    numbers: dict[str, Any] = {"limit": limit.allowed, "unit": "items", "bearer": limit.holder, "measured": span.low}
    if span.high is not None:
        numbers |= {"measured": (span.low + span.high) / 2, "margin": float(limit.allowed - span.high)}
        numbers |= {} if span.exact else {"uncertainty": (span.high - span.low) / 2}
    effect: Effect | None = None
    needs: tuple[Text, ...] = ()
    if verdict is Verdict.NOT_APPLICABLE:
        day, value = law.after("months_to_limits")
        why: Text = say("{what}: the limits bind from {day} on.", what=limit.words(), day=day)
        values = (limit.value, value)
    elif verdict is Verdict.BREACH:
        why = say("{what}: {low:,} at least; {allowed:,} are allowed.", **told)
        effect = Effect(limit.holder, "must", say("hold {more:,} fewer", more=span.low - limit.allowed))
    elif verdict is Verdict.OK:
        why = say("{what}: {high:,} at most; {allowed:,} are allowed.", high=span.high or 0, **told)
    elif line.measured.unknown:
        missing = ", ".join(line.measured.unknown)
        why = say(
            "{what}: {low:,} at least; {missing} declared nothing; {allowed:,} are allowed.", missing=missing, **told
        )
        needs = tuple(say("a declaration of {state}", state=state) for state in line.measured.unknown)
    elif span.low > limit.allowed:
        why = say(
            "{what}: {low:,} at least; {allowed:,} or {perhaps:,} are allowed, which is not settled.",
            perhaps=limit.perhaps,
            **told,
        )
        needs = (say("the maximum level that {holder} notified", holder=limit.holder),)
    else:
        high = say("any number") if span.high is None else say("{high:,}", high=span.high)
        why = say("{what}: between {low:,} and {high}; {allowed:,} are allowed.", high=high, **told)
        needs = tuple(
            say("an exact count in {place}", place=place)
            for place, own in line.measured.of_places.items()
            if not own.exact
        )
    return law.finding(limit.provision, verdict, why, effect=effect, needs=needs, values=values, **numbers)


@provision("CFE:IV.6")
def _room_in_core(lines: tuple[Line, ...], law: Law) -> Iterator[Finding]:
    """Say how much of the room in the core a group may use in the inner area (Article IV.6)."""
    lines_by = {(line.limit.key, line.limit.holder, line.limit.subject): line for line in lines}
    for group in GROUPS:
        for (key, holder, subject), core in lines_by.items():
            inner = lines_by.get(("inner_active", group, subject))
            if key != "core_active" or holder != group or inner is None or core.idle or not law.binding:
                continue
            high, inner_high = core.measured.span.high, inner.measured.span.high
            if high is None or inner_high is None:
                continue
            room = min(core.limit.allowed - high, inner.limit.allowed - inner_high)
            told = {"group": group, "what": subject_words(subject)}
            if room <= 0:
                why = say("{group}, {what}: the core or the inner area has no room left.", **told)
                yield law.finding("IV.6", Verdict.NOT_APPLICABLE, why, bearer=group)
                continue
            why = say("{group}, {what}: room left in the core may be used in the inner area, within its limit.", **told)
            effect = Effect(group, "may", say("place {room:,} more in the inner area", room=room))
            values = (core.limit.value, inner.limit.value)
            yield law.finding("IV.6", Verdict.OK, why, bearer=group, effect=effect, values=values)


@provision("CFE:IV.2")
@provision("CFE:IV.3")
@provision("CFE:IV.4")
@provision("CFE:V.1")
@provision("CFE:VI")
def _paragraphs(lines: tuple[Line, ...], law: Law) -> Iterator[Finding]:
    """Sum up each paragraph by group or State: broken by one number, open by one, kept only by all of them."""
    below: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        paragraph = line.limit.provision.removeprefix("CFE:").partition("(")[0]
        if paragraph in PARAGRAPHS:
            below.setdefault((paragraph, line.limit.holder), []).append(line)
    for (paragraph, holder), own in below.items():
        verdicts = [line.verdict for line in own]
        if all(line.idle for line in own) or Verdict.NOT_APPLICABLE in verdicts:
            continue
        over, still = verdicts.count(Verdict.BREACH), verdicts.count(Verdict.CANNOT_TELL)
        told = {"holder": holder, "count": len(own), "over": over, "open": still}
        why = say("{holder}: of {count} numbers {over} are exceeded, {open} cannot be told.", **told)
        verdict = Verdict.BREACH if over else Verdict.CANNOT_TELL if still else Verdict.OK
        values = tuple(line.limit.value for line in own)
        yield law.finding(paragraph, verdict, why, bearer=holder, values=values)

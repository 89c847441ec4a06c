"""Which verdicts change under which claim: the same plan judged with each claim accepted and without it.

Only claims that are about the flight are looked at: their Parties and aircraft fit, and they were held on the day.  A
claim that is accepted though it was not held then is listed as well, so that nobody takes it for one that counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from skywitness.core.finding import Finding, Verdict, overall
from skywitness.core.text import ENGLISH, Catalogue
from skywitness.law.claims import Claim, claims
from skywitness.law.provisions import implemented
from skywitness.route.rules import claimed
from skywitness.route.rules.claimed_lines import relined
from skywitness.route.rules.claims import accepted, concerns, full_name, is_held
from skywitness.route.rules.context import Context
from skywitness.route.rules.registry import PLAN_RULES, Rule

ALONE: Final = ("distance", "restriction", "refusal", "stop", "certificate", "no_distribution")
"""Kinds of claims that rules of their own judge; the others change what a rule of the Treaty measures."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one provision says without a claim and with it: the worst of its findings each time.

    The first is the provision that the claim is about; others follow where their verdict changes with the border view.
    Both are the same where the claim is one more reason; ``finding`` is what it adds.
    """

    provision: str
    without: Verdict
    within: Verdict
    finding: Finding

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write both verdicts, and why the second one."""
        return {
            "provision": self.provision,
            "without": self.without.value,
            "with": self.within.value,
            "why": self.finding.why.render(catalogue),
        }


@dataclass(frozen=True, slots=True)
class ClaimEffect:
    """A claim that is about a flight: whether it is accepted, whether it was held on the day, what it changes."""

    claim: Claim
    accepted: bool
    held: bool
    changes: tuple[Change, ...] = ()

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write the claim with both sides, and what it changes."""
        return {
            **self.claim.to_json(catalogue),
            "accepted": self.accepted,
            "held": self.held,
            "changes": [change.to_json(catalogue) for change in self.changes],
        }


def claim_effects(context: Context) -> tuple[ClaimEffect, ...]:
    """Judge the plan with and without every claim that is about it, in the order of the file of claims."""
    if not context.law.in_force():
        return ()
    taken, judged = accepted(context), _Judged(context)
    return tuple(
        _effect(judged, claim, claim.id in taken)
        for claim in claims().values()
        if (is_held(context, claim) and concerns(context, claim)) or claim.id in taken
    )


@dataclass(slots=True)
class _Judged:
    """A plan in its context; what rules that no claim touches say of a provision is found once."""

    context: Context
    apart: dict[str, list[Finding]] = field(default_factory=dict)

    def judge(self, claim: Claim, context: Context) -> list[Finding]:
        """Judge the provision of a claim in a context that accepts it or does not."""
        rules = _rules_of(claim.provision)
        if claim.kind in ALONE:
            if claim.provision not in self.apart:
                others = [rule for rule in rules if rule.__module__ != claimed.__name__]
                self.apart[claim.provision] = _findings(self.context, others)
            rules = [rule for rule in rules if rule.__module__ == claimed.__name__]
            return [*self.apart[claim.provision], *_findings(context, rules)]
        return _findings(context, rules)


def _effect(judged: _Judged, claim: Claim, taken: bool) -> ClaimEffect:
    context = judged.context
    held = is_held(context, claim) and concerns(context, claim)
    if not held or claim.kind == "conduct":
        return ClaimEffect(claim, taken, held)
    apart, accepting = _without(context, claim), _with(context, claim)
    change = _change(claim.provision, judged.judge(claim, apart), judged.judge(claim, accepting))
    changes = () if change is None else (change,)
    if apart.view is not accepting.view:
        changes = (*changes, *_besides(claim, apart, accepting))
    return ClaimEffect(claim, taken, held, changes)


def _change(provision: str, without: Sequence[Finding], within: Sequence[Finding]) -> Change | None:
    """Say what becomes of one provision; ``None``: nothing."""
    before, after = overall(without), overall(within)
    said = {(finding.verdict, finding.why) for finding in without}
    new = [finding for finding in within if (finding.verdict, finding.why) not in said]
    telling = [finding for finding in new if finding.verdict is after]
    if not telling or (before is after and after not in (Verdict.BREACH, Verdict.CANNOT_TELL)):
        return None
    return Change(provision, before, after, telling[0])


def _besides(claim: Claim, without: Context, within: Context) -> Iterator[Change]:
    """List the other provisions whose verdict changes because an area stands by itself in the border view."""
    by_provision: dict[str, tuple[list[Finding], list[Finding]]] = {}
    for side, context in enumerate((without, within)):
        for finding in _findings(context, PLAN_RULES):
            by_provision.setdefault(finding.provision, ([], []))[side].append(finding)
    for provision, (before, after) in by_provision.items():
        change = _change(provision, before, after) if provision != claim.provision else None
        if change is not None and change.without is not change.within:
            yield change


def _rules_of(code: str) -> list[Rule]:
    """List the rules of one provision, in the order of the registry."""
    names = set(implemented().get(code, ()))
    return [rule for rule in PLAN_RULES if f"{rule.__module__}.{rule.__name__}" in names]


def _findings(context: Context, rules: Iterable[Rule]) -> list[Finding]:
    return [finding for rule in rules for finding in rule(context)]


def _with(context: Context, claim: Claim) -> Context:
    names = (*context.reading.accepted_claims, claim.id)
    accepting = replace(context, reading=replace(context.reading, accepted_claims=tuple(dict.fromkeys(names))))
    return relined(accepting) if claim.kind == "state" else accepting


def _without(context: Context, claim: Claim) -> Context:
    """Take a claim away from the reading and the facts, under whatever name, and the interpretation that equals it."""
    reading, facts = context.reading, context.facts
    ways = dict(reading.interpretations)
    if claim.kind == "no_distribution":
        ways.pop("III.I.7", None)
    apart = replace(
        context,
        reading=replace(reading, accepted_claims=_others(reading.accepted_claims, claim), interpretations=ways),
        facts=replace(facts, accepted_claims=_others(facts.accepted_claims, claim)),
    )
    return relined(apart) if claim.kind == "state" else apart


def _others(names: Iterable[str], claim: Claim) -> tuple[str, ...]:
    return tuple(name for name in names if full_name(name) != claim.id)

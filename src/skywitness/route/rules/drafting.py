"""Writing findings: one hand for all rules, so that titles, readings, rights and agreements are treated alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say, say_n
from skywitness.law.clause import AMONG, Clause, clauses, clauses_of
from skywitness.law.drafting import cannot_tell, draft, needed, not_applicable
from skywitness.route.facts import Agreement
from skywitness.route.rules.context import Context

__all__ = [
    "NEED_PROVIDER",
    "NEED_VIEW",
    "OPEN_TO_AGREEMENT",
    "agreed",
    "cannot_tell",
    "covers",
    "draft",
    "hours_between",
    "legs_words",
    "listed",
    "may_prohibit",
    "may_propose_changes",
    "needed",
    "not_applicable",
    "settled_by",
    "unknown_provider",
    "unless_agreed",
]

OPEN_TO_AGREEMENT: Final = frozenset(clause.provision for clause in clauses())
"""Provisions whose text yields to an agreement of the Parties; an agreement on any other provision changes nothing."""

NEED_VIEW = say("a border view")
NEED_PROVIDER = say("who provides the observation aircraft (aircraft.provided_by)")


def unknown_provider(context: Context, provision: str) -> Finding:
    """Make a finding that the provision cannot be judged because it is open who brings the aircraft."""
    why = say("Who provides the observation aircraft is not known.")
    return cannot_tell(context, provision, why, (NEED_PROVIDER,))


def unless_agreed(
    context: Context,
    finding: Finding,
    legs: Iterable[int] = (),
    states: Iterable[str] = (),
    between: tuple[str, ...] | None = None,
    on: str | None = None,
) -> Finding:
    """Turn what is not ``ok`` into ``ok`` where those agreed whose agreement the text wants on just this provision.

    They are the observing and the observed Party, or those ``between`` whom the text wants it; ``on`` is the provision
    agreed upon where it is not that of the finding.  ``legs`` and ``states`` are what the finding concerns; an
    agreement limited to legs or States must cover all of them.  The words of its scope are shown, for people to judge.
    Where an agreement was told and changes nothing, the finding says why.
    """
    if finding.verdict in (Verdict.OK, Verdict.NOT_APPLICABLE):
        return finding
    provision, legs, states = on or finding.provision, tuple(legs), tuple(states)
    agreement = agreed(context, provision, legs, states, between)
    if agreement is not None:
        return settled_by(finding, agreement)
    return _with_refusals(context, finding, provision, legs, states, between)


def agreed(
    context: Context,
    provision: str,
    legs: Iterable[int] = (),
    states: Iterable[str] = (),
    between: tuple[str, ...] | None = None,
) -> Agreement | None:
    """Find an agreement of those whose agreement the text wants that holds and covers these legs and States."""
    legs, states = tuple(legs), tuple(states)
    found = (one for one in context.facts.agreements if one.provision == provision)
    return next((one for one in found if _refusal(context, one, legs, states, between) is None), None)


def _refusal(
    context: Context,
    agreement: Agreement,
    legs: Collection[int],
    states: Collection[str],
    between: tuple[str, ...] | None,
) -> Text | None:
    """Say why an agreement changes nothing here; ``None`` where it settles the matter."""
    found = clauses_of(agreement.provision)
    if not found:
        return say("The text leaves no room for an agreement here.")
    reasons = [_by_clause(context, agreement, clause, between) for clause in found]
    if None not in reasons:
        return reasons[0]
    return None if covers(agreement, legs, states) else say("It is limited to other legs or States.")


def _by_clause(context: Context, agreement: Agreement, clause: Clause, between: tuple[str, ...] | None) -> Text | None:
    why = context.not_holding(agreement)
    if why is not None:
        return why
    missing = [who for who in _wanted(context, agreement, clause, between) if not context.takes_part(who, agreement)]
    if not missing:
        return None
    return say(
        "The text wants the agreement of {who}; {missing} did not agree.",
        who=AMONG[clause.among],
        missing=", ".join(missing),
    )


def _wanted(context: Context, agreement: Agreement, clause: Clause, between: tuple[str, ...] | None) -> tuple[str, ...]:
    """List whose agreement the text wants: of the two Parties of the flight, of others concerned, or of everybody."""
    plan = context.plan
    if clause.among == "commission":
        return tuple(sorted(context.law.day.parties()))
    if clause.among == "observed" and between is None:
        return (plan.observed,)
    return tuple(dict.fromkeys((*(between or (plan.observing, plan.observed)), *agreement.involved)))


def _with_refusals(
    context: Context,
    finding: Finding,
    provision: str,
    legs: Collection[int],
    states: Collection[str],
    between: tuple[str, ...] | None,
) -> Finding:
    """Say of every agreement on the provision why it changes nothing."""
    why = finding.why
    for agreement in context.facts.agreements:
        if agreement.provision == provision:
            reason = _refusal(context, agreement, legs, states, between)
            words = {"source": agreement.source, "reason": reason}
            why = say("{why} An agreement ({source}) changes nothing here: {reason}", why=why, **words)
    return finding if why is finding.why else replace(finding, why=why)


def settled_by(finding: Finding, agreement: Agreement) -> Finding:
    """Make a finding ``ok`` by an agreement; what was measured stays in it."""
    why = say(
        "{why} The Parties agreed otherwise ({source}): {scope}.",
        why=finding.why,
        source=agreement.source,
        scope=agreement.scope.rstrip(". "),
    )
    return replace(finding, verdict=Verdict.OK, why=why, by_agreement=agreement.source, effect=None, needs=())


def covers(agreement: Agreement, legs: Iterable[int], states: Iterable[str]) -> bool:
    """Tell whether an agreement holds for all of these legs and States; one that names none holds for any."""
    in_legs = not agreement.legs or set(legs) <= set(agreement.legs)
    return in_legs and (not agreement.states or set(states) <= set(agreement.states))


def may_prohibit(context: Context) -> Effect:
    """The right of the observed Party over a flight that is not in compliance."""
    return Effect(context.plan.observed, "may", say("prohibit the observation flight (VIII.I.1)"))


def may_propose_changes(context: Context) -> Effect:
    """The right of the observed Party over a mission plan inconsistent with VI.II.2 or VI.II.4."""
    return Effect(
        context.plan.observed,
        "may",
        say("propose changes to the mission plan (VIII.I.4(C)), or prohibit a flight not in compliance (VIII.I.1)"),
    )


def listed(texts: Sequence[Text]) -> Text:
    """Write several things in a row: one, one and another, or one, another and a third.

    >>> from skywitness.core.text import verbatim
    >>> str(listed([verbatim("a"), verbatim("b"), verbatim("c")]))
    'a, b and c'
    """
    if not texts:
        return say("more facts")
    *before, last = texts
    if not before:
        return last
    row = before[0]
    for text in before[1:]:
        row = say("{row}, {next}", row=row, next=text)
    return say("{row} and {last}", row=row, last=last)


def legs_words(legs: Collection[int]) -> Text:
    """Name legs by their numbers.

    >>> str(legs_words([3])), str(legs_words([3, 7]))
    ('leg 3', 'legs 3, 7')
    """
    return say_n("leg {legs}", "legs {legs}", len(legs), legs=", ".join(str(leg) for leg in legs))


def hours_between(earlier: dt.datetime, later: dt.datetime) -> float:
    """Measure a span of time in hours; negative when ``later`` is the earlier of the two."""
    return (later - earlier) / dt.timedelta(hours=1)

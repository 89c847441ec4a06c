"""Parties that say, in facts, that they do not perform towards others (Article III, Section I, paragraph 2).

The Treaty knows no suspension towards one Party, so it is a claim: whether it counts the reading says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, of_data, say
from skywitness.law.consequence import may_raise
from skywitness.law.nonperformance import NonPerformance, performed
from skywitness.law.provisions import provision
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import draft

CODE = "OS:III.I.2"


@provision(CODE)
def claimed_nonperformance(context: Context) -> Iterator[Finding]:
    """Judge whether the observed Party performs its duty to accept flights towards the observing one, as told.

    Without a fact that says otherwise the rule says nothing.  Under a reading that accepts the claim (by the ``id`` of
    the fact) the flight may be refused; under one that does not, who says that it does not perform breaks its duty.  A
    pause that was agreed is neither: nobody asks for the flight.
    """
    for fact in context.facts.acts.nonperformance:
        if _concerns(context, fact):
            yield _finding(context, fact)


def _concerns(context: Context, fact: NonPerformance) -> bool:
    """Tell whether, as far as the fact goes, somebody observed does not perform towards somebody who observes."""
    law, plan, day = context.law, context.plan, context.law.day
    observed = dict.fromkeys((*law.members(law.acts_as(plan.observed)), *plan.overflown))
    observing = law.members(law.acts_as(plan.observing))
    return any(not performed(fact, by, towards, CODE, day) for by in observed for towards in observing)


def _finding(context: Context, fact: NonPerformance) -> Finding:
    plan = context.plan
    words = {
        "observed": plan.observed,
        "observing": plan.observing,
        "source": fact.told.source,
        "basis": _words(fact.basis),
        "answer": _words(fact.answer),
    }
    refuse = Effect(plan.observed, "may", say("refuse the flight, by its claim"))
    if fact.agreed:
        why = say("{observed} and {observing} agreed to a pause on that day ({source}).", **words)
        effect = Effect(plan.observed, "may", say("decline the flight during the pause"))
        finding = draft(context, CODE, Verdict.BREACH, why, bearer=plan.observing, effect=effect)
        return replace(finding, by_agreement=fact.told.source)
    if fact.told.id in context.accepted_claims:
        why = say(
            "{observed} says that it does not perform this towards {observing} ({source}); this reading accepts the "
            "claim {claim}, so that it need not accept the flight. Reason given: {basis}. The Treaty knows no such "
            "exception.",
            claim=fact.told.id,
            **words,
        )
        return draft(context, CODE, Verdict.BREACH, why, bearer=plan.observing, effect=refuse)
    why = say(
        "{observed} owes this to {observing} and says that it does not perform it ({source}). Answer: {answer}. The "
        "Treaty knows no suspension towards one Party.",
        **words,
    )
    raise_it = may_raise(plan.observing)
    return draft(context, CODE, Verdict.BREACH, why, bearer=plan.observed, effect=raise_it)


def _words(words: str) -> Text:
    return of_data(words) if words else say("none is known")

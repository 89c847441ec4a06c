"""Who pays back what (Article VI, Section I, paragraph 18; Article VIII, Section II, paragraph 9).

On whom a cost falls the Commission settles (Annex L, Section I, paragraph 9).  Its decisions are public by their titles
only, so the facts must say whom a cost falls on.  No day is set for paying back: what is still open is owed, and only a
refusal breaks the duty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say, verbatim
from skywitness.law.consequence import may_raise
from skywitness.law.provisions import provision
from skywitness.route.host_facts import Cost
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import cannot_tell, draft, needed, not_applicable

OF_FLIGHT: Final = "OS:VI.I.18"
OF_INCIDENT: Final = "OS:VIII.II.9"

CAUSES: Final = {
    "prohibition": say("a prohibition"),
    "changes": say("changes to the plan"),
    "declining": say("declining the flight"),
    "deviation": say("a deviation"),
    "curtailment": say("a curtailment"),
    "emergency": say("an emergency"),
    "accident": say("an accident"),
}
"""What of Article VIII an expense can come from, in words."""


@provision(OF_FLIGHT)
def costs_of_the_flight(context: Context) -> Iterator[Finding]:
    """Judge that the costs of the flight were paid back by whom they fall on."""
    for cost in context.facts.hosting.costs:
        if cost.because is None:
            yield _judge(context, OF_FLIGHT, cost, verbatim(cost.what))


@provision(OF_INCIDENT)
def additional_expenses(context: Context) -> Iterator[Finding]:
    """Judge the same of expenses that something of Article VIII brought about."""
    for cost in context.facts.hosting.costs:
        if cost.because is not None:
            what = say("{what}, caused by {cause}", what=cost.what, cause=CAUSES[cost.because])
            yield _judge(context, OF_INCIDENT, cost, what)


def _judge(context: Context, code: str, cost: Cost, what: Text) -> Finding:
    needs = needed(
        (
            (cost.paid_by, say("who paid for {what} (cost.paid_by)", what=cost.what)),
            (
                cost.borne_by,
                say(
                    "whom {what} falls on by the distribution of the Commission, L.I.9 (cost.borne_by)", what=cost.what
                ),
            ),
        )
    )
    if needs or cost.paid_by is None or cost.borne_by is None:
        why = say("{what}: who owes it to whom is not known; the distribution of costs is not public.", what=what)
        return cannot_tell(context, code, why, needs)
    if context.law.acts_as(cost.paid_by) == context.law.acts_as(cost.borne_by):
        why = say("{what}: it falls on {payer}, who paid it.", what=what, payer=cost.paid_by)
        return not_applicable(context, code, why, bearer=cost.borne_by)
    return _owed(context, code, cost, what)


def _owed(context: Context, code: str, cost: Cost, what: Text) -> Finding:
    """Judge a cost that falls on another Party than the one that paid it."""
    sums: dict[str, Any] = {"bearer": cost.borne_by, "measured": cost.reimbursed, "limit": cost.amount}
    sums["unit"] = cost.currency or None
    names: dict[str, object] = {"what": what, "payer": cost.paid_by, "bearer": cost.borne_by, "currency": cost.currency}
    if cost.amount is not None and cost.reimbursed is not None:
        sums["margin"] = cost.reimbursed - cost.amount
        names |= {"amount": cost.amount, "back": cost.reimbursed}
        if cost.reimbursed >= cost.amount:
            why = say("{what}: {bearer} paid {payer} back {back:,.2f} {currency}, all of it.", **names)
            return draft(context, code, Verdict.OK, why, **sums)
    if cost.refused:
        why = say("{what}: {bearer} will not pay {payer} back what is left of it.", **names)
        return draft(context, code, Verdict.BREACH, why, effect=may_raise(cost.paid_by or ""), **sums)
    must = Effect(cost.borne_by or "", "must", say("pay {payer} back for {what}", payer=cost.paid_by, what=cost.what))
    needs = needed(
        (
            (cost.amount, say("what {what} came to (cost.amount)", what=cost.what)),
            (cost.reimbursed, say("how much of {what} was paid back (cost.reimbursed)", what=cost.what)),
        )
    )
    why = say("{what}: {bearer} owes it to {payer}; that all of it was paid back, or refused, is not told.", **names)
    refused = say("whether {bearer} refuses to pay the rest for {item} (cost.refused)", item=cost.what, **names)
    return cannot_tell(context, code, why, needs or (refused,), effect=must, **sums)

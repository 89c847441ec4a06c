"""What becomes of the wreckage of an observation aircraft (Article VIII, Section III, paragraph 5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import say
from skywitness.law.consequence import may_raise
from skywitness.law.provisions import provision
from skywitness.route.host_facts import Accident
from skywitness.route.hosting.sides import is_observed
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import cannot_tell, draft, needed, not_applicable

CODE: Final = "OS:VIII.III.5"

_NEED_OWNER = say("the Party to which the aircraft belongs (accident.owner)")


@provision(CODE)
def wreckage_returned(context: Context) -> Iterator[Finding]:
    """Judge that wreckage is given back on request once the investigation is over; nothing without an accident."""
    accident = context.facts.hosting.accident
    if accident is not None:
        yield _judge(context, accident)


def _judge(context: Context, accident: Accident) -> Finding:
    bearer = context.plan.observed
    if is_observed(context, accident.registered):
        return not_applicable(context, CODE, say("The aircraft is registered with the observed Party."), bearer=bearer)
    if accident.recovered is False:
        return not_applicable(context, CODE, say("No wreckage was found and recovered."), bearer=bearer)
    if accident.concluded is False:
        return not_applicable(context, CODE, say("The investigation is not over."), bearer=bearer)
    needs = needed(
        (
            (accident.registered, say("the State in which the aircraft is registered (accident.registered)")),
            (accident.recovered, say("whether wreckage was found and recovered (accident.recovered)")),
            (accident.concluded, say("whether the investigation is over (accident.concluded)")),
            (accident.requested_by, say("which Party asked for the wreckage (accident.requested_by)")),
        )
    )
    if needs or accident.requested_by is None:
        why = say("Whether the wreckage has to be given back is not known.")
        return cannot_tell(context, CODE, why, needs, bearer=bearer)
    receivers = _receivers(context, accident)
    asked = context.law.acts_as(accident.requested_by)
    if asked not in receivers and accident.owner is None:
        why = say("Whether {party}, which asked for the wreckage, may ask depends on the owner.", party=asked)
        return cannot_tell(context, CODE, why, (_NEED_OWNER,), bearer=bearer)
    if asked not in receivers:
        why = say("{party} asked for the wreckage, neither observing nor the owner.", party=accident.requested_by)
        return not_applicable(context, CODE, why, bearer=bearer)
    return _returned(context, accident, receivers)


def _receivers(context: Context, accident: Accident) -> tuple[str, ...]:
    """List to whom wreckage goes back: the observing Party, and the one to which the aircraft belongs."""
    parties = (context.plan.observing, accident.owner)
    return tuple(context.law.acts_as(party) for party in parties if party is not None)


def _returned(context: Context, accident: Accident, receivers: tuple[str, ...]) -> Finding:
    bearer, names = context.plan.observed, {"party": accident.requested_by, "to": accident.returned_to}
    effect = may_raise(accident.requested_by or "")
    if accident.returned is False:
        why = say("The investigation is over; {party} asked for the wreckage and did not get it back.", **names)
        return draft(context, CODE, Verdict.BREACH, why, bearer=bearer, effect=effect)
    elsewhere = accident.returned_to is not None and context.law.acts_as(accident.returned_to) not in receivers
    if elsewhere and accident.owner is None:
        why = say("The wreckage went to {to}; whether that is the owner is not known.", **names)
        return cannot_tell(context, CODE, why, (_NEED_OWNER,), bearer=bearer)
    if elsewhere:
        why = say("The wreckage went to {to}, which is neither observing nor the owner.", **names)
        return draft(context, CODE, Verdict.BREACH, why, bearer=bearer, effect=effect)
    needs = needed(
        (
            (accident.returned, say("whether the wreckage was given back (accident.returned)")),
            (accident.returned_to, say("who received the wreckage (accident.returned_to)")),
        )
    )
    if needs:
        why = say("{party} asked for the wreckage; whether it got it back is not known.", **names)
        must = Effect(bearer, "must", say("give the wreckage back as asked"))
        return cannot_tell(context, CODE, why, needs, bearer=bearer, effect=must)
    why = say("{party} asked for the wreckage, which was given back to {to} after the investigation.", **names)
    return draft(context, CODE, Verdict.OK, why, bearer=bearer)

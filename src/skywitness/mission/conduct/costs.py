"""Costs of a demonstration flight, shared as the Commission settled (Annex F, III.3(F); Annex L, I.9).

What the Commission settled is not public: the share stands in the facts, with the decision that sets it.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import say
from skywitness.law.provisions import provision
from skywitness.mission.conduct.case import Case, missing, sourced
from skywitness.mission.conduct.model import Cost
from skywitness.route.rules.drafting import draft, needed

_NAMES = MappingProxyType(
    {
        "flight": say("the demonstration flight"),
        "media": say("its recording media"),
        "processing": say("the processing of its data"),
        "other": say("its other costs"),
    }
)
_SAME_PERCENT = 0.005
"""Shares are told to a hundredth of a per cent at best."""


@provision("OS:F.III.3(F)")
def costs_shared(case: Case) -> Iterator[Finding]:
    """Judge each cost: the observing Party bore the share that the Commission's decision gives it."""
    told = case.told.demonstration
    for cost in () if told is None or case.asked_without_right else told.costs:
        yield _shared(case, cost)


def _shared(case: Case, cost: Cost) -> Finding:
    borne, decided = cost.borne_percent, cost.decided_percent
    if borne is None or decided is None:
        needs = needed(
            (
                (decided, say("the share of the observing Party by decision of the Commission (cost.decided_percent)")),
                (borne, say("the share that the observing Party bore (cost.borne_percent)")),
            )
        )
        return missing(case, "OS:F.III.3(F)", needs)
    kept = abs(borne - decided) <= _SAME_PERCENT
    why = say(
        "Of {what} {observing} bore {borne:g} per cent; by the decision it bears {decided:g}.",
        what=_NAMES[cost.of],
        observing=case.context.plan.observing,
        borne=borne,
        decided=decided,
    )
    return draft(
        case,
        "OS:F.III.3(F)",
        Verdict.OK if kept else Verdict.BREACH,
        sourced(why, cost.decision),
        measured=borne,
        uncertainty=0.0,
        limit=decided,
        margin=-abs(borne - decided) if not kept else 0.0,
        unit="%",
    )

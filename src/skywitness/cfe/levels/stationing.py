"""Forces stationed in another State: only with its agreement (Article IV.5)."""

from __future__ import annotations

from typing import Any

from skywitness.cfe.groups import in_area_on
from skywitness.cfe.law import Law
from skywitness.cfe.records import Stationing
from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import say
from skywitness.law.provisions import provision

__all__ = ["judge_stationing"]


@provision("CFE:IV.5")
def judge_stationing(one: Stationing, law: Law) -> Finding:
    """Ask whether the State whose territory it is agreed; how many may stand there the limits of the area say."""
    told = {"state": one.state, "host": one.host}
    fields: dict[str, Any] = {"where": Where(name=one.where), "bearer": one.state}
    at = law.reading.at
    over = one.until is not None and one.until < at
    if over or (one.since is not None and at < one.since) or not in_area_on(one.host, at):
        why = say("{state} in {host}: not on that day, or not in a State Party.", **told)
        return law.finding("IV.5", Verdict.NOT_APPLICABLE, why, **fields)
    if one.agreed is None:
        why = say("{state} in {host}: whether {host} agreed is not told.", **told)
        needs = (say("whether the State whose territory it is agreed (agreed)"),)
        return law.finding("IV.5", Verdict.CANNOT_TELL, why, needs=needs, **fields)
    if one.agreed:
        why = say("{state} in {host}: told as agreed; the limits of the area hold there.", **told)
        effect = Effect(one.state, "may", say("station forces there within the limits of the area"))
        return law.finding("IV.5", Verdict.OK, why, effect=effect, **fields)
    why = say("{state} in {host}: told as not agreed.", **told)
    effect = Effect(one.state, "must", say("station no forces there without agreement"))
    return law.finding("IV.5", Verdict.BREACH, why, effect=effect, **fields)

"""Whether an inspection could be refused for the reason that was given (Protocol on Inspection, II.10 to 23, VII.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from skywitness.cfe.inspections.model import DECLARED, Inspection
from skywitness.cfe.told.desk import Desk
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Text, say

__all__ = ["judge_refusal"]

_NUMBERS: Final = {
    "quota": "CFE:INSP.II.10",
    "challenge_quota": "CFE:INSP.II.11",
    "teams": "CFE:INSP.II.20",
    "forces": "CFE:INSP.II.21",
    "district": "CFE:INSP.II.22",
    "half": "CFE:INSP.II.23",
}
"""The provision of each number that a refusal can rest on."""

_NEEDS: Final = {
    "quota": say("the objects of verification of the State ([[party]] with objects)"),
    "challenge_quota": say("the objects of verification of the State ([[party]] with objects)"),
    "teams": say("the objects on the territory and when the teams came (objects_on_territory, arrived_utc)"),
    "forces": say("the objects of the owner and when the teams came (objects, arrived_utc)"),
    "district": say("the military district, and when the teams came (district, arrived_utc)"),
    "half": say("the objects of verification of the State ([[party]] with objects)"),
}


def judge_refusal(desk: Desk, one: Inspection, bounds: Sequence[Finding]) -> Iterator[Finding]:
    """Judge a refusal by its reason; ``bounds``: how the numbers of Section II came out for the inspection."""
    reason = one.told.word("refused_for")
    ident = _NUMBERS.get(reason, "")
    found = next((each for each in bounds if each.provision == ident), None)
    if ident and found is None:
        why = say("Refused for a number of Section II, and that number is not known.")
        found = desk.finding(ident, Verdict.CANNOT_TELL, why, needs=(_NEEDS[reason],), bearer=desk.code("host"))
        yield found
    if one.section == DECLARED and (reason or one.told.flag("declared_site_refused") is not None):
        yield _declared_site(desk, one, reason, found)


def _declared_site(desk: Desk, one: Inspection, reason: str, found: Finding | None) -> Finding:
    """Judge the refusal or delay of a declared site: only the numbers of Section II and force majeure excuse it."""
    ident, host = "CFE:INSP.VII.1", desk.code("host")
    effect = desk.must("host", say("let the site be inspected"))
    if found is not None:
        why: Text = say("Refused for a number of Section II; see {provision}.", provision=found.provision)
        return desk.finding(ident, found.verdict, why, effect=found.effect, needs=found.needs, bearer=host)
    if reason == "force_majeure":
        why = say("Told as delayed by force majeure; that is a delay, no refusal.")
        return desk.finding(ident, Verdict.OK, why, effect=desk.may("host", say("delay it as long as that lasts")))
    if reason or one.told.flag("declared_site_refused"):
        why = say("Refused for nothing that the text allows.")
        return desk.finding(ident, Verdict.BREACH, why, effect=effect, bearer=host)
    return desk.finding(ident, Verdict.OK, say("The site was not refused."), bearer=host)

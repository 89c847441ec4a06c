"""How many inspections a State has to receive and may carry out (Protocol on Inspection, Section II.10 to 12, 15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from skywitness.cfe.inspections.model import PartyTold
from skywitness.cfe.inspections.periods import Period, period_of
from skywitness.cfe.told.desk import Desk, Limit
from skywitness.core.finding import Finding, UsedValue, Verdict
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision

__all__ = [
    "DECLARED_PROVISION",
    "WITHOUT_TERRITORY",
    "Quota",
    "judge_party",
    "most_of_one_state",
    "quota",
    "teams_at_once",
]

_KEYS: Final = MappingProxyType(
    {
        "baseline": "inspection_quota_baseline",
        "reduction": "inspection_quota_reduction_year",
        "residual_validation": "inspection_quota_residual_validation",
        "residual": "inspection_quota_residual_year",
    }
)
DECLARED_PROVISION: Final[Mapping[str, str]] = MappingProxyType(
    {
        "baseline": "CFE:INSP.II.10(A)",
        "reduction": "CFE:INSP.II.10(B)",
        "residual_validation": "CFE:INSP.II.10(C)",
        "residual": "CFE:INSP.II.10(D)",
    }
)
_DEFINED: Final = MappingProxyType(
    {
        "baseline": "CFE:INSP.I.1(S)",
        "reduction": "CFE:INSP.I.1(T)",
        "residual_validation": "CFE:INSP.I.1(U)",
        "residual": "CFE:INSP.I.1(V)",
    }
)
WITHOUT_TERRITORY: Final = ("USA", "CAN")
"""States Parties whose territory is outside the area of application (Article II.1(B)): nobody can challenge there."""


@dataclass(frozen=True, slots=True)
class Quota:
    """What one State has to receive in one period.

    ``own``: inspections of its objects; ``territory``: declared-site inspections on its territory, of whoever's
    objects; ``challenges``: within specified areas.  ``raw``: own and challenges before rounding and the minimum.
    """

    period: Period
    objects: int
    on_territory: int
    own: int
    territory: int
    challenges: int
    raw_own: float
    raw_challenges: float
    percent: Limit
    challenge_percent: Limit
    least: Limit

    @property
    def used(self) -> tuple[UsedValue, ...]:
        """The values of the law it rests on."""
        return (self.percent.used, self.challenge_percent.used, self.least.used, *self.period.used)


def quota(desk: Desk, state: str, objects: int, on_territory: int | None, period: Period) -> Quota:
    """Compute the quotas of a State from its number of objects of verification.

    ``objects``: its own, without reduction and certification sites; ``on_territory``: all on its territory, its own
    number where it is not told.  Percentages are rounded as the reading has it; one of each sort is the least.
    """
    percent = desk.limit(_KEYS[period.name])
    challenge = desk.limit("challenge_share_residual" if period.residual else "challenge_share")
    least = desk.limit("least_inspections_a_year")
    there = objects if on_territory is None else on_territory
    floor, has_territory = int(least.value), state not in WITHOUT_TERRITORY
    own = max(desk.share(percent.value, objects), floor if objects else 0)
    territory = max(desk.share(percent.value, there), floor if there else 0) if has_territory else 0
    challenges = max(desk.share(challenge.value, territory), floor) if has_territory else 0
    return Quota(
        period=period,
        objects=objects,
        on_territory=there if has_territory else 0,
        own=own,
        territory=territory,
        challenges=challenges,
        raw_own=percent.value * objects / 100.0,
        raw_challenges=challenge.value * territory / 100.0,
        percent=percent,
        challenge_percent=challenge,
        least=least,
    )


def teams_at_once(desk: Desk, to_inspect: int) -> tuple[int, tuple[Limit, ...]]:
    """Return how many teams have to be accepted at once (II.20 and 21): two, or a share of what is to be inspected."""
    base, share = desk.limit("teams_at_once"), desk.limit("teams_at_once_share")
    return max(int(base.value), desk.share(share.value, to_inspect)), (base, share)


def most_of_one_state(desk: Desk, own: int) -> tuple[float, tuple[Limit, ...]]:
    """Return how many inspections of a quota one other State may make (II.23); the least of II.12 is owed still."""
    share, least = desk.limit("share_of_one_state"), desk.limit("least_inspections_a_year")
    return max(own * share.value / 100.0, least.value if own else 0.0), (share, least)


def judge_party(desk: Desk, party: PartyTold) -> Iterator[Finding]:
    """Judge the period and the quotas that a State told, against those that follow from its objects."""
    period, told = period_of(desk, party.day), party.told
    yield from _active(desk, party)
    if named := told.word("period"):
        yield _period(desk, named, period)
    if period is None:
        return
    objects = told.whole("objects")
    if objects is None:
        return
    found = quota(desk, party.state, objects, told.whole("objects_on_territory"), period)
    own, challenge = told.whole("declared_site_quota"), told.whole("challenge_quota")
    if own is not None:
        yield from _declared(desk, found, own)
    if (there := told.whole("territory_quota")) is not None:
        why = _words(there, found.territory, found.percent.value * found.on_territory / 100.0)
        yield _same(desk, "CFE:INSP.II.15", there, found.territory, why, found)
    if challenge is not None:
        yield from _challenges(desk, found, challenge)


def _period(desk: Desk, named: str, period: Period | None) -> Finding:
    """Judge the name of a period: it is the one the day is in, or another."""
    if period is None:
        why = say("Told as {told}; the first period begins on {start}.", told=named, start=desk.start)
        return desk.finding(_DEFINED[named], Verdict.BREACH, why)
    words = {"told": named, "real": period.name, "start": period.start, "end": period.end}
    if named == period.name:
        why = say("The day is in the period {real}, from {start} to before {end}.", **words)
        return desk.finding(_DEFINED[named], Verdict.OK, why, values=period.used)
    why = say("Told as {told}; the day is in the period {real}, from {start} to before {end}.", **words)
    return desk.finding(_DEFINED[named], Verdict.BREACH, why, values=period.used)


def _words(told: int, computed: int, raw: float) -> Text:
    return say(
        "{told} told; {computed} follow from {raw:.2f} as this reading rounds.", told=told, computed=computed, raw=raw
    )


def _same(desk: Desk, ident: str, told: int, computed: int, why: Text, found: Quota) -> Finding:
    """Judge a number told as a quota; it has to be the one that follows."""
    verdict = Verdict.OK if told == computed else Verdict.BREACH
    what = say("accept {count} inspections in the period", count=computed)
    row = provision(ident)
    effect = desk.must("inspected", what) if row.bearer == "inspected" else None
    return desk.finding(
        ident, verdict, why, measured=told, limit=computed, unit="inspections", values=found.used, effect=effect
    )


def _declared(desk: Desk, found: Quota, told: int) -> Iterator[Finding]:
    """Judge the declared-site quota by the definition, the period's percentage and the minimum."""
    why = _words(told, found.own, found.raw_own)
    idents = ["CFE:INSP.I.1(W)", "CFE:INSP.II.10", DECLARED_PROVISION[found.period.name], "CFE:XIV.5"]
    if found.own > desk.share(found.percent.value, found.objects) or told < found.least.value:
        idents.append("CFE:INSP.II.12")
    elif found.objects:
        yield desk.finding(
            "CFE:INSP.II.12",
            Verdict.OK,
            say(
                "{count} by the percentage; {least:g} at the least.",
                count=found.own,
                least=found.least.value,
            ),
            values=(found.least.used,),
        )
    yield from (_same(desk, ident, told, found.own, why, found) for ident in idents)


def _challenges(desk: Desk, found: Quota, told: int) -> Iterator[Finding]:
    """Judge the challenge quota by the definition and the share of the period."""
    why = _words(told, found.challenges, found.raw_challenges)
    share = "CFE:INSP.II.11(B)" if found.period.residual else "CFE:INSP.II.11(A)"
    idents = ["CFE:INSP.I.1(X)", "CFE:INSP.II.11", share]
    if found.challenges > desk.share(found.challenge_percent.value, found.territory):
        idents.append("CFE:INSP.II.12")  # the least decides
    for ident in idents:
        yield _same(desk, ident, told, found.challenges, why, found)


def _active(desk: Desk, party: PartyTold) -> Iterator[Finding]:
    """Judge that a State carried out no more inspections than its active quota of the period."""
    most, done = party.told.whole("active_quota"), party.told.whole("inspections_carried_out")
    if most is None or done is None:
        return
    why = say("{done} inspections carried out, {most} are the active quota told.", done=done, most=most)
    verdict = Verdict.OK if done <= most else Verdict.BREACH
    effect = desk.may("inspecting", say("carry out {left} more inspections", left=max(most - done, 0)))
    yield desk.finding(
        "CFE:INSP.I.1(Y)",
        verdict,
        why,
        measured=done,
        limit=most,
        margin=most - done,
        unit="inspections",
        effect=effect,
    )

"""Hazardous airspace: taken into account by the plan, answered by the observed Party (VI.II.4(C), VI.II.5).

Observation of hazardous airspace is allowed (VI.II.2).  So a leg through it breaks nothing; it gives the observed Party
duties.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.geo.airspace import HazardArea, leg_crosses
from skywitness.law.provisions import provision
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import cannot_tell, draft, legs_words, may_propose_changes, not_applicable
from skywitness.route.rules.measured import MeasuredLeg

_NEED_AREAS = say("the hazardous airspace of the observed Party (from the source notified under Annex I)")
_NEED_CONSIDERED = say("whether the plan takes hazardous airspace into account (hazards_considered)")


@dataclass(frozen=True, slots=True)
class _Passage:
    """A hazardous area and the legs that pass, or may pass, through it."""

    area: HazardArea
    legs: tuple[MeasuredLeg, ...]


def _passages(context: Context, areas: Sequence[HazardArea]) -> list[_Passage]:
    found = []
    for area in areas:
        legs = tuple(leg for leg in context.legs if _passes(area, leg))
        if legs:
            found.append(_Passage(area, legs))
    return found


def _passes(area: HazardArea, leg: MeasuredLeg) -> bool:
    """Tell whether a leg may pass through an area: where its height is not known it is taken to."""
    height_m = leg.stated.height_m_amsl
    if height_m is not None and not area.holds_height(height_m):
        return False
    there = area.holds_between(leg.stated.start_utc, leg.stated.end_utc)
    return there and leg_crosses(area, *leg.start_at, *leg.end_at)


@provision("OS:VI.II.4(C)")
def hazards_considered(context: Context) -> Iterator[Finding]:
    """Judge that the plan takes hazardous airspace into account."""
    said, bearer = context.facts.hazards_considered, context.plan.observing
    passages = None if context.hazards is None else _passages(context, context.hazards)
    if said is False:
        why = say("The plan does not take hazardous airspace into account, as the facts say.")
        yield draft(context, "OS:VI.II.4(C)", Verdict.BREACH, why, bearer=bearer, effect=may_propose_changes(context))
    elif passages == []:
        why = say("No leg passes through a hazardous area given ({count} in all).", count=len(context.hazards or ()))
        yield draft(context, "OS:VI.II.4(C)", Verdict.OK, why, bearer=bearer)
    elif said is True:
        yield draft(context, "OS:VI.II.4(C)", Verdict.OK, _considered(passages), bearer=bearer)
    else:
        needs = (_NEED_AREAS, _NEED_CONSIDERED) if passages is None else (_NEED_CONSIDERED,)
        yield cannot_tell(context, "OS:VI.II.4(C)", _open(passages), needs, bearer=bearer)


def _names(passages: Sequence[_Passage]) -> str:
    return ", ".join(passage.area.name for passage in passages)


def _considered(passages: Sequence[_Passage] | None) -> Text:
    if passages is None:
        return say(
            "The plan takes hazardous airspace into account, as the facts say; no area was given to check it by."
        )
    return say(
        "The plan passes through {areas}, which it takes into account, as the facts say.", areas=_names(passages)
    )


def _open(passages: Sequence[_Passage] | None) -> Text:
    if passages is None:
        return say("Whether the plan takes hazardous airspace into account cannot be told: no areas are given.")
    return say(
        "The plan passes through {areas}; whether it takes that into account is not known.", areas=_names(passages)
    )


@provision("OS:VI.II.5")
def duty_of_observed(context: Context) -> Iterator[Finding]:
    """Tell what the observed Party must do about every hazardous area on the way."""
    if context.hazards is None:
        why = say("Whether the plan passes through hazardous airspace cannot be told: no areas are given.")
        yield cannot_tell(context, "OS:VI.II.5", why, (_NEED_AREAS,), bearer=context.plan.observed)
        return
    passages = _passages(context, context.hazards)
    for passage in passages:
        yield _duty(context, passage)
    if not passages:
        why = say("No leg passes through a hazardous area given ({count} in all).", count=len(context.hazards))
        yield not_applicable(context, "OS:VI.II.5", why)


def _duty(context: Context, passage: _Passage) -> Finding:
    first = passage.legs[0]
    why = say(
        "The path passes through {area} on {legs}; that is allowed, and the observed Party has to answer it.",
        legs=legs_words([leg.number for leg in passage.legs]),
        area=passage.area.name,
    )
    what = say(
        "name the hazard in {area} and co-ordinate or suspend the activity, or propose another height, route or time",
        area=passage.area.name,
    )
    return draft(
        context,
        "OS:VI.II.5",
        Verdict.OK,
        why,
        bearer=context.plan.observed,
        effect=Effect(context.plan.observed, "must", what),
        where=Where(
            leg=first.number,
            lon=first.start.lon,
            lat=first.start.lat,
            time_utc=first.stated.start_utc,
            name=passage.area.name,
        ),
    )

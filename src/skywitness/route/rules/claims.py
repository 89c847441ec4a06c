"""Which claims count: those of single Parties that the reading, or the facts, accept.

A claim is no law: none of them stands in the Treaty or in a decision (:mod:`skywitness.law.claims`).  What each changes
is judged where it belongs: distances, restrictions, refusals and the rest in ``claimed``, who counts as a State with
the borders, a place with the airfields.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from skywitness.core.finding import UsedValue
from skywitness.core.text import Text, of_data, say
from skywitness.law.claims import Area, Claim, claims
from skywitness.route.rules.context import Context

CLAIM: Final = "claim"
"""The status of a value that only a claim gives."""

NOTHING_ADOPTED: Final = "nothing_adopted"
"""The interpretation of III.I.7 by which nobody has a quota when no distribution is adopted."""


def known_claims() -> tuple[str, ...]:
    """Name the claims that a reading can accept; beside them it may name the code of an area that a view draws."""
    return tuple(claims())


def unknown_claims(named: Iterable[str]) -> tuple[str, ...]:
    """Pick the names that mean no claim and no area: accepting one would change nothing, unseen."""
    return tuple(claim for claim in named if full_name(claim) not in claims() and not _is_area(claim))


def full_name(claim: str) -> str:
    """Give the whole name of a claim; the part before the first hyphen, who claims it, may be left out."""
    if claim in claims():
        return claim
    return next((one.id for one in claims().values() if one.short == claim), claim)


def accepted(context: Context) -> frozenset[str]:
    """Return the names of the claims that are accepted, in full."""
    return frozenset(map(full_name, context.accepted_claims))


def is_held(context: Context, claim: Claim) -> bool:
    """Tell whether a claim was held on the day of the reading, as far as was then public."""
    return claim.holds(context.reading.at, context.reading.known)


def concerns(context: Context, claim: Claim) -> bool:
    """Tell whether a claim is about this flight: its Parties and its aircraft, not yet its path."""
    plan = context.plan
    observed = {*context.law.members(context.law.acts_as(plan.observed)), *plan.overflown}
    observing = set(context.law.members(context.law.acts_as(plan.observing)))
    return (
        (not claim.observed or bool(observed & set(claim.observed)))
        and (not claim.observing or bool(observing & set(claim.observing)))
        and (not claim.aircraft or plan.aircraft.ident in claim.aircraft)
    )


def counting(context: Context, kind: str) -> list[Claim]:
    """Return the claims of one kind that are accepted, were held on the day and are about this flight."""
    names = accepted(context)
    return [
        claim
        for claim in claims().values()
        if claim.id in names and claim.kind == kind and is_held(context, claim) and concerns(context, claim)
    ]


def claimed_states(context: Context) -> dict[str, tuple[Text, Area | None]]:
    """Return the areas that an accepted claim counts as States, by their codes, with name and place where known."""
    areas = [area for claim in counting(context, "state") for area in claim.areas if area.code]
    named = {area.code: (of_data(area.name), area) for area in areas}
    # The code of an area is itself a claim: that it is a State.
    stored = {area.code: area for claim in claims().values() for area in claim.areas if area.code}
    drawn = {
        code: (say("{area}", area=stored[code].name if code in stored else code), stored.get(code))
        for code in sorted(accepted(context))
        if _is_area(code)
    }
    return {**drawn, **named}


def state_claim(context: Context, code: str) -> Claim | None:
    """Return the accepted claim by which an area is a State; ``None`` also where the reading names its code alone."""
    held = (claim for claim in counting(context, "state") if any(area.code == code for area in claim.areas))
    return next(held, None)


def no_distribution(context: Context) -> Claim | None:
    """Return the claim that nobody has a quota on the day, where it was held and this reading follows it."""
    held = [claim for claim in claims().values() if claim.kind == "no_distribution" and is_held(context, claim)]
    taken = context.reading.interpretation("III.I.7", "") == NOTHING_ADOPTED
    return next((claim for claim in held if taken or claim.id in accepted(context)), None)


def cite(claim: Claim, value: object = None, unit: str = "") -> UsedValue:
    """Cite a claim as a finding cites a value of the law; its status says that it is none."""
    what = claim.kind if value is None else value
    return UsedValue("claim", claim.id, what, unit, claim.start, claim.source, CLAIM)


def _is_area(claim: str) -> bool:
    """Tell whether a claim is the code of an area: that this is a State."""
    return claim.startswith("X") and claim.isupper()

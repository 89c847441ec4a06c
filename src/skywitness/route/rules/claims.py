"""Claims of single Parties, judged by only under a reading that accepts them.

A claim is no law: none of these stands in the Treaty or in a decision.  The names are those that a reading lists under
``accepted_claims``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from skywitness.core import geodesy
from skywitness.core.finding import Finding, UsedValue, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import NEED_VIEW, cannot_tell, draft
from skywitness.route.rules.land import Land, Piece

CLAIMED_STATES: Final = {
    "rus-abkhazia-south-ossetia-states": (
        ("X-ABKHAZIA", say("Abkhazia")),
        ("X-SOUTHOSSETIA", say("South Ossetia")),
    ),
}
"""Claims by which an area is a State, and the codes such areas have in a view that draws them."""


@dataclass(frozen=True, slots=True)
class ClaimedDistance:
    """A distance that one Party claims for a portion of its territory: a box in degrees around it, and km."""

    state: str
    portion: str
    west: float
    south: float
    east: float
    north: float
    km: float
    source: str


CLAIMED_DISTANCES: Final = {
    "rus-kaliningrad-500km": ClaimedDistance(
        "RUS", "Kaliningrad", 19.3, 54.25, 22.95, 55.35, 500.0, "claim of Russia from 2014; practice S128, S129"
    ),
}
"""Distances claimed without a decision."""


def known_claims() -> tuple[str, ...]:
    """Name the claims that a reading can accept; beside them it may name the code of an area that a view draws."""
    return (*CLAIMED_STATES, *CLAIMED_DISTANCES)


def unknown_claims(claims: Iterable[str]) -> tuple[str, ...]:
    """Pick the names that mean no claim and no area: accepting one would change nothing, unseen."""
    return tuple(claim for claim in claims if _full_name(claim) not in known_claims() and not _is_area(claim))


def accepted(context: Context) -> frozenset[str]:
    """Return the names of the claims that count; the prefix of who claims may be left out."""
    return frozenset(map(_full_name, context.accepted_claims))


def _full_name(claim: str) -> str:
    return {name.split("-", maxsplit=1)[1]: name for name in known_claims()}.get(claim, claim)


def _is_area(claim: str) -> bool:
    """Tell whether a claim is the code of an area: that this is a State."""
    return claim.startswith("X") and claim.isupper()


def claimed_states(context: Context) -> dict[str, Text]:
    """Return the areas that an accepted claim counts as States, with their names."""
    claims = accepted(context)
    named = {area: name for claim in claims for area, name in CLAIMED_STATES.get(claim, ())}
    drawn = {claim: say("{area}", area=claim) for claim in sorted(claims) if _is_area(claim)}
    return {**drawn, **named}


@provision("OS:VI.II.4(A)")
def claimed_distance(context: Context) -> Iterator[Finding]:
    """Judge the length over a portion of the territory against a distance that an accepted claim puts on it.

    Where the reading accepts no such claim there is nothing to say: a claim is no law.
    """
    found = [CLAIMED_DISTANCES[claim] for claim in sorted(accepted(context)) if claim in CLAIMED_DISTANCES]
    for claim in found:
        if claim.state in context.plan.overflown:
            yield _judge(context, claim)


def _judge(context: Context, claim: ClaimedDistance) -> Finding:
    cited = UsedValue("claimed_distance", claim.portion, claim.km, "km", None, claim.source, "reported")
    bearer = context.plan.observing
    if context.land is None:
        why = say("The length over {portion} cannot be measured without a border view.", portion=claim.portion)
        return cannot_tell(
            context, "OS:VI.II.4(A)", why, (NEED_VIEW,), bearer=bearer, limit=claim.km, unit="km", values=(cited,)
        )
    least, most = _length(context, context.land, claim)
    verdict = Verdict.OK if most <= claim.km else Verdict.BREACH if least > claim.km else Verdict.CANNOT_TELL
    km, band_km = (least + most) / 2.0, (most - least) / 2.0
    why = say(
        "{km:.1f} km, within {band:.1f} km, run over {portion}; by the claim that this reading accepts {limit:g} km "
        "are allowed there. No decision says so.",
        km=km,
        band=band_km,
        portion=claim.portion,
        limit=claim.km,
    )
    need = say("the border of {portion}, better than now", portion=claim.portion)
    return draft(
        context,
        "OS:VI.II.4(A)",
        verdict,
        why,
        bearer=bearer,
        measured=km,
        uncertainty=band_km,
        limit=claim.km,
        margin=claim.km - km,
        unit="km",
        where=Where(name=claim.portion),
        values=(cited,),
        needs=(need,) if verdict is Verdict.CANNOT_TELL else (),
    )


def _length(context: Context, land: Land, claim: ClaimedDistance) -> tuple[float, float]:
    """Measure what runs over the portion: at least its land, at most its land and the sea in its box."""
    inside = [piece for piece in land.pieces if _in_box(context, piece, claim)]
    on_land = [piece for piece in inside if piece.state == claim.state]
    at_sea = [piece for piece in inside if piece.state is None]
    band_km = 2.0 * land.band_km * len(on_land)
    sure_km = math.fsum(piece.length_km for piece in on_land)
    return max(0.0, sure_km - band_km), sure_km + band_km + math.fsum(piece.length_km for piece in at_sea)


def _in_box(context: Context, piece: Piece, claim: ClaimedDistance) -> bool:
    leg = context.legs[piece.leg - 1]
    lon, lat = geodesy.destination(*leg.start_at, leg.course_start_deg, (piece.from_km + piece.to_km) / 2.0)
    return claim.west <= lon <= claim.east and claim.south <= lat <= claim.north

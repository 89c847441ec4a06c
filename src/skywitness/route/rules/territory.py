"""Over whose territory the flight runs (II.5, II.8, II.11), and transit legs within it (Decision 22/02).

An observation flight is conducted over the territory of the observed Party.  Land of another State may be crossed only
on a declared transit leg that was co-ordinated with that State beforehand.  Its territorial waters are its territory
too; they are derived from the coast (``geo.seas``).  The high sea is nobody's territory.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict, Where
from skywitness.core.text import Text, of_data, say
from skywitness.geo.baselines import CLOSING_KM
from skywitness.geo.breadths import BREADTH_KM
from skywitness.law.provisions import provision
from skywitness.route.facts import Agreement
from skywitness.route.rules.at_sea import Stretches, foreign_waters, in_waters, surely, waters_words
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import (
    NEED_VIEW,
    cannot_tell,
    covers,
    draft,
    legs_words,
    may_prohibit,
    not_applicable,
    settled_by,
)
from skywitness.route.rules.land import Land, Piece
from skywitness.route.rules.positions import cited, is_state, near_unlined, positions_at, with_positions

CODE = "OS:II.5"
TRANSIT = "DEC:22/02"
TRANSIT_DECIDED: Final = dt.date(2002, 12, 16)
"""Day of Decision 22/02 of the Consultative Commission; before it nothing is said of transit within a flight."""

TRANSIT_AS_FACT = ("DEC:22/02", "DEC:22-02")
"""Ways to write the decision in a facts file."""


@provision(CODE)
def over_observed_territory(context: Context) -> Iterator[Finding]:
    """Judge that observation legs run over the territory of the observed Party or the high sea."""
    if context.land is None:
        why = say("Over whose territory the path runs cannot be told without a border view.")
        yield cannot_tell(context, CODE, why, (NEED_VIEW,), bearer=context.plan.observing)
        return
    flown = {leg.number for leg in context.legs if not leg.is_transit}
    abroad, waters = _foreign(context.land, flown), foreign_waters(context.land, flown)
    for state in (*abroad, *(state for state in waters if state not in abroad)):
        yield _over(context, context.land, state, abroad.get(state, ()), waters.get(state, ()))
    without_line = tuple(_without_line(context, context.land))
    yield from without_line
    if not abroad and not waters and not without_line:
        yield _home(context, context.land)


def _over(context: Context, land: Land, state: str, pieces: Sequence[Piece], waters: Stretches) -> Finding:
    """Judge what runs over the land and the waters of another State: by its land, unless its waters alone are sure."""
    found = _abroad(context, land, state, pieces) if pieces else None
    if found is None or (found.verdict is not Verdict.BREACH and surely(waters)):
        return in_waters(context, state, waters, CODE, counted=is_state(context, state))
    return found


def _foreign(land: Land, legs: Collection[int]) -> dict[str, list[Piece]]:
    """Gather the pieces of these legs over the land of other States, by State."""
    found: dict[str, list[Piece]] = {}
    for piece in land.pieces:
        if piece.leg in legs and piece.state is not None and piece.state not in land.own:
            found.setdefault(piece.state, []).append(piece)
    return found


def _abroad(context: Context, land: Land, state: str, pieces: Sequence[Piece]) -> Finding:
    """Judge pieces over the land of another State: certain only where they reach deeper than the border is known."""
    deepest = max(pieces, key=lambda piece: piece.depth_km)
    certain = deepest.depth_km > land.band_km and is_state(context, state)
    total_km = math.fsum(piece.length_km for piece in pieces)
    leg = context.legs[deepest.leg - 1]
    lon, lat = leg.at_km((deepest.from_km + deepest.to_km) / 2.0)
    why = say(
        "{km:.1f} km of the path run over land of {state} in the border view {view}, on {legs}; in the middle of "
        "one piece they are at least {depth:.1f} km inside it. Its borders are known within {band:g} km.",
        km=total_km,
        state=state,
        view=context.reading.view,
        depth=deepest.depth_km,
        legs=legs_words(sorted({piece.leg for piece in pieces})),
        band=land.band_km,
    )
    need = say("the border of {state} near leg {leg}, better than now", state=state, leg=deepest.leg)
    held = positions_at(context, state, lon, lat)
    return draft(
        context,
        CODE,
        Verdict.BREACH if certain else Verdict.CANNOT_TELL,
        with_positions(context, why, held),
        bearer=context.plan.observing,
        effect=may_prohibit(context) if certain else None,
        measured=deepest.depth_km,
        uncertainty=land.band_km,
        limit=0.0,
        margin=-deepest.depth_km,
        unit="km",
        where=Where(leg=deepest.leg, lon=lon, lat=lat, name=state),
        values=cited(held),
        needs=() if certain else (need,),
    )


def _without_line(context: Context, land: Land) -> Iterator[Finding]:
    """Tell where the path may run over land that the view counts to another State without a line of it at hand."""
    for unlined, leg, least in near_unlined(context):
        position = unlined.position
        if position.to in land.own or least.distance_km > 0.0 or context.legs[leg - 1].is_transit:
            continue
        why = say(
            "Leg {leg} runs where this area may be: {name}. The border view {view} counts it to {state}, but no line "
            "of it is at hand.",
            leg=leg,
            name=of_data(unlined.name),
            view=context.reading.view,
            state=position.to,
        )
        name = of_data(unlined.name)
        need = say("the lines of {name} ({area}), as a border view of your own", name=name, area=position.area)
        yield draft(
            context,
            CODE,
            Verdict.CANNOT_TELL,
            with_positions(context, why, (position,)),
            bearer=context.plan.observing,
            where=Where(leg=leg, lon=least.lon, lat=least.lat, name=position.area),
            values=cited((position,)),
            needs=(need,),
        )


def _home(context: Context, land: Land) -> Finding:
    at_sea_km = math.fsum(piece.length_km for piece in land.pieces if piece.state is None)
    words = {"own": ", ".join(land.own), "sea": at_sea_km, "view": context.reading.view}
    if not land.sea:
        why = say("Every observation leg runs over land of {own}, in the border view {view}.", **words)
    elif any(sea.state is not None for _, sea in land.sea):
        why = say(
            "Every observation leg runs over land of {own} or over the sea ({sea:.1f} km), out of the territorial "
            "waters of any other State, in the border view {view}. Waters are derived from the coast: {limit:.1f} km "
            "(12 nautical miles) out, or the median line, with baselines of up to {closing:.1f} km (24 nautical "
            "miles). Longer baselines, historic waters and lines that States agreed on are not known.",
            limit=BREADTH_KM,
            closing=CLOSING_KM,
            **words,
        )
    else:
        why = say(
            "Every observation leg runs over land of {own} or over the sea ({sea:.1f} km, no coast of another State "
            "near it), in the border view {view}.",
            **words,
        )
    return draft(
        context,
        CODE,
        Verdict.OK,
        why,
        bearer=context.plan.observing,
        measured=0.0,
        uncertainty=land.band_km,
        limit=0.0,
        unit="km",
    )


@provision(TRANSIT)
def transit_legs_coordinated(context: Context) -> Iterator[Finding]:
    """Judge that transit legs within the flight were co-ordinated beforehand with every State they cross."""
    transit = {leg.number for leg in context.legs if leg.is_transit}
    if not transit:
        yield not_applicable(context, TRANSIT, say("The plan has no transit leg."))
        return
    if context.land is None:
        why = say("Which States the transit legs cross cannot be told without a border view.")
        yield cannot_tell(context, TRANSIT, why, (NEED_VIEW,), bearer=context.plan.observing)
        return
    crossed, waters = _foreign(context.land, transit), foreign_waters(context.land, transit)
    for state, pieces in crossed.items():
        yield _coordinated(context, state, pieces)
    beside = {state: found for state, found in waters.items() if state not in crossed}
    for state, found in beside.items():
        yield _waters_in_transit(context, state, found)
    if not crossed and not beside:
        why = say("The transit legs cross neither the land nor the territorial waters of another State.")
        yield draft(context, TRANSIT, Verdict.OK, why, bearer=context.plan.observing)


def _waters_in_transit(context: Context, state: str, found: Stretches) -> Finding:
    """Judge transit legs over what is, or may be, a State's waters: its airspace, unless the way is co-ordinated."""
    legs = sorted({leg for leg, _ in found})
    if surely(found) and is_state(context, state):
        why, leg, deepest = waters_words(context, state, found)
        where = Where(leg=leg, lon=deepest.lon, lat=deepest.lat, name=state)
        total_km = math.fsum(sea.length_km for _, sea in surely(found))
        what = say("{why} Transit there needs co-ordination with {state} beforehand.", why=why, state=state)
        return _unless_coordinated(context, state, legs, what, total_km, where)
    finding = in_waters(context, state, found, TRANSIT, counted=is_state(context, state))
    agreement = coordination(context, state, legs)
    return finding if agreement is None else settled_by(finding, agreement)


def _coordinated(context: Context, state: str, pieces: Sequence[Piece]) -> Finding:
    """Judge transit legs over the land of a State; before the decision there was no rule to break or to rest on."""
    legs = sorted({piece.leg for piece in pieces})
    middle = context.legs[pieces[0].leg - 1].at_km((pieces[0].from_km + pieces[0].to_km) / 2.0)
    total_km = math.fsum(piece.length_km for piece in pieces)
    why = say(
        "In transit {km:.1f} km run over the land of {state}, on {legs}; that needs co-ordination with {state} "
        "beforehand.",
        legs=legs_words(legs),
        km=total_km,
        state=state,
    )
    where = Where(leg=legs[0], lon=middle[0], lat=middle[1], name=state)
    return _unless_coordinated(context, state, legs, why, total_km, where)


def _unless_coordinated(
    context: Context, state: str, legs: Sequence[int], why: Text, total_km: float, where: Where
) -> Finding:
    """Judge a passage that needs co-ordination: broken without, open before the decision that says so."""
    decided = context.reading.at >= TRANSIT_DECIDED
    if not decided:
        why = say("{why} The decision that says so came later, on {day}.", why=why, day=TRANSIT_DECIDED)
    need = say("whether {state} accepts the passage (an [[agreement]] on {code})", state=state, code=TRANSIT)
    finding = draft(
        context,
        TRANSIT,
        Verdict.BREACH if decided else Verdict.CANNOT_TELL,
        why,
        bearer=context.plan.observing,
        effect=Effect(state, "may", say("refuse the passage through its airspace")),
        measured=total_km,
        limit=0.0,
        unit="km",
        where=where,
        needs=() if decided else (need,),
    )
    agreement = coordination(context, state, legs)
    return finding if agreement is None else settled_by(finding, agreement)


def coordination(context: Context, state: str, legs: Sequence[int]) -> Agreement | None:
    """Find the agreement on these transit legs that the observing Party has with the State crossed."""
    parties = (context.plan.observing, state)
    both = (found for name in TRANSIT_AS_FACT for found in context.agreements(name, parties))
    return next((found for found in both if covers(found, legs, (state,))), None)

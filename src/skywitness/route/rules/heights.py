"""Heights above the ground, and the minimum height of each sensor that operates (VI.II.4(D)).

A plan states heights above the highest ground under a leg.  Where it also states them above mean sea level and the
ground is known, they are measured anew from that; the error of the ground is then the error of the height.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skywitness.core.finding import Finding, Verdict, Where, judge_at_least
from skywitness.core.geodesy import Position
from skywitness.core.text import Text, say, say_n
from skywitness.geo.terrain import Height as Ground
from skywitness.law.provisions import provision
from skywitness.route.rules.certificates import Certificate, Known, category_of, certificate, half_swath_km
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import cannot_tell, draft, legs_words, listed, may_propose_changes, not_applicable
from skywitness.route.rules.measured import MeasuredLeg
from skywitness.route.rules.sensors import SAR

CODE = "OS:VI.II.4(D)"

Part = tuple[Position, Position]
"""A part of a leg: where it begins and where it ends, (lon, lat) each."""


@dataclass(frozen=True, slots=True)
class Height:
    """A height above ground in metres, known within ``band_m``; ``measured``: from the ground, not as the plan says."""

    metres: float
    band_m: float
    measured: bool


def height_over(
    context: Context, leg: MeasuredLeg, half_width_km: float = 0.0, part: Part | None = None
) -> Height | None:
    """Return the height of a leg above the highest ground within ``half_width_km`` of it; ``None`` when not known.

    ``part``: only that part of the leg counts, from one position to another.
    """
    amsl_m, agl_m = leg.stated.height_m_amsl, leg.stated.height_m_agl
    if amsl_m is not None and context.terrain is not None:
        start, end = part or (leg.start_at, leg.end_at)
        ground = context.terrain.highest_along(*start, *end, half_width_km)
        if isinstance(ground, Ground):
            return Height(amsl_m - ground.height_m, ground.error_m, True)
    return None if agl_m is None else Height(agl_m, 0.0, False)


def observed_part(leg: MeasuredLeg) -> Part:
    """Return the part of a leg on which its sensors operate: the observation period, else the whole leg."""
    from_km, to_km = leg.stated.observe_from_km, leg.stated.observe_to_km
    start = leg.start_at if not from_km else leg.at_km(min(from_km, leg.distance_km))
    end = leg.end_at if to_km is None or to_km >= leg.distance_km else leg.at_km(to_km)
    return start, end


@provision(CODE)
def above_minimum_height(context: Context) -> Iterator[Finding]:
    """Judge, for every sensor that operates, the lowest height at which it does against its certified minimum."""
    uses = _uses(context)
    for ident, legs in uses.items():
        yield _sensor(context, ident, legs)
    if not uses:
        yield not_applicable(context, CODE, say("No sensor operates on any leg."))


def _uses(context: Context) -> dict[str, list[MeasuredLeg]]:
    """Gather the legs on which each sensor operates, in the order of the path."""
    found: dict[str, list[MeasuredLeg]] = {}
    for leg in context.legs:
        for ident in leg.stated.sensors:
            found.setdefault(ident, []).append(leg)
    return found


def _sensor(context: Context, ident: str, legs: list[MeasuredLeg]) -> Finding:
    category, known = category_of(context, ident), certificate(context, ident)
    bearer = context.plan.observing
    if category is None:
        why = say("Sensor {sensor} operates, but neither plan nor facts say what it is.", sensor=ident)
        return cannot_tell(context, CODE, why, (known.need,), bearer=bearer)
    if category == SAR:
        why = say("The ground resolution of radar {sensor} does not depend on height.", sensor=ident)
        return not_applicable(context, CODE, why, bearer=bearer)
    half_km = half_swath_km(context, ident) or 0.0
    heights = [(leg, height_over(context, leg, half_km, observed_part(leg))) for leg in legs]
    without = [leg.number for leg, height in heights if height is None]
    if known.known is not Known.CERTIFIED or known.h_min_m_agl is None or without:
        return _unknown(context, known, without)
    leg, lowest = min(
        ((leg, height) for leg, height in heights if height is not None),
        key=lambda pair: pair[1].metres - pair[1].band_m,
    )
    return _judge(context, known, known.h_min_m_agl, leg, lowest, len(legs))


def _unknown(context: Context, known: Certificate, without: list[int]) -> Finding:
    needs: list[Text] = []
    if known.known is not Known.CERTIFIED or known.h_min_m_agl is None:
        needs.append(known.need)
    if without:
        legs = legs_words(without)
        needs.append(say("the height above ground, or above sea level with the ground, of {legs}", legs=legs))
    why = say(
        "Whether sensor {sensor} stays above its minimum height cannot be told without knowing {facts}.",
        sensor=known.ident,
        facts=listed(needs),
    )
    return cannot_tell(context, CODE, why, needs, bearer=context.plan.observing, limit=known.h_min_m_agl, unit="m")


def _judge(
    context: Context, known: Certificate, h_min_m: float, leg: MeasuredLeg, height: Height, count: int
) -> Finding:
    verdict = judge_at_least(height.metres, height.band_m, h_min_m)
    told = say("measured over the ground, within {band:.0f} m", band=height.band_m) if height.measured else _AS_STATED
    why = say_n(
        "Sensor {sensor} operates on one leg, leg {leg}, at {height:.0f} m above ground ({told}); its certified "
        "minimum is {h_min:.0f} m.",
        "Sensor {sensor} operates on {count} legs, lowest on leg {leg} at {height:.0f} m above ground ({told}); its "
        "certified minimum is {h_min:.0f} m.",
        count,
        sensor=known.ident,
        leg=leg.number,
        height=height.metres,
        told=told,
        h_min=h_min_m,
    )
    need = say("the ground under leg {leg}, better than now", leg=leg.number)
    return draft(
        context,
        CODE,
        verdict,
        why,
        bearer=context.plan.observing,
        effect=may_propose_changes(context) if verdict is Verdict.BREACH else None,
        measured=height.metres,
        uncertainty=height.band_m,
        limit=h_min_m,
        margin=height.metres - h_min_m,
        unit="m",
        where=Where(leg=leg.number, lon=leg.start.lon, lat=leg.start.lat, name=leg.start.ident),
        needs=(need,) if verdict is Verdict.CANNOT_TELL else (),
    )


_AS_STATED = say("as the plan states it")

"""The bound that goes with a plan: what no flight from its airfields and within its limit can exceed, in words too."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from skywitness.core.text import Text, say
from skywitness.route.airfield import Airfield
from skywitness.route.bound.prove import Proved, in_values, prove
from skywitness.route.bound.relaxation import Relaxation
from skywitness.route.bound.share import percent_above
from skywitness.route.bound.swath import Scene, relaxation
from skywitness.route.clouds.worth import reached
from skywitness.route.model import Plan, Site

MOST_SITES = 4000
"""With more sites than this no bound is worked out: the tables of all pairs would not fit."""

_LAST_DIGITS = 1e-9
"""Sums of values that are no whole numbers differ by so much with the order of adding."""

METHOD = "linear program with subtour, turn and area cuts; branches; checked multipliers"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a flight is asked: its airfields (``ends`` may hold the start), sites as the search values them, limit."""

    start: Airfield
    ends: tuple[Airfield, ...]
    sites: tuple[Site, ...]
    half_swath_km: float
    limit_km: float


def scene_of(asked: Asked) -> Scene:
    """Put what is asked into arrays."""
    ends = {end.ident: end for end in asked.ends}
    closed = ends.pop(asked.start.ident, None) is not None
    fields = [asked.start, *ends.values()]
    return Scene(
        np.array([field.lon for field in fields]),
        np.array([field.lat for field in fields]),
        closed,
        np.array([site.lon for site in asked.sites]),
        np.array([site.lat for site in asked.sites]),
        np.array([site.value for site in asked.sites], np.float64),
        asked.half_swath_km,
        asked.limit_km,
    )


def with_bound(plan: Plan, asked: Asked, seconds: float) -> Plan:
    """State the bound with a plan, or why there is none.

    ``plan.bound_reason`` then says what the bound holds for, ``plan.planner["bound"]`` how it came about.
    """
    if len(asked.sites) > MOST_SITES:
        why = say(
            "no bound is worked out for more than {most} sites; the value of all sites is the only one known",
            most=MOST_SITES,
        )
        return replace(plan, bound=None, bound_reason=why)
    problem = _posed(asked)
    whole = all(float(site.value).is_integer() for site in asked.sites)
    proved = _proved(asked, seconds)
    score = reached(plan)
    bound = min(in_values(problem, proved.worth, whole), sum(site.value for site in asked.sites))
    if bound < score * (1.0 - _LAST_DIGITS):  # it must not happen, and nobody should be told a bound that does not hold
        why = say(
            "the bound worked out, {bound:g}, is below what the plan reaches; it is wrong: report this", bound=bound
        )
        return replace(plan, bound=None, bound_reason=why)
    bound = max(bound, score)
    return replace(
        plan,
        bound=bound,
        bound_reason=holds_for(asked),
        planner=MappingProxyType({**plan.planner, "bound": _account(problem, proved, score, bound)}),
    )


@functools.lru_cache(maxsize=1)
def _posed(asked: Asked) -> Relaxation:
    return relaxation(scene_of(asked))


@functools.lru_cache(maxsize=1)
def _proved(asked: Asked, seconds: float) -> Proved:
    """Several plans of one task share their bound."""
    return prove(_posed(asked), seconds)


def no_haste() -> Text:
    """Say why a plan made anew has no bound."""
    return say("a plan made anew in haste does not wait for a bound of so many sites; plan without a route at hand")


def holds_for(asked: Asked) -> Text:
    """Say for which flights a bound holds."""
    names = ", ".join(dict.fromkeys(end.ident for end in asked.ends))
    return say(
        "the bound holds for every flight of at most {limit:.0f} km from {start} to {ends} that sees {swath:.1f} km to "
        "either side; borders, turns and landings are left out of it, so the best flight may be well below",
        limit=asked.limit_km,
        start=asked.start.ident,
        ends=names,
        swath=asked.half_swath_km,
    )


def _account(problem: Relaxation, proved: Proved, score: float, bound: float) -> dict[str, object]:
    """How a bound came about; the work is counted, so that the same seed writes the same."""
    return {
        "percent": percent_above(bound, score),
        "method": METHOD,
        "work_s": round(proved.work_s, 3),
        "rounds": proved.rounds,
        "branches": len(proved.proofs),
        "circles": problem.nodes - 1 - int(problem.ends.size),
        "cut_short": proved.cut_short,
    }

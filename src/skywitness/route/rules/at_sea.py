"""Findings about legs over the sea: in whose territorial waters they run (Article II, paragraph 8)."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.text import Text, of_data, say
from skywitness.geo import breadths
from skywitness.geo.baselines import CLOSING_KM
from skywitness.geo.breadths import BREADTH_KM
from skywitness.geo.seas import Doubt, Sea
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import draft, legs_words, may_prohibit
from skywitness.route.rules.land import Land
from skywitness.route.rules.positions import cited, positions_at, with_positions

Stretches = Sequence[tuple[int, Sea]]


def foreign_waters(land: Land, legs: Collection[int]) -> dict[str, list[tuple[int, Sea]]]:
    """Gather the stretches of these legs that lie, or may lie, in the waters of another State, by State."""
    found: dict[str, list[tuple[int, Sea]]] = {}
    for leg, sea in land.sea:
        if leg in legs and sea.abroad is not False and sea.state is not None:
            found.setdefault(sea.state, []).append((leg, sea))
    return found


def surely(found: Stretches) -> list[tuple[int, Sea]]:
    """Pick the stretches that lie in the waters of a State for certain."""
    return [(leg, sea) for leg, sea in found if sea.abroad]


def waters_words(context: Context, state: str, found: Stretches) -> tuple[Text, int, Sea]:
    """Say how far stretches run in the waters of a State, or why nobody can tell; with the deepest one and its leg."""
    sure = surely(found)
    leg, deepest = max(sure or found, key=lambda pair: (pair[1].inside_km, -pair[1].coast_km))
    words = {"leg": leg, "state": state, "km": deepest.coast_km, "band": deepest.band_km, "limit": BREADTH_KM}
    if sure:
        total_km = math.fsum(sea.length_km for _, sea in sure)
        why = say(
            "{total:.1f} km of the path run over territorial waters of {state}, on {legs}; leg {leg} comes to "
            "{km:.1f} km from its coast, {inside:.1f} km inside the limit. The limit is derived from the coast: "
            "{limit:.1f} km (12 nautical miles) out, or the median line; coasts are known within {band:g} km, and "
            "lines that States agreed on are not known.",
            total=total_km,
            legs=legs_words(sorted({number for number, _ in sure})),
            inside=deepest.inside_km,
            **words,
        )
        return why, leg, deepest
    return _doubt_words(context, deepest, words), leg, deepest


def _doubt_words(context: Context, sea: Sea, words: dict[str, object]) -> Text:
    """Say why nobody can tell whether a stretch lies in the waters of a State."""
    claim = breadths.narrower(sea.state or "", sea.lon, sea.lat, context.reading.at)
    if sea.doubt is Doubt.NARROWER and claim is not None:
        return say(
            "Leg {leg} runs over the sea {km:.1f} km from the coast of {state}, within {limit:.1f} km (12 nautical "
            "miles), but {state} is known to claim less there ({claim}), so beyond {least:.1f} km nobody can tell.",
            claim=of_data(claim.why),
            least=claim.least_km,
            **words,
        )
    if sea.doubt is Doubt.BASELINES:
        return say(
            "Leg {leg} runs over the sea {km:.1f} km from the coast of {state}, near the limit of its territorial "
            "waters or beyond it as derived from the coast ({limit:.1f} km, or the median line); a baseline of up to "
            "{closing:.1f} km (24 nautical miles) across a bay or between islands may move that limit past this place.",
            closing=CLOSING_KM,
            **words,
        )
    return say(
        "Leg {leg} runs over the sea {km:.1f} km from the coast of {state}, {off:.1f} km from the limit of its "
        "territorial waters as derived from the coast: {limit:.1f} km (12 nautical miles) out, or the median line. "
        "Coasts are known within {band:g} km.",
        off=abs(sea.inside_km),
        **words,
    )


def in_waters(context: Context, state: str, found: Stretches, code: str, *, counted: bool) -> Finding:
    """Judge stretches that lie, or may lie, in the waters of another State: a breach only where that is certain.

    ``counted``: it is a State, and not an area that the view leaves by itself.
    """
    why, leg, deepest = waters_words(context, state, found)
    certain = counted and bool(surely(found))
    need = say("the limits of the territorial waters of {state} near leg {leg}", state=state, leg=leg)
    held = positions_at(context, state, deepest.lon, deepest.lat, deepest.coast_km)
    return draft(
        context,
        code,
        Verdict.BREACH if certain else Verdict.CANNOT_TELL,
        with_positions(context, why, held),
        bearer=context.plan.observing,
        effect=may_prohibit(context) if certain else None,
        measured=deepest.inside_km,
        uncertainty=deepest.band_km,
        limit=0.0,
        margin=-deepest.inside_km,
        unit="km",
        where=Where(leg=leg, lon=deepest.lon, lat=deepest.lat, name=state),
        values=cited(held),
        needs=() if certain else (need,),
    )

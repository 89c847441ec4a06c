"""How far the flight may go: the maximum flight distance of the airfield where it commences (VI.II.4(A), Annex A.III).

The text sends the reader from VI.II.4(A) to Annex A, Section I, but the distances stand in Section III; every finding
says so.  Two readings of the distance are named.  ``whole_path``, the stricter one, measures from start to end whatever
lies below; ``over_territory`` only what runs over the territory of the observed Party (Article II, paragraph 11).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from skywitness.core import geodesy
from skywitness.core.box import Box
from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.interpretations import OVER_TERRITORY, WHOLE_PATH
from skywitness.law.provisions import provision
from skywitness.route.model import Waypoint
from skywitness.route.rules.context import Context
from skywitness.route.rules.drafting import draft, may_propose_changes, not_applicable
from skywitness.route.rules.land import Land
from skywitness.route.rules.law_desk import Figure
from skywitness.route.rules.measured import MeasuredLeg
from skywitness.route.rules.quota_counts import shares_out
from skywitness.route.rules.told_sites import CLAIM

CODE = "OS:VI.II.4(A)"

_STEP_KM = 10.0
"""Points this far apart tell whether a path comes to an island; the smallest box below is 20 km across."""

PORTIONS = {
    "Greenland": (Box(-74.0, 59.5, -10.0, 84.0),),
    "Faroe Islands": (Box(-8.0, 61.2, -6.0, 62.6),),
    "with Shetland Islands": (Box(-2.3, 59.4, -0.6, 61.0),),
    "with Scilly Islands": (Box(-6.6, 49.8, -6.2, 50.05),),
    "with Crete, Karpathos, Rhodes, Kos Islands": (
        Box(23.4, 34.7, 26.5, 35.8),
        Box(26.9, 35.3, 27.4, 36.0),
        Box(27.6, 35.8, 28.4, 36.6),
        Box(26.8, 36.5, 27.5, 37.0),
    ),
}
"""Where the portions lie for which Annex A, Section III has a distance of their own; no other land of that Party is in
these boxes."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length in km, known within ``uncertainty_km``."""

    km: float
    uncertainty_km: float = 0.0


@provision(CODE)
def within_maximum_distance(context: Context) -> Iterator[Finding]:
    """Judge the length of the flight against the maximum distance of the airfield where it commences."""
    if in_parts(context):
        why = say("The parts of the flight over each member of the group are judged by III.II.2(E).")
        yield not_applicable(context, CODE, why)
        return
    length = measured_length(context)
    figure = distance_figure(context)
    yield judge_distance(context, CODE, length, figure, length_sentence(context, length))


def in_parts(context: Context) -> bool:
    """Tell whether the flight over each member of a group has a distance of its own (III.II.2(E))."""
    return shares_out(context) and len(set(context.plan.overflown)) > 1


def measured_length(context: Context) -> Length | None:
    """Measure the flight after the reading's interpretation; ``None`` when that needs borders and there are none."""
    if context.reading.interpretation("A.III", WHOLE_PATH) != OVER_TERRITORY:
        return Length(math.fsum(leg.distance_km for leg in context.legs))
    return None if context.land is None else over_territory(context.land, context.legs)


def length_of(context: Context, land: Land, legs: Sequence[MeasuredLeg]) -> Length:
    """Measure some legs of the flight after the reading's interpretation."""
    if context.reading.interpretation("A.III", WHOLE_PATH) != OVER_TERRITORY:
        return Length(math.fsum(leg.distance_km for leg in legs))
    return over_territory(land, legs)


def over_territory(land: Land, legs: Sequence[MeasuredLeg]) -> Length:
    """Measure what runs over the territory, land and waters: some of it for certain, some perhaps.

    Both ends of a piece of land count with the band of the border, but for a coast with one's own waters before it.
    """
    numbers = {leg.number for leg in legs}
    on_land = [piece for piece in land.pieces if piece.leg in numbers and piece.state in land.own]
    waters = [(leg, sea) for leg, sea in land.sea if leg in numbers]
    shores = {(leg, km) for leg, sea in waters if sea.home is not False for km in (sea.from_km, sea.to_km)}
    open_ends = [(piece.leg, km) for piece in on_land for km in (piece.from_km, piece.to_km)]
    band_km = land.band_km * sum(end not in shores for end in open_ends)
    land_km = math.fsum(piece.length_km for piece in on_land)
    sure_km = math.fsum(sea.length_km for _, sea in waters if sea.home)
    may_km = math.fsum(sea.length_km for _, sea in waters if sea.home is None)
    least, most = max(0.0, land_km + sure_km - band_km), land_km + sure_km + may_km + band_km
    return Length((least + most) / 2.0, (most - least) / 2.0)


def distance_figure(context: Context) -> Figure:
    """Find the distance that applies: of the portion observed where Annex A has one for it, else the plain one."""
    figures = context.law.maximum_distances(context.plan.waypoints[0].ident)
    plain = figures[""]
    visited = [figures[name] for name in figures if name and _visits(context.legs, PORTIONS.get(name, ()))]
    with_islands = [one for one in visited if "(with " in one.subject and one.candidates]
    alone = [one for one in visited if one not in with_islands and one.candidates]
    if alone:
        return min(alone, key=lambda one: min(one.candidates))
    return _longer(plain, max(with_islands, key=lambda one: max(one.candidates))) if with_islands else plain


def _longer(plain: Figure, islands: Figure) -> Figure:
    """Take the distance with islands where it is the longer one; an open plain distance leaves open which is."""
    if not plain.candidates:
        return islands
    numbers = tuple(sorted({max(one, other) for one in plain.candidates for other in islands.candidates}))
    exhaustive = plain.exhaustive and islands.exhaustive
    if exhaustive and numbers in (tuple(sorted(plain.candidates)), tuple(sorted(islands.candidates))):
        return islands if numbers == tuple(sorted(islands.candidates)) else plain
    return Figure(islands.key, islands.subject, numbers, exhaustive, (*islands.used, *plain.used))


def _visits(legs: Sequence[MeasuredLeg], boxes: Sequence[Box]) -> bool:
    """Tell whether an observation leg comes into one of the boxes."""
    return any(
        box.holds(lon, lat)
        for leg in legs
        if boxes and not leg.is_transit and leg.distance_km > 0.0
        for lon, lat, _ in geodesy.points_along(*leg.start_at, *leg.end_at, _STEP_KM)
        for box in boxes
    )


def length_sentence(context: Context, length: Length | None) -> Text:
    """Say how long the flight is, after the reading's interpretation."""
    start = context.plan.waypoints[0].ident
    if length is None:
        return say("The length over the territory of the observed Party cannot be measured without its borders.")
    if context.reading.interpretation("A.III", WHOLE_PATH) == OVER_TERRITORY:
        return say(
            "From {start} the flight runs {km:.1f} km over the territory observed, within {band:.1f} km.",
            start=start,
            km=length.km,
            band=length.uncertainty_km,
        )
    return say("From {start} to the end the flight is {km:.1f} km long.", start=start, km=length.km)


def judge_distance(
    context: Context,
    code: str,
    length: Length | None,
    figure: Figure,
    what: Text,
    begins: Waypoint | None = None,
    airfield: str | None = None,
) -> Finding:
    """Judge a length against a distance that may not be settled.

    It is kept only when it stays within the smallest candidate, broken only when it exceeds the largest, and both only
    when no other distance can be the true one.  ``begins`` and ``airfield``: where a part of the flight begins, and
    whose distance applies to it.
    """
    start = begins or context.plan.waypoints[0]
    airfield = airfield or start.ident
    verdict = _verdict(length, figure)
    limit = min(figure.candidates, default=None)
    finding = draft(
        context,
        code,
        verdict,
        say(
            "{what} {limit} (The text sends the reader to Annex A, Section I; the distances stand in Section III.)",
            what=what,
            limit=_limit_words(figure, airfield),
        ),
        bearer=context.plan.observing,
        effect=may_propose_changes(context) if verdict is Verdict.BREACH else None,
        measured=None if length is None else length.km,
        uncertainty=None if length is None else length.uncertainty_km,
        limit=limit,
        margin=None if length is None or limit is None else limit - length.km,
        unit="km",
        where=Where(lon=start.lon, lat=start.lat, name=start.ident),
        values=figure.used,
    )
    return finding if verdict is not Verdict.CANNOT_TELL else replace(finding, needs=_needs(length, figure, airfield))


def _verdict(length: Length | None, figure: Figure) -> Verdict:
    if length is None or not figure.candidates or not figure.exhaustive:
        return Verdict.CANNOT_TELL
    if length.km + length.uncertainty_km <= min(figure.candidates):
        return Verdict.OK
    return Verdict.BREACH if length.km - length.uncertainty_km > max(figure.candidates) else Verdict.CANNOT_TELL


def _limit_words(figure: Figure, airfield: str) -> Text:
    shown = ", ".join(f"{number:g}" for number in sorted(figure.candidates))
    if figure.settled is not None and figure.used and figure.used[0].status == CLAIM:
        return _told_words(figure)
    if figure.settled is not None:
        return say("The maximum from {subject} is {limit:g} km.", subject=figure.subject, limit=figure.settled)
    if not figure.in_force:
        return say("No maximum flight distance stands for {airfield} on that day.", airfield=airfield)
    if not figure.candidates:
        return say("There is a maximum for {airfield}, but no source gives it.", airfield=airfield)
    return say("Which maximum holds for {airfield} is not settled: {shown} km.", airfield=airfield, shown=shown)


def _told_words(figure: Figure) -> Text:
    """Say that a maximum comes from the facts, and what is public beside it."""
    said, public = figure.used[0], [value for value in figure.used[1:] if value.value is not None]
    words = {"subject": figure.subject, "limit": figure.settled, "source": said.source}
    if public:
        shown = ", ".join(f"{value.value:g}" for value in public)
        return say(
            "The maximum from {subject} is {limit:g} km as this facts file has it ({source}); public is {shown} km.",
            shown=shown,
            **words,
        )
    return say(
        "The maximum from {subject} is {limit:g} km as this facts file has it ({source}); no public source gives it.",
        **words,
    )


def _needs(length: Length | None, figure: Figure, airfield: str) -> tuple[Text, ...]:
    needs = []
    if figure.settled is None:
        needs.append(say("the maximum flight distance from {airfield} in force on that day", airfield=airfield))
    if length is None:
        needs.append(say("a border view, to know what lies over the territory observed"))
    elif length.uncertainty_km > 0.0:
        needs.append(
            say("the limits of the internal and territorial waters of the observed Party, or the other reading")
        )
    return tuple(needs)

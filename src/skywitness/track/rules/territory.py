"""Over whose territory the aircraft flew (II.5, II.8), and whether a transit was co-ordinated (Decision 22/02).

An observation flight is conducted over the territory of the observed Party.  What permits leaving the flight plan
(VIII.II.1, VIII.II.2) is a matter between the two Parties of the flight: it gives no right over a third State.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say, say_n
from skywitness.geo.breadths import BREADTH_KM
from skywitness.geo.seas import Sea
from skywitness.law.provisions import provision
from skywitness.route.rules.drafting import NEED_VIEW, legs_words, settled_by
from skywitness.route.rules.land import Land
from skywitness.route.rules.positions import cited, is_state, near_unlined, positions_at, with_positions
from skywitness.route.rules.territory import CODE, TRANSIT, TRANSIT_DECIDED, coordination
from skywitness.track.comparison import Stretch
from skywitness.track.ground import Ground, Over, hidden_state
from skywitness.track.rules.excuses import excused
from skywitness.track.rules.flight import NEED_TRACK, Flight, cannot_tell, draft, may_raise, not_applicable

NEED_LINE: Final = say("the border there, better than now, or better positions")


@provision(CODE)
def flown_over_observed_territory(flight: Flight) -> Iterator[Finding]:
    """Judge that no observation leg was flown over the land or the waters of another State."""
    ground, land = flight.ground, flight.context.land
    if ground is None or land is None:
        why = say("Over whose territory the aircraft flew cannot be told without a border view.")
        yield cannot_tell(flight, CODE, why, (NEED_VIEW,), bearer=flight.observing)
        return
    found = [
        _abroad(flight, state, stretches, land, CODE) for state, stretches in _by_state(ground, transit=False).items()
    ]
    found += _without_line(flight, ground)
    told = {one.where.name for one in found if one.where is not None and one.verdict is Verdict.BREACH}
    found += _hidden(flight, ground, land, told)
    yield from found
    if not found:
        yield _home(flight, ground, land)


@provision(TRANSIT)
def flown_transit_coordinated(flight: Flight) -> Iterator[Finding]:
    """Judge that transit legs were flown over other States only with their co-ordination."""
    ground, land = flight.ground, flight.context.land
    if not any(leg.is_transit for leg in flight.seen.legs):
        yield not_applicable(flight, TRANSIT, say("The plan has no transit leg."))
        return
    if ground is None or land is None:
        why = say("Which States the transit legs crossed cannot be told without a border view.")
        yield cannot_tell(flight, TRANSIT, why, (NEED_VIEW,), bearer=flight.observing)
        return
    crossed = _by_state(ground, transit=True)
    for state, stretches in crossed.items():
        yield _coordinated(flight, state, stretches, land)
    if not crossed:
        why = say("As far as the track shows it, the transit legs crossed neither the land nor the territorial waters "
                  "of another State.")  # fmt: skip
        yield draft(flight, TRANSIT, Verdict.OK, why, bearer=flight.observing)


def _by_state(ground: Ground, *, transit: bool) -> dict[str, list[Over]]:
    """Gather the stretches over other States, land and waters, by State."""
    found: dict[str, list[Over]] = {}
    for one in (*ground.land, *ground.waters):
        if one.state is not None and one.state not in ground.own and one.transit is transit:
            found.setdefault(one.state, []).append(one)
    return found


def _known_km(flight: Flight, one: Over, land: Land) -> float:
    """How well it is known how deep a stretch is: the border or coast, the positions, and how the path was thinned."""
    close_km = 0.0 if flight.ground is None else flight.ground.close_km
    return (land.band_km if one.sea is None else one.sea.band_km) + flight.seen.error_km + close_km


def _inside_km(one: Over) -> float:
    return one.depth_km if one.sea is None else one.sea.inside_km


def _is_sure(flight: Flight, one: Over, land: Land) -> bool:
    """Tell whether a stretch was over another State for certain."""
    decided = one.sea is None or one.sea.abroad is True
    return decided and _inside_km(one) > _known_km(flight, one, land)


def _decisive(flight: Flight, stretches: Sequence[Over], land: Land) -> tuple[Over, bool]:
    """Choose the stretch that decides: a certain one before others, land before waters, the deepest."""
    best = max(
        stretches, key=lambda one: (_is_sure(flight, one, land), one.sea is None, _inside_km(one), one.length_km)
    )
    return best, _is_sure(flight, best, land)


def _abroad(flight: Flight, state: str, stretches: Sequence[Over], land: Land, code: str) -> Finding:
    """Judge what was flown over another State, by the stretch that decides."""
    one, sure = _decisive(flight, stretches, land)
    certain = sure and is_state(flight.context, state)
    why = _words(flight, state, stretches, one, land)
    why = _with_deviation(flight, one, state, why) if certain else why
    coast_km = 0.0 if one.sea is None else one.sea.coast_km
    held = positions_at(flight.context, state, one.deepest.lon, one.deepest.lat, coast_km)
    return draft(
        flight,
        code,
        Verdict.BREACH if certain else Verdict.CANNOT_TELL,
        with_positions(flight.context, why, held),
        bearer=flight.observing,
        effect=_may_raise_it(flight, state) if certain else None,
        **_measured(flight, one, land),
        where=one.where(),
        values=cited(held),
        needs=() if certain else (NEED_LINE,),
    )


def _measured(flight: Flight, one: Over, land: Land) -> dict[str, Any]:
    inside_km = _inside_km(one)
    known_km = _known_km(flight, one, land)
    return {"measured": inside_km, "uncertainty": known_km, "limit": 0.0, "margin": -inside_km, "unit": "km"}


def _words(flight: Flight, state: str, stretches: Sequence[Over], one: Over, land: Land) -> Text:
    """Say when the aircraft was over land or waters of a State, how far and how deep, and how often."""
    words = {
        "when": say("From {start:%H:%M:%S} to {end:%H:%M:%S}", start=one.start.time_utc, end=one.end.time_utc),
        "state": state,
        "km": one.length_km,
        "legs": legs_words(one.legs),
        "inside": abs(_inside_km(one)),
        "band": _known_km(flight, one, land),
    }
    if one.sea is None:
        why = say(
            "{when} the aircraft was over land of {state} in the border view {view}: {km:.1f} km on {legs}, at the "
            "deepest {inside:.1f} km or more from the land of {own}. With borders, positions and the thinned path that "
            "is known within {band:.2f} km.",
            own=", ".join(land.own),
            view=flight.context.reading.view,
            **words,
        )
    else:
        why = _waters_words(one.sea, words)
    more = len(stretches) - 1
    if not more:
        return why
    total_km = math.fsum(other.length_km for other in stretches)
    others = say_n("{more} more stretch", "{more} more stretches", more, more=more)
    return say("{why} With {others} it was {total:.1f} km in all.", why=why, others=others, total=total_km)


def _waters_words(sea: Sea, words: dict[str, Any]) -> Text:
    """Say that the aircraft was over the waters of a State, or why nobody can tell."""
    if sea.abroad:
        return say(
            "{when} the aircraft was over territorial waters of {state}: {km:.1f} km on {legs}, {inside:.1f} km inside "
            "their limit at the deepest. The limit is derived from the coast: {limit:.1f} km (12 nautical miles) out, "
            "or the median line; with coasts, positions and the thinned path it is known within {band:.2f} km, and "
            "lines that States agreed on are not known.",
            limit=BREADTH_KM,
            **words,
        )
    return say(
        "{when} the aircraft was over the sea {coast:.1f} km from the coast of {state}, {inside:.1f} km from the limit "
        "of its territorial waters as derived from the coast; baselines, coasts and what a State claims are not known "
        "well enough to tell on which side.",
        coast=sea.coast_km,
        **words,
    )


def _with_deviation(flight: Flight, one: Over, state: str, why: Text) -> Text:
    """Say what a deviation that a reason permits changes: nothing for the State below."""
    times = one.start.time_utc, one.end.time_utc
    for deviation in flight.seen.deviations:
        first, last = (flight.seen.track.time_utc(at) for at in (deviation.stretch.first, deviation.stretch.last))
        if excused(flight, deviation) and first <= times[1] and times[0] <= last:
            return say(
                "{why} The reason told on board permits leaving the flight plan (VIII.II.1, VIII.II.2), but that holds "
                "between the two Parties of the flight; the text gives no right over {state}. Whether distress excuses "
                "it is a question of general international law, which is not judged here.",
                why=why,
                state=state,
            )
    return why


def _may_raise_it(flight: Flight, state: str) -> Effect:
    """The right of the State flown over, if it is a Party; else that of the observed Party."""
    right = may_raise(flight)
    return replace(right, who=state) if flight.context.law.is_party(state) else right


def _coordinated(flight: Flight, state: str, stretches: Sequence[Over], land: Land) -> Finding:
    """Judge a passage in transit: broken without co-ordination; open off the legs that it was given for."""
    finding = _abroad(flight, state, stretches, land, TRANSIT)
    why = say("{why} In transit that needs co-ordination with {state} beforehand.", why=finding.why, state=state)
    finding = replace(finding, why=why)
    agreement = coordination(flight.context, state, sorted({leg for one in stretches for leg in one.legs}))
    if agreement is not None and all(one.on_path for one in stretches):
        return settled_by(finding, agreement)
    if agreement is not None:
        why = say("{why} It was co-ordinated ({source}), but the aircraft was off the planned legs there.",
                  why=why, source=agreement.source)  # fmt: skip
        need = say("whether the co-ordination with {state} holds off the planned legs", state=state)
        return replace(finding, verdict=Verdict.CANNOT_TELL, why=why, effect=None, needs=(need,))
    if finding.verdict is Verdict.BREACH and flight.context.reading.at < TRANSIT_DECIDED:
        why = say("{why} The decision that says so came later, on {day}.", why=why, day=TRANSIT_DECIDED)
        need = say("whether {state} accepts the passage (an [[agreement]] on {code})", state=state, code=TRANSIT)
        return replace(finding, verdict=Verdict.CANNOT_TELL, why=why, effect=None, needs=(need,))
    return finding


def _without_line(flight: Flight, ground: Ground) -> Iterator[Finding]:
    """Tell where the aircraft may have been over land that the view counts to another State without a line of it."""
    flown = replace(flight.context, legs=ground.pieces)
    for unlined, number, least in near_unlined(flown):
        position, planned = unlined.position, ground.legs[number - 1]
        transit = flight.seen.legs[planned - 1].is_transit
        if position.to in ground.own or least.distance_km > ground.close_km or transit:
            continue
        why = say(
            "On leg {leg} the aircraft was where this area may be: {area}. The border view {view} counts it to "
            "{state}, but no line of it is at hand.",
            leg=planned,
            area=position.area,
            view=flight.context.reading.view,
            state=position.to,
        )
        need = say("the lines of {area}, as a border view of your own", area=position.area)
        index = int(ground.pieces[number - 1].start.ident)
        where = Stretch(index, int(ground.pieces[number - 1].end.ident)).where(
            flight.seen.track, planned, position.area
        )
        yield cannot_tell(
            flight, CODE, with_positions(flight.context, why, (position,)), (need,), bearer=flight.observing,
            where=where, values=cited((position,)),
        )  # fmt: skip


def _hidden(flight: Flight, ground: Ground, land: Land, told: set[str | None]) -> Iterator[Finding]:
    """Tell of each gap in which the aircraft may have been over another State; of one State the widest gap."""
    view, seen = flight.context.view, flight.seen
    if view is None:
        return
    found: dict[str, tuple[float, Stretch, dt.datetime, dt.datetime, int]] = {}
    for gap in seen.gaps:
        leg = int(seen.alignment.leg[gap.index])
        if seen.legs[leg - 1].is_transit:
            continue
        state = hidden_state(view, seen, gap, ground, land.band_km + seen.error_km)
        if state is not None and state not in told:
            mine = gap.off_km, Stretch(gap.index, gap.index + 1), gap.start_utc, gap.end_utc, leg
            found[state] = max(found.get(state, mine), mine, key=lambda one: one[0])
    for state, (off_km, stretch, start, end, leg) in found.items():
        why = say(
            "In the gap of the track from {start:%H:%M:%S} to {end:%H:%M:%S} the aircraft may have been over {state}: "
            "it may have been {off:.1f} km off the straight way.",
            start=start,
            end=end,
            state=state,
            off=off_km,
        )
        yield cannot_tell(
            flight, CODE, why, (NEED_TRACK,), bearer=flight.observing, where=stretch.where(seen.track, leg, state)
        )


def _home(flight: Flight, ground: Ground, land: Land) -> Finding:
    why = say(
        "As far as the track shows it, the aircraft was over no land and no territorial waters of a State other than "
        "{own}, in the border view {view}, but for transit legs; {sea:.1f} km went over the sea.",
        own=", ".join(ground.own),
        view=flight.context.reading.view,
        sea=ground.sea_km,
    )
    known_km = land.band_km + flight.seen.error_km + ground.close_km
    return draft(flight, CODE, Verdict.OK, why, bearer=flight.observing, measured=0.0, uncertainty=known_km, limit=0.0,
                 unit="km")  # fmt: skip

"""Flights over several members of a group that keep their own passive quotas, as flown (III.II.2(E)).

The flight is parted as its plan is (:mod:`skywitness.route.rules.redistribution`); over which members a part went is
looked up below the flown path.  Each part has a distance of its own, and between the parts no sensor may run.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from skywitness.core.finding import Finding, Verdict, Where
from skywitness.core.text import Text, say
from skywitness.law.provisions import provision
from skywitness.route.rules.distance import Length, in_parts, length_of
from skywitness.route.rules.drafting import NEED_VIEW
from skywitness.route.rules.land import Land
from skywitness.route.rules.redistribution import Part, judge_part, numbers, parts_of
from skywitness.track.comparison import Stretch
from skywitness.track.model import Bools
from skywitness.track.rules.distances import counts_over_territory
from skywitness.track.rules.excuses import excused
from skywitness.track.rules.flight import (
    NEED_DEVIATIONS,
    NEED_SECONDS,
    NEED_SENSORS,
    NEED_TRACK,
    Flight,
    cannot_tell,
    draft,
    may_raise,
    not_applicable,
)
from skywitness.track.rules.periods import ROUNDED, cut_to

CODE: Final = "OS:III.II.2(E)"


@provision(CODE)
def flown_over_each_member(flight: Flight) -> Iterator[Finding]:
    """Judge the way flown over each member against the distance for it, and that no sensor ran between members."""
    land = flight.context.land
    if not in_parts(flight.context):
        why = say("The flight is not one over several members of a group that keep their own passive quotas.")
        yield not_applicable(flight, CODE, why)
        return
    if land is None:
        why = say("Over which member each part of the flight went cannot be told without a border view.")
        yield cannot_tell(flight, CODE, why, (NEED_VIEW,), bearer=flight.observing)
        return
    reached = set(np.unique(flight.seen.alignment.leg).tolist())
    legs = tuple(leg for leg in flight.context.legs if leg.number in reached)
    parts = parts_of(replace(flight.context, legs=legs), land)
    for part in parts:
        if len(part.members) > 1:
            yield from _across(flight, part)
        else:
            yield _distance(flight, land, part)
    for before, after in itertools.pairwise(parts):
        yield _between(flight, before, after)


def _on(flight: Flight, part: Part) -> Bools:
    """Mark the points of the track that belong to a part."""
    return np.asarray(np.isin(flight.seen.alignment.leg, [leg.number for leg in part.legs]))


def _distance(flight: Flight, land: Land, part: Part) -> Finding:
    """Judge the way flown over one member, less what permitted deviations added."""
    seen, length = flight.seen, _length(flight, land, part)
    finding = judge_part(flight.context, part, length, _words(length))
    if finding.verdict is Verdict.OK and not (seen.covers_start and seen.covers_end):
        why = say("{why} The track does not show the whole flight.", why=finding.why)
        finding = replace(finding, verdict=Verdict.CANNOT_TELL, why=why)
    if finding.verdict is Verdict.CANNOT_TELL:
        needs = [NEED_TRACK] if seen.gaps or not (seen.covers_start and seen.covers_end) else []
        needs += [NEED_DEVIATIONS] if _added(flight, part, None) > 0.0 else []
        finding = replace(finding, needs=tuple(dict.fromkeys((*finding.needs, *needs))))
    return replace(finding, effect=may_raise(flight) if finding.verdict is Verdict.BREACH else None)


def _words(length: Length) -> Text:
    return say(
        "Between {low:.1f} and {high:.1f} km flown over it count.",
        low=max(length.km - length.uncertainty_km, 0.0),
        high=length.km + length.uncertainty_km,
    )


def _length(flight: Flight, land: Land, part: Part) -> Length:
    """Measure what counts of a part: at least less all that may not count, at most with every jitter and gap."""
    seen, on = flight.seen, _on(flight, part)
    steps = np.diff(seen.flown.km)[on[:-1]]
    km = least = float(steps.sum())
    jitter = max(seen.flown.raw_km / seen.flown.length_km, 1.0) if seen.flown.length_km else 1.0
    hidden = sum(gap.most_km - gap.straight_km for gap in seen.gaps if on[gap.index])
    most = km * jitter + hidden
    if counts_over_territory(flight):
        over = length_of(flight.context, land, part.legs)
        least, most = over.km - over.uncertainty_km, over.km + over.uncertainty_km + (most - km)
    least -= _added(flight, part, True) + _added(flight, part, None)
    most -= _added(flight, part, True)
    return Length((least + most) / 2.0, max(most - least, 0.0) / 2.0)


def _added(flight: Flight, part: Part, excuse: bool | None) -> float:
    """Sum what deviations on the legs of a part added: permitted ones (true), or those nobody explained."""
    mine = {leg.number for leg in part.legs}
    return sum(one.extra_km for one in flight.seen.deviations if one.leg in mine and excused(flight, one) is excuse)


def _between(flight: Flight, before: Part, after: Part) -> Finding:
    """Judge that no sensor ran from the end of one part to where the next begins."""
    one, two = np.flatnonzero(_on(flight, before)), np.flatnonzero(_on(flight, after))
    words = {"before": numbers(before.legs), "after": numbers(after.legs)}
    if not len(one) or not len(two) or one[-1] >= two[0]:
        why = say("From legs {before} to legs {after} the track does not show the way between members.", **words)
        return cannot_tell(flight, CODE, why, (NEED_TRACK,), bearer=flight.observing)
    stretch = Stretch(int(one[-1]), int(two[0]))
    where = stretch.where(flight.seen.track, int(flight.seen.alignment.leg[min(stretch.first + 1, stretch.last)]))
    if flight.log.sensors_on is None:
        why = say("Whether a sensor ran between legs {before} and legs {after}, over different members, is not known.",
                  **words)  # fmt: skip
        return cannot_tell(flight, CODE, why, (NEED_SENSORS,), bearer=flight.observing, where=where)
    ran = cut_to(flight, (stretch,), flight.log.sensors_on)
    span = max((period.end_utc - period.start_utc for period in ran), default=dt.timedelta(0))
    if not ran:
        why = say("No sensor ran between legs {before} and legs {after}, over different members.", **words)
        return draft(flight, CODE, Verdict.OK, why, bearer=flight.observing, where=where)
    why = say(
        "Sensor {sensor} ran for {minutes:.1f} minutes between legs {before} and legs {after}, over different members.",
        sensor=max(ran, key=lambda period: period.end_utc - period.start_utc).sensor,
        minutes=span / dt.timedelta(minutes=1),
        **words,
    )
    return _ran(flight, why, span > ROUNDED, where)


def _ran(flight: Flight, why: Text, certain: bool, where: Where) -> Finding:
    if certain:
        effect = may_raise(flight)
        return draft(flight, CODE, Verdict.BREACH, why, bearer=flight.observing, effect=effect, where=where)
    why = say("{why} That is within what times of a log and of a turn are known to.", why=why)
    return cannot_tell(flight, CODE, why, (NEED_SECONDS,), bearer=flight.observing, where=where)


def _across(flight: Flight, part: Part) -> Iterator[Finding]:
    """Judge a part whose plan has no sensors off between members: by whether a sensor ran over the border itself."""
    words = {"legs": numbers(part.legs), "members": ", ".join(part.members)}
    for moment, where in _borders(flight, part):
        shared = {"bearer": flight.observing, "where": where}
        if flight.log.sensors_on is None:
            why = say("Whether a sensor ran when legs {legs} passed from one of {members} to another is not known.",
                      **words)  # fmt: skip
            yield cannot_tell(flight, CODE, why, (NEED_SENSORS,), **shared)
            continue
        ran = [one for one in flight.log.sensors_on if one.start_utc + ROUNDED < moment < one.end_utc - ROUNDED]
        if ran:
            why = say("Legs {legs} passed from one of {members} to another while sensor {sensor} ran.",
                      sensor=ran[0].sensor, **words)  # fmt: skip
            yield _ran(flight, why, True, where)
            continue
        why = say("Legs {legs} passed from one of {members} to another without a sensor; where the flight over the "
                  "next was to begin, the plan does not say.", **words)  # fmt: skip
        need = say("a plan with a transit leg between members")
        yield cannot_tell(flight, CODE, why, (need,), **shared)


def _borders(flight: Flight, part: Part) -> Iterator[tuple[dt.datetime, Where]]:
    """Find the moments at which a part passes from the land of one member to that of another."""
    mine = {leg.number for leg in part.legs}
    land = () if flight.ground is None else flight.ground.land
    members = [one for one in land if one.state in part.members and mine & set(one.legs)]
    for before, after in itertools.pairwise(members):
        if before.state != after.state:
            yield after.start.time_utc, Where(after.start.leg, after.start.lon, after.start.lat, after.start.time_utc)

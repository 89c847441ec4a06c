"""How far the flight went (VI.II.4(A), Annex A.III), and what of it does not count (VIII.II.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import Text, say
from skywitness.law.interpretations import OVER_TERRITORY, WHOLE_PATH
from skywitness.law.provisions import provision
from skywitness.route.rules.distance import (
    CODE,
    Length,
    distance_figure,
    in_parts,
    judge_distance,
    length_of,
)
from skywitness.route.rules.drafting import listed
from skywitness.track.rules.excuses import excused
from skywitness.track.rules.flight import (
    NEED_DEVIATIONS,
    NEED_TRACK,
    Flight,
    cannot_tell,
    draft,
    may_raise,
    not_applicable,
)

SHOWN_KM: Final = 0.05
"""Less than this is not told: it would print as nothing."""


@provision(CODE)
def flown_within_maximum(flight: Flight) -> Iterator[Finding]:
    """Judge the way flown, less what permitted deviations added, against the maximum flight distance."""
    context, seen = flight.context, flight.seen
    if in_parts(context):
        why = say("The parts of the flight over each member of the group are judged by III.II.2(E).")
        yield not_applicable(flight, CODE, why)
        return
    length = _counted(flight)
    what = _words(flight, length)
    finding = judge_distance(context, CODE, length, distance_figure(context), what)
    needs = [need for need, open_ in ((NEED_TRACK, bool(seen.gaps) or not (seen.covers_start and seen.covers_end)),
                                      (NEED_DEVIATIONS, _extra(flight, None) > 0.0)) if open_]  # fmt: skip
    if finding.verdict is Verdict.OK and not (seen.covers_start and seen.covers_end):
        why = say("{why} The track does not show the whole flight.", why=finding.why)
        finding = replace(finding, verdict=Verdict.CANNOT_TELL, why=why)
    if finding.verdict is Verdict.CANNOT_TELL:
        settled = distance_figure(context).settled is not None and length is not None
        finding = replace(finding, needs=tuple(needs) if settled else (*finding.needs, *needs))
    yield replace(finding, effect=may_raise(flight) if finding.verdict is Verdict.BREACH else None)


def _extra(flight: Flight, excuse: bool | None) -> float:
    """Sum what deviations added: permitted ones (true), those without a permitted reason (false), or unexplained."""
    return sum(one.extra_km for one in flight.seen.deviations if excused(flight, one) is excuse)


def _words(flight: Flight, length: Length | None) -> Text:
    """Say how far the track goes, how much of it counts, and what leaves that open."""
    start, flown = flight.context.plan.waypoints[0].ident, flight.seen.distance_km
    why = say("From {start} the flight went {km:.1f} km along the track.", start=start, km=flown)
    if length is None:
        return say("{why} How much of it counts cannot be measured without the borders of the observed Party.", why=why)
    band = length.uncertainty_km
    known = {"why": why, "km": length.km, "band": band, "low": length.km - band, "high": length.km + band}
    if counts_over_territory(flight):
        why = say("{why} Over the territory observed {low:.1f} to {high:.1f} km of it count ({km:.1f} km, within "
                  "{band:.1f} km), as borders and waters are known.", **known)  # fmt: skip
    elif band >= SHOWN_KM:
        why = say("{why} Between {low:.1f} and {high:.1f} km of it count ({km:.1f} km, within {band:.1f} km).", **known)
    else:
        why = say("{why} {km:.1f} km of it count.", **known)
    seen = flight.seen
    hidden = sum(gap.most_km - gap.straight_km for gap in seen.gaps)
    jitter = max(seen.flown.raw_km - seen.flown.length_km, 0.0)
    permitted, open_ = _extra(flight, True), _extra(flight, None)
    parts = (
        (permitted, say("{km:.1f} km that permitted deviations added do not count", km=permitted)),
        (open_, say("{km:.1f} km that deviations added may not count, for nobody told why", km=open_)),
        (hidden, say("gaps of the track, taken as straight, may hide {km:.1f} km more", km=hidden)),
        (jitter, say("from point to point, with every error of a position, it is {km:.1f} km more", km=jitter)),
    )  # fmt: skip
    told = [text for km, text in parts if km >= SHOWN_KM]
    return say("{why} Here {parts}.", why=why, parts=listed(told)) if told else why


def counts_over_territory(flight: Flight) -> bool:
    """Tell whether only the way over territory counts, as the reading understands Annex A.III."""
    return flight.context.reading.interpretation("A.III", WHOLE_PATH) == OVER_TERRITORY


def _counted(flight: Flight) -> Length | None:
    """Measure what counts: at least the way along the vertices less all that may not count, at most every jitter."""
    context, seen = flight.context, flight.seen
    least, most = seen.distance_km, seen.most_km
    if counts_over_territory(flight):
        if context.land is None:
            return None
        over = length_of(context, context.land, context.legs)
        least, most = over.km - over.uncertainty_km, over.km + over.uncertainty_km + (most - least)
    least -= _extra(flight, True) + _extra(flight, None)
    most -= _extra(flight, True)
    return Length((least + most) / 2.0, (most - least) / 2.0)


@provision("OS:VIII.II.7")
def deviation_does_not_count(flight: Flight) -> Iterator[Finding]:
    """Tell how much of the way deviations added, and whether it counts."""
    code, deviations = "OS:VIII.II.7", flight.seen.deviations
    if not deviations:
        yield not_applicable(flight, code, say("No deviation added to the way."))
    for deviation in deviations:
        excuse = excused(flight, deviation)
        where = deviation.stretch.where(flight.seen.track, deviation.leg)
        why = say("The deviation on leg {leg} added {km:.1f} km to the way.", leg=deviation.leg, km=deviation.extra_km)
        if excuse is None:
            why = say("{why} Whether they count depends on its reason.", why=why)
            yield cannot_tell(
                flight, code, why, (NEED_DEVIATIONS,), measured=deviation.extra_km, unit="km", where=where
            )
            continue
        counts = say("{why} They do not count.", why=why) if excuse else say(
            "{why} They count, because no reason permits it.", why=why)  # fmt: skip
        verdict = Verdict.OK if excuse else Verdict.NOT_APPLICABLE
        what = say("fly these {km:.1f} km beside the maximum flight distance (VIII.II.7)", km=deviation.extra_km)
        right = Effect(flight.flying, "may", what) if excuse else None
        yield draft(flight, code, verdict, counts, bearer=flight.context.provider_code, effect=right,
                    measured=deviation.extra_km, unit="km", where=where)  # fmt: skip

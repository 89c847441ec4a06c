"""What a flown track tells for the mission report (VI.I.21); what it does not show stays unsaid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from skywitness.core.finding import Finding, Verdict
from skywitness.core.position import format_dms
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.mission.documents.setting import Flown
from skywitness.mission.flown_events import COVERS, DEPARTURE, covers_of
from skywitness.track.comparison import Comparison, Deviation, FixState
from skywitness.track.exports.times import stretch_of
from skywitness.track.flight_log import SensorOn
from skywitness.track.model import Bools
from skywitness.track.rules.flight import Flight
from skywitness.track.told import Covers

GROUND_OF_REASON: Final = MappingProxyType(
    {
        "weather": "VIII.II.1(A)",
        "technical": "VIII.II.1(B)",
        "medical": "VIII.II.1(C)",
        "force_majeure": "VIII.II.1(D)",
        "weather_for_sensors": "VIII.II.2",
        "none": "none",
    }
)
"""The paragraphs under which a deviation is reported, by the reason told on board."""

CURTAILED_BY: Final = MappingProxyType(
    {
        "sensor_malfunction": "sensor_malfunction",
        "technical": "aircraft_safety",
        "medical": "deviation",
        "force_majeure": "deviation",
        "weather": "deviation",
    }
)
"""The ways in which VIII.II.4 and 5 let a flight be cut short, by the reason noted on board."""

ALIKE_M: Final = 60.0
"""Legs whose lowest and highest heights differ by no more are told together."""


def flown_of(flight: Flight, catalogue: Catalogue = ENGLISH) -> Flown:
    """Take from a comparison what a mission report says; words in the language of ``catalogue``."""
    seen = flight.seen
    track, last = seen.track, len(seen.track) - 1
    return (
        Flown(
            from_utc=_whole_second(seen, 0) if seen.covers_start else None,
            to_utc=_whole_second(seen, last) if seen.covers_end else None,
            distance_km=round(seen.distance_km, 1),
            profile=_profile(flight, catalogue),
            route=tuple(_route(seen)) or None,
            periods=None if flight.log.sensors_on is None else tuple(_periods(flight, catalogue)) or None,
            deviations=tuple(_deviation(flight, one) for one in seen.deviations) or None,
        )
        if len(track)
        else Flown()
    )


def _whole_second(seen: Comparison, index: int) -> Any:
    return seen.track.time_utc(index).replace(microsecond=0)


def _route(seen: Comparison) -> Iterator[dict[str, Any]]:
    """List the fixes that were passed and the farthest place of every deviation, in the order of their times."""
    met = [(fix.index, fix.fix.ident) for fix in seen.fixes if fix.state is FixState.PASSED]
    met += [(one.worst, f"D{number}") for number, one in enumerate(seen.deviations, 1)]
    for index, ident in sorted(met):
        lon, lat = seen.track.at(index)
        yield {"fix": ident, "lon": round(lon, 5), "lat": round(lat, 5)}


def _periods(flight: Flight, catalogue: Catalogue) -> Iterator[Mapping[str, Any]]:
    """List when each sensor ran, and where as far as the track shows it."""
    for period in flight.log.sensors_on or ():
        row: dict[str, Any] = {"sensor": period.sensor, "from_utc": period.start_utc, "to_utc": period.end_utc}
        place = _place(flight.seen, period)
        yield row if place is None else {**row, "place": place.render(catalogue)}


def _place(seen: Comparison, period: SensorOn) -> Text | None:
    """Say where a sensor ran, if the track shows its begin and its end."""
    stretch = stretch_of(seen, period.start_utc, period.end_utc)
    if stretch is None:
        return None
    for index, moment in ((stretch.first, period.start_utc), (stretch.last, period.end_utc)):
        if abs(float(seen.track.time_s[index]) - moment.timestamp()) > _NEAR_S:
            return None
    legs = int(seen.alignment.leg[stretch.first]), int(seen.alignment.leg[stretch.last])
    ends = [format_dms(*seen.track.at(index), 0) for index in (stretch.first, stretch.last)]
    if legs[0] == legs[1]:
        return say("leg {leg}: {start} to {end}", leg=legs[0], start=ends[0], end=ends[1])
    return say("legs {first} to {last}: {start} to {end}", first=legs[0], last=legs[1], start=ends[0], end=ends[1])


_NEAR_S: Final = 60.0
"""A position is that of a moment when it was recorded so near it: no more than what counts as no gap."""


def _deviation(flight: Flight, one: Deviation) -> dict[str, Any]:
    seen = flight.seen
    row: dict[str, Any] = {
        "from_utc": _whole_second(seen, one.stretch.first),
        "to_utc": _whole_second(seen, one.stretch.last),
        "farthest_km": round(abs(one.farthest_km), 1),
        "distance_km": round(one.extra_km, 1),
    }
    if one.reason is None or (one.reason == "none" and not _is_noted(flight, one)):
        return row
    return {**row, "reason": GROUND_OF_REASON[one.reason]}


def _is_noted(flight: Flight, one: Deviation) -> bool:
    """Tell whether the log has a note on a deviation: what it leaves out is no reason told."""
    start, end = flight.seen.track.time_utc(one.stretch.first), flight.seen.track.time_utc(one.stretch.last)
    return any(note.start_utc <= end and start <= note.end_utc for note in flight.log.deviations or ())


def _profile(flight: Flight, catalogue: Catalogue) -> str | None:
    """Tell the heights flown leg by leg; ``None`` where the track has none."""
    seen, heights = flight.seen, flight.altitudes
    known = np.isfinite(heights.amsl_m)
    if not known.any():
        return None
    head = say("Heights above mean sea level ({how}):", how=heights.why).render(catalogue)
    legs = [_leg_heights(flight, number, known) for number in np.unique(seen.alignment.leg).tolist()]
    return f"{head} {'; '.join(_told(group).render(catalogue) for group in _alike(legs))}."


@dataclass(frozen=True, slots=True)
class _Heights:
    """The heights flown on some legs that follow one another; ``low_m`` is NaN where the track gives none."""

    first: int
    last: int
    low_m: float
    high_m: float
    band_m: float
    whole: bool


def _leg_heights(flight: Flight, number: int, known: Bools) -> _Heights:
    mine = flight.seen.alignment.leg == number
    if not (mine & known).any():
        return _Heights(number, number, np.nan, np.nan, np.nan, False)
    heights, bands = flight.altitudes.amsl_m[mine & known], flight.altitudes.band_m[mine & known]
    whole = not bool((mine & ~known).any())
    return _Heights(number, number, float(heights.min()), float(heights.max()), float(bands.max()), whole)


def _alike(legs: Sequence[_Heights]) -> Iterator[_Heights]:
    """Join legs that follow one another at nearly the same heights."""
    group: _Heights | None = None
    for leg in legs:
        if group is not None and _is_like(group, leg):
            group = _Heights(
                group.first,
                leg.last,
                min(group.low_m, leg.low_m),
                max(group.high_m, leg.high_m),
                max(group.band_m, leg.band_m),
                group.whole,
            )
            continue
        if group is not None:
            yield group
        group = leg
    if group is not None:
        yield group


def _is_like(group: _Heights, leg: _Heights) -> bool:
    if leg.first != group.last + 1 or leg.whole != group.whole:
        return False
    if np.isnan(leg.low_m) or np.isnan(group.low_m):
        return bool(np.isnan(leg.low_m) and np.isnan(group.low_m))
    low, high = min(group.low_m, leg.low_m), max(group.high_m, leg.high_m)
    return all(one.low_m - low <= ALIKE_M and high - one.high_m <= ALIKE_M for one in (group, leg))


def _told(heights: _Heights) -> Text:
    legs = say("leg {leg}", leg=heights.first)
    if heights.last > heights.first:
        legs = say("legs {first} to {last}", first=heights.first, last=heights.last)
    if np.isnan(heights.low_m):
        return say("{legs}: no heights in the track", legs=legs)
    told = say(
        "{legs}: {low:,.0f} to {high:,.0f} m, within {band:,.0f} m",
        legs=legs,
        low=heights.low_m,
        high=heights.high_m,
        band=heights.band_m,
    )
    return told if heights.whole else say("{told} (in a part the track gives no heights)", told=told)


def departure(flight: Flight) -> tuple[dt.datetime | None, str]:
    """Find when the observing Party left the point of exit, and who told: the flight log, else the facts."""
    if flight.log.departure_utc is not None:
        return flight.log.departure_utc, "flight_log"
    listed = [event.at_utc for event in flight.context.facts.events if event.kind == DEPARTURE]
    return (max(listed), "facts") if listed else (None, "")


def curtailed(flight: Flight) -> str | None:
    """Tell whether and why the flight was cut short, in the words of the report; ``None`` where nobody knows."""
    if flight.seen.curtailed is None:
        return None
    if not flight.seen.curtailed:
        return "no"
    noted = flight.log.curtailment
    return None if noted is None else CURTAILED_BY.get(noted.reason)


def counted(flight: Flight, findings: Sequence[Finding]) -> bool | None:
    """Tell whether the flight counts against the quotas: as noted, or as the text settles it; else ``None``."""
    if flight.log.counted is not None:
        return flight.log.counted
    settled = any(
        finding.provision == "OS:VIII.II.5"
        and finding.verdict is Verdict.OK
        and finding.effect is not None
        and finding.effect.modality == "must"
        for finding in findings
    )
    return True if settled else None


AT_EXIT: Final = frozenset({"covers_inspected_on_departure", "covers_inspected_leaving_airfield"})
"""Inspections of the sensor covers on the way out."""


def covers(flight: Flight, at_exit: bool, catalogue: Catalogue = ENGLISH) -> str | None:
    """Tell the results of the inspections of the sensor covers that events of the facts tell; ``None``: there are none.

    ``at_exit``: those on the way out, else those before the flight.
    """
    events = [one for one in flight.context.facts.events if one.kind in COVERS and (one.kind in AT_EXIT) == at_exit]
    told = [one for one in covers_of(events) if one.in_place is not None]
    return " ".join(_cover(one).render(catalogue) for one in told) or None


def _cover(one: Covers) -> Text:
    words = {"what": one.what, "at": one.at_utc}
    if one.in_place:
        return say("{at}, {what}: in their position.", **words)
    return say("{at}, {what}: not in their position.", **words)

"""GeoJSON (RFC 7946) of a flown track beside its plan, with every unit in the name of its property.

The track is drawn through its vertices, within 30 m of every point that was kept; what was not seen is a gap.
Lines are cut at 180 degrees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from skywitness.core.finding import Finding, overall
from skywitness.core.geodesy import Position
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.route.exports import lines
from skywitness.route.exports.account import plan_title
from skywitness.route.exports.words import clean
from skywitness.route.files.plan_write import plan_hash
from skywitness.track.comparison import Comparison, Stretch
from skywitness.track.exports.shown import Shown
from skywitness.track.exports.thin import between_gaps, vertices
from skywitness.track.exports.times import sensor_stretches
from skywitness.track.flown_path import CLOSE_M
from skywitness.track.model import Ints, stamp

Feature = dict[str, Any]

_DECIMALS: Final = 6
"""Some 10 cm, less than any receiver knows."""


def gaps() -> tuple[Text, ...]:
    """Say what the GeoJSON cannot carry."""
    return (
        say("The track goes through some of its points; all others lie within {close:.0f} m of it.", close=CLOSE_M),
        say("Heights and the values of the law behind the findings are not in it."),
    )


def to_geojson(shown: Shown, *, catalogue: Catalogue = ENGLISH, language: str = "en") -> dict[str, Any]:
    """Write a flight as a GeoJSON feature collection (a dictionary ready for ``json.dumps``).

    A ``null`` property means *not known*, never zero.  The member ``skywitness`` beside the features holds what is said
    of the whole flight.
    """
    seen = shown.flight.seen
    return {
        "type": "FeatureCollection",
        "skywitness": _about(shown, catalogue, language),
        "features": [
            *_planned(shown),
            *_flown(shown),
            *_gaps(seen),
            *_deviations(seen),
            *_fixes(seen),
            *_findings(shown.findings, catalogue),
            *_left_out(shown),
        ],
    }


def _about(shown: Shown, catalogue: Catalogue, language: str) -> dict[str, Any]:
    flight = shown.flight
    return {
        "title": clean(plan_title(flight.context.plan, language).render(catalogue)),
        "plan_sha256": plan_hash(flight.context.plan),
        "track": clean(flight.seen.track.source),
        "track_sha256": shown.track_sha256 or None,
        "aircraft": clean(flight.seen.track.ident) or None,
        "verdict": overall(shown.findings).value,
        "reading": flight.context.reading.to_json(),
        "distance_km": round(flight.seen.distance_km, 3),
        "planned_km": round(flight.seen.planned_km, 3),
        "dropped": [one.to_json(catalogue) for one in flight.seen.cleaned.dropped],
        "cannot_carry": [text.render(catalogue) for text in gaps()],
    }


def _feature(kind: str, geometry: dict[str, Any], **properties: Any) -> Feature:
    return {"type": "Feature", "geometry": geometry, "properties": {"kind": kind, **properties}}


def _line(points: Sequence[Position]) -> dict[str, Any]:
    """Write a line, cut at 180 degrees; of a single place the line is a dot: twice the same position."""
    several = list(points) if len(points) > 1 else [*points, *points]
    parts = [
        [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lon, lat in part] for part in lines.cut_at_180(several)
    ]
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def _point(lon: float, lat: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(lon, _DECIMALS), round(lat, _DECIMALS)]}


def _planned(shown: Shown) -> Iterator[Feature]:
    plan = shown.flight.context.plan
    for leg in plan.legs:
        yield _feature(
            "planned_leg",
            _line(lines.leg_path(plan, leg)),
            leg=leg.number,
            leg_kind=leg.kind.value,
            start_utc=stamp(leg.start_utc),
            end_utc=stamp(leg.end_utc),
        )


def _stretch(seen: Comparison, index: Ints, stretch: Stretch) -> list[Position]:
    inside = index[(index >= stretch.first) & (index <= stretch.last)]
    return [seen.track.at(int(number)) for number in inside]


def _flown(shown: Shown) -> Iterator[Feature]:
    seen = shown.flight.seen
    periods = sensor_stretches(shown.flight)
    index = vertices(seen, (end for _, stretch in periods for end in (stretch.first, stretch.last)))
    whole = Stretch(0, len(seen.track) - 1)
    named = [("flown", None, whole), *(("sensor_on", ident, stretch) for ident, stretch in periods)]
    for kind, sensor, stretch in named:
        for part in between_gaps(seen, stretch):
            properties = {} if sensor is None else {"sensor": clean(sensor)}
            yield _feature(kind, _line(_stretch(seen, index, part)), **_times(seen, part), **properties)


def _times(seen: Comparison, stretch: Stretch) -> dict[str, Any]:
    return {
        "from_utc": stamp(seen.track.time_utc(stretch.first)),
        "to_utc": stamp(seen.track.time_utc(stretch.last)),
    }


def _gaps(seen: Comparison) -> Iterator[Feature]:
    for number, gap in enumerate(seen.gaps, 1):
        ends = [seen.track.at(gap.index), seen.track.at(gap.index + 1)]
        yield _feature("gap", _line(ends), number=number, **gap.to_json())


def _deviations(seen: Comparison) -> Iterator[Feature]:
    ends = (end for one in seen.deviations for part in (one.stretch, *one.beyond) for end in (part.first, part.last))
    index = vertices(seen, ends)
    for number, one in enumerate(seen.deviations, 1):
        told = seen.deviation_json(one)
        yield _feature("deviation", _line(_stretch(seen, index, one.stretch)), number=number, **told)
        for part in one.beyond:
            yield _feature("beyond_limit", _line(_stretch(seen, index, part)), number=number, **_times(seen, part))


def _fixes(seen: Comparison) -> Iterator[Feature]:
    for fix in seen.fixes:
        told = {**fix.to_json(), "ident": clean(fix.fix.ident)}
        yield _feature("fix", _point(fix.fix.lon, fix.fix.lat), **told)


def _findings(findings: Sequence[Finding], catalogue: Catalogue) -> Iterator[Feature]:
    for finding in findings:
        where = finding.where
        if where is None or where.lon is None or where.lat is None:
            continue
        yield _feature(
            "finding",
            _point(where.lon, where.lat),
            provision=finding.provision,
            verdict=finding.verdict.value,
            title=finding.title.render(catalogue),
            why=clean(finding.why.render(catalogue)),
            where=where.to_json(),
        )


def _left_out(shown: Shown) -> Iterator[Feature]:
    if len(shown.left_out):
        places = [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lon, lat in shown.left_out.tolist()]
        yield _feature("left_out", {"type": "MultiPoint", "coordinates": places}, count=len(places))

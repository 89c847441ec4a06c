"""Everything the map of a flown track shows, worked out before anything is drawn."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from skywitness.core.finding import Finding, overall
from skywitness.route.exports import lines
from skywitness.route.exports.account import findings_by_leg
from skywitness.route.exports.chart import Box, Chart, centre_of, frame
from skywitness.route.exports.land import INK_DOTS, territories
from skywitness.route.exports.scene import WIDEST_WITH_STRIP_KM, LegLine, Scene, extent, observed_areas
from skywitness.route.exports.strip import strip
from skywitness.route.model import LegKind, Plan
from skywitness.track.comparison import Comparison, Deviation, Stretch
from skywitness.track.exports.thin import between_gaps, thinned, vertices
from skywitness.track.exports.times import sensor_stretches
from skywitness.track.flown_path import CLOSE_M
from skywitness.track.model import Floats, Gap, Ints
from skywitness.track.rules.flight import Flight

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from skywitness.geo.view import BorderView


@dataclass(frozen=True, slots=True)
class DeviationLine:
    """A deviation on the map: its number from 1, its lines, those beyond the limit, the place farthest off (km)."""

    number: int
    deviation: Deviation
    parts: tuple[Floats, ...]
    beyond: tuple[Floats, ...]
    worst: Floats


@dataclass(frozen=True, slots=True)
class GapLine:
    """A gap on the map: its number from 1, and the straight way between its ends."""

    number: int
    gap: Gap
    points: Floats


@dataclass(frozen=True, slots=True)
class FlownScene:
    """A flown track laid out on a map beside its plan; all places in km from the centre of the projection.

    ``base``: the plan and the land; ``runs``: the track between its gaps; ``sensors_on``: where sensors ran;
    ``left_out``: points of the file that cleaning left out; ``corridor``: the belt of VIII.II.3 round the planned path,
    of ``limit_km`` to either side.
    """

    flight: Flight
    base: Scene
    runs: tuple[Floats, ...]
    sensors_on: tuple[Floats, ...]
    deviations: tuple[DeviationLine, ...]
    gaps: tuple[GapLine, ...]
    left_out: Floats
    corridor: BaseGeometry | None
    limit_km: float | None

    @property
    def drawn(self) -> int:
        """Count the points through which the track is drawn."""
        return sum(len(run) for run in self.runs)

    @property
    def close_m(self) -> float:
        """How near, in metres, the drawn line stays to every point of the track."""
        return CLOSE_M + self.base.box.width * 1000.0 / INK_DOTS


def judged_plan(flight: Flight) -> Plan:
    """Give the plan with the reading under which the flight is judged."""
    return replace(flight.context.plan, reading=flight.context.reading)


def make_flown_scene(
    flight: Flight,
    findings: Sequence[Finding],
    left_out: Floats,
    aspects: tuple[float, float],
) -> FlownScene:
    """Lay a flight out; ``left_out``: rows of (lon, lat); ``aspects`` bound the height of the map over its width."""
    seen, plan, view = flight.seen, judged_plan(flight), flight.context.view
    periods = sensor_stretches(flight)
    index = vertices(seen, _ends(seen, [stretch for _, stretch in periods]))
    positions = np.column_stack((seen.track.lon_deg[index], seen.track.lat_deg[index]))
    paths = [np.array(lines.leg_path(plan, leg)) for leg in plan.legs]
    chart = Chart(centre_of([(lon, lat) for path in (*paths, positions) for lon, lat in path.tolist()]))
    flown, planned = chart.project(positions), [chart.project(path) for path in paths]
    limit_km = _limit_km(flight)
    box = _frame(chart, np.vstack([flown, *planned]), plan, view, aspects)
    draw = _Drawer(seen, index, flown, box.width / INK_DOTS)
    return FlownScene(
        flight,
        _base(plan, chart, box, view, planned, findings),
        tuple(draw.lines(Stretch(0, len(seen.track) - 1))),
        tuple(line for _, stretch in periods for line in draw.lines(stretch)),
        tuple(_deviation(draw, number, one) for number, one in enumerate(seen.deviations, 1)),
        tuple(GapLine(number, gap, draw.straight(gap)) for number, gap in enumerate(seen.gaps, 1)),
        chart.project(left_out),
        _corridor(planned, limit_km, box),
        limit_km,
    )


def _ends(seen: Comparison, periods: Sequence[Stretch]) -> Iterator[int]:
    """List the points that must not be thinned away."""
    for deviation in seen.deviations:
        yield deviation.worst
        for stretch in (deviation.stretch, *deviation.beyond):
            yield from (stretch.first, stretch.last)
    for stretch in periods:
        yield from (stretch.first, stretch.last)
    for gap in seen.gaps:
        yield from (gap.index, gap.index + 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Drawer:
    """Makes lines of stretches: ``index`` numbers the vertices, ``places`` has them on the map."""

    seen: Comparison
    index: Ints
    places: Floats
    close_km: float

    def lines(self, stretch: Stretch) -> Iterator[Floats]:
        """Draw a stretch, cut where the track has gaps; a single point becomes a dot."""
        for part in between_gaps(self.seen, stretch):
            first, last = np.searchsorted(self.index, (part.first, part.last))
            points = self.places[first : last + 1]
            yield thinned(points, self.close_km) if len(points) > 1 else np.repeat(points, 2, axis=0)

    def straight(self, gap: Gap) -> Floats:
        """Join the ends of a gap."""
        return self.places[np.searchsorted(self.index, (gap.index, gap.index + 1))]

    def at(self, point: int) -> Floats:
        """Place one point of the track."""
        return np.asarray(self.places[np.searchsorted(self.index, point)])


def _deviation(draw: _Drawer, number: int, deviation: Deviation) -> DeviationLine:
    beyond = itertools.chain.from_iterable(draw.lines(part) for part in deviation.beyond)
    return DeviationLine(
        number, deviation, tuple(draw.lines(deviation.stretch)), tuple(beyond), draw.at(deviation.worst)
    )


def _limit_km(flight: Flight) -> float | None:
    law = flight.context.law
    return law.planning("deviation").settled if law.in_force() else None


def _frame(chart: Chart, points: Floats, plan: Plan, view: BorderView | None, aspects: tuple[float, float]) -> Box:
    areas = [extent(chart, view.lands[code]) for code in observed_areas(plan, view)] if view else []
    return frame(points, np.vstack([points, *areas]), *aspects)


def _base(
    plan: Plan, chart: Chart, box: Box, view: BorderView | None, planned: Sequence[Floats], findings: Sequence[Finding]
) -> Scene:
    """Make the map of the plan without its sites and swaths."""
    observed = observed_areas(plan, view)
    land = tuple(territories(chart, box, view.lands)) if view else ()
    by_leg = findings_by_leg(findings)
    none = np.empty((0, 2))
    return Scene(
        plan=replace(plan, sites=(), observed_sites=(), set_aside=()),
        chart=chart,
        box=box,
        view=view,
        territories=land,
        observed_areas=observed,
        strip=strip(plan, land, observed) if box.width < WIDEST_WITH_STRIP_KM else None,
        legs=tuple(
            LegLine(
                leg.number,
                points,
                leg.kind is LegKind.TRANSIT,
                overall(by_leg[leg.number]) if leg.number in by_leg else None,
            )
            for leg, points in zip(plan.legs, planned, strict=True)
        ),
        swaths=(),
        waypoints=chart.project([(waypoint.lon, waypoint.lat) for waypoint in plan.waypoints]),
        sites=none,
        set_aside=none,
        sites_outside=0,
    )


def _corridor(planned: Sequence[Floats], limit_km: float | None, box: Box) -> BaseGeometry | None:
    """Draw the belt round the planned path where it is wider than a line and any edge of it shows."""
    import shapely

    if limit_km is None or box.width > WIDEST_WITH_STRIP_KM:
        return None
    # Leg by leg: the belt round many lines that cross takes a thousand times as long.
    belt = shapely.union_all([shapely.buffer(shapely.linestrings(points), limit_km) for points in planned])
    shown = shapely.box(box.west, box.south, box.east, box.north)
    return belt if shapely.intersects(shapely.boundary(belt), shown) else None

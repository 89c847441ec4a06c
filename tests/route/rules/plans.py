"""Plans and facts for tests of rules, made with pyproj alone: nothing of the planner has a hand in them.

The plan made without arguments is a lawful one: Sweden over Germany with its own aircraft on 10 June 2015, from
Wunstorf to Landsberg.  ``full_facts`` goes with it and leaves nothing open.  Tests change one thing at a time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pyproj import Geod
from shapely import MultiPolygon, box

from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.geo.view import BorderView
from skywitness.law.told import Told
from skywitness.route.check import make_context
from skywitness.route.facts import Agreement, AircraftFacts, Facts, Quota, SensorFacts, Times
from skywitness.route.model import AircraftUse, Leg, LegKind, Plan, SensorUse, Stop, StopKind, TurnType, Waypoint
from skywitness.route.rules.context import Context

GEOD = Geod(ellps="WGS84")
DAY = dt.date(2015, 6, 10)
START = dt.datetime(2015, 6, 10, 8, 0, tzinfo=dt.UTC)
READING = Reading(at=DAY)

WUNSTORF = (9.42833, 52.458)
LANDSBERG = (10.9061, 48.0706)
GERMANY = (WUNSTORF, (11.5, 52.2), (12.4, 51.2), (10.6, 50.6), (11.6, 49.4), (9.9, 48.9), LANDSBERG)
"""A way through the middle of Germany: 870 km, far from every border, without crossing itself."""

GEORGIA = ((44.9547, 41.6692), (44.6, 41.95), (43.9, 41.95), (43.2, 42.1), (42.4826, 42.1767))
"""Tbilisi to Kutaisi, between the borders of Armenia and Azerbaijan in the south and Russia in the north."""

KUBINKA, KALININGRAD = (36.65, 55.61), (20.59, 54.89)


def hours(count: float) -> dt.timedelta:
    """A span of so many hours."""
    return dt.timedelta(hours=count)


def make_legs(
    waypoints: Sequence[Waypoint],
    *,
    start: dt.datetime,
    speed_km_h: float,
    height_m_agl: float | None,
    sensors: tuple[str, ...],
    transit: Iterable[int],
    pauses: Mapping[int, float],
) -> tuple[tuple[Leg, ...], tuple[Stop, ...]]:
    """Measure and time legs; ``transit`` and ``pauses`` (hours) go by leg and by waypoint, both from 1."""
    legs: list[Leg] = []
    stops: list[Stop] = []
    clock, quiet = start, set(transit)
    for number, (one, two) in enumerate(pairwise(waypoints), 1):
        if number in pauses:
            leave = clock + hours(pauses[number])
            stops.append(Stop(number, StopKind.REFUELLING, clock, leave))
            clock = leave
        out_deg, back_deg, length_m = GEOD.inv(one.lon, one.lat, two.lon, two.lat)
        arrive = clock + dt.timedelta(seconds=round(length_m / 1000.0 / speed_km_h * 3600.0))
        legs.append(
            Leg(
                number=number,
                distance_km=length_m / 1000.0,
                course_start_deg=out_deg % 360.0,
                course_end_deg=(back_deg + 180.0) % 360.0,
                start_utc=clock,
                end_utc=arrive,
                height_m_agl=height_m_agl,
                kind=LegKind.TRANSIT if number in quiet else LegKind.OBSERVATION,
                sensors=() if number in quiet else sensors,
            )
        )
        clock = arrive
    return tuple(legs), tuple(stops)


def make_waypoints(
    points: Sequence[tuple[float, float]], start: str, end: str, airfields: Mapping[int, str]
) -> tuple[Waypoint, ...]:
    """Name the points: airfields at both ends and where ``airfields`` (by waypoint, from 1) says so."""
    named = {1: start, len(points): end, **airfields}
    return tuple(
        Waypoint(
            named.get(number, f"WP{number:02d}"),
            *point,
            airfield=number in named,
            turn=None if number in named else TurnType.TURN_SHORT,
        )
        for number, point in enumerate(points, 1)
    )


def make_plan(
    points: Sequence[tuple[float, float]] = GERMANY,
    *,
    start: str = "ETNW",
    end: str = "ETSA",
    at: dt.datetime = START,
    speed_km_h: float = 480.0,
    height_m_agl: float | None = 3000.0,
    sensors: tuple[str, ...] = ("CAM",),
    transit: Iterable[int] = (),
    airfields: Mapping[int, str] | None = None,
    pauses: Mapping[int, float] | None = None,
    **changes: Any,
) -> Plan:
    """Make a plan through ``points`` (lon, lat); ``changes`` are fields of the plan."""
    waypoints = make_waypoints(points, start, end, airfields or {})
    legs, stops = make_legs(
        waypoints,
        start=at,
        speed_km_h=speed_km_h,
        height_m_agl=height_m_agl,
        sensors=sensors,
        transit=transit,
        pauses=pauses or {},
    )
    plan = Plan(
        observing="SWE",
        observed="DEU",
        overflown=("DEU",),
        commencement_utc=at,
        waypoints=waypoints,
        legs=legs,
        aircraft=AircraftUse("saab-340b-os-100", "Saab 340B OS-100", "SWE", speed_km_h, 1800.0, 13155.0, "reported"),
        sensors=(SensorUse("CAM", "optical_framing_vertical", 5.0, 3000.0),),
        reading=Reading(at=at.date()),
        stops=stops,
    )
    return replace(plan, **changes)


TIMES = Times(
    notification_utc=START - hours(132),
    estimated_arrival_utc=START - hours(50),
    arrival_utc=START - hours(50),
    inspection_end_utc=START - hours(20),
    plan_submitted_utc=START - hours(30),
    plan_answered_utc=START - hours(27),
    plan_agreed_utc=START - hours(25),
    airfield_arrival_utc=START - hours(45),
)
AIRCRAFT = AircraftFacts(
    ident="saab-340b-os-100",
    provided_by="observing",
    designated=True,
    certified=True,
    max_takeoff_mass_kg=13155.0,
    unrefuelled_range_km=1800.0,
    notified_distance_km=1000.0,
    flight_monitors=2,
    interpreters=1,
    sensor_control_stations=1,
    type="Saab 340B",
    start=dt.date(2004, 6, 1),
    notified=dt.date(2004, 4, 1),
    informed=True,
    seats=20,
    crew=6,
)
CAMERA = SensorFacts(
    "CAM",
    "optical_framing_vertical",
    certified=True,
    h_min_m_agl=2450.0,
    ground_resolution_m=0.30,
    method="agreed at the certification of 2004",
    source="certification report",
    available=True,
)
"""What the facts say of the lawful plan: its times, its aircraft, and the certificate of its camera."""


def full_facts(**changes: Any) -> Facts:
    """Facts that leave nothing open for the plan made without arguments."""
    facts = Facts(
        quota=Quota(
            active_individual=2,
            active_total=7,
            flown_over_observed=0,
            flown_total=3,
            passive_total=12,
            accepted=4,
            source="distribution for 2015",
        ),
        times=TIMES,
        aircraft=AIRCRAFT,
        sensors=(CAMERA,),
        other_flights=(),
        demonstration_requested_by="none",
        hazards_considered=True,
        said_by="observing Party",
    )
    return replace(facts, **changes)


def with_times(**changes: Any) -> Facts:
    """Full facts with some of the times changed."""
    return full_facts(times=replace(TIMES, **changes))


def with_aircraft(**changes: Any) -> Facts:
    """Full facts with something about the aircraft changed."""
    return full_facts(aircraft=replace(AIRCRAFT, **changes))


def with_quota(**changes: Any) -> Facts:
    """Full facts with something about the quota changed."""
    return full_facts(quota=replace(full_facts().quota, **changes))


def with_sensor(**changes: Any) -> Facts:
    """Full facts with something about the certificate of the camera changed."""
    return full_facts(sensors=(replace(CAMERA, **changes),))


def agreement(provision: str, *parties: str, legs: tuple[int, ...] = (), states: tuple[str, ...] = ()) -> Agreement:
    """An agreement of Sweden and Germany, or of the parties named, on any day."""
    told = Told("agreed", "exchange of notes", "reported", None)
    return Agreement(told, parties or ("SWE", "DEU"), provision, "for this flight", legs=legs, states=states)


def make(plan: Plan | None = None, facts: Facts | None = None, reading: Reading | None = None, **more: Any) -> Context:
    """Make the context of a rule; by default of the lawful plan, without facts, under its own reading."""
    chosen = plan or make_plan()
    return make_context(chosen, facts, reading or chosen.reading, **more)


def flight(observing: str, observed: str, day: dt.date, *overflown: str, **more: Any) -> Context:
    """The context of a flight of one over another on a day."""
    plan = replace(make_plan(), observing=observing, observed=observed, overflown=overflown or (observed,))
    return make(plan, reading=Reading(at=day), **more)


def drawn(band_km: float, **lands: tuple[float, float, float, float]) -> BorderView:
    """A made-up border view: boxes in degrees, with an error band."""
    shapes = {code.replace("_", "-"): MultiPolygon([box(*bounds)]) for code, bounds in lands.items()}
    return BorderView("made up", "nobody", "this test", band_km, "chosen", "", shapes)


def along_border(clearance_km: float) -> Plan:
    """A flight over Germany (made up: west of 12 degrees east) parallel to a meridian, so far from it."""
    lon, lat, _ = GEOD.fwd(12.0, 51.0, 270.0, clearance_km * 1000.0)
    return make_plan(((lon - 1.0, 50.2), (lon, lat), (lon - 1.0, 51.8)))


def to_kaliningrad(transit: tuple[int, ...]) -> Plan:
    """A flight from Kubinka to Kaliningrad and back north of Lithuania: over Belarus, Lithuania, the Baltic Sea."""
    return make_plan(
        (KUBINKA, (31.5, 55.6), (28.0, 54.4), (22.3, 54.6), KALININGRAD),
        start="UUMB",
        end="UMKK",
        at=dt.datetime(2019, 9, 12, 8, tzinfo=dt.UTC),
        transit=transit,
        observing="DEU",
        observed="BLR-RUS",
        overflown=("RUS",),
    )


def verdicts(findings: Iterable[Finding]) -> list[str]:
    """The verdicts in order."""
    return [finding.verdict.value for finding in findings]


def only(findings: Iterable[Finding]) -> Finding:
    """The one finding that there has to be."""
    found = list(findings)
    assert len(found) == 1, [str(finding.why) for finding in found]
    return check_whole(found[0])


def check_whole(finding: Finding) -> Finding:
    """A finding must be whole: a sentence, a title; what cannot be told says what would settle it."""
    assert str(finding.why).endswith((".", ")")), str(finding.why)
    assert str(finding.title)
    assert "None" not in str(finding.why), str(finding.why)
    if finding.verdict is Verdict.CANNOT_TELL:
        assert finding.needs, str(finding.why)
    if finding.verdict in (Verdict.OK, Verdict.NOT_APPLICABLE):
        assert not finding.needs
    return finding

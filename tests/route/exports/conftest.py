"""Plans to export, built from pyproj alone, so that the exports are judged by plans they did not help to make."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

import pytest
from tests.route.rules.plans import make_legs

from skywitness.core.finding import Finding, UsedValue, Verdict, Where
from skywitness.core.reading import Reading
from skywitness.core.text import say
from skywitness.route.model import (
    AircraftUse,
    Leg,
    LegKind,
    Plan,
    SensorUse,
    SetAside,
    Site,
    TurnType,
    Waypoint,
)

START = dt.datetime(2019, 9, 12, 7, 0, tzinfo=dt.UTC)
SPEED_KM_H = 430.0
READING = Reading(at=dt.date(2019, 9, 12), interpretations={"VI.II.4(G)": "any_crossing"})
LAW = UsedValue(
    "maximum_flight_distance", "UGTB", 1500, "km", dt.date(2002, 1, 1), "OS Annex A, Section III", "recollection"
)


def build(
    points: Sequence[tuple[float, float]],
    *,
    idents: Sequence[str] = (),
    names: Sequence[str] = (),
    stops: Sequence[int] = (),
    transit: Sequence[int] = (),
    amsl_m: float | None = 3048.0,
    agl_m: float | None = 2500.0,
    unknown_ground: Sequence[int] = (),
    half_swath_km: float = 5.0,
    **changes: Any,
) -> Plan:
    """Build a plan through ``points`` (lon, lat): straight, timed, one camera; stops of two hours at ``stops``.

    ``changes`` are fields of the plan.
    """
    waypoints = _waypoints(points, idents, names, stops)
    bare, halts = make_legs(
        waypoints,
        start=START,
        speed_km_h=SPEED_KM_H,
        height_m_agl=agl_m,
        sensors=("LMK",),
        transit=transit,
        pauses=dict.fromkeys(stops, 2.0),
    )
    plan = Plan(
        observing="DEU",
        observed="GEO",
        overflown=("GEO",),
        commencement_utc=START,
        waypoints=waypoints,
        legs=tuple(_dressed(leg, None if leg.number in unknown_ground else amsl_m) for leg in bare),
        stops=halts,
        aircraft=AircraftUse("AN-30B", "An-30B", "UKR", SPEED_KM_H, 2600.0, 23000.0, "reported", "practice"),
        sensors=(SensorUse("LMK", "optical_framing_vertical", half_swath_km, 2500.0, 2450.0, "certification"),),
        reading=READING,
    )
    return replace(plan, **changes)


def _waypoints(
    points: Sequence[tuple[float, float]], idents: Sequence[str], names: Sequence[str], stops: Sequence[int]
) -> tuple[Waypoint, ...]:
    """Name the points; both ends and the stops are airfields, elsewhere both ways to turn alternate."""
    waypoints = []
    for index, (lon, lat) in enumerate(points):
        airfield = index in (0, len(points) - 1) or index + 1 in stops
        ident = idents[index] if idents else (f"AF{index}" if airfield else f"WP{index:02d}")
        turn = None if airfield else (TurnType.TURN_SHORT, TurnType.OVERFLIGHT)[index % 2]
        waypoints.append(Waypoint(ident, lon, lat, airfield, turn, names[index] if names else ""))
    return tuple(waypoints)


def _dressed(leg: Leg, amsl_m: float | None) -> Leg:
    """Give a leg its height above the sea and, where sensors operate, a period that leaves out its first km."""
    if leg.kind is LegKind.TRANSIT:
        return replace(leg, height_m_amsl=amsl_m)
    return replace(
        leg, height_m_amsl=amsl_m, observe_from_km=min(3.0, leg.distance_km / 5), observe_to_km=leg.distance_km
    )


def judge(plan: Plan, reading: Reading = READING) -> tuple[Finding, ...]:
    """Make findings of all four verdicts about a plan."""
    return (
        _length_kept(plan, reading),
        _border_unclear(plan, reading),
        Finding(
            "OS:VI.II.4(G)",
            say("No crossing of its own path"),
            Verdict.BREACH,
            say("Legs {first} and {second} cross.", first=1, second=len(plan.legs)),
            reading,
            where=Where(leg=len(plan.legs)),
        ),
        Finding("OS:VI.II.3", say("Stops"), Verdict.NOT_APPLICABLE, say("No stop is planned."), reading),
    )


def _length_kept(plan: Plan, reading: Reading) -> Finding:
    return Finding(
        "OS:VI.II.4(A)",
        say("Length of the flight"),
        Verdict.OK,
        say("The path is {km:.1f} km long; {limit:.0f} km are allowed.", km=plan.distance_km, limit=6000.0),
        reading,
        measured=plan.distance_km,
        uncertainty=0.1,
        limit=6000.0,
        margin=6000.0 - plan.distance_km,
        unit="km",
        values=(LAW,),
    )


def _border_unclear(plan: Plan, reading: Reading) -> Finding:
    return Finding(
        "OS:VI.II.2",
        say("Ten kilometres from the border of a State that is not a Party"),
        Verdict.CANNOT_TELL,
        say("The border is known to ±{band:.1f} km only.", band=2.0),
        reading,
        measured=10.4,
        uncertainty=2.0,
        limit=10.0,
        margin=0.4,
        unit="km",
        where=Where(leg=1, lon=plan.waypoints[0].lon, lat=plan.waypoints[0].lat),
        needs=(say("a survey line of the border"),),
    )


def scatter(count: int, west: float, south: float, east: float, north: float, seed: int = 1) -> tuple[Site, ...]:
    """Scatter sites evenly over a box in degrees."""
    rng = random.Random(seed)
    return tuple(
        Site(f"Site {i + 1}", rng.uniform(west, east), rng.uniform(south, north), rng.choice((1.0, 2.0, 5.0)), 0.6)
        for i in range(count)
    )


GEORGIA = [(44.9547, 41.6692), (45.5, 41.95), (44.2, 42.1), (43.1, 42.35), (42.3, 42.25), (42.48, 42.17)]
CHUKOTKA = [(177.7415, 64.7349), (179.0, 66.1), (-176.5, 67.2), (-173.0, 65.6), (-178.9, 65.2), (177.7415, 64.7349)]


class Builder(Protocol):
    def __call__(self, points: Sequence[tuple[float, float]], **settings: Any) -> Plan: ...


@pytest.fixture(name="make_plan")
def _make_plan() -> Builder:
    return build


@pytest.fixture(scope="session")
def georgia() -> Plan:
    """A short flight: 5 legs, 40 sites, heights known."""
    sites = scatter(40, 42.0, 41.6, 46.0, 42.5)
    return build(
        GEORGIA,
        idents=("UGTB", "WP01", "WP02", "WP03", "WP04", "UGKO"),
        names=("Tbilisi", "", "", "", "", "Kutaisi"),
        sites=tuple(sites),
        observed_sites=(0, 3, 4, 9),
        set_aside=(SetAside(sites[0], say("outside the territory")),),
        stops=(3,),
    )


@pytest.fixture(scope="session")
def chukotka() -> Plan:
    """A flight across 180 degrees, there and back."""
    return build(
        CHUKOTKA,
        idents=("UHMA", "WP01", "WP02", "WP03", "WP04", "UHMA"),
        sites=(Site("Уэлькаль", -179.3, 65.53), Site("Эгвекинот", -179.12, 66.32)),
        observed_sites=(1,),
        observing="USA",
        observed="RUS",
        overflown=("RUS",),
    )


@pytest.fixture(name="judged", scope="session")
def _judged(georgia: Plan) -> tuple[Finding, ...]:
    return judge(georgia)


HOSTILE = (
    "<b>&]]>",
    "\"quoted\" 'twice'",
    "control\x00\x07\x1b[31m and \ufffe",
    "right to left \u202e mark \u200b and \U000e0041",
    "new\nline\tand tab",
    "=HYPERLINK(1) $x_1^2$ #let \\n",
    "Điện Biên Phủ",
    "Сещá Шаталово",
    "北京 🛩 თბილისი",
    "long " * 60,
)
"""Names that break programs which paste them into another language."""


@pytest.fixture(scope="session")
def hostile() -> Plan:
    """A plan whose waypoints, sites, aircraft and sensor bear hostile names."""
    points = [(25.0 + 0.4 * index, 54.0 + 0.3 * (index % 2)) for index in range(len(HOSTILE))]
    return build(
        points,
        idents=HOSTILE,
        names=HOSTILE[::-1],
        sites=tuple(Site(name, 25.0 + 0.4 * index, 54.2) for index, name in enumerate(HOSTILE)),
        observed_sites=(0, 2, 4),
        title=" ".join(HOSTILE),
        aircraft=AircraftUse(HOSTILE[2], HOSTILE[0], None, 430.0, 2600.0),
        observed="BLR",
        overflown=("BLR",),
    )

"""Plans to export, built here from pyproj alone, so that the exports are judged by plans they did not help to make."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Protocol

import pytest
from pyproj import Geod

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
    Stop,
    StopKind,
    TurnType,
    Waypoint,
)

GEOD = Geod(ellps="WGS84")
START = dt.datetime(2019, 9, 12, 7, 0, tzinfo=dt.UTC)
READING = Reading(at=dt.date(2019, 9, 12), interpretations={"VI.II.4(G)": "any_crossing"})


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
    speed_km_h: float = 430.0,
    half_swath_km: float = 5.0,
    sites: Sequence[Site] = (),
    seen: Sequence[int] = (),
    **changes: Any,
) -> Plan:
    """Build a plan through ``points`` (lon, lat): straight, timed, one camera; stops of two hours at ``stops``."""
    waypoints = []
    for index, (lon, lat) in enumerate(points):
        airfield = index in (0, len(points) - 1) or index + 1 in stops
        ident = idents[index] if idents else (f"AF{index}" if airfield else f"WP{index:02d}")
        turn = None if airfield else (TurnType.TURN_SHORT, TurnType.OVERFLIGHT)[index % 2]
        waypoints.append(Waypoint(ident, lon, lat, airfield, turn, names[index] if names else ""))
    legs, halts, clock = [], [], START
    for number, (start, end) in enumerate(pairwise(waypoints), start=1):
        if number in stops:
            halts.append(Stop(number, StopKind.REFUELLING, clock, clock + dt.timedelta(hours=2)))
            clock += dt.timedelta(hours=2)
        out, back, metres = GEOD.inv(start.lon, start.lat, end.lon, end.lat)
        then = clock + dt.timedelta(seconds=round(metres / 1000 / speed_km_h * 3600))
        is_transit = number in transit
        legs.append(
            Leg(
                number,
                metres / 1000,
                out % 360,
                (back + 180) % 360,
                clock,
                then,
                agl_m,
                None if number in unknown_ground else amsl_m,
                LegKind.TRANSIT if is_transit else LegKind.OBSERVATION,
                () if is_transit else ("LMK",),
                None if is_transit else min(3.0, metres / 5000),
                None if is_transit else metres / 1000,
            )
        )
        clock = then
    settings: dict[str, Any] = {
        "observing": "DEU",
        "observed": "GEO",
        "overflown": ("GEO",),
        "aircraft": AircraftUse("AN-30B", "An-30B", "UKR", speed_km_h, 2600.0, 23000.0, "reported", "practice"),
        "sensors": (SensorUse("LMK", "optical_framing_vertical", half_swath_km, 2500.0, 2450.0, "certification"),),
        "reading": READING,
    }
    settings.update(changes)
    return Plan(
        commencement_utc=START,
        waypoints=tuple(waypoints),
        legs=tuple(legs),
        stops=tuple(halts),
        sites=tuple(sites),
        observed_sites=tuple(seen),
        **settings,
    )


def judge(plan: Plan, reading: Reading = READING) -> tuple[Finding, ...]:
    """Make findings of all four verdicts about a plan."""
    law = UsedValue(
        "maximum_flight_distance", "UGTB", 1500, "km", dt.date(2002, 1, 1), "OS Annex A, Section III", "recollection"
    )
    return (
        Finding(
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
            values=(law,),
        ),
        Finding(
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
        ),
        Finding(
            "OS:VI.II.4(G)",
            say("No crossing of its own path"),
            Verdict.BREACH,
            say("Legs {first} and {second} cross.", first=1, second=len(plan.legs)),
            reading,
            where=Where(leg=len(plan.legs)),
        ),
        Finding(
            "OS:VI.II.3",
            say("Stops"),
            Verdict.NOT_APPLICABLE,
            say("No stop is planned."),
            reading,
        ),
    )


def scatter(count: int, west: float, south: float, east: float, north: float, seed: int = 1) -> list[Site]:
    """Scatter sites evenly over a box in degrees."""
    rng = random.Random(seed)
    return [
        Site(f"Site {i + 1}", rng.uniform(west, east), rng.uniform(south, north), rng.choice((1.0, 2.0, 5.0)), 0.6)
        for i in range(count)
    ]


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
        sites=sites,
        seen=(0, 3, 4, 9),
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
        seen=(1,),
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
        sites=[Site(name, 25.0 + 0.4 * index, 54.2) for index, name in enumerate(HOSTILE)],
        seen=(0, 2, 4),
        title=" ".join(HOSTILE),
        aircraft=AircraftUse(HOSTILE[2], HOSTILE[0], None, 430.0, 2600.0),
        observed="BLR",
        overflown=("BLR",),
    )

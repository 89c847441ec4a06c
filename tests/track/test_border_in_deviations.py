"""Ten kilometres from a State that is no Party, in a deviation that VIII.II permits: two ways to read VI.II.2."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.route.rules.plans import drawn, only
from tests.track.flights import PLAN, A, B, C, D, findings
from tests.track.test_track_rules import noted

from skywitness.core.finding import Finding
from skywitness.geo.view import BorderView
from skywitness.law.interpretations import INTERPRETATIONS
from skywitness.track.flight_log import FlightLog

CODE = "OS:VI.II.2"
STRICT, MILD = INTERPRETATIONS[CODE.removeprefix("OS:")]
TOWARDS = (A, B, (11.95, 50.9), C, D)
"""Between the fixes the aircraft leaves its path for the border of Serbia (made up: 12 degrees east)."""


@pytest.fixture(scope="module")
def view() -> BorderView:
    """Germany west of a meridian, Serbia, which is no Party, east of it."""
    return drawn(1.0, DEU=(0.0, 40.0, 12.0, 60.0), SRB=(12.0, 40.0, 20.0, 60.0))


def judged(log: FlightLog, view: BorderView, way: str | None, flown: tuple[tuple[float, float], ...]) -> Finding:
    """Judge such a flight by an interpretation; ``None`` leaves it open."""
    taken = {} if way is None else {"VI.II.2": way}
    plan = replace(PLAN, reading=replace(PLAN.reading, interpretations=taken))
    return only(findings(flown, CODE, log, plan=plan, view=view))


@pytest.mark.parametrize(
    ("log", "way", "verdict"),
    [
        (noted("weather"), None, "breach"),
        (noted("weather"), STRICT, "breach"),
        (noted("weather"), MILD, "ok"),
        (noted("none"), MILD, "breach"),
        (FlightLog(), STRICT, "breach"),
        (FlightLog(), MILD, "cannot_tell"),
    ],
)
def test_whether_a_permitted_deviation_excuses_it(
    log: FlightLog, way: str | None, verdict: str, view: BorderView
) -> None:
    """The stricter way is taken unless the reading chooses; what nobody explained is open by the milder one."""
    finding = judged(log, view, way, TOWARDS)
    assert finding.verdict.value == verdict, str(finding.why)
    assert finding.reading.interpretations["VI.II.2"] == (way or STRICT)
    assert (MILD in str(finding.why)) == (verdict == "breach" and log == noted("weather"))


@pytest.mark.parametrize("way", [STRICT, MILD])
def test_what_is_no_deviation_is_never_excused(way: str, view: BorderView) -> None:
    """A path planned too near stays a breach by either way, whatever was told of deviations."""
    plan = (A, (11.95, 51.6), (11.95, 51.0), D)
    near = replace(PLAN, waypoints=tuple(
        replace(fix, lon=lon, lat=lat) for fix, (lon, lat) in zip(PLAN.waypoints, plan, strict=True)
    ), reading=replace(PLAN.reading, interpretations={"VI.II.2": way}))  # fmt: skip
    finding = only(findings(plan, CODE, noted("weather"), plan=near, view=view))
    assert finding.verdict.value == "breach"

"""Over whose territory a track went: land, waters, transit, deviations that a reason permits, gaps."""

from __future__ import annotations

import pytest
from tests.route.rules.plans import agreement, check_whole, drawn, full_facts, make_plan, only, verdicts
from tests.track.flights import GEOD, PLAN, A, B, C, D, at, findings, fly

from skywitness.core.finding import Verdict
from skywitness.geo.view import BorderView
from skywitness.track.check import make_flight
from skywitness.track.flight_log import FlightLog, NotedDeviation

CODE, TRANSIT = "OS:II.5", "DEC:22/02"
WAY = (A, B, C, D)
BORDER = 11.5
"""East of it lies another Party, in the views of this module."""


def view(other: str = "POL", band_km: float = 0.5) -> BorderView:
    """Germany west of 11.5 degrees east, another State east of it."""
    return drawn(band_km, DEU=(4.0, 44.0, BORDER, 58.0), **{other: (BORDER, 44.0, 20.0, 58.0)})


def past(km: float) -> tuple[tuple[float, float], ...]:
    """A way so many km past the border in the middle, west of it where negative."""
    lon, lat, _ = GEOD.fwd(BORDER, 50.9, 90.0, km * 1000.0)
    return (A, B, (lon, lat), C, D)


@pytest.mark.parametrize(
    ("km", "verdict"),
    [(60.0, "breach"), (5.0, "breach"), (1.2, "breach"), (0.6, "cannot_tell"), (-1.0, "ok"), (-30.0, "ok")],
)
def test_flying_over_another_state(km: float, verdict: str) -> None:
    """Beyond what border, positions and thinning are known to it is a breach, within it open, before it kept."""
    finding = check_whole(only(findings(past(km), CODE, view=view())))
    assert finding.verdict.value == verdict, str(finding.why)
    if verdict == "ok":
        assert finding.measured == 0.0
        return
    assert finding.measured == pytest.approx(km, abs=0.15)
    assert finding.uncertainty == pytest.approx(0.5 + 0.1 + 0.23)
    assert finding.where is not None
    assert finding.where.name == "POL"
    assert finding.where.lon == pytest.approx(BORDER, abs=0.005)
    assert finding.where.end_lon == pytest.approx(BORDER, abs=0.005)
    start, end = finding.where.time_utc, finding.where.end_time_utc
    assert start is not None
    assert end is not None
    assert at(15) < start <= end < at(60)


@pytest.mark.parametrize(("other", "who"), [("POL", "POL"), ("AUT", "DEU")])
def test_who_may_raise_it(other: str, who: str) -> None:
    """The State flown over, if it is a Party on that day; else the observed Party."""
    finding = only(findings(past(20.0), CODE, view=view(other)))
    assert finding.effect is not None
    assert (finding.effect.who, finding.effect.modality) == (who, "may")


@pytest.mark.parametrize("reason", ["weather", "technical", "medical", "force_majeure", "weather_for_sensors", "none"])
def test_a_permitted_deviation_gives_no_right_over_a_third_state(reason: str) -> None:
    """What permits leaving the plan holds between the two Parties; the finding says so, and stays a breach."""
    log = FlightLog(sensors_on=(), deviations=(NotedDeviation(at(0), at(120), reason, permitted=True),))
    finding = only(findings(past(40.0), CODE, log, view=view()))
    assert finding.verdict is Verdict.BREACH
    assert ("no right over POL" in str(finding.why)) == (reason != "none")


def test_without_borders_nobody_can_tell() -> None:
    """A view is what it takes; a plan without transit legs has nothing to co-ordinate."""
    assert only(findings(WAY, CODE)).verdict is Verdict.CANNOT_TELL
    assert only(findings(WAY, TRANSIT)).verdict is Verdict.NOT_APPLICABLE


def test_every_stretch_is_counted() -> None:
    """Two stretches over one State are one finding with the way of both; the deeper one is told."""
    (far, lat, _), (near, north, _) = GEOD.fwd(BORDER, 50.6, 90.0, 40_000.0), GEOD.fwd(BORDER, 51.1, 90.0, 10_000.0)
    way = (A, B, (near, north), (11.0, 50.9), (far, lat), C, D)
    finding = only(findings(way, CODE, view=view()))
    assert finding.measured == pytest.approx(40.0, abs=0.5)
    assert "1 more stretch " in str(finding.why)


COAST = 10.9
"""West of it lies Germany, then the sea; Denmark begins where a test says."""


@pytest.mark.parametrize(("km", "verdict"), [(60.0, "ok"), (15.0, "breach"), (21.8, "cannot_tell")])
def test_waters_of_another_state(km: float, verdict: str) -> None:
    """Twelve nautical miles before a coast are territory too: flown so far from it, inside, outside or at the limit."""
    start, _, _ = GEOD.fwd(12.0, 50.9, 90.0, km * 1000.0)
    waters = drawn(0.5, DEU=(4.0, 44.0, COAST, 58.0), POL=(start, 44.0, 20.0, 58.0))
    finding = only(findings((A, B, (12.0, 50.9), C, D), CODE, view=waters))
    assert finding.verdict.value == verdict, str(finding.why)
    if verdict == "breach":
        assert finding.measured == pytest.approx(22.224 - km, abs=0.3)


@pytest.mark.parametrize(
    ("told", "way", "verdict"),
    [
        ((), past(40.0), "breach"),
        ((agreement(TRANSIT, "SWE", "POL"),), past(40.0), "ok"),
        ((agreement(TRANSIT, "SWE", "DEU"),), past(40.0), "breach"),
        ((agreement(TRANSIT, "SWE", "POL"),), past(70.0), "cannot_tell"),
        ((), past(-5.0), "ok"),
    ],
)
def test_transit_needs_coordination(
    told: tuple[object, ...], way: tuple[tuple[float, float], ...], verdict: str
) -> None:
    """On declared transit legs the co-ordination of the State crossed decides; off them whether it holds is open."""
    plan = make_plan(past(40.0), transit=(2, 3))
    facts = full_facts(agreements=told)
    finding = only(findings(way, TRANSIT, facts=facts, plan=plan, view=view()))
    assert finding.verdict.value == verdict, str(finding.why)
    assert only(findings(way, CODE, facts=facts, plan=plan, view=view())).verdict is Verdict.OK


def test_an_agreement_on_transit_does_not_cover_observation_legs() -> None:
    """Only declared transit legs may cross another State by co-ordination."""
    facts = full_facts(agreements=(agreement(TRANSIT, "SWE", "POL"),))
    assert only(findings(past(40.0), CODE, facts=facts, view=view())).verdict is Verdict.BREACH


@pytest.mark.parametrize(("hide", "expected"), [((16.0, 50.0), ["cannot_tell"]), ((16.0, 18.0), ["ok"])])
def test_a_gap_may_hide_another_state(hide: tuple[float, float], expected: list[str]) -> None:
    """In a long gap the aircraft may have been over the neighbour; in a short one it cannot."""
    assert verdicts(findings(fly(WAY, hide=hide), CODE, view=view())) == expected


def test_kilometres_over_each_state_add_up() -> None:
    """What is listed by State is the whole way, and a thousand times the points do not change it by a kilometre."""
    listed = []
    for step_km in (1.0, 0.05):
        flight = make_flight(
            PLAN, fly(past(40.0), step_km=step_km), full_facts(), PLAN.reading, log=FlightLog(), view=view()
        )
        assert flight.ground is not None
        kms = {row["state"]: row["km"] for row in flight.ground.to_json()}
        assert sum(kms.values()) == pytest.approx(flight.seen.distance_km, abs=0.5)
        assert set(kms) == {"DEU", "POL"}
        listed.append(kms["POL"])
    assert listed[0] == pytest.approx(listed[1], abs=0.5)

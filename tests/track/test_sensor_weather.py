"""Deviations for the sake of the sensors, and their conditions: permission, and no sharper sight (VIII.II.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.route.rules.plans import agreement, check_whole, full_facts, only
from tests.track.flights import STATED, A, C, D, at, findings, fly

from skywitness.core.finding import Finding, Verdict
from skywitness.track.flight_log import FlightLog, NotedDeviation, SensorOn

ASIDE = (A, (9.0, 51.6), (9.0, 50.9), C, D)
"""Round the first fix, 100 km to the west of it."""


def log(
    permitted: bool | None = True, required: bool | None = None, ran: tuple[float, float] | None = (5, 30)
) -> FlightLog:
    """A log of weather that kept the sensors from use; ``ran``: minutes in which the camera ran, ``None`` never."""
    note = NotedDeviation(at(0), at(120), "weather_for_sensors", permitted, required)
    periods = () if ran is None else (SensorOn("CAM", at(ran[0]), at(ran[1])),)
    return FlightLog(sensors_on=periods, deviations=(note,))


def judged(noted: FlightLog, height_m: float = 3200.0, **more: object) -> dict[str, Finding]:
    """Judge such a flight at a height; the findings of VIII.II.2 by what follows that."""
    found = findings(fly(ASIDE, height_m=height_m), "OS:VIII.II.2", noted, plan=STATED, **more)  # type: ignore[arg-type]
    return {one.provision.removeprefix("OS:VIII.II.2"): check_whole(one) for one in found}


@pytest.mark.parametrize(
    ("permitted", "required", "verdict"),
    [
        (True, None, Verdict.OK),
        (True, True, Verdict.OK),
        (None, False, Verdict.OK),
        (False, False, Verdict.OK),
        (False, None, Verdict.BREACH),
        (False, True, Verdict.BREACH),
        (None, None, Verdict.CANNOT_TELL),
        (None, True, Verdict.CANNOT_TELL),
    ],
)
def test_traffic_control_must_permit_it_where_national_rules_ask(
    permitted: bool | None, required: bool | None, verdict: Verdict
) -> None:
    """Permission refused is a breach, permission that nobody needs is none, and what nobody said cannot be told."""
    found = judged(log(permitted, required))
    assert found["(B)"].verdict is verdict
    assert (found["(B)"].effect is not None) == (verdict is Verdict.BREACH)
    assert bool(found["(B)"].needs) == (verdict is Verdict.CANNOT_TELL)
    assert found[""].verdict is verdict


@pytest.mark.parametrize(
    ("height_m", "verdict"), [(3200.0, Verdict.OK), (2660.0, Verdict.CANNOT_TELL), (2500.0, Verdict.BREACH)]
)
def test_no_sensor_may_see_more_sharply_in_it(height_m: float, verdict: Verdict) -> None:
    """Below the certified minimum of 2,450 m above ground the camera sees too sharply; the band of heights decides."""
    found = judged(log(), height_m)
    assert found["(C)"].verdict is verdict, str(found["(C)"].why)
    assert found["(C)"].limit == 2450.0
    assert found["(C)"].measured == pytest.approx(height_m - 200.0, abs=1.0)
    assert found[""].verdict is verdict
    effect = found["(C)"].effect
    assert (effect is not None) == (verdict is Verdict.BREACH)
    assert effect is None or (effect.who, effect.modality) == ("DEU", "may")


def test_a_sensor_that_was_off_saw_nothing() -> None:
    """Low flight without a sensor running, in the deviation or at all, is no sharper sight."""
    for ran in (None, (90.0, 95.0)):
        assert judged(log(ran=ran), 2000.0)["(C)"].verdict is Verdict.OK


def test_what_leaves_open_how_sharply_a_sensor_saw() -> None:
    """No log of the sensors, no certificate, no heights: each is asked for, and the deviation itself stays open."""
    silent = replace(log(), sensors_on=None)
    bare = full_facts(sensors=())
    for found in (judged(silent), judged(log(), facts=bare), judged(log(), float("nan"))):
        assert found["(C)"].verdict is Verdict.CANNOT_TELL
        assert found["(C)"].needs
        assert found[""].verdict is Verdict.CANNOT_TELL
        assert set(found["(C)"].needs) <= set(found[""].needs)


def test_the_parties_may_agree_on_sharper_sight() -> None:
    """The text lets the two Parties agree otherwise; then the deviation is permitted too."""
    found = judged(log(), 2500.0, facts=full_facts(agreements=(agreement("OS:VIII.II.2(C)"),)))
    assert (found["(C)"].verdict, found[""].verdict) == (Verdict.OK, Verdict.OK)
    assert found["(C)"].by_agreement


@pytest.mark.parametrize(
    ("noted", "height_m", "verdict"),
    [
        (log(), 3200.0, Verdict.OK),
        (log(permitted=False), 3200.0, Verdict.BREACH),
        (log(permitted=None), 3200.0, Verdict.CANNOT_TELL),
        (log(), 2500.0, Verdict.BREACH),
    ],
)
def test_what_is_not_permitted_excuses_nothing(noted: FlightLog, height_m: float, verdict: Verdict) -> None:
    """The fix left out and the way added are excused only as far as the conditions of the deviation are kept."""
    flown = fly(ASIDE, height_m=height_m)
    assert only(findings(flown, "OS:VI.II.4(F)", noted, plan=STATED)).verdict is verdict
    added = only(findings(flown, "OS:VIII.II.7", noted, plan=STATED))
    assert added.verdict is (Verdict.NOT_APPLICABLE if verdict is Verdict.BREACH else verdict)
    assert (added.effect is not None) == (verdict is Verdict.OK)


def test_a_kept_deviation_gives_a_right() -> None:
    """Where its conditions are kept the plan may be left and taken up again; else the observed Party may raise it."""
    kept, broken = judged(log())[""], judged(log(permitted=False))[""]
    assert kept.effect is not None
    assert broken.effect is not None
    assert (kept.effect.who, broken.effect.who) == ("SWE", "DEU")

"""Sensors prohibited by name in a deviation: below their minimum height, and beyond 50 km (VIII.II.3)."""

from __future__ import annotations

import pytest
from tests.route.rules.plans import check_whole, only
from tests.track.flights import STATED, A, B, C, D, at, findings, fly
from tests.track.test_track_rules import ASIDE, LITTLE, ran

from skywitness.core.errors import InputError
from skywitness.core.finding import Verdict
from skywitness.track.flight_log import FlightLog, SensorOn, log_from

CODE = "OS:VIII.II.3"
NO_CAMERA = (SensorOn("CAM", at(18), at(30)),)
"""The camera is prohibited while the aircraft is off its path, some 17 km to the west, from minute 15 to 34."""


@pytest.mark.parametrize(
    ("height_m", "log", "verdict"),
    [
        (2000.0, ran((20, 25), prohibited=NO_CAMERA), "breach"),
        (2000.0, ran((5, 10), prohibited=NO_CAMERA), "ok"),
        (2000.0, ran((17, 18.5), prohibited=NO_CAMERA), "cannot_tell"),
        (2000.0, FlightLog(prohibited=NO_CAMERA), "cannot_tell"),
        (2660.0, ran((20, 25), prohibited=NO_CAMERA), "cannot_tell"),
        (3200.0, ran((20, 25), prohibited=NO_CAMERA), "not_applicable"),
    ],
)
def test_a_sensor_prohibited_below_its_minimum_does_not_run(height_m: float, log: FlightLog, verdict: str) -> None:
    """The right is there only below the certified minimum; who runs the sensor in spite of it breaks the rule."""
    within, named = findings(fly(LITTLE, height_m=height_m), CODE, log, plan=STATED)
    assert within.verdict is Verdict.OK
    assert check_whole(named).verdict.value == verdict, str(named.why)
    told = named.measured is not None and verdict != "not_applicable"
    assert (named.effect and named.effect.who) == ("DEU" if told else None)


def test_another_sensor_may_run() -> None:
    """What is prohibited by name is that sensor; beyond 50 km too."""
    other = (SensorOn("IR", at(0), at(60)),)
    assert {one.verdict for one in findings(ASIDE, CODE, ran((0, 60), prohibited=other))} == {Verdict.OK}
    same = (SensorOn("CAM", at(0), at(60)),)
    found = findings(fly(ASIDE, height_m=3200.0), CODE, ran((0, 60), prohibited=same), plan=STATED)
    assert only(found).verdict is Verdict.BREACH


def test_without_a_certificate_nobody_knows_the_minimum() -> None:
    """A sensor that the facts do not know has no minimum height to be below of."""
    log = FlightLog(prohibited=(SensorOn("IR", at(18), at(30)),))
    found = findings(fly(LITTLE, height_m=2000.0), CODE, log, plan=STATED)
    assert [one.verdict for one in found] == [Verdict.OK, Verdict.CANNOT_TELL]


def test_on_the_path_there_is_no_such_right() -> None:
    """The text speaks of deviations; on the path the minimum height itself is what is judged."""
    log = ran((20, 25), prohibited=NO_CAMERA)
    assert only(findings(fly((A, B, C, D), height_m=2000.0), CODE, log, plan=STATED)).verdict is Verdict.OK


PERIOD = {"from_utc": at(18), "to_utc": at(30)}


def test_a_log_may_name_the_sensor() -> None:
    """Without a name all sensors are meant; the permission of a deviation may be given, or not be needed."""
    log = log_from({"sensors_prohibited": [PERIOD, {**PERIOD, "sensor": "CAM"}]})
    assert log.prohibited == (SensorOn("", at(18), at(30)), *NO_CAMERA)
    told = {**PERIOD, "reason": "weather_for_sensors", "permission_required": False}
    noted = log_from({"deviation": [told]}).deviations
    assert noted is not None
    assert (noted[0].permitted, noted[0].permission_required) == (None, False)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"sensors_prohibited": [{**PERIOD, "sensor": 7}]}, "sensors_prohibited[0].sensor"),
        ({"sensors_prohibited": [{**PERIOD, "sensors": "CAM"}]}, "sensors_prohibited[0].sensors"),
        ({"deviation": [{**PERIOD, "reason": "weather", "permission_required": "yes"}]},
         "deviation[0].permission_required"),
    ],
)  # fmt: skip
def test_what_a_log_cannot_say_is_refused(data: dict[str, object], where: str) -> None:
    """A slip of the keyboard is named by its place."""
    with pytest.raises(InputError) as refused:
        log_from(data)
    assert [fault.where for fault in refused.value.faults] == [where]

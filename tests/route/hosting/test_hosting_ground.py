"""What the observed Party provides on the ground: VI.I.17, its targets (A) and its further services (D)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.route.hosting.told import told
from tests.route.rules.plans import GEOD, WUNSTORF, agreement, check_whole, make_plan, only, verdicts

from skywitness.core.finding import Verdict
from skywitness.route.facts import Agreement
from skywitness.route.host_facts import Ground, Service, Target
from skywitness.route.hosting.ground import calibration_targets, further_services, ground_findings

NEARBY = Target("Wunstorf range", ("CAM",), suitable=True, near=True, lon=9.6, lat=52.5)
FULL = Ground("ETNW", True, fuelling=True, meals=True, accommodation=True, targets=(NEARBY,))


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        ({}, "ok", "are provided"),
        ({"meals": False}, "breach", "Not provided: meals."),
        ({"fuelling": False, "accommodation": False}, "breach", "fuelling and servicing and accommodation"),
        ({"targets": ()}, "breach", "calibration target"),
        ({"services": (Service("a laboratory", True, True, provided=False),)}, "breach", "Further services"),
        ({"services": (Service("a laboratory", True, False),)}, "ok", "what was agreed"),
        ({"meals": None}, "cannot_tell", "not all"),
        ({"targets": (), "targets_complete": None}, "cannot_tell", "not all"),
        ({"meals": None, "fuelling": False}, "breach", "fuelling"),
    ],
)
def test_the_ground_as_a_whole(change: dict[str, Any], verdict: str, says: str) -> None:
    """VI.I.17: one thing lacking breaks the duty, one thing not known leaves it open, else it is kept."""
    finding = next(ground_findings(told(ground=replace(FULL, **change))))
    assert (finding.provision, finding.verdict, finding.bearer) == ("OS:VI.I.17", verdict, "DEU")
    assert says in str(check_whole(finding).why)
    assert (finding.effect is not None) == (verdict == "breach")


@pytest.mark.parametrize(
    ("targets", "complete", "verdict", "says"),
    [
        ((NEARBY,), True, "ok", "suits sensor CAM"),
        ((replace(NEARBY, sensors=()),), True, "ok", "suits sensor CAM"),  # a target for all sensors
        ((), True, "breach", "No calibration target"),
        ((replace(NEARBY, sensors=("VIDEO",)),), True, "breach", "No calibration target"),
        ((replace(NEARBY, suitable=False),), True, "breach", "does not suit"),
        ((replace(NEARBY, near=False),), True, "breach", "not near"),
        ((replace(NEARBY, near=False),), None, "cannot_tell", "No target that serves"),
        ((), None, "cannot_tell", "No target that serves"),
        ((replace(NEARBY, near=None),), True, "cannot_tell", "whether it serves"),
        ((replace(NEARBY, near=False), NEARBY), True, "ok", "suits"),  # one that serves is enough
    ],
)
def test_a_target_for_each_sensor(targets: tuple[Target, ...], complete: bool | None, verdict: str, says: str) -> None:
    """VI.I.17(A): each sensor of the plan has a target that suits it near the inspection; which may be overflown."""
    ground = replace(FULL, targets=targets, targets_complete=complete)
    finding = only(calibration_targets(told(ground=ground), ground))
    assert (finding.provision, finding.verdict) == ("OS:VI.I.17(A)", verdict)
    assert says in str(finding.why)
    if verdict == "ok":
        assert finding.effect is not None
        assert (finding.effect.who, finding.effect.modality) == ("SWE", "may")


def test_targets_are_asked_for_sensor_by_sensor() -> None:
    """A target that is for one camera alone leaves the other without."""
    plan = make_plan(sensors=("CAM", "VIDEO"))
    assert verdicts(calibration_targets(told(plan, ground=FULL), FULL)) == ["ok", "breach"]
    quiet = make_plan(sensors=())
    quiet = replace(quiet, sensors=())
    assert verdicts(calibration_targets(told(quiet, ground=FULL), FULL)) == ["not_applicable"]


def test_the_distance_is_measured_and_left_out_where_a_place_is_unknown() -> None:
    """The distance from the airfield of the inspection is that of pyproj; without a place there is none."""
    finding = only(calibration_targets(told(ground=FULL), FULL))
    _, _, metres = GEOD.inv(*WUNSTORF, 9.6, 52.5)
    assert finding.measured == pytest.approx(metres / 1000.0, abs=1.0)
    assert finding.unit == "km"
    nowhere = replace(FULL, targets=(replace(NEARBY, lon=None, lat=None),))
    finding = only(calibration_targets(told(ground=nowhere), nowhere))
    assert (finding.measured, finding.unit) == (None, None)
    assert "not known" in str(finding.why)


@pytest.mark.parametrize(
    ("service", "agreements", "verdict", "says"),
    [
        (Service("a bus", True, True, True), (), "ok", "provided"),
        (Service("a bus", True, None, True), (agreement("OS:VI.I.17(D)"),), "ok", "provided"),
        (Service("a bus", True, True, False), (), "breach", "is not provided"),
        (Service("a bus", True, None, False), (agreement("OS:VI.I.17(D)"),), "breach", "is not provided"),
        (Service("a bus", False, True, False), (), "not_applicable", "did not request"),
        (Service("a bus", True, False, False), (), "not_applicable", "did not agree"),
        (Service("a bus", True, None, False), (), "cannot_tell", "depends on"),
        (Service("a bus", None, True, False), (agreement("OS:VI.I.17(D)"),), "cannot_tell", "depends on"),
        (Service("a bus", True, None, False), (agreement("OS:VI.I.17(D)", "SWE", "NOR"),), "cannot_tell", "DEU"),
        (Service("a bus", True, True, None), (), "cannot_tell", "not known"),
    ],
)
def test_further_services(service: Service, agreements: tuple[Agreement, ...], verdict: str, says: str) -> None:
    """VI.I.17(D): what was requested and agreed upon is owed; neither a request nor an agreement alone is enough."""
    ground = replace(FULL, services=(service,))
    finding = only(further_services(told(ground=ground, agreements=agreements), ground))
    assert (finding.provision, finding.verdict, finding.bearer or "DEU") == ("OS:VI.I.17(D)", verdict, "DEU")
    assert says in str(finding.why)
    if verdict in ("ok", "breach"):
        assert finding.by_agreement is None or service.agreed is None


def test_what_is_owed_and_open_is_told_as_a_duty() -> None:
    """A service that was agreed upon must be provided, as long as nobody says that it was."""
    ground = replace(FULL, services=(Service("a bus", True, True),))
    effect = only(further_services(told(ground=ground), ground)).effect
    assert effect is not None
    assert (effect.who, effect.modality, str(effect.what)) == ("DEU", "must", "provide a bus, as agreed")


flags = st.sampled_from([None, True, False])


@given(st.tuples(flags, flags, flags), flags, flags, flags)
def test_nothing_unknown_is_ever_kept(
    whole: tuple[bool | None, bool | None, bool | None], complete: bool | None, suitable: bool | None, near: bool | None
) -> None:
    """VI.I.17 is kept only where every part is told to be provided, broken only where one is told not to be."""
    fuelling, meals, beds = whole
    target = replace(NEARBY, suitable=suitable, near=near)
    ground = Ground("ETNW", complete, fuelling, meals, beds, (target,))
    finding = check_whole(next(ground_findings(told(ground=ground))))
    told_of = (*whole, suitable, near)
    if finding.verdict is Verdict.OK:
        assert all(told_of)
    elif finding.verdict is Verdict.BREACH:
        assert False in told_of
    else:
        assert finding.verdict is Verdict.CANNOT_TELL
        assert None in (*told_of, complete) or complete is False

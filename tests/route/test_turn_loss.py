"""What turns hide: the way of counting that a search is given is the one that sees more by the exact measure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route import turn_loss
from skywitness.route.airfield import Airfield
from skywitness.route.model import Site, StopKind, Waypoint
from skywitness.route.search import Route
from skywitness.route.stages import Stages
from skywitness.route.task import Effort, Found, Task

if TYPE_CHECKING:
    from skywitness.route.ground import Ground

HOME = Airfield("UUMB", 30.0, 50.0, "Kubinka")
SPEED_KM_H = 700.0
# A field of sites every ten kilometres or so, thirty north to south and twenty west to east.
FIELD = tuple(Site(f"S{k}", 30.0 + 0.15 * (k % 20), 50.0 + 0.09 * (k // 20)) for k in range(600))
TASK = Task(HOME, (HOME,), (), FIELD, 8.0, 5000.0, Stages(0, StopKind.REFUELLING, 5000.0))
EFFORT = Effort(30.0, 1000, 1)


def path(*places: tuple[float, float]) -> tuple[Waypoint, ...]:
    """Fly over places, from home to home."""
    ends = Waypoint("UUMB", 30.0, 50.0, airfield=True)
    return (ends, *(Waypoint(f"WP{k:02d}", lon, lat) for k, (lon, lat) in enumerate(places, 1)), ends)


ZIGZAG = path(*((30.1 + 0.12 * k, 51.0 + 0.15 * (k % 2)) for k in range(20)))
LONG = path((30.0, 52.6), (31.5, 52.6), (31.5, 50.1))


def found(waypoints: tuple[Waypoint, ...], *, interrupted: bool = False) -> Found:
    """Make a route of waypoints."""
    nodes = np.arange(len(waypoints))
    route = Route(nodes, 1.0, 1.0, np.zeros(len(FIELD), np.bool_), 0, interrupted=interrupted)
    return Found(waypoints, route, (), 5000.0)


def chosen(monkeypatch: pytest.MonkeyPatch, plain: object, counted: object, task: Task = TASK) -> turn_loss.Counting:
    """Choose between two trials, each a route or a refusal."""

    def find(_ground: object, one: Task, effort: Effort, _listen: object) -> Found:
        assert effort.rounds == 100
        answer = counted if one.blind_km else plain
        if isinstance(answer, InputError):
            raise answer
        return cast("Found", answer)

    monkeypatch.setattr(turn_loss, "find_route", find)
    return turn_loss.counting(cast("Ground", None), task, EFFORT, SPEED_KM_H, None)


def test_the_trial_that_sees_more_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever trial sees more by the exact measure has its way of counting taken; a fifth of the effort is spent."""
    for plain, counted, blind in ((ZIGZAG, LONG, True), (LONG, ZIGZAG, False)):
        way = chosen(monkeypatch, found(plain), found(counted))
        assert (way.task.blind_km > 0.0) == blind
        assert way.found is None
        assert way.effort.rounds == 800


def test_a_trial_without_a_route_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal of one trial leaves the other; of both, the search goes on as it is; another fault is not hidden."""
    refusal = InputError("no_route", say("no route"))
    assert chosen(monkeypatch, refusal, found(LONG)).task.blind_km > 0.0
    assert chosen(monkeypatch, found(LONG), refusal).task.blind_km == 0.0
    assert chosen(monkeypatch, refusal, refusal).task == TASK
    with pytest.raises(InputError, match="sites"):
        chosen(monkeypatch, InputError("no_sites", say("no sites")), found(LONG))


def test_whoever_breaks_a_trial_off_has_its_route(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt during a trial ends the planning with the route of the trial."""
    broken = found(LONG, interrupted=True)
    assert chosen(monkeypatch, broken, found(ZIGZAG)).found is broken


def test_few_sites_are_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the number of sites where trials pay the task and the effort stay as they are."""
    few = replace(TASK, sites=FIELD[: turn_loss.MANY_SITES - 1])
    assert chosen(monkeypatch, None, None, few) == turn_loss.Counting(few, EFFORT)
    assert turn_loss.of_route(few, LONG, SPEED_KM_H) == few


def test_a_route_at_hand_tells_how_to_count() -> None:
    """Short legs lose what turns hide, so that counting the loss comes nearer; a flight that hardly turns does not."""
    none_km, loss_km = turn_loss.losses_km(SPEED_KM_H)
    assert none_km == 0.0
    assert 4.0 < loss_km < 7.0
    assert turn_loss.of_route(TASK, ZIGZAG, SPEED_KM_H).blind_km == loss_km
    straight = path((30.0, 52.6))[:2]
    assert turn_loss.of_route(TASK, straight, SPEED_KM_H).blind_km == 0.0

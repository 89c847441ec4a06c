"""Searching again from a route at hand: its turn points join the candidates, and its order of them is a start."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from skywitness.core import geodesy
from skywitness.core.text import Text
from skywitness.route.airfield import Airfield
from skywitness.route.ground import Ground
from skywitness.route.model import Plan, Waypoint
from skywitness.route.planner.routing import (
    Floats,
    landing_choices,
    numbered_airfields,
    one_stage,
    points_of,
    problem_of,
    relay,
)
from skywitness.route.request import Listener
from skywitness.route.search.problem import Route, Slide
from skywitness.route.search.rally import Work
from skywitness.route.search.search_from import Field
from skywitness.route.task import Effort, Found, Task
from skywitness.route.ways.candidates import Candidates, candidate_positions

FRESH = 3
"""Fresh starts beside a route at hand: enough to notice a better region, few enough to leave it the time."""

FRESH_ELSEWHERE = 6
"""Fresh starts where the flight begins or ends elsewhere: the route at hand then says little of the best region."""

TRIAL_SHARE = 0.07
MOST_TRIALS = 4
FRESH_IN_TRIAL, FRESH_AFTER_TRIALS = 3, 2
"""Where landings on the way are chosen anew: share of the search for each choice, how many, fresh starts of each, and
of the one chosen.  A short trial tells the choices apart (they differ by a tenth and more) and leaves the time."""


class Desk:
    """One task laid out for several searches, with the turn points of a route at hand among the candidates.

    The route at hand is that of ``before``, else ``route``.
    """

    def __init__(
        self,
        ground: Ground,
        task: Task,
        before: Plan | None = None,
        landings: tuple[Airfield, ...] | None = None,
        route: Sequence[Waypoint] = (),
    ) -> None:
        if landings is None:
            self.task, choices, self._told = _landings(task, before)
            self._landings = choices[0]
        else:
            self.task, self._landings, self._told = task, landings, ()
        self._ground, self._before = ground, tuple(route) if before is None else before.waypoints
        lons, lats, corners = candidate_positions(ground, self.task)
        kept = self._clear_turns()
        self._first_own = lons.size
        self._own = {place: number for number, place in enumerate(kept)}
        self._nodes = Candidates(
            np.concatenate([lons, [self._before[place].lon for place in kept]]),
            np.concatenate([lats, [self._before[place].lat for place in kept]]),
            corners,
        )
        self._airfields = numbered_airfields((self.task.start, *self.task.ends, *self._landings))
        self._field = Field(problem_of(ground, self.task, self._nodes, self._airfields, self._landings))

    def search(
        self,
        effort: Effort,
        listen: Listener | None = None,
        *,
        fresh: int | None = None,
        worth: Floats | None = None,
        given: Sequence[Found] = (),
        last: bool = False,
    ) -> tuple[Found, ...]:
        """Search from the route at hand and from fresh starts; the best by ``worth`` first, none if none is legal.

        ``last``: what it finds is not searched on from, and turn points may leave the candidates.

        ``given``: routes that this desk found before, to begin with in the place of the one at hand.
        """
        seconds = None if effort.rounds is not None else effort.seconds
        tour = self._tour()
        work = Work(seconds, effort.rounds, effort.seed, self._fresh() if fresh is None else fresh)
        progress = None if listen is None else relay(listen, self.task.limit_km)
        tours = [tuple(found.route.nodes.tolist()) for found in given] or ([tour] if tour else [])
        slide = Slide(self._ground.plane, self.task.snap_minutes) if last else None
        routes = self._field.search(tours, work, worth=worth, slide=slide, progress=progress)
        return tuple(self._found(route) for route in routes)

    def _found(self, route: Route) -> Found:
        slid = Candidates(
            np.concatenate([self._nodes.lons, route.slid_lon_deg]),
            np.concatenate([self._nodes.lats, route.slid_lat_deg]),
        )
        waypoints = points_of(route.nodes.tolist(), slid, self._airfields)
        landings = tuple(landing.ident for landing in self._landings)
        return Found(waypoints, route, landings, self.task.limit_km, self._told, self._unchanged())

    def _clear_turns(self) -> list[int]:
        """The places in the route at hand of its turn points that are still clear."""
        turns = [place for place, point in enumerate(self._before) if not point.airfield]
        if not turns:
            return []
        lons, lats = (np.array([getattr(self._before[place], axis) for place in turns]) for axis in ("lon", "lat"))
        return [place for place, clear in zip(turns, self._ground.clear(lons, lats).tolist(), strict=True) if clear]

    def _tour(self) -> tuple[int, ...] | None:
        """The route at hand as nodes of the problem, from the start to the nearest end; ``None`` when there is none."""
        if not self._before:
            return None
        number = {airfield.ident: index for index, airfield in enumerate(self._airfields)}
        landings = {landing.ident for landing in self._landings}
        inner: list[int] = []
        for place, point in enumerate(self._before[1:-1], 1):
            if place in self._own:
                inner.append(len(self._airfields) + self._first_own + self._own[place])
            elif point.airfield and point.ident in landings:
                inner.append(number[point.ident])
        return (number[self.task.start.ident], *inner, number[self._end().ident])

    def _fresh(self) -> int:
        """How many fresh starts the route at hand needs beside it."""
        ends = {end.ident for end in self.task.ends}
        same = bool(self._before) and self._before[0].ident == self.task.start.ident and self._before[-1].ident in ends
        return FRESH if same else FRESH_ELSEWHERE

    def _end(self) -> Airfield:
        """The end of the route at hand, or of those allowed the one nearest to it."""
        last = self._before[-1]
        return min(
            self.task.ends,
            key=lambda end: (end.ident != last.ident, geodesy.distance_km(end.lon, end.lat, last.lon, last.lat)),
        )

    def _unchanged(self) -> tuple[Waypoint, ...]:
        """The route at hand where it begins and ends at airfields of this task and lands where this one does."""
        if not self._before:
            return ()
        landed = tuple(point.ident for point in self._before[1:-1] if point.airfield)
        same = (
            self._before[0].ident == self.task.start.ident
            and self._before[-1].ident in {end.ident for end in self.task.ends}
            and landed == tuple(landing.ident for landing in self._landings)
        )
        return self._before if same else ()


def search_again(
    ground: Ground, task: Task, before: Plan, effort: Effort, listen: Listener | None = None
) -> Found | None:
    """Search from a route at hand; where its landings do not serve any more each choice of them is tried first."""
    _, choices, _ = _landings(task, before)
    if len(choices) == 1:
        return next(iter(Desk(ground, task, before).search(effort, listen, last=True)), None)
    trial = effort.share(TRIAL_SHARE)
    tried: list[tuple[tuple[Found, ...], Desk]] = []
    for choice in choices[:MOST_TRIALS]:
        desk = Desk(ground, task, before, choice)
        found = desk.search(trial, fresh=FRESH_IN_TRIAL)
        tried += [(found, desk)] if found else []
    if not tried:
        return None
    first, desk = max(tried, key=lambda pair: pair[0][0].route.value)
    if first[0].route.interrupted:
        return first[0]
    rest = effort.share(1.0 - TRIAL_SHARE * min(len(choices), MOST_TRIALS))
    return next(iter(desk.search(rest, listen, fresh=FRESH_AFTER_TRIALS, given=first[:2], last=True)), first[0])


def _landings(task: Task, before: Plan | None) -> tuple[Task, list[tuple[Airfield, ...]], tuple[Text, ...]]:
    """The landings of the route at hand where they are still possible, else all choices of them, the shortest first."""
    choices = landing_choices(task)
    if not choices:
        shorter, told = one_stage(task)
        return shorter, [()], (told,)
    used = () if before is None else tuple(point.ident for point in before.waypoints[1:-1] if point.airfield)
    same = [choice for choice in choices if used and tuple(landing.ident for landing in choice) == used]
    if not used and () in choices:  # what was flown without a landing may be so again, but need not
        choices = [(), *(choice for choice in choices if choice)]
    return task, same or choices, ()

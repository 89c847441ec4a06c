"""Finding the route that a request wants: from nothing or from a route at hand, with sites that must be observed.

A pin is a site that is worth so much more that no other is preferred to it; whether it is observed is looked at
afterwards, and it is made worth more once before the search gives up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from skywitness.core import geodesy
from skywitness.core.errors import InputError
from skywitness.core.text import say, say_n
from skywitness.route.coverage import cover
from skywitness.route.model import Plan, Waypoint
from skywitness.route.planner.again import Desk, search_again
from skywitness.route.planner.daylight import seek_in_light, windows_asked
from skywitness.route.planner.polish import polished
from skywitness.route.planner.prepare import Prepared
from skywitness.route.planner.routing import find_route, simplest_flight
from skywitness.route.request import Listener, Step
from skywitness.route.task import Effort, Found, Task

GUESS_SHARE = 0.15
"""Share of the search that finds out what a route without pins is worth."""

TRIES = ((0.6, 1.0, 0.8), (0.6, 0.985, 0.3), (3.0, 0.96, 0.3))
"""What a pin is worth beside its value, as a share of a whole route, the share of the limit that the search uses, and
that of the time.

So little that the search stays a search; then with kilometres left over for what a turn hides; then more.
"""

ALONE_SHARE, PINS_SHARE = 0.5, 0.4
"""Where that does not do: the share of the time for one more search, and of this for the pinned sites only."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A route found, and the task it was found for: its pinned sites are worth more there.

    ``done``: the last hand was put on it already.  ``instead``: the sites that the flight of the highest expected value
    would see, where a cautious one was sought.
    """

    found: Found
    task: Task
    done: bool = False
    instead: tuple[int, ...] | None = None


def seek(prepared: Prepared, effort: Effort, listen: Listener | None = None) -> Sought:
    """Find the route that a request wants.

    :raises InputError: of kind ``no_route`` when there is none, ``pin_out_of_reach`` when no flight found observes all
        pinned sites.
    """
    task = prepared.task
    if not prepared.pins and prepared.request.again is None and (windows := windows_asked(prepared)) is not None:
        return Sought(*seek_in_light(prepared, windows, effort, listen))
    if not prepared.pins:
        return Sought(_found(prepared, task, effort, listen, prepared.request.again), task)
    before = prepared.request.again
    if before is not None and before.expected_score > 0.0:
        worth, rest = before.expected_score, effort
    else:
        guess = _found(prepared, task, effort.share(GUESS_SHARE), None, None)
        worth, rest = max(guess.route.value, 1.0), effort.share(1.0 - GUESS_SHARE)
    return _with_pins(prepared, worth, rest, listen)


def _with_pins(prepared: Prepared, worth: float, effort: Effort, listen: Listener | None) -> Sought:
    missing: list[int] = []
    before = prepared.request.again
    for bonus, share, part in TRIES:
        task = raised(prepared.task, prepared.pins, bonus * worth)
        told = bonus_told(listen, bonus * worth)
        found = _found(prepared, replace(task, limit_km=share * task.limit_km), effort.share(part), told, before)
        found = replace(found, limit_km=min(found.limit_km / share, task.limit_km))
        missing = unseen(prepared, found)
        if missing and not found.route.interrupted:
            found = polished(found, prepared.ground, task, prepared.equipment.aircraft.speed_km_h)
            missing = unseen(prepared, found)
        if not missing or found.route.interrupted:
            break
        if before is not None and not found.landings:
            before = replace(before, waypoints=found.waypoints, stops=())
    if missing and not found.route.interrupted:
        task, told = raised(prepared.task, prepared.pins, worth), bonus_told(listen, worth)
        alone = _by_pins_alone(prepared, task, effort.share(ALONE_SHARE), told)
        if alone is None:
            raise _out_of_reach(prepared, missing)
        return Sought(alone, prepared.task)
    return Sought(found, task)


def bonus_told(listen: Listener | None, bonus: float) -> Listener | None:
    """Say beside the value of a search that pinned sites count more in it: it is not the value of the plan."""
    if listen is None:
        return None

    def tell(step: Step) -> None:
        listen(
            replace(step, stage=say("{stage}; each pinned site counts {more:.0f} more", stage=step.stage, more=bonus))
        )

    return tell


def _by_pins_alone(prepared: Prepared, task: Task, effort: Effort, listen: Listener | None) -> Found | None:
    """Fly for the pinned sites as if there were no others, then search on from that flight; ``None`` if one is missed.

    A pin at the end of what the limit allows is seen from very few routes, which a search among many sites misses.
    """
    ground, speed_km_h = prepared.ground, prepared.equipment.aircraft.speed_km_h
    bare = replace(task, sites=tuple(task.sites[pin] for pin in prepared.pins))
    tried = [polished(find_route(ground, bare, effort.share(PINS_SHARE), listen), ground, bare, speed_km_h)]
    if not task.stages.stops:

        def value_of(points: Sequence[Waypoint]) -> float:
            seen = cover(points, ground.transits(points), bare.sites, bare.sight, speed_km_h).seen
            return float(sum(bare.sites[index].value for index in seen))

        simple = simplest_flight(ground, bare, value_of)
        tried += [] if simple is None else [simple]
    flown = next((one for one in tried if not unseen(prepared, one)), None)
    if flown is None or flown.route.interrupted or task.stages.stops:
        return flown
    on = Desk(ground, task, route=flown.waypoints).search(effort.share(1.0 - PINS_SHARE), listen, last=True)
    more = [polished(one, ground, task, speed_km_h) for one in on[:1]]
    return next((one for one in more if not unseen(prepared, one)), flown)


def raised(task: Task, pins: Sequence[int], bonus: float) -> Task:
    """Give pinned sites ``bonus`` more value."""
    pinned = set(pins)
    sites = tuple(
        replace(site, value=site.value + bonus) if index in pinned else site for index, site in enumerate(task.sites)
    )
    return replace(task, sites=sites)


def unseen(prepared: Prepared, found: Found) -> list[int]:
    """List the pinned sites that a route does not observe, turns and all."""
    speed_km_h = prepared.equipment.aircraft.speed_km_h
    transit = prepared.ground.transits(found.waypoints)
    seen = cover(found.waypoints, transit, prepared.task.sites, prepared.task.sight, speed_km_h).seen
    return [pin for pin in prepared.pins if pin not in seen]


def _found(prepared: Prepared, task: Task, effort: Effort, listen: Listener | None, before: Plan | None) -> Found:
    if before is not None:
        found = search_again(prepared.ground, task, before, effort, listen)
        if found is not None:
            return found
    return find_route(prepared.ground, task, effort, listen)


def _out_of_reach(prepared: Prepared, missing: Sequence[int]) -> InputError:
    task = prepared.task
    site = task.sites[missing[0]]
    out_km = geodesy.distance_km(*task.start.position, site.lon, site.lat)
    home_km = min(geodesy.distance_km(*end.position, site.lon, site.lat) for end in task.ends)
    others = len(prepared.pins) - 1
    figures = {"limit": task.limit_km, "site": site.name, "both": out_km + home_km}
    if others:
        why = say_n(
            "no flight of at most {limit:.0f} km was found that observes {site} and the other pinned site and keeps "
            "away from what it must: {site} alone is {both:.0f} km out and home in a straight line; pin fewer sites, "
            "or give more --seconds",
            "no flight of at most {limit:.0f} km was found that observes {site} and the {count} other pinned sites "
            "and keeps away from what it must: {site} alone is {both:.0f} km out and home in a straight line; pin "
            "fewer sites, or give more --seconds",
            others,
            **figures,
        )
    else:
        why = say(
            "no flight of at most {limit:.0f} km was found that observes {site} and keeps away from what it must: it "
            "is {both:.0f} km out and home in a straight line; give more --seconds, or another --seed",
            **figures,
        )
    return InputError("pin_out_of_reach", why, "pin")

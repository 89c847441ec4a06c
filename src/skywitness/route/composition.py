"""From a route to a plan: turns, observation periods, times, heights, and what people have to be told.

What the flight observes is measured anew here, turns and all, by the same measure as in every other plan.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NoReturn

from skywitness import __version__
from skywitness.core.errors import InputError
from skywitness.core.text import Text, say, say_n
from skywitness.geo.borders import BorderView
from skywitness.route.clouds.notes import about_clouds, provenance
from skywitness.route.clouds.worth import weighed
from skywitness.route.coverage import Coverage, Sight, Spots, cover, looks
from skywitness.route.equipment import Equipment
from skywitness.route.files.plan_write import HASH_PREFIX, plan_hash
from skywitness.route.files.view_json import view_to_json
from skywitness.route.ground import Ground, Sorted
from skywitness.route.in_light import pace_of, timed
from skywitness.route.model import Leg, LegKind, Plan, Site, Waypoint
from skywitness.route.passes import daylight_of
from skywitness.route.profile import with_ground
from skywitness.route.request import PlanRequest
from skywitness.route.setting import Setting
from skywitness.route.stages import Stages
from skywitness.route.task import Found
from skywitness.route.timing import Timetable


def compose(
    request: PlanRequest,
    setting: Setting,
    equipment: Equipment,
    sites: Sorted,
    staged: Stages,
    found: Found,
    view: BorderView,
    ground: Ground,
) -> tuple[Plan, tuple[Text, ...]]:
    """Put the plan together: turns and observation periods, times, heights over the ground; and what to warn of.

    :raises InputError: of kind ``no_route`` when the flight observes nothing, unless the search was broken off.
    """
    speed_km_h = equipment.aircraft.speed_km_h
    transit = ground.transits(found.waypoints)
    coverage = cover(found.waypoints, transit, weighed(sites.kept, request.clouds), _sight(equipment), speed_km_h)
    if not coverage.seen and not found.route.interrupted:
        _refuse_unseen(len(sites.kept))
    waypoints = _with_turns(found.waypoints, coverage)
    pace = pace_of(equipment, staged)
    times, _ = timed(waypoints, coverage, weighed(sites.kept, request.clouds), equipment, pace, request.at)
    legs = with_ground(
        _in_transit(_with_periods(_in_modes(times.legs, coverage, equipment), coverage), transit),
        waypoints,
        request.terrain,
        equipment.half_swath_km,
    )
    lost = _hidden_by_turns(waypoints, transit, sites.kept, _sight(equipment), coverage)
    dark = _in_the_dark(waypoints, legs, equipment, sites.kept, coverage)
    told = (*times.warnings, *dark, *lost, *_of_search(found))
    warnings = (*setting.warnings, *equipment.warnings, *sites.warnings, *told)
    made = Plan(
        observing=setting.observing,
        observed=setting.observed,
        overflown=setting.overflown,
        commencement_utc=legs[0].start_utc,
        waypoints=waypoints,
        legs=legs,
        aircraft=equipment.aircraft,
        sensors=equipment.sensors,
        reading=replace(request.reading, at=setting.day, view=view.name),
        stops=times.stops,
        sites=sites.kept,
        observed_sites=coverage.seen,
        set_aside=sites.aside,
        bound_reason=say("the search was interrupted, and no bound was worked out"),
        title=_title(setting, legs),
        notes=(*_assumptions(request, sites.kept, setting, times), *_of_view(equipment), *warnings),
        planner=_provenance(request, sites.kept, found, equipment),
    )
    return made, warnings


def _refuse_unseen(sites: int) -> NoReturn:
    raise InputError(
        "no_route",
        say(
            "every flight found passes the {sites} sites only while it turns, and a turning aircraft observes "
            "nothing; add sites, name another aircraft, or another airfield to end at",
            sites=sites,
        ),
        "sites",
    )


def _with_turns(waypoints: Sequence[Waypoint], coverage: Coverage) -> tuple[Waypoint, ...]:
    return tuple(replace(point, turn=turn) for point, turn in zip(waypoints, coverage.turns, strict=True))


def _sight(equipment: Equipment) -> Sight:
    return equipment.half_swath_km if equipment.view is None else equipment.view


def _in_modes(legs: Sequence[Leg], coverage: Coverage, equipment: Equipment) -> Sequence[Leg]:
    """Write on the legs the height, the sensors and the strips of the mode each is flown in."""
    if equipment.view is None:
        return legs
    modes = [equipment.view.modes[mode] for mode in coverage.modes]
    return [
        replace(leg, height_m_agl=mode.height_m_agl, sensors=mode.sensors, strips=mode.seen)
        for leg, mode in zip(legs, modes, strict=True)
    ]


def _with_periods(legs: Sequence[Leg], coverage: Coverage) -> tuple[Leg, ...]:
    """Write the observation periods on the legs; a leg shorter than its turns observes nothing."""
    made = []
    for leg, period in zip(legs, coverage.periods, strict=True):
        if period.end_km <= period.start_km:
            made.append(replace(leg, sensors=(), strips=()))
        else:
            made.append(replace(leg, observe_from_km=period.start_km, observe_to_km=period.end_km))
    return tuple(made)


def _in_transit(legs: Sequence[Leg], transit: Sequence[bool]) -> tuple[Leg, ...]:
    """Mark the legs in transit: no sensor operates on them."""
    return tuple(
        replace(leg, kind=LegKind.TRANSIT, sensors=(), strips=(), observe_from_km=None, observe_to_km=None)
        if blind
        else leg
        for leg, blind in zip(legs, transit, strict=True)
    )


def _in_the_dark(
    waypoints: Sequence[Waypoint], legs: Sequence[Leg], equipment: Equipment, sites: Sequence[Site], coverage: Coverage
) -> tuple[Text, ...]:
    """Say how many observed sites are passed in the dark, or out of the hours given for them."""
    dark = daylight_of(waypoints, legs, equipment.sensors, sites, coverage.seen).dark
    if not dark:
        return ()
    return (
        say_n(
            "{count} observed site is passed in the dark, or not at the hours given for it: {first}",
            "{count} observed sites are passed in the dark, or not at the hours given for them, first {first}",
            len(dark),
            first=sites[dark[0].site].name,
        ),
    )


def _hidden_by_turns(
    waypoints: Sequence[Waypoint], transit: Sequence[bool], sites: Sequence[Site], sight: Sight, coverage: Coverage
) -> tuple[Text, ...]:
    """Say how many sites lie beside the legs, as these are flown, that only their turns hide."""
    spots = Spots.of(sites)
    beside = {
        site
        for (start, end), mode, blind in zip(itertools.pairwise(waypoints), coverage.modes, transit, strict=True)
        if not blind
        for site in looks(start, end, spots, sight)[mode].index.tolist()
    }
    lost = len(beside - set(coverage.seen))
    if not lost:
        return ()
    return (
        say_n(
            "{count} site abeam of the route is not counted: the aircraft is still turning when it passes",
            "{count} sites abeam of the route are not counted: the aircraft is still turning when it passes them",
            lost,
        ),
    )


def _of_search(found: Found) -> tuple[Text, ...]:
    told = list(found.warnings)
    if found.route.interrupted:
        told.append(say("the search was interrupted; this is the best route found until then"))
    if found.route.cut_short:
        told.append(say("the machine was slower than foreseen and the search was cut short: another run may differ"))
    return tuple(told)


def _assumptions(request: PlanRequest, sites: Sequence[Site], setting: Setting, times: Timetable) -> tuple[Text, ...]:
    told = [say("times are without wind; climb and descent are flown at the same ground speed")]
    if not isinstance(request.at, dt.datetime):
        told.append(
            say(
                "the planner chose the commencement {time} on {day} for the most light along the route",
                time=times.legs[0].start_utc,
                day=setting.day.isoformat(),
            )
        )
    if request.narrow_waters:
        told.append(
            say(
                "waters of other States are kept away from as far only as these are known to claim them; within twelve "
                "nautical miles of their coasts the rules may not be able to tell"
            )
        )
    if request.through:
        told.append(
            say(
                "legs may lead through {states} in transit, all sensors off; each must have been asked beforehand "
                "(Decision 22/02), and without a fact that says so the legs there are a breach",
                states=", ".join(request.through),
            )
        )
    return (*told, *about_clouds(sites, request.clouds))


def _of_view(equipment: Equipment) -> list[Text]:
    """Say how strips and heights are taken, where legs choose among ways to fly."""
    if equipment.view is None:
        return []
    told = [say("what the sensors see is taken as strips beside the path, on ground as high as the highest below it")]
    if len({mode.height_m_agl for mode in equipment.view.modes}) > 1:
        told.append(
            say(
                "legs are flown at different heights; each changes its height at its start, and climbs and descents "
                "cost no time here"
            )
        )
    return told


def _title(setting: Setting, legs: Sequence[Leg]) -> str:
    return f"{setting.observing} over {setting.observed}, {setting.start.ident}, {legs[0].start_utc:%Y-%m-%d}"


def _provenance(
    request: PlanRequest, sites: Sequence[Site], found: Found, equipment: Equipment
) -> MappingProxyType[str, Any]:
    """What another run needs to find the same route again."""
    return MappingProxyType(
        {
            "program": "skywitness",
            "version": __version__,
            "seed": request.seed,
            "seconds": request.seconds,
            "rounds": found.route.rounds,
            "cut_short": found.route.cut_short,
            "interrupted": found.route.interrupted,
            "snapped_to_minutes": request.snap_minutes,
            "landings": list(found.landings),
            **provenance(sites, request.clouds),
            **({"narrow_waters": True} if request.narrow_waters else {}),
            **({"through": list(request.through)} if request.through else {}),
            **_wishes(request),
            **({} if equipment.view is None else {"view": view_to_json(equipment.view)}),
        }
    )


def _wishes(request: PlanRequest) -> dict[str, Any]:
    """What somebody wanted of the flight, and the plan it began with; nothing where nobody wanted anything."""
    told: dict[str, Any] = {}
    if request.pins:
        told["pins"] = list(request.pins)
    if request.forbidden:
        told["forbidden"] = [one.to_json() for one in request.forbidden]
    if request.limit_km is not None:
        told["limit_km"] = request.limit_km
    if request.again is not None:
        told["again"] = HASH_PREFIX + plan_hash(request.again)
    return told

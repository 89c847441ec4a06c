"""What is written on a map, in the order of its importance: airfields, leg numbers, States, sites."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from skywitness.core.finding import Verdict
from skywitness.core.geodesy import Floats
from skywitness.route.exports import paper
from skywitness.route.exports.glyphs import drawable, fitting
from skywitness.route.exports.labels import AROUND, CENTRED, Label, Labels, Over
from skywitness.route.exports.land import inside_point
from skywitness.route.exports.parties import state_name
from skywitness.route.exports.scene import LegLine, Scene
from skywitness.route.exports.words import VERDICT_MARKS
from skywitness.route.model import Plan

AIRFIELD_SIZE = 7.5
LEG_SIZE = 6.0
STATE_SIZE = 8.0
SITE_SIZE = 5.8
"""Sizes of letters in points; nothing on paper is smaller than a footnote."""

SHARES = (0.5, 0.38, 0.62, 0.28, 0.72)
"""Where on a leg its number may stand, best first."""

OVER: tuple[tuple[Over, ...], ...] = (("lines",), ("lines", "marks"))
"""The number of a leg stands on its line; if need be it covers a mark."""

MOST_SITE_NAMES = 30
MOST_MISSED_NAMES = 12
SITE_GAPS_PT = (3.0, 8.0, 13.0)
MOST_SITES_KEPT_FREE = 400
"""With more sites on a map there is no room for words that cover none."""

LONGEST_NAME_PT = 110.0
LEAST_STATE_PT = 11.0
"""A State whose largest free circle on the paper is smaller (radius in points) is not named."""

OnPaper = Callable[[Floats], Floats]
"""Takes places on the map (km) to places on the paper (points from its lower left corner)."""

MARKS = {verdict: VERDICT_MARKS[verdict] for verdict in (Verdict.BREACH, Verdict.CANNOT_TELL)}
"""Put behind the number of a leg on which something was found."""


@dataclass(frozen=True, slots=True)
class Written:
    """A label with how it is drawn: ``box`` frames it (a leg number), ``colour`` of ink."""

    label: Label
    colour: str
    bold: bool = False
    italic: bool = False
    box: bool = False


First = Callable[[Labels, OnPaper], Iterator[Written]]
"""Writes what a map has to say beside a plan; it may also keep further places free."""


def write_names(scene: Scene, width_pt: float, language: str, first: First | None = None) -> Iterator[Written]:
    """Find places for all words, the most important first; ``first`` comes before all others."""
    scale = width_pt / scene.box.width
    places = Labels(width_pt, scene.box.height * scale)
    origin = np.array([scene.box.west, scene.box.south])

    def on_paper(points: Floats) -> Floats:
        return np.asarray((points - origin) * scale)

    marks = on_paper(scene.waypoints)
    fields = np.array([waypoint.airfield for waypoint in scene.plan.waypoints])
    places.keep_free(marks[~fields], 3.0)
    places.keep_free(marks[fields], 4.5, "airfields")
    for leg in scene.legs:
        places.keep_free(spread(on_paper(leg.points)), 2.0, "lines")
    if len(scene.sites) <= MOST_SITES_KEPT_FREE:
        places.keep_free(on_paper(scene.sites), 2.2)
    if first is not None:
        yield from first(places, on_paper)
    yield from _airfields(scene, places, marks)
    yield from _legs_with_findings(scene, places, on_paper)
    yield from _leg_numbers(scene, places, on_paper)
    yield from _states(scene, places, on_paper, scale, language)
    yield from _sites(scene, places, on_paper)


def _airfields(scene: Scene, places: Labels, marks: Floats) -> Iterator[Written]:
    seen: set[tuple[int, int]] = set()
    for waypoint, place in zip(scene.plan.waypoints, marks, strict=True):
        spot = (round(place[0]), round(place[1]))
        if not waypoint.airfield or spot in seen:
            continue
        seen.add(spot)
        words = f"{drawable(waypoint.ident)} {drawable(waypoint.name)}".strip()
        words = fitting(words, AIRFIELD_SIZE, LONGEST_NAME_PT, bold=True)
        at = (float(place[0]), float(place[1]))
        label = places.place(words, at, AIRFIELD_SIZE, bold=True, gap_pt=6.0)
        label = label or places.place(words, at, AIRFIELD_SIZE, bold=True, gap_pt=6.0, over=("lines", "marks"))
        if label is not None:
            yield Written(label, paper.INK, bold=True)


def _leg_numbers(scene: Scene, places: Labels, on_paper: OnPaper) -> Iterator[Written]:
    for leg in _by_importance(scene.legs):
        points = on_paper(leg.points)
        tries = (
            places.place(str(leg.number), at_share(points, share), LEG_SIZE, beside=beside, over=over)
            for beside, over in _ways(leg.number, len(scene.legs))
            for share in SHARES
        )
        label = next((label for label in tries if label is not None), None)
        if label is not None:
            yield Written(label, paper.GREY if leg.transit else paper.BLUE, box=True)


def _ways(number: int, count: int) -> list[tuple[Sequence[tuple[int, int]], tuple[Over, ...]]]:
    """List where the number of a leg may stand: on its leg; those that people count by also beside a short leg."""
    ways: list[tuple[Sequence[tuple[int, int]], tuple[Over, ...]]] = [(CENTRED, OVER[0])]
    if number % 5 == 0 or number in (1, count):
        ways.append((AROUND, ()))
    if number % 10 == 0 or number in (1, count):
        ways += [(AROUND, ("marks",)), (AROUND, OVER[1])]
    return ways


def _legs_with_findings(scene: Scene, places: Labels, on_paper: OnPaper) -> Iterator[Written]:
    """Number the legs on which something was found, breaches first; they may cover marks."""
    found = [leg for leg in scene.legs if leg.verdict in MARKS]
    for leg in sorted(found, key=lambda leg: (leg.verdict is not Verdict.BREACH, leg.number)):
        points, words = on_paper(leg.points), f"{leg.number} {MARKS[leg.verdict]}" if leg.verdict else ""
        tries = (
            places.place(words, at_share(points, share), LEG_SIZE, bold=True, beside=beside, over=over)
            for over in OVER
            for beside in (CENTRED, AROUND)
            for share in SHARES
        )
        label = next((label for label in tries if label is not None), None)
        if label is not None:
            yield Written(label, paper.VERMILION if leg.verdict is Verdict.BREACH else paper.BLUE, bold=True, box=True)


def _by_importance(legs: tuple[LegLine, ...]) -> list[LegLine]:
    """The first and last leg, every tenth, every fifth, the rest; legs with findings have their numbers already."""

    def rank(leg: LegLine) -> tuple[int, int]:
        if leg.number in (1, len(legs)):
            return 0, leg.number
        return (1 if leg.number % 10 == 0 else 2 if leg.number % 5 == 0 else 3), leg.number

    return sorted((leg for leg in legs if leg.verdict not in MARKS), key=rank)


def at_share(points: Floats, share: float) -> tuple[float, float]:
    """Find the point at a share of the length of a line."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate(([0.0], np.cumsum(steps)))
    wanted = share * along[-1]
    return float(np.interp(wanted, along, points[:, 0])), float(np.interp(wanted, along, points[:, 1]))


def spread(points: Floats, step_pt: float = 5.0) -> Floats:
    """Lay points on a line every few points of paper, so that words can be kept off it."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate(([0.0], np.cumsum(steps)))
    wanted = np.arange(0.0, along[-1] + step_pt, step_pt)
    return np.column_stack((np.interp(wanted, along, points[:, 0]), np.interp(wanted, along, points[:, 1])))


def _states(scene: Scene, places: Labels, on_paper: OnPaper, scale: float, language: str) -> Iterator[Written]:
    found = [(territory, *inside_point(territory.area)) for territory in scene.territories]
    found.sort(key=lambda one: (one[0].code not in scene.observed_areas, -one[2]))
    for territory, middle, radius_km in found:
        observed = territory.code in scene.observed_areas
        if radius_km * scale < LEAST_STATE_PT or re.match("X-", territory.code):
            continue
        words = drawable(state_name(territory.code, language))
        x, y = on_paper(np.array([middle]))[0]
        reach = radius_km * scale * 0.5
        around = [(x + dx * reach, y + dy * reach) for dx, dy in ((0, 0), (0, 1), (0, -1), (-1, 0), (1, 0))]
        for at in around:
            label = places.place(words, at, STATE_SIZE, bold=observed, beside=CENTRED)
            if label is not None:
                yield Written(label, "#6b5a17" if observed else "#6d6a60", bold=observed, italic=not observed)
                break


def _sites(scene: Scene, places: Labels, on_paper: OnPaper) -> Iterator[Written]:
    """Name the most valuable sites that were observed, then some that were not, as far as there is room."""
    plan = scene.plan
    seen = sorted(set(plan.observed_sites), key=lambda i: (-plan.sites[i].value, i))
    missed = sorted(set(range(len(plan.sites))) - set(seen), key=lambda i: (-plan.sites[i].value, i))
    for indices, most in ((seen, MOST_SITE_NAMES), (missed, MOST_MISSED_NAMES)):
        named = 0
        for index in indices[: 4 * most]:
            if _is_named_already(plan, plan.sites[index].name):
                continue
            words = fitting(drawable(plan.sites[index].name), SITE_SIZE, LONGEST_NAME_PT)
            x, y = on_paper(scene.sites[index : index + 1])[0]
            # Sites that are observed lie beside the route, where there is often room only a little further off.
            tries = (places.place(words, (float(x), float(y)), SITE_SIZE, gap_pt=gap) for gap in SITE_GAPS_PT)
            label = next((label for label in tries if label is not None), None) if words else None
            if label is not None:
                yield Written(label, paper.INK)
                named += 1
            if named == most:
                break


def _is_named_already(plan: Plan, site: str) -> bool:
    """Tell whether a site is an airfield of the route, whose name stands on the map: a site named by its code."""
    return any(waypoint.airfield and site.split(" ", 1)[0] == waypoint.ident for waypoint in plan.waypoints)

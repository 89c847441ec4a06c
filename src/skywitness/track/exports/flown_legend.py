"""What the signs on the map of a flown track mean; only signs that are on it are explained."""

from __future__ import annotations

from collections.abc import Iterator

from skywitness.core.text import say
from skywitness.route.exports import paper
from skywitness.route.exports.map_legend import Entry, finding_entries, land_entries, line, mark, nothing
from skywitness.track.exports import flown_layers as layers
from skywitness.track.exports.flown_scene import FlownScene


def entries(scene: FlownScene) -> list[Entry]:
    """List the signs that a scene needs explained."""
    base = scene.base
    return [
        *_planned(scene),
        *_flown(scene),
        *_ends(scene),
        *finding_entries(base),
        *land_entries(base),
    ]


def _planned(scene: FlownScene) -> Iterator[Entry]:
    if any(not leg.transit for leg in scene.base.legs):
        yield Entry(line(paper.SKY, layers.PLANNED_PT, layers.PLANNED_DASHES), say("planned leg, with its number"))
    if any(leg.transit for leg in scene.base.legs):
        yield Entry(line(paper.PALE_GREY, layers.PLANNED_PT, layers.TRANSIT_DASHES), say("planned transit leg"))
    if scene.corridor is not None:
        words = say("{km:g} km from the planned path (VIII.II.3)", km=scene.limit_km)
        yield Entry(line(paper.BLUE, 0.6, layers.CORRIDOR_DASHES), words)


def _flown(scene: FlownScene) -> Iterator[Entry]:
    yield Entry(line(paper.INK, layers.FLOWN_PT, "-"), say("flown"))
    if scene.sensors_on:
        yield Entry(line(paper.INK, layers.SENSORS_PT, "-"), say("flown, a sensor on"))
    elif scene.flight.log.sensors_on is None:
        yield Entry(nothing(), say("when sensors ran is not known"))
    if scene.gaps:
        words = say("gap in the track, drawn straight ({count})", count=len(scene.gaps))
        yield Entry(line(paper.INK, layers.FLOWN_PT, layers.GAP_DOTS), words)
    if scene.deviations:
        words = say("off the planned path ({count})", count=len(scene.deviations))
        yield Entry(line(layers.PALE_ORANGE, layers.BEYOND_PT, "-"), words)
    if any(deviation.beyond for deviation in scene.deviations):
        words = say("beyond the limit of VIII.II.3")
        yield Entry(line(paper.VERMILION, layers.BEYOND_PT, "-"), words)


def _ends(scene: FlownScene) -> Iterator[Entry]:
    yield Entry(mark("o", "none", 6.0, paper.GREEN), say("the track begins"))
    yield Entry(mark("s", "none", 6.0, paper.GREEN), say("the track ends"))
    yield Entry(mark("^", paper.INK, 6.0), say("airfield"))
    if len(scene.base.waypoints) > 2:
        yield Entry(mark("o", "white", 3.5, paper.BLUE), say("waypoint"))
    if len(scene.left_out):
        inside = int(scene.base.box.holds(scene.left_out).sum())
        if inside:
            words = say("point left out of the track ({count:,})", count=inside)
            yield Entry(mark("x", layers.PURPLE, 4.0, layers.PURPLE), words)
        if inside < len(scene.left_out):
            yield Entry(
                nothing(), say("points left out, outside this map: {count:,}", count=len(scene.left_out) - inside)
            )

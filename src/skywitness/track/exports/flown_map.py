"""The map of a flown track beside its plan, as a picture and as a drawing for the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.route.exports import map_layers, paper
from skywitness.route.exports.account import counts, plan_title
from skywitness.route.exports.map_legend import Entry
from skywitness.route.exports.map_names import write_names
from skywitness.route.exports.png_map import PICTURE_ASPECTS, MapDrawing
from skywitness.route.model import Plan
from skywitness.track.exports import flown_layers
from skywitness.track.exports.flown_legend import entries
from skywitness.track.exports.flown_names import first_names
from skywitness.track.exports.flown_scene import FlownScene, make_flown_scene
from skywitness.track.model import Floats
from skywitness.track.rules.flight import Flight

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PAGE_ASPECTS = (0.45, 0.8)
"""Height over width of the map on paper, where it shares its page."""

NONE_LEFT_OUT = np.empty((0, 2))


def to_png(
    flight: Flight,
    findings: Sequence[Finding] = (),
    *,
    left_out: Floats = NONE_LEFT_OUT,
    catalogue: Catalogue = ENGLISH,
    language: str = "en",
) -> bytes:
    """Draw a flight as a PNG of A4 width; the same flight gives the same bytes.

    ``left_out``: rows of (lon, lat) of points that cleaning left out of the track.
    """
    scene = make_flown_scene(flight, findings, left_out, PICTURE_ASPECTS)
    with paper.plain_style():
        drawing = FlownMap(scene, catalogue, language, titled=True)
        drawing.title(plan_title(flight.context.plan, language), about(flight, findings))
        return paper.png_bytes(drawing.finish())


def to_svg(
    flight: Flight,
    findings: Sequence[Finding] = (),
    *,
    left_out: Floats = NONE_LEFT_OUT,
    catalogue: Catalogue = ENGLISH,
    language: str = "en",
    aspects: tuple[float, float] = PAGE_ASPECTS,
) -> bytes:
    """Draw a flight without title for a page that has one of its own."""
    scene = make_flown_scene(flight, findings, left_out, aspects)
    with paper.plain_style():
        return paper.svg_bytes(FlownMap(scene, catalogue, language, titled=False).finish())


def about(flight: Flight, findings: Sequence[Finding]) -> Text:
    """Say in a line what was flown and how it stands."""
    seen, found = flight.seen, counts(findings)
    return say(
        "flown {start} to {end} · {flown:.0f} km flown, {planned:.0f} km planned · breach: {breach}, cannot tell: "
        "{cannot_tell}, kept: {ok}",
        start=seen.track.time_utc(0),
        end=seen.track.time_utc(len(seen.track) - 1),
        flown=seen.distance_km,
        planned=seen.planned_km,
        breach=found[Verdict.BREACH],
        cannot_tell=found[Verdict.CANNOT_TELL],
        ok=found[Verdict.OK],
    )


class FlownMap(MapDrawing):
    """A flown track over the map of its plan."""

    def __init__(self, scene: FlownScene, catalogue: Catalogue, language: str, *, titled: bool) -> None:
        self._flown = scene
        super().__init__(scene.base, catalogue, language, titled=titled)

    def entries(self) -> list[Entry]:
        """List the signs that the legend explains."""
        return entries(self._flown)

    def plan(self) -> Plan:
        """Give the plan as it was read; the scene draws it under the reading of the flight, and without its sites."""
        return self._flown.flight.context.plan

    def told(self) -> list[Text]:
        """Say also where the track comes from and how it is drawn."""
        seen = self._flown.flight.seen
        track = say(
            "Track: {source}; {kept:,} of {read:,} points kept, drawn through {drawn:,}, within {close:.0f} m of all.",
            source=seen.track.source,
            kept=len(seen.track),
            read=seen.cleaned.read,
            drawn=self._flown.drawn,
            close=self._flown.close_m,
        )
        return [track, *super().told()]

    def draw(self, axes: Axes, scale: float) -> None:
        """Draw plan and track over land and grid, and the names."""
        flown_layers.corridor(axes, self._flown)
        flown_layers.planned(axes, self._flown)
        flown_layers.flown(axes, self._flown, scale)
        map_layers.waypoints(axes, self._scene)
        names: dict[str, Any] = {"first": first_names(self._flown, self._catalogue)}
        for written in write_names(self._scene, self._scene.box.width * scale, self._language, **names):
            map_layers.name(axes, self._scene, scale, written)

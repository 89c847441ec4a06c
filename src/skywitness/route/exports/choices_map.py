"""The map of several flights to choose from: every route in a colour and a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from skywitness.core.text import ENGLISH, Catalogue, Text, say, say_n
from skywitness.route.exports import map_layers, paper
from skywitness.route.exports.account import plan_title
from skywitness.route.exports.map_legend import Entry, land_entries, line, mark
from skywitness.route.exports.map_names import write_names
from skywitness.route.exports.png_map import PICTURE_ASPECTS, MapDrawing
from skywitness.route.exports.scene import Scene, borders_sentence, make_scene, view_of
from skywitness.route.model import Plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from skywitness.geo.view import BorderView

STYLES: tuple[tuple[str, Any], ...] = (
    (paper.BLUE, "-"),
    (paper.VERMILION, (0, (6, 2))),
    (paper.GREEN, (0, (3, 1.5))),
    (paper.PURPLE, (0, (1, 1))),
    (paper.INK, (0, (6, 2, 1, 2))),
    (paper.SKY, "-"),
    (paper.GREY, (0, (3, 1.5))),
    ("#E69F00", (0, (1, 1))),
    (paper.INK, (0, (1, 3))),
)
"""Colour and line of each choice: told apart without colour as well."""

WIDEST_PT = 2.2
"""The first choice is drawn broadest and lowest, so that routes on one another all show."""


def to_png(
    plans: Sequence[Plan], *, catalogue: Catalogue = ENGLISH, language: str = "en", view: BorderView | None = None
) -> bytes:
    """Draw the routes of several plans of one flight on one map; the same plans give the same bytes."""
    drawn = view or view_of(plans[0])
    scene = make_scene(_joined(plans), (), drawn, PICTURE_ASPECTS)
    with paper.plain_style():
        drawing = _ChoicesDrawing(plans, scene, catalogue, language)
        about = say_n("{count} choice", "{count} choices", len(plans))
        drawing.title(plan_title(plans[0], language), about)
        return paper.png_bytes(drawing.finish())


def _joined(plans: Sequence[Plan]) -> Plan:
    """Make one plan of all routes, to be laid out: its legs are numbered through, and it is never flown."""
    starts = [0, *accumulate(len(plan.waypoints) for plan in plans)]
    legs = tuple(
        replace(leg, number=leg.number + begin)
        for plan, begin in zip(plans, starts[:-1], strict=True)
        for leg in plan.legs
    )
    return replace(
        plans[0],
        waypoints=tuple(point for plan in plans for point in plan.waypoints),
        legs=legs,
        stops=(),
        observed_sites=tuple(sorted({index for plan in plans for index in plan.observed_sites})),
    )


class _ChoicesDrawing(MapDrawing):
    """The map of a plan with several routes in place of one."""

    def __init__(self, plans: Sequence[Plan], scene: Scene, catalogue: Catalogue, language: str) -> None:
        self._plans = plans
        super().__init__(scene, catalogue, language, titled=True)

    def entries(self) -> list[Entry]:
        """Explain each route by its value and length."""
        found = [
            Entry(
                line(*_colour_and_width(number), STYLES[number % len(STYLES)][1]),
                say(
                    "choice {number}: {value:.1f}, {km:.0f} km",
                    number=number + 1,
                    value=plan.score,
                    km=plan.distance_km,
                ),
            )
            for number, plan in enumerate(self._plans)
        ]
        found.append(Entry(mark("s", paper.GREEN, 4.5), say("site that a choice observes")))
        found.append(Entry(mark("x", paper.VERMILION, 4.5, paper.VERMILION), say("site that none observes")))
        return [*found, *land_entries(self._scene)]

    def told(self) -> list[Text]:
        """Say whose borders are drawn and by which law the routes were planned."""
        about = say(
            "Law and Parties on {day}. Azimuthal equidistant projection about the route, WGS 84.",
            day=self._scene.plan.reading.at.isoformat(),
        )
        return [borders_sentence(self._scene), about]

    def draw(self, axes: Axes, scale: float) -> None:
        """Draw the routes, the best one lowest and broadest, then sites and names."""
        map_layers.sites(axes, self._scene)
        legs = iter(self._scene.legs)
        for number, plan in enumerate(self._plans):
            colour, width = _colour_and_width(number)
            for _ in plan.legs:
                points = next(legs).points
                style = {"linestyle": STYLES[number % len(STYLES)][1], "scalex": False, "scaley": False}
                axes.plot(*points.T, color=colour, linewidth=width, zorder=5.1 + 0.05 * number, **style)
        map_layers.waypoints(axes, self._fields_only())
        for written in write_names(self._fields_only(), self._map_width_in * 72.0, self._language):
            map_layers.name(axes, self._scene, scale, written)

    def _fields_only(self) -> Scene:
        """The scene without turn points and legs, whose names would not fit beside one another."""
        plan = self._scene.plan
        keep = [place for place, point in enumerate(plan.waypoints) if point.airfield]
        slim = replace(plan, waypoints=tuple(plan.waypoints[place] for place in keep), legs=())
        return replace(self._scene, plan=slim, legs=(), waypoints=self._scene.waypoints[keep])


def _colour_and_width(number: int) -> tuple[str, float]:
    return STYLES[number % len(STYLES)][0], max(WIDEST_PT - 0.35 * number, 0.8)

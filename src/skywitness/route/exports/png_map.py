"""The map of a plan, as a picture and as a drawing for the mission plan on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from skywitness.core.finding import Finding
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.route.exports import map_layers, paper
from skywitness.route.exports.account import plan_title, verdict_sentence
from skywitness.route.exports.chart import round_length_km
from skywitness.route.exports.glyphs import changed_by_font, drawable, font, legend_columns, shrunk, wrapped
from skywitness.route.exports.graticule import grid_lines
from skywitness.route.exports.map_legend import Entry, entries
from skywitness.route.exports.map_names import write_names
from skywitness.route.exports.scene import Scene, borders_sentence, make_scene, view_of
from skywitness.route.files.plan_write import plan_hash
from skywitness.route.model import Plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from skywitness.geo.view import BorderView

WIDTH_IN = 7.48
"""190 mm, the width of A4 with small margins."""

SIDE_IN = 0.34
RIGHT_IN = 0.1
TOP_IN = 0.08
TITLE_IN = 0.52
TICKS_IN = 0.2
LEGEND_ROW_IN = 0.14
FOOT_LINE_IN = 0.12
FOOT_SIZE = 5.8
"""Parts of the page in inches, from the top down; the size of letters in the foot in points."""

LEGEND_FROM_IN = 1.8
LEGEND_SIZE = 6.5
"""Where the legend starts beside the scale, and the size of its letters."""

PICTURE_ASPECTS = (0.5, 1.15)
"""Height over width of the map in a picture: any route fits, and the whole picture an A4 page."""


def gaps(plan: Plan) -> tuple[Text, ...]:
    """Say what the picture cannot carry."""
    return (
        say("A picture carries no numbers that can be read back: positions, heights and times are in the other files."),
        say("Names and leg numbers are left out where there is no room for them."),
        say("The strip along borders and the swaths are drawn, not measured."),
        *changed_by_font(plan),
    )


def to_png(
    plan: Plan,
    findings: Sequence[Finding] = (),
    *,
    catalogue: Catalogue = ENGLISH,
    language: str = "en",
    view: BorderView | None = None,
) -> bytes:
    """Draw the map of a plan as a PNG of A4 width; the same plan gives the same bytes.

    ``view``: the borders to draw, by default those of the plan's reading.
    """
    scene = make_scene(plan, findings, view or view_of(plan), PICTURE_ASPECTS)
    with paper.plain_style():
        drawing = MapDrawing(scene, catalogue, language, titled=True)
        drawing.title(*_title(plan, findings, language))
        return paper.png_bytes(drawing.finish())


def to_svg(
    plan: Plan,
    findings: Sequence[Finding] = (),
    *,
    catalogue: Catalogue = ENGLISH,
    language: str = "en",
    view: BorderView | None = None,
    aspects: tuple[float, float] = PICTURE_ASPECTS,
) -> bytes:
    """Draw the map without title for a page that has one of its own."""
    scene = make_scene(plan, findings, view or view_of(plan), aspects)
    with paper.plain_style():
        return paper.svg_bytes(MapDrawing(scene, catalogue, language, titled=False).finish())


def _title(plan: Plan, findings: Sequence[Finding], language: str) -> tuple[Text, Text]:
    about = say(
        "{start} to {end} · {distance:.0f} km · legs: {legs} · {verdict}",
        start=plan.commencement_utc,
        end=plan.completion_utc,
        distance=plan.distance_km,
        legs=len(plan.legs),
        verdict=verdict_sentence(findings),
    )
    return plan_title(plan, language), about


class MapDrawing:
    """One map on one figure: frame, land, route, names, legend, foot.

    A map that shows something else on the same paper gives its own :meth:`entries`, :meth:`told` and :meth:`draw`.
    """

    def __init__(self, scene: Scene, catalogue: Catalogue, language: str, *, titled: bool) -> None:
        self._scene = scene
        self._catalogue = catalogue
        self._language = language
        self._titled = titled
        self._legend = self.entries()
        self._columns = legend_columns(
            [self._words(entry.words) for entry in self._legend], LEGEND_SIZE, (WIDTH_IN - LEGEND_FROM_IN - 0.1) * 72.0
        )
        rows = max(-(-len(self._legend) // self._columns), 3)
        self._map_width_in = WIDTH_IN - SIDE_IN - RIGHT_IN
        self._foot = self._foot_lines()
        map_height_in = self._map_width_in * scene.box.height / scene.box.width
        self._below_in = TICKS_IN + rows * LEGEND_ROW_IN + 0.2 + len(self._foot) * FOOT_LINE_IN
        top_in = TITLE_IN if titled else TOP_IN
        self._height_in = top_in + map_height_in + self._below_in
        self._figure = paper.new_figure(WIDTH_IN, self._height_in)
        place = (
            SIDE_IN / WIDTH_IN,
            self._below_in / self._height_in,
            self._map_width_in / WIDTH_IN,
            map_height_in / self._height_in,
        )
        self._axes = self._figure.add_axes(place)
        self._draw_map()

    def _words(self, text: Text) -> str:
        return drawable(text.render(self._catalogue))

    def _text(self, x_in: float, y_in: float, words: str, size: float, **style: Any) -> None:
        bold, italic = style.pop("bold", False), style.pop("italic", False)
        self._figure.text(
            x_in / WIDTH_IN, y_in / self._height_in, words, fontproperties=font(size, bold, italic), **style
        )

    def title(self, title: Text, about: Text) -> None:
        """Write the title and what is to be known at once above the map."""
        width_pt = self._map_width_in * 72.0
        words, size = shrunk(self._words(title), 11.0, 8.0, width_pt, bold=True)
        self._text(SIDE_IN, self._height_in - 0.22, words, size, bold=True)
        words, size = shrunk(self._words(about), 7.5, 5.8, width_pt)
        self._text(SIDE_IN, self._height_in - 0.41, words, size, color=paper.GREY)

    def entries(self) -> list[Entry]:
        """List the signs that the legend explains."""
        return entries(self._scene)

    def plan(self) -> Plan:
        """Give the plan as it was read, whose hash stands below."""
        return self._scene.plan

    def told(self) -> list[Text]:
        """Say what stands below the legend: borders, law, and the hash unless the page has it in its own foot."""
        about = say(
            "Law and Parties on {day}. Azimuthal equidistant projection about the route, WGS 84.",
            day=self._scene.plan.reading.at.isoformat(),
        )
        told = [borders_sentence(self._scene), about]
        if self._titled:
            told.append(say("Plan (SHA-256): {hash}", hash=plan_hash(self.plan())))
        return told

    def draw(self, axes: Axes, scale: float) -> None:
        """Draw what the map is about over land and grid, and the names; ``scale`` is points of paper per km."""
        map_layers.route(axes, self._scene, scale)
        map_layers.sites(axes, self._scene)
        map_layers.waypoints(axes, self._scene)
        for written in write_names(self._scene, self._map_width_in * 72.0, self._language):
            map_layers.name(axes, self._scene, scale, written)

    def finish(self) -> Figure:
        """Add legend, scale and foot, and give the figure."""
        self._draw_legend()
        self._draw_scale()
        self._draw_foot()
        return self._figure

    def _draw_map(self) -> None:
        box, axes = self._scene.box, self._axes
        axes.set_xlim(box.west, box.east)
        axes.set_ylim(box.south, box.north)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_facecolor(paper.SEA if self._scene.land_known else "white")
        scale = self._map_width_in * 72.0 / box.width
        map_layers.land(axes, self._scene)
        self._draw_grid()
        self.draw(axes, scale)

    def _draw_grid(self) -> None:
        box = self._scene.box
        k = self._map_width_in / box.width
        for line in grid_lines(self._scene.chart, box):
            self._axes.plot(
                *line.points.T, color="#8fa3ad", linewidth=0.35, alpha=0.7, zorder=2.5, scalex=False, scaley=False
            )
            if line.x is not None:
                x_in = SIDE_IN + (line.x - box.west) * k
                self._text(
                    x_in, self._below_in - 0.04, self._words(line.name), 5.8, ha="center", va="top", color=paper.GREY
                )
            if line.y is not None:
                y_in = self._below_in + (line.y - box.south) * k
                self._text(
                    SIDE_IN - 0.04,
                    y_in,
                    self._words(line.name),
                    5.8,
                    ha="right",
                    va="center",
                    rotation=90,
                    color=paper.GREY,
                )

    def _draw_legend(self) -> None:
        words = [self._words(entry.words) for entry in self._legend]
        legend = self._figure.legend(
            [entry.handle for entry in self._legend],
            words,
            loc="upper left",
            bbox_to_anchor=(LEGEND_FROM_IN / WIDTH_IN, (self._below_in - TICKS_IN) / self._height_in),
            ncols=self._columns,
            prop=font(LEGEND_SIZE),
            frameon=False,
            borderpad=0.0,
            borderaxespad=0.0,
            labelspacing=0.55,
            columnspacing=1.4,
            handlelength=2.0,
        )
        legend.set_zorder(9)

    def _draw_scale(self) -> None:
        from matplotlib.patches import FancyArrow, Rectangle

        length_km = round_length_km(self._scene.box.width * 1.1 / self._map_width_in)
        length_in = length_km / self._scene.box.width * self._map_width_in
        y = self._below_in - TICKS_IN - 0.22
        for half, colour in ((0, paper.INK), (1, "white")):
            bar = Rectangle(
                ((SIDE_IN + half * length_in / 2.0) / WIDTH_IN, y / self._height_in),
                length_in / 2.0 / WIDTH_IN,
                0.05 / self._height_in,
                transform=self._figure.transFigure,
                facecolor=colour,
                edgecolor=paper.INK,
                linewidth=0.5,
            )
            self._figure.add_artist(bar)
        self._text(SIDE_IN, y + 0.08, self._words(say("{km:g} km", km=length_km)), 6.5)
        words, size = shrunk(self._words(say("in the middle of the map")), 5.8, 4.8, 1.1 * 72.0)
        self._text(SIDE_IN, y - 0.11, words, size, color=paper.GREY)
        x = SIDE_IN + 1.25
        arrow = FancyArrow(
            x / WIDTH_IN,
            (y - 0.1) / self._height_in,
            0.0,
            0.24 / self._height_in,
            width=0.012 / WIDTH_IN,
            head_width=0.08 / WIDTH_IN,
            head_length=0.1 / self._height_in,
            length_includes_head=True,
            transform=self._figure.transFigure,
            color=paper.INK,
            linewidth=0.0,
        )
        self._figure.add_artist(arrow)
        self._text(x, y + 0.16, self._words(say("N")), 6.5, ha="center", bold=True)

    def _foot_lines(self) -> list[str]:
        width_pt = self._map_width_in * 72.0
        return [line for text in self.told() for line in wrapped(self._words(text), FOOT_SIZE, width_pt)]

    def _draw_foot(self) -> None:
        for index, line in enumerate(reversed(self._foot)):
            self._text(SIDE_IN, 0.08 + index * FOOT_LINE_IN, line, FOOT_SIZE, color=paper.GREY)

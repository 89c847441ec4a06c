"""The diagram of ``sampling curve``: the chance of detection against the size of the sample, one line for each number
of false items, the smallest samples that are enough marked on it, and what the figures rest on below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from skywitness.cli.language import Language
from skywitness.cli.sampling.figures import drawing_words
from skywitness.core.text import Text, say
from skywitness.route.exports import paper
from skywitness.route.exports.glyphs import drawable, size_pt, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    from skywitness.sampling.caveats import Caveat
    from skywitness.sampling.curves import Curve
    from skywitness.sampling.model import Question

WIDTH_IN: Final = 8.0
PLOT_IN: Final = 4.2
LEFT_IN, RIGHT_IN = 0.8, 1.35
TITLE_IN, AXIS_IN = 0.75, 0.62
LINE_IN: Final = 0.135
SIZE, SMALL = 8.0, 7.0
COLOURS: Final = (paper.BLUE, paper.VERMILION, paper.GREEN, paper.PURPLE, paper.SKY, "#b8860b", paper.INK, paper.GREY)
STYLES: Final = (
    "-",
    (0, (6, 2)),
    (0, (2, 1.5)),
    (0, (7, 2, 1.5, 2)),
    "-",
    (0, (6, 2)),
    (0, (2, 1.5)),
    (0, (7, 2, 1.5, 2)),
)
"""Lines differ by colour and by dashes, so that none rests on colour alone."""


def draw_curves(
    question: Question, found: Sequence[Curve], told: Sequence[Caveat], kind: str, language: Language
) -> bytes:
    """Draw curves as ``png`` or ``svg``; the same data give the same bytes."""
    with paper.plain_style():
        figure = figure_of(question, found, told, language)
        return paper.png_bytes(figure) if kind == "png" else paper.svg_bytes(figure)


def figure_of(question: Question, found: Sequence[Curve], told: Sequence[Caveat], language: Language) -> Figure:
    """Lay out the page; call it within ``paper.plain_style()``."""
    sheet = Sheet(language, told)
    axes = sheet.axes
    title = say("{items:,} items: chance of noticing a false one", items=question.items)
    sheet.title(title, drawing_words(question, language)[: 2 if question.defects.known else -1])
    drawn = say("items drawn in each round, of {items:,}", items=question.items)
    if question.rounds == 1:
        drawn = say("items drawn, of {items:,}", items=question.items)
    most = found[0].points[-1].sample
    wide = _is_wide(found, most)
    if wide:
        drawn = say("{drawn} (logarithmic)", drawn=drawn)
    sheet.label(drawn, say("chance of noticing at least one (%)"))
    if wide:
        axes.set_xscale("log")
    else:
        axes.xaxis.set_major_locator(_whole_numbers())
    axes.set_xlim(1 if wide else 0, max(most, 2))
    axes.set_ylim(0, 101.5)
    sheet.numbers()
    for number, one in enumerate(found):
        _line(axes, one, number)
    _marks(axes, found, language)
    _names(sheet, found)
    return sheet.figure


def _whole_numbers() -> MaxNLocator:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins="auto", steps=[1, 2, 2.5, 5, 10], integer=True)


class Sheet:
    """A page with one panel: a title above, caveats below."""

    def __init__(self, language: Language, told: Sequence[Caveat], right_in: float = RIGHT_IN) -> None:
        self.language = language
        self._foot = self._lines(told)
        self._foot_in = AXIS_IN + LINE_IN * (len(self._foot) + 1.2)
        self.height_in = TITLE_IN + PLOT_IN + self._foot_in
        self.figure = paper.new_figure(WIDTH_IN, self.height_in)
        self.axes: Axes = self.figure.add_axes(
            (
                LEFT_IN / WIDTH_IN,
                self._foot_in / self.height_in,
                (WIDTH_IN - LEFT_IN - right_in) / WIDTH_IN,
                PLOT_IN / self.height_in,
            )
        )
        self.axes.tick_params(labelsize=SMALL, length=3)
        self.axes.grid(True, color="#e3e3e3", linewidth=0.5)
        self.axes.set_axisbelow(True)
        for side in ("top", "right"):
            self.axes.spines[side].set_visible(False)
        self._write_foot()

    def words(self, text: Text) -> str:
        """Render a text with letters that can be drawn."""
        return drawable(text.render(self.language))

    def title(self, title: Text, below: Sequence[Text]) -> None:
        """Write the title and, in one line below it, how it is drawn."""
        self._write(0.2, self.height_in - 0.3, self.words(title), 11.0, weight="bold")
        line = " ".join(self.words(one) for one in below)
        for number, part in enumerate(wrapped(line, SMALL, (WIDTH_IN - 0.4) * 72.0)[:2]):
            self._write(0.2, self.height_in - 0.48 - 0.13 * number, part, SMALL)

    def label(self, across: Text, up: Text) -> None:
        """Name the axes, with their units."""
        self.axes.set_xlabel(self.words(across), size=SIZE, color=paper.INK)
        self.axes.set_ylabel(self.words(up), size=SIZE, color=paper.INK)
        self.numbers()

    def numbers(self) -> None:
        """Write the numbers of both axes with the marks of the language; a new scale forgets them."""
        self.axes.xaxis.set_major_formatter(lambda value, _: self._number(value))
        self.axes.yaxis.set_major_formatter(lambda value, _: self._number(value))

    def _number(self, value: float) -> str:
        decimals = len(f"{value:.7f}".rstrip("0").partition(".")[2])  # a level of 99.99999 is not 100
        return self.language.number(value, f",.{decimals}f")

    def _lines(self, told: Sequence[Caveat]) -> list[str]:
        found: list[str] = []
        for one in told:
            parts = wrapped(self.words(one.text), SMALL, (WIDTH_IN - 0.55) * 72.0)
            found += [f"· {part}" if not number else f"  {part}" for number, part in enumerate(parts)]
        return found

    def _write_foot(self) -> None:
        top = self._foot_in - AXIS_IN
        self._write(0.2, top, self.words(say("To be read with these figures")), SMALL, weight="bold")
        for number, line in enumerate(self._foot, 1):
            self._write(0.2, top - LINE_IN * number, line, SMALL)

    def _write(self, x_in: float, y_in: float, words: str, size: float, **how: Any) -> None:
        self.figure.text(x_in / WIDTH_IN, y_in / self.height_in, words, size=size, color=paper.INK, **how)


def _line(axes: Axes, one: Curve, number: int) -> None:
    least = 1 if axes.get_xscale() == "log" else 0
    samples = [point.sample for point in one.points if point.sample >= least]
    values = [100.0 * point.chance.found for point in one.points if point.sample >= least]
    axes.plot(samples, values, color=COLOURS[number], linestyle=STYLES[number], linewidth=1.6, clip_on=False)


def _names(sheet: Sheet, found: Sequence[Curve]) -> None:
    """List the lines beside the panel, in the order of their numbers."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], color=COLOURS[number], linestyle=STYLES[number], linewidth=1.6) for number in range(len(found))
    ]
    labels = [sheet.words(say("{count:,} false", count=one.defects)) for one in found]
    sheet.axes.legend(
        handles,
        labels,
        loc="upper left",
        bbox_to_anchor=(1.01, 1.0),
        fontsize=SMALL,
        frameon=False,
        borderpad=0.0,
        handlelength=3.4,
    )


def _is_wide(found: Sequence[Curve], most: int) -> bool:
    """Tell whether curves are so far apart that only a logarithmic axis shows them all."""
    return most >= 100 and found[-1].defects >= 30 * found[0].defects


def _marks(axes: Axes, found: Sequence[Curve], language: Language) -> None:
    """Mark the smallest samples that are enough, with their numbers where there is room for them."""
    from skywitness.sampling.model import Enough

    levels = sorted({100.0 * float(mark.wanted) for one in found for mark in one.marks})
    plain = [tick for tick in (0, 20, 40, 60, 80, 100) if all(abs(tick - level) >= 4 for level in levels)]
    axes.set_yticks(sorted([*plain, *levels]))
    for level in levels:
        axes.axhline(level, color=paper.PALE_GREY, linewidth=0.9, linestyle=(0, (3, 2)), zorder=1)
    shown = [
        (mark.size.sample, 100.0 * mark.size.chance.found, COLOURS[number])
        for number, one in enumerate(found)
        for mark in one.marks
        if isinstance(mark.size, Enough)
    ]
    taken = [_place_pt(axes, sample, value) for sample, value, _ in shown]
    for sample, value, colour in shown:
        axes.plot(
            [sample],
            [value],
            marker="o",
            markersize=4.0,
            color=colour,
            markeredgecolor="white",
            clip_on=False,
            zorder=5,
        )
    for sample, value, colour in shown:
        _mark(axes, sample, value, language, colour, taken)


def _place_pt(axes: Axes, sample: int, value: float) -> tuple[float, float]:
    """Return where a point lies on the page, in points (1/72 inch)."""
    x_pt, y_pt = (float(one) * 72.0 / paper.DPI for one in axes.transData.transform((max(sample, 1), value)))
    return x_pt, y_pt


def _mark(
    axes: Axes, sample: int, value: float, language: Language, colour: str, taken: list[tuple[float, float]]
) -> None:
    """Write the number of a point to the right below it, unless another number or point stands there."""
    words = language.number(sample, ",d")
    wide, high = size_pt(words, SMALL, bold=True)
    x_pt, y_pt = _place_pt(axes, sample, value)
    room = (x_pt + 4.0 + wide / 2.0, y_pt - 8.0 + high / 2.0)  # the middle of the number
    if any(abs(room[0] - x) < wide / 2.0 + 3.0 and abs(room[1] - y) < high / 2.0 + 3.0 for x, y in taken):
        return
    taken += [(room[0] + part * wide / 2.0, room[1]) for part in (-1.0, 0.0, 1.0)]
    at_edge = x_pt + wide + 6.0 > axes.bbox.x1 * 72.0 / paper.DPI
    axes.annotate(
        words,
        (sample, value),
        (-5, 4) if at_edge else (4, -8),
        textcoords="offset points",
        ha="right" if at_edge else "left",
        size=SMALL,
        color=colour,
        weight="bold",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.3, "alpha": 0.8},
        zorder=6,
    )

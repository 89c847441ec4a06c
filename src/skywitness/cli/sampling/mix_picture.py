"""The diagram of ``sampling mix``: for each cost the greatest chance that a mix allowed reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from skywitness.cli.language import Language
from skywitness.cli.sampling.figures import amount, percent
from skywitness.cli.sampling.picture import SMALL, Sheet
from skywitness.core.text import say, verbatim
from skywitness.route.exports import paper

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from skywitness.sampling.mix.model import Answer, Mix, Problem

_ROOM: Final = 1.06


def draw_mix(problem: Problem, found: Answer, kind: str, language: Language) -> bytes:
    """Draw an answer as ``png`` or ``svg``; the same data give the same bytes."""
    with paper.plain_style():
        figure = figure_of(problem, found, language)
        return paper.png_bytes(figure) if kind == "png" else paper.svg_bytes(figure)


def figure_of(problem: Problem, found: Answer, language: Language) -> Figure:
    """Lay out the page; call it within ``paper.plain_style()``."""
    from skywitness.sampling.mix.assumptions import assumptions, caveats

    sheet = Sheet(language, [*assumptions(problem), *caveats()], right_in=0.3)
    title = verbatim(problem.title) if problem.title else say("Cost and chance of a mix of observations")
    below = say(
        "{affected:,} of {sites:,} sites affected; the best mixes within quotas, shares and time; unit of cost: that "
        "of the file.",
        affected=problem.affected,
        sites=problem.sites,
    )
    sheet.title(title, [below])
    sheet.label(say("cost (unit of the file)"), say("chance of noticing (%)"))
    axes = sheet.axes
    last = max(float(found.frontier[-1].cost), 1.0)
    axes.set_xlim(0, last * _ROOM)
    axes.set_ylim(0, 101.5)
    costs = [float(one.cost) for one in found.frontier]
    values = [100.0 * one.found for one in found.frontier]
    axes.step([*costs, last * _ROOM], [*values, values[-1]], where="post", color=paper.BLUE, linewidth=1.4)
    if len(costs) <= 60:
        axes.plot(costs, values, marker="o", markersize=3.0, linestyle="none", color=paper.BLUE)
    _wanted(axes, problem, language)
    _chosen(sheet, problem, found.cheapest or found.best, reached=found.cheapest is not None)
    return sheet.figure


def _wanted(axes: Axes, problem: Problem, language: Language) -> None:
    level = 100.0 * float(problem.wanted)
    axes.axhline(level, color=paper.VERMILION, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1)
    axes.annotate(
        say("wanted: {chance}", chance=percent(language, float(problem.wanted))).render(language),
        (0.0, level),
        (4, 3),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        size=SMALL,
        color=paper.VERMILION,
    )


def _chosen(sheet: Sheet, problem: Problem, one: Mix, *, reached: bool) -> None:
    """Mark the cheapest mix that is enough, or the best there is, and tell what it is made of."""
    cost, value = float(one.cost), 100.0 * one.found
    sheet.axes.plot(
        [cost], [value], marker="D", markersize=6.0, color=paper.VERMILION, markeredgecolor="white", zorder=5
    )
    told = {"cost": amount(sheet.language, one.cost), "chance": percent(sheet.language, one.found, one.missed)}
    head = (
        say("cheapest that is enough: {cost}, {chance}", **told) if reached else say("best: {cost}, {chance}", **told)
    )
    parts = [
        sheet.words(say("{count} × {kind}", count=count, kind=kind.title))
        for kind, count in zip(problem.kinds, one.counts, strict=True)
        if count
    ]
    sheet.axes.annotate(
        "\n".join([sheet.words(head), *parts]),
        (cost, value),
        (0.985, 0.04),
        textcoords="axes fraction",
        size=SMALL,
        ha="right",
        va="bottom",
        color=paper.INK,
        linespacing=1.3,
        bbox={"facecolor": "white", "edgecolor": paper.PALE_GREY, "linewidth": 0.5, "pad": 4.0},
        arrowprops={"arrowstyle": "-", "color": paper.PALE_GREY, "linewidth": 0.7},
        zorder=4,
    )

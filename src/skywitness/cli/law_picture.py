"""The diagram of ``law history``: Parties, passive quotas and maximum flight distances over the years, on one page.

What rests on unchecked recollection is hatched, and what nobody can tell is left white and hatched, so that the picture
never shows more than the data hold.  The same data give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from skywitness.cli.language import Language
from skywitness.cli.law_picture_bars import draw_bars, row_count, year_of
from skywitness.core.text import Text, of_data, say
from skywitness.law.history import FOUNDED, History, Moment, StateEvent
from skywitness.route.exports import paper
from skywitness.route.exports.glyphs import drawable, size_pt, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH_IN: Final = 10.0
LEFT_IN, RIGHT_IN = 2.1, 1.35
TITLE_IN, GAP_IN, FOOT_IN = 0.95, 0.62, 1.0
PARTIES_IN, QUOTAS_IN, ROW_IN = 2.3, 1.75, 0.172
"""Parts of the page in inches."""

_SIZE: Final = 7.0
_SMALL: Final = 6.0
_STANDINGS: Final = (
    ("party", paper.BLUE, say("Parties")),
    ("ratified_not_in_force", paper.SKY, say("ratified, not in force")),
    ("signatory", "#cfd8dc", say("signed only")),
)
_QUOTAS: Final = (
    (FOUNDED[0], paper.BLUE, "", say("treaty text")),
    (FOUNDED[1], paper.GREEN, "", say("reported, decided or seen in use")),
    (FOUNDED[2], "#f0d9b5", "////", say("recollection, unchecked")),
)


def draw(found: History, kind: str, language: Language) -> bytes:
    """Draw a history as ``png`` or ``svg``."""
    with paper.plain_style():
        figure = figure_of(found, language)
        return paper.png_bytes(figure) if kind == "png" else paper.svg_bytes(figure)


def figure_of(found: History, language: Language) -> Figure:
    """Lay out the page; call it within ``paper.plain_style()``."""
    return _Page(found, language).draw()


class _Page:
    """One page: three panels over one axis of years, a title above and the sources below."""

    def __init__(self, found: History, language: Language) -> None:
        self._found = found
        self._language = language
        self._rows_in = max(row_count(found), 1) * ROW_IN
        self._height_in = TITLE_IN + PARTIES_IN + QUOTAS_IN + self._rows_in + 2 * GAP_IN + FOOT_IN
        self._figure = paper.new_figure(WIDTH_IN, self._height_in)
        self._ends = (year_of(found.first), year_of(found.last))

    def draw(self) -> Figure:
        """Draw everything."""
        self._title()
        top = self._height_in - TITLE_IN
        parties = self._panel(top, PARTIES_IN)
        quotas = self._panel(top - PARTIES_IN - GAP_IN, QUOTAS_IN)
        bars = self._panel(top - PARTIES_IN - QUOTAS_IN - 2 * GAP_IN, self._rows_in)
        self._parties(parties)
        self._quotas(quotas)
        draw_bars(bars, self._found, self._words, self._inches_per_year())
        for axes in (parties, quotas, bars):
            self._years(axes)
        self._foot()
        return self._figure

    def _inches_per_year(self) -> float:
        return (WIDTH_IN - LEFT_IN - RIGHT_IN) / (self._ends[1] - self._ends[0])

    def _words(self, text: Text | str) -> str:
        return drawable(text if isinstance(text, str) else text.render(self._language))

    def _write(self, x_in: float, y_in: float, words: str, size: float, **how: Any) -> None:
        self._figure.text(x_in / WIDTH_IN, y_in / self._height_in, words, size=size, color=paper.INK, **how)

    def _title(self) -> None:
        title = say(
            "{title}: Parties, quotas and distances, {first} to {last}",
            title=of_data(self._found.title),
            first=str(self._found.first.year),
            last=str(self._found.last.year),
        )
        self._write(0.25, self._height_in - 0.33, self._words(title), 12.0, weight="bold")
        told = say("As far as the data of {day} go.", day=self._found.last)
        if self._found.known is not None:
            told = say("As far as was known on {day}.", day=self._found.known)
        self._write(0.25, self._height_in - 0.52, self._words(told), _SIZE)

    def _panel(self, top_in: float, height_in: float) -> Axes:
        width = (WIDTH_IN - LEFT_IN - RIGHT_IN) / WIDTH_IN
        place = (LEFT_IN / WIDTH_IN, (top_in - height_in) / self._height_in, width, height_in / self._height_in)
        axes = self._figure.add_axes(place)
        axes.set_xlim(*self._ends)
        axes.tick_params(labelsize=_SMALL, length=2)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        return axes

    def _years(self, axes: Axes) -> None:
        """Mark the years, and the days on which the Treaty entered into force and Parties left."""
        first, last = int(self._ends[0]), int(self._ends[1])
        axes.set_xticks([year for year in range(first, last + 1) if year % 2 == 0])
        axes.set_xticks(range(first, last + 1), minor=True)
        axes.tick_params(axis="x", which="minor", length=1)
        marked = [self._found.entry_into_force, *(event.on for event in self._found.events if not event.joined)]
        for day in marked:
            if self._found.first < day <= self._found.last:
                axes.axvline(year_of(day), color=paper.PALE_GREY, linewidth=0.5, linestyle=(0, (3, 2)), zorder=0)

    def _heading(self, axes: Axes, text: Text) -> None:
        axes.set_title(self._words(text), size=8.5, weight="bold", loc="left", pad=14)

    # ---- Parties ----

    def _parties(self, axes: Axes) -> None:
        moments = self._found.moments
        series = [[moment.standings[name] for moment in moments] for name, _, _ in _STANDINGS]
        self._stack(axes, moments, series, [(colour, "") for _, colour, _ in _STANDINGS])
        self._heading(axes, say("States: how many are Parties"))
        most = max((sum(column) for column in zip(*series, strict=True)), default=1)
        axes.set_ylim(0, most * 1.95)
        axes.set_yticks(range(0, most + 5, 10))
        self._legend(axes, [(colour, "", words) for _, colour, words in _STANDINGS])
        later = [event for event in self._found.events if event.on != self._found.entry_into_force]
        self._event_labels(axes, later, most)
        self._counts(axes)

    def _event_labels(self, axes: Axes, events: Sequence[StateEvent], most: int) -> None:
        """Write who joined and left above the steps, side by side, each led to its day."""
        labels = [(self._found.entry_into_force, self._entry_words(), paper.INK)]
        labels += [(event.on, _event_words(event), _event_colour(event)) for event in events]
        room = 8.5 / 72.0 / self._inches_per_year()
        last = float("-inf")
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
        for day, words, colour in labels:
            if not self._found.first <= day <= self._found.last:
                continue
            at = max(year_of(day), last + room)
            last = at
            axes.plot([year_of(day), at], [most * 1.04, most * 1.17], color=paper.PALE_GREY, linewidth=0.4)
            axes.text(
                at, most * 1.19, words, size=_SMALL, rotation=90, ha="center", va="bottom", color=colour, bbox=box
            )

    def _entry_words(self) -> str:
        begins = self._found.entry_into_force
        parties = next((moment.parties for moment in self._found.moments if moment.at == begins), 0)
        return self._words(say("in force {day}: {parties}", day=f"{begins:%Y-%m}", parties=parties))

    def _counts(self, axes: Axes) -> None:
        """Write how many Parties there are in the middle of each run that is long enough."""
        moments = self._found.moments
        ends = [year_of(moment.at) for moment in moments[1:]] + [self._ends[1]]
        runs: list[tuple[float, float, int]] = []
        for moment, end in zip(moments, ends, strict=True):
            start = year_of(moment.at)
            if runs and runs[-1][2] == moment.parties:
                start = runs.pop()[0]
            runs.append((start, end, moment.parties))
        for start, end, count in runs:
            room_pt = (end - start) * self._inches_per_year() * 72.0
            if count and room_pt > size_pt(str(count), _SIZE)[0] + 4.0:
                place = ((start + end) / 2, count / 2)
                axes.text(*place, str(count), size=_SIZE, ha="center", va="center", color="white", weight="bold")

    # ---- quotas ----

    def _quotas(self, axes: Axes) -> None:
        moments = self._found.moments
        series = [[moment.passive[name] for moment in moments] for name, _, _, _ in _QUOTAS]
        self._stack(axes, moments, series, [(colour, hatch) for _, colour, hatch, _ in _QUOTAS])
        self._heading(axes, say("Passive quotas: flights a year that all Parties together must accept"))
        most = max((moment.passive_total for moment in moments), default=1) or 1
        axes.set_ylim(0, most * 1.42)
        self._legend(axes, [(colour, hatch, words) for _, colour, hatch, words in _QUOTAS])
        self._totals(axes, moments)

    def _totals(self, axes: Axes, moments: Sequence[Moment]) -> None:
        """Write the sum above each run that lasts a year or more, and whose quota is not known."""
        ends = [moment.at for moment in moments[1:]] + [self._found.last]
        told: tuple[int, tuple[str, ...]] | None = None
        start = moments[0].at
        for moment, end in zip(moments, ends, strict=True):
            state = (moment.passive_total, moment.open)
            if told != state:
                told, start = state, moment.at
            following = next((one for one in moments if one.at >= end), None)
            if following is not None and (following.passive_total, following.open) == state and end != self._found.last:
                continue
            if moment.passive_total and (end - start).days > 360:
                self._total(axes, start, end, moment)

    def _total(self, axes: Axes, start: dt.date, end: dt.date, moment: Moment) -> None:
        """Write a sum over its run, and over it whose quota is not in the sum, on lines no wider than the run."""
        lines = [str(moment.passive_total)]
        if moment.open:
            told = self._words(say("and {codes}: not known", codes=", ".join(moment.open)))
            wide_pt = (year_of(end) - year_of(start)) * self._inches_per_year() * 72.0
            lines += wrapped(told, _SMALL, max(wide_pt, 40.0))
        middle, words = (year_of(start) + year_of(end)) / 2, "\n".join(lines)
        axes.text(
            middle,
            moment.passive_total + 4,
            words,
            size=_SMALL if moment.open else _SIZE,
            ha="center",
            va="bottom",
            color=paper.INK,
            linespacing=1.05,
        )

    # ---- common ----

    def _stack(
        self,
        axes: Axes,
        moments: Sequence[Moment],
        series: Sequence[Sequence[int]],
        styles: Sequence[tuple[str, str]],
    ) -> None:
        """Fill steps one over the other."""
        days = [year_of(moment.at) for moment in moments] + [self._ends[1]]
        below = [0] * len(days)
        for values, (colour, hatch) in zip(series, styles, strict=True):
            above = [low + value for low, value in zip(below, [*values, values[-1]], strict=True)]
            axes.fill_between(
                days,
                below,
                above,
                step="post",
                facecolor=colour,
                hatch=hatch or None,
                edgecolor="#8a6d3b" if hatch else colour,
                linewidth=0.2 if hatch else 0.0,
            )
            below = above

    def _legend(self, axes: Axes, entries: Sequence[tuple[str, str, Text]]) -> None:
        from matplotlib.patches import Patch

        patches = [
            Patch(facecolor=colour, hatch=hatch, edgecolor="#8a6d3b" if hatch else colour, label=self._words(words))
            for colour, hatch, words in entries
        ]
        axes.legend(
            handles=patches,
            loc="upper left",
            fontsize=_SMALL,
            frameon=False,
            ncols=1,
            handlelength=1.4,
            borderpad=0.1,
        )

    def _foot(self) -> None:
        """Name the sources, and what the picture leaves out."""
        rest = sum(not bar.told_anew for bar in self._found.bars)
        lines = [
            say(
                "Sources: parties.toml, passive_quota.toml and maximum_flight_distance.toml of this program. A.III is "
                "the Treaty, Annex A, Section III; S with a number is a source of practice, listed in sources.toml."
            ),
            say(
                "Distances shown are those of which practice says something; {count} more stand as in the text of 1992 "
                "until their State leaves. * The day is computed from a deposit that is recollection, unchecked.",
                count=rest,
            ),
            say(
                "Active quotas: only the first distribution (2002 and 2003) is public, and it is not drawn. Sources of "
                "distances are mostly announcements of missions by one side."
            ),
        ]
        width_pt = (WIDTH_IN - 0.5) * 72.0
        y_in = FOOT_IN - 0.5
        for line in lines:
            for part in wrapped(self._words(line), _SMALL, width_pt):
                self._write(0.25, y_in, part, _SMALL)
                y_in -= 0.115


def _event_words(event: StateEvent) -> str:
    sign = "+" if event.joined else "−"
    return f"{sign} {event.code} {event.on:%Y-%m}" + (" *" if event.status == "recollection" else "")


def _event_colour(event: StateEvent) -> str:
    return paper.GREEN if event.joined else paper.VERMILION

"""What is written on the map of a flown track before the names of the plan: deviations and gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from skywitness.core.text import Catalogue, say
from skywitness.route.exports import paper
from skywitness.route.exports.glyphs import drawable
from skywitness.route.exports.labels import AROUND, Labels, Over
from skywitness.route.exports.map_names import First, OnPaper, Written, at_share, spread
from skywitness.track.exports.flown_scene import FlownScene

SIZE: Final = 6.2
MOST_DEVIATIONS: Final = 24
MOST_GAPS: Final = 10
LEAST_GAP_PT: Final = 20.0
"""A gap shorter on paper is not named."""

OVER: Final[tuple[tuple[Over, ...], ...]] = ((), ("lines",))
MOST_LINE_PT: Final = 6_000.0
"""A track longer on paper than this covers the map; words are then kept off marks only."""


def first_names(scene: FlownScene, catalogue: Catalogue) -> First:
    """Give what finds places for the deviations, the farthest first, and for the longest gaps."""

    def write(places: Labels, on_paper: OnPaper) -> Iterator[Written]:
        _keep_free(scene, places, on_paper)
        yield from _deviations(scene, places, on_paper, catalogue)
        yield from _gaps(scene, places, on_paper, catalogue)

    return write


def _keep_free(scene: FlownScene, places: Labels, on_paper: OnPaper) -> None:
    dots = [spread(on_paper(run)) for run in scene.runs]
    if sum(map(len, dots)) * 5.0 <= MOST_LINE_PT:
        for line in dots:
            places.keep_free(line, 1.5, "lines")
    ends = np.vstack((scene.runs[0][0], scene.runs[-1][-1]))
    places.keep_free(on_paper(ends), 3.0)


def _deviations(scene: FlownScene, places: Labels, on_paper: OnPaper, catalogue: Catalogue) -> Iterator[Written]:
    found = sorted(scene.deviations, key=lambda one: (-len(one.beyond), -abs(one.deviation.farthest_km)))
    for one in found[:MOST_DEVIATIONS]:
        text = say("D{number}: {km:.0f} km", number=one.number, km=abs(one.deviation.farthest_km))
        x, y = on_paper(one.worst.reshape(1, 2))[0]
        colour = paper.VERMILION if one.beyond else paper.INK
        yield from _beside(places, drawable(text.render(catalogue)), (float(x), float(y)), colour, bold=True)


def _gaps(scene: FlownScene, places: Labels, on_paper: OnPaper, catalogue: Catalogue) -> Iterator[Written]:
    long = [one for one in scene.gaps if np.hypot(*np.diff(on_paper(one.points), axis=0)[0]) >= LEAST_GAP_PT]
    for one in sorted(long, key=lambda one: -one.gap.straight_km)[:MOST_GAPS]:
        text = say("gap, {minutes:.0f} min", minutes=max(one.gap.seconds / 60.0, 1.0))
        at = at_share(on_paper(one.points), 0.5)
        yield from _beside(places, drawable(text.render(catalogue)), at, paper.GREY)


def _beside(
    places: Labels, words: str, at: tuple[float, float], colour: str, *, bold: bool = False
) -> Iterator[Written]:
    """Write words near a place: off everything if possible, over lines if need be, else not at all."""
    tries = (
        places.place(words, at, SIZE, bold=bold, beside=AROUND, gap_pt=gap, over=over)
        for over in OVER
        for gap in (5.0, 9.0, 14.0)
    )
    label = next((label for label in tries if label is not None), None)
    if label is not None:
        yield Written(label, colour, bold=bold)

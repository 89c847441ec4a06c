"""Places for words on a map: none over another, none over a mark, none outside the frame."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from skywitness.core.geodesy import Floats
from skywitness.route.exports.glyphs import size_pt

PADDING_PT = 1.5
"""Free space kept round every label."""

AROUND = ((1, 0), (1, 1), (1, -1), (-1, 0), (-1, 1), (-1, -1), (0, 1), (0, -1))
"""Where a label may stand beside its mark, best first: right, above right, below right, left and so on."""

CENTRED = ((0, 0),)

Over = Literal["lines", "marks", "airfields"]
"""What words may be kept off: the lines of the route, marks (waypoints, sites), airfields."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words with the place of their middle, in points from the lower left corner of the map."""

    words: str
    x_pt: float
    y_pt: float
    size: float


class Labels:
    """Keeps account of the places on a map that are taken."""

    def __init__(self, width_pt: float, height_pt: float) -> None:
        self._frame = (0.0, 0.0, width_pt, height_pt)
        self._taken: list[tuple[float, float, float, float]] = []
        kinds: tuple[Over, ...] = ("lines", "marks", "airfields")
        self._marks: dict[Over, Floats] = {kind: np.empty((0, 4)) for kind in kinds}

    def keep_free(self, points_pt: Floats, radius_pt: float, what: Over = "marks") -> None:
        """Keep words off marks or lines at these places (rows of x, y in points)."""
        if len(points_pt):
            boxes = np.hstack([points_pt - radius_pt, points_pt + radius_pt])
            self._marks[what] = np.vstack([self._marks[what], boxes])

    def place(
        self,
        words: str,
        at_pt: tuple[float, float],
        size: float,
        *,
        bold: bool = False,
        beside: Sequence[tuple[int, int]] = AROUND,
        gap_pt: float = 4.0,
        over: Collection[Over] = (),
    ) -> Label | None:
        """Find room for words at or beside a point and take it; ``None`` when there is none.

        ``over`` lets the words cover lines or marks; never other words.
        """
        width, height = size_pt(words, size, bold)
        for across, up in beside:
            x = at_pt[0] + across * (width / 2.0 + gap_pt)
            y = at_pt[1] + up * (height / 2.0 + (gap_pt if across == 0 else 1.0))
            box = _box(x, y, width, height)
            if self._is_free(box, over):
                self._taken.append(box)
                return Label(words, x, y, size)
        return None

    def _is_free(self, box: tuple[float, float, float, float], over: Collection[Over]) -> bool:
        left, low, right, high = self._frame
        if box[0] < left or box[1] < low or box[2] > right or box[3] > high:
            return False
        if any(_overlap(box, other) for other in self._taken):
            return False
        return not any(_hit(box, marks) for what, marks in self._marks.items() if what not in over)


def _box(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    half_w, half_h = width / 2.0 + PADDING_PT, height / 2.0 + PADDING_PT / 2.0
    return x - half_w, y - half_h, x + half_w, y + half_h


def _hit(box: tuple[float, float, float, float], marks: Floats) -> bool:
    hit = (marks[:, 0] < box[2]) & (marks[:, 2] > box[0]) & (marks[:, 1] < box[3]) & (marks[:, 3] > box[1])
    return bool(hit.any())


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

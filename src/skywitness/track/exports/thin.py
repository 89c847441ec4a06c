"""Tracks of a million points as few points as a drawing shows, without losing shape."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import shapely

from skywitness.track.comparison import Comparison, Stretch
from skywitness.track.model import Floats, Ints

_CHUNK: Final = 20_000


def vertices(seen: Comparison, further: Iterable[int]) -> Ints:
    """Number the points of the track that are enough to draw it: its vertices, and the ends of what is shown apart.

    Lines between them stay within :data:`~skywitness.track.flown_path.CLOSE_M` of every point.
    """
    ends = np.array(sorted(set(further)), np.int64)
    return np.unique(np.concatenate((seen.flown.index, ends))).astype(np.int64)


def between_gaps(seen: Comparison, stretch: Stretch) -> Iterator[Stretch]:
    """Cut a stretch where the track has gaps, so that no line is drawn as flown where nobody saw it."""
    after = [gap.index for gap in seen.gaps if stretch.first <= gap.index < stretch.last]
    starts = [stretch.first, *(index + 1 for index in after)]
    for first, last in zip(starts, [*after, stretch.last], strict=True):
        yield Stretch(first, last)


def thinned(points: Floats, close: float) -> Floats:
    """Choose points (rows of x, y) so that the line through them stays within ``close`` of all others.

    Both ends stay.  Lines of Douglas and Peucker, in pieces, as their time grows with the square at worst.
    """
    if len(points) < 3:
        return points
    edges = [*range(0, len(points) - 1, _CHUNK), len(points) - 1]
    kept = [
        shapely.get_coordinates(
            shapely.simplify(shapely.linestrings(points[one : two + 1]), close, preserve_topology=False)
        )
        for one, two in itertools.pairwise(edges)
    ]
    return np.vstack([kept[0], *(part[1:] for part in kept[1:])])


def extremes(values: Floats, bins: Ints) -> Ints:
    """Number the lowest and the highest value of every bin, in their order; ``bins`` never falls.

    Values that are NaN are passed over; a bin without any other has none.
    """
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        return known.astype(np.int64)
    order = known[np.lexsort((values[known], bins[known]))]
    edge = np.flatnonzero(np.diff(bins[order])) + 1
    lowest, highest = order[np.concatenate(([0], edge))], order[np.concatenate((edge - 1, [len(order) - 1]))]
    return np.unique(np.concatenate((lowest, highest, known[[0, -1]]))).astype(np.int64)

"""The problem that a bound is proved for: places to touch, what touching them is worth, and how far apart they are.

Everything is whole numbers, rounded in the direction that keeps the bound valid: lengths down, values up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

VALUE_BITS = 40
"""All values together are about two to this power of units: a unit is a millionth of a millionth of them."""


@dataclass(frozen=True, slots=True)
class Strip:
    """How much of the way is needed to see what stands close together.

    Within one region ``item_m[i]`` is the length that seeing item ``i`` takes up, and each run of the path through the
    region has the length ``2 * half_run`` for free.  See ``swath`` for why that holds.
    """

    item: Longs
    half_run: int


@dataclass(frozen=True, slots=True)
class Level:
    """A division of the nodes into regions: ``region`` of each node (-1: none), and strips that hold in each."""

    region: Longs
    strips: tuple[Strip, ...]

    @property
    def regions(self) -> int:
        """Number of regions."""
        return int(self.region.max(initial=-1)) + 1


@dataclass(frozen=True, slots=True)
class Bends:
    """What a path can save by passing a node aside, instead of over it.

    ``length[u, v]`` between the middles of nodes; ``ahead[u, v]`` (east, north) points from ``u`` to ``v``, as long as
    ``u`` is wide times the share of the pair that counts.  A path that comes to ``v`` from ``u`` and goes on to ``w``
    saves at most ``|ahead[v, u] + ahead[v, w]|`` there: nothing when it goes straight on, twice the width when it turns
    back.  See ``swath`` for why that holds.
    """

    length: Longs
    ahead: Floats

    def savings(self, node: int, some: Longs) -> Floats:
        """Most that is saved at a node between any neighbour (row) and each of ``some``; rounded up."""
        both = self.ahead[node][:, None, :] + self.ahead[node][some][None, :, :]
        return np.asarray(np.ceil(np.hypot(both[..., 0], both[..., 1])) + 1.0)

    def alone(self, node: int) -> Longs:
        """Half of what turning back to each neighbour saves: shares that cover any pair."""
        return np.asarray(np.ceil(np.hypot(self.ahead[node, :, 0], self.ahead[node, :, 1])) + 1.0, np.int64)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Touch nodes in any order, from node 0 to one of ``ends`` (node numbers) or back, within ``limit``.

    ``length[u, v]``: least length of the path between touching ``u`` and touching ``v`` next.  ``usable``: pairs that
    may follow one another.  ``most[u]``: how often ``u`` can be touched.  Item ``i`` is worth ``value[i]`` units of
    ``unit`` and is had when node ``place[i]`` is touched.  ``given``: units had in any case.
    """

    length: Longs
    limit: int
    usable: Flags
    most: Longs
    ends: Longs
    closed: bool
    value: Longs
    place: Longs
    unit: float
    given: int = 0
    levels: tuple[Level, ...] = ()
    bends: Bends | None = None

    @property
    def nodes(self) -> int:
        """Number of nodes, the start and the ends among them."""
        return int(self.most.size)

    @property
    def items(self) -> int:
        """Number of items."""
        return int(self.value.size)


def units(values: Floats) -> tuple[Longs, float]:
    """Turn values into whole units, rounded up, and tell what a unit is worth (a power of two, so that it is exact)."""
    total = float(values.sum())
    if total <= 0.0:
        return np.zeros(values.size, np.int64), 1.0
    unit = 2.0 ** (np.ceil(np.log2(total)) - VALUE_BITS)
    return np.ceil(values / unit).astype(np.int64), float(unit)


def closure(length: Longs, source: int) -> Longs:
    """Least length of any way from a node to each other; rounded tables need not keep the triangle inequality."""
    best = length[source].astype(np.int64).copy()
    best[source] = 0
    open_ = np.ones(best.size, np.bool_)
    for _ in range(best.size):
        at = int(np.argmin(np.where(open_, best, np.iinfo(np.int64).max)))
        open_[at] = False
        np.minimum(best, best[at] + length[at], out=best)
    return np.asarray(best)

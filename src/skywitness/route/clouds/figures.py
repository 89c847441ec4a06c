"""What a flight sees under many skies: the mean, and what it sees in the worst of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figures:
    """The value seen over skies: mean, standard deviation, and of the worst skies.

    ``quantile`` is the least value so that skies with at most that value weigh at least ``share`` of all;
    ``worst_mean`` is the mean over the worst skies that weigh ``share`` together.
    """

    skies: int
    mean: float
    standard_deviation: float
    share: float
    quantile: float
    worst_mean: float

    def to_json(self) -> dict[str, Any]:
        """Write it for plans and scripts."""
        return {
            "scenarios": self.skies,
            "mean": self.mean,
            "standard_deviation": self.standard_deviation,
            "quantile_share": self.share,
            "quantile": self.quantile,
            "mean_of_worst": self.worst_mean,
        }


def figures(value: Floats, weight: Floats, share: float) -> Figures:
    """Work out the figures of the ``value`` in each sky; ``weight`` adds up to 1, ``share`` is above 0, at most 1."""
    mean = float(weight @ value)
    deviation = math.sqrt(max(float(weight @ (value - mean) ** 2), 0.0))
    worst = worst_weights(value, weight, share)
    return Figures(value.size, mean, deviation, share, _quantile(value, weight, share), float(worst @ value))


def _quantile(value: Floats, weight: Floats, share: float) -> float:
    order = np.argsort(value, kind="stable")
    below = np.cumsum(weight[order])
    # Sums of equal weights end a little beside a share that they should meet.
    at = int(np.searchsorted(below, share - 1e-9))
    return float(value[order[min(at, order.size - 1)]])


def worst_weights(value: Floats, weight: Floats, share: float) -> Floats:
    """Weigh the worst skies that weigh ``share`` together, so that they add up to 1; skies of equal value alike."""
    limit = _quantile(value, weight, share)
    worse, equal = value < limit, value == limit
    room = max(share - float(weight[worse].sum()), 0.0) / float(weight[equal].sum())
    found = np.where(worse, weight, np.where(equal, weight * room, 0.0))
    return np.asarray(found / found.sum(), dtype=np.float64)

"""Skies drawn at random that hang together: where it is cloudy here, it is likely to be cloudy nearby.

A Gaussian copula.  Each site has a latent number, normal with mean 0 and variance 1; two of them are correlated as
exp(-distance / length) with the great-circle distance, which is a valid correlation on the sphere (T. Gneiting,
Strictly and non-strictly positive definite functions on spheres, Bernoulli 19, 2013).  The sky is clear where the
number is at most the quantile of the chance of a clear sky: every chance holds exactly, whatever the length is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt

from skywitness.core import geodesy

Floats = npt.NDArray[np.float64]

EARTH_KM: Final = 6371.0088
"""Mean radius: the correlation needs no better distance."""

MOST_WHOLE: Final = 3000
"""Up to so many sites the table of all correlations is used whole (72 MB); of more, ``SOME`` stand for the others."""

SOME: Final = 1500

_OWN: Final = 1e-6
"""A millionth of the variance is each site's own, so that sites at one place make no trouble."""

_SHORTEST_KM: Final = 1e-3
"""Below a metre every site has its own weather."""

_MEMBERS_AT_ONCE: Final = 512


@dataclass(frozen=True, slots=True)
class Places:
    """Sites by longitude and latitude in degrees, and the chance of a clear sky of each, 0 to 1."""

    lons_deg: Floats
    lats_deg: Floats
    p_clear: Floats


def draw_skies(places: Places, length_km: float, count: int, seed: int | Sequence[int]) -> npt.NDArray[np.bool_]:
    """Draw ``count`` skies: a row for each, true where the sky over a site is clear.

    ``length_km`` of 0 gives every site its own weather, an infinite one gives all the same.  The same seed gives the
    same skies, in whatever order the sites come.
    """
    order = np.lexsort((places.p_clear, places.lats_deg, places.lons_deg))
    level = _levels(places.p_clear[order])
    clear = np.empty((count, order.size), np.bool_)
    at = 0
    for latent in _latent(places.lons_deg[order], places.lats_deg[order], length_km, count, seed):
        clear[at : at + latent.shape[0], order] = latent <= level
        at += latent.shape[0]
    return clear


def _levels(p_clear: Floats) -> Floats:
    """The quantile of each chance; infinite for 0 and 1."""
    normal = NormalDist()
    known = {0.0: -math.inf, 1.0: math.inf}
    return np.array([known[p] if p in known else normal.inv_cdf(p) for p in p_clear.tolist()], dtype=np.float64)


def _latent(lons: Floats, lats: Floats, length_km: float, count: int, seed: int | Sequence[int]) -> Iterator[Floats]:
    """Draw the latent numbers, some members at once."""
    chance = np.random.default_rng(seed)
    mix = _Mix.of(lons, lats, length_km)
    for begin in range(0, count, _MEMBERS_AT_ONCE):
        members = min(_MEMBERS_AT_ONCE, count - begin)
        common = chance.standard_normal((members, mix.spread.shape[1]))
        own = chance.standard_normal((members, lons.size))
        yield common @ mix.spread.T + own * mix.own


@dataclass(frozen=True, slots=True)
class _Mix:
    """How latent numbers are mixed of independent ones: ``spread`` of common ones, ``own`` of one for each site."""

    spread: Floats
    own: Floats

    @classmethod
    def of(cls, lons: Floats, lats: Floats, length_km: float) -> _Mix:
        if length_km < _SHORTEST_KM or lons.size == 0:
            return cls(np.zeros((lons.size, 0)), np.ones(lons.size))
        if math.isinf(length_km):
            return cls(np.ones((lons.size, 1)), np.zeros(lons.size))
        vectors = geodesy.unit_vectors(lons, lats)
        if lons.size <= MOST_WHOLE:
            factor = np.linalg.cholesky(_correlations(vectors, vectors, length_km) + _OWN * np.eye(lons.size))
            return cls(np.asarray(factor / math.sqrt(1.0 + _OWN)), np.zeros(lons.size))
        return cls._of_some(vectors, length_km)

    @classmethod
    def _of_some(cls, vectors: Floats, length_km: float) -> _Mix:
        """Mix through some sites that stand for the others; what they leave of the variance is each site's own."""
        some = vectors[_spread_out(vectors, SOME)]
        factor = np.linalg.cholesky(_correlations(some, some, length_km) + _OWN * np.eye(len(some)))
        spread = np.linalg.solve(factor, _correlations(some, vectors, length_km)).T
        return cls(spread, np.sqrt(np.maximum(1.0 - (spread**2).sum(axis=1), 0.0)))


def _correlations(one: Floats, other: Floats, length_km: float) -> Floats:
    """Correlations of all pairs, from differences of vectors: exact for places that are near one another too."""
    square = np.zeros((len(one), len(other)))
    for axis in range(3):
        square += (one[:, None, axis] - other[None, :, axis]) ** 2
    angle = 2.0 * np.arcsin(np.minimum(np.sqrt(square) / 2.0, 1.0))
    return np.asarray(np.exp(angle * (-EARTH_KM / length_km)))


def _spread_out(vectors: Floats, most: int) -> npt.NDArray[np.int64]:
    """Choose places far from one another: always the one that is farthest from those chosen."""
    chosen = np.zeros(most, np.int64)
    nearness = vectors @ vectors[0]
    for place in range(1, most):
        chosen[place] = int(np.argmin(nearness))
        nearness = np.maximum(nearness, vectors @ vectors[chosen[place]])
    return np.asarray(np.unique(chosen))

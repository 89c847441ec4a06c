"""Random numbers of the kernel: xorshift (Marsaglia 2003) in a column of the tour, the same on every machine."""

# numba compiles this: to it the whole numbers of numpy and of Python are one type, which mypy cannot know.
# mypy: disable-error-code="arg-type, assignment, no-any-return, operator, call-overload, return-value"

from __future__ import annotations

import numpy as np

from skywitness.route.orienteering.arrays import RANDOM, Tour
from skywitness.route.orienteering.compiled import part

_FINE = np.int64(1 << 30)


@part
def draw(t: Tour, number: int) -> int:
    """Draw a whole number from 0 to ``number`` - 1; shifts to the right fill with zeros, as of unsigned numbers."""
    x = t.head[RANDOM]
    x ^= x << 13
    x ^= (x >> 7) & 0x01FFFFFFFFFFFFFF
    x ^= x << 17
    t.head[RANDOM] = x
    return ((x >> 20) & 0x7FFFFFFF) * number >> 31


@part
def uniform(t: Tour) -> float:
    """Draw a number from 0 to 1, 1 never."""
    return draw(t, _FINE) / 1073741824.0

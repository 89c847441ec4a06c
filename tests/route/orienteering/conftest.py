"""The kernel of points, compiled once for all tests of this folder."""

from __future__ import annotations

import sys

import pytest

from skywitness.route.orienteering.warm import warm


@pytest.fixture(scope="session", autouse=True)
def _points_kernel() -> None:
    """Have the kernel compiled; a compiled one is kept between runs."""
    warm(lambda text: print(text, file=sys.stderr))

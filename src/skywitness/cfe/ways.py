"""The ways in which disputed places of the CFE Treaty can be understood; a reading picks one of each."""

from __future__ import annotations

from collections.abc import Mapping

from skywitness.core.reading import Reading
from skywitness.law import ways
from skywitness.law.ways import Interpretation

__all__ = ["Interpretation", "interpretations", "way"]


def interpretations() -> Mapping[str, Interpretation]:
    """Return every disputed place by its provision."""
    return ways.interpretations("cfe")


def way(reading: Reading, ident: str) -> str:
    """Name the way that a reading takes."""
    return ways.way("cfe", reading, ident)

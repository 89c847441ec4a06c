"""The bound as a share: of the time of a plan, and above what the plan reaches."""

from __future__ import annotations

SHARE = 0.12
"""Share of the seconds of a plan that goes into its bound."""

ROUND_S = 0.002
"""Seconds of work for each round, where a search is told to run rounds instead of seconds."""


def bound_seconds(seconds: float, rounds: int | None) -> float:
    """Tell how much work goes into a bound, in seconds.

    >>> bound_seconds(30.0, None), bound_seconds(30.0, 60)
    (3.5999999999999996, 0.12)
    """
    return SHARE * seconds if rounds is None else min(SHARE * seconds, ROUND_S * rounds)


def percent_above(bound: float, score: float) -> float | None:
    """Tell by how many per cent at most another flight could be better; ``None`` where the score is nothing."""
    return 100.0 * (bound / score - 1.0) if score > 0.0 else None

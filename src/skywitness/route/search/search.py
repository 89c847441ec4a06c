"""Finding the route of an observation flight that sees the most.

The problem is orienteering with neighbourhoods: a route within a limit of length, from an airfield to one of several,
whose legs see what lies in a swath beside them.  Which region to fly to matters most, and one start may choose the
wrong one (it lost up to 60 % of the value on clustered sites); so several starts, each drawn to another region, play a
tournament.

The work of a search is counted, not timed: the same seed and the same seconds give the same route, unless a slow
machine is cut short, which the route tells.
"""

from __future__ import annotations

from collections.abc import Callable

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.route.search.problem import Problem, Progress, Route, Slide, check

__all__ = ["Problem", "Progress", "Route", "Slide", "search"]


def search(
    problem: Problem,
    *,
    seed: int,
    seconds: float | None,
    rounds: int | None = None,
    starts: int = 12,
    progress: Callable[[Progress], None] | None = None,
    slide: Slide | None = None,
) -> Route:
    """Find a route.

    With ``rounds`` that many are run in all and no clock is looked at.  With ``seconds`` the work is that of so many
    seconds on an undisturbed core.  With ``slide`` the later part of the search lets turn points slide off the nodes.
    ``InputError`` of kind ``bad_problem`` for arrays that do not fit together or a
    call without either, ``no_route`` when no legal route keeps the limits.  A keyboard interrupt ends the search with
    the best so far, if there is one.
    """
    check(problem)
    if (rounds is None and seconds is None) or starts < 1 or (rounds or 0) < 0 or (seconds or 0.0) < 0.0:
        raise InputError(
            "bad_problem", say("A search needs seconds or rounds that are not negative, and at least one start.")
        )
    # numba takes a third of a second to import: only a search pays it.
    from skywitness.route.search.hunt import Hunt

    hunt = Hunt(problem, seed=seed, seconds=seconds, rounds=rounds, starts=starts, progress=progress, slide=slide)
    return hunt.run()

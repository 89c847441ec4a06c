"""What joint planning takes for granted, printed beside every answer."""

from __future__ import annotations

from typing import Final

from skywitness.core.text import say
from skywitness.sampling.caveats import NOT_RANDOM, Caveat, moved
from skywitness.sampling.mix.model import Problem

NO_ALARMS: Final = Caveat(
    "false_alarms",
    say("A site where nothing is hidden is taken never to be held for one where something is."),
)
AFFECTED: Final = Caveat(
    "defects_assumed",
    say("How many sites are affected is assumed, and nothing moves the figures as much. Nobody is held to have any."),
)
NOTICED: Final = Caveat(
    "noticed",
    say("One affected site that is seen and recognised counts as noticing the whole."),
)
RECOGNITION: Final = Caveat(
    "recognition_independent",
    say(
        "An affected site that is seen is recognised with the chance given, each time on its own; what is well hidden "
        "once stays so, and then more observations help less than shown."
    ),
)
LOT: Final = Caveat(
    "sites_by_lot",
    say("Each observation sees its sites by lot, each kind independently of the others."),
)
NEVER: Final = Caveat(
    "never_twice",
    say(
        "Kinds with repeat = never visit no site twice; a site planned under clouds is used up too, and no more "
        "observations are planned than there are sites for."
    ),
)
RANDOM: Final = Caveat("placed_by_lot", say("The affected sites lie among all sites by lot."))
WORST: Final = Caveat(
    "placed_worst",
    say(
        "The affected sites lie in the regions where the mix is least likely to notice them: the chance is at least so."
    ),
)
TOLD: Final = Caveat("placed_as_told", say("The affected sites lie in the regions as the file tells."))
CLOUDS: Final = Caveat(
    "clouds",
    say(
        "Over one region an observation is clear as a whole or not at all; different observations and regions are "
        "clear independently of one another, which weather that lasts for days is not."
    ),
)
EMPTIED: Final = Caveat(
    "emptied",
    say(
        "After each notice each affected site is emptied with the chance given, on its own and anew, and filled again "
        "afterwards; a host who empties all at once, or for good, makes the chance less."
    ),
)
KNOWN_DAY: Final = Caveat(
    "day_known",
    say(
        "The observers are taken to know the day on which the build-up appears, and to place their observations while "
        "it stands. Where nobody expects it, tell period_days instead."
    ),
)
UNEXPECTED: Final = Caveat(
    "unexpected",
    say(
        "Observations of each kind are spread evenly over the period, their notices given in time, and go on so after "
        "it; the build-up falls among them by chance, for each kind on its own. A host who knows the days chooses "
        "those between, and then the chance is less."
    ),
)
FROM_THE_START: Final = Caveat(
    "stays",
    say("The holding is there from day 0 and stays where it is, but for what a host moves after notice."),
)


def caveats() -> tuple[Caveat, ...]:
    """Name the caveats of every chance of detection."""
    return NOT_RANDOM, moved(), NO_ALARMS, AFFECTED


def assumptions(problem: Problem) -> tuple[Caveat, ...]:
    """Name what an answer takes for granted."""
    found = [NOTICED, LOT, {"random": RANDOM, "worst": WORST, "told": TOLD}[problem.placement]]
    if any(not kind.fresh for kind in problem.kinds):
        found.append(NEVER)
    if any(kind.recognition < 1 for kind in problem.kinds):
        found.append(RECOGNITION)
    if any(sight.clear < 1 for kind in problem.kinds for sight in kind.sees):
        found.append(CLOUDS)
    if any(kind.moved for kind in problem.kinds):
        found.append(EMPTIED)
    if problem.target.what == "holding":
        found.append(FROM_THE_START)
    else:
        found.append(UNEXPECTED if problem.target.unexpected else KNOWN_DAY)
    return tuple(found)

"""What is asked about a sample, and what is answered.  Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from skywitness.core.text import Text
from skywitness.sampling.chance import Chance

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Weighted:
    """A number of false items, at least one, and its share among the cases in which there are any."""

    defects: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Defects:
    """How many items may be false: one number, or several with shares that sum to 1, in rising order."""

    cases: tuple[Weighted, ...]

    @property
    def known(self) -> bool:
        """Tell whether one number only is asked about."""
        return len(self.cases) == 1

    @property
    def fewest(self) -> int:
        """The smallest number, which is the hardest to notice: the worst case."""
        return self.cases[0].defects


@dataclass(frozen=True, slots=True)
class Costs:
    """What is spent, in one unit that the user knows, and the most that may be."""

    item: Fraction
    round: Fraction
    budget: Fraction | None


@dataclass(frozen=True, slots=True)
class Question:
    """Everything about a sample but its size.

    ``recognition``: chance that a false item that is drawn is recognised.  ``false_alarm``: chance that a clean one
    raises an alarm.  ``rounds``: how many times the sample is drawn.  ``fresh``: every round draws from all items anew;
    otherwise no item is drawn twice.  ``prior``: chance, before any draw, that there are false items at all.
    """

    items: int
    defects: Defects
    recognition: Fraction = ONE
    false_alarm: Fraction = Fraction(0)
    rounds: int = 1
    fresh: bool = True
    prior: Fraction | None = None
    costs: Costs | None = None

    def drawn_in_all(self, sample: int) -> int:
        """Return how many items are drawn in all rounds; never more than there are where none is drawn twice."""
        total = sample * self.rounds
        return total if self.fresh else min(total, self.items)

    @property
    def most_per_round(self) -> int:
        """The largest sample per round that makes sense."""
        return self.items if self.fresh else -(-self.items // self.rounds)

    def cost(self, sample: int) -> Fraction | None:
        """Return what all rounds cost, or ``None`` where no cost is given."""
        if self.costs is None:
            return None
        return self.drawn_in_all(sample) * self.costs.item + self.rounds * self.costs.round


@dataclass(frozen=True, slots=True)
class Enough:
    """A sample per round that reaches what is asked, and the chance that it gives."""

    sample: int
    chance: Chance


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No sample reaches what is asked: even the largest ``sample`` per round gives only this chance."""

    sample: int
    best: Chance
    why: Text


Size = Enough | Infeasible
"""How many items are to be drawn in each round."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The answer to ``sampling size``.

    ``closer`` is ``None`` where recognition is imperfect, for which the closer approximation is not made.  ``average``
    weighs the cases of an unknown number by their shares; ``None`` where the number is known.
    """

    exact: Size
    planning: Size
    closer: Size | None
    average: Size | None

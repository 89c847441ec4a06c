"""What joint planning is asked, and what it answers.  Plain data; days are counted from day 0, when planning begins."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

EVERYWHERE = ""
"""Stands for all sites together where a kind of observation is not bound to a region."""

Counts = tuple[int, ...]
"""How many observations of each kind, in the order of the kinds."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the territory with so many sites; over one region a flight is clear as a whole, or not at all."""

    id: str
    sites: int


@dataclass(frozen=True, slots=True)
class Sight:
    """What one observation sees of a region: so many sites, drawn by lot, if it is clear there."""

    region: str
    sites: int
    clear: Fraction


@dataclass(frozen=True, slots=True)
class Pool:
    """A quota that several kinds of observation share.

    ``events``: what is left of it in the period; ``year``: the quota of the whole year, of which one Party may take
    ``most_share``, a part of an observation counting as one where ``rounded_up`` (as OS Art. III, Section I, paragraph
    10 has it) and as none else; ``taken``: what Parties have used of it before.
    """

    id: str
    events: int
    year: int
    most_share: Fraction
    taken: tuple[tuple[str, int], ...] = ()
    rounded_up: bool = False

    def left_for(self, party: str) -> int:
        """Return how many observations a Party may still make from the pool, by its share of the year."""
        share = self.year * self.most_share
        whole = math.ceil(share) if self.rounded_up else math.floor(share)
        return max(0, whole - dict(self.taken).get(party, 0))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of observation.

    ``recognition``: chance to recognise an affected site that is seen; ``moved``: chance that a site was emptied after
    notice.  ``fresh``: every observation draws its sites anew; otherwise none is visited twice.
    """

    id: str
    title: str
    sees: tuple[Sight, ...]
    most: int
    cost: Fraction
    recognition: Fraction
    moved: Fraction
    notice_days: Fraction
    report_days: Fraction
    gap_days: Fraction
    fresh: bool
    pool: str | None = None
    by: str = ""

    @property
    def effective(self) -> Fraction:
        """Chance that an affected site that is seen is recognised: still occupied, and noticed."""
        return self.recognition * (1 - self.moved)


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be noticed: a holding that is there for good, or a build-up that stands for some days.

    ``appears_on_day`` is ``None`` for a build-up that nobody expects: observations are then spread over
    ``period_days``, and it falls among them by chance.
    """

    what: Literal["holding", "build-up"]
    lasts_days: Fraction | None = None
    appears_on_day: Fraction | None = None
    period_days: Fraction | None = None

    @property
    def unexpected(self) -> bool:
        """Tell whether nobody knows when it appears."""
        return self.what == "build-up" and self.appears_on_day is None


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that joint planning is asked.  ``affected`` by region is set where the file says which; else it is
    a number of sites, placed by lot (``random``) or where they are hardest to notice (``worst``).
    """

    title: str
    regions: tuple[Region, ...]
    affected: int
    placement: Literal["random", "worst", "told"]
    wanted: Fraction
    within_days: Fraction
    target: Target
    kinds: tuple[Kind, ...]
    pools: tuple[Pool, ...] = ()
    told: tuple[int, ...] = ()
    budget: Fraction | None = None

    @property
    def sites(self) -> int:
        """All sites."""
        return sum(region.sites for region in self.regions)

    def sites_of(self, sight: Sight) -> int:
        """Return how many sites there are where an observation looks: of a region, or of all."""
        return sum(region.sites for region in self.regions if sight.region in (EVERYWHERE, region.id))


@dataclass(frozen=True, slots=True)
class Limit:
    """How many observations of a kind can count at most, and what sets it.

    ``sites``: no site is visited twice, and there are no more.
    """

    most: int
    by: Literal["quota", "pool", "share", "time", "sites"]


@dataclass(frozen=True, slots=True)
class Mix:
    """Numbers of observations, what they cost, and the chance that they notice something."""

    counts: Counts
    cost: Fraction
    found: float
    missed: float


@dataclass(frozen=True, slots=True)
class Need:
    """How many observations of one kind alone would reach what is asked, the others as in the best mix.

    ``count`` is ``None`` where no number does; ``days``: from day 0, or from when a build-up appears, to the last
    report, where time can be had.
    """

    kind: str
    count: int | None
    days: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer.  ``cheapest`` is ``None`` where no mix allowed reaches what is asked; ``needs`` says then what would.

    ``best``: the greatest chance that any mix allowed gives, at the least cost for it.  ``frontier``: mixes of which
    none is both cheaper and better, by rising cost.  ``looked_at``: how many mixes were compared.
    """

    cheapest: Mix | None
    best: Mix
    frontier: tuple[Mix, ...]
    limits: tuple[Limit, ...]
    looked_at: int
    needs: tuple[Need, ...] = field(default=())

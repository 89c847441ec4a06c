"""Skies that somebody has told, such as the members of an ensemble forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from skywitness.route.model import Site


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """How clear each member's sky is over each site, 0 to 1 (a row for each member), and what members weigh, 1 in all.

    ``columns`` gives the column of a site by its name.
    """

    columns: Mapping[str, int]
    clear: npt.NDArray[np.float32]
    weight: npt.NDArray[np.float64]

    def over(self, sites: Sequence[Site]) -> npt.NDArray[np.float32]:
        """The skies over ``sites``; a site nobody told of is as clear as its chance, one for radar alone always."""
        at = [self.columns.get(site.name) for site in sites]
        known = [0 if place is None else place for place in at]
        clear = self.clear[:, known] if self.columns else np.ones((self.weight.size, len(sites)), np.float32)
        for column, (place, site) in enumerate(zip(at, sites, strict=True)):
            if place is None or site.sees_through_cloud:
                clear[:, column] = site.chance
        return clear

    def chance(self, site: Site) -> float | None:
        """How clear it is over a site on the mean; ``None`` where nobody told of it."""
        place = self.columns.get(site.name)
        if place is None:
            return None
        return min(max(float(self.weight @ self.clear[:, place].astype(np.float64)), 0.0), 1.0)

    def with_chances(self, sites: Sequence[Site]) -> tuple[Site, ...]:
        """Give the sites that have no chance of a clear sky the one that is told; a chance that is given stays."""
        return tuple(
            replace(site, p_clear=self.chance(site)) if site.p_clear is None and site.name in self.columns else site
            for site in sites
        )

"""A reading: everything a verdict depends on that people may dispute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Reading:
    """The day, what was known, whose borders, which interpretations, whose claims.

    ``at`` is the day whose law applies; ``known`` the day up to which facts had become known (``None``: everything
    known today); ``view`` names a border view; ``interpretations`` maps an ambiguous provision (``"VI.II.4(G)"``) to
    the name of the interpretation taken; ``accepted_claims`` are identifiers of claims that this reading accepts.
    """

    at: dt.date
    known: dt.date | None = None
    view: str = "un"
    interpretations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    accepted_claims: tuple[str, ...] = ()

    def interpretation(self, provision: str, default: str) -> str:
        """Name the interpretation this reading takes of ``provision``."""
        return self.interpretations.get(provision, default)

    def to_json(self) -> dict[str, Any]:
        """Write as the interface has it."""
        return {
            "at": self.at.isoformat(),
            "known": self.known.isoformat() if self.known else None,
            "view": self.view,
            "interpretations": dict(self.interpretations),
            "accepted_claims": list(self.accepted_claims),
        }

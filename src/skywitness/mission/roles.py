"""Who has a duty or gains by it, as the tables name them, and which Party that is in a case."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from skywitness.core.text import Text, say, verbatim
from skywitness.law.provisions import BEARERS

OBSERVING: Final = "observing"
OBSERVED: Final = "observed"

ROLES: Final[Mapping[str, Text]] = MappingProxyType(
    {
        **BEARERS,
        "all_parties": say("all other Parties"),
        "other_party": say("next observing Party"),
        "other_side": say("other Party"),
        "inspector": say("inspecting Party"),
        "transited": say("Party crossed"),
        "equipment_host": say("inspected Party"),
        "film_developer": say("film developer"),
        "list_provider": say("listing Party"),
        "designator": say("designating Party"),
        "certifier": say("certifying Party"),
        "participants": say("participants"),
        "planners": say("planning Parties"),
        "requester": say("asking Party"),
    }
)
"""Every word for a bearer or beneficiary in the tables, as people say it."""


def code_of(role: str, observing: str, observed: str, facts: Mapping[str, str | None]) -> str | None:
    """Return the code of the Party that a role is in a case; ``None`` where it is several or not known.

    ``facts`` may hold ``provider`` (observing, observed or third) and ``film`` (observing or observed).  An aircraft
    that a third Party designated is provided by the observing Party all the same (VI.I.1, VI.III.5).
    """
    provider = facts.get("provider")
    own = provider in (OBSERVING, "third")
    sides = {OBSERVING: observing, OBSERVED: observed, "parties": f"{observing}, {observed}"}
    if provider is not None:
        sides["inspector"] = observed if own else observing
        sides["other_side"] = sides["equipment_host"] = sides["provider"] = observing if own else observed
    sides["film_developer"] = sides.get(facts.get("film") or "", "")
    return sides.get(role) or None


def role_words(role: str, code: str | None) -> Text:
    """Say who it is: the code of the Party, else the word for the role."""
    return verbatim(code) if code else ROLES[role]

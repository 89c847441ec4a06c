"""The outcome of holding one sentence against the law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.text import ENGLISH, Catalogue, Text
from skywitness.press.facts import LawFact
from skywitness.press.reading import Read

__all__ = ["AGREES", "CANNOT_TELL", "DIFFERS", "Check", "made"]

AGREES: Final = "agrees"
DIFFERS: Final = "differs"
CANNOT_TELL: Final = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Check:
    """A sentence, what of it is checked (``kind``), what it claims, what the law says, and whether they agree."""

    number: int
    sentence: str
    kind: str
    instrument: str
    claimed: str
    verdict: str
    why: Text
    law: tuple[LawFact, ...] = ()
    states: tuple[str, ...] = ()

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write as the interface has it: ``source`` names where what the law says can be read."""
        return {
            "sentence": self.sentence,
            "kind": self.kind,
            "instrument": self.instrument,
            "states": list(self.states),
            "claimed": self.claimed,
            "verdict": self.verdict,
            "why": self.why.render(catalogue),
            "source": "; ".join(dict.fromkeys(fact.source for fact in self.law)),
            "law": [fact.to_json() for fact in self.law],
        }


def made(
    read: Read,
    number: int,
    kind: str,
    instrument: str,
    claimed: str,
    verdict: str,
    why: Text,
    law: tuple[LawFact, ...] = (),
    states: tuple[str, ...] = (),
) -> Check:
    """Make a check of one sentence."""
    return Check(number, read.sentence(number), kind, instrument, claimed, verdict, why, law, states)

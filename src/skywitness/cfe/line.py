"""One limit with what each word makes of it: the line that people and scripts read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from skywitness.cfe.limits import Limit, Measured
from skywitness.cfe.model import DECLARED
from skywitness.cfe.span import NONE, Span
from skywitness.core.finding import Verdict
from skywitness.core.text import ENGLISH, Catalogue

__all__ = ["OVER", "Line"]

OVER: Final = {Verdict.BREACH: "proved", Verdict.OK: "excluded", Verdict.CANNOT_TELL: "possible"}
"""Whether it is over the limit, as scripts read it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One limit and what each word makes of it; ``observed`` counts only what somebody saw."""

    limit: Limit
    by_word: Mapping[str, Measured]
    observed: Span | None
    binding: bool
    word: str

    @property
    def measured(self) -> Measured:
        """What the word that judges makes of it."""
        return self.by_word[self.word]

    def verdict_by(self, word: str) -> Verdict:
        """Judge it by one word; before the limits bind they say nothing."""
        if not self.binding and not self.limit.always:
            return Verdict.NOT_APPLICABLE
        return self.limit.against(self.by_word[word].span)

    @property
    def verdict(self) -> Verdict:
        """Judge it by the word that judges."""
        return self.verdict_by(self.word)

    @property
    def idle(self) -> bool:
        """Tell whether nothing at all is told of it."""
        return all(one.told == NONE for one in self.by_word.values()) and self.verdict is not Verdict.BREACH

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write as the interface has it, and what each word makes of it."""
        verdict = self.verdict
        return {
            **self.limit.to_json(catalogue),
            "declared": self.by_word[DECLARED].span.low if self.by_word[DECLARED].span.exact else None,
            "declared_so_far": self.by_word[DECLARED].told.to_json(),
            "not_declared_by": list(self.by_word[DECLARED].unknown),
            "observed": self.observed.to_json() if self.observed else None,
            **self.measured.span.to_json(),
            "verdict": verdict.value,
            "over": OVER.get(verdict),
            "by_word": {
                word: {**one.span.to_json(), "over": OVER.get(self.verdict_by(word))}
                for word, one in self.by_word.items()
            },
        }

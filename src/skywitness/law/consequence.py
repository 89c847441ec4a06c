"""What a provision makes of a fact: a verdict, its days, who says the fact, and where the text is silent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.core.text import ENGLISH, Catalogue, Text, say
from skywitness.law.legal_day import LegalDay
from skywitness.law.provisions import title
from skywitness.law.told import Told

__all__ = ["Consequence", "draft", "may_raise", "silent"]


@dataclass(frozen=True, slots=True)
class Consequence:
    """A finding on a fact, and the days ``[start, end)`` for which it is given (``None``: open).

    ``told`` says who says the fact.  ``silent``: the Treaty has no rule for this, so that the finding is *cannot tell*.
    """

    finding: Finding
    told: Told
    start: dt.date | None = None
    end: dt.date | None = None
    silent: bool = False

    @property
    def verdict(self) -> Verdict:
        """The verdict of the finding."""
        return self.finding.verdict

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write the finding with its days, who says the fact, and whether the text is silent."""
        return {
            **self.finding.to_json(catalogue),
            "from": self.start.isoformat() if self.start else None,
            "to": self.end.isoformat() if self.end else None,
            "text_silent": self.silent,
            "fact": self.told.id,
            "source": self.told.source,
            "status": self.told.status,
        }


def draft(
    day: LegalDay,
    told: Told,
    provision: str,
    verdict: Verdict,
    why: Text,
    start: dt.date | None = None,
    end: dt.date | None = None,
    reading: Reading | None = None,
    **fields: Any,
) -> Consequence:
    """Make a consequence with the title of its provision; ``fields`` are further fields of the finding."""
    finding = Finding(provision, title(provision), verdict, why, reading or day.reading(), **fields)
    return Consequence(finding, told, start, end)


def silent(
    day: LegalDay,
    told: Told,
    provision: str,
    why: Text,
    start: dt.date | None = None,
    needs: tuple[Text, ...] = (),
    **fields: Any,
) -> Consequence:
    """Make a consequence for which the Treaty has no rule; ``provision`` is the one that would have to say it."""
    words = say("{why} The Treaty does not say.", why=why)
    finding = Finding(
        provision, title(provision), Verdict.CANNOT_TELL, words, day.reading(), needs=needs or (_SETTLED_BY,), **fields
    )
    return Consequence(finding, told, start, silent=True)


_SETTLED_BY = say("a decision of the Consultative Commission, or an agreement of the Parties concerned")


def may_raise(who: str) -> Effect:
    """Give a Party the right to bring a question before the Commission (Article X, paragraph 3)."""
    return Effect(who, "may", say("raise it before the Consultative Commission (X.3, X.4(A))"))

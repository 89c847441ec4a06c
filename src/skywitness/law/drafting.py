"""Writing findings: one hand for the rules of a flight and the judgements of the law's own data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from skywitness.core.finding import Finding, Verdict
from skywitness.core.reading import Reading
from skywitness.core.text import Text
from skywitness.law.provisions import title

__all__ = ["Judged", "cannot_tell", "draft", "needed", "not_applicable"]


class Judged(Protocol):
    """Whatever is judged under a reading: a plan in its context, or the law of a day."""

    @property
    def reading(self) -> Reading:
        """The reading that findings are made under."""


def draft(judged: Judged, provision: str, verdict: Verdict, why: Text, **fields: Any) -> Finding:
    """Make a finding of ``provision`` with its title and the reading it was made under."""
    return Finding(provision, title(provision), verdict, why, judged.reading, **fields)


def cannot_tell(judged: Judged, provision: str, why: Text, needs: Iterable[Text], **fields: Any) -> Finding:
    """Make a finding that the provision cannot be judged, with the facts that would settle it."""
    return draft(judged, provision, Verdict.CANNOT_TELL, why, needs=tuple(needs), **fields)


def needed(pairs: Iterable[tuple[object, Text]]) -> tuple[Text, ...]:
    """List what is asked for where nothing is known: pairs of a value and the words for it."""
    return tuple(words for value, words in pairs if value is None)


def not_applicable(judged: Judged, provision: str, why: Text, **fields: Any) -> Finding:
    """Make a finding that the provision has nothing to say here, and why."""
    return draft(judged, provision, Verdict.NOT_APPLICABLE, why, **fields)

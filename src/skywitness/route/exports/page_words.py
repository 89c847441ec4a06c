"""Words for the mission plan on paper: every text rendered, every name made printable."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from skywitness.core.amounts import amount
from skywitness.core.finding import Finding, Verdict
from skywitness.core.text import Catalogue, Text, verbatim
from skywitness.law.words import basis_words, value_words
from skywitness.route.exports.glyphs import drawable
from skywitness.route.exports.words import VERDICT_MARKS, VERDICT_WORDS, shortened
from skywitness.route.model import Waypoint

LONGEST_IDENT = 10
LONGEST_NAME = 90
"""Longer idents and names are cut with an ellipsis; whole they are in plan.json."""

_LONGEST_WORD = 18
_SAME = 1e-4
"""What computing leaves over of a whole number is not printed."""

_BREAK = "\N{ZERO WIDTH SPACE}"


class PageWords:
    """Renders texts and numbers in one language for the page."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self.catalogue = catalogue
        self.language = language

    def text(self, text: Text) -> str:
        """Render a text; names inside it stay on one line and can be broken."""
        return breakable(drawable(text.render(self.catalogue)))

    def number(self, value: float, spec: str) -> str:
        """Write a number with the marks of the language."""
        return self.catalogue.number(value, spec)

    def name(self, name: str, most: int = LONGEST_NAME) -> str:
        """Write a name that somebody else chose."""
        return breakable(shortened(drawable(name), most))

    def ident(self, waypoint: Waypoint) -> str:
        """Write what a pilot reads for a waypoint."""
        return shortened(drawable(waypoint.ident), LONGEST_IDENT)

    def verdict(self, verdict: Verdict) -> dict[str, str]:
        """Write a verdict as a word, a sign and a key by which the page chooses its colour."""
        return {"word": self.text(VERDICT_WORDS[verdict]), "mark": VERDICT_MARKS[verdict], "key": verdict.value}

    def status(self, status: str) -> str:
        """Write how well a figure is founded."""
        return self.text(basis_words(shortened(status, LONGEST_NAME)))

    def clock(self, moment: dt.datetime, first_day: dt.date) -> str:
        """Write a time of day, UTC, with the days since the first day of the flight."""
        moment = moment.astimezone(dt.UTC)
        days = (moment.date() - first_day).days
        return f"{moment:%H:%M:%S}" + (f" +{days}" if days else "")

    def amount(self, value: Any, unit: str | None) -> str:
        """Write a value of a finding or of the law with its unit; a dash where there is none."""
        if value is None:
            return "–"
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self.text(value_words(str(value)))
        whole = abs(value - round(value)) < _SAME
        spec = ",.0f" if whole else ",.1f" if abs(value) >= 10.0 else ".3g"
        number = self.number(round(value) if whole else value, spec)
        return self.text(amount(value, unit or "", verbatim(number)))


def moment_words(moment: dt.datetime) -> str:
    """Write a time in full, UTC; the same in every language."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M:%SZ}"


def breakable(words: str) -> str:
    """Let very long words be broken: a page has no room for a name of two hundred letters."""
    if all(len(word) <= _LONGEST_WORD for word in words.split(" ")):
        return words
    return " ".join(_broken(word) for word in words.split(" "))


def _broken(word: str) -> str:
    """Allow breaks after the signs that part a name, and within a piece that is still too long."""
    parts = re.findall(r"[^._/-]*[._/-]+|[^._/-]+", word)
    pieces = [part[at : at + _LONGEST_WORD] for part in parts for at in range(0, len(part), _LONGEST_WORD)]
    return _BREAK.join(pieces)


_ORDER = {Verdict.BREACH: 0, Verdict.CANNOT_TELL: 1, Verdict.OK: 2, Verdict.NOT_APPLICABLE: 3}


def by_gravity(findings: Sequence[Finding]) -> list[Finding]:
    """Put breaches first, then what cannot be told, what is kept, what does not apply."""
    return sorted(findings, key=lambda finding: _ORDER[finding.verdict])

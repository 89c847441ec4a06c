"""Lists of States that an article gives, compared with who was a Party, a signatory, or signed a statement."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any, Final

from skywitness.press.facts import known_instrument, standing_on
from skywitness.press.mention import Mention
from skywitness.press.reading import Read, inside
from skywitness.press.statements import signers
from skywitness.press.states import COUNTED
from skywitness.press.tokens import Span
from skywitness.press.words import has_word

__all__ = ["PARTIES", "SIGNATORIES", "STATEMENT", "Comparison", "StateList", "find_lists"]

PARTIES: Final = "parties"
SIGNATORIES: Final = "signatories"
STATEMENT: Final = "statement"

_LEAST: Final = 5
_LEAST_CLAIMED: Final = 3
_AND: Final = (
    r"(?:and|và|cùng|cùng với|et|ainsi que|und|sowie|e|ed|y|и|а также|as well as|plus|además de|nonché|to|of|from|của|"
    r"a|the|la|le|les|l|il|lo|gli|i|el|los|las|die|der|das|den|de|du|des|d|dell|della|del|degli|von)"
)
_GAP: Final = re.compile(rf"\s*(?:\([^()]*\)\s*)?(?:[,;、]\s*)?(?:{_AND}(?:\s+|['’]\s*))*(?:the\s+)?", re.IGNORECASE)
_STRANGER: Final = re.compile(
    rf"\s*(?:\([^()]*\)\s*)?[,;]\s*(?:{_AND}(?:\s+|['’]\s*))*(?P<who>[^\W\d_][^,;:.()]{{1,40}}?)\s*(?:[,;]|\s+{_AND})\s*"
    rf"(?:{_AND}(?:\s+|['’]\s*))*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A list held against another: ``against`` names it; ``unknown`` says that there is nothing to hold it against.

    ``itself``: the other rests on this very article alone, so that nothing is told by agreeing with it.
    """

    against: str
    number: int
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    unknown: bool = False
    source: str = ""
    status: str = "reported"
    itself: bool = False

    @property
    def agrees(self) -> bool:
        """Tell whether both hold the same States."""
        return not (self.unknown or self.itself or self.missing or self.extra)

    def to_json(self) -> dict[str, Any]:
        """Write as JSON."""
        return {
            "against": self.against,
            "number": None if self.unknown else self.number,
            "missing": list(self.missing),
            "extra": list(self.extra),
            "verdict": "cannot_tell" if self.unknown or self.itself else "agrees" if self.agrees else "differs",
            "only_itself": self.itself,
            "source": self.source,
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class StateList:
    """A list of States: what number the article claims, whom it names, and what it is held against.

    ``unresolved`` are items that name no State known here; ``repeated`` States that are named twice.
    """

    span: Span
    sentence: int
    claimed: int | None
    states: tuple[str, ...]
    unresolved: tuple[str, ...]
    repeated: tuple[str, ...]
    instrument: str
    day: dt.date | None
    against: str
    comparisons: tuple[Comparison, ...]

    @property
    def counted(self) -> int:
        """How many items the list has, those that name no State included."""
        return len(self.states) + len(self.unresolved)

    @property
    def main(self) -> Comparison | None:
        """The comparison that the words around the list ask for."""
        return next((one for one in self.comparisons if one.against == self.against), None)

    def to_json(self) -> dict[str, Any]:
        """Write as the interface has it."""
        main = self.main
        return {
            "claimed": self.claimed,
            "counted": self.counted,
            "states": list(self.states),
            "against": self.against,
            "missing": list(main.missing) if main else [],
            "extra": list(main.extra) if main else [],
            "unresolved": list(self.unresolved),
            "repeated": list(self.repeated),
            "instrument": self.instrument or None,
            "date": self.day.isoformat() if self.day else None,
            "comparisons": [one.to_json() for one in self.comparisons],
            "span": list(self.span),
        }


def find_lists(read: Read, known: dt.date | None = None) -> tuple[StateList, ...]:
    """Find lists of States: at least five in a row, or three where the sentence says how many there are."""
    found = []
    for run, strangers in _runs(read):
        sentence = read.tokens.sentence_of(run[0].span[0])
        claimed = _claimed(read, sentence, run)
        if len(run) >= _LEAST or (claimed is not None and len(run) >= _LEAST_CLAIMED):
            found.append(_made(read, run, strangers, sentence, claimed, known))
    return tuple(found)


def _runs(read: Read) -> list[tuple[list[Mention], list[str]]]:
    """Gather mentions that only commas, conjunctions and remarks in parentheses part."""
    runs: list[tuple[list[Mention], list[str]]] = []
    for one in (one for one in read.states if one.kind in COUNTED):
        if runs:
            run, strangers = runs[-1]
            between = read.tokens.text[run[-1].span[1] : one.span[0]]
            if "\n\n" not in between and _GAP.fullmatch(between) and _parts(between):
                run.append(one)
                continue
            match = _STRANGER.fullmatch(between)
            if match is not None and match["who"][0].isupper() and len(run) >= _LEAST_CLAIMED:
                strangers.append(" ".join(match["who"].split()))
                run.append(one)
                continue
            if _in_parentheses(read, run[-1], one):
                continue
        runs.append(([one], []))
    return runs


def _parts(between: str) -> bool:
    """Tell whether words part two items at all: two names side by side are no list."""
    return any(mark in between for mark in ",;") or bool(re.search(r"[^\W\d_]", between))


def _in_parentheses(read: Read, last: Mention, one: Mention) -> bool:
    """Tell whether a mention stands in a remark on the last item: ``Denmark (with Greenland)``."""
    between = read.tokens.text[last.span[1] : one.span[0]]
    return between.count("(") > between.count(")") and len(between) < 60


def _claimed(read: Read, sentence: int, run: list[Mention]) -> int | None:
    """Return how many States the sentence says there are: the number nearest before the list, else after it."""
    span = read.tokens.sentences[sentence]
    counts = [one for one in inside(read.quantities, span) if one.key == "states"]
    before = [one for one in counts if one.span[1] <= run[0].span[0]]
    chosen = before[-1] if before else next((one for one in counts if one.span[0] >= run[-1].span[1]), None)
    return int(chosen.details["value"]) if chosen else None


def _made(
    read: Read, run: list[Mention], strangers: list[str], sentence: int, claimed: int | None, known: dt.date | None
) -> StateList:
    codes = [one.key for one in run]
    span = read.tokens.sentences[sentence]
    instrument = read.instrument_of((span[0], run[-1].span[1]))
    against = _against(read, (span[0], run[-1].span[1]))
    return StateList(
        span=(run[0].span[0], run[-1].span[1]),
        sentence=sentence,
        claimed=claimed,
        states=tuple(dict.fromkeys(codes)),
        unresolved=tuple(strangers),
        repeated=tuple(dict.fromkeys(code for code in codes if codes.count(code) > 1)),
        instrument=instrument,
        day=read.at,
        against=against,
        comparisons=_comparisons(codes, instrument, read, known, against),
    )


def _against(read: Read, span: Span) -> str:
    """Tell by the words around a list what it is to be held against."""
    for name, words in ((STATEMENT, "statement"), (PARTIES, "party"), (SIGNATORIES, "signatory")):
        if has_word(words, read.tokens, span, read.language):
            return name
    return PARTIES if inside(read.instruments, span) else ""


def _comparisons(
    codes: list[str], instrument: str, read: Read, known: dt.date | None, against: str
) -> tuple[Comparison, ...]:
    made, day = list[Comparison](), read.at
    if against == STATEMENT:
        told = signers(instrument, day, codes, known, read.tokens.text)
        with_it = _held(STATEMENT, codes, told.states, told.source, told.status) if told else _unknown(STATEMENT)
        made.append(replace(with_it, itself=told is not None and told.itself))
    if known_instrument(instrument):
        if day is None:
            return (*made, _unknown(PARTIES), _unknown(SIGNATORIES))
        for name, held in standing_on(instrument, day, known).items():
            made.append(_held(name, codes, held, instrument))
    return tuple(made)


def _held(name: str, codes: list[str], other: frozenset[str], source: str, status: str = "reported") -> Comparison:
    listed = set(codes)
    missing, extra = sorted(other - listed), sorted(listed - other)
    return Comparison(name, len(other), tuple(missing), tuple(extra), source=source, status=status)


def _unknown(name: str) -> Comparison:
    return Comparison(name, 0, (), (), unknown=True)

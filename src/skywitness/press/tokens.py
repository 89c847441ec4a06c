"""A text as words with their places, and as sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from skywitness.press.letters import composed, folded, tone_folded

__all__ = ["Span", "Token", "Tokens", "tokenise"]

_WORD: Final = re.compile(r"[^\W_]+")
_DOTTED: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){1,4}[^\W\d_](?![^\W_])\.?")
"""Letters with dots between them, such as ``U.S.``: one word."""

_JOIN: Final = re.compile(r"[ \t\u00a0\u202f]*[-‐‑–'’ʼ.]?[ \t\u00a0\u202f]*\n?[ \t\u00a0\u202f]*[«»\"“”„'‘’]?")
"""What may stand between two words of one name."""

_END: Final = re.compile(r"[.!?…]+[»\"”’)\]]*(?=\s)|\n\s*\n|\n(?=\s*[^\W\d_a-z])")
_NO_END: Final = re.compile(
    r"(?:\b(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|"
    r"Dec|bzw|ca|Nr|Mio|Mrd|Abs|Art|Sr|Sra|Dra?|núm|art|sig|dott|on|г|гг|тыс|млн|млрд|им|ул|т\.\s?[едп]|TS|GS|PGS|ThS|TP)"
    r"|\d)\.$"
)

Span = tuple[int, int]
"""First place and the place after the last, in the composed text."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word: as written, folded, and in small letters with its marks."""

    start: int
    end: int
    words: str
    fold: str
    tone: str

    @property
    def capital(self) -> bool:
        """Tell whether it begins with a capital."""
        return self.words[:1].isupper() or self.words[:1].istitle()

    @property
    def shout(self) -> bool:
        """Tell whether all its letters are capitals."""
        return self.words.isupper()


@dataclass(frozen=True)
class Tokens:
    """A text, its words in order, and where its sentences begin and end."""

    text: str
    words: tuple[Token, ...]

    def joined(self, index: int) -> bool:
        """Tell whether the word after ``index`` may belong to the same name."""
        if index + 1 >= len(self.words):
            return False
        between = self.text[self.words[index].end : self.words[index + 1].start]
        return _JOIN.fullmatch(between) is not None

    def spaced(self, index: int) -> bool:
        """Tell whether only blanks stand between the word at ``index`` and the next."""
        if not 0 <= index < len(self.words) - 1:
            return False
        between = self.text[self.words[index].end : self.words[index + 1].start]
        return not between.strip(" \t\u00a0\u202f\n") and "\n\n" not in between

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Cut the text into sentences; an abbreviation or a number with its dot ends none."""
        cuts, begin = [], 0
        for match in _END.finditer(self.text):
            so_far = self.text[max(begin, match.start() - 12) : match.end()].rstrip()
            follows = self.text[match.end() :].lstrip()[:1]
            if "\n" not in match[0] and ((_NO_END.search(so_far) and not _ends_anyway(so_far)) or follows.islower()):
                continue
            cuts.append((begin, match.end()))
            begin = match.end()
        cuts.append((begin, len(self.text)))
        return tuple(_trimmed(self.text, *cut) for cut in cuts if self.text[cut[0] : cut[1]].strip())

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def _places(self) -> list[int]:
        return [token.start for token in self.words]

    def sentence_of(self, place: int) -> int:
        """Return the number of the sentence that holds a place."""
        return max(bisect_right(self._starts, place) - 1, 0)

    def begins_sentence(self, index: int) -> bool:
        """Tell whether a word is the first of its sentence, or of what is quoted in it."""
        start = self.words[index].start
        before = self.text[:start].rstrip(" «\"“„'‘(\t\u00a0")
        return not before or before[-1] in ".!?…:\n" or self.sentences[self.sentence_of(start)][0] == start

    def at(self, place: int) -> int:
        """Return the index of the first word that starts at or after a place."""
        from bisect import bisect_left

        return bisect_left(self._places, place)

    def within(self, span: Span) -> Sequence[Token]:
        """Return the words in a span."""
        return self.words[self.at(span[0]) : self.at(span[1])]


def _ends_anyway(words: str) -> bool:
    """Tell whether a number with a dot ends a sentence: a year does, a day of a month does not."""
    return re.search(r"\d{3,}\.$", words) is not None


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def tokenise(text: str) -> Tokens:
    """Cut a text into words; letters with dots between them are one word, hyphens and apostrophes part two."""
    text = composed(text)
    fold, tone = folded(text), tone_folded(text)
    found: list[Token] = []
    dotted = {match.start(): match.end() for match in _DOTTED.finditer(text)}
    place = 0
    while match := _WORD.search(text, place):
        start, end = match.span()
        if start in dotted:
            end = dotted[start]
            words = re.sub(r"[. ]", "", text[start:end])
            found.append(Token(start, end, words, folded(words), tone_folded(words)))
        else:
            found.append(Token(start, end, text[start:end], fold[start:end], tone[start:end]))
        place = end
    return Tokens(text, tuple(found))

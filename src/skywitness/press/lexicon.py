"""Finding names of several words in a text: a tree of words, the longest name wins.

A name is written as words with a blank between them: ``open*`` stands for all words that begin so, ``a|b`` for either,
``the?`` for a word that may be left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from skywitness.press.letters import composed, folded, tone_folded
from skywitness.press.tokens import Token, Tokens, tokenise

__all__ = ["ANY", "CAPITAL", "EXACT", "SHOUT", "Found", "Lexicon"]

ANY: Final = "any"
CAPITAL: Final = "capital"
SHOUT: Final = "shout"
EXACT: Final = "exact"
"""How a name must be written: anyhow, with a capital first, all in capitals, letter for letter."""

Held = TypeVar("Held")


@dataclass(slots=True)
class _Node(Generic[Held]):
    """A word of names: what may follow it, and what ends with it.

    ``begins``: words of which only the beginning counts, each with its number in the order they were added, and
    ``lengths``, how long these are: a text asks for a few lengths, not for hundreds of beginnings.
    """

    exact: dict[str, _Node[Held]] = field(default_factory=dict)
    begins: dict[str, tuple[int, _Node[Held]]] = field(default_factory=dict)
    lengths: list[int] = field(default_factory=list)
    held: list[tuple[Held, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found(Generic[Held]):
    """What a name stands for, and the words it was found in: from ``first`` up to, not with, ``after``."""

    held: Held
    first: int
    after: int


class Lexicon(Generic[Held]):
    """Names and what they stand for.  ``with_marks``: letters are compared with their marks (Vietnamese)."""

    def __init__(self, *, with_marks: bool = False) -> None:
        self._root: _Node[Held] = _Node()
        self._with_marks = with_marks

    def add(self, name: str, held: Held, case: str = ANY) -> None:
        """Add one name."""
        parts = [part.split("|") for part in _cut(name)]
        for words in itertools.product(*parts):
            kept = [word for word in words if word]
            if kept:
                self._put(kept, held, case, name)

    def _put(self, words: list[str], held: Held, case: str, name: str) -> None:
        node = self._root
        for word in words:
            key = self._key(word.rstrip("*"))
            node = _follow(node, key) if word.endswith("*") else node.exact.setdefault(key, _Node())
        if (held, case, composed(name)) not in node.held:
            node.held.append((held, case, composed(name)))

    def _key(self, word: str) -> str:
        return tone_folded(composed(word)) if self._with_marks else folded(composed(word))

    def find(self, tokens: Tokens) -> Iterator[Found[Held]]:
        """Find all names, from left to right; the longest at a place is taken with its words."""
        index = 0
        while index < len(tokens.words):
            best = self.longest(tokens, index)
            if best is not None:
                yield best
                index = best.after
            else:
                index += 1

    def longest(self, tokens: Tokens, index: int) -> Found[Held] | None:
        """Find the longest name that begins at a word."""
        best: Found[Held] | None = None
        waiting = [(self._root, index)]
        key: Callable[[Token], str] = (lambda token: token.tone) if self._with_marks else (lambda token: token.fold)
        while waiting:
            node, at = waiting.pop()
            if node.held and at > index and (best is None or at > best.after):
                for held, case, name in node.held:
                    if _fits(tokens, index, at, case, name):
                        best = Found(held, index, at)
                        break
            if at < len(tokens.words) and (at == index or tokens.joined(at - 1)):
                waiting.extend((below, at + 1) for below in _below(node, key(tokens.words[at])))
        return best


def _below(node: _Node[Held], word: str) -> Iterable[_Node[Held]]:
    if word in node.exact:
        yield node.exact[word]
    met = [
        node.begins[word[:length]] for length in node.lengths if length <= len(word) and word[:length] in node.begins
    ]
    yield from (below for _, below in sorted(met, key=lambda pair: pair[0]))


def _follow(node: _Node[Held], beginning: str) -> _Node[Held]:
    if beginning not in node.begins:
        node.begins[beginning] = len(node.begins), _Node()
        if len(beginning) not in node.lengths:
            node.lengths.append(len(beginning))
    return node.begins[beginning][1]


def _fits(tokens: Tokens, first: int, after: int, case: str, name: str) -> bool:
    words = tokens.words[first:after]
    if case == CAPITAL:
        return words[0].capital
    if case == SHOUT:
        return all(word.shout or word.words.isdigit() for word in words)
    if case == EXACT:
        return " ".join(word.words for word in words) == " ".join(_plain_words(name))
    return True


def _plain_words(name: str) -> list[str]:
    return [token.words for token in tokenise(name.replace("*", "")).words]


def _cut(name: str) -> list[str]:
    """Cut a name into words as texts are cut; the signs of a pattern stay with their word."""
    parts: list[str] = []
    for piece in composed(name).replace("*-", "* ").replace("-", " ").replace("'", " ").split():
        if any(sign in piece for sign in "|?*"):
            optional = piece.endswith("?")
            parts.append(piece.rstrip("?") + ("|" if optional else ""))
        else:
            parts.extend(token.words for token in tokenise(piece).words)
    return parts

"""What is found in an article: a thing, the words that name it, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from skywitness.press.tokens import Span, Tokens

__all__ = ["Mention"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names something.

    ``key`` is what is named (``USA``, ``inf``, ``9M729``), ``kind`` how (``name``, ``adjective``, ``metonym`` ...),
    ``words`` as written; ``first`` and ``after`` bound its words by their index.
    """

    key: str
    kind: str
    words: str
    span: Span
    first: int
    after: int
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def to_json(self) -> dict[str, Any]:
        """Write what is named, how and where."""
        return {"key": self.key, "kind": self.kind, "words": self.words, "span": list(self.span), **self.details}


def mention(tokens: Tokens, key: str, kind: str, first: int, after: int, **details: Any) -> Mention:
    """Make a mention of the words from ``first`` up to, not with, ``after``."""
    span = tokens.words[first].start, tokens.words[after - 1].end
    words = " ".join(tokens.text[slice(*span)].split())
    return Mention(key, kind, words, span, first, after, MappingProxyType(details))

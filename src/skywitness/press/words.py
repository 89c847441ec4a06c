"""Words by which a sentence says what the law can check: signed, in force, party, withdrawn ..."""

from __future__ import annotations

from functools import cache

from skywitness.press.data_files import table
from skywitness.press.lexicon import ANY, EXACT, Found, Lexicon
from skywitness.press.tokens import Span, Tokens

__all__ = ["find_words", "has_word"]


@cache
def _lexicon(name: str, language: str) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(with_marks=language == "vi")
    words = table("checks").get(name) or table("doubts")[name]
    for word in words[language]:
        lexicon.add(word.removeprefix("="), name, EXACT if word.startswith("=") else ANY)
    return lexicon


def find_words(name: str, tokens: Tokens, span: Span, language: str) -> list[Found[str]]:
    """Find all words of one meaning in a part of the text."""
    lexicon = _lexicon(name, language)
    found: list[Found[str]] = []
    index, after = tokens.at(span[0]), tokens.at(span[1])
    while index < after:
        one = lexicon.longest(tokens, index)
        if one is not None and one.after <= after:
            found.append(one)
        index = one.after if one is not None else index + 1
    return found


def has_word(name: str, tokens: Tokens, span: Span, language: str) -> bool:
    """Tell whether a part of the text has a word of one meaning."""
    return bool(find_words(name, tokens, span, language))

"""Words that name a State elsewhere and do not here: persons, a State of a union, a place where something happened."""

from __future__ import annotations

from functools import cache
from typing import Final

from skywitness.press.data_files import table
from skywitness.press.lexicon import Lexicon
from skywitness.press.tokens import Tokens

__all__ = ["is_namesake", "is_place"]

_SMALL: Final = ("fr", "de", "it", "es", "ru")
"""Languages that write adjectives of States small."""

_NO_TITLE_CASE: Final = ("fr", "it", "es")
_ARTICLE: Final = 3
_TWO: Final = 2
_OTHER_AMERICAS: Final = ("afro", "latino", "ibero", "hispano", "euro", "indo", "pan", "inter")
_NEAR: Final = 8
"""Words on either side in which a name shows which of two places is meant."""

_PLACE_WORDS: Final = {
    "vi": ("tại", "ở", "đến", "tới", "thủ", "đô", "phố", "từ", "sang", "rời"),
    "en": ("in", "at", "near", "to", "from", "outside", "into", "around"),
    "fr": ("à", "a", "de", "depuis", "vers"),
    "de": ("in", "nach", "aus", "bei"),
    "it": ("a", "da", "presso"),
    "ru": ("в", "во", "из", "под", "около"),
    "es": ("en", "desde", "hacia"),
}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("context")[name])


@cache
def _roles(language: str) -> Lexicon[str]:
    from skywitness.press.persons import roles

    return roles(language)


def is_place(tokens: Tokens, first: int, language: str) -> bool:
    """Tell whether a capital is named as the place of something, not as who speaks or acts."""
    return first > 0 and tokens.spaced(first - 1) and tokens.words[first - 1].tone in _PLACE_WORDS[language]


def is_namesake(tokens: Tokens, first: int, after: int, code: str, kind: str, language: str) -> bool:
    """Tell whether the words name somebody or something else than the State."""
    word = tokens.words[first]
    if kind == "metonym":
        return False
    if language == "vi" and after - first == 1:
        return _vietnamese_person(tokens, first)
    if code == "GEO" and word.fold == "georgia" and _near(tokens, first, _words("us_state")):
        return True
    if code == "GRD" and word.fold == "granada" and is_place(tokens, first, language):
        return not _near(tokens, first, _words("caribbean"))
    if tokens.begins_sentence(first) and word.tone in table("decoys")["starts"].get(language, ()) and language != "en":
        return True
    if kind == "adjective" and after - first == 1 and language in _SMALL and _surname(tokens, first, language):
        return True
    if after - first == 1 and word.tone in _words("people") and word.capital and not word.shout:
        return _person(tokens, first, language)
    if (
        kind == "name"
        and after - first == 1
        and language in _NO_TITLE_CASE
        and _given_name_before(tokens, first, language)
    ):
        return True
    return _prefix_alone(tokens, first, after)


def _surname(tokens: Tokens, index: int, language: str) -> bool:
    """Tell whether a word that this language writes small has its capital because it is a family name.

    The names of peoples, which German and French write big, are family names after another capital or a rank.
    """
    word = tokens.words[index]
    if index == 0 or not word.capital or word.shout or not tokens.spaced(index - 1):
        return False
    before = tokens.words[index - 1]
    if before.tone in _words("ranks") or before.tone in _words("titles"):
        return True
    if not before.capital or before.shout or before.tone in _words("institutions"):
        return False
    if language in ("de", "fr") and tokens.begins_sentence(index - 1) and len(before.words) <= _ARTICLE:
        return False
    return tokens.text[before.end : word.start] == " " and not _known(tokens, index - 1, language)


def _prefix_alone(tokens: Tokens, first: int, after: int) -> bool:
    """Tell whether a word ends another that names no State: ``latino-américain``."""
    if first == 0 or after - first != 1:
        return False
    before = tokens.words[first - 1]
    joined = tokens.text[before.end : tokens.words[first].start] == "-"
    return joined and before.fold in _OTHER_AMERICAS and tokens.words[first].fold.startswith("americ")


def _near(tokens: Tokens, index: int, words: frozenset[str]) -> bool:
    around = tokens.words[max(0, index - _NEAR) : index] + tokens.words[index + 1 : index + 1 + _NEAR]
    sentence = tokens.sentence_of(tokens.words[index].start)
    return any(word.tone in words for word in around if tokens.sentence_of(word.start) == sentence)


def _person(tokens: Tokens, index: int, language: str) -> bool:
    """Tell whether a name that persons bear has a given name before it or a family name after it."""
    if (index > 0 and tokens.spaced(index - 1)) or (index > 0 and tokens.text[tokens.words[index - 1].end] == "."):
        before = tokens.words[index - 1]
        if before.tone in _words("titles"):
            return True
        opener = tokens.begins_sentence(index - 1) and before.tone in _words("openers")
        plain = before.capital and not before.shout and not _small(before.tone, language) and not opener
        if plain and not _known(tokens, index - 1, language) and tokens.spaced(index - 1):
            return True
    if tokens.spaced(index) and index + 1 < len(tokens.words):
        after = tokens.words[index + 1]
        plain = after.capital and not after.shout and len(after.words) > 2
        return plain and language != "de" and not _known(tokens, index + 1, language)
    return False


def _given_name_before(tokens: Tokens, index: int, language: str) -> bool:
    """Tell whether a given name stands before a name of one word, in languages whose titles have no such capitals.

    No given name follows an article, a place or another capital: ``tras la Guerra Fría Rusia cambió``.
    """
    word = tokens.words[index]
    if index < _TWO or word.shout or tokens.begins_sentence(index - 1):
        return False
    before, first = tokens.words[index - 1], tokens.words[index - 2]
    if first.capital or first.tone in _words("no_given_name") or is_place(tokens, index - 1, language):
        return False
    plain = before.capital and not before.shout and before.tone not in _words("institutions")
    beside = tokens.text[before.end : word.start] == " "
    return plain and beside and not _small(before.tone, language) and not _known(tokens, index - 1, language)


def _small(word: str, language: str) -> bool:
    return word in table("context")["small_words"].get(language, ())


def _known(tokens: Tokens, index: int, language: str) -> bool:
    """Tell whether a word with a capital is a title of office or another word that stands beside States."""
    if _roles(language).longest(tokens, index) is not None:
        return True
    from skywitness.press.things import known_words

    return any(lexicon.longest(tokens, index) is not None for lexicon in known_words(language))


def _vietnamese_person(tokens: Tokens, index: int) -> bool:
    """Tell whether a name of one syllable is part of a person's name, or a common word that begins a sentence."""
    if index == 0 or not tokens.spaced(index - 1):
        return False
    before = tokens.words[index - 1]
    if before.capital and not before.shout and before.tone in _words("family_vi"):
        return not tokens.begins_sentence(index - 1) or before.tone not in ("anh", "đức")
    return before.tone in _words("before_vi") and tokens.words[index].tone in (
        "nga",
        "đức",
        "mỹ",
        "anh",
        "nhật",
        "pháp",
    )

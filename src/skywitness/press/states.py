"""States named in a text: by name, by adjective, or by what stands for their government.

Names come from CLDR in all seven languages, with the further names and adjectives of ``data/states.toml``.  A capital
that speaks for its government is a metonym: it is told apart and not counted as naming the State.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from skywitness.press.data_files import LANGUAGES, table
from skywitness.press.inflect import adjectives, names
from skywitness.press.letters import folded
from skywitness.press.lexicon import ANY, CAPITAL, EXACT, SHOUT, Found, Lexicon
from skywitness.press.mention import Mention, mention
from skywitness.press.tokens import Tokens

__all__ = ["ADJECTIVE", "COUNTED", "METONYM", "NAME", "find_states", "state_name"]

NAME: Final = "name"
ADJECTIVE: Final = "adjective"
METONYM: Final = "metonym"
PLACE: Final = "place"
COUNTED: Final = (NAME, ADJECTIVE)
"""The ways of naming that count as naming the State."""

_HALF: Final = "half"
_DECOY: Final = ("", "")
Held = tuple[str, str]


_OWN_CODES: Final = {"XK": "XKX"}
_SHORT_EXACT: Final = 2


@cache
def _codes() -> dict[str, str]:
    """Lead from two letters of CLDR to three of ISO 3166."""
    from babel.core import get_global

    found: dict[str, str] = {}
    for three, meant in get_global("territory_aliases").items():
        if len(three) == 3 and three.isalpha() and len(meant) == 1:
            found.setdefault(meant[0], three)
    # Older three letters of a State come first in the alphabet of the table now and then.
    return {**found, "RO": "ROU", "TL": "TLS", "CD": "COD", "MM": "MMR", "DE": "DEU", "YE": "YEM", **_OWN_CODES}


@cache
def _cldr(language: str) -> dict[str, str]:
    """List the names of States in a language by their three letters."""
    from babel import Locale

    codes = _codes()
    territories = Locale(language).territories
    return {
        codes[two]: name
        for two, name in territories.items()
        if len(two) == 2 and two.isalpha() and two not in table("context")["no_states"] and two in codes
    }


def state_name(code: str, language: str) -> str:
    """Name a State in a language; a State that is no more by the first name of the table."""
    if code in _cldr(language):
        return _cldr(language)[code]
    row = table("states").get(code, {}).get(language, code)
    return str(row).split("/")[0].split(",")[0].strip() or code


def _variants(name: str) -> Iterator[str]:
    """Give a name of CLDR as writers have it: without what stands in parentheses, and that by itself."""
    outer = re.sub(r"\s*\(.*?\)", "", name).strip()
    yield outer
    yield from re.findall(r"\((.{4,}?)\)", name)


def _named(language: str) -> Iterator[tuple[str, str, str]]:
    """Give every name and adjective of a language: the word, the State, the kind."""
    for code, name in _cldr(language).items():
        for variant in _variants(name):
            if "Congo" not in variant and "Конго" not in variant and "Kongo" not in variant:
                yield variant, code, NAME
    for code, row in table("states").items():
        held, _, people = str(row.get(language, "")).partition("/")
        yield from ((word.strip(), code, NAME) for word in held.split(",") if word.strip())
        yield from ((word.strip(), code, ADJECTIVE) for word in people.split(",") if word.strip())


def _case(word: str, kind: str) -> str:
    if word.isupper():
        return SHOUT if len(word) > _SHORT_EXACT else EXACT
    if kind == ADJECTIVE and word[:1].islower():
        return ANY
    return CAPITAL


def _add(lexicon: Lexicon[Held], language: str) -> None:
    for word, code, kind in _named(language):
        forms = names(word, language) if kind == NAME else adjectives(word, language)
        for form in forms:
            lexicon.add(form, (code, kind), _case(word.removeprefix("="), kind))


@cache
def _lexicon(language: str) -> Lexicon[Held]:
    lexicon: Lexicon[Held] = Lexicon(with_marks=language == "vi")
    for decoy in (*table("decoys")["*"], *table("decoys").get(language, ())):
        lexicon.add(decoy, _DECOY, CAPITAL if decoy[:1].isupper() and " " not in decoy else ANY)
    _add(lexicon, language)
    if language == "vi":  # names that Vietnamese takes over as English writes them
        english = ((word, code) for word, code, kind in _named("en") if kind == NAME and word[:1].isupper())
        for word, code in english:
            lexicon.add(word, (code, NAME), _case(word, NAME))
    for code, halves in table("context")["halves"].items():
        for half in halves:
            lexicon.add(half, (code, _HALF))
    for word, code in _metonyms(language):
        for form in names(word, language):
            lexicon.add(form, (code, METONYM), CAPITAL)
    return lexicon


@cache
def _without_marks() -> Lexicon[Held]:
    """Names in Vietnamese written without marks: only those of several words, and long enough to be nothing else."""
    lexicon: Lexicon[Held] = Lexicon()
    for word, code, kind in _named("vi"):
        if kind == NAME and len(folded(word)) > 6 and len(word.split()) > 1:
            lexicon.add(word, (code, NAME), CAPITAL)
    return lexicon


def _metonyms(language: str) -> Iterator[tuple[str, str]]:
    for code, row in table("metonyms").items():
        for key in ("*", language):
            yield from ((word.strip(), code) for word in str(row.get(key, "")).split(",") if word.strip())


def find_states(tokens: Tokens, language: str) -> tuple[Mention, ...]:
    """Find all mentions of States in a text."""
    if language not in LANGUAGES:
        raise ValueError(f"no names of States in {language!r}")
    from skywitness.press.namesakes import is_namesake, is_place

    found: list[Mention] = []
    taken = 0
    for one in _found(tokens, language):
        if one.first < taken or one.held == _DECOY:
            taken = max(taken, one.after)
            continue
        code, kind = one.held
        if kind == _HALF:
            if not _goes_on(tokens, one.after, language):
                continue
            kind = ADJECTIVE
        if is_namesake(tokens, one.first, one.after, code, kind, language):
            continue
        if kind == METONYM and is_place(tokens, one.first, language):
            kind = PLACE
        taken = one.after
        found.append(mention(tokens, code, kind, one.first, one.after))
    return tuple(found)


def _goes_on(tokens: Tokens, index: int, language: str) -> bool:
    """Tell whether the adjective of a State follows after a hyphen."""
    if index >= len(tokens.words) or tokens.text[tokens.words[index - 1].end : tokens.words[index].start] != "-":
        return False
    after = _lexicon(language).longest(tokens, index)
    return after is not None and after.held[1] == ADJECTIVE


def _found(tokens: Tokens, language: str) -> Iterator[Found[Held]]:
    """Find names; where one with marks and one without begin at a word, the longer counts."""
    if language != "vi":
        yield from _lexicon(language).find(tokens)
        return
    plain, index = _without_marks(), 0
    exact = {one.first: one for one in _lexicon(language).find(tokens)}
    while index < len(tokens.words):
        one = exact.get(index) or plain.longest(tokens, index)
        if one is not None:
            yield one
        index = one.after if one is not None else index + 1

"""The forms a name or an adjective takes: number, gender, case.

Rules of school grammar for the kinds of words that States have.  A form that no writer uses does no harm; a form that
is another word would, and stands among the decoys.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Final

__all__ = ["adjectives", "names"]

_RU_ADJECTIVE: Final = ("ий", "ая", "ое", "ие", "ого", "ому", "им", "ом", "ой", "ую", "их", "ими", "о", "ею", "ою")
_RU_ENDINGS: Final = (
    ("ия", ("ия", "ии", "ию", "ией", "иею")),
    ("ея", ("ея", "еи", "ее", "ею", "еей")),
    ("ья", ("ья", "ьи", "ье", "ью", "ьей")),
    ("ая", ("ая", "ой", "ую", "ою")),
    ("яя", ("яя", "ей", "юю")),
    ("ий", ("ий", "ого", "ому", "им", "ом")),
    ("ый", ("ый", "ого", "ому", "ым", "ом")),
    ("ань", ("ань", "ани", "анью")),
    ("усь", ("усь", "уси", "усью")),
    ("ь", ("ь", "я", "ю", "ем", "ём", "е", "и", "ью")),
    ("ай", ("ай", "ая", "аю", "аем", "ае")),
    ("ей", ("ей", "ея", "ею", "еем", "ее")),
    ("уй", ("уй", "уя")),
    ("а", ("а", "ы", "и", "е", "у", "ой", "ою")),
    ("я", ("я", "и", "е", "ю", "ей")),
    ("ды", ("ды", "дов", "дам", "дами", "дах")),
    ("ны", ("ны", "н", "нам", "нами", "нах")),
    ("вы", ("вы", "вов", "вам", "вами", "вах", "в")),
    ("ты", ("ты", "тов", "там", "тами", "тах")),
    ("ые", ("ые", "ых", "ым", "ыми")),
    ("ие", ("ие", "их", "им", "ими")),
)
_CONSONANT: Final = re.compile(r"[бвгджзклмнпрстфхцчшщ]$")
_RU_NOUN: Final = ("", "а", "у", "ом", "ем", "е", "ы", "и", "ов", "ев", "ам", "ами", "ах", "ка", "ки", "ку", "кой")


def names(name: str, language: str) -> tuple[str, ...]:
    """Give the forms of a State's name: cases in Russian, the genitive in German, the name itself elsewhere.

    >>> "Украиной" in names("Украина", "ru"), names("Frankreich", "de"), names("США", "ru")
    (True, ('Frankreich', 'Frankreichs'), ('США',))
    """
    if name.isupper():
        return (name,)
    if name.startswith("="):
        return (name[1:],)
    if language == "de":
        last = name[-1:]
        if name.endswith(("lande", "Emirate")):
            return (name, f"{name}n")
        return (name,) if last in "szxß" or name.endswith("Staaten") else (name, f"{name}s")
    if language == "ru":
        return tuple(" ".join(words) for words in itertools.product(*map(_declined, name.split())))
    return (name,)


def _declined(word: str) -> tuple[str, ...]:
    if not word[:1].isupper() or word.isupper():
        return (word,)
    for ending, forms in _RU_ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return tuple(stem + form for form in forms)
    if _CONSONANT.search(word):
        return tuple(word + ending for ending in ("", "а", "у", "ом", "е", "ем"))
    return (word,)


def adjectives(word: str, language: str) -> tuple[str, ...]:
    """Give the forms of an adjective or of the name of a people.

    >>> adjectives("francese", "it"), adjectives("español", "es")
    (('francese', 'francesi'), ('español', 'española', 'españoles', 'españolas'))
    """
    if word.startswith("="):
        return (word[1:],)
    made = {"ru": _russian, "de": _german, "fr": _french, "it": _italian, "es": _spanish, "en": _english}
    return tuple(dict.fromkeys(made[language](word))) if language in made else (word,)


def _english(word: str) -> Iterable[str]:
    return (word, f"{word}s")


def _russian(word: str) -> Iterable[str]:
    if word.endswith("-"):
        return [word[:-1] + ending for ending in _RU_ADJECTIVE]
    if word.endswith("ец"):
        bare = word.removesuffix("ец")
        women = [bare + ending for ending in ("ка", "ки", "ку", "кой", "ке", "кам", "ками")]
        stem = bare + ("ьц" if bare.endswith("л") else "йц" if bare.endswith(("и", "а", "е")) else "ц")
        return [word, *(stem + ending for ending in _RU_NOUN[1:13]), *women]
    if word.endswith(("анин", "янин")):
        stem = word.removesuffix("ин")
        plural = (stem, f"{stem}е", f"{stem}ам", f"{stem}ами", f"{stem}ах", f"{stem}ка")
        return [*(word + ending for ending in ("", "а", "у", "ом", "е")), *plural]
    return [word + ending for ending in _RU_NOUN]


def _german(word: str) -> Iterable[str]:
    if word[:1].isupper():
        if word.endswith("e"):
            stem = word[:-1]
            return (word, f"{word}n", f"{word}r", f"{word}m", f"{stem}in", f"{stem}innen")
        if word.endswith("er"):
            return (word, f"{word}n", f"{word}s", f"{word}in", f"{word}innen")
        return (word, f"{word}n", f"{word}s")
    return [word + ending for ending in ("", "e", "er", "en", "es", "em")]


def _french(word: str) -> Iterable[str]:
    if word.endswith("e"):
        return (word, f"{word}s")
    double = ("ne", "nes") if word.endswith(("en", "on")) else ()
    return (word, f"{word}e", f"{word}s", f"{word}es", *(word + ending for ending in double))


def _italian(word: str) -> Iterable[str]:
    stem, last = word[:-1], word[-1:]
    if last == "o":
        hard = ("hi", "he") if stem.endswith(("c", "g")) else ()
        return (word, f"{stem}a", f"{stem}i", f"{stem}e", *(stem + ending for ending in hard))
    if last == "a":
        return (word, f"{stem}i", f"{stem}he" if stem.endswith("g") else f"{stem}e")
    return (word, f"{stem}i") if last == "e" else (word,)


def _spanish(word: str) -> Iterable[str]:
    stem, last = word[:-1], word[-1:]
    if last == "o":
        return (word, f"{stem}a", f"{stem}os", f"{stem}as")
    if last in "ea":
        return (word, f"{word}s")
    if last in "íú":
        return (word, f"{word}es", f"{word}s")
    return (word, f"{word}a", f"{word}es", f"{word}as")

"""Which language an article is written in, told by a library that needs no download."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.press.data_files import LANGUAGES, table
from skywitness.press.tokens import tokenise

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["Told", "language_of"]

_MOST: Final = 20_000
"""Characters from the beginning by which a language is told."""

_LEAST_LETTERS: Final = 12
_SURE: Final = 0.9
_VIETNAMESE: Final = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_SHARE: Final = 0.08
_SMALL_SHARE: Final = 0.25
_OTHER_CYRILLIC: Final = frozenset("іїєґўјљњћђџѓќѕәғқңөұүһ")


@dataclass(frozen=True, slots=True)
class Told:
    """A language by its two letters, and how sure the library is (0 to 1)."""

    code: str
    probability: float


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier: LanguageIdentifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier


def language_of(text: str, where: str = "") -> Told:
    """Tell the language of a text.

    :raises InputError: of kind ``unknown_language`` for a text in another language than the seven, or too short.
    """
    letters = [letter for letter in text[:_MOST] if letter.isalpha()]
    if len(letters) < _LEAST_LETTERS:
        message = say("The text is too short to tell its language; give an article of at least one sentence.")
        raise InputError("unknown_language", message, where)
    if sum(letter.lower() in _VIETNAMESE for letter in letters) > _SHARE * len(letters):
        return Told("vi", 1.0)
    ranked = [(code, float(probability)) for code, probability in _identifier().rank(text[:_MOST])]
    code, probability = ranked[0]
    if code in LANGUAGES:
        return Told(code, round(probability, 4))
    second = next(((name, share) for name, share in ranked if name in LANGUAGES), ("", 0.0))
    if probability < _SURE and _speaks(text[:_MOST], second[0]):
        return Told(second[0], round(second[1], 4))
    sure = say("This is in {code}", code=code) if probability >= _SURE else say("This looks like {code}", code=code)
    message = say(
        "{sure}, a language that is not read here; articles are read in Vietnamese (vi), English (en), French (fr), "
        "German (de), Italian (it), Russian (ru) and Spanish (es).",
        sure=sure,
    )
    raise InputError("unknown_language", message, where)


def _speaks(text: str, language: str) -> bool:
    """Tell whether the commonest words of a language make up a good part of a text, and no letter is foreign to it."""
    words = [token.tone for token in tokenise(text).words]
    small = table("context")["small_words"].get(language, ())
    foreign = language == "ru" and any(letter in _OTHER_CYRILLIC for letter in text.lower())
    return not foreign and sum(word in small for word in words) > _SMALL_SHARE * len(words)

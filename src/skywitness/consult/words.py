"""Loaded words: what takes a side, and so stands in no neutral field; an actor's own words belong in ``quote``."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["loaded_words"]

_ENGLISH: Final = (
    r"violat\w*",
    r"breach\w*",
    r"cheat\w*",
    r"aggress\w*",
    r"illegal\w*",
    r"unlawful\w*",
    r"illegitima\w*",
    r"guilt\w*",
    r"culpri\w*",
    r"lied",
    r"lying",
    r"liars?",
    r"deceit\w*",
    r"deceiv\w*",
    r"decept\w*",
    r"dishonest\w*",
    r"obfuscat\w*",
    r"propagand\w*",
    r"provocat\w*",
    r"pretext\w*",
    r"so-called",
    r"destabili[sz]\w*",
    r"blackmail\w*",
    r"sabotag\w*",
    r"hoax\w*",
    r"sham",
    r"fake\w*",
    r"treacher\w*",
    r"perfid\w*",
    r"blatant\w*",
    r"flagrant\w*",
    r"egregious\w*",
    r"brazen\w*",
    r"rogue",
    r"baseless\w*",
    r"groundless\w*",
    r"unfounded",
    r"unjustifi\w*",
    r"criminal\w*",
    r"non-?complian\w*",
    r"malign\w*",
    r"hostile",
    r"bad faith",
    r"puppet\w*",
    r"annexation",
    r"occupier\w*",
)
"""English stems and words; ``Annex A`` is none, and neither is the step ``ultimatum``."""

_VIETNAMESE: Final = (
    "vi phạm",
    "gian lận",
    "gian dối",
    "xâm lược",
    "bất hợp pháp",
    "phi pháp",
    "trái phép",
    "dối trá",
    "nói dối",
    "lừa dối",
    "lừa đảo",
    "bịa đặt",
    "vu khống",
    "xuyên tạc",
    "khiêu khích",
    "gây hấn",
    "cái cớ",
    "cái gọi là",
    "tội ác",
    "có tội",
    "thủ đoạn",
    "trắng trợn",
    "ngang nhiên",
    "ngụy biện",
    "ngụy tạo",
    "giả mạo",
    "phá hoại",
    "gây bất ổn",
    "vô căn cứ",
    "bội ước",
    "bù nhìn",
    "thù địch",
    "che giấu",
    "tuyên truyền",
)
"""Vietnamese words; their accents tell them from others, so they count."""

_PATTERN: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join((*_ENGLISH, *(unicodedata.normalize('NFC', one) for one in _VIETNAMESE)))})(?!\w)",
    re.IGNORECASE,
)


_ALIKE: Final = str.maketrans("авеокнмрстухіјѕԁһԛԝАВЕОКНМРСТУХІЈЅ", "abeokhmpctyxijsdhqwABEOKHMPCTYXIJS")
"""Cyrillic letters that look like Latin ones; a Russian word is none of the English ones when read so."""


def loaded_words(words: str) -> tuple[str, ...]:
    """Return the loaded words in a text, each once, as they stand there.

    >>> loaded_words("The United States says that the flight kept to Annex A")
    ()
    >>> loaded_words("A blatant violation")
    ('blatant', 'violation')
    """
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKC", " ".join(words.split())) if unicodedata.category(sign) != "Cf"
    )
    both = (plain, plain.translate(_ALIKE))
    return tuple(dict.fromkeys(found[0] for told in both for found in _PATTERN.finditer(told)))

"""Instruments, weapons and organs named in a text, by the names of the tables."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from skywitness.press.data_files import table
from skywitness.press.lexicon import ANY, EXACT, Lexicon
from skywitness.press.mention import Mention, mention
from skywitness.press.tokens import Tokens

__all__ = ["find_instruments", "find_organs", "find_weapons", "known_words"]

_AIR_TRAFFIC: Final = re.compile(
    r"airline|air transport|air services|aviation market|carrier|compagnies aériennes|transport aérien|"
    r"Fluggesellschaft|"
    r"Luftverkehr|compagnie aeree|trasporto aereo|aerolínea|transporte aéreo|авиакомпани|hãng hàng không|"
    r"hàng không dân dụng",
    re.IGNORECASE,
)
"""An agreement of this name opens markets to airlines; a sentence that speaks of them means that one."""

_OF_WEAPONS: Final = ("inf", "npt", "tpnw", "cfe", "abm", "new-start")
_ARMS_TREATY: Final = re.compile(
    r"treaty|pact|agreement|traité|accord|vertrag|abkommen|trattato|accordo|договор|соглаш|tratado|acuerdo|hiệp ước|"
    r"hiệp định",
    re.IGNORECASE,
)

_ARMS: Final = re.compile(
    r"treaty|surveillance|observation|reconnaissance|military|arms|traité|militaire|Vertrag|Rüstung|militär|Beobachtung|"
    r"trattato|militar|tratado|договор|военн|наблюд|hiệp ước|quân sự|giám sát",
    re.IGNORECASE,
)


_NO_WORDS: Final = (
    "INF",
    "ABM",
    "CFE",
    "KSE",
    "FCE",
    "FNI",
    "CTBT",
    "NPT",
    "TNP",
    "JCPOA",
    "OSCE",
    "OSZE",
    "ONU",
    "UE",
)
"""Short names that some papers write with one capital (``Inf``) and that are no words of any language here."""


@cache
def _lexicon(name: str, language: str) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(with_marks=language == "vi")
    for key, row in table(name).items():
        held: dict[str, Any] = {"*": row["names"]} if "names" in row else row
        # An article in one language keeps the English name of a treaty or an organ now and then.
        languages = ("*", language) if language == "en" or name == "weapons" else ("*", language, "en")
        for alias in (alias for one in languages for alias in held.get(one, ())):
            lexicon.add(alias.removeprefix("="), key, EXACT if alias.startswith("=") else ANY)
            if alias[1:].upper() in _NO_WORDS and language in ("it", "fr", "de", "es"):
                lexicon.add(alias[1:].capitalize(), key, EXACT)
    return lexicon


def known_words(language: str) -> tuple[Lexicon[str], ...]:
    """Give the names of organs, which stand beside names of States."""
    return (_lexicon("organs", language),)


def find_instruments(tokens: Tokens, language: str) -> tuple[Mention, ...]:
    """Find treaties and accords; weather and air transport under open skies are none."""
    found = (
        mention(tokens, one.held, "instrument", one.first, one.after)
        for one in _lexicon("instruments", language).find(tokens)
    )
    return tuple(one for one in found if _is_meant(tokens, one))


def _is_meant(tokens: Tokens, one: Mention) -> bool:
    """Tell whether a treaty is meant, and not what it is about: weapons, or the open sky."""
    if one.key == "open-skies":
        return _is_treaty(tokens, one)
    written = tokens.words[one.first : one.after]
    if one.key in _OF_WEAPONS and not any(word.capital for word in written):
        return _ARMS_TREATY.search(tokens.text, max(0, one.span[0] - 60), one.span[1] + 30) is not None
    return True


def _is_treaty(tokens: Tokens, one: Mention) -> bool:
    sentence = tokens.text[slice(*tokens.sentences[tokens.sentence_of(one.span[0])])]
    if _AIR_TRAFFIC.search(sentence) and not _ARMS.search(sentence):
        return False
    first, last = tokens.words[one.first], tokens.words[one.after - 1]
    if first.capital or last.capital:
        return True
    quoted = tokens.text[one.span[0] - 1 : one.span[0]] in "«\"“„'‘" and one.span[0] > 0
    near = tokens.text[max(0, one.span[0] - 40) : one.span[1] + 30]
    return quoted or _ARMS.search(near) is not None


def find_weapons(tokens: Tokens, language: str) -> tuple[Mention, ...]:
    """Find missiles, launchers, aircraft and vehicles by any of their names."""
    return tuple(
        mention(tokens, one.held, str(table("weapons")[one.held]["kind"]), one.first, one.after)
        for one in _lexicon("weapons", language).find(tokens)
    )


def find_organs(tokens: Tokens, language: str) -> tuple[Mention, ...]:
    """Find organisations, organs and ministries."""
    return tuple(
        mention(tokens, one.held, "organ", one.first, one.after) for one in _lexicon("organs", language).find(tokens)
    )

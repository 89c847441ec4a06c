"""Names of States and groups in the language of the reader, from CLDR (Babel)."""

from __future__ import annotations

import functools
import re

from skywitness.core.text import Text, say, verbatim

GROUP_NAMES = {"BENELUX": "Benelux"}
"""Names that are the same in every language we speak and stand in no list of countries."""


@functools.cache
def state_name(code: str, language: str = "en") -> str:
    """Name a State by its alpha-3 code; the code itself when CLDR does not know it.

    >>> state_name("GEO"), state_name("DEU", "vi"), state_name("X-BAIKONUR")
    ('Georgia', 'Đức', 'X-BAIKONUR')
    """
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    try:
        names = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        names = Locale("en").territories
    short = "XK" if code == "XKX" else next(iter(get_global("territory_aliases").get(code, ())), "")
    return str(names.get(short, code))


def party(code: str, language: str = "en") -> Text:
    """Name a State Party or a group of them, with its code."""
    if code in GROUP_NAMES:
        return verbatim(GROUP_NAMES[code])
    members = code.split("-")
    if len(members) == 2 and all(re.fullmatch("[A-Z]{3}", member) for member in members):
        first, second = (state_name(member, language) for member in members)
        return say("{first} and {second} ({code})", first=first, second=second, code=code)
    name = state_name(code, language)
    return verbatim(code) if name == code else verbatim(f"{name} ({code})")

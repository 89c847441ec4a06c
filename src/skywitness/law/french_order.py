"""The alphabetical order of States in French, in which they sit and take the chair.

Annex L, Section I, paragraphs 5 and 6, of the Treaty on Open Skies and the Protocol on the Joint Consultative Group of
the CFE Treaty ask for it.  Neither says under which of its names a State stands.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

__all__ = ["OTHER_NAMES", "french_name", "in_order", "orders"]

OTHER_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "BLR": "Bélarus",
        "CSK": "République fédérative tchèque et slovaque",
        "CZE": "République tchèque",
        "GBR": "Grande-Bretagne",
        "MDA": "République de Moldova",
        "RUS": "Fédération de Russie",
        "SVK": "République slovaque",
        "USA": "Amérique (États-Unis d')",
    }
)
"""A second French name of a State that leads to another place.  Which States are doubtful is for each body to say."""


_ENDED: Final[Mapping[str, str]] = MappingProxyType({"CSK": "Tchécoslovaquie"})
"""States that CLDR names no longer."""


@cache
def french_name(code: str) -> str:
    """Name a State in French as CLDR does; a code without a name stands for itself."""
    from babel import Locale
    from babel.core import get_global

    short = next(iter(get_global("territory_aliases").get(code, ())), "")
    return _ENDED.get(code) or str(Locale.parse("fr").territories.get(short, code))


def in_order(codes: Collection[str], by_other_name: Collection[str] = ()) -> tuple[str, ...]:
    """Order States by their names of CLDR, those of ``by_other_name`` by the name in ``OTHER_NAMES``."""
    return tuple(
        sorted(codes, key=lambda code: _folded(OTHER_NAMES[code] if code in by_other_name else french_name(code)))
    )


def orders(codes: Collection[str], doubtful: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Give every order in which these States can stand, each once, that of their CLDR names first.

    Each State that is ``doubtful`` may stand by either of its names, whatever the others do.
    """
    open_ones = sorted(set(codes) & set(doubtful))
    seen: set[tuple[str, ...]] = set()
    for choice in itertools.product((False, True), repeat=len(open_ones)):
        order = in_order(codes, {code for code, other in zip(open_ones, choice, strict=True) if other})
        if order not in seen:
            seen.add(order)
            yield order


def _folded(name: str) -> str:
    """Fold accents and signs away, which order nothing in French but between equals."""
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))

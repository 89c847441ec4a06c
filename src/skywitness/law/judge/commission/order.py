"""The alphabetical order of States in French (Annex L, Section I, paragraphs 5 and 6).

The text does not say under which of its names a State stands.  Where practice knows two, both orders are looked at.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

ALSO: Final[Mapping[str, str]] = MappingProxyType(
    {
        "BLR": "Bélarus",
        "CZE": "République tchèque",
        "GBR": "Grande-Bretagne",
        "RUS": "Fédération de Russie",
        "USA": "Amérique (États-Unis d')",
    }
)
"""A second French name of a State, under which lists of the conference have it."""


@cache
def french(code: str) -> str:
    """Name a State in French as CLDR does; a code without a name stands for itself."""
    from babel import Locale
    from babel.core import get_global

    short = next(iter(get_global("territory_aliases").get(code, ())), "")
    return str(Locale.parse("fr").territories.get(short, code))


def orders(codes: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Give every order in which these States can stand, that of their CLDR names first."""
    doubtful = sorted(set(codes) & set(ALSO))
    seen: set[tuple[str, ...]] = set()
    for choice in itertools.product((False, True), repeat=len(doubtful)):
        second = {code for code, other in zip(doubtful, choice, strict=True) if other}
        order = tuple(sorted(codes, key=lambda code: _folded(ALSO[code] if code in second else french(code))))
        if order not in seen:
            seen.add(order)
            yield order


def next_after(code: str, codes: Collection[str]) -> tuple[str, ...]:
    """Name who can come next after a State among ``codes``, whether or not that State is still one of them."""
    everybody = {*codes, code}
    followers = (_follower(code, order, codes) for order in orders(everybody))
    return tuple(dict.fromkeys(one for one in followers if one))


def _follower(code: str, order: Sequence[str], codes: Collection[str]) -> str:
    start = order.index(code)
    turned = (*order[start + 1 :], *order[: start + 1])
    return next((one for one in turned if one in codes), "")


def is_in_order(seated: Sequence[str]) -> bool:
    """Tell whether States sit in an order in which they can stand."""
    return tuple(seated) in set(orders(seated))


def _folded(name: str) -> str:
    """Fold accents and signs away, which order nothing in French but between equals."""
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))

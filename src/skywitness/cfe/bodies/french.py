"""The order of States by their French names, for the chair and the seats of the Joint Consultative Group."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from skywitness.cfe.groups import GROUPS, members_on

__all__ = ["french_name", "order", "orders"]

_LONG: Final[Mapping[str, str]] = MappingProxyType(
    {
        "BLR": "Bélarus",
        "CZE": "République tchèque",
        "MDA": "République de Moldova",
        "RUS": "Fédération de Russie",
        "SVK": "République slovaque",
    }
)
"""Names in use beside those of CLDR that lead to another place; which one the Group takes no article says."""


@cache
def french_name(code: str) -> str:
    """Name a State in French, as CLDR does."""
    from babel import Locale
    from babel.core import get_global

    short = next(iter(get_global("territory_aliases").get(code, ())), "")
    return str(Locale("fr").territories.get(short, code))


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


@cache
def order(at: dt.date, *, long: bool = False) -> tuple[str, ...]:
    """Order the Parties of a day by their French names, marks above letters aside; ``long``: by their longer ones."""
    codes = [code for group in GROUPS for code in members_on(group, at)]
    return tuple(sorted(codes, key=lambda code: _key((_LONG if long else {}).get(code) or french_name(code))))


def orders(at: dt.date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the order by the names of CLDR, and that by the longer names."""
    return order(at), order(at, long=True)

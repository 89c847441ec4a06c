"""Whose turn it is, and how States sit, by their French names (Annex L, Section I, paragraphs 5 and 6).

The text does not say under which of its names a State stands.  Where practice knows two, both orders are looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from skywitness.law import french_order

__all__ = ["is_in_order", "next_after", "orders"]

_DOUBTFUL: Final = ("BLR", "CSK", "CZE", "GBR", "RUS", "USA")
"""States that lists of the conference have under a second French name."""


def orders(codes: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Give every order in which these States can stand, that of their CLDR names first."""
    return french_order.orders(codes, _DOUBTFUL)


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

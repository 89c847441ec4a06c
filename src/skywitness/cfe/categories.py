"""The five categories of Article I.1, and what is subject to the Treaty without being in one of them."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from skywitness.cfe.kinds import CATEGORIES, LIMITED, category_of
from skywitness.cfe.law import Law
from skywitness.cfe.model import Book
from skywitness.cfe.span import NONE
from skywitness.core.finding import Effect, Finding, Verdict
from skywitness.core.text import say
from skywitness.law.provisions import provision

__all__ = ["categories"]

_SUPPORT: Final = "combat_support_helicopter"
_NAMES: Final = MappingProxyType(
    {**{name: name for name in CATEGORIES}, "attack_helicopter": "combat_helicopter", _SUPPORT: "combat_helicopter"}
)
"""Article I.1 names combat helicopters; those that do not attack are among them, though no limit counts them."""


@provision("CFE:I.1")
def categories(book: Book, law: Law) -> Iterator[Finding]:
    """Say of every kind that the file tells of whether it is in one of the five categories."""
    owners: dict[str, set[str]] = {}
    for row in book.rows:
        if row.day <= book.at and row.count != NONE:
            owners.setdefault(row.kind, set()).add(row.owner)
    for kind, states in sorted(owners.items()):
        category = _NAMES.get(category_of(kind))
        told = {"kind": kind.replace("_", " "), "category": (category or "").replace("_", " ")}
        if category is None:
            why = say("{kind}: none of the five categories; the Treaty has it reported.", **told)
            what = say("report it; no limit of Articles IV to VI counts it")
            effect = Effect(", ".join(sorted(states)), "must", what)
            yield law.finding("I.1", Verdict.NOT_APPLICABLE, why, effect=effect)
        elif kind in LIMITED:
            yield law.finding("I.1", Verdict.OK, say("{kind}: in the category {category}, and limited.", **told))
        else:
            yield law.finding("I.1", Verdict.OK, say("{kind}: in the category {category}, but not limited.", **told))

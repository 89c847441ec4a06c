"""Whom a code reaches: a Party itself, the members of a group that it names, and those deemed one Party with it.

A flight is between Parties or groups of them (II.1, II.2), and whoever acts for a group is told what the group is told.
Belgium, Luxembourg and the Netherlands are one Party for the articles that XIV.1 lists, and three for all others: for
the lists of XIII, and in the Commission.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from typing import Final

from skywitness.law.group import DEEMED_PARTY, Group
from skywitness.law.instrument import load

_ROMAN: Final = re.compile(r"[IVX]+")


def reaches(codes: Collection[str], party: str, day: dt.date, provision: str) -> bool:
    """Tell whether what is addressed to ``codes`` under ``provision`` is addressed to ``party`` on a day.

    A group stands for each of its members while it holds; one member does not stand for another, unless they are deemed
    one Party for the article of the provision.
    """
    return party in codes or any(_stands(group, codes, party, provision) for group in _holding(day))


def _holding(day: dt.date) -> tuple[Group, ...]:
    return tuple(group for group in load().groups.values() if group.holds_on(day))


def _stands(group: Group, codes: Collection[str], party: str, provision: str) -> bool:
    if group.kind == DEEMED_PARTY:
        one = {group.code, *group.members}
        return article_of(provision) in group.articles and party in one and not one.isdisjoint(codes)
    return group.code in codes and party in group.members


def article_of(provision: str) -> str:
    """Name the article or annex of a provision, as the list of a deemed Party writes it.

    >>> article_of("OS:VI.I.5"), article_of("OS:D.IV.1"), article_of("OS:ANNEX-I.2")
    ('VI', 'Annex D', 'Annex I')
    """
    first = provision.removeprefix("OS:").split(".", 1)[0]
    if first.startswith("ANNEX-"):
        return f"Annex {first.removeprefix('ANNEX-')}"
    return first if _ROMAN.fullmatch(first) else f"Annex {first}"

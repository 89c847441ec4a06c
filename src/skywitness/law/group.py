"""Several States that hold something together.

Very different things: a *group of States Parties* (OS Art. III.II), which pools quotas, a *deemed Party* (OS Art. XIV),
several States that count as one for some articles only, and a group whose holdings are limited together (CFE Art. II).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.dated import STATUSES
from skywitness.core.errors import Faults
from skywitness.core.text import say
from skywitness.law.rows import Row, note_twice, refuse_strays, rows_of

__all__ = ["COMMON_LIMITS", "COMMON_QUOTA", "DEEMED_PARTY", "Group", "read_groups"]

COMMON_QUOTA: Final = "common_quota"  # Art. III.II.3: one passive and one active quota for all
REDISTRIBUTION: Final = "redistribution"  # Art. III.II.2: members keep their own passive quotas
DEEMED_PARTY: Final = "deemed_party"  # Art. XIV: one Party for the articles listed
COMMON_LIMITS: Final = "common_limits"  # CFE Art. II.1(A): holdings of all members are limited together
KINDS: Final = (COMMON_QUOTA, REDISTRIBUTION, DEEMED_PARTY)
"""Kinds of groups under the Treaty on Open Skies."""


@dataclass(frozen=True, slots=True)
class Group:
    """States that hold a quota together on ``[start, end)``.  ``articles``: for which a deemed Party is one Party."""

    code: str
    name: str
    kind: str
    members: tuple[str, ...]
    start: dt.date
    end: dt.date | None
    known: dt.date
    end_known: dt.date | None
    source: str
    status: str
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    aliases: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    note: str = ""

    def holds_on(self, at: dt.date, known: dt.date | None = None) -> bool:
        """Tell whether the group stands on the day ``at``, as far as was known on the day ``known``."""
        if known is not None and known < self.known:
            return False
        end = self.end if known is None or (self.end_known or self.known) <= known else None
        return self.start <= at and (end is None or at < end)

    def to_json(self) -> dict[str, Any]:
        """Write what a reader needs to know of the group."""
        return {
            "code": self.code,
            "name": self.name,
            "kind": self.kind,
            "members": list(self.members),
            "from": self.start.isoformat(),
            "to": self.end.isoformat() if self.end else None,
            "articles": list(self.articles),
            "source": self.source,
            "status": self.status,
            "note": self.note,
        }


def read_groups(content: Mapping[str, Any], faults: Faults) -> dict[str, Group]:
    """Read all groups of ``groups.toml``; note every fault."""
    refuse_strays(content, ("group",), faults)
    groups = [_read_group(row) for row in rows_of(content.get("group", []), "group", faults, "code")]
    note_twice("group", (group.code for group in groups), faults)
    return {group.code: group for group in groups}


def _read_group(row: Row) -> Group:
    """Read one group."""
    start, end = row.required_day("from"), row.day("to")
    if end is not None and start >= end:
        row.fault("from", say("{start} is not before to {end}", start=start, end=end))
    members = row.texts("members")
    if len(members) < 2:
        row.fault("members", say("a group has at least two members"))
    group = Group(
        code=row.text("code"),
        name=row.text("name"),
        kind=row.text("kind", among=(*KINDS, COMMON_LIMITS)),
        members=members,
        start=start,
        end=end,
        known=row.required_day("known"),
        end_known=row.day("to_known"),
        source=row.text("source"),
        status=row.text("status", among=STATUSES),
        names=MappingProxyType(row.words("names")),
        aliases=row.texts("aliases", []),
        articles=row.texts("articles", []),
        note=row.text("note", ""),
    )
    row.text("note_vi", "")  # for the catalogue of the language
    row.close()
    return group

"""Several States that hold something together.

Two very different things: a *group of States Parties* (Art. III.II), which pools quotas, and a *deemed Party*
(Art. XIV), several States that count as one for some articles only.
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
from skywitness.law.fields import Fields, refuse_strays, tables

__all__ = ["COMMON_QUOTA", "DEEMED_PARTY", "Group", "read_groups"]

COMMON_QUOTA: Final = "common_quota"  # Art. III.II.3: one passive and one active quota for all
REDISTRIBUTION: Final = "redistribution"  # Art. III.II.2: members keep their own passive quotas
DEEMED_PARTY: Final = "deemed_party"  # Art. XIV: one Party for the articles listed
KINDS: Final = (COMMON_QUOTA, REDISTRIBUTION, DEEMED_PARTY)


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
    groups: dict[str, Group] = {}
    for number, entry in enumerate(tables(content, "group", faults), start=1):
        fields = Fields(entry, f"group {number} ({entry.get('code', '?')})", faults)
        group = _read_group(fields)
        if group.code in groups:
            fields.fault("code", say("the code {code} is already taken", code=group.code))
        groups[group.code] = group
    return groups


def _read_group(fields: Fields) -> Group:
    """Read one group."""
    start, end = fields.date("from"), fields.day("to")
    if end is not None and start >= end:
        fields.fault("from", say("{start} is not before to {end}", start=start, end=end))
    members = fields.texts("members")
    if len(members) < 2:
        fields.fault("members", say("a group has at least two members"))
    group = Group(
        code=fields.text("code"),
        name=fields.text("name"),
        kind=fields.choice("kind", KINDS),
        members=members,
        start=start,
        end=end,
        known=fields.date("known"),
        end_known=fields.day("to_known"),
        source=fields.text("source"),
        status=fields.choice("status", STATUSES),
        names=MappingProxyType(fields.words("names")),
        aliases=fields.texts("aliases", []),
        articles=fields.texts("articles", []),
        note=fields.text("note", ""),
    )
    fields.close()
    return group

"""That a file was refused is put on record: once for each Party, file and day, and so many a day and Party.

So nobody can fill the log of another by asking.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from skywitness.record.entry.entry import Reference
from skywitness.record.entry.payload_types import Decision
from skywitness.record.log import log
from skywitness.record.log.model import Draft
from skywitness.record.store.model import EntryRow

if TYPE_CHECKING:
    from skywitness.record.node.node import Node

TYPE: Final = "record/refusal"
MOST_A_DAY: Final = 100
"""Refusals to one Party that are put on record on one day; it is told of all."""

_LONGEST: Final = 255
"""Characters of a reason in an entry."""


def stream_for(party: str) -> str:
    """Name the stream of refusals to a Party."""
    return f"access/{party}"


def record(node: Node, party: str, sha256: str, row: EntryRow, decided: Decision) -> bool:
    """Append a refusal addressed to who asked and to the author of the entry, unless it or too many were today.

    Two processes that refuse at the same moment may both record it.
    """
    day = node.clock().date().isoformat()
    told = _told(node, party, day)
    if sha256 in told or len(told) >= MOST_A_DAY or row.address is None:
        return False
    body = {"object": sha256, "asked_by": party, "provision": decided.provision, "reason": str(decided.why)[:_LONGEST]}
    to = tuple({party, str(row.author)} - {node.party})
    draft = Draft(stream_for(party), TYPE, body, to=to, refers_to=(Reference("answers", row.address),))
    log.append(node, [draft])
    with node.store.transaction() as change:
        change.set_meta(_key(party), json.dumps({"day": day, "objects": sorted({*told, sha256})}))
    return True


def _told(node: Node, party: str, day: str) -> set[str]:
    with node.store.snapshot() as seen:
        words = seen.meta(_key(party))
    value = json.loads(words) if words else {}
    return set(value["objects"]) if value.get("day") == day else set()


def _key(party: str) -> str:
    return f"refused {party}"

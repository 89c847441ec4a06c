"""What proves faults of Parties: kept as it came, or shown by what the store holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from skywitness.core.text import ENGLISH, Catalogue, Text
from skywitness.record.evidence import find
from skywitness.record.evidence.judge import tell
from skywitness.record.evidence.model import MOST_PROOFS, Evidence, from_bytes, id_of, to_bytes
from skywitness.record.node.node import Node
from skywitness.record.store.model import EvidenceRow, Reader, Store
from skywitness.record.trust.trusted import Accepted


@dataclass(frozen=True, slots=True)
class Held:
    """One proof: what it ``proves``, or why it does not (``certain`` is false)."""

    id: str
    party: str
    kind: str
    proves: Text
    certain: bool
    body: bytes

    def to_json(self, catalogue: Catalogue = ENGLISH) -> dict[str, Any]:
        """Write for scripts, the proof itself included."""
        return {
            "id": self.id,
            "party": self.party,
            "kind": self.kind,
            "proves": self.proves.render(catalogue),
            "certain": self.certain,
            "evidence": json.loads(self.body),
        }


def all_of(node: Node) -> tuple[Held, ...]:
    """Give all evidence by its id, and keep what the store shows by itself."""
    with node.store.snapshot() as seen:
        found = {row.id: row.body for row in seen.evidence()}
        bodies = {id_of(body): body for body in map(to_bytes, find.all_of(seen))}
        held = tuple(_held(ident, body, seen) for ident, body in sorted((bodies | found).items()))
    counts = Counter(one.party for one in held if one.id in found)
    fresh = []
    for one in held:
        if one.certain and one.id not in found and counts[one.party] < MOST_PROOFS:
            counts[one.party] += 1
            fresh.append(one)
    if fresh:
        with node.store.transaction() as change:
            for one in fresh:
                change.add_evidence(EvidenceRow(one.id, one.kind, one.body))
    return held


def keep(store: Store, found: Iterable[Evidence]) -> dict[str, bool]:
    """Keep what proves a fault by the keys that are known here, so much of one Party and no more.

    Gives what is kept of it, by its id, and whether it is new.
    """
    bodies = {id_of(body): (body, one) for one in found for body in [to_bytes(one)]}
    if not bodies:
        return {}
    kept: dict[str, bool] = {}
    with store.transaction() as change:
        known = {row.id: from_bytes(row.body).party for row in change.evidence()}
        counts = Counter(known.values())
        for ident, (body, one) in bodies.items():
            if ident in known:
                kept[ident] = False
            elif counts[one.party] < MOST_PROOFS and tell(one, Accepted(change))[1]:
                counts[one.party] += 1
                change.add_evidence(EvidenceRow(ident, one.kind, body))
                kept[ident] = True
    return kept


def _held(ident: str, body: bytes, reader: Reader) -> Held:
    evidence = from_bytes(body)
    proves, certain = tell(evidence, Accepted(reader))
    return Held(ident, evidence.party, evidence.kind, proves, certain, body)

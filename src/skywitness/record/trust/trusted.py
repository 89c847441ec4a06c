"""Whom a node trusts: the Parties whose introductions its people accepted, and the keys of theirs that count.

Judges of packets, of evidence and of discrepancies all ask here.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from skywitness.record.entry import introduction
from skywitness.record.entry.introduction import Introduction
from skywitness.record.entry.keys import PublicKey
from skywitness.record.note.pair import PairKeys
from skywitness.record.store.model import Reader
from skywitness.record.trust import roster

_read = functools.lru_cache(maxsize=512)(lambda envelope: introduction.read(envelope)[1])
_logs = functools.lru_cache(maxsize=512)(lambda envelopes: roster.logs_of_all([_read(one) for one in envelopes]))
_witness_keys = functools.lru_cache(maxsize=512)(lambda envelope: roster.witness_keys(_read(envelope)))


@dataclass(frozen=True, slots=True)
class Trust:
    """Accepted introductions of each Party as bytes, the newest first."""

    known: dict[str, list[bytes]]

    def root(self, party: str) -> PublicKey | None:
        """Give a Party's root key."""
        found = self.known.get(party)
        return self.newest(party).root if found else None

    def newest(self, party: str) -> Introduction:
        """Give the newest introduction of a Party that is known."""
        made: Introduction = _read(self.known[party][0])
        return made

    def logs(self, party: str) -> Sequence[PairKeys]:
        """Give the keys with which a Party's log has ever signed, the present ones first.

        Retired ones count up to the entry that retired them, as the newest introduction tells.
        """
        found: tuple[PairKeys, ...] = _logs(tuple(self.known.get(party, ())))
        return found

    def of_origin(self, origin: str) -> str | None:
        """Name the Party whose log has this origin."""
        return next((party for party in self.known if self.newest(party).log.name == origin), None)

    def witnesses(self) -> dict[str, list[PairKeys]]:
        """Give the keys of every witness by its name."""
        found: dict[str, list[PairKeys]] = {}
        for one in self.known.values():
            for keys in dict.fromkeys(_witness_keys(data) for data in one):
                found.setdefault(keys.name, []).append(keys)
        return found


def trust_of(reader: Reader) -> Trust:
    """Read the accepted introductions of a store."""
    known: dict[str, list[bytes]] = {}
    for row in sorted(reader.introductions(), key=lambda row: -row.issue):
        if row.accepted:
            known.setdefault(row.party, []).append(row.envelope)
    return Trust(known)

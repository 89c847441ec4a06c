"""Whom a node trusts: the Parties whose introductions its people accepted, as judges of evidence ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from skywitness.record.entry import introduction
from skywitness.record.entry.introduction import Introduction
from skywitness.record.entry.keys import PublicKey
from skywitness.record.note.pair import PairKeys
from skywitness.record.store.model import Reader
from skywitness.record.trust import roster


@dataclass(frozen=True)
class Accepted:
    """Root keys and keys of logs out of a store; keys of logs are those of all introductions ever accepted.

    What the newest introduction retires counts as far as it tells; a key that one has dropped in silence counts on.
    """

    reader: Reader

    @cached_property
    def _all(self) -> dict[str, list[Introduction]]:
        found: dict[str, list[Introduction]] = {}
        for row in sorted(self.reader.introductions(), key=lambda row: -row.issue):
            if row.accepted:
                found.setdefault(row.party, []).append(introduction.read(row.envelope, row.party)[1])
        return found

    def root(self, party: str) -> PublicKey | None:
        """Give a Party's root key, if its introduction was accepted."""
        known = self._all.get(party)
        return known[0].root if known else None

    def logs(self, party: str) -> Sequence[PairKeys]:
        """Give the keys with which a Party's log has ever signed, the newest first."""
        known = self._all.get(party, ())
        return roster.logs_of_all(known)

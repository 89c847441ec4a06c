"""Whom a node trusts: the Parties whose introductions its people accepted, as judges of evidence ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from skywitness.core.errors import InputError
from skywitness.record.entry import introduction
from skywitness.record.entry.introduction import Introduction
from skywitness.record.entry.keyring import Keyring
from skywitness.record.entry.keys import PublicKey
from skywitness.record.note.checkpoint import signer_of
from skywitness.record.note.pair import PairKeys
from skywitness.record.note.signed_note import parse_note
from skywitness.record.store.model import CheckpointRow, Reader
from skywitness.record.trust import roster
from skywitness.record.trust.rings import ring_of_party


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

    def ring(self, party: str) -> Keyring:
        """Give the entry keys of a Party as far as its log is held."""
        return ring_of_party(self.reader, party, self.root(party))

    def counts(self, party: str, row: CheckpointRow) -> bool:
        """Tell whether a checkpoint that was taken before still counts.

        It does not if only a key since retired signed it, or if people set it aside (``following``).
        """
        known = self.logs(party)
        try:
            if known:
                signer_of(parse_note(row.note, row.origin), known, row.origin)
        except InputError as refused:
            if refused.kind == "key_retired":
                return False
        gone = self.reader.aside(row.origin, "checkpoint")
        return all((one.index, one.hash) != (row.size, row.root) for one in gone)

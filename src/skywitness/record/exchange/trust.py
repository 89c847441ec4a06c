"""Whose keys are believed while a packet is judged: those of accepted introductions, and of newer issues they sign.

A newer introduction signed by the root key that people compared is taken at once; any other waits for people, and is
not kept: who hands it on could have made it up.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from skywitness.record.entry import introduction
from skywitness.record.entry.introduction import Introduction
from skywitness.record.entry.keyring import Keyring
from skywitness.record.entry.keys import PublicKey
from skywitness.record.note.pair import PairKeys
from skywitness.record.store.model import IntroductionRow, Reader
from skywitness.record.trust import claims, roster
from skywitness.record.trust.rings import ring_of_party

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


@dataclass(frozen=True, slots=True)
class Judging:
    """Keys by which evidence is judged while a packet is: those believed now, and what the logs held tell of them."""

    trust: Trust
    reader: Reader

    def root(self, party: str) -> PublicKey | None:
        """Give a Party's root key."""
        return self.trust.root(party)

    def logs(self, party: str) -> Sequence[PairKeys]:
        """Give the keys with which a Party's log has ever signed."""
        return self.trust.logs(party)

    def ring(self, party: str) -> Keyring:
        """Give the entry keys of a Party as far as its log is held."""
        return ring_of_party(self.reader, party, self.root(party))


@dataclass(frozen=True, slots=True)
class Introduced:
    """What became of the introductions in a packet: rows to keep, Parties that people should look at."""

    rows: tuple[IntroductionRow, ...]
    offered: tuple[str, ...]
    contradicting: tuple[str, ...]


def trust_of(reader: Reader) -> Trust:
    """Read the accepted introductions of a store."""
    known: dict[str, list[bytes]] = {}
    for row in sorted(reader.introductions(), key=lambda row: -row.issue):
        if row.accepted:
            known.setdefault(row.party, []).append(row.envelope)
    return Trust(known)


def take_introductions(trust: Trust, party: str, packed: Sequence[bytes], reader: Reader) -> Introduced:
    """Judge introductions from a packet and add those to ``trust`` that need no people; ``party`` is the node's own.

    :raises InputError: ``bad_introduction``, ``bad_envelope``, ``bad_json``.
    """
    rows: list[IntroductionRow] = []
    offered: list[str] = []
    contradicting: list[str] = []
    kept = {(row.party, row.issue): row.envelope for row in reader.introductions() if row.accepted}
    here = set(kept.values())
    for number, data in enumerate(packed):
        if data in here:
            continue
        told = introduction.read(data, f"introductions[{number}]")[1]
        if told.party == party:
            continue
        known = trust.newest(told.party) if told.party in trust.known else None
        if known is None or not introduction.is_same_root(known, told) or _takes_names(trust, known, told):
            offered.append(told.party)
            continue
        follows = introduction.succession(known, told)
        if follows == "contradiction" or _differs(kept.get((told.party, told.issue)), told):
            contradicting.append(told.party)
        elif follows == "newer":
            trust.known[told.party].insert(0, data)
            rows.append(IntroductionRow(told.party, told.issue, data, accepted=True))
    return Introduced(tuple(rows), tuple(offered), tuple(contradicting))


def _differs(kept: bytes | None, told: Introduction) -> bool:
    """Tell whether another content was kept under the same number; signed anew, the same content is the same."""
    return kept is not None and _read(kept).to_bytes() != told.to_bytes()


def _takes_names(trust: Trust, known: Introduction, told: Introduction) -> bool:
    """Tell whether an introduction changes the names of log or witness, or claims what is not its own or unusable.

    Who could do that unseen would stand in the place of another; people must look at it.
    """
    if (told.log.name, told.witness.name) != (known.log.name, known.witness.name):
        return True
    return claims.wrong_in(told, map(trust.newest, trust.known)) is not None

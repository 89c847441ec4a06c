"""Introductions that come in packets: which of them are taken at once, and which wait for people.

A newer introduction signed by the root key that people compared is taken at once; any other waits for people, and is
not kept: who hands it on could have made it up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skywitness.record.entry import introduction
from skywitness.record.entry.introduction import Introduction
from skywitness.record.store.model import IntroductionRow, Reader
from skywitness.record.trust import claims
from skywitness.record.trust.trusted import Trust


@dataclass(frozen=True, slots=True)
class Introduced:
    """What became of the introductions in a packet: rows to keep, Parties that people should look at."""

    rows: tuple[IntroductionRow, ...]
    offered: tuple[str, ...]
    contradicting: tuple[str, ...]


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

"""The Parties whose introductions people accepted, as a store holds them: the root of all trust in keys."""

from __future__ import annotations

import functools

from skywitness.record.entry import introduction
from skywitness.record.entry.introduction import Introduction
from skywitness.record.note.pair import PairKeys, Role, pair_of_vkeys
from skywitness.record.store.model import Reader


def accepted(reader: Reader) -> dict[str, Introduction]:
    """Give the newest accepted introduction of each Party, by its code."""
    rows = [row for row in reader.introductions() if row.accepted]
    newest = {row.party: row for row in sorted(rows, key=lambda row: row.issue)}
    return {party: _read(row.envelope, party) for party, row in sorted(newest.items())}


def of_log(reader: Reader, origin: str) -> Introduction | None:
    """Give the accepted introduction of the Party whose log has this origin, if there is one."""
    return next((one for one in accepted(reader).values() if one.log.name == origin), None)


def log_keys(found: Introduction) -> PairKeys:
    """Give the keys with which a Party's log signs checkpoints."""
    return pair_of_vkeys(found.log.vkeys, Role.LOG, found.party)


def witness_keys(found: Introduction) -> PairKeys:
    """Give the keys with which a Party's witness cosigns."""
    return pair_of_vkeys(found.witness.vkeys, Role.WITNESS, found.party)


@functools.lru_cache(maxsize=256)
def _read(envelope: bytes, party: str) -> Introduction:
    """Read what was checked when it came in, and check it again: the database is no place to trust."""
    return introduction.read(envelope, party)[1]

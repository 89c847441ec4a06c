"""The Parties whose introductions people accepted, as a store holds them: the root of all trust in keys."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from skywitness.core.errors import InputError
from skywitness.record.entry import introduction
from skywitness.record.entry.introduction import Introduction
from skywitness.record.note.pair import PairKeys, Role, pair_of_vkeys
from skywitness.record.note.vkey import KeyKind, VerifierKey, parse_vkey
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
    """Give the keys with which a Party's log signs checkpoints now."""
    return pair_of_vkeys(found.log.vkeys, Role.LOG, found.party)


def logs(found: Introduction) -> tuple[PairKeys, ...]:
    """Give the present keys of a Party's log, then retired ones, each up to the entry of the log that retired it."""
    present = log_keys(found)
    old: dict[KeyKind, list[tuple[VerifierKey, int | None]]] = {KeyKind.ED25519: [], KeyKind.ML_DSA_44: []}
    for vkey, at in found.retirements.items():
        try:
            key = parse_vkey(vkey)
        except InputError:
            continue
        if key.name == present.name and key.kind in old:
            old[key.kind].append((key, at))
    pairs = (
        PairKeys(present.name, Role.LOG, one, other, _least(at, until))
        for one, at in old[KeyKind.ED25519]
        for other, until in old[KeyKind.ML_DSA_44]
    )
    return (present, *pairs)


def logs_of_all(issues: Sequence[Introduction]) -> tuple[PairKeys, ...]:
    """Give the keys of a Party's log by all its accepted introductions, the newest first, which decides."""
    found: dict[tuple[VerifierKey, VerifierKey], PairKeys] = {}
    origin = issues[0].log.name if issues else ""
    for one in issues:
        for keys in logs(one):
            if keys.name == origin:
                found.setdefault((keys.ed25519, keys.ml_dsa_44), keys)
    return tuple(found.values())


def _least(*numbers: int | None) -> int | None:
    return min((one for one in numbers if one is not None), default=None)


def witness_keys(found: Introduction) -> PairKeys:
    """Give the keys with which a Party's witness cosigns."""
    return pair_of_vkeys(found.witness.vkeys, Role.WITNESS, found.party)


@functools.lru_cache(maxsize=256)
def _read(envelope: bytes, party: str) -> Introduction:
    """Read what was checked when it came in, and check it again: the database is no place to trust."""
    return introduction.read(envelope, party)[1]

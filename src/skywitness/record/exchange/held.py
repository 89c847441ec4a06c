"""What a node holds, as it tells another, and what the other told it last."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterator
from typing import Final

from skywitness.record.entry.fields import read_time, write_time
from skywitness.record.exchange.packet import Have, Held, Lack
from skywitness.record.exchange.packet_reader import read_have
from skywitness.record.log import drafts
from skywitness.record.log.checkpoints import largest
from skywitness.record.store.model import CheckpointRow, LogRow, Reader, Transaction
from skywitness.record.store.objects import Objects
from skywitness.record.trust import roster

MOST_WITHHELD: Final = 500
"""Indices of withheld entries told of one log at once; with more a random part, so that all have their turn."""


def beyond(reader: Reader, log: LogRow, most: int) -> tuple[CheckpointRow, ...]:
    """Give checkpoints that nothing held leads to yet: they may contradict what others hold."""
    return tuple(row for row in reader.checkpoints(log.origin, log.size + 1))[:most]


def have_of(reader: Reader) -> Have:
    """Tell all that a store holds."""
    issues = {party: one.issue for party, one in roster.accepted(reader).items()}
    signed = {row.address: drafts.signed_by(row) for row in reader.drafts()}
    return Have(
        {log.origin: _held(reader, log) for log in reader.logs() if log.size},
        issues,
        {address: tuple(sorted(parties)) for address, parties in signed.items()},
        tuple(row.id for row in reader.evidence()),
    )


def _held(reader: Reader, log: LogRow) -> Held:
    row = largest(reader, log.origin)
    lines = () if row is None else reader.cosignatures(row.origin, row.size, row.root)
    withheld = () if log.own else reader.withheld(log.origin, 0, MOST_WITHHELD + 1)
    if len(withheld) > MOST_WITHHELD:
        withheld = reader.withheld(log.origin, secrets.randbelow(log.size), MOST_WITHHELD)
    witnesses = tuple(sorted({one.witness for one in lines}))
    if row is None:
        return Held(log.size, withheld=withheld)
    return Held(log.size, row.size, row.root, withheld, witnesses, row.time_s)


def remember(change: Transaction, party: str, have: Have, made_utc: dt.datetime) -> None:
    """Keep what a Party says it holds, unless it said so later than this."""
    known = _kept(change, party)
    if known is not None and known[0] > made_utc:
        return
    value = {"made_utc": write_time(made_utc), "have": have.to_json()}
    change.set_meta(_key(party), json.dumps(value, sort_keys=True))
    for origin, held in have.logs.items():
        if change.log(origin) is not None and change.peer_size(party, origin) != held.size:
            change.set_peer_size(party, origin, held.size)


def recall(reader: Reader, party: str) -> Have | None:
    """Give what a Party last said it holds."""
    known = _kept(reader, party)
    return None if known is None else known[1]


def _kept(reader: Reader, party: str) -> tuple[dt.datetime, Have] | None:
    words = reader.meta(_key(party))
    if words is None:
        return None
    value = json.loads(words)
    made_utc = read_time(value["made_utc"])
    return None if made_utc is None else (made_utc, read_have(value["have"]))


def _key(party: str) -> str:
    return f"have {party}"


def lacking(reader: Reader, objects: Objects) -> Iterator[Lack]:
    """Walk the files that entries name and that are not on the disk, each with one entry that names it."""
    for sha256, origin, index in reader.named():
        row = None if objects.has(sha256) else reader.entry(origin, index)
        if row is not None and row.address is not None:
            yield Lack(row.address, sha256)

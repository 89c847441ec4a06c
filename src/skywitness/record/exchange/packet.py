"""What one node sends another: canonical JSON within gzip, the same over a wire and on a stick.

A packet is believed in nothing.  What is in it is signed by those who said it; who sends it only vouches for ``have``
and ``lacking``, which say what to send back.
"""

from __future__ import annotations

import datetime as dt
import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry import canonical
from skywitness.record.entry.fields import write_time
from skywitness.record.entry.keys import to_base64
from skywitness.record.log.replica import Leaf

VERSION: Final = 1
MEDIA_TYPE: Final = "application/vnd.skywitness.packet.v1+gzip"

MOST_PACKED_BYTES: Final = 32 << 20
MOST_BYTES: Final = 64 << 20
"""Of a packet with and without gzip: what is larger is not read."""

MOST_OF_EACH: Final = 20_000
"""Members of any list in a packet."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the sender holds of one log.

    ``size`` entries, of which ``signed`` are under the largest checkpoint that it can show, with this ``root``;
    ``withheld``: indices of some that it holds as leaf hashes only; ``witnesses``: whose cosignatures it has of that
    checkpoint; ``time_s``: when the log signed it last, as far as the sender knows and believes (seconds since 1970).
    """

    size: int
    signed: int = 0
    root: bytes = b""
    withheld: tuple[int, ...] = ()
    witnesses: tuple[str, ...] = ()
    time_s: int = 0


@dataclass(frozen=True, slots=True)
class Have:
    """All that the sender holds: logs by origin, the newest introduction of each Party, who has signed which draft."""

    logs: Mapping[str, Held] = field(default_factory=lambda: MappingProxyType({}))
    issues: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    drafts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    evidence: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write as a packet holds it."""
        return {
            "logs": {
                origin: {
                    "size": one.size,
                    "signed": one.signed,
                    "root": to_base64(one.root),
                    "withheld": list(one.withheld),
                    "witnesses": list(one.witnesses),
                    **({"time_s": one.time_s} if one.time_s else {}),
                }
                for origin, one in self.logs.items()
            },
            "issues": dict(self.issues),
            "drafts": {address: list(parties) for address, parties in self.drafts.items()},
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a log and the signed checkpoint it leads to.

    ``since``: the size of the last checkpoint the addressee said it holds, ``old_root`` the root of the sender's copy
    at that size and ``since_proof`` the consistency proof from it to the checkpoint: where the addressee has another
    root there, these two prove that the log has two histories.  ``proof`` leads from the end of ``leaves`` to the
    checkpoint.  ``revealed``: envelopes of entries the addressee holds as leaf hashes only, by index.
    """

    checkpoint: bytes
    origin: str
    start: int
    leaves: tuple[Leaf, ...] = ()
    proof: tuple[bytes, ...] = ()
    since: int = 0
    old_root: bytes = b""
    since_proof: tuple[bytes, ...] = ()
    revealed: tuple[tuple[int, bytes], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write as a packet holds it."""
        return {
            "origin": self.origin,
            "checkpoint": self.checkpoint.decode("utf-8"),
            "start": self.start,
            "entries": [_leaf(one) for one in self.leaves],
            "proof": [to_base64(one) for one in self.proof],
            "since": self.since,
            "old_root": to_base64(self.old_root),
            "since_proof": [to_base64(one) for one in self.since_proof],
            "revealed": [{"index": index, "envelope": to_base64(data)} for index, data in self.revealed],
        }


@dataclass(frozen=True, slots=True)
class Cosigned:
    """Lines of witnesses under the checkpoint of ``size`` entries and ``root``."""

    origin: str
    size: int
    root: bytes
    lines: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Write as a packet holds it."""
        return {"origin": self.origin, "size": self.size, "root": to_base64(self.root), "lines": list(self.lines)}


@dataclass(frozen=True, slots=True)
class Lack:
    """A file that the sender does not have, and an entry it holds that names it."""

    entry: str
    sha256: str

    def to_json(self) -> dict[str, Any]:
        """Write as a packet holds it."""
        return {"entry": self.entry, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class CarriedObject:
    """A small file within a packet, and the address of an entry that names it."""

    entry: str
    sha256: str
    data: bytes

    def to_json(self) -> dict[str, Any]:
        """Write as a packet holds it."""
        return {"entry": self.entry, "sha256": self.sha256, "data": to_base64(self.data)}


@dataclass(frozen=True, slots=True)
class Packet:
    """All that one node tells another at once; ``checkpoints`` are the latest ones known of every log (gossip).

    ``drafts`` are envelopes without their author's signature: the author signs last.  ``whole`` is false where limits
    left something for the next packet.
    """

    sender: str
    to: str
    made_utc: dt.datetime
    have: Have = field(default_factory=Have)
    logs: tuple[Stretch, ...] = ()
    checkpoints: tuple[bytes, ...] = ()
    cosignatures: tuple[Cosigned, ...] = ()
    evidence: tuple[bytes, ...] = ()
    introductions: tuple[bytes, ...] = ()
    drafts: tuple[bytes, ...] = ()
    lacking: tuple[Lack, ...] = ()
    objects: tuple[CarriedObject, ...] = ()
    whole: bool = True

    def to_json(self) -> dict[str, Any]:
        """Write all of it."""
        return {
            "version": VERSION,
            "from": self.sender,
            "to": self.to,
            "made_utc": write_time(self.made_utc),
            "have": self.have.to_json(),
            **self.news(),
            "lacking": [one.to_json() for one in self.lacking],
            "whole": self.whole,
        }

    @property
    def brings(self) -> bool:
        """Tell whether there is more in it than what is held and the checkpoints known."""
        return any(
            (self.logs, self.cosignatures, self.evidence, self.introductions, self.drafts, self.objects, self.lacking)
        )

    def news(self) -> dict[str, Any]:
        """Write what the addressee may not know yet."""
        return {
            "logs": [one.to_json() for one in self.logs],
            "checkpoints": [one.decode("utf-8") for one in self.checkpoints],
            "cosignatures": [one.to_json() for one in self.cosignatures],
            "evidence": [to_base64(one) for one in self.evidence],
            "introductions": [to_base64(one) for one in self.introductions],
            "drafts": [to_base64(one) for one in self.drafts],
            "objects": [one.to_json() for one in self.objects],
        }


def _leaf(leaf: Leaf) -> dict[str, Any]:
    if leaf.envelope is not None:
        return {"leaf_hash": to_base64(leaf.leaf_hash), "envelope": to_base64(leaf.envelope)}
    provision, _, why = (leaf.withheld or "").partition(": ")
    return {"leaf_hash": to_base64(leaf.leaf_hash), "withheld": {"provision": provision, "why": why}}


def to_bytes(packet: Packet) -> bytes:
    """Write a packet; the same packet is always the same bytes on one machine.

    :raises InputError: ``packet_too_large``.
    """
    plain = canonical.dumps(packet.to_json())
    packed = gzip.compress(plain, compresslevel=2, mtime=0)
    if len(plain) > MOST_BYTES or len(packed) > MOST_PACKED_BYTES:
        raise _too_large("")
    return packed


def unpack(data: bytes, where: str = "", most: int = MOST_BYTES) -> bytes:
    """Take the JSON out of its gzip: one member, nothing behind it, never more than ``most`` bytes in memory.

    :raises InputError: ``bad_packet``, ``packet_too_large``.
    """
    if len(data) > MOST_PACKED_BYTES:
        raise _too_large(where)
    reader = zlib.decompressobj(wbits=31)
    try:
        plain = reader.decompress(data, most + 1)
        if len(plain) > most or (not reader.eof and reader.unconsumed_tail):
            raise _too_large(where)
    except zlib.error as error:
        raise InputError("bad_packet", say("This is no packet: it is not in gzip, or damaged."), where) from error
    if not reader.eof or reader.unused_data:
        raise InputError("bad_packet", say("The packet was cut off, or something stands behind its end."), where)
    return plain


def _too_large(where: str) -> InputError:
    message = say(
        "The packet is larger than {packed} bytes, or {most} without its gzip: nothing of it was read.",
        packed=MOST_PACKED_BYTES,
        most=MOST_BYTES,
    )
    return InputError("packet_too_large", message, where)

"""A packet as one file for a stick: signed by the sender's entry key, and encrypted where the recipient can open it.

The file::

    skywitness sealed packet v1\\n
    length of the head in decimal\\n
    head: canonical JSON {"version","from","to","encrypted"}\\n
    the rest: the signed body, encrypted with HPKE (RFC 9180) when ``encrypted`` is true

The signed body is a DSSE envelope over {"version","from","to","packet": SHA-256, "objects": [{"sha256","size"}]}, its
length before it, the packet as it goes over HTTPS, and the files one after the other.  The head is bound to the
encryption; what is in the envelope must agree with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say
from skywitness.record.entry import canonical
from skywitness.record.entry import envelope as envelopes
from skywitness.record.entry.envelope import Envelope
from skywitness.record.entry.fields import is_address, is_whole
from skywitness.record.entry.keys import is_party
from skywitness.record.entry.payload_types import OWN, Grant, Registry
from skywitness.record.exchange import held, packet_reader
from skywitness.record.exchange.audience import decide, entry_of, read_entry
from skywitness.record.exchange.certificate import sealing_key
from skywitness.record.exchange.packet import MOST_PACKED_BYTES, Packet, to_bytes
from skywitness.record.exchange.receive import Received, receive
from skywitness.record.exchange.send import Asked, Limits, make_packet
from skywitness.record.ordinary import open_ordinary
from skywitness.record.store.model import Reader
from skywitness.record.store.objects import write_durably
from skywitness.record.trust import roster
from skywitness.record.trust.rings import ring_of_party
from skywitness.record.trust.trusted import Accepted

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

    from skywitness.record.node.node import Node

PAYLOAD_TYPE: Final = "application/vnd.skywitness.sealed-packet.v1+json"
VERSION: Final = 1
LARGEST: Final = 1 << 30
"""Bytes of a sealed file: all of it is held in memory.  Larger files go as a bundle."""

_FIRST: Final = b"skywitness sealed packet v1\n"
_LARGEST_ENVELOPE: Final = 1 << 24
_HEAD_FIELDS: Final = {"version", "from", "to", "encrypted"}


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was written: whether the recipient's key encrypts it, and how many files lie beside the packet in it."""

    encrypted: bool
    objects: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """What a sealed file holds: the packet, and files that it brings."""

    sender: str
    packet: Packet
    objects: tuple[tuple[str, bytes], ...]
    encrypted: bool


def write_file(node: Node, party: str, path: Path, registry: Registry = OWN, limits: Limits | None = None) -> Sealed:
    """Seal a packet for a Party into a new file, with all files that it may have and is not known to have.

    :raises InputError: ``unknown_party``, ``packet_too_large``, and what making a packet refuses.
    """
    with node.store.snapshot() as seen:
        lacking = tuple(held.lacking(seen, node.objects))
    packet = make_packet(node, party, registry, Asked(), lacking, limits)
    files = _files(node, packet, registry)
    data, encrypted = seal(node, packet, files)
    write_durably(path, data)
    return Sealed(encrypted, len(files), packet.whole)


def seal(node: Node, packet: Packet, files: Sequence[str]) -> tuple[bytes, bool]:
    """Sign a packet and files, and encrypt them where the recipient's introduction has a sealing key."""
    with node.store.snapshot() as seen:
        recipient = roster.accepted(seen)[packet.to]
    packed = to_bytes(packet)
    contents = [b"".join(node.objects.read(sha256)) for sha256 in files]
    listed = [{"sha256": name, "size": len(data)} for name, data in zip(files, contents, strict=True)]
    value = {
        "version": VERSION,
        "from": packet.sender,
        "to": packet.to,
        "packet": {"sha256": hashlib.sha256(packed).hexdigest(), "size": len(packed)},
        "objects": listed,
    }
    signed = envelopes.sign(PAYLOAD_TYPE, canonical.dumps(value), [node.entry_key], _LARGEST_ENVELOPE)
    envelope = signed.to_bytes(_LARGEST_ENVELOPE)
    body = b"".join([len(envelope).to_bytes(4), envelope, packed, *contents])
    encrypted = recipient.sealing is not None
    head = canonical.dumps({"version": VERSION, "from": packet.sender, "to": packet.to, "encrypted": encrypted})
    if recipient.sealing is not None:
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

        body = _suite().encrypt(body, X25519PublicKey.from_public_bytes(recipient.sealing), head)
    made = b"".join([_FIRST, b"%d\n" % len(head), head, b"\n", body])
    if len(made) > LARGEST:
        raise _refused(say("It would be larger than {most} bytes: hand the files over in a bundle.", most=LARGEST))
    return made, encrypted


def read_file(node: Node, path: Path) -> Received:
    """Take in a sealed file.

    :raises InputError: ``unreadable_file``, and as ``take``.
    """
    try:
        with open_ordinary(path) as stream:
            data = stream.read(len(_FIRST))
            if data == _FIRST:  # anything else is not worth a gibibyte of memory
                data += stream.read(LARGEST + 1 - len(data))
    except OSError as error:
        message = say("The file cannot be read: {why}.", why=error.strerror or str(error))
        raise InputError("unreadable_file", message, str(path)) from error
    return take(node, data, str(path))


def take(node: Node, data: bytes, where: str = "") -> Received:
    """Take in the bytes of a sealed file: the packet as over HTTPS, then the files.

    :raises InputError: ``bad_seal`` when it is damaged, not signed by its sender, or not for this node; and as
        ``receive`` does.
    """
    opened = open_sealed(node, data, where)
    done = receive(node, opened.packet, opened.sender)
    with node.store.snapshot() as seen:
        named = {one.sha256 for one in held.lacking(seen, node.objects)}
    for sha256, content in opened.objects:
        if sha256 in named:
            node.objects.put([content], sha256, len(content))
            done.objects += 1
    done.lacking = [one for one in done.lacking if not node.objects.has(one.sha256)]
    return done


def open_sealed(node: Node, data: bytes, where: str = "") -> Opened:
    """Decrypt and check a sealed file; nothing is kept.

    :raises InputError: ``bad_seal``, ``unknown_party``, and what reading a packet refuses.
    """
    head, body = _split(data, where)
    value = _head(head, where)
    if value["to"] != node.party:
        raise _refused(say("It is for {party}.", party=value["to"]), where)
    if value["encrypted"]:
        body = _decrypt(node, body, head, where)
    size = int.from_bytes(body[:4])
    envelope = envelopes.from_bytes(body[4 : 4 + size], where, _LARGEST_ENVELOPE)
    inner = _inner(envelope.payload, value, where)
    packed, contents = _cut(body[4 + size :], inner, where)
    packet = packet_reader.from_bytes(packed, where)
    with node.store.snapshot() as seen:
        _require_signed(seen, envelope, value["from"], packet, where)
    return Opened(value["from"], packet, contents, value["encrypted"])


def _split(data: bytes, where: str) -> tuple[bytes, bytes]:
    first, rest = data[: len(_FIRST)], data[len(_FIRST) :]
    digits, gap, rest = rest.partition(b"\n")
    if first != _FIRST or not gap or not digits.isdigit() or len(digits) > 4 or len(data) > LARGEST:
        raise _refused(say("It does not begin as a sealed packet does."), where)
    size = int(digits)
    if b"%d" % size != digits or rest[size : size + 1] != b"\n":
        raise _refused(say("It was cut off or changed."), where)
    return rest[:size], rest[size + 1 :]


def _head(head: bytes, where: str) -> dict[str, Any]:
    value = canonical.loads(head, where)
    right = (
        isinstance(value, dict)
        and value.keys() == _HEAD_FIELDS
        and type(value["version"]) is int
        and value["version"] == VERSION
        and is_party(value["from"])
        and is_party(value["to"])
        and type(value["encrypted"]) is bool
    )
    if not right:
        raise _refused(say("Its head is none that this program knows."), where)
    return dict(value)


def _suite() -> Suite:
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def _decrypt(node: Node, body: bytes, head: bytes, where: str) -> bytes:
    from cryptography.exceptions import InvalidTag

    if node.exchange_key is None:
        raise _refused(say("This node has no key that opens it."), where)
    try:
        return bytes(_suite().decrypt(body, sealing_key(node.exchange_key), head))
    except (InvalidTag, ValueError) as error:
        raise _refused(say("It is not encrypted with this node's key, or was changed."), where) from error


def _require_signed(reader: Reader, envelope: Envelope, sender: str, packet: Packet, where: str) -> None:
    """Refuse what the sender has not signed with a key of entries that is good by what is known of its log.

    Its newest keys may come with this very packet, signed by the root key that people compared.
    """
    root = Accepted(reader).root(sender)
    if root is None:
        message = say("The introduction of {party} was not accepted.", party=sender)
        raise InputError("unknown_party", message, where)
    ring = ring_of_party(reader, sender, root)
    for one in packet.logs:
        for index, leaf in enumerate(one.leaves, one.start):
            entry = None if leaf.envelope is None else read_entry(leaf.envelope)
            if entry is not None and entry.kind == "key" and entry.author == sender:
                ring.learn(index, entry, envelopes.verify(envelopes.from_bytes(leaf.envelope or b""), ring.known))
    good = {key.id for key in ring.good_keys()}
    valid = envelopes.verify(envelope, ring.known).valid
    if envelope.payload_type != PAYLOAD_TYPE or not any(
        signer.party == sender and signer.key_id in good for signer in valid
    ):
        raise _refused(say("It is not signed by {party} with a good key that is known here.", party=sender), where)


def _inner(payload: bytes, head: dict[str, Any], where: str) -> dict[str, Any]:
    value = canonical.loads(payload, where)
    fields = {"version", "from", "to", "packet", "objects"}
    right = (
        isinstance(value, dict)
        and value.keys() == fields
        and type(value["version"]) is int
        and (value["version"], value["from"], value["to"]) == (VERSION, head["from"], head["to"])
        and isinstance(value["objects"], list)
        and all(_is_listed(one) for one in [value["packet"], *value["objects"]])
    )
    if not right:
        raise _refused(say("What is signed in it is not what its head says."), where)
    return dict(value)


def _is_listed(one: object) -> bool:
    return (
        isinstance(one, dict)
        and one.keys() == {"sha256", "size"}
        and is_address(one["sha256"])
        and is_whole(one["size"])
        and one["size"] <= LARGEST
    )


def _cut(body: bytes, inner: dict[str, Any], where: str) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    """Cut the body into the packet and the files, each with the SHA-256 that was signed."""
    at, parts = 0, []
    for one in [inner["packet"], *inner["objects"]]:
        data = body[at : at + one["size"]]
        if hashlib.sha256(data).hexdigest() != one["sha256"] or len(data) != one["size"]:
            raise _refused(say("A part of it is not the one that was signed."), where)
        parts.append((one["sha256"], data))
        at += one["size"]
    if at != len(body) or len(parts[0][1]) > MOST_PACKED_BYTES:
        raise _refused(say("Something stands behind its end."), where)
    return parts[0][1], tuple(parts[1:])


def _files(node: Node, packet: Packet, registry: Registry) -> tuple[str, ...]:
    """List the files for the recipient: those that entries of this packet name and those it asked for, not carried."""
    carried = {one.sha256 for one in packet.objects}
    origins = {one.origin: one for one in packet.logs}
    found: dict[str, None] = {}
    with node.store.snapshot() as seen:
        for origin, one in origins.items():
            rows = seen.entries(origin, one.start, one.start + len(one.leaves))
            revealed = (seen.entry(origin, index) for index, _ in one.revealed)
            for row in [*rows, *(row for row in revealed if row is not None)]:
                entry = entry_of(row)
                if entry is not None and isinstance(decide(registry, row, packet.to), Grant):
                    found |= dict.fromkeys(named.sha256 for named in entry.objects)
    return tuple(name for name in found if name not in carried and node.objects.has(name))


def _refused(why: Text, where: str = "") -> InputError:
    return InputError("bad_seal", say("This sealed packet is not taken: {why}", why=why), where)

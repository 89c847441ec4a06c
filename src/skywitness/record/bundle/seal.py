"""The seal of a bundle: the list of all its other files, signed by the Party that exports them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import say
from skywitness.record.entry import canonical, envelope
from skywitness.record.entry.envelope import Envelope, Signature
from skywitness.record.entry.fields import is_address, is_whole, read_time, write_time
from skywitness.record.entry.keys import (
    ALGORITHMS,
    SIGNATURE_BYTES,
    PartyKey,
    from_base64,
    is_party,
    read_keyid,
    to_base64,
)

PAYLOAD_TYPE: Final = "application/vnd.skywitness.bundle.v1+json"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file as the seal lists it: path, SHA-256 (hexadecimal), size in bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Seal:
    """Who exported a bundle, when, and all of its files but the seal itself, in the order of their paths."""

    exporter: str
    made_utc: dt.datetime
    files: tuple[SealedFile, ...]

    def payload(self) -> bytes:
        """Write what is signed."""
        files = [{"path": one.path, "sha256": one.sha256, "size": one.size} for one in self.files]
        value = {"version": VERSION, "exporter": self.exporter, "made_utc": write_time(self.made_utc), "files": files}
        return canonical.dumps(value)


def sign_seal(seal: Seal, key: PartyKey) -> bytes:
    """Sign a seal with the exporter's key of entries.  It may be larger than an entry."""
    payload = seal.payload()
    made = key.sign(envelope.pae(PAYLOAD_TYPE, payload))
    signatures = [{"keyid": key.signer.keyid(one), "sig": to_base64(made[one])} for one in ALGORITHMS]
    return canonical.dumps({"payload": to_base64(payload), "payloadType": PAYLOAD_TYPE, "signatures": signatures})


def read_seal(data: bytes, where: str = "") -> tuple[Envelope, Seal]:
    """Read a seal; who signed it is not checked here.

    Raises ``InputError``: ``bad_seal`` with all faults, or ``bad_json``.
    """
    value = canonical.loads(data, where)
    if not isinstance(value, dict) or value.keys() != {"payload", "payloadType", "signatures"}:
        raise _refused(where)
    payload = from_base64(value["payload"])
    signatures = _signatures(value["signatures"])
    if payload is None or value["payloadType"] != PAYLOAD_TYPE or signatures is None:
        raise _refused(where)
    return Envelope(PAYLOAD_TYPE, payload, signatures), _parse(payload, where)


def digest(pieces: Iterable[bytes]) -> str:
    """Hash a content that comes in pieces."""
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()


def _signatures(value: Any) -> tuple[Signature, ...] | None:
    if not isinstance(value, list) or not value:
        return None
    found = []
    for one in value:
        if not isinstance(one, dict) or one.keys() != {"keyid", "sig"} or not isinstance(one["keyid"], str):
            return None
        named, sig = read_keyid(one["keyid"]), from_base64(one["sig"])
        if named is None or sig is None or len(sig) != SIGNATURE_BYTES[named[1]]:
            return None
        found.append(Signature(one["keyid"], sig))
    names = [one.keyid for one in found]
    return tuple(found) if names == sorted(set(names)) else None


def _parse(payload: bytes, where: str) -> Seal:
    value = canonical.loads(payload, where)
    if not isinstance(value, dict) or value.keys() != {"version", "exporter", "made_utc", "files"}:
        raise _refused(where)
    faults = Faults()
    made_utc = read_time(value["made_utc"])
    if type(value["version"]) is not int or value["version"] != VERSION:
        faults.add("version", say("1; a newer program may read it"))
    if not is_party(value["exporter"]):
        faults.add("exporter", say("the code of a Party belongs here"))
    if made_utc is None:
        faults.add("made_utc", say("whole seconds in UTC, such as 2019-04-03T10:00:00Z"))
    files = [_file(one) for one in value["files"]] if isinstance(value["files"], list) else [None]
    known = [one for one in files if one is not None]
    names = [one.path for one in known]
    if len(known) != len(files) or names != sorted(set(names)):
        faults.add("files", say("The list of all files with path, sha256 and size, sorted by path, belongs here."))
    faults.raise_if_any("bad_seal", say("This is no seal of a bundle."), where)
    assert made_utc is not None
    return Seal(value["exporter"], made_utc, tuple(known))


def _file(one: Any) -> SealedFile | None:
    if not isinstance(one, dict) or one.keys() != {"path", "sha256", "size"}:
        return None
    right = isinstance(one["path"], str) and is_address(one["sha256"]) and is_whole(one["size"])
    return SealedFile(one["path"], one["sha256"], one["size"]) if right else None


def _refused(where: str) -> InputError:
    return InputError("bad_seal", say("This is no seal of a bundle."), where)

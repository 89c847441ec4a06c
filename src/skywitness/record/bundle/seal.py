"""The seal of a bundle: the list of all its other files, signed by the Party that exports them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import say
from skywitness.record.entry import canonical, envelope
from skywitness.record.entry.envelope import Envelope
from skywitness.record.entry.fields import is_address, is_whole, read_time, write_time
from skywitness.record.entry.keys import PartyKey, is_party

PAYLOAD_TYPE: Final = "application/vnd.skywitness.bundle.v1+json"
VERSION: Final = 1
LARGEST: Final = 1 << 28
"""Bytes of a seal: it lists every file, and a bundle may hold many objects."""


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
    return envelope.sign(PAYLOAD_TYPE, seal.payload(), [key], LARGEST).to_bytes(LARGEST)


def read_seal(data: bytes, where: str = "") -> tuple[Envelope, Seal]:
    """Read a seal; who signed it is not checked here.

    Raises ``InputError``: ``bad_seal`` with all faults, ``bad_envelope`` or ``bad_json``.
    """
    signed = envelope.from_bytes(data, where, LARGEST)
    if signed.payload_type != PAYLOAD_TYPE:
        raise _refused(where)
    return signed, _parse(signed.payload, where)


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

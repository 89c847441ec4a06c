"""Evidence: signed things of one Party that cannot both be honest, and its form on paper and on the wire.

Nobody has to believe who hands evidence over: the signatures in it are of the accused alone (C2SP tlog-witness: a log
must not sign two checkpoints of which one is not the beginning of the other).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import quoted, say
from skywitness.record.base64_text import from_base64, to_base64
from skywitness.record.entry import canonical
from skywitness.record.entry.keys import is_party

SPLIT: Final = "split"
DOUBLE: Final = "double"
VERSION: Final = 1

MOST_PROOFS: Final = 8
"""Evidence kept against one Party: who accuses itself without end must not fill the packets of all others."""


@dataclass(frozen=True, slots=True)
class Split:
    """Two checkpoints of the log of ``party``, signed by it, of which the first is not the beginning of the second.

    ``first`` and ``second`` are signed notes, the smaller first.  Where their sizes differ, ``old_root`` is the root
    that the history of the second has at the size of the first, and ``proof`` its consistency proof (RFC 9162, 2.1.4);
    where the sizes are the same both are empty: the roots differ.
    """

    party: str
    first: bytes
    second: bytes
    old_root: bytes = b""
    proof: tuple[bytes, ...] = ()

    kind = SPLIT

    def to_json(self) -> dict[str, Any]:
        """Write as text and base64."""
        return {
            "version": VERSION,
            "kind": self.kind,
            "party": self.party,
            "first": self.first.decode("utf-8"),
            "second": self.second.decode("utf-8"),
            "old_root": to_base64(self.old_root),
            "proof": [to_base64(one) for one in self.proof],
        }


@dataclass(frozen=True, slots=True)
class Double:
    """Two envelopes by ``party`` at one place of one stream with different payloads, and how their keys came in.

    ``introduced``: the envelopes of the key entries, signed by the Party's root key, that introduce the signing keys.
    """

    party: str
    first: bytes
    second: bytes
    introduced: tuple[bytes, ...]

    kind = DOUBLE

    def to_json(self) -> dict[str, Any]:
        """Write as text and base64."""
        return {
            "version": VERSION,
            "kind": self.kind,
            "party": self.party,
            "first": to_base64(self.first),
            "second": to_base64(self.second),
            "introduced": [to_base64(one) for one in self.introduced],
        }


Evidence = Split | Double


def to_bytes(evidence: Evidence) -> bytes:
    """Write evidence as canonical JSON (RFC 8785)."""
    return canonical.dumps(evidence.to_json())


def id_of(body: bytes) -> str:
    """Name evidence by the SHA-256 of its bytes, hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def from_bytes(body: bytes, where: str = "") -> Evidence:
    """Read evidence; whether it proves anything is for :func:`skywitness.record.evidence.judge.judge`.

    :raises InputError: of kind ``bad_evidence`` with all faults, or ``bad_json``.
    """
    value = canonical.loads(body, where)
    faults = Faults()
    if not isinstance(value, dict):
        raise InputError("bad_evidence", say("Evidence is an object, not {met}.", met=quoted(value, 40)), where)
    if value.get("version") != VERSION:
        faults.add("version", say("The version is {met}; {ours} is known.", met=quoted(value.get("version")), ours=1))
    if not is_party(value.get("party")):
        faults.add("party", say("{met} does not name a Party.", met=quoted(value.get("party"))))
    made: Evidence | None = None
    if value.get("kind") == SPLIT:
        made = _split(value, faults)
    elif value.get("kind") == DOUBLE:
        made = _double(value, faults)
    else:
        message = say("{met} is no kind of evidence; known are {known}.", met=quoted(value.get("kind")), known=_KINDS)
        faults.add("kind", message)
    faults.raise_if_any("bad_evidence", say("This is no evidence that can be read."), where)
    assert made is not None
    return made


_KINDS: Final = f"{SPLIT}, {DOUBLE}"


def _split(value: Mapping[str, Any], faults: Faults) -> Split:
    notes = [_text(value, name, faults) for name in ("first", "second")]
    old_root = _bytes(value.get("old_root"), "old_root", faults)
    return Split(str(value.get("party")), notes[0], notes[1], old_root, _list(value, "proof", faults))


def _double(value: Mapping[str, Any], faults: Faults) -> Double:
    first, second = (_bytes(value.get(name), name, faults) for name in ("first", "second"))
    return Double(str(value.get("party")), first, second, _list(value, "introduced", faults))


def _text(value: Mapping[str, Any], name: str, faults: Faults) -> bytes:
    met = value.get(name)
    if isinstance(met, str):
        return met.encode("utf-8")
    faults.add(name, say("Expected is the text of a signed note, not {met}.", met=quoted(met, 40)))
    return b""


def _list(value: Mapping[str, Any], name: str, faults: Faults) -> tuple[bytes, ...]:
    met = value.get(name)
    if isinstance(met, list):
        return tuple(_bytes(one, f"{name}[{number}]", faults) for number, one in enumerate(met))
    faults.add(name, say("Expected is a list of texts in base64, not {met}.", met=quoted(met, 40)))
    return ()


def _bytes(met: object, where: str, faults: Faults) -> bytes:
    decoded = from_base64(met)
    if decoded is None:
        faults.add(where, say("Expected is base64, not {met}.", met=quoted(met, 40)))
    return decoded or b""

#!/usr/bin/env python3
"""Verify a bundle of a Skywitness record, offline, with this one file.

    python verify.py BUNDLE [--trust FILE] [--json]
    python verify.py --help

BUNDLE        the file to verify, as `record export` writes it
--trust FILE  whom you trust; without it nobody can tell whose keys these are (steps 3 and 4 cannot_tell)
--json        write the steps as JSON instead of lines for people

It checks in fifteen steps that the file is one whole bundle sealed by its exporter, that the logs in it are those their
Parties signed and enough witnesses saw, that every entry is signed by a good key of its author, that no entry, file or
end of a stream is missing or contradicts another, and that nobody signed two histories.  Each step is passed, failed,
cannot_tell or not_applicable, with reasons and their places.  What a place names at fault is so only where steps 1 to 7
did not fail: before that, a fault is of whoever made the file.

FILE says whom you trust: {"version":1,"roots":{"DEU":"<32 hex digits>",...},"policy":"<text of the agreed policy>"}.
The digits are the fingerprints of the Parties' root keys, which people compare over a way they trust.

Exit codes: 0 all steps passed (or did not apply); 1 a step failed; 3 none failed, but something cannot be told; 2 the
call was wrong, or a file cannot be read.

Needs Python 3.9 or newer and the package cryptography, 48 or newer, with ML-DSA-44; nothing of Skywitness.

A copy of this file lies in every bundle for convenience.  Whoever made the bundle could have changed it: run a copy
that you have from somebody else.
"""

# ruff: noqa: D102, D103, N818, RET503, TRY004 - one file for people to read from top to bottom
from __future__ import annotations

import binascii
import datetime
import hashlib
import json
import pathlib
import re
import sqlite3
import struct
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
except ImportError as missing:  # with Python's own exit code this would read as a step that failed
    sys.stderr.write(f"needed is the package cryptography, 48 or newer (pip install cryptography): {missing}\n")
    sys.exit(2)

STEPS = {
    1: ("container", "The file is a bundle, byte for byte"),
    2: ("seal", "The exporter sealed exactly these files"),
    3: ("parties", "The Parties are those you know"),
    4: ("policy", "The policy is the one agreed on"),
    5: ("checkpoints", "Each log signed its size and root"),
    6: ("tree", "The entries are those under the root"),
    7: ("witnesses", "Enough witnesses saw the same log"),
    8: ("envelopes", "Each entry is whole and its signatures hold"),
    9: ("keys", "Each entry is signed by a good key of its author"),
    10: ("sequence", "No entry of an author is missing or doubled"),
    11: ("opening_closing", "Streams were opened and closed by all their Parties"),
    12: ("references", "What entries refer to is here"),
    13: ("objects", "The files that entries name are here and unaltered"),
    14: ("times", "Times do not contradict one another"),
    15: ("one_history", "Nobody signed two histories"),
}
PARTY, HEX32, HEX64 = r"[A-Z][A-Z0-9-]{1,31}", r"[0-9a-f]{32}", r"[0-9a-f]{64}"
NUMBER = r"(?:0|[1-9][0-9]{0,17})"
TILE = r"(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/(?:[1-9][0-9]{0,2}))?"
KNOWN_PATH = re.compile(
    rf"seal\.json|README\.txt|verify\.py|policy\.txt|parties/{PARTY}\.json|objects/{HEX64}"
    rf"|logs/{NUMBER}/(?:origin|checkpoint|withheld\.json|tile/(?:0|entries)/{TILE})"
    rf"|tokens/{NUMBER}/{NUMBER}-{NUMBER}\.tsr|evidence/{HEX64}\.(?:note|json)",
    re.ASCII,
)
MEMBER_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", re.ASCII)
KEYID = re.compile(rf"({PARTY})/({HEX32})/(ed25519|ml-dsa-44)", re.ASCII)
SIG_SIZE = {"ed25519": 64, "ml-dsa-44": 2420}
TYPE = "application/vnd.skywitness.%s.v1+json"
MOST_SMALL = 1 << 28  # bytes of a file that is read at once
MOST_TOLD = 20  # reasons told of one code and step


class Refused(Exception):
    """What was read is not what it should be: why."""


class Report:
    """The steps and what was found in each."""

    def __init__(self) -> None:
        self.found: dict[int, dict[tuple[str, str], list[Any]]] = {number: {} for number in STEPS}
        self.idle: set[int] = set()

    def add(self, step: int, code: str, where: str, text: str, certain: bool = True) -> None:
        told = self.found[step].setdefault(("failed" if certain else "cannot_tell", code), [0])
        told[0] += 1
        if len(told) <= MOST_TOLD:
            told.append({"code": code, "where": where, "text": text})

    def doubt(self, step: int, code: str, where: str, text: str) -> None:
        self.add(step, code, where, text, certain=False)

    def verdict(self, step: int) -> str:
        kinds = {kind for kind, _ in self.found[step]}
        for kind in ("failed", "cannot_tell"):
            if kind in kinds:
                return kind
        return "not_applicable" if step in self.idle else "passed"

    def steps(self) -> list[dict[str, Any]]:
        made = []
        for number, (name, title) in STEPS.items():
            kinds = sorted(self.found[number].items(), key=lambda one: one[0][0] != "failed")
            reasons = [{**one, "verdict": kind} for (kind, _), told in kinds for one in told[1:]]
            more = {code: told[0] for (_, code), told in kinds if told[0] > MOST_TOLD}
            step = {"number": number, "id": name, "title": title, "verdict": self.verdict(number), "reasons": reasons}
            made.append({**step, "counts": more} if more else step)
        return made


# ---------------------------------------------------------------------------------------------------------------------
# Bytes and texts: base64, canonical JSON (RFC 8785), times


def unbase64(text: object) -> bytes:
    if not isinstance(text, str) or not text.isascii():
        raise Refused("this is no base64")
    try:
        data = binascii.a2b_base64(text)
    except binascii.Error:
        raise Refused("this is no base64") from None
    if binascii.b2a_base64(data, newline=False) != text.encode():
        raise Refused("this is not the one spelling of base64")
    return data


def es6_number(value: float) -> str:
    """Write a number as ECMAScript does."""
    if value != value or value in (float("inf"), float("-inf")):
        raise Refused("a number is not finite")
    if value == 0:
        return "0"
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, part = mantissa.partition(".")
    part = "" if part == "0" else part
    digits, point = (whole + part), len(whole) + int(exponent or 0)
    point -= len(digits) - len(digits.lstrip("0"))
    digits = digits.lstrip("0").rstrip("0")
    sign = "-" if value < 0 else ""
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    return f"{sign}{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def canonical(value: Any) -> str:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return es6_number(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


QUICK = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def whole_number(token: str) -> int:
    if len(token) > 17 or abs(int(token)) > 2**53 - 1:
        raise Refused("a whole number is beyond 2^53 - 1")
    return int(token)


ODD: list[str] = []  # numbers of the text being read that Python writes otherwise than ECMAScript


def read_number(token: str) -> float:
    value = float(token)
    if not token == repr(value) == es6_number(value):
        ODD.append(token)
    return value


def read_constant(_token: str) -> float:
    raise Refused("a number is not finite")


DECODE = json.JSONDecoder(parse_int=whole_number, parse_float=read_number, parse_constant=read_constant).decode


def read_json(data: bytes) -> Any:
    """Read JSON that is its own canonical form, and nothing else."""
    ODD.clear()
    try:
        text = data.decode("utf-8")
        value = DECODE(text)
        if text.count("[") + text.count("{") > 32 and depth(value) > 32:
            raise Refused("it is nested too deep")
        again = canonical(value) if ODD or not text.isascii() else QUICK(value)
        if again.encode("utf-8") != data:
            raise Refused("it is not canonical JSON")
    except (ValueError, RecursionError) as error:
        raise Refused(f"it is no JSON: {error}") from None
    return value


def is_whole(value: object) -> bool:
    return type(value) is int and 0 <= value <= 2**53 - 1


def matches(pattern: str) -> Callable[[object], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


is_party, is_address, is_salt = matches(PARTY), matches(HEX64), matches(HEX32)


def is_time(value: object) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", value):
        return False
    try:
        datetime.datetime.fromisoformat(value[:-1])
    except ValueError:
        return False
    return value[11:13] != "24"


def write_time(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(min(seconds, 253402300799)))


# ---------------------------------------------------------------------------------------------------------------------
# Signatures: pairs of keys (Ed25519 and ML-DSA-44), DSSE envelopes


def holds(kind: str, raw: bytes, signature: bytes, message: bytes) -> bool:
    try:
        if kind == "ed25519":
            Ed25519PublicKey.from_public_bytes(raw).verify(signature, message)
        else:
            MLDSA44PublicKey.from_public_bytes(raw).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class Key:
    """A pair of public keys and its identifier."""

    def __init__(self, value: Any) -> None:
        if not isinstance(value, dict) or value.keys() != {"id", "ed25519", "ml_dsa_44"}:
            raise Refused("a key has id, ed25519 and ml_dsa_44")
        curve, lattice = unbase64(value["ed25519"]), unbase64(value["ml_dsa_44"])
        self.id = hashlib.sha256(b"skywitness key v1\n" + curve + lattice).hexdigest()[:32]
        if len(curve) != 32 or len(lattice) != 1312 or value["id"] != self.id:
            raise Refused("the key has not the identifier it gives")
        try:
            self.curve, self.lattice = (
                Ed25519PublicKey.from_public_bytes(curve),
                MLDSA44PublicKey.from_public_bytes(lattice),
            )
        except ValueError as error:
            raise Refused(f"the key cannot be used: {error}") from None

    def holds(self, signatures: dict[str, bytes], message: bytes) -> bool:
        try:
            self.curve.verify(signatures["ed25519"], message)
            self.lattice.verify(signatures["ml-dsa-44"], message)
        except InvalidSignature:
            return False
        return True


Signer = tuple[str, str]


class Envelope:
    """A DSSE envelope of one type in the one form a record has."""

    def __init__(self, data: bytes, kind: str) -> None:
        value = read_json(data)
        if len(data) > 65535 and kind != "bundle":
            raise Refused("the envelope is too big")
        if not isinstance(value, dict) or value.keys() != {"payload", "payloadType", "signatures"}:
            raise Refused("an envelope has payload, payloadType and signatures")
        self.type, self.payload = value["payloadType"], unbase64(value["payload"])
        if self.type != TYPE % kind or not isinstance(value["signatures"], list) or not value["signatures"]:
            raise Refused("the envelope holds something else, or no signature")
        self.signatures: dict[Signer, dict[str, bytes]] = {}
        names = []
        for one in value["signatures"]:
            if not isinstance(one, dict) or one.keys() != {"keyid", "sig"} or not isinstance(one["keyid"], str):
                raise Refused("a signature has keyid and sig")
            named, sig = KEYID.fullmatch(one["keyid"]), unbase64(one["sig"])
            if not named or len(sig) != SIG_SIZE[named[3]]:
                raise Refused("a signature is not of a pair of keys of a Party")
            self.signatures.setdefault((named[1], named[2]), {})[named[3]] = sig
            names.append(one["keyid"])
        if names != sorted(set(names)):
            raise Refused("signatures are not sorted by keyid")

    def states(self, keys: dict[Signer, Key]) -> dict[Signer, str]:
        """Say of each signer: valid, signature_wrong, signature_half or key_unknown."""
        message = b"DSSEv1 %d %b %d %b" % (len(self.type), self.type.encode(), len(self.payload), self.payload)
        found = {}
        for signer, made in self.signatures.items():
            if len(made) != 2:
                found[signer] = "signature_half"
            elif signer not in keys:
                found[signer] = "key_unknown"
            else:
                found[signer] = "valid" if keys[signer].holds(made, message) else "signature_wrong"
        return found


# ---------------------------------------------------------------------------------------------------------------------
# Notes (C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy)

SMALL_ORDER = {0, 1, 2**255 - 20, 2**255 - 19, 2**255 - 18}
ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SMALL_ORDER |= {ORDER_8, 2**255 - 19 - ORDER_8}


class NoteKey:
    """A verifier key: a name, a type (1 log, 4 witness, 6 either) and a public key."""

    def __init__(self, text: str) -> None:
        name, _, rest = text.partition("+")
        hexed, _, encoded = rest.partition("+")
        data = unbase64(encoded)
        self.name, self.kind, self.raw = name, data[0] if data else 0, data[1:]
        check_name(name)
        if {1: 32, 4: 32, 6: 1312}.get(self.kind) != len(self.raw):
            raise Refused("a verifier key is of no known type")
        if self.kind != 6 and int.from_bytes(self.raw, "little") & (1 << 255) - 1 in SMALL_ORDER:
            raise Refused("a verifier key is a point of small order")
        self.id = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
        if self.id.hex() != hexed:
            raise Refused("a verifier key gives a key ID that is not its own")

    def check(self, head: Checkpoint, signature: bytes) -> int | None:
        """Give the time of a signature (0: none), or None when it does not hold."""
        if len(signature) != {1: 64, 4: 72, 6: 2428}[self.kind]:
            return None
        if self.kind == 1:
            return 0 if holds("ed25519", self.raw, signature, head.text) else None
        at = int.from_bytes(signature[:8], "big")
        if at > 2**63 - 1:
            return None
        if self.kind == 4:
            return (
                at if holds("ed25519", self.raw, signature[8:], b"cosignature/v1\ntime %d\n" % at + head.text) else None
            )
        name, origin = self.name.encode(), head.origin.encode()
        if len(origin) > 255:
            return None
        message = b"subtree/v1\n\0" + bytes([len(name)]) + name + signature[:8] + bytes([len(origin)]) + origin
        message += struct.pack(">QQ", 0, head.size) + head.root
        return at if holds("ml-dsa-44", self.raw, signature[8:], message) else None


def check_name(name: str) -> None:
    if not name or any(c == "+" or c.isspace() or c < " " or "\ud800" <= c <= "\udfff" for c in name):
        raise Refused("this cannot name a key")
    if len(name.encode()) > 255:
        raise Refused("the name of a key is too long")


class Checkpoint:
    """A note: origin, size, root, and lines of signatures."""

    def __init__(self, data: bytes) -> None:
        if len(data) > 1 << 20:
            raise Refused("the note is too long")
        try:
            words = data.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused("the note is not UTF-8") from None
        text, gap, tail = words.rpartition("\n\n")
        lines, signed = text.split("\n"), tail.split("\n")
        if not gap or any(c < " " and c != "\n" for c in words) or signed.pop() or not 1 <= len(signed) <= 128:
            raise Refused("this is no signed note")
        if len(lines) != 3 or not lines[0] or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1], re.ASCII):
            raise Refused("a checkpoint has origin, size and root, one line each")
        self.text, self.origin, self.size, self.root = (
            (text + "\n").encode(),
            lines[0],
            int(lines[1]),
            unbase64(lines[2]),
        )
        if len(self.root) != 32 or self.size > 2**63 - 1:
            raise Refused("the size or root of the checkpoint is none")
        if self.size == 0 and self.root != hashlib.sha256(b"").digest():
            raise Refused("the root is not that of an empty log")
        self.lines: list[tuple[str, bytes, bytes]] = []
        for line in signed:
            name, _, encoded = line[2:].partition(" ")
            data = unbase64(encoded)
            if not line.startswith("\u2014 ") or len(data) <= 4:
                raise Refused("a line of signatures is none")
            check_name(name)
            self.lines.append((name, data[:4], data[4:]))

    def signed_by(self, keys: list[NoteKey]) -> tuple[dict[bytes, int], list[str]]:
        """Give the keys (raw) that signed with the earliest time of each, and the names whose lines do not hold."""
        known = {(key.name, key.id): key for key in keys}
        good: dict[bytes, int] = {}
        wrong = []
        for name, key_id, signature in self.lines:
            key = known.get((name, key_id))
            if key is not None:
                at = key.check(self, signature)
                if at is None:
                    wrong.append(name)
                else:
                    good[key.raw] = min(at, good.get(key.raw, at))
        return good, wrong


class Policy:
    """Logs, witnesses by name, groups in order, and the quorum."""

    def __init__(self, data: bytes) -> None:
        self.logs: list[NoteKey] = []
        self.witnesses: dict[str, NoteKey] = {}
        self.groups: dict[str, tuple[int, list[str]]] = {}
        members: list[str] = []
        self.quorum: str | None = None
        if re.search(rb"[^\t\n\x20-\x7e\x80-\xff]", data) or not data.endswith(b"\n") or len(data) > 1 << 20:
            raise Refused("the policy is no text")
        for line in data.decode("utf-8", "surrogateescape").split("\n"):
            words = [word for word in re.split(r"[ \t]+", line) if word]
            if not words or words[0].startswith("#"):
                continue
            keyword, names = words[0], {**self.witnesses, **self.groups}
            if keyword == "log" and 2 <= len(words) <= 3:
                self.logs.append(self._key(words[1], (1, 6), self.logs))
            elif keyword == "witness" and 3 <= len(words) <= 4 and words[1] not in {*names, "none"}:
                self.witnesses[words[1]] = self._key(words[2], (4, 6), list(self.witnesses.values()))
            elif keyword == "group" and len(words) >= 4 and words[1] not in {*names, "none"}:
                given = words[3:]
                if any(one not in names or one in members for one in given) or len(set(given)) != len(given):
                    raise Refused("a group has a member that is not defined, or twice")
                members += given
                need = {"all": str(len(given)), "any": "1"}.get(words[2], words[2])
                if not re.fullmatch(r"[1-9][0-9]{0,5}", need, re.ASCII) or int(need) > len(given):
                    raise Refused("a group needs more members than it has")
                self.groups[words[1]] = (int(need), given)
            elif keyword == "quorum" and len(words) == 2 and self.quorum is None and words[1] in {*names, "none"}:
                self.quorum = words[1]
            else:
                raise Refused("a line of the policy cannot be read: " + ascii(line[:60]))
        if self.quorum is None:
            raise Refused("the policy has no quorum")

    @staticmethod
    def _key(text: str, kinds: tuple[int, int], others: list[NoteKey]) -> NoteKey:
        key = NoteKey(text)
        if key.kind not in kinds or any(one.raw == key.raw for one in others):
            raise Refused("a key of the policy is of the wrong type, or stands twice")
        return key

    def holds(self, cosigners: set[bytes]) -> bool:
        done = {name for name, key in self.witnesses.items() if key.raw in cosigners} | {"none"}
        for name, (need, members) in self.groups.items():
            if sum(one in done for one in members) >= need:
                done.add(name)
        return self.quorum in done


# ---------------------------------------------------------------------------------------------------------------------
# The tree (RFC 9162)


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree that grows: the roots of its complete subtrees."""

    def __init__(self) -> None:
        self.size, self.peaks = 0, list[bytes]()

    def add(self, leaf: bytes) -> None:
        index = self.size
        while index & 1:
            leaf, index = node_hash(self.peaks.pop(), leaf), index >> 1
        self.peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        if not self.peaks:
            return hashlib.sha256(b"").digest()
        found = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            found = node_hash(peak, found)
        return found


def is_consistent(first: int, second: int, old: bytes, new: bytes, proof: list[bytes]) -> bool:
    """Check a consistency proof (RFC 9162, section 2.1.4.2) for 0 < first < second."""
    if first & (first - 1) == 0:
        proof = [old, *proof]
    if not 0 < first < second or not proof or any(len(one) != 32 for one in proof):
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    one = two = proof[0]
    for step in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            one, two = node_hash(step, one), node_hash(step, two)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            two = node_hash(two, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and one == old and two == new


# ---------------------------------------------------------------------------------------------------------------------
# Step 1: the container


def header(path: str, size: int) -> bytes:
    """Write the one header a file of a bundle has (ustar)."""
    parts = (path.encode().ljust(100, b"\0"), b"0000644\0", b"0000000\0" * 2, b"%011o\0" % size, b"0" * 11 + b"\0")
    block = b"".join(parts) + b" " * 8 + b"0".ljust(101, b"\0") + b"ustar\x0000".ljust(72, b"\0") + b"0000000\0" * 2
    block = block.ljust(512, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


class Bundle:
    """The files of a bundle: path to (offset, size, SHA-256); contents are read from the disk when they are needed."""

    def __init__(self, path: str) -> None:
        self.file = pathlib.Path(path).open("rb")  # noqa: SIM115 - open as long as the program runs
        self.files: dict[str, tuple[int, int, str]] = {}
        self.fault: tuple[str, str, str] | None = None

    def scan(self) -> bool:
        """Read all of it once; note the first fault and say whether there is none."""
        place, last = 0, ""
        while self.fault is None:
            block = self.file.read(512)
            if len(block) < 512:
                return self._refuse("truncated", place + len(block), "the file ends before the bundle does")
            if not any(block):
                return self._end(place)
            path, octal = block[:100].rstrip(b"\0").decode("latin-1"), block[124:136]
            if (
                not re.fullmatch(rb"[0-7]{11}\0", octal)
                or block[257:265] != b"ustar\x0000"
                or not path.isascii()
                or not path
            ):
                return self._refuse("header", place, "this is not the header of a file of a bundle")
            if not MEMBER_PATH.fullmatch(path):
                return self._refuse("path", place, "a bundle holds no file of such a path")
            size = int(octal[:11], 8)
            if header(path, size) != block:
                return self._refuse("header", place, "the header has other bytes than this file has")
            if (path == "seal.json") != (last == "") or (last not in ("", "seal.json") and path <= last):
                return self._refuse("order", place, "seal.json is first, the others rise in the order of paths")
            digest, left = hashlib.sha256(), size
            while left and (piece := self.file.read(min(left, 1 << 20))):
                digest.update(piece)
                left -= len(piece)
            gap = self.file.read(-size % 512)
            if left or len(gap) != -size % 512:
                return self._refuse("truncated", place + 512 + size - left, "the file ends before the bundle does")
            if any(gap):
                return self._refuse("padding", place + 512 + size, "the bytes between two files are not zero")
            self.files[path] = (place + 512, size, digest.hexdigest())
            place, last = place + 512 + size + len(gap), path
        return False

    def _end(self, place: int) -> bool:
        second = self.file.read(512)
        if len(second) < 512:
            return self._refuse("truncated", place + 512 + len(second), "the file ends before the bundle does")
        if any(second):
            return self._refuse("end", place, "a bundle ends with two zero blocks")
        if self.file.read(1):
            return self._refuse("trailing", place + 1024, "something follows the end of the bundle")
        return True

    def _refuse(self, code: str, place: int, text: str) -> bool:
        self.fault = (code, f"byte {place}", text)
        return False

    def read(self, path: str) -> bytes:
        offset, size, _ = self.files[path]
        if size > MOST_SMALL:
            raise Refused("the file is too large for what it is")
        self.file.seek(offset)
        return self.file.read(size)

    def under(self, start: str) -> list[str]:
        return [path for path in self.files if path.startswith(start)]


def step_container(bundle: Bundle, report: Report) -> bool:
    bundle.scan()
    if bundle.fault:
        report.add(1, *bundle.fault)
        for step in range(2, 16):
            report.doubt(step, "not_run", "", "the file is no bundle that can be read")
        return False
    for path in bundle.files:
        if not KNOWN_PATH.fullmatch(path):
            report.add(1, "unknown", path, "a bundle has no such file")
    logs = {path.split("/")[1] for path in bundle.under("logs/") if KNOWN_PATH.fullmatch(path)}
    needed = ["README.txt", "policy.txt", "verify.py"]
    needed += [
        f"logs/{n}/{name}" for n in range(max(1, len(logs))) for name in ("checkpoint", "origin", "withheld.json")
    ]
    for path in needed:
        if path not in bundle.files:
            report.add(1, "missing", path, "a bundle has this file")
    return True


# ---------------------------------------------------------------------------------------------------------------------
# Parties and entries: what their JSON may hold

VKEY = re.compile(r"([^\s+]{1,200})\+[0-9a-f]{8}\+([A-Za-z0-9+/]+=*)", re.ASCII)
is_log_name = matches(r"[a-z0-9][a-z0-9.-]{0,63}(/[a-z0-9][a-z0-9.-]{0,63})+")
is_url = matches(r"https://[A-Za-z0-9.\[\]:-]{1,255}(/[A-Za-z0-9._~/-]*)?")
is_pem = matches(r"-----BEGIN CERTIFICATE-----\n(?:[A-Za-z0-9+/=]{1,76}\n)+-----END CERTIFICATE-----\n")
is_stream = matches(r"keys|[a-z][a-z0-9-]{0,31}/(?!\.+\Z)[A-Za-z0-9._-]{1,96}")
is_type = matches(r"[a-z0-9][a-z0-9.-]{0,63}/[a-z0-9][a-z0-9._-]{0,63}")
is_media = matches(r"[A-Za-z0-9!#$&^_.+-]{1,63}/[A-Za-z0-9!#$&^_.+-]{1,63}")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 255 and not CONTROL.search(value)


def is_parties(value: object) -> bool:
    return isinstance(value, list) and all(map(is_party, value)) and value == sorted(set(value))


def require(*facts: bool) -> None:
    if not all(facts):
        raise Refused(f"field {[bool(fact) for fact in facts].index(False) + 1} of its kind is not as it must be")


class Party:
    """A Party as it introduces itself under its root key."""

    def __init__(self, data: bytes) -> None:
        envelope = Envelope(data, "party")
        value = read_json(envelope.payload)
        names = {
            "version",
            "party",
            "issue",
            "root",
            "log",
            "witness",
            "retired",
            "tls_certificate",
            "address",
            "sealing",
        }
        require(isinstance(value, dict) and names <= value.keys())
        self.code, self.root = value["party"], Key(value["root"])
        require(type(value["version"]) is int and value["version"] == 1, is_party(self.code))
        require(is_whole(value["issue"]) and value["issue"] > 0, value["address"] is None or is_url(value["address"]))
        require(value["tls_certificate"] is None or is_pem(value["tls_certificate"]))
        require(value["sealing"] is None or len(unbase64(value["sealing"])) == 32)
        self.origin, self.log = self._named(value["log"], "origin", [1, 6])
        self.witness_name, self.witness = self._named(value["witness"], "name", [4, 6])
        self.retired, self.retired_at = self._retired(value)
        require(not set(value["retired"]) & {*value["log"]["vkeys"], *value["witness"]["vkeys"]})
        signer = (self.code, self.root.id)
        if envelope.states({signer: self.root}) != {signer: "valid"}:
            raise Refused("the root key did not sign it, or not alone")
        self.lives: dict[str, Life] = {}

    @staticmethod
    def _named(value: Any, name: str, kinds: list[int]) -> tuple[str, list[NoteKey]]:
        require(
            isinstance(value, dict) and value.keys() == {name, "vkeys"},
            isinstance(value, dict) and is_log_name(value.get(name)),
        )
        require(isinstance(value["vkeys"], list) and all(isinstance(one, str) for one in value["vkeys"]))
        keys = [NoteKey(one) for one in value["vkeys"]]
        require(sorted(key.kind for key in keys) == kinds, all(key.name == value[name] for key in keys))
        require(keys[0].id != keys[1].id)
        return value[name], keys

    @staticmethod
    def _retired(value: dict[str, Any]) -> tuple[list[tuple[NoteKey, float]], set[int]]:
        """Read retired keys, each with the size up to which it counts, and the entries that retired them."""
        vkeys = value["retired"]
        require(
            isinstance(vkeys, list) and all(isinstance(one, str) for one in vkeys) and len(set(vkeys)) == len(vkeys),
            isinstance(vkeys, list) and len(vkeys) <= 40,
        )
        numbers = value.get("retired_at", [None] * len(vkeys))
        require(isinstance(numbers, list) and all(at is None or is_whole(at) for at in numbers))
        require(len(numbers) == len(vkeys))
        keys = []
        for one, at in zip(vkeys, numbers):  # noqa: B905 - Python 3.9 has no strict
            match = VKEY.fullmatch(one)
            require(match is not None and len(unbase64(match[2])) > 0)
            try:
                keys.append((NoteKey(one), float("inf") if at is None else at))
            except Refused:
                continue
        return keys, {at for at in numbers if at is not None}

    def fault_of(self, head: Checkpoint) -> str:
        """Say what is wrong with the signatures of this Party's log on a checkpoint: a code, or nothing."""
        good, wrong = head.signed_by(self.log)
        if not wrong and len(good) == 2:
            return ""
        signed = []
        for key, most in self.retired:
            fits, spoils = head.signed_by([key] if key.name == self.origin else [])
            signed += [(key, most)] if fits and not spoils else []
        sizes = [
            min(most, other_most)
            for one, most in signed
            for other, other_most in signed
            if (one.kind, other.kind) == (1, 6) and one.id != other.id
        ]
        if any(head.size <= most for most in sizes):
            return ""
        return "checkpoint_retired" if sizes else "checkpoint_signature" if wrong else "checkpoint_unsigned"

    def old_pairs(self) -> list[tuple[NoteKey, NoteKey]]:
        """Give the pairs of keys that the log has retired."""
        old = [key for key, _ in self.retired if key.name == self.origin]
        return [(one, other) for one in old for other in old if (one.kind, other.kind) == (1, 6)]

    def is_named(self, policy: Policy) -> bool:
        """Say whether a policy names the log, by its present keys or by those it had before."""
        named = {(key.kind, key.raw, key.name) for key in policy.logs}
        pairs = [self.log, *self.old_pairs()]
        return any({(key.kind, key.raw, key.name) for key in pair} <= named for pair in pairs)


FAULTS = {
    "checkpoint_origin": "it is of another log",
    "checkpoint_retired": "it is signed with keys that the log had retired before: they count for smaller logs only",
    "checkpoint_signature": "a signature of the log does not hold",
    "checkpoint_unsigned": "the log has not signed it with both of its keys",
}


class Life:
    """A key of a Party: the index of its log that introduced it, and the one that ended it."""

    def __init__(self, key: Key, introduced: int) -> None:
        self.key, self.introduced = key, introduced
        self.ended: int | None = None
        self.how = ""


ENTRY_FIELDS = {"version", "stream", "author", "sequence", "previous", "kind", "type", "time_utc", "salt", "to", "body"}
ENTRY_FIELDS |= {"objects", "refers_to"}


def check_entry(payload: bytes) -> Any:
    """Read an entry and check its fields."""
    require(len(payload) <= 40000)
    v = read_json(payload)
    require(isinstance(v, dict))
    require(v.keys() >= ENTRY_FIELDS)
    kind, stream, first = v["kind"], v["stream"], v["sequence"] == 0
    require(type(v["version"]) is int and v["version"] == 1, is_stream(stream), is_party(v["author"]))
    require(kind in ("opening", "entry", "closing", "key", "introduction"), is_whole(v["sequence"]))
    require(v["previous"] is None or is_address(v["previous"]), is_type(v["type"]), is_time(v["time_utc"]))
    require(is_salt(v["salt"]), is_parties(v["to"]), isinstance(v["body"], dict))
    require(isinstance(v["objects"], list), isinstance(v["refers_to"], list), first == (v["previous"] is None))
    own = kind in ("key", "introduction")
    require((stream == "keys") == own, not own or v["type"] == f"record/{kind}")
    require(("parties" in v) == (kind == "opening"), ("counts" in v) == ("heads" in v) == (kind == "closing"))
    if kind == "opening":
        require(is_parties(v["parties"]) and v["author"] in v["parties"])
    if kind == "closing":
        counts, heads, author = v["counts"], v["heads"], v["author"]
        require(isinstance(counts, dict) and all(is_party(who) and is_whole(n) for who, n in counts.items()))
        require(isinstance(heads, dict) and all(is_party(who) and is_address(at) for who, at in heads.items()))
        require(counts.get(author) == v["sequence"] + 1, heads.get(author) == v["previous"])
        require(heads.keys() == {who for who, n in counts.items() if n > (who == author)})
    for one in v["objects"]:
        require(isinstance(one, dict) and {"name", "sha256", "size", "media_type"} <= one.keys())
        require(is_name(one["name"]), is_address(one["sha256"]), is_whole(one["size"]), is_media(one["media_type"]))
    require(len({one["name"] for one in v["objects"]}) == len(v["objects"]))
    for one in v["refers_to"]:
        require(
            isinstance(one, dict)
            and one.get("relation") in ("receives", "corrects", "answers")
            and is_address(one.get("entry"))
        )
    require(len({(one["relation"], one["entry"]) for one in v["refers_to"]}) == len(v["refers_to"]))
    v["address"] = hashlib.sha256(payload).hexdigest()
    v["place"] = f"{stream} {v['author']} {v['sequence']}"
    return v


# ---------------------------------------------------------------------------------------------------------------------
# Steps 10 and 11: streams
#
# Names of streams belong to nobody.  A stream is what one opening opens: its name, and the Parties that all signed the
# opening.  An opening or closing that a Party it names has not signed is its author's fault and changes nothing else.


class Author:
    """How far one author's sequence was read; ``written``: up to the last entry that needs an open stream."""

    def __init__(self) -> None:
        self.next, self.ordinary, self.written = 0, 0, 0
        self.head: str | None = None
        self.closed = False


class Mark:
    """An opening or closing that may count: all its Parties signed it (``certain``), or it cannot be told."""

    def __init__(self, v: dict[str, Any], parties: frozenset[str], signed: set[str]) -> None:
        self.v, self.parties, self.signed, self.certain = v, parties, parties & signed, parties <= signed
        self.order = v["author"], v["sequence"]
        self.met: dict[str, str] = {}  # of a closing: the last entries of others as their logs show them


class Stream:
    """All streams of one name."""

    def __init__(self) -> None:
        self.authors: dict[str, Author] = {}
        self.openings: list[Mark] = []
        self.closings: list[Mark] = []
        self.awaited: dict[tuple[str, int], list[Mark]] = {}  # closings that name an entry not read yet
        self.spoiled: set[str] = set()  # Parties of openings that not all of them signed


class Streams:
    """The rules of streams, entry after entry, log after log."""

    def __init__(self, report: Report, index: Index) -> None:
        self.report, self.index = report, index
        self.streams: dict[str, Stream] = {}
        self.withheld: dict[str, int] = {}
        self.absent: set[str] = set()
        self.seen: dict[str, tuple[str, str] | None] = {}

    def fill(self, author: str, gap: int) -> bool:
        """Say whether withheld entries may fill a gap; each fills one place only."""
        if self.withheld.get(author, 0) < gap:
            return False
        self.withheld[author] -= gap
        return True

    def held(self, who: str, by: str) -> bool:
        """Say whether enough witnesses saw a log no earlier than that of ``by``, so that it holds all ``by`` knew."""
        one, other = self.seen.get(who), self.seen.get(by)
        return who == by or (one is not None and other is not None and one[0] >= other[1])

    def whole(self, by: str) -> bool:
        """Say whether all that ``by`` knew of is here: no log is absent, withheld in part, or may go on."""
        return not self.absent and not self.withheld and all(self.held(who, by) for who in self.seen)

    def feed(self, v: dict[str, Any], signed: tuple[set[str], set[str]]) -> None:
        who, at, place = v["author"], v["sequence"], v["place"]
        name = f"keys {who}" if v["stream"] == "keys" else v["stream"]
        stream = self.streams.setdefault(name, Stream())
        author = stream.authors.setdefault(who, Author())
        if at < author.next:
            self.report.add(10, "sequence_twice", place, f"it comes again or too late, after {author.next - 1}")
            return
        if at > author.next:
            certain = not self.fill(who, at - author.next)
            self.report.add(10, "sequence_gap", place, f"{at - author.next} entries before it are missing", certain)
        elif v["previous"] != author.head:
            self.report.add(10, "previous_differs", place, f"it names another entry before it than {author.head}")
        author.next, author.head = at + 1, v["address"]
        if v["kind"] != "entry" or not v["refers_to"]:
            author.ordinary = at + 1
        if v["kind"] == "entry" and not v["refers_to"]:
            author.written = at + 1
        self.index.place(name, who, at, v["address"])
        for mark in stream.awaited.pop((who, at), []):
            mark.met[who] = v["address"]
        if v["kind"] in ("opening", "closing"):
            self._mark(name, stream, v, signed)

    def _mark(self, name: str, stream: Stream, v: dict[str, Any], signed: tuple[set[str], set[str]]) -> None:
        opens = v["kind"] == "opening"
        if opens and v["sequence"] != 0:
            self.report.add(11, "opening_not_first", v["place"], "it is not the author's first entry in the stream")
        parties = frozenset(v["parties"] if opens else v["counts"])
        for who in sorted(parties - signed[0]):
            text = f"{who} has not signed it, or with a key that is unknown or lost"
            code = "opening_unsigned" if opens else "closing_unsigned"
            self.report.add(11, code, v["place"], text, who not in signed[1])
        if not parties <= signed[0] | signed[1]:
            stream.spoiled |= set(v.get("parties", []))
            return
        mark = Mark(v, parties, signed[0])
        (stream.openings if opens else stream.closings).append(mark)
        for who, count in v.get("counts", {}).items():
            author = stream.authors.setdefault(who, Author())
            if count and who != v["author"] and author.next < count:
                stream.awaited.setdefault((who, count - 1), []).append(mark)
            elif count and (count == author.ordinary or (count > author.ordinary and not author.closed)):
                found = self.index.at(name, who, count - 1)
                mark.met.update({who: found} if found else {})
            author.closed = author.closed or mark.certain

    def named(self) -> set[str]:
        marks = [mark for stream in self.streams.values() for mark in stream.openings + stream.closings]
        return {who for mark in marks for who in mark.parties}

    def finish(self, absent: set[str], seen: dict[str, tuple[str, str] | None]) -> None:
        self.absent, self.seen = absent, seen
        for name, stream in sorted(self.streams.items()):
            if not name.startswith("keys "):
                self._finish(name, stream)

    def _finish(self, name: str, stream: Stream) -> None:
        must = name.startswith("flight/")  # a year's quotas or a case may do without an opening
        named = stream.spoiled.union(*(one.parties for one in stream.openings))
        for who, author in sorted(stream.authors.items()):
            if must and author.written and who not in named:
                code = "author_not_named" if stream.openings else "no_opening"
                self.report.add(11, code, f"{name} {who}", "no opening that all signed names it", self.whole(who))
        self._twice("opening_twice", name, stream.openings)
        closings: dict[frozenset[str], list[Mark]] = {}
        for mark in stream.closings:
            closings.setdefault(mark.parties, []).append(mark)
        for parties in sorted(closings, key=sorted):
            self._twice("closing_twice", name, closings[parties])
            for mark in sorted(closings[parties], key=lambda one: one.order):
                self._closing(name, stream, mark)
        still_open = [one.v["place"] for one in stream.openings if one.parties not in closings]
        if must and not stream.openings and not stream.closings:
            still_open = [name]
        for place in sorted(still_open):
            self.report.doubt(11, "no_closing", place, "it is not closed: whether more belongs to it cannot be told")

    def _twice(self, code: str, name: str, marks: list[Mark]) -> None:
        """Name the author of a second one in its own log, and who signed those of several authors; nobody else."""
        firsts: dict[str, Mark] = {}
        for mark in sorted(marks, key=lambda one: one.order):
            if firsts.setdefault(mark.v["author"], mark) is not mark:
                self.report.add(11, code, mark.v["place"], "its author did so before", mark.certain)
        for who in sorted({who for mark in firsts.values() for who in mark.signed}):
            authors = [author for author, mark in firsts.items() if who in mark.signed]
            if len(authors) > 1:
                self.report.add(11, code, f"{name} {who}", f"{who} signed those of {', '.join(authors)}")

    def _closing(self, name: str, stream: Stream, mark: Mark) -> None:
        v = mark.v
        if all(one.parties != mark.parties for one in stream.openings):
            certain = mark.certain and self.whole(v["author"])
            if any(one.parties & mark.parties for one in stream.openings):
                text = "it counts other Parties than the opening names"
                self.report.add(11, "closing_parties_differ", v["place"], text, certain)
                return
            self.report.add(11, "no_opening", v["place"], "the stream was never opened", certain)
        for who, count in sorted(v["counts"].items()):
            author = stream.authors[who]
            if author.written > count:
                text = f"it follows the closing {v['place']}"
                self.report.add(11, "after_closing", f"{name} {who} {author.written - 1}", text, mark.certain)
            elif author.next < count and who in self.absent:
                text = f"the log of {who} is not here: nothing can be counted"
                self.report.doubt(11, "author_absent", v["place"], text)
            elif author.next < count:
                certain = not self.fill(who, count - author.next) and mark.certain and self.held(who, v["author"])
                text = f"{who} signed {v['place']}, which counts {count} entries of it, and there are {author.next}"
                self.report.add(11, "closing_count_differs", f"{name} {who}", text, certain)
            elif who in mark.met and who != v["author"] and mark.met[who] != v["heads"].get(who):
                text = f"{who} signed {v['place']}, which names another last entry of it than {mark.met[who]}"
                self.report.add(11, "closing_head_differs", f"{name} {who} {count - 1}", text, mark.certain)


class Index:
    """Addresses, places, references and objects in a temporary database, so that memory stays flat."""

    def __init__(self) -> None:
        self.db = sqlite3.connect("", isolation_level=None)
        self.db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384; PRAGMA temp_store=FILE; BEGIN;"
            "CREATE TABLE entry(address TEXT PRIMARY KEY, author TEXT) WITHOUT ROWID;"
            "CREATE TABLE place(stream TEXT, author TEXT, at INTEGER, address TEXT, PRIMARY KEY(stream, author, at))"
            " WITHOUT ROWID;"
            "CREATE TABLE refers(address TEXT, relation TEXT, author TEXT, place TEXT);"
            "CREATE TABLE object(sha256 TEXT, size INTEGER, place TEXT, PRIMARY KEY(sha256, size)) WITHOUT ROWID;"
        )

        self.waiting: dict[str, list[tuple[Any, ...]]] = {query: [] for query in self.QUERIES}

    PLACE = "INSERT OR IGNORE INTO place VALUES(?,?,?,?)"
    ENTRY = "INSERT OR IGNORE INTO entry VALUES(?,?)"
    REFERS = "INSERT INTO refers VALUES(?,?,?,?)"
    OBJECT = "INSERT OR IGNORE INTO object VALUES(?,?,?)"
    QUERIES = (PLACE, ENTRY, REFERS, OBJECT)

    def put(self, query: str, row: tuple[Any, ...]) -> None:
        """Keep a row, with others of its kind at once: one by one they take a tenth of all the time."""
        rows = self.waiting[query]
        rows.append(row)
        if len(rows) >= 500:
            self.db.executemany(query, rows)
            rows.clear()

    def place(self, stream: str, author: str, at: int, address: str) -> None:
        self.put(self.PLACE, (stream, author, at, address))

    def at(self, stream: str, author: str, at: int) -> str | None:
        query = "SELECT address FROM place WHERE stream=? AND author=? AND at=?"
        found = self.ask(query, (stream, author, at)).fetchone()
        return found[0] if found else None

    def learn(self, v: dict[str, Any]) -> None:
        self.put(self.ENTRY, (v["address"], v["author"]))
        for one in v["refers_to"]:
            self.put(self.REFERS, (one["entry"], one["relation"], v["author"], v["place"]))
        for one in v["objects"]:
            self.put(self.OBJECT, (one["sha256"], one["size"], v["place"]))

    def ask(self, query: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        for put, rows in self.waiting.items():
            self.db.executemany(put, rows)
            rows.clear()
        return self.db.execute(query, values)


# ---------------------------------------------------------------------------------------------------------------------
# All steps


class Log:
    """A log of the bundle: its number, checkpoint and Party, and what was learnt on the way."""

    def __init__(self, number: int, checkpoint: Checkpoint, party: Party) -> None:
        self.folder, self.checkpoint, self.party = f"logs/{number}", checkpoint, party
        self.seen: list[int] = []  # times of good cosignatures
        self.enough = False  # they are of as many witnesses as the policy asks for that the reader gave
        self.withheld = False  # an entry before the one under way is
        self.proved = True  # its Party signed the checkpoint, and the leaf hashes lead to it
        self.roots: dict[int, bytes] = {}  # roots at earlier sizes
        self.latest = ("", "")  # the latest time of an entry, and where
        self.last = ""

    def tiles(self) -> Iterator[tuple[str, int, int]]:
        """Give name, first index and width of each tile."""
        size = self.checkpoint.size
        for n in range((size + 255) // 256):
            width, rest, name = min(256, size - 256 * n), n // 1000, f"{n % 1000:03}"
            while rest:
                rest, name = rest // 1000, f"x{rest % 1000:03}/{name}"
            yield (name if width == 256 else f"{name}.p/{width}"), 256 * n, width


class Verifier:
    """Runs the steps over one bundle."""

    def __init__(self, bundle: Bundle, report: Report, trust: dict[str, Any], now: int) -> None:
        self.bundle, self.report, self.trust, self.now = bundle, report, trust, now
        self.parties: dict[str, Party] = {}
        self.policy: Policy | None = None
        self.keys: dict[Signer, Key] = {}
        self.logs: list[Log] = []
        self.index = Index()
        self.streams = Streams(report, self.index)

    def run(self) -> None:
        self.step_parties()
        self.step_policy()
        for number in range(len({path.split("/")[1] for path in self.bundle.under("logs/")})):
            self.step_checkpoint(number)
        notes = self.known_notes()
        whole = [log for log in self.logs if self.step_tree(log, notes)]
        self.logs = whole
        for log in whole:
            self.step_witnesses(log)
            self.learn_keys(log)
        for log in whole:
            self.walk(log)
        absent = (set(self.parties) | self.streams.named()) - {log.party.code for log in whole}
        times = {log.party.code: [write_time(at) for at in log.seen] if log.enough else [] for log in whole}
        self.streams.finish(absent, {code: (seen[0], seen[-1]) if seen else None for code, seen in times.items()})
        self.step_references()
        self.step_objects(not absent and not self.streams.withheld)
        self.step_times(notes)
        self.step_history(notes)
        self.step_seal()

    def small(self, path: str) -> bytes:
        if path not in self.bundle.files:
            raise Refused("the file is missing")
        return self.bundle.read(path)

    def step_seal(self) -> None:
        try:
            envelope = Envelope(self.small("seal.json"), "bundle")
            value = read_json(envelope.payload)
            require(isinstance(value, dict) and value.keys() == {"version", "exporter", "made_utc", "files"})
            require(type(value["version"]) is int and value["version"] == 1, is_party(value["exporter"]))
            require(is_time(value["made_utc"]), isinstance(value["files"], list))
            for one in value["files"]:
                require(isinstance(one, dict) and one.keys() == {"path", "sha256", "size"})
                require(isinstance(one["path"], str), is_address(one["sha256"]), is_whole(one["size"]))
            names = [one["path"] for one in value["files"]]
            require(names == sorted(set(names)))
        except Refused as why:
            self.report.add(2, "seal_form", "seal.json", str(why))
            return
        listed = {one["path"]: (one["size"], one["sha256"]) for one in value["files"]}
        here = {path: found[1:] for path, found in self.bundle.files.items() if path != "seal.json"}
        for path in sorted(listed.keys() | here.keys()):
            if path not in here:
                self.report.add(2, "file_missing", path, "the seal lists it, and it is not here")
            elif path not in listed:
                self.report.add(2, "file_unlisted", path, "the seal does not list it")
            elif listed[path] != here[path]:
                self.report.add(2, "file_altered", path, "it is not the file that was sealed")
        self.check_sealer(envelope, value["exporter"])

    def check_sealer(self, envelope: Envelope, exporter: str) -> None:
        signers = list(envelope.signatures)
        if len(signers) != 1 or signers[0][0] != exporter or len(envelope.signatures[signers[0]]) != 2:
            self.report.add(2, "seal_signature", "seal.json", f"it is not signed by one key of {exporter} alone")
            return
        party, key_id = self.parties.get(exporter), signers[0][1]
        here = any(log.party.code == exporter for log in self.logs)
        life = party.lives.get(key_id) if party else None
        if life is None:
            text = f"the key {key_id} is not introduced in the log of {exporter}"
            self.report.add(2, "seal_key_unknown", "seal.json", text, here)
        elif "valid" not in envelope.states({signers[0]: life.key}).values():
            self.report.add(2, "seal_signature", "seal.json", "the signature does not hold")
        elif life.ended is not None:
            self.report.add(2, "seal_key_ended", "seal.json", f"the key {key_id} was revoked or lost before")

    def step_parties(self) -> None:
        roots = {
            code: re.sub(r"[\s:-]", "", str(digits)).lower() for code, digits in self.trust.get("roots", {}).items()
        }
        if not roots:
            self.report.doubt(3, "no_trust", "", "you named no root keys: the keys are those of the bundle itself")
        names: set[str] = set()
        found = []
        for path in self.bundle.under("parties/"):
            try:
                found.append((path, Party(self.small(path))))
            except Refused as why:
                self.report.add(3, "party_form", path, str(why))
        # Whom the reader knows comes first: a made-up Party takes no name from it.
        found.sort(key=lambda one: roots.get(one[1].code) != one[1].root.id)
        for path, party in found:
            if path != f"parties/{party.code}.json" or names & {party.origin, party.witness_name}:
                self.report.add(3, "party_name", path, "it introduces another Party, or a log or witness of another")
                continue
            names |= {party.origin, party.witness_name}
            if roots and party.code not in roots:
                self.report.doubt(3, "root_not_given", path, f"you named no root key of {party.code}")
            elif roots and roots[party.code] != party.root.id:
                self.report.add(3, "root_differs", path, f"the root key {party.root.id} is not the one you named")
            self.parties[party.code] = party
            self.keys[party.code, party.root.id] = party.root

    def step_policy(self) -> None:
        try:
            text = self.small("policy.txt")
            self.policy = policy = Policy(text)
        except Refused as why:
            self.report.add(4, "policy_form", "policy.txt", str(why))
            return
        agreed = self.trust.get("policy")
        if agreed is None:
            self.report.doubt(
                4, "policy_not_given", "policy.txt", "you gave no policy: this one is the exporter's choice"
            )
        elif agreed.encode("utf-8", "surrogateescape") != text:
            self.report.add(4, "policy_differs", "policy.txt", "it is not the policy you gave")
        known = {
            (key.kind, key.raw, key.name)
            for party in self.parties.values()
            for key in [*party.log, *party.witness, *(key for pair in party.old_pairs() for key in pair)]
        }
        for key in [*policy.logs, *policy.witnesses.values()]:
            if (key.kind, key.raw, key.name) not in known:
                self.report.doubt(
                    4, "policy_stranger", "policy.txt", f"a key of {key.name!a} is of no Party that is here"
                )

    def step_checkpoint(self, number: int) -> None:
        folder = f"logs/{number}"
        where = f"{folder}/checkpoint"
        try:
            origin = self.small(f"{folder}/origin").decode("utf-8")
            party = next((one for one in self.parties.values() if one.origin + "\n" == origin), None)
        except (Refused, UnicodeDecodeError):
            party = None
        if party is None or any(log.party is party for log in self.logs):
            self.report.add(5, "log_unknown", f"{folder}/origin", "no Party here has such a log, or it is here twice")
            return self.not_run(folder)
        try:
            checkpoint = Checkpoint(self.small(where))
        except Refused as why:
            self.report.add(5, "checkpoint_form", where, str(why))
            return self.not_run(folder)
        fault = "checkpoint_origin" if checkpoint.origin != party.origin else party.fault_of(checkpoint)
        if fault:
            self.report.add(5, fault, where, FAULTS[fault])
        if self.policy and not party.is_named(self.policy):
            self.report.add(4, "policy_log", folder, "the policy does not name this log with both of its keys")
        log = Log(number, checkpoint, party)
        log.proved = not fault
        self.logs.append(log)

    def not_run(self, folder: str) -> None:
        for step in range(6, 15):
            self.report.doubt(step, "not_run", folder, "what comes before it does not let it run")

    def step_tree(self, log: Log, notes: list[tuple[str, Checkpoint]]) -> bool:
        """Rebuild the root from the leaf hashes; say whether entries can be read at all."""
        size, origin = log.checkpoint.size, log.party.origin
        for kind in ("0", "entries"):
            here = self.bundle.under(f"{log.folder}/tile/{kind}/")
            same = len(here) == (size + 255) // 256
            if not (same and {f"{log.folder}/tile/{kind}/{name}" for name, _, _ in log.tiles()} == set(here)):
                self.report.add(
                    6, "tree_files", f"{log.folder}/tile/{kind}", f"the tiles are not those of {size} entries"
                )
                self.not_run(log.folder)
                return False
        for name, _, width in log.tiles():
            if self.bundle.files[f"{log.folder}/tile/0/{name}"][1] != 32 * width:
                self.report.add(6, "tree_files", f"{log.folder}/tile/0/{name}", f"it does not hold {width} hashes")
                self.not_run(log.folder)
                return False
        wanted = {note.size for _, note in notes if note.origin == origin}
        tree = Frontier()
        for name, _, _ in log.tiles():
            tile = self.bundle.read(f"{log.folder}/tile/0/{name}")
            for at in range(0, len(tile), 32):
                tree.add(tile[at : at + 32])
                if tree.size in wanted:
                    log.roots[tree.size] = tree.root()
        log.roots |= {0: Frontier().root(), size: tree.root()}
        if log.roots[size] != log.checkpoint.root:
            log.proved = False
            self.report.add(6, "tree_root", log.folder, "the leaf hashes do not lead to the root of the checkpoint")
        return True

    def step_witnesses(self, log: Log) -> None:
        where = f"{log.folder}/checkpoint"
        if self.policy is None:
            self.report.doubt(7, "not_run", where, "there is no policy that can be read")
            return
        good, wrong = log.checkpoint.signed_by(list(self.policy.witnesses.values()))
        for name in wrong:
            self.report.add(7, "cosignature_wrong", where, f"a cosignature of {name!a} does not hold")
        good = {raw: at for raw, at in good.items() if at}
        log.seen = sorted(good.values())
        if self.policy.quorum == "none":
            self.report.doubt(
                7, "no_quorum", where, "the policy asks for no witness: whether others saw it cannot be told"
            )
        elif not self.policy.holds(set(good)):
            self.report.add(7, "quorum", where, "fewer witnesses cosigned it than the policy asks for")
        else:
            agreed = self.trust.get("policy")
            log.enough = agreed is not None and agreed.encode("utf-8", "surrogateescape") == self.small("policy.txt")

    def entries(self, log: Log, report: bool = False) -> Iterator[tuple[int, bytes, bytes]]:
        """Walk the entries: index, bytes (none of a withheld one), leaf hash."""
        for name, first, width in log.tiles():
            path, leaves = f"{log.folder}/tile/entries/{name}", self.bundle.read(f"{log.folder}/tile/0/{name}")
            try:
                tile = self.bundle.read(path)
                found, at = [], 0
                while at < len(tile):
                    length = int.from_bytes(tile[at : at + 2], "big")
                    found.append(tile[at + 2 : at + 2 + length])
                    at += 2 + length
                require(len(found) == width, at == len(tile))
            except Refused:
                if report:
                    self.report.add(6, "tile_form", path, f"it does not hold {width} entries")
                continue
            for place, raw in enumerate(found):
                yield first + place, raw, leaves[32 * place : 32 * place + 32]

    def learn_keys(self, log: Log) -> None:
        """Learn the keys of a Party from the entries of its log that its root key signed."""
        party = log.party
        mark = f"{party.code}/{party.root.id}/".encode()
        for index, raw, _ in self.entries(log):
            log.withheld = log.withheld or not raw
            if mark in raw:
                try:
                    envelope = Envelope(raw, "entry")
                    v = check_entry(envelope.payload)
                except Refused:
                    continue
                if v["kind"] == "key" and v["author"] == party.code:
                    self.learn_key(log, index, v["body"], envelope)

    def learn_key(self, log: Log, index: int, body: dict[str, Any], envelope: Envelope) -> None:
        party = log.party

        def fault(code: str, text: str) -> None:
            # A withheld entry may have introduced the key, and others chose to withhold it.
            certain = not (log.withheld and code == "key_never_introduced")
            self.report.add(9, code, f"{party.code} {index}", text, certain)

        try:
            key, action = Key(body.get("key")), body.get("action")
            require(action in ("introduce", "revoke", "lose"), "reason" not in body or is_name(body["reason"]))
        except Refused as why:
            return fault("key_entry_wrong", f"the key entry cannot be read: {why}")
        root, life = (party.code, party.root.id), party.lives.get(key.id)
        if envelope.states({root: party.root})[root] != "valid":
            return None
        if key.id == party.root.id:
            return fault("root_as_entry_key", "the root key can be neither introduced nor ended by an entry")
        if action == "introduce":
            if life:
                return fault("key_introduced_twice", f"the key {key.id} was introduced before")
            party.lives[key.id], self.keys[party.code, key.id] = Life(key, index), key
        elif life is None:
            fault("key_never_introduced", f"the key {key.id} ends here and was never introduced")
        elif life.ended is None:
            life.ended, life.how = index, str(action)
        elif (life.how, action) == ("revoke", "lose"):
            life.how = "lose"
        else:
            fault("key_ended_twice", f"the key {key.id} ended before")
        return None

    def walk(self, log: Log) -> None:
        """Steps 8 to 11, and what 12 to 14 need, entry after entry."""
        withheld, log.withheld = self.read_withheld(log), False
        for index, raw, leaf in self.entries(log, report=True):
            where = f"{log.party.code} {index}"
            if bool(raw) == (index in withheld):
                self.report.add(6, "withheld_differs", where, "it is not here, and not told to be withheld, or both")
            withheld.discard(index)
            if not raw:
                log.withheld = True
                self.streams.withheld[log.party.code] = self.streams.withheld.get(log.party.code, 0) + 1
                self.report.doubt(8, "withheld", where, "it is withheld: only its hash is here")
                if index in log.party.retired_at:
                    self.report.doubt(9, "key_unretired", where, "whether it retires the keys it should cannot be told")
                continue
            if hashlib.sha256(b"\0" + raw).digest() != leaf:
                self.report.add(6, "leaf_differs", where, "it is not the entry under this leaf of the tree")
            self.entry(log, index, where, raw)
        for index in sorted(withheld):
            self.report.add(
                6, "withheld_differs", f"{log.party.code} {index}", "it is told to be withheld, and is not there"
            )

    def read_withheld(self, log: Log) -> set[int]:
        path = f"{log.folder}/withheld.json"
        try:
            value = read_json(self.small(path))
            require(isinstance(value, dict) and all(map(is_name, value.values())))
            require(all(re.fullmatch(NUMBER, index, re.ASCII) for index in value))
            return set(map(int, value))
        except Refused as why:
            self.report.add(6, "withheld_form", path, str(why))
            return set()

    def entry(self, log: Log, index: int, where: str, raw: bytes) -> None:
        try:
            envelope = Envelope(raw, "entry")
            v = check_entry(envelope.payload)
        except Refused as why:
            self.report.add(8, "entry_form", where, str(why))
            return
        states = envelope.states(self.keys)
        for signer, state in states.items():
            if state != "valid":
                certain = state != "key_unknown" or (signer[0] == v["author"] and not log.withheld)
                self.report.add(8, state, where, f"signature of {signer[0]}/{signer[1]}", certain)
        by_root = states.get((log.party.code, log.party.root.id)) == "valid"
        if index in log.party.retired_at and not (
            v["kind"] == "introduction" and v["author"] == log.party.code and by_root
        ):
            self.report.add(9, "key_unretired", where, "it should retire keys, and is no introduction by the root key")
        if v["author"] != log.party.code:
            self.report.add(9, "author_not_of_log", where, f"it is an entry of {v['author']}")
            return
        self.index.learn(v)
        self.judge(log, index, where, v, states)
        if v["time_utc"] < log.last:
            self.report.add(
                14, "time_backwards", where, f"{v['time_utc']} is before {log.last}, the time of the entry before"
            )
        log.last, log.latest = v["time_utc"], max(log.latest, (v["time_utc"], where))
        good, doubtful = set(), set()
        for signer, state in states.items():
            party = self.parties.get(signer[0])
            life = party.lives.get(signer[1]) if party else None
            if state == "valid" and life and life.how != "lose":
                good.add(signer[0])
            elif state == "key_unknown" or (state == "valid" and life):
                doubtful.add(signer[0])
        self.streams.feed(v, (good, doubtful - good))

    def judge(self, log: Log, index: int, where: str, v: dict[str, Any], states: dict[Signer, str]) -> None:
        """Step 9: who of its author signed an entry."""
        party = log.party

        def fault(code: str, text: str) -> bool:
            # A withheld entry may have introduced the key, and others chose to withhold it.
            certain = not (log.withheld and code in ("key_unknown", "author_unsigned"))
            self.report.add(9, code, where, text, certain)
            return False

        if index == 0 and not (v["kind"] == "key" and v["body"].get("action") == "introduce"):
            fault("log_begins_without_key", "a log begins with the introduction of a key")
        root = (party.code, party.root.id)
        if v["kind"] == "key":
            if states.get(root) != "valid":
                fault("root_did_not_sign", "the root key did not sign this key entry, so it counts for nothing")
            return
        good = False
        for signer, state in states.items():
            life = party.lives.get(signer[1])
            if signer[0] != party.code:
                continue
            if signer == root:
                right = v["kind"] == "introduction" or fault("root_signs_entry", "the root key signs key entries only")
            elif life is None:
                right = state == "signature_half" or fault("key_unknown", f"the key {signer[1]} is not introduced")
            elif index <= life.introduced:
                right = fault("key_too_early", f"the key {signer[1]} is introduced later, at {life.introduced}")
            elif life.ended is None or index < life.ended:
                right = True
            else:
                code = "key_lost" if life.how == "lose" else "key_revoked"
                right = fault(code, f"the key {signer[1]} ended before, at {life.ended}")
            good = good or (right and state == "valid")
        if not good:
            fault("author_unsigned", f"no good signature of {party.code} is on it")

    def step_references(self) -> None:
        if not any(not name.startswith("keys ") for name in self.streams.streams):
            self.report.idle.add(11)
        query = (
            "SELECT r.address, r.relation, r.author, r.place, e.author FROM refers r LEFT JOIN entry e USING(address)"
        )
        idle = True
        for address, relation, author, place, found in self.index.ask(query):
            idle = False
            if found is None:
                text = f"the entry {address} is not here"
                self.report.add(12, "unknown_reference", place, text, self.streams.whole(author))
            elif relation == "corrects" and found != author:
                self.report.add(12, "corrects_other", place, f"it corrects an entry of {found}")
        if idle:
            self.report.idle.add(12)

    def step_objects(self, certain: bool) -> None:
        here = {path[8:]: found for path, found in self.bundle.files.items() if path.startswith("objects/")}
        named = set()
        idle = not here
        for sha256, size, place in self.index.ask("SELECT sha256, size, place FROM object ORDER BY sha256, size"):
            idle = False
            if sha256 not in here:
                self.report.doubt(13, "object_absent", place, f"the file {sha256} is not in the bundle")
            else:
                named.add(sha256)
                if here[sha256][2] == sha256 and here[sha256][1] != size:
                    self.report.add(13, "object_size", place, f"the file {sha256} has not {size} bytes")
        for sha256, found in here.items():
            if found[2] != sha256:
                self.report.add(13, "object_altered", f"objects/{sha256}", "it is not the file its name says")
            if sha256 not in named:
                self.report.add(13, "object_unnamed", f"objects/{sha256}", "no entry names it", certain)
        if idle:
            self.report.idle.add(13)

    def step_times(self, notes: list[tuple[str, Checkpoint]]) -> None:
        now = write_time(self.now)
        for log in self.logs:
            latest, where = log.latest
            seen = [write_time(at) for at in log.seen if at]
            if max([latest, *seen]) > now:
                self.report.doubt(14, "in_future", where or log.folder, "a time is after now: which clock is wrong?")
            # Of fewer witnesses than enough the exporter could choose those that lie.
            if seen and latest > seen[-1] and log.enough:
                self.report.add(14, "after_cosignature", where, f"{latest} is after every witness saw it ({seen[-1]})")
            elif seen and latest > seen[0]:
                self.report.doubt(14, "between_cosignatures", where, f"{latest} is after a witness saw it ({seen[0]})")
        for path in self.bundle.under("tokens/"):
            folder, size = path.split("/")[1], path.split("/")[-1].split("-")[0]
            log_here = next((log for log in self.logs if log.folder == f"logs/{folder}"), None)
            if log_here is None:
                continue
            heads = [log_here.checkpoint] + [note for _, note in notes if note.origin == log_here.party.origin]
            head = next(
                (one for one in heads if str(one.size) == size and log_here.roots.get(one.size) == one.root), None
            )
            if head is None:
                self.report.add(14, "token_unknown", path, "no checkpoint of this size is here")
            else:
                digest = self.stamped_digest(path, head.text)
                command = f"openssl ts -verify -digest {digest} -in {path} -CAfile CA.pem"
                self.report.doubt(14, "token_unchecked", path, f"ask openssl: {command}")

    def stamped_digest(self, path: str, text: bytes) -> str:
        """Give the digest of a text that stands in a token over it; authorities stamp SHA-256 and longer ones."""
        try:
            token = self.small(path)
        except Refused:
            token = b""
        digests = [hashlib.new(name, text).digest() for name in ("sha256", "sha384", "sha512")]
        return next((one for one in digests if one in token), digests[0]).hex()

    def known_notes(self) -> list[tuple[str, Checkpoint]]:
        """Read earlier checkpoints that lie in the bundle, as far as their logs signed them."""
        found = []
        for path in self.bundle.under("evidence/"):
            if path.endswith(".note"):
                try:
                    note = Checkpoint(self.small(path))
                    self.require_signed(note)
                    found.append((path, note))
                except Refused as why:
                    self.report.doubt(15, "evidence_unproven", path, str(why))
        return found

    def require_signed(self, note: Checkpoint, code: str = "") -> None:
        """Refuse a checkpoint that the log of no Party (or of not ``code``) has signed with keys of both kinds."""
        party = next(
            (one for one in self.parties.values() if one.origin == note.origin and code in ("", one.code)), None
        )
        if party is None:
            raise Refused("it is of a log that no Party here has")
        fault = party.fault_of(note)
        if fault:
            raise Refused(FAULTS[fault])

    def step_history(self, notes: list[tuple[str, Checkpoint]]) -> None:
        roots: dict[tuple[str, int], bytes] = {}
        for log in (one for one in self.logs if one.proved):
            roots.update({(log.party.origin, size): root for size, root in log.roots.items()})
        sizes = {log.party.origin: log.checkpoint.size for log in self.logs}
        for path, note in notes:
            if note.size > sizes.get(note.origin, -1):
                self.report.doubt(15, "later_checkpoint", path, "it is of a larger log than the one here")
            if roots.setdefault((note.origin, note.size), note.root) != note.root:
                self.report.add(15, "split_history", path, f"{note.origin} signed two histories of {note.size} entries")
        for path in self.bundle.under("evidence/"):
            if self.bundle.files[path][2] != path[9:73]:
                self.report.add(15, "evidence_altered", path, "it is not the file its name says")
            if path.endswith(".json"):
                try:
                    self.judge_evidence(path, read_json(self.small(path)))
                except Refused as why:
                    self.report.doubt(15, "evidence_unproven", path, str(why))

    def judge_evidence(self, path: str, value: Any) -> None:
        require(
            isinstance(value, dict) and value.get("version") == 1,
            isinstance(value, dict) and is_party(value.get("party")),
        )
        party = self.parties.get(value["party"])
        if value.get("kind") == "split":
            require(
                isinstance(value.get("first"), str) and isinstance(value.get("second"), str),
                isinstance(value.get("proof"), list),
            )
            old, proof = unbase64(value.get("old_root")), [unbase64(one) for one in value["proof"]]
            first, second = Checkpoint(value["first"].encode()), Checkpoint(value["second"].encode())
            self.require_signed(first, value["party"])
            self.require_signed(second, value["party"])
            if first.size == second.size:
                require(first.root != second.root, not old, not proof)
            else:
                require(first.root != old, is_consistent(first.size, second.size, old, second.root, proof))
            self.report.add(15, "split_history", path, f"{value['party']} signed two histories of {first.origin}")
            return
        require(value.get("kind") == "double", isinstance(value.get("introduced"), list))
        if party is None:
            raise Refused("the Party is not here")
        keys = {(party.code, party.root.id): party.root}
        for raw in map(unbase64, value["introduced"]):
            envelope = Envelope(raw, "entry")
            v = check_entry(envelope.payload)
            require(v["kind"] == "key", v["author"] == party.code, v["body"].get("action") == "introduce")
            require(envelope.states(keys).get((party.code, party.root.id)) == "valid")
            key = Key(v["body"].get("key"))
            keys[party.code, key.id] = key
        two, lost = [], []
        for name in ("first", "second"):
            envelope = Envelope(unbase64(value.get(name)), "entry")
            two.append(v := check_entry(envelope.payload))
            require(v["author"] == party.code, "valid" in envelope.states(keys).values())
            valid = [who for who, state in envelope.states(self.keys).items() if state == "valid"]
            lives = [party.lives[who[1]] for who in valid if who[0] == party.code and who[1] in party.lives]
            lost.append(bool(lives) and all(life.how == "lose" for life in lives))
        require(two[0]["place"] == two[1]["place"], two[0]["address"] != two[1]["address"])
        if any(lost):
            raise Refused("one of the entries is signed with a key that was lost: a thief may have done it")
        self.report.add(15, "double_entry", path, f"{party.code} signed two entries for one place: {two[0]['place']}")


def verify(path: str, trust: dict[str, Any], now: int) -> list[dict[str, Any]]:
    """Run all steps on the bundle at ``path``."""
    report, bundle = Report(), Bundle(path)
    with bundle.file:
        if step_container(bundle, report):
            verifier = Verifier(bundle, report, trust, now)
            verifier.run()
            verifier.index.db.close()
    return report.steps()


def read_trust(path: str) -> dict[str, Any]:
    value = json.loads(pathlib.Path(path).read_text("utf-8"))
    if not isinstance(value, dict) or not isinstance(value.get("roots", {}), dict):
        raise ValueError('expected is {"version":1,"roots":{...},"policy":"..."}')
    if not isinstance(value.get("policy", ""), str):
        raise ValueError("the policy is not a text")
    return value


def main(arguments: list[str]) -> int:
    """Verify one bundle and tell the outcome."""
    if "-h" in arguments or "--help" in arguments:
        sys.stdout.write(__doc__ or "")
        return 0
    given = [one for one in arguments if one != "--json"]
    options = [one for one in given if one.startswith("--")]
    if options not in ([], ["--trust"]) or len(given) != (3 if options else 1) or given[-1] == "--trust":
        sys.stderr.write(__doc__ or "")
        return 2
    at = given.index("--trust") if len(given) == 3 else 0
    try:
        trust = read_trust(given[at + 1]) if len(given) == 3 else {}
        steps = verify(given[0] if at or len(given) == 1 else given[2], trust, int(time.time()))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    verdicts = {step["verdict"] for step in steps}
    if "--json" in arguments:
        sys.stdout.write(json.dumps({"steps": steps}, indent=1) + "\n")
    else:
        for step in steps:
            sys.stdout.write(f"{step['number']:2} {step['verdict']:14} {step['title']}\n")
            for one in step["reasons"]:
                sys.stdout.write(
                    f"     {one['verdict']}: {one['code']} at {one['where']}: {ascii(one['text'])[1:-1]}\n"
                )
    return 1 if "failed" in verdicts else 3 if "cannot_tell" in verdicts else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

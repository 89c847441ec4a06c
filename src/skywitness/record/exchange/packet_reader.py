"""Packets are read strictly: every fault of the form is told, and nothing else is looked at before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

from skywitness.core.errors import Faults, InputError
from skywitness.core.text import quoted, say
from skywitness.record.entry import canonical
from skywitness.record.entry.envelope import LARGEST_ENVELOPE
from skywitness.record.entry.fields import is_address, is_name, is_whole, read_time
from skywitness.record.entry.keys import from_base64, is_party
from skywitness.record.exchange.packet import (
    MOST_OF_EACH,
    VERSION,
    CarriedObject,
    Cosigned,
    Have,
    Held,
    Lack,
    Packet,
    Stretch,
    unpack,
)
from skywitness.record.log.replica import Leaf
from skywitness.record.merkle.hashing import HASH_SIZE

_Made = TypeVar("_Made")

MOST_HASHES: Final = 64
"""Of a proof: a tree has at most 2^63 leaves."""

MOST_VALUES: Final = 400_000
"""Values in a packet, as its commas tell: some hundred KiB in gzip could otherwise hold tens of millions."""

LONGEST_NOTE: Final = 1 << 20
_LONGEST_REASON: Final = 2_000
_LISTS: Final = ("logs", "checkpoints", "cosignatures", "evidence", "introductions", "drafts", "lacking", "objects")
_FIELDS: Final = frozenset({"version", "from", "to", "made_utc", "have", "whole", *_LISTS})


def from_bytes(data: bytes, where: str = "") -> Packet:
    """Read a packet; nothing in it is verified.

    :raises InputError: ``bad_packet`` with all faults of its form, ``packet_too_large``, ``bad_json``.
    """
    plain = unpack(data, where)
    if plain.count(b",") > MOST_VALUES:
        message = say("The packet holds more than {most} values: nothing of it was read.", most=MOST_VALUES)
        raise InputError("packet_too_large", message, where)
    value, faults = canonical.loads(plain, where), Faults()
    packet = _Reader(faults).packet(value)
    faults.raise_if_any("bad_packet", say("This is no packet that can be read."), where)
    return packet


def read_have(value: Any) -> Have:
    """Read again what ``Have.to_json`` wrote.

    :raises InputError: ``bad_packet``.
    """
    faults = Faults()
    have = _Reader(faults).have(value)
    faults.raise_if_any("bad_packet", say("This is no packet that can be read."), "have")
    return have


class _Reader:
    """Reads one value after the other, noting what is wrong; what it makes then is thrown away."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def packet(self, value: Any) -> Packet:
        """Read the whole."""
        got = self.table(value, "packet", _FIELDS)
        if type(got.get("version")) is not int or got["version"] != VERSION:
            self.wrong("version", got.get("version"))
        made_utc = read_time(got.get("made_utc"))
        if made_utc is None:
            self.wrong("made_utc", got.get("made_utc"))
        if type(got.get("whole")) is not bool:
            self.wrong("whole", got.get("whole"))
        for name in ("from", "to"):
            if not is_party(got.get(name)):
                self.wrong(name, got.get(name))
        return Packet(
            str(got.get("from")),
            str(got.get("to")),
            made_utc,  # type: ignore[arg-type] # a fault was noted where there is none
            self.have(got.get("have")),
            self.list(got.get("logs"), "logs", self.stretch),
            self.list(got.get("checkpoints"), "checkpoints", self.note),
            self.list(got.get("cosignatures"), "cosignatures", self.cosigned),
            self.list(got.get("evidence"), "evidence", self.data),
            self.list(got.get("introductions"), "introductions", self.envelope),
            self.list(got.get("drafts"), "drafts", self.envelope),
            self.list(got.get("lacking"), "lacking", self.lack),
            self.list(got.get("objects"), "objects", self.carried),
            bool(got.get("whole")),
        )

    def have(self, value: Any) -> Have:
        got = self.table(value, "have", {"logs", "issues", "drafts", "evidence"})
        logs = self.map(got.get("logs"), "have.logs", is_name, self.held)
        issues = self.map(got.get("issues"), "have.issues", is_party, self.whole)
        drafts = self.map(got.get("drafts"), "have.drafts", is_address, self.parties)
        return Have(logs, issues, drafts, self.list(got.get("evidence"), "have.evidence", self.address))

    def held(self, value: Any, where: str) -> Held:
        timed = {"time_s"} if isinstance(value, dict) and "time_s" in value else set[str]()
        got = self.table(value, where, {"size", "signed", "root", "withheld", "witnesses"} | timed)
        withheld = self.list(got.get("withheld"), f"{where}.withheld", self.whole)
        names = self.list(got.get("witnesses"), f"{where}.witnesses", self.name)
        return Held(
            self.whole(got.get("size"), f"{where}.size"),
            self.whole(got.get("signed"), f"{where}.signed"),
            self.data(got.get("root"), f"{where}.root", HASH_SIZE),
            withheld,
            names,
            self.whole(got["time_s"], f"{where}.time_s") if timed else 0,
        )

    def stretch(self, value: Any, where: str) -> Stretch:
        names = {"origin", "checkpoint", "start", "entries", "proof", "since", "old_root", "since_proof", "revealed"}
        got = self.table(value, where, names)
        return Stretch(
            self.note(got.get("checkpoint"), f"{where}.checkpoint"),
            self.name(got.get("origin"), f"{where}.origin"),
            self.whole(got.get("start"), f"{where}.start"),
            self.list(got.get("entries"), f"{where}.entries", self.leaf),
            self.list(got.get("proof"), f"{where}.proof", self.hash, MOST_HASHES),
            self.whole(got.get("since"), f"{where}.since"),
            self.data(got.get("old_root"), f"{where}.old_root", HASH_SIZE, 0),
            self.list(got.get("since_proof"), f"{where}.since_proof", self.hash, MOST_HASHES),
            self.list(got.get("revealed"), f"{where}.revealed", self.shown),
        )

    def leaf(self, value: Any, where: str) -> Leaf:
        withheld = isinstance(value, dict) and "withheld" in value
        got = self.table(value, where, {"leaf_hash", "withheld" if withheld else "envelope"})
        hashed = self.hash(got.get("leaf_hash"), f"{where}.leaf_hash")
        if not withheld:
            return Leaf(hashed, self.envelope(got.get("envelope"), f"{where}.envelope"))
        told = self.table(got.get("withheld"), f"{where}.withheld", {"provision", "why"})
        words = [told.get("provision"), told.get("why")]
        for name, met in zip(("provision", "why"), words, strict=True):
            if not isinstance(met, str) or len(met) > _LONGEST_REASON or ": " in met * (name == "provision"):
                self.wrong(f"{where}.withheld.{name}", met)
        return Leaf(hashed, None, f"{words[0]}: {words[1]}")

    def shown(self, value: Any, where: str) -> tuple[int, bytes]:
        got = self.table(value, where, {"index", "envelope"})
        return self.whole(got.get("index"), f"{where}.index"), self.envelope(got.get("envelope"), f"{where}.envelope")

    def cosigned(self, value: Any, where: str) -> Cosigned:
        got = self.table(value, where, {"origin", "size", "root", "lines"})
        return Cosigned(
            self.name(got.get("origin"), f"{where}.origin"),
            self.whole(got.get("size"), f"{where}.size"),
            self.hash(got.get("root"), f"{where}.root"),
            self.list(got.get("lines"), f"{where}.lines", self.line),
        )

    def lack(self, value: Any, where: str) -> Lack:
        got = self.table(value, where, {"entry", "sha256"})
        return Lack(
            self.address(got.get("entry"), f"{where}.entry"), self.address(got.get("sha256"), f"{where}.sha256")
        )

    def carried(self, value: Any, where: str) -> CarriedObject:
        got = self.table(value, where, {"entry", "sha256", "data"})
        return CarriedObject(
            self.address(got.get("entry"), f"{where}.entry"),
            self.address(got.get("sha256"), f"{where}.sha256"),
            self.data(got.get("data"), f"{where}.data"),
        )

    def list(
        self, value: Any, where: str, read: Callable[[Any, str], _Made], most: int = MOST_OF_EACH
    ) -> tuple[_Made, ...]:
        if not isinstance(value, list):
            self.wrong(where, value)
            return ()
        if len(value) > most:
            self.faults.add(where, say("There are {met} of them; at most {most} are read.", met=len(value), most=most))
            return ()
        return tuple(read(one, f"{where}[{number}]") for number, one in enumerate(value))

    def map(
        self, value: Any, where: str, named: Callable[[object], bool], read: Callable[[Any, str], _Made]
    ) -> Mapping[str, _Made]:
        if not isinstance(value, dict) or len(value) > MOST_OF_EACH:
            self.wrong(where, value)
            return {}
        for name in value:
            if not named(name):
                self.wrong(where, name)
        return MappingProxyType({name: read(one, f"{where}.{name}") for name, one in value.items()})

    def table(self, value: Any, where: str, names: frozenset[str] | set[str]) -> dict[str, Any]:
        if isinstance(value, dict) and value.keys() == names:
            return value
        met = ", ".join(sorted(value)) if isinstance(value, dict) else value
        expected = ", ".join(sorted(names))
        self.faults.add(where, say("The fields {expected} belong here, not {met}.", expected=expected, met=quoted(met)))
        return value if isinstance(value, dict) else {}

    def parties(self, value: Any, where: str) -> tuple[str, ...]:
        return self.list(value, where, self.party)

    def party(self, value: Any, where: str) -> str:
        return self.text(value, where, is_party(value))

    def name(self, value: Any, where: str) -> str:
        return self.text(value, where, is_name(value))

    def address(self, value: Any, where: str) -> str:
        return self.text(value, where, is_address(value))

    def line(self, value: Any, where: str) -> str:
        return self.text(value, where, isinstance(value, str) and 0 < len(value) <= 5_000 and "\n" not in value)

    def text(self, value: Any, where: str, right: bool) -> str:
        if not right:
            self.wrong(where, value)
        return str(value)

    def note(self, value: Any, where: str) -> bytes:
        self.text(value, where, isinstance(value, str) and len(value) <= LONGEST_NOTE)
        return str(value).encode("utf-8", errors="replace")

    def whole(self, value: Any, where: str) -> int:
        if is_whole(value):
            return int(value)
        self.wrong(where, value)
        return 0

    def hash(self, value: Any, where: str) -> bytes:
        return self.data(value, where, HASH_SIZE, HASH_SIZE)

    def envelope(self, value: Any, where: str) -> bytes:
        return self.data(value, where, LARGEST_ENVELOPE)

    def data(self, value: Any, where: str, most: int | None = None, least: int | None = None) -> bytes:
        """Read base64 of at most ``most`` bytes, or of ``least``."""
        data = from_base64(value)
        if data is None or (most is not None and len(data) > most) or (least and len(data) != least):
            self.wrong(where, value)
            return b""
        return data

    def wrong(self, where: str, met: object) -> None:
        self.faults.add(where, say("{met} does not belong here.", met=quoted(met, 60)))

"""An entry: what one Party says in one stream, at one place of its sequence.

The payload is canonical JSON; its SHA-256 is the address of the entry.  An ``Entry`` is only ever made of such bytes,
so that what is read, signed and shown is one thing.  Fields this version does not know are kept (``extra``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, cast

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.record.entry import canonical, envelope, fields
from skywitness.record.entry.envelope import Envelope
from skywitness.record.entry.keys import PartyKey

PAYLOAD_TYPE: Final = "application/vnd.skywitness.entry.v1+json"
VERSION: Final = 1
LARGEST_PAYLOAD: Final = 40_000
"""Bytes of a payload: with a few pairs of signatures its envelope stays below 65,535."""

Kind = Literal["opening", "entry", "closing", "key", "introduction"]
KINDS: Final[tuple[Kind, ...]] = ("opening", "entry", "closing", "key", "introduction")
Relation = Literal["receives", "corrects", "answers"]
RELATIONS: Final[tuple[Relation, ...]] = ("receives", "corrects", "answers")

KEY_STREAM: Final = "keys"
"""The stream that holds the key entries and introductions of a Party; it is never opened or closed."""

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


def _nothing() -> Mapping[str, Any]:
    return _NOTHING


@dataclass(frozen=True, slots=True)
class ObjectReference:
    """A file an entry speaks of: its name for people, SHA-256 (hexadecimal), size in bytes, and type of media."""

    name: str
    sha256: str
    size: int
    media_type: str
    extra: Mapping[str, Any] = field(default_factory=_nothing, compare=False)

    def to_json(self) -> dict[str, Any]:
        """Write as the payload holds it."""
        own = {"name": self.name, "sha256": self.sha256, "size": self.size, "media_type": self.media_type}
        return {**self.extra, **own}


@dataclass(frozen=True, slots=True)
class Reference:
    """What an entry does to another: ``relation``, and the address of the other."""

    relation: Relation
    entry: str
    extra: Mapping[str, Any] = field(default_factory=_nothing, compare=False)

    def to_json(self) -> dict[str, Any]:
        """Write as the payload holds it."""
        return {**self.extra, "relation": self.relation, "entry": self.entry}


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One entry, as its ``payload`` says; made by ``build`` or ``parse`` only, which check it.

    ``previous``: address of the author's entry before it in the stream (``None`` for the first).  ``to``: addressees,
    empty for all.  ``parties`` is of an opening; ``counts`` and ``heads`` are of a closing; empty elsewhere.
    """

    payload: bytes = field(repr=False)
    address: str
    stream: str
    author: str
    sequence: int
    previous: str | None
    kind: Kind
    type: str
    time_utc: dt.datetime
    salt: str = field(repr=False)
    to: tuple[str, ...]
    body: Mapping[str, Any] = field(repr=False)
    objects: tuple[ObjectReference, ...] = ()
    refers_to: tuple[Reference, ...] = ()
    parties: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=_nothing)
    heads: Mapping[str, str] = field(default_factory=_nothing)
    extra: Mapping[str, Any] = field(default_factory=_nothing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and self.payload == other.payload

    def __hash__(self) -> int:
        return hash(self.payload)

    @property
    def place(self) -> str:
        """Say where the entry stands, for people and findings: ``flight/DEU-2019-031 DEU 4``."""
        return f"{self.stream} {self.author} {self.sequence}"


def new_salt(random: Callable[[int], bytes] = os.urandom) -> str:
    """Make the salt of an entry: 16 unpredictable bytes, so that no withheld payload can be guessed by its hash."""
    return random(16).hex()


def build(
    *,
    stream: str,
    author: str,
    sequence: int,
    previous: str | None,
    kind: Kind,
    type: str,  # noqa: A002 - the field is called so
    time_utc: dt.datetime,
    salt: str,
    to: Iterable[str] = (),
    body: Mapping[str, Any] = _NOTHING,
    objects: Iterable[ObjectReference] = (),
    refers_to: Iterable[Reference] = (),
    parties: Iterable[str] = (),
    counts: Mapping[str, int] | None = None,
    heads: Mapping[str, str] | None = None,
    extra: Mapping[str, Any] = _NOTHING,
) -> Entry:
    """Make an entry; ``to`` and ``parties`` are sorted, ``time_utc`` is aware and of whole seconds.

    Raises ``InputError`` (``bad_entry``) with all faults.
    """
    value: dict[str, Any] = {
        "version": VERSION,
        "stream": stream,
        "author": author,
        "sequence": sequence,
        "previous": previous,
        "kind": kind,
        "type": type,
        "time_utc": fields.write_time(time_utc),
        "salt": salt,
        "to": sorted(to),
        "body": dict(body),
        "objects": [one.to_json() for one in objects],
        "refers_to": [one.to_json() for one in refers_to],
    }
    if kind == "opening":
        value["parties"] = sorted(parties)
    elif parties := list(parties):
        value["parties"] = parties  # refused below, with the other faults
    value |= {name: dict(given) for name, given in (("counts", counts), ("heads", heads)) if given is not None}
    known = sorted(value.keys() & extra.keys())
    if known:
        raise InputError("bad_entry", say("{name} is no field of its own kind", name=", ".join(known)))
    return parse(canonical.dumps({**extra, **value}))


def parse(payload: bytes, where: str = "") -> Entry:
    """Read an entry from the bytes of its payload.

    Raises ``InputError``: ``bad_entry`` with all faults, or ``bad_json`` where the bytes are no canonical JSON.
    """
    if len(payload) > LARGEST_PAYLOAD:
        message = say(
            "the entry has {met} bytes, and at most {most} are allowed: put what is long into an object",
            met=len(payload),
            most=LARGEST_PAYLOAD,
        )
        raise InputError("bad_entry", message, where)
    value = canonical.loads(payload, where)
    if not isinstance(value, dict):
        raise InputError("bad_entry", say("an entry is an object, not {met}", met=quoted(value, 40)), where)
    faults = fields.check(value, VERSION, KINDS, RELATIONS, KEY_STREAM)
    if faults:
        faults.raise_if_any("bad_entry", say("this is no entry of this record"), where)
    return _made(payload, value)


def _made(payload: bytes, value: dict[str, Any]) -> Entry:
    """Make an entry of a value without faults."""
    return Entry(
        payload=payload,
        address=hashlib.sha256(payload).hexdigest(),
        stream=value["stream"],
        author=value["author"],
        sequence=value["sequence"],
        previous=value["previous"],
        kind=value["kind"],
        type=value["type"],
        time_utc=cast(dt.datetime, fields.read_time(value["time_utc"])),
        salt=value["salt"],
        to=tuple(value["to"]),
        body=MappingProxyType(value["body"]),
        objects=tuple(
            ObjectReference(
                one["name"], one["sha256"], one["size"], one["media_type"], _rest(one, fields.OBJECT_FIELDS)
            )
            for one in value["objects"]
        ),
        refers_to=tuple(
            Reference(one["relation"], one["entry"], _rest(one, fields.REFERENCE_FIELDS)) for one in value["refers_to"]
        ),
        parties=tuple(value.get("parties", ())),
        counts=MappingProxyType(value.get("counts", {})),
        heads=MappingProxyType(value.get("heads", {})),
        extra=_rest(value, fields.ENTRY_FIELDS),
    )


def _rest(value: dict[str, Any], known: frozenset[str]) -> Mapping[str, Any]:
    if value.keys() <= known:
        return _NOTHING
    return MappingProxyType({name: kept for name, kept in value.items() if name not in known})


def sign(entry: Entry, keys: Iterable[PartyKey]) -> Envelope:
    """Sign an entry: its author's key, and for openings and closings those of all their Parties."""
    return envelope.sign(PAYLOAD_TYPE, entry.payload, keys)


def read(data: bytes, where: str = "") -> tuple[Envelope, Entry]:
    """Read a leaf of a log: the envelope and the entry in it.  Signatures are not checked here.

    Raises ``InputError``: ``bad_envelope``, ``bad_entry`` or ``bad_json``.
    """
    opened = envelope.from_bytes(data, where)
    if opened.payload_type != PAYLOAD_TYPE:
        raise InputError(
            "bad_envelope",
            say("the envelope holds {met} and no entry ({expected})", met=opened.payload_type, expected=PAYLOAD_TYPE),
            where,
        )
    return opened, parse(opened.payload, where)

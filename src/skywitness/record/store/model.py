"""What a store holds, row by row, and what every store can do.

A store knows bytes, hashes and names.  What they mean, and whether they are true, is judged by those who ask it to keep
them.  Times are texts in UTC to the second (``2019-04-03T10:00:00Z``), which sort as times do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from skywitness.record.merkle.hashing import TreeNode


@dataclass(frozen=True, slots=True)
class Head:
    """A tree as a checkpoint tells it: how many leaves, and the root over them (32 bytes)."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class LogRow:
    """A log of a Party: the one of this node (``own``) or a replica; ``signed`` is the last head signed here."""

    origin: str
    party: str
    own: bool
    size: int = 0
    signed: Head | None = None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One leaf of a log: with its envelope, or withheld with a reason and then known by its leaf hash only.

    Of a withheld entry nothing but ``origin``, ``index``, ``leaf_hash`` and ``withheld`` is known.
    """

    origin: str
    index: int
    leaf_hash: bytes
    envelope: bytes | None
    withheld: str | None = None
    address: str | None = None
    stream: str | None = None
    author: str | None = None
    sequence: int | None = None
    kind: str | None = None
    type: str | None = None
    time_utc: str | None = None
    names: tuple[str, ...] = field(default=(), compare=False)
    """SHA-256 of the files it names: written to be looked up, and not read back."""


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """A checkpoint signed by its log: ``note`` as it was first seen, ``newest`` where its head was signed again later.

    ``time_s`` (seconds since 1970) is what the log's own signature under the newer of the two tells, as whoever kept it
    has checked and believed; 0 where nobody did.
    """

    origin: str
    size: int
    root: bytes
    note: bytes
    time_s: int = 0
    newest: bytes | None = None

    @property
    def last(self) -> bytes:
        """The note that was signed last."""
        return self.newest or self.note


@dataclass(frozen=True, slots=True)
class CosignatureRow:
    """One line of one key of a witness under a checkpoint; ``key_hash`` is the 8 hex digits its line begins with."""

    origin: str
    size: int
    root: bytes
    witness: str
    key_hash: str
    line: str


@dataclass(frozen=True, slots=True)
class IntroductionRow:
    """An introduction of a Party, by its number; ``accepted`` when people compared its fingerprint."""

    party: str
    issue: int
    envelope: bytes
    accepted: bool


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """Something that proves a fault of a Party; ``id`` is the SHA-256 hex of ``body``."""

    id: str
    kind: str
    body: bytes


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An envelope not yet in a log, because signatures of other Parties are awaited."""

    address: str
    stream: str
    author: str
    envelope: bytes
    time_utc: str


@dataclass(frozen=True, slots=True)
class AsideRow:
    """Something that was set aside of a copy of a log, in one go with all of the same ``number``.

    ``kind`` is ``entry`` (``index`` its place, ``hash`` that of the leaf, ``body`` the envelope unless it was withheld)
    or ``checkpoint`` (``index`` its size, ``hash`` the root, ``body`` the signed note).
    """

    origin: str
    number: int
    kind: str
    index: int
    hash: bytes
    body: bytes | None


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A time-stamp token over a checkpoint; ``id`` is the SHA-256 hex of ``token``."""

    id: str
    origin: str
    size: int
    root: bytes
    authority: str
    token: bytes


class Reader(Protocol):
    """What can be read; all answers of one reader are of one moment."""

    def meta(self, key: str) -> str | None:
        """Give a fact about the store itself: ``version``, ``identity``."""
        ...

    def logs(self) -> tuple[LogRow, ...]:
        """List logs by origin."""
        ...

    def log(self, origin: str) -> LogRow | None:
        """Give one log."""
        ...

    def entry(self, origin: str, index: int) -> EntryRow | None:
        """Give one entry by its place."""
        ...

    def entries(self, origin: str, start: int = 0, end: int | None = None) -> Iterator[EntryRow]:
        """Walk the entries of a log from ``start`` to before ``end``, a few in memory at a time."""
        ...

    def last_of(self, origin: str, stream: str, author: str) -> EntryRow | None:
        """Give the entry of an author with the highest sequence in a stream of a log; of two with it the later."""
        ...

    def by_address(self, address: str) -> tuple[EntryRow, ...]:
        """Give all places at which a payload stands, in any log."""
        ...

    def beginning(self, digits: str, most: int) -> tuple[EntryRow, ...]:
        """Give at most so many places of payloads whose address begins with these hexadecimal digits, by address."""
        ...

    def naming(self, sha256: str, but: Sequence[str] = ()) -> Iterator[EntryRow]:
        """Walk the entries that name a file, by origin and place; those of the logs ``but`` are passed over."""
        ...

    def named(self) -> Iterator[tuple[str, str, int]]:
        """Walk the files that entries name: SHA-256, and origin and place of the first entry that names it."""
        ...

    def is_listed(self, sha256: str, origin: str, index: int) -> bool:
        """Tell whether an entry is listed as one that names a file."""
        ...

    def count_listed(self, origin: str) -> int:
        """Count what is listed of a log: a file that an entry names is one."""
        ...

    def of_stream(self, stream: str) -> Iterator[EntryRow]:
        """Walk the entries of a stream in all logs, by origin and place."""
        ...

    def of_kind(self, origin: str, kind: str) -> Iterator[EntryRow]:
        """Walk the entries of one kind in a log, by place."""
        ...

    def marked(self, stream: str) -> tuple[EntryRow, ...]:
        """Give the openings and closings of a stream in all logs; not for the stream of keys, which has more."""
        ...

    def streams(self) -> tuple[tuple[str, int], ...]:
        """List streams with the number of their entries over all logs."""
        ...

    def nodes(self, origin: str, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        """Give hashes of complete subtrees by (level, position); those that are not there are left out."""
        ...

    def leaf_hashes(self, origin: str, start: int, end: int) -> Iterator[bytes]:
        """Walk leaf hashes from ``start`` to before ``end``."""
        ...

    def withheld(self, origin: str, start: int, most: int) -> tuple[int, ...]:
        """List indices, from ``start`` on, of at most so many entries of a log of which the leaf hash alone is here."""
        ...

    def checkpoints(self, origin: str, start: int = 0) -> tuple[CheckpointRow, ...]:
        """List checkpoints of a log by size, from the size ``start`` on."""
        ...

    def checkpoint(self, origin: str, size: int | None = None) -> CheckpointRow | None:
        """Give the first checkpoint seen of a size, or the one of the largest size."""
        ...

    def cosignatures(self, origin: str, size: int, root: bytes) -> tuple[CosignatureRow, ...]:
        """List cosignatures of one head by witness and key."""
        ...

    def witness_state(self, origin: str) -> Head | None:
        """Give the last head this node's witness has cosigned for a log."""
        ...

    def introductions(self, party: str | None = None) -> tuple[IntroductionRow, ...]:
        """List introductions by Party and number."""
        ...

    def peer_size(self, party: str, origin: str) -> int:
        """Tell how many entries of a log a Party is known to have."""
        ...

    def evidence(self) -> tuple[EvidenceRow, ...]:
        """List evidence by id."""
        ...

    def drafts(self) -> tuple[DraftRow, ...]:
        """List drafts by time and address."""
        ...

    def draft(self, address: str) -> DraftRow | None:
        """Give one draft."""
        ...

    def tokens(self, origin: str, size: int | None = None) -> tuple[TokenRow, ...]:
        """List time-stamp tokens over the checkpoints of a log, or over one of them."""
        ...

    def aside(self, origin: str, kind: str | None = None) -> Iterator[AsideRow]:
        """Walk what was set aside of a log, or only entries or checkpoints of it, a few in memory at a time."""
        ...


class Transaction(Reader, Protocol):
    """What can be changed: all of it at the end of the transaction, or nothing."""

    def set_meta(self, key: str, value: str) -> None:
        """Set a fact about the store itself."""
        ...

    def add_log(self, row: LogRow) -> None:
        """Begin a log; refused when it is there."""
        ...

    def add_entries(self, rows: Sequence[EntryRow]) -> None:
        """Add entries at their places; refused when a place is taken."""
        ...

    def add_named(self, rows: Sequence[EntryRow]) -> None:
        """List the files that these entries name; adding and revealing entries does."""
        ...

    def reveal(self, row: EntryRow) -> None:
        """Put the envelope of an entry that was withheld in its place; refused when the leaf hash is another."""
        ...

    def add_nodes(self, origin: str, rows: Sequence[TreeNode]) -> None:
        """Add complete subtrees; refused when one is there."""
        ...

    def set_size(self, origin: str, size: int) -> None:
        """Say how many entries a log has."""
        ...

    def put_aside(self, origin: str, start: int, checkpoints: Sequence[CheckpointRow]) -> int:
        """Move the entries of a copy from ``start`` on, and some checkpoints, aside; gives their number there."""
        ...

    def set_signed(self, origin: str, head: Head) -> None:
        """Remember the head that a log's key signs."""
        ...

    def add_checkpoint(self, row: CheckpointRow) -> None:
        """Keep a signed checkpoint; of one head the first stays, and beside it the one with the latest ``time_s``."""
        ...

    def add_cosignature(self, row: CosignatureRow) -> None:
        """Keep a cosignature; of one key and one head the first stays, as it says the most about the time."""
        ...

    def set_witness_state(self, origin: str, head: Head) -> None:
        """Remember the head that this node's witness cosigns."""
        ...

    def put_introduction(self, row: IntroductionRow) -> None:
        """Keep an introduction, or accept one that is kept; what was accepted never changes.

        One that nobody accepted gives way to another that is accepted: anybody could have made it up.
        """
        ...

    def set_peer_size(self, party: str, origin: str, size: int) -> None:
        """Remember how many entries of a log a Party has."""
        ...

    def add_evidence(self, row: EvidenceRow) -> None:
        """Keep evidence once."""
        ...

    def put_draft(self, row: DraftRow) -> None:
        """Keep a draft, in place of the one with the same address."""
        ...

    def drop_draft(self, address: str) -> None:
        """Forget a draft."""
        ...

    def add_token(self, row: TokenRow) -> None:
        """Keep a time-stamp token once."""
        ...


class Store(Protocol):
    """A place for rows: one writer at a time, readers see what is committed."""

    @property
    def where(self) -> str:
        """Name the store for people, without secrets."""
        ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Write: everything is kept durably when the block ends, nothing when it raises.

        Writers wait for one another.

        :raises InputError: when the store cannot be written, in one sentence.
        """
        ...

    def snapshot(self) -> AbstractContextManager[Reader]:
        """Read what is committed, of one moment, whatever is written meanwhile."""
        ...

    def integrity(self) -> tuple[str, ...]:
        """Ask the database itself whether its files are whole: its complaints, none when they are."""
        ...

    def close(self) -> None:
        """Give back files and connections."""
        ...

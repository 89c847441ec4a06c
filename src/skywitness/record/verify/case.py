"""One verification under way: the bundle, whom the reader trusts, and what was learnt so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.bundle.read import BundleFile
from skywitness.record.entry.introduction import Introduction
from skywitness.record.entry.keyring import Keyring
from skywitness.record.entry.keys import PublicKey, Signer
from skywitness.record.entry.stream import StreamRules
from skywitness.record.merkle.tiles import Tile, leaf_tiles_of, parse_bundle, parse_tile
from skywitness.record.note.checkpoint import Checkpoint
from skywitness.record.note.pair import PairKeys
from skywitness.record.note.policy import Policy
from skywitness.record.note.signed_note import Note
from skywitness.record.verify.index import Index
from skywitness.record.verify.report import Report
from skywitness.record.verify.trust import Trust

_LAST = dt.datetime.max.replace(tzinfo=dt.UTC, microsecond=0)


def _moment(time_s: int) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(time_s, dt.UTC)
    except (ValueError, OverflowError, OSError):
        return _LAST


@dataclass(slots=True)
class Member:
    """A Party that the bundle introduces, and the keys that follow from it; ``logs``: the present keys first."""

    introduction: Introduction
    logs: tuple[PairKeys, ...]
    witness: PairKeys
    ring: Keyring

    @property
    def code(self) -> str:
        """The code of the Party."""
        return self.introduction.party

    @property
    def log(self) -> PairKeys:
        """The present keys of its log."""
        return self.logs[0]


@dataclass(slots=True)
class Log:
    """A log of the bundle.

    ``seen_s``: times of the cosignatures that hold (seconds since 1970), rising; ``enough``: they are of as many
    witnesses as the policy asks for that the reader agreed on, so not all of them lie.  ``roots``: the roots of the
    tree at the sizes that were asked for.  ``latest``: the latest time of an entry, and where; ``last`` is that of the
    last.  ``withheld``: an entry before the one under way is.  ``proved``: its Party signed the checkpoint, and
    the leaf hashes lead to it; what else is told of the log is the exporter's word.
    """

    folder: str
    member: Member
    checkpoint: Checkpoint
    note: Note
    seen_s: list[int] = field(default_factory=list)
    enough: bool = False
    roots: dict[int, bytes] = field(default_factory=dict)
    latest: tuple[dt.datetime, str] | None = None
    last: dt.datetime | None = None
    withheld: bool = False
    proved: bool = True

    @property
    def seen(self) -> list[dt.datetime]:
        """Give the times of the cosignatures."""
        return [_moment(time_s) for time_s in self.seen_s]

    @property
    def tiles(self) -> Iterator[Tile]:
        """Walk the tiles of leaf hashes, which are also those of the entries."""
        return leaf_tiles_of(self.checkpoint.size)

    def hashes_path(self, tile: Tile) -> str:
        """Name the file of a tile's hashes."""
        return f"{self.folder}/{tile.path()}"

    def entries_path(self, tile: Tile) -> str:
        """Name the file of a tile's entries."""
        return f"{self.folder}/{tile.entries_path()}"


@dataclass(slots=True)
class Case:
    """Everything the steps share."""

    bundle: BundleFile
    report: Report
    trust: Trust
    now: dt.datetime
    members: dict[str, Member] = field(default_factory=dict)
    policy: Policy | None = None
    keys: dict[Signer, PublicKey] = field(default_factory=dict)
    logs: list[Log] = field(default_factory=list)
    notes: list[tuple[str, Checkpoint, Note]] = field(default_factory=list)
    index: Index = field(default_factory=Index)
    withheld: bool = False
    absent: frozenset[str] = frozenset()
    streams: set[str] = field(default_factory=set)
    rules: StreamRules = field(init=False)

    def __post_init__(self) -> None:
        self.rules = StreamRules(self.index.author)

    @property
    def whole(self) -> bool:
        """Tell whether all entries of all Parties are here, so that what is not here does not exist."""
        return not self.absent and not self.withheld

    def not_run(self, folder: str) -> None:
        """Note that the steps on the entries of a log cannot run."""
        for number in range(6, 15):
            self.report.doubt(number, "not_run", folder, say("What comes before this step does not let it run."))

    def entries(self, log: Log, tell: bool = False) -> Iterator[tuple[int, bytes, bytes]]:
        """Walk a log: index, bytes (none where withheld) and leaf hash; ``tell``: note tiles that hold no entries."""
        for tile in log.tiles:
            path = log.entries_path(tile)
            leaves = parse_tile(self.bundle.read(log.hashes_path(tile)), tile.width)
            try:
                found = parse_bundle(self.bundle.read(path), tile.width, path)
            except InputError as error:
                if tell:
                    self.report.refused(6, "tile_form", path, error)
                continue
            for place, (raw, leaf) in enumerate(zip(found, leaves, strict=True)):
                yield tile.index * 256 + place, raw, leaf

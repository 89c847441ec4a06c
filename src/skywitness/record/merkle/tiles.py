"""The tree as files of 256 hashes, and the entries as bundles of 256 (C2SP tlog-tiles v0.1.0).

Everything here is made from look-ups of kept subtrees, one tile after the other; nothing holds the whole log.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.record.merkle.frontier import Frontier, join
from skywitness.record.merkle.hashing import HASH_SIZE, MAX_SIZE, NodeLookup
from skywitness.record.merkle.tree import require_numbers

HEIGHT, WIDTH = 8, 256
LONGEST_ENTRY = 65_535
"""In bytes: the length of an entry in a bundle is written in two."""

_PATH = re.compile(
    r"tile/(?P<level>entries|[0-9]{1,2})/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[0-9]{1,3}))?"
)


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile of ``width`` hashes (256 when full): the ``index``-th of its level; level 0 holds the leaves."""

    level: int
    index: int
    width: int = WIDTH

    def path(self) -> str:
        """Name the file of these hashes."""
        return f"tile/{self.level}/{self._place()}"

    def entries_path(self) -> str:
        """Name the file of the entries under these leaves (level 0 only)."""
        return f"tile/entries/{self._place()}"

    def _place(self) -> str:
        digits = str(self.index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        parts = [digits[i : i + 3] for i in range(0, len(digits), 3)]
        place = "/".join([f"x{part}" for part in parts[:-1]] + parts[-1:])
        return place if self.width == WIDTH else f"{place}.p/{self.width}"


def tiles_of(size: int, since: int = 0) -> Iterator[Tile]:
    """List the tiles that a tree of ``size`` leaves consists of, level by level; empty ones do not exist.

    With ``since`` only those that are new, or wider, against the tree of that many leaves.
    """
    require_numbers(size, since)
    level = 0
    while size >> HEIGHT * level:
        yield from _row(level, size >> HEIGHT * level, since >> HEIGHT * level)
        level += 1


def leaf_tiles_of(size: int, since: int = 0) -> Iterator[Tile]:
    """List the tiles of level 0 alone, which are also those of the entries."""
    require_numbers(size, since)
    return _row(0, size, since)


def tile_bytes(tile: Tile, node: NodeLookup) -> bytes:
    """Make a tile from kept subtrees, one look-up for each of its hashes."""
    first = tile.index * WIDTH
    return b"".join(node(tile.level * HEIGHT, first + place) for place in range(tile.width))


def parse_tile(data: bytes, width: int, where: str = "") -> tuple[bytes, ...]:
    """Read the hashes of a tile.  Raises ``InputError`` (``bad_tile``) when it is not exactly as long as it must be."""
    if len(data) != width * HASH_SIZE:
        message = say(
            "The tile has {met} bytes; {width} hashes have {expected}.",
            met=len(data),
            width=width,
            expected=width * HASH_SIZE,
        )
        raise InputError("bad_tile", message, where)
    return tuple(data[i : i + HASH_SIZE] for i in range(0, len(data), HASH_SIZE))


def bundle_bytes(entries: Iterable[bytes]) -> bytes:
    """Make a bundle of at most 256 entries, each with its length before it.

    Raises ``InputError`` (``bad_bundle``) for an entry above 65,535 bytes or too many entries.
    """
    parts: list[bytes] = []
    for number, entry in enumerate(entries):
        if len(entry) > LONGEST_ENTRY:
            message = say(
                "An entry of {met} bytes does not fit; the most are {most}.", met=len(entry), most=LONGEST_ENTRY
            )
            raise InputError("bad_bundle", message)
        if number >= WIDTH:
            raise InputError("bad_bundle", say("A bundle holds at most {most} entries.", most=WIDTH))
        parts.append(len(entry).to_bytes(2) + entry)
    return b"".join(parts)


def parse_bundle(data: bytes, width: int, where: str = "") -> tuple[bytes, ...]:
    """Read the ``width`` entries of a bundle; an empty one stands for an entry that is not given.

    Raises ``InputError`` (``bad_bundle``) when it ends too early or goes on behind the last entry.
    """
    entries: list[bytes] = []
    at = 0
    for number in range(width):
        length = int.from_bytes(data[at : at + 2])
        entry = data[at + 2 : at + 2 + length]
        if at + 2 + length > len(data):
            raise InputError(
                "bad_bundle", say("The bundle ends within its entry number {number}.", number=number), where
            )
        entries.append(entry)
        at += 2 + length
    if at != len(data):
        message = say(
            "There are {rest} bytes behind the last of the {width} entries.", rest=len(data) - at, width=width
        )
        raise InputError("bad_bundle", message, where)
    return tuple(entries)


def parse_path(path: str) -> tuple[Tile, bool]:
    """Read the path of a tile; the second tells whether it names entries (``InputError``: ``bad_tile_path``)."""
    met = _PATH.fullmatch(path) if path.isascii() else None
    if met:
        entries = met["level"] == "entries"
        width = int(met["width"]) if met["width"] else WIDTH
        index = int(met["index"].replace("x", "").replace("/", ""))
        tile = Tile(0 if entries else int(met["level"]), index, width)
        fits = tile.level < 64 and (index + 1) * WIDTH <= MAX_SIZE + 1 and 1 <= width <= WIDTH
        # Every tile has one path: what would be written otherwise (a zero before a number, .p/256) is none.
        if fits and path == (tile.entries_path() if entries else tile.path()):
            return tile, entries
    raise InputError("bad_tile_path", say("{met} is no path of a tile.", met=quoted(path)))


def root_of_tiles(size: int, read: Callable[[Tile], bytes]) -> bytes:
    """Compute the root of a tree from all its tiles, read one after the other: each must be what those below it make.

    Raises ``InputError`` (``bad_tile``) for one that is not, or has another length.
    """
    leaves, below, made, level = Frontier(), list[bytes](), list[bytes](), 0
    for tile in tiles_of(size):
        if tile.level != level:
            below, made, level = made, [], tile.level
        hashes = parse_tile(read(tile), tile.width, tile.path())
        if level and hashes != tuple(below[tile.index * WIDTH : tile.index * WIDTH + tile.width]):
            raise InputError("bad_tile", say("The tile is not what the tiles below it make."), tile.path())
        frontier = Frontier()
        for hashed in hashes:
            frontier.add(hashed)
            if not level:
                leaves.add(hashed)
        if tile.width == WIDTH:
            made.append(join(frontier.peaks))
    return leaves.root()


def _row(level: int, count: int, before: int) -> Iterator[Tile]:
    for index in range(before // WIDTH, -(-count // WIDTH)):
        width = min(WIDTH, count - index * WIDTH)
        if index * WIDTH + width > before:
            yield Tile(level, index, width)

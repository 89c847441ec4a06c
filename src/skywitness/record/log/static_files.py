"""A log as files that any web server can give out: checkpoint, tiles and entries (C2SP tlog-tiles)."""

from __future__ import annotations

from pathlib import Path

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.log.checkpoints import cosigned_note, latest
from skywitness.record.log.tree import lookup
from skywitness.record.merkle.tiles import bundle_bytes, leaf_tiles_of, root_of_tiles, tile_bytes, tiles_of
from skywitness.record.store import faults
from skywitness.record.store.model import Reader
from skywitness.record.store.objects import write_durably


def write_static(reader: Reader, origin: str, folder: Path) -> tuple[int, int]:
    """Write the tree of a log up to its latest checkpoint into a folder; gives its size and how many files were new.

    A tile never changes and is written once; the checkpoint is written last, when all it covers is there, and the tiles
    as they lie on the disk have been read back and make its root.

    :raises InputError: ``no_checkpoint``, ``bad_tile`` when what lies in the folder is another tree, and what the disk
        refuses.
    """
    row = latest(reader, origin)
    if row is None:
        raise InputError(
            "no_checkpoint", say("There is no checkpoint of this log: make one with `checkpoint`."), origin
        )
    node, written = lookup(reader, origin), 0
    try:
        for tile in tiles_of(row.size):
            if not (folder / tile.path()).exists():
                written += _write(folder / tile.path(), tile_bytes(tile, node))
        for tile in leaf_tiles_of(row.size):
            place = folder / tile.entries_path()
            rows = list(reader.entries(origin, tile.index * 256, tile.index * 256 + tile.width))
            withheld = any(one.envelope is None for one in rows)
            if withheld or not place.exists():
                written += _write(place, bundle_bytes(one.envelope or b"" for one in rows))
        if root_of_tiles(row.size, lambda tile: (folder / tile.path()).read_bytes()) != row.root:
            message = say("The tiles in this folder make another tree than the checkpoint: take an empty folder.")
            raise InputError("bad_tile", message, str(folder))
        write_durably(folder / "checkpoint", cosigned_note(reader, row).encoded())
    except OSError as error:
        raise faults.of_system(error, str(folder)) from error
    return row.size, written + 1


def _write(path: Path, data: bytes) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, data)
    return 1

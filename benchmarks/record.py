"""What a durable append to the record costs, beside the least it can cost: its signatures and one insert.

    python benchmarks/record.py [--appends 200] [--json]

Both sides of a pair make the same two signatures over a payload of the same size and commit to a SQLite file with
write-ahead log and ``synchronous=FULL`` in the same folder.  The append also looks up its place, checks the entry,
computes the tree and keeps the indexes; the bare side does nothing but insert the envelope.  Pairs alternate, so
that other work on the machine meets both.  ``ratio`` is that of the medians.  With ``--batch`` an append brings so many
entries at once, and the bare side as many inserts in one transaction.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from skywitness.record.entry import entry as entries
from skywitness.record.log import log
from skywitness.record.node import make as node_make
from skywitness.record.node.node import open_node

Figures = dict[str, float | int]


def now() -> dt.datetime:
    """Give the time of the computer."""
    return dt.datetime.now(dt.UTC)


def taken_ms(call: Callable[[], object]) -> float:
    """Measure one call in milliseconds of the wall clock: waiting for the disk is what it is about."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def measure(folder: Path, appends: int, batch: int) -> Figures:
    """Measure pairs of appends and bare inserts."""
    node_make.init(folder / "DEU", node_make.Wanted("DEU"), now)
    node = open_node(folder / "DEU", now)
    drafts = [log.Draft("flight/DEU-2019-031", "open-skies/frame", {"height_m_agl": n}) for n in range(batch)]
    payload = log.append(node, drafts)[0].entry
    with contextlib.closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = FULL")
        base.execute("CREATE TABLE entry (idx INTEGER PRIMARY KEY, envelope BLOB NOT NULL) STRICT")

        def bare() -> None:
            signed = [(entries.sign(payload, [node.entry_key]).to_bytes(),) for _ in drafts]
            base.execute("BEGIN IMMEDIATE")
            base.executemany("INSERT INTO entry (envelope) VALUES (?)", signed)
            base.execute("COMMIT")

        pairs = [(taken_ms(lambda: log.append(node, drafts)), taken_ms(bare)) for _ in range(appends)]
    node.close()
    append_ms, bare_ms = (statistics.median(side) for side in zip(*pairs, strict=True))
    return {
        "appends": appends,
        "batch": batch,
        "append_ms": round(append_ms, 3),
        "bare_ms": round(bare_ms, 3),
        "ratio": round(append_ms / bare_ms, 2),
    }


def main() -> None:
    """Run with the settings of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--appends", type=int, default=200)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="a folder on the disk that is meant (default: the temporary one)")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as place:
        found = measure(Path(place), asked.appends, asked.batch)
    if asked.json:
        print(json.dumps(found))
    else:
        print("{append_ms} ms an append, {bare_ms} ms bare: {ratio} times ({appends} of {batch})".format(**found))


if __name__ == "__main__":
    main()

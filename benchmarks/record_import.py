"""What importing a bundle costs in memory and time: flat in the number of entries.

    python benchmarks/record_import.py                       # 2,000 and 50,000 entries; signing them takes longest

A bundle of a made-up record is imported into a new node, each import in a process of its own, so that its peak memory
is its own; so is the making of the bundle.  Wanted: with 25 times the entries at most 16 MiB more.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from skywitness.record.importing import import_bundle
from skywitness.record.node import make as node_make
from skywitness.record.node.node import open_node
from skywitness.record.store.model import IntroductionRow

sys.path.insert(0, str(Path(__file__).resolve().parent))

MOST_MORE_MIB = 16


def now() -> dt.datetime:
    """Tell the time of the importing node."""
    return dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


def make(folder: Path, count: int) -> None:
    """Write a bundle of about ``count`` entries, and a node that has accepted its Parties."""
    import record_world  # type: ignore[import-not-found]

    world = record_world.honest(count)
    (folder / "bundle.tar").write_bytes(world.bundle(world.files()))
    node_make.init(folder / "CAN", node_make.Wanted("CAN"), now)
    node = open_node(folder / "CAN", now)
    with node.store.transaction() as change:
        for side in world.sides.values():
            change.put_introduction(IntroductionRow(side.code, 1, side.introduction(), accepted=True))
    node.close()


def run(folder: Path) -> None:
    """Import once, and again; print seconds and peak memory in MiB."""
    node = open_node(folder / "CAN", now)
    began = time.process_time()
    first = import_bundle(node, folder / "bundle.tar")
    spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.process_time()
    again = import_bundle(node, folder / "bundle.tar")
    assert all(one.refused is None for one in first.logs)
    assert not again.changed
    told = {"entries": sum(one.new for one in first.logs), "seconds": spent, "peak_mib": peak}
    print(json.dumps({**told, "again_seconds": time.process_time() - began}))
    node.close()


def measure(count: int) -> dict[str, float]:
    """Make a bundle and import it, each in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        own = [sys.executable, __file__, "--folder", name]
        subprocess.run([*own, "--run", "make", "--entries", str(count)], check=True)
        size = (Path(name) / "bundle.tar").stat().st_size / 2**20
        done = subprocess.run([*own, "--run", "import"], check=True, capture_output=True, text=True)
        found: dict[str, float] = json.loads(done.stdout)
    print(
        f"{found['entries']:8.0f} entries, {size:5.0f} MiB: {found['seconds']:7.2f} s, "
        f"peak {found['peak_mib']:6.1f} MiB; "
        f"the same again {found['again_seconds']:6.2f} s"
    )
    return found


def main() -> int:
    """Measure and say whether it is as wanted."""
    parser = argparse.ArgumentParser(description="what importing a bundle costs")
    parser.add_argument("--entries", type=int, nargs="+", default=[2_000, 50_000])
    parser.add_argument("--run", choices=("make", "import"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run == "make":
        make(options.folder, options.entries[0])
        return 0
    if options.run:
        run(options.folder)
        return 0
    peaks = [measure(count)["peak_mib"] for count in options.entries]
    return 0 if max(peaks) - min(peaks) <= MOST_MORE_MIB else 1


if __name__ == "__main__":
    sys.exit(main())

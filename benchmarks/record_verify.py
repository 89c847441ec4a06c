"""What verifying a bundle costs beyond what it cannot do without: hashing every byte and checking every signature.

    python benchmarks/record_verify.py                       # 5,000 entries
    python benchmarks/record_verify.py --entries 100000      # minutes; signing the record takes longest

In one run, by the clock of the processor: the floor (SHA-256 over the bundle and over each leaf and payload, and both
signatures of each signer of each entry, straight with ``cryptography``), the package, and the standalone verifier.
Each runs in a process of its own, so that its peak memory is its own; with ``--half`` the same is measured for half the
entries, so that it can be seen whether memory grows.  Wanted: at most 1.5 times the floor.
"""

from __future__ import annotations

import argparse
import base64
import datetime as dt
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from skywitness.record.bundle.read import BundleFile
from skywitness.record.entry import envelope, introduction
from skywitness.record.entry.keys import PublicKey, from_base64
from skywitness.record.merkle.tiles import parse_bundle
from skywitness.record.verify import standalone
from skywitness.record.verify.run import verify
from skywitness.record.verify.trust import read_trust

sys.path.insert(0, str(Path(__file__).resolve().parent))

KINDS = ("floor", "package", "standalone")


def make(folder: Path, count: int) -> None:
    """Write a bundle of about ``count`` entries, and whom to trust."""
    import record_world  # type: ignore[import-not-found]

    world = record_world.honest(count)
    files = world.files()
    (folder / "bundle.tar").write_bytes(world.bundle(files))
    (folder / "trust.json").write_text(json.dumps(world.trust()), encoding="utf-8")


def floor(path: Path) -> int:
    """Hash and check signatures, and nothing else; gives the number of entries."""
    known: Known = {}
    later: Later = []
    count = 0
    with path.open("rb") as stream:
        bundle = BundleFile(stream)
        for name in bundle.under("parties/"):
            learn(known, introduction.read(bundle.read(name))[1].root)
        for name in bundle.under("logs/"):
            if "/tile/entries/" not in name:
                continue
            width = int(name.split(".p/")[1]) if ".p/" in name else 256
            for raw in parse_bundle(bundle.read(name), width):
                count += 1
                hashlib.sha256(b"\0" + raw).digest()
                value = json.loads(raw)
                payload = base64.b64decode(value["payload"])
                hashlib.sha256(payload).digest()
                message = envelope.pae(value["payloadType"], payload)
                if b'"kind":"key"' in payload:
                    key = json.loads(payload)["body"]["key"]
                    raws = [from_base64(key[one]) for one in ("ed25519", "ml_dsa_44")]
                    assert raws[0] is not None
                    assert raws[1] is not None
                    learn(known, PublicKey(raws[0], raws[1]))
                for one in value["signatures"]:
                    check(known, one, message, later)
    for one, message in later:
        check(known, one, message, None)
    return count


Known = dict[str, tuple[Ed25519PublicKey, MLDSA44PublicKey]]
Later = list[tuple[dict[str, str], bytes]]


def check(known: Known, one: dict[str, str], message: bytes, later: Later | None) -> None:
    """Check a signature, or put it off where the key stands in a log that comes later."""
    _, key_id, algorithm = one["keyid"].split("/")
    if later is not None and key_id not in known:
        later.append((one, message))
        return
    known[key_id][algorithm != "ed25519"].verify(base64.b64decode(one["sig"]), message)


def learn(known: Known, key: PublicKey) -> None:
    """Keep a key ready for use."""
    pair = Ed25519PublicKey.from_public_bytes(key.ed25519), MLDSA44PublicKey.from_public_bytes(key.ml_dsa_44)
    known[key.id] = pair


def run(kind: str, folder: Path) -> None:
    """Do one of the three, and print seconds of the processor and peak memory in MiB."""
    path, trust = folder / "bundle.tar", folder / "trust.json"
    now = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
    began = time.process_time()
    if kind == "floor":
        floor(path)
    elif kind == "package":
        assert {str(step.verdict) for step in verify(path, read_trust(trust), now)} <= {"passed", "cannot_tell"}
    else:
        given = standalone.read_trust(str(trust))
        steps = standalone.verify(str(path), given, int(now.timestamp()))
        assert {step["verdict"] for step in steps} <= {"passed", "cannot_tell"}
    spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": spent, "peak_mib": peak}))


def measure(count: int) -> dict[str, dict[str, float]]:
    """Make a bundle and run the three, each by itself."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # A child begins with the peak memory of its parent, so the maker is a child too.
        own = [sys.executable, __file__, "--folder", name]
        subprocess.run([*own, "--run", "make", "--entries", str(count)], check=True)
        size = (folder / "bundle.tar").stat().st_size / 2**20
        print(f"{count} entries, {size:.0f} MiB")
        found = {}
        for kind in KINDS:
            done = subprocess.run([*own, "--run", kind], check=True, capture_output=True, text=True)
            found[kind] = json.loads(done.stdout)
            ratio = found[kind]["seconds"] / found["floor"]["seconds"]
            peak = found[kind]["peak_mib"]
            print(f"  {kind:10} {found[kind]['seconds']:8.2f} s  {ratio:5.2f} x the floor  peak {peak:6.1f} MiB")
    return found


def main() -> int:
    """Measure and say whether it is as wanted."""
    parser = argparse.ArgumentParser(description="what verifying a bundle costs")
    parser.add_argument("--entries", type=int, default=5000)
    parser.add_argument("--half", action="store_true", help="measure half the entries too")
    parser.add_argument("--run", choices=("make", *KINDS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run == "make":
        make(options.folder, options.entries)
        return 0
    if options.run:
        run(options.run, options.folder)
        return 0
    if options.half:
        measure(options.entries // 2)
    found = measure(options.entries)
    worst = max(found[kind]["seconds"] for kind in KINDS[1:]) / found["floor"]["seconds"]
    return 0 if worst <= 1.5 else 1


if __name__ == "__main__":
    sys.exit(main())

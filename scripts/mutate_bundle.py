"""Change a bundle of a made-up record in every way, and see both verifiers refuse each change with the same codes.

    python scripts/mutate_bundle.py                     # 1,000 entries, 2,000 random bytes, 200 changes of each kind
    python scripts/mutate_bundle.py --minutes 8 --each 20     # as many random bytes as 8 minutes allow
    python scripts/mutate_bundle.py --bytes all         # every byte of the bundle: days
    python scripts/mutate_bundle.py --entries 40 --bytes 500

Changes are of bytes and whole files under the old seal (step 1 or 2 must fail), and those of a dishonest exporter who
seals anew, with the checkpoint as it was or with all logs and witnesses as accomplices (some step must fail).
Ends with 1 and tells the place when a change is not refused, or when the two verifiers differ.  A signature that held
once over the same bytes is not computed again: checking is a pure function, and the same entries come a thousand times.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import io
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import record_world  # type: ignore[import-not-found]

from skywitness.record.bundle.container import BLOCK, ContainerError, Member, members
from skywitness.record.entry import keys
from skywitness.record.verify import standalone
from skywitness.record.verify.run import verify
from skywitness.record.verify.trust import Trust

__all__ = ["MIXED", "SEALED", "STRUCTURAL", "Base", "ContainerError", "flip", "is_content", "main", "places"]

Codes = dict[int, tuple[str, set[str]]]
"""By step: its verdict, and the codes of its reasons."""


def flip(data: bytes, place: int, bits: int) -> bytes:
    """Turn bits of one byte."""
    return data[:place] + bytes([data[place] ^ bits]) + data[place + 1 :]


def listed(bundle: bytes) -> list[Member]:
    """List the files of an honest bundle."""
    return list(members(io.BytesIO(bundle)))


def is_content(bundle: bytes, place: int) -> bool:
    """Tell whether a byte belongs to the content of a file."""
    return any(one.offset <= place < one.offset + one.size for one in listed(bundle))


def places(bundle: bytes, draw: random.Random, of_content: int) -> Iterator[int]:
    """Choose bytes: of every file one of its header, of its padding, ``of_content`` of its content; of the end too."""
    for one in listed(bundle):
        yield one.offset - BLOCK + draw.randrange(BLOCK)
        for _ in range(of_content if one.size else 0):
            yield one.offset + draw.randrange(one.size)
        if one.size % BLOCK:
            yield one.offset + one.size + draw.randrange(-one.size % BLOCK)
    yield len(bundle) - 1 - draw.randrange(2 * BLOCK)


def whole(bundle: bytes, one: Member) -> bytes:
    """Give a file with its header and padding."""
    return bundle[one.offset - BLOCK : one.offset + one.size + -one.size % BLOCK]


def drop(bundle: bytes, draw: random.Random) -> bytes:
    """Leave out a file."""
    part = whole(bundle, draw.choice(listed(bundle)))
    return bundle.replace(part, b"", 1)


def double(bundle: bytes, draw: random.Random) -> bytes:
    """Put a file twice."""
    part = whole(bundle, draw.choice(listed(bundle)))
    return bundle.replace(part, part + part, 1)


def swap(bundle: bytes, draw: random.Random) -> bytes:
    """Let two neighbouring files change places."""
    files = listed(bundle)
    number = draw.randrange(len(files) - 1)
    one, other = whole(bundle, files[number]), whole(bundle, files[number + 1])
    return bundle.replace(one + other, other + one, 1)


def exchange(bundle: bytes, draw: random.Random) -> bytes:
    """Put the content of one file under the name of another."""
    one, other = draw.sample([one for one in listed(bundle) if one.path != "seal.json"], 2)
    contents = {file.path: bundle[file.offset : file.offset + file.size] for file in listed(bundle)}
    contents[one.path] = contents[other.path] + (b"" if contents[other.path] != contents[one.path] else b"x")
    packed: bytes = record_world.pack(contents)
    return packed


def add(bundle: bytes, draw: random.Random) -> bytes:
    """Put a file that nobody sealed."""
    contents = {file.path: bundle[file.offset : file.offset + file.size] for file in listed(bundle)}
    path = draw.choice(["objects/" + "0" * 64, "notes.txt", "logs/0/tile/1/000", "parties/ABC.json"])
    first = {"seal.json": contents.pop("seal.json")}
    packed: bytes = record_world.pack(first | dict(sorted({**contents, path: b"new"}.items())))
    return packed


STRUCTURAL: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "drop": drop,
    "double": double,
    "swap": swap,
    "exchange": exchange,
    "add": add,
}


@dataclass(frozen=True, slots=True)
class Base:
    """An honest record, its bundle, the bundle of its first half, and another telling of it by the same keys."""

    world: Any
    files: dict[str, bytes]
    bundle: bytes
    earlier: bytes
    twin: Any

    @classmethod
    def of(cls, count: int) -> Base:
        """Make the records of ``count`` entries."""
        world, half, twin = record_world.honest(count), record_world.World(), record_world.World()
        half.begin()
        half.exchange(count // 2)
        twin.time_utc += record_world.dt.timedelta(hours=1)
        twin.begin()
        twin.exchange(count)
        twin.close()
        files = world.files()
        return cls(world, files, world.bundle(files), half.bundle(half.files()), twin)


def contents(bundle: bytes) -> dict[str, bytes]:
    """Give the files of an honest bundle."""
    return {one.path: bundle[one.offset : one.offset + one.size] for one in listed(bundle)}


def replay(base: Base, draw: random.Random) -> bytes:
    """Put files of an earlier bundle of the same record, or its seal, in the place of those of today."""
    now, before = contents(base.bundle), contents(base.earlier)
    old = [path for path in before if path in now and before[path] != now[path]]
    chosen = draw.sample(old, draw.randint(1, len(old)))
    packed: bytes = record_world.pack({**now, **{path: before[path] for path in chosen}})
    return packed


def splice(base: Base, draw: random.Random) -> bytes:
    """Let a bundle begin as today's and go on as the earlier one from some file."""
    now, before = listed(base.bundle), listed(base.earlier)
    cut = draw.randrange(1, len(before) - 1)
    first = b"".join(whole(base.bundle, one) for one in now if one.path in {one.path for one in before[:cut]})
    return first + base.earlier[before[cut].offset - BLOCK :]


MIXED: dict[str, Callable[[Base, random.Random], bytes]] = {"replay": replay, "splice": splice}


def sealed_log(base: Base, code: str, leaves: list[bytes], draw: random.Random) -> bytes:
    """Seal a bundle in which a log has other entries, under its old checkpoint or under one that everybody signed."""
    world, number = base.world, list(base.world.sides).index(code)
    old = world.sides[code].leaves
    world.sides[code].leaves = leaves
    try:
        made: dict[str, bytes] = world.log_files(number, code)
    finally:
        world.sides[code].leaves = old
    path = f"logs/{number}/checkpoint"
    if draw.random() < 0.5:
        made[path] = base.files[path]
    rest = {path: data for path, data in base.files.items() if not path.startswith(f"logs/{number}/")}
    sealed: bytes = world.bundle({**rest, **made})
    return sealed


def some_log(base: Base, draw: random.Random) -> tuple[str, list[bytes]]:
    """Choose one of the two logs that have entries, and copy its entries."""
    code = draw.choice(["DEU", "UKR"])
    return code, list(base.world.sides[code].leaves)


def sealed_byte(base: Base, draw: random.Random) -> bytes:
    """Turn a bit in a log, an introduction or a file that an entry names."""
    path = draw.choice([path for path, data in base.files.items() if "/" in path and data])
    data = flip(base.files[path], draw.randrange(len(base.files[path])), 1 << draw.randrange(8))
    sealed: bytes = base.world.bundle({**base.files, path: data})
    return sealed


def sealed_drop(base: Base, draw: random.Random) -> bytes:
    """Leave out an entry."""
    code, leaves = some_log(base, draw)
    del leaves[draw.randrange(len(leaves) - (code == "DEU"))]  # without its closing a record is only unfinished
    return sealed_log(base, code, leaves, draw)


def sealed_swap(base: Base, draw: random.Random) -> bytes:
    """Let two entries change places."""
    code, leaves = some_log(base, draw)
    one, other = draw.sample(range(len(leaves)), 2)
    leaves[one], leaves[other] = leaves[other], leaves[one]
    return sealed_log(base, code, leaves, draw)


def sealed_replay(base: Base, draw: random.Random) -> bytes:
    """Put an entry again at a later place."""
    code, leaves = some_log(base, draw)
    one = draw.randrange(len(leaves))
    leaves.insert(draw.randint(one + 1, len(leaves)), leaves[one])
    return sealed_log(base, code, leaves, draw)


def sealed_splice(base: Base, draw: random.Random) -> bytes:
    """Go on from some entry as the other telling does, or put an entry of the other Party's log among one's own."""
    code, leaves = some_log(base, draw)
    other = base.world.sides["UKR" if code == "DEU" else "DEU"].leaves
    place = draw.randrange(1, len(leaves) - 1)
    if draw.random() < 0.5:
        leaves[place] = other[min(place, len(other) - 1)]
    else:
        leaves[place:] = base.twin.sides[code].leaves[place:]
    return sealed_log(base, code, leaves, draw)


SEALED: dict[str, Callable[[Base, random.Random], bytes]] = {
    "sealed byte": sealed_byte,
    "sealed drop": sealed_drop,
    "sealed swap": sealed_swap,
    "sealed replay": sealed_replay,
    "sealed splice": sealed_splice,
}


HELD: set[bytes] = set()
"""What signatures held: hashes of key, signature and message."""


def remember(real: Any) -> Any:
    """Give a kind of public keys that does not check again what held once."""

    class Remembered:
        def __init__(self, raw: bytes) -> None:
            self.raw, self.key = raw, real.from_public_bytes(raw)

        from_public_bytes = classmethod(lambda cls, raw: cls(raw))

        def verify(self, signature: bytes, message: bytes) -> None:
            parts = (self.raw, signature, message)
            name = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()
            if name not in HELD:
                self.key.verify(signature, message)
                HELD.add(name)

    return Remembered


def remember_signatures() -> None:
    """Let both verifiers check each signature of an entry once."""
    for module in (keys, standalone):
        for name in ("Ed25519PublicKey", "MLDSA44PublicKey"):
            setattr(module, name, remember(getattr(module, name)))


def judged(world: Any, bundle: bytes, path: Path) -> tuple[Codes, Codes]:
    """Verify with both programs; the verdict and codes of each step."""
    path.write_bytes(bundle)
    given, now = world.trust(), world.time_utc + record_world.dt.timedelta(days=1)
    steps = verify(path, Trust(given["roots"], given["policy"].encode()), now)
    other = standalone.verify(str(path), given, int(now.timestamp()))
    return (
        {step.number: (str(step.verdict), {why.code for why in step.reasons}) for step in steps},
        {step["number"]: (step["verdict"], {why["code"] for why in step["reasons"]}) for step in other},
    )


def changes(base: Base, asked: str, each: int, draw: random.Random) -> Iterator[tuple[str, str, bytes]]:
    """Make all changes, one after the other: kind, place, and the bundle changed."""
    for number in range(each):
        for name, make in STRUCTURAL.items():
            yield name, str(number), make(base.bundle, draw)
        for name, mix in {**MIXED, **SEALED}.items():
            yield name, str(number), mix(base, draw)
    size = len(base.bundle)
    some = range(size) if asked == "all" else draw.sample(range(size), min(int(asked), size))
    for place in [*places(base.bundle, draw, 3), *some]:
        yield "byte", str(place), flip(base.bundle, place, 1 << draw.randrange(8))


def refused(kind: str, one: Mapping[int, tuple[str, set[str]]]) -> bool:
    """Tell whether a change was refused where it must be."""
    steps = range(1, 16) if kind in SEALED else (1, 2)
    return any(one[step][0] == "failed" for step in steps)


def main(arguments: list[str] | None = None) -> int:
    """Run all changes and count them."""
    parser = argparse.ArgumentParser(description="change a bundle in every way")
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--bytes", default="2000", help="how many random bytes, or all")
    parser.add_argument("--each", type=int, default=200, help="how many of each other change")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after so long")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    remember_signatures()
    base = Base.of(options.entries)
    counts: collections.Counter[str] = collections.Counter()
    ends = time.monotonic() + 60 * options.minutes
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "changed.tar"
        assert {verdict for verdict, _ in judged(base.world, base.bundle, path)[0].values()} == {"passed"}
        for kind, place, changed in changes(base, options.bytes, options.each, random.Random(options.seed)):
            one, other = judged(base.world, changed, path)
            counts[kind] += 1
            if one != other or not refused(kind, one):
                print(f"{kind} {place}: {one} by the package, {other} by the standalone verifier")
                return 1
            if time.monotonic() > ends:
                break
    size = f"{len(base.bundle)} bytes of {options.entries} entries"
    print(f"{counts.total()} changes of {size}: each refused, with the same verdicts and codes by both verifiers")
    print(", ".join(f"{count} {kind}" for kind, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

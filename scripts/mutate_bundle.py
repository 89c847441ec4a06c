"""Change a bundle of a made-up record in every way, and see both verifiers refuse each change with the same codes.

    python scripts/mutate_bundle.py                     # 1,000 entries, 2,000 random bytes, 200 changes of each kind
    python scripts/mutate_bundle.py --bytes all         # every byte of the bundle: days
    python scripts/mutate_bundle.py --entries 40 --bytes 500

Ends with 1 and tells the place when a change is not refused, or when the two verifiers differ.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import record_world  # type: ignore[import-not-found]

from skywitness.record.bundle.container import BLOCK, ContainerError, Member, members
from skywitness.record.verify import standalone
from skywitness.record.verify.run import verify
from skywitness.record.verify.trust import Trust

__all__ = ["STRUCTURAL", "ContainerError", "flip", "is_content", "main", "places"]


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


def judged(world: Any, bundle: bytes, path: Path) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Verify with both programs; the codes of each step."""
    path.write_bytes(bundle)
    given = world.trust()
    trust = Trust(given["roots"], given["policy"].encode())
    steps = verify(path, trust, world.time_utc)
    other = standalone.verify(str(path), given, int(world.time_utc.timestamp()))
    return (
        {step.number: {why.code for why in step.reasons} for step in steps},
        {step["number"]: {why["code"] for why in step["reasons"]} for step in other},
    )


def changes(bundle: bytes, asked: str, each: int, draw: random.Random) -> Iterator[tuple[str, bytes]]:
    """Make all changes, one after the other."""
    some = range(len(bundle)) if asked == "all" else draw.sample(range(len(bundle)), int(asked))
    for place in [*places(bundle, draw, 3), *some]:
        yield f"byte {place}", flip(bundle, place, 1 << draw.randrange(8))
    for name, make in STRUCTURAL.items():
        for number in range(each):
            yield f"{name} {number}", make(bundle, draw)


def main(arguments: list[str] | None = None) -> int:
    """Run all changes and count them."""
    parser = argparse.ArgumentParser(description="change a bundle in every way")
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--bytes", default="2000", help="how many random bytes, or all")
    parser.add_argument("--each", type=int, default=200, help="how many of each change of whole files")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    world = record_world.honest(options.entries)
    world.time_utc += record_world.dt.timedelta(days=1)
    honest = world.bundle(world.files())
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "changed.tar"
        for name, changed in changes(honest, options.bytes, options.each, random.Random(options.seed)):
            one, other = judged(world, changed, path)
            count += 1
            if one != other or not (one[1] or one[2]):
                print(f"{name}: {one} by the package, {other} by the standalone verifier")
                return 1
    print(f"{count} changes of {len(honest)} bytes of {options.entries} entries: each refused, with the same codes")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Objects: files by their hash, whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skywitness.core.errors import InputError
from skywitness.record.store.objects import Objects, StoredObject, write_durably

WORDS = b"frame" * 1000
NAME = hashlib.sha256(WORDS).hexdigest()


@pytest.fixture
def objects(tmp_path: Path) -> Objects:
    """Give an empty folder of objects."""
    return Objects(tmp_path / "objects", max_bytes=10_000)


def files(objects: Objects) -> list[str]:
    """List all files below the folder."""
    return sorted(str(path.relative_to(objects.folder)) for path in objects.folder.rglob("*") if path.is_file())


@settings(max_examples=20)
@given(st.lists(st.binary(max_size=300), max_size=5))
def test_objects_come_back(tmp_path_factory: pytest.TempPathFactory, chunks: list[bytes]) -> None:
    """Whatever pieces an object comes in, it is found under its hash, byte for byte."""
    objects = Objects(tmp_path_factory.mktemp("objects"))
    whole = b"".join(chunks)
    kept = objects.put(chunks)
    assert kept == StoredObject(hashlib.sha256(whole).hexdigest(), len(whole))
    assert b"".join(objects.read(kept.sha256)) == whole
    assert objects.check(kept.sha256) == kept
    assert objects.has(kept.sha256)
    assert list(objects.names()) == [kept.sha256]
    assert files(objects) == [f"{kept.sha256[:2]}/{kept.sha256}"]


def test_only_its_owner_reads_it(objects: Objects) -> None:
    """Objects and their folders are closed to others."""
    objects.put([WORDS])
    assert objects.path(NAME).stat().st_mode & 0o777 == 0o600
    assert objects.path(NAME).parent.stat().st_mode & 0o777 == 0o700


def broken_off() -> Iterator[bytes]:
    """Give a part and then fail, as a connection does."""
    yield WORDS
    raise ConnectionResetError("gone")


@pytest.mark.parametrize(
    ("chunks", "sha256", "size"),
    [
        ([WORDS], "0" * 64, None),
        ([WORDS], NAME, 4999),
        ([WORDS], NAME, 5001),
        ([WORDS] * 3, None, None),
        ([WORDS], "../../etc/passwd", None),
        ([WORDS], NAME.upper(), None),
    ],
    ids=["another hash", "too long", "too short", "over the limit", "a path", "capitals"],
)
def test_another_object_than_announced(
    objects: Objects, chunks: list[bytes], sha256: str | None, size: int | None
) -> None:
    """What is not the announced object, or too large, is refused and leaves nothing."""
    with pytest.raises(InputError) as refused:
        objects.put(chunks, sha256, size)
    assert refused.value.kind == "bad_object"
    assert not objects.folder.exists() or files(objects) == []


def test_a_source_that_breaks_off_leaves_nothing(objects: Objects) -> None:
    """A reader that fails half-way leaves no file behind."""
    with pytest.raises(InputError):
        objects.put(broken_off())
    assert files(objects) == []


def test_what_was_altered_is_not_read_as_true(objects: Objects, fails: Callable[..., None]) -> None:
    """One bit turned, bytes cut or added: the walk ends with a refusal; putting the object again heals it."""
    objects.put([WORDS])
    for words in (b"X" + WORDS[1:], WORDS[:-1], WORDS + b"x", b""):
        objects.path(NAME).write_bytes(words)
        fails("damaged_object", lambda: objects.check(NAME))
    objects.put([WORDS], NAME, len(WORDS))
    assert objects.check(NAME) == StoredObject(NAME, len(WORDS))
    fails("no_object", lambda: objects.check("0" * 64))


def test_sweeping_spares_living_writers(objects: Objects) -> None:
    """What a dead writer left is removed; what a living one holds stays, and so do objects."""
    objects.put([WORDS])
    waiting = objects.folder / "tmp"
    (waiting / "dead.part").write_bytes(b"half")
    with (waiting / "living.part").open("wb") as living:
        fcntl.flock(living, fcntl.LOCK_EX)
        assert objects.sweep() == 1
        assert files(objects) == [f"{NAME[:2]}/{NAME}", "tmp/living.part"]


FULL = """
import resource, signal, sys
from pathlib import Path
from skywitness.core.errors import InputError
from skywitness.record.store.objects import Objects
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    Objects(Path(sys.argv[1])).put([b"x" * 60_000] * 3)
except InputError as refused:
    print(refused.kind)
"""


def test_a_full_disk_leaves_nothing(objects: Objects) -> None:
    """Where the system takes no more bytes the object is refused in our words, and no part of it stays."""
    ran = subprocess.run(
        [sys.executable, "-c", FULL, str(objects.folder)], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout == "store_full\n"
    assert files(objects) == []


def test_small_files_are_replaced_whole(tmp_path: Path) -> None:
    """A file in place of another has its mode and content, and nothing is left beside it."""
    for words in (b"one", b"two"):
        write_durably(tmp_path / "state", words)
        assert (tmp_path / "state").read_bytes() == words
    assert [path.name for path in tmp_path.iterdir()] == ["state"]
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o600
    with pytest.raises(OSError, match="state"):
        write_durably(tmp_path / "no" / "state", b"")
    assert os.listdir(tmp_path) == ["state"]  # noqa: PTH208

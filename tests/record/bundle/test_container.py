"""The container: one sequence of bytes for the same files, read without holding them, and every other one refused."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skywitness.record.bundle.container import (
    BLOCK,
    LARGEST,
    ContainerError,
    Writer,
    header,
    in_order,
    is_path,
    members,
)

NAMES = st.from_regex(r"\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,12}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,12}){0,3}\Z")
FILES = st.dictionaries(NAMES, st.binary(max_size=1200), max_size=6)


def written(files: dict[str, bytes]) -> bytes:
    """Write a bundle with a seal of no meaning."""
    stream = io.BytesIO()
    writer = Writer(stream)
    writer.add("seal.json", 2, [b"{}"])
    for path, data in sorted(files.items()):
        writer.add(path, len(data), [data[:7], data[7:]])
    writer.end()
    return stream.getvalue()


@given(FILES)
def test_what_is_written_is_read(files: dict[str, bytes]) -> None:
    """Paths, sizes, places and hashes come back; a second writing gives the same bytes."""
    data = written(files)
    found = list(members(io.BytesIO(data)))
    assert [one.path for one in found[1:]] == sorted(files)
    assert all(data[one.offset : one.offset + one.size] == files[one.path] for one in found[1:])
    assert written(files) == data


@given(FILES)
def test_any_tar_program_reads_it(files: dict[str, bytes]) -> None:
    """Python's own reader of tar finds the same files."""
    with tarfile.open(fileobj=io.BytesIO(written(files))) as tar:
        found = {name: tar.extractfile(name).read() for name in tar.getnames()}  # type: ignore[union-attr]
    assert found == {"seal.json": b"{}", **files}


@given(FILES, st.data())
def test_reading_and_writing_are_inverse_on_whatever_is_accepted(files: dict[str, bytes], data: st.DataObject) -> None:
    """Bytes changed at random are refused with a reason, or are exactly what the writer writes for what was read."""
    changed = bytearray(written(files))
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(changed))


@given(st.binary(max_size=3000))
def test_noise_is_refused(noise: bytes) -> None:
    """What is no bundle is refused with a reason, whatever it is."""
    check(noise)


def check(data: bytes) -> None:
    """Read, and compare what was accepted with what would be written for it."""
    refusal, found = None, []
    try:
        found = list(members(io.BytesIO(data)))
    except ContainerError as error:
        refusal = error
    if refusal is not None:
        assert refusal.code in {"end", "header", "order", "padding", "path", "trailing", "truncated"}
        assert refusal.where.startswith("byte ")
        return
    stream = io.BytesIO()
    writer = Writer(stream)
    for one in found:
        writer.add(one.path, one.size, [data[one.offset : one.offset + one.size]])
    writer.end()
    assert stream.getvalue() == data


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data[:-1], "truncated"),
        (lambda data: data[: -2 * BLOCK], "truncated"),
        (lambda data: data + b"\0", "trailing"),
        (lambda data: data[:-1] + b"\1", "end"),
        (lambda data: data.replace(b"ustar\x0000", b"ustar  \0"), "header"),
        (lambda data: data.replace(b"0000644", b"0000755", 1), "header"),
        (lambda data: data[:514] + b"\1" + data[515:], "padding"),
        (lambda data: header("../x", 0) + data, "path"),
        (lambda data: header("/x", 0) + data, "path"),
        (lambda data: header("a//x", 0) + data, "path"),
        (lambda data: header(".x", 0) + data, "path"),
        (lambda data: header("a", 0) + data, "order"),
        (lambda data: data[:1024] + data, "order"),
        (lambda data: header("seal.json", LARGEST) + data, "truncated"),
    ],
)
def test_each_refusal_has_its_reason(change: Callable[[bytes], bytes], code: str) -> None:
    """Hostile containers are refused for what they are."""
    with pytest.raises(ContainerError) as refused:
        list(members(io.BytesIO(change(written({"README.txt": b"x" * 512})))))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("path", "size", "pieces", "code"),
    [
        ("a" * 101, 0, [], "path"),
        ("ä", 0, [], "path"),
        ("a/../b", 0, [], "path"),
        ("b", 2, [b"x"], "size"),
        ("b", 1, [b"xy"], "size"),
        ("b", LARGEST + 1, [], "size"),
        ("Z", 0, [], "order"),
        ("a", 0, [], "order"),
        ("seal.json", 0, [], "order"),
    ],
)
def test_the_writer_writes_nothing_that_would_be_refused(path: str, size: int, pieces: list[bytes], code: str) -> None:
    """Paths, sizes and orders that a reader refuses are refused when they are written."""
    writer = Writer(io.BytesIO())
    writer.add("seal.json", 0, [])
    writer.add("a", 0, [])
    with pytest.raises(ContainerError) as refused:
        writer.add(path, size, pieces)
    assert refused.value.code == code


def test_order_and_paths() -> None:
    """The seal is first and only first; names are plain."""
    assert in_order(None, "seal.json")
    assert not in_order(None, "a")
    assert not in_order("seal.json", "seal.json")
    assert is_path("tile/entries/x001/000.p/17")
    assert not is_path("a b")

"""The file a bundle is: a strict tar (POSIX.1-1988 ustar) in which every byte is determined by paths and contents.

Any tar program unpacks it.  The reader takes only what the writer writes: regular files, one fixed header for a path
and a size, ``seal.json`` first and all other paths in rising byte order, zero padding, two zero blocks, nothing after.
So no byte of a bundle is outside what its seal covers, and a bundle cannot be told apart from its copy.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say

BLOCK = 512
PIECE = 1 << 20
FIRST = "seal.json"
LONGEST_PATH = 100
LARGEST = 8**11 - 1
"""Bytes of the largest member: what eleven octal digits hold."""

_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", re.ASCII)
_SIZE = re.compile(rb"[0-7]{11}\0")


class ContainerError(InputError):
    """The file is no bundle as the writer writes it; ``code`` is the stable reason, ``where`` the byte and member."""

    def __init__(self, code: str, message: Text, where: str) -> None:
        super().__init__(f"bundle_{code}", message, where)
        self.code = code


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a bundle: its path, where its content begins in the bundle, its size in bytes."""

    path: str
    offset: int
    size: int
    sha256: str


def header(path: str, size: int) -> bytes:
    """Write the one header that a file of ``path`` (ASCII, at most 100 characters) and ``size`` bytes can have."""
    block = b"".join(
        (
            path.encode("ascii").ljust(100, b"\0"),
            b"0000644\0" + b"0000000\0" * 2,
            b"%011o\0" % size,
            b"%011o\0" % 0,
            b" " * 8,
            b"0".ljust(101, b"\0"),
            b"ustar\x0000".ljust(8 + 64, b"\0"),
            b"0000000\0" * 2,
        )
    ).ljust(BLOCK, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def padding(size: int) -> int:
    """Count the zero bytes that follow a content of ``size`` bytes."""
    return -size % BLOCK


def is_path(path: str) -> bool:
    """Tell whether a bundle may hold a file of this path: plain letters, digits, ``._-`` and ``/``, no hidden names."""
    return len(path) <= LONGEST_PATH and _PATH.fullmatch(path) is not None


def in_order(before: str | None, path: str) -> bool:
    """Tell whether ``path`` may follow ``before`` (``None``: it is the first file)."""
    if before is None or path == FIRST:
        return before is None and path == FIRST
    return before == FIRST or before.encode() < path.encode()


class Writer:
    """Writes a bundle, file after file, into a stream; contents are given in pieces and never held."""

    def __init__(self, stream: IO[bytes], after: str | None = None) -> None:
        self._stream = stream
        self._last = after

    def add(self, path: str, size: int, pieces: Iterable[bytes]) -> str:
        """Append one file and return its SHA-256 (hex).

        Raises ``ContainerError`` for a path or size that no bundle may hold, for files out of order, and for
        pieces that are not ``size`` bytes together.
        """
        if not is_path(path):
            raise ContainerError("path", say("a bundle cannot hold a file of this path; shorten it"), path)
        if not in_order(self._last, path):
            raise ContainerError("order", say("the files of a bundle are written in the order of their paths"), path)
        if size > LARGEST:
            raise ContainerError("size", say("a file of a bundle has at most 8 GiB; leave this object out"), path)
        self._last = path
        self._stream.write(header(path, size))
        digest, written = hashlib.sha256(), 0
        for piece in pieces:
            digest.update(piece)
            written += len(piece)
            self._stream.write(piece)
        if written != size:
            message = say("{written} bytes came where {size} were announced", written=written, size=size)
            raise ContainerError("size", message, path)
        self._stream.write(bytes(padding(size)))
        return digest.hexdigest()

    def end(self) -> None:
        """Write the two zero blocks after which nothing follows."""
        self._stream.write(bytes(2 * BLOCK))


def members(stream: IO[bytes]) -> Iterator[Member]:
    """Read a bundle once from its first byte to its last, and tell its files as they pass; contents are only hashed.

    Raises ``ContainerError`` at the first byte that a bundle of these files would not have: ``truncated``,
    ``header``, ``path``, ``order``, ``padding``, ``end`` or ``trailing``.
    """
    place, last = 0, None
    while True:
        block = _exactly(stream, BLOCK, place)
        if not any(block):
            _check_end(stream, place)
            return
        path, size = _parse(block, place)
        if not in_order(last, path):
            message = say("this file does not belong here: seal.json is first, the others rise in the order of paths")
            raise ContainerError("order", message, _at(place, path))
        digest = _hash(stream, size, place + BLOCK)
        gap = padding(size)
        if any(_exactly(stream, gap, place + BLOCK + size)):
            message = say("the bytes between two files are not zero")
            raise ContainerError("padding", message, _at(place + BLOCK + size, path))
        yield Member(path, place + BLOCK, size, digest)
        place += BLOCK + size + gap
        last = path


def _parse(block: bytes, place: int) -> tuple[str, int]:
    """Take path and size out of a header and refuse it unless it is the one header of such a file."""
    name = block[:100].rstrip(b"\0")
    size = _SIZE.fullmatch(block[124:136])
    try:
        path = name.decode("ascii")
    except UnicodeDecodeError:
        path = ""
    if size is None or block[257:265] != b"ustar\x0000" or not path:
        raise ContainerError("header", say("this is not the header of a file of a bundle"), _at(place))
    if not is_path(path):
        raise ContainerError("path", say("a bundle holds no file of such a path"), _at(place))
    octal = int(block[124:135], 8)
    if header(path, octal) != block:
        message = say("the header has other bytes than a bundle has for this path and size")
        raise ContainerError("header", message, _at(place, path))
    return path, octal


def _check_end(stream: IO[bytes], place: int) -> None:
    if any(_exactly(stream, BLOCK, place + BLOCK)):
        raise ContainerError("end", say("a bundle ends with two zero blocks; here is only one"), _at(place))
    if stream.read(1):
        message = say("something follows the end of the bundle")
        raise ContainerError("trailing", message, _at(place + 2 * BLOCK))


def _hash(stream: IO[bytes], size: int, place: int) -> str:
    digest, left = hashlib.sha256(), size
    while left:
        piece = stream.read(min(left, PIECE))
        if not piece:
            raise _truncated(place + size - left)
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest()


def _exactly(stream: IO[bytes], size: int, place: int) -> bytes:
    block = stream.read(size) if size else b""
    if len(block) != size:
        raise _truncated(place + len(block))
    return block


def _truncated(place: int) -> ContainerError:
    return ContainerError("truncated", say("the file ends before the bundle does; copy it again"), _at(place))


def _at(place: int, path: str = "") -> str:
    return f"byte {place}, {path}" if path else f"byte {place}"

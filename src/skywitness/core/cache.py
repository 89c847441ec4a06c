"""Where the program keeps what it can make again: compiled kernels, the law as it was read.

A folder is used only when it belongs to this user and nobody else may write to it or replace it: what is kept there is
trusted as the program's own.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

_NAME = "skywitness"

_LARGEST_BYTES = 256 * 1024 * 1024


def folder(kind: str, key: str, first: str | None = None) -> Path | None:
    """Find the folder to keep things of one kind and one key in, made if it is not there; ``None`` when none can be.

    Tried in turn: the folder that the environment variable ``first`` names, the user's cache, and a folder of this
    user's own under the temporary directory.
    """
    for base in _bases(first):
        place = base / _NAME / kind / key
        if _is_ours(place):
            return place
    return None


def write(place: Path, words: str) -> None:
    """Write a file of a kept folder whole or not at all; where it cannot be written nothing is said.

    Its first line is a hash of the rest, by which :func:`read` knows it again.
    """
    body = words.encode("utf-8")
    with contextlib.suppress(OSError):
        with tempfile.NamedTemporaryFile("wb", dir=place.parent, delete=False) as part:
            part.write(_seal(body) + b"\n" + body)
        Path(part.name).replace(place)


def read(place: Path) -> bytes | None:
    """Read a file of a kept folder; ``None`` when there is none, or none that is as it was written.

    A link or a pipe in its place is not followed and not waited for.
    """
    try:
        handle = os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            state = os.fstat(stream.fileno())
            if not stat.S_ISREG(state.st_mode) or state.st_size > _LARGEST_BYTES:
                return None
            seal, _, body = stream.read(_LARGEST_BYTES).partition(b"\n")
    except OSError:
        return None
    return body if seal == _seal(body) else None


def _seal(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode("ascii")


def _bases(first: str | None) -> Iterator[Path]:
    """Name the places to try, best first."""
    for variable in (first, "XDG_CACHE_HOME"):
        if variable and (chosen := os.environ.get(variable)):
            yield Path(chosen)
    with contextlib.suppress(RuntimeError):  # no home is known for this user
        yield Path.home() / ".cache"
    yield Path(tempfile.gettempdir()) / f"{_NAME}-{_user()}"


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def _is_ours(place: Path) -> bool:
    """Make the folder and tell whether it can be written by us and by nobody else, up to the base it was made in."""
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        states = [step.stat() for step in (place, *place.parents[:3])]
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True
    return all(state.st_uid == os.getuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH) for state in states)

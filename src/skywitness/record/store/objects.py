"""Objects too large for an entry: files named after the SHA-256 of their bytes.

An object is on the disk, under its name, before an entry that names it is committed: it is written beside its place,
flushed, read back and only then renamed.  What is left when a writer dies is never under a name, and is swept away.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from skywitness.core.errors import InputError
from skywitness.core.text import quoted, say
from skywitness.record.store import faults

CHUNK_BYTES = 1 << 20
MAX_BYTES = 1 << 40
"""The largest object taken when nothing smaller is asked for: a tebibyte."""

_NAME = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object that is on the disk: SHA-256 as 64 hexadecimal digits, and its length."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Objects:
    """The folder of a node's objects, none larger than ``max_bytes``."""

    folder: Path
    max_bytes: int = MAX_BYTES

    def path(self, sha256: str) -> Path:
        """Give the place of an object, whether it is there or not.

        :raises InputError: for what is no SHA-256 in 64 lower-case digits.
        """
        if not _NAME.fullmatch(sha256):
            raise InputError(
                "bad_object", say("{name} is no SHA-256 in 64 lower-case hexadecimal digits.", name=quoted(sha256, 70))
            )
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Tell whether a file is under this name; ``read`` tells whether it is the right one."""
        return self.path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """Tell how many bytes the file under this name has.

        :raises InputError: ``no_object`` when there is none.
        """
        try:
            return self.path(sha256).stat().st_size
        except FileNotFoundError as error:
            raise InputError("no_object", say("The object is not here."), sha256) from error

    def put(self, chunks: Iterable[bytes], sha256: str | None = None, size_bytes: int | None = None) -> StoredObject:
        """Keep an object durably, and only if it is the one announced by ``sha256`` and ``size_bytes``.

        :raises InputError: ``bad_object`` when it is another one or too large, ``store_full`` without room; nothing is
            kept then.
        """
        if sha256 is not None:
            self.path(sha256)
        most = self.max_bytes if size_bytes is None else min(size_bytes, self.max_bytes)
        try:
            return self._put(chunks, sha256, size_bytes, most)
        except OSError as error:
            raise faults.of_system(error, str(self.folder)) from error

    def read(self, sha256: str) -> Iterator[bytes]:
        """Walk the bytes of an object; what was given is only to be trusted when the walk ends without a refusal.

        :raises InputError: ``no_object`` when there is none, ``damaged_object`` when it is not what its name says.
        """
        digest = hashlib.sha256()
        for chunk in _chunks(self.path(sha256)):
            digest.update(chunk)
            yield chunk
        if digest.hexdigest() != sha256:
            raise InputError(
                "damaged_object", say("The object was altered: its bytes have another SHA-256 than its name."), sha256
            )

    def check(self, sha256: str) -> StoredObject:
        """Read an object to its end and give its size; refuses as ``read`` does."""
        return StoredObject(sha256, sum(len(chunk) for chunk in self.read(sha256)))

    def names(self) -> Iterator[str]:
        """Walk the names of all objects, in order."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(file.name for file in folder.iterdir() if _NAME.fullmatch(file.name))

    def sweep(self) -> int:
        """Remove what writers that died left behind, and tell how many files that were; living ones hold a lock."""
        removed = 0
        for left in self._waiting().glob("*.part"):
            with contextlib.suppress(OSError), left.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()
                removed += 1
        return removed

    def _waiting(self) -> Path:
        return self.folder / "tmp"

    def _put(self, chunks: Iterable[bytes], sha256: str | None, size_bytes: int | None, most: int) -> StoredObject:
        self._waiting().mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self._waiting() / f"{secrets.token_hex(16)}.part"
        try:
            written = _write(part, chunks, most)
            if sha256 not in (None, written.sha256) or size_bytes not in (None, written.size_bytes):
                raise InputError(
                    "bad_object",
                    say(
                        "The object has SHA-256 {met} and {size} bytes, which is not what was announced.",
                        met=written.sha256,
                        size=written.size_bytes,
                    ),
                    sha256 or "",
                )
            if _digest(part) != written.sha256:
                raise faults.damaged(str(part), "read back")
            place = self.path(written.sha256)
            place.parent.mkdir(exist_ok=True, mode=0o700)
            part.rename(place)
            sync_folder(place.parent)
            sync_folder(self.folder)
        finally:
            part.unlink(missing_ok=True)
        return written


def _write(part: Path, chunks: Iterable[bytes], most: int) -> StoredObject:
    """Write and flush a new file; its lock tells sweepers that somebody lives who wants it."""
    digest, size_bytes = hashlib.sha256(), 0
    with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for chunk in chunks:
            size_bytes += len(chunk)
            if size_bytes > most:
                raise InputError("bad_object", say("The object is larger than {most} bytes.", most=most))
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return StoredObject(digest.hexdigest(), size_bytes)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
    except FileNotFoundError as error:
        raise InputError("no_object", say("The object is not here."), path.name) from error


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, not only the files."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Put a small file in place of the one that is there: after a crash it is the old or the new one, whole."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)

"""Files that a command was asked for by name: all of them written whole, or none of them touched."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from skywitness.core.errors import InputError
from skywitness.core.text import say, verbatim

__all__ = ["places", "write_whole"]


def places(asked: Mapping[str, str | None], read: Sequence[str | None] = ()) -> dict[str, Path]:
    """Return where the files go by their option, refused before anything is made of them.

    ``asked``: names by option, ``None`` where a file is not asked for; ``read``: files that the command reads.

    :raises InputError: of kind ``file`` for a place that is no file or lies in no folder, for one that is read, and for
        two options that name the same file.
    """
    kept = {Path(name).resolve() for name in read if name is not None}
    found: dict[str, Path] = {}
    for option, name in asked.items():
        if name is None:
            continue
        path = Path(name).resolve()
        if (path.exists() and not path.is_file()) or not path.parent.is_dir():
            message = say("{place} is no file that can be written; name one in a folder that is there.", place=name)
            raise InputError("file", message, option)
        if path in kept:
            raise InputError("file", say("{place} is a file that is read here; name another.", place=name), option)
        if path in found.values():
            raise InputError("file", say("{place} is named for two files; name another.", place=name), option)
        found[option] = path
    return found


def write_whole(files: Mapping[str, tuple[Path, bytes]]) -> None:
    """Write files by their option: beside their places first, and only when all are written in their places.

    :raises InputError: of kind ``file`` when one cannot be written; then none has changed.
    """
    made: list[tuple[Path, Path]] = []
    try:
        for option, (path, content) in files.items():
            try:
                made.append((_beside(path, content), path))
            except OSError as error:
                message = say("The file cannot be written: {reason}.", reason=verbatim(error.strerror or str(error)))
                raise InputError("file", message, option) from None
        for beside, path in made:
            beside.replace(path)
    finally:
        for beside, _ in made:
            beside.unlink(missing_ok=True)


def _beside(path: Path, content: bytes) -> Path:
    """Write a file of another name in the same folder; nothing of it stays when that fails."""
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(13, "Permission denied")
    handle, name = tempfile.mkstemp(prefix=".skywitness-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        beside.chmod(mode)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _umask() -> int:
    """Return what new files must not allow."""
    mask = os.umask(0)
    os.umask(mask)
    return mask

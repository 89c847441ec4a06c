"""Ordinary files, opened and read without surprises: what never begins or never ends is refused before it is read."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from skywitness.core.errors import InputError
from skywitness.core.text import say


def open_ordinary(path: Path) -> BinaryIO:
    """Open a file to be read; a pipe could keep who opens it waiting for ever, and some devices have no end.

    :raises OSError: as the system says, for a folder too.
    :raises InputError: ``unreadable_file`` for a pipe, a socket or a device.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            message = say("This is no ordinary file but a pipe or a device: save what it carries to a file first.")
            raise InputError("unreadable_file", message, str(path))
    except BaseException:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def read_small(path: Path, most: int) -> bytes:
    """Read an ordinary file of at most ``most`` bytes.

    :raises OSError: as the system says.
    :raises InputError: ``unreadable_file`` for what is no ordinary file, ``file_too_big``.
    """
    with open_ordinary(path) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise InputError(
            "file_too_big", say("The file is larger than {most} bytes, the most that is read.", most=most), str(path)
        )
    return data

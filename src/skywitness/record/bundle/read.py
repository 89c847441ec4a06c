"""Read a bundle: which files it holds, each by its path, without holding their contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.bundle.container import Member, members
from skywitness.record.entry.keys import PARTY
from skywitness.record.ordinary import open_ordinary

LARGEST_READ: Final = 1 << 28
"""Bytes of a file that is read as a whole; objects may be larger, and are only hashed."""

_NUMBER = r"(?:0|[1-9][0-9]{0,17})"
_TILE = r"(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[1-9][0-9]{0,2})?"
_KNOWN: Final = re.compile(
    "|".join(
        (
            r"seal\.json|README\.txt|verify\.py|policy\.txt",
            rf"parties/{PARTY.pattern}\.json",
            rf"logs/{_NUMBER}/(?:origin|checkpoint|withheld\.json|tile/(?:0|entries)/{_TILE})",
            r"objects/[0-9a-f]{64}",
            rf"tokens/{_NUMBER}/{_NUMBER}-{_NUMBER}\.tsr",
            r"evidence/[0-9a-f]{64}\.(?:note|json)",
        )
    ),
    re.ASCII,
)


def is_known(path: str) -> bool:
    """Tell whether a bundle of this version has files of such a path."""
    return _KNOWN.fullmatch(path) is not None


class BundleFile:
    """A bundle on the disk, opened; read once as a whole when it is made.

    :raises ContainerError: for the first byte that a bundle would not have.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.members: dict[str, Member] = {member.path: member for member in members(stream)}

    def read(self, path: str) -> bytes:
        """Read a file.

        :raises InputError: ``bundle_missing`` when it is not there, ``bundle_size`` when it is too large to be read.
        """
        member = self.members.get(path)
        if member is None:
            raise InputError("bundle_missing", say("The bundle does not hold this file."), path)
        if member.size > LARGEST_READ:
            raise InputError("bundle_size", say("The file is too large for what it is."), path)
        self._stream.seek(member.offset)
        return self._stream.read(member.size)

    def under(self, start: str) -> Iterator[str]:
        """Walk the paths that begin with ``start``, in order."""
        return (path for path in self.members if path.startswith(start))

    def numbers(self) -> tuple[str, ...]:
        """Name the folders of logs that there are."""
        return tuple(dict.fromkeys(path.split("/")[1] for path in self.under("logs/")))


def open_bundle(path: Path) -> IO[bytes]:
    """Open the file of a bundle.

    :raises InputError: ``no_bundle`` when it cannot be read, ``unreadable_file`` for a pipe or a device.
    """
    try:
        return open_ordinary(path)
    except OSError as error:
        raise InputError(
            "no_bundle", say("The bundle cannot be read: {why}.", why=error.strerror or str(error)), str(path)
        ) from error

"""Files on their way into a record: kept as objects, and named by what an entry says of them."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.entry.entry import ObjectReference
from skywitness.record.ordinary import open_ordinary
from skywitness.record.store.objects import CHUNK_BYTES, Objects

_UNKNOWN = "application/octet-stream"


def keep(objects: Objects, path: Path) -> ObjectReference:
    """Keep a file as an object and give what an entry says of it; its name is that of the file, its type a guess by it.

    :raises InputError: ``unreadable_file``, and what ``Objects.put`` refuses.
    """
    stored = objects.put(_chunks(path))
    return ObjectReference(path.name, stored.sha256, stored.size_bytes, mimetypes.guess_type(path.name)[0] or _UNKNOWN)


def _chunks(path: Path) -> Iterator[bytes]:
    """Walk the bytes of a file; what hinders its reading is told of it, and not of the store it goes to."""
    try:
        with open_ordinary(path) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                yield chunk
    except OSError as error:
        message = say("The file cannot be read: {why}.", why=error.strerror or str(error))
        raise InputError("unreadable_file", message, str(path)) from error

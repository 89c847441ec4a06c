"""The bytes of a track file, unpacked, and what kind of file they are: told by content, never by the name."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say, verbatim
from skywitness.route.files.text_file import path_words

MOST_BYTES: Final = 512 * 1024 * 1024
"""Unpacked.  A million points with all their columns take some 160 MB as JSON, 120 MB as GPX."""

MOST_RATIO: Final = 1_000
"""Nothing that is no bomb is packed so densely; zeros reach 1,030."""

_PIECE: Final = 1 << 20
_GZIP: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file, unpacked, and the hash of the file as it lies there (hexadecimal)."""

    data: bytes
    sha256: str


def read_content(path: Path | str) -> Content:
    """Read a file, unpack it when it is packed by gzip, and refuse what is too large.

    Raises ``InputError`` of kind ``no_such_file``, ``unreadable_file``, ``file_too_big`` or ``empty_file``.
    """
    where = path_words(path)
    data = _read(Path(path), where)
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(_GZIP):
        data = _unpack(data, where)
        if data.startswith(_GZIP):
            raise InputError("bad_track", say("The file is packed twice by gzip; unpack it once."), where)
    if not data.strip():
        raise InputError("empty_file", say("The file is empty."), where)
    return Content(data, digest)


def _read(path: Path, where: str) -> bytes:
    try:
        if path.is_dir():
            raise InputError("unreadable_file", say("This is a folder; name a file in it."), where)
        if path.is_fifo():
            raise InputError("unreadable_file", say("This is a pipe; save what it carries to a file first."), where)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        message = say("There is no such file; look at the name and the folder.")
        raise InputError("no_such_file", message, where) from None
    except PermissionError:
        raise InputError("unreadable_file", say("Reading this file is not permitted."), where) from None
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        reason = verbatim(getattr(error, "strerror", None) or error)
        raise InputError("unreadable_file", say("The file cannot be read: {reason}.", reason=reason), where) from None
    if len(data) > MOST_BYTES:
        raise _too_big(where)
    return data


def _unpack(data: bytes, where: str) -> bytes:
    """Unpack gzip members one after the other, never more than ``MOST_BYTES`` of them all."""
    out = bytearray()
    left = data
    while left.startswith(_GZIP):
        engine = zlib.decompressobj(wbits=31)
        piece = left
        try:
            while not engine.eof:
                out += engine.decompress(piece, _PIECE)
                if len(out) > MOST_BYTES or len(out) > MOST_RATIO * len(data) + _PIECE:
                    raise _too_big(where)
                piece = engine.unconsumed_tail
                if not piece and not engine.eof:
                    out += engine.flush()
                    if not engine.eof:
                        raise InputError("bad_track", _cut_off(), where)
        except zlib.error as error:
            message = say("The file is packed by gzip, but damaged: {reason}.", reason=verbatim(error))
            raise InputError("bad_track", message, where) from None
        left = engine.unused_data.lstrip(b"\0")
    if left:
        raise InputError("bad_track", say("Something follows the end of what is packed by gzip."), where)
    return bytes(out)


def _cut_off() -> Text:
    return say("The file is packed by gzip, but its end is missing; copy it again.")


def _too_big(where: str) -> InputError:
    limit = MOST_BYTES // (1024 * 1024)
    message = say("The track is larger than {limit} MB unpacked, the most that is read.", limit=str(limit))
    return InputError("file_too_big", message, where)


def kind_of(data: bytes) -> str:
    """Tell what kind of file this is: ``parquet``, ``zip``, ``xml``, ``json``, ``csv``, or ``""`` for none of them."""
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith(b"PK\x03\x04"):
        return "zip"
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<"):
        return "xml"
    if head.startswith((b"{", b"[")):
        return "json"
    first = head.split(b"\n", 1)[0].split(b"\r", 1)[0]
    return "csv" if any(sign in first for sign in (b",", b";", b"\t", b"|")) and b"\0" not in head else ""


def text_of(data: bytes, where: str) -> str:
    """Decode UTF-8, with or without its mark; refuse anything else with the place."""
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = say("The file is not UTF-8 (line {line}); save it as UTF-8.", line=str(line))
        raise InputError("not_utf8", message, where) from None
    if "\0" in text:
        raise InputError("not_utf8", say("The file holds zero bytes; no text does, so it is damaged."), where)
    return text

"""Read a text file once, or say in one sentence why it cannot be read.

Every reader of this room starts here, so that a missing file, a folder, a spreadsheet given for a table or a text in
the wrong encoding is refused in the same words everywhere.
"""

from __future__ import annotations

import os
import re
import select
import unicodedata
from pathlib import Path
from typing import Any

from skywitness.core.errors import InputError
from skywitness.core.text import Text, say, verbatim

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Larger files are refused.  The largest honest one, 20,000 sites with long names as GeoJSON, takes about 10 MB."""

PIPE_PATIENCE_S = 5.0
"""A pipe to which nobody writes is given up after this time; a slow writer is waited for as long as it is there."""

_PIPE_PIECE_BYTES = 1 << 16

_SHOWN_CHARACTERS = 60
"""A value met in a file is quoted up to this length; a message stays one readable sentence."""

_UTF8_MARK = b"\xef\xbb\xbf"

# Order matters: the mark of UTF-32 starts with that of UTF-16.
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)

_SIGNATURES = (
    (b"PK\x03\x04", say("a zip archive or a spreadsheet (.xlsx, .ods, .kmz); save it as CSV with UTF-8")),
    (b"\xd0\xcf\x11\xe0", say("an old spreadsheet or document (.xls, .doc); save it as CSV with UTF-8")),
    (b"\x1f\x8b", say("compressed with gzip; unpack it first")),
    (b"%PDF", say("a PDF; save the text or table it was made from")),
    (b"\x89PNG", say("an image; a text file is needed")),
    (b"SQLite format 3", say("a database (.gpkg, .sqlite); export its table as CSV or GeoJSON")),
)


def read_text(path: Path | str, max_bytes: int = MAX_FILE_BYTES) -> str:
    """Read a whole file as UTF-8 text, with or without a byte order mark; line ends stay as they are.

    Raises ``InputError`` of kind ``no_such_file``, ``unreadable_file``, ``file_too_big``, ``empty_file`` or
    ``not_utf8``.
    """
    where = path_words(path)
    data = read_bytes(Path(path), where, max_bytes)
    if not data.strip():
        raise InputError("empty_file", say("The file is empty."), where)
    text = _decode(data, where)
    if not text.strip():
        raise InputError("empty_file", say("The file is empty."), where)
    return text


def path_words(path: Path | str) -> str:
    """Write a path so that it can be printed whatever its name holds."""
    words = str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in words)


def shown(value: Any) -> str:
    """Quote a value met in a file: on one line, without control characters, never long.

    >>> shown("a" * 100)[-5:]
    "aa..'"
    >>> shown(1e400)
    'inf'
    """
    if isinstance(value, str):
        cut = value if len(value) <= _SHOWN_CHARACTERS else value[: _SHOWN_CHARACTERS - 2] + ".."
        return repr(cut)
    if isinstance(value, dict):
        return "{...}" if value else "{}"
    if isinstance(value, list):
        return "[...]" if value else "[]"
    if value is None or isinstance(value, bool):
        return str({None: "null", True: "true", False: "false"}[value])
    words = str(value)
    return words if len(words) <= _SHOWN_CHARACTERS else words[: _SHOWN_CHARACTERS - 2] + ".."


def unfit_sign(words: str, prose: bool = False) -> str:
    """Name the first character that does not belong in a name, or give an empty string.

    Unfit are control characters (they can rewrite a terminal), marks that turn the direction of writing (they can make
    one name look like another), and halves of surrogate pairs (no file can hold them).  ``prose`` allows line ends and
    tabs.

    >>> unfit_sign("Helsinki"), unfit_sign("a\\x1b[2J")
    ('', 'U+001B')
    """
    if words.isascii() and words.isprintable():
        return ""
    for sign in words:
        if prose and sign in "\n\r\t":
            continue
        if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} or sign in _TURNING:
            return f"U+{ord(sign):04X}"
    return ""


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def read_bytes(path: Path, where: str, max_bytes: int) -> bytes:
    """Read the bytes of a file, or of a pipe that somebody writes to, or say why not.

    Raises ``InputError`` of kind ``no_such_file``, ``unreadable_file`` or ``file_too_big``.
    """
    try:
        if path.is_dir():
            raise InputError("unreadable_file", say("This is a folder; name a file in it."), where)
        data = _read_pipe(path, where, max_bytes) if path.is_fifo() else _read_file(path, max_bytes)
    except FileNotFoundError:
        raise InputError(
            "no_such_file", say("There is no such file; look at the name and the folder."), where
        ) from None
    except PermissionError:
        raise InputError("unreadable_file", say("Reading this file is not permitted."), where) from None
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        reason = verbatim(getattr(error, "strerror", None) or error)
        raise InputError("unreadable_file", say("The file cannot be read: {reason}.", reason=reason), where) from None
    return require_size(data, where, max_bytes)


def require_size(data: bytes, where: str, max_bytes: int) -> bytes:
    """Give back what was read, or refuse it (``file_too_big``) where it is more than ``max_bytes``."""
    if len(data) > max_bytes:
        limit_mb = max_bytes / 1024 / 1024
        raise InputError(
            "file_too_big", say("The file is larger than {limit:g} MB, the most that is read.", limit=limit_mb), where
        )
    return data


def _read_file(path: Path, max_bytes: int) -> bytes:
    """Read a file; one byte more than allowed shows that there is too much."""
    with path.open("rb") as file:
        return file.read(max_bytes + 1)


def _read_pipe(path: Path, where: str, max_bytes: int) -> bytes:
    """Read a pipe to its end; opening one in the usual way waits for ever where nobody writes."""
    pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        waiter = select.poll()
        waiter.register(pipe, select.POLLIN)
        data = bytearray()
        while len(data) <= max_bytes:
            has_come = waiter.poll(PIPE_PATIENCE_S * 1000.0)
            try:
                piece = os.read(pipe, _PIPE_PIECE_BYTES)
            except BlockingIOError:  # there is a writer that has not written yet
                continue
            if not piece and not has_come:
                message = say("This is a pipe that nobody writes to; start what writes, or give a file.")
                raise InputError("unreadable_file", message, where)
            if not piece:
                break
            data += piece
        return bytes(data)
    finally:
        os.close(pipe)


def _decode(data: bytes, where: str) -> str:
    """Turn bytes into text, or name the byte that is none."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputError("not_utf8", say("This is no text file but {what}.", what=what), where)
    body = data.removeprefix(_UTF8_MARK)
    name = _other_unicode(data)
    if name:
        raise InputError("not_utf8", say("The file is written in {name}; save it as UTF-8.", name=name), where)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("not_utf8", _undecodable(data, error.start + len(data) - len(body)), where) from None
    at = body.find(b"\0")
    if at >= 0:
        raise InputError("not_utf8", _zero_byte(data, at + len(data) - len(body)), where)
    return text


def _other_unicode(data: bytes) -> str:
    """Name UTF-16 or UTF-32, by its mark or by its zero bytes; an empty string for anything else."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    # Without a mark: the first signs of a table or a JSON text are ASCII, so every second byte is zero.
    if re.match(rb"(?:[\t\n\r -~]\0){2}|(?:\0[\t\n\r -~]){2}", data):
        return "UTF-16"
    return ""


def _undecodable(data: bytes, at: int) -> Text:
    """Say which byte is not UTF-8, and in which line."""
    return say(
        "The file is not UTF-8: byte {number} (0x{byte}, line {line}) is no part of a character; save it as UTF-8.",
        number=str(at + 1),
        byte=f"{data[at]:02X}",
        line=str(data.count(b"\n", 0, at) + 1),
    )


def _zero_byte(data: bytes, at: int) -> Text:
    """Say where a zero byte stands."""
    return say(
        "The file holds a zero byte (byte {number}, line {line}); no text does, so it is damaged or of another kind.",
        number=str(at + 1),
        line=str(data.count(b"\n", 0, at) + 1),
    )

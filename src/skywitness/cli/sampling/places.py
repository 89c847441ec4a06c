"""Where pictures go."""

from __future__ import annotations

from pathlib import Path

from skywitness.cli import values
from skywitness.core.errors import InputError
from skywitness.core.text import say

SUFFIXES = (".png", ".svg")


def picture(words: str, where: str) -> Path:
    """Read the name of a picture; its ending says what is written.

    :raises InputError: for another ending, and for a folder that is not there.
    """
    path = Path(values.given(words, where))
    if path.suffix.lower() not in SUFFIXES:
        message = say("{path} does not end in .png or .svg; the ending says what is written.", path=words)
        raise InputError("usage", message, where)
    if not path.parent.is_dir() or path.is_dir():
        raise InputError("file", say("{place} is no place for a file; name another.", place=words), where)
    return path

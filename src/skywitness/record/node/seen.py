"""Marks beside keys: how far a store had come when a key last signed, kept apart from the store.

A key whose store was lost, or put back from an older copy, could sign what contradicts its earlier signatures.  So the
mark is written after the store and before a signature is given away, and a store that is behind its mark is refused.
Who puts back an old copy of everything, marks too, is noticed by others only.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from skywitness.core.errors import InputError
from skywitness.core.text import say
from skywitness.record.ordinary import read_small
from skywitness.record.store import faults
from skywitness.record.store.objects import write_durably

_LARGEST: Final = 4_096
_NUMBERS_END: Final = 1 << 63
"""A mark counts entries, or seconds for none: no store holds a larger number."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says: the identity of the store, and a number that only grows."""

    store: str
    number: int
    root: str = ""


@dataclass(frozen=True, slots=True)
class MarkFile:
    """The file of a mark."""

    path: Path

    def read(self) -> Mark:
        """Read the mark.

        :raises InputError: ``no_mark`` when it is missing or cannot be read: then nobody knows what the key has signed.
        """
        try:
            value: Any = json.loads(read_small(self.path, _LARGEST))
            mark = Mark(value["store"], value["number"], value["root"])
        except (OSError, InputError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise self._unknown() from error
        if type(mark.number) is not int or not (isinstance(mark.store, str) and isinstance(mark.root, str)):
            raise self._unknown()
        if not 0 <= mark.number < _NUMBERS_END:
            raise self._unknown()
        return mark

    def raise_to(self, mark: Mark) -> None:
        """Write a mark durably unless a higher one of the same store is there: other processes may be ahead.

        :raises InputError: when it cannot be written; then nothing signed may be given away.
        """
        try:
            descriptor = os.open(self.path.with_suffix(".lock"), os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                known = self.read()
                if known.store != mark.store or known.number < mark.number:
                    self.write(mark)
        except OSError as error:
            raise faults.of_system(error, str(self.path)) from error

    def write(self, mark: Mark) -> None:
        """Write a mark durably, whatever is there."""
        value = {"store": mark.store, "number": mark.number, "root": mark.root}
        write_durably(self.path, json.dumps(value, sort_keys=True).encode() + b"\n")

    def _unknown(self) -> InputError:
        return InputError(
            "no_mark",
            say("The file that says how far this key has signed is missing or cannot be read, so the key is not used."),
            str(self.path),
        )

"""Everything this program refuses, and how it says so.

::

    SkywitnessError              caught in one place only, by the command line
    +-- InputError               the input or the call is wrong: exit code 2
    |   +-- NotInForceError      a value or a treaty is asked for on a day on which it is not in force
    +-- DataError                the program's own data are wrong: also exit code 2, and a bug of ours

A message says what was met, what was expected, where, and what to do.  All faults of a document are reported at
once: collect them in ``Faults`` and raise at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from skywitness.core.text import Text

_LONGEST_PLACE: Final = 200
"""Characters of a place in a document that are shown: a hostile key may be as long as its file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a document, and the place in it (``"line 4"``, ``"legs[3].height_m_agl"``)."""

    where: str
    message: Text


class SkywitnessError(Exception):
    """Base of all refusals.

    ``kind`` is a stable English word for scripts (``bad_sites``), ``where`` a file, a place in it, or the name of
    what a service was given, which a face shows as its own option.
    """

    def __init__(self, kind: str, message: Text, where: str = "", faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(kind, message, where, faults)
        self.kind = kind
        self.message = message
        self.where = where
        self.faults = faults

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        lines = [f"{place}{self.message}"]
        lines += [f"  {fault.where}: {fault.message}" for fault in self.faults]
        return "\n".join(lines)


class InputError(SkywitnessError):
    """The input or the call is wrong."""


class NotInForceError(InputError):
    """Nothing of the kind is in force on the day asked for."""


class DataError(SkywitnessError):
    """The program's own data files are wrong."""


@dataclass(slots=True)
class Faults:
    """Collects every fault of one document, so that they are told together.

    >>> faults = Faults()
    >>> bool(faults)
    False
    """

    found: list[Fault] = field(default_factory=list)

    def add(self, where: str, message: Text) -> None:
        """Note a fault and go on; of a place named by a key of any length the beginning is kept."""
        self.found.append(Fault(where if len(where) <= _LONGEST_PLACE else f"{where[:_LONGEST_PLACE]}..", message))

    def __bool__(self) -> bool:
        return bool(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.found)

    def raise_if_any(self, kind: str, message: Text, where: str = "") -> None:
        """Raise one ``InputError`` that carries all faults, if there are any."""
        if self.found:
            raise InputError(kind, message, where, tuple(self.found))

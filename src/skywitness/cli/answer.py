"""What a command hands back: a JSON document, a page for people, and an exit code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skywitness.cli.page import Page


class Exit(IntEnum):
    """Exit codes that scripts rely on."""

    DONE = 0
    BREACH = 1
    REFUSED = 2
    CANNOT_TELL = 3
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one command.

    ``document`` is what ``--json`` prints; ``write`` writes the same for people.  Only one of them is ever asked.
    """

    document: Callable[[], Mapping[str, Any]]
    write: Callable[[Page], None]
    code: Exit = Exit.DONE
